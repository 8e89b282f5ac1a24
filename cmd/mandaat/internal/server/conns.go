package server

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"
)

// conns is a listener that has at most so many connections open. One more makes the
// one go that has been waiting for its client the longest: for a request, for the rest
// of one, or for an answer to be read. So clients that do nothing, however many, are in
// nobody's way. Where all are being served, the new one goes.
type conns struct {
	net.Listener

	most    int
	evicted func()

	mu      sync.Mutex // over what follows
	open    int
	waiting list.List // of *conn, the longest first
}

type conn struct {
	net.Conn

	of     *conns
	place  *list.Element // in waiting; nil while it is served, or closed
	closed bool
}

// Accept waits for a connection that there is room for.
func (l *conns) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if own := l.admit(c); own != nil {
			return own, nil
		}
		_ = c.Close() // it is not wanted, whatever becomes of it
		l.evicted()
	}
}

// admit makes room for a connection; nil is that there is none.
func (l *conns) admit(c net.Conn) *conn {
	own := &conn{Conn: c, of: l}
	for {
		l.mu.Lock()
		if l.open < l.most {
			l.open++
			own.place = l.waiting.PushBack(own)
			l.mu.Unlock()
			return own
		}
		longest := l.waiting.Front()
		l.mu.Unlock()
		if longest == nil {
			return nil
		}
		if c, ok := longest.Value.(*conn); ok {
			_ = c.Close() // it is not wanted, whatever becomes of it
			l.evicted()
		}
	}
}

// count is how many connections are open.
func (l *conns) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open
}

// Close closes a connection, and makes room for another.
func (c *conn) Close() error {
	c.of.mu.Lock()
	first := !c.closed
	c.closed = true
	c.unlist()
	if first {
		c.of.open--
	}
	c.of.mu.Unlock()
	return c.Conn.Close()
}

func (c *conn) unlist() {
	if c.place != nil {
		c.of.waiting.Remove(c.place)
		c.place = nil
	}
}

// served marks that the server is at work for the client, and not waiting for it.
func (c *conn) served() {
	if c == nil {
		return
	}
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	c.unlist()
}

// waits marks that the client is waited for, from now on.
func (c *conn) waits() {
	if c == nil {
		return
	}
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	if !c.closed {
		c.unlist()
		c.place = c.of.waiting.PushBack(c)
	}
}

type connKey struct{}

// withConn is http.Server.ConnContext.
func withConn(ctx context.Context, c net.Conn) context.Context {
	if inner, ok := c.(interface{ NetConn() net.Conn }); ok { // TLS
		c = inner.NetConn()
	}
	return context.WithValue(ctx, connKey{}, c)
}

// connOf is the connection that a request came by; nil outside a server.
func connOf(r *http.Request) *conn {
	c, _ := r.Context().Value(connKey{}).(*conn)
	return c
}
