package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// lineOfEntry is the line on which an entry of a file begins, by looking for its id.
func lineOfEntry(t testing.TB, name, id string) int {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	entry := regexp.MustCompile(`^  - \{?id: ` + regexp.QuoteMeta(id) + `(,| *$)`)
	for i, line := range bytes.Split(text, []byte("\n")) {
		if entry.Match(line) {
			return i + 1
		}
	}
	t.Fatalf("%s has no entry of %s", name, id)
	return 0
}

// told is what a report says of a finding, in whatever format.
type told struct {
	line                 int
	level, rule, message string
	reason               string // of an acknowledgement
}

func (a told) String() string {
	return fmt.Sprintf("%d %s %s %q %q", a.line, a.level, a.rule, a.message, a.reason)
}

// toldInText reads a report for people back.
func toldInText(t *rapid.T, report string) (all []told) {
	head := regexp.MustCompile(`^` + regexp.QuoteMeta(devries) + `:(\d+): (\w+) (\w+): (.*)$`)
	var into *string
	for line := range strings.Lines(report) {
		line = strings.TrimSuffix(line, "\n")
		more, continued := strings.CutPrefix(line, "    ")
		m := head.FindStringSubmatch(line)
		switch {
		case m != nil:
			var f told
			if _, err := fmt.Sscan(m[1], &f.line); err != nil {
				t.Fatal(err)
			}
			f.level, f.rule, f.message = m[2], m[3], m[4]
			all = append(all, f)
			into = &all[len(all)-1].message
		case continued && into != nil:
			*into += " " + strings.TrimPrefix(more, "       ")
		case strings.HasPrefix(line, "  accepted until "):
			into = &all[len(all)-1].reason
			_, *into, _ = strings.Cut(line, ": ")
		default:
			into = nil
		}
	}
	return all
}

func toldInJSON(t *rapid.T, report string) (all []told) {
	var r auditJSON
	if err := json.Unmarshal([]byte(report), &r); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		one := told{f.Line, f.Level.String(), f.ID, f.Message, ""}
		if f.Acknowledged != (f.Acknowledgement != nil) {
			t.Fatalf("%+v", f)
		}
		if f.Acknowledged {
			one.reason = f.Acknowledgement.Reason
		}
		all = append(all, one)
	}
	return all
}

func toldInSARIF(t *rapid.T, report string) (all []told) {
	for _, r := range sarifOf(t, report).Results {
		message, _, _ := strings.Cut(unescaped(r.Message.Text), "\n")
		level := map[string]string{"error": "error", "warning": "warning", "note": "advice"}[r.Level]
		one := told{r.Locations[0].Physical.Region.StartLine, level, r.RuleID, message, ""}
		if len(r.Suppressions) > 0 {
			one.reason = r.Suppressions[0].Justification
		}
		all = append(all, one)
	}
	return all
}

// aSentence draws a sentence of strange words, short and long.
func aSentence(t *rapid.T, label string) string {
	word := rapid.StringMatching(`[a-z{}\[\]()"'<>&\\é𝄞:.-]{1,30}`)
	return strings.Join(rapid.SliceOfN(word, 1, 15).Draw(t, label), rapid.SampledFrom([]string{" ", "  "}).Draw(t, "blanks")) + "."
}

var (
	someUsers     = []users.ID{"", "bram", "rosa", "kees", "lisa"}
	someCompanies = []companies.ID{"", "bakery", "bookshop"}
)

// someFinding draws a finding, and what a report should tell of it.
func someFinding(t *rapid.T, lines map[string]int) (auditedFinding, told) {
	level := rapid.SampledFrom([]roles.Level{roles.Error, roles.Warning, roles.Advice}).Draw(t, "level")
	said := saying{message: aSentence(t, "message")}
	f := objection(level, rapid.SampledFrom(someUsers).Draw(t, "user"), rapid.SampledFrom(someCompanies).Draw(t, "company"), "")
	at := string(f.User)
	if at == "" && rapid.Bool().Draw(t, "several") {
		f.Users = []users.ID{"eva", "omar"}
		at = "eva"
	}
	if at == "" {
		at = string(f.Company)
	}
	if rapid.Bool().Draw(t, "mend") {
		said.changes = []auditedChange{{"change_x", aSentence(t, "change")}, {"change_y", aSentence(t, "change")}}
	}
	f.said = said
	want := told{lines[at], level.String(), f.ID, said.message, ""}
	if rapid.Bool().Draw(t, "acknowledged") {
		want.reason = aSentence(t, "reason")
		f = accepted(f, want.reason)
	}
	return f, want
}

// Each format tells of the same findings, on the right lines, whatever they say.
func TestFormatsTellTheSameFindings(t *testing.T) {
	text, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(text), "\noffice:")
	lines := map[string]int{"": strings.Count(before, "\n") + 2}
	for _, id := range []string{"bram", "rosa", "kees", "lisa", "eva", "bakery", "bookshop"} {
		lines[id] = lineOfEntry(t, devries, id)
	}
	findings := 0
	rapid.Check(t, func(rt *rapid.T) {
		var list []auditedFinding
		var want []told
		for range rapid.IntRange(0, 5).Draw(rt, "findings") {
			f, w := someFinding(rt, lines)
			list, want = append(list, f), append(want, w)
		}
		findings += len(list)
		by := madeUp(nil, list...)
		for format, read := range map[string]func(*rapid.T, string) []told{"text": toldInText, "json": toldInJSON, "sarif": toldInSARIF} {
			got := validateBy(rt, by, "", devries, "--format", format)
			if found := read(rt, got.out); !slices.Equal(found, want) {
				rt.Fatalf("%s tells\n%v\nexpected\n%v\n%s", format, found, want, got.out)
			}
		}
	})
	t.Logf("%d findings", findings)
	if findings < 100 {
		t.Errorf("only %d findings", findings)
	}
}

// A report for people is as narrow as its words allow.
func TestTextFitsItsColumns(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f, _ := someFinding(rt, map[string]int{})
		out := validateBy(rt, madeUp(nil, f), "", devries).out
		for line := range strings.Lines(out) {
			line = strings.TrimRight(line, "\n ")
			if longest := 12 + longestWord(line); len([]rune(line)) > max(sheetWidth, longest) && !strings.HasPrefix(line, "../") {
				rt.Fatalf("a line of %d:\n%s", len([]rune(line)), out)
			}
		}
	})
}

func longestWord(line string) (longest int) {
	for word := range strings.FieldsSeq(line) {
		longest = max(longest, len([]rune(word)))
	}
	return longest
}
