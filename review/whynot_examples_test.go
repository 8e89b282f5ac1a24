package review

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Offices in which one thing matters, with every remedy there is.
func TestWhatOneThingMatters(t *testing.T) {
	has := func(p *offices.Parts, id users.ID, list ...roles.Role) { plainUser(p, id).Roles = roles.SetOf(list...) }
	tagging, err := documents.New(plainDocuments()[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		office func(*offices.Parts)
		policy.Request
		want []string
	}{
		"an SME Accountant manages nobody who authorises": {
			func(p *offices.Parts) {
				has(p, "alice", roles.SMEAccountant)
				has(p, "tess", roles.Authoriser, roles.ClientUser)
			},
			policy.Request{Action: policy.UserChangeDetails, Resource: policy.OfUser("tess")},
			[]string{
				"change_roles [accountant] for alice by [rosa]", "grant_role super_user to alice by [rosa]",
				"revoke_role authoriser from tess by [rosa]",
			},
		},
		"whoever is assigned is active": {
			func(p *offices.Parts) {
				has(p, "alice", roles.ClientUser)
				has(p, "tess", roles.Authoriser)
				plainUser(p, "tess").EndDate = plainDay(2026, 11, 22)
			},
			policy.Request{Action: policy.DocumentAssign, Resource: policy.OfDocument(&tagging), With: &policy.With{Authorisers: []users.ID{"tess"}}},
			[]string{"change_end_date none for tess by [rosa]"},
		},
		"a role that somebody else revokes first": {
			func(p *offices.Parts) {
				has(p, "alice", roles.AuthorisationAdministrator)
				has(p, "tess", roles.Authoriser, roles.ClientUser)
			},
			policy.Request{Action: policy.UserChangeRoles, Resource: policy.OfUser("tess"), With: &policy.With{Roles: policy.Given(roles.SetOf(roles.Authoriser))}},
			[]string{
				"grant_role accountant to alice by [rosa]", "grant_role super_user to alice by [rosa]",
				"revoke_role client_user from tess by [rosa]",
				// As SME Accountant she revokes the one role, as administrator she grants the other.
				"grant_role sme_accountant to alice + revoke_role authoriser from tess by [rosa]",
			},
		},
		"a link of a higher rank is made once somebody of that rank synchronises": {
			func(p *offices.Parts) {
				has(p, "alice", roles.SuperUser)
				has(p, "tess", roles.Accountant)
				p.Systems[0].Users = p.Systems[0].Users[:2]
			},
			policy.Request{Action: policy.UserUnlinkAccountingUser, Resource: policy.OfUser("tess"), With: &policy.With{System: plainSystem}},
			[]string{
				"link_accounting_user exact rosa@exact for tess by [alice rosa tess]",
				"manage rosa chief@exact for exact + link_accounting_user exact chief@exact for tess by [alice rosa]",
				"change_company_access +garage for alice + manage alice chief@exact for exact + " +
					"link_accounting_user exact chief@exact for tess by [alice rosa]",
			},
		},
		"the duty goes to who asks, by any account that can carry it": {
			func(p *offices.Parts) {
				has(p, "alice", roles.SuperUser)
				plainUser(p, "alice").Access = users.AccessTo("bakery", "garage")
				has(p, "rosa", roles.ClientUser)
				p.Links = append(p.Links, sync.Link{User: "alice", System: plainSystem, AccountingUser: "duty@exact", Verified: true})
			},
			policy.Request{Action: policy.UserDelete, Resource: policy.OfUser("rosa")},
			[]string{
				"manage alice chief@exact for exact by [alice]", "manage alice for exact by [alice]", "manage alice rosa@exact for exact by [alice]",
			},
		},
	} {
		c.Subject, c.At = "alice", plainNow
		got := slices.Sorted(slices.Values(whyNotText(WhyNot(whyNotSmall(c.office), c.Request)))) // their order has a test of its own
		if diff := cmp.Diff(slices.Sorted(slices.Values(c.want)), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Two commands of which each would have to come first are mended by what makes
// either lawful after the other.
func TestCommandsThatBothComeFirstAreMended(t *testing.T) {
	s := whyNotSmall(func(p *offices.Parts) {
		plainUser(p, "alice").Access = users.AccessTo("bakery", "garage")
		p.Links = append(p.Links, sync.Link{User: "alice", System: plainSystem, AccountingUser: "duty@exact", Verified: true})
	})
	q := newQuest(s, policy.Request{Subject: "alice", Action: policy.CompanyView, Resource: policy.OfCompany("bakery"), At: plainNow})
	c := q.course([]atom{
		{kind: choosesDuty, user: "alice", system: plainSystem},
		{kind: linksAccount, user: "alice", system: plainSystem, account: "bakery@exact"},
	})
	if order, lawful := c.lawfulOrder(); lawful {
		t.Fatalf("lawful in the order %v", order)
	}
	for i := range c.list {
		if _, always := c.refused(i); always {
			t.Errorf("%s is refused in any order", c.list[i])
		}
	}
	if ways := c.mends(); len(ways) == 0 {
		t.Error("nothing mends them")
	}
}
