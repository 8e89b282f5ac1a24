package offices_test

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// largeParts is an office of so many users, ten a company, who reach three
// companies each; one in a hundred reaches them all. Every second is linked.
func largeParts(b *testing.B, n int) offices.Parts {
	b.Helper()
	p := offices.Parts{Code: "large", Name: "Large", TimeZone: amsterdam(b)}
	ids := make([]companies.ID, n/10)
	for i := range ids {
		ids[i] = companies.ID(fmt.Sprintf("company-%06d", i))
		p.Companies = append(p.Companies, companies.Company{ID: ids[i], Name: "Company", System: "ledger"})
	}
	ledger := sync.System{ID: "ledger", Name: "Ledger", SynchronisationUser: "user-0000000"}
	everything := users.AccessTo(ids...)
	for i := range n {
		id := users.ID(fmt.Sprintf("user-%07d", i))
		u := users.User{ID: id, Username: string(id), Email: "somebody@example.com", Access: everything}
		if i%100 != 0 {
			u.Access = users.AccessTo(ids[i%len(ids)], ids[(i+7)%len(ids)], ids[(i+91)%len(ids)])
		}
		if i%2 == 0 {
			account := sync.User{ID: sync.UserID(id), Name: "Account", Email: "somebody@example.com", Rank: 1, Reach: sync.ReachAll}
			ledger.Users = append(ledger.Users, account)
			p.Links = append(p.Links, sync.Link{User: id, System: "ledger", AccountingUser: account.ID})
		}
		p.Users = append(p.Users, u)
	}
	p.Systems = []sync.System{ledger}
	return p
}

var (
	sinkOffice     offices.Office
	sinkDifference offices.Difference
)

// BenchmarkChange prints what one change of an office costs, and what it costs to
// find it again, beside what it costs to make the office anew.
func BenchmarkChange(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		p := largeParts(b, n)
		o, err := offices.New(p)
		if err != nil {
			b.Fatal(err)
		}
		u, _ := o.User("user-0000001")
		u.Roles, u.Access = roles.SetOf(roles.ClientUser), u.Access.With("company-000050")
		for _, c := range []change{
			withUser(u),
			withCompany(companies.Company{ID: "new", Name: "New", System: "ledger"}),
			withLink(sync.Link{User: "user-0000001", System: "ledger", AccountingUser: "user-0000002"}),
			withSystemState(sync.System{ID: "ledger", Name: "Ledger", Connection: sync.LoginSuccess, SynchronisationUser: "user-0000000"}),
			withoutCompany("company-000050"),
		} {
			benchChange(b, fmt.Sprintf("users=%d/%s", n, c.name), o, c)
		}
		b.Run(fmt.Sprintf("users=%d/New", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sinkOffice, _ = offices.New(p)
			}
		})
	}
}

func benchChange(b *testing.B, name string, o offices.Office, c change) {
	b.Helper()
	after, err := c.make(o)
	if err != nil {
		b.Fatal(err)
	}
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sinkOffice, _ = c.make(o)
		}
	})
	b.Run(name+"/Since", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sinkDifference = after.Since(o)
		}
	})
}
