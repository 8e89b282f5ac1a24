package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// This file and its neighbours hold the ways to each fact: of what is missing as
// the question stands, every smallest set of atoms that would establish it is
// among its ways. That is what the search is complete by. A way too many costs
// time only: it is looked at, and found to help or not.

// effectively is a test of roles: that they give one.
func effectively(r roles.Role) func(roles.Set) bool {
	return func(s roles.Set) bool { return s.Effective().Has(r) }
}

// roleTest is the test that each fact about who asks is of their roles.
var roleTest = map[policy.Facts]func(roles.Set) bool{
	policy.IsSuperUser:            effectively(roles.SuperUser),
	policy.IsAccountant:           effectively(roles.Accountant),
	policy.IsSMEAccountant:        effectively(roles.SMEAccountant),
	policy.IsAdministrator:        effectively(roles.AuthorisationAdministrator),
	policy.IsAuthoriser:           effectively(roles.Authoriser),
	policy.IsClientUser:           effectively(roles.ClientUser),
	policy.IsRestrictedClientUser: effectively(roles.RestrictedClientUser),
	policy.BookingRole:            roles.Set.Books,
	policy.ClientRole:             roles.Set.Delivers,
}

// targetTest is the same of the user asked about.
var targetTest = map[policy.Facts]func(roles.Set) bool{
	policy.TargetClientSide: roles.Set.ClientSide,
	policy.TargetAuthoriser: func(s roles.Set) bool { return s.Has(roles.Authoriser) },
	policy.TargetBelowSME:   func(s roles.Set) bool { return roles.SMEAccountant.Above(s.Highest()) },
}

// ways is the ways to a fact that a part of the question is missing.
func (a *asked) ways(fact policy.Facts, part int) []way {
	switch {
	case roleTest[fact] != nil:
		return roleWays(a.asker().ID, a.asker().Roles, roleTest[fact])
	case targetTest[fact] != nil:
		return roleWays(a.target().ID, a.target().Roles, targetTest[fact])
	}
	switch fact {
	case policy.Active, policy.ArchiveRight, policy.BankRight, policy.LaterCompaniesRight:
		return a.ownWays(fact)
	case policy.CompanyAccess:
		return a.accessWays(part)
	case policy.Manageable, policy.SharesCompany, policy.SeenByAdministrator:
		return a.targetWays(fact)
	case policy.StageTagging, policy.StageBooking, policy.StageArchived, policy.OpenToClients,
		policy.RoutePending, policy.InTurn, policy.DeliveredBySubject:
		return a.documentWays(fact, part)
	case policy.RolesWithinRank, policy.ClientRolesOnly, policy.GrantsAuthoriser:
		return a.rolesAskedWays(fact, part)
	case policy.CompaniesWithinReach, policy.TargetWithinReach:
		return a.reachWays(fact)
	case policy.AuthorisersFit:
		return a.authorisersWays()
	case policy.OldPasswordVerified:
		return []way{{{kind: givesProperty, property: policy.PropertyOldPasswordVerified}}}
	}
	return a.systemWays(fact)
}

// ownWays is the ways to what who asks has in their own settings.
func (a *asked) ownWays(fact policy.Facts) []way {
	kind := map[policy.Facts]atomKind{
		policy.Active: liftsEnd, policy.ArchiveRight: givesArchive,
		policy.BankRight: givesBank, policy.LaterCompaniesRight: givesLater,
	}[fact]
	return []way{{{kind: kind, user: a.asker().ID}}}
}

// accessWays is the ways to access to the company asked about, or to that of the
// document that a part is about.
func (a *asked) accessWays(part int) []way {
	id := a.companyOf(part)
	if id == "" && a.request.Resource.Type == policy.Document {
		return a.companyTold(part)
	}
	return a.giving(a.asker().ID, id)
}

// companyOf is the company asked about, or that of the document that a part is about.
func (a *asked) companyOf(part int) companies.ID {
	if a.request.Resource.Type == policy.Document {
		return a.docs[part].Company()
	}
	return companies.ID(a.request.Resource.ID)
}

// companyTold is the ways to tell of which company a document is.
func (a *asked) companyTold(doc int) (ways []way) {
	for c := range a.now().Companies() {
		ways = append(ways, way{{kind: tellsPart, doc: doc, part: "company=" + string(c.ID)}})
	}
	return ways
}

// giving is the way to give a user access to companies that there are; none where
// there is one that is not.
func (a *asked) giving(user users.ID, ids ...companies.ID) []way {
	given, ok := a.given(user, ids...)
	if !ok {
		return nil
	}
	return []way{given}
}

// given is the atoms that give a user the access to companies that they have not.
func (a *asked) given(user users.ID, ids ...companies.ID) (w way, ok bool) {
	u := a.user(user)
	for _, id := range ids {
		if _, there := a.now().Company(id); !there {
			return nil, false
		}
		if !u.Access.Has(id) {
			w = append(w, atom{kind: givesAccess, user: user, company: id})
		}
	}
	return w, true
}

// targetWays is the ways to what somebody must be to be seen or managed.
func (a *asked) targetWays(fact policy.Facts) []way {
	switch fact {
	case policy.SharesCompany:
		return a.shareWays()
	case policy.SeenByAdministrator:
		return crossed(a.shareWays(), roleWays(a.target().ID, a.target().Roles, seenByAdministrator))
	}
	return append(a.bothWays(effectively(roles.Accountant), func(s roles.Set) bool { return !s.Has(roles.SuperUser) }),
		crossed(a.bothWays(effectively(roles.SMEAccountant), managedBySME), a.shareWays())...)
}

func seenByAdministrator(s roles.Set) bool {
	return s.Has(roles.Authoriser) || roles.AuthorisationAdministrator.Above(s.Highest())
}

func managedBySME(s roles.Set) bool {
	return s.ClientSide() && !s.Has(roles.Authoriser) && !s.Has(roles.AuthorisationAdministrator)
}

// bothWays is the ways to have both who asks and the user asked about pass a test of
// their roles, who may be one and the same.
func (a *asked) bothWays(asker, target func(roles.Set) bool) []way {
	if a.asker().ID == a.target().ID {
		return roleWays(a.asker().ID, a.asker().Roles, func(s roles.Set) bool { return asker(s) && target(s) })
	}
	return crossed(roleWays(a.asker().ID, a.asker().Roles, asker), roleWays(a.target().ID, a.target().Roles, target))
}

// shareWays is the ways to have who asks and the user asked about reach one
// company.
func (a *asked) shareWays() (ways []way) {
	if a.asker().Access.Shares(a.target().Access) {
		return []way{nil}
	}
	for c := range a.now().Companies() {
		own, _ := a.given(a.asker().ID, c.ID)
		if a.asker().ID != a.target().ID {
			theirs, _ := a.given(a.target().ID, c.ID)
			own = append(own, theirs...)
		}
		ways = append(ways, own)
	}
	return ways
}

// crossed is each way of the one together with each of the other.
func crossed(one, other []way) (ways []way) {
	for _, a := range one {
		for _, b := range other {
			ways = append(ways, slices.Concat(a, b))
		}
	}
	return ways
}

// rolesAskedWays is the ways to be allowed the role that a part of a change of roles
// is about: to rank as high, or, of several, to have that one changed already.
func (a *asked) rolesAskedWays(fact policy.Facts, part int) (ways []way) {
	highest := a.roleAsked(part)
	if fact == policy.RolesWithinRank {
		ways = roleWays(a.asker().ID, a.asker().Roles, func(s roles.Set) bool {
			return !highest.Above(s.Effective().Highest())
		})
	}
	if a.request.Action == policy.UserChangeRoles {
		from := a.target().Roles
		ways = append(ways, between(a.target().ID, from, from^roles.SetOf(highest)))
	}
	return ways
}

// roleAsked is the role that a part of the question is about, or the highest of
// those that it asks for.
func (a *asked) roleAsked(part int) roles.Role {
	asked, given := a.request.With.Roles.Get()
	if a.request.Action != policy.UserChangeRoles {
		if given {
			return asked.Highest()
		}
		return a.request.With.Role
	}
	for r := range (asked ^ a.target().Roles).All() {
		if part == 0 {
			return r
		}
		part--
	}
	return 0
}

// authorisersWays is the way to make everybody fit who is named to authorise; none
// where somebody is nobody, or named twice.
func (a *asked) authorisersWays() []way {
	var all way
	named := a.request.With.Authorisers
	for i, id := range named {
		u, ok := a.now().User(id)
		if !ok || slices.Contains(named[:i], id) {
			return nil
		}
		if !u.Roles.Has(roles.Authoriser) {
			all = append(all, atom{kind: grantsRole, user: id, role: roles.Authoriser})
		}
		given, ok := a.given(id, a.docs[0].Company())
		if !ok {
			return nil
		}
		all = append(all, given...)
		if !u.ActiveOn(a.now().Day(a.request.At)) {
			all = append(all, atom{kind: liftsEnd, user: id})
		}
	}
	if all == nil {
		return nil
	}
	return []way{all}
}
