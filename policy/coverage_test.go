package policy

import (
	"maps"
	"math/bits"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/roles"
)

// seen is what the scenarios exercise between them.
type seen struct {
	allowed, denied map[Action]bool
	deciding        map[RuleID]bool // alone in allowing something
	facts           Facts           // each alone in denying something
	codes           map[Code]bool
	warnings        Warnings
}

func watch(t *testing.T, list []scenario) seen {
	s := seen{map[Action]bool{}, map[Action]bool{}, map[RuleID]bool{}, 0, map[Code]bool{}, 0}
	for _, sc := range list {
		snap := sc.snapshot(t)
		subject := snap.Subject(sc.who, now)
		q := ask(&subject, sc.do, sc.on, &sc.with, false)
		v := q.judge()
		s.warnings |= v.Warnings()
		if v.Allowed() {
			s.allowed[sc.do] = true
			if rule, alone := onlyRule(sc.do, v.have); alone {
				s.deciding[rule] = true
			}
			continue
		}
		s.denied[sc.do] = true
		s.codes[v.Code()] = true
		if v.asked {
			s.facts |= decidingFacts(sc.do, v.have)
		}
	}
	return s
}

func onlyRule(a Action, have Facts) (only RuleID, alone bool) {
	for _, row := range table[a].rows {
		if have.Has(row.needs) {
			if only != 0 {
				return 0, false
			}
			only = row.id
		}
	}
	return only, only != 0
}

// decidingFacts are those of which one alone would turn the denial. A role comes
// with what it amounts to, so it is tried with that.
func decidingFacts(a Action, have Facts) (deciding Facts) {
	for f := range (^have & (factsEnd - 1)).Each() {
		if decide(a, have|f, 0).Allowed() {
			deciding |= f
		}
	}
	return deciding
}

func TestEveryActionRuleFactAndCodeDecidesAScenario(t *testing.T) {
	s := watch(t, scenarios())
	for a := range AllActions() {
		if !s.allowed[a] || !s.denied[a] {
			t.Errorf("%s: allowed somewhere %t, denied somewhere %t", a, s.allowed[a], s.denied[a])
		}
	}
	for rule := range AllRules() {
		if !s.deciding[rule] {
			t.Errorf("rule %s alone allows nothing in any scenario", rule)
		}
	}
	if undecided := (factsEnd - 1) &^ s.facts; undecided != 0 {
		t.Errorf("facts that alone deny nothing in any scenario: %s", undecided)
	}
	for code := range AllCodes() {
		if !s.codes[code] && code != BadTime { // every scenario has a moment; see below
			t.Errorf("code %s is the answer of no scenario", code)
		}
	}
}

func TestNothingIsAllowedAtNoMoment(t *testing.T) {
	for _, sc := range scenarios() {
		for _, at := range []time.Time{{}, time.Date(1, 1, 1, 23, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 1, 0, 0, 0, time.UTC)} {
			request := sc.request()
			request.At = at
			d := sc.snapshot(t).Check(request)
			if d.Allowed() || d.Code() > BadTime || strings.HasPrefix(sc.want, "yes") && d.Code() != BadTime {
				t.Errorf("%s: at %v the answer is %q", sc.name, at, answer(sc.do, d))
			}
		}
	}
}

// A scenario taken away leaves something uncovered often enough that the test
// above is known to be able to fail.
func TestCoverageNoticesWhatIsMissing(t *testing.T) {
	s := watch(t, documentScenarios)
	if s.facts.Has(SuperUserRemains) || s.allowed[UserDelete] || s.codes[LastSuperUser] {
		t.Error("scenarios about documents cover what only scenarios about users can")
	}
}

func TestEveryScenarioHasItsOwnName(t *testing.T) {
	names := map[string]bool{}
	for _, sc := range scenarios() {
		if names[sc.name] {
			t.Errorf("two scenarios are named %q", sc.name)
		}
		names[sc.name] = true
	}
}

func TestEveryActionHasARuleAndEveryFactAUse(t *testing.T) {
	var used Facts
	for a := range AllActions() {
		if len(table[a].rows) == 0 {
			t.Errorf("no rule opens %s", a)
		}
		used |= a.Always()
		slugs := map[string]bool{}
		for _, row := range table[a].rows {
			used |= row.needs
			if id := row.id.String(); slugs[id] {
				t.Errorf("two rules are called %s", id)
			} else {
				slugs[id] = true
			}
		}
	}
	if unused := (factsEnd - 1) &^ used; unused != 0 {
		t.Errorf("facts that no rule or action needs: %s", unused)
	}
	if len(ruleIDs) > 256 {
		t.Errorf("%d rule ids do not fit a RuleID", len(ruleIDs))
	}
}

func TestFactTableIsWhole(t *testing.T) {
	if bits.TrailingZeros64(uint64(factsEnd)) != factCount {
		t.Fatalf("%d facts, %d in the table", bits.TrailingZeros64(uint64(factsEnd)), factCount)
	}
	names := map[string]bool{}
	last := Code(0)
	for f := range AllFacts() {
		info := f.info()
		if info.name == "" || info.meaning == "" || info.source == "" || names[info.name] {
			t.Errorf("fact %b: %+v", f, info)
		}
		names[info.name] = true
		if info.code < last {
			t.Errorf("fact %s stands after facts of code %s, but is %s", info.name, last, info.code)
		}
		last = info.code
	}
}

func TestEveryCitedSourceIsInTheDocs(t *testing.T) {
	text, err := os.ReadFile("../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	cited := map[string]bool{}
	cite := func(sources string) {
		for s := range strings.SplitSeq(sources, ", ") {
			cited[s] = true
		}
	}
	for i := range rules {
		cite(rules[i].Source)
	}
	for f := range AllFacts() {
		cite(f.info().source)
	}
	for set := range 128 {
		for f := range roles.Set(set).Findings() {
			cite(f.Source)
		}
	}
	for _, source := range slices.Sorted(maps.Keys(cited)) {
		if !regexp.MustCompile(`(?m)^#+ .*\b` + source + `\b`).Match(text) {
			t.Errorf("%s is cited but has no heading in docs/sources.md", source)
		}
	}
}
