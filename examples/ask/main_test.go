package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

// block is the first block of the README in a language.
func block(t *testing.T, readme, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(readme, "```"+language+"\n")
	text, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatalf("the README has no %s block", language)
	}
	return text
}

func TestTheReadmeShowsThisProgramAndWhatItPrints(t *testing.T) {
	program, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if shown := block(t, string(readme), "go"); shown != string(program) {
		t.Errorf("the README shows another program:\n%s", shown)
	}
	if shown, printed := block(t, string(readme), "text"), printed(t); shown != printed {
		t.Errorf("the README shows\n%s\nand the program prints\n%s", shown, printed)
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
