package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/metrics"
)

// tested is a server that listens nowhere.
func tested(t *testing.T) *Server {
	t.Helper()
	office, err := hot.Fixed(nil, func(hot.Content) (authzen.Source, error) { return authzen.Source{Version: "v"}, nil })
	if err != nil {
		t.Fatal(err)
	}
	no := func() bool { return false }
	return &Server{
		Options: Options{Office: office, Log: slog.New(slog.DiscardHandler)},
		metrics: metrics.New(metrics.State{
			Version: func() string { return "v" }, Loaded: office.TakenAt, Stale: no, Ready: no, LogFails: no, Open: func() int { return 0 },
		}),
	}
}

func asking(ctx context.Context) (*httptest.ResponseRecorder, *http.Request) {
	return httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader("{}"))
}

// A fault is no answer that could be taken for one, and the turn of whoever met it is
// free again.
func TestAFaultIsAnError(t *testing.T) {
	s := tested(t)
	g := &gate{
		next: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"decision":true}`)
			panic("a fault")
		}),
		maxBody: 100, turns: make(chan struct{}, 1), metrics: s.metrics,
	}
	for range 3 {
		w, r := asking(t.Context())
		s.counted(w, r, "other", g.ServeHTTP)
		if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "decision") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	if s.inFlight.Load() != 0 || len(g.turns) != 0 {
		t.Errorf("%d in flight, %d turns taken", s.inFlight.Load(), len(g.turns))
	}
}

// Where no turn comes, the request is not answered; nor is one whose client went away.
func TestATurnThatDoesNotCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answered := 0
		g := &gate{
			next:    http.HandlerFunc(func(http.ResponseWriter, *http.Request) { answered++ }),
			maxBody: 100, turns: make(chan struct{}, 1), write: time.Second, metrics: tested(t).metrics,
		}
		g.turns <- struct{}{}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		for _, ctx := range []context.Context{t.Context(), gone} {
			w, r := asking(ctx)
			if g.ServeHTTP(w, r); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || answered > 0 {
				t.Errorf("%d, answered %d", w.Code, answered)
			}
		}
		<-g.turns
		if w, r := asking(t.Context()); true {
			if g.ServeHTTP(w, r); w.Code != http.StatusOK || answered != 1 {
				t.Errorf("%d, answered %d", w.Code, answered)
			}
		}
	})
}

// Without room an answer is an error, whole, and the room is free again.
func TestAnAnswerThatThereIsNoRoomFor(t *testing.T) {
	g := &gate{
		next: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for range 3 {
				_, _ = io.WriteString(w, strings.Repeat("x", small/2)) // as a handler that does not look
			}
		}),
		maxBody: 100, turns: make(chan struct{}, 1), metrics: tested(t).metrics,
	}
	for left, want := range map[int64]int{0: http.StatusServiceUnavailable, small / 2: http.StatusOK} {
		g.room.left.Store(left)
		w, r := asking(t.Context())
		if g.ServeHTTP(w, r); w.Code != want || g.room.left.Load() != left || (w.Body.Len() == 3*small/2) != (want == http.StatusOK) {
			t.Errorf("room for %d: %d, %d bytes, %d left", left, w.Code, w.Body.Len(), g.room.left.Load())
		}
	}
}
