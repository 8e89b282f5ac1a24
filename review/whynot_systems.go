package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// systemWays is the ways to facts about links, duties and what must remain.
func (a *asked) systemWays(fact policy.Facts) []way {
	switch fact {
	case policy.OnDuty:
		return a.dutyWays(a.connection(), func(id users.ID) bool { return id == a.request.Subject })
	case policy.Linked:
		c, _ := a.now().Company(a.docs[0].Company())
		return a.linkWays(a.request.Subject, c.System, func(u sync.User) bool { return u.Reach.Has(c.ID) })
	case policy.LinkVerified:
		c, _ := a.now().Company(a.docs[0].Company())
		return []way{{{kind: entersPassword, user: a.request.Subject, system: c.System}}}
	case policy.TargetLinked:
		return a.targetLinkWays()
	case policy.CandidateFit:
		return a.candidateWays()
	case policy.AccountingUserFit:
		return a.accountWays()
	case policy.RoleSetValid:
		return a.validWays()
	case policy.SuperUserRemains:
		return a.superUserWays()
	case policy.DutyKept:
		return a.dutyKeptWays()
	}
	return nil // what nobody can change
}

func (a *asked) connection() companies.SystemID { return companies.SystemID(a.request.Resource.ID) }

// serves says whether an account can carry the synchronisation of a system.
func (q *quest) serves(o offices.Office, system companies.SystemID, id sync.UserID) bool {
	account, ok := o.AccountingUser(system, id)
	if !ok || !account.CanChangeMasterData {
		return false
	}
	for c := range o.CompaniesOf(system) {
		if !account.Reach.Has(c) {
			return false
		}
	}
	return true
}

// dutyWays is the ways to have somebody synchronise a system: whoever is linked to
// an account that can carry it, or those whom the question is about, linked to any
// such account.
func (a *asked) dutyWays(system companies.SystemID, may func(users.ID) bool) (ways []way) {
	choose := func(user users.ID, account sync.UserID) {
		if l, _ := a.office.Link(user, system); may(user) && (account == "" || l.AccountingUser != account) {
			ways = append(ways, way{{kind: choosesDuty, user: user, system: system, account: account}})
		}
	}
	for _, id := range a.office.LinkedIn(system) {
		if l, _ := a.office.Link(id, system); a.serves(a.office, system, l.AccountingUser) {
			choose(id, "")
		}
	}
	s, _ := a.office.System(system)
	people := append(slices.Clone(a.people), s.SynchronisationUser)
	slices.Sort(people)
	for _, account := range s.Users {
		if a.serves(a.office, system, account.ID) {
			for _, id := range slices.Compact(people) {
				choose(id, account.ID)
			}
		}
	}
	return ways
}

// anybody is no condition.
func anybody(users.ID) bool { return true }

// linkWays is the ways to link a user to an account that passes a test, alone or
// with the duty.
func (a *asked) linkWays(user users.ID, system companies.SystemID, passes func(sync.User) bool) (ways []way) {
	s, _ := a.now().System(system)
	for _, account := range s.Users {
		if passes(account) {
			ways = append(ways, way{{kind: linksAccount, user: user, system: system, account: account.ID}})
		}
	}
	for _, w := range a.dutyWays(system, func(id users.ID) bool { return id == user }) {
		if account, ok := a.now().AccountingUser(system, w[0].account); ok && passes(account) {
			ways = append(ways, w)
		}
	}
	return ways
}

func (a *asked) targetLinkWays() (ways []way) {
	for s := range a.now().Systems() {
		if a.request.With.System == "" || a.request.With.System == s.ID {
			ways = append(ways, a.linkWays(a.target().ID, s.ID, func(sync.User) bool { return true })...)
		}
	}
	return ways
}

// candidateWays is the ways to make whoever is chosen as synchronisation user fit
// for it.
func (a *asked) candidateWays() []way {
	system, id := a.connection(), a.request.With.SynchronisationUser
	u, ok := a.now().User(id)
	if !ok {
		return nil
	}
	all, _ := a.given(id, slices.Collect(a.now().CompaniesOf(system))...)
	if !u.EndDate.IsZero() {
		all = append(all, atom{kind: liftsEnd, user: id})
	}
	l, _ := a.now().Link(id, system)
	if a.request.With.AccountingUser != "" || a.serves(a.now(), system, l.AccountingUser) {
		return []way{all}
	}
	return crossed([]way{all}, a.linkWays(id, system, func(account sync.User) bool {
		return a.serves(a.now(), system, account.ID)
	}))
}

// accountWays is the ways to have accounts be such as may be linked: that somebody
// of their rank or a higher one synchronises; where one cannot book, that who is to
// be linked has the duty and does not book either.
func (a *asked) accountWays() []way {
	system, user, ids := a.request.With.System, a.target().ID, []sync.UserID{a.request.With.User}
	switch a.request.Action {
	case policy.ConnectionManage:
		system, user = a.connection(), a.request.With.SynchronisationUser
		ids = []sync.UserID{a.request.With.AccountingUser}
	case policy.UserImport:
		ids = a.request.With.Users
	}
	accounts, book := a.accounts(system, ids)
	if accounts == nil {
		return nil // what an accounting system has is no change of the office
	}
	chosen := a.capWays(system, user, accounts)
	if book || a.request.Action == policy.UserImport {
		return chosen
	}
	idle := roleWays(user, a.user(user).Roles, func(s roles.Set) bool { return !s.Effective().Books() })
	chosen = slices.DeleteFunc(chosen, func(w way) bool { return w[0].user != user })
	return append(crossed(chosen, idle), idle...)
}

// accounts is the accounts of some ids, and whether all of them can book; none where
// one of them is not there, or may be linked to nobody.
func (a *asked) accounts(system companies.SystemID, ids []sync.UserID) (list []sync.User, book bool) {
	book = true
	for _, id := range ids {
		account, ok := a.now().AccountingUser(system, id)
		if !ok || !account.MayBeLinked(false) {
			return nil, false
		}
		book = book && account.MayBeLinked(true)
		list = append(list, account)
	}
	return list, book
}

// capWays is the ways to have somebody synchronise whose rank is not below that of
// some accounts, or to have who does be linked so. Where a synchronisation user is
// chosen, no rank is in the way.
func (a *asked) capWays(system companies.SystemID, user users.ID, accounts []sync.User) []way {
	if a.request.Action == policy.ConnectionManage {
		return nil
	}
	ways := a.dutyWays(system, anybody)
	s, _ := a.now().SystemState(system)
	if _, linked := a.now().Link(s.SynchronisationUser, system); !linked || s.SynchronisationUser != user {
		ways = append(ways, a.ownLinkWays(s.SynchronisationUser, system)...)
	}
	return slices.DeleteFunc(ways, func(w way) bool {
		by := w[0].account
		if by == "" {
			l, _ := a.now().Link(w[0].user, system)
			by = l.AccountingUser
		}
		highest, _ := a.now().AccountingUser(system, by)
		return slices.ContainsFunc(accounts, func(u sync.User) bool { return !u.AtOrBelow(highest) })
	})
}

// ownLinkWays is every link that a user could have.
func (a *asked) ownLinkWays(user users.ID, system companies.SystemID) (ways []way) {
	s, _ := a.now().System(system)
	for _, account := range s.Users {
		ways = append(ways, way{{kind: linksAccount, user: user, system: system, account: account.ID}})
	}
	return ways
}

// validWays is the ways to have a change of roles leave a valid set, or change
// nothing.
func (a *asked) validWays() []way {
	left, ok := a.leaves()
	if !ok {
		return nil
	}
	return roleWays(a.target().ID, a.target().Roles, func(s roles.Set) bool { return left(s) == s || left(s).Valid() })
}

// leaves is what the change asked for makes of a set of roles of the user asked
// about; false where it is about nobody.
func (a *asked) leaves() (func(roles.Set) roles.Set, bool) {
	w := a.request.With
	switch a.request.Action {
	case policy.UserGrantRole:
		return func(s roles.Set) roles.Set { return s.With(w.Role) }, true
	case policy.UserRevokeRole:
		return func(s roles.Set) roles.Set { return s.Without(w.Role) }, true
	case policy.UserChangeRoles:
		set, _ := w.Roles.Get()
		return func(roles.Set) roles.Set { return set }, true
	}
	return nil, false
}

// superUserWays is the ways to have a Super user on every day whatever becomes of
// the one asked about: somebody else who stays as long, or that they are none.
func (a *asked) superUserWays() []way {
	t := a.target()
	ways := []way{between(t.ID, t.Roles, t.Roles.Without(roles.SuperUser))}
	for u := range a.now().Users() {
		if u.ID == t.ID {
			continue
		}
		w := between(u.ID, u.Roles, u.Roles.With(roles.SuperUser))
		if !u.EndDate.IsZero() && (t.EndDate.IsZero() || u.EndDate.Before(t.EndDate)) {
			w = append(w, atom{kind: liftsEnd, user: u.ID})
		}
		ways = append(ways, w)
	}
	return ways
}

// dutyKeptWays is the ways to keep every system synchronised. Of several in the way,
// the first is mended first.
func (a *asked) dutyKeptWays() []way {
	t := a.target()
	others := func(id users.ID) bool { return id != t.ID }
	switch a.request.Action {
	case policy.AccountingSystemDelete:
		var all way
		for c := range a.now().CompaniesOf(a.connection()) {
			all = append(all, atom{kind: deletesCompany, company: c})
		}
		return []way{all}
	case policy.UserUnlinkAccountingUser:
		return a.dutyWays(a.request.With.System, others)
	case policy.UserChangeCompanyAccess:
		return a.keptCompanyWays(t, others)
	}
	return a.otherDuties(a.now().DutiesOf(t.ID), others)
}

// keptCompanyWays is the ways to take companies from a user whose duty they are of:
// that others have the duty, or that they are taken already.
func (a *asked) keptCompanyWays(t users.User, others func(users.ID) bool) []way {
	asked, _ := a.request.With.Companies.Get()
	duties := a.now().DutiesOf(t.ID)
	var systems []companies.SystemID
	var taken way
	for id := range t.Access.Beyond(asked) {
		c, _ := a.now().Company(id)
		if !slices.Contains(duties, c.System) {
			continue
		}
		taken = append(taken, atom{kind: takesAccess, user: t.ID, company: id})
		if !slices.Contains(systems, c.System) {
			systems = append(systems, c.System)
		}
	}
	mixed := a.mixed
	ways := a.otherDuties(systems, others)
	if mixed == a.mixed && len(taken) > 0 {
		taken = taken[:1] // the others in their turn
	}
	return append(ways, taken)
}

// mostDuties is how many ways there may be to give several duties to one user or
// another; of more, one user gets all.
const mostDuties = 500

// otherDuties is the ways to have others synchronise the first of some systems; or
// all of them, where there are very many.
func (a *asked) otherDuties(duties []companies.SystemID, may func(users.ID) bool) (first []way) {
	n := 1
	for i, system := range duties {
		ways := a.dutyWays(system, may)
		if n *= len(ways); i == 0 {
			first = ways
		}
	}
	if len(duties) > 1 && n > mostDuties {
		return a.allDuties(duties, may)
	}
	return first
}

// allDuties is the ways to have one user synchronise all of some systems, with the
// first link each that there is to choose.
func (a *asked) allDuties(duties []companies.SystemID, may func(users.ID) bool) (ways []way) {
	a.mixed = true
	all := make(map[users.ID]way)
	for i, system := range duties {
		for _, w := range a.dutyWays(system, may) {
			if id := w[0].user; len(all[id]) == i {
				all[id] = append(all[id], w[0])
			}
		}
	}
	for _, w := range all {
		if len(w) == len(duties) {
			ways = append(ways, w)
		}
	}
	slices.SortFunc(ways, func(v, w way) int { return compareAtoms(v[0], w[0]) })
	return ways
}

// most is how many companies are given to the one or taken from the other one by
// one; of more, all are given or all are taken.
const most = 6

// reachWays is the ways to have who asks reach what is asked for: the companies
// that are to be given or taken, or those of the user asked about.
func (a *asked) reachWays(fact policy.Facts) []way {
	t, own := a.target(), a.asker().Access
	asked, _ := a.request.With.Companies.Get()
	if a.request.Resource.Type == policy.Office {
		return a.giving(a.asker().ID, slices.Collect(asked.Beyond(own))...)
	}
	beyond := slices.Collect(t.Access.Beyond(own))
	if fact == policy.CompaniesWithinReach {
		beyond = slices.DeleteFunc(beyond, asked.Has)
		for id := range asked.Beyond(t.Access) {
			if !own.Has(id) {
				beyond = append(beyond, id)
			}
		}
	}
	var give, change way
	for _, id := range beyond {
		kind := givesAccess
		if t.Access.Has(id) {
			kind = takesAccess
		}
		give = append(give, atom{kind: givesAccess, user: a.asker().ID, company: id})
		change = append(change, atom{kind: kind, user: t.ID, company: id})
	}
	if len(beyond) > most {
		a.mixed = true
		return []way{give, change}
	}
	ways := []way{nil}
	for i := range beyond {
		ways = crossed(ways, []way{{give[i]}, {change[i]}})
	}
	return ways
}
