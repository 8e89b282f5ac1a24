package authzen_test

import (
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hstern/go-authzen/client"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

var now = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

// source is an office of two companies: rosa manages it, bram books for both, carla
// delivers for the bakery and dirk for the salon, anna authorises.
func source(t testing.TB) authzen.Source {
	t.Helper()
	office, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: time.UTC,
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakery", System: "exact"}, {ID: "salon", Name: "Salon", System: "exact"},
		},
		Systems: []sync.System{{ID: "exact", Name: "Exact", Connection: sync.LoginSuccess, SynchronisationUser: "rosa"}},
		Users: []users.User{
			person("anna", "bakery", roles.Authoriser), person("bram", "bakery salon", roles.Accountant),
			person("carla", "bakery", roles.ClientUser), person("dirk", "salon", roles.ClientUser),
			person("rosa", "bakery salon", roles.SuperUser, roles.AuthorisationAdministrator),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	docs := papers(t)
	return authzen.Source{
		Snapshot: policy.Compile(office),
		Documents: func(id documents.ID) (*documents.Document, bool) {
			i := slices.IndexFunc(docs, func(d documents.Document) bool { return d.ID() == id })
			if i < 0 {
				return nil, false
			}
			return &docs[i], true
		},
		AllDocuments: func(after documents.ID) iter.Seq[*documents.Document] { return following(docs, after) },
		Version:      "test",
	}
}

func person(id users.ID, access string, list ...roles.Role) users.User {
	u := users.User{ID: id, Username: string(id), Email: string(id) + "@devries.example", Roles: roles.SetOf(list...)}
	ids := make([]companies.ID, 0, 2)
	for c := range strings.FieldsSeq(access) {
		ids = append(ids, companies.ID(c))
	}
	u.Access = users.AccessTo(ids...)
	return u
}

// papers are the documents, sorted by id.
func papers(t testing.TB) (list []documents.Document) {
	t.Helper()
	for _, p := range []documents.Parts{
		{ID: "inv-1", Company: "bakery", DeliveredBy: "carla", Stage: documents.Tagging, Assigned: documents.NeverAssigned},
		{ID: "inv-2", Company: "bakery", DeliveredBy: "carla", Stage: documents.Authorisation, Route: documents.RoutePast("anna")},
		{ID: "inv-3", Company: "bakery", DeliveredBy: "carla", Stage: documents.Booking, Assigned: documents.NeverAssigned},
		{ID: "inv-4", Company: "salon", DeliveredBy: "dirk", Stage: documents.Tagging, Assigned: documents.NeverAssigned},
		{ID: "inv-5", Company: "salon", DeliveredBy: "dirk", Stage: documents.Archived, Assigned: documents.NeverAssigned},
	} {
		d, err := documents.New(p)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	return list
}

func following(docs []documents.Document, after documents.ID) iter.Seq[*documents.Document] {
	return func(yield func(*documents.Document) bool) {
		for i := range docs {
			if docs[i].ID() > after && !yield(&docs[i]) {
				return
			}
		}
	}
}

// pdp is the handler, served over TLS at an identifier with a path.
type pdp struct {
	*httptest.Server
	authzen.Handler
	source authzen.Source
}

// served serves the handler; its identifier is the server's address and then a path.
func served(t testing.TB, path string) *pdp {
	t.Helper()
	s := source(t)
	p := &pdp{source: s, Handler: authzen.Handler{
		Current: func() authzen.Source { return s },
		Now:     func() time.Time { return now },
		Reader:  func(*http.Request) policy.Reader { return policy.Reader{Audience: policy.Staff} },
	}}
	p.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.ServeHTTP(w, r) }))
	t.Cleanup(p.Close)
	p.BaseURL = p.URL + path
	return p
}

// newClient is the third party's, which trusts the server.
func (p *pdp) newClient(t testing.TB, path string, options ...client.Option) *client.Client {
	t.Helper()
	c, err := client.NewClient(p.URL+path, append([]client.Option{client.WithHTTPClient(p.Client())}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
