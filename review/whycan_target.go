package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// losingTarget is the ways to have the user asked about no longer be one whom who
// asks sees or manages.
func (a *asked) losingTarget(fact policy.Facts) []way {
	switch fact {
	case policy.SharesCompany:
		return a.apartWays()
	case policy.SeenByAdministrator:
		return append(a.apartWays(), rolesWithout(a.target(), seenByAdministrator)...)
	}
	accountant := effectively(roles.Accountant)
	if a.asker().ID == a.target().ID { // who is no SME Accountant's to manage, being one
		return rolesWithout(a.asker(), func(s roles.Set) bool { return accountant(s) && !s.Has(roles.SuperUser) })
	}
	ways := append(rolesWithout(a.asker(), roles.Set.Books),
		rolesWithout(a.target(), func(s roles.Set) bool { return !s.Has(roles.SuperUser) })...)
	return append(ways, crossed(
		roleWays(a.asker().ID, a.asker().Roles, func(s roles.Set) bool { return !accountant(s) }),
		append(a.apartWays(), roleWays(a.target().ID, a.target().Roles, func(s roles.Set) bool { return !managedBySME(s) })...),
	)...)
}

// apartWays is the ways to have who asks and the user asked about share no company:
// all that they share are taken from the one, or from the other. Where they share
// none, there are none.
func (a *asked) apartWays() []way {
	own, theirs := a.asker(), a.target()
	var first, second way
	for id := range own.Access.All() {
		if theirs.Access.Has(id) {
			first = append(first, atom{kind: takesAccess, user: own.ID, company: id})
			second = append(second, atom{kind: takesAccess, user: theirs.ID, company: id})
		}
	}
	switch {
	case first == nil:
		return nil
	case own.ID == theirs.ID:
		return []way{first}
	}
	return []way{first, second}
}

// companiesAsked is the companies that who asks is to reach: those of new users, those
// that are to be given or taken, or those of the user asked about.
func (a *asked) companiesAsked(fact policy.Facts) []companies.ID {
	asked, _ := a.request.With.Companies.Get()
	theirs := a.target().Access
	switch {
	case fact == policy.TargetWithinReach:
		return slices.Collect(theirs.All())
	case a.request.Resource.Type == policy.Office:
		return slices.Collect(asked.All())
	}
	return slices.AppendSeq(slices.Collect(asked.Beyond(theirs)), theirs.Beyond(asked))
}

// unlinkedAsAsked is the links taken away that a question about links is about: of a
// system, or of every one where it names none.
func (a *asked) unlinkedAsAsked() (all way) {
	for l := range a.now().Links(a.target().ID) {
		if s := a.request.With.System; s == "" || s == l.System {
			all = append(all, atom{kind: unlinksAccount, user: l.User, system: l.System})
		}
	}
	return all
}

// unfitWays is the ways to have somebody or something named no longer be fit for what
// they are named for.
func (a *asked) unfitWays(fact policy.Facts) (ways []way) {
	switch fact {
	case policy.AuthorisersFit:
		for _, id := range a.request.With.Authorisers {
			ways = append(ways, a.unfitTo(id, a.docs[0].Company())...)
			ways = append(ways, rolesWithout(a.user(id), effectively(roles.Authoriser))...)
		}
		return ways
	case policy.CandidateFit:
		system, id := a.connection(), a.request.With.SynchronisationUser
		ways = a.unfitTo(id, slices.Collect(a.now().CompaniesOf(system))...)
		return append(ways, way{{kind: unlinksAccount, user: id, system: system}})
	}
	return a.accountUnfitWays()
}

// unfitTo is the ways to have a user be inactive, or lack one of some companies.
func (a *asked) unfitTo(user users.ID, ids ...companies.ID) []way {
	return append(taking(a.user(user), ids...), way{a.ended(user)})
}

// accountUnfitWays is the ways to have an accounting-system user no longer be one that
// may be linked: nobody synchronises with a link of that rank, or who is to be linked
// comes to book.
func (a *asked) accountUnfitWays() []way {
	if a.request.Action == policy.ConnectionManage {
		return nil
	}
	var ways []way
	if s, ok := a.now().SystemState(a.request.With.System); ok {
		ways = append(ways, way{{kind: unlinksAccount, user: s.SynchronisationUser, system: a.request.With.System}})
	}
	if a.request.Action == policy.UserLinkAccountingUser {
		ways = append(ways, rolesWithout(a.target(), func(s roles.Set) bool { return !s.Effective().Books() })...)
	}
	return ways
}
