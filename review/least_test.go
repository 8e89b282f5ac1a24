package review

import (
	"iter"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
)

// leastGrants is every grant that could be given, by its own reading of R1 to R3.
var leastGrants = func() (list []Grant) {
	for set := roles.Set(1); set < 128; set++ {
		excluded := set.Has(roles.ClientUser) && set.Has(roles.RestrictedClientUser) ||
			set.Has(roles.Accountant) && set.Has(roles.SMEAccountant)
		for rights := range subsetsOf(everyRight) {
			if !excluded {
				list = append(list, Grant{set, rights})
			}
		}
	}
	return list
}()

func TestThereAreSeventyOneSetsWithEightRightsEach(t *testing.T) {
	if got := slices.Collect(AllGrants()); len(got) != 71*8 || !slices.Equal(got, leastGrants) {
		t.Errorf("%d grants", len(got))
	}
}

// leastHas is what came of an ability for every grant, by asking; ok is false
// where some grant never met the situation.
type leastHas struct {
	has map[Grant]bool
	ok  bool
}

// leastRelevant is the facts that could matter to whoever has a grant: those that a
// rule looks at which their roles and rights do not close to them.
func leastRelevant(a policy.Action, g Grant) (f policy.Facts) {
	for id := range a.Rules() {
		if r := id.Rule(); g.Facts().Has((r.For | r.When) & ownedFacts) {
			f |= (r.For | r.When) &^ ownedFacts
		}
	}
	if a.On() == policy.User {
		f |= policy.Self // what else holds may hang on it
	}
	return f
}

// leastSame says whether a word that was met is the situation of an ability, as far
// as it matters to a grant.
func leastSame(word policy.Facts, b Ability, g Grant) bool {
	always := b.action.Always()
	return word.Has(always) && (word^b.situation)&leastRelevant(b.action, g)&^always == 0
}

// gives says what came of an ability for a grant, and whether its situation was met.
func (m *leastMet) gives(b Ability, g Grant) (gives, met bool) {
	for word, allowed := range m.met[g][b.action] {
		switch {
		case b.situation != 0:
			if leastSame(word, b, g) {
				return allowed, true
			}
		case b.rule != 0 && !word.Has(b.rule.Rule().For|b.rule.Rule().When):
		case allowed:
			return true, true
		}
	}
	return false, b.situation == 0
}

func (m *leastMet) gaveAll(b Ability) leastHas {
	h := leastHas{map[Grant]bool{}, true}
	for _, g := range leastGrants {
		gives, met := m.gives(b, g)
		h.has[g], h.ok = gives, h.ok && met
	}
	return h
}

// leastAbilities is every ability that could be asked for, with what came of it:
// each action, each rule, and each situation that every grant could meet.
func leastAbilities(t *testing.T, m *leastMet) map[Ability]leastHas {
	t.Helper()
	all := map[Ability]leastHas{}
	situations, unmet := 0, 0
	for a := range policy.AllActions() {
		all[AbilityTo(a)] = m.gaveAll(AbilityTo(a))
		for rule := range a.Rules() {
			all[AbilityBy(rule)] = m.gaveAll(AbilityBy(rule))
		}
		for _, g := range leastGrants {
			for word := range m.met[g][a] {
				b := Ability{action: a, situation: word & telling(a)}
				if _, done := all[b]; done || !word.Has(a.Always()) {
					continue
				}
				all[b] = m.gaveAll(b)
				situations++
			}
		}
	}
	for b, h := range all {
		if !h.ok {
			unmet++
			delete(all, b)
		}
	}
	t.Logf("%d questions asked; %d abilities, after leaving out %d of %d situations that some grant cannot meet", m.asked, len(all), unmet, situations)
	if len(all) < 250 {
		t.Error("too few")
	}
	return all
}

// Every word of facts that was met is one that the abilities of a situation know:
// nothing follows that does not hold, and nothing clashes.
func (m *leastMet) checkSituations(t *testing.T) {
	t.Helper()
	words := 0
	for g, byAction := range m.met {
		for a, met := range byAction {
			for word, allowed := range met {
				words++
				if more := (closed(a, word) &^ word) & telling(a); more != 0 {
					t.Fatalf("%s: %s was met without %s", a, word, more)
				}
				if c := apartIn(a, word); c != 0 {
					t.Fatalf("%s: %s was met", a, c)
				}
				b := Ability{action: a, situation: word&telling(a) | policy.Active}
				if g.Roles.Valid() && word.Has(a.Always()) && b.opens(g.Facts()) != allowed {
					t.Fatalf("%s for %s: %t on %s", b, g, allowed, word)
				}
			}
		}
	}
	t.Logf("%d words of facts met", words)
	if words < 50000 {
		t.Error("too few")
	}
}

// Every situation that can be named is met by every grant, as far as it matters to
// that grant; except that some about users cannot be met by whoever has some roles,
// where the rows alone decide.
func (m *leastMet) checkEverySituationIsMet(t *testing.T) {
	t.Helper()
	named, met, never := 0, 0, 0
	for a := range policy.AllActions() {
		for b := range leastSituations(a) {
			named++
			for _, g := range leastGrants {
				if _, ok := m.gives(b, g); ok {
					met++
				} else if never++; a.On() != policy.User && a.On() != policy.Office {
					t.Errorf("%s is never met with %s", b, g)
				}
			}
		}
	}
	t.Logf("%d situations can be named; %d times a grant met one, %d times it could not", named, met, never)
	if named < 300 || met < 3*never {
		t.Error("too few")
	}
}

// someonesFacts is those that are told of somebody with some roles alone.
const someonesFacts = policy.Manageable | policy.SharesCompany | policy.SeenByAdministrator

// checkFollows: a grant that has an ability in a situation was allowed wherever its
// facts were met, and one that has not was denied somewhere.
func (m *leastMet) checkFollows(t *testing.T) {
	t.Helper()
	met := map[bool]int{}
	for a := range policy.AllActions() {
		for b := range leastSituations(a) {
			for _, g := range leastGrants {
				f := leastRelevant(a, g) | ^someonesFacts
				all, some := true, false
				for word, allowed := range m.met[g][a] {
					if word.Has(a.Always() | b.situation&f) {
						all, some = all && allowed, true
					}
				}
				if has := b.opens(g.Facts()); some && has != all {
					t.Errorf("%s for %s: %t, but by asking always %t", b, g, has, all)
				} else if some {
					met[has]++
				}
			}
		}
	}
	t.Logf("grants had an ability in a situation %d times, and not %d times", met[true], met[false])
	if met[true] < 50000 || met[false] < 50000 {
		t.Error("too few")
	}
}

// leastSituations goes through every situation of an action that can be named,
// each once.
func leastSituations(a policy.Action) iter.Seq[Ability] {
	return func(yield func(Ability) bool) {
		seen := map[policy.Facts]bool{}
		for s := range subsetsOf(telling(a) &^ a.Always()) {
			s = closed(a, s)
			if apartIn(a, s) == 0 && !seen[s] && !yield(Ability{action: a, situation: s | a.Always()}) {
				return
			}
			seen[s] = true
		}
	}
}
