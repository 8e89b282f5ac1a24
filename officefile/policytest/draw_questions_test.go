package policytest_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/policy"
)

// Every action is asked, allowed and denied often enough; every rule allows, every
// code denies and every warning is given now and then.
func TestQuestionsAreOfEveryKind(t *testing.T) {
	asked, rules, codes, warnings := tally{}, tally{}, tally{}, tally{}
	n, yes := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		questions := policytest.Questions(office)
		for i := range 600 {
			if i%100 == 0 {
				office = policytest.Offices().Draw(t, "another office")
				questions = policytest.Questions(office)
			}
			q := questions.Draw(t, "question")
			d := office.Snapshot().Check(q.Request)
			n++
			for _, code := range d.Warnings().Codes() {
				warnings[code]++
			}
			if d.Allowed() {
				yes++
				asked[q.Action.String()+" yes"]++
				rules[d.Rule().String()]++
				continue
			}
			asked[q.Action.String()+" no"]++
			codes[d.Code().String()]++
		}
	})
	for a := range policy.AllActions() {
		asked.least(t, n/48/14, a.String()+" yes")
		asked.least(t, n/48/5, a.String()+" no")
		for rule := range a.Rules() {
			rules.least(t, 1, rule.String())
		}
	}
	for code := range policy.AllCodes() {
		codes.least(t, 3, code.String())
	}
	for _, code := range policy.Warnings(255).Codes() {
		warnings.least(t, 10, code)
	}
	t.Logf("%d questions, %d allowed\n%s\n%s\n%s\n%s", n, yes, asked, rules, codes, warnings)
	if yes < n*3/10 || yes > n/2 {
		t.Errorf("%d of %d questions are allowed, expected more than a third", yes, n)
	}
}

// What is drawn with an action is what it takes, but for what is odd.
func TestQuestionsGiveWhatTheirActionTakes(t *testing.T) {
	n, faults := 0, tally{}
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.SoundOffices().Draw(t, "office")
		questions := policytest.Questions(office)
		for range 50 {
			q := questions.Draw(t, "question")
			n++
			switch code := office.Snapshot().Check(q.Request).Code(); code {
			case policy.UnknownUser, policy.UnknownAction, policy.UnknownResource, policy.MissingProperty, policy.BadTime, policy.BadProperty:
				faults[code.String()]++
				faults["any"]++
			}
		}
	})
	t.Logf("of %d questions, these could not be asked\n%s", n, faults)
	if faults["any"] > n/5 {
		t.Error("too many")
	}
}
