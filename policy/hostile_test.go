package policy

import (
	"encoding"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// hostileIDs are ids that a careless reader could take for one another: patterns,
// separators, another case, letters that look alike, two ways to write one.
var hostileIDs = []string{
	"a.b", "axb", "a.", "a", "A", "a*", "*", ".*", "**", "?", "%", "_", "a|b", "b", "a,b", "a:b", "a#b", "a/b", "a b", " a", "a ",
	"user:a", "company:a", "document.view", "../a", "a@b", "a\\", "a'", `a"`, "true", "null", "0", "00", "-1", "[a]", "{}", "^a$", "a+b",
	"\u0430", "a\u0301", "\u00e1", "\u212a", "k", "K", "\u017f", "s", "S", "\u0131", "i", "I", "\u0130", "a\u200b", "\ufeffa", "\u202ea",
	"\uff41", "stra\u00dfe", "strasse", "STRASSE",
}

func TestNoIDStandsForAnother(t *testing.T) { keepsApart(t, hostileIDs...) }

// keepsApart holds that in an office that has all of these ids, of users,
// companies and accounting systems, none ever stands for another.
func keepsApart(t *testing.T, ids ...string) {
	t.Helper()
	s := withIDs(ids).compile(t)
	for _, id := range ids {
		for _, other := range ids {
			for question, r := range hostileQuestions(id, other) {
				r.At = now
				if d := s.Check(r); d.Allowed() != (id == other) {
					t.Errorf("%s: %q against %q: allowed %t, %s", question, id, other, d.Allowed(), d.Code())
				}
			}
		}
	}
}

// withIDs is the usual office with a user, a company and an accounting system of
// each id. The user reaches that company alone, and has that duty.
func withIDs(ids []string) *world {
	w := usual()
	for i, id := range ids {
		w.Companies = append(w.Companies, companies.Company{ID: companies.ID(id), Name: "Company", System: "exact"})
		w.join(users.ID(id), users.AccessTo(companies.ID(id)), roles.Authoriser, roles.ClientUser)
		w.Systems = append(w.Systems, sync.System{
			ID: companies.SystemID(id), Name: "System", SynchronisationUser: users.ID(id),
			Users: []sync.User{account1(sync.UserID(id+"@"), i+1, true, true, sync.ReachAll)},
		})
	}
	for i := range w.Systems { // an address needs something behind the at sign
		for j := range w.Systems[i].Users {
			w.Systems[i].Users[j].Email = "somebody@example.com"
		}
	}
	for i := range w.Users {
		w.Users[i].Email = "somebody@example.com"
	}
	return w
}

// hostileQuestions are allowed where the two ids are one, and only there.
func hostileQuestions(id, other string) map[string]Request {
	who := users.ID(id)
	turn := func(p *documents.Parts) {
		p.Route, p.Assigned = documents.RoutePast(users.ID(other)), documents.EverAssigned
	}
	named := &With{Authorisers: []users.ID{users.ID(id)}}
	return map[string]Request{
		"company":    {Subject: who, Action: CompanyView, Resource: OfCompany(companies.ID(other))},
		"of company": {Subject: who, Action: DocumentTag, Resource: doc(documents.Tagging, of(companies.ID(other)))},
		"user":       {Subject: who, Action: UserView, Resource: OfUser(users.ID(other))},
		"in turn":    {Subject: who, Action: DocumentApprove, Resource: doc(documents.Authorisation, turn, of(companies.ID(id)))},
		"on duty":    {Subject: who, Action: ConnectionReconnect, Resource: OfConnection(companies.SystemID(other))},
		"authoriser": {Subject: users.ID(other), Action: DocumentAssign, Resource: doc(documents.Tagging, of(companies.ID(other))), With: named},
	}
}

// Ids that the office does not have are unknown, however much like one it has.
func TestNoUnknownIDIsTakenForAKnownOne(t *testing.T) {
	s := usual().compile(t)
	for _, id := range []string{"", "*", ".*", "Bakery", "BAKERY", "bakery ", " bakery", "bak.ry", "b*", "bakery,garage", "bakery|garage", "company:bakery", "b\u0430kery", "bakery\x00", "bakery\n"} {
		if d := s.Check(Request{Subject: "rosa", Action: CompanyView, Resource: OfCompany(companies.ID(id)), At: now}); d.Code() != UnknownResource {
			t.Errorf("company %q: %+v", id, d)
		}
	}
	for _, id := range []string{"", "*", ".*", "Rosa", "ROSA", "rosa ", "ros.", "r*", "rosa,theo", "user:rosa", "r\u043esa", "rosa\x00"} {
		if d := s.Check(Request{Subject: users.ID(id), Action: OfficeViewSettings, Resource: office, At: now}); d.Code() != UnknownUser {
			t.Errorf("user %q: %+v", id, d)
		}
		if d := s.Check(Request{Subject: "rosa", Action: UserView, Resource: OfUser(users.ID(id)), At: now}); d.Code() != UnknownResource {
			t.Errorf("target %q: %+v", id, d)
		}
	}
}

func TestListsHaveTheirLimits(t *testing.T) {
	everybody := []users.ID{"anna", "bob"}
	w := usual()
	for i := range MaxNamed {
		id := users.ID(fmt.Sprintf("authoriser-%04d", i))
		w.join(id, users.AccessTo("bakery"), roles.Authoriser)
		everybody = append(everybody, id)
	}
	s := w.compile(t)
	for n, want := range map[int]string{
		0: "no authoriser_unfit", 1: "yes client", 2: "yes client", MaxNamed - 1: "yes client", MaxNamed: "yes client",
		MaxNamed + 1: "no bad_property",
	} {
		r := Request{"carla", DocumentAssign, tagging, &With{Authorisers: everybody[:n]}, now}
		if got := answer(DocumentAssign, s.Check(r)); got != want {
			t.Errorf("%d authorisers: got %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{
		0: "no bad_property", 1: "yes client", MaxNamed: "yes client", MaxNamed + 1: "no bad_property", 100_000: "no bad_property",
	} {
		r := Request{"carla", DocumentMerge, tagging, &With{Documents: alike(n)}, now}
		if got := answer(DocumentMerge, s.Check(r)); got != want {
			t.Errorf("%d documents: got %s, want %s", n, got, want)
		}
	}
}

func alike(n int) []*documents.Document {
	list := make([]*documents.Document, n)
	for i := range list {
		list[i] = doc(documents.Tagging, named(documents.ID(fmt.Sprintf("part-%d", i)))).Document
	}
	return list
}

// One that is wrong among a thousand that are right is enough, wherever it stands.
func TestOneWrongAmongManyDenies(t *testing.T) {
	s := usual().compile(t)
	for _, at := range []int{0, 500, MaxNamed - 1} {
		list := alike(MaxNamed)
		list[at] = doc(documents.Booking, named("booked")).Document
		r := Request{"carla", DocumentMerge, tagging, &With{Documents: list}, now}
		if d := s.Check(r); d.Code() != WrongStage {
			t.Errorf("document %d is booked: %+v", at, d)
		}
		list[at] = nil
		if d := s.Check(r); d.Code() != BadProperty {
			t.Errorf("document %d is none: %+v", at, d)
		}
	}
}

func TestHugeListsAreAnswered(t *testing.T) {
	s := usual().compile(t)
	steps := append(slices.Repeat([]users.ID{"anna"}, 10_000), "bob")
	long := doc(documents.Archived, func(p *documents.Parts) {
		p.Route, p.Assigned = documents.RoutePast(steps...), documents.EverAssigned
	})
	for who, want := range map[users.ID]bool{"anna": true, "bob": false} {
		if d := s.Check(Request{who, DocumentApprove, long, nil, now}); d.Allowed() != want {
			t.Errorf("%s approves the first of many: %+v", who, d)
		}
	}
	forges := make([]companies.ID, 100_000)
	for i := range forges {
		forges[i] = companies.ID(fmt.Sprintf("forge-%d", i))
	}
	accounts := slices.Repeat([]sync.UserID{"bram@exact"}, 100_000)
	for a, with := range map[Action]With{
		UserChangeCompanyAccess: access(forges...), UserCreate: person(forges, roles.ClientUser),
	} {
		if d := s.Check(Request{"rosa", a, onFor(a, "carla"), &with, now}); d.Code() != BadProperty {
			t.Errorf("%s with many unknown companies: %+v", a, d)
		}
	}
	with := importing("exact", append(accounts, "nobody@exact"), roles.ClientUser)
	if d := s.Check(Request{"rosa", UserImport, office, &with, now}); d.Code() != AccountingUserUnfit {
		t.Errorf("many imported, one unknown: %+v", d)
	}
}

func onFor(a Action, target users.ID) Resource {
	if a.On() == User {
		return OfUser(target)
	}
	return office
}

// A document without an id could be the one it is merged with.
func TestADocumentWithoutAnIDIsNotMerged(t *testing.T) {
	s := usual().compile(t)
	nameless, with := doc(documents.Tagging, named("")), mergedWith()
	if d := s.Check(Request{"carla", DocumentMerge, nameless, &with, now}); d.Code() != BadProperty {
		t.Errorf("without an id: %+v", d)
	}
	nameless.ID = "inv-1" // the asker's id for it will do
	if d := s.Check(Request{"carla", DocumentMerge, nameless, &with, now}); !d.Allowed() {
		t.Errorf("with the asker's id: %+v", d)
	}
	nameless.ID = "inv-2"
	if d := s.Check(Request{"carla", DocumentMerge, nameless, &with, now}); d.Code() != BadProperty {
		t.Errorf("with itself by the asker's id: %+v", d)
	}
	alias := doc(documents.Tagging, named("inv-2"))
	alias.ID = "inv-1"
	if d := s.Check(Request{"carla", DocumentMerge, alias, &with, now}); d.Code() != BadProperty {
		t.Errorf("with itself by its own id: %+v", d)
	}
}

// Properties of an import that come along with another action are no reason to
// fall over.
func TestUsersToImportMeanNothingElsewhere(t *testing.T) {
	s := usual().compile(t)
	with := person(bakery, roles.ClientUser)
	with.Users = []sync.UserID{"bram@exact"}
	if got := answer(UserCreate, s.Check(Request{"rosa", UserCreate, office, &with, now})); got != "yes super-user" {
		t.Errorf("got %s", got)
	}
}

// A value that is none of its kind prints, denies and is never read back.
func TestValuesOutsideTheirRange(t *testing.T) {
	s := usual().compile(t)
	for v := range 256 {
		a, c, r, on := Action(v), Code(v), RuleID(v), ResourceType(v)
		if a.String() == "" || on.String() == "" {
			t.Errorf("%d prints as nothing", v)
		}
		if !a.Known() {
			if a.On() != 0 || decideUnknown(s, a).Code() != UnknownAction || a.Always()&(factsEnd-1) != 0 {
				t.Errorf("%s is answered: %+v", a, decideUnknown(s, a))
			}
		}
		for _, known := range []struct{ named, parses bool }{
			{a.Known(), parses(ParseAction, a)},
			{c > 0 && c < codesEnd, parses(ParseCode, c)},
			{r > 0 && int(r) < len(ruleIDs), parses(ParseRuleID, r)},
			{on >= Document && on <= Office, parses(ParseResourceType, on)},
		} {
			if known.named != known.parses {
				t.Errorf("%d: %s, %s, %s, %s: known %t, read back %t", v, a, c, r, on, known.named, known.parses)
			}
		}
		if d := s.Check(Request{"rosa", CompanyView, Resource{Type: on, ID: "bakery"}, nil, now}); d.Allowed() != (on == Company) {
			t.Errorf("a company of type %s: %+v", on, d)
		}
		if got := r.Rule(); (got.Slug == "") == (r > 0 && int(r) < len(ruleIDs)) {
			t.Errorf("%s: %+v", r, got)
		}
	}
}

func decideUnknown(s *Snapshot, a Action) Decision {
	return s.Check(Request{"rosa", a, OfUser("rosa"), nil, now})
}

// parses says whether what a value prints is read back as the value.
func parses[T interface {
	comparable
	fmt.Stringer
}](parse func(string) (T, error), v T,
) bool {
	got, err := parse(v.String())
	return err == nil && got == v
}

func TestFactsOutsideTheirRange(t *testing.T) {
	for _, f := range []Facts{0, factsEnd, factsEnd << 1, 1 << 63} {
		if f.String() != "" || f.Meaning() != "" || f.Code() != 0 {
			t.Errorf("%b: %q, %q, %s", f, f, f.Meaning(), f.Code())
		}
	}
	for a := range AllActions() { // what is no fact does not help
		if d := decide(a, ^(factsEnd - 1), 0); d.Allowed() {
			t.Errorf("%s is allowed on no fact at all", a)
		}
	}
	if got := (Active | factsEnd).String(); got != "active" {
		t.Errorf("a fact and what is none print as %q", got)
	}
	if got := Warnings(0xF0).Codes(); len(got) != 0 {
		t.Errorf("warnings that are none: %q", got)
	}
	if got := Properties(1 << 15).String(); got != "" {
		t.Errorf("a property that is none: %q", got)
	}
}

// Roles that are none of the seven give nothing, wherever they come from.
func TestRolesOutsideTheirRange(t *testing.T) {
	w := usual()
	w.user("carla").Roles = 1 << 7
	s := w.compile(t)
	for a := range AllActions() {
		r := Request{"carla", a, onFor(a, "carla"), &With{Roles: Given(roles.Set(0xFF)), Role: 200}, now}
		if d := s.Check(r); d.Allowed() && !strings.HasSuffix(d.Rule().String(), "/self") {
			t.Errorf("%s by who has no role of the seven: %s", a, d.Rule())
		}
	}
	granted := Request{"rosa", UserGrantRole, OfUser("carla"), &With{Role: 200}, now}
	if d := s.Check(granted); d.Code() != MissingProperty {
		t.Errorf("granting what is no role: %+v", d)
	}
	person := person(bakery)
	person.Roles = Given(roles.Set(1 << 7))
	if d := s.Check(Request{"rosa", UserCreate, office, &person, now}); d.Code() != BadProperty {
		t.Errorf("creating somebody of no role: %+v", d)
	}
}

func TestTextComesBackAsItWent(t *testing.T) {
	for a := range AllActions() {
		var back Action
		comesBack(t, a, &back)
		if back != a {
			t.Errorf("%s came back as %s", a, back)
		}
	}
	for c := range AllCodes() {
		var back Code
		comesBack(t, c, &back)
		if back != c {
			t.Errorf("%s came back as %s", c, back)
		}
	}
	if text, err := Action(0).MarshalText(); err == nil {
		t.Errorf("no action is written as %q", text)
	}
	if text, err := codesEnd.MarshalText(); err == nil {
		t.Errorf("no code is written as %q", text)
	}
	if text, err := Code(0).MarshalText(); err != nil || len(text) != 0 {
		t.Errorf("an allowance's code is written as %q, %v", text, err)
	}
}

func comesBack(t *testing.T, v encoding.TextMarshaler, into encoding.TextUnmarshaler) {
	t.Helper()
	text, err := v.MarshalText()
	if err == nil {
		err = into.UnmarshalText(text)
	}
	if err != nil {
		t.Errorf("%s: %v", v, err)
	}
}

func FuzzParseAction(f *testing.F) {
	for a := range AllActions() {
		f.Add(a.String())
	}
	fuzzParse(f, ParseAction, Action.Known)
}

func FuzzParseCode(f *testing.F) {
	for c := range AllCodes() {
		f.Add(c.String())
	}
	fuzzParse(f, ParseCode, func(c Code) bool { return slices.Contains(slices.Collect(AllCodes()), c) })
}

func FuzzParseRuleID(f *testing.F) {
	for r := range AllRules() {
		f.Add(r.String())
	}
	fuzzParse(f, ParseRuleID, func(r RuleID) bool { return r.Rule().Slug != "" })
}

// fuzzParse holds a reader to what it prints: the same text, or a refusal and
// the zero value.
func fuzzParse[T interface {
	comparable
	fmt.Stringer
}](f *testing.F, parse func(string) (T, error), known func(T) bool,
) {
	f.Helper()
	for _, seed := range []string{"", " ", "Action(0)", "Code(1)", "RuleID(0)", "document.view ", "Document.View", "document.view/", "\xff", "*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := parse(text)
		var zero T
		if known(v) != (err == nil) || err == nil && v.String() != text || err != nil && v != zero {
			t.Fatalf("%q was read as %v, %v", text, v, err)
		}
		if err != nil && (!errors.Is(err, problems.ErrInvalid) || len(err.Error()) > 4096) {
			t.Fatalf("%q was refused with %d bytes: %v", text, len(err.Error()), err)
		}
	})
}
