package decisionlog_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

// FuzzRead holds that a line is read or refused with a problem, and that what was read
// is what a log would write: written again, it reads the same.
func FuzzRead(f *testing.F) {
	log, lines := onDisk()
	log.Decided(decisionlog.WithCaller(f.Context(), "portal"), denied(rejection()))
	log.Searched(f.Context(), authzen.Searched{Endpoint: "/access/v1/search/action", Request: rejection(), At: at, Results: 3})
	for line := range bytes.Lines(lines.Bytes()) {
		f.Add(line)
	}
	for _, seed := range []string{"", "{}", "null", `{"msg":"decision"}`, `{"msg":"search"}`, `{"msg":"started"}`, "\xff", `{"msg":"decision","msg":"search"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		got, err := decisionlog.Read(line)
		if err != nil {
			if !errors.Is(err, problems.ErrInvalid) || !cmp.Equal(got, decisionlog.Record{}) {
				t.Fatalf("read as %+v, and refused with %v", got, err)
			}
			return
		}
		if got.Kind == decisionlog.Other || got.Cut != nil {
			return
		}
		log, lines := onDisk()
		log.Searched(t.Context(), authzen.Searched{Request: got.Request, At: got.At})
		again, err := decisionlog.Read(lines.Bytes())
		if err != nil {
			t.Fatalf("written again as %s: %v", lines, err)
		}
		if again.Cut != nil {
			return
		}
		first, second := policy.Request{}, policy.Request{}
		var s authzen.Source
		if first, second = s.Request(got.Request, at), s.Request(again.Request, at); !first.At.Equal(second.At) || first.Subject != second.Subject || first.Action != second.Action {
			t.Fatalf("%s asks %+v, written again %+v", line, first, second)
		}
	})
}
