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

// recordedTable is who can in one table of a record.
type recordedTable struct {
	from, to int // in the record
	scenario int
}

// recordedTables is the tables of a record, by their place in their scenario.
func recordedTables(record string) (byPlace [][]recordedTable) {
	scenario, place := -1, 0
	for _, at := range regexp.MustCompile(`(?m)^  - name: (.*)$|^        can: (.*)$`).FindAllStringSubmatchIndex(record, -1) {
		if at[2] >= 0 {
			scenario, place = scenario+1, 0
			continue
		}
		if place == len(byPlace) {
			byPlace = append(byPlace, nil)
		}
		byPlace[place] = append(byPlace[place], recordedTable{at[4], at[5], scenario})
		place++
	}
	return byPlace
}

// What is recorded passes, and with the answer of one user the other way round in one
// table exactly the scenarios fail that have such a table. Each table has its turn.
func TestARecordedSuitePassesAndNoticesEachFlip(t *testing.T) {
	for name, f := range recordedOffices(t) {
		_, below, _ := strings.Cut(f["office.yaml"], "\nusers:")
		users := regexp.MustCompile(`(?m)^  - id: (\w+)$`).FindAllStringSubmatch(below, -1)
		flips, tables := 0, recordedTables(f["s"])
		for place, list := range tables {
			for half := range 2 {
				flipped, text := make(map[int]bool), f["s"]
				for i, table := range slices.Backward(list) {
					if i%2 == half {
						who := users[(place+i)%len(users)][1]
						text = text[:table.from] + flippedLine(text[table.from:table.to], who) + text[table.to:]
						flipped[table.scenario] = true
					}
				}
				flips += len(flipped)
				for i, r := range scenarios.Run(files{"office.yaml": f["office.yaml"], "s": text}.load(t, "s"), scenarios.Options{}) {
					if r.Passed() == flipped[i] {
						t.Errorf("%s: table %d is flipped %t: %s", name, place, flipped[i], brief(&r))
					}
				}
			}
		}
		t.Logf("%s: %d flips", name, flips)
		if flips < 80 || flips != strings.Count(f["s"], "\n        can: ") {
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
