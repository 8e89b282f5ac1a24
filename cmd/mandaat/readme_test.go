package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the README's and the docs' sessions print into them")

// session is a console block: commands after "$ ", each followed by its output.
var session = regexp.MustCompile("(?s)```console\n(.*?)```")

func TestSessionsInTheDocsAreReal(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range append(docs, filepath.Join(root, "README.md")) {
		if base := filepath.Base(name); base == "first-suite.md" || base == "http.md" {
			continue // paths of their own, through a shell
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Chdir(root)
		if filepath.Base(name) == "changes.md" {
			inACopy(t)
		}
		replayed := session.ReplaceAllStringFunc(string(text), func(block string) string {
			found++
			return "```console\n" + replay(t, session.FindStringSubmatch(block)[1]) + "```"
		})
		if *update {
			if err := os.WriteFile(name, []byte(replayed), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if replayed != string(text) {
			t.Errorf("%s does not show what the commands print; run go test ./cmd/mandaat -update. They print:\n%s", name, replayed)
		}
	}
	if found < 12 {
		t.Errorf("only %d sessions were found", found)
	}
}

// inACopy goes where there is a copy of the example office, to be changed.
func inACopy(t *testing.T) {
	t.Helper()
	office, err := os.ReadFile("examples/devries/office.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("office.yaml", office, 0o600); err != nil {
		t.Fatal(err)
	}
}

// replay runs the commands of a session and shows each with what it prints.
func replay(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(text) {
		command, ok := strings.CutPrefix(line, "$ mandaat ")
		if !ok {
			if strings.HasPrefix(line, "$") {
				t.Errorf("a session runs something else than mandaat: %s", line)
			}
			continue
		}
		got := runWith("", split(command)...)
		b.WriteString(line + got.out + got.errors)
	}
	return b.String()
}

// split splits a command as a shell does, as far as the docs go: blanks between
// words, except within single quotes.
func split(command string) []string {
	quoted := false
	list := strings.FieldsFunc(strings.TrimSpace(command), func(r rune) bool {
		if r == '\'' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "'", "")
	}
	return list
}
