package schematest_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile/internal/schematest"
)

// docs/editors.md lists the differences, in the same order.
func TestTheDocsListTheDifferences(t *testing.T) {
	text, err := os.ReadFile("../../../docs/editors.md")
	if err != nil {
		t.Fatal(err)
	}
	var told, listed [][2]string
	_, table, _ := strings.Cut(string(text), "| mistake | in | why a schema lets it pass |\n| --- | --- | --- |\n")
	for line := range strings.Lines(table) {
		cells := strings.Split(line, " | ")
		if len(cells) < 3 {
			break
		}
		told = append(told, [2]string{strings.TrimPrefix(cells[0], "| "), cells[1]})
	}
	for _, d := range schematest.Differences {
		listed = append(listed, [2]string{d.Name, map[bool]string{true: "both", false: "scenarios"}[d.Office]})
	}
	if diff := cmp.Diff(listed, told); diff != "" {
		t.Errorf("the table of docs/editors.md (-listed +told):\n%s", diff)
	}
}

// A plain value becomes what the core schema of YAML 1.2 says.
func TestPlainValuesBecomeWhatYAMLSays(t *testing.T) {
	for text, want := range map[string]string{
		"007": "7", "0x1f": "31", "0o17": "15", "1e3": "1e3", "+2": "2", "-0": "-0", ".5": "0.5", "5.": "5", "1.50": "1.50", "-.5e-3": "-0.5e-3",
		"yes": `"yes"`, "1_000": `"1_000"`, "0b11": `"0b11"`, "2027-01-31": `"2027-01-31"`, "<<": `"\u003c\u003c"`, "'7'": `"7"`, "!!str 7": `"7"`,
		"True": "true", "FALSE": "false", "tRUE": `"tRUE"`, "~": "null", "null": "null", "nULL": `"nULL"`,
		"!!int '7'": "7", "{7: x, 7: y}": `{"7":"x"}`, "[&a {x: 1}, *a]": `[{"x":1},{"x":1}]`, "{<<: {x: 1}, y: 2}": `{"x":1,"y":2}`, "&a [x, *a]": `["x"]`, "&a {x: *a, y: 1}": `{"y":1}`,
		".inf": "0.5", "1e400": "1e400", `"\ud83d\ude00"`: `"😀"`,
	} {
		value, err := schematest.Value([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		found, err := json.Marshal(value)
		if err != nil || string(found) != want {
			t.Errorf("%s became %s, expected %s (%v)", text, found, want, err)
		}
	}
}

func TestWhatIsNoYAMLIsAnError(t *testing.T) {
	for _, text := range []string{"[", "a: b\n---\n[", "\x00", "", "*a"} {
		if v, err := schematest.Value([]byte(text)); err == nil {
			t.Errorf("%q became %v", text, v)
		}
	}
}
