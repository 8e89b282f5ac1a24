package review

import (
	"iter"
	"math/bits"
)

// places is a set of companies by their places in a survey, a bit each. Those that
// are compared are of one survey, and so of one length.
type places []uint64

func placesFor(companies int) places { return make(places, (companies+63)/64) }

func (p places) add(at int) { p[at/64] |= 1 << (at % 64) }

func (p places) has(at int) bool { return at >= 0 && p[at/64]&(1<<(at%64)) != 0 }

// addAll adds the places of another set.
func (p places) addAll(other places) {
	for i, word := range other {
		p[i] |= word
	}
}

// within says whether every place is in another set.
func (p places) within(other places) bool {
	for i, word := range p {
		if word&^other[i] != 0 {
			return false
		}
	}
	return true
}

// and goes through the places that are in both sets, in order.
func (p places) and(other places) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range p {
			for both := word & other[i]; both != 0; both &= both - 1 {
				if !yield(i*64 + bits.TrailingZeros64(both)) {
					return
				}
			}
		}
	}
}

// without goes through the places that are in one set and not in the other.
func (p places) without(other places) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range p {
			for rest := word &^ other[i]; rest != 0; rest &= rest - 1 {
				if !yield(i*64 + bits.TrailingZeros64(rest)) {
					return
				}
			}
		}
	}
}

// meets says whether the two sets have a place in common.
func (p places) meets(other places) bool {
	for i, word := range p {
		if word&other[i] != 0 {
			return true
		}
	}
	return false
}
