package guard_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mandaat/mandaat/adapters/guard"
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

// parts is an office of two companies. rosa manages it and synchronises Exact,
// pieter manages it too and synchronises AFAS, which has no companies. bram
// books, carla delivers and anna authorises at the bakery; gina delivers at the
// garage; wim has left.
func parts() offices.Parts {
	rosa := person("rosa", "bakery", roles.SuperUser, roles.AuthorisationAdministrator)
	rosa.Access = users.AccessTo("bakery", "garage")
	account := sync.User{
		ID: "a@exact", Name: "A", Email: "a@exact.example", Rank: 1,
		CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
	}
	gone := person("wim", "bakery", roles.Accountant)
	gone.EndDate = users.DateOf(now, time.UTC)
	return offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: time.UTC,
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakkerij", System: "exact", PaymentAgreement: true},
			{ID: "garage", Name: "Garage", System: "exact"},
		},
		Users: []users.User{
			rosa, person("pieter", "bakery", roles.SuperUser),
			person("bram", "bakery", roles.Accountant), person("carla", "bakery", roles.ClientUser),
			person("anna", "bakery", roles.Authoriser), person("gina", "garage", roles.ClientUser), gone,
		},
		Systems: []sync.System{
			{
				ID: "exact", Name: "Exact", Connection: sync.LoginSuccess, SynchronisationUser: "rosa",
				Users: []sync.User{account},
			},
			{ID: "afas", Name: "AFAS", Connection: sync.LoginSuccess, SynchronisationUser: "pieter"},
		},
		Links: []sync.Link{
			{User: "rosa", System: "exact", AccountingUser: "a@exact", Verified: true},
			{User: "bram", System: "exact", AccountingUser: "a@exact", Verified: true},
		},
	}
}

func person(id users.ID, company companies.ID, list ...roles.Role) users.User {
	return users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example",
		Roles: roles.SetOf(list...), Access: users.AccessTo(company),
	}
}

func compile(t testing.TB, p offices.Parts) *policy.Snapshot {
	t.Helper()
	office, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return policy.Compile(office)
}

// document is one of the bakery's, that carla delivered.
func document(t testing.TB, id documents.ID, stage documents.Stage) *documents.Document {
	t.Helper()
	p := documents.Parts{ID: id, Company: "bakery", DeliveredBy: "carla", Stage: stage, Assigned: documents.NeverAssigned}
	if stage == documents.Authorisation {
		p.Route, p.Assigned = documents.RoutePast("anna"), documents.EverAssigned
	}
	d, err := documents.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// fixed is an office that stays as it is.
func fixed(s *policy.Snapshot) func() *policy.Snapshot {
	return func() *policy.Snapshot { return s }
}

// as says that somebody asks, whatever the request.
func as(id users.ID) func(*http.Request) users.ID {
	return func(*http.Request) users.ID { return id }
}

// of says that every request is about one thing.
func of(r policy.Resource, with *policy.With, err error) guard.About {
	return func(*http.Request) (policy.Resource, *policy.With, error) { return r, with, err }
}

// handler is a handler that counts its runs and keeps what was asked.
type handler struct {
	runs  int
	asked guard.Asked
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.runs++
	h.asked, _ = guard.Of(r.Context())
	_, _ = fmt.Fprint(w, "ran")
}

func request(method string) *http.Request {
	return httptest.NewRequestWithContext(context.Background(), method, "/", http.NoBody)
}

// answer is an answer as whoever asked sees it.
func answer(h http.Handler, method string) (status int, whole string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, request(method))
	return w.Code, fmt.Sprint(w.Code, w.Header(), w.Body)
}
