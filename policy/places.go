package policy

import (
	"hash/maphash"
	"math/bits"
	"slices"

	"github.com/mandaat/mandaat/internal/persistent"
)

// noPlace is the place of what is not there.
const noPlace int32 = -1

// places is where each id has its place. An id keeps its place, also when what it
// named is gone. What was compiled stands sorted by id; what came since stands after.
//
// The ids that were compiled are found by a table of their hashes, which refers to the
// ids by place: a map would hold each of them once more, and take twice the memory.
type places[K ~string] struct {
	compiled []K      // never changed
	slots    []uint64 // the upper half of a hash, and a place and one; never changed
	mask     uint64   // to a slot
	seed     maphash.Seed
	added    persistent.Map[K, int32]    // what came since
	later    persistent.List[K]          // the same, by place
	gone     persistent.Map[K, struct{}] // what is no longer there
	n        int32
}

// placesOf gives each of some sorted ids its place.
func placesOf[K ~string](sorted []K) places[K] {
	p := places[K]{compiled: sorted, n: place(len(sorted)), seed: maphash.MakeSeed()}
	p.slots = make([]uint64, slotsFor(len(sorted)))
	p.mask = uint64(len(p.slots)) - 1
	for i, id := range sorted {
		h := maphash.String(p.seed, string(id))
		at := h & p.mask
		for p.slots[at] != 0 {
			at = (at + 1) & p.mask
		}
		p.slots[at] = h&hashPart | uint64(i) + 1
	}
	return p
}

const hashPart = 1<<64 - 1<<32

// slotsFor is a power of two of which n take at most three quarters.
func slotsFor(n int) int { return 1 << bits.Len(uint(n+n/3)) }

func place(n int) int32 { return int32(n) } //nolint:gosec // an office has fewer than 2^31 of anything

// find is the place of what is there.
func (p *places[K]) find(id K) int32 {
	at := p.ever(id)
	if at != noPlace && !p.there(at) {
		return noPlace
	}
	return at
}

// findFrom is find for ids that come sorted, each from where the one before was. Near
// ones are found without a hash, and in memory that was just looked at.
func (p *places[K]) findFrom(near int, id K) (at int32, next int) {
	step := 1
	for near+step < len(p.compiled) && p.compiled[near+step] < id {
		near += step
		step *= 2
	}
	in := p.compiled[near:min(near+step+1, len(p.compiled))]
	i, found := slices.BinarySearch(in, id)
	if !found || p.gone.Len() > 0 {
		return p.find(id), near
	}
	return place(near + i), near + i
}

// ever is the place of what is there, or was.
func (p *places[K]) ever(id K) int32 {
	if len(p.slots) > 0 { // or nothing was compiled: of the zero Snapshot
		h := maphash.String(p.seed, string(id))
		for at := h & p.mask; p.slots[at] != 0; at = (at + 1) & p.mask {
			slot := p.slots[at]
			if slot&hashPart == h&hashPart && p.compiled[uint32(slot)-1] == id { //nolint:gosec // the lower half
				return int32(uint32(slot)) - 1 //nolint:gosec // a place and one
			}
		}
	}
	if p.added.Len() > 0 {
		if at, ok := p.added.Get(id); ok {
			return at
		}
	}
	return noPlace
}

// id is what stands at a place, or stood there.
func (p *places[K]) id(at int32) K {
	if int(at) < len(p.compiled) {
		return p.compiled[at]
	}
	return *p.later.At(int(at) - len(p.compiled))
}

// there says whether what has a place is not gone.
func (p *places[K]) there(at int32) bool {
	if p.gone.Len() == 0 {
		return true
	}
	_, gone := p.gone.Get(p.id(at))
	return !gone
}

// with is the places in which an id has one, and that.
func (p places[K]) with(id K) (places[K], int32) {
	p.gone = p.gone.Without(id)
	if at := p.ever(id); at != noPlace {
		return p, at
	}
	p.added = p.added.With(id, p.n)
	p.later = p.later.With(p.later.Len(), id)
	p.n++
	return p, p.n - 1
}

// without is the places in which what an id names is gone.
func (p places[K]) without(id K) places[K] {
	p.gone = p.gone.With(id, struct{}{})
	return p
}

// inOrder goes through the places of what is there, sorted by id, after an id. What was
// added is put in between what was compiled.
func (p *places[K]) inOrder(after K, yield func(int32) bool) {
	at, found := slices.BinarySearch(p.compiled, after)
	if found {
		at++
	}
	upTo := func(end int) bool {
		for ; at < end; at++ {
			if p.there(place(at)) && !yield(place(at)) {
				return false
			}
		}
		return true
	}
	if p.added.Len() > 0 {
		for id, there := range p.added.From(after) {
			if id == after || !p.there(there) {
				continue
			}
			before, _ := slices.BinarySearch(p.compiled, id)
			if !upTo(before) || !yield(there) {
				return
			}
		}
	}
	upTo(len(p.compiled))
}

// compare compares what stands at two places by id.
func (p *places[K]) compare(a, b int32) int {
	if int(max(a, b)) < len(p.compiled) {
		return int(a - b)
	}
	switch x, y := p.id(a), p.id(b); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
