package policytest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
)

// Run runs scenario files as tests: a subtest for each file, and in it one for each
// scenario. A path is a file, or a directory with *.scenarios.yaml in it or below,
// also written "testdata/...", as `mandaat test` takes it, relative to the package
// that is tested. Scenarios that give no moment are asked now. Where anything is wrong
// with a file, or there is no scenario, the test fails and none is run.
//
//	func TestRoles(t *testing.T) { policytest.Run(t, "testdata/...") }
func Run(t *testing.T, paths ...string) {
	t.Helper()
	files, err := scenarios.Find(paths...)
	if err != nil {
		t.Fatal(err)
	}
	suites, err := scenarios.Load(scenarios.ReadFile, time.Now(), files...)
	if err != nil {
		t.Fatalf("the scenarios cannot be used:\n%v", err)
	}
	for _, suite := range suites {
		t.Run(suite.File, func(t *testing.T) {
			for _, s := range suite.Scenarios {
				t.Run(s.Name, func(t *testing.T) {
					if result := s.Run(); !result.Passed() {
						t.Error(told(&result))
					}
				})
			}
		})
	}
}

// told is everything that was not as a scenario expects, and why.
func told(r *scenarios.Result) string {
	to := policy.Reader{Audience: policy.Staff}
	var b strings.Builder
	for i := range r.Failures {
		f := &r.Failures[i]
		fmt.Fprintf(&b, "\n%s:%d: %s\n", r.File, f.Line, f.Message(to.Language))
		for _, detail := range f.Details(to) {
			fmt.Fprintf(&b, "    %-8s %s\n", detail.Label.In(to.Language), detail.Text)
		}
	}
	return b.String()
}
