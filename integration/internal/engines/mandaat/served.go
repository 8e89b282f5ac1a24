package mandaat

import (
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/integration/internal/load"
	"github.com/mandaat/mandaat/policy"
)

// Snapshot is the office that was loaded.
func (e *Engine) Snapshot() *policy.Snapshot { return e.snap }

// Documents makes the documents that are asked about, and finds them by id.
func Documents(w *load.Workload) (func(documents.ID) (*documents.Document, bool), error) {
	list, err := documentsOf(w, min(load.Asked, len(w.Documents)))
	if err != nil {
		return nil, err
	}
	byID := make(map[documents.ID]*documents.Document, len(list))
	for i := range list {
		byID[list[i].ID()] = &list[i]
	}
	return func(id documents.ID) (*documents.Document, bool) {
		d, ok := byID[id]
		return d, ok
	}, nil
}
