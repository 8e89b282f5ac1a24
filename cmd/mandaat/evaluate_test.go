package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
)

const bookIt = `{"subject":{"type":"user","id":"bram"},"action":{"name":"document.book"},"resource":{"type":"document","id":"inv-7"}}`

// The pipe stays open: each answer must come before the next request is sent.
func TestEvaluateAnswersALineAtATimeOverAnOpenPipe(t *testing.T) {
	requests, in := io.Pipe()
	out, answers := io.Pipe()
	done := make(chan int)
	go func() {
		p := program{in: requests, out: answers, problems: io.Discard, now: now}
		done <- p.run(context.Background(), []string{"evaluate", "-f", devries})
		_ = answers.Close()
	}()
	lines := bufio.NewScanner(out)
	for i, request := range []string{bookIt, "nonsense", strings.ReplaceAll(bookIt, "bram", "carla"), bookIt} {
		if _, err := io.WriteString(in, request+"\n"); err != nil {
			t.Fatal(err)
		}
		if !lines.Scan() {
			t.Fatalf("no answer to request %d: %v", i, lines.Err())
		}
		var a struct{ Decision bool }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil || a.Decision != (request == bookIt) {
			t.Errorf("request %d is answered %s, %v", i, lines.Text(), err)
		}
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if code := <-done; code != exitUnusable || lines.Scan() {
		t.Errorf("exit %d, and another line %q", code, lines.Text())
	}
}

func TestEvaluateAnswersEachLineAndNoMore(t *testing.T) {
	long := strings.Replace(bookIt, "bram", strings.Repeat("x", 2*authzen.MaxBytes), 1)
	for name, c := range map[string]struct {
		in   string
		code int
		want string // + allowed, - denied, ! no request
	}{
		"nothing":                    {"", exitYes, ""},
		"one line":                   {bookIt + "\n", exitYes, "+"},
		"no line feed at the end":    {bookIt, exitYes, "+"},
		"carriage returns":           {bookIt + "\r\n" + bookIt + "\r\n", exitYes, "++"},
		"a blank line":               {bookIt + "\n\n" + bookIt, exitUnusable, "+!+"},
		"an empty first line":        {"\n" + bookIt, exitUnusable, "!+"},
		"two requests on a line":     {bookIt + bookIt + "\n" + bookIt, exitUnusable, "!+"},
		"a request over two lines":   {bookIt[:30] + "\n" + bookIt[30:], exitUnusable, "!!"},
		"a line that is too long":    {long + "\n" + bookIt, exitUnusable, "!+"},
		"bytes that are not UTF-8":   {"\xff\xfe\n" + bookIt, exitUnusable, "!+"},
		"zero bytes":                 {"\x00\x00\n\x00", exitUnusable, "!!"},
		"a denial":                   {strings.Replace(bookIt, "bram", "carla", 1), exitYes, "-"},
		"unknown, but a request":     {strings.Replace(bookIt, "document.book", "document.fly", 1), exitYes, "-"},
		"a moment that is no moment": {strings.Replace(bookIt, `{"subject"`, `{"context":{"time":"noon"},"subject"`, 1), exitYes, "-"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runWith(c.in, "evaluate", "-f", devries)
			if got.code != c.code || signs(t, got.out) != c.want {
				t.Errorf("exit %d, answers %s\n%s", got.code, signs(t, got.out), got.errors)
			}
		})
	}
}

func signs(t *testing.T, out string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(out) {
		var a struct {
			Decision bool
			Context  struct {
				Code  string
				Error *authzen.Error
			}
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		switch {
		case a.Decision:
			b.WriteByte('+')
		case a.Context.Error != nil:
			b.WriteByte('!')
		case a.Context.Code != "":
			b.WriteByte('-')
		default:
			t.Errorf("a denial without a code: %s", line)
		}
	}
	return b.String()
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestAnAnswerThatCannotBeWrittenIsAFailure(t *testing.T) {
	for _, args := range [][]string{
		{"evaluate", "-f", devries},
		{"can", "bram", "document.book", "document:inv-7", "-f", devries},
	} {
		var problems bytes.Buffer
		p := program{in: strings.NewReader(bookIt), out: brokenPipe{}, problems: &problems, now: now}
		if code := p.run(context.Background(), args); code != exitUnusable || !strings.Contains(problems.String(), "broken pipe") {
			t.Errorf("%s: exit %d, %s", args[0], code, problems.String())
		}
	}
}

// The example's requests, one of each kind, with the answers they are there for.
func TestTheExampleRequests(t *testing.T) {
	want := []string{
		"document.book/booker", "not_in_turn", "document.approve/in-turn", "missing_property", "document.assign/client",
		"authoriser_unfit", "document.merge/client", "merge_unfit", "not_delivered_by_subject", "document.book/booker",
		"missing_property", "not_linked", "document.book/booker", "beyond_reach", "user.change_end_date/accountant",
		"synchronisation_duty",
	}
	text, err := os.ReadFile("../../examples/devries/requests.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	got := runWith(string(text), "evaluate", "-f", devries)
	answers := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if got.code != exitYes || len(answers) != len(want) {
		t.Fatalf("exit %d, %d answers, want %d", got.code, len(answers), len(want))
	}
	for i, line := range answers {
		var a struct {
			Decision bool
			Context  struct {
				Code  string
				Rules []string
			}
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		said := a.Context.Code
		if a.Decision {
			said = a.Context.Rules[0]
		}
		if said != want[i] {
			t.Errorf("request %d is answered %s, want %s", i+1, said, want[i])
		}
	}
}
