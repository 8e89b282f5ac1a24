package policytest_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
)

// Whatever is asked, odd or not, an assertion holds just when the policy's own answer
// is the one that was expected; and where it ends the test, it could not have held, or
// holds for a name that means nothing.
func TestAssertionsHoldWhenThePolicySaysSo(t *testing.T) {
	met := tally{}
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		questions := policytest.Questions(office)
		for range 10 {
			q := questions.Draw(t, "question")
			if q.With == nil {
				q.With = new(policy.With)
			}
			office.At = q.At
			d := office.Snapshot().Check(q.Request)
			can := recorded(func(t policytest.TB) { office.Can(t, q.Subject, q.Action, q.Resource, *q.With) })
			if (can.said == "") != d.Allowed() && !can.ended {
				t.Fatalf("decided %v, and Can said %q", d, can.said)
			}
			met.add("can: ended %t, allowed %t", can.ended, d.Allowed())
			if !can.ended && !d.Allowed() && !strings.Contains(can.said, "\n    remedy   ") {
				t.Fatalf("no remedy in %s", can.said)
			}
			for code := range policy.AllCodes() {
				cannot := recorded(func(t policytest.TB) { office.Cannot(t, q.Subject, q.Action, q.Resource, code, *q.With) })
				if (cannot.said == "") != (d.Code() == code) && !cannot.ended {
					t.Fatalf("decided %v, and Cannot %s said %q", d, code, cannot.said)
				}
				if !cannot.ended && d.Code() == code {
					met["cannot holds"]++
				}
			}
		}
	})
	met.report(t, 4)
	met.least(t, 200, "cannot holds")
	if n := met["can: ended true, allowed true"]; n > 0 {
		t.Errorf("%d that may were stopped", n)
	}
}

// OnlyThese holds of those whom review.Who finds, in any order, and of no others.
func TestOnlyTheseAreThoseWhoMay(t *testing.T) {
	met := tally{}
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		questions := policytest.Questions(office)
		for range 10 {
			q := questions.Draw(t, "question")
			if q.With == nil {
				q.With = new(policy.With)
			}
			var who, others []users.ID
			for a := range review.Who(office.State, q.Action, q.Resource, q.With, office.At) {
				who = append([]users.ID{a.User}, who...)
			}
			for u := range office.Office().Users() {
				if !slices.Contains(who, u.ID) {
					others = append(others, u.ID)
				}
			}
			only := func(these ...users.ID) *recorder {
				return recorded(func(t policytest.TB) { office.OnlyThese(t, these, q.Action, q.Resource, *q.With) })
			}
			if r := only(who...); r.ended {
				met["could not be asked"]++
				continue
			} else if r.said != "" {
				t.Fatalf("those who may are %v, and it said %s", who, r.said)
			}
			met.add("%d may", len(who))
			if len(who) > 0 && only(who[1:]...).said == "" {
				t.Fatalf("%s was not missed", who[0])
			}
			if len(others) > 0 && only(append(who, others[0])...).said == "" {
				t.Fatalf("%s was not too many", others[0])
			}
		}
	})
	met.report(t, 5)
}

// Findings are found just when they are.
func TestFindingsAreFoundWhenTheyAre(t *testing.T) {
	found, missed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		list := review.Findings(office.State, office.Documents, office.At)
		for rule := range review.Rules() {
			f := policytest.Finding{ID: rule.ID}
			if rapid.Bool().Draw(t, "about") {
				f.User = rapid.SampledFrom(slices.Collect(office.Office().Users())).Draw(t, "user").ID
			}
			is := slices.ContainsFunc(list, func(one review.Finding) bool {
				return one.ID == f.ID && (f.User == "" || one.User == f.User || slices.Contains(one.Users, f.User))
			})
			finds := recorded(func(t policytest.TB) { office.Finds(t, f) })
			finds.expect(t, is)
			recorded(func(t policytest.TB) { office.NoFindings(t, f) }).expect(t, !is)
			if found++; !is {
				found, missed = found-1, missed+1
			}
		}
		recorded(func(t policytest.TB) { office.NoFindings(t) }).expect(t, len(list) == 0)
	})
	t.Logf("%d found, %d not", found, missed)
	if found < 200 || missed < 200 {
		t.Error("that was too few")
	}
}

// expect is that an assertion holds, or fails without ending the test.
func (r *recorder) expect(t *rapid.T, holds bool) {
	t.Helper()
	if (r.said == "") != holds || r.ended {
		t.Fatalf("expected to hold: %t; it said %q, ended %t", holds, r.said, r.ended)
	}
}
