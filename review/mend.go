package review

import (
	"fmt"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// A mend is chosen in this order:
//
//  1. It is safe: no finding of level error comes of it, and a Super user may carry
//     it out (whoever has the duty reconnects, and everyone changes their own
//     address). Nobody who left is made active again, nobody becomes Super user who
//     is not an Accountant of the office, and no company is opened at random.
//  2. It serves what the setting is there for, where something smaller would only
//     silence the finding: a booker's password is entered rather than their role
//     taken away, and another Super user gets a duty rather than somebody the role.
//  3. It is of the fewest changes.
//  4. It gives away the least, and then takes away the least.
//  5. Whoever is chosen ranks highest, has no end date, and has the first id.
//
// Each mend says its own order where it is made. What could make it unsafe is little,
// and looked at before: access for somebody who meets S4 in any company they reach,
// a set of roles that is not valid, the last Super user, the duty of a
// synchronisation user, and documents that wait for somebody.

// changedRoles gives a member another set of roles in one change. Where the set
// would have a conflict, the role without effect goes with it: nobody may be given
// such a set, and no right changes with it.
func changedRoles(m *member, to roles.Set) Change {
	to = to.Effective()
	switch granted, revoked := to&^m.Roles, m.Roles&^to; {
	case granted.Len() == 1 && revoked == 0:
		return grantRole(m.ID, granted.Highest())
	case granted == 0 && revoked.Len() == 1:
		return revokeRole(m.ID, revoked.Highest())
	}
	return changeRoles(m.ID, m.Roles, to)
}

// What the software records with a link or a password of the synchronisation user's
// own goes with the change.

func linked(m *member, y *systemSeen, a *accountSeen) Change {
	c := linkAccountingUser(m.ID, y.ID, a.ID)
	if y.duty == m {
		c.effects = append(c.effects, admin.ConnectionChanged{System: y.ID, Connection: sync.Disconnected})
	}
	return c
}

func entered(m *member, y *systemSeen) Change {
	c := enterAccountingPassword(m.ID, y.ID)
	if y.duty == m {
		c.effects = append(c.effects, admin.ConnectionChanged{System: y.ID, Connection: sync.LoginSuccess})
	}
	return c
}

// reconnected is by whoever has the duty by then.
func reconnected(m *member, y *systemSeen) Change {
	c := reconnect(y.ID)
	c.effects = append(c.effects, admin.LinkVerified{User: m.ID, System: y.ID})
	return c
}

// What only a person knows is left open in a change, in capitals; such a change has
// no command. What follows from it is worked out with something in its place.

// ownAddress gives a user an address of their own.
func ownAddress(id users.ID) Change {
	const inItsPlace = "%x@own.invalid"
	return Change{
		nil,
		[]admin.Change{admin.EmailChanged{User: id, Email: fmt.Sprintf(inItsPlace, string(id))}},
		"change_email ADDRESS for " + string(id),
		words.Say("Give {user} an address of their own.", plain("user", id)),
	}
}

// anotherSuper adds a Super user.
func (s *survey) anotherSuper() Change {
	inItsPlace := "another"
	for s.taken(inItsPlace) {
		inItsPlace += "-"
	}
	return Change{
		nil,
		[]admin.Change{admin.UserCreated{
			User: users.ID(inItsPlace), Username: inItsPlace, Email: inItsPlace + "@own.invalid", Roles: roles.SetOf(roles.SuperUser),
		}},
		"create USER super_user",
		words.Say("Add a user with the role {role}.", blank("role", roles.SuperUser)),
	}
}

func (s *survey) taken(name string) bool {
	_, live := s.office.User(users.ID(name))
	_, gone := s.office.DeletedUser(users.ID(name))
	_, known := s.office.UsernameOf(name)
	return live || gone || known
}

// preferred sorts members who could help: those whom nothing speaks against come
// first, what is named first weighing most, then the highest rank, then the first id.
func preferred(list []*member, against ...func(*member) bool) []*member {
	slices.SortStableFunc(list, func(a, b *member) int {
		for _, speaks := range against {
			if x, y := speaks(a), speaks(b); x != y {
				if x {
					return 1
				}
				return -1
			}
		}
		return a.rank() - b.rank()
	})
	return list
}

// activeWho is the active members of whom something holds, by id.
func (s *survey) activeWho(holds func(*member) bool) (list []*member) {
	for _, m := range s.members {
		if m.active && holds(m) {
			list = append(list, m)
		}
	}
	return list
}
