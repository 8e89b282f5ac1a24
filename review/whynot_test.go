package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// whyNotSmall is an office of which a test says what matters to it.
func whyNotSmall(change func(*offices.Parts)) admin.State {
	p := bruteOffice(32, 0)
	for i := range p.Users {
		u := &p.Users[i]
		*u = users.User{ID: u.ID, Username: u.Username, Email: u.Email, Roles: u.Roles, Access: users.AccessTo("bakery"), Used: true}
	}
	plainUser(&p, "rosa").Access = users.AccessTo("bakery", "garage")
	plainUser(&p, "tess").Roles = roles.SetOf(roles.ClientUser)
	p.Systems[0].SynchronisationUser = "rosa"
	p.Links = []sync.Link{{User: "rosa", System: plainSystem, AccountingUser: "rosa@exact", Verified: true}}
	change(&p)
	o, err := offices.New(p)
	if err != nil {
		panic(err)
	}
	return admin.Open(o)
}

func whyNotText(a Answer) (list []string) {
	for _, r := range a.Remedies {
		list = append(list, strings.TrimSuffix(strings.ReplaceAll(textOf(r.Changes), "\n", " + "), " + ")+fmt.Sprint(" by ", r.By))
	}
	return list
}

func TestWhatCannotBeAskedHasNoRemedy(t *testing.T) {
	s := whyNotSmall(func(*offices.Parts) {})
	bakery := policy.OfCompany("bakery")
	unreadable := &policy.With{Unreadable: []policy.Unreadable{{Property: policy.PropertyRole, Problem: problems.Problem{}}}}
	for _, r := range []policy.Request{
		{},
		{Subject: "nobody", Action: policy.CompanyView, Resource: bakery, At: plainNow},
		{Subject: "alice", Resource: bakery, At: plainNow},
		{Subject: "alice", Action: policy.CompanyView, Resource: policy.OfCompany("mill"), At: plainNow},
		{Subject: "alice", Action: policy.CompanyView, Resource: policy.OfUser("tess"), At: plainNow},
		{Subject: "alice", Action: policy.DocumentView, Resource: policy.Resource{Type: policy.Document, ID: "inv"}, At: plainNow},
		{Subject: "alice", Action: policy.CompanyDelete, Resource: bakery},
		{Subject: "alice", Action: policy.UserGrantRole, Resource: policy.OfUser("tess"), With: unreadable, At: plainNow},
		{Subject: "alice", Action: policy.UserLinkAccountingUser, Resource: policy.OfUser("tess"), With: &policy.With{System: "none"}, At: plainNow},
		{Subject: "rosa", Action: policy.UserChangeBillTo, Resource: policy.OfUser("tess"), With: &policy.With{BillTo: users.BillToCompany("mill")}, At: plainNow},
	} {
		a := WhyNot(s, r)
		if a.Allowed() || a.Code() == 0 || len(a.Remedies)+len(a.Barred) > 0 {
			t.Errorf("%v: %s, %v", r, a.Code(), whyNotText(a))
		}
	}
	if a := WhyNot(admin.State{}, policy.Request{Subject: "alice", Action: policy.CompanyView, Resource: bakery, At: plainNow}); a.Allowed() || len(a.Remedies) > 0 {
		t.Errorf("in no office: %v", whyNotText(a))
	}
}

func TestWhatIsAllowedHasNothingToChange(t *testing.T) {
	s := whyNotSmall(func(*offices.Parts) {})
	a := WhyNot(s, policy.Request{Subject: "alice", Action: policy.CompanyView, Resource: policy.OfCompany("bakery"), At: plainNow})
	if !a.Allowed() || a.Remedies != nil || a.Barred != nil || a.Fixed != 0 || a.Cut {
		t.Errorf("%+v", a)
	}
}

// What was not told of a document is told, and nothing else is awaited of it.
func TestAPartThatWasNotToldIsToldOrHelpsNobody(t *testing.T) {
	s := whyNotSmall(func(*offices.Parts) {})
	told := func(p documents.Parts) policy.Resource {
		d, err := documents.Told(p)
		if err != nil {
			t.Fatal(err)
		}
		return policy.OfDocument(&d)
	}
	for _, c := range []struct {
		parts documents.Parts
		want  []string
	}{
		{
			documents.Parts{ID: "inv", Company: "bakery", DeliveredBy: "tess", Assigned: documents.EverAssigned},
			[]string{"tell stage=tagging of inv by []"},
		},
		{
			documents.Parts{ID: "inv", Stage: documents.Tagging, DeliveredBy: "tess", Assigned: documents.EverAssigned},
			[]string{"tell company=bakery of inv by []", "change_company_access +garage for alice + tell company=garage of inv by []"},
		},
		{
			documents.Parts{Company: "bakery", DeliveredBy: "tess", Stage: documents.Archived},
			[]string{
				"tell ever_assigned=false of the document by []", "change_archive_right all for alice by [rosa]",
				"grant_role sme_accountant to alice by [rosa]", "grant_role accountant to alice by [rosa]",
				"grant_role authoriser to alice + await turn of alice on the document by []",
				"grant_role authorisation_administrator to alice + await route of the document by []",
			},
		},
	} {
		a := WhyNot(s, policy.Request{Subject: "alice", Action: policy.DocumentView, Resource: told(c.parts), At: plainNow})
		got := slices.DeleteFunc(whyNotText(a), func(s string) bool { return strings.Contains(s, "stage=") && c.parts.Stage == 0 && s != c.want[0] })
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.parts, diff)
		}
	}
}

// A Super user is needed on every day: somebody else becomes one, or one stays.
func TestSomebodyElseBecomesSuperUserFirst(t *testing.T) {
	s := whyNotSmall(func(p *offices.Parts) {
		plainUser(p, "tess").EndDate = plainDay(2027, 1, 1)
		p.Systems[0].SynchronisationUser = "alice"
	})
	a := WhyNot(s, policy.Request{Subject: "rosa", Action: policy.UserDelete, Resource: policy.OfUser("rosa"), At: plainNow})
	want := []string{
		"grant_role super_user to alice by [rosa]",
		"change_end_date none for tess + grant_role super_user to tess by [rosa]",
	}
	if diff := cmp.Diff(want, whyNotText(a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What no rule lets anybody do is named with the rule: here a link without the right
// to book. To have who books synchronise with it takes more than anybody may.
func TestWhatMayNotBeIsNamedWithItsRule(t *testing.T) {
	s := whyNotSmall(func(p *offices.Parts) { plainUser(p, "alice").Roles = roles.SetOf(roles.Accountant) })
	booked, err := documents.New(plainDocuments()[4])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		action policy.Action
		on     policy.Resource
		want   []string
	}{
		{policy.DocumentBook, policy.OfDocument(&booked), []string{
			"link_accounting_user exact duty@exact for alice + enter_accounting_password exact for alice: accounting_user_unfit",
			"link_accounting_user exact reader@exact for alice + enter_accounting_password exact for alice: accounting_user_unfit",
			"manage alice duty@exact for exact + enter_accounting_password exact for alice: candidate_unfit",
		}},
		{policy.UserLinkAccountingUser, policy.OfUser("tess"), nil},
	} {
		var got []string
		for _, b := range WhyNot(s, policy.Request{Subject: "alice", Action: c.action, Resource: c.on, At: plainNow}).Barred {
			got = append(got, strings.TrimSuffix(strings.ReplaceAll(textOf(b.Changes), "\n", " + "), " + ")+": "+b.Code.String())
			if b.Reason(words.Dutch) == "" || b.Reason(words.Dutch) == b.Reason(words.English) {
				t.Errorf("%s is said to be %q", b.Code, b.Reason(words.Dutch))
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.action, diff)
		}
	}
}

// A user who would act for the first time spoils what hangs on their never having
// acted, and is not told of.
func TestWhoeverSpoilsItByActingIsNotToldOf(t *testing.T) {
	s := whyNotSmall(func(p *offices.Parts) {
		*plainUser(p, "tess") = users.User{
			ID: "tess", Username: "tess", Email: "t@example.com", Roles: roles.SetOf(roles.SuperUser), Access: users.AccessTo("bakery"),
		}
	})
	a := WhyNot(s, policy.Request{Subject: "alice", Action: policy.UserChangeEmail, Resource: policy.OfUser("tess"), At: plainNow})
	if got := whyNotText(a); !slices.Contains(got, "grant_role super_user to alice by [rosa]") {
		t.Errorf("%v", got)
	}
}

// whyNotWide is an office of a user who reaches many companies, and who synchronises
// several systems.
func whyNotWide(n int) admin.State {
	return whyNotSmall(func(p *offices.Parts) {
		var ids []companies.ID
		for i := range n {
			system := companies.SystemID(fmt.Sprint("more", i%3))
			ids = append(ids, companies.ID(fmt.Sprint("company", i)))
			p.Companies = append(p.Companies, companies.Company{ID: ids[i], Name: "Company", System: system})
		}
		for i := range 3 {
			id := companies.SystemID(fmt.Sprint("more", i))
			p.Systems = append(p.Systems, sync.System{ID: id, Name: "More", SynchronisationUser: "rosa"})
			for j := range 10 {
				p.Systems[i+1].Users = append(p.Systems[i+1].Users, sync.User{
					ID: sync.UserID(fmt.Sprint("account", j)), Name: "Someone", Email: "s@example.com", Rank: j + 1, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
				})
			}
		}
		p.Users = append(p.Users, users.User{ID: "umar", Username: "umar", Email: "u@example.com", Roles: roles.SetOf(roles.SuperUser), Access: users.AccessTo(append(ids, "bakery", "garage")...)})
		plainUser(p, "tess").Access = users.AccessTo(append(ids, "bakery")...)
		plainUser(p, "rosa").Access = users.AccessTo(append(ids, "bakery", "garage")...)
		plainUser(p, "alice").Roles = roles.SetOf(roles.SMEAccountant)
	})
}

// Up to six companies out of reach are given or taken one by one; more, all at once,
// and the answer says that there would be others.
func TestMixturesOfManyCompaniesAreLeftOut(t *testing.T) {
	for _, c := range []struct {
		n, mixed int
		cut      bool
	}{{1, 2, false}, {6, 64, false}, {7, 2, true}, {200, 2, true}} {
		a := WhyNot(whyNotWide(c.n), policy.Request{
			Subject: "alice", Action: policy.UserChangeEndDate, Resource: policy.OfUser("tess"),
			With: &policy.With{EndDate: policy.Given(plainDay(2027, 1, 1))}, At: plainNow,
		})
		mixed := 0
		for _, text := range whyNotText(a) {
			if !strings.Contains(text, "role") {
				mixed++
			}
		}
		if mixed != c.mixed || a.Cut != c.cut {
			t.Errorf("%d companies: %d remedies of access, cut: %v", c.n, mixed, a.Cut)
		}
	}
}

// Where several systems would need another synchronisation user in very many ways,
// one user gets them all.
func TestManyDutiesGoToOneUser(t *testing.T) {
	a := WhyNot(whyNotWide(3), policy.Request{Subject: "umar", Action: policy.UserDelete, Resource: policy.OfUser("rosa"), At: plainNow})
	want := "manage umar chief@exact for exact + manage umar account0 for more0 + manage umar account0 for more1 + manage umar account0 for more2 by [rosa umar]"
	if got := whyNotText(a); !a.Cut || len(got) == 0 || got[0] != want {
		t.Errorf("cut: %v, %v", a.Cut, got)
	}
}

// The answer is the same each time, and in no map's order.
func TestWhyNotAlwaysSaysTheSame(t *testing.T) {
	s := whyNotSmall(func(*offices.Parts) {})
	for _, q := range plainQuestions() {
		first, again := WhyNot(s, q.asked(q.docs)), WhyNot(s, q.asked(q.docs))
		if diff := cmp.Diff(whyNotText(first), whyNotText(again)); diff != "" {
			t.Errorf("%s (-first +again):\n%s", q.name, diff)
		}
		for _, r := range first.Remedies {
			for _, c := range r.Changes {
				if c.In(words.English) == "" || c.In(words.Dutch) == c.In(words.English) || c.String() == "" {
					t.Errorf("%s: %q is %q in English and %q in Dutch", q.name, c, c.In(words.English), c.In(words.Dutch))
				}
			}
		}
	}
}
