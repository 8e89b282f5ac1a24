package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInitWritesWhatPasses(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "new")
	if got := runWith("", "init", directory); got.code != exitYes || !strings.Contains(got.out, "next: mandaat test "+directory) {
		t.Fatalf("init: %+v", got)
	}
	if got := runWith("", "test", directory); got.code != exitYes || !strings.HasSuffix(got.out, "8 passed, 0 failed\n") {
		t.Errorf("what init wrote fails: %+v", got)
	}
	office := filepath.Join(directory, "office.yaml")
	if got := runWith("", "validate", "--fail-on", "advice", office); got.code != exitYes {
		t.Errorf("there are findings about what init wrote: %+v", got)
	}
}

func TestInitWritesNothingOver(t *testing.T) {
	for _, there := range []string{"office.yaml", "office.scenarios.yaml"} {
		directory := t.TempDir()
		if err := os.WriteFile(filepath.Join(directory, there), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		got := runWith("", "init", directory)
		if got.code != exitUnusable || !strings.Contains(got.errors, there+": found a file, expected none") {
			t.Errorf("over %s: %+v", there, got)
		}
		entries, err := os.ReadDir(directory)
		if err != nil || len(entries) != 1 {
			t.Errorf("beside %s there are %v, %v", there, entries, err)
		}
		if text, err := os.ReadFile(filepath.Join(directory, there)); err != nil || string(text) != "mine" {
			t.Errorf("%s is now %q, %v", there, text, err)
		}
	}
}

func TestInitWithoutADirectoryWritesHere(t *testing.T) {
	t.Chdir(t.TempDir())
	if got := runWith("", "init"); got.code != exitYes || got.out != "wrote office.yaml and office.scenarios.yaml; next: mandaat test .\n" {
		t.Errorf("init: %+v", got)
	}
	if got := runWith("", "test", "."); got.code != exitYes {
		t.Errorf("what init wrote fails: %+v", got)
	}
}

func TestInitWhereItCannotWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := runWith("", "init", filepath.Join(file, "below")); got.code != exitUnusable || got.errors == "" {
		t.Errorf("below a file: %+v", got)
	}
}

func TestRecordPrintsWhatPasses(t *testing.T) {
	directory := t.TempDir()
	t.Chdir(directory)
	runWith("", "init")
	got := runWith("", "test", "--record", "office.yaml")
	if got.code != exitYes {
		t.Fatalf("%+v", got)
	}
	if err := os.WriteFile("today.scenarios.yaml", []byte(got.out), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := runWith("", "test", "today.scenarios.yaml"); got.code != exitYes || got.out != "48 passed, 0 failed\n" {
		t.Errorf("what was recorded fails: %+v", got)
	}
	if got := runWith("", "do", "user.change_company_access", "user=carla", "companies=[bakery, garage]", "--as", "rosa", "-f", "office.yaml"); got.code != exitYes {
		t.Fatalf("%+v", got)
	}
	if got := runWith("", "test", "today.scenarios.yaml"); got.code != exitNo || !strings.Contains(got.out, "FAIL  document.upload\n") {
		t.Errorf("after a change, what was recorded: %+v", got)
	}
	for flag, says := range map[string]string{
		"--coverage": "it runs nothing", "--run=nothing": "expected it to match an action", "--run=(": "expected a regular expression",
		"more.yaml": "expected one office file",
	} {
		if got := runWith("", "test", "--record", "office.yaml", flag); got.code != exitUnusable || !strings.Contains(got.errors, says) {
			t.Errorf("with %s: %+v", flag, got)
		}
	}
}
