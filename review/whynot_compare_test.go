package review

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// For every question there is, the remedies of one and of two single changes are
// those that trying every one and every two of all single changes finds.
func TestWhyNotFindsWhatTryingEveryTwoChangesFinds(t *testing.T) {
	began, counted := time.Now(), newTally()
	for round := range max(1, *whyNotRounds) {
		for n := range 128 {
			if at := slices.Index(plainUsual, n); *whyNotRounds > 0 {
				counted.compare(t, bruteOffice(n, round), 2, func(int) bool { return true })
			} else if at >= 0 {
				counted.compare(t, bruteOffice(n, round), 2, func(i int) bool { return i%2 == at%2 })
			}
		}
	}
	counted.report(t, began)
	counted.everything(t)
}

// plainUsual is the sets of roles of the usual run: each role alone, some together,
// and some that should not be.
var plainUsual = []int{2, 34, 4, 97, 8, 16, 32, 64, 33, 1}

// The same for three changes, in offices of two users and one company.
func TestWhyNotFindsWhatTryingEveryThreeChangesFinds(t *testing.T) {
	began, counted := time.Now(), newTally()
	for n := range 128 {
		p, every := plainSmall(bruteOffice(n, 0)), *whyNotRounds > 0
		if every && n%8 == 2 || n == 2 || n == 64 {
			counted.compare(t, p, 3, func(i int) bool { return every || i%3 == 0 })
		}
	}
	counted.report(t, began)
	if counted.remedies < 100 {
		t.Errorf("only %d remedies", counted.remedies)
	}
}

// plainSmall is an office without tess and the garage, and with fewer accounts.
func plainSmall(p offices.Parts) offices.Parts {
	p = plainCopy(p)
	p.Users = slices.DeleteFunc(p.Users, func(u users.User) bool { return u.ID == "tess" })
	p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return l.User == "tess" || l.AccountingUser == "chief@exact" })
	p.Companies = slices.DeleteFunc(p.Companies, func(c companies.Company) bool { return c.ID == "garage" })
	for i := range p.Users {
		p.Users[i].Access = p.Users[i].Access.Without("garage")
	}
	if p.Systems[0].SynchronisationUser == "tess" {
		p.Systems[0].SynchronisationUser = "rosa"
	}
	p.Systems[0].Users = p.Systems[0].Users[1:]
	return p
}

// tally counts what was compared.
type tally struct {
	offices, questions, denied, remedies, barred int
	actions                                      map[policy.Action]int
	kinds                                        map[string]int
}

func newTally() *tally { return &tally{actions: map[policy.Action]int{}, kinds: map[string]int{}} }

// compare compares what is found for the questions of an office with what trying
// every set of at most so many changes finds.
func (c *tally) compare(t *testing.T, p offices.Parts, size int, ask func(int) bool) {
	t.Helper()
	b := newBrute(p, size)
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	state := admin.Open(o)
	c.offices++
	for i, q := range plainQuestions() {
		if !ask(i) {
			continue
		}
		c.questions++
		answer := WhyNot(state, q.asked(q.docs))
		if answer.Allowed() {
			continue
		}
		want, kinds := b.helps(&q, size)
		got := whyNotTexts(b, answer.Remedies, size)
		if diff := cmp.Diff(want, got); diff != "" || answer.Cut {
			t.Fatalf("%s by %v in\n%v\n%v\nsynchronised by %s (cut: %v; -tried +found):\n%s", q.name,
				plainUser(&p, "alice").Roles, p.Users, p.Links, p.Systems[0].SynchronisationUser, answer.Cut, diff)
		}
		c.compareBarred(t, b, &q, answer)
		c.denied++
		c.remedies += len(got)
		c.actions[q.request.Action] += len(got)
		for kind, n := range kinds {
			c.kinds[kind] += n
		}
	}
}

// compareBarred holds every single change that helps and could not be made against
// what is barred: it is, or more makes it a remedy.
func (c *tally) compareBarred(t *testing.T, b *brute, q *plainQuestion, a Answer) {
	t.Helper()
	var got []string
	for _, m := range a.Barred {
		if m.Code == 0 {
			t.Errorf("%s: %v is barred by no rule", q.name, m.Changes)
		}
		if len(m.Changes) == 1 && m.Changes[0].Command() != nil && !strings.Contains(m.Changes[0].String(), "[") {
			got = append(got, m.Changes[0].String())
		}
	}
	docs := b.documents(q)[0]
	for i, s := range b.states {
		if len(s.set) != 1 || len(docs.shown) > 0 || s.set[0].beyond || !b.concerns(q, s.set) || !docs.allowed(s.after) || b.couldBe(i) {
			continue
		}
		text := plainText(&b.parts, s.set)[0]
		at := slices.Index(got, text)
		switch {
		case at >= 0:
			got = slices.Delete(got, at, at+1)
			c.barred++
		case s.set[0].asked(q.request): // to be told that what is asked may not be is no news
		case !inSome(a.Remedies, s.set[0], text):
			t.Fatalf("%s: %q helps and may not be, and is not told; barred are %v", q.name, text, a.Barred)
		}
	}
	for _, text := range got {
		if !strings.HasPrefix(text, "change_company_access") || strings.Count(text, "exact") > 0 {
			t.Fatalf("%s: %q is barred, and does not help or may be", q.name, text)
		}
	}
}

// asked says whether a change is what the question is about.
func (c plainChange) asked(r policy.Request) bool {
	return c.kind == "link" && r.Action == policy.UserLinkAccountingUser && r.Resource == policy.OfUser(c.user) && r.With.User == c.account
}

// inSome says whether a change is part of a remedy.
func inSome(list []Remedy, c plainChange, text string) bool {
	return slices.ContainsFunc(list, func(r Remedy) bool {
		return slices.ContainsFunc(r.Changes, func(other Change) bool {
			cmd, ok := other.Command().(admin.ChangeRoles)
			return other.String() == text || c.kind == "role" && ok && cmd.User == c.user && cmd.Roles.Has(c.role) == c.on
		})
	})
}

func (c *tally) report(t *testing.T, began time.Time) {
	t.Helper()
	t.Logf("%d offices, %d questions, %d denied: %d remedies and %d barred changes are the same as by trying everything, in %v",
		c.offices, c.questions, c.denied, c.remedies, c.barred, time.Since(began).Round(time.Millisecond))
	t.Logf("what they are made of: %v", c.kinds)
}

// everything fails where some action, or some kind of change, was in no remedy.
func (c *tally) everything(t *testing.T) {
	t.Helper()
	for a := range policy.AllActions() {
		if c.actions[a] == 0 {
			t.Errorf("no remedy for %s", a)
		}
	}
	for _, kind := range []string{
		"role", "access", "end date", "archive right", "bank right", "later companies", "link", "password", "duty", "agreement", "delete",
		"await tagging", "await booking", "await archived", "await route", "await turn",
		"give comment", "give old_password_verified", "give role", "give roles", "give companies", "give system", "give user",
		"give end_date", "give bill_to", "give synchronisation_user", "give authorisers", "give with",
	} {
		if c.kinds[kind] == 0 {
			t.Errorf("no remedy with %s", kind)
		}
	}
	if c.remedies < 1000 || c.barred < 5 {
		t.Errorf("only %d remedies and %d barred changes", c.remedies, c.barred)
	}
}
