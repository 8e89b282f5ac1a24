package server

import (
	"encoding/json"
	"net/http"
)

// health answers whether the program runs at all.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	s.tell(w, r, http.StatusOK, map[string]any{"status": "alive"})
}

// readiness answers whether to send requests here. An office file that cannot be read
// any longer leaves the server ready, for the office that it has answers; it is told.
func (s *Server) readiness(w http.ResponseWriter, r *http.Request) {
	status, said := http.StatusOK, "ready"
	switch {
	case !s.ready.Load():
		status, said = http.StatusServiceUnavailable, "draining"
	case s.logFails():
		status, said = http.StatusServiceUnavailable, "the decision log cannot be written"
	}
	s.tell(w, r, status, map[string]any{
		"status": said, "office": s.Office.Get().Version, "stale": s.Office.Stale() != nil,
	})
}

func (s *Server) logFails() bool { return s.Records != nil && s.Records.Failed() != nil }

func (s *Server) tell(w http.ResponseWriter, r *http.Request, status int, what map[string]any) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_ = json.NewEncoder(w).Encode(what) // who went away misses nothing
	}
}
