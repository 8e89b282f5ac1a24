package main

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
)

// record prints the answers of an office as scenarios.
func (p program) record(f *testFlags, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("--record: found %d files, expected one office file", len(args))
	}
	if f.coverage || f.mutate || f.failUnder > 0 || f.format != "text" {
		return errors.New("--record: found it with --coverage, --mutate, --fail-under or --format, expected it without: it runs nothing")
	}
	matches, at, err := f.chosen(p.now())
	if err != nil {
		return err
	}
	text, some := "", false
	err = p.office(args[0], func(file *officefile.File) { text, some = recorded(file, args[0], at, matches) })
	if err == nil && !some {
		err = fmt.Errorf("--run: found %q, expected it to match an action such as document.view", f.run)
	}
	return p.printed(text, err, true)
}

func recorded(file *officefile.File, name string, at time.Time, matches *regexp.Regexp) (text string, some bool) {
	text = scenarios.Record(file, name, at, func(a policy.Action) bool {
		match := matches.MatchString(a.String())
		some = some || match
		return match
	})
	return text, some
}
