package officefile_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// So is a file of scenarios, with the office inline or beside it.
func TestFormatOfRoughScenarios(t *testing.T) {
	drawn := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := roughly(t, someScenarios(t))
		w.kept(laid(t, w.text()))
		for form, count := range w.drawn {
			drawn[form] += count
		}
	})
	enough(t, drawn)
}

// And so is any other YAML that can be read.
func TestFormatOfAnyRoughTree(t *testing.T) {
	drawn := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		for range 5 {
			w := roughly(t, aTree(t, deepest))
			w.kept(laid(t, w.text()))
			for form, count := range w.drawn {
				drawn[form] += count
			}
		}
	})
	enough(t, drawn)
}

// deepest is how many lists and mappings stand within each other in a tree.
const deepest = 4

// aTree draws lists and mappings within each other, of all kinds of scalars. It is more
// than a scalar, and seldom empty.
func aTree(t *rapid.T, depth int) any {
	least := 0
	if depth == deepest {
		least = 2
	}
	switch kind := rapid.IntRange(0, 9-least).Draw(t, "kind"); {
	case depth > 0 && kind < 4:
		m := mapping{}
		for i := range rapid.IntRange(least, 4).Draw(t, "keys") {
			m = append(m, entry{fmt.Sprint(rapid.SampledFrom([]string{"key", "k_", ": ", "# ", text(t, "key")}).Draw(t, "key"), i), aTree(t, depth-1)})
		}
		return m
	case depth > 0 && kind < 8:
		l := list{}
		for range rapid.IntRange(least, 4).Draw(t, "elements") {
			l = append(l, aTree(t, depth-1))
		}
		return l
	}
	return rapid.OneOf(
		rapid.SampledFrom([]any{plain("7"), plain("~"), plain("-1.5e3"), plain("2027-01-31"), plain("0x1F"), plain("null"), true, false}),
		rapid.SampledFrom([]any{"again", "again and again"}),
		rapid.SampledFrom([]any{"", " ", "a b c", "007", "true", "2027-01-31", "a: b", "a #b", "- a", "? a", "it's", `say "so"`, `back\slash`, "a\nb", "\ta", "[x]", "a,b", "..."}),
		rapid.Map(rapid.StringMatching(`[a-zA-Z ,.:#'"&*!|>{}\[\]?-]{0,40}`), func(s string) any { return s }),
		rapid.Map(rapid.StringMatching(`[a-z]{20,60}( [a-z]{1,9}){0,9}`), func(s string) any { return s }),
	).Draw(t, "scalar")
}

func someScenarios(t *rapid.T) mapping {
	var all list
	for i := range rapid.IntRange(1, 3).Draw(t, "scenarios") {
		m := mapping{{"name", fmt.Sprint(text(t, "name"), i)}}
		for _, e := range (mapping{
			{"given", list{list{"rosa", "user.grant_role", mapping{{"user", "carla"}, {"role", "authoriser"}}}}},
			{"can", someQuestions(t)},
			{"cannot", someQuestions(t)},
			{"tables", list{mapping{
				{"users", list{"anna", "bob"}},
				{"actions", list{"document.view"}},
				{"resources", list{"document:inv-1"}},
				{"with", mapping{{"comment", text(t, "comment")}}},
				{"can", rapid.SampledFrom([]any{"all", "none", mapping{{"only", list{"bob"}}}}).Draw(t, "can")},
				{"code", "not_in_turn"},
			}}},
			{"findings", list{mapping{{"id", "S1"}, {"user", "bram"}, {"company", "bakery"}}}},
			{"no_findings", list{mapping{{"level", "error"}}}},
			{"at", plain("2026-12-01T09:00:00Z")},
		}) {
			if either(t, "has") {
				m = append(m, e)
			}
		}
		all = append(all, m)
	}
	office := any("../office.yaml")
	if either(t, "office inline") {
		office = writtenFile(t, anOffice(t))
	}
	return mapping{{"office", office}, {"at", plain("2026-11-22T09:00:00Z")}, {"scenarios", all}}
}

func someQuestions(t *rapid.T) (all list) {
	for range rapid.IntRange(1, 3).Draw(t, "questions") {
		q := list{text(t, "who"), "document.approve", "document:inv-1"}
		if either(t, "expects") {
			q = append(q, mapping{}, mapping{{"code", "not_in_turn"}, {"rules", list{"document.approve/in-turn"}}})
		}
		all = append(all, q)
	}
	return all
}
