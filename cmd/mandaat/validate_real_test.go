package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
)

// validateIn runs the real command in a directory.
func validateIn(t *testing.T, dir string, args ...string) result {
	t.Helper()
	t.Chdir(dir)
	return validateBy(t, reviewed, "", args...)
}

const theRoot = "../.."

// What the command prints of the example offices, to the letter.
func TestReportsOfTheExamples(t *testing.T) {
	golden, err := filepath.Abs("testdata/validate")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	t.Chdir(theRoot)
	for _, office := range []string{"office", "review"} {
		for _, lang := range []string{"en", "nl"} {
			for _, format := range []string{"text", "json", "sarif"} {
				got := validateBy(t, reviewed, "", "examples/devries/"+office+".yaml", "--lang", lang, "--format", format)
				if want := map[string]int{"office": exitYes, "review": exitNo}[office]; got.code != want || got.errors != "" {
					t.Errorf("%s in %s: exit %d, expected %d\n%s", office, lang, got.code, want, got.errors)
				}
				compareGolden(t, filepath.Join(golden, strings.Join([]string{office, lang, format}, ".")), got.out)
				compared++
			}
		}
	}
	if files, err := filepath.Glob(filepath.Join(golden, "*")); err != nil || len(files) != compared {
		t.Errorf("%d files in %s, and %d reports: %v", len(files), golden, compared, err)
	}
}

// compareGolden compares a report with the one in a file, laid out to be read and
// without the hash of the policy.
func compareGolden(t *testing.T, name, report string) {
	t.Helper()
	report = strings.ReplaceAll(report, policy.Hash(), "sha256:...")
	if strings.HasPrefix(report, "{") {
		var laidOut strings.Builder
		var value json.RawMessage = []byte(report)
		to := json.NewEncoder(&laidOut)
		to.SetEscapeHTML(false)
		to.SetIndent("", "  ")
		if err := to.Encode(value); err != nil || strings.Count(report, "\n") != 1 {
			t.Fatalf("%v\n%s", err, report)
		}
		report = laidOut.String()
	}
	if *update {
		if err := os.WriteFile(name, []byte(report), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(name); err != nil || string(want) != report {
		t.Errorf("%s does not hold what is printed (run go test ./cmd/mandaat -update): %v\n%s", name, err, report)
	}
}

// Several files are told of in one report, in their order.
func TestOneReportOfSeveralFiles(t *testing.T) {
	bad := validateFile(t, "bad.yaml", badOffice)
	files := []string{"examples/devries/review.yaml", bad, "examples/devries/office.yaml"}
	got := validateIn(t, theRoot, append(files, "--format", "json")...)
	r := jsonOf(t, got.out)
	if got.code != exitUnusable || len(r.Errors) != 2 {
		t.Fatalf("exit %d\n%s", got.code, got.out)
	}
	var order []string
	for _, f := range r.Findings {
		order = append(order, f.File)
	}
	if !slices.Equal(slices.Compact(order), []string{files[0], files[2]}) || len(r.Unmet) != 1 || len(r.Expired) != 1 {
		t.Errorf("findings of %q\n%s", slices.Compact(order), got.out)
	}
}

// The three levels of the example decide its exit code; what is acknowledged does not.
func TestWhatTheExampleFailsOn(t *testing.T) {
	t.Chdir(theRoot)
	for _, c := range []struct {
		args string
		code int
	}{
		{"", exitYes}, {"--fail-on error", exitYes}, {"--fail-on warning", exitNo}, {"--fail-on advice", exitNo},
	} {
		args := append([]string{"examples/devries/office.yaml"}, strings.Fields(c.args)...)
		if got := validateBy(t, reviewed, "", args...); got.code != c.code {
			t.Errorf("%s: exit %d, expected %d", c.args, got.code, c.code)
		}
	}
}

// onlyOne is an office whose one finding is that it has one active Super user.
const onlyOne = `version: 1
office: {code: a, name: b, time_zone: Europe/Amsterdam}
users:
  - {id: rosa, username: rosa, email: rosa@x.example, roles: [super_user], companies: []}
acknowledged:
`

// An acknowledgement holds through its last day, in the office's zone; then its
// finding counts again, and it is told that it has expired.
func TestAcknowledgementsFromBeginningToEnd(t *testing.T) {
	const rosa = "{finding: O2, user: rosa, reason: for now, until: 2026-11-22}"
	for _, c := range []struct {
		name, acknowledged, at string
		code                   int
		says                   string
	}{
		{"none", "", "2026-11-22T09:00:00Z", exitNo, "warnings: 1, advice: 0, acknowledged: 0"},
		{"today", rosa, "2026-11-22T22:59:59Z", exitYes, "accepted until 2026-11-22: for now"},
		{"over", rosa, "2026-11-22T23:00:00Z", exitNo, "The acknowledgement of O2 (rosa) held until 2026-11-22"},
		{"over, and counted", rosa, "2026-11-22T23:00:00Z", exitNo, "warnings: 1, advice: 0, acknowledged: 0"},
		{"another rule", strings.Replace(rosa, "O2", "O1", 1), "2026-11-22T09:00:00Z", exitNo, "The acknowledgement of O1 (rosa) meets no finding."},
		{"of the office", strings.Replace(rosa, "user: rosa, ", "", 1), "2026-11-22T09:00:00Z", exitYes, "accepted until 2026-11-22: for now"},
		{"another rule, of nobody", "{finding: O1, reason: for now, until: 2026-11-22}", "2026-11-22T09:00:00Z", exitNo, "The acknowledgement of O1 meets no finding."},
		{"unmet and over", strings.Replace(rosa, "O2", "O1", 1), "2027-01-01T09:00:00Z", exitNo, "The acknowledgement of O1 (rosa) meets no finding."},
		{"one of two over", rosa + ", " + strings.Replace(rosa, "2026", "2027", 1), "2026-12-01T09:00:00Z", exitYes, "held until 2026-11-22 and changes nothing any more."},
	} {
		file := validateFile(t, "office.yaml", onlyOne+"  ["+c.acknowledged+"]\n")
		got := validateBy(t, reviewed, "", file, "--fail-on", "warning", "--at", c.at)
		if flat := strings.ReplaceAll(got.out, "\n    ", " "); got.code != c.code || !strings.Contains(got.out+flat, c.says) {
			t.Errorf("%s: exit %d, expected %d and %q\n%s%s", c.name, got.code, c.code, c.says, got.out, got.errors)
		}
	}
}

// Acknowledgements that change nothing are told with their lines, in each format.
func TestAcknowledgementsThatChangeNothing(t *testing.T) {
	got := validateIn(t, theRoot, "examples/devries/review.yaml", "--format", "sarif")
	text := validateBy(t, reviewed, "", "examples/devries/review.yaml").out
	told := sarifOf(t, got.out).Invocations[0].Notifications
	for _, n := range told {
		line := fmt.Sprintf("review.yaml:%d: ", n.Locations[0].Physical.Region.StartLine)
		if flat := strings.ReplaceAll(text, "\n    ", " "); n.Level != "note" || !strings.Contains(flat, line+n.Message.Text) {
			t.Errorf("the text does not say %s%s", line, n.Message.Text)
		}
	}
	if len(told) != 2 {
		t.Errorf("%d notifications", len(told))
	}
}

// Every rule is in the report, with a title in both languages, and every result of
// the example points at its own.
func TestSARIFHasEveryRule(t *testing.T) {
	titles := map[string]int{}
	for _, lang := range []string{"en", "nl"} {
		run := sarifOf(t, validateBy(t, reviewed, "", devries, "--format", "sarif", "--lang", lang).out)
		i := 0
		for rule := range review.Rules() {
			found := run.Tool.Driver.Rules[i]
			if found.ID != rule.ID || found.Default.Level != sarifLevels[rule.Level] || !strings.Contains(found.Help.Text, rule.Source) {
				t.Errorf("%+v is told as %+v", rule, found)
			}
			titles[found.ShortDescription.Text]++
			i++
		}
		if i != 30 || len(run.Tool.Driver.Rules) != 31 {
			t.Errorf("%d rules, and %d in the report", i, len(run.Tool.Driver.Rules))
		}
		for _, r := range run.Results {
			if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
				t.Errorf("%+v points at %s", r, run.Tool.Driver.Rules[r.RuleIndex].ID)
			}
		}
	}
	if len(titles) != 60 {
		t.Errorf("%d titles in two languages, expected 60", len(titles))
	}
}

// Whatever users are called, each finding about them names their line, in each format.
func TestHostileIDsFromFileToReport(t *testing.T) {
	ids := []string{`"`, `\`, "a b", "a  b", "{0}", "[x](1)", "</script>", "é", "𝄞", "\u202e", "#", "- ", "%20", "null", "${HOME}", "'"}
	text := "version: 1\noffice: {code: a, name: b, time_zone: UTC}\nusers:\n"
	lines := map[string]int{}
	for i, id := range ids {
		lines[id] = 4 + 2*i
		text += fmt.Sprintf("  - {id: %q, username: u%d, email: u%d@x.example,\n    roles: [], companies: []}\n", id, i, i)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("office.yaml", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	plain, asSARIF := validateBy(t, reviewed, "", "office.yaml").out, validateBy(t, reviewed, "", "office.yaml", "--format", "sarif").out
	results, found := sarifOf(t, asSARIF).Results, 0
	for i, f := range jsonOf(t, validateBy(t, reviewed, "", "office.yaml", "--format", "json").out).Findings {
		if f.ID != "R3" {
			continue
		}
		found++
		if f.Line != lines[string(f.User)] || f.Column != 5 || results[i].Locations[0].Physical.Region.StartLine != f.Line ||
			!strings.Contains(plain, fmt.Sprintf("office.yaml:%d: error R3: %s ", f.Line, f.User)) {
			t.Errorf("%+v is not said to be on line %d everywhere: %+v\n%s", f, lines[string(f.User)], results[i], plain)
		}
	}
	if found != len(ids) {
		t.Errorf("%d users have no role, and %d are found", len(ids), found)
	}
}

func jsonOf(t *testing.T, report string) (r auditJSON) {
	t.Helper()
	if err := json.Unmarshal([]byte(report), &r); err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
	return r
}
