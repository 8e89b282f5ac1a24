package officefile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile"
)

// smallest is an office file with nothing but the office in it; what is put
// behind it is read with it.
const smallest = "version: 1\noffice: {code: a, name: b, time_zone: UTC}\n"

// aliased is an office of so many users beside the first, who have the first's
// roles by an alias.
func aliased(aliases int) string {
	var b strings.Builder
	b.WriteString(smallest + "users:\n  - {id: u, username: u, email: u@x, roles: &r [client_user], companies: []}\n")
	for i := range aliases {
		fmt.Fprintf(&b, "  - {id: u%d, username: u%d, email: u@x, roles: *r, companies: []}\n", i, i)
	}
	return b.String()
}

// nested is an office file with a key that nobody knows, which holds so many
// lists and mappings within each other that the file is depth deep.
func nested(depth int) string {
	lists := depth - 1 // the file itself is one
	return smallest + "x: " + strings.Repeat("[", lists) + strings.Repeat("]", lists) + "\n"
}

// nestedByAliases is as deep, half of it by an alias.
func nestedByAliases(depth int) string {
	half := depth / 2
	lists := depth - 1 - half
	return smallest + "x: &x " + strings.Repeat("[", half) + strings.Repeat("]", half) +
		"\ny: " + strings.Repeat("[", lists) + "*x" + strings.Repeat("]", lists) + "\n"
}

// adding is an office file with keys that nobody knows, in which as many aliases
// as there may be add so many values; they are thousands and some more.
func adding(values int) string {
	each := values / officefile.MaxAliases
	list := func(nodes int) string { return "[" + strings.Repeat("a, ", nodes-1) + "]" }
	return smallest + "x: &x " + list(each) + "\ny: &y " + list(each+values%officefile.MaxAliases) +
		"\nz: [" + strings.Repeat("*x, ", officefile.MaxAliases-1) + "*y]\n"
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

// Whatever the limit, a file that is at it is refused for nothing but the keys
// that nobody knows.
func TestAtTheLimits(t *testing.T) {
	for name, text := range map[string]string{
		"nesting":            nested(officefile.MaxNesting),
		"nesting by aliases": nestedByAliases(officefile.MaxNesting),
		"aliases":            aliased(officefile.MaxAliases),
		"aliased values":     adding(officefile.MaxAliasedNodes),
	} {
		t.Run(name, func(t *testing.T) {
			file, err := officefile.Parse("f", []byte(text))
			for _, e := range officefile.Errors(err) {
				if !strings.HasPrefix(e.Message, "found the unknown key ") {
					t.Errorf("found %v, expected unknown keys alone", e)
				}
			}
			if (file == nil) != (err != nil) {
				t.Errorf("found a file %t and error %v", file != nil, err)
			}
		})
	}
}

// Zero bytes are refused at the first, unless their number alone is too much: a
// file without end is not read to its end.
func TestLimitOfSize(t *testing.T) {
	want := "f:1:1: found the character U+0000, expected text in UTF-8"
	if _, err := officefile.Parse("f", make([]byte, officefile.MaxBytes)); err == nil || err.Error() != want {
		t.Errorf("found %v, expected %s", err, want)
	}
	want = "f:1:1: found more than 67108864 bytes, expected a smaller file"
	if _, err := officefile.Read("f", zeroes{}); err == nil || err.Error() != want {
		t.Errorf("found %v, expected %s", err, want)
	}
}

// zeroes never ends.
type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestBeyondTheLimits(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nesting", nested(officefile.MaxNesting + 1), "f:3:35: found a list or mapping at depth 33, expected at most 32"},
		{"nesting by aliases", nestedByAliases(officefile.MaxNesting + 1), "f:4:20: found a list or mapping at depth 33, expected at most 32"},
		{"aliases", aliased(officefile.MaxAliases + 1), "f:1005:53: found one alias more, expected at most 1000 aliases"},
		{"aliased values", adding(officefile.MaxAliasedNodes + 1), "f:5:4001: found aliases that add 5000001 values, expected at most 5000000"},
		{"billion laughs", laughs(20), "f:8:20: found aliases that add 6333333 values, expected at most 5000000"},
		{"a cycle", "a: &a\n  b: [*a]\n", "f:2:7: found the alias *a inside what it stands for, expected an alias of something that ended before"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := officefile.Parse("f", []byte(c.text))
			if file != nil || err == nil || err.Error() != c.want {
				t.Errorf("found %v, expected %s", err, c.want)
			}
		})
	}
}

// A value has the limits of a file.
func TestLimitsOfAValue(t *testing.T) {
	lists := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	aliases := func(n int) string { return "[&a x" + strings.Repeat(", *a", n) + "]" }
	for _, c := range []struct{ at, beyond, want string }{
		{lists(officefile.MaxNesting), lists(officefile.MaxNesting + 1), "v:1:33: found a list or mapping at depth 33, expected at most 32"},
		{aliases(officefile.MaxAliases), aliases(officefile.MaxAliases + 1), "v:1:4008: found one alias more, expected at most 1000 aliases"},
	} {
		if _, err := officefile.ParseValue("v", c.at); err != nil {
			t.Errorf("found %v at the limit", err)
		}
		if v, err := officefile.ParseValue("v", c.beyond); v != nil || err == nil || err.Error() != c.want {
			t.Errorf("found %v, expected %s", err, c.want)
		}
	}
}

// long is a file whose identifiers and texts are all so long.
func long(id, text int) string {
	name := func(first string) string { return first + strings.Repeat("i", id-len(first)) }
	office, firm, who, gone, exact, other := name("o"), name("c"), name("u"), name("d"), name("s"), name("a")
	prose, address := strings.Repeat("n", text), "n@"+strings.Repeat("n", text-2)
	return strings.NewReplacer("OFFICE", office, "FIRM", firm, "WHO", who, "GONE", gone, "EXACT", exact, "OTHER", other,
		"PROSE", prose, "ADDRESS", address).Replace(`version: 1
office: {code: OFFICE, name: PROSE, time_zone: UTC}
accounting_systems:
  - {id: EXACT, name: PROSE, connection: disconnected, synchronisation_user: WHO, users: [{id: OTHER, name: PROSE, email: ADDRESS, rank: 1, can_book: true, can_change_master_data: true, companies: all}]}
companies: [{id: FIRM, name: PROSE, accounting_system: EXACT, authorisation_workflow: true, payment_agreement: true}]
users: [{id: WHO, username: WHO, email: ADDRESS, name: PROSE, language: PROSE, roles: [], companies: [FIRM]}]
deleted_users: [{id: GONE, username: GONE}]
documents: [{id: FIRM, company: FIRM, delivered_by: GONE, stage: tagging}]
`)
}

func TestLimitsOfIdentifiersAndTexts(t *testing.T) {
	parse(t, long(1, 3))
	parse(t, long(128, 1024))
	for _, c := range []struct {
		text, want string
		times      int
	}{
		{long(129, 1024), "expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters", 12},
		{long(128, 1025), "expected a text of 1 to 1024 bytes of valid UTF-8 without control characters", 6},
		{long(128, 1025), "expected an address such as name@example.com", 2},
	} {
		_, err := officefile.Parse("f", []byte(c.text))
		if found := strings.Count(fmt.Sprint(err), c.want); found != c.times {
			t.Errorf("%s: found it %d times, expected %d\n%v", c.want, found, c.times, err)
		}
	}
}

func TestLimitsOfMinutes(t *testing.T) {
	var found []float64
	for _, minutes := range []string{"1", "1440"} {
		file := parse(t, change(t, "password_link_minutes: 45", "password_link_minutes: "+minutes))
		found = append(found, file.Office.PasswordLinkLength().Minutes())
	}
	if diff := cmp.Diff([]float64{1, 1440}, found); diff != "" {
		t.Errorf("minutes (-expected +found):\n%s", diff)
	}
}
