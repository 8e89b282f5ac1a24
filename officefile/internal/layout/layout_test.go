package layout_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile/internal/layout"
	"github.com/mandaat/mandaat/officefile/internal/strict"
)

func load(text []byte) *strict.Document {
	return strict.Load(text, strict.Limits{Bytes: 1 << 20, Nesting: 9, Aliases: 9, AliasedNodes: 99})
}

// A text that would not say the same is never given: here, what is read again is not
// what was printed.
func TestATextThatSaysSomethingElseIsNotGiven(t *testing.T) {
	const text = "a: 1 # one\nb: [&x c, *x]\n"
	if found, err := layout.Format(load([]byte(text)), nil, load); err != nil || string(found) != "a: 1  # one\nb: [&x c, *x]\n" {
		t.Fatalf("found %q and %v", found, err)
	}
	for _, c := range []struct{ of, by string }{
		{"a: 1", "a: 2"},
		{"a: 1", `a: "1"`},
		{"a: 1", "c: 1"},
		{"# one", "# two"},
		{"  # one", ""},
		{"# one", "# one\n# one"},
		{"*x", "c"},
		{"&x", "&y"},
		{"*x", "*x, d"},
		{"&x c, *x", "c, c"},
		{"\nb:", "\n\nb:"},
		{"b:", "b"},
		{"a: 1", "a: !!int 1"},
	} {
		reread := func(text []byte) *strict.Document { return load([]byte(strings.Replace(string(text), c.of, c.by, 1))) }
		if found, err := layout.Format(load([]byte(text)), nil, reread); found != nil || !errors.Is(err, layout.ErrOtherwise) {
			t.Errorf("%q for %q: found %q and %v", c.by, c.of, found, err)
		}
	}
}

// Two trees are the same whatever the order of keys and however they are written, and
// only if each alias stands for the same.
func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"{a: 1, b: [2]}", "b:\n- 2\na: 1\n", true},
		{"a: |\n  x\n", `a: "x\n"`, true},
		{"a: [1, 2]", "a: [2, 1]", false},
		{"a: [1]", "a: [1, 1]", false},
		{"{a: &x 1, b: &x 1, c: *x}", "{b: &x 1, a: &x 1, c: *x}", false},
		{"{a: &x 1, b: *x}", "{a: &x 1, b: 1}", false},
	} {
		if found := layout.Same(load([]byte(c.a)).Root(), load([]byte(c.b)).Root()); found != c.want {
			t.Errorf("%s and %s: found %v", c.a, c.b, found)
		}
	}
}
