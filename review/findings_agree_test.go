package review

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

func plainly(f *Finding) plainFinding {
	var list []string
	for _, id := range f.Users {
		list = append(list, string(id))
	}
	return plainFinding{f.ID, string(f.User), plainSet(list), string(f.Company), string(f.System), string(f.Document)}
}

// inPlainOrder is the order that Findings promises.
func inPlainOrder(place map[string]int) func(a, b plainFinding) int {
	return func(a, b plainFinding) int {
		return cmp.Or(cmp.Compare(place[a.rule], place[b.rule]), cmp.Compare(a.user, b.user), cmp.Compare(a.company, b.company),
			cmp.Compare(a.users, b.users), cmp.Compare(a.system, b.system), cmp.Compare(a.document, b.document))
	}
}

func rulePlaces() map[string]int {
	places := map[string]int{}
	for r := range Rules() {
		places[r.ID] = len(places)
	}
	return places
}

// The rules are said twice: once to be fast, once to be read. On every office both
// find the same, in the order that is promised.
func TestFindingsAreThoseOfThePlainRules(t *testing.T) {
	places, met, offices := rulePlaces(), map[string]int{}, 0
	check := func(t *rapid.T) {
		c := findingsDraw(t)
		var got []plainFinding
		for _, f := range c.found(t) {
			got = append(got, plainly(&f))
			met[f.ID]++
		}
		want := plainFindings(c)
		slices.SortFunc(want, inPlainOrder(places))
		if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(plainFinding{})); diff != "" {
			t.Fatalf("found otherwise than the rules say (-rules +found):\n%s", diff)
		}
		offices++
	}
	for range 40 { // 100 each, unless a flag says more
		rapid.Check(t, check)
	}
	t.Logf("%d offices; met: %v", offices, met)
	for id := range places {
		if met[id] < 50 {
			t.Errorf("%s was met %d times only", id, met[id])
		}
	}
}

func TestAFindingSaysWhatItIsAboutInBothLanguages(t *testing.T) {
	seen := map[string]int{}
	check := func(t *rapid.T) {
		c := findingsDraw(t)
		for _, f := range c.found(t) {
			english, dutch := f.Message(words.English), f.Message(words.Dutch)
			if english == dutch || f.In(words.English) == f.In(words.Dutch) || f.In(words.English) != f.Title {
				t.Fatalf("%s is not said in both languages: %q, %q, %q", f.ID, english, dutch, f.In(words.Dutch))
			}
			for _, text := range []string{english, dutch} {
				if missing := unsaid(&f, text); missing != "" {
					t.Fatalf("%s does not say %q: %q", f.ID, missing, text)
				}
			}
			seen[f.ID]++
		}
	}
	for range 20 { // of 100 offices, the rarest rule is met in three
		rapid.Check(t, check)
	}
	t.Logf("said: %v", seen)
	if len(seen) < ruleCount {
		t.Errorf("only %d of %d rules were said", len(seen), ruleCount)
	}
}

func TestFindingsDoNotHangOnTheOrderOfTheirParts(t *testing.T) {
	looked := 0
	rapid.Check(t, func(t *rapid.T) {
		c := findingsDraw(t)
		before := findingsTexts(c.found(t))
		slices.Reverse(c.parts.Users)
		slices.Reverse(c.parts.Companies)
		slices.Reverse(c.parts.Systems)
		slices.Reverse(c.parts.Links)
		slices.Reverse(c.docs)
		for i := range c.parts.Systems {
			slices.Reverse(c.parts.Systems[i].Users)
		}
		if diff := gocmp.Diff(before, findingsTexts(c.found(t))); diff != "" {
			t.Fatalf("another order, other findings:\n%s", diff)
		}
		looked += len(before)
	})
	t.Logf("%d findings", looked)
	if looked < 500 {
		t.Errorf("only %d findings", looked)
	}
}

func TestTheRulesAreInOrderAndComplete(t *testing.T) {
	var ids []string
	for r := range Rules() {
		if r.Level < roles.Error || r.Level > roles.Advice || r.Source == "" || r.Title == "" {
			t.Errorf("%s lacks something: %+v", r.ID, r)
		}
		if named, ok := RuleOf(r.ID); !ok || named != r {
			t.Errorf("%s names %+v", r.ID, named)
		}
		ids = append(ids, r.ID)
	}
	for _, none := range []string{"", "r1", "R0", "R7", "O1 "} {
		if r, ok := RuleOf(none); ok || r != (Rule{}) {
			t.Errorf("%q names %+v", none, r)
		}
	}
	want := []string{
		"R1", "R2", "R3", "R4", "R5", "R6",
		"O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8", "O9", "O10", "O11", "O12", "O13", "O14", "O15", "O16", "O17", "O18",
		"S1", "S2", "S3", "S4", "S5", "S6",
	}
	if diff := gocmp.Diff(want, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The levels as an office was promised them.
func TestTheLevelsOfTheRules(t *testing.T) {
	levels := map[roles.Level][]string{
		roles.Error:   {"R1", "R2", "R3", "O1", "O3", "O12", "O14", "O18", "S4"},
		roles.Warning: {"R6", "O2", "O5", "O6", "O7", "O8", "O9", "O10", "O11", "O13", "O15", "O16", "O17", "S1", "S2", "S3", "S5"},
		roles.Advice:  {"R4", "R5", "O4", "S6"},
	}
	got := map[roles.Level][]string{}
	for r := range Rules() {
		got[r.Level] = append(got[r.Level], r.ID)
	}
	if diff := gocmp.Diff(levels, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOnNoDayNobodyIsActive(t *testing.T) {
	looked := 0
	rapid.Check(t, func(t *rapid.T) {
		c := findingsDraw(t)
		c.at = c.at.AddDate(20000, 0, 0)
		found := map[string]int{}
		for _, f := range c.found(t) {
			found[f.ID]++
		}
		if found["O1"] != 1 || found["O3"] != len(c.parts.Systems) || found["O2"]+found["O14"]+found["S1"]+found["R4"] > 0 {
			t.Fatalf("found: %v", found)
		}
		looked += len(found)
	})
	t.Logf("%d rules met", looked)
}

func TestAnOfficeWithoutAnythingHasNoSuperUser(t *testing.T) {
	list := Findings(admin.State{}, nil, findingsToday)
	if len(list) != 1 || list[0].ID != "O1" || list[0].Mend[0].String() != "create USER super_user" {
		t.Errorf("found %v", findingsTexts(list))
	}
	var none Finding
	if none.Message(words.English) != "" {
		t.Error("the zero Finding says something")
	}
}

// unsaid is what a text does not say of what its finding is about.
func unsaid(f *Finding, text string) string {
	evidence := append([]users.ID{f.User, users.ID(f.Company), users.ID(f.System), users.ID(f.Document)}, f.Users...)
	if i := slices.IndexFunc(evidence, func(id users.ID) bool { return !strings.Contains(text, string(id)) }); i >= 0 {
		return string(evidence[i])
	}
	return ""
}
