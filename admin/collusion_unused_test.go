package admin_test

import (
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Whoever manages a user may mend a mistyped address until that user has been used.
// So they may also have the first password link sent to themselves, and are that
// user from then on, with rights that only a Super user could have given and in
// companies that they do not reach. The search leaves this out, for the rules allow
// it; this test is to change with them.
func TestWhoeverManagesAnUnusedUserCanTakeThemOverWithAllTheyHave(t *testing.T) {
	everything := plotUnused(plotUser("newcomer", roles.SetOf(roles.Accountant, roles.ClientUser), plotBakery, plotQuarry))
	everything.ChangeBankDetails, everything.Archive = true, users.AllDocuments
	archive := plotUnused(plotUser("newcomer", roles.SetOf(roles.RestrictedClientUser), plotBakery, plotQuarry))
	archive.Archive = users.AllDocuments
	for _, c := range []struct {
		team     int
		manager  users.ID
		newcomer users.User
	}{{0, "accountant", everything}, {2, "sme", archive}} {
		t.Run(string(c.manager), func(t *testing.T) {
			team := plotTeams()[c.team]
			with := plotTeam{colluders: append(team.colluders, c.newcomer)}
			s := with.open(t)
			s = plotDone(t, s, c.manager, admin.ChangeEmail{User: "newcomer", Email: "plot@plot.example"})
			s = plotDone(t, s, c.manager, admin.SendPasswordLink{User: "newcomer"})
			if link, _ := s.Office().PasswordLinkOf("newcomer"); link.Address != "plot@plot.example" {
				t.Errorf("the link went to %q", link.Address)
			}
			s = plotDone(t, s, "newcomer", admin.UsePasswordLink{User: "newcomer"})
			for _, id := range []users.ID{c.manager, "newcomer"} {
				paper := plotPapersBy(plotQuarry, plotBystander)[2]
				sees := s.Snapshot().Check(policy.Request{Subject: id, Action: policy.DocumentView, Resource: policy.OfDocument(&paper), At: plotMoment})
				if sees.Allowed() != (id == "newcomer") {
					t.Errorf("%s sees the archive of the quarry: %v", id, sees.Allowed())
				}
			}
		})
	}
}

// plotDone carries out what must be allowed.
func plotDone(t *testing.T, s admin.State, actor users.ID, c admin.Command) admin.State {
	t.Helper()
	next, _, err := admin.Apply(s, actor, plotMoment, c)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// What the rule does keep: once used, nobody else changes the address.
func TestAUsedUserIsNotTakenOver(t *testing.T) {
	team := plotTeams()[0]
	for _, actor := range []users.ID{"accountant", plotSuper} {
		_, _, err := admin.Apply(team.open(t), actor, plotMoment, admin.ChangeEmail{User: plotBystander, Email: "plot@plot.example"})
		if err == nil {
			t.Errorf("%s changed the address of somebody who has been used", actor)
		}
	}
}
