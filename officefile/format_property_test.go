package officefile_test

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile"
)

// However roughly an office file is written, it is laid out, says what it said, and
// has the comments that it had.
func TestFormatOfRoughOffices(t *testing.T) {
	drawn := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := roughly(t, writtenFile(t, anOffice(t)))
		before := w.text()
		was := wasRead(t, before)
		after := laid(t, before)
		is := wasRead(t, after)
		if diff := cmp.Diff(was.Office.Parts(), is.Office.Parts(), byValue); diff != "" {
			t.Fatalf("office (-before +after):\n%s\n%s\nbecame\n%s", diff, before, after)
		}
		w.kept(after)
		for form, count := range w.drawn {
			drawn[form] += count
		}
	})
	enough(t, drawn)
}

func wasRead(t *rapid.T, text []byte) *officefile.File {
	file, err := officefile.Parse("office.yaml", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return file
}

// enough says how often each form was drawn, none of which may be left out.
func enough(t *testing.T, drawn map[string]int) {
	t.Helper()
	for _, form := range []string{
		"comment behind", "line between", "explicit key", "on the next line", "block of text", "break in brackets", "alias", "anchor",
		"tag of a text", "needless quotes", "break in quotes", "list in the column of its key", "below the dash", "table", "root in brackets",
		"directive", "mark", "end", "byte order mark",
	} {
		if drawn[form] == 0 {
			t.Errorf("no text was drawn with this: %s", form)
		}
	}
	for _, form := range slices.Sorted(maps.Keys(drawn)) {
		t.Logf("%6d %s", drawn[form], form)
	}
}

// laid is a text laid out, of which nothing is left to lay out.
func laid(t *rapid.T, before []byte) []byte {
	after, err := officefile.Format("office.yaml", before)
	if err != nil {
		t.Fatalf("%v\n%q\n%s", err, before, before)
	}
	if again, err := officefile.Format("office.yaml", after); err != nil || !bytes.Equal(again, after) {
		t.Fatalf("another time %v\n%s\nbecame\n%s", err, after, again)
	}
	if found, want := meaning(t, after), meaning(t, before); found != want {
		t.Fatalf("found %s\nexpected %s\n%s\nbecame\n%s", found, want, before, after)
	}
	tidyText(t, after)
	return after
}

// tidyText holds what every text has that is laid out.
func tidyText(t *rapid.T, text []byte) {
	s := string(text)
	switch {
	case strings.ContainsAny(s, "\r") || strings.HasPrefix(s, "\ufeff"):
		t.Fatalf("found old line ends or a mark at the start: %q", s)
	case !strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "\n\n") || strings.HasPrefix(s, "\n"):
		t.Fatalf("found blank lines at an end, or no end of the last line: %q", s)
	case strings.Contains(s, "\n\n\n"):
		t.Fatalf("found two blank lines: %q", s)
	}
	for line := range strings.Lines(s) {
		if lead := len(line) - len(strings.TrimLeft(line, " ")); strings.HasSuffix(line, " \n") || lead%2 != 0 && !strings.HasPrefix(line[lead:], "#") {
			t.Fatalf("found a line with blanks at its end, or an odd indentation: %q", line)
		}
	}
}

var drawnNote = regexp.MustCompile(`#[ !]*note (\d+): it's, \[x] \{y: "z"} # &a \*b`)

// kept fails where a comment is gone, or is there twice.
func (w *rough) kept(text []byte) {
	counts := map[string]int{}
	for _, note := range drawnNote.FindAllSubmatch(text, -1) {
		counts[string(note[1])]++
	}
	for i := range w.notes {
		if n := counts[fmt.Sprint(i+1)]; n != 1 {
			w.Fatalf("found note %d %d times, expected it once\n%s\nbecame\n%s", i+1, n, w.String(), text)
		}
	}
}

// meaning is what a text says, its keys sorted and its aliases followed.
func meaning(t *rapid.T, text []byte) string {
	var n yaml.Node
	if err := yaml.Load(text, &n); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var b strings.Builder
	meant(&b, n.Content[0])
	return b.String()
}

func meant(b *strings.Builder, n *yaml.Node) {
	switch n.Kind {
	case yaml.AliasNode:
		meant(b, n.Alias)
	case yaml.SequenceNode:
		b.WriteString("[")
		for _, e := range n.Content {
			meant(b, e)
			b.WriteString(", ")
		}
		b.WriteString("]")
	case yaml.MappingNode:
		members := map[string]string{}
		for i := 0; i < len(n.Content); i += 2 {
			var member strings.Builder
			meant(&member, n.Content[i+1])
			members[n.Content[i].ShortTag()+n.Content[i].Value] = member.String()
		}
		for _, key := range slices.Sorted(maps.Keys(members)) {
			fmt.Fprintf(b, "%q: %s, ", key, members[key])
		}
	default:
		fmt.Fprintf(b, "%s %q", n.ShortTag(), n.Value)
	}
}
