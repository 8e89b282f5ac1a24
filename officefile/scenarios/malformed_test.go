package scenarios_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/problems"
)

var update = flag.Bool("update", false, "write the golden files of testdata/malformed anew")

const (
	malformedDir = "testdata/malformed"
	ending       = ".scenarios.yaml"
	// leastMalformed is how many suites testdata/malformed may not fall below.
	leastMalformed = 450
)

// malformedNow is the moment of malformed scenarios without one.
var malformedNow = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// malformedSuite is a suite with something wrong: one file of testdata/malformed, or
// the files of a directory there.
type malformedSuite struct {
	name  string
	files []string // relative to testdata/malformed
}

func malformedSuites(t testing.TB) (list []malformedSuite) {
	t.Helper()
	entries, err := os.ReadDir(malformedDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if stem, ok := strings.CutSuffix(entry.Name(), ending); ok {
			list = append(list, malformedSuite{stem, []string{entry.Name()}})
		} else if entry.IsDir() && !strings.HasSuffix(entry.Name(), ".yaml") {
			list = append(list, malformedSuite{entry.Name(), malformedIn(t, entry.Name())})
		}
	}
	return list
}

// malformedIn is the scenario files of a directory; the first reads its others.
func malformedIn(t testing.TB, dir string) (files []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(malformedDir, dir, "*"+ending))
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: found no scenario files, %v", dir, err)
	}
	for _, name := range found {
		files = append(files, filepath.Join(dir, filepath.Base(name)))
	}
	return files
}

func readMalformed(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(malformedDir, name))
}

// Beside each suite stands a golden file with every error it is told, in order.
func TestMalformed(t *testing.T) {
	list := malformedSuites(t)
	if len(list) < leastMalformed {
		t.Errorf("found %d suites, expected at least %d", len(list), leastMalformed)
	}
	for _, suite := range list {
		t.Run(suite.name, func(t *testing.T) {
			suites, err := scenarios.Load(readMalformed, malformedNow, suite.files...)
			if suites != nil || !errors.Is(err, problems.ErrInvalid) {
				t.Fatalf("found %v and error %v, expected no suite and an invalid input", suites, err)
			}
			malformedGolden(t, filepath.Join(malformedDir, suite.name+".golden"), err.Error()+"\n")
		})
	}
}

// A golden file whose suite is gone would prove nothing.
func TestNoGoldenFileIsLeftOver(t *testing.T) {
	known := make(map[string]bool)
	for _, suite := range malformedSuites(t) {
		known[suite.name] = true
	}
	golden, err := filepath.Glob(filepath.Join(malformedDir, "*.golden"))
	if err != nil || len(golden) != len(known) {
		t.Errorf("found %d golden files, expected %d: %v", len(golden), len(known), err)
	}
	for _, name := range golden {
		if stem := strings.TrimSuffix(filepath.Base(name), ".golden"); !known[stem] {
			t.Errorf("found %s, expected %s beside it", name, stem+ending)
		}
	}
}

// malformedGolden compares with what a file holds, or writes it there.
func malformedGolden(t *testing.T, name, found string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(found), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(found, "\n")); diff != "" {
		t.Errorf("%s (-expected +found):\n%s", name, diff)
	}
}
