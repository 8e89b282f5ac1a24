package server

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// No more is held at once than there is room for, beyond what is small, and what was
// held leaves its room behind.
func TestRoomIsKeptAndGivenBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r room
		all := rapid.Int64Range(0, 4*small).Draw(t, "room")
		r.left.Store(all)
		clients := make([]held, rapid.IntRange(1, 4).Draw(t, "clients"))
		for i := range clients {
			clients[i].room = &r
		}
		for range rapid.IntRange(1, 30).Draw(t, "writes") {
			c := &clients[rapid.IntRange(0, len(clients)-1).Draw(t, "client")]
			n, before := rapid.IntRange(0, small).Draw(t, "bytes"), c.all.Len()
			written, err := c.Write(make([]byte, n))
			if refused := errors.Is(err, errNoRoom); refused != (written != n) || refused && c.all.Len() != before {
				t.Fatalf("%d of %d bytes, %v", written, n, err)
			}
			beyond := int64(0)
			for i := range clients {
				beyond += max(0, int64(clients[i].all.Len())-small)
			}
			if beyond > all || r.left.Load() != all-beyond {
				t.Fatalf("%d bytes held beyond the small ones, room for %d, left %d", beyond, all, r.left.Load())
			}
		}
		for i := range clients {
			clients[i].release()
		}
		if r.left.Load() != all {
			t.Fatalf("%d left of %d", r.left.Load(), all)
		}
	})
}
