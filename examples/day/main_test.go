package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

func TestTheDocsShowWhatThisProgramPrints(t *testing.T) {
	t.Chdir("../..")
	docs, err := os.ReadFile("docs/changes.md")
	if err != nil {
		t.Fatal(err)
	}
	if shown := "```text\n" + printed(t) + "```\n"; !strings.Contains(string(docs), shown) {
		t.Errorf("docs/changes.md does not show\n%s", shown)
	}
}

// printed is what main prints.
func printed(t *testing.T) string {
	t.Helper()
	stdout := os.Stdout
	defer func() { os.Stdout = stdout }()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout = out
	main()
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
