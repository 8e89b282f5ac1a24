package policy_test

import (
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
)

// roleChange is one grant or one revocation.
type roleChange struct {
	role  roles.Role
	grant bool
}

// ofRoles answers what is asked about granting and revoking roles.
func (q *question) ofRoles(a policy.Action) (always []need, ways []way) {
	switch a {
	case policy.UserGrantRole:
		always = []need{q.mustBeGiven(policy.PropertyRole, q.with.Role.Known())}
		always = append(always, q.rolesLeft(q.target.Roles.With(q.with.Role))...)
		return always, q.oneRole(roleChange{q.with.Role, true})
	case policy.UserRevokeRole:
		always = []need{q.mustBeGiven(policy.PropertyRole, q.with.Role.Known())}
		always = append(always, q.rolesLeft(q.target.Roles.Without(q.with.Role))...)
		ways := q.oneRole(roleChange{q.with.Role, false})
		return always, ways[:3] // an administrator revokes nothing
	default:
		return q.newSet()
	}
}

// rolesLeft is what must hold of the set that a change leaves: it is valid, and
// a Super user stays active. A change that changes nothing leaves no invalid set.
func (q *question) rolesLeft(set roles.Set) []need {
	changed := q.target
	changed.Roles = set
	return []need{
		{set == q.target.Roles || set.Valid(), "role_set_invalid"},
		q.superUsersRemain(&changed),
	}
}

// A Super user grants and revokes any role, an Accountant any but Super user, an
// SME Accountant client roles. An administrator grants Authoriser, and nothing
// else, to users that role sees. Nobody but a Super user changes their own.
func (q *question) oneRole(c roleChange) []way {
	return []way{
		forThose(q.isSuperUser()),
		forThose(
			q.isAccountant(), q.manageableForAccountant(), q.notOneself(),
			need{c.role != roles.SuperUser, "beyond_reach"},
		),
		forThose(
			q.isSMEAccountant(), q.manageableForSMEAccountant(), q.notOneself(),
			need{isClientRole(c.role), "beyond_reach"},
		),
		forThose(
			q.isAdministrator(), q.visibleToAdministrator(), q.notOneself(),
			need{c.role == roles.Authoriser && c.grant, "beyond_reach"},
		),
	}
}

// A new set is the sum of its grants and revocations, and each must be allowed:
// one perhaps by one role of whoever asks, and another by another.
func (q *question) newSet() (always []need, ways []way) {
	set, given := q.with.Roles.Get()
	always = []need{
		q.mustBeGiven(policy.PropertyRoles, given),
		{everyRoleExists(set), "bad_property"},
	}
	always = append(always, q.rolesLeft(set)...)
	for _, r := range roles.All() {
		now, then := q.target.Roles.Has(r), set.Has(r)
		if now == then {
			continue
		}
		single := q.oneRole(roleChange{r, then})
		if firstReason(nil, single) == "yes" {
			continue
		}
		// One change that nobody allows is enough to say why not.
		ways = append(ways, single...)
	}
	if ways == nil {
		// Each change is allowed, or there is none: then it takes whoever could
		// make one, and a target they could make it on.
		return always, []way{
			forThose(q.isSuperUser()),
			forThose(q.isAccountant(), q.manageableForAccountant(), q.notOneself()),
			forThose(q.isSMEAccountant(), q.manageableForSMEAccountant(), q.notOneself()),
			forThose(q.isAdministrator(), q.visibleToAdministrator(), q.notOneself()),
		}
	}
	return always, ways
}
