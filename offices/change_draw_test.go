package offices_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// What the changes are about: what drawParts draws, some that come new, and the
// last of each, which no office has or can have.
var (
	userIDs     = append(numbered[users.ID]("user", 7), "gone0", "gone1", "zoe", "", "a\nb")
	companyIDs  = append(numbered[companies.ID]("company", 6), "zoo", "office", "")
	systemIDs   = append(numbered[companies.SystemID]("system", 4), "abacus", "", "system0\x00account0")
	accountIDs  = append(numbered[sync.UserID]("account", 4), "nobody", "")
	usernames   = append(numbered[string]("name", 7), "gone0", "gone1", "zoe", "")
	someSending = []time.Time{
		time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC),
		time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
		{},
	}
)

func numbered[K ~string](word string, n int) []K {
	list := make([]K, n)
	for i := range list {
		list[i] = K(fmt.Sprint(word, i))
	}
	return list
}

// pick draws mostly from what is there, where anything is, and sometimes from all
// that could be named.
func pick[T, K any](t *rapid.T, there []T, id func(T) K, all []K) K {
	if len(there) > 0 && rapid.IntRange(0, 4).Draw(t, "of those there") > 0 {
		return id(rapid.SampledFrom(there).Draw(t, "one there"))
	}
	return rapid.SampledFrom(all).Draw(t, "any")
}

func pickUser(t *rapid.T, p offices.Parts) users.ID {
	return pick(t, p.Users, func(u users.User) users.ID { return u.ID }, userIDs)
}

func pickCompany(t *rapid.T, p offices.Parts) companies.ID {
	return pick(t, p.Companies, func(c companies.Company) companies.ID { return c.ID }, companyIDs)
}

func pickSystem(t *rapid.T, p offices.Parts) companies.SystemID {
	return pick(t, p.Systems, func(s sync.System) companies.SystemID { return s.ID }, systemIDs)
}

func pickAccount(t *rapid.T, p offices.Parts, id companies.SystemID) sync.UserID {
	var there []sync.User
	if i := slices.IndexFunc(p.Systems, systemIs(id)); i >= 0 {
		there = p.Systems[i].Users
	}
	return pick(t, there, func(u sync.User) sync.UserID { return u.ID }, accountIDs)
}

// seldom draws true about once in eight times.
func seldom(t *rapid.T, label string) bool { return rapid.IntRange(0, 7).Draw(t, label) == 7 }

// drawStart draws an office with settings and password links in it too.
func drawStart(t *rapid.T) offices.Parts {
	p := drawParts(t)
	p.SettingKinds = []companies.SettingKind{
		{Code: "note"}, {Code: "rate", Mandatory: true, Values: []string{"high", "low"}},
	}
	for _, c := range p.Companies {
		if rapid.Bool().Draw(t, "rated") {
			p.Settings = append(p.Settings, companies.Setting{Company: c.ID, Code: "rate", Value: "low"})
		}
	}
	for _, u := range p.Users {
		if rapid.Bool().Draw(t, "sent a link") {
			p.PasswordLinks = append(p.PasswordLinks, users.SendPasswordLink(u, someSending[0], 30*time.Minute))
		}
	}
	return sortedAll(p)
}

// kinds is how many there are in changes, where some stand twice.
const kinds = 17

// changes draws a change of each kind, possible or not.
var changes = []func(t *rapid.T, p offices.Parts) change{
	func(t *rapid.T, p offices.Parts) change { return withUser(drawChangedUser(t, p)) },
	func(t *rapid.T, p offices.Parts) change { return withUser(drawChangedUser(t, p)) },
	func(t *rapid.T, p offices.Parts) change { return withoutUser(pickUser(t, p)) },
	func(t *rapid.T, p offices.Parts) change { return withCompany(drawChangedCompany(t, p)) },
	func(t *rapid.T, p offices.Parts) change {
		return withReach(pickCompany(t, p), rapid.SliceOfN(rapid.Custom(func(t *rapid.T) users.ID { return pickUser(t, p) }), 0, 3).Draw(t, "by")...)
	},
	func(t *rapid.T, p offices.Parts) change { return withoutCompany(pickCompany(t, p)) },
	func(t *rapid.T, p offices.Parts) change {
		return withSetting(companies.Setting{
			Company: pickCompany(t, p), Code: rapid.SampledFrom([]string{"rate", "rate", "note", "zoo"}).Draw(t, "code"),
			Value: rapid.SampledFrom([]string{"high", "low", "", "as told", "\n"}).Draw(t, "value"),
		})
	},
	func(t *rapid.T, p offices.Parts) change { return withSystem(drawChangedSystem(t, p)) },
	func(t *rapid.T, p offices.Parts) change {
		s := drawChangedSystem(t, p)
		s.ID = pickSystem(t, p)
		return withSystemState(s)
	},
	func(t *rapid.T, p offices.Parts) change {
		id := pickSystem(t, p)
		return withAccountingUser(id, drawChangedAccount(t, p, pickAccount(t, p, id)))
	},
	func(t *rapid.T, p offices.Parts) change { return withoutSystem(pickSystem(t, p)) },
	func(t *rapid.T, p offices.Parts) change { return withoutSystem(pickSystem(t, p)) },
	func(t *rapid.T, p offices.Parts) change {
		system := pickSystem(t, p)
		return withLink(sync.Link{
			User: pickUser(t, p), System: system, AccountingUser: pickAccount(t, p, system), Verified: rapid.Bool().Draw(t, "verified"),
		})
	},
	func(t *rapid.T, p offices.Parts) change {
		l := pick(t, p.Links, func(l sync.Link) sync.Link { return l }, []sync.Link{{User: pickUser(t, p), System: pickSystem(t, p)}})
		return withoutLink(l.User, l.System)
	},
	func(t *rapid.T, p offices.Parts) change {
		return withPasswordLink(users.PasswordLink{
			User: pickUser(t, p), Address: rapid.SampledFrom([]string{"a@example.com", "b@example.com", "a@example.com", ""}).Draw(t, "address"),
			Sent: rapid.SampledFrom(someSending).Draw(t, "sent"), Length: rapid.SampledFrom([]time.Duration{time.Hour, time.Minute, time.Hour, 0}).Draw(t, "length"),
		})
	},
	func(t *rapid.T, p offices.Parts) change { return withoutPasswordLink(pickUser(t, p)) },
	func(t *rapid.T, _ offices.Parts) change {
		return withName(rapid.SampledFrom([]string{"Kantoor", "De Vries", "", "a\nb"}).Draw(t, "name"))
	},
	func(t *rapid.T, _ offices.Parts) change {
		return withPasswordLinkLength(time.Duration(rapid.IntRange(-1, 1441).Draw(t, "minutes")) * rapid.SampledFrom([]time.Duration{time.Minute, time.Second}).Draw(t, "unit"))
	},
	func(t *rapid.T, _ offices.Parts) change { return atVersion(rapid.Uint64().Draw(t, "version")) },
}

func drawChange(t *rapid.T, p offices.Parts) change {
	return rapid.SampledFrom(changes).Draw(t, "change")(t, p)
}

// drawChangedUser draws a new user, or one there was of whom anything is different.
func drawChangedUser(t *rapid.T, p offices.Parts) users.User {
	u := drawUser(t, rapid.IntRange(0, 6).Draw(t, "user"), p.Companies)
	if i := slices.IndexFunc(p.Users, userIs(u.ID)); i >= 0 && rapid.Bool().Draw(t, "little changed") {
		held := u.Roles
		u = p.Users[i]
		u.Roles = held
	}
	if seldom(t, "other username") {
		u.Username = rapid.SampledFrom(usernames).Draw(t, "username")
	}
	if seldom(t, "other id") {
		u.ID = rapid.SampledFrom(userIDs).Draw(t, "id")
	}
	if seldom(t, "reaches any company") {
		u.Access = u.Access.With(rapid.SampledFrom(companyIDs[:7]).Draw(t, "reached"))
	}
	if seldom(t, "any company pays") {
		u.BillTo = users.BillToCompany(rapid.SampledFrom(companyIDs).Draw(t, "payer"))
	}
	if seldom(t, "no address") {
		u.Email = ""
	}
	return u
}

func drawChangedCompany(t *rapid.T, p offices.Parts) companies.Company {
	c := drawCompany(t, rapid.IntRange(0, 5).Draw(t, "company"), 1)
	c.System = pickSystem(t, p)
	if seldom(t, "other id") {
		c.ID = pickCompany(t, p)
	}
	if seldom(t, "no name") {
		c.Name = ""
	}
	return c
}

func drawChangedSystem(t *rapid.T, p offices.Parts) sync.System {
	s := drawSystem(t, rapid.IntRange(0, 3).Draw(t, "system"), 1, p.Companies)
	s.SynchronisationUser = pickUser(t, p)
	if i := slices.IndexFunc(p.Systems, systemIs(s.ID)); i >= 0 && rapid.Bool().Draw(t, "users kept") {
		s.Users = slices.Concat(s.Users, p.Systems[i].Users)
		if rapid.Bool().Draw(t, "each once") {
			s.Users = slices.Clone(p.Systems[i].Users)
		}
	}
	if len(s.Users) > 0 && seldom(t, "reaches any company") {
		s.Users[0].Reach = sync.ReachSome(users.AccessTo(pickCompany(t, p)))
	}
	if seldom(t, "other id") {
		s.ID = pickSystem(t, p)
	}
	if seldom(t, "no name") {
		s.Name = ""
	}
	return s
}

func drawChangedAccount(t *rapid.T, p offices.Parts, id sync.UserID) sync.User {
	u := sync.User{ID: id, Name: "Account", Email: "b@example.com", Rank: rapid.IntRange(1, 3).Draw(t, "rank"), Reach: sync.ReachAll}
	if rapid.Bool().Draw(t, "some") {
		u.Reach = sync.ReachSome(drawAccess(t, p.Companies))
	}
	if seldom(t, "reaches any company") {
		u.Reach = sync.ReachSome(users.AccessTo(pickCompany(t, p)))
	}
	if seldom(t, "no rank") {
		u.Rank = 0
	}
	return u
}
