// Package traces tells an OpenTelemetry collector of each request, where the
// environment names one.
//
// A span has ids of nobody and nothing: the endpoint, the action where there was one,
// how many decisions were made and how many allowed, and the version of the office.
package traces

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

// protocol is the one that is spoken.
const protocol = "http/protobuf"

// Wanted says whether the environment names a collector.
func Wanted(env func(string) string) bool {
	named := env("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || env("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
	return named && env("OTEL_SDK_DISABLED") != "true" && env("OTEL_TRACES_EXPORTER") != "none"
}

// Traces sends spans. A nil Traces sends none.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// Start makes ready to send, as the OTEL_ variables of the environment have it. What
// cannot be sent later is told to failed, and holds nothing up.
func Start(ctx context.Context, env func(string) string, failed func(error)) (*Traces, error) {
	if !Wanted(env) {
		return nil, nil //nolint:nilnil // no traces is what was asked for
	}
	for _, name := range []string{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"} {
		if p := env(name); p != "" && p != protocol {
			return nil, fmt.Errorf("%s: found %q, expected %s", name, p, protocol)
		}
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(failed))
	to, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("cannot send traces: %w", err)
	}
	of, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "mandaat")),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("cannot send traces: %w", err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(to), sdk.WithResource(of))
	return &Traces{provider, provider.Tracer("github.com/mandaat/mandaat")}, nil
}

// Stop sends what was not sent yet.
func (t *Traces) Stop(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// tally is what a span tells of the decisions of one request.
type tally struct {
	mu                sync.Mutex
	decisions, allows int
	action            string // the last that there is, of a few known ones
	code              policy.Code
	version           string
}

type tallyKey struct{}

// Serve has next answer a request within a span, named after the endpoint. It is given
// the status that next answered with.
func (t *Traces) Serve(w http.ResponseWriter, r *http.Request, endpoint string, next func(http.ResponseWriter, *http.Request) (status int)) {
	if t == nil {
		next(w, r)
		return
	}
	ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, span := t.tracer.Start(ctx, r.Method+" "+endpoint, trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(attribute.String("mandaat.endpoint", endpoint), attribute.String("http.request.method", r.Method)))
	defer span.End()
	var of tally
	status := next(w, r.WithContext(context.WithValue(ctx, tallyKey{}, &of)))
	span.SetAttributes(attribute.Int("http.response.status_code", status))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, http.StatusText(status))
	}
	span.SetAttributes(of.attributes()...)
}

func (t *tally) attributes() []attribute.KeyValue {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []attribute.KeyValue
	if t.version != "" {
		list = append(list, attribute.String("mandaat.office_version", t.version))
	}
	if t.action != "" {
		list = append(list, attribute.String("mandaat.action", t.action))
	}
	if t.decisions > 0 {
		list = append(list, attribute.Int("mandaat.decisions", t.decisions), attribute.Int("mandaat.allowed", t.allows))
	}
	if t.decisions == 1 {
		list = append(list, attribute.Bool("mandaat.decision", t.allows == 1))
	}
	if t.decisions == 1 && t.allows == 0 {
		list = append(list, attribute.String("mandaat.code", t.code.String()))
	}
	return list
}

// Decided adds a decision to the span of a request.
func Decided(ctx context.Context, d authzen.Decided) {
	note(ctx, d.Request.Action.Name, d.Version, func(t *tally) {
		t.decisions++
		t.code = d.Decision.Code()
		if d.Decision.Allowed() {
			t.allows++
		}
	})
}

// Searched adds a search to the span of a request.
func Searched(ctx context.Context, s authzen.Searched) {
	note(ctx, s.Request.Action.Name, s.Version, func(*tally) {})
}

func note(ctx context.Context, action, version string, add func(*tally)) {
	t, ok := ctx.Value(tallyKey{}).(*tally)
	if !ok {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.version = version
	if a, err := policy.ParseAction(action); err == nil {
		t.action = a.String()
	}
	add(t)
}
