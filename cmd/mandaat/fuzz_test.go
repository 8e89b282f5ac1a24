package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile"
)

// FuzzEvaluate holds that every line is answered with a line of JSON, whatever
// the lines are, and that the run says whether one was no request.
func FuzzEvaluate(f *testing.F) {
	requests, err := os.ReadFile("../../examples/devries/requests.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(requests), bookIt, "\n\n", bookIt + "\r\n" + bookIt, "\x00\n\xff", "null\n[]\n{}"} {
		f.Add([]byte(seed))
	}
	source, err := program{now: now}.source(&sourceFlags{office: devries, audience: "staff"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		err := program{out: &out, now: now}.answerAll(source, bytes.NewReader(in))
		lines := bytes.Count(in, []byte("\n"))
		if len(in) > 0 && in[len(in)-1] != '\n' {
			lines++
		}
		got := signs(t, out.String())
		if len(got) != lines {
			t.Fatalf("%d lines are answered with %d", lines, len(got))
		}
		bad := strings.Contains(got, "!")
		if code, ok := errors.AsType[exit](err); bad != (ok && code == exitUnusable) || bad != (err != nil) {
			t.Fatalf("some line was no request: %t; ended in %v", bad, err)
		}
	})
}

// FuzzWith holds that a property given on the command line is read whole, or
// refused with the flag that it was given with.
func FuzzWith(f *testing.F) {
	for _, action := range []string{"document.reject", "document.assign", "user.create", "document.view", "document.fly", ""} {
		for _, pair := range []string{"comment=wrong amount", "authorisers=[anna, bob]", "authorisers=[a", "comment==", "=", "comment", "roles={a: 1, a: 2}"} {
			f.Add(action, pair)
		}
	}
	f.Fuzz(func(t *testing.T, action, pair string) {
		properties, err := (&canFlags{with: []string{pair}}).properties(action)
		key, text, _ := strings.Cut(pair, "=")
		if err != nil {
			if properties != nil || !strings.HasPrefix(err.Error(), "--with") {
				t.Fatalf("refused with %v, and read as %v", err, properties)
			}
			return
		}
		if _, ok := properties[key]; !ok || len(properties) != 1 {
			t.Fatalf("%q was read as %v", pair, properties)
		}
		if _, err := officefile.ParseValue("value", text); err != nil {
			t.Fatalf("%q was read, and is no value: %v", text, err)
		}
	})
}
