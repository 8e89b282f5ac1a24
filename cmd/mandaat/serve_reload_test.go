package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

// A new office is taken, a bad one is told of and leaves the last good one, and what
// is as it was is no change.
func TestServeLoadsTheOfficeAnew(t *testing.T) {
	office := officeIn(t)
	text := textOf(t, office)
	s := serving(t, "-f", office, "--reload-every", "30ms")
	version := func() string { return s.asked(evaluationPath, bookIt).header.Get(authzen.VersionHeader) }
	first := version()
	written(t, office, without(t, text, "bram"))
	s.until("bram has left", func() bool { return strings.Contains(s.asked(evaluationPath, bookIt).body, `"inactive_user"`) })
	second := version()
	for failures, bad := range []string{"", text[:len(text)/2], "version: 2\n", "\x00"} {
		written(t, office, bad)
		s.until("a bad file is told", func() bool { return s.metric("mandaat_office_reload_failures_total") == float64(failures+1) })
		r := s.asked("/readyz", "")
		if r.status != 200 || !strings.Contains(r.body, `"stale":true`) || version() != second || s.metric("mandaat_office_stale") != 1 {
			t.Errorf("%.20q: %+v", bad, r)
		}
	}
	written(t, office, text)
	s.until("bram is back", func() bool { return version() == first })
	if r := s.asked("/readyz", ""); !strings.Contains(r.body, `"stale":false`) || !strings.Contains(r.body, first) {
		t.Errorf("%+v", r)
	}
	written(t, office, text)
	s.signal(syscall.SIGHUP)
	s.until("it looked", func() bool { return strings.Contains(s.errors(), `"the office is as it was"`) })
	if n := s.metric("mandaat_office_reloads_total", "outcome=success"); n != 2 || version() != first {
		t.Errorf("%v reloads", n)
	}
	if said := s.errors(); !strings.Contains(said, "the last good version stays") || !strings.Contains(said, "office.yaml:1:10: found") {
		t.Errorf("it does not say what is wrong: %s", said)
	}
	s.stop()
}

func TestServeReadsStandardInputOnce(t *testing.T) {
	in, err := os.Open(devries)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() }) // the test is over
	s := startWith(t, in, "--listen", "127.0.0.1:0", "-f", "-", "--reload-every", "10ms")
	s.signal(syscall.SIGHUP)
	s.until("it looked", func() bool { return strings.Contains(s.errors(), `"the office is as it was"`) })
	if r := s.asked(evaluationPath, bookIt); !strings.Contains(r.body, `"decision":true`) {
		t.Errorf("%+v", r)
	}
	s.stop()
}

// offices are texts of the office that answer otherwise, and what each answers, by its
// version and the request.
func offices(t *testing.T, requests []string) (texts []string, oracle map[string]map[string]string) {
	t.Helper()
	text, dir := textOf(t, devries), t.TempDir()
	oracle = map[string]map[string]string{}
	for _, user := range []string{"bram", "carla", "anna", "rosa"} {
		texts = append(texts, without(t, text, user))
		name := written(t, filepath.Join(dir, user), texts[len(texts)-1])
		source, err := program{now: now}.versionOf(name, policy.Reader{})
		if err != nil {
			t.Fatal(err)
		}
		answers := map[string]string{}
		for _, request := range requests {
			answer, err := source.Answer([]byte(request), now())
			if err != nil {
				t.Fatal(err)
			}
			line, err := answer.JSON()
			if err != nil {
				t.Fatal(err)
			}
			answers[request] = string(line)
		}
		oracle[source.Version] = answers
	}
	return texts, oracle
}

// While a writer swaps offices, good and bad, every answer is that of the version it
// names, of one version for a whole batch, and none is missing.
func TestServeMixesNothingWhenItLoadsUnderLoad(t *testing.T) {
	requests := strings.Split(strings.TrimSpace(textOf(t, "../../examples/devries/requests.jsonl")), "\n")
	texts, oracle := offices(t, requests)
	office := written(t, filepath.Join(t.TempDir(), "office.yaml"), texts[0])
	s := serving(t, "-f", office, "--allow-context-time", "--reload-every", "5ms")
	var asked, wrong atomic.Int64
	met := sync.Map{}
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for client := range 4 {
		clients.Go(func() {
			for i := client; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				version, ok := s.answeredAs(oracle, requests, i)
				met.Store(version, true)
				if asked.Add(1); !ok {
					wrong.Add(1)
				}
			}
		})
	}
	for i := range 12 {
		taken := s.metric("mandaat_office_reloads_total")
		next := texts[(i+1)%len(texts)]
		if i%3 == 2 {
			next, _, _ = strings.Cut(next, "name: rosa") // in the middle of a word
		}
		written(t, office, next)
		s.until("the change was looked at", func() bool { return s.metric("mandaat_office_reloads_total") > taken })
	}
	close(stop)
	clients.Wait()
	versions := 0
	met.Range(func(any, any) bool { versions++; return true })
	if wrong.Load() > 0 || versions < len(texts) || asked.Load() < 100 {
		t.Errorf("%d answers of %d are wrong or missing, of %d versions", wrong.Load(), asked.Load(), versions)
	}
	t.Logf("%d answers of %d versions", asked.Load(), versions)
	s.stop()
}

// answeredAs asks the request of a turn, or all of them as a batch, and says whether
// the answer is that of the version it names.
func (s *service) answeredAs(oracle map[string]map[string]string, requests []string, turn int) (version string, ok bool) {
	path, body, of := evaluationPath, requests[turn%len(requests)], []string{requests[turn%len(requests)]}
	if turn%5 == 0 {
		path, body, of = "/access/v1/evaluations", `{"evaluations":[`+strings.Join(requests, ",")+`]}`, requests
	}
	r, err := s.ask(path, body)
	if err != nil {
		s.t.Error(err)
		return "", false
	}
	version = r.header.Get(authzen.VersionHeader)
	lines := make([]string, len(of))
	for i, request := range of {
		lines[i] = oracle[version][request]
	}
	want := strings.Join(lines, ",")
	if turn%5 == 0 {
		want = `{"evaluations":[` + want + `]}`
	}
	if r.status != 200 || want == "" || strings.TrimSpace(r.body) != want {
		s.t.Errorf("version %s answers %.300s with %d %.300s; expected %.300s", version, body, r.status, r.body, want)
		return version, false
	}
	return version, true
}
