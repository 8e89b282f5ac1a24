package policy

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawWord draws a word of facts for an action: any facts, or all that the
// action speaks of but a few.
func drawWord(t *rapid.T, a Action) Facts {
	any64 := Facts(rapid.Uint64().Draw(t, "facts")) & (factsEnd - 1)
	switch rapid.IntRange(0, 2).Draw(t, "facts how") {
	case 0:
		return any64
	case 1:
		return spokenOf(a) & any64
	}
	word := spokenOf(a)
	for range rapid.IntRange(0, 3).Draw(t, "fewer") {
		word &^= pick(t, "without", slices.Collect(AllFacts()))
	}
	return word
}

// spokenOf is the facts that an action's guards and rules mention.
func spokenOf(a Action) Facts {
	f := a.Always()
	for i := range rules {
		if slices.Contains(rules[i].Actions, a) {
			f |= rules[i].For | rules[i].When
		}
	}
	return f
}

// A fact can only help: taking one away never turns a denial into an allowance.
func TestLosingAFactNeverHelps(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		for a := range AllActions() {
			have, fewer := drawWord(t, a), Facts(rapid.Uint64().Draw(t, "lost"))
			untold := drawUntold(t)
			if n.note(decide(a, have&^fewer, untold).Allowed()) && !decide(a, have, untold).Allowed() {
				t.Fatalf("%s is allowed on %s, and denied on %s", a, have&^fewer, have)
			}
		}
	})
	n.report(t, "were allowed on less", 10)
}

// The same, of every word there is of the facts that each action speaks of. To
// take one fact at a time is enough: whatever is taken is taken one by one.
func TestLosingAFactNeverHelpsOnAnyWord(t *testing.T) {
	words, allowed := 0, 0
	for a := range AllActions() {
		spoken := spokenOf(a)
		for have := spoken; ; have = (have - 1) & spoken {
			words++
			if decide(a, have, 0).Allowed() {
				allowed++
				for f := range (spoken &^ have).Each() {
					if !decide(a, have|f, 0).Allowed() {
						t.Fatalf("%s is allowed on %s, and denied with %s beside it", a, have, f)
					}
				}
			}
			if have == 0 {
				break
			}
		}
	}
	t.Logf("%d words of facts, %d of them allowed", words, allowed)
	if allowed < 1000 || words-allowed < 1000 {
		t.Errorf("%d of %d words are allowed: the property says too little", allowed, words)
	}
}

// No fact that an action does not speak of makes a difference to it.
func TestNoOtherFactMakesADifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for a := range AllActions() {
			have := drawWord(t, a)
			if got, want := decide(a, have, 0), decide(a, have&spokenOf(a), 0); got != want {
				t.Fatalf("%s on %s: %+v, want %+v", a, have, got, want)
			}
		}
	})
}

// drawUntold draws what is not told of a document: mostly all of it is told.
func drawUntold(t *rapid.T) (untold Facts) {
	for _, part := range []Facts{onCompany, onDeliverer, onStage, onAssigned} {
		if once(t, "untold", 6) {
			untold |= part
		}
	}
	return untold
}

// Of all that is wrong, the code that comes first is given. What is wrong is
// worked out here from the page of rules alone.
func TestTheFirstOfTheCodesThatApplyIsGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for a := range AllActions() {
			have, untold := drawWord(t, a), drawUntold(t)
			d := decide(a, have&^untold, untold)
			if want := firstCode(a, have&^untold, untold); d.Code() != want {
				t.Fatalf("%s on %s without %s: got %q, want %q", a, have, untold, d.Code(), want)
			}
		}
	})
}

// The same, of every word there is of the facts that each action speaks of, on
// which each code is the first somewhere.
func TestTheFirstOfTheCodesThatApplyIsGivenOnAnyWord(t *testing.T) {
	seen := map[Code]bool{}
	for a := range AllActions() {
		spoken := spokenOf(a)
		for have := spoken; ; have = (have - 1) & spoken {
			d := decide(a, have, 0)
			if want := firstCode(a, have, 0); d.Code() != want {
				t.Fatalf("%s on %s: got %q, want %q", a, have, d.Code(), want)
			}
			seen[d.Code()] = true
			if have == 0 {
				break
			}
		}
	}
	for c := range AllCodes() {
		if seen[c] != (c > BadProperty) { // those before it are not of facts
			t.Errorf("%s was the first: %t", c, seen[c])
		}
	}
}

// firstCode is the first of the codes that apply; 0 where none does.
func firstCode(a Action, have, untold Facts) Code {
	var theirs, everyones []Facts // what each rule misses: of who asks, and of all
	forRoles := false
	for i := range rules {
		r := &rules[i]
		if !slices.Contains(r.Actions, a) {
			continue
		}
		missed := (r.For | r.When) &^ have
		everyones = append(everyones, missed)
		forRoles = forRoles || r.For&roleFacts != 0
		if r.For&^have == 0 {
			theirs = append(theirs, missed)
		}
	}
	wrong := []Facts{a.Always() &^ have}
	switch {
	case slices.Contains(theirs, 0): // a rule holds
	case theirs != nil:
		wrong = append(wrong, theirs...)
	case forRoles:
		wrong = append(wrong, IsSuperUser) // or another role
	default:
		wrong = append(wrong, everyones...)
	}
	first := Code(0)
	for _, missed := range wrong {
		for f := range missed.Each() {
			code := f.Code()
			if f&untold != 0 {
				code = MissingProperty
			}
			if first == 0 || code < first {
				first = code
			}
		}
	}
	return first
}

// Where a rule holds, only what the action always needs can be the reason: not
// what another rule would have needed.
func TestARuleThatHoldsIsNotTheReason(t *testing.T) {
	both := IsSuperUser | IsAccountant | BookingRole | Active
	for missed, want := range map[Facts]Code{
		SuperUserRemains:            LastSuperUser,
		DutyKept:                    SynchronisationDuty,
		SuperUserRemains | DutyKept: LastSuperUser,
	} {
		have := (both | SuperUserRemains | DutyKept) &^ missed // neither manageable nor another: oneself
		if d := decide(UserChangeEndDate, have, 0); d.Code() != want {
			t.Errorf("without %s: got %s, want %s", missed, d.Code(), want)
		}
	}
}

// A fact is one bit of a word, which prints and says what it means.
func TestFactsAreBits(t *testing.T) {
	var union Facts
	count := 0
	for f := range AllFacts() {
		if f&(f-1) != 0 || union&f != 0 || f.String() == "" || f.Meaning() == "" || f.Code() == 0 {
			t.Errorf("%b: %q, %q, %s", f, f, f.Meaning(), f.Code())
		}
		union |= f
		count++
	}
	if count != factCount || union != factsEnd-1 {
		t.Errorf("%d facts, want %d", count, factCount)
	}
	if got := (Active | CompanyAccess).String(); got != "active+company_access" {
		t.Errorf("two facts print as %q", got)
	}
}
