package policy

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever is allowed with its properties could be done when one of them is left
// out; and with all of them given, could is may.
func TestWhatIsNotGivenIsTakenAsWellSupplied(t *testing.T) {
	var left, whole tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		s := compiled(t, p)
		c := drawAbout(t, p)
		for r := range c.everything(anybody(p)...) {
			subject := s.Subject(r.Subject, r.At)
			may := s.Check(r)
			if could, supplied := subject.Could(r.Action, r.Resource, r.With); supplied == 0 && could != may {
				t.Fatalf("%s: may %+v, could %+v", r.describe(), may, could)
			}
			whole.note(may.Allowed())
			needed, _ := r.Action.Takes()
			for fewer := range everyOmission(r.With, needed) {
				could, supplied := subject.Could(r.Action, r.Resource, fewer)
				if left.note(may.Allowed()) && !could.Allowed() {
					t.Fatalf("%s: allowed, but without %s not: %+v", r.describe(), supplied, could)
				}
			}
		}
	})
	whole.report(t, "were allowed", 1000)
	left.report(t, "were allowed with what was left out", 200)
}

// everyOmission is the properties without each of those that are needed, and
// without all.
func everyOmission(w *With, needed Properties) func(yield func(*With) bool) {
	return func(yield func(*With) bool) {
		for p := range needed.Each() {
			fewer := without(*w, p)
			if !yield(&fewer) {
				return
			}
		}
		none := without(*w, needed)
		_ = needed != 0 && yield(&none)
	}
}

func without(w With, omitted Properties) With {
	for p := range omitted.Each() {
		switch p {
		case PropertyAuthorisers:
			w.Authorisers = nil
		case PropertyComment:
			w.Comment = ""
		case PropertyWith:
			w.Documents = nil
		case PropertyRole:
			w.Role = 0
		case PropertyRoles:
			w.Roles = With{}.Roles
		case PropertyCompanies:
			w.Companies = With{}.Companies
		case PropertySystem:
			w.System = ""
		case PropertyUser:
			w.User = ""
		case PropertyEndDate:
			w.EndDate = With{}.EndDate
		case PropertyOldPasswordVerified:
			w.OldPasswordVerified = With{}.OldPasswordVerified
		case PropertyBillTo:
			w.BillTo = With{}.BillTo
		case PropertySynchronisationUser:
			w.SynchronisationUser = ""
		}
	}
	return w
}

// A question is allowed when its action opens to each of its words of facts, by the
// rule that the decision names where it is one.
func TestAWordOfFactsIsWhatDecides(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		s := compiled(t, p)
		c := drawStrangeAbout(t, p)
		for r := range c.everything(anybody(p)...) {
			subject := s.Subject(r.Subject, r.At)
			d := s.Check(r)
			have, code := subject.Facts(r.Action, r.Resource, r.With)
			opened := code == 0
			for _, f := range have {
				opened = opened && r.Action.Opens(f) != 0
			}
			if n.note(d.Allowed()) != opened || code != 0 && code != d.Code() && d.Code() != MissingProperty {
				t.Fatalf("%s: %+v, but by its facts %t (%s)", r.describe(), d, opened, code)
			}
			if opened && have != nil && r.Action.Opens(have[0]) != d.Rule() {
				t.Fatalf("%s: by %s, but by its facts %s", r.describe(), d.Rule(), r.Action.Opens(have[0]))
			}
		}
	})
	n.report(t, "were allowed", 1000)
	if Action(0).Opens(^Facts(0)) != 0 {
		t.Error("an unknown action opens")
	}
	for range Action(0).Rules() {
		t.Error("an unknown action has a rule")
	}
}
