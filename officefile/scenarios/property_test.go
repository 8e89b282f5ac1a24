package scenarios_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

// read is a scenario file, and the office files beside it.
type files map[string]string

func (f files) read(name string) ([]byte, error) {
	if text, ok := f[name]; ok {
		return []byte(text), nil
	}
	return nil, fmt.Errorf("%s is not there", name)
}

func (f files) load(t rapid.TB, names ...string) []*scenarios.Suite {
	t.Helper()
	suites, err := scenarios.Load(f.read, moment, names...)
	if err != nil {
		t.Fatalf("%v\n%s", err, f[names[0]])
	}
	return suites
}

// told is all that a result tells but how long it took.
func told(r *scenarios.Result) string {
	var b strings.Builder
	b.WriteString(brief(r))
	for i := range r.Failures {
		for _, d := range r.Failures[i].Details(policy.Reader{Audience: policy.Staff}) {
			fmt.Fprintf(&b, "  %s %s\n", d.Label.In(words.English), d.Text)
		}
	}
	return b.String()
}

// brief is what a result tells, without why.
func brief(r *scenarios.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d %s at %s passed %t\n", r.File, r.Line, r.Column, r.Name, r.At, r.Passed())
	for i := range r.Failures {
		f := &r.Failures[i]
		fmt.Fprintf(&b, "%d:%d %s\n", f.Line, f.Column, f.Message(words.English))
	}
	return b.String()
}

func allTold(list []scenarios.Result, how func(*scenarios.Result) string) (all []string) {
	for i := range list {
		all = append(all, how(&list[i]))
	}
	return all
}

// drawSuite draws scenarios that are as the policy answers.
func drawSuite(t testing.TB, rt *rapid.T, file *officefile.File, least, most int) []drawn {
	var list []drawn
	for i := range rapid.IntRange(least, most).Draw(rt, "scenarios") {
		list = append(list, drawScenario(t, rt, file, fmt.Sprintf("scenario %d", i)))
	}
	return list
}

// written is a scenario file of these.
func written(list []drawn, opposite ...int) string {
	text := "‹office›: office.yaml\n‹scenarios›:\n"
	for i := range list {
		if slices.Contains(opposite, i) {
			text += list[i].opposite
		} else {
			text += list[i].text
		}
	}
	return text
}

// What the policy answers, asked without this package, is what a scenario finds; and of
// an expectation that is the other way round, exactly that scenario fails.
func TestScenariosFindWhatThePolicyAnswers(t *testing.T) {
	office, file := exampleOffice(t)
	asked, allowed, flips := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		list := drawSuite(t, rt, file, 4, 8)
		flipped := rapid.SliceOfNDistinct(rapid.IntRange(0, len(list)-1), 0, 2, rapid.ID[int]).Draw(rt, "flipped")
		suites := files{"office.yaml": string(office), "s": unmarked(written(list, flipped...))}.load(rt, "s")
		for i, r := range scenarios.Run(suites, scenarios.Options{Parallel: 2}) {
			asked, allowed = asked+list[i].asked, allowed+list[i].allowed
			if r.Passed() == slices.Contains(flipped, i) || !r.Passed() && len(r.Failures) != 1 {
				rt.Fatalf("scenario %d of which %v are the other way round: %s", i, flipped, told(&r))
			}
		}
		flips += len(flipped)
	})
	t.Logf("%d answers, of which %d yes, and %d the other way round", asked, allowed, flips)
	if asked < 1000 || allowed < 100 || flips < 30 {
		t.Error("too few")
	}
}

// No order and no number of scenarios at a time changes what any of them tells; nor
// does one change another, whatever is given in it.
func TestOrderAndNumberChangeNothing(t *testing.T) {
	office, file := exampleOffice(t)
	total, failed := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		list := drawSuite(t, rt, file, 3, 6)
		f := files{"office.yaml": string(office), "s": unmarked(written(list, rapid.IntRange(0, len(list)-1).Draw(rt, "flipped")))}
		all := f.load(rt, "s")[0].Scenarios
		how := brief
		if rapid.IntRange(0, 4).Draw(rt, "with why") == 0 { // which takes long
			how = told
		}
		want := allTold(scenarios.RunAll(all, scenarios.Options{Parallel: 1}), how)
		order := rapid.Permutation(indexes(len(all))).Draw(rt, "order")
		shuffled := make([]*scenarios.Scenario, len(all))
		for to, from := range order {
			shuffled[to] = all[from]
		}
		for to, got := range allTold(scenarios.RunAll(shuffled, scenarios.Options{Parallel: rapid.IntRange(-1, 9).Draw(rt, "parallel")}), how) {
			if want := want[order[to]]; got != want {
				rt.Fatalf("found\n%swant\n%s", got, want)
			}
		}
		for i, s := range all {
			if r := s.Run(); !strings.HasPrefix(want[i], brief(&r)) {
				rt.Fatalf("alone it tells\n%swant\n%s", brief(&r), want[i])
			}
			total++
			failed += strings.Count(want[i], "passed false")
		}
	})
	t.Logf("%d scenarios, of which %d fail", total, failed)
	if total < 200 || failed < 50 {
		t.Error("too few")
	}
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// An office that stands in the scenario file is the office of its own file.
func TestAnOfficeInlineIsThatOfItsFile(t *testing.T) {
	office, file := exampleOffice(t)
	total := 0
	inline := "office:\n" + regexp.MustCompile("(?m)^(.)").ReplaceAllString(string(office), "  $1")
	rapid.Check(t, func(rt *rapid.T) {
		list := drawSuite(t, rt, file, 1, 4)
		_, text, _ := strings.Cut(unmarked(written(list, 0)), "\n")
		of := files{"office.yaml": string(office), "s": text + "office: office.yaml\n"}.load(rt, "s")
		in := files{"s": text + inline}.load(rt, "s")
		byFile := allTold(scenarios.Run(of, scenarios.Options{}), brief)
		for i, got := range allTold(scenarios.Run(in, scenarios.Options{}), brief) {
			if total++; got != byFile[i] {
				rt.Fatalf("inline it tells\n%s, by file\n%s", got, byFile[i])
			}
		}
	})
	t.Logf("%d scenarios", total)
	if total < 100 {
		t.Error("too few")
	}
}
