package policy

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// Check answers one question. It never fails and never allocates: whatever is
// unknown, missing or unreadable is a denial with its code.
func (s *Snapshot) Check(r Request) Decision {
	if answer, ok := s.checkDocument(&r); ok {
		return answer
	}
	var subject Subject
	if place := s.user(r.Subject); place != noPlace {
		subject.become(s, place, momentOf(r.At))
	}
	return subject.check(r.Action, &r.Resource, r.With)
}

// checkDocument checks an action on a document where nothing but who asks and the document
// count, and both are known; otherwise ok is false. The two are looked up side by side: in
// a large office, each waits for memory.
func (s *Snapshot) checkDocument(r *Request) (answer Decision, ok bool) {
	of, m := decided[r.Action], momentOf(r.At)
	if of == nil || !of.plain || r.Resource.Type != Document || r.Resource.Document == nil || !r.With.readable() || !m.readable {
		return answer, false
	}
	k, told := look(r.Resource.Document, r.Subject)
	company, place := s.companyOn(r.Resource.Document), s.user(r.Subject)
	if company == noPlace || place == noPlace || told != toldAll {
		return answer, false
	}
	var subject Subject
	subject.become(s, place, m)
	system := noHint
	if of.links {
		system = hintOf(s.companyOf(company).system)
	}
	if !subject.quick || of.links && system == noHint {
		return subject.lookUp(of, company, k), true
	}
	reached, linked := subject.reach().look(company)
	return subject.answer(of, subject.brief.bond(system, linked), k|accessOf(reached)), true
}

// Check answers one question of the subject, as Snapshot.Check does.
func (s *Subject) Check(a Action, r Resource, with *With) Decision { return s.check(a, &r, with) }

func (s *Subject) check(a Action, r *Resource, with *With) Decision {
	if s != nil && s.inTime && r.Type == a.On() && with.readable() {
		switch {
		case r.Document != nil && r.Type == Document:
			if d, ok := s.checkOn(a, r, with); ok {
				return d
			}
		case !a.plain():
		case r.Type == User:
			if at := s.snap.user(users.ID(r.ID)); at != noPlace {
				return s.plainly(a, at)
			}
		case r.Type == Company:
			if at := s.snap.company(companies.ID(r.ID)); at != noPlace {
				return s.plainly(a, at)
			}
		}
	}
	q := ask(s, a, *r, with, false)
	return q.judge().Decision
}

// checkOn checks an action on a document where what it is asked with, if anything, was
// given and could be; otherwise ok is false.
func (s *Subject) checkOn(a Action, r *Resource, with *With) (d Decision, ok bool) {
	switch {
	case a.plain():
		return s.decideOn(a, s.see(r.Document)), true
	case with == nil:
		return d, false
	}
	switch seen := s.see(r.Document); a {
	case DocumentReject:
		return s.decideOn(a, seen), !documents.Blank(with.Comment)
	case DocumentAssign, DocumentReassign:
		if with.Authorisers == nil || len(with.Authorisers) > MaxNamed {
			return d, false
		}
		return s.decideWith(a, seen, when(s.authorisersFit(with.Authorisers, seen.company), AuthorisersFit)), true
	case DocumentMerge:
		return s.checkMerger(r, seen, with.Documents)
	}
	return d, false
}

// checkMerger decides on each document of a merger: each must be allowed.
func (s *Subject) checkMerger(r *Resource, seen sight, list []*documents.Document) (d Decision, ok bool) {
	if !r.mergeable(list) {
		return d, false
	}
	fit := when(r.mergesWith(list), MergeFit)
	d = s.decideWith(DocumentMerge, seen, fit)
	for _, other := range list {
		if next := s.decideWith(DocumentMerge, s.see(other), fit); next.before(d) {
			d = next
		}
	}
	return d, true
}

// question is one question with what it is about already found.
type question struct {
	*Subject
	action   Action
	resource Resource // of a placed one, only its type
	found    bool     // there is such a resource, and the action is asked on it
	with     *With
	asker    users.ID // as asked, for an explanation
	company  int32    // asked about, or of the document asked about
	target   int32    // the user asked about
	system   int32    // of the connection asked about, or that the properties name
	seen     sight    // of the document asked about
	supplied bool     // properties that were not given are taken as well supplied
}

// ask makes ready one question.
func ask(s *Subject, a Action, r Resource, with *With, supplied bool) question {
	if with == nil {
		with = &noProperties
	}
	q := question{
		Subject: s, action: a, resource: r, with: with, supplied: supplied,
		company: noPlace, target: noPlace, system: noPlace,
	}
	q.found = !s.nobody() && r.Type == a.On() && q.findResource()
	return q
}

// verdict is a decision and what decided it: the facts of which part of the
// question. Where the question could not be asked, no facts did.
type verdict struct {
	Decision
	asked bool
	have  Facts
	part  int
}

// judge decides. What cannot be asked is denied first. Some questions are
// several at once (each document of a merger, each role of a change): every one
// of them must be allowed, and of several denials the first code counts.
func (q *question) judge() verdict {
	if code := q.fault(); code != 0 {
		v := q.faulty(code)
		v.Decision = q.warned(v.Decision)
		return v
	}
	whole := q.established()
	v := q.judgePart(whole, 0)
	for i := 1; i < q.parts(); i++ {
		if next := q.judgePart(whole, i); next.before(v.Decision) {
			v = next
		}
	}
	v.Decision = q.warned(v.Decision)
	return v
}

// faulty is the verdict on what cannot be asked.
func (q *question) faulty(code Code) verdict {
	v := verdict{Decision: denied(code)}
	if code > MissingProperty && q.resource.Type == Document {
		v = q.untoldFirst(v)
	}
	return v
}

// established is what holds of the question as a whole, with what is taken as well
// supplied.
func (q *question) established() Facts {
	whole := q.wholeFacts()
	if q.supplied {
		whole |= q.suppliedFacts()
	}
	return whole
}

func (q *question) judgePart(whole Facts, i int) verdict {
	have := whole | q.partFacts(i)
	return verdict{decide(q.action, have, q.untoldOf(i)), true, have, i}
}

// untoldFirst is the verdict on what was not told of a document, where that
// matters: it comes before a moment or a property that cannot be read. What
// cannot be read of the document itself was told.
func (q *question) untoldFirst(fault verdict) verdict {
	for i := range q.with.Unreadable {
		if q.with.Unreadable[i].Property == 0 {
			return fault
		}
	}
	for i := range q.parts() {
		if i > 0 && q.with.Documents[i-1] == nil {
			continue
		}
		if v := q.judgePart(q.facts(), i); v.code == MissingProperty {
			return v
		}
	}
	return fault
}

// findResource finds what is asked about.
func (q *question) findResource() bool {
	switch q.resource.Type {
	case Document:
		if q.resource.Document == nil {
			return false
		}
		q.seen = q.see(q.resource.Document)
		q.company = q.seen.company
		return true
	case Company:
		q.company = q.snap.company(companies.ID(q.resource.ID))
		return q.company != noPlace
	case User:
		q.target = q.snap.user(users.ID(q.resource.ID))
		return q.target != noPlace
	case Connection:
		q.system = q.snap.system(companies.SystemID(q.resource.ID))
		return q.system != noPlace
	case Office:
		return q.resource.ID == q.snap.code
	}
	return false
}

// warned adds the warnings that go with a decision.
func (q *question) warned(d Decision) Decision {
	if q.nobody() {
		return d
	}
	d.warnings |= q.warnings
	if d.Allowed() {
		d.warnings |= q.allowedDespite(q.action, q.seen, q.system)
	}
	return d
}

// allowedDespite is what was allowed although somebody may want to look at it.
func (s *Subject) allowedDespite(a Action, d sight, system int32) Warnings {
	allowed := despiteDelivery(a, Decision{rule: 1}, d.kind.facts())
	switch a {
	case DocumentBook, DocumentChangeBankDetails:
		return allowed.warnings | s.snap.connectionOf(s.snap.companyOf(d.company).system)
	case CompanyCreate:
		return s.snap.connectionOf(system)
	}
	return allowed.warnings
}

func (s *Snapshot) connectionOf(system int32) Warnings {
	if system != noPlace && s.disconnected.has(system) {
		return ConnectionDisconnected
	}
	return 0
}
