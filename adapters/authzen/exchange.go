package authzen

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/mandaat/mandaat/policy"
)

// MaxRequestID is how long, in bytes, the X-Request-ID of a request may be. It goes into
// logs, for every decision of a batch.
const MaxRequestID = 256

const requestIDHeader = "X-Request-Id" // as net/http spells X-Request-ID

// exchange is one HTTP request and the answer to it.
type exchange struct {
	*Handler
	w  http.ResponseWriter
	r  *http.Request
	id string // X-Request-ID
}

// identified says whether the request can be told by its X-Request-ID, or has none.
func (x *exchange) identified() bool {
	x.id = x.r.Header.Get(requestIDHeader)
	if len(x.id) <= MaxRequestID && printable(x.id) {
		echo(x.w, x.r)
		return true
	}
	x.refuse(http.StatusBadRequest, fmt.Sprintf("X-Request-ID: expected at most %d bytes, without control characters", MaxRequestID))
	return false
}

// echo answers with the request's X-Request-ID. One that is too long is told, too; one
// that does not fit into a header cannot have come in one.
func echo(w http.ResponseWriter, r *http.Request) {
	if id := r.Header.Get(requestIDHeader); id != "" && printable(id) {
		w.Header().Set(requestIDHeader, id)
	}
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// Refuse answers with an error as a Handler does: the status, the request's X-Request-ID
// and an object with the message, {"error":{"status":401,"message":"..."}}. It is for what
// stands before a Handler, such as a check of who calls.
func Refuse(w http.ResponseWriter, r *http.Request, status int, message string) {
	echo(w, r)
	setJSON(w.Header())
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(appendError(nil, &Error{status, message})) // who went away misses nothing
	}
}

func (x *exchange) refuse(status int, message string) { Refuse(x.w, x.r, status, message) }

// bad refuses what is no request.
func (x *exchange) bad(err error) { x.refuse(http.StatusBadRequest, err.Error()) }

func setJSON(h http.Header) {
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
}

// body reads the object that the request is.
func (x *exchange) body() (root map[string]any, ok bool) {
	if x.Current == nil {
		x.unready()
		return nil, false
	}
	if !isJSON(x.r.Header) {
		x.refuse(http.StatusBadRequest, "Content-Type: expected application/json, in UTF-8")
		return nil, false
	}
	if c := x.r.Header.Values("Content-Encoding"); len(c) > 1 || len(c) == 1 && !strings.EqualFold(c[0], "identity") {
		x.w.Header().Set("Accept-Encoding", "identity")
		x.refuse(http.StatusUnsupportedMediaType, "Content-Encoding: expected none")
		return nil, false
	}
	data, ok := x.bytes()
	if !ok {
		return nil, false
	}
	root, err := object(data, len(data))
	if err != nil {
		x.bad(err)
		return nil, false
	}
	return root, true
}

// isJSON says whether a request says that it is JSON in UTF-8. Other parameters than
// charset mean nothing.
func isJSON(h http.Header) bool {
	types := h.Values("Content-Type")
	if len(types) != 1 {
		return false
	}
	if types[0] == "application/json" {
		return true
	}
	media, parameters, err := mime.ParseMediaType(types[0])
	charset, given := parameters["charset"]
	return err == nil && media == "application/json" && (!given || strings.EqualFold(charset, "utf-8"))
}

// bytes is the body of the request.
func (x *exchange) bytes() ([]byte, bool) {
	limit := x.MaxBody
	if limit <= 0 {
		limit = DefaultMaxBody
	}
	tooLong := func() {
		x.refuse(http.StatusRequestEntityTooLarge, fmt.Sprintf("the body: expected at most %d bytes", limit))
	}
	if x.r.ContentLength > limit {
		tooLong()
		return nil, false
	}
	if x.r.Body == nil {
		return nil, true
	}
	var b bytes.Buffer
	b.Grow(int(min(max(x.r.ContentLength, 0), 1<<16)) + bytes.MinRead) // a length is easily said
	_, err := b.ReadFrom(http.MaxBytesReader(x.w, x.r.Body, limit))
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		tooLong()
		return nil, false
	}
	if err != nil {
		x.refuse(http.StatusBadRequest, "the body could not be read to its end")
		return nil, false
	}
	return b.Bytes(), true
}

func (x *exchange) unready() {
	x.refuse(http.StatusServiceUnavailable, "there is no office to answer on")
}

// ready makes ready to answer, on one source and for one moment.
func (x *exchange) ready() (j judge, ok bool) {
	j = judge{exchange: x, Source: x.Current(), now: time.Now()}
	if j.Snapshot == nil {
		x.unready()
		return j, false
	}
	if x.Now != nil {
		j.now = x.Now()
	}
	j.Reader = policy.Reader{}
	if x.Reader != nil {
		j.Reader = x.Reader(x.r)
	}
	setJSON(x.w.Header())
	if j.Version != "" {
		x.w.Header().Set(VersionHeader, j.Version)
	}
	return j, true
}

// write answers. Who went away misses nothing.
func (x *exchange) write(b []byte) { _, _ = x.w.Write(b) }

// gone says whether nobody waits for the answer any longer.
func (x *exchange) gone() bool { return x.r.Context().Err() != nil }
