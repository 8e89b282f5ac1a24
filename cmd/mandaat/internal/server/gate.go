package server

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/metrics"
)

// queueing is how long a request waits for its turn.
const queueing = 5 * time.Second

// gate lets so many requests be answered at once. A request is whole before it has its
// turn, and an answer is whole before the turn is given on: no client, as slow as it
// may be, takes the turn of another.
type gate struct {
	next    http.Handler
	maxBody int64
	turns   chan struct{} // holds one for each that is being answered
	room    room
	write   time.Duration // for an answer to be read in
	metrics *metrics.Metrics
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := held{room: &g.room}
	defer body.release()
	if status, message := g.read(&body, r); status != 0 {
		g.turnAway(w, r, status, message)
		return
	}
	if !g.enter(r) {
		g.turnAway(w, r, http.StatusServiceUnavailable, "too much is asked at once")
		return
	}
	a := &answer{header: http.Header{}, body: held{room: &g.room}}
	defer a.body.release()
	lost := g.answer(a, r, body.all.Bytes())
	switch {
	case lost:
		g.metrics.Refused(metrics.Unlogged)
		authzen.Refuse(w, r, http.StatusServiceUnavailable, "the decision log cannot be written")
	case a.lost:
		g.turnAway(w, r, http.StatusServiceUnavailable, "the answer is too long for what is asked at once")
	default:
		g.send(w, a)
	}
}

// read holds the body of a request. One that is longer than may be is held up to that,
// for the Handler to refuse.
func (g *gate) read(into *held, r *http.Request) (status int, message string) {
	if r.ContentLength > g.maxBody {
		return 0, ""
	}
	_, err := io.Copy(into, io.LimitReader(r.Body, g.maxBody+1))
	switch {
	case err == nil:
		return 0, ""
	case errors.Is(err, errNoRoom):
		return http.StatusServiceUnavailable, "too much is asked at once"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return http.StatusRequestTimeout, "the body did not come in time"
	}
	return http.StatusBadRequest, "the body could not be read to its end"
}

// turnAway refuses a request that was not answered, and hears nothing more of it.
func (g *gate) turnAway(w http.ResponseWriter, r *http.Request, status int, message string) {
	switch status {
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "1")
		g.metrics.Refused(metrics.Busy)
	case http.StatusRequestTimeout:
		g.metrics.Refused(metrics.Slow)
	}
	w.Header().Set("Connection", "close")
	authzen.Refuse(w, r, status, message)
}

// enter waits for a turn.
func (g *gate) enter(r *http.Request) bool {
	connOf(r).served()
	select {
	case g.turns <- struct{}{}:
		return true
	default:
	}
	patience := time.NewTimer(queueing)
	defer patience.Stop()
	select {
	case g.turns <- struct{}{}:
		return true
	case <-patience.C:
	case <-r.Context().Done():
	}
	connOf(r).waits()
	return false
}

// answer has the request answered, and gives the turn on. It says whether a decision
// could not be logged.
func (g *gate) answer(a *answer, r *http.Request, body []byte) (lost bool) {
	defer func() {
		<-g.turns
		connOf(r).waits()
	}()
	ctx, record := withRecord(r.Context())
	whole := r.WithContext(ctx)
	whole.Body = io.NopCloser(bytes.NewReader(body))
	g.next.ServeHTTP(a, whole)
	return record.lost.Load()
}

// send gives the client a while to read the answer.
func (g *gate) send(w http.ResponseWriter, a *answer) {
	// A writer that takes no deadline has one for the whole exchange.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(g.write))
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(a.body.all.Len()))
	w.WriteHeader(max(a.status, http.StatusOK))
	_, _ = w.Write(a.body.all.Bytes()) // who went away misses nothing
}
