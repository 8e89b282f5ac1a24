package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"strings"

	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
)

// testedJSON is results for programs, as `test --format json` prints them.
type testedJSON struct {
	Passed    int            `json:"passed"`
	Failed    int            `json:"failed"`
	Scenarios []scenarioJSON `json:"scenarios"`
	// Coverage is by rules, facts, codes, actions, roles and wrong_policies, as far as
	// it was asked for.
	Coverage map[string]coverageJSON `json:"coverage,omitempty"`
}

type coverageJSON struct {
	All     int      `json:"all"`
	Covered int      `json:"covered"`
	Percent float64  `json:"percent"`
	Left    []string `json:"left"`
}

type scenarioJSON struct {
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Name     string        `json:"name"`
	Passed   bool          `json:"passed"`
	Failures []failureJSON `json:"failures"`
}

type failureJSON struct {
	Line     int             `json:"line"`
	Column   int             `json:"column"`
	Message  string          `json:"message"`
	Code     string          `json:"code,omitempty"`
	Reason   string          `json:"reason,omitempty"`
	Rules    []policy.RuleID `json:"rules"`
	Source   string          `json:"source,omitempty"`
	Smallest []string        `json:"smallest"` // changes, as why-not has them
	By       []string        `json:"by"`
}

func (t testPrinter) json(done *tested) (string, error) {
	report := testedJSON{
		Passed: len(done.results) - done.failed, Failed: done.failed, Scenarios: make([]scenarioJSON, len(done.results)),
	}
	for i := range done.results {
		r := &done.results[i]
		report.Scenarios[i] = scenarioJSON{r.File, r.Line, r.Name, r.Passed(), make([]failureJSON, len(r.Failures))}
		for j := range r.Failures {
			report.Scenarios[i].Failures[j] = t.failureJSON(&r.Failures[j])
		}
	}
	for _, part := range done.parts() {
		if report.Coverage == nil {
			report.Coverage = make(map[string]coverageJSON)
		}
		c := coverageJSON{part.All, part.Covered(), part.Percent(), []string{}}
		for _, item := range part.Left {
			c.Left = append(c.Left, item.Name)
		}
		report.Coverage[part.name] = c
	}
	return oneLine(report)
}

func (t testPrinter) failureJSON(f *scenarios.Failure) failureJSON {
	j := failureJSON{
		Line: f.Line, Column: f.Column, Message: f.Message(t.Language),
		Rules: []policy.RuleID{}, Smallest: []string{}, By: []string{},
	}
	if e, ok := f.Explanation(t.Reader); ok {
		j.Code, j.Reason, j.Source = e.Code().String(), e.Reason, e.Source
		for _, near := range e.Near {
			j.Rules = append(j.Rules, near.Rule)
		}
	}
	for i, refusal := range f.Refusals() {
		if i == 0 {
			j.Code, j.Reason, j.Source = refusal.Code, refusal.Reason(t.Reader), refusal.Source
			j.Rules = append(j.Rules, refusal.Rules...)
		}
	}
	if remedy, ok := f.Smallest(); ok {
		j.Smallest = texts(remedy.Changes)
		for _, id := range remedy.By {
			j.By = append(j.By, string(id))
		}
	}
	return j
}

// The elements of a JUnit report, no more of them than its strictest readers know: the
// schema that Jenkins holds reports to.
type (
	junitReport struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		File     string      `xml:"file,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`

		took float64
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",cdata"`
	}
)

// junit is results as a JUnit report: a testsuite for each file.
func (t testPrinter) junit(done *tested) (string, error) {
	report, took := junitReport{Name: "mandaat test", Tests: len(done.results)}, 0.0
	for i := range done.results {
		r := &done.results[i]
		if n := len(report.Suites); n == 0 || report.Suites[n-1].Name != printable(r.File) {
			report.Suites = append(report.Suites, junitSuite{Name: printable(r.File), File: printable(r.File)})
		}
		suite := &report.Suites[len(report.Suites)-1]
		c := junitCase{Class: suite.Name, Name: printable(r.Name), Time: seconds(r.Took.Seconds())}
		if !r.Passed() {
			suite.Failures++
			report.Failures++
			c.Failure = &junitFailure{printable(r.Failures[0].Message(t.Language)), "failure", t.failureText(r)}
		}
		suite.Tests++
		suite.took += r.Took.Seconds()
		took += r.Took.Seconds()
		suite.Time = seconds(suite.took)
		suite.Cases = append(suite.Cases, c)
	}
	report.Time = seconds(took)
	text, err := xml.MarshalIndent(report, "", "  ")
	return xml.Header + string(text) + "\n", err
}

// writeJUnit writes results as a JUnit report, in English, to a file.
func writeJUnit(name string, done *tested) error {
	text, err := testPrinter{Reader: policy.Reader{Audience: policy.Staff}}.junit(done)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		return fmt.Errorf("--junit-file: %w", err)
	}
	return nil
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }

// failureText is all that is to be said of a scenario that failed.
func (t testPrinter) failureText(r *scenarios.Result) string {
	var b sheet
	t.failed(&b, r)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// tap is results in the Test Anything Protocol, version 13: there are readers that know
// no later one, and nothing here needs it.
func (t testPrinter) tap(done *tested) (string, error) {
	var b strings.Builder
	b.WriteString("TAP version 13\n")
	fmt.Fprintf(&b, "1..%d\n", len(done.results))
	for i := range done.results {
		r := &done.results[i]
		status := "ok"
		if !r.Passed() {
			status = "not ok"
		}
		fmt.Fprintf(&b, "%s %d - %s\n", status, i+1, tapEscaped(printable(r.Name)))
		for j := range r.Failures {
			t.diagnosis(&b, r, &r.Failures[j])
		}
	}
	return b.String(), nil
}

// tapEscaped is a description in which nothing is a directive.
func tapEscaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(text)
}

// diagnosis prints a failure as comments, which readers of TAP pass on to people.
func (t testPrinter) diagnosis(b *strings.Builder, r *scenarios.Result, f *scenarios.Failure) {
	fmt.Fprintf(b, "# %s\n", printable(fmt.Sprintf("%s:%d: %s", r.File, f.Line, f.Message(t.Language))))
	for _, detail := range f.Details(t.Reader) {
		fmt.Fprintf(b, "#   %s: %s\n", detail.Label.In(t.Language), printable(detail.Text))
	}
}
