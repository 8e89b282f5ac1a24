package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile"
)

// A scenario file is laid out with its keys in the order in which they are documented.
func TestKeysAreLaidOutInTheOrderOfTheFormat(t *testing.T) {
	const scenario = "scenarios:\n  - "
	for _, c := range []struct {
		keys           []string
		before, behind string
	}{
		{fileShape.Names(), "", ""},
		{entryShape.Names(), scenario + "{", "}"},
		{tableShape.Names(), scenario + "tables:\n    - {", "}"},
		{patternShape.Names(), scenario + "findings:\n    - {", "}"},
		{patternShape.Names(), scenario + "no_findings:\n    - {", "}"},
	} {
		var pairs []string
		for _, key := range slices.Backward(c.keys) {
			pairs = append(pairs, key+": 1")
		}
		separator := map[bool]string{true: "\n", false: ", "}[c.before == ""]
		text, err := officefile.Format("f", []byte(c.before+strings.Join(pairs, separator)+c.behind+"\n"))
		slices.Reverse(pairs)
		if want := c.before + strings.Join(pairs, separator) + c.behind + "\n"; err != nil || layoutOf(text) != layoutOf([]byte(want)) {
			t.Errorf("found %v and\n%sexpected\n%s", err, text, want)
		}
	}
}

// layoutOf is a text without what does not count here.
func layoutOf(text []byte) string { return fmt.Sprint(strings.Fields(string(text))) }
