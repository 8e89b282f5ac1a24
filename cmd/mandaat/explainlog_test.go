package main

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/policy"
)

// logOf is the log of a service that answered requests from the example's office at the
// moment that the tests run at.
func logOf(t testing.TB, requests ...string) string {
	t.Helper()
	source, err := program{now: now}.versionOf(devries, policy.Reader{})
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	log := decisionlog.New(slog.New(slog.NewJSONHandler(&lines, &slog.HandlerOptions{ReplaceAttr: whenTested})))
	handler := authzen.Handler{
		Current: func() authzen.Source { return source }, Now: now, AllowContextTime: true, Decided: log.Decided, Searched: log.Searched,
	}
	ctx := decisionlog.WithCaller(t.Context(), "portal")
	for i, request := range requests {
		path := "/access/v1/evaluation"
		if kind, search, ok := strings.Cut(request, " "); ok && !strings.HasPrefix(request, "{") {
			path, request = "/access/v1/search/"+kind, search
		}
		answerTo(ctx, t, handler, path, request, "r-"+string(rune('a'+i)))
	}
	return lines.String()
}

// whenTested writes lines at the moment that the tests run at.
func whenTested(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Time(a.Key, now())
	}
	return a
}

func exampleRequests(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("../../examples/devries/requests.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// The searches of each kind.
const (
	whoBooks   = `subject {"subject":{"type":"user"},"action":{"name":"document.book"},"resource":{"type":"document","id":"inv-7"}}`
	whatBooks  = `resource {"subject":{"type":"user","id":"bram"},"action":{"name":"document.book"},"resource":{"type":"document"}}`
	whatBramDo = `action {"subject":{"type":"user","id":"bram"},"resource":{"type":"document","id":"inv-7"}}`
)

const notInTurn = `{"subject":{"type":"user","id":"anna"},"action":{"name":"document.approve"},"resource":{"type":"document","id":"inv-1"}}`

func explainLog(log string, args ...string) result {
	return runWith(log, append([]string{"explain-log", "-", "-f", devries}, args...)...)
}

func TestX(t *testing.T) {
	reqs := append(exampleRequests(t), whoBooks, whatBooks, whatBramDo)
	log := logOf(t, reqs...)
	t.Log(log)
	log = strings.Replace(log, `"subject":"user:anna"`, `"subject":"user:rosa"`, 1) + strings.ReplaceAll(logOf(t, bookIt, notInTurn), `"decision":false,"code":"not_in_turn"`, `"decision":true`) + strings.Replace(logOf(t, bookIt), "\"office_version\":\"sha256:", "\"office_version\":\"sha256:0", 1)
	r := explainLog(log)
	t.Log(r.code, "\n"+r.out, "\n", r.errors)
	r = explainLog(log, "--json", "--now", "../../examples/devries/office.yaml")
	t.Log(r.code, "\n"+r.out, "\n", r.errors)
}
