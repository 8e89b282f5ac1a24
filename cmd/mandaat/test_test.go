package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scenarioOffice is a small office, which the suites of these tests have inline.
const scenarioOffice = `office:
  office: {code: o, name: Office, time_zone: Europe/Amsterdam}
  accounting_systems: [{id: s, name: S, connection: disconnected, synchronisation_user: rosa}]
  companies: [{id: bakery, name: Bakery, accounting_system: s, authorisation_workflow: true, payment_agreement: false}]
  users:
    - {id: rosa, username: rosa, email: rosa@office.example, roles: [super_user], companies: all}
    - {id: carla, username: carla, email: carla@office.example, roles: [client_user], companies: [bakery]}
    - {id: anna, username: anna, email: anna@office.example, roles: [authoriser], companies: [bakery]}
  documents:
    - {id: inv-1, company: bakery, delivered_by: carla, stage: tagging}
scenarios:
`

const (
	scenarioGood = "  - name: Carla tags\n    can: [[carla, document.tag, 'document:inv-1']]\n"
	scenarioBad  = "  - name: Anna tags\n    can: [[anna, document.tag, 'document:inv-1']]\n"
)

// scenarioFiles writes files into a new directory, which becomes the working one.
func scenarioFiles(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// summary is the last line of an output.
func summary(out string) string {
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	return lines[len(lines)-1]
}

func TestScenariosExitCodeAndSummary(t *testing.T) {
	scenarioFiles(t, map[string]string{
		"good.scenarios.yaml":        scenarioOffice + scenarioGood,
		"fails.yaml":                 scenarioOffice + scenarioGood + scenarioBad,
		"dir/b.scenarios.yml":        scenarioOffice + scenarioGood + scenarioGood,
		"dir/below/a.scenarios.json": `{"office": "../../office.yaml", "scenarios": [{"name": "x", "can": [["rosa", "office.view_settings", "office:p"]]}]}`,
		"office.yaml":                "version: 1\noffice: {code: p, name: P, time_zone: UTC}\nusers: [{id: rosa, username: rosa, email: r@x.example, roles: [super_user], companies: []}]\n",
		"dir/other.yaml":             "this is no scenario file: [",
		"refused.yaml":               scenarioOffice + "  - name: x\n    given: [[carla, user.delete, {user: anna}]]\n    can: [[rosa, user.view, 'user:anna']]\n",
		"nothing/readme.txt":         "",
	})
	if err := os.Symlink("dir", "link"); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]struct {
		code int
		last string
	}{
		"good.scenarios.yaml": {exitYes, "1 passed, 0 failed"},
		"fails.yaml":          {exitNo, "1 passed, 1 failed"},
		"refused.yaml":        {exitNo, "0 passed, 1 failed"},
		".":                   {exitYes, "4 passed, 0 failed"},
		"...":                 {exitYes, "4 passed, 0 failed"},
		"./...":               {exitYes, "4 passed, 0 failed"},
		"dir/...":             {exitYes, "3 passed, 0 failed"},
		"dir/below":           {exitYes, "1 passed, 0 failed"},
		"link":                {exitYes, "3 passed, 0 failed"},
		"dir ./dir dir/b.scenarios.yml dir/../dir": {exitYes, "3 passed, 0 failed"},
		"fails.yaml dir":                                     {exitNo, "4 passed, 1 failed"},
		"fails.yaml --run Carla":                             {exitYes, "1 passed, 0 failed"},
		"fails.yaml --run ^Anna":                             {exitNo, "0 passed, 1 failed"},
		"fails.yaml --run tags$ --parallel 1":                {exitNo, "1 passed, 1 failed"},
		"fails.yaml --verbose":                               {exitNo, "1 passed, 1 failed"},
		"fails.yaml --lang nl":                               {exitNo, "1 passed, 1 failed"},
		"good.scenarios.yaml --coverage --mutate":            {exitYes, "1 passed, 0 failed"},
		"good.scenarios.yaml --fail-under 99":                {exitNo, "1 passed, 0 failed"},
		"good.scenarios.yaml --coverage --fail-under 0.0001": {exitNo, "1 passed, 0 failed"}, // no code is covered
		"good.scenarios.yaml --mutate --fail-under 0.0001":   {exitYes, "1 passed, 0 failed"},
	} {
		if got := runWith("", append([]string{"test"}, strings.Fields(args)...)...); got.code != want.code || summary(got.out) != want.last || got.errors != "" {
			t.Errorf("mandaat test %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
	for _, args := range []string{"-", "- -", "good.scenarios.yaml -"} {
		got := runWith(scenarioOffice+scenarioBad, append([]string{"test"}, strings.Fields(args)...)...)
		if got.code != exitNo || !strings.HasSuffix(summary(got.out), "1 failed") || !strings.Contains(got.out, "      -:13: anna") {
			t.Errorf("mandaat test %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

// Nothing is run where anything cannot be used.
func TestScenariosThatCannotBeUsed(t *testing.T) {
	scenarioFiles(t, map[string]string{
		"good.scenarios.yaml":  scenarioOffice + scenarioGood + scenarioBad,
		"bad/a.scenarios.yaml": scenarioOffice + strings.Replace(scenarioGood, "carla,", "karla,", 1),
		"bad/b.scenarios.yaml": scenarioOffice + "  - name: And so on\n",
		"empty/x.txt":          "",
		"stdin.yaml":           "office: '-'\nscenarios:\n" + scenarioGood,
	})
	for args, says := range map[string]string{
		"":                                        "requires at least 1 arg(s)",
		"nowhere":                                 "nowhere: no such file",
		"empty":                                   "empty: no scenarios: found no file named *.scenarios.yaml in this directory, nor below it",
		"bad":                                     `bad/a.scenarios.yaml:13:12: found "karla", expected a user of this office, perhaps carla`,
		"good.scenarios.yaml bad":                 `bad/b.scenarios.yaml:12:5: found a scenario that expects nothing`,
		"good.scenarios.yaml nowhere.yaml":        "nowhere.yaml: no such file",
		"good.scenarios.yaml --run Bob":           `--run: none of 2 scenarios is named like "Bob", expected one or more`,
		"good.scenarios.yaml --run (":             `--run: found "(", expected a regular expression`,
		"good.scenarios.yaml --at noon":           `--at: found "noon", expected a moment`,
		"good.scenarios.yaml --format xml":        `--format: found "xml", expected text, json, junit or tap`,
		"good.scenarios.yaml --lang fr":           `--lang: found "fr", expected one of en, nl`,
		"good.scenarios.yaml --parallel -1":       `--parallel: found -1, expected 1 or more`,
		"good.scenarios.yaml --parallel x":        `invalid argument "x"`,
		"good.scenarios.yaml --fail-under 101":    `--fail-under: found 101, expected a percentage from 0 to 100`,
		"good.scenarios.yaml --fail-under -1":     `--fail-under: found -1, expected`,
		"good.scenarios.yaml --fail-under NaN":    `--fail-under: found NaN, expected`,
		"good.scenarios.yaml --colour":            "unknown flag: --colour",
		"stdin.yaml":                              `stdin.yaml:1:9: found "-" (`,
		"good.scenarios.yaml --junit-file no/x.x": "--junit-file: ",
	} {
		got := runWith(scenarioOffice+scenarioGood, append([]string{"test"}, strings.Fields(args)...)...)
		if got.code != exitUnusable || !strings.Contains(got.errors, says) || got.out != "" {
			t.Errorf("mandaat test %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

// A failure is readable on a narrow screen, in either language.
func TestScenariosFitOnAScreen(t *testing.T) {
	long := strings.Repeat("name and ", 20)
	scenarioFiles(t, map[string]string{
		"a.scenarios.yaml": scenarioOffice + scenarioBad + "  - name: " + long + "\n    given: [[carla, user.delete, {user: anna}]]\n    no_findings: [{user: carla}, {level: error}, {id: O5}]\n" +
			"    tables: [{actions: [document.tag, document.view], resources: ['document:inv-1'], can: none}]\n",
	})
	for _, lang := range []string{"en", "nl"} {
		got := runWith("", "test", ".", "--coverage", "--mutate", "--lang", lang)
		if got.code != exitNo || len(got.out) < 2000 {
			t.Fatalf("exit %d\n%s%s", got.code, got.out, got.errors)
		}
		for line := range strings.Lines(got.out) {
			if columns(strings.TrimSuffix(line, "\n")) > sheetWidth {
				t.Errorf("more than %d columns: %s", sheetWidth, line)
			}
		}
	}
}

// However many run at a time, everything is printed in the order of the files.
func TestScenariosArePrintedInOrder(t *testing.T) {
	var text strings.Builder
	text.WriteString(scenarioOffice)
	for i := range 300 {
		who := [...]string{"carla", "anna"}[i%2]
		fmt.Fprintf(&text, "  - {name: scenario %d, can: [[%s, document.tag, 'document:inv-1']]}\n", i, who)
	}
	scenarioFiles(t, map[string]string{"a.scenarios.yaml": text.String(), "b.scenarios.yaml": text.String()})
	for _, format := range []string{"text", "json", "tap"} {
		want := runWith("", "test", ".", "-v", "--parallel", "1", "--format", format)
		for _, n := range []string{"0", "2", "7", "1000"} {
			if got := runWith("", "test", ".", "-v", "--parallel", n, "--format", format); got != want || got.code != exitNo {
				t.Errorf("--parallel %s --format %s prints otherwise than one at a time", n, format)
			}
		}
		if at := strings.Index(want.out, "scenario 41"); at < 0 || strings.Index(want.out, "scenario 42") < at {
			t.Errorf("--format %s is not in order:\n%.2000s", format, want.out)
		}
	}
}
