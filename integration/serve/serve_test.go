package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test be one of the servers, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "-server" {
		main()
		return
	}
	m.Run()
}

func TestEveryServerAgreesAndIsMeasured(t *testing.T) {
	s := settings{
		size: size{300, 30}, contenders: contenders, connections: []int{1, 3}, rounds: 2,
		duration: 20 * time.Millisecond, questions: 300, together: 70,
	}
	got, err := measure(s)
	if err != nil {
		t.Fatal(err)
	}
	if got.agreed != 300 || len(got.rows) != len(contenders) || got.engine <= 0 {
		t.Errorf("%d decisions of %d servers; a check takes %v", got.agreed, len(got.rows), got.engine)
	}
	for _, r := range got.rows {
		for _, rounds := range [][]result{r.single[1], r.single[3], r.batch} {
			if len(rounds) != 2 || rounds[0].rate <= 0 || rounds[0].p50 <= 0 || rounds[0].p50 > rounds[0].p999 {
				t.Errorf("%s: %+v", r.name, rounds)
			}
		}
	}
	t.Logf("\n%s", &got)
}

// scripted answers what it is told to.
type scripted []string

func (c scripted) ask(i int) ([]byte, error) {
	if c[i] == "" {
		return nil, io.ErrUnexpectedEOF
	}
	return []byte(c[i]), nil
}

func (scripted) Close() error { return nil }

// answering is an exam of batches, whose answers are written out.
func answering(answers ...string) *exam {
	return &exam{
		asks: [][]int{{0, 1}, {2}}, read: readAnswers, yes: `"decision":true`,
		dial: func() (connection, error) { return scripted(answers), nil },
	}
}

const (
	yesNo = `{"evaluations":[{"decision":true},{"decision":false}]}`
	noYes = `{"evaluations":[{"decision":false},{"decision":true}]}`
	yes   = `{"evaluations":[{"decision":true}]}`
	no    = `{"evaluations":[{"decision":false}]}`
	none  = `{"evaluations":[]}`
)

func TestADifferenceIsTold(t *testing.T) {
	right := []bool{true, false, true}
	x := answering(yesNo, yes)
	if err := x.agree(right); err != nil || !slices.Equal(x.allowances, []int{1, 1}) {
		t.Errorf("%v, %v", x.allowances, err)
	}
	for _, answers := range [][]string{
		{yesNo, no}, {noYes, yes}, {yesNo, none}, {yes, yes}, {yesNo, yesNo}, {yesNo, "{"}, {yesNo, `{"error":"no"}`}, {yesNo, ""},
	} {
		if answering(answers...).agree(right) == nil {
			t.Errorf("%q is taken for right", answers)
		}
	}
	x = answering(noYes, no)
	x.constant = true
	if err := x.agree(right); err != nil {
		t.Errorf("where answers mean nothing: %v", err)
	}
}

func TestAnAnswerThatChangesEndsTheRound(t *testing.T) {
	s := &server{process: self(t)}
	for _, second := range []string{no, ""} {
		x := answering(yesNo, yes)
		if err := x.agree([]bool{true, false, true}); err != nil {
			t.Fatal(err)
		}
		x.dial = func() (connection, error) { return scripted{yesNo, second}, nil }
		if _, err := s.round(x, 2, time.Minute); err == nil {
			t.Errorf("%q is as good as %q", second, yes)
		}
	}
}

// self is a process that ends when the test does.
func self(t *testing.T) *process {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	addr, err := freeAddr()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{dir: t.TempDir()}
	p, err := b.start("floor", addr, program, "-server", "floor", "-addr", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestAServerThatEndsIsNotWaitedFor(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{dir: t.TempDir()}
	p, err := b.start("other", "127.0.0.1:1", program, "-server", "other")
	if err == nil || !strings.Contains(err.Error(), `no server of this program is called "other"`) {
		t.Errorf("got %v", err)
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

func TestAWireTakesNothingButAnAnswer(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked++
		switch {
		case r.URL.Path != "/asked" || string(body) != "what" || r.Header.Get("Content-Type") != "application/json":
			http.Error(w, "asked otherwise", http.StatusTeapot)
		case asked == 1:
			_, _ = io.WriteString(w, "an answer")
		case asked == 2: // in chunks
			_, _ = io.WriteString(w, "another ")
			_ = http.NewResponseController(w).Flush()
			_, _ = io.WriteString(w, "answer")
		case asked == 3:
			http.Error(w, "not now", http.StatusServiceUnavailable)
		default:
			panic(http.ErrAbortHandler)
		}
	}))
	defer s.Close()
	addr := s.Listener.Addr().String()
	c, err := overHTTP(addr, [][]byte{post(addr, "/asked", []byte("what"))})()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // the end of the test
	for _, want := range []string{"an answer", "another answer"} {
		if got, err := c.ask(0); err != nil || string(got) != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
	if _, err := c.ask(0); err == nil || !strings.Contains(err.Error(), "503 Service Unavailable: not now") {
		t.Errorf("got %v", err)
	}
	if _, err := c.ask(0); err == nil {
		t.Error("a connection that is closed answers")
	}
}

// The quantile is the least time that so many of a thousand did not exceed.
func TestAQuantileIsOneOfTheTimes(t *testing.T) {
	for n := 1; n <= 2100; n++ {
		times := make([]time.Duration, n)
		for i := range times {
			times[i] = time.Duration(i+1) * time.Second
		}
		for _, of := range []int{1, 500, 990, 999, 1000} {
			within := int(quantile(times, of)) // as many as its seconds
			if within*1000 < of*n || (within-1)*1000 >= of*n {
				t.Fatalf("of %d, %d in a thousand: %d", n, of, within)
			}
		}
	}
	if quantile(nil, 500) != 0 {
		t.Error("of no times, there is a quantile")
	}
}

func TestARoundIsSummedUp(t *testing.T) {
	got := resultOf([]time.Duration{4 * time.Second, time.Second}, 30, 10*time.Second, 6)
	want := result{decisions: 3, rate: 0.2, p50: 1, p99: 4, p999: 4, processing: 0.2}
	if got != want {
		t.Errorf("%+v, not %+v", got, want)
	}
}

func TestProcessorTimeIsRead(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); errors.Is(err, os.ErrNotExist) {
		t.Log("this system does not tell: the columns have dashes")
	}
	p := self(t)
	before := p.used()
	c := http.Client{}
	for range 2000 {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+p.command.Args[4], strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
	if after := p.used(); !math.IsNaN(before) && (after <= before || after > 60) {
		t.Errorf("%v and then %v seconds", before, after)
	}
}

func TestTheTableHasMediansAndRatios(t *testing.T) {
	rounds := func(rates ...float64) []result {
		list := make([]result, len(rates))
		for i, r := range rates {
			list[i] = result{rate: r, decisions: 10 * r, p50: 1e-5, p99: 2e-4, p999: 3e-3, processing: 1 / r}
		}
		return list
	}
	of := func(name string, rates ...float64) row {
		return row{contender: contender{name, labelOf(name), nil}, single: map[int][]result{16: rounds(rates...)}, batch: rounds(rates...), most: 1000}
	}
	table := table{
		settings: settings{size: size{1000, 100}, connections: []int{16}, rounds: 3, duration: time.Second},
		agreed:   10_000, engine: 2e-7,
		rows: []row{of("floor", 50_000, 40_000, 10), of("mandaat", 20_000, 1, 100_000), of("opa", 5000)},
	}
	got := table.String()
	for _, want := range []string{
		"1,000 users, 100 companies;", "the same 10,000 decisions", "16 connections, one question a request:",
		"| mandaat serve | 20,000 | 10 us | 200 us | 3 ms | 50 us |\n",
		"| OPA 1.22.2 | 5,000 (0.25) | 10 us (1) | 200 us (1) | 3 ms (1) | 200 us (4) |\n",
		"2 connections, many questions a request:",
		"| OPA 1.22.2 | 50,000 (0.25) | 10 us (1) | 200 us (1) | 200 us (4) |\n",
		"at most: 1,000 floor, 1,000 mandaat, 1,000 opa.",
		"A check by itself, in process: 200 ns.",
		"What mandaat serve takes itself, over net/http and the system: 25 us of a request, the check included, on 16 connections; 25 us of a decision in a batch.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
	table.rows = table.rows[2:]
	if got := table.String(); !strings.Contains(got, "| OPA 1.22.2 | 5,000 | 10 us |") || strings.Contains(got, "takes itself") ||
		strings.Contains(got, "in brackets") {
		t.Errorf("without the others:\n%s", got)
	}
}

func TestWhatIsAskedIsRead(t *testing.T) {
	if got, err := contendersFrom("opa,floor"); err != nil || len(got) != 2 || got[0].name != "floor" {
		t.Errorf("the servers are %v, %v", got, err)
	}
	if got, err := connectionsFrom("1,16"); err != nil || !slices.Equal(got, []int{1, 16}) {
		t.Errorf("the connections are %v, %v", got, err)
	}
	for _, wrong := range []string{"", "0", "-1", "x", "1,", "1001"} {
		if _, err := connectionsFrom(wrong); err == nil {
			t.Errorf("%q connections were taken", wrong)
		}
	}
	good := settings{size: size{200, 10}, duration: time.Second}
	for name, spoilt := range map[string]func(servers *string, s *settings){
		"a server that there is not": func(servers *string, _ *settings) { *servers = "other" },
		"too few users":              func(_ *string, s *settings) { s.users = 199 },
		"too few companies":          func(_ *string, s *settings) { s.companies = 9 },
		"no time":                    func(_ *string, s *settings) { s.duration = 0 },
	} {
		servers, s := "floor", good
		spoilt(&servers, &s)
		if run(servers, "1", s) == nil {
			t.Errorf("%s: it runs", name)
		}
	}
}

// What is asked of mandaat is a request, and what is left out of it is unset.
func TestAQuestionIsAskedInFull(t *testing.T) {
	w := workload(size{300, 30}, 300)
	seen := make(map[string]int)
	for i := range w.Mixed {
		text, err := json.Marshal(questionOf(&w, &w.Mixed[i]))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{`"route"`, `"authorisers"`, `"with"`, `"comment"`, `"type":"document"`} {
			seen[part] += strings.Count(string(text), part)
		}
		if q := w.Mixed[i]; strings.Contains(string(text), `"properties"`) == (q.Document < 0) {
			t.Errorf("%+v: %s", q, text)
		}
	}
	for part, n := range seen {
		if n == 0 {
			t.Errorf("no question has %s", part)
		}
	}
}

func TestADurationHasTheDigitsThatCount(t *testing.T) {
	for seconds, want := range map[float64]string{
		1.84e-7: "184 ns", 2.345e-5: "23.4 us", -2e-5: "-20 us", 0.00432: "4.32 ms", 12.34: "12.3 s", math.NaN(): "-",
	} {
		if got := duration(seconds); got != want {
			t.Errorf("%v s is written %q, not %q", seconds, got, want)
		}
	}
	if a, b := whole(math.NaN()), whole(1234567.4); a != "-" || b != "1,234,567" {
		t.Errorf("got %q and %q", a, b)
	}
}
