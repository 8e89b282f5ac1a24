package guard_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"

	"github.com/mandaat/mandaat/adapters/guard"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// A company's desk: whoever delivers there may upload, whoever reaches the
// company may know that it is there, and others find nothing.
func Example() {
	var office atomic.Pointer[policy.Snapshot] // stored anew when the office changes
	office.Store(bakery())

	g := guard.Guard{
		Current: office.Load,
		Who:     func(r *http.Request) users.ID { return users.ID(r.FormValue("who")) }, // yours: a session, a token
		Now:     func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	company := func(r *http.Request) (policy.Resource, *policy.With, error) {
		return policy.OfCompany(companies.ID(r.PathValue("company"))), nil, nil
	}
	upload := func(w http.ResponseWriter, r *http.Request) {
		asked, _ := guard.Of(r.Context())
		_, _ = fmt.Fprintln(w, asked.Subject, "delivers to", asked.Resource.ID, "by", asked.Decision.Rule())
	}

	mux := http.NewServeMux()
	mux.Handle("POST /companies/{company}/documents", g.Require(policy.DocumentUpload, company, http.HandlerFunc(upload)))

	for _, asks := range []string{
		"/companies/bakery/documents?who=carla",
		"/companies/bakery/documents?who=anna",
		"/companies/garage/documents?who=carla",
		"/companies/moon/documents?who=carla",
		"/companies/bakery/documents",
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodPost, asks, http.NoBody))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 carla delivers to bakery by document.upload/client
	// 403 Forbidden
	// 404 Not Found
	// 404 Not Found
	// 401 Unauthorized
}

// A list is guarded by what it is a list of the inside of, and filtered by asking
// more of the same office: here, whom of the office anna may see.
func ExampleAsked_Asker() {
	office := bakery()
	g := guard.Guard{
		Current: func() *policy.Snapshot { return office },
		Who:     func(*http.Request) users.ID { return "anna" },
	}
	oneself := func(*http.Request) (policy.Resource, *policy.With, error) { return policy.OfUser("anna"), nil, nil }
	colleagues := g.Require(policy.UserView, oneself, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked, _ := guard.Of(r.Context())
		asker := asked.Asker()
		for id := range asker.Users(policy.UserView, "") {
			fmt.Println(id)
		}
	}))
	colleagues.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/users", http.NoBody))
	// Output:
	// anna
}

// bakery is an office of two companies: carla delivers to the bakery, anna
// authorises there, and rosa manages all of it.
func bakery() *policy.Snapshot {
	user := func(id users.ID, role roles.Role) users.User {
		return users.User{
			ID: id, Username: string(id), Email: string(id) + "@devries.example",
			Roles: roles.SetOf(role), Access: users.AccessTo("bakery"),
		}
	}
	office, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: time.UTC,
		Companies: []companies.Company{{ID: "bakery", Name: "Bakkerij", System: "exact"}, {ID: "garage", Name: "Garage", System: "exact"}},
		Users:     []users.User{user("rosa", roles.SuperUser), user("carla", roles.ClientUser), user("anna", roles.Authoriser)},
		Systems:   []sync.System{{ID: "exact", Name: "Exact", Connection: sync.LoginSuccess, SynchronisationUser: "rosa"}},
	})
	if err != nil {
		panic(err)
	}
	return policy.Compile(office)
}
