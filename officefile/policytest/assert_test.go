package policytest_test

import (
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

var morning = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func paper(t policytest.TB, p documents.Parts) documents.Document {
	t.Helper()
	d, err := documents.New(p)
	if err != nil {
		t.Fatalf("no document: %v", err)
	}
	return d
}

// bakery is an office of six with one company, where inv-1 waits for bob, inv-2 is
// ready for tagging and inv-7 for booking; tom was deleted.
func bakery(t policytest.TB) policytest.Office {
	t.Helper()
	b := policytest.Build("rosa", "bakery")
	b.Join("bram", roles.Accountant)
	b.Join("anna", roles.Authoriser)
	b.Join("bob", roles.Authoriser)
	b.Join("carla", roles.ClientUser)
	b.Join("dirk", roles.RestrictedClientUser)
	b.Deleted = []users.Deleted{{ID: "tom", Username: "tom"}}
	of := documents.Parts{ID: "inv-1", Company: "bakery", DeliveredBy: "carla", Stage: documents.Authorisation}
	of.Route = documents.RouteOf(documents.Step{Authoriser: "anna", Outcome: documents.Approved}, documents.Step{Authoriser: "bob"})
	tagged := documents.Parts{ID: "inv-2", Company: "bakery", DeliveredBy: "carla", Stage: documents.Tagging, Assigned: documents.NeverAssigned}
	booked := tagged
	booked.ID, booked.Stage = "inv-7", documents.Booking
	return b.Open(t, morning, paper(t, of), paper(t, tagged), paper(t, booked))
}

func TestWhatHoldsFailsNothing(t *testing.T) {
	office := bakery(t)
	recorded(func(t policytest.TB) {
		office.Can(t, "bram", policy.DocumentBook, office.Document("inv-7"))
		office.Can(t, "carla", policy.DocumentAssign, office.Document("inv-2"), policy.With{Authorisers: []users.ID{"anna", "bob"}})
		office.Cannot(t, "anna", policy.DocumentApprove, office.Document("inv-1"), policy.NotInTurn)
		office.Cannot(t, "carla", policy.DocumentAssign, office.Document("inv-2"), policy.AuthoriserUnfit, policy.With{Authorisers: []users.ID{"dirk"}})
		office.OnlyThese(t, []users.ID{"bob"}, policy.DocumentApprove, office.Document("inv-1"))
		office.OnlyThese(t, nil, policy.DocumentReassign, office.Document("inv-1"))
		office.OnlyThese(t, []users.ID{"carla"}, policy.DocumentAssign, office.Document("inv-2"))
		office.NoFindings(t, policytest.Finding{Level: roles.Error}, policytest.Finding{User: "carla"})
		office.Finds(t, policytest.Finding{ID: "O2", User: "rosa"}, policytest.Finding{Level: roles.Advice, User: "bram"})
	}).want(t, "", false)
	if d := office.Decision(t, "bob", policy.DocumentApprove, office.Document("inv-1")); d.Rule().String() != "document.approve/in-turn" {
		t.Errorf("decided by %s", d.Rule())
	}
}

func TestHowAssertionsFail(t *testing.T) {
	office := bakery(t)
	for _, c := range []struct {
		name, want string
		assert     func(t policytest.TB)
	}{
		{"cannot, and could after two changes", `dirk document.book document:inv-7: expected yes, got no, role_missing
    reason   document.book is for Accountant or SME Accountant; dirk is Restricted client user.
    rule     document.book/booker
    source   ROLES, SETTINGS
    remedy   Grant dirk the role SME Accountant. Link dirk to bram@books in books. Enter the password of dirk for books.
             By rosa.
`, func(t policytest.TB) { office.Can(t, "dirk", policy.DocumentBook, office.Document("inv-7")) }},
		{"cannot, and must wait", `anna document.approve document:inv-1: expected yes, got no, not_in_turn
    reason   document.approve is for the authoriser in turn; the turn is bob's.
    rule     document.approve/in-turn
    source   ROLES, SETTINGS
    remedy   Await the turn of anna on inv-1.
             Nobody may do all of this alone.
`, func(t policytest.TB) { office.Can(t, "anna", policy.DocumentApprove, office.Document("inv-1")) }},
		{"can", `carla document.tag document:inv-2: expected no, role_missing, got yes
    reason   A Client user manages what is ready for tagging.
    rule     document.tag/client
    source   ROLES, SETTINGS
`, func(t policytest.TB) {
			office.Cannot(t, "carla", policy.DocumentTag, office.Document("inv-2"), policy.RoleMissing)
		}},
		{"cannot, for another reason", `bob document.tag document:inv-2: expected no, wrong_stage, got no, role_missing
    reason   document.tag is for Client user or Restricted client user; bob is Authoriser.
    rule     document.tag/client, document.tag/restricted
    source   ROLES, SETTINGS
`, func(t policytest.TB) {
			office.Cannot(t, "bob", policy.DocumentTag, office.Document("inv-2"), policy.WrongStage)
		}},
		{"others can", `document.assign document:inv-2: expected dirk and nobody else, got carla
    carla    may, by document.assign/client: A Client user manages what is ready for tagging. (ROLES, SETTINGS)
    dirk     may not: not_delivered_by_subject: Somebody else delivered the document.
`, func(t policytest.TB) {
			office.OnlyThese(t, []users.ID{"dirk"}, policy.DocumentAssign, office.Document("inv-2"))
		}},
		{"others can, all told", `document.tag document:inv-2: expected dirk and nobody else, got carla
    carla    may, by document.tag/client: A Client user manages what is ready for tagging. (ROLES, SETTINGS)
    dirk     may not: not_delivered_by_subject: inv-2 was delivered by carla, not by dirk.
`, func(t policytest.TB) {
			office.OnlyThese(t, []users.ID{"dirk"}, policy.DocumentTag, office.Document("inv-2"))
		}},
	} {
		t.Run(c.name, func(t *testing.T) { recorded(c.assert).want(t, c.want, false) })
	}
}

func TestHowFindingsFail(t *testing.T) {
	office := bakery(t)
	recorded(func(t policytest.TB) { office.NoFindings(t, policytest.Finding{Level: roles.Advice}) }).want(t,
		`advice: expected no such finding, got:
    R4       advice: bram has a booking role without a client role, and so cannot deliver, split or tag.
    mend     Grant bram the role Client user.
`, false)
	recorded(func(t policytest.TB) { office.Finds(t, policytest.Finding{ID: "S1", User: "bram", Company: "bakery"}) }).want(t,
		`S1 user bram company bakery: expected to be found, and it was not; what was found:
    R4       advice: bram has a booking role without a client role, and so cannot deliver, split or tag.
    mend     Grant bram the role Client user.
    O2       warning: rosa is the only active Super user.
    mend     Grant bram the role Super user.
`, false)
}

func TestACommandThatIsRefusedEndsTheTest(t *testing.T) {
	office := bakery(t)
	r := recorded(func(t policytest.TB) { office.After(t, "carla", admin.GrantRole{User: "bob", Role: roles.ClientUser}) })
	r.want(t, `the office was to be the one after this command, and it was not carried out:
user.grant_role on user:bob by carla refused: role_missing: user.grant_role is for Super user, Accountant, SME Accountant or Authorisation administrator; carla is Client user. (user.grant_role/super-user, user.grant_role/accountant, user.grant_role/sme, user.grant_role/administrator, ROLES, SETTINGS, TIPS, DERIVED)
`, true)
	after := office.After(t, "bram", admin.GrantRole{User: "bob", Role: roles.ClientUser})
	after.Can(t, "bob", policy.DocumentTag, after.Document("inv-2"))
	office.Cannot(t, "bob", policy.DocumentTag, office.Document("inv-2"), policy.RoleMissing)
}
