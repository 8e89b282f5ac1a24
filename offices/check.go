package offices

import (
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// checker checks the parts of an office, which is made of them but for what New finds while
// it checks.
type checker struct {
	problems.List
	Parts
	office *Office
	order  orders
	found  finder
	places [][]uint32 // of each user's companies
}

func (c *checker) check() error {
	c.checkOffice()
	systemsOnce := once(c, "accounting_systems", "id", c.order.systems, c.Systems, systemID)
	once(c, "companies", "id", c.order.companies, c.Companies, companyID)
	once(c, "users", "id", c.order.users, c.Users, userID)
	once(c, "deleted_users", "id", c.order.deleted, c.Deleted, deletedID)
	c.found = finderOf(c.office)
	for i := range c.Systems {
		c.system(problems.At("accounting_systems", i), &c.Systems[i])
	}
	for i := range c.Companies {
		c.company(i, &c.Companies[i])
	}
	c.places = make([][]uint32, len(c.Users))
	for i := range c.Users {
		c.user(i, &c.Users[i])
	}
	for i, d := range c.Deleted {
		c.deletedUser(problems.At("deleted_users", i), d)
	}
	c.usernames()
	c.links(systemsOnce)
	c.passwordLinks()
	c.settings()
	return c.Err()
}

// once notes ids that a list has twice, under the name they have in it, and says whether
// there are none.
func once[K ~string, V any](c *checker, list, name string, by order, of []V, id func(*V) K) bool {
	double := by.again(len(of), func(a, b int) bool { return id(&of[a]) == id(&of[b]) })
	for _, d := range double {
		c.Add(problems.Join(problems.At(list, d.place), name), problems.Quote(string(id(&of[d.place]))),
			"an id that "+problems.At(list, d.first)+" does not have")
	}
	return double == nil
}

func (c *checker) isUser(id users.ID) bool {
	_, ok := c.office.users.Get(id)
	return ok
}

func (c *checker) isSystem(id companies.SystemID) bool {
	_, ok := c.office.systems.Get(id)
	return ok
}

func (c *checker) checkOffice() {
	if !ident.OK(c.Code) {
		c.Add("office.code", problems.Quote(c.Code), ident.Expected)
	}
	if !ident.Text(c.Name) {
		c.Add("office.name", problems.Quote(c.Name), ident.ExpectedText)
	}
	if c.TimeZone == nil || c.TimeZone == time.Local {
		c.Add("office.time_zone", "no zone of its own", "a time zone such as Europe/Amsterdam")
	}
	if c.PasswordLink != 0 {
		c.AddAt("office.password_link_minutes", users.CheckPasswordLinkLength(c.PasswordLink))
	}
}

func (c *checker) system(at string, s *sync.System) {
	c.AddAt(at, s.Check())
	if !c.isUser(s.SynchronisationUser) {
		c.Add(at+".synchronisation_user", problems.Quote(string(s.SynchronisationUser)), aUser)
	}
	for i := range s.Users {
		if _, missing := c.found.places(s.Users[i].Reach.Some()); missing != nil {
			c.unreached(problems.Join(at, problems.At("users", i)), missing)
		}
	}
}

// What there can be many of, it says where it looks only where something is wrong.

func (c *checker) company(i int, company *companies.Company) {
	if err := company.Check(); err != nil {
		c.AddAt(problems.At("companies", i), err)
	}
	if !c.isSystem(company.System) && ident.OK(string(company.System)) {
		c.Add(problems.At("companies", i)+".accounting_system", problems.Quote(string(company.System)), aSystem)
	}
}

func (c *checker) user(i int, u *users.User) {
	if err := u.Check(); err != nil {
		c.AddAt(problems.At("users", i), err)
	}
	var missing []companies.ID
	if c.places[i], missing = c.found.places(u.Access); missing != nil {
		c.unreached(problems.At("users", i), missing)
	}
	if id, ok := u.BillTo.Company(); ok && !c.found.has(id) {
		c.Add(problems.At("users", i)+".bill_to", problems.Quote(string(id)), "office, or "+aCompany)
	}
}

// unreached notes companies that are reached and not there.
func (c *checker) unreached(at string, missing []companies.ID) {
	for _, id := range missing {
		c.Add(at+".companies", problems.Quote(string(id)), aCompany)
	}
}

func (c *checker) deletedUser(at string, d users.Deleted) {
	c.AddAt(at, d.Check())
	if c.isUser(d.ID) {
		j := slices.IndexFunc(c.Users, func(u users.User) bool { return u.ID == d.ID })
		c.Add(at+".id", problems.Quote(string(d.ID)), "an id that "+problems.At("users", j)+" does not have")
	}
}

// usernames are unique in the office, also against deleted users. Source: SETTINGS.
func (c *checker) usernames() {
	at := func(i int) string {
		if i < len(c.Users) {
			return problems.At("users", i)
		}
		return problems.At("deleted_users", i-len(c.Users))
	}
	same := func(a, b int) bool { return c.username(a) == c.username(b) }
	for _, of := range c.order.usernames.again(len(c.Users)+len(c.Deleted), same) {
		c.Add(at(of.place)+".username", problems.Quote(c.username(of.place)), "a username that "+at(of.first)+" does not have")
	}
}

// links are held against accounting users only where no two systems have the same id.
func (c *checker) links(systemsOnce bool) {
	list := c.Links
	for i, link := range list {
		if !c.isUser(link.User) {
			c.Add(problems.At("links", i)+".user", problems.Quote(string(link.User)), aUser)
		}
		if !c.isSystem(link.System) {
			c.Add(problems.At("links", i)+".system", problems.Quote(string(link.System)), aSystem)
		} else if _, ok := c.office.AccountingUser(link.System, link.AccountingUser); systemsOnce && !ok {
			c.Add(problems.At("links", i)+".accounting_user", problems.Quote(string(link.AccountingUser)),
				"a user of accounting system "+problems.Quote(string(link.System)))
		}
	}
	for _, of := range c.order.links.again(len(list), func(a, b int) bool { return compareLinks(&list[a], &list[b]) == 0 }) {
		c.Add(problems.At("links", of.place)+".system", problems.Quote(string(list[of.place].System)), "one link to a system for each user")
	}
}

func (c *checker) passwordLinks() {
	once(c, "password_links", "user", c.order.passwordLinks, c.PasswordLinks, linkedUser)
	for i, l := range c.PasswordLinks {
		at := problems.At("password_links", i)
		if !c.isUser(l.User) {
			c.Add(at+".user", problems.Quote(string(l.User)), aUser)
		}
		c.AddAt(at, l.Check())
	}
}

func (c *checker) settings() {
	once(c, "company_settings", "code", c.order.kinds, c.SettingKinds, kindCode)
	for i, k := range c.SettingKinds {
		c.AddAt(problems.At("company_settings", i), k.Check())
	}
	list := c.Settings
	for i, s := range list {
		at := problems.At("settings", i)
		if !c.found.has(s.Company) {
			c.Add(at+".company", problems.Quote(string(s.Company)), aCompany)
		}
		kind, ok := c.office.kinds.Get(s.Code)
		if !ok {
			c.Add(at+".code", problems.Quote(s.Code), "a setting of company_settings")
		} else if !kind.Takes(s.Value) {
			c.Add(at+".value", problems.Quote(s.Value), kind.Expected())
		}
	}
	same := func(a, b int) bool { return list[a].Company == list[b].Company && list[a].Code == list[b].Code }
	for _, of := range c.order.settings.again(len(list), same) {
		c.Add(problems.At("settings", of.place)+".code", problems.Quote(list[of.place].Code), "each setting of a company once")
	}
}
