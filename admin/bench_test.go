package admin_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// largeOffice is one of n users and n/10 companies: most users reach ten companies, two
// in a thousand reaches all, one in a thousand has the right to later ones, and a
// hundredth are linked accountants.
func largeOffice(tb testing.TB, n int) offices.Office {
	tb.Helper()
	p := offices.Parts{Code: "devries", Name: "De Vries", TimeZone: time.UTC}
	exact := sync.System{ID: "exact", Name: "Exact", SynchronisationUser: "user0", Connection: sync.LoginSuccess}
	ids := make([]companies.ID, n/10)
	for i := range ids {
		ids[i] = companies.ID(fmt.Sprint("company", i))
		p.Companies = append(p.Companies, companies.Company{ID: ids[i], Name: "Company", System: "exact", PaymentAgreement: true})
	}
	everything := users.AccessTo(ids...)
	for i := range n {
		u := users.User{
			ID: users.ID(fmt.Sprint("user", i)), Username: fmt.Sprint("user", i), Email: "someone@example.com",
			Roles: roles.SetOf(roles.ClientUser), Used: true, LaterCompanies: i%1000 == 0,
		}
		if u.Access = everything; i%500 != 0 {
			u.Access = users.AccessTo(around(ids, i)...)
		}
		if i < 20 {
			u.Roles = roles.SetOf(roles.SuperUser)
		}
		if i%100 == 0 {
			account := sync.User{
				ID: sync.UserID(fmt.Sprint("account", i)), Name: "Someone", Email: "someone@example.com", Rank: 1 + i,
				CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
			}
			exact.Users = append(exact.Users, account)
			u.Roles = u.Roles.With(roles.Accountant)
			p.Links = append(p.Links, sync.Link{User: u.ID, System: "exact", AccountingUser: account.ID, Verified: true})
		}
		p.Users = append(p.Users, u)
	}
	p.Systems = []sync.System{exact}
	o, err := offices.New(p)
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

func around(ids []companies.ID, i int) []companies.ID {
	at := i * 7 % (len(ids) - 10)
	return ids[at : at+10]
}

// What a command costs, in offices of three sizes. Each is given to the same office
// again and again, which it does not change.
func BenchmarkApply(b *testing.B) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, n := range []int{1_000, 10_000, 100_000} {
		s := admin.Open(largeOffice(b, n))
		u, ten := users.ID("user501"), changes.ListOf[companies.ID]("company1", "company2", "company3")
		for _, c := range []struct {
			name    string
			actor   users.ID
			command admin.Command
		}{
			{"change roles", "user1", admin.ChangeRoles{User: u, Roles: roles.SetOf(roles.ClientUser, roles.Authoriser)}},
			{"change access", "user1", admin.ChangeCompanyAccess{User: u, Companies: ten}},
			{"change end date", "user1", admin.ChangeEndDate{User: u, EndDate: users.DateOf(at, time.UTC)}},
			{"end date of a Super user", "user1", admin.ChangeEndDate{User: "user2", EndDate: users.DateOf(at, time.UTC)}},
			{"bill to a company", "user1", admin.ChangeBillTo{User: u, BillTo: users.BillToCompany("company7")}},
			{"send a password link", "user1", admin.SendPasswordLink{User: u}},
			{"create a user", "user1", admin.CreateUsers{Roles: roles.SetOf(roles.ClientUser), Companies: ten, People: changes.ListOf(admin.Person{User: "new", Username: "new", Email: "new@example.com"})}},
			{"delete a user", "user1", admin.DeleteUser{User: u}},
			{"link an accountant", "user1", admin.LinkAccountingUser{User: "user100", System: "exact", AccountingUser: "account200"}},
			{"enter a password", "user100", admin.EnterAccountingPassword{User: "user100", System: "exact"}},
			{"lose the connection", admin.Software, admin.RecordDisconnection{System: "exact"}},
			{"choose a synchronisation user", "user1", admin.ChooseSynchronisationUser{System: "exact", SynchronisationUser: "user500", AccountingUser: "account0"}},
			{"bulk of ten users", "user1", bulk(10)},
			{"change a workflow", "user1", admin.ChangeWorkflow{Company: "company5", AuthorisationWorkflow: true}},
			{"end a payment agreement", "user1", admin.ChangePaymentAgreement{Company: "company5"}},
			{"create a company", "user1", admin.CreateCompany{Company: "new", CompanyName: "New", System: "exact"}},
			{"delete a company", "user1", admin.DeleteCompany{Company: "company5"}},
			{"refused", "user501", admin.DeleteUser{User: "user1"}},
		} {
			b.Run(fmt.Sprintf("%s/%d users", c.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, _, err := admin.Apply(s, c.actor, at, c.command); (err != nil) != (c.name == "refused") {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func bulk(n int) admin.Bulk {
	var list []users.ID
	for i := range n {
		list = append(list, users.ID(fmt.Sprint("user", 501+i)))
	}
	return admin.Bulk{Users: changes.ListOf(list...), GrantRoles: roles.SetOf(roles.Authoriser), ChangeBankDetails: policy.Given(true)}
}

// What it costs to open an office, beside which a command is nothing.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		o := largeOffice(b, n)
		b.Run(fmt.Sprintf("%d users", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				admin.Open(o)
			}
		})
	}
}
