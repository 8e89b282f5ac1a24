package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// madeUp is an auditor that finds the same in every file, whatever it says.
func madeUp(unmet []review.Acknowledgement, found ...auditedFinding) auditor {
	return auditor{
		rules: madeUpRules,
		look: func(*officefile.File, time.Time) ([]auditedFinding, []review.Acknowledgement) {
			return found, unmet
		},
	}
}

func madeUpRules() iter.Seq[review.Rule] {
	return slices.Values([]review.Rule{
		{ID: "O2", Level: roles.Warning, Source: "ISO/IEC 27001 A.8.2", Title: "There is one."},
		{ID: "S1", Level: roles.Warning, Source: "ISO/IEC 27001 A.5.3", Title: "Somebody does both."},
		{ID: "S4", Level: roles.Error, Source: "ISO/IEC 27001 A.5.3", Title: "Somebody does all."},
		{ID: "S6", Level: roles.Advice, Source: "ROLES", Title: "Somebody is more."},
	})
}

// saying is what a made-up finding says, the same in every language.
type saying struct {
	message string
	changes []auditedChange
}

func (s saying) Message(words.Language) string        { return s.message }
func (s saying) mends(words.Language) []auditedChange { return s.changes }

// objection is a made-up finding about a user and a company, of S4, S1 or S6 by its
// level.
func objection(level roles.Level, user users.ID, company companies.ID, message string) auditedFinding {
	f := auditedFinding{new(review.Finding), saying{message: message}}
	for rule := range madeUpRules() {
		if rule.Level == level {
			f.Rule = rule
		}
	}
	f.User, f.Company = user, company
	return f
}

// accepted is a finding with an acknowledgement.
func accepted(f auditedFinding, reason string) auditedFinding {
	f.Finding = new(*f.Finding)
	until := users.DateOf(now().AddDate(1, 0, 0), time.UTC)
	f.Acknowledged = &review.Acknowledgement{Finding: f.ID, User: f.User, Company: f.Company, Reason: reason, Until: until}
	return f
}

// validateBy runs the command with findings of an auditor. Any SARIF that it prints
// is held against its schema.
func validateBy(t rapid.TB, by auditor, stdin string, args ...string) result {
	t.Helper()
	var out, problems bytes.Buffer
	p := program{in: strings.NewReader(stdin), out: &out, problems: &problems, now: now}
	got := result{p.validateCode(by, args), "", ""}
	got.out, got.errors = out.String(), problems.String()
	if strings.HasPrefix(got.out, `{"$schema"`) {
		mustBeSARIF(t, got.out)
	}
	return got
}

// validateCode is run, with another auditor.
func (p program) validateCode(by auditor, args []string) int {
	root := p.root()
	for _, c := range root.Commands() {
		if c.Name() == "validate" {
			root.RemoveCommand(c)
		}
	}
	root.AddCommand(p.validateBy(by))
	root.SetArgs(append([]string{"validate"}, args...))
	err := root.ExecuteContext(context.Background())
	if code, ok := errors.AsType[exit](err); ok {
		return int(code)
	}
	if err != nil {
		_, _ = fmt.Fprintln(p.problems, err)
		return exitUnusable
	}
	return exitYes
}

// validateFile writes a file for a test, under a name.
func validateFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	emptyOffice = "version: 1\noffice: {code: a, name: b, time_zone: UTC}\n"
	badOffice   = "version: 2\noffice: 7\n"
)

// Every combination of what is found and what it shall fail on.
func TestValidateFailsOnTheLevelAndAbove(t *testing.T) {
	levels := []roles.Level{roles.Error, roles.Warning, roles.Advice}
	combinations, office := 0, validateFile(t, "office.yaml", emptyOffice)
	for found := range 1 << (2 * len(levels)) { // of each level: one that counts, one that is acknowledged
		var list []auditedFinding
		for i, level := range levels {
			if found>>i&1 == 1 {
				list = append(list, objection(level, "bram", "bakery", "m."))
			}
			if found>>(i+len(levels))&1 == 1 {
				list = append(list, accepted(objection(level, "carla", "bakery", "m."), "known"))
			}
		}
		for i, failOn := range levels {
			want := exitYes
			if found&(1<<(i+1)-1) != 0 {
				want = exitNo
			}
			for _, format := range []string{"text", "json", "sarif"} {
				combinations++
				got := validateBy(t, madeUp(nil, list...), "", office, "--fail-on", failOn.String(), "--format", format)
				if got.code != want || got.errors != "" {
					t.Errorf("--fail-on %s with the findings %06b: exit %d, expected %d\n%s", failOn, found, got.code, want, got.errors)
				}
			}
		}
	}
	if combinations != 64*3*3 {
		t.Errorf("%d combinations", combinations)
	}
}

func TestValidateFailsOnErrorsByDefault(t *testing.T) {
	for level, want := range map[roles.Level]int{roles.Error: exitNo, roles.Warning: exitYes, roles.Advice: exitYes} {
		if got := validateBy(t, madeUp(nil, objection(level, "bram", "bakery", "m.")), "", devries); got.code != want {
			t.Errorf("%s: exit %d, expected %d", level, got.code, want)
		}
	}
}

// A file that cannot be read makes the run end in 2, and hides nothing of the others.
func TestValidateReportsBesidesWhatIsUnreadable(t *testing.T) {
	bad, empty := validateFile(t, "bad.yaml", badOffice), validateFile(t, "empty.yaml", emptyOffice)
	missing := filepath.Join(t.TempDir(), "no-such.yaml")
	by := madeUp(nil, objection(roles.Error, "bram", "", "found."))
	got := validateBy(t, by, "", devries, bad, missing, t.TempDir(), empty)
	if got.code != exitUnusable {
		t.Errorf("exit %d", got.code)
	}
	for _, says := range []string{
		bad + ":1:10: found the number 2, expected the number 1\n", bad + ":2:9: ",
		missing + ": cannot be read: no such file or directory\n", ": cannot be read: is a directory\n",
	} {
		if !strings.Contains(got.errors, says) {
			t.Errorf("stderr does not say %q:\n%s", says, got.errors)
		}
	}
	if n := strings.Count(got.errors, "\n"); n != 4 {
		t.Errorf("stderr has %d lines:\n%s", n, got.errors)
	}
	want := devries + ":68: error S4: found.\n  source   ISO/IEC 27001 A.5.3\n\n" + empty + ":2: error S4: found.\n  source   ISO/IEC 27001 A.5.3\n\n" +
		"errors: 2, warnings: 0, advice: 0, acknowledged: 0, unreadable files: 3\n"
	if line := lineOfEntry(t, devries, "bram"); got.out != strings.Replace(want, ":68:", fmt.Sprintf(":%d:", line), 1) {
		t.Errorf("stdout has\n%s", got.out)
	}
}

func TestValidateReadsStandardInput(t *testing.T) {
	by := madeUp(nil, objection(roles.Error, "bram", "", "found."))
	text, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	line := lineOfEntry(t, devries, "bram")
	got := validateBy(t, by, string(text), "-")
	if want := fmt.Sprintf("-:%d: error S4: found.\n", line); got.code != exitNo || !strings.HasPrefix(got.out, want) {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.errors)
	}
	if got := validateBy(t, by, "\x00", "-"); got.code != exitUnusable || !strings.HasPrefix(got.errors, "-:1:1: ") {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.errors)
	}
}

func TestValidateLooksAtAFileOnce(t *testing.T) {
	by := madeUp(nil, objection(roles.Error, "", "", "found."))
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"office.yaml", "-"} {
		if err := os.WriteFile(name, []byte(emptyOffice), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := validateBy(t, by, emptyOffice, "office.yaml", "./office.yaml", "-", "./-", "office.yaml", "-", "x/../office.yaml")
	if n := strings.Count(got.out, "found."); n != 3 || got.code != exitNo {
		t.Errorf("exit %d, %d files\n%s%s", got.code, n, got.out, got.errors)
	}
}

func TestValidateOfAnEmptyOffice(t *testing.T) {
	empty := validateFile(t, "empty.yaml", emptyOffice)
	const none = `{"errors":[],"findings":[],"acknowledgements_unmet":[],"acknowledgements_expired":[]}` + "\n"
	for format, want := range map[string]string{
		"text": "errors: 0, warnings: 0, advice: 0, acknowledged: 0, unreadable files: 0\n", "json": none, "sarif": `"results":[]`,
	} {
		got := validateBy(t, madeUp(nil), "", empty, "--format", format, "--fail-on", "advice")
		if got.code != exitYes || !strings.Contains(got.out, want) || got.errors != "" {
			t.Errorf("--format %s: exit %d\n%s%s", format, got.code, got.out, got.errors)
		}
	}
}

// full is an output that takes so many bytes and no more.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	n := min(len(p), f.room)
	f.room -= n
	if n < len(p) {
		return n, io.ErrClosedPipe
	}
	return n, nil
}

func TestValidateSaysThatItCouldNotWrite(t *testing.T) {
	for _, format := range []string{"text", "json", "sarif"} {
		for _, room := range []int{0, 10} {
			var problems bytes.Buffer
			p := program{in: strings.NewReader(""), out: &full{room}, problems: &problems, now: now}
			code := p.validateCode(madeUp(nil), []string{devries, "--format", format})
			if code != exitUnusable || problems.String() != "cannot write the report: io: read/write on closed pipe\n" {
				t.Errorf("--format %s with room for %d: exit %d, %q", format, room, code, problems.String())
			}
		}
	}
}

func TestWhatCouldNotBeValidated(t *testing.T) {
	for args, says := range map[string]string{
		"":                               "requires at least 1 arg(s)",
		devries + " --format xml":        `--format: found "xml", expected one of text, json, sarif`,
		devries + " --format JSON":       `--format: found "JSON"`,
		devries + " --fail-on nothing":   `--fail-on: found "nothing", expected one of error, warning, advice`,
		devries + " --at noon":           `--at: found "noon", expected a moment`,
		devries + " --lang de":           "--lang: found ",
		devries + " --colour":            "unknown flag: --colour",
		"no-such.yaml --format sarif":    "no-such.yaml: cannot be read: no such file or directory",
		devries + "\x00 --format json":   "cannot be read: invalid argument",
		devries + " --fail-on=error,bad": `--fail-on: found "error,bad"`,
	} {
		got := validateBy(t, madeUp(nil), "", strings.Fields(args)...)
		if got.code != exitUnusable || !strings.Contains(got.errors, says) {
			t.Errorf("mandaat validate %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

// The moment is that of the clock, or that of --at.
func TestValidateLooksAtAMoment(t *testing.T) {
	for at, want := range map[string]time.Time{"": now(), "2027-07-01T09:00:00Z": time.Date(2027, 7, 1, 9, 0, 0, 0, time.UTC)} {
		var found time.Time
		by := auditor{madeUpRules, func(_ *officefile.File, at time.Time) ([]auditedFinding, []review.Acknowledgement) {
			found = at
			return nil, nil
		}}
		args := []string{devries}
		if at != "" {
			args = append(args, "--at", at)
		}
		if got := validateBy(t, by, "", args...); got.code != exitYes || !found.Equal(want) {
			t.Errorf("--at %q: exit %d, looked at %s", at, got.code, found)
		}
	}
}

func TestValidateTellsATerminalWhatTakesItsTime(t *testing.T) {
	var terminal, out bytes.Buffer
	p := program{in: strings.NewReader(""), out: &out, problems: io.Discard, now: now, progress: progress{&terminal, time.Millisecond}}
	by := auditor{madeUpRules, func(*officefile.File, time.Time) ([]auditedFinding, []review.Acknowledgement) {
		time.Sleep(50 * time.Millisecond)
		return nil, nil
	}}
	if code := p.validateCode(by, []string{devries}); code != exitYes || !strings.Contains(terminal.String(), "reviewing "+devries) {
		t.Errorf("exit %d, and the terminal shows %q", code, terminal.String())
	}
}

func TestHelpOfValidate(t *testing.T) {
	got := runWith("", "validate", "--help")
	for _, says := range []string{"Usage:", "mandaat validate office.yaml --format sarif", "--fail-on", "json or sarif"} {
		if got.code != exitYes || !strings.Contains(got.out, says) {
			t.Errorf("exit %d, and help does not say %q\n%s", got.code, says, got.out)
		}
	}
	for line := range strings.Lines(got.out) {
		if len(line) > 81 && !strings.HasPrefix(line, "      --") && !strings.Contains(line, "jq") {
			t.Errorf("help has a line of %d: %s", len(line), line)
		}
	}
}
