package policy

import (
	"math/bits"
	"slices"

	"github.com/mandaat/mandaat/internal/pieces"
)

// reach is a set of companies by their places in the snapshot. Whether a place is in
// it takes the same few steps however many there are, none of which a processor has to
// guess: a small set is a table, a large one, or one of few companies in all, is a bit for
// each place. BenchmarkReach measures these against other ways. The zero reach is empty.
//
// Of bits, a word is those of 64 places. Some of a set can be marked: then a word is the
// bits of 32 places, each where it would be in a word of 64, and their marks in the other
// half. Of a table, a word is two lanes, each twice a place and two, and one more where that
// is marked, or 0; a place is in one of two words.
type reach struct {
	words []uint64
	table bool
	shift uint8 // of bits: how many of the lowest bits of a place do not count for its word
}

const (
	fewWords = 8         // of bits: what is never worth a table
	unmarked = 6         // the shift of a set of which none can be marked
	markable = 5         // and of one of which some can
	marks    = 1<<32 | 1 // of both lanes of a word of a table

	lowerHalf = 1<<32 - 1
)

// newReach takes places, each once; total is how many companies there are.
func newReach(places []uint32, total int) reach { return reachIn(nil, places, total) }

// reachIn is newReach in pieces of memory.
func reachIn(room *pieces.Of[uint64], places []uint32, total int) reach {
	if len(places) == 0 {
		return reach{}
	}
	n := tableFor(len(places))
	if ofBits := bitsFor(total); ofBits <= max(fewWords, n) {
		words := room.Take(ofBits)
		for _, c := range places {
			words[c/64] |= 1 << (c % 64)
		}
		return reach{words: words, shift: unmarked}
	}
	for ; ; n += 1 + n/16 {
		if r := (reach{words: room.Take(n), table: true}); r.putAll(places) {
			return r
		}
	}
}

// tableFor is how many words a table of n places is given at first: four fifths of the
// lanes are taken, or all of a few.
func tableFor(n int) int {
	if n <= 4 {
		return (n + 1) / 2
	}
	return (5*n + 7) / 8
}

func bitsFor(total int) int { return (total + 63) / 64 }

// either is the two words of a table of n in which a place can be. The halves of the
// product are two hashes, and the upper halves of theirs are numbers below n.
func either(c uint32, n uint64) (first, second uint64) {
	h := uint64(c) * 0x9E3779B97F4A7C15
	return h >> 32 * n >> 32, uint64(uint32(h)) * n >> 32 //nolint:gosec // the lower half
}

// putAll puts places in an empty table, unless that takes too many moves: a place for
// which neither word has room takes that of another, which moves to its own other one.
func (r reach) putAll(places []uint32) bool {
	n := uint64(len(r.words))
	for _, c := range places {
		at, other := either(c, n)
		for moves := 0; !put(&r.words[at], c) && !put(&r.words[other], c); moves++ {
			if moves == 256 {
				return false
			}
			shift := moves / 2 % 2 * 32            // of either lane in turn, in either word
			was := uint32(r.words[other] >> shift) //nolint:gosec // a lane
			r.words[other] ^= uint64(was^laneOf(c)) << shift
			c = was>>1 - 1
			first, second := either(c, n)
			at, other = other, first^second^other
		}
	}
	return true
}

// laneOf is the lane of a place that is not marked.
func laneOf(c uint32) uint32 { return 2*c + 2 }

// placeIn is the place in the lower lane of a word; noPlace where it is free.
func placeIn(word uint64) int32 { return int32(uint32(word)>>1) - 1 } //nolint:gosec // a lane

// put puts a place in a lane that is free, if one is.
func put(word *uint64, c uint32) bool {
	switch {
	case uint32(*word) == 0: //nolint:gosec // the lower lane
		*word |= uint64(laneOf(c))
	case *word>>32 == 0:
		*word |= uint64(laneOf(c)) << 32
	default:
		return false
	}
	return true
}

// has says whether a company is in the set; a company that is not there at all
// (below 0) never is.
func (r reach) has(company int32) bool {
	in, _ := r.look(company)
	return in != 0
}

// look is has as a number, and whether the company is marked: 1 or 0. Where none can be
// marked, that means nothing.
func (r reach) look(company int32) (in, marked uint64) {
	c := uint32(company) //nolint:gosec // where there is none it is beyond all bits
	if r.table && company >= 0 {
		first, second := either(c, uint64(len(r.words)))
		return lookIn(r.words[first], r.words[second], c)
	}
	if at := uint64(c >> (r.shift % 32)); !r.table && at < uint64(len(r.words)) {
		return bitIn(r.words[at], c)
	}
	return 0, 0
}

// bitIn says whether a place is in its word of bits, and marked there; 1 or 0.
func bitIn(word uint64, c uint32) (in, marked uint64) {
	word = bits.RotateLeft64(word, -int(c%64))
	return word & 1, word >> 32 & 1
}

// lookIn says whether a place is in two words of a table, and marked there; 1 or 0. Each
// lane, beside that of the place marked, is 0 where it is that, 1 where it is the place
// not marked, and more where it is another's.
func lookIn(a, b uint64, c uint32) (in, marked uint64) {
	v := laneOf(c) + 1
	least := min(min(uint32(a)^v, uint32(a>>32)^v), min(uint32(b)^v, uint32(b>>32)^v)) //nolint:gosec // each lane
	return uint64(one(least < 2)), uint64(one(least == 0))
}

// marking is the set with room for marks, of which there are none yet.
func (r reach) marking() reach {
	if !r.table {
		next := reach{words: make([]uint64, 2*r.wide()), shift: markable}
		for i := range r.wide() {
			next.words[2*i], next.words[2*i+1] = r.bits(i)&lowerHalf, r.bits(i)&^lowerHalf
		}
		return next
	}
	next := reach{words: make([]uint64, len(r.words)), table: true}
	for i, word := range r.words {
		next.words[i] = word &^ marks
	}
	return next
}

// mark marks a company of a set that has room for marks.
func (r reach) mark(c uint32) {
	if !r.table {
		r.words[c/32] |= 1 << (c%64 ^ 32)
		return
	}
	first, second := either(c, uint64(len(r.words)))
	for _, at := range [...]uint64{first, second} {
		for shift := 0; shift < 64; shift += 32 {
			if uint32(r.words[at]>>shift)&^1 == laneOf(c) { //nolint:gosec // a lane
				r.words[at] |= 1 << shift
			}
		}
	}
}

// places is the set as a sorted list.
func (r reach) places() []uint32 {
	var list []uint32
	r.each(func(company int32) bool {
		list = append(list, uint32(company)) //nolint:gosec // what is in a set is not negative
		return true
	})
	if r.table {
		slices.Sort(list)
	}
	return list
}

// each goes through the set, in no order that means anything, until yield returns
// false; it says whether it came to the end.
func (r reach) each(yield func(company int32) bool) bool {
	if r.table {
		for _, word := range r.words {
			for ; word != 0; word >>= 32 {
				if c := placeIn(word); c != noPlace && !yield(c) {
					return false
				}
			}
		}
		return true
	}
	for i := range r.wide() {
		for word := r.bits(i); word != 0; word &= word - 1 {
			if !yield(int32(i*64 + bits.TrailingZeros64(word))) { //nolint:gosec // places come from int32
				return false
			}
		}
	}
	return true
}

// wide is how many words of bits there would be if none could be marked.
func (r reach) wide() int { return len(r.words) >> (unmarked - r.shift) }

// bits is one of those.
func (r reach) bits(at int) uint64 {
	if r.shift == unmarked {
		return r.words[at]
	}
	return r.words[2*at]&lowerHalf | r.words[2*at+1]&^lowerHalf
}

// changed is the set with some places more and some fewer.
func (r reach) changed(more, fewer []uint32, total int) reach {
	if !r.table && len(r.words) > 0 {
		return r.changedBits(more, fewer, total)
	}
	kept := slices.DeleteFunc(r.places(), func(c uint32) bool { return slices.Contains(fewer, c) })
	return newReach(append(kept, more...), total)
}

// changedBits does not look at what stays; but a set that has become small is laid
// out anew.
func (r reach) changedBits(more, fewer []uint32, total int) reach {
	next := reach{words: make([]uint64, max(r.wide(), bitsFor(total))), shift: unmarked}
	for i := range r.wide() {
		next.words[i] = r.bits(i)
	}
	for _, c := range fewer {
		next.words[c/64] &^= 1 << (c % 64)
	}
	for _, c := range more {
		next.words[c/64] |= 1 << (c % 64)
	}
	n := 0
	for _, word := range next.words {
		n += bits.OnesCount64(word)
	}
	if n == 0 || tableFor(n) <= len(next.words)/2 {
		return newReach(next.places(), total)
	}
	return next
}

// within says whether all of r is in other.
func (r reach) within(other reach) bool { return r.each(other.has) }

// shares says whether the two have a company in common.
func (r reach) shares(other reach) bool {
	switch {
	case !r.table && !other.table:
		for i := range min(r.wide(), other.wide()) {
			if r.bits(i)&other.bits(i) != 0 {
				return true
			}
		}
		return false
	case !r.table || other.table && len(other.words) < len(r.words):
		r, other = other, r
	}
	return !r.each(func(company int32) bool { return !other.has(company) })
}
