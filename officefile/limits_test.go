package officefile_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile"
)

// aliased is an office of so many users beside the first, who have the first's
// roles by an alias.
func aliased(aliases int) string {
	var b strings.Builder
	b.WriteString("version: 1\noffice: {code: a, name: b, time_zone: UTC}\nusers:\n" +
		"  - {id: u, username: u, email: u@x, roles: &r [client_user], companies: []}\n")
	for i := range aliases {
		fmt.Fprintf(&b, "  - {id: u%d, username: u%d, email: u@x, roles: *r, companies: []}\n", i, i)
	}
	return b.String()
}

// nested is an office file with a key that nobody knows, which holds so many
// lists and mappings within each other that the file is depth deep.
func nested(depth int) string {
	lists := depth - 1 // the file itself is one
	return "version: 1\noffice: {code: a, name: b, time_zone: UTC}\nx: " +
		strings.Repeat("[", lists) + strings.Repeat("]", lists) + "\n"
}

func TestAtTheLimits(t *testing.T) {
	parse(t, aliased(officefile.MaxAliases))
	_, err := officefile.Parse("f", []byte(nested(officefile.MaxNesting)))
	if err == nil || strings.Contains(err.Error(), "depth") {
		t.Errorf("found %v, expected the unknown key alone", err)
	}
}

// laughs is a file whose aliases stand for aliases: each line is ten of the line
// before.
func laughs(lines int) string {
	var b strings.Builder
	b.WriteString("x0: &x0 [lol]\n")
	for i := 1; i <= lines; i++ {
		fmt.Fprintf(&b, "x%d: &x%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*x%d, ", i-1), 10), ", "))
	}
	return b.String()
}

func TestBeyondTheLimits(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"size", base + strings.Repeat("#", officefile.MaxBytes+1-len(base)), "f:1:1: found more than 67108864 bytes, expected a smaller file"},
		{"nesting", nested(officefile.MaxNesting + 1), "f:3:35: found a list or mapping at depth 33, expected at most 32"},
		{"nesting by aliases", "a: &a [[[[[[[[]]]]]]]]\nb: &b [[[[[[[[*a]]]]]]]]\nc: &c [[[[[[[[*b]]]]]]]]\nd: [[[[[[[[*c]]]]]]]]\n", "f:4:12: found a list or mapping at depth 33, expected at most 32"},
		{"aliases", aliased(officefile.MaxAliases + 1), "f:1005:53: found one alias more, expected at most 1000 aliases"},
		{"billion laughs", laughs(20), "f:8:20: found aliases that add 6333333 values, expected at most 5000000"},
		{"a cycle", "a: &a\n  b: [*a]\n", "f:2:7: found the alias *a inside what it stands for, expected an alias of something that ended before"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := officefile.Read("f", bytes.NewReader([]byte(c.text)))
			if file != nil || err == nil || err.Error() != c.want {
				t.Errorf("found %v, expected %s", err, c.want)
			}
		})
	}
}
