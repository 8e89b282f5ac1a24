package main

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// collected is a collector that keeps the spans it is sent.
func collected(t *testing.T) (url string, spans <-chan *trace.Span) {
	t.Helper()
	kept := make(chan *trace.Span, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collector.ExportTraceServiceRequest
		if err != nil || r.URL.Path != "/v1/traces" || proto.Unmarshal(body, &sent) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		for _, of := range sent.GetResourceSpans() {
			for _, scope := range of.GetScopeSpans() {
				for _, span := range scope.GetSpans() {
					kept <- span
				}
			}
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(server.Close)
	return server.URL, kept
}

// The collector that the environment names is told of each request, in the caller's
// own trace, and of nobody's name.
func TestServeSendsTraces(t *testing.T) {
	url, spans := collected(t)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", url)
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "3600000") // what is left is sent at the end
	s := serveDevries(t)
	const traceID = "0af7651916cd43dd8448eb211c80319c"
	s.client.Transport = withHeader{s.client.Transport, "Traceparent", "00-" + traceID + "-b7ad6b7169203331-01"}
	s.asked(evaluationPath, bookIt)
	s.asked(evaluationPath, annasTurn)
	s.asked(evaluationsPath, `{"evaluations":[`+bookIt+","+annasTurn+`]}`)
	s.asked("/access/v1/search/subject", `{"subject":{"type":"user"},"action":{"name":"document.book"},"resource":{"type":"document","id":"inv-7"}}`)
	s.stop()
	want := map[string]string{
		"POST evaluation":     "mandaat.action=document.approve mandaat.code=not_in_turn mandaat.decision=false",
		"POST evaluations":    "mandaat.decisions=2 mandaat.allowed=1",
		"POST search_subject": "mandaat.action=document.book mandaat.endpoint=search_subject",
	}
	if len(spans) != 4 {
		t.Fatalf("%d spans, expected 4", len(spans))
	}
	for range 4 {
		span := <-spans
		told := attributes(span)
		if got := hex.EncodeToString(span.GetTraceId()); got != traceID {
			t.Errorf("%s is of the trace %s", span.GetName(), got)
		}
		for _, name := range []string{"anna", "bram", "inv-"} {
			if strings.Contains(told, name) {
				t.Errorf("%s tells of %s: %s", span.GetName(), name, told)
			}
		}
		for _, attribute := range []string{"http.response.status_code=200", "mandaat.office_version=sha256:"} {
			if !strings.Contains(told, attribute) {
				t.Errorf("%s does not tell %s: %s", span.GetName(), attribute, told)
			}
		}
		if containsAll(told, want[span.GetName()]) {
			delete(want, span.GetName())
		}
	}
	if len(want) > 0 {
		t.Errorf("no span tells %v", want)
	}
}

func containsAll(text, words string) bool {
	for word := range strings.FieldsSeq(words) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return words != ""
}

func attributes(span *trace.Span) string {
	var b strings.Builder
	for _, a := range span.GetAttributes() {
		b.WriteString(a.GetKey() + "=")
		switch v := a.GetValue(); {
		case v.GetStringValue() != "":
			b.WriteString(v.GetStringValue())
		case strings.Contains(v.String(), "bool_value"):
			b.WriteString(map[bool]string{true: "true", false: "false"}[v.GetBoolValue()])
		default:
			b.WriteString(strconv.FormatInt(v.GetIntValue(), 10))
		}
		b.WriteString(" ")
	}
	return b.String()
}

// withHeader adds a header to each request.
type withHeader struct {
	http.RoundTripper

	key, value string
}

func (h withHeader) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(h.key, h.value)
	return h.RoundTripper.RoundTrip(r)
}

// Without a collector to be found, everything is answered all the same, and what is
// lost is counted; another protocol than the one that is spoken is refused.
func TestServeDoesWithoutItsCollector(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:1/v1/traces")
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "10")
	t.Setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "100")
	s := serveDevries(t)
	if r := s.asked(evaluationPath, bookIt); !strings.Contains(r.body, `"decision":true`) {
		t.Errorf("%+v", r)
	}
	s.until("it is counted", func() bool { return s.metric("mandaat_trace_export_failures_total") > 0 })
	s.stop()
	if n := strings.Count(s.errors(), "traces cannot be sent"); n != 1 {
		t.Errorf("told %d times: %s", n, s.errors())
	}
	t.Setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
	s = start(t, "-f", devries, "--listen", "127.0.0.1:0")
	if code := s.code(); code != exitUnusable || !strings.Contains(s.errors(), `OTEL_EXPORTER_OTLP_PROTOCOL: found "grpc", expected http/protobuf`) {
		t.Errorf("exit %d: %s", code, s.errors())
	}
}
