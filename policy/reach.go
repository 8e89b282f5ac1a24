package policy

import (
	"math/bits"
	"slices"
)

// reach is a set of companies by their places in the snapshot. Whether a place is in
// it takes the same few steps however many there are: a small set is a table of
// open addressing, of which a quarter or more is free; a large one is a bit for
// each place, from where that is smaller. BenchmarkReach measures these against
// other ways. The zero reach is empty.
type reach struct {
	words []uint32 // of a table: a place and one, or 0; of bits: 32 places each
	shift uint8    // of a table: from a hash to its slot; 0 where words are bits
}

// newReach takes places, each once; total is how many companies there are.
func newReach(places []uint32, total int) reach {
	slots := tableFor(len(places))
	if slots > wordsFor(total) {
		return bitsOf(places, total)
	}
	if len(places) == 0 {
		return reach{}
	}
	r := reach{make([]uint32, slots), uint8(32 - bits.Len(uint(slots-1)))} //nolint:gosec // a length of bits
	for _, c := range places {
		at := r.slot(c)
		for r.words[at] != 0 {
			at = r.next(at)
		}
		r.words[at] = c + 1
	}
	return r
}

// tableFor is how many slots a table of n places has: a power of two, at most three
// quarters of which are taken.
func tableFor(n int) int {
	if n == 0 {
		return 0
	}
	return 1 << bits.Len(uint(n+n/3))
}

func wordsFor(total int) int { return (total + 31) / 32 }

func bitsOf(places []uint32, total int) reach {
	r := reach{words: make([]uint32, wordsFor(total))}
	for _, c := range places {
		r.words[c/32] |= 1 << (c % 32)
	}
	return r
}

// slot is where a place would be in a table, if no other were. The factor spreads
// neighbours, as the golden ratio does.
func (r *reach) slot(c uint32) uint32 { return c * 2654435769 >> r.shift }

func (r *reach) next(at uint32) uint32 { return (at + 1) & uint32(len(r.words)-1) } //nolint:gosec // a table is small

// has says whether a company is in the set; a company that is not there at all
// (below 0) never is.
func (r *reach) has(company int32) bool {
	c := uint32(company) //nolint:gosec // a missing company becomes a place that no set has
	if r.shift == 0 {
		return int(c/32) < len(r.words) && r.words[c/32]>>(c%32)&1 != 0
	}
	return r.inTable(c)
}

func (r *reach) inTable(c uint32) bool {
	for at := r.slot(c); ; at = r.next(at) {
		switch r.words[at] {
		case 0:
			return false
		case c + 1:
			return true
		}
	}
}

// places is the set as a sorted list.
func (r *reach) places() []uint32 {
	var list []uint32
	r.each(func(company int32) bool {
		list = append(list, uint32(company)) //nolint:gosec // what is in a set is not negative
		return true
	})
	if r.shift != 0 {
		slices.Sort(list)
	}
	return list
}

// each goes through the set, in no order that means anything, until yield returns
// false; it says whether it came to the end.
func (r *reach) each(yield func(company int32) bool) bool {
	for i, word := range r.words {
		if r.shift != 0 {
			if word != 0 && !yield(int32(word-1)) { //nolint:gosec // places come from int32
				return false
			}
			continue
		}
		for ; word != 0; word &= word - 1 {
			if !yield(int32(i*32 + bits.TrailingZeros32(word))) { //nolint:gosec // as above
				return false
			}
		}
	}
	return true
}

// changed is the set with some places more and some fewer.
func (r *reach) changed(more, fewer []uint32, total int) reach {
	if r.shift == 0 && len(r.words) > 0 {
		return r.changedBits(more, fewer, total)
	}
	kept := slices.DeleteFunc(r.places(), func(c uint32) bool { return slices.Contains(fewer, c) })
	return newReach(append(kept, more...), total)
}

// changedBits does not look at what stays; but a set that has become small is laid
// out anew.
func (r *reach) changedBits(more, fewer []uint32, total int) reach {
	next := reach{words: make([]uint32, max(len(r.words), wordsFor(total)))}
	copy(next.words, r.words)
	for _, c := range fewer {
		next.words[c/32] &^= 1 << (c % 32)
	}
	for _, c := range more {
		next.words[c/32] |= 1 << (c % 32)
	}
	n := 0
	for _, word := range next.words {
		n += bits.OnesCount32(word)
	}
	if tableFor(n) <= len(next.words)/2 {
		return newReach(next.places(), total)
	}
	return next
}

// within says whether all of r is in other.
func (r *reach) within(other *reach) bool { return r.each(other.has) }

// shares says whether the two have a company in common.
func (r *reach) shares(other *reach) bool {
	switch {
	case r.shift == 0 && other.shift == 0:
		n := min(len(r.words), len(other.words))
		for i, word := range r.words[:n] {
			if word&other.words[i] != 0 {
				return true
			}
		}
		return false
	case r.shift == 0 || other.shift != 0 && len(other.words) < len(r.words):
		r, other = other, r
	}
	for _, word := range r.words {
		if word != 0 && other.has(int32(word-1)) { //nolint:gosec // places come from int32
			return true
		}
	}
	return false
}
