package policy

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/users"
)

// Placed is a resource that was found once, to be asked about many times: a handle of
// 24 bytes that compares with == and holds on to no document. The zero Placed is
// nothing, and whatever is asked about it is denied.
//
// It is good in the snapshot that placed it and in all that follow from that one. In any
// other it is an unknown resource, or means the same: in an older one, say, that knew
// whatever it names. What it says of a document is what the document
// was: one that moved is placed again. So is one whose company, deliverer or authoriser
// in turn was not of the office when it was placed: there, it stays as if nobody were.
type Placed struct { // of no more than four fields, which the compiler keeps in registers
	of   *lineage
	part parties
	at   int32 // of a document, that of its company
	is   placedAs
}

// placedAs is what type of resource was placed and, of a document, whether it is ready,
// which parts were told, its kind as whoever looks sees it, and the hint of its company's
// accounting system.
type placedAs uint32

const (
	ready         = placedAs(1) << 3
	wholeDocument = placedAs(Document) | placedAs(toldAll)<<4
)

func (is placedAs) on() ResourceType    { return ResourceType(is & 0x7) }
func (is placedAs) told() toldParts     { return toldParts(is >> 4 & 0xf) }
func (is placedAs) wholeDocument() bool { return is&(0xff&^ready) == wholeDocument }

// ready says that it is a whole document, of a company and an accounting system that need
// not be looked for when it is asked about.
func (is placedAs) ready() bool { return is&0xff == wholeDocument|ready }

func (is placedAs) kind() kind   { return kind(is >> 8 & 0xff) }
func (is placedAs) system() hint { return hint(is >> 16 & 0xff) }

// parties is who has a part in a document: in its lower half who delivered it, in its
// upper half who is in turn.
type parties uint64

func partiesOf(deliverer, turn int32) parties {
	return parties(uint32(deliverer)) | parties(uint32(turn))<<32 //nolint:gosec // halves, as they are
}

func (p parties) deliverer() int32 { return int32(p) }       //nolint:gosec // the half of it
func (p parties) turn() int32      { return int32(p >> 32) } //nolint:gosec // the half of it

// of is the part that somebody has.
func (p parties) of(place int32) kind {
	return kind(one(p.deliverer() == place))*kindDelivered | kind(one(p.turn() == place))*kindInTurn
}

// Place finds a resource. What is not there is the zero Placed; a document is there
// whatever it names, since an office does not hold it.
func (s *Snapshot) Place(r Resource) Placed {
	p := Placed{at: noPlace, part: partiesOf(noPlace, noPlace), is: placedAs(r.Type)}
	switch r.Type {
	case Document:
		if r.Document == nil {
			return Placed{}
		}
		k, told := look(r.Document, "")
		deliverer, turn := s.user(r.Document.DeliveredBy()), s.user(r.Document.InTurn())
		p.at, p.part = s.companyTold(r.Document), partiesOf(deliverer, turn)
		p.of = s.lineageOf(max(deliverer, turn), p.at, noPlace)
		system := noHint
		if p.at >= 0 && !s.moved {
			system = hintOf(s.companyOf(p.at).system)
		}
		p.is |= placedAs(told)<<4 | placedAs(k&^(kindDelivered|kindInTurn))<<8 | placedAs(system)<<16
		if told == toldAll && system != noHint {
			p.is |= ready
		}
		return p
	case Company:
		p.at = s.company(companies.ID(r.ID))
		p.of = s.lineageOf(noPlace, p.at, noPlace)
	case User:
		p.at = s.user(users.ID(r.ID))
		p.of = s.lineageOf(p.at, noPlace, noPlace)
	case Connection:
		p.at = s.system(companies.SystemID(r.ID))
		p.of = s.lineageOf(noPlace, noPlace, p.at)
	case Office:
		if r.ID == s.code {
			p.at, p.of = 0, s.root
		}
	}
	if p.at == noPlace {
		return Placed{}
	}
	return p
}

// recall is a placed document as the subject sees it.
func (s *Subject) recall(p Placed) sight { return sight{p.at, s.kindOf(p), p.is.told()} }

func (s *Subject) kindOf(p Placed) kind { return p.is.kind() | p.part.of(s.place) }

// May answers as Could does, of a resource that was placed. For an action that takes no
// properties that is what Check answers.
func (s *Subject) May(a Action, p Placed) Decision {
	// It looks at a link also where it does not come to that: the codes for want of one come
	// after all that a document can miss, and what a processor cannot foresee takes longer to
	// skip than to count.
	d := decided[a]
	if d == nil || s == nil || !s.quick || p.of != s.snap.root || !p.is.ready() {
		return s.maySlowly(a, p)
	}
	var reached, linked uint64      // as reach.look says; to call it would take a tenth longer
	if c := uint32(p.at); s.table { //nolint:gosec // what is ready has a place
		first, second := either(c, uint64(len(s.words)))
		reached, linked = lookIn(s.words[first], s.words[second], c)
	} else if at := uint64(c >> (s.shift % 32)); at < uint64(len(s.words)) {
		reached, linked = bitIn(s.words[at], c)
	}
	return s.answer(d, s.brief.bond(p.is.system(), linked), s.kindOf(p)|accessOf(reached))
}

func (s *Subject) maySlowly(a Action, p Placed) Decision {
	if s != nil && s.inTime && p.is != 0 && p.is.on() == a.On() && s.snap.knows(p.of) {
		switch {
		case p.is.on() == Document:
			return s.decideOn(a, s.recall(p))
		case table[a].plain && s.snap.there(p):
			return s.plainly(a, p.at)
		}
	}
	q := s.askOf(a, p)
	return q.judge().Decision
}

// there says whether what was placed was not deleted since. A document is not the
// office's to delete.
func (s *Snapshot) there(p Placed) bool {
	switch p.is.on() {
	case Company:
		return s.companies.there(p.at)
	case User:
		return s.users.there(p.at)
	case Connection:
		return s.systems.there(p.at)
	case Document, Office:
	}
	return true
}

// askOf makes ready one question about what was placed.
func (s *Subject) askOf(a Action, p Placed) question {
	q := question{
		Subject: s, action: a, resource: Resource{Type: p.is.on()}, with: &noProperties, supplied: true,
		company: noPlace, target: noPlace, system: noPlace,
	}
	q.found = !s.nobody() && p.is != 0 && p.is.on() == a.On() && s.snap.knows(p.of) && q.recallResource(p)
	return q
}

// recallResource finds what was placed, unless it was deleted since.
func (q *question) recallResource(p Placed) bool {
	switch p.is.on() {
	case Document:
		q.seen = q.recall(p)
		if q.snap.strange(p.at) {
			q.seen.company = strange
		}
		q.company = q.seen.company
	case Company:
		q.company = p.at
	case User:
		q.target = p.at
	case Connection:
		q.system = p.at
	case Office:
	}
	return q.snap.there(p)
}

// lineage is a snapshot, and those that follow from it up to where something is added
// to the office. Places never change, so that a place means the same in all that follow
// from the lineage in which it was given; only in those, because two offices that went
// different ways give the same place to different things.
type lineage struct {
	parent, jump              *lineage // jump is much further up
	depth                     int
	users, companies, systems int32 // how many places its first snapshot has
}

// begin makes a new lineage where there are more places than in the one so far.
func (s *Snapshot) begin() {
	s.odd = s.moved || s.companies.gone.Len() > 0 || len(s.disconnected) > 0
	l := &lineage{parent: s.line, users: s.users.n(), companies: s.companies.n(), systems: s.systems.n()}
	switch {
	case s.line == nil:
		l.jump, s.root = l, l
	case l.users == s.line.users && l.companies == s.line.companies && l.systems == s.line.systems:
		return
	default:
		l.depth, l.jump = s.line.depth+1, s.line
		if over := s.line.jump; s.line.depth-over.depth == over.depth-over.jump.depth {
			l.jump = over.jump
		}
	}
	s.line = l
}

// lineageOf is where the given places were given already: most are as old as the whole.
func (s *Snapshot) lineageOf(user, company, system int32) *lineage {
	if r := s.root; r == nil || user < r.users && company < r.companies && system < r.systems {
		return r
	}
	return s.line
}

// knows says whether places of a lineage mean here what they meant there.
func (s *Snapshot) knows(l *lineage) bool {
	return l != nil && (l == s.root || l == s.line || s.line.follows(l))
}

func (l *lineage) follows(from *lineage) bool {
	for l != nil && l.depth > from.depth {
		if l.jump.depth >= from.depth {
			l = l.jump
		} else {
			l = l.parent
		}
	}
	return l == from
}
