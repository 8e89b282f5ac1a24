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

// devries is an office of two: Rosa manages it and synchronises Exact; Carla delivers
// the bakery's invoices.
func devries() offices.Office {
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
	return office
}

func ExampleCompile() {
	snapshot := policy.Compile(devries())

	invoice, err := documents.Deliver("inv-1", "bakery", "carla")
	if err != nil {
		log.Fatal(err)
	}
	morning := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, who := range []users.ID{"carla", "rosa"} {
		subject := snapshot.Subject(who, morning)
		decision := subject.Check(policy.DocumentTag, policy.OfDocument(&invoice), nil)
		fmt.Printf("%s %t %s%s\n", who, decision.Allowed(), decision.Rule(), decision.Code())
	}
	// Output:
	// carla true document.tag/client
	// rosa false role_missing
}

// A screen that lists documents finds who asks once, and each document once; what
// follows is a few loads for each. Documents that are kept by company need not even be
// looked at where the company is out of reach.
func ExampleSubject_Companies() {
	snapshot := policy.Compile(devries())
	archive := make(map[companies.ID]*policy.Group)
	for _, company := range []companies.ID{"bakery", "garage"} {
		var placed []policy.Placed
		for _, id := range []documents.ID{"inv-1", "inv-2"} {
			d, err := documents.Deliver(id, company, "carla")
			if err != nil {
				log.Fatal(err)
			}
			placed = append(placed, snapshot.Place(policy.OfDocument(&d)))
		}
		archive[company] = policy.GroupOf(placed)
	}

	carla := snapshot.Subject("carla", time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	for company := range carla.Companies(policy.DocumentTag, "") {
		for i := range carla.AmongGroup(policy.DocumentTag, archive[company], 0) {
			fmt.Println(company, i)
		}
	}
	// Output:
	// bakery 0
	// bakery 1
}

// Lists go on after the last element that one has had.
func ExampleSnapshot_Subjects() {
	snapshot := policy.Compile(devries())
	bakery := snapshot.Place(policy.OfCompany("bakery"))
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for who := range snapshot.Subjects(policy.CompanyView, bakery, at, "carla") {
		fmt.Println(who)
	}
	// Output: rosa
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
