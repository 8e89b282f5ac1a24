package authzen_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// source is an office of one company: rosa manages it and synchronises Exact,
// bram books, carla delivers, anna authorises, ada administers authorisation.
func source(t testing.TB) authzen.Source {
	t.Helper()
	office, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: time.UTC,
		Companies: []companies.Company{{ID: "bakery", Name: "Bakkerij", System: "exact", PaymentAgreement: true}},
		Users: []users.User{
			person("rosa", roles.SuperUser, roles.AuthorisationAdministrator), person("bram", roles.Accountant),
			person("carla", roles.ClientUser), person("dirk", roles.RestrictedClientUser),
			person("anna", roles.Authoriser), person("ada", roles.AuthorisationAdministrator),
		},
		Systems: []sync.System{{
			ID: "exact", Name: "Exact", Connection: sync.LoginSuccess, SynchronisationUser: "rosa",
			Users: []sync.User{
				{
					ID: "a@exact", Name: "A", Email: "a@exact.example", Rank: 1,
					CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
				},
			},
		}},
		Links: []sync.Link{
			{User: "rosa", System: "exact", AccountingUser: "a@exact", Verified: true},
			{User: "bram", System: "exact", AccountingUser: "a@exact", Verified: true},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	known := map[documents.ID]*documents.Document{}
	for _, p := range []documents.Parts{
		{ID: "inv-1", Stage: documents.Tagging, Assigned: documents.NeverAssigned},
		{ID: "inv-2", Stage: documents.Tagging, Assigned: documents.NeverAssigned},
		{ID: "inv-3", Stage: documents.Authorisation, Route: documents.RoutePast("anna")},
		{ID: "inv-4", Stage: documents.Booking, Assigned: documents.NeverAssigned},
	} {
		p.Company, p.DeliveredBy = "bakery", "carla"
		d, err := documents.New(p)
		if err != nil {
			t.Fatal(err)
		}
		known[p.ID] = &d
	}
	return authzen.Source{
		Snapshot: policy.Compile(office),
		Reader:   policy.Reader{Audience: policy.Staff},
		Documents: func(id documents.ID) (*documents.Document, bool) {
			d, ok := known[id]
			return d, ok
		},
	}
}

func person(id users.ID, list ...roles.Role) users.User {
	return users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example",
		Roles: roles.SetOf(list...), Access: users.AccessTo("bakery"),
	}
}

// ask reads "carla document.assign document:inv-1 {"authorisers":["anna"]}" as a
// request.
func ask(t testing.TB, question string) authzen.Request {
	t.Helper()
	fields := strings.SplitN(question, " ", 4)
	kind, id, _ := strings.Cut(fields[2], ":")
	r := authzen.Request{
		Subject:  authzen.Entity{Type: "user", ID: fields[0]},
		Action:   authzen.Action{Name: fields[1]},
		Resource: authzen.Entity{Type: kind, ID: id},
	}
	if len(fields) == 4 {
		d := json.NewDecoder(strings.NewReader(fields[3]))
		d.UseNumber()
		if err := d.Decode(&r.Action.Properties); err != nil {
			t.Fatalf("%s: %v", question, err)
		}
	}
	return r
}

// allowedQuestions are one question of each action that takes properties, with
// everything given, all answered yes.
var allowedQuestions = []string{
	`carla document.assign document:inv-1 {"authorisers":["anna"]}`,
	`rosa document.reassign document:inv-3 {"authorisers":["anna"]}`,
	`anna document.reject document:inv-3 {"comment":"wrong amount"}`,
	`carla document.merge document:inv-1 {"with":["inv-2"]}`,
	`rosa user.grant_role user:carla {"role":"authoriser"}`,
	`rosa user.revoke_role user:carla {"role":"authoriser"}`,
	`rosa user.change_roles user:carla {"roles":["client_user","authoriser"]}`,
	`rosa user.create office:devries {"roles":["client_user"],"companies":["bakery"]}`,
	`rosa user.import office:devries {"roles":["accountant"],"companies":["bakery"],"system":"exact","users":["a@exact"]}`,
	`rosa user.change_company_access user:carla {"companies":[]}`,
	`rosa user.change_end_date user:carla {"end_date":"2031-12-31"}`,
	`carla user.change_password user:carla {"old_password_verified":true}`,
	`carla user.change_email user:carla {"old_password_verified":true}`,
	`rosa user.link_accounting_user user:bram {"system":"exact","user":"a@exact"}`,
	`rosa user.unlink_accounting_user user:bram {"system":"exact"}`,
	`bram user.enter_accounting_password user:bram {"system":"exact"}`,
	`rosa user.change_bill_to user:anna {"bill_to":"bakery"}`,
	`rosa company.create office:devries {"accounting_system":"exact"}`,
	`rosa connection.manage connection:exact {"synchronisation_user":"bram","accounting_user":"a@exact"}`,
}
