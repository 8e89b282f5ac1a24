package main

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

// testFlags are those of mandaat test.
type testFlags struct {
	run, format, lang, at string
	junit                 string // a file
	parallel              int
	verbose               bool
	record                bool
	coverage, mutate      bool
	failUnder             float64
}

func (p program) test() *cobra.Command {
	var flags testFlags
	c := &cobra.Command{
		Use:   "test PATH...",
		Short: "Run scenarios: who must be able to do what, and who must not",
		Long: `Runs the scenario files that each PATH leads to, a file or a directory with
*.scenarios.yaml in it or below, and prints what was not as expected, with the reason and
the smallest change that would make it so. The last line is "N passed, N failed".

The exit code is 0 where all passed, 1 where one failed, and 2 where the scenarios
could not be used: a file that cannot be read, a name that the office does not
know, a scenario that expects nothing, or no scenario at all. Then none is run.`,
		Example: `  mandaat test testdata
  mandaat test office.scenarios.yaml --run 'in turn'
  mandaat test testdata --junit-file report.xml
  mandaat test --record office.yaml > today.scenarios.yaml
  mandaat test testdata --coverage --mutate --fail-under 100`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if flags.record {
				return p.record(&flags, args)
			}
			return p.runTests(&flags, args)
		},
	}
	c.Flags().StringVar(&flags.run, "run", "", "only scenarios whose name matches this `regular expression`")
	c.Flags().StringVar(&flags.format, "format", "text", "how to print the results: `text, json, junit or tap`")
	c.Flags().StringVar(&flags.junit, "junit-file", "", "write the results as JUnit to this `file`, too")
	c.Flags().StringVar(&flags.lang, "lang", "", "the language of sentences, `en or nl` (default that of LANG)")
	c.Flags().StringVar(&flags.at, "at", "", "the moment of scenarios that have none, such as 2026-11-22T09:00:00Z (default now)")
	c.Flags().IntVar(&flags.parallel, "parallel", 0, "how many scenarios to run at a time (default one for each processor)")
	c.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "print what passed, too")
	c.Flags().BoolVar(&flags.record, "record", false, "print today's answers as scenarios; PATH is an office file, and --run chooses actions")
	c.Flags().BoolVar(&flags.coverage, "coverage", false, "print which rules, facts, codes, actions and roles no scenario decides")
	c.Flags().BoolVar(&flags.mutate, "mutate", false, "print which wrong policies no scenario would notice")
	c.Flags().Float64Var(&flags.failUnder, "fail-under", 0, "fail where less than this `percentage` is covered, or noticed")
	return c
}

// runTests runs the scenarios that the arguments lead to.
func (p program) runTests(f *testFlags, args []string) error {
	report, err := p.testReport(f)
	if err != nil {
		return err
	}
	list, err := p.scenarios(f, args)
	if err != nil {
		return err
	}
	var tested tested
	p.progress.during(fmt.Sprintf("running %d scenarios", len(list)), func() {
		tested = runTested(f, list)
	})
	text, err := report(&tested)
	if err == nil && f.junit != "" {
		err = writeJUnit(f.junit, &tested)
	}
	return p.printed(text, err, tested.passed())
}

// tested is what came of scenarios.
type tested struct {
	results []scenarios.Result
	failed  int
	under   float64

	coverage *scenarios.Coverage // nil where it was not asked for
	mutants  *scenarios.Kind     // the same: variants of the policy
}

func runTested(f *testFlags, list []*scenarios.Scenario) tested {
	t := tested{results: scenarios.RunAll(list, scenarios.Options{Parallel: f.parallel}), under: f.failUnder}
	for i := range t.results {
		if !t.results[i].Passed() {
			t.failed++
		}
	}
	if f.coverage {
		t.coverage = new(scenarios.Covered(t.results))
	}
	if f.mutate {
		t.mutants = new(scenarios.Noticed(t.results))
	}
	return t
}

// passed says whether all passed and enough is covered.
func (t *tested) passed() bool {
	for _, part := range t.parts() {
		if part.Percent() < t.under {
			return false
		}
	}
	return t.failed == 0
}

// testReport is what prints results in the format that was asked for.
func (p program) testReport(f *testFlags) (func(*tested) (string, error), error) {
	if f.parallel < 0 {
		return nil, fmt.Errorf("--parallel: found %d, expected 1 or more, or 0 for one on each processor", f.parallel)
	}
	if math.IsNaN(f.failUnder) || f.failUnder < 0 || f.failUnder > 100 {
		return nil, fmt.Errorf("--fail-under: found %v, expected a percentage from 0 to 100", f.failUnder)
	}
	if f.failUnder > 0 && !f.mutate {
		f.coverage = true
	}
	in := words.OfLocale(p.locale)
	if f.lang != "" {
		var err error
		if in, err = words.ParseLanguage(f.lang); err != nil {
			return nil, fmt.Errorf("--lang: %w", err)
		}
	}
	t := testPrinter{policy.Reader{Audience: policy.Staff, Language: in}, f.verbose}
	switch f.format {
	case "text":
		return t.text, nil
	case "json":
		return t.json, nil
	case "junit":
		return t.junit, nil
	case "tap":
		return t.tap, nil
	}
	return nil, fmt.Errorf("--format: found %q, expected text, json, junit or tap", f.format)
}

// scenarios is those that the arguments lead to and the flags do not leave out.
func (p program) scenarios(f *testFlags, args []string) (list []*scenarios.Scenario, err error) {
	matches, at, err := f.chosen(p.now())
	if err != nil {
		return nil, err
	}
	suites, err := p.suites(args, at)
	if err != nil {
		return nil, err
	}
	all := 0
	for _, suite := range suites {
		for _, s := range suite.Scenarios {
			if all++; matches.MatchString(s.Name) {
				list = append(list, s)
			}
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("--run: none of %d scenarios is named like %q, expected one or more", all, f.run)
	}
	return list, nil
}

// chosen is which names --run leaves, and the moment.
func (f *testFlags) chosen(now time.Time) (names *regexp.Regexp, at time.Time, err error) {
	if names, err = regexp.Compile(f.run); err != nil {
		return nil, now, fmt.Errorf("--run: found %q, expected a regular expression: %w", f.run, err)
	}
	at, err = momentOf(f.at, now)
	return names, at, err
}

// suites reads the files that the arguments lead to; - is standard input.
func (p program) suites(args []string, at time.Time) (suites []*scenarios.Suite, err error) {
	files, err := testFiles(args)
	if err != nil {
		return nil, err
	}
	p.progress.during("reading scenarios", func() {
		suites, err = scenarios.Load(p.readTest, at, files...)
	})
	return suites, err
}

// testFiles is the scenario files that the arguments lead to, each once.
func testFiles(args []string) (files []string, err error) {
	seen := make(map[string]bool)
	for _, arg := range args {
		found := []string{arg}
		if arg != "-" {
			if found, err = scenarios.Find(arg); err != nil {
				return nil, err
			}
		}
		for _, file := range found {
			if !seen[file] {
				seen[file], files = true, append(files, file)
			}
		}
	}
	return files, nil
}

// readTest reads a file; - is standard input.
func (p program) readTest(name string) ([]byte, error) {
	in, closeFile, err := p.open(name)
	if err != nil {
		return nil, err
	}
	data, err := officefile.ReadAll(in)
	return data, errors.Join(err, closeFile())
}
