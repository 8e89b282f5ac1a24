package guard_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	gosync "sync"
	"sync/atomic"
	"testing"

	"github.com/mandaat/mandaat/adapters/guard"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Offices come and go while many ask. Each request is decided by one of them,
// whole: the status is what the office says that the request was decided on.
func TestOfficesThatChangeUnderRequests(t *testing.T) {
	with, without := parts(), parts()
	without.Users[2].Roles = 0 // bram books no more, but has the archive's view of nothing
	snapshots := []*policy.Snapshot{compile(t, with), compile(t, without)}
	var current atomic.Pointer[policy.Snapshot]
	current.Store(snapshots[0])
	var ran, refused, wrong atomic.Int64
	book := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked, ok := guard.Of(r.Context())
		if ran.Add(1); !ok || asked.Snapshot != snapshots[0] || !asked.Snapshot.Check(asked.Request).Allowed() {
			wrong.Add(1)
		}
	})
	g := guard.Guard{Current: current.Load, Who: as("bram"), Now: clock, Decided: func(_ *http.Request, a guard.Asked) {
		if a.Decision != a.Snapshot.Check(a.Request) {
			wrong.Add(1)
		}
		if !a.Decision.Allowed() {
			refused.Add(1)
		}
	}}
	h := g.Require(policy.DocumentBook, of(policy.OfDocument(document(t, "inv-4", documents.Booking)), nil, nil), book)
	const each, askers = 500, 8
	var group gosync.WaitGroup
	for range askers {
		group.Go(func() {
			for i := range each {
				current.Store(snapshots[i%2])
				if status, _ := answer(h, http.MethodPost); status != http.StatusOK && status != http.StatusNotFound {
					wrong.Add(1)
				}
			}
		})
	}
	group.Wait()
	if wrong.Load() != 0 || ran.Load()+refused.Load() != each*askers || ran.Load() == 0 || refused.Load() == 0 {
		t.Errorf("%d wrong, %d ran, %d refused", wrong.Load(), ran.Load(), refused.Load())
	}
}

// serve guards a handler behind a ServeMux and a real server.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	known := document(t, "inv/4 é", documents.Booking)
	g := guard.Guard{
		Current: fixed(compile(t, parts())), Now: clock,
		Who: func(r *http.Request) users.ID { return users.ID(r.Header.Get("Who")) },
	}
	mux := http.NewServeMux()
	mux.Handle("/invoices/{id}", g.Require(policy.DocumentBook, func(r *http.Request) (policy.Resource, *policy.With, error) {
		if r.PathValue("id") != string(known.ID()) {
			return policy.Resource{}, nil, guard.ErrNotFound
		}
		return policy.OfDocument(known), nil, nil
	}, h))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// answered is an answer over the wire, but for its date.
type answered struct {
	status int
	header http.Header
	body   string
}

// send asks as somebody, and gives the answer to read, which is closed after.
func send(t *testing.T, server *httptest.Server, method, who, path string, read func(*http.Response)) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Who", who)
	w, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close() //nolint:errcheck // read already, or found broken
	read(w)
}

func ask(t *testing.T, server *httptest.Server, method, who, path string) (a answered) {
	t.Helper()
	send(t, server, method, who, path, func(w *http.Response) {
		body, err := io.ReadAll(w.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header.Del("Date")
		a = answered{w.StatusCode, w.Header, string(body)}
	})
	return a
}

const invoice = "/invoices/inv%2F4%20%C3%A9" // what serve knows

func TestAGuardedHandlerStreams(t *testing.T) {
	read := make(chan struct{})
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "one\n")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		<-read // nothing follows before the first was read
		_, flusher := w.(http.Flusher)
		_, reader := w.(io.ReaderFrom)
		_, _ = fmt.Fprintln(w, flusher, reader)
	})
	send(t, server, http.MethodGet, "bram", invoice, func(w *http.Response) {
		body := bufio.NewReader(w.Body)
		first, err := body.ReadString('\n')
		close(read)
		rest, more := io.ReadAll(body)
		if err != nil || more != nil || first != "one\n" || string(rest) != "true true\n" {
			t.Errorf("read %q, %v, then %q, %v", first, err, rest, more)
		}
	})
}

func TestAGuardedHandlerHijacks(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 299 Mine\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		_ = conn.Close()
	})
	if a := ask(t, server, http.MethodGet, "bram", invoice); a.status != 299 {
		t.Errorf("status %d", a.status)
	}
}

// Over the wire a refusal has these headers, this body and no others, whoever is
// refused what, and whatever else the request says that it is.
func TestARefusalOverTheWire(t *testing.T) {
	var ran atomic.Int64
	server := serve(t, func(http.ResponseWriter, *http.Request) { ran.Add(1) })
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions, "BREW"} {
		for path, want := range map[string]map[string]int{
			invoice:                      {"": 401, "pieter": 404, "wim": 404, "zed": 404, "Bram": 404},
			"/invoices/inv-0":            {"": 401, "bram": 404, "zed": 404},
			"/invoices/INV%2F4%20%C3%A9": {"bram": 404},
			"/invoices/%00":              {"bram": 404},
		} {
			for who, status := range want {
				text := http.StatusText(status) + "\n"
				wanted := answered{status, http.Header{
					"Cache-Control": {"no-store"}, "Content-Length": {strconv.Itoa(len(text))},
					"Content-Type": {"text/plain; charset=utf-8"}, "X-Content-Type-Options": {"nosniff"},
				}, text}
				if method == http.MethodHead {
					wanted.body = ""
				}
				if got := ask(t, server, method, who, path); !reflect.DeepEqual(got, wanted) {
					t.Errorf("%s %s by %q: got %v, want %v", method, path, who, got, wanted)
				}
			}
		}
		if got := ask(t, server, method, "bram", invoice); got.status != http.StatusOK {
			t.Errorf("%s by bram: %d", method, got.status)
		}
	}
	if ran.Load() != 5 {
		t.Errorf("the handler ran %d times, want once for each method", ran.Load())
	}
}
