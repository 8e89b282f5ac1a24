// Package server is what stands around the AuthZEN handler: who may ask, how much at
// once, what is counted and logged, the office that is loaded anew, and an end that
// leaves nobody without an answer.
//
// Whatever goes wrong, no answer is better than one that allows: where a decision
// cannot be recorded, or a turn does not come, the caller is told 503.
package server

import (
	"crypto/tls"
	"log/slog"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/logfile"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/tokens"
	"github.com/mandaat/mandaat/policy"
)

// Options are what a server is made of. Those without a default are needed, unless they
// say what their absence means.
type Options struct {
	Address string // host:port
	Office  *hot.Value[authzen.Source]
	Tokens  *hot.Value[tokens.Tokens]     // nil lets everybody on this machine ask
	TLS     *hot.Value[*tls.Certificate]  // nil speaks plainly
	Reader  policy.Reader                 // for whom answers are explained, where the token does not say
	BaseURL string                        // for metadata; empty serves none
	Now     func() time.Time              // the clock
	Env     func(name string) string      // the environment, for OTEL_ variables
	Log     *slog.Logger                  // of what happens to the server
	LogFile *logfile.File                 // where that goes
	Records *logfile.File                 // of decisions; nil keeps none
	Said    func(format string, a ...any) // to who started the server

	AllowContextTime bool // whether context.time counts
	Limits
}

// Limits are how much, and how long, the server takes of its clients.
type Limits struct {
	MaxBody        int64         // bytes of a request
	MaxBatch       int           // evaluations of a request
	MaxHeld        int64         // bytes of long requests and answers at once
	MaxConnections int           // at once
	MaxRequests    int           // that are answered at once
	Header         time.Duration // for the header of a request
	Read           time.Duration // for all of a request
	Write          time.Duration // for an answer to be read
	Idle           time.Duration // between two requests
	Every          time.Duration // between two looks at the files
	Notice         time.Duration // of not being ready, before the end
	Drain          time.Duration // for what was accepted, at the end
}

// maxHeader is how many bytes the header of a request may have, and some more.
const maxHeader = 32 << 10
