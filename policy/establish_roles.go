package policy

import (
	"slices"

	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
)

// This file establishes the facts about users to create and about roles to grant
// and to revoke; establish.go says how.

// newUsers is what holds of the users to create or to import.
func (q *question) newUsers() Facts {
	if q.action != UserCreate && q.action != UserImport {
		return 0
	}
	set, given := q.with.Roles.Get()
	within := true
	for id := range q.with.Companies.value.All() {
		within = within && q.reach().has(q.snap.company(id))
	}
	return when(!given || set.Valid(), RoleSetValid) | when(within, CompaniesWithinReach) |
		when(!set.Highest().Above(q.self().effective().Highest()), RolesWithinRank) |
		when(set.ClientRolesOnly(), ClientRolesOnly) |
		when(q.action == UserImport && q.importFit(set.Books()), AccountingUserFit)
}

// importFit says whether the accounting users named may be imported; those given
// a booking role are linked at once.
func (q *question) importFit(books bool) bool {
	return !slices.ContainsFunc(q.with.Users, func(id sync.UserID) bool {
		if q.system == noPlace {
			return true
		}
		sys := q.snap.systemOf(q.system)
		a := sys.account(id)
		return a == nil || !q.underCap(sys, a) || books && !a.MayBeLinked(true)
	})
}

// changedRoles is the roles that a change adds or takes away.
func (q *question) changedRoles() roles.Set {
	return q.with.Roles.value ^ q.snap.userOf(q.target).stored
}

// rolesChange is what holds of one of the single changes; of a change that
// changes nothing, whatever a single change could establish.
func (q *question) rolesChange(i int) Facts {
	for role := range q.changedRoles().All() {
		if i == 0 {
			return q.roleChange(role, q.with.Roles.value.Has(role))
		}
		i--
	}
	return RolesWithinRank | ClientRolesOnly | GrantsAuthoriser
}

// roleChange is what holds of granting a role, or of revoking it.
func (q *question) roleChange(role roles.Role, grant bool) Facts {
	return when(!role.Above(q.self().effective().Highest()), RolesWithinRank) |
		when(roles.SetOf(role).ClientRolesOnly(), ClientRolesOnly) |
		when(grant && role == roles.Authoriser, GrantsAuthoriser)
}
