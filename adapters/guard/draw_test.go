package guard_test

import (
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Names are few, so that what is drawn meets. The last of each list is nobody,
// or nothing, of any office.
var (
	someUsers     = []users.ID{"anna", "bob", "carla", "dirk", "zed"}
	someCompanies = []companies.ID{"bakery", "garage", "moon"}
	someSystems   = []companies.SystemID{"exact", "afas", "nowhere"}
	someAccounts  = []sync.UserID{"a@there", "b@there", "nobody@there"}
	someCodes     = []string{"devries", "devries", "jansen"}
	someEndDates  = []users.Date{{}, {}, users.DateOf(now, time.UTC)}
)

func pick[T any](t *rapid.T, label string, from []T) T { return rapid.SampledFrom(from).Draw(t, label) }

// some draws a part of a list, in its order.
func some[T any](t *rapid.T, label string, from []T) []T {
	var list []T
	for _, v := range from {
		if rapid.Bool().Draw(t, label) {
			list = append(list, v)
		}
	}
	return list
}

// drawOffice draws an office that is one, sound or not.
func drawOffice(t *rapid.T) offices.Parts {
	p := offices.Parts{Code: someCodes[0], Name: "De Vries", TimeZone: time.UTC}
	for _, id := range someSystems[:2] {
		p.Systems = append(p.Systems, sync.System{
			ID: id, Name: string(id), Connection: sync.LoginSuccess, SynchronisationUser: pick(t, "duty", someUsers[:4]),
			Users: []sync.User{drawAccount(t, "a@there"), drawAccount(t, "b@there")},
		})
	}
	for _, id := range someCompanies[:2] {
		p.Companies = append(p.Companies, companies.Company{
			ID: id, Name: string(id), System: pick(t, "system", someSystems[:2]), PaymentAgreement: rapid.Bool().Draw(t, "pays"),
		})
	}
	for _, id := range someUsers[:4] {
		p.Users = append(p.Users, drawUser(t, id))
		for _, s := range some(t, "links", p.Systems) {
			p.Links = append(p.Links, sync.Link{
				User: id, System: s.ID, AccountingUser: pick(t, "account", s.Users).ID, Verified: rapid.Bool().Draw(t, "verified"),
			})
		}
	}
	return p
}

func drawAccount(t *rapid.T, id sync.UserID) sync.User {
	return sync.User{
		ID: id, Name: string(id), Email: "x@devries.example", Rank: rapid.IntRange(1, 2).Draw(t, "rank"),
		CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
	}
}

func drawUser(t *rapid.T, id users.ID) users.User {
	u := users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example",
		Roles:  roles.SetOf(pick(t, "role", roles.All()), pick(t, "role", roles.All())),
		Access: users.AccessTo(some(t, "access", someCompanies[:2])...), EndDate: pick(t, "end date", someEndDates),
		Used: rapid.Bool().Draw(t, "used"), ChangeBankDetails: rapid.Bool().Draw(t, "bank right"),
	}
	if rapid.Bool().Draw(t, "archive right") {
		u.Archive = users.AllDocuments
	}
	return u
}

// drawDocument draws a document of the office or of another, or none.
func drawDocument(t *rapid.T, id documents.ID) *documents.Document {
	p := documents.Parts{
		ID: id, Company: pick(t, "company", someCompanies), DeliveredBy: pick(t, "deliverer", someUsers),
		Stage: pick(t, "stage", documents.Stages()), Assigned: pick(t, "assigned", []documents.Assigned{documents.NeverAssigned, documents.EverAssigned}),
	}
	if p.Stage == documents.Authorisation {
		p.Route, p.Assigned = documents.RoutePast(pick(t, "in turn", someUsers)), documents.EverAssigned
	}
	if rapid.IntRange(1, 8).Draw(t, "no document") == 1 {
		return nil
	}
	d, err := documents.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// drawResource draws something of a type, or of that name nothing.
func drawResource(t *rapid.T, kind policy.ResourceType) policy.Resource {
	switch kind {
	case policy.Document:
		return policy.OfDocument(drawDocument(t, "inv-1"))
	case policy.Company:
		return policy.OfCompany(pick(t, "company", someCompanies))
	case policy.User:
		return policy.OfUser(pick(t, "user", someUsers))
	case policy.Connection:
		return policy.OfConnection(pick(t, "connection", someSystems))
	case policy.Office:
		return policy.OfOffice(pick(t, "office", someCodes))
	}
	return policy.Resource{}
}

// drawWith draws every property, given well or badly, or nothing.
func drawWith(t *rapid.T) *policy.With {
	if rapid.IntRange(1, 8).Draw(t, "nothing given") == 1 {
		return nil
	}
	return &policy.With{
		Authorisers: some(t, "authorisers", someUsers), Comment: pick(t, "comment", []string{"wrong", " "}),
		Documents: []*documents.Document{drawDocument(t, "inv-2")}, Role: pick(t, "new role", roles.All()),
		Roles:     policy.Given(roles.SetOf(pick(t, "new roles", roles.All()))),
		Companies: policy.Given(users.AccessTo(some(t, "new companies", someCompanies)...)),
		System:    pick(t, "of system", someSystems), User: pick(t, "to account", someAccounts),
		EndDate:             policy.Given(pick(t, "new end date", someEndDates)),
		OldPasswordVerified: policy.Given(rapid.Bool().Draw(t, "old password")), BillTo: users.BillToOffice,
		SynchronisationUser: pick(t, "chosen", someUsers),
	}
}
