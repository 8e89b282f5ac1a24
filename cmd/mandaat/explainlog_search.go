package main

import (
	"bytes"
	"context"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/documents"
)

// searchAgain searches whole, at the moment of the logged search and at the one that is
// now. The answer may have been a page, so that more is no difference, but fewer is.
func (e *logExplainer) searchAgain(x *explainedLine) {
	present := x.Request
	present.Context = nil
	then, okThen := found(e.then, x.Endpoint, x.Request, e.at)
	now, okNow := found(e.now, x.Endpoint, present, e.at)
	x.found = foundAgain{then, now}
	switch {
	case !okThen || !okNow:
		x.status = notASearch
	case then < x.Results:
		x.status = differs
	}
}

// found is how many the handler of mandaat serve finds; not ok where it knows no such
// search.
func found(source authzen.Source, endpoint string, r authzen.Request, at time.Time) (n int, ok bool) {
	handler := authzen.Handler{
		Current:          func() authzen.Source { return source },
		Now:              func() time.Time { return at },
		AllowContextTime: true,
		Searched:         func(_ context.Context, s authzen.Searched) { n, ok = s.Results, true },
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "/", bytes.NewReader(requestJSON(r)))
	if err != nil {
		return 0, false
	}
	request.URL.Path = endpoint
	request.Header.Set("Content-Type", "application/json")
	handler.ServeHTTP(nowhere{}, request)
	return n, ok
}

// nowhere is a response that nobody reads.
type nowhere struct{}

func (nowhere) Header() http.Header         { return http.Header{} }
func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) WriteHeader(int)             {}

// documentsAfter goes through documents by id, as a search does.
func documentsAfter(list []documents.Document) func(documents.ID) iter.Seq[*documents.Document] {
	byID := make([]*documents.Document, len(list))
	for i := range list {
		byID[i] = &list[i]
	}
	slices.SortFunc(byID, func(a, b *documents.Document) int { return strings.Compare(string(a.ID()), string(b.ID())) })
	return func(after documents.ID) iter.Seq[*documents.Document] {
		return func(yield func(*documents.Document) bool) {
			i, there := slices.BinarySearchFunc(byID, after, func(d *documents.Document, id documents.ID) int {
				return strings.Compare(string(d.ID()), string(id))
			})
			if there {
				i++
			}
			for _, d := range byID[i:] {
				if !yield(d) {
					return
				}
			}
		}
	}
}
