package policy

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

func readers() []Reader {
	var list []Reader
	for _, a := range []Audience{Nobody, Asker, Staff} {
		for _, l := range []words.Language{words.English, words.Dutch} {
			list = append(list, Reader{a, l})
		}
	}
	return list
}

func TestWhoReadsChangesNothingAboutTheAnswer(t *testing.T) {
	for _, sc := range scenarios() {
		s := sc.snapshot(t)
		want := s.Check(sc.request())
		for _, to := range readers() {
			e := s.ExplainTo(to, sc.request())
			if e.Allowed() != want.Allowed() || e.Code() != want.Code() || e.Rule() != want.Rule() {
				t.Errorf("%s: to %+v the answer is %+v, want %+v", sc.name, to, e.Decision, want)
			}
		}
	}
}

func TestNobodyIsToldMoreThanTheCode(t *testing.T) {
	for _, sc := range scenarios() {
		e := sc.snapshot(t).ExplainTo(Reader{}, sc.request())
		if e.Reason != "" || e.Near != nil || e.Guard != 0 || e.Source != "" || e.Warnings() != 0 {
			t.Errorf("%s: nobody is told %+v", sc.name, e)
		}
	}
}

// The user who asked knows what they asked and who they are. Nobody and nothing
// else is named to them: everything in the reason that is an id of the office is
// in the question.
func TestTheAskerIsToldOfNobodyElse(t *testing.T) {
	ids := regexp.MustCompile(`\b([a-z]+@[a-z]+|rosa|theo|bram|sam|ada|anna|bob|carla|dirk|gina|nora|tom|bakery|garage|florist|exact|twinfield|snelstart)\b`)
	named := 0
	for _, sc := range scenarios() {
		for _, l := range []words.Language{words.English, words.Dutch} {
			e := sc.snapshot(t).ExplainTo(Reader{Asker, l}, sc.request())
			if e.Allowed() {
				continue
			}
			for _, id := range ids.FindAllString(e.Reason, -1) {
				named++
				if !slices.Contains(askedAbout(sc), id) {
					t.Errorf("%s: the asker is told of %s: %s", sc.name, id, e.Reason)
				}
			}
		}
	}
	if named < 100 {
		t.Errorf("only %d names in all the reasons", named)
	}
}

// askedAbout is what the asker knows: themselves and what they named. A booking
// system is known to who reaches the company it is of.
func askedAbout(sc scenario) []string {
	known := []string{string(sc.who), sc.on.ID, string(sc.with.System), string(sc.with.User), string(sc.with.AccountingUser), string(sc.with.SynchronisationUser), string(sc.with.AccountingSystem), sc.with.BillTo.String()}
	for _, id := range sc.with.Authorisers {
		known = append(known, string(id))
	}
	for _, id := range sc.with.Users {
		known = append(known, string(id))
	}
	for id := range sc.with.Companies.value.All() {
		known = append(known, string(id))
	}
	if sc.do == DocumentBook || sc.do == DocumentChangeBankDetails {
		known = append(known, "exact", string(sc.on.Document.Company()))
	}
	return known
}

func TestADenialNeverTellsAClientWhoseTurnItIs(t *testing.T) {
	s := usual().compile(t)
	rapid.Check(t, func(t *rapid.T) {
		who := users.ID(rapid.SampledFrom([]string{"carla", "dirk", "anna", "gina"}).Draw(t, "who"))
		do := rapid.SampledFrom(slices.Collect(AllActions())).Draw(t, "action")
		e := s.ExplainTo(Reader{Asker, words.English}, Request{Subject: who, Action: do, Resource: authorised, With: &With{Comment: "x", Authorisers: []users.ID{"anna"}}, At: now})
		if strings.Contains(e.Reason, "bob") || strings.Contains(e.Reason, "carla") && who != "carla" {
			t.Fatalf("%s is told: %s", who, e.Reason)
		}
	})
}

// Every reason in Dutch is another than in English, and has no blank left.
func TestEveryReasonIsSaidInDutch(t *testing.T) {
	english := regexp.MustCompile(`\b(the|is|was|and|or|with|not|found|expected|which|who)\b`)
	for _, sc := range scenarios() {
		s := sc.snapshot(t)
		for _, audience := range []Audience{Asker, Staff} {
			en := s.ExplainTo(Reader{audience, words.English}, sc.request()).Reason
			nl := s.ExplainTo(Reader{audience, words.Dutch}, sc.request()).Reason
			without := english.FindAllString(strings.ReplaceAll(nl, " is ", " "), -1)
			if nl == en || strings.ContainsAny(nl+en, "{}") || len(without) > 1 {
				t.Errorf("%s:\n en %s\n nl %s (%q)", sc.name, en, nl, without)
			}
		}
	}
}

func TestCodesAndWarningsAreSaidInEachLanguage(t *testing.T) {
	for code := range AllCodes() {
		if en, nl := code.In(words.English), code.In(words.Dutch); en == "" || en == nl {
			t.Errorf("%s is %q and %q", code, en, nl)
		}
	}
	if Code(0).In(words.Dutch) != "" || codesEnd.In(words.Dutch) != "" {
		t.Error("what is no code is said")
	}
	all := StoredRolesInvalid | ConnectionDisconnected | SelfApproval | SelfBooking
	en, nl := all.In(words.English), all.In(words.Dutch)
	for i, code := range all.Codes() {
		if w := WarningOf(code); w.In(words.English)[0] != en[i] || w.In(words.Dutch)[0] != nl[i] || en[i] == nl[i] {
			t.Errorf("%s is %q and %q", code, en[i], nl[i])
		}
	}
	if WarningOf("") != 0 || WarningOf("Role_set_invalid") != 0 {
		t.Error("what is no warning is one")
	}
}

func TestAudiencesAreReadAsTheyArePrinted(t *testing.T) {
	for _, a := range []Audience{Nobody, Asker, Staff} {
		if got, err := ParseAudience(a.String()); err != nil || got != a {
			t.Errorf("%s is read as %s, %v", a, got, err)
		}
	}
	if _, err := ParseAudience("everybody"); err == nil {
		t.Error("everybody is an audience")
	}
}

func TestEverySayingHasBlanksThatCanBeFilled(t *testing.T) {
	for f := range AllFacts() {
		if _, ok := sayingOf[f]; !ok && f&roleFacts == 0 {
			t.Errorf("nothing is said for want of %s", f)
		}
	}
	for what, s := range sayings {
		if s.staff == "" {
			t.Errorf("saying %d says nothing", what)
		}
		for _, name := range words.Blanks(s.asker) {
			if !slices.Contains(words.Blanks(s.staff), name) {
				t.Errorf("the asker is told {%s}, which staff are not: %s", name, s.asker)
			}
		}
	}
}
