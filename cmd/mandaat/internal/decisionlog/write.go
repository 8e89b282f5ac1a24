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

// Lost is how many records could not be written, since the disk was full, say. Whether
// such a question is answered is not the log's to say: mandaat serve does not.
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
	rules := make([]string, len(d.Rules))
	for i, rule := range d.Rules {
		rules[i] = rule.String()
	}
	members := question(asker(ctx, d.RequestID), asked)
	members = append(members, slog.Bool(keyDecision, d.Decision.Allowed()))
	if !d.Decision.Allowed() {
		members = append(members, slog.String(keyCode, d.Decision.Code().String()))
	}
	members = append(members, slog.Any(keyRules, rules))
	l.write(ctx, decisionMessage, origin(members, d.Policy, d.Version, asked, cut, d.At))
}

// Searched writes a search.
func (l *Log) Searched(ctx context.Context, s authzen.Searched) {
	if !l.to.Enabled(ctx, slog.LevelInfo) {
		return
	}
	asked, cut := kept(s.Request)
	members := append(asker(ctx, s.RequestID), slog.String(keyEndpoint, s.Endpoint))
	members = append(question(members, asked), slog.Int(keyResults, s.Results))
	l.write(ctx, searchMessage, origin(members, s.Policy, s.Version, asked, cut, s.At))
}

func (l *Log) write(ctx context.Context, message string, members []slog.Attr) {
	record := slog.NewRecord(time.Now(), slog.LevelInfo, message, 0)
	record.AddAttrs(members...)
	if l.to.Handle(ctx, record) != nil {
		l.lost.Add(1)
	}
}

// asker is who asked, by which request.
func asker(ctx context.Context, requestID string) []slog.Attr {
	members := make([]slog.Attr, 0, mostMembers)
	if requestID != "" {
		members = append(members, slog.String(keyRequestID, beginning(requestID)))
	}
	if caller, ok := ctx.Value(callerKey{}).(string); ok && caller != "" {
		members = append(members, slog.String(keyCaller, beginning(caller)))
	}
	return members
}

// question adds what one looks for in a log: who, what and on what.
func question(members []slog.Attr, r authzen.Request) []slog.Attr {
	return append(members,
		slog.String(keySubject, name(r.Subject)),
		slog.String(keyAction, r.Action.Name),
		slog.String(keyResource, name(r.Resource)),
	)
}

// name is type:id.
func name(e authzen.Entity) string { return e.Type + ":" + e.ID }

// origin adds what the answer came from, and the question whole.
func origin(members []slog.Attr, policy, version string, r authzen.Request, cut []string, at time.Time) []slog.Attr {
	members = append(members, slog.String(keyPolicy, policy), slog.String(keyVersion, beginning(version)))
	if len(cut) > 0 {
		members = append(members, slog.Any(keyCut, cut))
	}
	action := []slog.Attr{slog.String("name", r.Action.Name)}
	return append(members, slog.GroupAttrs(keyRequest,
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
