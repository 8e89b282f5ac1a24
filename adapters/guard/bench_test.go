package guard_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/mandaat/mandaat/adapters/guard"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
)

// What a guard adds to a handler that does nothing: who asks and what it is about
// are known, so that the guard alone is measured.
func BenchmarkGuard(b *testing.B) {
	nothing := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	g := guard.Guard{Current: fixed(compile(b, parts())), Who: as("bram"), Now: clock}
	about := of(policy.OfDocument(document(b, "inv-4", documents.Booking)), nil, nil)
	denied := g
	denied.Who = as("carla") // who may view it, and so is asked about twice
	denied.Refuse = func(http.ResponseWriter, *http.Request, int, error) {}
	for name, h := range map[string]http.Handler{
		"bare":    nothing,
		"allowed": g.Require(policy.DocumentBook, about, nothing),
		"refused": denied.Require(policy.DocumentBook, about, nothing),
	} {
		b.Run(name, func(b *testing.B) {
			w, r := httptest.NewRecorder(), request(http.MethodPost)
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(w, r)
			}
		})
	}
}
