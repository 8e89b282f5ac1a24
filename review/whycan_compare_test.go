package review

import (
	"flag"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
)

var whyCanRounds = flag.Int("whycan.rounds", 0, "in how many offices for each set of roles why-can is compared; 0 is in a part of one")

// For every question there is that is allowed, the endings of one and of two single
// changes are those that trying every one and every two finds.
func TestWhyCanFindsWhatTryingEveryTwoChangesFinds(t *testing.T) {
	began, counted := time.Now(), newCanTally()
	for round := range max(1, *whyCanRounds) {
		for n := range 128 {
			if *whyCanRounds > 0 || slices.Contains(canUsual, n) {
				counted.compare(t, canOffice(n, round), 2)
			}
		}
	}
	counted.compare(t, canEmpty(canOffice(1, 0)), 2)
	counted.report(t, began)
	counted.everything(t)
}

// canUsual is the sets of roles of the usual run.
var canUsual = []int{2, 6, 4, 97, 12, 16, 32, 33, 1, 20}

// The same for three changes, in offices of two users and one company.
func TestWhyCanFindsWhatTryingEveryThreeChangesFinds(t *testing.T) {
	began, counted := time.Now(), newCanTally()
	for n := range 128 {
		if *whyCanRounds > 0 || slices.Contains(canUsual[2:5], n) {
			counted.compare(t, plainSmall(canOffice(n, 0)), 3)
		}
	}
	counted.report(t, began)
	if counted.endings < 150 {
		t.Errorf("only %d endings", counted.endings)
	}
}

// canTally counts what was compared.
type canTally struct {
	offices, questions, allowed, lists, endings, barred int
	actions                                             map[policy.Action]int
	kinds                                               map[string]int
	codes                                               map[policy.Code]int
}

func newCanTally() *canTally {
	return &canTally{actions: map[policy.Action]int{}, kinds: map[string]int{}, codes: map[policy.Code]int{}}
}

// compare compares what is found for the questions of an office with what trying
// every set of at most so many changes finds.
func (c *canTally) compare(t *testing.T, p offices.Parts, size int) {
	t.Helper()
	b := bruteOf(p, size, canChanges(&p))
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	state := admin.Open(o)
	c.offices++
	for _, q := range canQuestions() {
		c.questions++
		r := q.asked(q.docs)
		standing := WhyCan(state, r)
		if b.asList = standing.Code() == policy.MissingProperty; b.asList {
			standing = WhyCould(state, r)
			c.lists += count(standing.Allowed())
		}
		if !standing.Allowed() {
			if standing.Endings != nil || standing.Grounds != nil || standing.Barred != nil {
				t.Fatalf("%s is denied, and ended by %v", q.name, standing)
			}
			continue
		}
		want, kinds := b.ends(&q, size)
		got := whyNotTexts(b, remediesIn(standing), size)
		if diff := cmp.Diff(want, got); diff != "" || standing.Cut {
			t.Fatalf("%s by %v in\n%v\n%v\nsynchronised by %s (cut: %v; -tried +found):\n%s", q.name,
				plainUser(&p, "alice").Roles, p.Users, p.Links, p.Systems[0].SynchronisationUser, standing.Cut, diff)
		}
		c.count(t, b, r, standing, kinds)
		c.compareBarred(t, b, &q, standing)
		c.actions[q.request.Action] += len(got)
	}
}

// remediesIn is the remedies of a standing.
func remediesIn(s Standing) (list []Remedy) {
	for _, e := range s.Endings {
		list = append(list, e.Remedy)
	}
	return list
}

// count counts the endings, each of which is to lead to the code it tells.
func (c *canTally) count(t *testing.T, b *brute, r policy.Request, standing Standing, kinds map[string]int) {
	t.Helper()
	c.allowed++
	c.endings += len(standing.Endings)
	for kind, n := range kinds {
		c.kinds[kind] += n
	}
	for _, e := range standing.Endings {
		c.codes[e.Code]++
		d := canDrawn{drawnOffice: drawnOffice{parts: b.parts}}
		after, ok := b.after(d.canSingles(e.Remedy))
		if !ok || b.decision(after, r).Code() != e.Code {
			t.Fatalf("%v after %v is not denied for %s", r, e.Changes, e.Code)
		}
	}
}

// compareBarred holds every single change that would end it and could not be made
// against what is barred: it is, or more makes it an ending.
func (c *canTally) compareBarred(t *testing.T, b *brute, q *plainQuestion, standing Standing) {
	t.Helper()
	var got []string
	for _, m := range standing.Barred {
		if m.Code == 0 {
			t.Errorf("%s: %v is barred by no rule", q.name, m.Changes)
		}
		if len(m.Changes) == 1 && !strings.Contains(m.Changes[0].String(), "[") {
			got = append(got, m.Changes[0].String())
		}
	}
	r := q.asked(q.docs)
	for i, s := range b.states {
		if len(s.set) != 1 || b.allows(s.after, r) || !b.canTell(q, r, s.set) || b.couldBe(i) {
			continue
		}
		text := plainText(&b.parts, s.set)[0]
		at := slices.Index(got, text)
		switch {
		case at >= 0:
			got = slices.Delete(got, at, at+1)
			c.barred++
		case !inSome(remediesIn(standing), s.set[0], text):
			t.Fatalf("%s: %q would end it and may not be, and is not told; barred are %v", q.name, text, standing.Barred)
		}
	}
	for _, text := range got {
		if !strings.HasPrefix(text, "change_company_access") {
			t.Fatalf("%s: %q is barred, and ends nothing or may be", q.name, text)
		}
	}
}

func (c *canTally) report(t *testing.T, began time.Time) {
	t.Helper()
	t.Logf("%d offices, %d questions, %d allowed, %d of them lists: %d endings and %d barred changes are the same as by trying everything, in %v",
		c.offices, c.questions, c.allowed, c.lists, c.endings, c.barred, time.Since(began).Round(time.Millisecond))
	t.Logf("what they are made of: %v", c.kinds)
	t.Logf("what they lead to: %v", c.codes)
}

// everything fails where some action, or some kind of change, was in no ending.
func (c *canTally) everything(t *testing.T) {
	t.Helper()
	for a := range policy.AllActions() {
		if c.actions[a] == 0 {
			t.Errorf("no ending for %s", a)
		}
	}
	for _, kind := range []string{
		"role granted", "role revoked", "access", "end date", "archive right", "bank right", "later companies", "unlink", "duty", "agreement",
	} {
		if c.kinds[kind] == 0 {
			t.Errorf("no ending with %s", kind)
		}
	}
	if c.endings < 1000 || c.barred < 20 || c.lists < 50 {
		t.Errorf("only %d endings and %d barred changes", c.endings, c.barred)
	}
}
