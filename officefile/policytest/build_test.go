package policytest_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Whoever joins can do what their roles are for, of every company, at once; and
// nothing is wrong with what was built but what the roles themselves bring.
func TestWhoeverJoinsCanStart(t *testing.T) {
	joined := 0
	rapid.Check(t, func(t *rapid.T) {
		b := policytest.Build("rosa", "bakery", "garage")
		set := roles.Set(rapid.IntRange(1, 127).Draw(t, "roles")) //nolint:gosec // seven bits
		if !set.Valid() {
			t.Skip("not a set to give")
		}
		b.Join("bram", slices.Collect(set.All())...)
		office := b.Open(t, morning)
		for f := range slices.Values(review.Findings(office.State, nil, morning)) {
			if f.Level == roles.Error || f.User == "rosa" && f.ID != "O2" || slices.Contains([]string{"O3", "O5", "O6", "O7", "O16"}, f.ID) {
				t.Fatalf("%s: %s", f.ID, f.Message(0))
			}
		}
		for _, id := range []companies.ID{"bakery", "garage"} {
			start(t, office, set, id)
		}
		joined++
	})
	t.Logf("%d joined", joined)
	if joined < 50 {
		t.Error("that was too few")
	}
}

func start(t *rapid.T, office policytest.Office, set roles.Set, id companies.ID) {
	t.Helper()
	if set.Delivers() {
		office.Can(t, "bram", policy.DocumentUpload, policy.OfCompany(id))
	}
	if set.Books() {
		d := paper(t, documents.Parts{ID: "inv-1", Company: id, DeliveredBy: "rosa", Stage: documents.Booking, Assigned: documents.NeverAssigned})
		office.Can(t, "bram", policy.DocumentBook, policy.OfDocument(&d))
	}
	if set.Has(roles.Authoriser) {
		d := paper(t, documents.Parts{ID: "inv-1", Company: id, DeliveredBy: "rosa", Stage: documents.Authorisation, Route: documents.RoutePast("bram")})
		office.Can(t, "bram", policy.DocumentApprove, policy.OfDocument(&d))
	}
	if set.Has(roles.SuperUser) {
		office.Can(t, "bram", policy.CompanyDelete, policy.OfCompany(id))
	}
	office.Can(t, "rosa", policy.ConnectionReconnect, policy.OfConnection(policytest.Books))
}

// Who joined can be changed until the office is opened, however many joined since, and
// after that makes no difference to it. Whoever joins again is the same.
func TestWhoJoinedCanBeChanged(t *testing.T) {
	b := policytest.Build("rosa", "bakery")
	bram := b.Join("bram", roles.ClientUser)
	for i := range 50 {
		b.Join(users.ID(fmt.Sprint("user-", i)), roles.ClientUser)
	}
	bram.Archive = users.AllDocuments
	if b.Join("bram", roles.Accountant) != bram {
		t.Error("bram joined twice")
	}
	office, another := b.Open(t, morning), b.Open(t, morning)
	bram.Archive = users.ByRole
	for _, o := range []policytest.Office{office, another} {
		u, _ := o.Office().User("bram")
		if len(slices.Collect(o.Office().Users())) != 52 || u.Archive != users.AllDocuments || u.Roles != roles.SetOf(roles.ClientUser, roles.Accountant) {
			t.Errorf("%+v", u)
		}
		o.Can(t, "bram", policy.DocumentView, policy.OfDocument(new(paper(t, documents.Parts{
			ID: "inv-1", Company: "bakery", DeliveredBy: "rosa", Stage: documents.Archived, Assigned: documents.EverAssigned,
		}))))
	}
}

// The parts of an office that is being built are the test's to change.
func TestWhatIsBuiltCanBeChanged(t *testing.T) {
	b := policytest.Build("rosa", "bakery")
	b.Systems, b.Companies, b.Links = nil, nil, nil
	b.Join("bram", roles.Accountant) // without a system there is nothing to link to
	b.Join("rosa").Access, b.Join("bram").Access = users.Access{}, users.Access{}
	more := []users.User{{}, {ID: "dirk"}}
	b.Users = more[:1]
	b.Users[0] = users.User{ID: "carla", Username: "carla", Email: "carla@office.example"}
	b.Code = "devries"
	office := b.Open(t, morning)
	office.Can(t, "rosa", policy.OfficeViewSettings, policy.OfOffice("devries"))
	office.OnlyThese(t, []users.ID{"bram", "rosa"}, policy.CompanyCreate, policy.OfOffice("devries"))
	office.Finds(t, policytest.Finding{ID: "R3", User: "carla"})
	if more[1].ID != "dirk" {
		t.Error("what is not the office's was written over")
	}
}
