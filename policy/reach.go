package policy

import "slices"

// reach is a set of companies by their places in the snapshot: whole words of
// bits where the set is dense, a sorted list where that is smaller.
type reach struct {
	dense  []uint64
	sparse []uint32
}

// newReach takes sorted places; total is how many companies there are.
func newReach(sorted []uint32, total int) reach {
	if len(sorted) < total/32 {
		return reach{sparse: sorted}
	}
	dense := make([]uint64, (total+63)/64)
	for _, c := range sorted {
		dense[c/64] |= 1 << (c % 64)
	}
	return reach{dense: dense}
}

// changed is the set with some places more and some fewer, both sorted.
func (r reach) changed(more, fewer []uint32, total int) reach {
	list := more
	r.each(func(company int32) bool {
		c := uint32(company) //nolint:gosec // what is in a set is not negative
		if _, gone := slices.BinarySearch(fewer, c); !gone {
			list = append(list, c)
		}
		return true
	})
	slices.Sort(list)
	return newReach(list, total)
}

// has says whether a company is in the set; a company that is not there at all
// (-1) never is.
func (r reach) has(company int32) bool {
	c := uint32(company) //nolint:gosec // a missing company becomes a place that no set has
	if r.dense != nil {
		return int(c/64) < len(r.dense) && r.dense[c/64]&(1<<(c%64)) != 0
	}
	_, found := slices.BinarySearch(r.sparse, c)
	return found
}

// each goes through the set until yield returns false, and says whether it came
// to the end.
func (r reach) each(yield func(company int32) bool) bool {
	for _, c := range r.sparse {
		if !yield(int32(c)) { //nolint:gosec // places come from int32
			return false
		}
	}
	for i, word := range r.dense {
		for c := i * 64; word != 0; c, word = c+1, word>>1 {
			if word&1 != 0 && !yield(int32(c)) {
				return false
			}
		}
	}
	return true
}

// within says whether all of r is in other.
func (r reach) within(other reach) bool { return r.each(other.has) }

// shares says whether the two have a company in common.
func (r reach) shares(other reach) bool {
	return !r.each(func(c int32) bool { return !other.has(c) })
}
