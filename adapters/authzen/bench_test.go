package authzen_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/policy"
)

// discard is a ResponseWriter that keeps nothing but its header.
type discard struct {
	h http.Header
	n int
}

func (d *discard) Header() http.Header         { return d.h }
func (d *discard) WriteHeader(int)             {}
func (d *discard) Write(p []byte) (int, error) { d.n += len(p); return len(p), nil }

// BenchmarkHandler is what a request costs over what the policy's answer does, without a
// connection. A batch is one request of 1,000 evaluations.
func BenchmarkHandler(b *testing.B) {
	s := listed(b)
	h := serving(s)
	h.Reader = nil
	ask1000 := strings.Repeat(`{"resource":{"type":"document","id":"inv-1"}},`, 1_000)
	for name, r := range map[string]struct{ path, body string }{
		"evaluation":     {evaluationPath, good},
		"batch of 1,000": {evaluationsPath, `{"evaluations":[` + strings.TrimSuffix(ask1000, ",") + `],` + good[1:]},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			u := &url.URL{Path: r.path}
			header := http.Header{"Content-Type": {"application/json"}}
			for b.Loop() {
				w := discard{h: http.Header{}}
				h.ServeHTTP(&w, &http.Request{
					Method: http.MethodPost, URL: u, Header: header, Body: io.NopCloser(strings.NewReader(r.body)), ContentLength: int64(len(r.body)),
				})
				if w.n < 30 {
					b.Fatal("no answer")
				}
			}
		})
	}
	b.Run("the policy alone", func(b *testing.B) {
		b.ReportAllocs()
		d, _ := s.Documents("inv-1")
		q := policy.Request{Subject: "carla", Action: policy.DocumentTag, Resource: policy.Resource{Type: policy.Document, ID: "inv-1", Document: d}, At: now}
		for b.Loop() {
			if !s.Snapshot.Check(q).Allowed() {
				b.Fatal("denied")
			}
		}
	})
}
