package review

import (
	"encoding/binary"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
)

// clause is places of pieces, sorted, of which one must stay.
type clause []int

// learner finds the clauses of a record by asking, with one set of roles and rights.
type learner struct {
	*trial
	from      admin.State // with that set, and all pieces
	snapshots map[string]*policy.Snapshot
}

// clauses is the clauses that together say when all of the record is allowed; ok is
// false where it is not even with all pieces. What one request cannot do without is
// there for the others, so most of these need nothing more.
func (l *learner) clauses() (list []clause, ok bool) {
	all := l.all()
	if slices.ContainsFunc(l.record, func(r policy.Request) bool { return !l.allowed(r)(all) }) {
		return nil, false
	}
	stay := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return !l.keeps(l.pieces[i]) })
	for _, r := range l.record {
		if allowed := l.allowed(r); !allowed(stay) {
			stay = union(stay, allowed.indispensable(all, leaving(all, stay)))
		}
	}
	for _, r := range l.record {
		if allowed := l.allowed(r); !allowed(stay) {
			list = append(list, allowed.choices(stay, leaving(all, stay))...)
		}
	}
	for _, i := range stay {
		list = append(list, clause{i})
	}
	return minimal(list), true
}

func (l *learner) all() []int {
	all := make([]int, len(l.pieces))
	for i := range all {
		all[i] = i
	}
	return all
}

// keeps says whether the office cannot do without the user's having a piece.
func (l *learner) keeps(p piece) bool {
	return l.kept.Companies.Has(p.company) || slices.Contains(l.kept.Links, p.system)
}

// allowed says whether a request is allowed with some of the pieces.
func (l *learner) allowed(r policy.Request) enoughWith {
	return func(have []int) bool {
		key := make([]byte, 0, 2*len(have))
		for _, i := range have {
			key = binary.AppendUvarint(key, uint64(i)) //nolint:gosec // places are not negative
		}
		s, known := l.snapshots[string(key)]
		if !known {
			s = l.left(leaving(l.all(), have))
			l.snapshots[string(key)] = s
		}
		return s.Check(r).Allowed()
	}
}

// left is the office where the user has lost some pieces.
func (l *learner) left(gone []int) *policy.Snapshot {
	var taken []companies.ID
	var list []Change
	for _, i := range gone {
		if p := l.pieces[i]; p.system != "" {
			list = append(list, unlinkAccountingUser(l.user.ID, p.system))
		} else {
			taken = append(taken, p.company)
		}
	}
	if len(taken) > 0 {
		list = append(list, changeAccess(l.from.Office(), l.user.ID, nil, taken))
	}
	return l.suppose(l.from, list).Snapshot()
}
