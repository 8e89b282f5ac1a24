package policy

import (
	"math/bits"
	"slices"

	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/internal/persistent"
)

// noPlace is the place of what is not there.
const noPlace int32 = -1

// places is things by id, each at a place that it keeps, also when it is gone. What was
// compiled stands sorted by id; what came since stands after.
//
// The ids that were compiled are found by a table of their hashes, which refers to them by
// place: a map would hold each of them once more, and take twice the memory. An id stands
// beside what it names, so that to find the one is to have the other at hand.
type places[K ~string, V any] struct {
	compiled []entry[K, V]                // never changed; the same memory as the list's, until that changes
	slots    []uint32                     // a place and one, and above it part of a hash; never changed
	part     uint32                       // the bits of a slot that are of a hash
	list     persistent.List[entry[K, V]] // by place
	added    persistent.Map[K, int32]     // what came since
	gone     persistent.Map[K, struct{}]  // what is no longer there
}

// entry is a thing with its id.
type entry[K ~string, V any] struct {
	id K
	is V
}

// placesOf gives each of some things, sorted by id, its place.
func placesOf[K ~string, V any](sorted []entry[K, V]) places[K, V] {
	sorted = slices.Grow(sorted, persistent.Room(len(sorted)))
	p := places[K, V]{compiled: sorted}
	p.slots = make([]uint32, slotsFor(len(sorted)))
	p.part = ^uint32(0) << bits.Len(uint(len(sorted)))
	for i := range sorted {
		h := ident.HashOf(sorted[i].id)
		at, mask := uint(h), uint(len(p.slots)-1)
		for p.slots[at&mask] != 0 {
			at++
		}
		p.slots[at&mask] = uint32(h)&p.part | uint32(i+1)
	}
	p.list = persistent.ListOf(sorted)
	return p
}

// slotsFor is a power of two of which n take at most half.
func slotsFor(n int) int { return 1 << bits.Len(uint(2*n)) }

func place(n int) int32 { return int32(n) } //nolint:gosec // an office has fewer than 2^31 of anything

// n is how many places there are.
func (p *places[K, V]) n() int32 { return place(p.list.Len()) }

// find is the place of what is there.
func (p *places[K, V]) find(id K) int32 { return p.findBy(ident.HashOf(id), id) }

// findBy is the same of an id whose hash is known.
func (p *places[K, V]) findBy(h ident.Hash, id K) int32 {
	at := p.everBy(h, id)
	if p.gone.Len() > 0 && at != noPlace && !p.there(at) {
		return noPlace
	}
	return at
}

// ever is the place of what is there, or was.
func (p *places[K, V]) ever(id K) int32 { return p.everBy(ident.HashOf(id), id) }

func (p *places[K, V]) everBy(h ident.Hash, id K) int32 {
	if slots := p.slots; len(slots) > 0 { // or nothing was compiled: of the zero Snapshot
		part, mask := uint32(h)&p.part, uint(len(slots)-1)
		for at := uint(h); slots[at&mask] != 0; at++ {
			// What is left of a slot that has the same part is a place and one.
			if found := uint(slots[at&mask]^part) - 1; found < uint(len(p.compiled)) && p.compiled[found].id == id {
				return int32(found) //nolint:gosec // an office has fewer than 2^31 of anything
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

// firstFrom is the first, of those compiled from one place up to another, that does not
// come before an id.
func (p *places[K, V]) firstFrom(from, to int, id K) int {
	for from < to {
		if middle := (from + to) / 2; p.compiled[middle].id < id {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from
}

// at is what stands at a place.
func (p *places[K, V]) at(place int32) *V { return &p.list.At(int(place)).is }

// id is that of what stands at a place, or stood there.
func (p *places[K, V]) id(place int32) K {
	if int(place) < len(p.compiled) {
		return p.compiled[place].id
	}
	return p.list.At(int(place)).id
}

// there says whether what has a place is not gone.
func (p *places[K, V]) there(at int32) bool {
	if p.gone.Len() == 0 {
		return true
	}
	_, gone := p.gone.Get(p.id(at))
	return !gone
}

// with is the places in which an id has one, and that. Where it has none yet, v stands
// there at first.
func (p places[K, V]) with(id K, v V) (places[K, V], int32) {
	p.gone = p.gone.Without(id)
	if at := p.ever(id); at != noPlace {
		return p, at
	}
	at := p.n()
	p.added = p.added.With(id, at)
	p.list = p.list.With(int(at), entry[K, V]{id, v})
	return p, at
}

// set is the places in which something else stands at one.
func (p places[K, V]) set(at int32, v V) places[K, V] {
	p.list = p.list.With(int(at), entry[K, V]{p.id(at), v})
	return p
}

// without is the places in which what an id names is gone.
func (p places[K, V]) without(id K) places[K, V] {
	p.gone = p.gone.With(id, struct{}{})
	return p
}

// inOrder goes through the places of what is there, sorted by id, after an id. What was
// added is put in between what was compiled.
func (p *places[K, V]) inOrder(after K, yield func(int32) bool) {
	at := p.firstFrom(0, len(p.compiled), after)
	if at < len(p.compiled) && p.compiled[at].id == after {
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
			if !upTo(p.firstFrom(at, len(p.compiled), id)) || !yield(there) {
				return
			}
		}
	}
	upTo(len(p.compiled))
}

// compare compares what stands at two places by id.
func (p *places[K, V]) compare(a, b int32) int {
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
