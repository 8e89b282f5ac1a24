package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// patient is how long a test waits for what must come about.
const patient = 30 * time.Second

// service is a server in a process of its own, which has the race detector where the
// test has it.
type service struct {
	t       testing.TB
	command *exec.Cmd
	client  *http.Client
	address string // host:port
	scheme  string
	token   string

	ended chan struct{} // closed when it has
	mu    sync.Mutex    // over what it said
	said  bytes.Buffer
	out   bytes.Buffer
}

// serveDevries has the example's office served.
func serveDevries(t testing.TB, flags ...string) *service {
	t.Helper()
	return serving(t, append([]string{"-f", devries}, flags...)...)
}

// serving starts a server, and waits until it listens.
func serving(t testing.TB, flags ...string) *service {
	t.Helper()
	s := start(t, append([]string{"--listen", "127.0.0.1:0"}, flags...)...)
	if s.address == "" {
		t.Fatalf("%q does not listen: %s", flags, s.errors())
	}
	return s
}

// start starts a server, and waits until it listens or has ended.
func start(t testing.TB, flags ...string) *service {
	t.Helper()
	return startWith(t, nil, flags...)
}

// startWith starts a server with something on its standard input.
func startWith(t testing.TB, in io.Reader, flags ...string) *service {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &service{t: t, scheme: "http://", ended: make(chan struct{})}
	s.command = exec.Command(self, append([]string{"serve"}, flags...)...) //nolint:gosec,noctx // the test itself; it is ended below
	s.command.Env = append(os.Environ(), asProgram+"=1", "LANG=C", "GORACE=atexit_sleep_ms=1")
	s.command.Stdin, s.command.Stdout = in, &s.out
	problems, err := s.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	s.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	listens := make(chan string, 1)
	go s.listen(problems, listens)
	t.Cleanup(s.gone)
	s.address = <-listens
	return s
}

// listen hears what the server says, to its end.
func (s *service) listen(problems io.Reader, listens chan<- string) {
	defer close(s.ended)
	defer close(listens)
	lines := bufio.NewScanner(problems)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			listens <- address
		}
		s.mu.Lock()
		s.said.WriteString(lines.Text() + "\n")
		s.mu.Unlock()
	}
	_ = s.command.Wait() // its state tells
}

func (s *service) errors() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

// gone ends a server that a test left running.
func (s *service) gone() {
	s.client.CloseIdleConnections()
	select {
	case <-s.ended:
		return
	default:
	}
	_ = s.command.Process.Kill() // it may have ended by now
	<-s.ended
	if strings.Contains(s.errors(), "DATA RACE") {
		s.t.Error(s.errors())
	}
}

func (s *service) signal(signal syscall.Signal) {
	s.t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		s.t.Error(err)
	}
}

// code waits for the end, and is how it ended.
func (s *service) code() int {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patient):
		s.t.Fatalf("it does not end: %s", s.errors())
	}
	return s.command.ProcessState.ExitCode()
}

// stop ends a server, which is to go well.
func (s *service) stop() {
	s.t.Helper()
	s.client.CloseIdleConnections()
	s.signal(syscall.SIGTERM)
	if code := s.code(); code != exitYes || strings.Contains(s.errors(), "DATA RACE") {
		s.t.Errorf("exit %d: %s", code, s.errors())
	}
}

// reply is what was answered.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask asks a server; a body makes it a POST of JSON.
func (s *service) ask(path, body string) (reply, error) {
	return s.askOf(s.client, path, body)
}

func (s *service) askOf(client *http.Client, path, body string) (reply, error) {
	ctx, cancel := context.WithTimeout(s.t.Context(), patient)
	defer cancel()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(ctx, method, s.scheme+s.address+path, strings.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Request-ID", "id-1")
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	answer, err := client.Do(r)
	if err != nil {
		return reply{}, err
	}
	text, err := io.ReadAll(answer.Body)
	return reply{answer.StatusCode, answer.Header, string(text)}, errors.Join(err, answer.Body.Close())
}

// asked asks, and is to be answered.
func (s *service) asked(path, body string) reply {
	s.t.Helper()
	r, err := s.ask(path, body)
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", path, err, s.errors())
	}
	return r
}

// until waits for what must come about.
func (s *service) until(what string, is func() bool) {
	s.t.Helper()
	for began := time.Now(); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > patient {
			s.t.Fatalf("not so after %s: %s\n%s", patient, what, s.errors())
		}
	}
}

// metric is a number that the server counts, added up over labels that hold all that
// is given, such as "action=document.book".
func (s *service) metric(name string, labels ...string) float64 {
	s.t.Helper()
	r := s.asked("/metrics", "")
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(r.body))
	if err != nil || families[name] == nil {
		s.t.Fatalf("%s: %v, status %d", name, err, r.status)
	}
	sum := 0.0
	for _, m := range families[name].GetMetric() {
		if labelled(m, labels) {
			sum += m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return sum
}

func labelled(m *dto.Metric, labels []string) bool {
	has := map[string]bool{}
	for _, l := range m.GetLabel() {
		has[l.GetName()+"="+l.GetValue()] = true
	}
	for _, label := range labels {
		if !has[label] {
			return false
		}
	}
	return true
}

// trusting is a client that trusts a certificate.
func (s *service) trusting(pem []byte) {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	s.scheme = "https://"
	s.client = &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12, ServerName: "localhost"},
	}}
}

// written puts a text into a file as a careful writer does: at once.
func written(t testing.TB, name, text string) string {
	t.Helper()
	if err := errors.Join(os.WriteFile(name+".new", []byte(text), 0o600), os.Rename(name+".new", name)); err != nil {
		t.Fatal(err)
	}
	return name
}

func textOf(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// officeIn copies the example's office, to be changed.
func officeIn(t testing.TB) string {
	t.Helper()
	return written(t, filepath.Join(t.TempDir(), "office.yaml"), textOf(t, devries))
}

// without is an office text in which a user has left.
func without(t testing.TB, text, user string) string {
	t.Helper()
	from := "    username: " + user + "\n"
	changed := strings.Replace(text, from, from+"    end_date: 2020-01-01\n", 1)
	if changed == text {
		t.Fatalf("there is no %s", user)
	}
	return changed
}
