package policytest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// strange are questions that name what is not there: with the code that they lead to
// where they have one, and what is said of them.
var strange = []struct {
	who  users.ID
	do   policy.Action
	on   policy.Resource
	with policy.With
	code policy.Code
	said string
}{
	{"bran", policy.CompanyView, policy.OfCompany("bakery"), policy.With{}, policy.UnknownUser, `bran company.view company:bakery: there is no user "bran" in this office, perhaps bram`},
	{"tom", policy.CompanyView, policy.OfCompany("bakery"), policy.With{}, policy.UnknownUser, `tom company.view company:bakery: the user "tom" of this office was deleted`},
	{"", policy.CompanyView, policy.OfCompany("bakery"), policy.With{}, policy.UnknownUser, `nobody company.view company:bakery: there is no user "" in this office`},
	{"bram", 0, policy.OfCompany("bakery"), policy.With{}, policy.UnknownAction, `there is no action 0`},
	{"bram", 250, policy.OfCompany("bakery"), policy.With{}, policy.UnknownAction, `there is no action 250`},
	{"bram", policy.CompanyView, policy.OfCompany("bakkery"), policy.With{}, policy.UnknownResource, `there is no company "bakkery" in this office, perhaps bakery`},
	{"bram", policy.CompanyView, policy.OfUser("bram"), policy.With{}, policy.UnknownResource, `company.view is asked on a resource of type company`},
	{"bram", policy.CompanyView, policy.Resource{}, policy.With{}, policy.UnknownResource, `company.view is asked on a resource of type company`},
	{"bram", policy.DocumentView, policy.Resource{Type: policy.Document, ID: "inv-9"}, policy.With{}, policy.UnknownResource, `there is no document "inv-9" in this office, perhaps inv-1`},
	{"bram", policy.UserView, policy.OfUser("bran"), policy.With{}, policy.UnknownResource, `there is no user "bran" in this office, perhaps bram`},
	{"rosa", policy.ConnectionView, policy.OfConnection("exact"), policy.With{}, policy.UnknownResource, `there is no accounting system "exact" in this office`},
	{"rosa", policy.OfficeViewSettings, policy.OfOffice("devries"), policy.With{}, policy.UnknownResource, `the office is "office", not "devries"`},
	{"bram", policy.CompanyView, policy.OfCompany("bakery"), policy.With{Comment: "why"}, 0, `company.view does not take the property comment`},
	{"rosa", policy.UserImport, policy.OfOffice("office"), policy.With{System: "books", Users: []sync.UserID{"nina@books"}}, policy.AccountingUserUnfit, `there is no user of accounting system books "nina@books" in this office`},
	{"rosa", policy.UserLinkAccountingUser, policy.OfUser("bram"), policy.With{System: "books", User: "nina@books"}, policy.AccountingUserUnfit, `"nina@books"`},
	{"rosa", policy.ConnectionManage, policy.OfConnection("books"), policy.With{SynchronisationUser: "bran"}, policy.CandidateUnfit, `there is no user "bran"`},
	{"rosa", policy.ConnectionManage, policy.OfConnection("books"), policy.With{SynchronisationUser: "bram", AccountingUser: "nina@books"}, policy.AccountingUserUnfit, `"nina@books"`},
	{"rosa", policy.UserCreate, policy.OfOffice("office"), policy.With{Roles: policy.Given(roles.SetOf(roles.ClientUser)), Companies: policy.Given(users.AccessTo("bakkery"))}, policy.BadProperty, ``},
}

// A test about nobody ends, whatever it expects, but for the code that the name leads
// to.
func TestNamesThatNobodyHasEndTheTest(t *testing.T) {
	office := bakery(t)
	expected := 0
	for _, c := range strange {
		for code := range policy.AllCodes() {
			r := recorded(func(t policytest.TB) { office.Cannot(t, c.who, c.do, c.on, code, c.with) })
			switch {
			case code == c.code && r.said != "":
				t.Errorf("expecting %s, it failed with %s", code, r.said)
			case code == c.code:
				expected++
			case c.code != policy.BadProperty && (!r.ended || !strings.Contains(r.said, c.said)), r.said == "":
				t.Errorf("expecting %s, it did not end with %s, but: %s", code, c.said, r.said)
			}
		}
		for _, r := range []*recorder{
			recorded(func(t policytest.TB) { office.Can(t, c.who, c.do, c.on, c.with) }),
			recorded(func(t policytest.TB) { _ = office.Decision(t, c.who, c.do, c.on, c.with) }),
			recorded(func(t policytest.TB) { office.OnlyThese(t, []users.ID{c.who}, c.do, c.on, c.with) }),
		} {
			if c.code != policy.BadProperty && (!r.ended || r.helped == 0) {
				t.Errorf("%s: it did not end, but: %s", c.said, r.said)
			}
		}
	}
	if expected != len(strange)-1 {
		t.Errorf("%d names were expected, of %d", expected, len(strange))
	}
}

// What would hold in vain, or cannot hold, ends the test too.
func TestWhatProvesNothingEndsTheTest(t *testing.T) {
	office, view, bakeries := bakery(t), policy.CompanyView, policy.OfCompany("bakery")
	never, empty := office, policytest.Office{At: morning}
	never.At = time.Time{}
	for want, assert := range map[string]func(t policytest.TB){
		"say which code":                 func(t policytest.TB) { office.Cannot(t, "bram", view, bakeries, 0) },
		"expected all of them in one":    func(t policytest.TB) { office.Can(t, "bram", view, bakeries, policy.With{}, policy.With{}) },
		"there is nobody in this office": func(t policytest.TB) { empty.OnlyThese(t, nil, view, bakeries) },
		"bad_time":                       func(t policytest.TB) { never.OnlyThese(t, nil, policy.CompanyDelete, bakeries) },
		`there is no user "bran"`:        func(t policytest.TB) { office.OnlyThese(t, []users.ID{"bran"}, view, bakeries) },
		"bad_property": func(t policytest.TB) {
			office.OnlyThese(t, nil, policy.UserChangeBillTo, policy.OfUser("anna"), policy.With{BillTo: users.BillToCompany("bakery")})
		},
		"findings at no moment":                            func(t policytest.TB) { never.NoFindings(t, policytest.Finding{ID: "S1"}) },
		"named none":                                       func(t policytest.TB) { office.Finds(t) },
		"nothing is described":                             func(t policytest.TB) { office.NoFindings(t, policytest.Finding{}) },
		`there is no rule "S9"`:                            func(t policytest.TB) { office.NoFindings(t, policytest.Finding{ID: "S9"}) },
		"there is no such level":                           func(t policytest.TB) { office.NoFindings(t, policytest.Finding{Level: 9}) },
		`finding user bran: there is no user "bran"`:       func(t policytest.TB) { office.NoFindings(t, policytest.Finding{User: "bran"}) },
		`finding company moon: there is no company "moon"`: func(t policytest.TB) { office.NoFindings(t, policytest.Finding{Company: "moon"}) },
		`found "office", expected another id`:              func(t policytest.TB) { policytest.Build("rosa", "office").Open(t, morning) },
		`the user "tom" of this office was deleted`:        func(t policytest.TB) { office.Can(t, "tom", view, bakeries) },
		`there is no document "inv-1" in this office`: func(t policytest.TB) {
			policytest.Open(office.Office(), morning).Can(t, "bob", policy.DocumentApprove, policytest.Office{}.Document("inv-1"))
		},
	} {
		r := recorded(assert)
		if !r.ended || !strings.Contains(r.said, want) || r.helped == 0 {
			t.Errorf("it did not end with %s, but: %s", want, r.said)
		}
	}
}
