package workflow_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// Carla delivers an invoice and has Anna authorise it. Nobody but Anna, whose turn
// it is, can approve it, and then it is to be booked.
func ExampleDo() {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		log.Fatal(err)
	}
	user := func(id users.ID, role roles.Role) users.User {
		return users.User{
			ID: id, Username: string(id), Email: string(id) + "@bakery.example",
			Roles: roles.SetOf(role), Access: users.AccessTo("bakery"),
		}
	}
	office, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: zone,
		Systems:   []sync.System{{ID: "exact", Name: "Exact Online", SynchronisationUser: "rosa"}},
		Companies: []companies.Company{{ID: "bakery", Name: "Bakkerij Jansen", System: "exact"}},
		Users:     []users.User{user("rosa", roles.SuperUser), user("carla", roles.ClientUser), user("anna", roles.Authoriser)},
	})
	if err != nil {
		log.Fatal(err)
	}
	snapshot := policy.Compile(office)

	var invoice documents.Document // there is none yet
	morning := time.Date(2026, 11, 22, 9, 0, 0, 0, zone)
	for _, given := range []struct {
		by users.ID
		c  workflow.Command
	}{
		{"carla", workflow.Upload{Document: "inv-1", Company: "bakery"}},
		{"carla", workflow.Assign{Document: "inv-1", Authorisers: changes.ListOf[users.ID]("anna")}},
		{"carla", workflow.Approve{Document: "inv-1"}},
		{"anna", workflow.Approve{Document: "inv-1"}},
	} {
		result, err := workflow.Do(snapshot, invoice, given.by, morning, given.c)
		if errors.Is(err, changes.ErrRefused) {
			fmt.Println(err)
			continue
		}
		if err != nil {
			log.Fatal(err)
		}
		invoice = result.Documents[0]
		fmt.Println(result.Event.Rule, "->", invoice.Stage())
	}
	// Output:
	// document.upload/client -> tagging
	// document.assign/client -> authorisation
	// document.approve on document:inv-1 by carla refused: role_missing: document.approve is for Authoriser; carla is Client user. (document.approve/in-turn, ROLES, SETTINGS)
	// document.approve/in-turn -> booking
}

// What was written to an audit trail makes the documents again.
func ExampleReplay() {
	var delivered workflow.Event
	err := delivered.UnmarshalJSON([]byte(`{"at":"2026-11-22T08:00:00Z","by":"carla","command":"document.upload",
		"rule":"document.upload/client","policy":"sha256:0a1b","new":[{"id":"inv-1","company":"bakery",
		"delivered_by":"carla","stage":"tagging","ever_assigned":false}]}`))
	if err != nil {
		log.Fatal(err)
	}
	all, err := workflow.Replay(nil, delivered)
	if err != nil {
		log.Fatal(err)
	}
	invoice := all["inv-1"]
	fmt.Println(invoice.ID(), invoice.DeliveredBy(), invoice.Stage())
	// Output: inv-1 carla tagging
}
