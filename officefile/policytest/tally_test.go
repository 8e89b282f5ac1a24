package policytest_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// tally is how often things were met.
type tally map[string]int

func (n tally) add(format string, args ...any) { n[fmt.Sprintf(format, args...)]++ }

// String is what was met and how often, a line each.
func (n tally) String() string {
	var b strings.Builder
	for _, what := range slices.Sorted(maps.Keys(n)) {
		b.WriteString(fmt.Sprintf("%6d ", n[what]) + what + "\n")
	}
	return b.String()
}

// least fails where something was met less often than so many times. A run that was
// told to be shorter than usual proves less.
func (n tally) least(t *testing.T, times int, what string) {
	t.Helper()
	if n[what] < times && !shortened() {
		t.Errorf("%s: met %d times, expected %d at least", what, n[what], times)
	}
}

// report prints what was met, and fails where it was fewer things than that.
func (n tally) report(t *testing.T, things int) {
	t.Helper()
	t.Logf("%d things\n%s", len(n), n)
	if len(n) < things && !shortened() {
		t.Errorf("met %d things, expected %d at least", len(n), things)
	}
}

func shortened() bool {
	checks := flag.Lookup("rapid.checks").Value.(flag.Getter).Get().(int) //nolint:errcheck,forcetypeassert // it is a number
	return checks < 100 || testing.Short()
}
