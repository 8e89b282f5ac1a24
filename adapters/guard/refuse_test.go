package guard_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/adapters/guard"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// refusals are one of each kind, by who is refused.
var refusals = map[users.ID]int{"": 401, "carla": 403, "gina": 404, "bram": 400, "rosa": 500}

var errDate = fmt.Errorf("%w: the date is no date", guard.ErrUnreadable)

// refused is how a page answers each kind of refusal, in a book that bram cannot
// write in and nobody can read for rosa.
func refused(t *testing.T, page func(http.ResponseWriter, *http.Request, int, error), who users.ID) *httptest.ResponseRecorder {
	t.Helper()
	about := policy.OfDocument(document(t, "inv-4", documents.Booking))
	g := guard.Guard{Current: fixed(compile(t, parts())), Who: as(who), Now: clock, Refuse: page}
	var h handler
	w := httptest.NewRecorder()
	fault := map[users.ID]error{"bram": errDate, "rosa": errFailed}[who]
	if fault != nil {
		about = policy.Resource{}
	}
	g.Require(policy.DocumentBook, of(about, nil, fault), &h).ServeHTTP(w, request(http.MethodPost))
	if h.runs != 0 {
		t.Errorf("the handler ran for %q", who)
	}
	return w
}

// Whatever a page writes, it does not say that all is well.
func TestARefusalStandsWhateverThePageWrites(t *testing.T) {
	for name, test := range map[string]struct {
		page   func(http.ResponseWriter, *http.Request, int, error)
		status int // 0 is the refusal's own
		body   string
	}{
		"a page":            {writing("no"), 0, "no"},
		"a page in parts":   {writing("n", "o"), 0, "no"},
		"nothing":           {writing(), 0, ""},
		"that all is well":  {saying(200), 0, ""},
		"that there is no":  {saying(204), 0, ""},
		"that more follows": {saying(103), 0, ""},
		"another protocol":  {saying(101), 0, ""},
		"unavailable":       {saying(451), 451, ""},
		"log in first":      {saying(303), 303, ""},
	} {
		for who, status := range refusals {
			if test.status != 0 {
				status = test.status
			}
			w := refused(t, test.page, who)
			if w.Code != status || w.Body.String() != test.body || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s, %q: %d %q %v, want %d %q", name, who, w.Code, w.Body, w.Header(), status, test.body)
			}
		}
	}
}

func writing(parts ...string) func(http.ResponseWriter, *http.Request, int, error) {
	return func(w http.ResponseWriter, _ *http.Request, _ int, _ error) {
		for _, part := range parts {
			_, _ = io.WriteString(w, part)
		}
	}
}

func saying(status int) func(http.ResponseWriter, *http.Request, int, error) {
	return func(w http.ResponseWriter, _ *http.Request, _ int, _ error) { w.WriteHeader(status) }
}

// A page is told the status, and of what cannot be read what About said. It finds
// nothing of what was asked.
func TestAPageIsToldTheStatusAlone(t *testing.T) {
	for who, want := range refusals {
		told := 0
		refused(t, func(_ http.ResponseWriter, r *http.Request, status int, unreadable error) {
			if told++; status != want {
				t.Errorf("%q: told %d, want %d", who, status, want)
			}
			if (status == http.StatusBadRequest) != (unreadable == errDate) || (unreadable != nil && unreadable != errDate) { //nolint:errorlint // the very error
				t.Errorf("%q: told %v with %d", who, unreadable, status)
			}
			if _, ok := guard.Of(r.Context()); ok {
				t.Errorf("%q: what was asked is in the context", who)
			}
		}, who)
		if told != 1 {
			t.Errorf("%q: the page was asked %d times", who, told)
		}
	}
}

// An outer header is kept, so that whoever says who asks can say how to.
func TestHeadersSetBeforeAreKept(t *testing.T) {
	g := guard.Guard{Current: fixed(compile(t, parts())), Who: as("")}
	w := httptest.NewRecorder()
	w.Header().Set("WWW-Authenticate", "Bearer")
	g.Require(policy.OfficeViewSettings, of(policy.OfOffice("devries"), nil, nil), new(handler)).
		ServeHTTP(w, request(http.MethodGet))
	if got := w.Header().Values("WWW-Authenticate"); w.Code != http.StatusUnauthorized || !slices.Equal(got, []string{"Bearer"}) {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
