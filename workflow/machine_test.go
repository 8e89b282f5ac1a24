package workflow_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// machine is an office with its documents, what they should be, and what happened.
type machine struct {
	office   offices.Office
	snapshot *policy.Snapshot
	at       time.Time
	shelf    map[documents.ID]documents.Document
	model    map[documents.ID]paper
	first    map[documents.ID]documents.Document // the documents before any event
	last     map[documents.ID]documents.Document // as the events left them
	told     []workflow.Event
	ids      int // how many were chosen
	seen     map[string]int
}

func TestCommandsMoveDocumentsAsTheRulesSayAndNoOtherWay(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{at: now, seen: seen, shelf: map[documents.ID]documents.Document{}, model: map[documents.ID]paper{}}
		m.newOffice(t)
		for range rapid.IntRange(2, 5).Draw(t, "documents") {
			m.keep(drawPaper(t, m.chooseID()))
		}
		m.first, m.last = maps.Clone(m.shelf), maps.Clone(m.shelf)
		t.Repeat(map[string]func(*rapid.T){
			"a command":           m.command,
			"a likely command":    m.likely,
			"another":             m.likely,
			"a document mixed up": m.mixedUp,
			"software":            m.software,
			"the office changes":  m.newOffice,
			"a day passes":        func(*rapid.T) { m.at = m.at.Add(24 * time.Hour) },
			"":                    m.check,
		})
	})
	t.Log(seen)
	for _, name := range workflow.CommandNames() {
		for _, how := range []string{"accepted", "refused"} {
			if seen[name+" "+how] == 0 {
				t.Errorf("no %s was %s", name, how)
			}
		}
	}
}

func (m *machine) keep(p paper) {
	m.model[p.ID] = p
	m.shelf[p.ID] = p.document()
}

func (m *machine) chooseID() documents.ID {
	m.ids++
	return documents.ID(fmt.Sprintf("doc-%d", m.ids))
}

// check is what holds after every step, whatever was tried.
func (m *machine) check(t *rapid.T) {
	got := map[documents.ID]paper{}
	for id, d := range m.shelf {
		got[id] = paperOf(d)
		if _, err := documents.New(d.Parts()); err != nil || !got[id].fits() {
			t.Fatalf("%+v is not a document: %v", got[id], err)
		}
	}
	if diff := cmp.Diff(m.model, got); diff != "" {
		t.Fatalf("the documents (-want +got):\n%s", diff)
	}
	again, err := workflow.Replay(m.first, throughJSON(t, m.told)...)
	if err != nil {
		t.Fatal(err)
	}
	sameShelf(t, "replayed", m.last, again)
}

func throughJSON(t rapid.TB, events []workflow.Event) []workflow.Event {
	t.Helper()
	text, err := json.Marshal(events)
	if err != nil {
		t.Fatal(err)
	}
	var read []workflow.Event
	if err := json.Unmarshal(text, &read); err != nil || !slices.Equal(read, events) {
		t.Fatalf("%s is read as other events: %v", text, err)
	}
	return read
}

func sameShelf(t rapid.TB, what string, want, got map[documents.ID]documents.Document) {
	t.Helper()
	papers := func(shelf map[documents.ID]documents.Document) map[documents.ID]paper {
		all := map[documents.ID]paper{}
		for id, d := range shelf {
			all[id] = paperOf(d)
		}
		return all
	}
	if diff := cmp.Diff(papers(want), papers(got)); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func (m *machine) newOffice(t *rapid.T) {
	m.office = drawOffice(t)
	m.snapshot = policy.Compile(m.office)
}

func (m *machine) desk(who users.ID) desk {
	u, known := m.office.User(who)
	return desk{m.office, u, known, m.office.Day(m.at)}
}

// command tries any command by anybody.
func (m *machine) command(t *rapid.T) {
	m.try(t, rapid.SampledFrom(everybody).Draw(t, "who"), m.draw(t))
}

// likely tries a command by somebody who may give it, if there is any.
func (m *machine) likely(t *rapid.T) {
	var list []workflow.Command
	able := map[workflow.Command][]users.ID{}
	names := workflow.CommandNames()
	if rapid.IntRange(0, 3).Draw(t, "no upload") > 0 {
		names = names[1:]
	}
	for _, name := range names {
		c := m.drawOne(t, name)
		p, others := m.concerned(c)
		for _, who := range everybody {
			if !m.malformed(c) && m.desk(who).may(c, p, others) {
				able[c] = append(able[c], who)
			}
		}
		if able[c] != nil {
			list = append(list, c)
		}
	}
	if len(list) > 0 {
		c := rapid.SampledFrom(list).Draw(t, "likely")
		m.try(t, rapid.SampledFrom(able[c]).Draw(t, "who"), c)
	}
}

// concerned is the papers that a command is about.
func (m *machine) concerned(c workflow.Command) (p paper, others []paper) {
	if merge, ok := c.(workflow.Merge); ok {
		for id := range merge.With.All() {
			others = append(others, m.model[id])
		}
	}
	if _, ok := c.(workflow.Upload); ok {
		return paper{}, nil
	}
	return m.model[documentOf(c)], others
}

// malformed says whether a command could not be carried out on any documents.
func (m *machine) malformed(c workflow.Command) bool {
	var list []documents.ID
	switch c := c.(type) {
	case workflow.Split:
		if list = c.Into.Slice(); len(list) < 2 {
			return true
		}
	case workflow.Merge:
		if list = append(c.With.Slice(), c.Document); len(list) < 2 {
			return true
		}
	}
	slices.Sort(list)
	return len(slices.Compact(slices.Clone(list))) != len(list)
}

// taken says whether a split chooses an id that another document has, which the
// library cannot know and the caller must not do.
func (m *machine) taken(c workflow.Command) bool {
	s, ok := c.(workflow.Split)
	return ok && slices.ContainsFunc(s.Into.Slice(), func(id documents.ID) bool {
		_, there := m.first[id]
		_, kept := m.shelf[id]
		return id != s.Document && (there || kept)
	})
}

// try gives a command, and compares what comes of it with the model.
func (m *machine) try(t *rapid.T, who users.ID, c workflow.Command) {
	if m.taken(c) {
		return
	}
	d, p, others, papers := m.given(t, c)
	result, err := workflow.Do(m.snapshot, d, who, m.at, c, others...)
	if before := paperOf(d); before.ID != "" {
		if diff := cmp.Diff(p, before); diff != "" {
			t.Fatalf("%s changed the document it was given:\n%s", c.Name(), diff)
		}
	}
	event, planned := workflow.Plan(m.snapshot, d, who, m.at, c, others...)
	if event != result.Event || fmt.Sprint(planned) != fmt.Sprint(err) {
		t.Fatalf("planned was %+v, %v; done was %+v, %v", event, planned, result.Event, err)
	}
	switch {
	case m.malformed(c):
		m.seen[c.Name()+" malformed"]++
		nothingCame(t, result, err, problems.ErrInvalid)
	case !m.desk(who).may(c, p, papers):
		m.seen[c.Name()+" refused"]++
		nothingCame(t, result, err, changes.ErrRefused)
		m.refusedAsThePolicyDenies(t, who, c, d, others, err)
	default:
		m.seen[c.Name()+" accepted"]++
		m.accepted(t, who, c, result, err)
	}
}

// given is the documents that go with a command; those of a merger in any order.
func (m *machine) given(t *rapid.T, c workflow.Command) (d documents.Document, p paper, others []documents.Document, papers []paper) {
	p, papers = m.concerned(c)
	if merge, ok := c.(workflow.Merge); ok {
		for id := range merge.With.All() {
			others = append(others, m.shelf[id])
		}
		others = rapid.Permutation(others).Draw(t, "order")
	}
	return m.shelf[p.ID], p, others, papers
}

func nothingCame(t *rapid.T, result workflow.Result, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("not refused as such, but: %+v, %v", result, err)
	}
	if result.Event != (workflow.Event{}) || result.Documents != nil || result.Gone != nil || result.FirstUse {
		t.Fatalf("refused, and yet: %+v", result)
	}
}

// refusedAsThePolicyDenies compares the refusal with the policy's own answer.
func (m *machine) refusedAsThePolicyDenies(t *rapid.T, who users.ID, c workflow.Command, d documents.Document, others []documents.Document, err error) {
	refusal, ok := errors.AsType[*changes.Refusal](err)
	if !ok {
		t.Fatalf("not a refusal: %v", err)
	}
	answer := m.snapshot.Check(policy.Request{
		Subject: who, Action: must(policy.ParseAction(c.Name())), Resource: resourceOf(c, &d), With: withOf(c, others), At: m.at,
	})
	if answer.Allowed() || refusal.Code != answer.Code().String() || refusal.Command != c.Name() || refusal.Actor != who {
		t.Fatalf("refused as %+v, and the policy says %q", refusal, answer.Code())
	}
}

// accepted compares what became of the documents with the model, and goes on from
// there.
func (m *machine) accepted(t *rapid.T, who users.ID, c workflow.Command, result workflow.Result, err error) {
	if err != nil {
		t.Fatalf("%+v by %s: %v", c, who, err)
	}
	p, papers := m.concerned(c)
	left, gone := after(c, who, p, papers)
	if diff := cmp.Diff(left, papersOf(result.Documents...)); diff != "" {
		t.Fatalf("%+v (-want +got):\n%s", c, diff)
	}
	if !slices.Equal(gone, result.Gone) {
		t.Fatalf("%+v: gone is %q, want %q", c, result.Gone, gone)
	}
	m.keepsWhatStays(t, c, left, append(papers, p))
	m.trail(t, who, c, p, result)
	for _, id := range gone {
		delete(m.shelf, id)
		delete(m.model, id)
		delete(m.last, id)
	}
	for i, d := range result.Documents {
		m.shelf[d.ID()], m.last[d.ID()], m.model[d.ID()] = d, d, left[i]
	}
	m.told = append(m.told, result.Event)
}

// keepsWhatStays: nobody's move changes the company or the deliverer, and what was
// ever assigned stays so.
func (m *machine) keepsWhatStays(t *rapid.T, c workflow.Command, left, before []paper) {
	if _, ok := c.(workflow.Upload); ok {
		return
	}
	for _, l := range left {
		for _, b := range before {
			if l.Company != b.Company || l.By != b.By || b.Ever && !l.Ever {
				t.Fatalf("%+v made %+v of %+v", c, l, b)
			}
		}
	}
}

func (m *machine) trail(t *rapid.T, who users.ID, c workflow.Command, p paper, result workflow.Result) {
	d := m.desk(who)
	if upload, ok := c.(workflow.Upload); ok {
		p.Company = upload.Company
	}
	e := result.Event
	if !e.At.Equal(m.at) || e.By != who || e.Command != c.Name() || e.Policy != policy.Hash() ||
		!slices.Equal(e.Warnings.Slice(), d.warnings(c, p)) || result.FirstUse == d.who.Used {
		t.Fatalf("the trail of %+v by %s: %+v, first use %t", c, who, e.Trail, result.FirstUse)
	}
}

// mixedUp gives a command about one document together with another.
func (m *machine) mixedUp(t *rapid.T) {
	c, stranger := m.draw(t), drawPaper(t, "stranger").document()
	_, _, others, _ := m.given(t, c)
	who := rapid.SampledFrom(everybody).Draw(t, "who")
	result, err := workflow.Do(m.snapshot, stranger, who, m.at, c, others...)
	nothingCame(t, result, err, problems.ErrInvalid)
}

// software starts an authorisation after booking by itself, of which no event tells.
func (m *machine) software(t *rapid.T) {
	id := m.drawID(t, "document")
	p := m.model[id].copied()
	if p.Stage != documents.Archived || p.turn() >= 0 {
		return
	}
	d := m.shelf[id]
	m.shelf[id] = must(d.StartRoute("bob", "anna"))
	p.Steps, p.Ever = stepsPast([]users.ID{"bob", "anna"}), true
	m.model[id] = p
}
