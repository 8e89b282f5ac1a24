package policytest

import (
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// strange draws true where something is named that is not there.
func (c commander) strange() bool { return c.oneIn(15, "strange") }

func (c commander) user() users.ID {
	if c.strange() {
		return one(c.artist, "strange user", noUser, gone[0], newcomers[0])
	}
	return among(c.artist, "user", noUser, idsOfUsers(c.o))
}

// found is a user, or somebody of that id who has nothing.
func (c commander) found(id users.ID) users.User {
	u, _ := c.o.Office().User(id)
	u.ID = id
	return u
}

// suited draws a user of whom something holds, where there is one.
func (c commander) suited(fits func(users.User) bool) users.ID {
	var list []users.ID
	for u := range c.o.Office().Users() {
		if fits(u) {
			list = append(list, u.ID)
		}
	}
	if len(list) == 0 || c.oneIn(4, "suited or not") {
		return c.user()
	}
	return one(c.artist, "suited user", list...)
}

// newcomer draws an id that is mostly free.
func (c commander) newcomer() users.ID {
	free := slices.DeleteFunc(slices.Clone(newcomers), func(id users.ID) bool { return taken(c.o.Office(), id) })
	if c.strange() {
		free = nil
	}
	return among(c.artist, "newcomer", people[0], free)
}

// persons draws one newcomer, or two.
func (c commander) persons() (list []admin.Person) {
	for range c.upTo(1, 2, "people") {
		id := c.newcomer()
		p := admin.Person{User: id, Username: string(id), Email: string(id) + "@devries.example", SendPasswordLink: c.oneIn(3, "send link")}
		if c.oneIn(3, "details") {
			p.FullName, p.Language = "Jan Jansen", "nl"
		}
		if len(list) == 0 || id != list[0].User || c.strange() {
			list = append(list, p)
		}
	}
	return list
}

// set draws roles to give: mostly such as offices give.
func (c commander) set() roles.Set {
	if c.strange() {
		return c.roles("any roles")
	}
	return usualRoles[c.evenly(len(usualRoles), "roles")]
}

func (c commander) company() companies.ID {
	if c.strange() {
		return noCompany
	}
	return among(c.artist, "company", noCompany, slices.Collect(companiesIn(c.o)))
}

func (c commander) companies() changes.List[companies.ID] {
	list := partOf(c.artist, "companies", slices.Collect(companiesIn(c.o)))
	if c.strange() {
		list = append(list, noCompany)
	}
	return changes.ListOf(list...)
}

func listOf(a users.Access) changes.List[companies.ID] {
	return changes.ListOf(slices.Collect(a.All())...)
}

func (c commander) system() companies.SystemID {
	if c.strange() {
		return noSystem
	}
	return among(c.artist, "accounting system", noSystem, systemsIn(c.o))
}

// link draws a user and an accounting system that they are linked to.
func (c commander) link() (users.ID, companies.SystemID) {
	system := c.system()
	linked := c.o.Office().LinkedIn(system)
	if len(linked) == 0 || c.strange() {
		return c.user(), system
	}
	return one(c.artist, "linked user", linked...), system
}

// told draws what an accounting system tells of one of its users.
func (c commander) told(id sync.UserID, system companies.SystemID) admin.Account {
	u := c.account(id, system, slices.Collect(companiesIn(c.o)))
	return admin.Account{
		ID: id, Name: u.Name, Email: u.Email, Rank: u.Rank, CanBook: u.CanBook, CanChangeMasterData: u.CanChangeMasterData,
		Everywhere: u.Reach.All(), Companies: listOf(u.Reach.Some()),
	}
}

// optional draws a value that may not be given.
func optional[T any](c commander, v T) (o policy.Optional[T]) {
	if c.coin("given") {
		return policy.Given(v)
	}
	return o
}
