package review

import (
	"slices"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// With everything given, whoever may is whoever is allowed, by the same rule.
func TestWhoIsWhoeverIsAllowed(t *testing.T) {
	s := admin.Open(leastOffice(roles.SetOf(roles.SMEAccountant, roles.Authoriser), 0))
	asked, may := 0, 0
	for a := range policy.AllActions() {
		for _, q := range leastQuestions(s.Office(), a, false) {
			var got, want []Actor
			for actor := range Who(s, a, q.Resource, q.With, leastNow) {
				got = append(got, actor)
			}
			for u := range s.Office().Users() {
				q.Subject = u.ID
				if d := s.Snapshot().Check(q); d.Allowed() {
					want = append(want, Actor{u.ID, d.Rule(), d.Warnings(), 0})
				}
				asked++
			}
			if may += len(got); !slices.Equal(got, want) {
				t.Fatalf("%s on %s: %v, not %v", a, q.Resource, got, want)
			}
		}
	}
	t.Logf("%d of %d may", may, asked)
	if may < 5000 || may > asked-5000 {
		t.Error("too few")
	}
}

func TestWhoMayWithWhatIsYetToBeGiven(t *testing.T) {
	s := admin.Open(leastOffice(roles.SetOf(roles.SMEAccountant), 0))
	for actor := range Who(s, policy.UserChangeEmail, policy.OfUser("xeno"), nil, leastNow) {
		if actor.User != "xeno" || actor.Supplied != policy.PropertyOldPasswordVerified || actor.Rule.String() != "user.change_email/self" {
			t.Errorf("%+v may, with %s", actor, actor.Supplied)
		}
	}
	var first users.ID
	for actor := range Who(s, policy.UserGrantRole, policy.OfUser("t5-0"), nil, leastNow) {
		first = actor.User
		break
	}
	if first == "" {
		t.Error("nobody may grant a role")
	}
}

func TestWhatCannotBeAskedOfAnybody(t *testing.T) {
	s := admin.Open(leastOffice(roles.SetOf(roles.SMEAccountant), 0))
	unreadable := policy.With{Unreadable: []policy.Unreadable{{Property: policy.PropertyComment}}}
	for _, c := range []struct {
		action policy.Action
		on     policy.Resource
		with   *policy.With
		want   policy.Code
	}{
		{0, policy.OfOffice("devries"), nil, policy.UnknownAction},
		{policy.CompanyView, policy.OfCompany("butcher"), nil, policy.UnknownResource},
		{policy.CompanyView, policy.OfUser("xeno"), nil, policy.UnknownResource},
		{policy.DocumentReject, policy.OfDocument(leastDocuments[0]), &unreadable, policy.BadProperty},
		{policy.UserUnlinkAccountingUser, policy.OfUser("xeno"), &policy.With{System: "sap"}, policy.BadProperty},
		{policy.UserUnlinkAccountingUser, policy.OfUser("xeno"), nil, 0},
		{policy.OfficeViewSettings, policy.OfOffice("devries"), nil, 0},
	} {
		if got := CannotAsk(s, c.action, c.on, c.with, leastNow); got != c.want {
			t.Errorf("%s on %s: %s", c.action, c.on, got)
		}
	}
}
