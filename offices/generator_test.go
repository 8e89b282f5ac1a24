package offices_test

import (
	"fmt"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones, wherever the tests run

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// same compares what two values say, not how they hold it.
var same = cmp.Options{
	cmp.Comparer(func(a, b users.Access) bool {
		return slices.Equal(slices.Collect(a.All()), slices.Collect(b.All()))
	}),
	cmp.Comparer(func(a, b sync.Reach) bool {
		return a.All() == b.All() && slices.Equal(slices.Collect(a.Some().All()), slices.Collect(b.Some().All()))
	}),
	cmp.Comparer(func(a, b users.BillTo) bool { return a == b }),
	cmp.Comparer(func(a, b users.Date) bool { return a == b }),
	cmp.Comparer(func(a, b *time.Location) bool { return a == b }),
}

var dutch, errDutch = time.LoadLocation("Europe/Amsterdam")

func amsterdam(t rapid.TB) *time.Location {
	t.Helper()
	if errDutch != nil {
		t.Fatal(errDutch)
	}
	return dutch
}

func office(t rapid.TB, p offices.Parts) offices.Office {
	t.Helper()
	o, err := offices.New(p)
	if err != nil {
		t.Fatalf("%+v: %v", p, err)
	}
	return o
}

// small is an office an accountant would know: two systems, three companies,
// four users and one who left.
func small(t *testing.T) offices.Parts {
	t.Helper()
	return offices.Parts{
		Code: "jansen", Name: "Kantoor Jansen", TimeZone: amsterdam(t),
		Systems: []sync.System{
			{ID: "ledger", Name: "Ledger Online", Connection: sync.LoginSuccess, SynchronisationUser: "anna", Users: []sync.User{
				{ID: "l-anna", Name: "Anna", Email: "anna@example.com", Rank: 1, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll},
				{ID: "l-bob", Name: "Bob", Email: "bob@example.com", Rank: 2, CanBook: true, Reach: sync.ReachSome(users.AccessTo("bakery"))},
			}},
			{ID: "books", Name: "Books Desktop", SynchronisationUser: "anna", Users: []sync.User{
				{ID: "b-anna", Name: "Anna", Email: "anna@example.com", Rank: 1, CanChangeMasterData: true, Reach: sync.ReachAll},
			}},
		},
		Companies: []companies.Company{
			{ID: "garage", Name: "Garage Jansen", System: "ledger", AuthorisationWorkflow: true},
			{ID: "bakery", Name: "Bakkerij Smit", System: "ledger", PaymentAgreement: true},
			{ID: "florist", Name: "De Tulp", System: "books"},
		},
		Users: []users.User{
			{ID: "anna", Username: "anna", Email: "anna@example.com", Roles: roles.SetOf(roles.SuperUser), Access: users.AccessTo("bakery", "florist", "garage"), Used: true},
			{ID: "bob", Username: "bob", Email: "bob@example.com", Roles: roles.SetOf(roles.Accountant), Access: users.AccessTo("bakery")},
			{ID: "ann", Username: "ann", Email: "ann@example.com", Roles: roles.SetOf(roles.Authoriser), BillTo: users.BillToCompany("bakery")},
			{ID: "carla", Username: "carla", Email: "carla@example.com", Roles: roles.SetOf(roles.ClientUser), Archive: users.AllDocuments},
		},
		Links: []sync.Link{
			{User: "anna", System: "ledger", AccountingUser: "l-anna", Verified: true},
			{User: "bob", System: "ledger", AccountingUser: "l-bob"},
			{User: "anna", System: "books", AccountingUser: "b-anna"},
		},
		Deleted: []users.Deleted{{ID: "dirk", Username: "dirk"}},
	}
}

// drawParts draws any valid office, of up to a handful of everything.
func drawParts(t *rapid.T) offices.Parts {
	p := offices.Parts{Code: "office-" + rapid.StringMatching(`[a-zé0-9 ]{1,8}`).Draw(t, "code"), Name: "Kantoor", TimeZone: amsterdam(t)}
	p.PasswordLink = time.Duration(rapid.IntRange(1, 1440).Draw(t, "minutes")) * time.Minute
	people := rapid.IntRange(0, 5).Draw(t, "users")
	systems := rapid.IntRange(0, 3).Draw(t, "systems")
	if people == 0 {
		systems = 0 // each has a synchronisation user
	}
	owned := 0
	if systems > 0 {
		owned = rapid.IntRange(0, 5).Draw(t, "companies")
	}
	for i := range owned {
		p.Companies = append(p.Companies, drawCompany(t, i, systems))
	}
	for i := range systems {
		p.Systems = append(p.Systems, drawSystem(t, i, people, p.Companies))
	}
	for i := range people {
		p.Users = append(p.Users, drawUser(t, i, p.Companies))
	}
	p.Links = drawLinks(t, p)
	for i := range rapid.IntRange(0, 2).Draw(t, "deleted") {
		p.Deleted = append(p.Deleted, users.Deleted{ID: users.ID(fmt.Sprint("gone", i)), Username: fmt.Sprint("gone", i)})
	}
	return p
}

func drawCompany(t *rapid.T, i, systems int) companies.Company {
	return companies.Company{
		ID: companies.ID(fmt.Sprint("company", i)), Name: fmt.Sprint("Company ", i), System: drawSystemID(t, systems),
		AuthorisationWorkflow: rapid.Bool().Draw(t, "workflow"), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
	}
}

func drawSystemID(t *rapid.T, systems int) companies.SystemID {
	return companies.SystemID(fmt.Sprint("system", rapid.IntRange(0, systems-1).Draw(t, "system")))
}

func drawAccess(t *rapid.T, all []companies.Company) users.Access {
	var a users.Access
	for _, c := range all {
		if rapid.Bool().Draw(t, "reaches") {
			a = a.With(c.ID)
		}
	}
	return a
}

func drawSystem(t *rapid.T, i, people int, all []companies.Company) sync.System {
	s := sync.System{
		ID: companies.SystemID(fmt.Sprint("system", i)), Name: "System",
		Connection:          rapid.SampledFrom([]sync.Connection{sync.Disconnected, sync.LoginSuccess}).Draw(t, "connection"),
		SynchronisationUser: users.ID(fmt.Sprint("user", rapid.IntRange(0, people-1).Draw(t, "duty"))),
	}
	for j := range rapid.IntRange(0, 3).Draw(t, "accounts") {
		u := sync.User{ID: sync.UserID(fmt.Sprint("account", j)), Name: "Account", Email: "a@example.com", Rank: rapid.IntRange(1, 3).Draw(t, "rank")}
		u.CanBook, u.CanChangeMasterData = rapid.Bool().Draw(t, "books"), rapid.Bool().Draw(t, "master data")
		if u.Reach = sync.ReachAll; rapid.Bool().Draw(t, "some") {
			u.Reach = sync.ReachSome(drawAccess(t, all))
		}
		s.Users = append(s.Users, u)
	}
	return s
}

func drawUser(t *rapid.T, i int, all []companies.Company) users.User {
	u := users.User{
		ID: users.ID(fmt.Sprint("user", i)), Username: fmt.Sprint("name", i), Email: "shared@example.com",
		Roles:   roles.SetOf(rapid.SliceOfN(rapid.SampledFrom(roles.All()), 0, 3).Draw(t, "roles")...),
		Access:  drawAccess(t, all),
		Archive: rapid.SampledFrom([]users.ArchiveRight{users.ByRole, users.AllDocuments}).Draw(t, "archive"),
		BillTo:  rapid.SampledFrom([]users.BillTo{{}, users.BillToOffice}).Draw(t, "bill to"),
		EndDate: users.DateOf(time.Date(2026, 1, rapid.IntRange(1, 31).Draw(t, "end"), 0, 0, 0, 0, time.UTC), time.UTC),
	}
	if len(all) > 0 && rapid.Bool().Draw(t, "a company pays") {
		u.BillTo = users.BillToCompany(rapid.SampledFrom(all).Draw(t, "payer").ID)
	}
	u.LaterCompanies, u.ChangeBankDetails = rapid.Bool().Draw(t, "later"), rapid.Bool().Draw(t, "bank")
	u.Spenser, u.Used = rapid.Bool().Draw(t, "spenser"), rapid.Bool().Draw(t, "used")
	return u
}

func drawLinks(t *rapid.T, p offices.Parts) (links []sync.Link) {
	for _, u := range p.Users {
		for _, s := range p.Systems {
			if len(s.Users) > 0 && rapid.Bool().Draw(t, "linked") {
				account := rapid.SampledFrom(s.Users).Draw(t, "account").ID
				links = append(links, sync.Link{User: u.ID, System: s.ID, AccountingUser: account, Verified: rapid.Bool().Draw(t, "verified")})
			}
		}
	}
	return links
}

// shuffled is the same office told in another order.
func shuffled(t *rapid.T, p offices.Parts) offices.Parts {
	p.Systems = slices.Clone(p.Systems)
	for i := range p.Systems {
		p.Systems[i].Users = permuted(t, p.Systems[i].Users)
	}
	p.Systems, p.Companies = permuted(t, p.Systems), permuted(t, p.Companies)
	p.Users, p.Links, p.Deleted = permuted(t, p.Users), permuted(t, p.Links), permuted(t, p.Deleted)
	return p
}

func permuted[T any](t *rapid.T, list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return rapid.Permutation(list).Draw(t, "order")
}
