package server

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/logfile"
)

// record is whether the decisions of one request were recorded.
type record struct{ lost atomic.Bool }

type recordKey struct{}

func withRecord(ctx context.Context) (context.Context, *record) {
	r := new(record)
	return context.WithValue(ctx, recordKey{}, r), r
}

// recording notes in the context of a request that something of it could not be
// written.
type recording struct{ slog.Handler }

// Handle writes a record.
func (h recording) Handle(ctx context.Context, r slog.Record) error {
	err := h.Handler.Handle(ctx, r)
	if of, ok := ctx.Value(recordKey{}).(*record); ok && err != nil {
		of.lost.Store(true)
	}
	return err
}

// recorder writes decisions into a file, and tells of each request whether that went
// well.
func recorder(to *logfile.File) *decisionlog.Log {
	return decisionlog.New(slog.New(recording{slog.NewJSONHandler(to, nil)}))
}

// again tries a log that could not be written, with a line that says that it is.
func again(to *logfile.File) error {
	record := slog.NewRecord(time.Now(), slog.LevelWarn, "the decision log is written again", 0)
	return slog.NewJSONHandler(to, nil).Handle(context.Background(), record)
}
