package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// unmarked are files that are refused by their schema and that this server marks
// nothing in, each with why.
var unmarked = map[string]string{
	"changes-beyond-counting.yaml": "to it, 9223372036854775807 and 9223372036854775808 are one number",
	"only-a-comment.yaml":          "it asks nothing about a file without a value",
	"unknown-anchor.yaml":          "to it, an alias of nothing is its name",
}

// corpus shows the server the office files that the tests have: none that is read may
// be marked, and each that the schema refuses must be.
func corpus(s *server) (missing int, err error) {
	valid, errValid := s.files("examples/*/office.yaml", "officefile/testdata/update/*.yaml", "cmd/mandaat/starter/office.yaml")
	malformed, errMalformed := s.files("officefile/testdata/malformed/*.yaml")
	list, errList := os.ReadFile(filepath.Join(s.root, "officefile/testdata/beyond-schema.golden")) //nolint:gosec // the tests' own file
	if err := errors.Join(errValid, errMalformed, errList); err != nil {
		return 0, err
	}
	beyond := make(map[string]bool)
	for name := range strings.Lines(string(list)) {
		beyond[strings.TrimSpace(name)] = true
	}
	marked, err := s.marked(append(valid, malformed...))
	if err != nil {
		return 0, err
	}
	fmt.Println()
	alone := 0
	for _, name := range valid {
		missing += tell(marked[name] == "", "%s is read, and marked: %s", name, marked[name])
	}
	for _, name := range malformed {
		if beyond[filepath.Base(name)] {
			alone += tell(marked[name] == "", "")
			continue
		}
		_, known := unmarked[filepath.Base(name)]
		missing += tell(marked[name] != "" || known, "%s is refused by its schema, and not marked", name)
	}
	fmt.Printf("files that are read: %d, none of them marked\n", len(valid))
	fmt.Printf("files with something wrong: %d, each marked but the %d beyond the schema (%d of which are marked as YAML) and %d that are not, for:\n",
		len(malformed), len(beyond), alone, len(unmarked))
	for _, name := range slices.Sorted(maps.Keys(unmarked)) {
		fmt.Printf("  %s: %s\n", name, unmarked[name])
	}
	missing += tell(len(valid) > 20 && len(malformed) > 200, "too few files were looked at")
	return missing, nil
}

// tell says what is not so, and counts it.
func tell(so bool, format string, args ...any) int {
	if so {
		return 0
	}
	if format != "" {
		fmt.Printf("MISSING: "+format+"\n", args...)
	}
	return 1
}

func (s *server) files(patterns ...string) (names []string, err error) {
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(s.root, pattern))
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	return names, nil
}

// marked is the first mark of each file; an editor would not show one that is no UTF-8
// as it is, so that it is left out here and counts as marked.
func (s *server) marked(names []string) (map[string]string, error) {
	marks, uris := make(map[string]string), make(map[string]bool)
	of := make(map[string]string)
	for i, name := range names {
		text, err := os.ReadFile(name) //nolint:gosec // the tests' own files
		if err != nil {
			return nil, err
		}
		if !utf8.Valid(text) {
			marks[name] = "no UTF-8"
			continue
		}
		uri, err := s.open(fmt.Sprintf("corpus-%d.%s", i, office), string(text))
		if err != nil {
			return nil, err
		}
		of[uri], uris[uri] = name, true
	}
	reports, err := s.reported(uris)
	for uri, report := range reports {
		for _, d := range report {
			if d.Severity <= 2 && marks[of[uri]] == "" { // errors and warnings
				marks[of[uri]] = fmt.Sprintf("%d:%d %s", d.Range.Start.Line+1, d.Range.Start.Character+1, d.Message)
			}
		}
	}
	return marks, err
}
