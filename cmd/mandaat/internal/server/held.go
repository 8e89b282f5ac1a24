package server

import (
	"bytes"
	"errors"
	"net/http"
	"sync/atomic"
)

// small is how many bytes of a request, and of an answer, are held without counting.
const small = 64 << 10

var errNoRoom = errors.New("too much is held at once")

// room is how many bytes of requests and answers may be held at once, beyond the small
// ones.
type room struct{ left atomic.Int64 }

// held are bytes that are held for one client.
type held struct {
	room  *room
	taken int64
	all   bytes.Buffer
}

// Write holds more bytes, as long as there is room.
func (h *held) Write(p []byte) (int, error) {
	if need := int64(h.all.Len()+len(p)) - small - h.taken; need > 0 {
		if h.room.left.Add(-need) < 0 {
			h.room.left.Add(need)
			return 0, errNoRoom
		}
		h.taken += need
	}
	return h.all.Write(p)
}

// release gives the room back.
func (h *held) release() {
	h.room.left.Add(h.taken)
	h.taken = 0
}

// answer is an answer that is held until it is whole, so that the client is waited for
// only when nothing else waits for the client.
type answer struct {
	body   held
	header http.Header
	status int
	lost   bool // there was no room for all of it
}

// Header and the methods below make it an http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the first status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write holds more of the body.
func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	n, err := a.body.Write(p)
	a.lost = a.lost || err != nil
	return n, err
}
