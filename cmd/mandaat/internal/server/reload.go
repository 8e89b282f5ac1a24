package server

import (
	"context"
	"strings"
	"time"

	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
)

// mostTold is how many of the problems of a file are told in the log.
const mostTold = 20

// watch looks at the files from time to time, and at once when it is told to, until the
// context ends.
func (s *Server) watch(ctx context.Context, told <-chan struct{}) {
	tick := time.NewTicker(s.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-told:
			s.reopen()
			s.look(true)
		case <-tick.C:
			s.look(false)
		}
	}
}

// look takes what changed.
func (s *Server) look(insist bool) {
	if took, err := s.Office.Look(insist); took || err != nil {
		s.metrics.Reloaded(err)
		s.logged("the office", err, "version", s.Office.Get().Version)
	} else if insist {
		s.Log.Info("the office is as it was", "version", s.Office.Get().Version)
	}
	credential(s, "the tokens", s.Tokens, insist)
	credential(s, "the certificate", s.TLS, insist)
	s.recover()
}

func credential[T any](s *Server, what string, v *hot.Value[T], insist bool) {
	if v == nil {
		return
	}
	took, err := v.Look(insist)
	if err != nil {
		s.metrics.CredentialsRefused()
	}
	if took || err != nil {
		s.logged(what, err)
	}
}

// logged tells what became of a change.
func (s *Server) logged(what string, err error, more ...any) {
	if err == nil {
		s.Log.Info(what+" changed", more...)
		return
	}
	problems := strings.Split(err.Error(), "\n")
	more = append(more, "problems", problems[:min(len(problems), mostTold)], "in_all", len(problems))
	s.Log.Error(what+" could not be loaded; the last good version stays", more...)
}

// recover tries the decision log again where it failed, and tells when that changes.
func (s *Server) recover() {
	if !s.logFails() {
		s.failing = false
		return
	}
	err := again(s.Records)
	switch {
	case err == nil:
		s.failing = false
		s.Log.Warn("the decision log is written again")
	case !s.failing:
		s.failing = true
		s.Log.Error("the decision log cannot be written; nothing is decided until it can", "error", err)
	}
}

// reopen opens the log files again, which something else may have moved away.
func (s *Server) reopen() {
	if s.Records != nil {
		if err := s.Records.Reopen(); err != nil {
			s.Log.Error("the decision log could not be opened again; it goes on where it is", "error", err)
		}
	}
	if err := s.LogFile.Reopen(); err != nil {
		s.Log.Error("the log could not be opened again; it goes on where it is", "error", err)
	}
}
