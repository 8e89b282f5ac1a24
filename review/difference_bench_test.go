package review

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// diffLargeOffice is an office of so many users, ten a company: three in a hundred
// are Super users, two in ten book, one in twenty administers authorisation; the
// rest are clients and authorisers. Most reach three companies; one in a hundred
// reaches them all.
func diffLargeOffice(tb testing.TB, n int) offices.Office {
	tb.Helper()
	p := offices.Parts{Code: "large", Name: "Large", TimeZone: diffZone(tb, "Europe/Amsterdam")}
	ids := make([]companies.ID, max(3, n/10))
	for i := range ids {
		ids[i] = companies.ID(fmt.Sprintf("company-%05d", i))
		p.Companies = append(p.Companies, companies.Company{ID: ids[i], Name: "Company", System: diffSystems[i%2], PaymentAgreement: i%3 == 0})
	}
	p.Systems = []sync.System{{ID: "books", Name: "Books", SynchronisationUser: "user-00000"}, {ID: "ledger", Name: "Ledger", SynchronisationUser: "user-00050"}}
	everything := users.AccessTo(ids...)
	for i := range n {
		u := diffLargeUser(i, ids)
		if i%100 == 0 {
			u.Access = everything
		}
		if u.Roles.Books() {
			account := sync.User{ID: sync.UserID(u.ID), Name: "Account", Email: "a@example.com", Rank: 2, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll}
			s := &p.Systems[i%2]
			s.Users = append(s.Users, account)
			p.Links = append(p.Links, sync.Link{User: u.ID, System: s.ID, AccountingUser: account.ID, Verified: i%5 != 0})
		}
		p.Users = append(p.Users, u)
	}
	o, err := offices.New(p)
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

func diffLargeUser(i int, ids []companies.ID) users.User {
	id := users.ID(fmt.Sprintf("user-%05d", i))
	u := users.User{ID: id, Username: string(id), Email: "a@example.com", Used: i%7 != 0, ChangeBankDetails: i%11 == 0, LaterCompanies: i%50 == 0}
	switch k := i % 100; {
	case k < 3:
		u.Roles = roles.SetOf(roles.SuperUser)
	case k < 13:
		u.Roles = roles.SetOf(roles.Accountant, roles.ClientUser)
	case k < 23:
		u.Roles = roles.SetOf(roles.SMEAccountant, roles.ClientUser)
	case k < 28:
		u.Roles = roles.SetOf(roles.AuthorisationAdministrator)
	case k < 50:
		u.Roles = roles.SetOf(roles.Authoriser)
	case k < 80:
		u.Roles = roles.SetOf(roles.ClientUser)
	default:
		u.Roles = roles.SetOf(roles.RestrictedClientUser)
	}
	u.Access = users.AccessTo(ids[i%len(ids)], ids[(i+7)%len(ids)], ids[(i+91)%len(ids)])
	if i%20 == 1 {
		u.EndDate = diffDay("2031-12-31")
	}
	return u
}

// diffMade is what a bench compares: a change, and what becomes of the office.
var diffMade = []struct {
	name   string
	change func(o offices.Office) (offices.Office, error)
}{
	{"nothing", func(o offices.Office) (offices.Office, error) { return o, nil }},
	{"a role for one", diffGrant(1, roles.Authoriser)},
	{"a Super user more", diffGrant(1, roles.SuperUser)},
	{"a role for a hundred", diffGrant(100, roles.Authoriser)},
	{"a booking role for a hundred", diffGrant(100, roles.SMEAccountant)},
	{"a company fewer", func(o offices.Office) (offices.Office, error) { return o.WithoutCompany("company-00050") }},
	{"another synchronisation user", func(o offices.Office) (offices.Office, error) {
		return o.WithSystemState(sync.System{ID: "books", Name: "Books", SynchronisationUser: "user-00200"})
	}},
}

func diffGrant(n int, role roles.Role) func(o offices.Office) (offices.Office, error) {
	return func(o offices.Office) (offices.Office, error) {
		var err error
		for i := 0; i < n && err == nil; i++ {
			u, _ := o.User(users.ID(fmt.Sprintf("user-%05d", 60+100*i)))
			u.Roles = u.Roles.With(role)
			o, err = o.WithUser(u)
		}
		return o, err
	}
}

// BenchmarkCompare prints what it costs to compare an office with what became of it,
// and how many rights differ, in an office of ten thousand users and a thousand
// companies.
func BenchmarkCompare(b *testing.B) {
	before := admin.Open(diffLargeOffice(b, 10_000))
	for _, made := range diffMade {
		o, err := made.change(before.Office())
		if err != nil {
			b.Fatal(err)
		}
		after := admin.Open(o)
		b.Run(made.name, func(b *testing.B) {
			b.ReportAllocs()
			var d Difference
			for b.Loop() {
				d = Compare(before, after, diffNow)
			}
			b.ReportMetric(float64(d.Gained.Len()), "gained")
			b.ReportMetric(float64(d.Lost.Len()), "lost")
			b.ReportMetric(float64(len(d.Gained.list)+len(d.Lost.list)), "entries")
		})
	}
}

// BenchmarkRightsOf prints what it costs to find everything that somebody may do.
func BenchmarkRightsOf(b *testing.B) {
	s := admin.Open(diffLargeOffice(b, 10_000))
	for _, who := range []users.ID{"user-00001", "user-00004", "user-00014", "user-00060"} {
		u, _ := s.Office().User(who)
		b.Run(u.Roles.Highest().String(), func(b *testing.B) {
			b.ReportAllocs()
			var r Rights
			for b.Loop() {
				r = RightsOf(s, who, diffNow)
			}
			b.ReportMetric(float64(r.Len()), "rights")
		})
	}
}

// diffDrawLarge draws what may become of a large office by one of the changes.
func diffDrawLarge(t *rapid.T, o offices.Office) offices.Office {
	for range 2 {
		u, _ := o.User(users.ID(fmt.Sprintf("user-%05d", rapid.IntRange(0, 59).Draw(t, "user"))))
		u.Roles, u.Access = diffDrawRoles(t), users.AccessTo(diffSome(t, slices.Collect(o.Everything().All()))...)
		if next, err := o.WithUser(u); err == nil {
			o = next
		}
	}
	return o
}
