package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flagNames are the flags of a command that have a value.
func flagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Value.Type() != "bool" {
			names = append(names, f.Name)
		}
	})
	return names
}

// spent is how much time the processors gave to this process.
func spent(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// fifo is a file that gives nothing and never ends.
func fifo(t *testing.T, dir string) string {
	t.Helper()
	name := filepath.Join(dir, "fifo.yaml")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// asked has bash read the script, and then complete a line as it does when a key is
// pressed behind it; where ^ stands, if it does.
const asked = `
set -u
source <(mandaat completion bash)
complete -p mandaat >/dev/null
line=${1%%^*} rest=${1#*^}
[[ $1 == *^* ]] || rest=
COMP_LINE=$line$rest COMP_POINT=${#line} COMP_TYPE=9 COMP_KEY=9 COLUMNS=80
read -ra COMP_WORDS <<<"$line"
[[ $line == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
compopt() { :; }
__start_mandaat
printf '%s\n' "${COMPREPLY[@]}"
`

func TestCompletionInBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal("the completion of bash cannot be shown without bash: ", err)
	}
	dir := t.TempDir()
	install(t, dir)
	office, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"office.yaml", "office.txt", "our office.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, name), office, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ line, want string }{
		{"mandaat ev", "evaluate"},
		{"mandaat can car^ document.view document:inv-1 -f office.yaml", "carla"},
		{"mandaat can ro^ document.view document:inv-1 -f 'our office.yaml'", "rosa"},
		{"mandaat can -f office.yaml ro", "rosa"},
		{"mandaat can ro^ -f none.yaml", ""},
		{"mandaat can carla document.spl", "document.split"},
		{"mandaat can -f office.yaml carla document.view document:inv-12", "inv-12"},
		{"mandaat can -f office.yaml carla document.assign document:inv-2 --with authorisers=[ann", `\[anna`},
		{"mandaat can -f office.yaml carla document.assign document:inv-2 --with authorisers=[anna,bo", `\[anna\,bob`},
		{"mandaat do -f office.yaml user.grant_role user=carl", "carla"},
		{"mandaat fmt --che", "--check"},
		{"mandaat can -f off", "office.yaml"},
		{"mandaat validate office", "office.yaml"},
		{"mandaat can --lang ", "en\nnl"},
	} {
		shell := exec.CommandContext(t.Context(), bash, "--norc", "--noprofile", "-c", asked, "bash", c.line) //nolint:gosec // the lines above
		shell.Dir, shell.Env = dir, append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
		var problems bytes.Buffer
		shell.Stderr = &problems
		out, err := shell.Output()
		if found := strings.TrimSpace(string(out)); found != c.want || err != nil || problems.Len() > 0 {
			t.Errorf("%s: found %q, %v, %s; expected %q", c.line, found, err, problems.String(), c.want)
		}
	}
}

// asProgram is set where the tests are to be the program that they test.
const asProgram = "MANDAAT_IS_TESTED"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// install puts the program into a directory.
func install(t *testing.T, dir string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text := "#!/bin/sh\n" + asProgram + "=1 exec '" + self + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "mandaat"), []byte(text), 0o700); err != nil { //nolint:gosec // it is to be run
		t.Fatal(err)
	}
}

// Every script is written, with all that it lacks.
func TestCompletionScripts(t *testing.T) {
	for shell, lines := range map[string]int{"bash": 1, "zsh": 1, "fish": 0, "powershell": 1} {
		got := runWith("", "completion", shell)
		if got.code != exitYes || got.errors != "" || strings.Count(got.out, lineVariable) != lines || !strings.Contains(got.out, "__complete") {
			t.Errorf("%s: exit %d, %s, %d bytes", shell, got.code, got.errors, len(got.out))
		}
	}
	for _, args := range [][]string{{"completion"}, {"completion", "tcsh"}, {"completion", "bash", "zsh"}} {
		if got := runWith("", args...); got.code != exitUnusable || got.out != "" {
			t.Errorf("%q: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}
