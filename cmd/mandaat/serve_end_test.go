package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// dial connects to a server.
func dial(t testing.TB, s *service) net.Conn {
	t.Helper()
	c, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // the test is over
	return c
}

func firstLine(c net.Conn) string {
	line, _ := bufio.NewReader(c).ReadString('\n') // an answer that is missing has no line
	return strings.TrimSpace(line)
}

// half sends a request without its last byte, and waits until the server is at it.
func half(t testing.TB, s *service) net.Conn {
	t.Helper()
	before := s.metric("mandaat_requests_in_flight")
	c := dial(t, s)
	_, err := fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		evaluationPath, len(annasTurn), annasTurn[:len(annasTurn)-1])
	if err != nil {
		t.Fatal(err)
	}
	s.until("it is at the request", func() bool { return s.metric("mandaat_requests_in_flight") > before })
	return c
}

// closed waits until the server accepts nothing any longer.
func closed(s *service) {
	s.client.CloseIdleConnections()
	s.until("it accepts nothing", func() bool {
		c, err := new(net.Dialer).DialContext(s.t.Context(), "tcp", s.address)
		if err == nil {
			err = c.Close()
			return err != nil
		}
		return true
	})
}

// What was accepted is answered after the signal, and only then is the end.
func TestServeFinishesWhatItAccepted(t *testing.T) {
	s := serveDevries(t)
	c := half(t, s)
	s.signal(syscall.SIGTERM)
	closed(s)
	if _, err := c.Write([]byte("}")); err != nil {
		t.Fatal(err)
	}
	if first := firstLine(c); first != "HTTP/1.1 200 OK" {
		t.Errorf("found %q", first)
	}
	if code := s.code(); code != exitYes {
		t.Errorf("exit %d: %s", code, s.errors())
	}
}

// Before it accepts nothing, it says that it is not ready.
func TestServeIsNotReadyBeforeItEnds(t *testing.T) {
	s := serveDevries(t, "--drain-notice", "1h")
	s.signal(syscall.SIGTERM)
	s.until("it is not ready", func() bool { return s.asked("/readyz", "").status == 503 })
	if r := s.asked(evaluationPath, bookIt); !strings.Contains(r.body, `"decision":true`) {
		t.Errorf("%+v", r)
	}
	s.client.CloseIdleConnections()
	s.signal(syscall.SIGTERM) // nobody waits an hour
	s.code()
}

// Where that takes too long, or somebody insists, it says how many were cut.
func TestServeSaysHowManyItCut(t *testing.T) {
	for drain, insists := range map[string]bool{"100ms": false, "1h": true} {
		s := serveDevries(t, "--drain", drain)
		for range 2 {
			half(t, s)
		}
		s.signal(syscall.SIGTERM)
		if insists {
			closed(s)
			s.signal(syscall.SIGINT)
		}
		if code := s.code(); code != exitUnusable || !strings.Contains(s.errors(), "requests were cut off: 2\n") {
			t.Errorf("--drain %s: exit %d, %s", drain, code, s.errors())
		}
	}
}

// Each decision and search is recorded, with who asked, before it is answered; after
// SIGHUP, in a new file.
func TestServeRecordsWhatItDecides(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "decisions")
	s := serveDevries(t, "--decision-log", log, "--tokens", tokensIn(t, dir, "app "+digestOf(appToken)))
	s.token = appToken
	s.asked(evaluationPath, annasTurn)
	if line := textOf(t, log); !strings.Contains(line, `"msg":"decision","request_id":"id-1","caller":"app","subject":"user:anna"`) {
		t.Errorf("found %s", line)
	}
	if err := os.Rename(log, log+".1"); err != nil {
		t.Fatal(err)
	}
	s.signal(syscall.SIGHUP)
	s.until("the log is opened again", func() bool { _, err := os.Stat(log); return err == nil })
	s.asked("/access/v1/search/action", `{"subject":{"type":"user","id":"anna"},"resource":{"type":"document","id":"inv-1"}}`)
	if line := textOf(t, log); strings.Count(line, "\n") != 1 || !strings.Contains(line, `"msg":"search"`) {
		t.Errorf("found %s", line)
	}
	s.stop()
	got := runWith("", "explain-log", log+".1", "-f", devries)
	if got.code == exitUnusable || !strings.Contains(got.out, "not_in_turn") {
		t.Errorf("explained with exit %d: %s%s", got.code, got.out, got.errors)
	}
}

// Where a decision cannot be recorded it is not given, and once it can be again, it is.
func TestServeDecidesNothingThatItCannotRecord(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Fatal("a full disk cannot be shown without /dev/full: ", err)
	}
	log := filepath.Join(t.TempDir(), "decisions")
	if err := os.Symlink("/dev/full", log); err != nil {
		t.Fatal(err)
	}
	s := serveDevries(t, "--decision-log", log, "--reload-every", "30ms")
	batch := `{"evaluations":[` + bookIt + "," + annasTurn + `]}`
	for path, body := range map[string]string{
		evaluationPath: bookIt, "/access/v1/evaluations": batch,
		"/access/v1/search/action": `{"subject":{"type":"user","id":"anna"},"resource":{"type":"document","id":"inv-1"}}`,
	} {
		if r := s.asked(path, body); r.status != 503 || strings.Contains(r.body, "decision\"") || strings.Contains(r.body, "results") {
			t.Errorf("%s: %+v", path, r)
		}
	}
	if r := s.asked("/readyz", ""); r.status != 503 || s.metric("mandaat_decision_log_failing") != 1 ||
		s.metric("mandaat_refused_total", "reason=unlogged") != 3 {
		t.Errorf("%+v", r)
	}
	s.until("it is told", func() bool { return strings.Contains(s.errors(), "nothing is decided until it can") })
	if err := errors.Join(os.Remove(log), os.WriteFile(log, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	s.signal(syscall.SIGHUP)
	s.until("it is ready again", func() bool { return s.asked("/readyz", "").status == 200 })
	if r := s.asked(evaluationPath, bookIt); !strings.Contains(r.body, `"decision":true`) || !strings.Contains(textOf(t, log), `"decision":true`) {
		t.Errorf("%+v", r)
	}
	s.stop()
}

// The counters are those of what was asked, and no label is what a caller chose.
func TestServeCountsWhatItDecides(t *testing.T) {
	s := serveDevries(t)
	s.asked(evaluationPath, bookIt)
	for range 2 {
		s.asked(evaluationPath, annasTurn)
	}
	s.asked(evaluationPath, strings.Replace(bookIt, "document.book", "document.secret", 1))
	s.asked("/secret/path", "{}")
	s.asked("/access/v1/evaluations", `{"evaluations":[`+bookIt+","+annasTurn+`]}`)
	for labels, want := range map[string]float64{
		"action=document.book decision=allow code=":              2,
		"action=document.approve decision=deny code=not_in_turn": 3,
		"action=unknown decision=deny code=unknown_action":       1,
		"": 6,
	} {
		if n := s.metric("mandaat_decisions_total", strings.Fields(labels)...); n != want {
			t.Errorf("%s: %v; expected %v", labels, n, want)
		}
	}
	for labels, want := range map[string]float64{"endpoint=evaluation status=200": 4, "endpoint=other status=404": 1} {
		if n := s.metric("mandaat_request_duration_seconds", strings.Fields(labels)...); n != want {
			t.Errorf("%s: %v; expected %v", labels, n, want)
		}
	}
	if r := s.asked("/metrics", ""); strings.Contains(r.body, "secret") || !strings.Contains(r.body, "mandaat_office_info{version=\"sha256:") {
		t.Error(r.body)
	}
	s.stop()
}
