package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/policy"
)

// BenchmarkLogged is what a request and a batch of a thousand cost without a log of
// decisions, and with one; without a network.
func BenchmarkLogged(b *testing.B) {
	source, err := program{now: now}.versionOf(devries, policy.Reader{})
	if err != nil {
		b.Fatal(err)
	}
	silent := authzen.Handler{Current: func() authzen.Source { return source }, Now: now}
	logging := silent
	logging.Decided = decisionlog.New(slog.New(slog.NewJSONHandler(io.Discard, nil))).Decided
	batch := `{"evaluations":[` + strings.Repeat(bookIt+",", 999) + bookIt + `]}`
	for name, c := range map[string]struct {
		path, body string
		handler    authzen.Handler
	}{
		"one/without":  {"/access/v1/evaluation", bookIt, silent},
		"one/with":     {"/access/v1/evaluation", bookIt, logging},
		"1000/without": {"/access/v1/evaluations", batch, silent},
		"1000/with":    {"/access/v1/evaluations", batch, logging},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, c.path, strings.NewReader(c.body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				c.handler.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Body)
				}
			}
		})
	}
}
