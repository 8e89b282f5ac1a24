package admin_test

import (
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

var noon = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)

// anAccount is anna's in the fixed office.
var anAccount = admin.Account{
	ID: "a1", Name: "Anna", Email: "anna@there.example", Rank: 1, CanBook: true, CanChangeMasterData: true, Everywhere: true,
}

func given[T any](v T) policy.Optional[T] { return policy.Given(v) }

// fixedParts is an office in which nothing is drawn: a Super user who synchronises
// the one system, an Accountant, a Client user, and one who was deleted.
func fixedParts() offices.Parts {
	return offices.Parts{
		Code: plainCode, Name: "Kantoor Jansen", TimeZone: plainZone, PasswordLink: 30 * time.Minute, Version: 7,
		Systems: []sync.System{{
			ID: "books", Name: "Books", Connection: sync.LoginSuccess, SynchronisationUser: "anna", Users: []sync.User{
				accountThere(anAccount),
				{ID: "a2", Name: "Bob", Email: "bob@there.example", Rank: 2, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll},
			},
		}},
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakkerij Smit", System: "books", PaymentAgreement: true},
			{ID: "garage", Name: "Garage Jansen", System: "books", AuthorisationWorkflow: true},
		},
		Users: []users.User{
			{ID: "anna", Username: "anna", Email: "anna@example.com", Roles: roles.SetOf(roles.SuperUser), Access: users.AccessTo("bakery", "garage"), Used: true},
			{ID: "bob", Username: "bob", Email: "bob@example.com", Roles: roles.SetOf(roles.Accountant), Access: users.AccessTo("garage")},
			{ID: "eva", Username: "eva", Email: "eva@example.com", Roles: roles.SetOf(roles.ClientUser), Access: users.AccessTo("garage"), Used: true},
		},
		Links: []sync.Link{
			{User: "anna", System: "books", AccountingUser: "a1", Verified: true},
			{User: "bob", System: "books", AccountingUser: "a2"},
		},
		Deleted:       []users.Deleted{{ID: "tom", Username: "tom"}},
		PasswordLinks: []users.PasswordLink{{User: "eva", Address: "eva@example.com", Sent: noon.Add(-time.Minute), Length: 30 * time.Minute}},
		SettingKinds:  plainKinds,
		Settings:      []companies.Setting{{Company: "garage", Code: "vat", Value: "month"}},
	}
}

func fixed(t rapid.TB) admin.State {
	t.Helper()
	o, err := offices.New(fixedParts())
	if err != nil {
		t.Fatal(err)
	}
	return admin.Open(o)
}
