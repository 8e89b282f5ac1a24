package decisionlog_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/problems"
)

// FuzzRead holds that a line is read or refused with a problem, and that the
// question that was read is kept as one: written again and again, it stays the same.
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
		if got.Kind == decisionlog.Other {
			return
		}
		once := rewritten(t, got)
		if !got.At.Equal(once.At) || got.Request.Subject.ID != once.Request.Subject.ID && once.Cut == nil {
			t.Fatalf("%s reads as %+v, and written again as %+v", line, got, once)
		}
		if twice := rewritten(t, once); once.Cut == nil && !cmp.Equal(once, twice) {
			t.Fatalf("%s (-once +twice written):\n%s", line, cmp.Diff(once, twice))
		}
	})
}

// rewritten is a record whose question was written once more.
func rewritten(t *testing.T, r decisionlog.Record) decisionlog.Record {
	t.Helper()
	log, lines := onDisk()
	log.Searched(t.Context(), authzen.Searched{Request: r.Request, At: r.At})
	again, err := decisionlog.Read(lines.Bytes())
	if err != nil {
		t.Fatalf("written again as %s: %v", lines, err)
	}
	again.Time = time.Time{}
	return again
}
