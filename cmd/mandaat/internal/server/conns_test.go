package server

import (
	"errors"
	"net"
	"testing"

	"pgregory.net/rapid"
)

// pipes is a listener that gives connections whose other end nobody holds.
type pipes struct{}

func (pipes) Accept() (net.Conn, error) { c, _ := net.Pipe(); return c, nil }
func (pipes) Close() error              { return nil }
func (pipes) Addr() net.Addr            { return nil }

// connsModel says which connections are open, and which wait, the longest first.
type connsModel struct {
	conns   *conns
	most    int
	evicted int
	open    []*conn
	waiting []*conn
}

func without(list []*conn, c *conn) []*conn {
	var rest []*conn
	for _, other := range list {
		if other != c {
			rest = append(rest, other)
		}
	}
	return rest
}

// accept makes the one go that has waited the longest, where there is no room.
func (m *connsModel) accept(t *rapid.T) {
	if len(m.open) == m.most && len(m.waiting) == 0 {
		if c, _ := net.Pipe(); m.conns.admit(c) != nil {
			t.Fatal("there is room where all are being served")
		}
		return
	}
	c, err := m.conns.Accept()
	own, ok := c.(*conn)
	if err != nil || !ok {
		t.Fatal(err)
	}
	if len(m.open) == m.most {
		longest := m.waiting[0]
		m.open, m.waiting, m.evicted = without(m.open, longest), m.waiting[1:], m.evicted+1
		if _, err := longest.Write([]byte("x")); err == nil {
			t.Fatal("the one that waited the longest is open")
		}
	}
	m.open, m.waiting = append(m.open, own), append(m.waiting, own)
}

func TestTheOneGoesThatWaitedTheLongest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &connsModel{most: rapid.IntRange(1, 5).Draw(t, "most")}
		evicted := 0
		m.conns = &conns{Listener: pipes{}, most: m.most, evicted: func() { evicted++ }}
		one := func() *conn { return rapid.SampledFrom(m.open).Draw(t, "which") }
		t.Repeat(map[string]func(*rapid.T){
			"accept": m.accept,
			"serve": func(t *rapid.T) {
				if len(m.open) > 0 {
					c := one()
					c.served()
					m.waiting = without(m.waiting, c)
				}
			},
			"wait": func(t *rapid.T) {
				if len(m.open) > 0 {
					c := one()
					c.waits()
					m.waiting = append(without(m.waiting, c), c)
				}
			},
			"close": func(t *rapid.T) {
				if len(m.open) > 0 {
					c := one()
					if err := errors.Join(c.Close(), c.Close()); err != nil {
						t.Fatal(err)
					}
					c.waits()
					m.open, m.waiting = without(m.open, c), without(m.waiting, c)
				}
			},
			"": func(t *rapid.T) {
				if m.conns.count() != len(m.open) || m.conns.waiting.Len() != len(m.waiting) || evicted != m.evicted {
					t.Fatalf("%d open, %d waiting, %d evicted; expected %d, %d, %d", m.conns.count(), m.conns.waiting.Len(), evicted,
						len(m.open), len(m.waiting), m.evicted)
				}
			},
		})
	})
}
