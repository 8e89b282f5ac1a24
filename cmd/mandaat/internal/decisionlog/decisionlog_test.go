package decisionlog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/policy"
)

var at = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// onDisk is a log whose lines stand in a buffer.
func onDisk() (*decisionlog.Log, *bytes.Buffer) {
	var lines bytes.Buffer
	return decisionlog.New(slog.New(slog.NewJSONHandler(&lines, nil))), &lines
}

// rejection is a question with words of somebody in it, and much that decides nothing.
func rejection() authzen.Request {
	return authzen.Request{
		Subject: authzen.Entity{Type: "user", ID: "bob", Properties: map[string]any{"ip": "192.0.2.7"}},
		Action:  authzen.Action{Name: "document.reject", Properties: map[string]any{"comment": "Jan was not there", "note": "Jan"}},
		Resource: authzen.Entity{Type: "document", ID: "inv-1", Properties: map[string]any{
			"company": "bakery", "stage": "authorisation", "supplier": "Jan", "route": []any{
				map[string]any{"authoriser": "anna", "outcome": "rejected", "comment": "Jan knows", "when": "May"},
				map[string]any{"authoriser": "bob", "outcome": "pending"},
			},
		}},
		Context: map[string]any{"reason": "Jan"},
	}
}

// denied is a decision as a snapshot of nothing makes it.
func denied(r authzen.Request) authzen.Decided {
	return authzen.Decided{
		RequestID: "r-1", Request: r, At: at, Decision: new(policy.Snapshot).Check(policy.Request{}),
		Rules: []policy.RuleID{1, 2}, Policy: "sha256:rules", Version: "sha256:office",
	}
}

func TestALineHoldsWhatDecidesAndNothingElse(t *testing.T) {
	log, lines := onDisk()
	log.Decided(decisionlog.WithCaller(t.Context(), "portal"), denied(rejection()))
	var line map[string]any
	if err := json.Unmarshal(lines.Bytes(), &line); err != nil || bytes.Count(lines.Bytes(), []byte("\n")) != 1 {
		t.Fatalf("%v: %s", err, lines)
	}
	delete(line, "time")
	var want map[string]any
	if err := json.Unmarshal([]byte(`{"level":"INFO","msg":"decision","request_id":"r-1","caller":"portal",
		"subject":"user:bob","action":"document.reject","resource":"document:inv-1",
		"decision":false,"code":"unknown_user","rules":["`+policy.RuleID(1).String()+`","`+policy.RuleID(2).String()+`"],
		"policy":"sha256:rules","office_version":"sha256:office",
		"request":{"subject":{"type":"user","id":"bob"},
			"action":{"name":"document.reject","properties":{"comment":"(left out)"}},
			"resource":{"type":"document","id":"inv-1","properties":{"company":"bakery","stage":"authorisation","route":[
				{"authoriser":"anna","outcome":"rejected","comment":"(left out)"},{"authoriser":"bob","outcome":"pending"}]}},
			"context":{"time":"2026-11-22T09:00:00Z"}}}`), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if strings.Contains(lines.String(), "Jan") {
		t.Errorf("somebody's words stand in %s", lines)
	}
}

func TestASearchIsRead(t *testing.T) {
	log, lines := onDisk()
	asked := authzen.Request{
		Subject: authzen.Entity{Type: "user"}, Action: authzen.Action{Name: "document.book"},
		Resource: authzen.Entity{Type: "document", ID: "inv-7"},
	}
	log.Searched(t.Context(), authzen.Searched{
		Endpoint: "/access/v1/search/subject", Request: asked, At: at, Results: 3, Policy: "sha256:rules", Version: "sha256:office",
	})
	got, err := decisionlog.Read(lines.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got.Time = time.Time{}
	asked.Context = map[string]any{"time": "2026-11-22T09:00:00Z"}
	want := decisionlog.Record{
		Kind: decisionlog.Search, Request: asked, At: at, Policy: "sha256:rules", Version: "sha256:office",
		Endpoint: "/access/v1/search/subject", Results: 3,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestWhatCouldNotBeWrittenIsCounted(t *testing.T) {
	log := decisionlog.New(slog.New(slog.NewJSONHandler(fullDisk{}, nil)))
	log.Decided(t.Context(), denied(rejection()))
	log.Searched(t.Context(), authzen.Searched{})
	if log.Lost() != 2 {
		t.Errorf("%d records are lost, want 2", log.Lost())
	}
	quiet := decisionlog.New(slog.New(slog.NewJSONHandler(fullDisk{}, &slog.HandlerOptions{Level: slog.LevelWarn})))
	quiet.Decided(t.Context(), denied(rejection()))
	quiet.Searched(t.Context(), authzen.Searched{})
	if quiet.Lost() != 0 {
		t.Errorf("%d records are lost that nobody wanted", quiet.Lost())
	}
}

func BenchmarkDecided(b *testing.B) {
	book := authzen.Request{
		Subject: authzen.Entity{Type: "user", ID: "bram"}, Action: authzen.Action{Name: "document.book"},
		Resource: authzen.Entity{Type: "document", ID: "inv-7"},
	}
	for name, r := range map[string]authzen.Request{"without properties": book, "with properties": rejection()} {
		b.Run(name, func(b *testing.B) {
			log := decisionlog.New(slog.New(slog.NewJSONHandler(discard{}, nil)))
			ctx := decisionlog.WithCaller(context.Background(), "portal")
			decided := denied(r)
			b.ReportAllocs()
			for b.Loop() {
				log.Decided(ctx, decided)
			}
		})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
