package officefile_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/schematest"
)

// schemaTally counts what the schema and the reader said of the same files.
type schemaTally struct {
	schema                    schematest.Schema
	read, refused, differ, no int
	kinds                     map[string]int
}

func newSchemaTally(t *testing.T) *schemaTally {
	t.Helper()
	text, err := officefile.Schema().JSON("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := schematest.Of(text)
	if err != nil {
		t.Fatal(err)
	}
	return &schemaTally{schema: s, kinds: map[string]int{}}
}

// judge holds the schema against the reader: it accepts what is read, and refuses
// what is refused, but for the differences that are listed.
func (y *schemaTally) judge(t rapid.TB, text string) {
	t.Helper()
	_, refusal := officefile.Parse("office.yaml", []byte(text))
	accepted, why, err := y.schema.Accepts([]byte(text))
	switch {
	case err != nil && refusal == nil:
		t.Fatalf("a file that is read cannot be asked about: %v\n%s", err, text)
	case err != nil:
		y.no++
	case accepted && refusal == nil:
		y.read++
	case !accepted && refusal != nil:
		y.refused++
	case refusal == nil:
		t.Fatalf("the schema refuses what is read: %s\n%s", why, text)
	default:
		y.differ++
		y.explain(t, refusal, text)
	}
}

// explain wants each complaint about what the schema accepts to be of one kind that
// is listed, or to follow from one.
func (y *schemaTally) explain(t rapid.TB, refusal error, text string) {
	t.Helper()
	file, err := schematest.Value([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range officefile.Errors(refusal) {
		kinds := schematest.Kinds(e.Message, file)
		if len(kinds) == 0 && schematest.Follows(refusal.Error()) {
			continue
		}
		if len(kinds) != 1 {
			t.Fatalf("the schema accepts what is refused: %v, which is of the kinds %q\n%s", e, kinds, text)
		}
		y.kinds[kinds[0]]++
	}
}

// Beside the files that are drawn, the whole corpus of malformed ones is asked about,
// and every file that the tests take for valid.
func TestTheSchemaSaysWhatTheReaderSays(t *testing.T) {
	y := newSchemaTally(t)
	var beyond strings.Builder
	for _, name := range append(malformed(t), schemaValid(t)...) {
		before := y.differ
		y.judge(t, string(content(t, name)))
		if y.differ > before {
			beyond.WriteString(filepath.Base(name) + "\n")
		}
	}
	y.judge(t, base)
	y.judge(t, change(t, "roles: []", "roles: [&a client_user"+strings.Repeat(", *a", officefile.MaxAliases+1)+"]"))
	for _, day := range []string{"2027-13-01", "2027-00-01", "2027-01-32", "2027-01-00", "2027-1-31", "02027-01-31"} {
		y.judge(t, change(t, "end_date: 2027-01-31", "end_date: \""+day+"\""))
	}
	y.judge(t, change(t, "settings: {vat_period: month}", "settings: {vat_period: month, 7: x}"))
	t.Logf("of the files at hand: %d read, %d refused, %d refused by the reader alone, %d no YAML", y.read, y.refused, y.differ, y.no)
	rapid.Check(t, func(t *rapid.T) {
		file := drawnFile(t)
		y.judge(t, spelt(t, file))
		for range 20 {
			y.judge(t, schematest.Spell(schematest.Mutated(t, tree(file), schemaWords...)))
		}
	})
	t.Logf("of all: %d read, %d refused, %d refused by the reader alone, %d no YAML", y.read, y.refused, y.differ, y.no)
	for _, d := range schematest.Differences {
		t.Logf("%6d times %s", y.kinds[d.Name], d.Name)
		if d.Office && y.kinds[d.Name] == 0 {
			t.Errorf("no file shows the difference %q: it should not be listed", d.Name)
		}
	}
	golden(t, "testdata/beyond-schema.golden", beyond.String())
	if y.read < 100 || y.refused < 500 {
		t.Errorf("too little was looked at: %v", slices.Sorted(maps.Keys(y.kinds)))
	}
}

func schemaValid(t *testing.T) (files []string) {
	t.Helper()
	for _, pattern := range []string{"testdata/update/*.yaml", "../examples/*/office.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: found %d files, %v", pattern, len(found), err)
		}
		files = append(files, found...)
	}
	return files
}

// schemaWords are keys and codes that belong somewhere in an office file.
var schemaWords = []string{
	"id", "name", "code", "users", "user", "companies", "company", "version", "end_date", "comment", "settings", "values", "reason",
	"super_user", "Accountant", "client_user ", "login_success", "disconnected", "by_role", "tagging", "authorisation", "archived", "pending", "rejected",
	"S1", "S7", "O18", "O19", "R0", "R01", "s1",
}

// tree is a file as it can be mutated.
func tree(value any) any {
	switch v := value.(type) {
	case mapping:
		var m schematest.Mapping
		for _, e := range v {
			m = append(m, schematest.Member{Key: e.key, Value: tree(e.value)})
		}
		return m
	case list:
		var l schematest.List
		for _, e := range v {
			l = append(l, tree(e))
		}
		return l
	case plain:
		return schematest.Plain(v)
	default:
		return value
	}
}
