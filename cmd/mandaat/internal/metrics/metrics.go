// Package metrics counts what a server does, for Prometheus. No label has a value that
// a caller chose: what is unknown is told as one.
package metrics

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

// Why a request, or a connection, was refused before it was looked at.
const (
	Unauthorized = "unauthorized" // no token, or one that is nobody's
	Host         = "host"         // asked by a name that is not this machine's
	Busy         = "busy"         // too much at once
	Slow         = "slow"         // the request was not there in time
	Unlogged     = "unlogged"     // the decision log could not be written
	Fault        = "fault"        // a fault of the program itself
	Evicted      = "evicted"      // a connection that made room for another
)

var reasons = []string{Unauthorized, Host, Busy, Slow, Unlogged, Fault, Evicted}

// unknown is the label of an action that there is not.
const unknown = "unknown"

// seconds are the bounds of the histogram of durations.
var seconds = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// Metrics are the counters of one server.
type Metrics struct {
	registry *prometheus.Registry

	decisions   *prometheus.CounterVec
	searches    *prometheus.CounterVec
	results     *prometheus.CounterVec
	durations   *prometheus.HistogramVec
	inFlight    prometheus.Gauge
	refused     *prometheus.CounterVec
	reloads     *prometheus.CounterVec
	failures    prometheus.Counter
	credentials prometheus.Counter
	exports     prometheus.Counter
}

// State is what is asked of a server when its metrics are.
type State struct {
	Version  func() string // of the office
	Loaded   func() time.Time
	Stale    func() bool
	Ready    func() bool
	Open     func() int  // connections
	LogFails func() bool // whether the decision log cannot be written
}

// New makes the counters of a server.
func New(s State) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		decisions: counters("decisions_total",
			"Decisions, by action, decision (allow or deny) and the code of a denial.", "action", "decision", "code"),
		searches: counters("searches_total", "Searches, by what was searched.", "endpoint"),
		results:  counters("search_results_total", "Results of searches, by what was searched.", "endpoint"),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "mandaat_request_duration_seconds", Buckets: seconds,
			Help: "How long requests took from their header to their answer, by endpoint and status.",
		}, []string{"endpoint", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "mandaat_requests_in_flight", Help: "Requests that are being answered."}),
		refused:  counters("refused_total", "Requests and connections that were refused before they were looked at, by reason.", "reason"),
		reloads:  counters("office_reloads_total", "How often the office was loaded anew, by outcome (success or failure).", "outcome"),
		failures: counter("office_reload_failures_total", "Changes of the office file that were not taken, since it could not be read."),
		credentials: counter("credentials_reload_failures_total",
			"Changes of the tokens or the certificate that were not taken, since they could not be read."),
		exports: counter("trace_export_failures_total", "Batches of traces that the collector did not take."),
	}
	m.start()
	m.observe(s)
	return m
}

func counter(name, help string) prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: "mandaat_" + name, Help: help})
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mandaat_" + name, Help: help}, labels)
}

// start registers the counters; what has few labels begins at zero, not at nothing.
func (m *Metrics) start() {
	for _, reason := range reasons {
		m.refused.WithLabelValues(reason)
	}
	for _, outcome := range []string{"success", "failure"} {
		m.reloads.WithLabelValues(outcome)
	}
	m.registry.MustRegister(m.decisions, m.searches, m.results, m.durations, m.inFlight, m.refused, m.reloads, m.failures,
		m.credentials, m.exports, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
}

// observe registers what is asked of the server itself.
func (m *Metrics) observe(s State) {
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "mandaat_" + name, Help: help}, value))
	}
	truth := func(is func() bool) func() float64 {
		return func() float64 {
			if is() {
				return 1
			}
			return 0
		}
	}
	gauge("office_loaded_timestamp_seconds", "When the office that answers was loaded, in Unix time.",
		func() float64 { return float64(s.Loaded().UnixMilli()) / 1000 })
	gauge("office_stale", "Whether the office file could not be read as it is now, so that an older one answers.", truth(s.Stale))
	gauge("ready", "Whether the server is ready.", truth(s.Ready))
	gauge("connections", "Open connections.", func() float64 { return float64(s.Open()) })
	gauge("decision_log_failing", "Whether the decision log cannot be written, so that nothing is decided.", truth(s.LogFails))
	m.registry.MustRegister(info{"mandaat_office_info", "The version of the office that answers.", "version", s.Version},
		info{"mandaat_policy_info", "The hash of the rule table.", "policy", policy.Hash},
		info{"mandaat_build_info", "What the server was built with.", "go", runtime.Version})
}

// Handler serves the counters.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Decided counts a decision.
func (m *Metrics) Decided(d authzen.Decided) {
	action := unknown
	if a, err := policy.ParseAction(d.Request.Action.Name); err == nil {
		action = a.String()
	}
	if d.Decision.Allowed() {
		m.decisions.WithLabelValues(action, "allow", "").Inc()
		return
	}
	m.decisions.WithLabelValues(action, "deny", d.Decision.Code().String()).Inc()
}

// Searched counts a search at an endpoint, which is one of a few.
func (m *Metrics) Searched(endpoint string, results int) {
	m.searches.WithLabelValues(endpoint).Inc()
	m.results.WithLabelValues(endpoint).Add(float64(results))
}

// Refused counts a refusal, for one of the reasons above.
func (m *Metrics) Refused(reason string) { m.refused.WithLabelValues(reason).Inc() }

// Reloaded counts that the office file had changed, and whether it was taken.
func (m *Metrics) Reloaded(err error) {
	if err == nil {
		m.reloads.WithLabelValues("success").Inc()
		return
	}
	m.reloads.WithLabelValues("failure").Inc()
	m.failures.Inc()
}

// CredentialsRefused counts that tokens or a certificate had changed and were not
// taken.
func (m *Metrics) CredentialsRefused() { m.credentials.Inc() }

// ExportFailed counts that traces were not taken.
func (m *Metrics) ExportFailed() { m.exports.Inc() }

// Began counts a request, and gives what to call with its status once it is answered.
func (m *Metrics) Began(endpoint string) (ended func(status int)) {
	m.inFlight.Inc()
	began := time.Now()
	return func(status int) {
		m.inFlight.Dec()
		m.durations.WithLabelValues(endpoint, strconv.Itoa(status)).Observe(time.Since(began).Seconds())
	}
}
