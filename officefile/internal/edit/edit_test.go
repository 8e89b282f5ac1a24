package edit_test

import (
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/internal/edit"
	"github.com/mandaat/mandaat/officefile/internal/strict"
)

func load(t interface{ Fatalf(string, ...any) }, text string) *strict.Document {
	d := strict.Load([]byte(text), strict.Limits{Bytes: 1 << 20, Nesting: 9, Aliases: 9, AliasedNodes: 99})
	if d.Root() == nil {
		t.Fatalf("%v\n%s", d.Complaints(), text)
	}
	return d
}

// Any text that takes the place of another is read as that text, however the other
// was written, and what stands around it stays.
func TestATextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z0-9:# '"\[\]{},&*!|>%@~.-]{0,8}`)).Filter(readable).Draw(t, "text")
		form := rapid.SampledFrom([]string{
			"a: old # said\nb: c\n", "a: 'old''s' # said\nb: c\n", "a: \"o\\\"ld\" # said\nb: c\n", "a: old\n  one # said\nb: c\n",
			"a: |\n  old\n\n  one\n# said\nb: c\n", "{a: old, b: c} # said\n", "{\"a\": \"old\", \"b\": \"c\"}", "a: &x old # said\nb: c\nc: *x\n",
		}).Draw(t, "form")
		d := load(t, form)
		e := edit.New(d)
		e.Field("a", edit.String("old"), edit.String(s))
		text, err := e.Text()
		if err != nil {
			t.Fatalf("%v", err)
		}
		var found map[string]string
		if err := yaml.Load(text, &found); err != nil || found["a"] != s || found["b"] != "c" {
			t.Fatalf("found %q and %v, expected a text %q in\n%s", found, err, s, text)
		}
		if strings.Contains(form, "# said") != strings.Contains(string(text), "# said") {
			t.Fatalf("lost the comment of\n%s\nin\n%s", form, text)
		}
	})
}

// readable says whether a text has nothing in it that no file may have.
func readable(s string) bool {
	return s != "old" && strings.IndexFunc(s, func(r rune) bool {
		return r == unicode.ReplacementChar || r < ' ' || r == '\ufffe' || r == '\uffff'
	}) < 0
}

func TestElements(t *testing.T) {
	entry := func(id string, more ...edit.Field) edit.Value {
		return append(edit.Mapping{{Key: "id", Value: edit.String(id)}}, more...)
	}
	goes := edit.Change{Index: 0, Before: entry("a")}
	comes := edit.Change{After: entry("z")}
	for _, c := range []struct {
		name, before, after string
		changes             []edit.Change
	}{
		{"no list", "x: y", "x: y\nl:\n  - {id: z}", []edit.Change{comes}},
		{"no list in a flow", "{x: y}", "{x: y, l: [{id: z}]}", []edit.Change{comes}},
		{"an empty list", "l: [ ] # none\nx: y\n", "l: # none\n  - {id: z}\nx: y\n", []edit.Change{comes}},
		{"the last goes", "l: # all\n  - {id: a} # old\nx: y\n", "l: [] # all\nx: y\n", []edit.Change{goes}},
		{"another for the last", "l:\n  - {id: a} # old\nx: y\n", "l:\n  - {id: z}\nx: y\n", []edit.Change{goes, comes}},
		{"in a flow", "l: [{id: a}, {id: b}]\n", "l: [{id: b}, {id: z}]\n", []edit.Change{goes, comes}},
		{"the first of a flow with comments", "l: [{id: a}, # one\n  {id: b}] # two\n", "l: [ # one\n  {id: b}] # two\n", []edit.Change{goes}},
		{"the second of a flow with comments", "l: [{id: b}, # one\n  {id: a}] # two\n", "l: [{id: b} # one\n  ] # two\n", []edit.Change{{Index: 1, Before: entry("a")}}},
		{"a flow in lines", "l: [\n  {id: a}, # one\n  {id: b} # two\n]\n", "l: [\n  {id: b}, # two\n  {id: z}\n]\n", []edit.Change{goes, comes}},
		{"a comma at the end", "l: [\n  {id: a},\n  {id: b}, # two\n]\n", "l: [\n  {id: b}, # two\n  {id: z},\n]\n", []edit.Change{goes, comes}},
		{"the last of JSON in lines", "{\"l\": [\n  {\"id\": \"b\"},\n  {\"id\": \"a\"}\n]}", "{\"l\": [\n  {\"id\": \"b\"}\n]}", []edit.Change{{Index: 1, Before: entry("a")}}},
		{"JSON in lines", "{\"l\": [\n  {\"id\": \"b\"}\n]}", "{\"l\": [\n  {\"id\": \"b\"},\n  {\"id\": \"z\"}\n]}", []edit.Change{comes}},
		{"comments around", "l:\n  # of the list\n\n  # of a\n  - id: a\n    # in a\n    #x: y\n  # of b\n  - id: b\n", "l:\n  # of the list\n\n  # of b\n  - id: b\n", []edit.Change{goes}},
		{"an anchor that goes", "l: [&a {id: a}]\nm: [*a]\n", "l: []\nm: [{id: a}]\n", []edit.Change{goes}},
		{"an alias of an empty list", "e: &e []\nl: *e\n", "e: &e []\nl: [{id: z}]\n", []edit.Change{comes}},
		{"a key behind the dash", "l:\n- x: 1 # one\n  id: a\n", "l:\n- id: a\n", []edit.Change{{Before: entry("a", edit.Field{Key: "x", Value: edit.Plain("1")}), After: entry("a")}}},
		{"a comment behind the dash's key", "l:\n- x: 1\n  # id\n  id: a\n", "l:\n- \n  # id\n  id: a\n", []edit.Change{{Before: entry("a", edit.Field{Key: "x", Value: edit.Plain("1")}), After: entry("a")}}},
		{"a list for a text", "l:\n- id: a\n  x: &x all # one\n", "l:\n- id: a\n  x: &x [b] # one\n", []edit.Change{{
			Before: entry("a", edit.Field{Key: "x", Value: edit.String("all")}), After: entry("a", edit.Field{Key: "x", Value: edit.List{edit.String("b")}}),
		}}},
		{"a text for a list", "l:\n- id: a\n  x: # one\n  # two\n  - b # three\n", "l:\n- id: a\n  x: all # one\n  # two\n", []edit.Change{{
			Before: entry("a", edit.Field{Key: "x", Value: edit.List{edit.String("b")}}), After: entry("a", edit.Field{Key: "x", Value: edit.String("all")}),
		}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, eol := range []string{"\n", "\r\n"} {
				e := edit.New(load(t, strings.ReplaceAll(c.before, "\n", eol)))
				e.Elements("l", c.changes)
				found, err := e.Text()
				if !strings.Contains(c.before, "\n") {
					eol = "\n"
				}
				if want := strings.ReplaceAll(c.after, "\n", eol); string(found) != want || err != nil {
					t.Errorf("found %v and\n%s\nexpected\n%s", err, found, want)
				}
			}
		})
	}
}

// An alias in an entry that goes is not written out, one that stays is.
func TestAliasesOfWhatChanges(t *testing.T) {
	e := edit.New(load(t, "a: &v old\nl:\n- {id: a, x: *v}\n- {id: b, x: *v}\n"))
	e.Field("a", edit.String("old"), edit.String("new"))
	e.Elements("l", []edit.Change{{Before: edit.Mapping{{Key: "id", Value: edit.String("a")}}}})
	found, err := e.Text()
	if want := "a: &v new\nl:\n- {id: b, x: old}\n"; string(found) != want || err != nil {
		t.Errorf("found %v and\n%s\nexpected\n%s", err, found, want)
	}
}

// What no terminal shows is written so that it is read again, in JSON too, where it
// stands as it is beyond the first plane.
func TestWhatIsNotShownReadsBack(t *testing.T) {
	for _, form := range []string{"a: old\n", "{\"a\": \"old\"}"} {
		for _, s := range []string{"\u00ad", "\ue000", "\U000f0000", "\U0010fffd", "x\U000e0001y"} {
			e := edit.New(load(t, form))
			e.Field("a", edit.String("old"), edit.String(s))
			text, err := e.Text()
			if err != nil {
				t.Fatal(err)
			}
			var found map[string]string
			if err := yaml.Load(text, &found); err != nil || found["a"] != s {
				t.Errorf("found %q and %v, expected %q in\n%s", found, err, s, text)
			}
		}
	}
}
