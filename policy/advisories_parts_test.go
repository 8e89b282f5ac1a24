package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// sizes are those at which a counter of 16 bits, or a first and a last piece, goes
// wrong.
var sizes = []int{0, 1, 2, 65_535, 65_536}

// many is an office of 65,537 companies, all of them in Exact; rosa reaches
// them all, and user-0, user-1 and so on the first so many.
func many(t *testing.T) (*Snapshot, []companies.ID) {
	t.Helper()
	w := usual()
	ids := make([]companies.ID, slices.Max(sizes)+1)
	for i := range ids {
		ids[i] = companies.ID(fmt.Sprintf("company-%06d", i))
		w.Companies = append(w.Companies, companies.Company{ID: ids[i], Name: "Company", System: "exact"})
	}
	w.user("rosa").Access = users.AccessTo(ids...)
	for _, n := range sizes {
		w.join(users.ID(fmt.Sprint("user-", n)), users.AccessTo(ids[:n]...), roles.Accountant)
	}
	return w.compile(t), ids
}

// A list was cut into pieces with a counter that overflowed, so that some of it
// was not looked at.
func TestCVE_2024_27101_ListsOfAnySizeAreLookedAtWhole(t *testing.T) {
	s, ids := many(t)
	for _, n := range sizes {
		who := users.ID(fmt.Sprint("user-", n))
		for _, at := range []int{0, 1, 2, 255, 256, 65_534, 65_535, 65_536} {
			if d := s.Check(Request{who, CompanyView, OfCompany(ids[at]), nil, now}); d.Allowed() != (at < n) {
				t.Errorf("%s views company %d: %+v", who, at, d)
			}
		}
		for _, asked := range []int{n, n + 1} {
			with := person(ids[:asked], roles.ClientUser)
			if d := s.Check(Request{who, UserCreate, office, &with, now}); d.Allowed() != (asked <= n) {
				t.Errorf("%s gives %d companies: %+v", who, asked, d)
			}
		}
		with := person(append(slices.Clone(ids[:n]), "forge"), roles.ClientUser)
		if d := s.Check(Request{"rosa", UserCreate, office, &with, now}); d.Code() != BadProperty {
			t.Errorf("rosa gives %d companies and an unknown one: %+v", n, d)
		}
	}
}

// The same for what one question names: authorisers, documents, users to import.
func TestCVE_2024_27101_QuestionsOfAnySizeAreLookedAtWhole(t *testing.T) {
	s := usual().compile(t)
	for _, n := range append([]int{65_537, MaxNamed + 65_536}, sizes...) {
		few := n > 0 && n <= MaxNamed
		list := alike(n)
		if d := s.Check(Request{"carla", DocumentMerge, tagging, &With{Documents: list}, now}); d.Allowed() != few {
			t.Errorf("%d documents: %+v", n, d)
		}
		if d := s.Check(Request{"carla", DocumentAssign, tagging, &With{Authorisers: slices.Repeat([]users.ID{"anna"}, n)}, now}); d.Allowed() != (n == 1) {
			t.Errorf("%d authorisers: %+v", n, d)
		}
		accounts := append(slices.Repeat([]sync.UserID{"bram@exact"}, n), "nobody@exact")
		with := importing("exact", accounts, roles.ClientUser)
		if d := s.Check(Request{"rosa", UserImport, office, &with, now}); d.Code() != AccountingUserUnfit {
			t.Errorf("%d to import and a stranger: %+v", n, d)
		}
		if with.Users = accounts[:n]; n > 0 && !s.Check(Request{"rosa", UserImport, office, &with, now}).Allowed() {
			t.Errorf("%d to import are not allowed", n)
		}
	}
}

// A name that was spelt otherwise missed the rule that denied it. Here each name
// has one spelling, and what is unknown is denied. Also CVE-2026-26205.
func TestCVE_2026_33186_ANameHasOneSpelling(t *testing.T) {
	for name := range names() {
		for _, other := range otherwise(name) {
			if a, err := ParseAction(other); err == nil {
				t.Errorf("%q is read as %s", other, a)
			}
			if r, err := ParseResourceType(other); err == nil {
				t.Errorf("%q is read as %s", other, r)
			}
			if r, err := ParseRuleID(other); err == nil {
				t.Errorf("%q is read as %s", other, r)
			}
			if c, err := ParseCode(other); err == nil {
				t.Errorf("%q is read as %s", other, c)
			}
		}
	}
	s := usual().compile(t)
	for v := range 256 {
		if a := Action(v); !a.Known() && s.Check(Request{"rosa", a, usually(a), nil, now}).Code() != UnknownAction {
			t.Errorf("%s is answered", a)
		}
	}
}

// names are the names of everything that is named by a text.
func names() map[string]bool {
	all := map[string]bool{}
	for a := range AllActions() {
		all[a.String()] = true
	}
	for r := range AllRules() {
		all[r.String()] = true
	}
	for c := range AllCodes() {
		all[c.String()] = true
	}
	for t := Document; t <= Office; t++ {
		all[t.String()] = true
	}
	return all
}

// otherwise is a name in spellings that a careless reader would let pass.
func otherwise(name string) []string {
	return []string{
		strings.ToUpper(name), strings.ToUpper(name[:1]) + name[1:], " " + name, name + " ", name + "\n", name + "\x00", "/" + name, name + "/",
		"./" + name, name + ".", name + "/.", strings.Replace(name, ".", "//", 1) + "//", strings.Replace(name, "e", "%65", 1) + "%20",
		strings.ReplaceAll(name, "o", "\u043e") + "\u200b", name + "?", name + "#", name + ";x", "*", strings.ReplaceAll(name, "_", "-") + "_",
		name + name,
	}
}

// What was nested in a bulk operation skipped its own check. Here a merger is
// allowed to exactly those who may split each document of it, whichever of them
// it is asked on. Also CVE-2026-44283.
func TestCVE_2026_33343_AMergerIsNeverWiderThanItsParts(t *testing.T) {
	w := usual()
	w.join("hank", users.AccessTo("bakery", "garage"), roles.ClientUser)
	s := w.compile(t)
	pool := documentsOfAllKinds()
	allowed, denied := 0, 0
	for _, who := range []users.ID{"rosa", "bram", "ada", "anna", "carla", "dirk", "gina", "hank"} {
		for i, one := range pool {
			for j, other := range pool {
				if i == j {
					continue
				}
				with := With{Documents: []*documents.Document{other.Document}}
				each := s.Check(Request{who, DocumentSplit, one, nil, now}).Allowed() &&
					s.Check(Request{who, DocumentSplit, other, nil, now}).Allowed()
				switch d := s.Check(Request{who, DocumentMerge, one, &with, now}); {
				case d.Allowed() && !each:
					t.Errorf("%s merges %+v with %+v", who, one.Document.Parts(), other.Document.Parts())
				case d.Allowed():
					allowed++
				default:
					denied++
				}
			}
		}
	}
	if allowed < 40 || denied < 8000 {
		t.Errorf("%d mergers were allowed and %d denied, want more", allowed, denied)
	}
}

// documentsOfAllKinds differ in company, deliverer, stage and past.
func documentsOfAllKinds() []Resource {
	var pool []Resource
	for _, company := range []companies.ID{"bakery", "garage"} {
		for _, deliverer := range []users.ID{"carla", "dirk"} {
			for _, stage := range []documents.Stage{documents.Tagging, documents.Booking, documents.Archived} {
				for _, past := range []documents.Assigned{documents.NeverAssigned, documents.EverAssigned, documents.NeverAssigned} {
					pool = append(pool, doc(stage, of(company), by(deliverer), named(documents.ID(fmt.Sprint("doc-", len(pool)))),
						func(p *documents.Parts) { p.Assigned = past }))
				}
			}
		}
	}
	return pool
}

// The same for a change of many roles, which is each grant and each revocation in
// it: bram may grant and revoke less than rosa.
func TestCVE_2026_33343_ManyRolesAreNoWayAroundOne(t *testing.T) {
	s := usual().compile(t)
	stored := (&world{usual().Parts}).user("carla").Roles
	for _, who := range []users.ID{"rosa", "bram", "sam", "ada", "anna", "carla"} {
		for asked := range roles.Set(128) {
			if !s.Check(Request{who, UserChangeRoles, OfUser("carla"), &With{Roles: Given(asked)}, now}).Allowed() {
				continue
			}
			for r := range (asked ^ stored).All() {
				with := role(r)
				single := Request{who, UserRevokeRole, OfUser("carla"), &with, now}
				if asked.Has(r) {
					single.Action = UserGrantRole
				}
				if d := s.Check(single); !d.Allowed() && d.Code() != RoleSetInvalid {
					t.Errorf("%s changes %s into %s, but not %s by itself: %s", who, stored, asked, r, d.Code())
				}
			}
		}
	}
}

// While an administrator's rights were looked at, somebody else changed them. Here
// an answer is about a snapshot: what its office was made of may change under it.
func TestGHSA_rmxp_8h9v_56cx_ASnapshotDoesNotChangeUnderItsReader(t *testing.T) {
	w := usual()
	steps := []documents.Step{{Authoriser: "anna"}}
	pending := doc(documents.Authorisation, func(p *documents.Parts) {
		p.Route, p.Assigned = documents.RouteOf(steps...), documents.EverAssigned
	})
	o, err := offices.New(w.Parts)
	if err != nil {
		t.Fatal(err)
	}
	s, handle := Compile(o), Compile(o).Subject("carla", now)
	before := answersOf(s, pending)
	corrupt(&w.Parts)
	taken := o.Parts()
	corrupt(&taken)
	steps[0].Authoriser = "carla"
	if after := answersOf(s, pending); !slices.Equal(after, before) {
		t.Error("the answers of a snapshot changed with the parts its office was made of")
	}
	if again := answersOf(Compile(o), pending); !slices.Equal(again, before) {
		t.Error("the answers of an office changed with the parts it was made of")
	}
	if d := handle.Check(OfficeViewSettings, office, nil); d.Allowed() {
		t.Error("carla became a Super user after she was looked up")
	}
}

// corrupt makes everybody a Super user who reaches and may everything.
func corrupt(p *offices.Parts) {
	for i := range p.Users {
		p.Users[i].Roles, p.Users[i].EndDate = roles.SetOf(roles.SuperUser, roles.Accountant, roles.ClientUser), users.Date{}
		p.Users[i].Access = users.AccessTo("bakery", "garage", "florist")
	}
	for i := range p.Systems {
		p.Systems[i].Connection, p.Systems[i].SynchronisationUser = sync.LoginSuccess, "carla"
		for j := range p.Systems[i].Users {
			p.Systems[i].Users[j].CanBook, p.Systems[i].Users[j].Rank = !p.Systems[i].Users[j].CanBook, 1
		}
	}
	for i := range p.Links {
		p.Links[i].Verified = !p.Links[i].Verified
	}
	for i := range p.Companies {
		p.Companies[i].PaymentAgreement = !p.Companies[i].PaymentAgreement
	}
}

func answersOf(s *Snapshot, pending Resource) []Decision {
	var list []Decision
	for _, who := range []users.ID{"rosa", "theo", "bram", "sam", "ada", "anna", "bob", "carla", "dirk", "gina", "nora"} {
		for a := range AllActions() {
			list = append(list, s.Check(Request{who, a, usually(a), nil, now}))
		}
		list = append(list, s.Check(Request{who, DocumentApprove, pending, nil, now}))
	}
	for _, sc := range scenarios() {
		list = append(list, s.Check(sc.request()))
	}
	return list
}
