package scenarios_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

const (
	benchScenarios = 10_000
	benchPerFile   = 500
)

// manySuites is scenario files of the example office, 10,000 scenarios in all that
// pass, in the shares of the suite that ships: of forty, one asks for a remedy,
// seventeen ask two questions, ten are given a command or two and then ask, four have a
// table, and of eight that look for findings four are given a command.
func manySuites(tb testing.TB) (read func(string) ([]byte, error), files []string) {
	tb.Helper()
	office, err := os.ReadFile("../../examples/devries/office.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	file, err := officefile.Parse("office.yaml", office)
	if err != nil {
		tb.Fatal(err)
	}
	texts := map[string][]byte{"office.yaml": office}
	m := many{questions(file), rand.New(rand.NewPCG(1, 2))} //nolint:gosec // no secret
	for begin := 0; begin < benchScenarios; begin += benchPerFile {
		var b strings.Builder
		b.WriteString("office: office.yaml\nat: 2026-11-22T09:00:00Z\nscenarios:\n")
		for i := begin; i < begin+benchPerFile; i++ {
			m.scenario(&b, i)
		}
		name := fmt.Sprintf("%05d.scenarios.yaml", begin)
		texts[name], files = []byte(b.String()), append(files, name)
	}
	return func(name string) ([]byte, error) { return texts[name], nil }, files
}

// many writes scenarios.
type many struct {
	asked []question
	*rand.Rand
}

// question is a line of can or cannot that is so.
type question struct {
	allowed bool
	line    string
}

// questions is everything that can be asked of the office without properties, with its
// answer.
func questions(file *officefile.File) (list []question) {
	snapshot := policy.Compile(file.Office)
	ask := func(id users.ID, a policy.Action, r policy.Resource) {
		needed, _ := a.Takes()
		if a.On() != r.Type || needed != 0 {
			return
		}
		d := snapshot.Check(policy.Request{Subject: id, Action: a, Resource: r, At: moment})
		switch {
		case d.Allowed():
			list = append(list, question{true, fmt.Sprintf("[%s, %s, '%s', {}, {rule: %s}]", id, a, r, d.Rule())})
		case d.Code() > policy.UnknownResource && d.Code() != policy.MissingProperty:
			list = append(list, question{false, fmt.Sprintf("[%s, %s, '%s', {}, {code: %s}]", id, a, r, d.Code())})
		}
	}
	for u := range file.Office.Users() {
		for a := range policy.AllActions() {
			for i := range file.Documents {
				ask(u.ID, a, policy.OfDocument(&file.Documents[i]))
			}
			for c := range file.Office.Companies() {
				ask(u.ID, a, policy.OfCompany(c.ID))
			}
			for other := range file.Office.Users() {
				ask(u.ID, a, policy.OfUser(other.ID))
			}
		}
	}
	return list
}

func (m *many) scenario(b *strings.Builder, i int) {
	fmt.Fprintf(b, "  - name: Scenario %d says what is so\n", i)
	switch kind := i % 20; {
	case i%40 == 0:
		b.WriteString("    cannot:\n      - [anna, document.approve, 'document:inv-1', {}, {why_not: [[await turn of anna on inv-1]]}]\n")
	case kind < 9:
		m.ask(b, 2)
	case kind < 12:
		b.WriteString("    given:\n      - [rosa, user.change_archive_right, {user: dirk, archive: all}]\n")
		b.WriteString("    can:\n      - [dirk, document.view, 'document:inv-9', {}, {rule: document.view/archive-right}]\n")
	case kind < 14:
		b.WriteString("    given:\n      - [carla, document.assign, {document: inv-2, authorisers: [bob]}]\n")
		b.WriteString("      - [bob, document.reject, {document: inv-2, comment: No}]\n")
		b.WriteString("    can:\n      - [carla, document.tag, 'document:inv-2', {}, {rule: document.tag/client}]\n")
	case kind < 16:
		b.WriteString("    tables:\n      - actions: [document.approve, document.reject]\n")
		b.WriteString("        resources: ['document:inv-1']\n        can: {only: [bob]}\n")
	case kind < 18:
		b.WriteString("    findings:\n      - {id: O5, level: warning}\n    no_findings:\n      - {level: error}\n")
	default:
		b.WriteString("    given:\n      - [pieter, connection.reconnect, {system: twinfield}]\n    no_findings:\n      - {id: O5}\n")
	}
}

// ask asks some of the questions.
func (m *many) ask(b *strings.Builder, n int) {
	var can, cannot strings.Builder
	for range n {
		q := m.asked[m.IntN(len(m.asked))]
		to := &cannot
		if q.allowed {
			to = &can
		}
		to.WriteString("      - " + q.line + "\n")
	}
	for _, part := range []struct {
		key  string
		list *strings.Builder
	}{{"can", &can}, {"cannot", &cannot}} {
		if part.list.Len() > 0 {
			b.WriteString("    " + part.key + ":\n" + part.list.String())
		}
	}
}

// What 10,000 scenarios cost, from text to results, and what looking at what they cover
// costs besides.
func BenchmarkTenThousandScenarios(b *testing.B) {
	read, files := manySuites(b)
	var load, run, covered, noticed time.Duration
	for b.Loop() {
		began := time.Now()
		suites, err := scenarios.Load(read, moment, files...)
		if err != nil {
			b.Fatal(err)
		}
		loaded := time.Now()
		results := scenarios.Run(suites, scenarios.Options{})
		ran := time.Now()
		scenarios.Covered(results)
		looked := time.Now()
		scenarios.Noticed(results)
		load, run = load+loaded.Sub(began), run+ran.Sub(loaded)
		covered, noticed = covered+looked.Sub(ran), noticed+time.Since(looked)
		passes(b, results)
	}
	for unit, took := range map[string]time.Duration{
		"load-µs/scenario": load, "run-µs/scenario": run, "coverage-µs/scenario": covered, "mutate-µs/scenario": noticed,
	} {
		b.ReportMetric(float64(took.Microseconds())/float64(b.N*benchScenarios), unit)
	}
}

func passes(tb testing.TB, results []scenarios.Result) {
	tb.Helper()
	for i := range results {
		if !results[i].Passed() {
			tb.Fatalf("%s: %+v", results[i].Name, results[i].Failures)
		}
	}
	if len(results) != benchScenarios {
		tb.Fatalf("%d scenarios, want %d", len(results), benchScenarios)
	}
}
