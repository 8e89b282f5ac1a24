package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile/scenarios"
)

// shippedSuite is the rule book as scenarios.
const shippedSuite = "../../testdata"

// The shipped suite passes, decides everything there is to decide and notices every
// wrong policy, whenever it is run, and one at a time too.
func TestTheShippedSuiteSaysAllThatTheRulesSay(t *testing.T) {
	args := []string{"test", shippedSuite, "--coverage", "--mutate", "--fail-under", "100"}
	got := runWith("", args...)
	if got.code != 0 || got.errors != "" || !strings.HasSuffix(got.out, " passed, 0 failed\n") || strings.Count(got.out, " 100.0%\n") != 6 {
		t.Fatalf("exit %d\n%s%s", got.code, got.out, got.errors)
	}
	t.Log("\n" + got.out)
	if again := runWith("", append(args, "--at", "2040-02-29T12:00:00Z", "--parallel", "1")...); again != got {
		t.Errorf("later, and one at a time, exit %d\n%s%s", again.code, again.out, again.errors)
	}
}

// suiteFiles is the files of the suite, those whose chapters are given or all.
func suiteFiles(t *testing.T, chapters ...string) []string {
	t.Helper()
	files, err := scenarios.Find(shippedSuite)
	if err != nil {
		t.Fatal(err)
	}
	if len(chapters) == 0 {
		return files
	}
	return slices.DeleteFunc(files, func(f string) bool { return !slices.Contains(chapters, filepath.Base(f)) })
}

// suiteFails says how many scenarios of files fail after something in one of the files,
// or in the office they ask about, was replaced, once.
func suiteFails(t *testing.T, files []string, file, before, after string) (failed int, err error) {
	t.Helper()
	replaced := false
	suites, err := scenarios.Load(func(name string) ([]byte, error) {
		data, err := scenarios.ReadFile(name)
		if filepath.Base(name) == file {
			replaced = strings.Contains(string(data), before)
			data = []byte(strings.Replace(string(data), before, after, 1))
		}
		return data, err
	}, now(), files...)
	if !replaced {
		t.Fatalf("%s has no %q", file, before)
	}
	for _, suite := range suites {
		for _, s := range suite.Scenarios {
			if result := s.Run(); !result.Passed() {
				failed++
			}
		}
	}
	return failed, err
}

func TestTheShippedSuiteFailsWhereAnExpectationIsWrong(t *testing.T) {
	for _, c := range []struct{ file, before, after string }{
		{"1-roles.scenarios.yaml", "{code: beyond_reach}", "{code: role_missing}"},
		{"3-users.scenarios.yaml", "at: 2026-12-30T22:59:59Z", "at: 2026-12-30T23:00:00Z"},
		{"4-documents.scenarios.yaml", "can: {only: [bob]}", "can: {only: [anna]}"},
		{"4-documents.scenarios.yaml", "{rule: document.view/client}", "{rule: document.view/restricted}"},
		{"4-documents.scenarios.yaml", "warnings: [self_approval]", "warnings: []"},
		{"4-documents.scenarios.yaml", "can: all", "can: none"},
		{"5-companies.scenarios.yaml", "[rosa, company.delete, {company: garage}]", "[bram, company.delete, {company: garage}]"},
		{"6-managing-users.scenarios.yaml", "code: role_missing", "code: not_manageable"},
		{"7-accounting-systems.scenarios.yaml", "[theo, connection.reconnect, {system: twinfield}]", "[rosa, connection.reconnect, {system: twinfield}]"},
		{"8-findings.scenarios.yaml", "{id: R1, level: error, user: bea}", "{id: R1, level: error, user: carla}"},
		{"8-findings.scenarios.yaml", "- {id: R1, user: carla}", "- {id: R1, user: bea}"},
		{"9-asking.scenarios.yaml", "[[give comment]]", "[]"},
		{"9-asking.scenarios.yaml", "{why_not: []}", "{why_not: [[give comment]]}"},
	} {
		failed, err := suiteFails(t, suiteFiles(t, c.file), c.file, c.before, c.after)
		if err != nil || failed == 0 {
			t.Errorf("%s: with %q in the place of %q %d scenarios fail: %v", c.file, c.after, c.before, failed, err)
		}
	}
}

// userEntry is a user of an office file: the id, and what follows the roles.
var userEntry = regexp.MustCompile(`(?m)^  - id: (\w+)\n    username: .*\n    email: .*\n    roles: (\[.*\])\n`)

// Whoever leaves and whoever has another role is missed by some scenario, of whichever
// office the suite has.
func TestTheShippedSuiteFailsWhereAUserIsOtherwise(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(shippedSuite, "office.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	files, least := suiteFiles(t, "3-users.scenarios.yaml", "4-documents.scenarios.yaml", "6-managing-users.scenarios.yaml"), 1000
	tried := 0
	for _, user := range userEntry.FindAllStringSubmatch(string(text), -1) {
		entry, id, roles := user[0], user[1], user[2]
		other := "[client_user]"
		if roles == other {
			other = "[restricted_client_user]"
		}
		changed := map[string]string{"another role": strings.Replace(entry, roles, other, 1)}
		if id != "oscar" && id != "lena" { // who have an end date
			changed["left"] = entry + "    end_date: 2026-11-22\n"
		}
		for what, entered := range changed {
			tried++
			failed, err := suiteFails(t, files, "office.yaml", entry, entered)
			if err != nil || failed == 0 {
				t.Errorf("%s, %s: %d scenarios fail: %v", id, what, failed, err)
			}
			least = min(least, failed)
		}
	}
	if t.Logf("%d users were otherwise; at least %d scenarios failed for each", tried, least); tried < 25 {
		t.Error("that is too few")
	}
}

// A file that is taken out is missed: by what is covered, or by a wrong policy that
// nothing notices any more.
func TestTheShippedSuiteIsNotFullWithoutAFile(t *testing.T) {
	suites, err := scenarios.Load(scenarios.ReadFile, now(), suiteFiles(t)...)
	if err != nil {
		t.Fatal(err)
	}
	results := scenarios.Run(suites, scenarios.Options{})
	for _, suite := range suites {
		if filepath.Base(suite.File) == "8-findings.scenarios.yaml" {
			continue // says nothing of who may do what
		}
		others := slices.DeleteFunc(slices.Clone(results), func(r scenarios.Result) bool { return r.File == suite.File })
		c, noticed := scenarios.Covered(others), scenarios.Noticed(others)
		missing := len(c.Rules.Left) + len(c.Facts.Left) + len(c.Codes.Left) + len(c.Actions.Left) + len(noticed.Left)
		if t.Logf("without %s %d things are missing", filepath.Base(suite.File), missing); missing == 0 {
			t.Errorf("%s says nothing that the others do not", suite.File)
		}
	}
}

// Names are sentences, each said once, and the directory's own page lists every file.
func TestTheShippedSuiteIsForPeople(t *testing.T) {
	suites, err := scenarios.Load(scenarios.ReadFile, now(), suiteFiles(t)...)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(shippedSuite, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, suite := range suites {
		if chapter, _, _ := strings.Cut(filepath.Base(suite.File), "."); !strings.Contains(string(page), "| `"+chapter+"` |") {
			t.Errorf("README.md does not list %s", chapter)
		}
		for _, s := range suite.Scenarios {
			at := fmt.Sprintf("%s:%d", s.File, s.Line)
			if said[s.Name] != "" || len(strings.Fields(s.Name)) < 3 {
				t.Errorf("%s: %q is said at %q too, or is no sentence", at, s.Name, said[s.Name])
			}
			said[s.Name] = at
		}
	}
	if len(said) < 250 {
		t.Errorf("only %d scenarios", len(said))
	}
}
