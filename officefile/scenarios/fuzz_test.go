package scenarios_test

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/words"
)

var lineEnd = regexp.MustCompile("\r\n|\r|\n")

// fuzzLoad reads a text as the file f, beside which there is an office.
func fuzzLoad(t *testing.T, office, text string) {
	t.Helper()
	suites, err := scenarios.Load(files{"office.yaml": office, "f": text}.read, moment, "f")
	if err != nil {
		if suites != nil || !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("found %v and error %v, expected no suites and an invalid input", suites, err)
		}
		wantPlaces(t, text, err)
		return
	}
	for _, r := range scenarios.Run(suites, scenarios.Options{}) {
		for i := range r.Failures {
			if f := &r.Failures[i]; f.Message(words.English) == "" || f.Line < 1 || f.Line > len(lineEnd.Split(text, -1)) {
				t.Fatalf("%s: found a failure on line %d: %s", r.Name, f.Line, f.Message(words.English))
			}
		}
	}
	if len(suites) != 1 || len(suites[0].Scenarios) == 0 {
		t.Fatal("found no scenarios and no error")
	}
}

// wantPlaces wants the places of errors inside the text.
func wantPlaces(t *testing.T, text string, err error) {
	t.Helper()
	list, all := lineEnd.Split(text, -1), officefile.Errors(err)
	if len(all) == 0 {
		t.Fatalf("found no error in %v", err)
	}
	for _, e := range all {
		if e.File == "f" && (e.Line < 1 || e.Line > len(list) || e.Column < 1 || e.Column > utf8.RuneCountInString(list[e.Line-1])+1) {
			t.Fatalf("found a place outside the text of %d lines: %v", len(list), e)
		}
	}
}

// fuzzOffice is the office that is asked about.
func fuzzOffice(f *testing.F) string {
	f.Helper()
	office, err := readMalformed("office.yaml")
	if err != nil {
		f.Fatal(err)
	}
	return string(office)
}

// FuzzLoad holds that any bytes are either scenarios, each of which can be run, or a
// list of errors, each inside the text.
func FuzzLoad(f *testing.F) {
	for _, suite := range malformedSuites(f) {
		for _, name := range suite.files {
			text, err := readMalformed(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	for _, name := range []string{"../../cmd/mandaat/starter/office.scenarios.yaml", "../../examples/devries/office.scenarios.yaml"} {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, given := range drawnGiven {
		f.Add("office: office.yaml\nscenarios:\n  - {name: x, given: [" + unmarked(given) + "], findings: [{level: error}]}\n")
	}
	office := fuzzOffice(f)
	f.Fuzz(func(t *testing.T, text string) { fuzzLoad(t, office, text) })
}

// FuzzGiven holds the same of any command with any fields.
func FuzzGiven(f *testing.F) {
	for _, given := range drawnGiven {
		who, fields, _ := strings.Cut(unmarked(given), ".")
		f.Add(who, fields)
	}
	for _, seed := range [][2]string{
		{"rosa, user", "create, {roles: [client_user], companies: [bakery], people: [{user: vera, username: vera, email: v@x.example}]}"},
		{"rosa, user", "import, {system: exact, roles: [client_user], companies: [], people: [{accounting_user: nina@exact, user: nina, username: nina}]}"},
		{"rosa, connection", "manage, {system: exact, synchronisation_user: bram, accounting_user: bram@exact}"},
		{"rosa, office", "change_settings, {name: x, password_link_minutes: 30, if_version: 0}"},
		{"carla, document", "merge, {document: inv-2, with: [inv-3]}"},
	} {
		f.Add(seed[0], seed[1])
	}
	office := fuzzOffice(f)
	f.Fuzz(func(t *testing.T, who, fields string) {
		fuzzLoad(t, office, "office: office.yaml\nscenarios:\n  - name: x\n    given:\n      - ["+who+"."+fields+"]\n    no_findings:\n      - {level: error}\n")
	})
}
