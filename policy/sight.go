package policy

import (
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// sight is a document as a subject sees it.
type sight struct {
	company int32 // its place; noPlace where it was not told, strange where there is none such
	kind    kind  // without access and link
	told    toldParts
}

// strange is the place of a company that does not exist, though a document is told
// to be of it.
const strange int32 = -2

// strange says whether a place is of no company: not one where none was told, but one
// that does not exist, or no longer.
func (s *Snapshot) strange(company int32) bool {
	return company == strange || company >= 0 && !s.companies.there(company)
}

// toldParts is which parts of a document were told.
type toldParts uint8

const (
	toldCompany toldParts = 1 << iota
	toldDeliverer
	toldStage
	toldAssigned
	toldEnd
	toldAll = toldEnd - 1
)

// The facts that hang on each part of a document. No route is none.
const (
	onCompany   = CompanyAccess | Linked | LinkVerified | AuthorisersFit | MergeFit
	onDeliverer = DeliveredBySubject | MergeFit
	onStage     = StageTagging | StageBooking | StageArchived | OpenToClients
	onAssigned  = OpenToClients
)

// untoldFacts is the facts that cannot be established where only some parts of a
// document were told.
var untoldFacts = func() (of [toldEnd]Facts) {
	for t := range toldEnd {
		of[t] = when(t&toldCompany == 0, onCompany) | when(t&toldDeliverer == 0, onDeliverer) |
			when(t&toldStage == 0, onStage) | when(t&toldAssigned == 0, onAssigned)
	}
	return of
}()

// glance is what a stage, and whether a document was ever assigned, say of it.
type glance struct {
	kind kind
	told toldParts
}

// glances is by stage and whether it was ever assigned, either of which may be untold. No
// rule asks for the stage of authorisation: a pending route says more.
var glances = func() (of [documents.Archived + 1][documents.EverAssigned + 1]glance) {
	for stage := range of {
		for assigned := range of[stage] {
			s, a := documents.Stage(stage), documents.Assigned(assigned)
			holds := when(s == documents.Tagging, StageTagging) | when(s == documents.Booking, StageBooking) |
				when(s == documents.Archived, StageArchived) |
				when(s == documents.Tagging || a == documents.NeverAssigned, OpenToClients)
			of[s][a].kind = kind(holds / StageTagging)
			if s != 0 {
				of[s][a].told |= toldStage
			}
			if a != 0 {
				of[s][a].told |= toldAssigned
			}
		}
	}
	return of
}()

// one is 1 where ok holds, and 0 elsewhere. What a processor cannot foresee is better
// counted than branched on.
func one(ok bool) (n uint8) {
	if ok {
		n = 1
	}
	return n
}

// see is a document as the subject sees it.
func (s *Subject) see(d *documents.Document) sight {
	k, t := look(d, s.snap.users.id(s.place))
	return sight{s.snap.companyTold(d), k, t}
}

// look is what holds of a document and of somebody's part in it, and which parts of it were
// told.
func look(d *documents.Document, who users.ID) (k kind, t toldParts) {
	g := &glances[d.Stage()][d.Assigned()]
	k, t = g.kind, g.told
	if turn := d.InTurn(); turn != "" {
		k |= kind(RoutePending/StageTagging) | kind(one(turn == who))*kindInTurn
	}
	k |= kind(one(d.DeliveredBy() == who)) * kindDelivered
	if d.Company() != "" {
		t |= toldCompany
	}
	if d.DeliveredBy() != "" {
		t |= toldDeliverer
	}
	return k, t
}

// companyTold is the place of the company that a document is told to be of.
func (s *Snapshot) companyTold(d *documents.Document) int32 {
	if d.Company() == "" {
		return noPlace
	}
	if at := s.companyOn(d); at != noPlace {
		return at
	}
	return strange
}

// companyOn is the place of the company that stands on a document.
func (s *Snapshot) companyOn(d *documents.Document) int32 {
	return s.companies.findBy(d.CompanyHash(), d.Company())
}

// factsOn is what holds of a document for the subject.
func (s *Subject) factsOn(d sight) Facts {
	return d.kind.facts() | when(s.reach().has(d.company), CompanyAccess)
}

// untold is the facts about a document that could not be established, because the
// part of it that they hang on was not told. Whether documents could be one matters to
// those who may merge.
func (s *Subject) untold(t toldParts) Facts {
	f := untoldFacts[t]
	if !s.facts().Has(ClientRole) {
		f &^= MergeFit
	}
	return f
}

// decideOn decides on an action on a document, where nothing but the subject and the
// document count: the action takes no properties, or they are well supplied.
func (s *Subject) decideOn(a Action, d sight) Decision {
	if of := decided[a]; of != nil && d.told == toldAll {
		return s.lookUp(of, d.company, d.kind)
	}
	return s.decideNow(a, d, table[a].supplied())
}

// answer is what was decided for the subject.
func (s *Subject) answer(d *decisions, b bond, k kind) Decision {
	answer := d.of(s.asker, b)[k]
	answer.warnings |= s.warnings
	return answer
}

// lookUp is the same of an action that is decided, on a document told in full.
func (s *Subject) lookUp(d *decisions, company int32, k kind) Decision {
	switch {
	case s.reach().has(company):
		k |= kindAccess
	case company < 0 || s.snap.strange(company):
		return s.decideNow(d.action, sight{company, k, toldAll}, table[d.action].supplied())
	}
	answer := d.of(s.asker, wholeBond)[k]
	if d.links && answer.rule != 0 {
		bound, system := s.bond(company, noHint)
		if answer = d.of(s.asker, bound)[k]; answer.rule != 0 {
			answer.warnings |= s.snap.connectionOf(system)
		}
	}
	answer.warnings |= s.warnings
	return answer
}

// bond is what a link is worth for a company, and the accounting system that it
// would be to. A hint that was placed is not trusted where companies moved since.
func (s *Subject) bond(company int32, of hint) (b bond, system int32) {
	system = of.system()
	if of == noHint || s.snap.moved {
		system = s.snap.companyOf(company).system
		of = hintOf(system)
	}
	if of == noHint || s.brief.unsure(of) {
		return s.self().ties.bond(system, company), system
	}
	return s.brief.bond(of, 0), system
}

// decideWith decides on an action on a document, with what holds of its properties.
func (s *Subject) decideWith(a Action, d sight, supplied Facts) Decision {
	if supplied == table[a].supplied() {
		return s.decideOn(a, d)
	}
	return s.decideNow(a, d, supplied)
}

// decideNow is the same without looking up what was decided. Of a company that does not
// exist, what was not told of the document comes first.
func (s *Subject) decideNow(a Action, d sight, supplied Facts) Decision {
	t := &table[a]
	have := s.facts() | s.factsOn(d)
	var answer Decision
	if s.snap.strange(d.company) {
		if answer = t.decide(have, s.untold(d.told)); answer.code != MissingProperty {
			answer = denied(BadProperty)
		}
	} else {
		answer = t.decide(have|supplied|s.bookingLink(d.company), s.untold(d.told))
	}
	answer.warnings = s.warnings
	if answer.rule != 0 {
		answer.warnings |= s.allowedDespite(a, d, noPlace)
	}
	return answer
}
