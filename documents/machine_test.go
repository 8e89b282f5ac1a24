package documents_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/users"
)

// machine is one document and what it should be.
type machine struct {
	doc   documents.Document
	model paper
	ever  bool // was it ever assigned?
}

func TestADocumentStaysValidWhateverMovesAreTried(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{model: drawPaper(t, "doc")}
		if rapid.Bool().Draw(t, "just delivered") {
			m.model = paper{"doc", "garage", "carla", documents.Tagging, documents.NeverAssigned, []documents.Step{}}
		}
		m.doc = told(t, m.model)
		t.Repeat(map[string]func(*rapid.T){
			"tag":         m.tag,
			"assign":      m.assign,
			"start_route": m.startRoute,
			"approve":     m.approve,
			"reject":      m.reject,
			"reassign":    m.reassign,
			"withdraw":    m.withdraw,
			"return":      m.giveBack,
			"book":        m.book,
			"split":       m.split,
			"merge":       m.merge,
			"":            m.check,
		})
	})
}

// check is what holds after every step, whatever the moves were.
func (m *machine) check(t *rapid.T) {
	same(t, "the document", m.model, m.doc)
	if !m.model.fits() {
		t.Fatalf("the stage contradicts the route: %+v", m.model)
	}
	if m.ever = m.ever || len(m.model.Steps) > 0 || m.model.Assigned == documents.EverAssigned; m.ever != (m.doc.Assigned() == documents.EverAssigned) {
		t.Fatalf("ever assigned: %v, but the document says %v", m.ever, m.doc.Assigned())
	}
	if _, err := documents.Told(m.doc.Parts()); err != nil {
		t.Fatalf("the document is not valid: %v", err)
	}
	if m.doc.CompanyHash() != ident.HashOf(m.doc.Company()) {
		t.Fatalf("the hash is not that of company %q", m.doc.Company())
	}
	if got := m.doc.Route().InTurn(); got != m.model.authoriserInTurn() {
		t.Fatalf("in turn is %q of %+v", got, m.model.Steps)
	}
}

// try makes a move: to what is wanted, or to a refusal where nothing is. Either
// way the document that was moved stays as it was.
func (m *machine) try(t *rapid.T, name string, want *paper, move func() (documents.Document, error)) {
	got, err := move()
	same(t, "the document before "+name, m.model, m.doc)
	if want == nil {
		refused(t, name, err)
		if diff := cmp.Diff(paperOf(documents.Document{}), paperOf(got)); diff != "" {
			t.Fatalf("a refused %s gave (-nothing +got):\n%s", name, diff)
		}
		return
	}
	if err != nil {
		t.Fatalf("%s from %+v: %v", name, m.model, err)
	}
	m.doc, m.model = got, *want
}

func refused(t rapid.TB, name string, err error) {
	t.Helper()
	move, ok := errors.AsType[*documents.MoveError](err)
	if !ok || !errors.Is(err, documents.ErrMove) || move.Move != name || move.Found == "" || move.Expected == "" {
		t.Fatalf("%s is not refused as such, but: %v", name, err)
	}
}

// when is a paper changed where a condition holds, and otherwise a refusal.
func (m *machine) when(condition bool, change func(p *paper)) *paper {
	if !condition {
		return nil
	}
	p := m.model.copied()
	change(&p)
	return &p
}

func (m *machine) tag(t *rapid.T) {
	want := m.when(m.model.Stage == documents.Tagging, func(p *paper) { p.Stage = documents.Booking })
	m.try(t, "tag", want, m.doc.Tag)
}

func (m *machine) giveBack(t *rapid.T) {
	want := m.when(m.model.Stage == documents.Booking, func(p *paper) { p.Stage = documents.Tagging })
	m.try(t, "return", want, m.doc.Return)
}

func (m *machine) book(t *rapid.T) {
	want := m.when(m.model.Stage == documents.Booking, func(p *paper) { p.Stage = documents.Archived })
	m.try(t, "book", want, m.doc.Book)
}

func (m *machine) assign(t *rapid.T) {
	past := drawAuthorisers(t)
	want := m.when(m.model.Stage == documents.Tagging && named(past), func(p *paper) {
		*p = *p.withRoute(documents.Authorisation, past)
	})
	m.try(t, "assign", want, func() (documents.Document, error) { return scribbled(past, m.doc.Assign) })
}

func (m *machine) startRoute(t *rapid.T) {
	past := drawAuthorisers(t)
	open := m.model.Stage == documents.Archived && !m.model.pending()
	want := m.when(open && named(past), func(p *paper) { *p = *p.withRoute(documents.Archived, past) })
	m.try(t, "start_route", want, func() (documents.Document, error) { return scribbled(past, m.doc.StartRoute) })
}

func (m *machine) reassign(t *rapid.T) {
	past := drawAuthorisers(t)
	want := m.when(m.model.pending() && named(past), func(p *paper) {
		i := p.inTurn()
		follow := slices.DeleteFunc(slices.Clone(p.Steps[i+1:]), func(s documents.Step) bool {
			return slices.Contains(past, s.Authoriser)
		})
		p.Steps = slices.Concat(p.Steps[:i], pending(past), follow)
	})
	m.try(t, "reassign", want, func() (documents.Document, error) { return scribbled(past, m.doc.Reassign) })
}

func drawAuthorisers(t *rapid.T) []users.ID {
	return rapid.SliceOfN(authoriserNames, 0, 3).Draw(t, "authorisers")
}

// scribbled makes a move with a copy of the authorisers and then writes over
// the copy: the document must have kept none of it.
func scribbled(past []users.ID, move func(...users.ID) (documents.Document, error)) (documents.Document, error) {
	list := slices.Clone(past)
	d, err := move(list...)
	for i := range list {
		list[i] = "scribble"
	}
	return d, err
}

// drawBy draws who speaks: often the authoriser in turn, sometimes anyone.
func (m *machine) drawBy(t *rapid.T) users.ID {
	return rapid.OneOf(rapid.Just(m.model.authoriserInTurn()), authoriserNames).Draw(t, "by")
}

func (m *machine) approve(t *rapid.T) {
	by := m.drawBy(t)
	want := m.when(by != "" && by == m.model.authoriserInTurn(), func(p *paper) {
		p.Steps[p.inTurn()].Outcome = documents.Approved
		if p.Stage == documents.Authorisation && !p.pending() {
			p.Stage = documents.Booking
		}
	})
	m.try(t, "approve", want, func() (documents.Document, error) { return m.doc.Approve(by) })
}

func (m *machine) reject(t *rapid.T) {
	by, comment := m.drawBy(t), comments.Draw(t, "comment")
	says := comment == "wrong amount" || comment == "not ours" || comment == " x "
	want := m.when(says && by != "" && by == m.model.authoriserInTurn(), func(p *paper) {
		p.Steps[p.inTurn()] = documents.Step{Authoriser: by, Outcome: documents.Rejected, Comment: comment}
		p.Stage = p.beforeRoute()
	})
	m.try(t, "reject", want, func() (documents.Document, error) { return m.doc.Reject(by, comment) })
}

func (m *machine) withdraw(t *rapid.T) {
	want := m.when(m.model.pending(), func(p *paper) { p.Steps, p.Stage = []documents.Step{}, p.beforeRoute() })
	m.try(t, "withdraw", want, m.doc.Withdraw)
}

// split goes on with one of the parts; each of them is looked at.
func (m *machine) split(t *rapid.T) {
	names := rapid.SliceOfN(partNames, 0, 3).Draw(t, "parts")
	allowed := m.model.Stage == documents.Tagging && len(names) >= 2 && ids(names)
	parts, err := m.doc.Split(names...)
	same(t, "the document before split", m.model, m.doc)
	if !allowed {
		refused(t, "split", err)
		if parts != nil {
			t.Fatalf("a refused split gave %d parts", len(parts))
		}
		return
	}
	if err != nil || len(parts) != len(names) {
		t.Fatalf("split into %q gave %d parts, %v", names, len(parts), err)
	}
	for i, part := range parts {
		want := m.model.copied()
		want.ID = names[i]
		same(t, "a part", want, part)
		m.doc, m.model = part, want
	}
}

func (m *machine) merge(t *rapid.T) {
	var others []documents.Document
	whole, fits := m.model.copied(), m.model.Stage == documents.Tagging
	all := []paper{m.model}
	for range rapid.IntRange(0, 3).Draw(t, "others") {
		p := m.drawOther(t)
		fits = fits && p.Stage == documents.Tagging && whole.mergesWith(p) &&
			!slices.ContainsFunc(all, func(q paper) bool { return q.ID == p.ID })
		all, others = append(all, p), append(others, told(t, p))
	}
	whole.Assigned = assignedOfAll(all)
	want := m.when(fits && len(others) > 0, func(p *paper) { *p = whole })
	m.try(t, "merge", want, func() (documents.Document, error) { return m.doc.Merge(others...) })
	for i := range others {
		same(t, "a merged document", all[i+1], others[i])
	}
}

// drawOther draws a document to merge with, that more often than not fits.
func (m *machine) drawOther(t *rapid.T) paper {
	id := rapid.SampledFrom([]documents.ID{"other", "third", "fourth", "doc"}).Draw(t, "id")
	p := drawPaper(t, id)
	if rapid.IntRange(0, 3).Draw(t, "fits") > 0 {
		p.Company, p.By, p.Stage, p.Steps = m.model.Company, m.model.By, documents.Tagging, []documents.Step{}
	}
	return p
}

// mergesWith: of one company and one deliverer, both of them told.
func (p paper) mergesWith(q paper) bool {
	return p.Company != "" && p.Company == q.Company && p.By != "" && p.By == q.By
}

// assignedOfAll: ever assigned when a part was, never when no part was, and
// unknown otherwise.
func assignedOfAll(all []paper) documents.Assigned {
	is := func(a documents.Assigned) func(paper) bool { return func(p paper) bool { return p.Assigned == a } }
	switch {
	case slices.ContainsFunc(all, is(documents.EverAssigned)):
		return documents.EverAssigned
	case slices.ContainsFunc(all, is(0)):
		return 0
	default:
		return documents.NeverAssigned
	}
}
