package review

import (
	"encoding/binary"
	"iter"
	"maps"
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
	if slices.ContainsFunc(l.record, func(r policy.Request) bool { return !l.allowed(r, all) }) {
		return nil, false
	}
	stay := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return !l.keeps(l.pieces[i]) })
	for _, r := range l.record {
		if !l.allowed(r, stay) {
			stay = union(stay, l.indispensable(r, leaving(all, stay)))
		}
	}
	for _, r := range l.record {
		if !l.allowed(r, stay) {
			list = append(list, l.choices(r, stay, leaving(all, stay))...)
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

// choices is the clauses of one request among the pieces that it could do without
// one by one. Mostly each of some pieces would do alone; else, for whichever
// smallest choice does not do yet, the clause that it leaves unmet is looked for.
func (l *learner) choices(r policy.Request, stay, rest []int) (list []clause) {
	alone := clause(slices.DeleteFunc(slices.Clone(rest), func(i int) bool { return !l.allowed(r, union(stay, []int{i})) }))
	if !l.allowed(r, union(stay, leaving(rest, alone))) {
		return []clause{alone}
	}
	for {
		unmet := l.unmet(r, stay, rest, list)
		if unmet == nil {
			return list
		}
		list = append(list, unmet)
	}
}

// indispensable is the pieces, of some, without each of which a request is denied.
func (l *learner) indispensable(r policy.Request, of []int) []int {
	switch {
	case len(of) == 0 || l.allowed(r, leaving(l.all(), of)):
		return nil
	case len(of) == 1:
		return of
	}
	half := len(of) / 2
	return slices.Concat(l.indispensable(r, of[:half]), l.indispensable(r, of[half:]))
}

// unmet is a clause of the rest that no choice which meets the clauses so far has to
// meet; nil where these say it all.
func (l *learner) unmet(r policy.Request, stay, rest []int, known []clause) clause {
	for choice := range hitting(known) {
		have := union(stay, choice)
		if l.allowed(r, have) {
			continue
		}
		have = l.grown(r, have, rest)
		return leaving(rest, have)
	}
	return nil
}

// grown is pieces with which a request is denied, and as many more as leave it so.
func (l *learner) grown(r policy.Request, have, by []int) []int {
	more := union(have, by)
	switch {
	case len(by) == 0 || !l.allowed(r, more):
		return more
	case len(by) == 1:
		return have
	}
	half := len(by) / 2
	return l.grown(r, l.grown(r, have, by[:half]), by[half:])
}

// allowed says whether a request is allowed with some of the pieces.
func (l *learner) allowed(r policy.Request, have []int) bool {
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

// minimal is the clauses that do not follow from others, each once, in order.
func minimal(list []clause) []clause {
	slices.SortFunc(list, slices.Compare[clause])
	list = slices.CompactFunc(list, slices.Equal[clause])
	single := map[int]bool{}
	for _, c := range list {
		if len(c) == 1 {
			single[c[0]] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(c clause) bool {
		follows := func(o clause) bool { return len(o) < len(c) && len(leaving(o, c)) == 0 }
		return len(c) > 1 && (hits(c, single) || slices.ContainsFunc(list, follows))
	})
}

func hits(c clause, chosen map[int]bool) bool {
	return slices.ContainsFunc(c, func(i int) bool { return chosen[i] })
}

func hitsAll(list []clause, places []int) bool {
	return !slices.ContainsFunc(list, func(c clause) bool { return len(leaving(c, places)) == len(c) })
}

// hitting goes through every smallest choice of pieces that has one of each clause:
// none of it could be left out.
func hitting(list []clause) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		h := hitter{list, map[int]bool{}, map[int]bool{}, yield}
		h.choose()
	}
}

type hitter struct {
	clauses         []clause
	chosen, refused map[int]bool
	yield           func([]int) bool
}

// choose meets the first clause that is not met yet with each of its pieces in
// turn, refusing those tried before, so that no choice comes twice; and gives up
// where one chosen earlier is of no use any more.
func (h *hitter) choose() bool {
	at := slices.IndexFunc(h.clauses, func(c clause) bool { return !hits(c, h.chosen) })
	if at < 0 {
		return h.yield(sortedKeys(h.chosen))
	}
	var refused []int
	going := true
	for _, i := range h.clauses[at] {
		if h.refused[i] {
			continue
		}
		h.chosen[i] = true
		going = !h.allOfUse() || h.choose()
		delete(h.chosen, i)
		if !going {
			break
		}
		h.refused[i] = true
		refused = append(refused, i)
	}
	for _, i := range refused {
		delete(h.refused, i)
	}
	return going
}

// allOfUse says whether each piece chosen is the only one that meets some clause.
func (h *hitter) allOfUse() bool {
	alone := map[int]bool{}
	for _, c := range h.clauses {
		met := slices.DeleteFunc(slices.Clone(c), func(i int) bool { return !h.chosen[i] })
		if len(met) == 1 {
			alone[met[0]] = true
		}
	}
	return len(alone) == len(h.chosen)
}

// leaving is a sorted list without what is in another.
func leaving[S ~[]int](list, out S) S {
	var left S
	for _, i := range list {
		if _, found := slices.BinarySearch(out, i); !found {
			left = append(left, i)
		}
	}
	return left
}

func union(a, b []int) []int {
	list := slices.Concat(a, b)
	slices.Sort(list)
	return slices.Compact(list)
}

func sortedKeys(set map[int]bool) []int { return slices.Sorted(maps.Keys(set)) }
