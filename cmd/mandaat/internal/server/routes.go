package server

import (
	"context"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/metrics"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/traces"
)

// The endpoints by the end of their paths, as metrics and traces have them.
var endpoints = map[string]string{
	"/access/v1/evaluation":      "evaluation",
	"/access/v1/evaluations":     "evaluations",
	"/access/v1/search/subject":  "search_subject",
	"/access/v1/search/resource": "search_resource",
	"/access/v1/search/action":   "search_action",
	"/healthz":                   "healthz",
	"/readyz":                    "readyz",
	"/metrics":                   "metrics",
}

// metadata is public: it holds the addresses of the endpoints and no more.
const metadata = "/.well-known/authzen-configuration"

// endpointOf is a short name for what a path leads to; all others share one.
func endpointOf(path string) string {
	if name, ok := endpoints[path]; ok {
		return name
	}
	if strings.HasPrefix(path, metadata) || strings.HasSuffix(path, metadata) {
		return "metadata"
	}
	if i := strings.Index(path, "/access/v1/"); i >= 0 && endpoints[path[i:]] != "" {
		return endpoints[path[i:]]
	}
	return "other"
}

// routes is all that the server answers.
func (s *Server) routes() http.Handler {
	asked := s.handler()
	admitted, scraped := s.admitted(asked), s.admitted(s.metrics.Handler())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		endpoint := endpointOf(r.URL.Path)
		open := r.Method == http.MethodGet || r.Method == http.MethodHead // nothing is decided by these
		s.counted(w, r, endpoint, func(w http.ResponseWriter, r *http.Request) {
			switch {
			case endpoint == "healthz":
				s.health(w, r)
			case endpoint == "readyz":
				s.readiness(w, r)
			case endpoint == "metrics":
				scraped.ServeHTTP(w, r)
			case endpoint == "metadata" && open:
				asked.ServeHTTP(w, r)
			default:
				admitted.ServeHTTP(w, r)
			}
		})
	})
}

// handler is the AuthZEN handler behind its gate.
func (s *Server) handler() http.Handler {
	h := authzen.Handler{
		Current: s.Office.Get, BaseURL: s.BaseURL, Reader: readerOf, Now: s.Now,
		AllowContextTime: s.AllowContextTime, MaxBody: s.MaxBody, MaxBatch: s.MaxBatch,
	}
	s.listened(&h)
	g := &gate{
		next: h, maxBody: s.MaxBody, turns: make(chan struct{}, s.MaxRequests), write: s.Write, metrics: s.metrics,
	}
	g.room.left.Store(s.MaxHeld)
	return g
}

// listened has metrics, traces and the log told what is decided.
func (s *Server) listened(h *authzen.Handler) {
	var log *decisionlog.Log
	if s.Records != nil {
		log = recorder(s.Records)
	}
	h.Decided = func(ctx context.Context, d authzen.Decided) {
		s.metrics.Decided(d)
		traces.Decided(ctx, d)
		if log != nil {
			log.Decided(ctx, d)
		}
	}
	h.Searched = func(ctx context.Context, d authzen.Searched) {
		s.metrics.Searched(endpointOf(d.Endpoint), d.Results)
		traces.Searched(ctx, d)
		if log != nil {
			log.Searched(ctx, d)
		}
	}
}

// counted counts and traces a request, and makes of a fault an answer.
func (s *Server) counted(w http.ResponseWriter, r *http.Request, endpoint string, next http.HandlerFunc) {
	ended := s.metrics.Began(endpoint)
	s.inFlight.Add(1)
	seen := &status{ResponseWriter: w}
	defer func() {
		s.inFlight.Add(-1)
		ended(seen.code())
	}()
	s.traces.Serve(seen, r, endpoint, func(w http.ResponseWriter, r *http.Request) int {
		defer s.faulty(w, r, seen)
		next(w, r)
		return seen.code()
	})
}

// faulty answers what ended in a fault: with an error, where nothing was answered yet,
// and else with a connection that ends before the answer does.
func (s *Server) faulty(w http.ResponseWriter, r *http.Request, seen *status) {
	fault := recover()
	if fault == nil {
		return
	}
	s.metrics.Refused(metrics.Fault)
	s.Log.Error("a request ended in a fault", "fault", fault, "stack", string(debug.Stack()))
	if seen.given != 0 {
		panic(http.ErrAbortHandler)
	}
	authzen.Refuse(w, r, http.StatusInternalServerError, "a fault of the server")
}

// status remembers what was answered.
type status struct {
	http.ResponseWriter

	given int
}

// WriteHeader and Write are those of an http.ResponseWriter.
func (s *status) WriteHeader(code int) {
	if s.given == 0 {
		s.given = code
	}
	s.ResponseWriter.WriteHeader(code)
}

func (s *status) Write(p []byte) (int, error) {
	if s.given == 0 {
		s.given = http.StatusOK
	}
	return s.ResponseWriter.Write(p)
}

// Unwrap lets an http.ResponseController find the connection.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func (s *status) code() int {
	if s.given == 0 {
		return http.StatusOK
	}
	return s.given
}
