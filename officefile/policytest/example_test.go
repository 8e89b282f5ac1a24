package policytest_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// inATest is a test that prints how it fails. An example has no other; a test of
// yours has its own t.
type inATest struct{ testing.TB }

func (inATest) Helper()                           {}
func (inATest) Name() string                      { return "TestOfAnExample" }
func (inATest) Logf(string, ...any)               {}
func (inATest) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (inATest) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (inATest) Failed() bool                      { return false }

// Build a small office and say what must and must not be possible in it.
func ExampleBuild() {
	var t inATest
	b := policytest.Build("rosa", "bakery", "garage")
	b.Join("bram", roles.Accountant, roles.ClientUser)
	b.Join("anna", roles.Authoriser)
	b.Join("carla", roles.ClientUser).Access = users.AccessTo("bakery")
	office := b.Open(t, morning)

	office.Can(t, "carla", policy.DocumentUpload, policy.OfCompany("bakery"))
	office.Cannot(t, "carla", policy.DocumentUpload, policy.OfCompany("garage"), policy.NoCompanyAccess)
	office.OnlyThese(t, []users.ID{"rosa"}, policy.CompanyDelete, policy.OfCompany("garage"))
	office.OnlyThese(t, []users.ID{"bram", "rosa"}, policy.UserGrantRole, policy.OfUser("carla"), policy.With{Role: roles.Authoriser})
	office.NoFindings(t, policytest.Finding{Level: roles.Error})
	// Output:
}

// What fails says why, and what could be done about it.
func ExampleOffice_Can() {
	var t inATest
	b := policytest.Build("rosa", "bakery")
	b.Join("carla", roles.ClientUser)
	b.Join("dirk", roles.RestrictedClientUser)
	invoice, _ := documents.Deliver("inv-1", "bakery", "carla")
	office := b.Open(t, morning, invoice)

	office.Can(t, "dirk", policy.DocumentView, office.Document("inv-1"))
	office.OnlyThese(t, []users.ID{"carla", "dirk"}, policy.DocumentTag, office.Document("inv-1"))
	// Output:
	// dirk document.view document:inv-1: expected yes, got no, not_delivered_by_subject
	//     reason   inv-1 was delivered by carla, not by dirk.
	//     rule     document.view/restricted
	//     source   ROLES, SETTINGS, TIPS
	//     remedy   Change the roles of dirk to Client user.
	//              By rosa.
	// document.tag document:inv-1: expected carla and dirk and nobody else, got carla
	//     dirk     may not: not_delivered_by_subject: inv-1 was delivered by carla, not by dirk.
}

// Carry commands out first, to see what they make possible.
func ExampleOffice_After() {
	var t inATest
	b := policytest.Build("rosa", "bakery")
	b.Join("bram", roles.Accountant)
	office := b.Open(t, morning)

	office.NoFindings(t, policytest.Finding{ID: "S1"})
	office = office.After(t, "rosa", admin.GrantRole{User: "bram", Role: roles.Authoriser})
	office.Finds(t, policytest.Finding{ID: "S1", User: "bram", Company: "bakery"})

	office = office.After(t, admin.Software, admin.RecordDisconnection{System: policytest.Books})
	office.OnlyThese(t, []users.ID{"rosa"}, policy.ConnectionReconnect, policy.OfConnection(policytest.Books))
	// Output:
}

// Nobody but a Super user ever changes the archive right: a property of one's own,
// held against whatever users do to an office.
func ExampleCommands() {
	var t inATest
	changed := 0
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.SoundOffices().Draw(t, "office")
		t.Repeat(map[string]func(*rapid.T){"command": func(t *rapid.T) {
			c := policytest.Commands(office).Draw(t, "command")
			after, _, _ := admin.Apply(office.State, c.By, office.At, c.Command) // what is refused changes nothing
			by, _ := office.Office().User(c.By)
			for u := range after.Office().Users() {
				if before, ok := office.Office().User(u.ID); !ok || u.Archive == before.Archive {
					continue
				}
				changed++
				if !by.Roles.Effective().Has(roles.SuperUser) {
					t.Fatalf("%s changed the archive right of %s", c, u.ID)
				}
			}
			office.State = after
		}})
	})
	if changed == 0 {
		t.Errorf("the archive right was never changed, so this proves nothing")
	}
	// Output:
}

// Whoever has left may do nothing, whatever is asked.
func ExampleQuestions() {
	var t inATest
	asked := 0
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		q := policytest.Questions(office).Draw(t, "question")
		u, ok := office.Office().User(q.Subject)
		if !ok || u.ActiveOn(office.Office().Day(q.At)) {
			return
		}
		asked++
		if office.Snapshot().Check(q.Request).Allowed() {
			t.Fatalf("%s, who left on %s, and may", q, u.EndDate)
		}
	})
	if asked == 0 {
		t.Errorf("nobody who left was asked, so this proves nothing")
	}
	// Output:
}
