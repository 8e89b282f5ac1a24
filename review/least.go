package review

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Grant is what somebody can be given to act with: roles, and rights besides. The
// zero Grant is nothing.
type Grant struct {
	Roles roles.Set
	// Rights is those of ArchiveRight, BankRight and LaterCompaniesRight that are
	// given.
	Rights policy.Facts
}

// everyRight is the rights of who asks that no role gives.
const everyRight = policy.ArchiveRight | policy.BankRight | policy.LaterCompaniesRight

// AllGrants goes through every grant of a valid set of roles: 71 sets, each with
// and without each right.
func AllGrants() iter.Seq[Grant] {
	everyRole := roles.SetOf(roles.All()...)
	return func(yield func(Grant) bool) {
		for set := range everyRole + 1 {
			for rights := range subsetsOf(everyRight) {
				if set.Valid() && !yield(Grant{set, rights}) {
					return
				}
			}
		}
	}
}

// subsetsOf goes through the subsets of a word, the empty one first.
func subsetsOf(f policy.Facts) iter.Seq[policy.Facts] {
	return func(yield func(policy.Facts) bool) {
		for sub := policy.Facts(0); yield(sub) && sub != f; {
			sub = (sub - f) & f
		}
	}
}

// grantOf is what a user has: the effective roles, and the rights.
func grantOf(u users.User) Grant {
	return Grant{u.Roles.Effective(), policy.OwnFacts(u) & everyRight}
}

// Facts is what the grant establishes, whatever is asked. Of a set of roles that
// is not valid the effective roles count.
func (g Grant) Facts() policy.Facts {
	return policy.OwnFacts(users.User{Roles: g.Roles}) | g.Rights&everyRight
}

// Len counts the roles and the rights.
func (g Grant) Len() int { return g.Roles.Len() + bits.OnesCount64(uint64(g.Rights)) }

// Within says whether everything in the grant is in the other.
func (g Grant) Within(other Grant) bool {
	return g.Roles.Within(other.Roles) && other.Rights.Has(g.Rights)
}

// Codes is the codes of the roles and the names of the rights, in order.
func (g Grant) Codes() []string {
	list := []string{}
	for role := range g.Roles.All() {
		list = append(list, role.String())
	}
	for right := range g.Rights.Each() {
		list = append(list, right.String())
	}
	return list
}

// String is the codes: "accountant, bank_right".
func (g Grant) String() string { return strings.Join(g.Codes(), ", ") }

// In is the grant in a language: "Accountant and the bank right".
func (g Grant) In(l words.Language) string {
	var said []words.Said
	for role := range g.Roles.All() {
		said = append(said, role)
	}
	for right := range g.Rights.Each() {
		said = append(said, rightName(right))
	}
	if said == nil {
		return words.Say("nothing").In(l)
	}
	return words.And(said...).In(l)
}

func rightName(right policy.Facts) words.Said {
	switch right {
	case policy.ArchiveRight:
		return words.Say("the archive right all")
	case policy.BankRight:
		return words.Say("the bank right")
	}
	return words.Say("the right to later companies")
}

// opened is the rules that the grant opens, in some situation, by what is in it.
// What opens to everybody is not by it.
func (g Grant) opened() (list []policy.RuleID) {
	own := g.Facts()
	for rule := range policy.AllRules() {
		if takes := needsOf(rule) & ownedFacts; takes != 0 && own.Has(takes) {
			list = append(list, rule)
		}
	}
	return list
}

// Enough is a grant that suffices, and the rules it opens that were not wanted.
// What opens to everybody who is active is left out of those.
type Enough struct {
	Grant Grant
	Else  []policy.RuleID
}

// Collision is what cannot be had together: leave out any one of it, and some grant
// gives what is wanted of the rest without what is excluded. The zero Collision is
// none.
type Collision struct{ Can, Cannot []Ability }

// LeastGrants is every grant that gives each ability that is wanted and none that
// is excluded, and of which no role and no right can be left out: those of fewest
// roles and rights first, then those that open fewest rules besides, then by their
// codes. An ability in no given situation is had where it is in some situation, so
// it is excluded only where it is in none. Where there is no such grant, the
// Collision says why.
func LeastGrants(can, cannot []Ability) ([]Enough, Collision) {
	fit := slices.Collect(fitting(can, cannot))
	if len(fit) == 0 {
		return nil, collision(can, cannot)
	}
	var least []Enough
	for _, g := range fit {
		if !slices.ContainsFunc(fit, func(less Grant) bool { return less != g && less.Within(g) }) {
			least = append(least, Enough{g, beside(g, can)})
		}
	}
	slices.SortFunc(least, func(a, b Enough) int {
		return cmp.Or(cmp.Compare(a.Grant.Len(), b.Grant.Len()), cmp.Compare(len(a.Else), len(b.Else)),
			strings.Compare(a.Grant.String(), b.Grant.String()))
	})
	return least, Collision{}
}

// fitting goes through the grants that give all that is wanted and nothing that is
// excluded.
func fitting(can, cannot []Ability) iter.Seq[Grant] {
	return func(yield func(Grant) bool) {
		for g := range AllGrants() {
			own := g.Facts()
			opens := func(a Ability) bool { return a.opens(own) }
			closes := func(a Ability) bool { return !a.opens(own) }
			if !slices.ContainsFunc(can, closes) && !slices.ContainsFunc(cannot, opens) && !yield(g) {
				return
			}
		}
	}
}

// beside is the rules that a grant opens and that give nothing that is wanted.
func beside(g Grant, wanted []Ability) []policy.RuleID {
	own := g.Facts()
	return slices.DeleteFunc(g.opened(), func(rule policy.RuleID) bool {
		return slices.ContainsFunc(wanted, func(a Ability) bool { return a.by(rule, own) })
	})
}

// collision leaves out whatever it can for the rest still to collide.
func collision(can, cannot []Ability) Collision {
	collide := func(can, cannot []Ability) bool {
		for range fitting(can, cannot) {
			return false
		}
		return true
	}
	can = thinned(can, func(can []Ability) bool { return collide(can, cannot) })
	cannot = thinned(cannot, func(cannot []Ability) bool { return collide(can, cannot) })
	return Collision{can, cannot}
}

// thinned is a list without what can be left out of it, the last first.
func thinned[T any](list []T, enough func([]T) bool) []T {
	list = slices.Clone(list)
	for i := range slices.Backward(list) {
		if fewer := slices.Delete(slices.Clone(list), i, i+1); enough(fewer) {
			list = fewer
		}
	}
	return list
}
