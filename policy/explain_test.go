package policy

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// articles are all that a source may name.
var articles = []string{"TIPS", "ADD", "ROLES", "SETTINGS", "SYNC", "DERIVED"}

// junk is what a sentence never holds: a broken verb, a Go value, or a hole where
// a name should stand.
var junk = []string{
	"%!", "<nil>", "{", "}", "[", "]", "0x", "(0)", "&", "  ", " ;", " ,", " .", ";;", "..", ": .", "for .", "is .", "\n",
}

var policyHash = Hash()

// faultsOf is what is wrong with an explanation, whatever was asked.
func faultsOf(e Explanation) (faults []string) {
	fault := func(wrong bool, what string) {
		if wrong {
			faults = append(faults, what)
		}
	}
	fault(!strings.HasSuffix(e.Reason, "."), "the reason is no sentence")
	for _, s := range junk {
		fault(strings.Contains(e.Reason, s), "the reason holds "+s)
	}
	fault(strings.HasPrefix(e.Reason, " "), "the reason begins with a hole")
	fault(e.Policy != policyHash, "the policy is named "+e.Policy)
	for source := range strings.SplitSeq(e.Source, ", ") {
		fault(e.Source != "" && !slices.Contains(articles, source), "the source is "+source)
	}
	fault(e.Source == "" != (e.Near == nil), "a source goes with the rules that are near")
	missed := e.Guard
	for _, near := range e.Near {
		missed |= near.Missed
		fault(!e.Allowed() && near.Missed|e.Guard == 0, near.Rule.String()+" missed nothing")
	}
	switch {
	case e.Allowed():
		fault(len(e.Near) != 1 || e.Near[0] != Near{Rule: e.Rule()} || e.Guard != 0, "an allowance names its rule alone")
	case e.Near != nil && e.Code() != MissingProperty:
		fault(!slices.ContainsFunc(slices.Collect(missed.Each()), func(f Facts) bool { return f.Code() == e.Code() }),
			"nothing that was missed is called so")
	case e.Near == nil:
		fault(e.Guard != 0 || e.Code() > BadProperty, "facts denied, and are not told")
	}
	return faults
}

func TestEveryScenarioIsExplained(t *testing.T) {
	for _, sc := range scenarios() {
		e := sc.snapshot(t).Explain(sc.request())
		for _, fault := range faultsOf(e) {
			t.Errorf("%s: %s\n%s\n%+v", sc.name, fault, e.Reason, e)
		}
	}
}

func TestEveryQuestionIsExplained(t *testing.T) {
	var n tally
	reasons := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		s := compiled(t, p)
		for range 3 {
			c := drawStrangeAbout(t, p)
			for r := range c.everything(anybody(p)...) {
				e := s.Explain(r)
				n.note(!e.Allowed())
				reasons[e.Reason] = true
				if faults := faultsOf(e); faults != nil {
					t.Fatalf("%s: %s\n%s\n%+v", r.describe(), strings.Join(faults, "; "), e.Reason, e)
				}
			}
		}
	})
	n.report(t, "were denied", 5000)
	t.Logf("%d reasons", len(reasons))
}

// What an explanation names is what the question was about.
func TestReasons(t *testing.T) {
	office := usual()
	all(bankRight("bram"), unlinked("sam", "exact"), ending("gina", "2026-11-01"), holding("nora"))(office)
	s := office.compile(t)
	noCompany := doc(documents.Tagging, of(""))
	unread := With{Role: roles.ClientUser, Unreadable: []Unreadable{{PropertyRole, problems.Problem{Path: "role", Found: `"king"`, Expected: "a role"}}}}
	merged := mergedWith(of("garage"))
	for _, c := range []struct {
		who  users.ID
		do   Action
		on   Resource
		with With
		want string
	}{
		{"anna", DocumentReject, authorised, With{Comment: "wrong amount"}, "document.reject is for the authoriser in turn; the turn is bob's."},
		{"anna", DocumentReject, authorised, With{}, "document.reject needs the property comment, which was not given."},
		{"rosa", DocumentBook, toBook, With{}, "document.book is for Accountant or SME Accountant; rosa is Super user."},
		{"sam", DocumentBook, toBook, With{}, "sam has no link to a user of accounting system exact who reaches company bakery there."},
		{"bram", DocumentTag, tagging, With{}, "document.tag is for Client user or Restricted client user; bram is Accountant."},
		{"dirk", DocumentTag, tagging, With{}, "inv-1 was delivered by carla, not by dirk."},
		{"carla", DocumentMerge, tagging, merged, "carla has no access to company garage."},
		{"carla", DocumentTag, archived, With{}, "document.tag is for documents at stage tagging; inv-1 is at stage archived."},
		{"carla", DocumentTag, noCompany, With{}, "document.tag depends on what was not told of the document: company."},
		{"carla", DocumentTag, doc(0), With{}, "document.tag depends on what was not told of the document: stage."},
		{"carla", DocumentTag, doc(documents.Tagging, of("forge")), With{}, `A property cannot be used: company: found "forge", expected a company of this office.`},
		{"carla", DocumentTag, doc(documents.Booking, named("")), With{}, "document.tag is for documents at stage tagging; the document is at stage booking."},
		{"carla", DocumentAssign, tagging, authorisers("anna", "nora", "tom"), "A document is assigned to active Authorisers with access to company bakery, each named once; this does not hold for nora and tom."},
		{"nora", DocumentUpload, OfCompany("bakery"), With{}, "document.upload is for Client user or Restricted client user; nora is without a role."},
		{"gina", DocumentUpload, OfCompany("garage"), With{}, "gina has been inactive since the end date, 2026-11-01."},
		{"rosa", UserCreate, OfOffice("devries"), With{}, "user.create needs the properties roles, companies, which were not given."},
		{"rosa", UserGrantRole, OfUser("carla"), role(roles.RestrictedClientUser), "The roles would not be a valid set: Client user and Restricted client user exclude each other; the restricted one leads (R1)."},
		{"rosa", UserGrantRole, OfUser("carla"), unread, `A property cannot be used: role: found "king", expected a role.`},
		{"bram", UserGrantRole, OfUser("bram"), role(roles.Authoriser), "Nobody but a Super user may do user.grant_role on themselves."},
		{"carla", UserView, OfUser("dirk"), With{}, "user.view is for the user concerned, Super user, Accountant, SME Accountant or Authorisation administrator; carla is Client user."},
		{"theo", ConnectionReconnect, OfConnection("exact"), With{}, "connection.reconnect is for the synchronisation user of exact alone, rosa."},
		{"rosa", CompanyView, OfUser("carla"), With{}, "company.view is asked on a resource of type company."},
		{"mallory", CompanyView, OfCompany("bakery"), With{}, `No user "mallory" in this office.`},
		{"carla", DocumentTag, tagging, With{}, "A Client user manages what is ready for tagging."},
	} {
		if got := s.Explain(Request{c.who, c.do, c.on, &c.with, now}).Reason; got != c.want {
			t.Errorf("%s asks %s on %s:\n got %s\nwant %s", c.who, c.do, c.on, got, c.want)
		}
	}
	if got := s.Explain(Request{Subject: "rosa", Action: CompanyView, Resource: OfCompany("bakery")}).Reason; got != "The moment of asking was not given, or cannot be read." {
		t.Errorf("at no moment: %s", got)
	}
}

// An explanation names the rules that are near, and what each missed.
func TestWhatIsNear(t *testing.T) {
	w := usual()
	holding("carla", roles.ClientUser, roles.Authoriser)(w)
	s := w.compile(t)
	e := s.Explain(Request{"carla", DocumentView, doc(documents.Authorisation, route("anna")), nil, now})
	var near []string
	for _, n := range e.Near {
		near = append(near, n.Rule.String()+" missed "+n.Missed.String())
	}
	want := []string{"document.view/client missed open_to_clients", "document.view/in-turn missed in_turn"}
	if !slices.Equal(near, want) || e.Code() != EverAssigned || e.Guard != 0 || e.Source != "ROLES, SETTINGS" {
		t.Errorf("got %q, guard %s, %s, source %s", near, e.Guard, e.Code(), e.Source)
	}
}

func TestTheHashNamesTheTable(t *testing.T) {
	whole := policyHash
	if !regexp.MustCompile(`^sha256:[0-9a-f]{64}$`).MatchString(whole) || usual().compile(t).Policy() != whole {
		t.Errorf("the policy is named %s", whole)
	}
	if again := hash(); again != whole {
		t.Fatalf("the hash is %s, and then %s", whole, again)
	}
	hashes := map[string]bool{whole: true}
	for a := range AllActions() {
		for i := range table[a].rows {
			changed := changedHash(&table[a].rows[i])
			if hashes[changed] {
				t.Errorf("a changed %s has the hash of another table", table[a].rows[i].id)
			}
			hashes[changed] = true
		}
	}
	if again := hash(); again != whole {
		t.Errorf("the table did not come back: %s, was %s", again, whole)
	}
	t.Logf("%d tables, as many hashes", len(hashes))
}

// changedHash is the hash of a table in which one row needs one fact more, or
// one fewer. No other test runs meanwhile.
func changedHash(r *row) string {
	was := *r
	defer func() { *r = was }()
	r.needs ^= DutyKept
	return hash()
}
