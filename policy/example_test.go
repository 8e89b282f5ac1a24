package policy_test

import (
	"fmt"
	"log"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// An office of two: Rosa manages it and synchronises Exact; Carla delivers the
// bakery's invoices.
func ExampleCompile() {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		log.Fatal(err)
	}
	office, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: zone,
		Systems:   []sync.System{{ID: "exact", Name: "Exact Online", SynchronisationUser: "rosa"}},
		Companies: []companies.Company{{ID: "bakery", Name: "Bakkerij Jansen", System: "exact"}},
		Users: []users.User{
			{
				ID: "rosa", Username: "rosa", Email: "rosa@devries.example",
				Roles: roles.SetOf(roles.SuperUser), Access: users.AccessTo("bakery"),
			}, {
				ID: "carla", Username: "carla", Email: "carla@bakery.example",
				Roles: roles.SetOf(roles.ClientUser), Access: users.AccessTo("bakery"),
			},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	snapshot := policy.Compile(office)

	invoice, err := documents.Deliver("inv-1", "bakery", "carla")
	if err != nil {
		log.Fatal(err)
	}
	morning := time.Date(2026, 11, 22, 9, 0, 0, 0, zone)
	for _, who := range []users.ID{"carla", "rosa"} {
		subject := snapshot.Subject(who, morning)
		decision := subject.Check(policy.DocumentTag, policy.OfDocument(&invoice), nil)
		fmt.Printf("%s %t %s%s\n", who, decision.Allowed(), decision.Rule(), decision.Code())
	}
	// Output:
	// carla true document.tag/client
	// rosa false role_missing
}

// What an action is asked with goes along as its properties.
func ExampleSnapshot_Explain() {
	var office offices.Office // nobody is in it
	answer := policy.Compile(office).Explain(policy.Request{
		Subject: "rosa", Action: policy.UserGrantRole, Resource: policy.OfUser("carla"),
		With: &policy.With{Role: roles.Authoriser}, At: time.Now(),
	})
	fmt.Println(answer.Allowed(), answer.Code(), answer.Reason)
	// Output: false unknown_user No user "rosa" in this office.
}
