package review_test

import (
	"fmt"
	"log"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Ask what an access review would object to, and accept part of it for a while.
func ExampleFindings() {
	office, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: time.UTC,
		Systems: []sync.System{{
			ID: "exact", Name: "Exact Online", Connection: sync.LoginSuccess, SynchronisationUser: "rosa",
			Users: []sync.User{{ID: "rosa@exact", Name: "Rosa", Email: "rosa@devries.example", Rank: 1, CanChangeMasterData: true, Reach: sync.ReachAll}},
		}},
		Companies: []companies.Company{{ID: "bakery", Name: "Bakkerij Jansen", System: "exact"}},
		Users: []users.User{
			{ID: "rosa", Username: "rosa", Email: "rosa@devries.example", Roles: roles.SetOf(roles.SuperUser), Access: users.AccessTo("bakery")},
			{ID: "carla", Username: "carla", Email: "carla@jansen.example", Roles: roles.SetOf(roles.ClientUser, roles.Authoriser), Access: users.AccessTo("bakery")},
		},
		Links: []sync.Link{{User: "rosa", System: "exact", AccountingUser: "rosa@exact", Verified: true}},
	})
	if err != nil {
		log.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	findings := review.Findings(admin.Open(office), nil, now)
	until, _ := users.ParseDate("2027-06-30")
	review.Acknowledge(findings, []review.Acknowledgement{
		{Finding: "S2", User: "carla", Company: "bakery", Reason: "runs the bakery alone", Until: until},
	}, office.Day(now))
	for _, f := range findings {
		fmt.Println(f.ID, f.Level, f.Message(words.English), f.Mend, f.Acknowledged != nil)
	}
	// Output:
	// O2 warning rosa is the only active Super user. [create USER super_user] false
	// S2 warning carla tags or assigns, and approves, in bakery. [revoke_role authoriser from carla] true
}
