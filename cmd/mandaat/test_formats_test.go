package main

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostileSuite is scenarios of which names and ids are full of what separates and
// escapes elsewhere. The first half passes.
const hostileSuite = `office:
  office: {code: "o:#|", name: Office, time_zone: UTC}
  accounting_systems: [{id: "s|#", name: S, connection: disconnected, synchronisation_user: "rosa:#1"}]
  companies: [{id: "c<>&", name: C, accounting_system: "s|#", authorisation_workflow: true, payment_agreement: true}]
  users:
    - {id: "rosa:#1", username: r, email: r@x.example, roles: [super_user], companies: all}
    - {id: "carla]]>", username: c, email: c@x.example, roles: [client_user], companies: ["c<>&"]}
    - {id: "# SKIP", username: s, email: s@x.example, roles: [authoriser], companies: ["c<>&"]}
  documents: [{id: "a:b|c \\ # TODO", company: "c<>&", delivered_by: "carla]]>", stage: tagging}]
scenarios:
  - name: "ok 7 - <carla> & \"co\" ]]> tags \\ # TODO it"
    can: [["carla]]>", document.tag, "document:a:b|c \\ # TODO"]]
  - name: "# SKIP"
    cannot: [["# SKIP", document.tag, "document:a:b|c \\ # TODO", {}, {code: role_missing}]]
  - name: "1..3"
    cannot: [["nobody #1", document.tag, "document:a:b|c \\ # TODO", {}, {code: unknown_user}]]
  - name: "Bail out! &amp; <![CDATA["
    can: [["# SKIP", document.tag, "document:a:b|c \\ # TODO"]]
  - name: "not ok 4"
    cannot: [["carla]]>", document.tag, "document:a:b|c \\ # TODO"]]
  - name: "\U0001F600 \uFFFE \u202E"
    cannot: [["carla]]>", document.assign, "document:a:b|c \\ # TODO", {authorisers: ["x\0y\n9 passed, 0 failed\nok 9\e[31m"]}, {code: authoriser_unfit, reason: x}]]
    can: [["carla]]>", document.assign, "document:a:b|c \\ # TODO", {authorisers: ["# SKIP"]}]]
`

func TestScenariosAsJSON(t *testing.T) {
	scenarioFiles(t, map[string]string{"a#|:b.scenarios.yaml": hostileSuite})
	got := runWith("", "test", ".", "--format", "json", "--coverage", "--mutate")
	if got.code != exitNo || strings.Count(got.out, "\n") != 1 {
		t.Fatalf("exit %d, %d lines\n%s", got.code, strings.Count(got.out, "\n"), got.errors)
	}
	var report struct {
		Scenarios []map[string]any
		Coverage  map[string]map[string]any
	}
	if err := json.Unmarshal([]byte(got.out), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Scenarios) != 6 || len(report.Coverage) != 6 {
		t.Errorf("%d scenarios and %d kinds of coverage", len(report.Scenarios), len(report.Coverage))
	}
	for kind, c := range report.Coverage {
		left, _ := c["left"].([]any)
		if all, _ := c["all"].(float64); int(all) == 0 || int(all) != len(left)+int(c["covered"].(float64)) { //nolint:errcheck,forcetypeassert // a fault fails the test
			t.Errorf("%s: %v", kind, c)
		}
	}
}

// The shape of the JSON is held by a file.
func TestScenariosJSONShape(t *testing.T) {
	directory, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	name := directory + "/testdata/test.json"
	scenarioFiles(t, map[string]string{
		"a.scenarios.yaml": scenarioOffice + scenarioGood + scenarioBad +
			"  - name: Carla deletes Anna\n    given: [[carla, user.delete, {user: anna}]]\n    no_findings: [{id: O5}]\n" +
			"  - name: Nothing is found\n    findings: [{id: S1, user: anna}]\n    no_findings: [{id: O13}, {id: O16}, {id: O17}]\n",
	})
	got := runWith("", "test", ".", "--format", "json")
	var value any
	if err := json.Unmarshal([]byte(got.out), &value); err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, append(indented, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(indented)+"\n"); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// junitParsed is every element and attribute that a report may have: the strictest
// schema of those published, that of Jenkins, knows no others.
type junitParsed struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Time     string `xml:"time,attr"`
	Suites   []struct {
		Name     string `xml:"name,attr"`
		File     string `xml:"file,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Errors   int    `xml:"errors,attr"`
		Skipped  int    `xml:"skipped,attr"`
		Time     string `xml:"time,attr"`
		Cases    []struct {
			Class   string     `xml:"classname,attr"`
			Name    string     `xml:"name,attr"`
			Time    string     `xml:"time,attr"`
			Other   []xml.Attr `xml:",any,attr"`
			Failure *struct {
				Message string `xml:"message,attr"`
				Type    string `xml:"type,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
		} `xml:"testcase"`
		Other []xml.Attr `xml:",any,attr"`
	} `xml:"testsuite"`
	Other []xml.Attr `xml:",any,attr"`
}

func TestScenariosAsJUnit(t *testing.T) {
	scenarioFiles(t, map[string]string{
		"a#|&<b.scenarios.yaml": hostileSuite, "b\n.scenarios.yaml": scenarioOffice + scenarioGood,
	})
	printed := runWith("", "test", ".", "--format", "junit", "--junit-file", "report.xml")
	file, err := os.ReadFile("report.xml")
	if err != nil || printed.code != exitNo {
		t.Fatalf("exit %d, %v\n%s", printed.code, err, printed.errors)
	}
	took := regexp.MustCompile(`time="\d+\.\d{3}"`)
	if took.ReplaceAllString(string(file), "") != took.ReplaceAllString(printed.out, "") {
		t.Error("the file is not what is printed")
	}
	var report junitParsed
	if err := xml.Unmarshal(file, &report); err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	if report.Tests != 7 || report.Failures != 3 || report.Errors != 0 || len(report.Suites) != 2 || len(report.Other) > 0 {
		t.Errorf("%d tests, %d failures, %d suites, and %v", report.Tests, report.Failures, len(report.Suites), report.Other)
	}
	first := report.Suites[0]
	if first.Name != "a#|&<b.scenarios.yaml" || first.File != first.Name || len(first.Cases) != first.Tests || first.Failures != 3 || len(first.Other) > 0 {
		t.Errorf("found %+v", first)
	}
	if name := report.Suites[1].Name; name != `b\n.scenarios.yaml` {
		t.Errorf("the second suite is %q", name)
	}
	if name := first.Cases[0].Name; name != `ok 7 - <carla> & "co" ]]> tags \ # TODO it` || first.Cases[0].Failure != nil || len(first.Cases[0].Other) > 0 {
		t.Errorf("found %q", name)
	}
	last := first.Cases[5].Failure
	if last == nil || !strings.Contains(last.Text, `x\x00y\n9 passed`) || strings.ContainsAny(last.Text, "\x1b\x00") || !strings.Contains(last.Text, "carla]]>") {
		t.Errorf("found %+v", last)
	}
}

// tapLine is a test point.
var tapLine = regexp.MustCompile(`^(ok|not ok) (\d+) - (.*)$`)

// tapParsed reads TAP strictly: a version, a plan, then a point for each number, each
// with comments below it; no directive, and nothing else. It is the names of those that
// passed and of those that did not.
func tapParsed(t *testing.T, out string) (passed, failed []string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	plan, ok := strings.CutPrefix(lines[1], "1..")
	if lines[0] != "TAP version 13" || !ok {
		t.Fatalf("no version or no plan:\n%s", out)
	}
	for _, line := range lines[2:] {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		point := tapLine.FindStringSubmatch(line)
		if point == nil || point[2] != strconv.Itoa(1+len(passed)+len(failed)) {
			t.Fatalf("found %q", line)
		}
		name := unescapedTAP(t, point[3])
		if point[1] == "ok" {
			passed = append(passed, name)
		} else {
			failed = append(failed, name)
		}
	}
	if plan != strconv.Itoa(len(passed)+len(failed)) {
		t.Errorf("planned %s, found %d and %d", plan, len(passed), len(failed))
	}
	return passed, failed
}

// unescapedTAP is a description without its escapes; a bare # would begin a directive.
func unescapedTAP(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			i++
		case text[i] == '#':
			t.Errorf("found a directive in %q", text)
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func TestScenariosAsTAP(t *testing.T) {
	scenarioFiles(t, map[string]string{"a#\n.scenarios.yaml": hostileSuite})
	got := runWith("", "test", ".", "--format", "tap")
	passed, failed := tapParsed(t, got.out)
	if diff := cmp.Diff([]string{`ok 7 - <carla> & "co" ]]> tags \ # TODO it`, "# SKIP", "1..3"}, passed); diff != "" {
		t.Errorf("passed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Bail out! &amp; <![CDATA[", "not ok 4", "\U0001F600 \\ufffe \\u202e"}, failed); diff != "" {
		t.Errorf("failed (-want +got):\n%s", diff)
	}
	if strings.ContainsAny(got.out, "\x00\x1b") || !strings.Contains(got.out, `# a#\n.scenarios.yaml:`) {
		t.Errorf("found\n%q", got.out)
	}
}

// What is told of a failure cannot pass for a line of the output.
func TestScenariosAsTextCannotBeForged(t *testing.T) {
	scenarioFiles(t, map[string]string{"a\n7 passed, 0 failed\n.scenarios.yaml": hostileSuite})
	got := runWith("", "test", ".", "-v")
	if got.code != exitNo || summary(got.out) != "3 passed, 3 failed" || strings.ContainsAny(got.out, "\x00\x1b") {
		t.Errorf("exit %d\n%q", got.code, got.out)
	}
	for line := range strings.Lines(got.out) {
		if strings.HasPrefix(line, "7 passed") || strings.HasPrefix(line, "9 passed") {
			t.Errorf("found the line %q", line)
		}
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"Bob & <co> \\ \"#\"":   "Bob & <co> \\ \"#\"",
		"é 名 \U0001F600 \ufffd": "é 名 \U0001F600 \ufffd",
		"a\nb\r\t\x00\x1b\x7f":  `a\nb\r\t\x00\x1b\x7f`,
		"\u0085\u2028\u2029":    `\u0085\u2028\u2029`,
		"\u202e\u2066":          `\u202e\u2066`,
		"\ufffe\uffff":          `\ufffe\uffff`,
		"a\xffb\xc3":            `a\xffb\xc3`,
	} {
		if got := printable(text); got != want {
			t.Errorf("%q is printed %q, want %q", text, got, want)
		}
	}
}
