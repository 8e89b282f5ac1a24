package review

import (
	"fmt"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// whyNotLarge is an office of n users and n/10 companies in ten accounting systems:
// ten Super users, a hundredth Accountants who reach a tenth of the companies, and
// clients of ten companies each.
func whyNotLarge(tb testing.TB, n int) admin.State {
	tb.Helper()
	p := offices.Parts{Code: "office", Name: "Office", TimeZone: time.UTC}
	for i := range 10 {
		id := companies.SystemID(fmt.Sprint("system", i))
		p.Systems = append(p.Systems, sync.System{ID: id, Name: "System", SynchronisationUser: users.ID(fmt.Sprint("super", i)), Users: []sync.User{whyNotAccount(i)}})
		p.Links = append(p.Links, sync.Link{User: users.ID(fmt.Sprint("super", i)), System: id, AccountingUser: whyNotAccount(i).ID, Verified: true})
	}
	ids := make([]companies.ID, n/10)
	for i := range ids {
		ids[i] = companies.ID(fmt.Sprintf("company%d", i))
		p.Companies = append(p.Companies, companies.Company{ID: ids[i], Name: "Company", System: p.Systems[i%10].ID})
	}
	for i := range n {
		name := map[bool]string{true: "super", false: "client"}[i < 10]
		u := users.User{
			ID: users.ID(fmt.Sprint(name, i)), Username: fmt.Sprint(name, i), Email: "someone@example.com", Used: true,
			Roles: roles.SetOf(roles.ClientUser), Access: users.AccessTo(ids[i%(len(ids)-10) : i%(len(ids)-10)+10]...),
		}
		switch {
		case i < 10:
			u.Roles, u.Access = roles.SetOf(roles.SuperUser), users.AccessTo(ids...)
		case i%100 == 50:
			u.Roles, u.Access = roles.SetOf(roles.Accountant), users.AccessTo(ids[:len(ids)/10]...)
			s := &p.Systems[i/100%10]
			s.Users = append(s.Users, whyNotAccount(i))
			p.Links = append(p.Links, sync.Link{User: u.ID, System: s.ID, AccountingUser: whyNotAccount(i).ID, Verified: true})
		}
		p.Users = append(p.Users, u)
	}
	o, err := offices.New(p)
	if err != nil {
		tb.Fatal(err)
	}
	return admin.Open(o)
}

func whyNotAccount(i int) sync.User {
	return sync.User{
		ID: sync.UserID(fmt.Sprint("account", i)), Name: "Someone", Email: "someone@example.com", Rank: 1 + i,
		CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
	}
}

// What a denial costs to answer for, and how many remedies there are.
func BenchmarkWhyNot(b *testing.B) {
	invoice, err := documents.New(documents.Parts{
		ID: "inv-1", Company: "company5", DeliveredBy: "client12", Stage: documents.Booking, Assigned: documents.NeverAssigned,
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1_000, 10_000} {
		s := whyNotLarge(b, n)
		for _, c := range []struct {
			name   string
			user   users.ID
			action policy.Action
			on     policy.Resource
		}{
			{"view a document", "client25", policy.DocumentView, policy.OfDocument(&invoice)},
			{"approve", "client25", policy.DocumentApprove, policy.OfDocument(&invoice)},
			{"book", "client25", policy.DocumentBook, policy.OfDocument(&invoice)},
			{"change settings", "client12", policy.CompanyChangeSettings, policy.OfCompany("company50")},
			{"delete the synchronisation user", "super1", policy.UserDelete, policy.OfUser("super4")},
			{"see a user, sharing no company", "client25", policy.UserView, policy.OfUser("client77")},
		} {
			b.Run(fmt.Sprintf("%s/%d users", c.name, n), func(b *testing.B) {
				r := policy.Request{Subject: c.user, Action: c.action, Resource: c.on, At: plainNow}
				var a Answer
				for b.Loop() {
					a = WhyNot(s, r)
				}
				b.ReportMetric(float64(len(a.Remedies)), "remedies")
				if len(a.Remedies) == 0 || a.Cut {
					b.Errorf("%d remedies, cut: %v", len(a.Remedies), a.Cut)
				}
			})
		}
	}
}
