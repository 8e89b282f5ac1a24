package review

import (
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// This file knows which facts can hold together. A situation that cannot occur
// must not keep a grant from being enough, or make it too much.

// ownedFacts is the facts that roles and rights give.
var ownedFacts = func() (f policy.Facts) {
	for _, role := range roles.All() {
		f |= policy.OwnFacts(users.User{Roles: roles.SetOf(role)})
	}
	return f | everyRight
}()

// following is what holds wherever other facts do, by what the facts mean, unless
// who asks is somebody in particular.
type following struct{ where, unless, also policy.Facts }

var follows = [...]following{
	// Of documents.
	{policy.StageTagging, 0, policy.OpenToClients},
	{policy.InTurn, 0, policy.RoutePending},

	// Of the user asked about.
	{policy.TargetClientSide, 0, policy.TargetBelowSME},
	{policy.SeenByAdministrator, 0, policy.SharesCompany},
	{policy.SharesCompany | policy.TargetAuthoriser, 0, policy.SeenByAdministrator},

	// Of who asks and the user asked about: an Accountant manages themselves,
	// but no Super user, and an SME Accountant clients of a shared company alone.
	{policy.IsAccountant | policy.Self, policy.IsSuperUser, policy.Manageable},
	{
		policy.IsSMEAccountant | policy.Manageable, 0,
		policy.SharesCompany | policy.TargetClientSide | policy.TargetBelowSME | policy.SeenByAdministrator,
	},

	// Of who asks and the roles asked for: these rank below an Accountant.
	{policy.IsAccountant | policy.ClientRolesOnly, 0, policy.RolesWithinRank},
	{policy.IsAccountant | policy.GrantsAuthoriser, 0, policy.RolesWithinRank},
}

// apart is facts that never hold together.
type apart struct {
	facts policy.Facts
	only  policy.Action // where it does not hold of every action
}

var aparts = [...]apart{
	{policy.StageTagging | policy.StageBooking, 0},
	{policy.StageTagging | policy.StageArchived, 0},
	{policy.StageBooking | policy.StageArchived, 0},
	{policy.StageBooking | policy.RoutePending, 0},
	{policy.OpenToClients | policy.RoutePending, 0},
	{policy.Self | policy.Another, 0},
	{policy.ClientRolesOnly | policy.GrantsAuthoriser, policy.UserGrantRole},
}

// closed is a word with what follows from it. The user asked about is somebody
// else, unless it is who asks.
func closed(a policy.Action, word policy.Facts) policy.Facts {
	if a.On() == policy.User && !word.Has(policy.Self) {
		word |= policy.Another
	}
	for again := true; again; {
		before := word
		for _, f := range follows {
			if word.Has(f.where) && word&f.unless == 0 {
				word |= f.also
			}
		}
		again = word != before
	}
	return word
}

// apartIn is facts of a word that never hold together; none where the word can be.
func apartIn(a policy.Action, word policy.Facts) policy.Facts {
	for _, c := range aparts {
		if word.Has(c.facts) && (c.only == 0 || c.only == a) {
			return c.facts
		}
	}
	return 0
}

// telling is the facts that a situation of an action can be told by: what its
// rules look at and what brings that along, what it always needs, and that who asks
// is active.
func telling(a policy.Action) policy.Facts {
	f := a.Always()
	for id := range a.Rules() {
		r := id.Rule()
		f |= r.For | r.When
	}
	looks := f
	for _, l := range follows {
		if looks&l.also != 0 && l.where&ownedFacts == 0 {
			f |= l.where
		}
	}
	if a.On() == policy.User {
		f |= policy.Self | policy.Another
	}
	return f &^ ownedFacts
}
