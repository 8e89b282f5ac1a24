package policytest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Finding describes findings of review.Findings: those of which everything that is
// set here is so. The zero Finding describes nothing.
type Finding struct {
	ID      string      // of the rule: "S1"
	Level   roles.Level // exactly this one
	User    users.ID    // whom it is about, alone or with others
	Company companies.ID
}

// String is what is set: "S1 warning user bram company bakery".
func (f Finding) String() string {
	var list []string
	add := func(is bool, text string) {
		if is {
			list = append(list, text)
		}
	}
	add(f.ID != "", f.ID)
	add(f.Level != 0, f.Level.String())
	add(f.User != "", "user "+string(f.User))
	add(f.Company != "", "company "+string(f.Company))
	return strings.Join(list, " ")
}

func (f Finding) describes(found review.Finding) bool {
	return (f.ID == "" || f.ID == found.ID) && (f.Level == 0 || f.Level == found.Level) &&
		(f.User == "" || f.User == found.User || slices.Contains(found.Users, f.User)) &&
		(f.Company == "" || f.Company == found.Company)
}

// Finds asserts that an access review finds each of these, in the office and its
// documents.
func (o Office) Finds(t TB, list ...Finding) {
	t.Helper()
	o.findable(t, list)
	if len(list) == 0 {
		t.Fatalf("expected findings and named none; NoFindings expects that there are none")
	}
	found := review.Findings(o.State, o.Documents, o.At)
	for _, f := range list {
		if !slices.ContainsFunc(found, f.describes) {
			t.Errorf("%s: expected to be found, and it was not; what was found:%s", f, shown(found))
		}
	}
}

// NoFindings asserts that an access review finds none of these; with none named,
// that it finds nothing at all.
func (o Office) NoFindings(t TB, list ...Finding) {
	t.Helper()
	o.findable(t, list)
	found := review.Findings(o.State, o.Documents, o.At)
	if len(list) == 0 && len(found) > 0 {
		t.Errorf("expected no findings, got:%s", shown(found))
	}
	for _, f := range list {
		of := slices.DeleteFunc(slices.Clone(found), func(one review.Finding) bool { return !f.describes(one) })
		if len(of) > 0 {
			t.Errorf("%s: expected no such finding, got:%s", f, shown(of))
		}
	}
}

// findable ends the test where the moment is none, or a finding is described that
// there cannot be: of no rule, or about whom or what the office does not know.
func (o Office) findable(t TB, list []Finding) {
	t.Helper()
	if o.At.IsZero() {
		t.Fatalf("findings at no moment: the office was opened without one")
	}
	for _, f := range list {
		if wrong := o.wrongWith(f); wrong != "" {
			t.Fatalf("finding %s: %s", f, wrong)
		}
	}
}

func (o Office) wrongWith(f Finding) string {
	if f == (Finding{}) {
		return "nothing is described, expected an id, a level, a user or a company"
	}
	if f.Level > roles.Advice {
		return "there is no such level"
	}
	if _, ok := review.RuleOf(f.ID); f.ID != "" && !ok {
		return fmt.Sprintf("there is no rule %q, such as S1 is", f.ID)
	}
	if _, ok := o.Office().User(f.User); f.User != "" && !ok {
		return o.nobody(f.User)
	}
	if f.Company != "" {
		return o.noCompany(f.Company)
	}
	return ""
}

// shown is findings with what would mend each.
func shown(list []review.Finding) string {
	if len(list) == 0 {
		return " nothing"
	}
	var s sheet
	for _, f := range list {
		s.line(f.ID, f.Level.String()+": "+f.Message(reader.Language))
		s.line("mend", sentences(f.Mend))
	}
	return s.String()
}
