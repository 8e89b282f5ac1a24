package policy

import (
	"iter"
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/users"
)

// The lists ask what May asks, of each in turn: none leaves out what May allows, and
// none has a limit. Each is in an order that does not change, and goes on after the
// last element that one has had, also where that one is gone by now: the zero value is
// before the first.

// Actions goes through what the subject may do to a resource, in the order of the
// vocabulary, after an action.
func (s *Subject) Actions(p Placed, after Action) iter.Seq[Action] {
	return func(yield func(Action) bool) {
		for a := after; a < actionsEnd-1; a++ { // there is none to add to the last of all
			if s.May(a+1, p).Allowed() && !yield(a+1) {
				return
			}
		}
	}
}

// AppendMay appends what May answers of each of the resources, in their order.
func (s *Subject) AppendMay(answers []Decision, a Action, of []Placed) []Decision {
	for i := range of {
		answers = append(answers, s.May(a, of[i]))
	}
	return answers
}

// Among goes through the places in a slice of the resources that the subject may act
// on. It copies and allocates nothing.
func (s *Subject) Among(a Action, of []Placed) iter.Seq[int] {
	return func(yield func(int) bool) {
		w := s.wanted(a)
		var found sieve
		for from := 0; from < len(of); from += len(found) {
			part := of[from:min(from+len(found), len(of))]
			for _, i := range found[:w.sift(part, &found)] {
				if !yield(from + int(i)) {
					return
				}
			}
		}
	}
}

// Filter goes through those of the caller's own things that the subject may act on;
// placed is what each was placed as.
func Filter[T any](s *Subject, a Action, of iter.Seq[T], placed func(T) Placed) iter.Seq[T] {
	return func(yield func(T) bool) {
		w := s.wanted(a)
		for v := range of {
			p := placed(v)
			if w.has(&p) && !yield(v) {
				return
			}
		}
	}
}

// Companies goes through the companies that the subject may act on, sorted by id, after
// a company. For an action on documents it is those of which some document could be
// acted on: whoever keeps documents by company need not look at the others.
func (s *Subject) Companies(a Action, after companies.ID) iter.Seq[companies.ID] {
	return func(yield func(companies.ID) bool) {
		if s.nobody() {
			return
		}
		say := func(at int32) bool { return yield(s.snap.companies.id(at)) }
		switch a.On() { //nolint:exhaustive // nothing else is of companies
		case Document:
			if w := s.wanted(a); !w.none() {
				s.reached(after, func(at int32) bool { return !w.in(at) || say(at) })
			}
		case Company:
			s.snap.companies.inOrder(after, func(at int32) bool {
				return !s.mayAt(a, Company, at) || say(at)
			})
		}
	}
}

// reached goes through the places of the companies in reach, sorted by id.
func (s *Subject) reached(after companies.ID, yield func(int32) bool) {
	r := s.reach()
	if !r.table {
		s.snap.companies.inOrder(after, func(at int32) bool { return !r.has(at) || yield(at) })
		return
	}
	var few [64]int32
	list := few[:0]
	r.each(func(at int32) bool {
		if s.snap.companies.id(at) > after {
			list = append(list, at)
		}
		return true
	})
	slices.SortFunc(list, s.snap.companies.compare)
	for _, at := range list {
		if !yield(at) {
			return
		}
	}
}

// Users goes through the users that the subject may act on, sorted by id, after a user.
func (s *Subject) Users(a Action, after users.ID) iter.Seq[users.ID] {
	return func(yield func(users.ID) bool) {
		if s.nobody() || a.On() != User {
			return
		}
		s.snap.users.inOrder(after, func(at int32) bool {
			return !s.mayAt(a, User, at) || yield(s.snap.users.id(at))
		})
	}
}

// Connections goes through the accounting systems whose connections the subject may act
// on, sorted by id, after one.
func (s *Subject) Connections(a Action, after companies.SystemID) iter.Seq[companies.SystemID] {
	return func(yield func(companies.SystemID) bool) {
		if s.nobody() || a.On() != Connection {
			return
		}
		s.snap.systems.inOrder(after, func(at int32) bool {
			return !s.mayAt(a, Connection, at) || yield(s.snap.systems.id(at))
		})
	}
}

// mayAt is May of what stands at a place.
func (s *Subject) mayAt(a Action, on ResourceType, at int32) bool {
	return s.May(a, Placed{of: s.snap.root, at: at, is: placedAs(on)}).Allowed()
}

// Subjects goes through the users who may do an action to a resource at a moment,
// sorted by id, after a user.
func (s *Snapshot) Subjects(a Action, p Placed, at time.Time, after users.ID) iter.Seq[users.ID] {
	return func(yield func(users.ID) bool) {
		if !s.knows(p.of) {
			return
		}
		m := momentOf(at)
		m.day = s.day(m.second)
		s.users.inOrder(after, func(place int32) bool {
			var subject Subject
			subject.become(s, place, m)
			return !subject.May(a, p).Allowed() || yield(s.users.id(place))
		})
	}
}

// sieve holds the places, in a part of a slice, of what is wanted.
type sieve [1 << 8]uint8

// sift finds what is wanted in a part no longer than the sieve, and says how much that
// is. Whether a document is wanted, which a processor cannot foresee, is counted and
// not branched on.
func (w *wanted) sift(part []Placed, found *sieve) (n int) {
	s := w.subject
	at, reached := noPlace, uint64(0) // documents often come company by company
	for i := range part {
		p := &part[i]
		if w.open == nil || w.linked || p.of != w.root || !p.is.wholeDocument() {
			if w.has(p) {
				found[n] = uint8(i)
				n++
			}
			continue
		}
		open := w.open[s.kindOf(*p)]
		if p.at != at {
			if s.table && open == 0 {
				continue // a table costs more than a wrong guess
			}
			at = p.at
			reached, _ = s.reach().look(at)
		}
		found[n] = uint8(i)
		n += int(open) & int(reached)
	}
	return n
}

// wanted is the documents on which an action is allowed to a subject.
type wanted struct {
	subject *Subject
	action  Action
	open    *[1 << 8]uint8 // by kind: 1 where who has access may; nil where every document is to be asked about
	root    *lineage       // of the documents that open is for
	linked  bool           // a link counts besides
}

func (s *Subject) wanted(a Action) wanted {
	w := wanted{subject: s, action: a}
	if d := decided[a]; d != nil && !s.nobody() {
		w.open, w.root, w.linked = &d.by[s.asker%askers].open, s.snap.root, d.links
	}
	return w
}

// none says that there is no document on which the action is allowed.
func (w *wanted) none() bool {
	return w.open != nil && !slices.Contains(w.open[:], 1)
}

// in says that there is a document on which the action is allowed, of a company in reach.
func (w *wanted) in(company int32) bool {
	if !w.linked {
		return true
	}
	s := w.subject
	bound, _ := s.bond(company, noHint)
	return slices.ContainsFunc(decided[w.action].of(s.asker, bound)[kindAccess:], Decision.Allowed)
}

func (w *wanted) has(p *Placed) bool {
	s := w.subject
	if w.open == nil || p.of != w.root || !p.is.wholeDocument() {
		return s.May(w.action, *p).Allowed()
	}
	return w.open[s.kindOf(*p)] != 0 && s.reach().has(p.at) && (!w.linked || s.May(w.action, *p).Allowed())
}
