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

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
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
	switch a {
	case policy.UserChangeRoles:
		return roleChoices(a)
	case policy.UserGrantRole, policy.UserRevokeRole, policy.UserCreate:
		return list
	case policy.UserChangeEndDate:
		for _, day := range diffDays {
			add(Choice{From: day})
		}
	case policy.ConnectionManage:
		for _, account := range diffEntries {
			add(Choice{Account: account})
		}
	case policy.UserLinkAccountingUser:
		withAccounts(false)
		return list
	case policy.UserImport:
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

// diffTally counts, by action, what became of rights and of questions.
type diffTally struct {
	rights, questions map[policy.Action]*diffCount
	pairs, empty      int
}

// diffCount is what was allowed only after, only before, in both, and in neither.
type diffCount struct{ gained, lost, both, neither int }

func newDiffTally() *diffTally {
	y := &diffTally{rights: map[policy.Action]*diffCount{}, questions: map[policy.Action]*diffCount{}}
	for a := range policy.AllActions() {
		y.rights[a], y.questions[a] = new(diffCount), new(diffCount)
	}
	return y
}

func (c *diffCount) count(was, is bool) {
	switch {
	case was && is:
		c.both++
	case was:
		c.lost++
	case is:
		c.gained++
	default:
		c.neither++
	}
}

func (c *diffCount) least() int { return min(c.gained, c.lost, c.both, c.neither) }

// report prints the counts and fails where something was looked at too rarely.
func (y *diffTally) report(t *testing.T) {
	t.Helper()
	var b strings.Builder
	asked := 0
	for a := range policy.AllActions() {
		r, q := y.rights[a], y.questions[a]
		fmt.Fprintf(&b, "%-34s rights %6d %6d %6d %7d  questions %6d %6d %6d %7d\n",
			a, r.gained, r.lost, r.both, r.neither, q.gained, q.lost, q.both, q.neither)
		if asked += q.gained + q.lost + q.both + q.neither; r.least() < 3 || q.both+q.gained+q.lost == 0 || q.neither == 0 {
			t.Errorf("%s was looked at too rarely", a)
		}
	}
	t.Logf("%d pairs of offices, %d of them alike, %d questions; by action what was gained, lost, allowed in both and in neither\n%s",
		y.pairs, y.empty, asked, &b)
	if y.empty < y.pairs/50 || y.empty > y.pairs*3/4 {
		t.Errorf("of %d pairs %d are alike", y.pairs, y.empty)
	}
}

// diffLater is the moments asked about: in the offices the days begin at other hours.
var diffLater = []time.Time{diffNow, diffNow.Add(14 * time.Hour), diffNow.Add(15 * time.Hour), diffNow.AddDate(0, 0, 2), diffNow.AddDate(0, 0, 3), time.Date(9999, 12, 30, 23, 30, 0, 0, time.UTC)}

// The difference is what asking each office for every right finds; and with the
// rights of the one office it says what the other decides of every question, then
// and on later days. So it is empty only where they decide the same.
func TestTheDifferenceIsWhatAskingEverythingFinds(t *testing.T) {
	tally := newDiffTally()
	rapid.Check(t, func(rt *rapid.T) {
		before, after := diffDrawPair(rt, t)
		was := diffAsked(before, diffNow, diffConceivable)
		d, differ := diffHolds(rt, tally, was, before, after)
		rights := was.then(d, after.Office().TimeZone())
		differs := diffPredicts(rt, tally, before.Snapshot(), after.Snapshot(), rights, diffMoments(was, rights))
		if differs = differs || differ; d.IsEmpty() == differs {
			rt.Fatalf("it is empty: %v; a decision differs: %v\n%+v", d.IsEmpty(), differs, d)
		}
		for range 3 { // asked about rights alone, which takes less
			diffHolds(rt, tally, was, before, admin.Open(diffDrawChanged(rt, before.Office())))
		}
	})
	tally.report(t)
}

// diffHolds holds the difference between two offices against asking for every right,
// and says whether the question of any is decided otherwise.
func diffHolds(t *rapid.T, tally *diffTally, was diffRights, before, after admin.State) (d Difference, differ bool) {
	d, is := Compare(before, after, diffNow), diffAsked(after, diffNow, diffConceivable)
	diffSame(t, "gained", diffExpanded(d.Gained), diffLess(is.has, was.has))
	diffSame(t, "lost", diffExpanded(d.Lost), diffLess(was.has, is.has))
	for _, r := range diffConceivable {
		tally.rights[r.Action].count(was.has[r], is.has[r])
	}
	if tally.pairs++; d.IsEmpty() {
		tally.empty++
	}
	return d, !maps.Equal(was.has, is.has)
}

// diffLast is from when on nothing can be asked.
var diffLast = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// diffMoments is the moments to ask at: those of diffLater, and those at which
// somebody ends in one of the offices.
func diffMoments(was, is diffRights) []time.Time {
	moments := slices.Clone(diffLater)
	for _, id := range diffUsers {
		for _, end := range []int64{was.ends[id], is.ends[id]} {
			if at := time.Unix(end, 0); at.After(diffNow) && at.Before(diffLast) {
				moments = append(moments, at)
			}
		}
	}
	return moments
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
func diffPredicts(t *rapid.T, tally *diffTally, before, after *policy.Snapshot, rights diffRights, moments []time.Time) (differs bool) {
	step := rapid.IntRange(0, 34).Draw(t, "start")
	for _, who := range diffAskers {
		for a := range policy.AllActions() {
			for q := range diffQuestions(who, a) {
				if step++; !*diffAll && step%diffStride(who, a) != 0 {
					continue
				}
				for i, at := range moments {
					if q.At = at; i > 0 && a != policy.UserView && i != 1+step%(len(moments)-1) {
						continue
					}
					was, is := before.Check(q).Allowed(), after.Check(q).Allowed()
					if i == 0 {
						tally.questions[a].count(was, is)
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

// diffStride is how many questions about an action go by until one is asked: of some
// there are so many.
func diffStride(who users.ID, a policy.Action) int {
	if who == "stranger" {
		return 61 // who may do nothing anyway
	}
	switch a {
	case policy.DocumentAssign, policy.DocumentReassign, policy.DocumentMerge:
		return 17
	case policy.UserCreate, policy.UserImport, policy.UserChangeRoles:
		return 7
	}
	if a.On() == policy.Document {
		return 11
	}
	return 1
}
