package policy

import (
	"math/bits"
	"slices"
)

// reach is a set of companies by their places in the snapshot. Whether a place is in
// it takes the same few steps however many there are: a small set is a table of
// buckets of four, hashed; a large one, or one of few companies in all, is a bit for
// each place. BenchmarkReach measures these against other ways. The zero reach is
// empty.
type reach struct {
	words []uint32 // of a table: a place and one, or 0, in fours; of bits: 32 places each
	shift uint8    // of a table: from a hash to its bucket; 0 where words are bits
}

const (
	bucket    = 4
	fewWords  = 16 // of bits: what is never worth a table
	goldenInt = 2654435769
)

// newReach takes places, each once; total is how many companies there are.
func newReach(places []uint32, total int) reach {
	if len(places) == 0 {
		return reach{}
	}
	buckets := bucketsFor(len(places))
	if wordsFor(total) <= max(fewWords, bucket*buckets) {
		return bitsOf(places, total)
	}
	r := reach{make([]uint32, bucket*buckets), uint8(33 - bits.Len(uint(buckets)))} //nolint:gosec // 1 to 32
	for _, c := range places {
		at := r.bucket(c)
		for r.words[at+bucket-1] != 0 {
			at = r.next(at)
		}
		for r.words[at] != 0 {
			at++
		}
		r.words[at] = c + 1
	}
	return r
}

// bucketsFor is how many buckets a table of n places has: a power of two, with a
// quarter of the slots free, so that some bucket always has room.
func bucketsFor(n int) int { return 1 << bits.Len(uint((n-1)/(bucket-1))) } //nolint:gosec // n is not 0

func wordsFor(total int) int { return (total + 31) / 32 }

func bitsOf(places []uint32, total int) reach {
	r := reach{words: make([]uint32, wordsFor(total))}
	for _, c := range places {
		r.words[c/32] |= 1 << (c % 32)
	}
	return r
}

// bucket is where a place is looked for first. The factor spreads neighbours.
func (r *reach) bucket(c uint32) uint32 { return c * goldenInt >> r.shift * bucket }

func (r *reach) next(at uint32) uint32 {
	return (at + bucket) & uint32(len(r.words)-1) //nolint:gosec // a table is small
}

// has says whether a company is in the set; a company that is not there at all
// (below 0) never is.
func (r *reach) has(company int32) bool {
	if company < 0 {
		return false
	}
	c := uint32(company)
	if r.shift == 0 {
		return int(c/32) < len(r.words) && r.words[c/32]>>(c%32)&1 != 0
	}
	for at := r.bucket(c); ; at = r.next(at) {
		four := (*[bucket]uint32)(r.words[at:])
		switch {
		case holds(four, c+1):
			return true
		case four[bucket-1] == 0:
			return false
		}
	}
}

// holds says whether one of four is a value that is not 0, with no branch that
// depends on which.
func holds(four *[bucket]uint32, v uint32) bool {
	a, b, c, d := four[0]^v, four[1]^v, four[2]^v, four[3]^v
	return ((a-1)&^a|(b-1)&^b|(c-1)&^c|(d-1)&^d)>>31 != 0
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
	if n == 0 || bucket*bucketsFor(n) <= len(next.words)/2 {
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
