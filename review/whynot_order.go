package review

import (
	"cmp"
	"iter"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// This file puts remedies of one size in order, by how little else they would allow.

// ranked is a remedy with the office that it leaves.
type ranked struct {
	Remedy
	after   admin.State
	text    string
	besides int // how much else it would allow
}

func (r *ranked) size() int { return len(r.Changes) }

// chunked goes through the remedies of each size, which stand together.
func chunked(all []ranked) iter.Seq[[]ranked] {
	return func(yield func([]ranked) bool) {
		for len(all) > 0 {
			n := 1
			for n < len(all) && all[n].size() == all[0].size() {
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
// the last right, for the remedies of one size.
const compared = 20_000

// leastFirst puts remedies of one size in order. In a small office every right that
// each would give is counted; where that would take long, what the users who change
// may do at all, whatever the situation.
func (q *quest) leastFirst(list []ranked) {
	if len(list) < 2 {
		return
	}
	exact := len(list)*q.users <= compared
	for i := range list {
		if r := &list[i]; exact {
			r.besides = Compare(q.start, r.after, q.request.At).Gained.Len()
		} else {
			r.besides = q.breadthGained(r.after)
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.besides, b.besides) })
}

// breadthGained is how much broader the users who change become.
func (q *quest) breadthGained(after admin.State) (gained int) {
	for _, id := range after.Office().Since(q.office).Users {
		before, _ := q.office.User(id)
		u, _ := after.Office().User(id)
		gained += max(0, q.breadth(u)-q.breadth(before))
	}
	return gained
}

// breadth is how many things there are that a user may do in some situation: each
// action by each company in reach, or by each user where it is done to one.
func (q *quest) breadth(u users.User) (n int) {
	if !u.ActiveOn(q.office.Day(q.request.At)) {
		return 0
	}
	own := policy.OwnFacts(u)
	for action := range policy.AllActions() {
		if !AbilityTo(action).opens(own) {
			continue
		}
		switch action.On() {
		case policy.Document, policy.Company:
			n += u.Access.Len()
		case policy.User:
			n += q.users
		default:
			n++
		}
	}
	return n
}
