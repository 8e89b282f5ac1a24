package scenarios_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
)

// recordedOffices are the offices of the examples, each with its recorded answers.
func recordedOffices(t *testing.T) map[string]files {
	t.Helper()
	all := make(map[string]files)
	names, err := filepath.Glob("../../examples/devries/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if file, err := officefile.Parse(name, text); err == nil {
			record := scenarios.Record(file, "office.yaml", moment, func(policy.Action) bool { return true })
			all[filepath.Base(name)] = files{"office.yaml": string(text), "s": record}
		}
	}
	if len(all) < 2 {
		t.Fatalf("found %d offices, expected at least 2", len(all))
	}
	return all
}

// canLine is who of a recorded table can.
var canLine = regexp.MustCompile(`(?m)^        can: (.*)$`)

// flippedLine is the line with the answer of one user the other way round.
func flippedLine(line string, who string) string {
	list, only := strings.CutPrefix(line, "{only: [")
	names := strings.Split(strings.TrimSuffix(list, "]}"), ", ")
	switch {
	case !only && line == "none":
		return "{only: [" + who + "]}"
	case !only:
		return "none"
	case !slices.Contains(names, who):
		return "{only: [" + strings.Join(append(names, who), ", ") + "]}"
	case len(names) == 1:
		return "none"
	}
	return "{only: [" + strings.Join(slices.DeleteFunc(names, func(name string) bool { return name == who }), ", ") + "]}"
}

// What is recorded passes, and with one answer the other way round exactly the scenario
// fails that has it.
func TestARecordedSuitePassesAndNoticesEachFlip(t *testing.T) {
	for name, f := range recordedOffices(t) {
		record := f["s"]
		tables := canLine.FindAllStringSubmatchIndex(record, -1)
		for _, r := range scenarios.Run(f.load(t, "s"), scenarios.Options{}) {
			if !r.Passed() {
				t.Errorf("%s: %s", name, told(&r))
			}
		}
		_, below, _ := strings.Cut(f["office.yaml"], "\nusers:")
		users := regexp.MustCompile(`(?m)^  - id: (\w+)$`).FindAllStringSubmatch(below, -1)
		flips := 0
		rapid.Check(t, func(rt *rapid.T) {
			at := rapid.SampledFrom(tables).Draw(rt, "table")
			who := rapid.SampledFrom(users).Draw(rt, "who")[1]
			line := record[at[2]:at[3]]
			flipped := files{"office.yaml": f["office.yaml"], "s": record[:at[2]] + flippedLine(line, who) + record[at[3]:]}
			action := record[:at[2]][strings.LastIndex(record[:at[2]], "- name: ")+len("- name: "):]
			action, _, _ = strings.Cut(action, "\n")
			for _, r := range scenarios.Run(flipped.load(rt, "s"), scenarios.Options{}) {
				if r.Passed() == (r.Name == action) {
					rt.Fatalf("%s for %s in %s: %s", flippedLine(line, who), line, action, brief(&r))
				}
			}
			flips++
		})
		t.Logf("%s: %d tables, %d flips", name, len(tables), flips)
		if len(tables) < 50 || flips < 90 {
			t.Error("too few")
		}
	}
}

// Each remedy that is found can be expected, and is then found; with a letter less in
// what it changes, it makes the file unusable.
func TestEachRemedyCanBeExpected(t *testing.T) {
	office, file := exampleOffice(t)
	expected, names := 0, make(map[string]bool)
	rapid.Check(t, func(rt *rapid.T) {
		d := directly(file)
		a := d.action(rt)
		who, id := rapid.SampledFrom(drawnUsers[:18]).Draw(rt, "who"), rapid.SampledFrom(drawnOn[a.On()]).Draw(rt, "on")
		props, properties := d.properties(rt, a)
		request := d.request(who, a.String(), a.On().String()+":"+id, properties)
		if d.state.Snapshot().Check(request).Allowed() {
			return
		}
		var remedies []string
		for _, remedy := range review.WhyNot(d.state, request).Remedies {
			var changes []string
			for _, c := range remedy.Changes {
				changes = append(changes, "'"+c.String()+"'")
				name, _, _ := strings.Cut(c.String(), " ")
				names[name] = true
			}
			remedies = append(remedies, "["+strings.Join(changes, ", ")+"]")
		}
		text := "office: office.yaml\nscenarios:\n  - name: x\n    cannot:\n      - [" + who + ", " + a.String() + ", '" + a.On().String() + ":" + id + "', " +
			unmarked(props) + ", {why_not: [" + strings.Join(remedies, ", ") + "]}]\n"
		for _, r := range scenarios.Run(files{"office.yaml": string(office), "s": text}.load(rt, "s"), scenarios.Options{}) {
			if !r.Passed() {
				rt.Fatalf("%s\n%s", brief(&r), text)
			}
		}
		expected += len(remedies)
	})
	t.Logf("%d remedies of %d kinds of changes", expected, len(names))
	if expected < 100 || len(names) < 8 {
		t.Error("too few")
	}
}
