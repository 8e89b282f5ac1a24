package authzen_test

import (
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
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

var (
	now   = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
	staff = policy.Reader{Audience: policy.Staff}
)

// everybody and everything that is asked about, each list sorted; one of each is unknown.
var (
	people = []string{"anna", "bram", "carla", "dirk", "nobody", "rosa"}
	things = map[policy.ResourceType][]string{
		policy.Document:   {"inv-1", "inv-2", "inv-3", "inv-4", "inv-5", "inv-6"},
		policy.Company:    {"bakery", "cafe", "salon"},
		policy.User:       people,
		policy.Connection: {"exact", "twinfield"},
		policy.Office:     {"devries", "jansen"},
	}
)

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

// pdp is the handler, served over TLS.
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
		Reader:  func(*http.Request) policy.Reader { return staff },
	}}
	p.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.ServeHTTP(w, r) }))
	t.Cleanup(p.Close)
	p.BaseURL = p.URL + path
	return p
}

// question is who may do what to what, with nothing given.
type question struct{ who, what, kind, which string }

// questions is each question that there is of an action.
func questions() (list []question) {
	for a := range policy.AllActions() {
		for _, who := range people {
			for _, which := range things[a.On()] {
				list = append(list, question{who, a.String(), a.On().String(), which})
			}
		}
	}
	return append(list,
		question{"rosa", "document.eat", "document", "inv-1"},
		question{"rosa", "document.view", "company", "bakery"},
		question{"rosa", "document.view", "planet", "mars"},
	)
}

// told is what the snapshot itself answers.
func (p *pdp) told(q question) policy.Explanation {
	a, _ := policy.ParseAction(q.what) // what is none is the zero Action
	return p.source.Snapshot.ExplainTo(staff, policy.Request{
		Subject: users.ID(q.who), Action: a, Resource: p.thing(q.kind, q.which), At: now,
	})
}

// could is what the snapshot itself answers of somebody well supplied.
func (p *pdp) could(q question) bool {
	a, _ := policy.ParseAction(q.what)
	s := p.source.Snapshot.Subject(users.ID(q.who), now)
	d, _ := s.Could(a, p.thing(q.kind, q.which), nil)
	return d.Allowed()
}

func (p *pdp) thing(kind, which string) policy.Resource {
	of, _ := policy.ParseResourceType(kind)
	r := policy.Resource{Type: of, ID: which}
	if of == policy.Document {
		r.Document, _ = p.source.Documents(documents.ID(which))
	}
	return r
}
