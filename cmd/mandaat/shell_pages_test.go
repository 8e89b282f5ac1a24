package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// endOfCommand is what the shell is made to print behind the output of each command.
const endOfCommand = "-- end of command --"

// What a new user does, from an empty directory to a suite that fails and one that
// passes, goes as the page says it does: with the real command, in a real shell.
func TestANewUsersPathIsAsTheDocsSay(t *testing.T) {
	commands := shellPage(t, "first-suite.md", t.TempDir(), nil)
	if len(commands) < 5 || len(commands) >= 10 {
		t.Fatalf("%d commands, expected under ten: %q", len(commands), commands)
	}
}

// What the page about HTTP shows is what a server answers, and what a guarded service
// does, when curl asks.
func TestAskingOverHTTPIsAsTheDocsSay(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Fatal("the page asks with curl, which is not there: ", err)
	}
	stand := []string{"/tmp/", t.TempDir() + "/"}
	for _, address := range []string{"127.0.0.1:8180", "127.0.0.1:8443", "127.0.0.1:8080"} {
		stand = append(stand, address, freeAddress(t))
	}
	if commands := shellPage(t, "http.md", "../..", stand); len(commands) < 20 {
		t.Errorf("only %d commands: %q", len(commands), commands)
	}
}

// The Go code that the page shows is in the service that it runs.
func TestThePageAboutHTTPShowsTheExamplesCode(t *testing.T) {
	page, err := os.ReadFile("../../docs/http.md")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("../../examples/guarded/service.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllSubmatch(page, -1)
	for _, block := range blocks {
		if !bytes.Contains(code, block[1]) {
			t.Errorf("examples/guarded/service.go does not have:\n%s", block[1])
		}
	}
	if len(blocks) == 0 {
		t.Error("the page shows no code")
	}
}

// freeAddress is an address of this machine where nobody listens, just now.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// shellPage runs all commands of a page of the docs in a shell, one after another, and
// holds what the page shows against what they print; stand is what is written
// otherwise in the page than it is run, in pairs.
func shellPage(t *testing.T, name, dir string, stand []string) (commands []string) {
	t.Helper()
	page, err := filepath.Abs("../../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range session.FindAllStringSubmatch(string(text), -1) {
		commands = append(commands, shellCommands(block[1])...)
	}
	outputs := inAShell(t, dir, commands, stand)
	if len(outputs) != len(commands) {
		t.Fatalf("%d commands, %d outputs: %q", len(commands), len(outputs), outputs)
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
	switch {
	case *update:
		if err := os.WriteFile(page, []byte(shown), 0o600); err != nil {
			t.Fatal(err)
		}
	case shown != string(text):
		t.Errorf("the page does not show what the commands print; run go test ./cmd/mandaat -run %s -update (-page +printed):\n%s", t.Name(), cmp.Diff(string(text), shown))
	}
	return commands
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

// inAShell runs commands one after another in a directory, and returns what each
// printed, in the words of the page.
func inAShell(t *testing.T, dir string, commands, stand []string) []string {
	t.Helper()
	bin := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", bin, ".") //nolint:gosec // a directory of the test
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var script strings.Builder
	for _, command := range commands {
		script.WriteString(command + "\nprintf '\\n%s\\n' '" + endOfCommand + "'\n")
	}
	within, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	shell := exec.CommandContext(within, "sh")
	shell.Dir, shell.Stdin = dir, strings.NewReader(strings.NewReplacer(stand...).Replace(script.String()))
	shell.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "LANG=C")
	var out bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &out
	shell.WaitDelay = time.Second // for what a page left running
	if err := shell.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	back := slices.Clone(stand)
	slices.Reverse(back)
	text := strings.NewReplacer(back...).Replace(out.String())
	outputs := regexp.MustCompile(`(?m)^`+endOfCommand+"\n").Split(text, -1)
	for i, output := range outputs { // which may not end in a line feed of its own
		if outputs[i] = strings.TrimSuffix(output, "\n"); outputs[i] != "" && !strings.HasSuffix(outputs[i], "\n") {
			outputs[i] += "\n"
		}
	}
	return outputs[:len(outputs)-1]
}
