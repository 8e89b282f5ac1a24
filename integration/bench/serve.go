package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// order is what the parent asks of the process of an engine.
type order struct {
	Do        string        `json:"do"` // "load", "decide", "list", "together", or the name of a measurement
	Users     int           `json:"users,omitempty"`
	Companies int           `json:"companies,omitempty"`
	Documents int           `json:"documents,omitempty"`
	Questions int           `json:"questions,omitempty"`
	Round     time.Duration `json:"round,omitempty"`
	Once      bool          `json:"once,omitempty"` // a list is gone through once for each who lists, whatever the time
}

// report is what the process answers.
type report struct {
	Error     string        `json:"error,omitempty"`
	TooMany   bool          `json:"too_many,omitempty"`  // documents to list
	Time      time.Duration `json:"time,omitempty"`      // to load
	Heap      int64         `json:"heap,omitempty"`      // bytes, of what was loaded
	Decisions []byte        `json:"decisions,omitempty"` // one for each question
	Counts    []int         `json:"counts,omitempty"`    // one for each who lists
	NS        float64       `json:"ns,omitempty"`        // of one check, or of one list
	Allocs    float64       `json:"allocs,omitempty"`    // the same
	Ratio     float64       `json:"ratio,omitempty"`     // the checks of two at once, to those of one
	Control   float64       `json:"control,omitempty"`   // the same of two that only count
}

// drawn is the seed of every run.
const drawn = 20261102

// server is the process of one engine.
type server struct {
	contender
	engine load.Engine
	w      load.Workload
	checks map[string]*asking
	count  func(user int) int // of the list that was last made ready
	listed int
}

// asking is one list of questions, asked from where the last round ended.
type asking struct {
	check   func(i int) bool
	n, next int
}

// serve answers the orders that come in until there are no more. What the libraries
// of others print does not come between the answers.
func serve(name string) error {
	c, err := find(name)
	if err != nil {
		return err
	}
	answers := json.NewEncoder(os.Stdout)
	os.Stdout = os.Stderr
	orders := json.NewDecoder(os.Stdin)
	s := &server{contender: c}
	for {
		var o order
		switch err := orders.Decode(&o); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := answers.Encode(s.obey(o)); err != nil {
			return err
		}
	}
}

func (s *server) obey(o order) report {
	r, err := s.do(o)
	r.TooMany = errors.Is(err, load.ErrTooMany)
	if err != nil && !r.TooMany {
		r.Error = fmt.Sprintf("%s: %s: %v", s.name, o.Do, err)
	}
	return r
}

func (s *server) do(o order) (report, error) {
	switch o.Do {
	case "load":
		return s.load(o)
	case "decide":
		return s.decide()
	case "list":
		return s.list(o)
	case "together":
		return s.together(o), nil
	}
	return s.ask(o), nil
}

// load draws the workload and loads the engine: several times where that is quick,
// for the time of the median.
func (s *server) load(o order) (report, error) {
	s.w = load.New(drawn, o.Users, o.Companies, max(o.Documents, load.Asked), o.Questions)
	before := heap()
	var times []time.Duration
	for began := time.Now(); len(times) == 0 || len(times) < 25 && time.Since(began) < 3*time.Second; {
		if s.engine != nil {
			if err := s.engine.Close(); err != nil {
				return report{}, err
			}
			s.engine = nil
			runtime.GC()
		}
		start := time.Now()
		s.engine = s.make()
		if err := s.engine.Load(&s.w); err != nil {
			return report{}, err
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	r := report{Time: times[len(times)/2], Heap: heap() - before}
	runtime.KeepAlive(s.engine)
	return r, s.prepare()
}

// heap is what is alive.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc) //nolint:gosec // no heap comes near 2^63
}

// single is the measurements of single checks, in the order of the table.
var single = []string{"view", "book", "mixed", "user.view", viewAgain, bookAgain}

// A few questions are also asked again and again, so that the processor's caches hold
// all that they take and its branches are foreseen: what is left is an engine's own work.
const (
	viewAgain = "view again"
	bookAgain = "book again"
	again     = 100 // questions
)

func (s *server) questions(of string) []load.Question {
	return map[string][]load.Question{
		"view": s.w.Views, "book": s.w.Books, "mixed": s.w.Mixed, "user.view": s.w.UserViews,
		viewAgain: s.w.Views[:again], bookAgain: s.w.Books[:again],
	}[of]
}

func (s *server) prepare() error {
	s.checks = make(map[string]*asking)
	for _, of := range single {
		qs := s.questions(of)
		check, err := s.engine.Prepare(&s.w, qs)
		if err != nil {
			return err
		}
		s.checks[of] = &asking{check: check, n: len(qs)}
	}
	return nil
}

// decide answers every question, and counts the shorter list of each who lists.
func (s *server) decide() (r report, err error) {
	for _, of := range single {
		a := s.checks[of]
		for i := range a.n {
			if a.check(i) {
				r.Decisions = append(r.Decisions, 1)
			} else {
				r.Decisions = append(r.Decisions, 0)
			}
		}
	}
	if err := s.ready(load.Asked); err != nil {
		return r, err
	}
	for _, u := range s.w.Listers {
		r.Counts = append(r.Counts, s.count(u))
	}
	return r, nil
}

// ready makes a list of n documents ready, unless it is.
func (s *server) ready(n int) (err error) {
	if s.listed == n {
		return nil
	}
	s.count, s.listed = nil, 0
	if s.count, err = s.engine.List(&s.w, n); err == nil {
		s.listed = n
	}
	return err
}
