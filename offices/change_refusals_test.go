package offices_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// settled is the small office with settings and a password link in it.
func settled(t *testing.T) offices.Parts {
	t.Helper()
	p := small(t)
	p.SettingKinds = []companies.SettingKind{{Code: "rate", Values: []string{"high", "low"}}, {Code: "note"}}
	p.Settings = []companies.Setting{{Company: "garage", Code: "rate", Value: "low"}}
	p.PasswordLinks = []users.PasswordLink{sentTo("bob")}
	return p
}

func sentTo(id users.ID) users.PasswordLink {
	return users.PasswordLink{User: id, Address: "bob@example.com", Sent: someSending[0], Length: time.Hour}
}

func eva(change func(u *users.User)) change {
	u := users.User{ID: "eva", Username: "eva", Email: "eva@example.com"}
	change(&u)
	return withUser(u)
}

func forge(change func(c *companies.Company)) change {
	c := companies.Company{ID: "forge", Name: "De Smid", System: "books"}
	change(&c)
	return withCompany(c)
}

func books(change func(s *sync.System)) sync.System {
	s := sync.System{ID: "books", Name: "Books", SynchronisationUser: "anna", Users: []sync.User{
		{ID: "b-anna", Name: "Anna", Email: "anna@example.com", Rank: 1, Reach: sync.ReachAll},
	}}
	change(&s)
	return s
}

func clerk(change func(u *sync.User)) sync.User {
	u := sync.User{ID: "b-new", Name: "New", Email: "new@example.com", Rank: 1}
	change(&u)
	return u
}

type problem = problems.Problem

// What can be wrong with a change: each kind once, and what is told of it.
var refusals = []struct {
	name   string
	change change
	want   []problem
}{
	{"an office without a name", withName(""), []problem{{Path: "name", Found: `""`, Expected: aText}}},
	{"a password link of half a minute", withPasswordLinkLength(30 * time.Second), []problem{{Path: "", Found: "30s", Expected: "a whole number of minutes from 1 to 1440"}}},
	{"a password link of no time", withPasswordLinkLength(0), []problem{{Path: "", Found: "0s", Expected: "a whole number of minutes from 1 to 1440"}}},

	{"a user without an address", eva(func(u *users.User) { u.Email = "" }), []problem{{Path: "email", Found: `""`, Expected: anAddress}}},
	{"a user with the id of a deleted user", eva(func(u *users.User) { u.ID = "dirk" }), []problem{{Path: "id", Found: `"dirk"`, Expected: "an id that no deleted user had"}}},
	{"a user with the username of another", eva(func(u *users.User) { u.Username = "bob" }), []problem{{Path: "username", Found: `"bob"`, Expected: "a username that nobody has or had"}}},
	{"a user with the username of a deleted user", eva(func(u *users.User) { u.Username = "dirk" }), []problem{{Path: "username", Found: `"dirk"`, Expected: "a username that nobody has or had"}}},
	{"a user of before with the username of another", eva(func(u *users.User) { u.ID, u.Username = "carla", "bob" }), []problem{{Path: "username", Found: `"bob"`, Expected: "a username that nobody has or had"}}},
	{"a deleted user comes back", eva(func(u *users.User) { u.ID, u.Username = "dirk", "dirk" }), []problem{
		{Path: "id", Found: `"dirk"`, Expected: "an id that no deleted user had"},
		{Path: "username", Found: `"dirk"`, Expected: "a username that nobody has or had"},
	}},
	{"a user who reaches companies from elsewhere", eva(func(u *users.User) { u.Access = users.AccessTo("zoo", "garage", "moon") }), []problem{
		{Path: "companies", Found: `"moon"`, Expected: aCompany}, {Path: "companies", Found: `"zoo"`, Expected: aCompany},
	}},
	{"a user for whom a company from elsewhere pays", eva(func(u *users.User) { u.BillTo = users.BillToCompany("zoo") }), []problem{{Path: "bill_to", Found: `"zoo"`, Expected: "office, or a company of this office"}}},

	{"nobody deleted", withoutUser("zoe"), []problem{{Path: "user", Found: `"zoe"`, Expected: aUser}}},
	{"a user deleted twice", withoutUser("dirk"), []problem{{Path: "user", Found: `"dirk"`, Expected: aUser}}},
	{"a user deleted who has a duty", withoutUser("anna"), []problem{{Path: "user", Found: `"anna"`, Expected: "a user who synchronises no accounting system"}}},

	{"a company without a name", forge(func(c *companies.Company) { c.Name = "" }), []problem{{Path: "name", Found: `""`, Expected: aText}}},
	{"a company called office", forge(func(c *companies.Company) { c.ID = "office" }), []problem{{Path: "id", Found: `"office"`, Expected: "another id: this word stands for the office itself"}}},
	{"a company without an accounting system", forge(func(c *companies.Company) { c.System = "" }), []problem{{Path: "accounting_system", Found: `""`, Expected: anID}}},
	{"a company in an accounting system from elsewhere", forge(func(c *companies.Company) { c.System = "abacus" }), []problem{{Path: "accounting_system", Found: `"abacus"`, Expected: aSystem}}},
	{"users reach a company from elsewhere", withReach("zoo", "bob"), []problem{{Path: "company", Found: `"zoo"`, Expected: aCompany}}},
	{"a deleted user reaches a company", withReach("garage", "bob", "dirk"), []problem{{Path: "user", Found: `"dirk"`, Expected: aUser}}},
	{"no company deleted", withoutCompany("zoo"), []problem{{Path: "company", Found: `"zoo"`, Expected: aCompany}}},

	{"a setting of a company from elsewhere", withSetting(companies.Setting{Company: "zoo", Code: "note", Value: "new"}), []problem{{Path: "company", Found: `"zoo"`, Expected: aCompany}}},
	{"a setting that there is not", withSetting(companies.Setting{Company: "garage", Code: "colour", Value: "red"}), []problem{{Path: "code", Found: `"colour"`, Expected: "a setting of company_settings"}}},
	{"a setting of another value", withSetting(companies.Setting{Company: "garage", Code: "rate", Value: "middle"}), []problem{{Path: "value", Found: `"middle"`, Expected: "one of high, low"}}},
	{"a setting that nobody can read", withSetting(companies.Setting{Company: "garage", Code: "note", Value: "\n"}), []problem{{Path: "value", Found: `"\n"`, Expected: aText}}},
	{"nothing set, of nothing and nowhere", withSetting(companies.Setting{Company: "zoo", Code: "colour"}), []problem{
		{Path: "company", Found: `"zoo"`, Expected: aCompany}, {Path: "code", Found: `"colour"`, Expected: "a setting of company_settings"},
	}},

	{"an accounting system without a name", withSystem(books(func(s *sync.System) { s.Name = "" })), []problem{{Path: "name", Found: `""`, Expected: aText}}},
	{"an accounting system that nobody synchronises", withSystem(books(func(s *sync.System) { s.SynchronisationUser = "dirk" })), []problem{{Path: "synchronisation_user", Found: `"dirk"`, Expected: aUser}}},
	{"an accounting-system user who reaches a company from elsewhere", withSystem(books(func(s *sync.System) { s.Users[0].Reach = sync.ReachSome(users.AccessTo("zoo")) })), []problem{{Path: "users[0].companies", Found: `"zoo"`, Expected: aCompany}}},
	{"two accounting-system users with one id", withSystem(books(func(s *sync.System) { s.Users = append(s.Users, s.Users[0]) })), []problem{{Path: "users[1].id", Found: `"b-anna"`, Expected: "an id that users[0] does not have"}}},
	{"a linked accounting-system user is gone", withSystem(books(func(s *sync.System) { s.Users[0].ID = "b-else" })), []problem{{Path: "users", Found: `no "b-anna"`, Expected: "every user to whom somebody is linked"}}},
	{"the state of an accounting system from elsewhere", withSystemState(books(func(s *sync.System) { s.ID = "abacus" })), []problem{{Path: "system", Found: `"abacus"`, Expected: aSystem}}},
	{"the state of an accounting system without a name that nobody synchronises", withSystemState(books(func(s *sync.System) { s.Name, s.SynchronisationUser = "", "zoe" })), []problem{
		{Path: "name", Found: `""`, Expected: aText}, {Path: "synchronisation_user", Found: `"zoe"`, Expected: aUser},
	}},
	{"a user of an accounting system from elsewhere", withAccountingUser("abacus", clerk(func(*sync.User) {})), []problem{{Path: "system", Found: `"abacus"`, Expected: aSystem}}},
	{"an accounting-system user without a rank who reaches a company from elsewhere", withAccountingUser("books", clerk(func(u *sync.User) { u.Rank, u.Reach = 0, sync.ReachSome(users.AccessTo("zoo")) })), []problem{
		{Path: "rank", Found: "0", Expected: "a whole number from 1, the highest rank"}, {Path: "companies", Found: `"zoo"`, Expected: aCompany},
	}},
	{"no accounting system deleted", withoutSystem("abacus"), []problem{{Path: "system", Found: `"abacus"`, Expected: aSystem}}},
	{"an accounting system deleted with companies in it", withoutSystem("ledger"), []problem{{Path: "system", Found: "2 companies", Expected: "an accounting system without companies"}}},

	{"a link of nobody to nothing", withLink(sync.Link{User: "dirk", System: "abacus", AccountingUser: "b-anna"}), []problem{
		{Path: "user", Found: `"dirk"`, Expected: aUser}, {Path: "system", Found: `"abacus"`, Expected: aSystem},
	}},
	{"a link to a user of another accounting system", withLink(sync.Link{User: "bob", System: "books", AccountingUser: "l-bob"}), []problem{{Path: "accounting_user", Found: `"l-bob"`, Expected: `a user of accounting system "books"`}}},
	{"no link deleted", withoutLink("bob", "books"), []problem{{Path: "user", Found: `"bob"`, Expected: `a user with a link to accounting system "books"`}}},
	{"a password link of a deleted user", withPasswordLink(sentTo("dirk")), []problem{{Path: "user", Found: `"dirk"`, Expected: aUser}}},
	{"a password link to no address, never sent, for no time", withPasswordLink(users.PasswordLink{User: "bob"}), []problem{
		{Path: "address", Found: `""`, Expected: anAddress},
		{Path: "sent", Found: "0001-01-01 00:00:00 +0000 UTC", Expected: "a moment of the years 1 to 9999"},
		{Path: "minutes", Found: "0s", Expected: "a whole number of minutes from 1 to 1440"},
	}},
}

func TestEachRefusalSaysWhatIsWrongAndChangesNothing(t *testing.T) {
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			o := office(t, settled(t))
			after, err := c.change.make(o)
			var got []problem
			for _, p := range problems.All(err) {
				got = append(got, *p)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || !errors.Is(err, problems.ErrInvalid) {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
			if after != (offices.Office{}) || !cmp.Equal(o.Parts(), office(t, settled(t)).Parts(), same) {
				t.Errorf("something came of it: %+v", after.Parts())
			}
		})
	}
}

// What New refuses of the lists that came later.
func TestWhatIsWrongWithSettingsAndPasswordLinksIsToldAtItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *offices.Parts)
		want   problem
	}{
		"two settings of one code":   {func(p *offices.Parts) { p.SettingKinds[1].Code = "rate" }, problem{Path: "company_settings[1].code", Found: `"rate"`, Expected: "an id that company_settings[0] does not have"}},
		"a setting without a code":   {func(p *offices.Parts) { p.SettingKinds[1].Code = "" }, problem{Path: "company_settings[1].code", Found: `""`, Expected: anID}},
		"a value that stands twice":  {func(p *offices.Parts) { p.SettingKinds[0].Values[0] = "low" }, problem{Path: "company_settings[0].values[1]", Found: `"low"`, Expected: "each value once"}},
		"set for nobody":             {func(p *offices.Parts) { p.Settings[0].Company = "zoo" }, problem{Path: "settings[0].company", Found: `"zoo"`, Expected: aCompany}},
		"set of no kind":             {func(p *offices.Parts) { p.Settings[0].Code = "colour" }, problem{Path: "settings[0].code", Found: `"colour"`, Expected: "a setting of company_settings"}},
		"set to another value":       {func(p *offices.Parts) { p.Settings[0].Value = "middle" }, problem{Path: "settings[0].value", Found: `"middle"`, Expected: "one of high, low"}},
		"set to nothing":             {func(p *offices.Parts) { p.Settings[0].Code, p.Settings[0].Value = "note", "" }, problem{Path: "settings[0].value", Found: `""`, Expected: aText}},
		"set twice":                  {func(p *offices.Parts) { p.Settings = append(p.Settings, p.Settings[0]) }, problem{Path: "settings[1].code", Found: `"rate"`, Expected: "each setting of a company once"}},
		"two password links of one":  {func(p *offices.Parts) { p.PasswordLinks = append(p.PasswordLinks, p.PasswordLinks[0]) }, problem{Path: "password_links[1].user", Found: `"bob"`, Expected: "an id that password_links[0] does not have"}},
		"a password link of nobody":  {func(p *offices.Parts) { p.PasswordLinks[0].User = "dirk" }, problem{Path: "password_links[0].user", Found: `"dirk"`, Expected: aUser}},
		"a password link never sent": {func(p *offices.Parts) { p.PasswordLinks[0].Sent = time.Time{} }, problem{Path: "password_links[0].sent", Found: "0001-01-01 00:00:00 +0000 UTC", Expected: "a moment of the years 1 to 9999"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := settled(t)
			c.change(&p)
			_, err := offices.New(p)
			if diff := cmp.Diff([]*problem{&c.want}, problems.All(err)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
