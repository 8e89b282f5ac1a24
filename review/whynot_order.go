package review

import (
	"cmp"
	"iter"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// This file puts remedies of one size in order, by how little else they would allow;
// of those that end something, by how little else they would change.

// ranked is a remedy with the office that it leaves.
type ranked struct {
	Remedy
	after   admin.State
	text    string
	last    bool // whether it is a last resort
	besides int  // how much else it would allow, or change
}

// rank is the size, and for a last resort more than any size.
func (r *ranked) rank() int {
	if r.last {
		return mostSupposed + len(r.Changes)
	}
	return len(r.Changes)
}

// chunked goes through the remedies of each rank, which stand together.
func chunked(all []ranked) iter.Seq[[]ranked] {
	return func(yield func([]ranked) bool) {
		for len(all) > 0 {
			n := 1
			for n < len(all) && all[n].rank() == all[0].rank() {
				n++
			}
			if !yield(all[:n:n]) {
				return
			}
			all = all[n:]
		}
	}
}

// compared is how many users there may be in all the offices that are compared to
// the last right, for the remedies of one size; where a denial is looked for, so many
// as comparedToDeny, as whole rights go with it, and each is to be found.
const (
	compared       = 20_000
	comparedToDeny = 2_000
)

// leastFirst puts remedies of one size in order. In a small office every right that
// each would give is counted; where that would take long, what the users who change
// may do at all, whatever the situation.
func (q *quest) leastFirst(list []ranked) {
	if len(list) < 2 {
		return
	}
	limit := compared
	if q.toDeny {
		limit = comparedToDeny
	}
	exact := len(list)*q.users <= limit
	for i := range list {
		list[i].besides = q.besides(list[i].after, exact)
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.besides, b.besides) })
}

// besides is how much else an office allows; where a denial is looked for, how much
// it allows less too.
func (q *quest) besides(after admin.State, exact bool) int {
	switch {
	case !exact && q.toDeny:
		return q.breadthChanged(after)
	case !exact:
		return q.breadthGained(after)
	}
	d := Compare(q.start, after, q.request.At)
	if q.toDeny {
		return d.Gained.Len() + d.Lost.Len()
	}
	return d.Gained.Len()
}

// breadthGained is how much broader the users who change become.
func (q *quest) breadthGained(after admin.State) (gained int) {
	for before, now := range q.breadths(after) {
		more := 0
		for i := range now {
			more += now[i] - before[i]
		}
		gained += max(0, more)
	}
	return gained
}

// breadthChanged is how much broader or narrower they become, action by action.
func (q *quest) breadthChanged(after admin.State) (changed int) {
	for before, now := range q.breadths(after) {
		for i := range now {
			changed += max(now[i]-before[i], before[i]-now[i])
		}
	}
	return changed
}

// breadths is the breadth of each user who changes, before and after.
func (q *quest) breadths(after admin.State) iter.Seq2[[]int, []int] {
	return func(yield func(before, now []int) bool) {
		for _, id := range after.Office().Since(q.office).Users {
			u, _ := q.office.User(id)
			changed, _ := after.Office().User(id)
			if !yield(q.breadth(u), q.breadth(changed)) {
				return
			}
		}
	}
}

// breadth is how many things there are that a user may do in some situation, of each
// action: one for each company in reach, or for each user where it is done to one.
func (q *quest) breadth(u users.User) (list []int) {
	own, active := policy.OwnFacts(u), u.ActiveOn(q.office.Day(q.request.At))
	for action := range policy.AllActions() {
		n := 0
		switch {
		case !active || !AbilityTo(action).opens(own):
		case action.On() == policy.Document || action.On() == policy.Company:
			n = u.Access.Len()
		case action.On() == policy.User:
			n = q.users
		default:
			n = 1
		}
		list = append(list, n)
	}
	return list
}
