package workflow

import (
	"maps"
	"slices"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
)

// Replay is the documents, by their ids, that events made of others; the map that
// is given never changes. Whether the events were allowed is not asked again. What
// cannot have happened is a *problems.Problem, and then nothing comes back: a new
// document that there was, a changed or gone one that there was not, and one that
// changed its company, who delivered it, or that it was ever assigned.
//
// An authorisation that the accounting software started after booking is not among
// the events; the next event about the document holds what became of it.
func Replay(before map[documents.ID]documents.Document, events ...Event) (map[documents.ID]documents.Document, error) {
	h := history{documents: maps.Clone(before)}
	if h.documents == nil {
		h.documents = make(map[documents.ID]documents.Document)
	}
	h.checkKeys()
	for i, e := range events {
		if h.wrong.Err() != nil {
			break
		}
		h.at = problems.At("events", i)
		h.follow(e)
	}
	if err := h.wrong.Err(); err != nil {
		return nil, err
	}
	return h.documents, nil
}

// history is the documents while events are replayed.
type history struct {
	documents map[documents.ID]documents.Document
	at        string // the event, as a path
	wrong     problems.List
}

func (h *history) checkKeys() {
	for _, key := range slices.Sorted(maps.Keys(h.documents)) {
		d := h.documents[key]
		if d.ID() != key {
			h.wrong.Add("documents", problems.Quote(string(d.ID())), "the document "+problems.Quote(string(key)))
		}
	}
}

// follow replays one event. An event names each document once, so the order in it
// does not matter.
func (h *history) follow(e Event) {
	if err := eventText.Check(e); err != nil {
		h.wrong.AddAt(h.at, err)
		return
	}
	for i, r := range e.New.Slice() {
		h.add(problems.At(h.at+".new", i), r)
	}
	for i, r := range e.Changed.Slice() {
		h.change(problems.At(h.at+".changed", i), r)
	}
	for i, id := range e.Gone.Slice() {
		h.remove(problems.At(h.at+".gone", i), id)
	}
}

func (h *history) add(path string, r Record) {
	if _, taken := h.documents[r.ID]; taken {
		h.wrong.Add(path+".id", problems.Quote(string(r.ID)), "an id that no document has")
	}
	h.keep(r)
}

func (h *history) change(path string, r Record) {
	before, found := h.documents[r.ID]
	if !found {
		h.wrong.Add(path+".id", problems.Quote(string(r.ID)), "a document that there was")
		return
	}
	if c := before.Company(); c != r.Company {
		h.wrong.Add(path+".company", problems.Quote(string(r.Company)), "its company, "+problems.Quote(string(c)))
	}
	if by := before.DeliveredBy(); by != r.DeliveredBy {
		h.wrong.Add(path+".delivered_by", problems.Quote(string(r.DeliveredBy)), "who delivered it, "+problems.Quote(string(by)))
	}
	if before.Assigned() == documents.EverAssigned && r.Assigned != documents.EverAssigned {
		h.wrong.Add(path+".ever_assigned", "false", "true, as before")
	}
	h.keep(r)
}

func (h *history) remove(path string, id documents.ID) {
	if _, found := h.documents[id]; !found {
		h.wrong.Add(path, problems.Quote(string(id)), "a document that there was")
	}
	delete(h.documents, id)
}

func (h *history) keep(r Record) {
	d, _ := r.Document() // the event was checked
	h.documents[r.ID] = d
}
