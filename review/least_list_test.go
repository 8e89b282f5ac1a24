package review

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/policy"
)

// leastTried is what a test that draws lists of abilities has seen.
type leastTried struct {
	*leastMet
	all                  map[Ability]leastHas
	names                []Ability
	found, several, none int
}

func TestLeastGrantsAreThoseThatAskingFinds(t *testing.T) {
	m := leastMeets(t)
	m.checkSituations(t)
	m.checkEverySituationIsMet(t)
	m.checkFollows(t)
	l := leastTried{leastMet: &m, all: leastAbilities(t, &m)}
	l.names = slices.SortedFunc(maps.Keys(l.all), func(a, b Ability) int { return strings.Compare(a.String(), b.String()) })
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			can := rapid.SliceOfN(rapid.SampledFrom(l.names), 0, 3).Draw(t, "can")
			cannot := rapid.SliceOfN(rapid.SampledFrom(l.names), 0, 3).Draw(t, "cannot")
			l.try(t, can, cannot)
		}
	})
	t.Logf("%d lists had grants, %d of them several; %d had none", l.found, l.several, l.none)
	if l.found < 300 || l.several < 100 || l.none < 300 {
		t.Error("too few")
	}
}

func (l *leastTried) try(t *rapid.T, can, cannot []Ability) {
	got, why := LeastGrants(can, cannot)
	var grants []Grant
	for _, e := range got {
		grants = append(grants, e.Grant)
		if other := l.beside(e.Grant, can); !slices.Equal(other, e.Else) {
			t.Fatalf("%s opens besides %v, not %v", e.Grant, other, e.Else)
		}
	}
	if want := leastMinimal(l.byAsking(can, cannot)); !sameGrants(grants, want) {
		t.Fatalf("got %v, by asking %v", grants, want)
	}
	if !slices.IsSortedFunc(got, func(a, b Enough) int {
		return cmp.Or(len(a.Grant.Codes())-len(b.Grant.Codes()), len(a.Else)-len(b.Else), strings.Compare(a.Grant.String(), b.Grant.String()))
	}) {
		t.Fatalf("not in order: %v", got)
	}
	switch {
	case len(got) == 0:
		l.none++
		l.collides(t, why)
	case why.Can != nil || why.Cannot != nil:
		t.Fatalf("a collision beside %v: %v", got, why)
	case len(got) > 1:
		l.several++
		l.found++
	default:
		l.found++
	}
}

// byAsking is every grant with which all that is wanted was allowed and nothing
// that is excluded.
func (l *leastTried) byAsking(can, cannot []Ability) (list []Grant) {
	for _, g := range leastGrants {
		fits := true
		for _, b := range can {
			fits = fits && l.all[b].has[g]
		}
		for _, b := range cannot {
			fits = fits && !l.all[b].has[g]
		}
		if fits {
			list = append(list, g)
		}
	}
	return list
}

// leastMinimal is those of which nothing can be left out.
func leastMinimal(fit []Grant) (list []Grant) {
	for _, g := range fit {
		smaller := func(o Grant) bool { return o != g && o.Roles&^g.Roles == 0 && o.Rights&^g.Rights == 0 }
		if !slices.ContainsFunc(fit, smaller) {
			list = append(list, g)
		}
	}
	return list
}

func sameGrants(a, b []Grant) bool {
	order := func(a, b Grant) int { return strings.Compare(a.String(), b.String()) }
	return slices.Equal(slices.SortedFunc(slices.Values(a), order), slices.SortedFunc(slices.Values(b), order))
}

// collides: no grant does for all of it, and some does without any one of it.
func (l *leastTried) collides(t *rapid.T, c Collision) {
	if len(l.byAsking(c.Can, c.Cannot)) > 0 {
		t.Fatalf("%v and %v do not collide", c.Can, c.Cannot)
	}
	for i := range c.Can {
		if l.byAsking(slices.Delete(slices.Clone(c.Can), i, i+1), c.Cannot) == nil {
			t.Fatalf("%s has no part in the collision", c.Can[i])
		}
	}
	for i := range c.Cannot {
		if l.byAsking(c.Can, slices.Delete(slices.Clone(c.Cannot), i, i+1)) == nil {
			t.Fatalf("%s has no part in the collision", c.Cannot[i])
		}
	}
}

// beside is the rules by which the grant was allowed something, without those by
// which every grant was, and those that give what is wanted.
func (l *leastTried) beside(g Grant, can []Ability) (list []policy.RuleID) {
	for rule := range policy.AllRules() {
		h := l.all[AbilityBy(rule)]
		everybodys := !slices.ContainsFunc(leastGrants, func(g Grant) bool { return !h.has[g] })
		if h.has[g] && !everybodys && !slices.ContainsFunc(can, func(b Ability) bool { return l.serves(rule, b, g) }) {
			list = append(list, rule)
		}
	}
	return list
}

func (l *leastTried) serves(rule policy.RuleID, b Ability, g Grant) bool {
	action, _, _ := strings.Cut(rule.String(), "/")
	switch {
	case b.rule != 0:
		return b.rule == rule
	case b.action.String() != action:
		return false
	case b.situation == 0:
		return true
	}
	for word := range l.met[g][b.action] {
		if leastSame(word, b, g) && word.Has(rule.Rule().For|rule.Rule().When) {
			return true
		}
	}
	return false
}
