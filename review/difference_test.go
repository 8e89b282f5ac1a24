package review

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

var diffAll = flag.Bool("difference.all", false, "ask about every document and every assignment, not some")

// diffConceivable is every right that anybody could have in the offices of these
// tests, an end date for each day by itself.
var diffConceivable = func() (list []Right) {
	for _, user := range diffAskers {
		for a := range policy.AllActions() {
			list = append(list, diffRightsOf(Right{User: user, Action: a})...)
		}
	}
	return list
}()

func diffRightsOf(r Right) (list []Right) {
	add := func(one Right, choices ...Choice) {
		for _, c := range choices {
			one.With = c
			list = append(list, one)
		}
	}
	choices := diffChoices(r.Action)
	switch r.Action.On() {
	case policy.Document:
		for _, r.Company = range diffPlaces {
			if !namesAuthorisers(r.Action) {
				add(r, choices...)
				continue
			}
			for _, r.Who = range diffAskers {
				add(r, choices...)
			}
		}
	case policy.Company:
		for _, r.Company = range diffPlaces {
			add(r, choices...)
		}
	case policy.User:
		for _, r.Target = range diffAskers {
			add(r, choices...)
		}
	case policy.Connection:
		for _, r.Connection = range diffLedgers {
			if r.Action != policy.ConnectionManage {
				add(r, choices...)
				continue
			}
			for _, r.Who = range diffAskers {
				add(r, choices...)
			}
		}
	case policy.Office:
		for _, r.Office = range diffCodes {
			add(r, choices...)
		}
	}
	return list
}

func diffChoices(a policy.Action) (list []Choice) {
	add := func(c Choice) { list = append(list, c) }
	withAccounts := func(books bool) {
		for _, s := range diffLedgers {
			for _, account := range diffEntries {
				add(Choice{System: s, Account: account, Books: books})
			}
		}
	}
	needed, optional := a.Takes()
	has := func(p policy.Properties) bool { return (needed|optional)&p != 0 }
	if a.On() == policy.Document {
		for _, k := range documentKinds {
			add(Choice{Document: k})
		}
		return list
	}
	if has(policy.PropertyRole) || a == policy.UserCreate || a == policy.UserImport {
		for _, role := range roles.All() {
			add(Choice{Role: role})
		}
	}
	if has(policy.PropertyCompanies | policy.PropertyBillTo) {
		for _, id := range diffPlaces {
			add(Choice{Company: id})
		}
	}
	switch {
	case a == policy.UserChangeRoles:
		return roleChoices(a)
	case a == policy.UserGrantRole, a == policy.UserRevokeRole, a == policy.UserCreate:
		return list
	case a == policy.UserChangeEndDate:
		for _, day := range diffDays {
			add(Choice{From: day})
		}
	case a == policy.ConnectionManage:
		for _, account := range diffEntries {
			add(Choice{Account: account})
		}
	case a == policy.UserLinkAccountingUser:
		withAccounts(false)
		return list
	case a == policy.UserImport:
		withAccounts(false)
		withAccounts(true)
	}
	if has(policy.PropertySystem | policy.PropertyAccountingSystem) {
		for _, s := range diffLedgers {
			add(Choice{System: s})
		}
	}
	if a != policy.UserUnlinkAccountingUser {
		add(Choice{})
	}
	return list
}

// diffTally counts, by action, what became of questions.
type diffTally struct {
	gained, lost, allowed, denied map[policy.Action]int
	pairs, empty, questions       int
}

func newDiffTally() *diffTally {
	m := func() map[policy.Action]int { return map[policy.Action]int{} }
	return &diffTally{gained: m(), lost: m(), allowed: m(), denied: m()}
}

func (y *diffTally) count(a policy.Action, was, is bool) {
	y.questions++
	switch {
	case was && is:
		y.allowed[a]++
	case was:
		y.lost[a]++
	case is:
		y.gained[a]++
	default:
		y.denied[a]++
	}
}

// report prints the counts and fails where something was looked at too rarely.
func (y *diffTally) report(t *testing.T, least int) {
	t.Helper()
	var b strings.Builder
	for a := range policy.AllActions() {
		fmt.Fprintf(&b, "%-34s gained %6d  lost %6d  allowed in both %6d  denied in both %7d\n", a, y.gained[a], y.lost[a], y.allowed[a], y.denied[a])
		if min(y.gained[a], y.lost[a], y.allowed[a], y.denied[a]) < least {
			t.Errorf("%s was looked at too rarely", a)
		}
	}
	t.Logf("%d pairs of offices, %d of them alike, %d questions\n%s", y.pairs, y.empty, y.questions, &b)
	if y.empty < y.pairs/50 || y.empty > y.pairs*3/4 {
		t.Errorf("of %d pairs %d are alike", y.pairs, y.empty)
	}
}

var diffLater = []time.Time{diffNow, diffNow.Add(14 * time.Hour), diffNow.Add(15 * time.Hour), diffNow.AddDate(0, 0, 2), diffNow.AddDate(0, 0, 3), diffNow.AddDate(100, 0, 0)}

// The difference is what asking each office for every right finds; and with the
// rights of the one office it says what the other decides of every question, then
// and on later days. So it is empty only where they decide the same.
func TestTheDifferenceIsWhatAskingEverythingFinds(t *testing.T) {
	tally := newDiffTally()
	offset := 0
	rapid.Check(t, func(rt *rapid.T) {
		before, after := diffDrawPair(rt, t)
		d := Compare(before, after, diffNow)
		was, is := diffAsked(before, diffNow, diffConceivable), diffAsked(after, diffNow, diffConceivable)
		diffSame(rt, "gained", diffExpanded(d.Gained), diffLess(is.has, was.has))
		diffSame(rt, "lost", diffExpanded(d.Lost), diffLess(was.has, is.has))
		offset++
		differs := diffPredicts(rt, tally, before.Snapshot(), after.Snapshot(), was.then(d, after.Office().TimeZone()), offset)
		tally.pairs++
		if d.IsEmpty() {
			tally.empty++
		}
		if d.IsEmpty() == differs {
			rt.Fatalf("it is empty: %v; a decision differs: %v\n%+v", d.IsEmpty(), differs, d)
		}
	})
	tally.report(t, 3)
}

func diffLess(list, others map[Right]bool) map[Right]bool {
	less := map[Right]bool{}
	for r := range list {
		if !others[r] {
			less[r] = true
		}
	}
	return less
}

func diffSame(t *rapid.T, what string, got, want map[Right]bool) {
	for _, r := range slices.SortedFunc(maps.Keys(diffLess(got, want)), Right.Compare) {
		t.Errorf("%s, and should not be: %+v", what, r)
	}
	for _, r := range slices.SortedFunc(maps.Keys(diffLess(want, got)), Right.Compare) {
		t.Errorf("not %s, and should be: %+v", what, r)
	}
}

// diffPredicts holds what follows from rights against what an office decides, of
// every question, and says whether the office before decided any otherwise.
func diffPredicts(t *rapid.T, tally *diffTally, before, after *policy.Snapshot, rights diffRights, offset int) (differs bool) {
	step := 0
	for _, who := range diffAskers {
		for a := range policy.AllActions() {
			for q := range diffQuestions(who, a) {
				if step++; a.On() == policy.Document && !*diffAll && (step+offset)%diffStride(a) != 0 {
					continue
				}
				for i, at := range diffLater {
					if q.At = at; i > 0 && i != 1+step%5 {
						continue
					}
					was, is := before.Check(q).Allowed(), after.Check(q).Allowed()
					if i == 0 {
						tally.count(a, was, is)
					}
					differs = differs || was != is
					if got := rights.allows(q, at); got != is {
						t.Fatalf("%s asks %s on %s with %+v at %s: predicted %v, was %v, is %v", who, a, q.Resource, q.With, at, got, was, is)
					}
				}
			}
		}
	}
	return differs
}

// diffStride is how many questions about documents go by until one is asked: there
// are so many assignments.
func diffStride(a policy.Action) int {
	if namesAuthorisers(a) || a == policy.DocumentMerge {
		return 37
	}
	return 3
}

var (
	_ sync.UserID
	_ users.ID
)
