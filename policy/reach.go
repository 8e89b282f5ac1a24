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
	words [][4]uint32 // of a table: a place and one, or 0; of bits: 32 places each
	table bool
}

const fewWords = 4 // of bits: what is never worth a table

// newReach takes places, each once; total is how many companies there are.
func newReach(places []uint32, total int) reach {
	if len(places) == 0 {
		return reach{}
	}
	buckets := bucketsFor(len(places))
	if wordsFor(total) <= max(fewWords, buckets) {
		return bitsOf(places, total)
	}
	r := reach{make([][4]uint32, buckets), true}
	for _, c := range places {
		r.put(c)
	}
	return r
}

// put adds a place to a set in the making, which has room for it.
func (r reach) put(c uint32) {
	if !r.table {
		r.words[c/128][c/32%4] |= 1 << (c % 32)
		return
	}
	at := r.bucket(c)
	for r.words[at][3] != 0 {
		at = r.next(at)
	}
	four := &r.words[at]
	four[slices.Index(four[:], 0)] = c + 1
}

// beside is the words of the set, and after them as many for a set laid out alike, of
// some of it: that set, which has nothing yet, is returned too.
func (r reach) beside() (both [][4]uint32, some reach) {
	n := len(r.words)
	both = make([][4]uint32, 2*n)
	copy(both, r.words)
	return both, reach{both[n:], r.table}
}

// bucketsFor is how many buckets a table of n places has: a quarter of the slots are
// free, so that some bucket always has room.
func bucketsFor(n int) int { return (n + 2) / 3 }

func wordsFor(total int) int { return (total + 127) / 128 }

func bitsOf(places []uint32, total int) reach {
	r := reach{words: make([][4]uint32, wordsFor(total))}
	for _, c := range places {
		r.put(c)
	}
	return r
}

// bucket is where a place is looked for first. The factor spreads neighbours, and the
// upper half of the product is a number below that of the buckets.
func (r reach) bucket(c uint32) uint {
	return uint(uint64(c*2654435769) * uint64(len(r.words)) >> 32)
}

func (r reach) next(at uint) uint {
	if at++; at < uint(len(r.words)) {
		return at
	}
	return 0
}

// has says whether a company is in the set; a company that is not there at all
// (below 0) never is.
func (r reach) has(company int32) bool {
	if company < 0 {
		return false
	}
	c := uint32(company)
	if !r.table {
		at := uint(c / 128)
		return at < uint(len(r.words)) && r.words[at][c/32%4]>>(c%32)&1 != 0
	}
	for at := r.bucket(c); ; at = r.next(at) {
		four := &r.words[at]
		switch {
		case holds(four, c+1):
			return true
		case four[3] == 0:
			return false
		}
	}
}

// bit is has as a number.
func (r reach) bit(company int32) uint8 {
	if c := uint32(company); !r.table && c/128 < uint32(len(r.words)) { //nolint:gosec // where there is none it is beyond all sets
		return uint8(r.words[c/128][c/32%4] >> (c % 32) & 1)
	}
	return one(r.has(company))
}

// holds says whether one of four is a value that is not 0, with no branch that
// depends on which.
func holds(four *[4]uint32, v uint32) bool {
	a, b, c, d := four[0]^v, four[1]^v, four[2]^v, four[3]^v
	return ((a-1)&^a|(b-1)&^b|(c-1)&^c|(d-1)&^d)>>31 != 0
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
	for i, four := range r.words {
		for j, word := range four {
			if r.table {
				if word != 0 && !yield(int32(word-1)) { //nolint:gosec // places come from int32
					return false
				}
				continue
			}
			for ; word != 0; word &= word - 1 {
				if !yield(int32(i*128 + j*32 + bits.TrailingZeros32(word))) { //nolint:gosec // as above
					return false
				}
			}
		}
	}
	return true
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
	next := reach{words: make([][4]uint32, max(len(r.words), wordsFor(total)))}
	copy(next.words, r.words)
	for _, c := range fewer {
		next.words[c/128][c/32%4] &^= 1 << (c % 32)
	}
	for _, c := range more {
		next.words[c/128][c/32%4] |= 1 << (c % 32)
	}
	n := 0
	for _, four := range next.words {
		for _, word := range four {
			n += bits.OnesCount32(word)
		}
	}
	if n == 0 || bucketsFor(n) <= len(next.words)/2 {
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
		n := min(len(r.words), len(other.words))
		for i, four := range r.words[:n] {
			with := &other.words[i]
			if four[0]&with[0]|four[1]&with[1]|four[2]&with[2]|four[3]&with[3] != 0 {
				return true
			}
		}
		return false
	case !r.table || other.table && len(other.words) < len(r.words):
		r, other = other, r
	}
	for i := range r.words {
		for _, word := range r.words[i] {
			if word != 0 && other.has(int32(word-1)) { //nolint:gosec // places come from int32
				return true
			}
		}
	}
	return false
}
