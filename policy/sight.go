package policy

import "github.com/mandaat/mandaat/documents"

// sight is a document as a subject sees it.
type sight struct {
	company int32 // its place; noPlace where it was not told, strange where there is none such
	told    toldParts
	facts   Facts // of the document, and of the subject's part in it; not of access
}

// strange is the place of a company that does not exist, though a document is told
// to be of it.
const strange int32 = -2

// toldParts is which parts of a document were told.
type toldParts uint8

const (
	toldCompany toldParts = 1 << iota
	toldDeliverer
	toldStage
	toldAssigned
	toldEnd
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

// stageFacts is what holds of a document at each stage. No rule asks for
// authorisation: a pending route says more.
var stageFacts = [...]Facts{
	documents.Tagging: StageTagging | OpenToClients, documents.Booking: StageBooking, documents.Archived: StageArchived,
}

// look is what holds of a document whoever looks, and which parts of it were told.
func look(d *documents.Document) (f Facts, t toldParts) {
	stage, assigned := d.Stage(), d.Assigned()
	f = stageFacts[stage] |
		when(assigned == documents.NeverAssigned, OpenToClients) |
		when(d.Route().IsPending(), RoutePending)
	if d.Company() != "" {
		t |= toldCompany
	}
	if d.DeliveredBy() != "" {
		t |= toldDeliverer
	}
	if stage != 0 {
		t |= toldStage
	}
	if assigned != 0 {
		t |= toldAssigned
	}
	return f, t
}

// see is a document as the subject sees it.
func (s *Subject) see(d *documents.Document) sight {
	f, t := look(d)
	return sight{s.snap.companyTold(d), t, f |
		when(d.DeliveredBy() == s.user.id, DeliveredBySubject) |
		when(f.Has(RoutePending) && d.Route().InTurn() == s.user.id, InTurn)}
}

// companyTold is the place of the company that a document is told to be of.
func (s *Snapshot) companyTold(d *documents.Document) int32 {
	id := d.Company()
	if id == "" {
		return noPlace
	}
	if at := s.company(id); at != noPlace {
		return at
	}
	return strange
}

// factsOn is what holds of a document for the subject.
func (s *Subject) factsOn(d sight) Facts {
	return d.facts | when(s.user.reach.has(d.company), CompanyAccess)
}

// untold is the facts about a document that could not be established, because the
// part of it that they hang on was not told.
func (s *Subject) untold(d sight) Facts {
	f := untoldFacts[d.told]
	if !s.facts.Has(ClientRole) {
		// Whether documents could be one matters to those who may merge.
		f &^= MergeFit
	}
	return f
}

// decideOn decides on an action on a document, where nothing but the subject and the
// document count: the action takes no properties, or they are well supplied.
func (s *Subject) decideOn(a Action, d sight) Decision {
	t := &table[a]
	have := s.facts | s.factsOn(d)
	if d.company == strange {
		return s.strangeTo(a, have, d)
	}
	have |= t.spoken & (AuthorisersFit | MergeFit)
	if t.spoken.Has(LinkVerified) {
		have |= s.bookingLink(d.company)
	}
	answer := t.decide(have, s.untold(d))
	answer.warnings = s.warnings
	if answer.rule != 0 {
		answer.warnings |= s.allowedDespite(a, &d, noPlace)
	}
	return answer
}

// strangeTo is the decision on a document of a company that does not exist. What was
// not told of it comes first.
func (s *Subject) strangeTo(a Action, have Facts, d sight) Decision {
	answer := table[a].decide(have, s.untold(d))
	if answer.code != MissingProperty {
		answer = denied(BadProperty)
	}
	answer.warnings = s.warnings
	return answer
}
