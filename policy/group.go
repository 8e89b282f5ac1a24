package policy

import (
	"iter"
	"math/bits"
	"slices"
)

// Group is documents that were placed, kept together to be listed many times: those of a
// company, say. It holds what each Placed says, as it was, and nothing of the caller's;
// whoever places a document of it anew makes the group anew. It is immutable, and good
// wherever all of its documents are. The zero Group is empty, and so is no Group.
//
// Where its documents are of one company and told in full, each takes ten bytes or so, and
// they are not asked about one by one, but each kind of them, for sixty-four at a time.
type Group struct {
	of      *lineage
	which   []uint64 // of each sixty-four documents: those of the first kind, of the second, ...
	company int32
	n       int32
	kinds   [mostKinds]kind // each once
	many    uint8           // kinds
	system  hint            // of the company
	_       [6]byte         // what most lists look at is 64 bytes, and whole lines of a processor's cache
	parts   []parties       // of each document
	placed  []Placed        // where they are not alike; then only this and n count
	_       [16]byte
}

// mostKinds is how many kinds of document there are at most: at four stages, open to
// clients or not, with a route pending or not.
const mostKinds = 4 * 2 * 2

// GroupOf is the group of the given documents, in their order.
func GroupOf(of []Placed) *Group {
	g := &Group{n: place(len(of))}
	if len(of) == 0 {
		return g
	}
	g.of, g.company, g.system = of[0].of, of[0].at, of[0].is.system()
	for i := range of {
		if !g.takes(&of[i]) {
			return &Group{n: g.n, placed: slices.Clone(of)}
		}
	}
	many := int(g.many)
	g.which = make([]uint64, (len(of)+63)/64*many)
	g.parts = make([]parties, len(of))
	for i := range of {
		p := &of[i]
		g.which[i/64*many+slices.Index(g.kinds[:many], p.is.kind())] |= 1 << (i % 64)
		g.parts[i] = p.part
	}
	return g
}

// takes says whether a document is like those before it; the group becomes one of the
// newest lineage of them. Where that is known, a hint is trusted in all or in none.
func (g *Group) takes(p *Placed) bool {
	if p.of != g.of && p.of != nil && p.of.follows(g.of) {
		g.of = p.of
	}
	if !p.is.wholeDocument() || p.at < 0 || p.at != g.company || !g.of.follows(p.of) {
		return false
	}
	if !slices.Contains(g.kinds[:g.many], p.is.kind()) {
		g.kinds[g.many] = p.is.kind()
		g.many++
	}
	return true
}

// Len counts the documents.
func (g *Group) Len() int {
	if g == nil {
		return 0
	}
	return int(g.n)
}

// AmongGroup goes through the places in a group of the documents that the subject may
// act on, from a place on; the first is 0. It allocates nothing.
func (s *Subject) AmongGroup(a Action, g *Group, from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		var sought search
		if !sought.begin(s, a, g) {
			return
		}
		from := max(from, 0)
		keep := ^uint64(0) << (from % 64)
		for at := from &^ 63; at < int(g.n); at += 64 {
			for found := sought.at(at) & keep; found != 0; found &= found - 1 {
				if !yield(at + bits.TrailingZeros64(found)) {
					return
				}
			}
			keep = ^uint64(0)
		}
	}
}

// search is what is sought in a group.
type search struct {
	group   *Group
	subject *Subject
	action  Action
	ways    [mostKinds]ways // by the place of each kind
}

// ways is in which ways documents of a kind are found: a bit for each part that the
// subject may have had in one.
type ways uint8

const (
	everyWay   ways = 1<<4 - 1
	hasDeliver      = 1 // what is added to the number of a bit for who delivered it
	hasTurn         = 2 // and for who is in turn
)

// begin says whether there is something to be found.
func (f *search) begin(s *Subject, a Action, g *Group) bool {
	f.group, f.subject, f.action = g, s, a
	if g == nil || g.placed != nil {
		return g != nil
	}
	d := decided[a]
	if g.n == 0 || d == nil || s.nobody() || !s.snap.knows(g.of) || !s.reach().has(g.company) {
		return false
	}
	bound := wholeBond
	if d.links {
		bound, _ = s.bond(g.company, g.system)
	}
	by := d.of(s.asker, bound)
	var some ways
	for i, k := range g.kinds[:g.many] {
		k |= kindAccess
		for way, part := range [...]kind{0, hasDeliver: kindDelivered, hasTurn: kindInTurn, hasDeliver + hasTurn: kindDelivered | kindInTurn} {
			if by[k|part].rule != 0 {
				f.ways[i] |= 1 << way
			}
		}
		some |= f.ways[i]
	}
	return some != 0
}

// at finds documents among the sixty-four from a place on, a bit for each.
func (f *search) at(from int) (found uint64) {
	g := f.group
	if g.placed != nil {
		for i, p := range g.placed[from:min(from+64, int(g.n))] {
			if f.subject.May(f.action, p).Allowed() {
				found |= 1 << i
			}
		}
		return found
	}
	many := int(g.many)
	for i, of := range g.which[from/64*many:][:many] {
		switch f.ways[i] {
		case 0:
		case everyWay:
			found |= of
		default:
			found |= f.oneByOne(f.ways[i], of, from)
		}
	}
	return found
}

// oneByOne finds, of some documents, those in which the subject's own part counts.
func (f *search) oneByOne(w ways, of uint64, from int) (found uint64) {
	me := f.subject.place
	for ; of != 0; of &= of - 1 {
		i := bits.TrailingZeros64(of)
		way := 0
		if f.group.parts[from+i].deliverer() == me {
			way = hasDeliver
		}
		if f.group.parts[from+i].turn() == me {
			way += hasTurn
		}
		found |= uint64(w>>way&1) << i
	}
	return found
}
