package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// attacks are ways to keep a server busy; each has a connection of its own, and hangs
// on for as long as the server lets it.
var attacks = map[string]func(c net.Conn){
	"says nothing":  func(net.Conn) {},
	"half a header": func(c net.Conn) { send(c, "POST "+evaluationPath+" HTTP/1.1\r\nHost: localhost\r\nX-") },
	"a slow header": func(c net.Conn) {
		drip(c, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"+strings.Repeat("X: y\r\n", 10_000))
	},
	"a huge header": func(c net.Conn) {
		send(c, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"+strings.Repeat("X: y\r\n", 1<<16))
	},
	"half a body":    func(c net.Conn) { send(c, head(1000)+`{"subject"`) },
	"a slow body":    func(c net.Conn) { drip(c, head(1<<20)+strings.Repeat(" ", 1<<20)) },
	"a long promise": func(c net.Conn) { send(c, head(3<<20)+strings.Repeat(" ", 3<<20-1)) },
	"no end of chunks": func(c net.Conn) {
		send(c, "POST "+evaluationPath+" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
		send(c, strings.Repeat("10000\r\n"+strings.Repeat(" ", 1<<16)+"\r\n", 200))
	},
	"an unread answer": func(c net.Conn) {
		all := `{"evaluations":[` + strings.Repeat(annasTurn+",", 9_999) + annasTurn + `]}`
		send(c, head(len(all))+all)
	},
	"a long line of requests": func(c net.Conn) { send(c, strings.Repeat(head(len(annasTurn))+annasTurn, 5_000)) },
	"half closed": func(c net.Conn) {
		send(c, head(1000)+`{"subject"`)
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.CloseWrite() // the server may have closed it
		}
	},
	"no HTTP": func(c net.Conn) {
		junk := make([]byte, 1<<16)
		_, _ = rand.Read(junk) // it never fails
		send(c, string(junk))
	},
}

func head(length int) string {
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", evaluationsPath, length)
}

const evaluationsPath = "/access/v1/evaluations"

// send sends as much as the server takes.
func send(c net.Conn, text string) { _, _ = io.WriteString(c, text) }

// drip sends a little at a time, for as long as the server takes it.
func drip(c net.Conn, text string) {
	for i := 0; i < len(text); i += 16 {
		if _, err := io.WriteString(c, text[i:min(i+16, len(text))]); err != nil {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// While many clients are as slow, as large and as wrong as they can, others are
// answered; and once they are gone nothing is left of them.
func TestServeWithstandsHostileClients(t *testing.T) {
	s := serveDevries(t, "--max-connections", "60", "--header-timeout", "400ms", "--read-timeout", "1s", "--write-timeout", "1s",
		"--idle-timeout", "1s", "--max-body", "4194304", "--max-held", "33554432")
	goroutines, heap := s.metric("go_goroutines"), s.heap()
	ctx, stop := context.WithCancel(t.Context())
	var attackers sync.WaitGroup
	for _, attack := range attacks {
		for range 6 {
			attackers.Go(func() { hangOn(ctx, s.address, attack) })
		}
	}
	s.until("the attack is on", func() bool { return s.tried("/metrics", "") && s.metricTried("mandaat_connections") > 30 })
	for range 40 {
		for attempt := 0; !s.tried(evaluationPath, bookIt); attempt++ {
			if attempt == 20 {
				t.Fatal("good clients are not answered")
			}
		}
	}
	stop()
	attackers.Wait()
	s.client.CloseIdleConnections()
	s.until("the connections are gone", func() bool { return s.metric("mandaat_connections") <= 2 })
	s.until("the goroutines are gone", func() bool { return s.metric("go_goroutines") <= goroutines+4 })
	s.until("the memory is free", func() bool { return s.heap() <= heap+(8<<20) })
	if s.metric("mandaat_refused_total", "reason=fault") != 0 || s.metric("mandaat_refused_total", "reason=evicted") == 0 ||
		s.metric("mandaat_decisions_total", "decision=allow") < 40 || s.metric("mandaat_requests_in_flight") != 1 {
		t.Error(s.asked("/metrics", "").body)
	}
	s.stop()
}

// hangOn attacks again and again.
func hangOn(ctx context.Context, address string, attack func(net.Conn)) {
	for ctx.Err() == nil {
		c, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err != nil {
			continue
		}
		_ = c.(*net.TCPConn).SetReadBuffer(4096) //nolint:forcetypeassert,errcheck // what is unread is to be the server's
		unhook := context.AfterFunc(ctx, func() { _ = c.Close() })
		attack(c)
		waitForEnd(ctx, c)
		unhook()
		_ = c.Close() // it is over
	}
}

// waitForEnd waits, without reading much, until the server hangs up.
func waitForEnd(ctx context.Context, c net.Conn) {
	one := make([]byte, 1)
	for ctx.Err() == nil {
		if _, err := c.Read(one); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// tried asks on a connection of its own, and says whether all went well.
func (s *service) tried(path, body string) bool {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := s.askOf(client, path, body)
	return err == nil && r.status == 200
}

func (s *service) metricTried(name string) float64 {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := s.askOf(client, "/metrics", "")
	if err != nil {
		return 0
	}
	value := 0.0
	for line := range strings.Lines(r.body) {
		if rest, ok := strings.CutPrefix(line, name+" "); ok {
			_, _ = fmt.Sscan(rest, &value) // what is no number is none
		}
	}
	return value
}

// heap is how many bytes the server uses, once what it does not is collected: large
// requests that are none have it collect.
func (s *service) heap() float64 {
	s.t.Helper()
	large := string(bytes.Repeat([]byte(" "), 2<<20))
	for range 20 {
		s.asked(evaluationPath, large)
	}
	return s.metric("go_memstats_heap_inuse_bytes")
}
