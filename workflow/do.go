package workflow

import (
	"fmt"
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// Result is what a command came to. The zero Result is that nothing happened.
type Result struct {
	// Documents is the documents that there are now: what became of those that were
	// there, and then the new ones, in the order in which the command names them.
	Documents []documents.Document
	// Gone is the documents that are no more: split, or merged into another.
	Gone []documents.ID
	// Event says what happened.
	Event Event
	// FirstUse says that the actor had not been used, and is from now on, which the
	// office has to hold: the software records it there. Source: SETTINGS.
	FirstUse bool
}

// Do carries out a command about a document that an actor gives at a moment, as far
// as the office compiled in s allows it. For an Upload the document is the zero
// Document. For a Merge the others are the documents that it names, in any order;
// for what else there is, there are none.
//
// The documents given must be told in full, as documents.New takes them: of a
// document told in part nobody could say afterwards where it went, nor whether an
// approval was of one's own delivery. The ids that an Upload or a Split chooses
// must be those of no document there is or ever was, which only the caller can know.
//
// A command that is refused, or malformed, changes nothing: then the Result is zero.
// A refusal is a *changes.Refusal, and what is wrong with the command or with the
// documents given joins a *problems.Problem for each thing wrong. Any other error is
// a fault of the library: the policy allowed what the document could not do.
func Do(s *policy.Snapshot, d documents.Document, actor users.ID, at time.Time, c Command, others ...documents.Document) (Result, error) {
	m := move{snapshot: s, doc: d, others: others, actor: actor, at: at}
	if err := m.run(c); err != nil {
		return Result{}, err
	}
	return m.result, nil
}

// Plan tells what a command would do, or why it would be refused, as Do would.
func Plan(s *policy.Snapshot, d documents.Document, actor users.ID, at time.Time, c Command, others ...documents.Document) (Event, error) {
	result, err := Do(s, d, actor, at, c, others...)
	return result.Event, err
}

// move is a command while it is carried out.
type move struct {
	snapshot *policy.Snapshot
	doc      documents.Document
	others   []documents.Document // as given; once found right, in the order of the command
	actor    users.ID
	at       time.Time
	command  string

	subject  policy.Subject
	decision policy.Decision
	wrong    problems.List
	err      error
	result   Result
}

// run carries out a command, or returns why not.
func (m *move) run(c Command) error {
	m.wrong.AddAt("at", fields.Moment().Check(m.at))
	if err := commandText.Check(c); err != nil {
		m.wrong.AddAt("", err)
		return m.wrong.Err()
	}
	m.command = c.Name()
	c.do(m)
	if err := m.wrong.Err(); err != nil {
		return err
	}
	return m.err
}

// expectNoDocument notes a document where a new one is to come.
func (m *move) expectNoDocument() {
	if recordOf(&m.doc) != (Record{}) {
		m.wrong.Add("document", found(m.doc.ID()), "no document: it is only now delivered")
	}
}

// expectDocument notes what is wrong with the document given, which is to be this one.
func (m *move) expectDocument(id documents.ID) {
	given := recordOf(&m.doc)
	if given.ID != id {
		m.wrong.Add("document", found(given.ID), "the document that the command names, "+problems.Quote(string(id)))
	}
	if given != (Record{}) {
		m.wrong.AddAt("document", record.Check(given))
	}
}

func found(id documents.ID) string {
	if id == "" {
		return "a document without an id"
	}
	return problems.Quote(string(id))
}

// expectOthers notes what is wrong with the other documents given, which are to be
// these, and puts them in this order.
func (m *move) expectOthers(ids ...documents.ID) {
	place := make(map[documents.ID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	ordered, given := make([]documents.Document, len(ids)), make([]bool, len(ids))
	for i := range m.others {
		other := &m.others[i]
		at := problems.At("others", i)
		m.wrong.AddAt(at, record.Check(recordOf(other)))
		if to, named := place[other.ID()]; !named || given[to] {
			m.wrong.Add(at, found(other.ID()), "a document that the command names, given once")
		} else {
			ordered[to], given[to] = *other, true
		}
	}
	for i, id := range ids {
		if !given[i] {
			m.wrong.Add(problems.At("with", i), problems.Quote(string(id)), "a document that is given too")
		}
	}
	m.others = ordered
}

// allowed asks the policy whether the actor may do something, and keeps a denial.
// Nothing is asked while something is wrong with what was given.
func (m *move) allowed(a policy.Action, r policy.Resource, w *policy.With) bool {
	if m.wrong.Err() != nil {
		return false
	}
	m.subject = m.snapshot.Subject(m.actor, m.at)
	if m.decision = m.subject.Check(a, r, w); m.decision.Allowed() {
		return true
	}
	m.err = changes.Denied(m.command, m.snapshot, policy.Request{Subject: m.actor, Action: a, Resource: r, With: w, At: m.at})
	return false
}

// change makes one move of the document given, where it is allowed.
func (m *move) change(id documents.ID, a policy.Action, w *policy.With, moved func() (documents.Document, error)) {
	m.expectDocument(id)
	m.expectOthers()
	if m.allowed(a, policy.OfDocument(&m.doc), w) {
		d, err := moved()
		m.became(outcome{changed: []documents.Document{d}}, err)
	}
}

// outcome is what a move made of the documents.
type outcome struct {
	changed, added []documents.Document
	gone           []documents.ID
}

// became is the end of a command: what it made of the documents, or that it could
// not although it was allowed.
func (m *move) became(o outcome, err error) {
	if err != nil {
		m.err = fmt.Errorf("%s was allowed to %s and cannot be done: %w", m.command, m.actor, err)
		return
	}
	event := Event{
		Trail: changes.TrailOf(m.command, m.actor, m.at, m.decision),
		New:   recordsOf(o.added), Changed: recordsOf(o.changed), Gone: changes.ListOf(o.gone...),
	}
	m.wrong.AddAt("event", eventText.Check(event))
	m.result = Result{append(o.changed, o.added...), o.gone, event, !m.subject.Used()}
}
