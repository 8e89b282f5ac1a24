package authzen_test

import (
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// drawn is an office whose users and documents were drawn, and all that there is in it,
// each list sorted.
type drawn struct {
	authzen.Source
	ids map[policy.ResourceType][]string
}

var (
	people   = []users.ID{"ada", "anna", "bram", "carla", "dirk"}
	roleSets = []roles.Set{
		roles.SetOf(roles.SuperUser), roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant),
		roles.SetOf(roles.AuthorisationAdministrator), roles.SetOf(roles.Authoriser), roles.SetOf(roles.ClientUser),
		roles.SetOf(roles.RestrictedClientUser), roles.SetOf(roles.ClientUser, roles.Authoriser),
	}
	accesses = []users.Access{users.AccessTo(), users.AccessTo("bakery"), users.AccessTo("salon"), users.AccessTo("bakery", "salon")}
	parts    = []documents.Parts{
		{Company: "bakery", Stage: documents.Tagging, Assigned: documents.NeverAssigned},
		{Company: "salon", Stage: documents.Tagging, Assigned: documents.NeverAssigned},
		{Company: "bakery", Stage: documents.Authorisation, Route: documents.RoutePast("anna")},
		{Company: "salon", Stage: documents.Authorisation, Route: documents.RoutePast("dirk", "anna")},
		{Company: "bakery", Stage: documents.Booking, Assigned: documents.NeverAssigned},
	}
)

// office draws an office in which rosa manages whoever is drawn, and who that is.
func office(t *rapid.T) (o offices.Office, ids []string) {
	p := offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: time.UTC,
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakkerij", System: "exact", PaymentAgreement: true}, {ID: "salon", Name: "Salon", System: "exact"},
		},
		Users: []users.User{person("rosa", roles.SuperUser, roles.AuthorisationAdministrator)},
		Systems: []sync.System{{
			ID: "exact", Name: "Exact", Connection: sync.LoginSuccess, SynchronisationUser: "rosa",
			Users: []sync.User{{
				ID: "a@exact", Name: "A", Email: "a@exact.example", Rank: 1, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
			}},
		}},
		Links: []sync.Link{{User: "rosa", System: "exact", AccountingUser: "a@exact", Verified: true}},
	}
	ended := users.DateOf(now.AddDate(0, -6, 0), time.UTC)
	ids = []string{"rosa"}
	for _, id := range rapid.SliceOfDistinct(rapid.SampledFrom(people), rapid.ID).Draw(t, "people") {
		u := person(id)
		u.Roles = rapid.SampledFrom(roleSets).Draw(t, "roles")
		u.Access = rapid.SampledFrom(accesses).Draw(t, "access")
		u.EndDate = rapid.SampledFrom([]users.Date{{}, {}, {}, ended}).Draw(t, "end")
		p.Users, ids = append(p.Users, u), append(ids, string(id))
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	return o, ids
}

// draw draws an office with its documents.
func draw(t *rapid.T) drawn {
	o, ids := office(t)
	byID := map[documents.ID]*documents.Document{}
	for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom([]documents.ID{"d", "inv-1", "inv-10", "inv-2", "é", "\"<"}), 0, 6, rapid.ID).Draw(t, "documents") {
		p := rapid.SampledFrom(parts).Draw(t, "document")
		p.ID, p.DeliveredBy = id, rapid.SampledFrom(people).Draw(t, "delivered by")
		d, err := documents.New(p)
		if err != nil {
			t.Fatal(err)
		}
		byID[id] = &d
	}
	documentIDs := slices.Sorted(maps.Keys(byID))
	found := drawn{
		authzen.Source{
			Snapshot:  policy.Compile(o),
			Documents: func(id documents.ID) (*documents.Document, bool) { d, ok := byID[id]; return d, ok },
		},
		map[policy.ResourceType][]string{
			policy.Company: {"bakery", "salon"}, policy.Connection: {"exact"}, policy.Office: {"devries"}, policy.User: ids,
		},
	}
	for _, id := range documentIDs {
		found.ids[policy.Document] = append(found.ids[policy.Document], string(id))
	}
	found.AllDocuments = all(found.Source, documentIDs)
	return found
}
