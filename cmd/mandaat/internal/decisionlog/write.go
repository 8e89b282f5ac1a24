package decisionlog

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/mandaat/mandaat/adapters/authzen"
)

// Log writes decisions and searches. It may be used by any number of goroutines.
type Log struct {
	to   slog.Handler
	lost atomic.Uint64
}

// New writes to a logger, at level Info. Its lines can be read back where its handler
// is a slog.JSONHandler, with whatever attributes, and no group is open.
func New(to *slog.Logger) *Log { return &Log{to: to.Handler()} }

// Lost is how many records could not be written, since the disk was full, say. Each
// was answered nevertheless.
func (l *Log) Lost() uint64 { return l.lost.Load() }

type callerKey struct{}

// WithCaller is a context in which a caller by that name asks, such as the owner of a
// token.
func WithCaller(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, callerKey{}, name)
}

// Decided writes a decision.
func (l *Log) Decided(ctx context.Context, d authzen.Decided) {
	if !l.to.Enabled(ctx, slog.LevelInfo) {
		return
	}
	asked, cut := kept(d.Request)
	record := l.begin(ctx, decisionMessage, d.RequestID)
	addQuestion(&record, asked)
	record.AddAttrs(slog.Bool(keyDecision, d.Decision.Allowed()))
	if !d.Decision.Allowed() {
		record.AddAttrs(slog.String(keyCode, d.Decision.Code().String()))
	}
	rules := make([]string, len(d.Rules))
	for i, rule := range d.Rules {
		rules[i] = rule.String()
	}
	record.AddAttrs(slog.Any(keyRules, rules))
	addOrigin(&record, d.Policy, d.Version, asked, cut, d.At)
	l.write(ctx, record)
}

// Searched writes a search.
func (l *Log) Searched(ctx context.Context, s authzen.Searched) {
	if !l.to.Enabled(ctx, slog.LevelInfo) {
		return
	}
	asked, cut := kept(s.Request)
	record := l.begin(ctx, searchMessage, s.RequestID)
	record.AddAttrs(slog.String(keyEndpoint, s.Endpoint))
	addQuestion(&record, asked)
	record.AddAttrs(slog.Int(keyResults, s.Results))
	addOrigin(&record, s.Policy, s.Version, asked, cut, s.At)
	l.write(ctx, record)
}

func (l *Log) write(ctx context.Context, record slog.Record) {
	if l.to.Handle(ctx, record) != nil {
		l.lost.Add(1)
	}
}

// begin is a record with who asked and by which request.
func (l *Log) begin(ctx context.Context, message, requestID string) slog.Record {
	record := slog.NewRecord(time.Now(), slog.LevelInfo, message, 0)
	if requestID != "" {
		record.AddAttrs(slog.String(keyRequestID, beginning(requestID)))
	}
	if caller, ok := ctx.Value(callerKey{}).(string); ok && caller != "" {
		record.AddAttrs(slog.String(keyCaller, beginning(caller)))
	}
	return record
}

// addQuestion adds what is looked for in a log: who, what and on what.
func addQuestion(record *slog.Record, r authzen.Request) {
	record.AddAttrs(
		slog.String(keySubject, name(r.Subject)),
		slog.String(keyAction, r.Action.Name),
		slog.String(keyResource, name(r.Resource)),
	)
}

// name is type:id.
func name(e authzen.Entity) string { return e.Type + ":" + e.ID }

// addOrigin adds what the answer came from, and the question whole.
func addOrigin(record *slog.Record, policy, version string, r authzen.Request, cut []string, at time.Time) {
	record.AddAttrs(slog.String(keyPolicy, policy), slog.String(keyVersion, beginning(version)))
	if len(cut) > 0 {
		record.AddAttrs(slog.Any(keyCut, cut))
	}
	action := []slog.Attr{slog.String("name", r.Action.Name)}
	record.AddAttrs(slog.GroupAttrs(keyRequest,
		entity(keySubject, r.Subject),
		slog.GroupAttrs(keyAction, withProperties(action, r.Action.Properties)...),
		entity(keyResource, r.Resource),
		slog.GroupAttrs("context", moment(at)),
	))
}

func entity(key string, e authzen.Entity) slog.Attr {
	attrs := []slog.Attr{slog.String("type", e.Type), slog.String("id", e.ID)}
	return slog.GroupAttrs(key, withProperties(attrs, e.Properties)...)
}

func withProperties(attrs []slog.Attr, properties map[string]any) []slog.Attr {
	if len(properties) == 0 {
		return attrs
	}
	return append(attrs, slog.Any("properties", properties))
}

// moment is when it was decided for; null where there was no moment that could be
// read, which asked again is none either.
func moment(at time.Time) slog.Attr {
	at = at.UTC()
	if year := at.Year(); at.IsZero() || year < 1 || year > 9999 {
		return slog.Any("time", nil)
	}
	return slog.Time("time", at)
}
