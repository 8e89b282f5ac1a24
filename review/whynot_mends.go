package review

import (
	"slices"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
)

// This file makes lawful what would help and is not.

// mends is the ways to have commands be lawful that are not in any order. Where one
// of them is refused whichever of the others come before it, whatever makes them
// lawful mends that one. Otherwise it mends one of those that are refused after
// some of the others.
func (c *course) mends() []way {
	if len(c.list) > exact {
		return nil
	}
	var fewest []way
	found := false
	for i := range c.list {
		if before, always := c.refused(i); always {
			var ways []way
			for _, done := range before {
				ways = append(ways, c.mendsAt(done, i)...)
			}
			if !found || len(ways) < len(fewest) {
				fewest, found = ways, true
			}
		}
	}
	if found {
		return fewest
	}
	return c.mendsAnyhow()
}

// refused is every set of others that may come before a command and matters to it,
// where it is refused after each of them.
func (c *course) refused(i int) (before []uint64, always bool) {
	var matter uint64
	for j := range c.list {
		if j != i && c.list[i].hangsOn(&c.list[j]) {
			matter |= 1 << j
		}
	}
	for done := matter; ; done = (done - 1) & matter {
		if c.lacks(c.at(done), &c.list[i]) == 0 {
			return nil, false
		}
		before = append(before, done)
		if done == 0 {
			return before, true
		}
	}
}

// mendsAnyhow is the ways to what each command lacks after each set of those that
// can come before it.
func (c *course) mendsAnyhow() (ways []way) {
	seen := make(map[uint64]bool)
	var from func(done uint64)
	from = func(done uint64) {
		if seen[done] {
			return
		}
		seen[done] = true
		for i := range c.list {
			bit := uint64(1) << i
			switch {
			case done&bit != 0:
			case c.lacks(c.at(done), &c.list[i]) == 0:
				from(done | bit)
			default:
				ways = append(ways, c.mendsAt(done, i)...)
			}
		}
	}
	from(0)
	return ways
}

// mendsAt is the ways to the first thing that a command lacks after others. Roles
// that would not be valid are mended by others of the same user's.
func (c *course) mendsAt(done uint64, i int) []way {
	state, cmd := c.at(done), &c.list[i]
	lacks := c.lacks(state, cmd)
	if lacks.Has(policy.RoleSetValid) {
		u, _ := c.office.User(cmd.atoms[0].user)
		return roleWays(u.ID, toggled(u.Roles, cmd.atoms), roles.Set.Valid)
	}
	request := policy.Request{Subject: c.request.Subject, Action: cmd.action, Resource: cmd.resource, With: cmd.with, At: c.request.At}
	a := asked{quest: c.quest, state: state, request: request}
	for fact := range lacks.Each() {
		return a.ways(fact, 0)
	}
	return nil
}

// broken is the first rule that refuses one of the commands, once every one was
// carried out that could be. A password without a link waits for that.
func (c *course) broken() (code policy.Code) {
	state, rest := c.start, slices.Clone(c.list)
	for n := -1; n != len(rest); {
		n = len(rest)
		rest = slices.DeleteFunc(rest, func(cmd command) bool {
			done := c.lacks(state, &cmd) == 0
			if done {
				state, _ = supposing(state, cmd.Change)
			}
			return done
		})
	}
	for i := range rest {
		lacks := c.lacks(state, &rest[i]) &^ policy.TargetLinked
		if lacks != 0 && (code == 0 || lacks.Code() < code) {
			code = lacks.Code()
		}
	}
	return code
}
