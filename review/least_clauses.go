package review

import (
	"iter"
	"maps"
	"slices"
)

// This file finds what is enough by asking whether some of it is, and chooses by
// what was found.

// enoughWith says whether some pieces, by their places, are enough. More of them
// are too.
type enoughWith func(have []int) bool

// indispensable is the pieces, of some, without each of which all the others are not
// enough.
func (is enoughWith) indispensable(all, of []int) []int {
	switch {
	case len(of) == 0 || is(leaving(all, of)):
		return nil
	case len(of) == 1:
		return of
	}
	half := len(of) / 2
	return slices.Concat(is.indispensable(all, of[:half]), is.indispensable(all, of[half:]))
}

// choices is the clauses of what is enough, among the rest of the pieces, none of
// which is indispensable. Mostly each of some would do alone; else, for whichever
// smallest choice does not do yet, the clause that it leaves unmet is looked for.
func (is enoughWith) choices(stay, rest []int) (list []clause) {
	alone := clause(slices.DeleteFunc(slices.Clone(rest), func(i int) bool { return !is(union(stay, []int{i})) }))
	if !is(union(stay, leaving(rest, alone))) {
		return []clause{alone}
	}
	for {
		unmet := is.unmet(stay, rest, list)
		if unmet == nil {
			return list
		}
		list = append(list, unmet)
	}
}

// unmet is a clause of the rest that no choice which meets the clauses so far has to
// meet; nil where these say it all.
func (is enoughWith) unmet(stay, rest []int, known []clause) clause {
	for choice := range hitting(known) {
		if have := union(stay, choice); !is(have) {
			return leaving(rest, is.grown(have, rest))
		}
	}
	return nil
}

// grown is pieces that are not enough, and as many more as leave it so.
func (is enoughWith) grown(have, by []int) []int {
	more := union(have, by)
	switch {
	case len(by) == 0 || !is(more):
		return more
	case len(by) == 1:
		return have
	}
	half := len(by) / 2
	return is.grown(is.grown(have, by[:half]), by[half:])
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
