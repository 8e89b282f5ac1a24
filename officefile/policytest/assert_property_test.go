package policytest_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
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
		for range 4 {
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
			for _, code := range []policy.Code{max(d.Code(), 1), rapid.SampledFrom(slices.Collect(policy.AllCodes())).Draw(t, "code")} {
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
	met.least(t, 100, "cannot holds")
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
			f := drawFinding(t, office, rule)
			is := slices.ContainsFunc(list, func(one review.Finding) bool {
				about := append([]users.ID{one.User}, one.Users...)
				return (f.ID == "" || one.ID == f.ID) && (f.Level == 0 || one.Level == f.Level) &&
					(f.User == "" || slices.Contains(about, f.User)) && (f.Company == "" || one.Company == f.Company)
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

// drawFinding describes findings of a rule, or others, by some of what can be said of
// them.
func drawFinding(t *rapid.T, office policytest.Office, rule review.Rule) (f policytest.Finding) {
	said := rapid.IntRange(1, 15).Draw(t, "said")
	if said&1 != 0 {
		f.ID = rule.ID
	}
	if said&2 != 0 {
		f.User = rapid.SampledFrom(slices.Collect(office.Office().Users())).Draw(t, "user").ID
	}
	if said&4 != 0 {
		f.Level = rapid.SampledFrom([]roles.Level{roles.Error, roles.Warning, roles.Advice}).Draw(t, "level")
	}
	if list := slices.Collect(office.Office().Companies()); said&8 != 0 && len(list) > 0 {
		f.Company = rapid.SampledFrom(list).Draw(t, "company").ID
	} else if f == (policytest.Finding{}) {
		f.ID = rule.ID
	}
	return f
}

// expect is that an assertion holds, or fails without ending the test.
func (r *recorder) expect(t *rapid.T, holds bool) {
	t.Helper()
	if (r.said == "") != holds || r.ended {
		t.Fatalf("expected to hold: %t; it said %q, ended %t", holds, r.said, r.ended)
	}
}
