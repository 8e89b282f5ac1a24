package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/policy"
)

// logOf is the log of a service that answered requests from the example's office at the
// moment that the tests run at.
func logOf(t testing.TB, requests ...string) string {
	t.Helper()
	source, err := program{now: now}.versionOf(devries, policy.Reader{})
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	log := decisionlog.New(slog.New(slog.NewJSONHandler(&lines, &slog.HandlerOptions{ReplaceAttr: whenTested})))
	handler := authzen.Handler{
		Current: func() authzen.Source { return source }, Now: now, AllowContextTime: true, Decided: log.Decided, Searched: log.Searched,
	}
	ctx := decisionlog.WithCaller(t.Context(), "portal")
	for i, request := range requests {
		path := "/access/v1/evaluation"
		if kind, search, ok := strings.Cut(request, " "); ok && !strings.HasPrefix(request, "{") {
			path, request = "/access/v1/search/"+kind, search
		}
		answerTo(ctx, t, handler, path, request, "r-"+string(rune('a'+i)))
	}
	return lines.String()
}

// whenTested writes lines at the moment that the tests run at.
func whenTested(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Time(a.Key, now())
	}
	return a
}

// The questions of the example's log: that was allowed, was denied, would not be allowed
// any more, holds somebody's words, carries a document, and is a search.
var logged = []string{
	bookIt, notInTurn,
	`{"subject":{"type":"user","id":"wim"},"action":{"name":"document.view"},"resource":{"type":"document","id":"inv-7"},"context":{"time":"2024-06-30T21:59:59Z"}}`,
	`{"subject":{"type":"user","id":"bob"},"action":{"name":"document.reject","properties":{"comment":"Sanne ordered two"}},"resource":{"type":"document","id":"inv-1"}}`,
	`{"subject":{"type":"user","id":"carla"},"action":{"name":"document.view"},"resource":{"type":"document","id":"flour-0212","properties":{"company":"bakery","delivered_by":"tom","stage":"archived"}}}`,
	`subject {"subject":{"type":"user"},"action":{"name":"document.book"},"resource":{"type":"document","id":"inv-7"}}`,
}

const notInTurn = `{"subject":{"type":"user","id":"anna"},"action":{"name":"document.approve"},"resource":{"type":"document","id":"inv-1"}}`

const exampleLog = "../../examples/devries/decisions.jsonl"

// The example's log is what a service writes, to the byte; the docs explain it.
func TestTheExampleLogIsWhatAServiceWrites(t *testing.T) {
	want := logOf(t, logged...)
	if *update {
		if err := os.WriteFile(exampleLog, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(exampleLog)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("run go test ./cmd/mandaat -update twice; the example's log should be\n%s", want)
	}
}

// The request of a line is one that evaluate takes, and answers as it was answered.
func TestTheRequestsOfALogCanBeEvaluated(t *testing.T) {
	var requests, want strings.Builder
	for line := range strings.Lines(logOf(t, logged[:5]...)) {
		var x struct {
			Decision bool
			Request  json.RawMessage
		}
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		requests.WriteString(string(x.Request) + "\n")
		want.WriteString(map[bool]string{true: "+", false: "-"}[x.Decision])
	}
	got := runWith(requests.String(), "evaluate", "-f", devries)
	if got.code != exitYes || signs(t, got.out) != want.String() {
		t.Errorf("exit %d, answers %s, want %s", got.code, signs(t, got.out), want.String())
	}
}

func explainLog(log string, args ...string) result {
	return runWith(log, append([]string{"explain-log", "-", "-f", devries}, args...)...)
}

// changed is a log of one decision in which one text stands for another.
func changed(t *testing.T, request, of, by string) string {
	t.Helper()
	log := logOf(t, request)
	if strings.Count(log, of) == 0 {
		t.Fatalf("%s has no %s", log, of)
	}
	return strings.ReplaceAll(log, of, by)
}

func TestWhatIsNotAsLoggedIsTold(t *testing.T) {
	whole := logOf(t, logged...)
	for name, c := range map[string]struct {
		log    string
		args   []string
		code   int
		status string // of each line
		says   string // to people, or as an error
	}{
		"all as logged":       {whole, nil, exitYes, "as_logged as_logged as_logged as_logged as_logged as_logged", "6       as logged"},
		"a denial made a yes": {changed(t, notInTurn, `"decision":false,"code":"not_in_turn"`, `"decision":true`), nil, exitNo, "differs", "DIFFERS"},
		"another code":        {changed(t, notInTurn, `"code":"not_in_turn"`, `"code":"role_missing"`), nil, exitNo, "differs", "cannot be trusted"},
		"another rule":        {changed(t, bookIt, `document.book/booker`, `document.view/booker`), nil, exitNo, "differs", "cannot be trusted"},
		"no rule":             {changed(t, bookIt, `["document.book/booker"]`, `[]`), nil, exitNo, "differs", "cannot be trusted"},
		"another user":        {changed(t, bookIt, `bram`, `carla`), nil, exitNo, "differs", "carla document.book"},
		"another document":    {changed(t, bookIt, `inv-7`, `inv-8`), nil, exitNo, "differs", "not_linked"},
		"another moment":      {changed(t, logged[2], `2024-06-30T21:59:59Z`, `2024-06-30T22:00:00Z`), nil, exitNo, "differs", "inactive_user"},
		"no comment":          {changed(t, logged[3], `(left out)`, ` `), nil, exitNo, "differs", "missing_property"},
		"another stage":       {changed(t, logged[4], `"stage":"archived"`, `"stage":"booked"`), nil, exitNo, "differs", "bad_property"},
		"more were found":     {changed(t, logged[5], `"results":3`, `"results":4`), nil, exitNo, "differs", "logged   4 found"},
		"a page was found":    {changed(t, logged[5], `"results":3`, `"results":2`), nil, exitYes, "as_logged", "3 found; the answer was a page of them"},
		"no such search":      {changed(t, logged[5], `search/subject`, `search/office`), nil, exitNo, "no_such_search", "There is no search /access/v1/search/office."},
		"a user in one place": {changed(t, bookIt, `"subject":"user:bram"`, `"subject":"user:rosa"`), nil, exitUnusable, "", `-:1: subject: found "user:rosa", expected "user:bram", as the request has it`},
		"other rules":         {changed(t, bookIt, `"policy":"sha256:`, `"policy":"sha256:0`), nil, exitYes, "as_logged", "The rule table was\n         sha256:0"},
		"other rules, another answer": {
			strings.Replace(changed(t, bookIt, `document.book/booker`, `document.book/old`), `"policy":"sha256:`, `"policy":"sha256:0`, 1),
			nil, exitNo, "differs", "Asked again, it is not what was logged.",
		},
		"another version": {changed(t, bookIt, `"office_version":"sha256:`, `"office_version":"sha256:0`), nil, exitNo, "other_version", "1       of another version of the office\n  1     sha256:0"},
		"no version":      {changed(t, bookIt, `"office_version":"sha256:`, `"office_version":"","x":"`), nil, exitNo, "other_version", `The version of the office is "" in the line and`},
		"not whole":       {changed(t, bookIt, `"request":{`, `"cut":["subject.id"],"request":{`), nil, exitNo, "cut", "subject.id was left out"},
		"half a line":     {whole[:200] + "\n" + logOf(t, bookIt), nil, exitUnusable, "as_logged", "-:1: found"},
		"a line too long": {strings.Repeat("x", 3<<20) + "\n" + logOf(t, bookIt), nil, exitUnusable, "as_logged", "-:1: found"},
		"other messages":  {`{"msg":"listening","address":"x"}` + "\n" + logOf(t, bookIt), nil, exitYes, "as_logged", "line 2,"},
		"nothing":         {"", nil, exitYes, "", "0       as logged"},
		"one request":     {whole, []string{"--id", "r-c"}, exitYes, "as_logged", "line 3,"},
		"no such request": {whole, []string{"--id", "r-z"}, exitNo, "", "-: found no line of request r-z"},
		"somebody left":   {whole, []string{"--at", "2032-01-01T00:00:00Z", "--id", "r-b"}, exitYes, "as_logged", "--at 2032-01-01T00:00:00Z -f " + devries},
	} {
		t.Run(name, func(t *testing.T) {
			got := explainLog(c.log, c.args...)
			if got.code != c.code || !strings.Contains(got.out+got.errors, c.says) {
				t.Errorf("exit %d, want %d\n%s%s", got.code, c.code, got.out, got.errors)
			}
			inJSON := explainLog(c.log, append(c.args, "--json")...)
			if inJSON.code != c.code || inJSON.errors != got.errors || statuses(t, inJSON.out) != c.status {
				t.Errorf("--json: exit %d, statuses %q, want %q\n%s", inJSON.code, statuses(t, inJSON.out), c.status, inJSON.errors)
			}
		})
	}
}

// statuses is the status of each line of --json.
func statuses(t *testing.T, out string) string {
	t.Helper()
	var list []string
	for line := range strings.Lines(out) {
		var x struct{ Status string }
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		list = append(list, x.Status)
	}
	return strings.Join(list, " ")
}

// Then is asked on one office, and now on another.
func TestThenAndNow(t *testing.T) {
	text, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "now's office.yaml")
	after := strings.Replace(string(text), "username: bram\n    email: bram@devries.example\n    roles: [accountant, client_user]",
		"username: bram\n    email: bram@devries.example\n    roles: [client_user]", 1)
	if after == string(text) {
		t.Fatal("bram has other roles than this test knows")
	}
	if err := os.WriteFile(name, []byte(after), 0o600); err != nil {
		t.Fatal(err)
	}
	got := explainLog(logOf(t, bookIt, logged[5]), "--now", name)
	for _, says := range []string{
		"then     yes: Who books", "now      no: ", "role_missing", "then     3 found", "now      2 found", "2       as logged",
		"mandaat why-not bram document.book document:inv-7 -f '" + strings.ReplaceAll(name, "'", `'\''`) + "'",
	} {
		if !strings.Contains(got.out, says) {
			t.Errorf("does not say %q:\n%s", says, got.out)
		}
	}
	if got.code != exitYes {
		t.Errorf("exit %d\n%s", got.code, got.errors)
	}
}

// The command that is pointed at runs as it stands, and is asked the same.
func TestTheCommandPointedAtRuns(t *testing.T) {
	requests, err := os.ReadFile("../../examples/devries/requests.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSuffix(string(requests), "\n"), "\n")
	got := explainLog(logOf(t, all...), "--json")
	if got.code != exitYes {
		t.Fatalf("exit %d\n%s%s", got.code, got.out, got.errors)
	}
	ran := 0
	for line := range strings.Lines(got.out) {
		var x struct {
			WhyNot string `json:"why_not"`
			Now    authzen.Answer
		}
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		if x.WhyNot == "" {
			continue
		}
		ran++
		words := split(x.WhyNot)
		why := runWith("", words[1:]...)
		if why.code == exitUnusable || !strings.HasPrefix(strings.Join(strings.Fields(why.out), " "), "no: "+x.Now.Context.Reason) {
			t.Errorf("%s: exit %d\n%s%s", x.WhyNot, why.code, why.out, why.errors)
		}
	}
	if ran < 6 {
		t.Errorf("only %d commands were pointed at", ran)
	}
}

// What stands in a log reaches no terminal as it stands, nor a shell.
func TestALogCannotSpeakToATerminal(t *testing.T) {
	for _, id := range []string{`\u001b[2J`, `a\nline 9`, `\u202e`, `a b`, ``, `$(reboot)`, `'; reboot; '`, `-f`, `--at=now`} {
		request := `{"subject":{"type":"user","id":"` + id + `"},"action":{"name":"` + id + `"},"resource":{"type":"user","id":"` + id + `"}}`
		got := explainLog(logOf(t, request))
		if got.code != exitYes || strings.ContainsAny(strings.ReplaceAll(got.out, "\n", ""), "\x1b\u202e\r") || strings.Contains(got.out, "\nline 9") {
			t.Errorf("%s: exit %d\n%q%s", id, got.code, got.out, got.errors)
		}
		for line := range strings.Lines(got.out) {
			_, command, ok := strings.Cut(line, "mandaat why-not")
			if ok && strings.Contains(command, "reboot") && (strings.Contains(command, " $(") || strings.Contains(command, " ';")) {
				t.Errorf("%s: a shell would do more than ask: %s", id, line)
			}
		}
	}
}

func TestALogIsExplainedInDutch(t *testing.T) {
	log := logOf(t, logged...) + changed(t, notInTurn, `"decision":false,"code":"not_in_turn"`, `"decision":true`)
	got := explainLog(log, "--lang", "nl")
	for _, says := range []string{"regel 2, ", "gevraagd ", "toen     no: ", "nu       hetzelfde", "ANDERS", "gezocht", "6       zoals gelogd\n1       niet zoals gelogd\n"} {
		if !strings.Contains(got.out, says) {
			t.Errorf("does not say %q:\n%s", says, got.out)
		}
	}
}

// Each line is explained before the next is there.
func TestALogIsExplainedWhileItIsWritten(t *testing.T) {
	log, in := io.Pipe()
	out, explained := io.Pipe()
	done := make(chan int)
	go func() {
		p := program{in: log, out: explained, problems: io.Discard, now: now}
		done <- p.run(context.Background(), []string{"explain-log", "-", "-f", devries, "--json"})
		_ = explained.Close()
	}()
	lines := bufio.NewScanner(out)
	one := logOf(t, bookIt)
	for range 3 {
		if _, err := io.WriteString(in, one); err != nil {
			t.Fatal(err)
		}
		if !lines.Scan() || statuses(t, lines.Text()) != "as_logged" {
			t.Fatalf("%s, %v", lines.Text(), lines.Err())
		}
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if code := <-done; code != exitYes {
		t.Errorf("exit %d", code)
	}
}

func TestALogThatCannotBeExplained(t *testing.T) {
	for args, says := range map[string]string{
		"explain-log - -f -":                            "found - twice",
		"explain-log - -f " + devries + " --now -":      "found - twice",
		"explain-log x.jsonl -f - --now -":              "found - twice",
		"explain-log x.jsonl -f " + devries:             "cannot read the log",
		"explain-log - -f x.yaml":                       "cannot read the office file",
		"explain-log - -f " + devries + " --now x.yaml": "cannot read the office file",
		"explain-log - -f " + devries + " --at noon":    "--at: found",
		"explain-log -f " + devries:                     "accepts 1 arg",
		"explain-log -":                                 `required flag(s) "file" not set`,
	} {
		got := runWith("", strings.Fields(args)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, says) {
			t.Errorf("%s: exit %d %s%s", args, got.code, got.out, got.errors)
		}
	}
}

// FuzzExplainLog holds that whatever a log has in it, each line of it that tells of a
// decision or a search is explained or is told to be unreadable, and nothing of it
// reaches a terminal.
func FuzzExplainLog(f *testing.F) {
	f.Add([]byte(logOf(f, logged...)))
	for _, seed := range []string{"", "\n\n", "{}", "\x1b[2J\n\xff", `{"msg":"decision"}`, "null\n[]"} {
		f.Add([]byte(seed))
	}
	flags := explainLogFlags{sourceFlags: sourceFlags{office: devries, audience: "staff"}}
	fresh, err := program{now: now}.logExplainer(&flags, "log")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, log []byte) {
		var out, told bytes.Buffer
		e := *fresh
		e.out, e.problems = &out, &told
		if err := e.explainAll("log", bytes.NewReader(log)); err != nil {
			t.Fatal(err)
		}
		explained := 0
		for _, n := range e.tally.status {
			explained += n
		}
		if blank := strings.Count(out.String(), "\n\n"); blank != explained || (told.Len() > 0) != (e.tally.unreadable > 0) {
			t.Fatalf("%d explained, %d unreadable:\n%s%s", explained, e.tally.unreadable, out.String(), told.String())
		}
		if strings.ContainsFunc(out.String()+told.String(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }) {
			t.Fatalf("%q%q", out.String(), told.String())
		}
	})
}
