package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

func canText(s Standing) (list []string) {
	for _, e := range s.Endings {
		list = append(list, strings.TrimSuffix(strings.ReplaceAll(textOf(e.Changes), "\n", " + "), " + ")+fmt.Sprint(": ", e.Code, " by ", e.By))
	}
	return list
}

func canBarred(s Standing) (list []string) {
	for _, b := range s.Barred {
		list = append(list, strings.TrimSuffix(strings.ReplaceAll(textOf(b.Changes), "\n", " + "), " + ")+": "+b.Code.String())
	}
	return list
}

// Offices in which one thing allows it, with every ending there is and in order.
func TestWhatEndsOneThing(t *testing.T) {
	has := func(p *offices.Parts, id users.ID, list ...roles.Role) { plainUser(p, id).Roles = roles.SetOf(list...) }
	booked, err := documents.New(plainDocuments()[4])
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		office func(*offices.Parts)
		policy.Request
		want, barred []string
	}{
		"who has one role gets a lower one in its place": {
			func(p *offices.Parts) { has(p, "alice", roles.Accountant) },
			policy.Request{Action: policy.CompanyChangeSettings, Resource: policy.OfCompany("bakery")},
			[]string{
				"change_company_access -bakery for alice: no_company_access by [rosa]",
				"grant_role authorisation_administrator to alice + revoke_role accountant from alice: role_missing by [rosa]",
				"grant_role restricted_client_user to alice + revoke_role accountant from alice: role_missing by [rosa]",
				"grant_role client_user to alice + revoke_role accountant from alice: role_missing by [rosa]",
				"grant_role authoriser to alice + revoke_role accountant from alice: role_missing by [rosa]",
				"change_end_date 2026-11-22 for alice: inactive_user by [rosa]",
			},
			nil,
		},
		"two rules that each allow it are both to end": {
			func(p *offices.Parts) { has(p, "alice", roles.SuperUser, roles.ClientUser) },
			policy.Request{Action: policy.CompanyView, Resource: policy.OfCompany("bakery")},
			[]string{
				"change_company_access -bakery for alice + revoke_role super_user from alice: no_company_access by [alice rosa]",
				"change_end_date 2026-11-22 for alice: inactive_user by [alice rosa]",
			},
			nil,
		},
		"who books does so by a link": {
			func(p *offices.Parts) {
				has(p, "alice", roles.Accountant, roles.ClientUser)
				p.Links = append(p.Links, sync.Link{User: "alice", System: plainSystem, AccountingUser: "bakery@exact", Verified: true})
			},
			policy.Request{Action: policy.DocumentBook, Resource: policy.OfDocument(&booked)},
			[]string{
				"unlink_accounting_user exact for alice: not_linked by [alice rosa]",
				"change_company_access -bakery for alice: no_company_access by [rosa]",
				"revoke_role accountant from alice: role_missing by [rosa]",
				"change_end_date 2026-11-22 for alice: inactive_user by [rosa]",
			},
			nil,
		},
		"an SME Accountant manages nobody who authorises": {
			func(p *offices.Parts) { has(p, "alice", roles.SMEAccountant, roles.ClientUser) },
			policy.Request{Action: policy.UserChangeDetails, Resource: policy.OfUser("tess")},
			[]string{
				"change_company_access -bakery for tess: not_manageable by [alice rosa]",
				"grant_role authorisation_administrator to tess: not_manageable by [rosa]",
				"grant_role authoriser to tess: not_manageable by [rosa]",
				"grant_role sme_accountant to tess: not_manageable by [rosa]",
				"revoke_role sme_accountant from alice: role_missing by [rosa]",
				"change_company_access -bakery for alice: not_manageable by [rosa]",
				"grant_role accountant to tess: not_manageable by [rosa]",
				"grant_role super_user to tess: not_manageable by [rosa]",
				"change_end_date 2026-11-22 for alice: inactive_user by [rosa]",
			},
			[]string{"revoke_role client_user from tess: role_set_invalid"},
		},
		"who synchronises does so until another does": {
			func(p *offices.Parts) {
				has(p, "alice", roles.SuperUser, roles.ClientUser)
				plainUser(p, "alice").Access = users.AccessTo("bakery", "garage")
				p.Links = append(p.Links, sync.Link{User: "alice", System: plainSystem, AccountingUser: "chief@exact", Verified: true})
			},
			policy.Request{Subject: "rosa", Action: policy.ConnectionReconnect, Resource: policy.OfConnection(plainSystem)},
			[]string{
				"manage alice rosa@exact for exact: not_self by [alice rosa]",
				"manage alice duty@exact for exact: not_self by [alice rosa]",
				"manage alice for exact: not_self by [alice rosa]",
			},
			[]string{"change_end_date 2026-11-22 for rosa: synchronisation_duty"},
		},
		"the last Super user stays one": {
			func(*offices.Parts) {},
			policy.Request{Subject: "rosa", Action: policy.OfficeViewSettings, Resource: policy.OfOffice("office")},
			nil,
			[]string{"change_end_date 2026-11-22 for rosa: last_super_user", "revoke_role super_user from rosa: role_set_invalid"},
		},
		"a role that one gets oneself, with another revoked beside it, is no way to end what it would spoil": {
			func(p *offices.Parts) { has(p, "alice", roles.SuperUser, roles.Accountant) },
			policy.Request{Action: policy.UserGrantRole, Resource: policy.OfUser("alice"), With: &policy.With{Role: roles.ClientUser}},
			[]string{
				"revoke_role super_user from alice: beyond_reach by [alice rosa]",
				"change_end_date 2026-11-22 for alice: inactive_user by [alice rosa]",
			},
			nil,
		},
		"a company pays while there is an agreement": {
			func(p *offices.Parts) {
				has(p, "alice", roles.Accountant, roles.ClientUser)
				plainCompany(p, "bakery").PaymentAgreement = true
			},
			policy.Request{Action: policy.UserChangeBillTo, Resource: policy.OfUser("tess"), With: &policy.With{BillTo: users.BillToCompany("bakery")}},
			[]string{
				"change_settings payment_agreement=false for bakery: bad_property by [rosa]",
				"revoke_role accountant from alice: role_missing by [rosa]",
				"grant_role super_user to tess: not_manageable by [rosa]",
				"change_end_date 2026-11-22 for alice: inactive_user by [rosa]",
			},
			nil,
		},
	} {
		if c.At = plainNow; c.Subject == "" {
			c.Subject = "alice"
		}
		standing := WhyCan(whyNotSmall(c.office), c.Request)
		if diff := cmp.Diff(c.want, canText(standing)); diff != "" || standing.Cut {
			t.Errorf("%s (cut: %v; -want +got):\n%s", name, standing.Cut, diff)
		}
		if diff := cmp.Diff(c.barred, canBarred(standing)); diff != "" {
			t.Errorf("%s, barred (-want +got):\n%s", name, diff)
		}
	}
}

// Endings that hang on what few offices have: each is among those that are found.
func TestWhatEndsOneThingSeldomSeen(t *testing.T) {
	has := func(p *offices.Parts, id users.ID, list ...roles.Role) { plainUser(p, id).Roles = roles.SetOf(list...) }
	changed := func(list ...roles.Role) *policy.With { return &policy.With{Roles: policy.Given(roles.SetOf(list...))} }
	administrator, tess := roles.AuthorisationAdministrator, policy.OfUser("tess")
	for name, c := range map[string]struct {
		office func(*offices.Parts)
		policy.Request
		want string
	}{
		"a part of a change that is not the first": {
			func(p *offices.Parts) {
				has(p, "alice", roles.SMEAccountant, administrator)
				has(p, "tess", roles.RestrictedClientUser)
			},
			policy.Request{Action: policy.UserChangeRoles, Resource: tess, With: changed(roles.Authoriser, roles.ClientUser)},
			"revoke_role sme_accountant from alice: beyond_reach by [rosa]",
		},
		"a part that the change comes to have": {
			func(p *offices.Parts) { has(p, "alice", administrator) },
			policy.Request{Action: policy.UserChangeRoles, Resource: tess, With: changed(roles.Authoriser, roles.ClientUser)},
			"change_roles [restricted_client_user] for tess: beyond_reach by [rosa]",
		},
		"a set that would no longer be valid": {
			func(p *offices.Parts) { has(p, "tess", roles.ClientUser, roles.Authoriser) },
			policy.Request{Subject: "rosa", Action: policy.UserRevokeRole, Resource: tess, With: &policy.With{Role: roles.ClientUser}},
			"revoke_role authoriser from tess: role_set_invalid by [rosa]",
		},
		"a Super user who comes to be the last": {
			func(p *offices.Parts) {
				has(p, "alice", roles.SuperUser)
				plainUser(p, "alice").EndDate, plainUser(p, "rosa").EndDate = plainDay(2027, 1, 1), plainDay(2026, 11, 1)
			},
			policy.Request{Action: policy.UserDelete, Resource: tess},
			"grant_role super_user to tess: last_super_user by [alice]",
		},
		"a candidate who has no link": {
			func(p *offices.Parts) {
				plainUser(p, "tess").Access = users.AccessTo("bakery", "garage")
				p.Links = append(p.Links, sync.Link{User: "tess", System: plainSystem, AccountingUser: "rosa@exact"})
			},
			policy.Request{Subject: "rosa", Action: policy.ConnectionManage, Resource: policy.OfConnection(plainSystem), With: &policy.With{SynchronisationUser: "tess"}},
			"unlink_accounting_user exact for tess: candidate_unfit by [rosa]",
		},
	} {
		if c.At = plainNow; c.Subject == "" {
			c.Subject = "alice"
		}
		if got := canText(WhyCan(whyNotSmall(c.office), c.Request)); !slices.Contains(got, c.want) {
			t.Errorf("%s: no %q among %q", name, c.want, got)
		}
	}
}

// Every rule that holds is told, of each part.
func TestEveryRuleThatAllowsIsAGround(t *testing.T) {
	told := func(id documents.ID) *documents.Document {
		d, err := documents.New(documents.Parts{ID: id, Company: "bakery", DeliveredBy: "alice", Stage: documents.Tagging, Assigned: documents.NeverAssigned})
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	own := whyNotSmall(func(p *offices.Parts) {
		plainUser(p, "alice").Roles = roles.SetOf(roles.Accountant, roles.AuthorisationAdministrator, roles.RestrictedClientUser)
		plainUser(p, "tess").Roles = roles.SetOf(roles.ClientUser)
	})
	for _, c := range []struct {
		policy.Request
		want string
	}{
		{policy.Request{Action: policy.CompanyView, Resource: policy.OfCompany("bakery")}, "[{company.view/access }]"},
		{policy.Request{Action: policy.UserView, Resource: policy.OfUser("alice")}, "[{user.view/self } {user.view/accountant }]"},
		{policy.Request{Action: policy.UserView, Resource: policy.OfUser("tess")}, "[{user.view/accountant } {user.view/administrator }]"},
		{
			policy.Request{Action: policy.DocumentMerge, Resource: policy.OfDocument(told("one")), With: &policy.With{Documents: []*documents.Document{told("two")}}},
			"[{document.merge/restricted one} {document.merge/restricted two}]",
		},
		{
			policy.Request{
				Action: policy.UserChangeRoles, Resource: policy.OfUser("tess"),
				With: &policy.With{Roles: policy.Given(roles.SetOf(roles.Authoriser, roles.RestrictedClientUser))},
			},
			"[{user.change_roles/accountant authoriser} {user.change_roles/administrator authoriser} " +
				"{user.change_roles/accountant client_user} {user.change_roles/accountant restricted_client_user}]",
		},
	} {
		c.Subject, c.At = "alice", plainNow
		if got := fmt.Sprint(WhyCan(own, c.Request).Grounds); got != c.want {
			t.Errorf("%v: %s, want %s", c.Resource, got, c.want)
		}
	}
}

func TestWhatIsDeniedHasNothingToEnd(t *testing.T) {
	s := whyNotSmall(func(*offices.Parts) {})
	for _, r := range []policy.Request{
		{},
		{Subject: "alice", Action: policy.CompanyDelete, Resource: policy.OfCompany("bakery"), At: plainNow},
		{Subject: "rosa", Action: policy.UserGrantRole, Resource: policy.OfUser("tess"), At: plainNow}, // lacks the role
	} {
		for _, s := range []admin.State{s, {}} {
			standing := WhyCan(s, r)
			if want := s.Snapshot().Check(r); standing.Decision != want || standing.Allowed() ||
				standing.Grounds != nil || standing.Endings != nil || standing.Barred != nil || standing.Cut {
				t.Errorf("%v: %+v", r, standing)
			}
		}
	}
}

// The answer is the same each time, in no map's order, and said in both languages; and
// the first ground is the rule that allowed, where the question has one part.
func TestWhyCanAlwaysSaysTheSame(t *testing.T) {
	allowed := 0
	for n := range 2 {
		o, err := offices.New(canOffice(1+16*n, n))
		if err != nil {
			t.Fatal(err)
		}
		s := admin.Open(o)
		for _, q := range canQuestions() {
			r := q.asked(q.docs)
			first, again := WhyCan(s, r), WhyCan(s, r)
			if diff := cmp.Diff(canText(first), canText(again)); diff != "" {
				t.Errorf("%s (-first +again):\n%s", q.name, diff)
			}
			if first.Allowed() {
				allowed++
				if !slices.ContainsFunc(first.Grounds, func(g Ground) bool { return g.Rule == first.Rule() }) || first.Grounds[0].Of == "" && first.Grounds[0].Rule != first.Rule() {
					t.Errorf("%s: allowed by %s, and told are %v", q.name, first.Rule(), first.Grounds)
				}
			}
			for _, e := range first.Endings {
				for _, c := range e.Changes {
					if c.In(words.English) == "" || c.In(words.Dutch) == c.In(words.English) || c.Command() == nil {
						t.Errorf("%s: %q is %q in English and %q in Dutch", q.name, c, c.In(words.English), c.In(words.Dutch))
					}
				}
			}
		}
	}
	t.Logf("%d allowed", allowed)
	if allowed < 100 {
		t.Error("that was too little")
	}
}
