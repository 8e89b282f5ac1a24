package guard_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/guard"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// viewing is how each type of resource is viewed, but for the office.
var viewing = map[policy.ResourceType]string{
	policy.Document: "document.view", policy.Company: "company.view", policy.User: "user.view", policy.Connection: "connection.view",
}

// wanted is the status of a question, said plainly.
func wanted(p offices.Parts, s *policy.Snapshot, r policy.Request) int {
	switch {
	case s.Check(r).Allowed():
		return http.StatusOK
	case r.Action == policy.DocumentMerge && r.With != nil && !viewsAll(s, r):
		return http.StatusNotFound
	case views(p, s, r):
		return http.StatusForbidden
	}
	return http.StatusNotFound
}

func viewsAll(s *policy.Snapshot, r policy.Request) bool {
	for _, d := range r.With.Documents {
		if !s.Check(policy.Request{Subject: r.Subject, Action: policy.DocumentView, Resource: policy.OfDocument(d), At: r.At}).Allowed() {
			return false
		}
	}
	return true
}

func views(p offices.Parts, s *policy.Snapshot, r policy.Request) bool {
	if r.Resource.Type == policy.Office {
		return r.Resource.ID == p.Code && activeIn(p, r.Subject)
	}
	view, err := policy.ParseAction(viewing[r.Resource.Type])
	return err == nil && s.Check(policy.Request{Subject: r.Subject, Action: view, Resource: r.Resource, At: r.At}).Allowed()
}

// activeIn says whether somebody is an active user of an office now.
func activeIn(p offices.Parts, id users.ID) bool {
	for _, u := range p.Users {
		if u.ID == id {
			return u.EndDate.IsZero() || users.DateOf(now, time.UTC).Before(u.EndDate)
		}
	}
	return false
}

// checkQuestion asks one question through a guard, which must answer what the
// policy does, run the handler only then, and tell of it once. It returns the
// status and the whole answer.
func checkQuestion(t fatal, p offices.Parts, s *policy.Snapshot, r policy.Request) (int, string) {
	var told []guard.Asked
	g := guard.Guard{
		Current: fixed(s), Who: as(r.Subject), Now: clock,
		Decided: func(_ *http.Request, a guard.Asked) { told = append(told, a) },
	}
	var h handler
	status, whole := answer(g.Require(r.Action, of(r.Resource, r.With, nil), &h), http.MethodGet)
	if want := wanted(p, s, r); status != want || h.runs != runs(want) {
		t.Fatalf("%s %s %s: status %d and %d runs, want %d; the policy says %s",
			r.Subject, r.Action, r.Resource, status, h.runs, want, s.Check(r).Code())
	}
	want := guard.Asked{Request: r, Decision: s.Check(r), Snapshot: s}
	if len(told) != 1 || !same(told[0], want) {
		t.Fatalf("%s %s %s: told %+v, want %+v", r.Subject, r.Action, r.Resource, told, want)
	}
	if h.runs == 1 && !same(h.asked, want) {
		t.Fatalf("%s %s %s: the handler was given %+v, want %+v", r.Subject, r.Action, r.Resource, h.asked, want)
	}
	return status, whole
}

// same says whether it is the very same question, of the same snapshot and the
// same document.
func same(a, b guard.Asked) bool {
	return a.Request == b.Request && a.Decision == b.Decision && a.Snapshot == b.Snapshot && a.Fault == b.Fault //nolint:errorlint // the same, not alike
}

// fatal is a test of either kind.
type fatal interface {
	Fatalf(format string, args ...any)
}

func runs(status int) int {
	if status == http.StatusOK {
		return 1
	}
	return 0
}

// oneEach keeps the answers by status: of those that refuse there is one each.
type oneEach map[int]string

func (e oneEach) check(t fatal, status int, whole string) {
	if before, ok := e[status]; ok && before != whole {
		t.Fatalf("two answers of status %d: %s and %s", status, before, whole)
	}
	e[status] = whole
}

func TestAGuardAnswersAsThePolicyDoes(t *testing.T) {
	seen := oneEach{}
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		office, err := offices.New(p)
		if err != nil {
			t.Fatalf("a drawn office is none: %v", err)
		}
		s, with := policy.Compile(office), drawWith(t)
		for a := range policy.AllActions() {
			r := policy.Request{Action: a, Resource: drawResource(t, a.On()), With: with, At: now}
			for _, r.Subject = range someUsers {
				status, whole := checkQuestion(t, p, s, r)
				seen.check(t, status, whole)
			}
		}
	})
	if len(seen) != 3 {
		t.Errorf("met %d statuses, want 200, 403 and 404", len(seen))
	}
}

func TestAnActionOnAnotherTypeIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		office, err := offices.New(p)
		if err != nil {
			t.Fatalf("a drawn office is none: %v", err)
		}
		s := policy.Compile(office)
		for a := range policy.AllActions() {
			for kind := policy.ResourceType(0); kind <= policy.Office+1; kind++ {
				r := policy.Request{Subject: pick(t, "who", someUsers), Action: a, Resource: drawResource(t, kind), At: now}
				if r.Resource.Type = kind; kind != a.On() {
					if status, _ := checkQuestion(t, p, s, r); status == http.StatusOK {
						t.Fatalf("%s on %s ran", a, r.Resource)
					}
				}
			}
		}
	})
}

// A resource that is not there answers what one answers that may not be viewed,
// to every method, to the letter.
func TestWhatIsNotThereAnswersAsWhatMayNotBeViewed(t *testing.T) {
	s := compile(t, parts())
	missing := map[policy.ResourceType]policy.Resource{
		policy.Document: policy.OfDocument(nil), policy.Company: policy.OfCompany("moon"), policy.User: policy.OfUser("zed"),
		policy.Connection: policy.OfConnection("nowhere"), policy.Office: policy.OfOffice("jansen"),
	}
	there := map[policy.ResourceType]policy.Resource{
		policy.Document: policy.OfDocument(document(t, "inv-1", documents.Tagging)), policy.Company: policy.OfCompany("bakery"),
		policy.User: policy.OfUser("carla"), policy.Connection: policy.OfConnection("exact"), policy.Office: policy.OfOffice("devries"),
	}
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
		seen := oneEach{}
		for a := range policy.AllActions() {
			for name, about := range map[string]guard.About{
				"there":      of(there[a.On()], nil, nil),
				"missing":    of(missing[a.On()], nil, nil),
				"nothing":    of(policy.Resource{}, nil, nil),
				"not found":  of(policy.Resource{}, nil, guard.ErrNotFound),
				"unreadable": of(there[a.On()], nil, guard.ErrUnreadable),
				"failed":     of(there[a.On()], nil, errFailed),
			} {
				g := guard.Guard{Current: fixed(s), Who: as("wim"), Now: clock} // who views nothing
				status, whole := answer(g.Require(a, about, new(handler)), method)
				if seen.check(t, status, whole); status != http.StatusNotFound {
					t.Errorf("%s %s, %s: status %d", method, a, name, status)
				}
			}
		}
	}
}

func TestAskedIsWhatItWas(t *testing.T) {
	zero, ok := guard.Of(t.Context())
	asker := zero.Asker()
	if ok || !same(zero, guard.Asked{}) || asker.Check(policy.UserView, policy.OfUser("rosa"), nil).Allowed() {
		t.Errorf("without a guard: %+v, %t", zero, ok)
	}
	s, h := compile(t, parts()), handler{}
	g := guard.Guard{Current: fixed(s), Who: as("bram"), Now: clock}
	d := document(t, "inv-4", documents.Booking)
	answer(g.Require(policy.DocumentBook, of(policy.OfDocument(d), nil, nil), &h), http.MethodPost)
	asker = h.asked.Asker()
	var may []string
	for a := range asker.Actions(h.asked.Snapshot.Place(h.asked.Resource), 0) {
		may = append(may, a.String())
	}
	if want := []string{"document.view", "document.return", "document.book"}; !cmp.Equal(may, want) || h.asked.Resource.Document != d {
		t.Errorf("bram may %v on %s, want %v on %s", may, h.asked.Resource, want, d.ID())
	}
}
