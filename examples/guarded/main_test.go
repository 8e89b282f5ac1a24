package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// begin runs the program on a free port of this machine, and is its address. It
// stops by the end of the test, and has nothing to complain of.
func begin(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	in, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, out, "-office", "../devries/office.yaml", "-listen", "127.0.0.1:0", "-password", "secret")
		ended <- errors.Join(err, out.CloseWithError(io.EOF))
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return "http://" + strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
}

// curl sends "bram POST /invoices/inv-7/book" with a form, and is the status and
// the text of the answer.
func curl(t *testing.T, at, line, form string) string {
	t.Helper()
	fields := strings.Fields(line)
	return send(t, fields[1], at+fields[2], form, func(r *http.Request) { r.SetBasicAuth(fields[0], "secret") })
}

// send sends a request with a form, made ready by another hand.
func send(t *testing.T, method, url, form string, ready func(*http.Request)) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(form))
	if err != nil {
		t.Error(err)
		return ""
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	ready(r)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer w.Body.Close() //nolint:errcheck // it was read
	text, err := io.ReadAll(w.Body)
	if err != nil {
		t.Error(err)
	}
	return fmt.Sprint(w.StatusCode, " ", w.Header.Get("WWW-Authenticate"), string(text))
}

// A day at the office, in order.
func TestADayOfInvoices(t *testing.T) {
	at := begin(t)
	for _, step := range []struct{ ask, form, want string }{
		{"bram GET /invoices/inv-7", "", "200 inv-7 of bakery: booking\nyou may document.return\nyou may document.book\n"},
		{"carla GET /invoices/inv-7", "", "404 Not Found\n"},
		{"wim GET /invoices/inv-7", "", "404 Not Found\n"},
		{"nobody GET /invoices/inv-7", "", "404 Not Found\n"},
		{"bram GET /invoices/inv-70", "", "404 Not Found\n"},

		{"carla POST /invoices/inv-7/book", "", "404 Not Found\n"},
		{"joris POST /invoices/inv-7/book", "", "403 Forbidden\n"}, // sees it, and has not entered his password there
		{"bram POST /invoices/inv-7/book", "", "200 inv-7 of bakery: archived\n"},
		{"bram POST /invoices/inv-7/book", "", "403 Forbidden\n"},
		{"fatima POST /invoices/inv-13/book", "", "200 inv-13 of dentist: archived\nwarnings: connection_disconnected\n"},

		{"bob POST /invoices/inv-1/reject", "", "400 the request cannot be read: expected a form with a comment\n"},
		{"bob POST /invoices/inv-1/reject", "comment=+", "400 the request cannot be read: expected a form with a comment\n"},
		{"anna POST /invoices/inv-1/reject", "", "404 Not Found\n"}, // it is not her turn, so she is not told of the form
		{"els POST /invoices/inv-1/reject", "comment=too+dear", "403 Forbidden\n"},
		{"bob POST /invoices/inv-1/reject", "comment=" + strings.Repeat("x", 1<<16), "400 the request cannot be read: expected a form with a comment\n"},
		{"bob POST /invoices/inv-1/reject", "comment=too+dear", "200 inv-1 of bakery: tagging\n"},
		{"bob POST /invoices/inv-1/reject", "comment=too+dear", "404 Not Found\n"},

		{"bram GET /companies/bakery/invoices", "", "200 inv-2 tagging\ninv-3 tagging\ninv-4 tagging\ninv-5 tagging\ninv-1 tagging\ninv-7 archived\ninv-9 archived\n"},
		{"dirk GET /companies/bakery/invoices", "", "200 inv-3 tagging\n"},
		{"dirk GET /companies/garage/invoices", "", "404 Not Found\n"},
		{"dirk GET /companies/moon/invoices", "", "404 Not Found\n"},
		{"bram DELETE /invoices/inv-7", "", "405 Method Not Allowed\n"},
	} {
		if got := curl(t, at, step.ask, step.form); got != step.want {
			t.Errorf("%s %.20s: got %q, want %q", step.ask, step.form, got, step.want)
		}
	}
}

func TestWhoHasNoPasswordIsAskedForOne(t *testing.T) {
	at := begin(t)
	for name, ready := range map[string]func(*http.Request){
		"nothing":          func(*http.Request) {},
		"another password": func(r *http.Request) { r.SetBasicAuth("bram", "open-sesame") },
		"none":             func(r *http.Request) { r.SetBasicAuth("bram", "") },
		"nobody":           func(r *http.Request) { r.SetBasicAuth("", "secret") },
		"another scheme":   func(r *http.Request) { r.Header.Set("Authorization", "Bearer secret") },
	} {
		got := send(t, http.MethodGet, at+"/invoices/inv-7", "", ready)
		if want := "401 Basic realm=\"invoices\"Unauthorized\n"; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestAnotherSitesPageBooksNothing(t *testing.T) {
	at := begin(t)
	got := send(t, http.MethodPost, at+"/invoices/inv-7/book", "", func(r *http.Request) {
		r.SetBasicAuth("bram", "secret")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	})
	if !strings.HasPrefix(got, "403 ") {
		t.Errorf("got %q", got)
	}
	if got := curl(t, at, "bram GET /invoices/inv-7", ""); !strings.Contains(got, "booking") {
		t.Errorf("afterwards %q", got)
	}
}

// Of many who book one invoice at once, one does.
func TestOneOfManyBooks(t *testing.T) {
	at := begin(t)
	answers := make(chan string)
	const askers = 20
	for range askers {
		go func() {
			answers <- curl(t, at, "bram POST /invoices/inv-7/book", "")
		}()
	}
	booked := 0
	for range askers {
		switch got := <-answers; got {
		case "200 inv-7 of bakery: archived\n":
			booked++
		case "403 Forbidden\n", "409 it has changed meanwhile\n":
		default:
			t.Errorf("got %q", got)
		}
	}
	if booked != 1 {
		t.Errorf("booked %d times", booked)
	}
}

func TestItDoesNotStart(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"no password":    {nil, "-password: found none"},
		"no office":      {[]string{"-password", "x", "-office", "none.yaml"}, "none.yaml"},
		"everywhere":     {[]string{"-password", "x", "-office", "../devries/office.yaml", "-listen", ":8080"}, "of this machine alone"},
		"on the network": {[]string{"-password", "x", "-office", "../devries/office.yaml", "-listen", "192.0.2.1:0"}, "of this machine alone"},
		"unknown flag":   {[]string{"-king"}, "king"},
	} {
		if err := run(t.Context(), io.Discard, test.args...); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}
