package offices_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

const (
	anID      = "an identifier: 1 to 128 bytes of valid UTF-8 without control characters"
	aText     = "a text of 1 to 1024 bytes of valid UTF-8 without control characters"
	aUser     = "a user of this office"
	aCompany  = "a company of this office"
	aSystem   = "an accounting system of this office"
	aZone     = "a time zone such as Europe/Amsterdam"
	anAddress = "an address such as name@example.com"
)

// What can be wrong with an office: each kind once, with the place it is
// reported at, in the words of the office file.
var broken = []struct {
	name                  string
	change                func(p *offices.Parts)
	path, found, expected string
}{
	{"an office without a code", func(p *offices.Parts) { p.Code = "" }, "office.code", `""`, anID},
	{"an office without a name", func(p *offices.Parts) { p.Name = "" }, "office.name", `""`, aText},
	{"an office without a time zone", func(p *offices.Parts) { p.TimeZone = nil }, "office.time_zone", "no zone of its own", aZone},
	{"an office in the zone of whatever machine it runs on", func(p *offices.Parts) { p.TimeZone = time.Local }, "office.time_zone", "no zone of its own", aZone},
	{"a password link of half a minute", func(p *offices.Parts) { p.PasswordLink = 30 * time.Second }, "office.password_link_minutes", "30s", "a whole number of minutes from 1 to 1440"},
	{"a password link of less than nothing", func(p *offices.Parts) { p.PasswordLink = -time.Minute }, "office.password_link_minutes", "-1m0s", "a whole number of minutes from 1 to 1440"},

	{"two accounting systems with one id", func(p *offices.Parts) {
		p.Systems = append(p.Systems, sync.System{ID: "books", Name: "More books", SynchronisationUser: "anna", Users: p.Systems[1].Users})
	}, "accounting_systems[2].id", `"books"`, "an id that accounting_systems[1] does not have"},
	{"an accounting system without a name", func(p *offices.Parts) { p.Systems[1].Name = "" }, "accounting_systems[1].name", `""`, aText},
	{"an accounting system without a synchronisation user", func(p *offices.Parts) { p.Systems[0].SynchronisationUser = "" }, "accounting_systems[0].synchronisation_user", `""`, aUser},
	{"a synchronisation user from elsewhere", func(p *offices.Parts) { p.Systems[0].SynchronisationUser = "zoe" }, "accounting_systems[0].synchronisation_user", `"zoe"`, aUser},
	{"a synchronisation user who was deleted", func(p *offices.Parts) { p.Systems[1].SynchronisationUser = "dirk" }, "accounting_systems[1].synchronisation_user", `"dirk"`, aUser},
	{"two accounting-system users with one id", func(p *offices.Parts) {
		u := p.Systems[0].Users[1]
		u.Name = "Bob again"
		p.Systems[0].Users = append(p.Systems[0].Users, u)
	}, "accounting_systems[0].users[2].id", `"l-bob"`, "an id that users[1] does not have"},
	{"an accounting-system user without an address", func(p *offices.Parts) { p.Systems[0].Users[1].Email = "" }, "accounting_systems[0].users[1].email", `""`, anAddress},
	{"an accounting-system user who reaches a company from elsewhere", func(p *offices.Parts) {
		p.Systems[0].Users[1].Reach = sync.ReachSome(users.AccessTo("bakery", "zoo"))
	}, "accounting_systems[0].users[1].companies", `"zoo"`, aCompany},

	{"two companies with one id", func(p *offices.Parts) { p.Companies = append(p.Companies, p.Companies[0]) }, "companies[3].id", `"garage"`, "an id that companies[0] does not have"},
	{"a company without a name", func(p *offices.Parts) { p.Companies[2].Name = "" }, "companies[2].name", `""`, aText},
	{"a company called office", func(p *offices.Parts) { p.Companies[0].ID, p.Users[0].Access = "office", users.AccessTo("bakery") }, "companies[0].id", `"office"`, "another id: this word stands for the office itself"},
	{"a company without an accounting system", func(p *offices.Parts) { p.Companies[0].System = "" }, "companies[0].accounting_system", `""`, anID},
	{"a company in an accounting system from elsewhere", func(p *offices.Parts) { p.Companies[0].System = "abacus" }, "companies[0].accounting_system", `"abacus"`, aSystem},

	{"two users with one id", func(p *offices.Parts) {
		p.Users = append(p.Users, users.User{ID: "bob", Username: "bob2", Email: "bob@example.com"})
	}, "users[4].id", `"bob"`, "an id that users[1] does not have"},
	{"two users with one username", func(p *offices.Parts) { p.Users[3].Username = "bob" }, "users[3].username", `"bob"`, "a username that users[1] does not have"},
	{"a user without an address", func(p *offices.Parts) { p.Users[3].Email = "carla" }, "users[3].email", `"carla"`, anAddress},
	{"a user who reaches a company from elsewhere", func(p *offices.Parts) { p.Users[1].Access = p.Users[1].Access.With("zoo") }, "users[1].companies", `"zoo"`, aCompany},
	{"a user for whom a company from elsewhere pays", func(p *offices.Parts) { p.Users[2].BillTo = users.BillToCompany("zoo") }, "users[2].bill_to", `"zoo"`, "office, or a company of this office"},

	{"two deleted users with one id", func(p *offices.Parts) {
		p.Deleted = append(p.Deleted, users.Deleted{ID: "dirk", Username: "dirk2"})
	}, "deleted_users[1].id", `"dirk"`, "an id that deleted_users[0] does not have"},
	{"a user with the id of a deleted user", func(p *offices.Parts) { p.Deleted[0].ID = "bob" }, "deleted_users[0].id", `"bob"`, "an id that users[1] does not have"},
	{"a user with the username of a deleted user", func(p *offices.Parts) { p.Deleted[0].Username = "bob" }, "deleted_users[0].username", `"bob"`, "a username that users[1] does not have"},
	{"two deleted users with one username", func(p *offices.Parts) {
		p.Deleted = append(p.Deleted, users.Deleted{ID: "eva", Username: "dirk"})
	}, "deleted_users[1].username", `"dirk"`, "a username that deleted_users[0] does not have"},
	{"a deleted user without a username", func(p *offices.Parts) { p.Deleted[0].Username = "" }, "deleted_users[0].username", `""`, anID},

	{"a link of nobody", func(p *offices.Parts) { p.Links[1].User = "zoe" }, "links[1].user", `"zoe"`, aUser},
	{"a link of a deleted user", func(p *offices.Parts) { p.Links[1].User = "dirk" }, "links[1].user", `"dirk"`, aUser},
	{"a link to an accounting system from elsewhere", func(p *offices.Parts) { p.Links[1].System = "abacus" }, "links[1].system", `"abacus"`, aSystem},
	{"a link to an unknown accounting-system user", func(p *offices.Parts) { p.Links[1].AccountingUser = "l-zoe" }, "links[1].accounting_user", `"l-zoe"`, `a user of accounting system "ledger"`},
	{"a link to the user of another accounting system", func(p *offices.Parts) { p.Links[1].AccountingUser = "b-anna" }, "links[1].accounting_user", `"b-anna"`, `a user of accounting system "ledger"`},
	{"two links of one user to one accounting system", func(p *offices.Parts) {
		p.Links = append(p.Links, sync.Link{User: "bob", System: "ledger", AccountingUser: "l-anna"})
	}, "links[3].system", `"ledger"`, "one link to a system for each user"},
}

func TestEachMistakeIsReportedOnceAtItsPlace(t *testing.T) {
	for _, c := range broken {
		t.Run(c.name, func(t *testing.T) {
			p := small(t)
			c.change(&p)
			o, err := offices.New(p)
			want := []*problems.Problem{{Path: c.path, Found: c.found, Expected: c.expected}}
			if diff := cmp.Diff(want, problems.All(err)); diff != "" || !errors.Is(err, problems.ErrInvalid) {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(offices.Parts{}, o.Parts(), same); diff != "" {
				t.Errorf("a refused office has something (-nothing +parts):\n%s", diff)
			}
		})
	}
}

// What an office may have although a finding might speak of it.
func TestWhatIsNoMistakeOfStructure(t *testing.T) {
	for name, change := range map[string]func(p *offices.Parts){
		"nothing changed":     func(*offices.Parts) {},
		"nobody deleted":      func(p *offices.Parts) { p.Deleted = nil },
		"no links":            func(p *offices.Parts) { p.Links = nil },
		"an office of nobody": func(p *offices.Parts) { p.Systems, p.Companies, p.Users, p.Links = nil, nil, nil, nil },
		"a shared address":    func(p *offices.Parts) { p.Users[1].Email = p.Users[0].Email },
		"two users on one accounting-system user":  func(p *offices.Parts) { p.Links[1].AccountingUser = "l-anna" },
		"a username in other capitals":             func(p *offices.Parts) { p.Users[1].Username = "Anna" },
		"a user called as a company is":            func(p *offices.Parts) { p.Users[1].Username = "garage" },
		"a payer without a payment agreement":      func(p *offices.Parts) { p.Users[2].BillTo = users.BillToCompany("garage") },
		"a synchronisation user without companies": func(p *offices.Parts) { p.Users[0].Access = users.Access{} },
		"a user with no roles":                     func(p *offices.Parts) { p.Users[1].Roles = 0 },
		"one accounting-system user id in two systems": func(p *offices.Parts) {
			p.Systems[1].Users[0].ID, p.Links[2].AccountingUser = "l-anna", "l-anna"
		},
		"a password link of a minute": func(p *offices.Parts) { p.PasswordLink = time.Minute },
		"UTC":                         func(p *offices.Parts) { p.TimeZone = time.UTC },
	} {
		t.Run(name, func(t *testing.T) {
			p := small(t)
			change(&p)
			if _, err := offices.New(p); err != nil {
				t.Error(err)
			}
		})
	}
}

// Mistakes in different places are all reported, whichever they are.
func TestAllMistakesAreReportedTogether(t *testing.T) {
	independent := []string{
		"an office without a code", "an office without a name", "an office without a time zone",
		"a password link of half a minute", "an accounting system without a name",
		"a synchronisation user from elsewhere", "an accounting-system user without an address",
		"a company without a name", "a company in an accounting system from elsewhere", "a user without an address",
		"a user who reaches a company from elsewhere", "a user for whom a company from elsewhere pays",
		"a deleted user without a username", "a link of nobody",
	}
	rapid.Check(t, func(rt *rapid.T) {
		names := rapid.SliceOfDistinct(rapid.SampledFrom(independent), rapid.ID[string]).Draw(rt, "mistakes")
		p, want := small(t), map[string]bool{}
		for _, c := range broken {
			for _, name := range names {
				if c.name == name {
					c.change(&p)
					want[c.path] = true
				}
			}
		}
		got := map[string]bool{}
		_, err := offices.New(p)
		for _, found := range problems.All(err) {
			got[found.Path] = true
		}
		if diff := cmp.Diff(want, got); diff != "" || len(problems.All(err)) != len(names) || len(want) != len(names) {
			rt.Fatalf("%d mistakes, %v (-want +got):\n%s", len(names), err, diff)
		}
	})
}

// Of three of a kind, the second and the third are both held against the first.
func TestLaterOnesAreHeldAgainstTheFirst(t *testing.T) {
	p := small(t)
	p.Companies = append(p.Companies, p.Companies[0], p.Companies[0])
	p.Users[2].Username, p.Users[3].Username = "anna", "anna"
	p.Links = append(p.Links, p.Links[1], p.Links[1])
	var got []string
	_, err := offices.New(p)
	for _, found := range problems.All(err) {
		got = append(got, found.Path+" "+found.Expected)
	}
	want := []string{
		"companies[3].id an id that companies[0] does not have",
		"companies[4].id an id that companies[0] does not have",
		"users[2].username a username that users[0] does not have",
		"users[3].username a username that users[0] does not have",
		"links[3].system one link to a system for each user",
		"links[4].system one link to a system for each user",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Whoever has the username or the id of somebody before them is told so, in the order in
// which they stand, whatever that is; nobody else is.
func TestWhoeverHasWhatAnotherHasIsTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := offices.Parts{Code: "jansen", Name: "Kantoor Jansen", TimeZone: time.UTC}
		few := rapid.SampledFrom([]string{"anna", "bob", "carla", "dirk", "eva", "frits"})
		var want []string
		note := func(first map[string]string, at, field, key string) {
			if other, twice := first[key]; twice {
				want = append(want, fmt.Sprintf("%s.%s: found %q, expected %s that %s does not have", at, field, key,
					map[string]string{"id": "an id", "username": "a username"}[field], other))
				return
			}
			first[key] = at
		}
		ids, names := map[string]string{}, map[string]string{}
		for i, id := range rapid.SliceOfN(few, 0, 5).Draw(t, "ids") {
			p.Users = append(p.Users, users.User{ID: users.ID(id), Username: few.Draw(t, "username"), Email: "a@example.com"})
			note(ids, fmt.Sprintf("users[%d]", i), "id", id)
		}
		p.Links = append(p.Links, sync.Link{User: users.ID(few.Draw(t, "linked")), System: "none", AccountingUser: "none"})
		for i := range rapid.IntRange(0, 3).Draw(t, "deleted") {
			p.Deleted = append(p.Deleted, users.Deleted{ID: users.ID(fmt.Sprint("gone", i)), Username: few.Draw(t, "username")})
		}
		for i, u := range p.Users {
			note(names, fmt.Sprintf("users[%d]", i), "username", u.Username)
		}
		for i, d := range p.Deleted {
			note(names, fmt.Sprintf("deleted_users[%d]", i), "username", d.Username)
		}
		if _, ok := ids[string(p.Links[0].User)]; !ok {
			want = append(want, fmt.Sprintf("links[0].user: found %q, expected a user of this office", p.Links[0].User))
		}
		want = append(want, `links[0].system: found "none", expected an accounting system of this office`)
		_, err := offices.New(p)
		if got := strings.Split(err.Error(), "\n"); !slices.Equal(got, want) {
			t.Fatalf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
