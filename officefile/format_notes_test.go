package officefile_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile"
)

var (
	sheetNote = regexp.MustCompile(`# ((?:note|remark) \d+)[:,]`)
	sheetKey  = regexp.MustCompile(`^ *(?:- +)?["']?([a-z_]+)["']?:.*# (remark \d+),`)
)

// Comments stay with the entry that they are about, and those behind a key on its
// line.
func TestFormatKeepsNotesWithWhatTheyAreAbout(t *testing.T) {
	noted, keyed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := laidOut(t, anOffice(t))
		before := s.text("\n")
		after, err := officefile.Format("office.yaml", []byte(before))
		if err != nil {
			t.Fatalf("%v\n%s", err, before)
		}
		about := map[string]string{}
		for _, l := range s.lines {
			for _, note := range sheetNote.FindAllStringSubmatch(l.text, -1) {
				about[note[1]] = l.about
			}
			if key := sheetKey.FindStringSubmatch(l.text); key != nil {
				keyed++
				if line := lineWith(string(after), "# "+key[2]+","); !strings.Contains(line, key[1]+":") {
					t.Fatalf("found %q, expected %s on the line of %s\n%s\nbecame\n%s", line, key[2], key[1], before, after)
				}
			}
		}
		noted += len(about)
		for _, kind := range []string{"user ", "company ", "system ", "deleted "} {
			if was, is := entriesNoted(before, kind, about), entriesNoted(string(after), kind, about); !slices.Equal(was, is) {
				t.Fatalf("found notes about %q, expected %q\n%s\nbecame\n%s", is, was, before, after)
			}
		}
	})
	if t.Logf("%d notes, %d behind keys", noted, keyed); noted < 2000 || keyed < 500 {
		t.Errorf("found only %d notes, %d behind keys", noted, keyed)
	}
}

func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

// entriesNoted are the entries of a kind that a text has comments about, one after
// another.
func entriesNoted(text, kind string, about map[string]string) (entries []string) {
	for _, note := range sheetNote.FindAllStringSubmatch(text, -1) {
		if entry := about[note[1]]; strings.HasPrefix(entry, kind) {
			entries = append(entries, entry)
		}
	}
	return slices.Compact(entries)
}
