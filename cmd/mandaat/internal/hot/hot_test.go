package hot_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
)

const limit = 100

// good reads a text that says so at both ends; everything else is bad.
func good(c hot.Content) (string, error) {
	s := string(c.Data[0])
	switch {
	case s == "<fault>":
		panic("a fault")
	case len(s) < 2 || s[0] != '<' || s[len(s)-1] != '>':
		return "", errors.New("found something else, expected <...>")
	}
	return s, nil
}

func write(t interface{ Fatal(...any) }, name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func open(t interface{ Fatal(...any) }, name string) *hot.Value[string] {
	v, err := hot.Open(limit, good, name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Whatever is written, what is current is the last good text that was looked at,
// an error is told once, and the value says that it is stale where it is.
func TestTheLastGoodTextStays(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) { lastGoodStays(t, dir) })
}

func lastGoodStays(t *rapid.T, dir string) {
	name := filepath.Join(dir, "file")
	write(t, name, "<first>")
	v, want, told := open(t, name), "<first>", "nothing"
	v.SettleAtOnce()
	texts := []string{"", "<", "<a", "<a>", "<b>", "b>", "<fault>", "<" + strings.Repeat("x", limit) + ">"}
	for _, text := range rapid.SliceOfN(rapid.SampledFrom(texts), 1, 4).Draw(t, "texts") {
		replace := rapid.Bool().Draw(t, "by renaming")
		if replace {
			write(t, name+".new", text)
			if err := os.Rename(name+".new", name); err != nil {
				t.Fatal(err)
			}
		} else {
			write(t, name, text)
		}
		insist := rapid.Bool().Draw(t, "insist")
		took, err := v.Look(insist)
		sound := text == "<a>" || text == "<b>"
		switch changed := sound && text != want; {
		case took != changed:
			t.Fatalf("%q after %q: taken %t", text, want, took)
		case sound && err != nil, !sound && (err == nil) != (!insist && told == text):
			t.Fatalf("%q, told %q before: %v", text, told, err)
		case v.Get() != want && !changed, changed && v.Get() != text, (v.Stale() == nil) != sound:
			t.Fatalf("%q after %q: %q, stale: %v", text, want, v.Get(), v.Stale())
		}
		if want = v.Get(); sound {
			told = "nothing"
		} else {
			told = text
		}
	}
}

// A file that is not there any more is told once, and being back as it was is no
// change.
func TestAFileThatGoesAndComesBack(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	write(t, name, "<a>")
	v := open(t, name)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if took, err := v.Look(false); took || !errors.Is(err, os.ErrNotExist) || v.Stale() == nil {
		t.Errorf("gone: taken %t, %v", took, err)
	}
	if took, err := v.Look(false); took || err != nil || v.Stale() == nil {
		t.Errorf("still gone: taken %t, %v", took, err)
	}
	write(t, name, "<a>")
	if took, err := v.Look(false); took || err != nil || v.Stale() != nil || v.Get() != "<a>" {
		t.Errorf("back: taken %t, %v, stale %v", took, err, v.Stale())
	}
}

// What Kubernetes does: a link to a directory, swapped for a link to another one.
func TestALinkThatIsSwapped(t *testing.T) {
	dir := t.TempDir()
	for _, of := range []string{"one", "two"} {
		if err := os.Mkdir(filepath.Join(dir, of), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, of, "file"), "<"+of+">")
	}
	link := filepath.Join(dir, "data")
	if err := os.Symlink("one", link); err != nil {
		t.Fatal(err)
	}
	v := open(t, filepath.Join(link, "file"))
	if err := errors.Join(os.Symlink("two", link+".new"), os.Rename(link+".new", link)); err != nil {
		t.Fatal(err)
	}
	if took, err := v.Look(false); !took || err != nil || v.Get() != "<two>" {
		t.Errorf("taken %t, %v: %s", took, err, v.Get())
	}
}

// While somebody is still writing, what stands there is not taken, whole as it
// may look.
func TestWhatIsBeingWrittenIsNotTaken(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	write(t, name, "<0>")
	parsed := make(chan string, 1000)
	v, err := hot.Open(limit, func(c hot.Content) (string, error) {
		parsed <- string(c.Data[0])
		return string(c.Data[0]), nil
	}, name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		write(t, name, strings.Repeat("x", 2*i+1))
		v.Settling(func() { write(t, name, strings.Repeat("x", 2*i+2)) })
		if took, err := v.Look(false); took || err != nil {
			t.Errorf("taken %t, %v", took, err)
		}
	}
	v.Settling(func() {})
	write(t, name, "<1>")
	if took, err := v.Look(false); !took || err != nil || v.Get() != "<1>" || len(parsed) != 2 {
		t.Errorf("taken %t, %v: %s after %d", took, err, v.Get(), len(parsed))
	}
}

func TestWhatIsBadFromTheStartIsNoValue(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if _, err := hot.Open(limit, good, name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for _, text := range []string{"", "bad", "<fault>", "<" + strings.Repeat("x", limit) + ">"} {
		write(t, name, text)
		if v, err := hot.Open(limit, good, name); err == nil || v != nil {
			t.Errorf("%.9q: %v, %v", text, v, err)
		}
		if v, err := hot.Fixed([]byte(text), good); (err == nil) != (len(text) > limit) || (v == nil) != (err != nil) {
			t.Errorf("%.9q: %v, %v", text, v, err)
		}
	}
}

// Two files are one content, and where the first ends counts.
func TestOfTwoFilesBothCount(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	seen := map[string]bool{}
	for _, c := range [][2]string{{"xy", "z"}, {"x", "yz"}, {"xyz", ""}, {"", "xyz"}} {
		write(t, a, c[0])
		write(t, b, c[1])
		v, err := hot.Open(limit, func(c hot.Content) (string, error) { return c.Hash, nil }, a, b)
		if err != nil || seen[v.Get()] {
			t.Errorf("%q: %v", c, err)
		}
		seen[v.Get()] = true
	}
}
