package officefile_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/problems"
)

var update = flag.Bool("update", false, "write the golden files of testdata/malformed anew")

// leastMalformed is how many files testdata/malformed may not fall below.
const leastMalformed = 200

// malformed are the files of testdata/malformed, each an office file with
// something wrong.
func malformed(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/malformed/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Beside each file stands a golden one with every error it is told, in order.
func TestMalformed(t *testing.T) {
	files := malformed(t)
	if len(files) < leastMalformed {
		t.Errorf("found %d files, expected at least %d", len(files), leastMalformed)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".yaml"), func(t *testing.T) {
			file, err := officefile.Parse(filepath.Base(name), content(t, name))
			if file != nil || !errors.Is(err, problems.ErrInvalid) {
				t.Fatalf("found %v and error %v, expected no file and an invalid input", file, err)
			}
			golden(t, strings.TrimSuffix(name, ".yaml")+".golden", err.Error()+"\n")
		})
	}
}

// A golden file whose office file is gone would prove nothing.
func TestNoGoldenFileIsLeftOver(t *testing.T) {
	files, err := os.ReadDir("testdata/malformed")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		stem := strings.TrimSuffix(f.Name(), ".golden")
		if _, err := os.Stat(filepath.Join("testdata/malformed", stem+".yaml")); stem != f.Name() && err != nil {
			t.Errorf("found %s, expected %s.yaml beside it", f.Name(), stem)
		} else if stem == f.Name() && filepath.Ext(stem) != ".yaml" {
			t.Errorf("found %s, expected .yaml and .golden files alone", f.Name())
		}
	}
}

// golden compares with what a file holds, or writes it there.
func golden(t *testing.T, name, found string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(found), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(string(content(t, name)), "\n"), strings.Split(found, "\n")); diff != "" {
		t.Errorf("%s (-expected +found):\n%s", name, diff)
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
