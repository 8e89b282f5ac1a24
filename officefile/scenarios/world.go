package scenarios

import (
	"cmp"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// world is an office as what is given in a scenario has made it.
type world struct {
	base  *shared
	state admin.State
	moved map[documents.ID]*documents.Document // nil for one that is no more
	// refused is that a command was, so that what it would have made is not there.
	refused bool

	promised map[promise]bool // the names that what is given gives
}

// user says whether somebody is, or was, a user.
func (w *world) user(id users.ID) bool {
	_, now := w.state.Office().User(id)
	_, deleted := w.state.Office().DeletedUser(id)
	return now || deleted
}

// company says whether a company is there, or was before what is given.
func (w *world) company(id companies.ID) bool {
	_, now := w.state.Office().Company(id)
	_, before := w.base.office().Company(id)
	return now || before
}

func (w *world) system(id companies.SystemID) bool {
	_, now := w.state.Office().System(id)
	_, before := w.base.office().System(id)
	return now || before
}

func (w *world) everDocument(id documents.ID) bool {
	_, moved := w.moved[id]
	_, before := w.base.file.Document(id)
	return moved || before
}

// gone says whether a document that was there, by its quoted id, is no more.
func (w *world) gone(quoted string) bool {
	for id, d := range w.moved {
		if d == nil && problems.Quote(string(id)) == quoted {
			return true
		}
	}
	return false
}

// document finds a document as it is now.
func (w *world) document(id documents.ID) (*documents.Document, bool) {
	if d, moved := w.moved[id]; moved {
		return d, d != nil
	}
	return w.base.file.Document(id)
}

// documents is all of them as they are now, in the order of the file and then by id.
func (w *world) documents() []documents.Document {
	if len(w.moved) == 0 {
		return w.base.file.Documents
	}
	var all []documents.Document
	for i := range w.base.file.Documents {
		if d, ok := w.document(w.base.file.Documents[i].ID()); ok {
			all = append(all, *d)
		}
	}
	known := len(all)
	for id, d := range w.moved {
		if _, before := w.base.file.Document(id); d != nil && !before {
			all = append(all, *d)
		}
	}
	slices.SortFunc(all[known:], func(a, b documents.Document) int { return cmp.Compare(a.ID(), b.ID()) })
	return all
}
