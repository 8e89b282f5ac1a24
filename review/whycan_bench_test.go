package review

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// What an allowance costs to explain, and how many endings there are.
func BenchmarkWhyCan(b *testing.B) {
	invoice, err := documents.New(documents.Parts{
		ID: "inv-1", Company: "company5", DeliveredBy: "client3", Stage: documents.Booking, Assigned: documents.NeverAssigned,
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1_000, 10_000} {
		s := whyNotLarge(b, n)
		var reached []companies.ID
		accountant, _ := s.Office().User("client50")
		for id := range accountant.Access.All() {
			reached = append(reached, id)
		}
		for _, c := range []struct {
			name   string
			user   users.ID
			action policy.Action
			on     policy.Resource
			with   *policy.With
		}{
			{"view a document", "client50", policy.DocumentView, policy.OfDocument(&invoice), nil},
			{"change settings", "super1", policy.CompanyChangeSettings, policy.OfCompany("company5"), nil},
			{"reconnect", "super4", policy.ConnectionReconnect, policy.OfConnection("system4"), nil},
			{"delete a Super user's colleague", "super1", policy.UserDelete, policy.OfUser("client77"), nil},
			{"manage a client", "client50", policy.UserChangeDetails, policy.OfUser("client10"), nil},
			{"add a client to every company in reach", "client50", policy.UserCreate, policy.OfOffice("office"), &policy.With{
				Roles: policy.Given(roles.SetOf(roles.ClientUser)), Companies: policy.Given(users.AccessTo(reached...)),
			}},
			{"choose who synchronises", "super1", policy.ConnectionManage, policy.OfConnection("system4"), &policy.With{SynchronisationUser: "super5", AccountingUser: "account4"}},
		} {
			b.Run(fmt.Sprintf("%s/%d users", c.name, n), func(b *testing.B) {
				r := policy.Request{Subject: c.user, Action: c.action, Resource: c.on, With: c.with, At: plainNow}
				var standing Standing
				for b.Loop() {
					standing = WhyCan(s, r)
				}
				b.ReportMetric(float64(len(standing.Endings)), "endings")
				if len(standing.Endings) == 0 || standing.Cut {
					b.Errorf("%d endings, cut: %v, %v", len(standing.Endings), standing.Cut, standing.Decision)
				}
			})
		}
	}
}
