package authzen_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/policy"
)

var update = flag.Bool("update", false, "write the golden files of testdata/requests anew")

// leastRequests is how many files testdata/requests may not fall below.
const leastRequests = 150

// hostile are the files of testdata/requests: none is a question that is
// answered with yes.
func hostile(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/requests/*.json")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Beside each file stands a golden one with the answer, but for the hash that
// names the policy.
func TestHostileRequests(t *testing.T) {
	s, files := source(t), hostile(t)
	if len(files) < leastRequests {
		t.Errorf("%d files, want at least %d", len(files), leastRequests)
	}
	for _, name := range files {
		stem := strings.TrimSuffix(name, ".json")
		t.Run(filepath.Base(stem), func(t *testing.T) {
			a, notRequest := s.Answer(content(t, name), now)
			if a.Decision || (a.Context.Code == 0) != (notRequest != nil) || (a.Context.Error == nil) != (notRequest == nil) {
				t.Errorf("want a no, with a code or an error: %+v", a)
			}
			line, err := a.JSON()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, stem+".golden", strings.ReplaceAll(string(line), s.Snapshot.Policy(), "sha256:...")+"\n")
		})
	}
}

// Every code that a question can be answered with for what it is asked with has
// a file; the others are about the office.
func TestHostileRequestsMeetEveryCodeOfAQuestion(t *testing.T) {
	s, met := source(t), map[policy.Code]int{}
	for _, name := range hostile(t) {
		a, _ := s.Answer(content(t, name), now)
		met[a.Context.Code]++
	}
	for _, c := range []policy.Code{
		0, policy.UnknownUser, policy.UnknownAction, policy.UnknownResource, policy.MissingProperty, policy.BadTime,
		policy.BadProperty,
	} {
		if met[c] < 5 {
			t.Errorf("%d answers %s, want at least 5", met[c], c)
		}
	}
}

// A golden file whose request is gone would prove nothing.
func TestNoGoldenFileIsLeftOver(t *testing.T) {
	files, err := os.ReadDir("testdata/requests")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		stem := strings.TrimSuffix(f.Name(), ".golden")
		if _, err := os.Stat(filepath.Join("testdata/requests", stem+".json")); stem != f.Name() && err != nil {
			t.Errorf("%s has no %s.json beside it", f.Name(), stem)
		} else if stem == f.Name() && filepath.Ext(stem) != ".json" {
			t.Errorf("%s is neither .json nor .golden", f.Name())
		}
	}
}

// golden compares with what a file holds, or writes it there.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(content(t, name)), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func content(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
