package review

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// This file holds the ways to lose each fact: of what is established as the question
// stands, every smallest set of atoms that would end it is among its ways, as far as
// those atoms are considered. A way too many costs time only.

// endings is the ways to have one of the parts denied. Any set that does has one of
// them in it: it loses a fact that the action always needs, or one of each rule that
// holds, and so of the first.
func (a *asked) endings(words []policy.Facts) (ways []way) {
	action := a.request.Action
	for part, have := range words {
		needs := action.Always()
		for rule := range action.Rules() {
			if have.Has(needsOf(rule)) {
				needs |= needsOf(rule)
				break
			}
		}
		for fact := range needs.Each() {
			ways = append(ways, a.losing(fact, part)...)
		}
	}
	switch action {
	case policy.UserChangeRoles:
		return append(ways, a.moreParts()...)
	case policy.UserChangeBillTo:
		return append(ways, a.agreementWays()...)
	default:
		return ways
	}
}

// agreementWays is the way to have a company no longer be one that can pay.
func (a *asked) agreementWays() []way {
	id, ok := a.request.With.BillTo.Company()
	if !ok {
		return nil
	}
	return []way{{{kind: endsAgreement, company: id}}}
}

// moreParts is the ways to have a change of roles come to more than it does: a role
// that it would leave as it is comes to be one that it grants or revokes.
func (a *asked) moreParts() (ways []way) {
	asked, _ := a.request.With.Roles.Get()
	from := a.target().Roles
	for _, r := range roles.All() {
		if !(from ^ asked).Has(r) {
			ways = append(ways, between(a.target().ID, from, from^roles.SetOf(r)))
		}
	}
	return ways
}

// losing is the ways to lose a fact that a part of the question has.
func (a *asked) losing(fact policy.Facts, part int) []way {
	switch {
	case roleTest[fact] != nil:
		return rolesWithout(a.asker(), roleTest[fact])
	case targetTest[fact] != nil:
		return rolesWithout(a.target(), targetTest[fact])
	}
	switch fact {
	case policy.Active:
		return []way{{a.ended(a.asker().ID)}}
	case policy.CompanyAccess:
		return taking(a.asker(), a.companyOf(part))
	case policy.ArchiveRight:
		return []way{{{kind: takesArchive, user: a.asker().ID}}}
	case policy.BankRight:
		return []way{{{kind: takesBank, user: a.asker().ID}}}
	case policy.LaterCompaniesRight:
		return []way{{{kind: takesLater, user: a.asker().ID}}}
	case policy.OnDuty:
		return a.dutyWays(a.connection(), func(id users.ID) bool { return id != a.asker().ID })
	case policy.Manageable, policy.SharesCompany, policy.SeenByAdministrator:
		return a.losingTarget(fact)
	}
	return a.losingMore(fact, part)
}

// losingMore is losing of links, of what the change asks for, and of whom it names.
func (a *asked) losingMore(fact policy.Facts, part int) []way {
	switch fact {
	case policy.Linked, policy.LinkVerified:
		c, _ := a.now().Company(a.companyOf(part))
		return []way{{{kind: unlinksAccount, user: a.asker().ID, system: c.System}}}
	case policy.TargetLinked:
		return []way{a.unlinkedAsAsked()}
	case policy.RolesWithinRank:
		asked := a.roleAsked(part)
		return rolesWithout(a.asker(), func(s roles.Set) bool { return !asked.Above(s.Effective().Highest()) })
	case policy.CompaniesWithinReach, policy.TargetWithinReach:
		return taking(a.asker(), a.companiesAsked(fact)...)
	case policy.AuthorisersFit, policy.CandidateFit, policy.AccountingUserFit:
		return a.unfitWays(fact)
	case policy.RoleSetValid:
		if left, ok := a.leaves(); ok {
			return rolesWithout(a.target(), func(s roles.Set) bool { return left(s) == s || left(s).Valid() })
		}
	case policy.SuperUserRemains:
		return rolesWithout(a.target(), func(s roles.Set) bool { return !s.Has(roles.SuperUser) })
	}
	return nil // what nobody can change, or what would be another question
}

// rolesWithout is the smallest changes of a user's roles after which they no longer
// pass a test; none where they do not now.
func rolesWithout(u users.User, test func(roles.Set) bool) []way {
	if !test(u.Roles) {
		return nil
	}
	return roleWays(u.ID, u.Roles, func(s roles.Set) bool { return !test(s) })
}

// ended is that a user has the end date today.
func (a *asked) ended(user users.ID) atom {
	return atom{kind: endsToday, user: user, day: a.office.Day(a.request.At)}
}

// taking is the ways to take one of some companies that a user reaches.
func taking(u users.User, ids ...companies.ID) (ways []way) {
	for _, id := range ids {
		if u.Access.Has(id) {
			ways = append(ways, way{{kind: takesAccess, user: u.ID, company: id}})
		}
	}
	return ways
}
