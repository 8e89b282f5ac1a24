package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// endOfCommand is what the shell is made to print behind the output of each command.
const endOfCommand = "-- end of command --"

// What a new user does, from an empty directory to a suite that fails and one that
// passes, goes as the page says it does: with the real command, in a real shell.
func TestANewUsersPathIsAsTheDocsSay(t *testing.T) {
	page, err := filepath.Abs("../../docs/first-suite.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for _, block := range session.FindAllStringSubmatch(string(text), -1) {
		commands = append(commands, shellCommands(block[1])...)
	}
	outputs := inAShell(t, commands)
	if len(outputs) != len(commands) || len(commands) < 5 || len(commands) >= 10 {
		t.Fatalf("%d commands, %d outputs, expected under ten: %q", len(commands), len(outputs), outputs)
	}
	next := 0
	shown := session.ReplaceAllStringFunc(string(text), func(block string) string {
		var b strings.Builder
		b.WriteString("```console\n")
		for _, command := range shellCommands(session.FindStringSubmatch(block)[1]) {
			b.WriteString("$ " + strings.ReplaceAll(command, "\n", "\n> ") + "\n" + outputs[next])
			next++
		}
		return strings.ReplaceAll(b.String(), "\n> \n", "\n>\n") + "```"
	})
	if *update {
		if err := os.WriteFile(page, []byte(shown), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if shown != string(text) {
		t.Errorf("the page does not show what the commands print; run go test ./cmd/mandaat -run NewUsersPath -update. They print:\n%s", shown)
	}
}

// shellCommands is the commands of a session: a line after "$ ", and the lines after
// "> " that belong to it.
func shellCommands(session string) (list []string) {
	for line := range strings.Lines(session) {
		line = strings.TrimSuffix(line, "\n")
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			list = append(list, command)
		} else if more, ok := strings.CutPrefix(line+" ", "> "); ok && len(list) > 0 {
			list[len(list)-1] += "\n" + strings.TrimSuffix(more, " ")
		}
	}
	return list
}

// inAShell runs commands one after another, in a new directory that is empty, and
// returns what each printed.
func inAShell(t *testing.T, commands []string) []string {
	t.Helper()
	bin := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", bin, ".") //nolint:gosec // a directory of the test
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var script strings.Builder
	for _, command := range commands {
		script.WriteString(command + "\necho '" + endOfCommand + "'\n")
	}
	shell := exec.CommandContext(t.Context(), "sh")
	shell.Dir, shell.Stdin = t.TempDir(), strings.NewReader(script.String())
	shell.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "LANG=C")
	var out bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &out
	if err := shell.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	outputs := regexp.MustCompile(`(?m)^`+endOfCommand+"\n").Split(out.String(), -1)
	return outputs[:len(outputs)-1]
}
