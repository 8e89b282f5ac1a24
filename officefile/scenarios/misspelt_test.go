package scenarios_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/workflow"
)

// everyName is every word that is a name somewhere in a scenario file about the example
// office: one that is misspelt into another of these may be right.
func everyName(file *officefile.File) map[string]bool {
	known := make(map[string]bool)
	add := func(names ...string) {
		for _, name := range names {
			known[name] = true
		}
	}
	add("office", "at", "scenarios", "name", "given", "can", "cannot", "tables", "findings", "no_findings", "users", "actions", "resources", "with", "code",
		"rule", "rules", "all", "none", "only", "document", "company", "user", "connection", "id", "level", "acknowledged")
	for name := range drawnValues {
		add(name)
	}
	for _, name := range slices.Concat(admin.CommandNames(), workflow.CommandNames()) {
		add(name)
		for _, f := range slices.Concat(admin.CommandFields(name), workflow.CommandFields(name)) {
			add(f.Key)
		}
	}
	for a := range policy.AllActions() {
		add(a.String())
	}
	for r := range policy.AllRules() {
		add(r.String())
	}
	for c := range policy.AllCodes() {
		add(c.String())
	}
	for _, r := range roles.All() {
		add(r.String())
	}
	for r := range review.Rules() {
		add(r.ID, r.Level.String())
	}
	for u := range file.Office.Users() {
		add(string(u.ID))
	}
	for u := range file.Office.DeletedUsers() {
		add(string(u.ID))
	}
	for c := range file.Office.Companies() {
		add(string(c.ID))
	}
	for s := range file.Office.Systems() {
		add(string(s.ID))
		for _, u := range s.Users {
			add(string(u.ID))
		}
	}
	for i := range file.Documents {
		add(string(file.Documents[i].ID()))
	}
	return known
}

// misspell changes one letter of a word.
func misspell(rt *rapid.T, word string) string {
	letter := string(rapid.RuneFrom([]rune("abcdefghijklmnopqrstuvwxyz")).Draw(rt, "letter"))
	i := rapid.IntRange(0, len(word)-1).Draw(rt, "at")
	switch rapid.IntRange(0, 3).Draw(rt, "how") {
	case 0:
		return word[:i] + letter + word[i:]
	case 1:
		return word[:i] + word[i+1:]
	case 2:
		return word[:i] + letter + word[i+1:]
	}
	if i == 0 {
		return word + letter
	}
	return word[:i-1] + word[i:i+1] + word[i-1:i] + word[i+1:]
}

// places is where the marked names of a text begin and end.
func places(text string) (list [][2]int) {
	for i := 0; ; {
		open := strings.Index(text[i:], "‹")
		if open < 0 {
			return list
		}
		open += i + len("‹")
		i = open + strings.Index(text[open:], "›")
		list = append(list, [2]int{open, i})
	}
}

// findingsDrawn are expectations about findings, which are right whatever is drawn.
const findingsDrawn = "    ‹findings›:\n      - {‹id›: ‹S1›, ‹level›: ‹warning›, ‹user›: ‹sanne›, ‹company›: ‹garage›}\n" +
	"    ‹no_findings›:\n      - {‹id›: ‹S4›, ‹acknowledged›: false}\n"

// A name with one letter wrong, wherever it stands, makes the file unusable, and is told
// on its line, unless it meets another name.
func TestAMisspeltNameIsToldOnItsLine(t *testing.T) {
	office, file := exampleOffice(t)
	known := everyName(file)
	told, words := 0, make(map[string]bool)
	rapid.Check(t, func(rt *rapid.T) {
		list := drawSuite(t, rt, file, 2, 5)
		list[len(list)-1].text += findingsDrawn
		text := written(list)
		files{"office.yaml": string(office), "s": unmarked(text)}.load(rt, "s")
		for range 6 {
			place := rapid.SampledFrom(places(text)).Draw(rt, "place")
			name := text[place[0]:place[1]]
			wrong := misspell(rt, name)
			if known[wrong] || wrong == "" || wrong == name {
				continue
			}
			bad := unmarked(text[:place[0]] + wrong + text[place[1]:])
			suites, err := scenarios.Load(files{"office.yaml": string(office), "s": bad}.read, moment, "s")
			line := 1 + strings.Count(text[:place[0]], "\n")
			if suites != nil || !slices.ContainsFunc(officefile.Errors(err), func(e *officefile.Error) bool { return e.File == "s" && e.Line == line }) {
				rt.Fatalf("%q for %q on line %d: found suites %v and %v in\n%s", wrong, name, line, suites != nil, err, bad)
			}
			told++
			words[name] = true
		}
	})
	t.Logf("%d misspellings of %d names", told, len(words))
	if told < 400 || len(words) < 80 {
		t.Error("too few")
	}
}

// The nearest name is the one that was meant, in most cases.
func TestANameMisspeltByOneLetterIsSuggested(t *testing.T) {
	office, file := exampleOffice(t)
	of, suggested := 0, 0
	for _, who := range drawnUsers {
		for i := 1; i < len(who); i++ {
			for _, wrong := range []string{who[:i] + who[i+1:], who[:i] + "z" + who[i:], who[:i] + "z" + who[i+1:]} {
				text := fmt.Sprintf("office: office.yaml\nscenarios: [{name: x, can: [[%s, document.view, 'document:inv-1']]}]\n", wrong)
				_, err := scenarios.Load(files{"office.yaml": string(office), "s": text}.read, moment, "s")
				if everyName(file)[wrong] {
					continue
				}
				if of++; err != nil && strings.HasSuffix(err.Error(), ", perhaps "+who) {
					suggested++
				}
			}
		}
	}
	t.Logf("%d of %d", suggested, of)
	if suggested*10 < of*9 {
		t.Errorf("only %d of %d misspelt names are suggested as they were", suggested, of)
	}
}

// Names beyond number are all told, and the nearest of the first: to look for that of
// each among all the names of a large office would take minutes.
func TestNamesBeyondNumberAreTold(t *testing.T) {
	const users, wrong = 4000, 3000
	var office, suite strings.Builder
	office.WriteString("version: 1\noffice: {code: o, name: O, time_zone: UTC}\nusers:\n")
	for i := range users {
		fmt.Fprintf(&office, "  - {id: user-%d, username: user-%d, email: u%d@x.example, roles: [super_user], companies: []}\n", i, i, i)
	}
	suite.WriteString("office: office.yaml\nscenarios:\n  - name: x\n    cannot:\n")
	for i := range wrong {
		fmt.Fprintf(&suite, "      - [usre-%d, office.view_settings, 'office:o']\n", i)
	}
	_, err := scenarios.Load(files{"office.yaml": office.String(), "s": suite.String()}.read, moment, "s")
	all := officefile.Errors(err)
	suggested := strings.Count(err.Error(), ", perhaps user-")
	if len(all) != wrong || suggested < 400 || suggested > 600 || !strings.HasSuffix(all[0].Message, "perhaps user-0") {
		t.Errorf("%d of %d are told, and %d names suggested", len(all), wrong, suggested)
	}
}
