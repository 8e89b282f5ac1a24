package guard_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mandaat/mandaat/adapters/guard"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

var errFailed = errors.New("the store is away: secret.example:5432")

// Whatever goes wrong while a request is read has its status, says nothing of
// why, and runs no handler; also where the policy would have allowed.
func TestFaultsRefuse(t *testing.T) {
	s := compile(t, parts())
	none, open := policy.Resource{}, policy.OfDocument(document(t, "inv-4", documents.Booking))
	wrapped := func(err error) error { return fmt.Errorf("reading secret: %w", err) }
	for name, test := range map[string]struct {
		who   users.ID
		about policy.Resource
		err   error
		want  int
	}{
		"nobody":                             {"", open, nil, 401},
		"nobody, a fault":                    {"", open, errFailed, 401},
		"not found":                          {"bram", none, guard.ErrNotFound, 404},
		"not found, beside a resource":       {"bram", open, wrapped(guard.ErrNotFound), 404},
		"unreadable":                         {"bram", none, wrapped(guard.ErrUnreadable), 400},
		"unreadable, beside a resource":      {"bram", open, wrapped(guard.ErrUnreadable), 400},
		"unreadable, of what is not in view": {"gina", open, guard.ErrUnreadable, 404},
		"failed":                             {"bram", none, errFailed, 500},
		"failed, beside a resource":          {"bram", open, errFailed, 500},
		"failed, of what is not in view":     {"gina", open, errFailed, 404},
		"errors of the guard's own":          {"bram", open, errors.Join(guard.ErrNobody, guard.ErrNoOffice), 500},
	} {
		var h handler
		var told []guard.Asked
		g := guard.Guard{
			Current: fixed(s), Who: as(test.who), Now: clock,
			Decided: func(_ *http.Request, a guard.Asked) { told = append(told, a) },
		}
		w := httptest.NewRecorder()
		g.Require(policy.DocumentBook, of(test.about, nil, test.err), &h).ServeHTTP(w, request(http.MethodPost))
		if text := http.StatusText(test.want) + "\n"; w.Code != test.want || w.Body.String() != text || h.runs != 0 {
			t.Errorf("%s: %d %q and %d runs, want %d", name, w.Code, w.Body, h.runs, test.want)
		}
		if len(told) != 1 || told[0].Fault == nil || told[0].Decision != (policy.Decision{}) {
			t.Errorf("%s: told %+v", name, told)
		}
	}
}

func TestNoOfficeAllowsNothing(t *testing.T) {
	for name, test := range map[string]struct {
		office *policy.Snapshot
		now    func() time.Time
		want   int
	}{
		"none":      {nil, clock, 503},
		"the zero":  {new(policy.Snapshot), clock, 404},
		"no moment": {compile(t, parts()), func() time.Time { return time.Time{} }, 404},
	} {
		for a := range policy.AllActions() {
			var h handler
			g := guard.Guard{Current: fixed(test.office), Who: as("rosa"), Now: test.now}
			about := everything(t, a.On(), "rosa")
			if status, _ := answer(g.Require(a, of(about[1], properties(t), nil), &h), http.MethodGet); status != test.want || h.runs != 0 {
				t.Errorf("%s: %s is %d with %d runs, want %d", name, a, status, h.runs, test.want)
			}
		}
	}
}

func TestTheClockIsTheMachinesWhereNoneIsGiven(t *testing.T) {
	var h handler
	before := time.Now()
	answer(guard.Guard{Current: fixed(compile(t, parts())), Who: as("rosa")}.Require(policy.OfficeViewSettings, of(policy.OfOffice("devries"), nil, nil), &h), http.MethodGet)
	if h.runs != 1 || h.asked.At.Before(before) || h.asked.At.After(time.Now()) {
		t.Errorf("%d runs, at %s", h.runs, h.asked.At)
	}
}

// Whichever function of the caller's panics, the handler does not run and the
// panic goes on.
func TestAPanicRunsNoHandler(t *testing.T) {
	sound := guard.Guard{Current: fixed(compile(t, parts())), Who: as("bram"), Now: clock}
	open := of(policy.OfDocument(document(t, "inv-4", documents.Booking)), nil, nil)
	for name, spoil := range map[string]func(*guard.Guard, *guard.About){
		"Current": func(g *guard.Guard, _ *guard.About) { g.Current = func() *policy.Snapshot { panic("no") } },
		"Who":     func(g *guard.Guard, _ *guard.About) { g.Who = func(*http.Request) users.ID { panic("no") } },
		"Now":     func(g *guard.Guard, _ *guard.About) { g.Now = func() time.Time { panic("no") } },
		"Decided": func(g *guard.Guard, _ *guard.About) { g.Decided = func(*http.Request, guard.Asked) { panic("no") } },
		"About": func(_ *guard.Guard, a *guard.About) {
			*a = func(*http.Request) (policy.Resource, *policy.With, error) { panic("no") }
		},
		"Refuse": func(g *guard.Guard, _ *guard.About) {
			g.Who, g.Refuse = as(""), func(http.ResponseWriter, *http.Request, int, error) { panic("no") }
		},
	} {
		g, about, h := sound, open, handler{}
		spoil(&g, &about)
		if got := panicking(func() { answer(g.Require(policy.DocumentBook, about, &h), http.MethodPost) }); got != "no" || h.runs != 0 {
			t.Errorf("%s: recovered %v, %d runs", name, got, h.runs)
		}
	}
	var h handler
	if answer(sound.Require(policy.DocumentBook, open, &h), http.MethodPost); h.runs != 1 {
		t.Error("the sound guard runs nothing")
	}
}

func panicking(f func()) (with any) {
	defer func() { with = recover() }()
	f()
	return nil
}

func TestRequirePanicsWhereSomethingIsMissing(t *testing.T) {
	g := guard.Guard{Current: fixed(nil), Who: as("")}
	about, h := of(policy.Resource{}, nil, nil), &handler{}
	for name, f := range map[string]func(){
		"no action":      func() { g.Require(0, about, h) },
		"unknown action": func() { g.Require(255, about, h) },
		"no About":       func() { g.Require(policy.DocumentView, nil, h) },
		"no handler":     func() { g.Require(policy.DocumentView, about, nil) },
		"no Current":     func() { guard.Guard{Who: g.Who}.Require(policy.DocumentView, about, h) },
		"no Who":         func() { guard.Guard{Current: g.Current}.Require(policy.DocumentView, about, h) },
	} {
		if panicking(f) == nil {
			t.Errorf("%s: no panic", name)
		}
	}
	if got := panicking(func() { g.Require(policy.DocumentView, about, h) }); got != nil {
		t.Errorf("with all of it: %v", got)
	}
}

// One document of a merger that may not be viewed, or is not there, answers what
// any other answers that is not there: it does not tell which of both it is.
func TestAMergerTellsNothingOfTheOtherDocument(t *testing.T) {
	s, seen := compile(t, parts()), oneEach{}
	first := document(t, "inv-1", documents.Tagging)
	foreign := first.Parts()
	foreign.ID, foreign.Company, foreign.DeliveredBy = "inv-9", "garage", "gina"
	other, err := documents.New(foreign)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		with *documents.Document
		err  error
		want int
	}{
		"in view":             {document(t, "inv-2", documents.Tagging), nil, 200},
		"in view, unfit":      {document(t, "inv-1", documents.Tagging), nil, 403},
		"another's":           {&other, nil, 404},
		"not there":           {nil, nil, 404},
		"not there, an error": {nil, guard.ErrNotFound, 404},
	} {
		g := guard.Guard{Current: fixed(s), Who: as("carla"), Now: clock}
		with := &policy.With{Documents: []*documents.Document{test.with}}
		status, whole := answer(g.Require(policy.DocumentMerge, of(policy.OfDocument(first), with, test.err), new(handler)), http.MethodPost)
		if seen.check(t, status, whole); status != test.want {
			t.Errorf("%s: %d, want %d", name, status, test.want)
		}
	}
}
