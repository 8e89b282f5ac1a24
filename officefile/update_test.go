package officefile_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// changing is an office in the middle of changes that must all be possible.
type changing struct {
	*testing.T
	offices.Office
}

func (c *changing) become(o offices.Office, err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
	c.Office = o
}

// user changes a user, or makes one.
func (c *changing) user(id users.ID, change func(u *users.User)) {
	c.Helper()
	u, ok := c.User(id)
	if !ok {
		u = users.User{ID: id, Username: string(id), Email: string(id) + "@devries.example"}
	}
	change(&u)
	c.become(c.WithUser(u))
}

func (c *changing) reach(id users.ID, company companies.ID) {
	c.Helper()
	c.user(id, func(u *users.User) { u.Access = u.Access.With(company) })
}

// The names are those of files in testdata/update: name.before.yaml is the file,
// and name.after.yaml what it becomes.
var updates = map[string]func(c *changing){
	"roles-in-a-block": func(c *changing) {
		c.user("bram", func(u *users.User) { u.Roles = roles.SetOf(roles.Accountant, roles.Authoriser) })
		c.user("anna", func(u *users.User) { u.Roles = roles.SetOf(roles.Authoriser, roles.ClientUser) })
	},
	"roles-in-a-flow": func(c *changing) {
		c.user("bram", func(u *users.User) { u.Roles = roles.SetOf(roles.Authoriser) })
		c.user("anna", func(u *users.User) { u.Roles, u.Email = roles.SetOf(roles.Authoriser), "anna#a@b.example" })
	},
	"leaver": func(c *changing) {
		c.user("bram", func(u *users.User) { u.EndDate = day(c.T, "2027-01-31") })
		c.user("anna", func(u *users.User) { u.EndDate = day(c.T, "2027-02-01") })
	},
	"deleted-user": func(c *changing) {
		c.become(c.WithoutUser("bram"))
		c.become(c.AtVersion(c.Version()+1), nil)
	},
	"new-company": func(c *changing) {
		c.become(c.WithCompany(companies.Company{ID: "florist", Name: "Bloemen: 't Hoekje", System: "exact", AuthorisationWorkflow: true}))
		for _, id := range []users.ID{"rosa", "bram", "anna"} {
			c.reach(id, "florist")
		}
	},
	"new-system": func(c *changing) {
		c.become(c.WithSystem(sync.System{ID: "afas", Name: "AFAS", Connection: sync.LoginSuccess, SynchronisationUser: "rosa", Users: []sync.User{
			{ID: "rosa@afas", Name: "Rosa", Email: "rosa@devries.example", Rank: 1, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll},
			{ID: "007", Name: "Bond", Email: "bond@devries.example", Rank: 2},
		}}))
		c.become(c.WithLink(sync.Link{User: "rosa", System: "afas", AccountingUser: "rosa@afas", Verified: true}))
		c.become(c.WithLink(sync.Link{User: "anna", System: "afas", AccountingUser: "007"}))
	},
	"json": func(c *changing) {
		c.user("bram", func(u *users.User) { u.Roles, u.EndDate = roles.SetOf(roles.Authoriser), day(c.T, "2027-01-31") })
		c.user("tess", func(u *users.User) { u.Name = "Tess \U0001f950\u200b\U000e0001" })
		c.become(c.WithoutUser("anna"))
		c.become(c.WithPasswordLink(users.PasswordLink{
			User: "rosa", Address: "rosa@devries.example", Sent: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Length: 30 * time.Minute,
		}))
	},
	"deleted-company": func(c *changing) { c.become(c.WithoutCompany("garage")) },
	"company-that-not-all-reach": func(c *changing) {
		c.become(c.WithCompany(companies.Company{ID: "florist", Name: "Bloemen", System: "exact"}))
		c.reach("rosa", "florist")
	},
	"settings": func(c *changing) {
		for _, s := range []companies.Setting{
			{Company: "bakery", Code: "vat_period", Value: "quarter"},
			{Company: "bakery", Code: "colour"},
			{Company: "garage", Code: "colour", Value: "no"},
		} {
			c.become(c.WithSetting(s))
		}
		garage, _ := c.Company("garage")
		garage.SynchronisationOff = true
		c.become(c.WithCompany(garage))
		c.become(c.WithoutPasswordLink("rosa"), nil)
		c.become(c.AtVersion(c.Version()+1), nil)
	},
	"aliases": func(c *changing) {
		c.user("bram", func(u *users.User) { u.Roles = roles.SetOf(roles.Accountant) })
		c.become(c.WithoutCompany("garage"))
	},
	"everybody-gone": func(c *changing) {
		c.become(c.WithoutSystem("exact"))
		c.become(c.WithoutUser("bram"))
		c.become(c.WithoutUser("rosa"))
	},
}

func TestUpdateExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/update/*.before.yaml")
	if err != nil || len(files) != len(updates) {
		t.Errorf("found %d files and %v, expected %d", len(files), err, len(updates))
	}
	for name, change := range updates {
		t.Run(name, func(t *testing.T) {
			before := content(t, filepath.Join("testdata/update", name+".before.yaml"))
			c := &changing{t, parse(t, string(before)).Office}
			change(c)
			after, err := officefile.Update(name, before, c.Office)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join("testdata/update", name+".after.yaml"), string(after))
		})
	}
}

// What is the same as it was is not even copied.
func TestUpdateOfNothing(t *testing.T) {
	data := []byte(base)
	text, err := officefile.Update("f", data, parse(t, base).Office)
	if err != nil || &text[0] != &data[0] {
		t.Errorf("found %q, %v, expected the text itself", text, err)
	}
}

// Whatever one thing changed, it is noticed and written.
func TestUpdateOfOneThing(t *testing.T) {
	account := func(c *changing, change func(u *sync.User)) {
		u, _ := c.AccountingUser("exact", "rosa@exact")
		change(&u)
		c.become(c.WithAccountingUser("exact", u))
	}
	link := users.PasswordLink{User: "anna", Address: "anna@jansen.example", Sent: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Length: 30 * time.Minute}
	for name, change := range map[string]func(c *changing){
		"version": func(c *changing) { c.become(c.AtVersion(99), nil) },
		"name":    func(c *changing) { c.become(c.WithName("Another")) },
		"minutes": func(c *changing) { c.become(c.WithPasswordLinkLength(time.Hour)) },
		"reach": func(c *changing) {
			account(c, func(u *sync.User) { u.Reach = sync.ReachSome(users.AccessTo("bakery")) })
		},
		"rank": func(c *changing) { account(c, func(u *sync.User) { u.Rank = 3 }) },
		"setting": func(c *changing) {
			c.become(c.WithSetting(companies.Setting{Company: "garage", Code: "colour", Value: "red"}))
		},
		"access":   func(c *changing) { c.reach("anna", "bakery") },
		"all":      func(c *changing) { c.user("rosa", func(u *users.User) { u.Access = users.AccessTo("garage") }) },
		"language": func(c *changing) { c.user("rosa", func(u *users.User) { u.Language = "nl" }) },
		"link": func(c *changing) {
			c.become(c.WithLink(sync.Link{User: "rosa", System: "exact", AccountingUser: "rosa@exact", Verified: true}))
		},
		"no link":       func(c *changing) { c.become(c.WithoutLink("rosa", "exact")) },
		"password link": func(c *changing) { link.Sent = link.Sent.Add(time.Nanosecond); c.become(c.WithPasswordLink(link)) },
		"its minutes":   func(c *changing) { link.Length = time.Minute; c.become(c.WithPasswordLink(link)) },
		"synchronisation": func(c *changing) {
			c.become(c.WithCompany(companies.Company{ID: "garage", Name: "Garage De Wit", System: "twin", SynchronisationOff: true}))
		},
		"zone, and values that nobody takes": func(c *changing) {
			p := c.Parts()
			p.TimeZone, p.SettingKinds[0].Mandatory, p.SettingKinds[1].Values = time.UTC, true, []string{"month"}
			c.become(offices.New(p))
		},
		"who was deleted": func(c *changing) {
			p := c.Parts()
			p.Deleted[0].Username = "tom"
			c.become(offices.New(p))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := &changing{t, parse(t, base).Office}
			change(c)
			text, err := officefile.Update("f", []byte(base), c.Office)
			if err != nil {
				t.Fatal(err)
			}
			checkUpdated(t, []byte(base), text, c.Office)
		})
	}
}

func TestUpdateRefuses(t *testing.T) {
	for _, test := range []struct {
		name, text string
		change     func(c *changing)
		want       string
	}{
		{
			"a company that a document is of", base, func(c *changing) { c.become(c.WithoutCompany("garage")) },
			`what stays in the file refers to what is gone: f:55:26: found "garage", expected a company of this office` + "\n" +
				`f:56:26: found "garage", expected a company of this office`,
		},
		{
			"a company that is acknowledged", smallest + twoCompanies + "acknowledged: [{finding: S1, company: a, reason: r, until: 2027-01-01}]",
			func(c *changing) { c.become(c.WithoutCompany("a")) },
			`what stays in the file refers to what is gone: f:6:39: found "a", expected a company of this office`,
		},
		{
			"an authoriser in turn", base, func(c *changing) { c.become(c.WithoutUser("anna")) },
			`what stays in the file refers to what is gone: f:53:22: found "anna", a deleted user, expected a user of this office: the step is pending`,
		},
		{
			"a username like another", base,
			func(c *changing) { c.user("new", func(u *users.User) { u.Username = "Rosa" }) },
			`the changed file could not be read: f:44:25: found "Rosa", expected a username that differs from "rosa" (line 23) by more than case or Unicode form`,
		},
		{
			"a setting whose values change places", smallest[:len(smallest)-2] + ", company_settings: [{code: a, values: [b, c]}]}\n",
			func(c *changing) {
				p := c.Parts()
				p.SettingKinds[0].Values = []string{"c", "b"}
				c.become(offices.New(p))
			},
			"f: the file cannot be changed in place: the changed text would read as another office",
		},
		{
			"a key that stands alone", smallest + "? users\n: - {id: rosa, username: rosa, email: r@x, roles: [], companies: []}\n",
			func(c *changing) { c.become(c.WithoutUser("rosa")) },
			"f: the text is laid out in a way that cannot be changed in place",
		},
		{"a file that cannot be read", "version: 2", func(*changing) {}, "f:1:1: found an office file without office, expected the key office\nf:1:10: found the number 2, expected the number 1"},
		{"no file", "", func(*changing) {}, "f:1:1: found an empty file, expected a mapping"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &changing{T: t}
			if file, err := officefile.Parse("f", []byte(test.text)); err == nil {
				c.Office = file.Office
			}
			test.change(c)
			text, err := officefile.Update("f", []byte(test.text), c.Office)
			if text != nil || err == nil || err.Error() != test.want {
				t.Errorf("found %q and\n%v, expected no text and\n%s", text, err, test.want)
			}
		})
	}
}

const twoCompanies = `accounting_systems: [{id: s, name: S, connection: disconnected, synchronisation_user: u, users: []}]
companies: [{id: a, name: A, accounting_system: s, authorisation_workflow: true, payment_agreement: true}]
users: [{id: u, username: u, email: u@x, roles: [], companies: []}]
`

// Whatever the text that a value becomes, it is read as that text.
func TestUpdateQuotes(t *testing.T) {
	for _, form := range []string{"rosa@devries.example, name: x", `rosa@devries.example, name: "x"`, "rosa@devries.example, name: 'x'", "rosa@devries.example"} {
		before := smallest + "users:\n  - {id: rosa, username: rosa, email: " + form + ", roles: [], companies: []}\n"
		for _, name := range []string{
			"true", "No", "~", "null", "007", "1e3", "0x1F", "2027-01-31", "2026-11-22T09:00:00Z", " x", "x ", "a: b", "a #b", "#a", "- a", "*a", "&a", "!a",
			"it's", `"`, `\`, "[a", "a]", "{", "a, b", "?", "%a", "@a", "`a", "|", ">", "<<", "=", ".inf", "é", "\u200b", "\u2028", "\U0001f950", "\U000e0001", "a  b", "---", "...",
		} {
			c := &changing{t, parse(t, before).Office}
			c.user("rosa", func(u *users.User) { u.Name = name })
			if _, err := officefile.Update("f", []byte(before), c.Office); err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

// Layouts that nobody would choose are changed too.
func TestUpdateOfOddLayouts(t *testing.T) {
	for name, text := range map[string]string{
		"text of several lines": "users:\n  - id: rosa\n    name: |\n      Rosa\n    email:\n      rosa@x\n    username: >-\n      rosa\n\n\n    companies: []\n    roles: [\n      super_user\n    ]\n",
		"kept blank lines":      "users: [{id: rosa, username: rosa, email: rosa@x, companies: [], roles: [super_user]}]\nacknowledged:\n  - finding: S1\n    until: 2027-01-01\n    reason: |+\n      r\n\n\n",
		"a flow over lines":     "users: [{id: rosa, # a\n  username: rosa, email: rosa@x, # b\n  companies: [], roles: [\n super_user ,], } ,\n  # c\n ] # d",
		"dashes on their own":   "users:\n-\n  # first\n  id: rosa\n  username: rosa\n  email: rosa@x\n  roles:\n  - super_user\n  companies: []\n",
		"anchors and tags":      "users: &all\n  - &r !!map {id: &i rosa, username: *i, email: !!str rosa@x, companies: !!seq [], roles: &roles [super_user]}\n",
		"tabs":                  "users:\t[\t{\"id\":\"rosa\",\t\"username\":\"rosa\",\"email\":\"rosa@x\",\"companies\":[\t],\"roles\":[\"super_user\"]\t}\t]\t# x\n",
		"the end is marked":     "users:\n  - {id: rosa, username: rosa, email: rosa@x, companies: [], roles: [super_user]}\n...\n# the end",
	} {
		t.Run(name, func(t *testing.T) {
			before := smallest + strings.Replace(text, "name: |\n      Rosa\n    ", "", 1)
			c := &changing{t, parse(t, before).Office}
			c.user("rosa", func(u *users.User) {
				u.Roles, u.Email, u.Name, u.EndDate = roles.SetOf(roles.Accountant), "new@x", "Rosa", day(t, "2027-01-31")
			})
			c.user("bram", func(u *users.User) { u.Roles = roles.SetOf(roles.ClientUser) })
			c.user("tom", func(*users.User) {})
			c.become(c.WithoutUser("tom"))
			c.become(c.WithSystem(sync.System{ID: "s", Name: "S", SynchronisationUser: "rosa"}))
			if text, err := officefile.Update("f", []byte(before), c.Office); err != nil {
				t.Errorf("%v\n%s", err, text)
			}
		})
	}
}
