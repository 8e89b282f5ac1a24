package offices

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// checker holds what is known of an office's parts while they are checked.
type checker struct {
	problems.List
	systems   map[companies.SystemID]int // the place of each in its list
	companies map[companies.ID]int
	users     listed[users.ID, users.User]
	accounts  map[account]bool
	resolved  users.Access // the largest access found to be whole
}

type account struct {
	system companies.SystemID
	user   sync.UserID
}

func check(p Parts, sorted []named) error {
	c := checker{accounts: make(map[account]bool)}
	c.office(p)
	c.systems = eachOnce(&c, "accounting_systems", "id", p.Systems, systemID)
	c.companies = eachOnce(&c, "companies", "id", p.Companies, companyID)
	c.users = listed[users.ID, users.User]{p.Users, userID, nil}
	if !c.users.sorted() {
		c.users.at = eachOnce(&c, "users", "id", p.Users, userID)
	}
	eachOnce(&c, "deleted_users", "id", p.Deleted, deletedID)
	for i, s := range p.Systems {
		c.system(problems.At("accounting_systems", i), s)
	}
	for i, company := range p.Companies {
		c.company(problems.At("companies", i), company)
	}
	for i := range p.Users {
		c.user(i, &p.Users[i])
	}
	for i, d := range p.Deleted {
		c.deletedUser(problems.At("deleted_users", i), d)
	}
	c.usernames(p, sorted)
	c.links(p.Links)
	c.passwordLinks(p.PasswordLinks)
	c.settings(p)
	return c.Err()
}

// eachOnce notes ids that a list has twice, under the name they have in it, and
// remembers where each stands.
func eachOnce[K ~string, V any](c *checker, list, name string, of []V, id func(*V) K) map[K]int {
	first := make(map[K]int, len(of))
	for i := range of {
		key := id(&of[i])
		if j, twice := first[key]; twice {
			c.Add(problems.Join(problems.At(list, i), name), problems.Quote(string(key)),
				"an id that "+problems.At(list, j)+" does not have")
			continue
		}
		first[key] = i
	}
	return first
}

// listed is a list in which something is found by its id.
type listed[K ~string, V any] struct {
	of []V
	id func(*V) K
	at map[K]int // the place of each; nil where the list is sorted, each id once
}

func (l *listed[K, V]) sorted() bool {
	for i := 1; i < len(l.of); i++ {
		if l.id(&l.of[i-1]) >= l.id(&l.of[i]) {
			return false
		}
	}
	return true
}

func (l *listed[K, V]) find(id K) (int, bool) {
	if l.at != nil {
		i, ok := l.at[id]
		return i, ok
	}
	i := sort.Search(len(l.of), func(i int) bool { return l.id(&l.of[i]) >= id })
	return i, i < len(l.of) && l.id(&l.of[i]) == id
}

func (c *checker) office(p Parts) {
	if !ident.OK(p.Code) {
		c.Add("office.code", problems.Quote(p.Code), ident.Expected)
	}
	if !ident.Text(p.Name) {
		c.Add("office.name", problems.Quote(p.Name), ident.ExpectedText)
	}
	if p.TimeZone == nil || p.TimeZone == time.Local {
		c.Add("office.time_zone", "no zone of its own", "a time zone such as Europe/Amsterdam")
	}
	if p.PasswordLink != 0 {
		c.AddAt("office.password_link_minutes", users.CheckPasswordLinkLength(p.PasswordLink))
	}
}

func (c *checker) system(at string, s sync.System) {
	c.AddAt(at, s.Check())
	if _, ok := c.users.find(s.SynchronisationUser); !ok {
		c.Add(at+".synchronisation_user", problems.Quote(string(s.SynchronisationUser)), "a user of this office")
	}
	for i, u := range s.Users {
		c.accounts[account{s.ID, u.ID}] = true
		c.unreached(problems.Join(at, problems.At("users", i)), c.missing(u.Reach.Some()))
	}
}

func (c *checker) company(at string, company companies.Company) {
	c.AddAt(at, company.Check())
	if _, ok := c.systems[company.System]; !ok && ident.OK(string(company.System)) {
		c.Add(at+".accounting_system", problems.Quote(string(company.System)), "an accounting system of this office")
	}
}

// user says where it looks only where something is wrong: there are many users.
func (c *checker) user(i int, u *users.User) {
	if err := u.Check(); err != nil {
		c.AddAt(problems.At("users", i), err)
	}
	if missing := c.missing(u.Access); missing != nil {
		c.unreached(problems.At("users", i), missing)
	}
	if id, ok := u.BillTo.Company(); ok && !c.hasCompany(id) {
		c.Add(problems.At("users", i)+".bill_to", problems.Quote(string(id)), "office, or a company of this office")
	}
}

// missing is the companies of an access that are not there. Many users may share one
// access to everything, so that it is gone through once.
func (c *checker) missing(access users.Access) (list []companies.ID) {
	if access.Equal(c.resolved) {
		return nil
	}
	for id := range access.All() {
		if !c.hasCompany(id) {
			list = append(list, id)
		}
	}
	if list == nil && access.Len() > c.resolved.Len() {
		c.resolved = access
	}
	return list
}

// unreached notes companies that are reached and not there.
func (c *checker) unreached(at string, missing []companies.ID) {
	for _, id := range missing {
		c.Add(at+".companies", problems.Quote(string(id)), "a company of this office")
	}
}

func (c *checker) hasCompany(id companies.ID) bool {
	_, ok := c.companies[id]
	return ok
}

func (c *checker) deletedUser(at string, d users.Deleted) {
	c.AddAt(at, d.Check())
	if j, ok := c.users.find(d.ID); ok {
		c.Add(at+".id", problems.Quote(string(d.ID)), "an id that "+problems.At("users", j)+" does not have")
	}
}

// usernames are unique in the office, also against deleted users. Source: SETTINGS. They
// come sorted, and those that are the same as they stand in the office.
func (c *checker) usernames(p Parts, sorted []named) {
	at := func(i int) string {
		if i < len(p.Users) {
			return problems.At("users", i)
		}
		return problems.At("deleted_users", i-len(p.Users))
	}
	type again struct{ place, first int }
	var twice []again
	first := 0
	for i := 1; i < len(sorted); i++ {
		if sorted[i].username != sorted[first].username {
			first = i
			continue
		}
		twice = append(twice, again{sorted[i].place, sorted[first].place})
	}
	slices.SortFunc(twice, func(a, b again) int { return cmp.Compare(a.place, b.place) })
	for _, of := range twice {
		c.Add(at(of.place)+".username", problems.Quote(p.username(of.place)), "a username that "+at(of.first)+" does not have")
	}
}

func (c *checker) links(links []sync.Link) {
	type pair struct {
		user   users.ID
		system companies.SystemID
	}
	first := make(map[pair]int, len(links))
	for i, link := range links {
		at := problems.At("links", i)
		if _, ok := c.users.find(link.User); !ok {
			c.Add(at+".user", problems.Quote(string(link.User)), "a user of this office")
		}
		if _, ok := c.systems[link.System]; !ok {
			c.Add(at+".system", problems.Quote(string(link.System)), "an accounting system of this office")
		} else if !c.accounts[account{link.System, link.AccountingUser}] {
			c.Add(at+".accounting_user", problems.Quote(string(link.AccountingUser)),
				"a user of accounting system "+problems.Quote(string(link.System)))
		}
		if _, twice := first[pair{link.User, link.System}]; twice {
			c.Add(at+".system", problems.Quote(string(link.System)), "one link to a system for each user")
			continue
		}
		first[pair{link.User, link.System}] = i
	}
}

func (c *checker) passwordLinks(list []users.PasswordLink) {
	eachOnce(c, "password_links", "user", list, linkedUser)
	for i, l := range list {
		at := problems.At("password_links", i)
		if _, ok := c.users.find(l.User); !ok {
			c.Add(at+".user", problems.Quote(string(l.User)), "a user of this office")
		}
		c.AddAt(at, l.Check())
	}
}

func (c *checker) settings(p Parts) {
	kinds := eachOnce(c, "company_settings", "code", p.SettingKinds, kindCode)
	for i, k := range p.SettingKinds {
		c.AddAt(problems.At("company_settings", i), k.Check())
	}
	first := make(map[string]bool, len(p.Settings))
	for i, s := range p.Settings {
		at := problems.At("settings", i)
		if !c.hasCompany(s.Company) {
			c.Add(at+".company", problems.Quote(string(s.Company)), "a company of this office")
		}
		kind, ok := kinds[s.Code]
		if !ok {
			c.Add(at+".code", problems.Quote(s.Code), "a setting of company_settings")
		} else if !p.SettingKinds[kind].Takes(s.Value) {
			c.Add(at+".value", problems.Quote(s.Value), p.SettingKinds[kind].Expected())
		}
		if first[settingPlace(&s)] {
			c.Add(at+".code", problems.Quote(s.Code), "each setting of a company once")
		}
		first[settingPlace(&s)] = true
	}
}
