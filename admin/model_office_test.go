package admin_test

import (
	"cmp"
	"maps"
	"slices"
	"time"
	_ "time/tzdata" // the zones, wherever the tests run

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// plain is an office told plainly: what there is, by id. What a command makes of it
// is written from the rules and the comments of the commands alone.
type plain struct {
	name      string
	minutes   int // how long a password link is valid
	version   uint64
	systems   map[companies.SystemID]plainSystem
	companies map[companies.ID]companies.Company
	users     map[users.ID]users.User
	deleted   map[users.ID]string // their usernames
	links     map[plainLink]plainAccount
	sent      map[users.ID]users.PasswordLink
	settings  map[plainSetting]string
}

type plainSystem struct {
	name       string
	connection sync.Connection
	duty       users.ID
	accounts   map[sync.UserID]sync.User
}

type plainLink struct {
	user   users.ID
	system companies.SystemID
}

type plainAccount struct {
	account  sync.UserID
	verified bool
}

type plainSetting struct {
	company companies.ID
	code    string
}

const plainCode = "jansen"

// plainKinds is what companies may set.
var plainKinds = []companies.SettingKind{
	{Code: "colour", Values: []string{"blue", "red"}},
	{Code: "note"},
	{Code: "vat", Mandatory: true, Values: []string{"month", "quarter"}},
}

var plainZone = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}()

func (p plain) clone() plain {
	p.systems = maps.Clone(p.systems)
	for id, s := range p.systems {
		s.accounts = maps.Clone(s.accounts)
		p.systems[id] = s
	}
	p.companies, p.users, p.deleted = maps.Clone(p.companies), maps.Clone(p.users), maps.Clone(p.deleted)
	p.links, p.sent, p.settings = maps.Clone(p.links), maps.Clone(p.sent), maps.Clone(p.settings)
	return p
}

// parts is the office as a library is told it, each list sorted.
func (p plain) parts() offices.Parts {
	o := offices.Parts{
		Code: plainCode, Name: p.name, TimeZone: plainZone, PasswordLink: time.Duration(p.minutes) * time.Minute,
		Version: p.version, SettingKinds: plainKinds,
	}
	for id, s := range sorted(p.systems) {
		made := sync.System{ID: id, Name: s.name, Connection: s.connection, SynchronisationUser: s.duty}
		for _, u := range sorted(s.accounts) {
			made.Users = append(made.Users, u)
		}
		o.Systems = append(o.Systems, made)
	}
	for _, c := range sorted(p.companies) {
		o.Companies = append(o.Companies, c)
	}
	for _, u := range sorted(p.users) {
		o.Users = append(o.Users, u)
	}
	for id, username := range sorted(p.deleted) {
		o.Deleted = append(o.Deleted, users.Deleted{ID: id, Username: username})
	}
	for _, l := range sorted(p.sent) {
		o.PasswordLinks = append(o.PasswordLinks, l)
	}
	for at, l := range p.links {
		o.Links = append(o.Links, sync.Link{User: at.user, System: at.system, AccountingUser: l.account, Verified: l.verified})
	}
	slices.SortFunc(o.Links, func(a, b sync.Link) int {
		return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.System, b.System))
	})
	for at, value := range p.settings {
		o.Settings = append(o.Settings, companies.Setting{Company: at.company, Code: at.code, Value: value})
	}
	slices.SortFunc(o.Settings, func(a, b companies.Setting) int {
		return cmp.Or(cmp.Compare(a.Company, b.Company), cmp.Compare(a.Code, b.Code))
	})
	return o
}

// sorted goes through a map, sorted by key.
func sorted[K cmp.Ordered, V any](m map[K]V) func(yield func(K, V) bool) {
	return func(yield func(K, V) bool) {
		for _, key := range keysOf(m) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}

func keysOf[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// companiesOf is the companies of an accounting system, sorted.
func (p plain) companiesOf(id companies.SystemID) (list []companies.ID) {
	for company, c := range sorted(p.companies) {
		if c.System == id {
			list = append(list, company)
		}
	}
	return list
}

// linkedTo is the users linked to an accounting-system user, or to any of the
// system where none is named.
func (p plain) linkedTo(system companies.SystemID, account sync.UserID) (list []users.ID) {
	for at, l := range p.links {
		if at.system == system && (account == "" || l.account == account) {
			list = append(list, at.user)
		}
	}
	slices.Sort(list)
	return list
}

// change changes a user there is.
func (p plain) change(id users.ID, change func(u *users.User)) {
	u := p.users[id]
	change(&u)
	p.users[id] = u
}

func (p plain) changeCompany(id companies.ID, change func(c *companies.Company)) {
	c := p.companies[id]
	change(&c)
	p.companies[id] = c
}

func (p plain) changeSystem(id companies.SystemID, change func(s *plainSystem)) {
	s := p.systems[id]
	change(&s)
	p.systems[id] = s
}

// sameParts compares what two values say, not how they hold it.
var sameParts = gocmp.Options{
	gocmp.Comparer(func(a, b users.Access) bool { return slices.Equal(slices.Collect(a.All()), slices.Collect(b.All())) }),
	gocmp.Comparer(func(a, b sync.Reach) bool {
		return a.All() == b.All() && slices.Equal(slices.Collect(a.Some().All()), slices.Collect(b.Some().All()))
	}),
	gocmp.Comparer(func(a, b users.BillTo) bool { return a == b }),
	gocmp.Comparer(func(a, b users.Date) bool { return a == b }),
	gocmp.Comparer(func(a, b *time.Location) bool { return a == b }),
	gocmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
}
