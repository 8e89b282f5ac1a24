package scenarios_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/schematest"
	"github.com/mandaat/mandaat/officefile/scenarios"
)

// schemaTally counts what the schema and the reader said of the same files.
type schemaTally struct {
	schema                    schematest.Schema
	office                    []byte
	read, refused, differ, no int
	kinds                     map[string]int
}

func newSchemaTally(t *testing.T) *schemaTally {
	t.Helper()
	text, err := scenarios.Schema().JSON("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := schematest.Of(text)
	if err != nil {
		t.Fatal(err)
	}
	office, err := os.ReadFile("../../examples/devries/office.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return &schemaTally{schema: s, office: office, kinds: map[string]int{}}
}

// judge holds the schema against the reader: it accepts what is read, and refuses
// what is refused, but for the differences that are listed.
func (y *schemaTally) judge(t rapid.TB, text string) {
	t.Helper()
	files := map[string]string{"x.scenarios.yaml": text, "office.yaml": string(y.office)}
	y.hold(t, text, func(name string) ([]byte, error) {
		if file, ok := files[name]; ok {
			return []byte(file), nil
		}
		return nil, os.ErrNotExist
	}, "x.scenarios.yaml")
}

func (y *schemaTally) hold(t rapid.TB, text string, read func(string) ([]byte, error), name string) {
	t.Helper()
	_, refusal := scenarios.Load(read, time.Unix(1_795_000_000, 0), name)
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
		if !strings.HasSuffix(e.File, ".scenarios.yaml") { // wrong with the office file itself
			y.kinds["other files"]++
			continue
		}
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

func TestTheSchemaSaysWhatTheReaderSays(t *testing.T) {
	y := newSchemaTally(t)
	for _, name := range schemaFiles(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		y.hold(t, string(text), os.ReadFile, name)
	}
	for _, text := range suiteMistakes {
		y.judge(t, text)
	}
	t.Logf("of the files at hand: %d read, %d refused, %d refused by the reader alone, %d no YAML", y.read, y.refused, y.differ, y.no)
	rapid.Check(t, func(t *rapid.T) {
		file := drawnTree(t)
		y.judge(t, schematest.Spell(file))
		for range 12 {
			y.judge(t, schematest.Spell(schematest.Mutated(t, file, suiteWords...)))
		}
	})
	t.Logf("of all: %d read, %d refused, %d refused by the reader alone, %d no YAML", y.read, y.refused, y.differ, y.no)
	for _, d := range schematest.Differences {
		t.Logf("%6d times %s", y.kinds[d.Name], d.Name)
		if d.Scenarios && !d.Office && y.kinds[d.Name] == 0 {
			t.Errorf("no file shows the difference %q: it should not be listed", d.Name)
		}
	}
	if y.read < 100 || y.refused < 500 || y.differ < 100 {
		t.Error("too little was looked at")
	}
}

// schemaFiles is every scenario file of the repository.
func schemaFiles(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir("../..", func(at string, entry os.DirEntry, err error) error {
		if err == nil && entry.Name() == ".git" {
			return filepath.SkipDir
		}
		if ok, _ := filepath.Match("*.scenarios.*", entry.Name()); ok && !entry.IsDir() && filepath.Ext(at) != ".golden" {
			files = append(files, at)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d scenario files, %v", len(files), err)
	}
	return files
}

// suiteMistakes are what is drawn too seldom.
var suiteMistakes = []string{
	`{office: office.yaml, scenarios: [{name: x, findings: [{}]}]}`,
	`{office: office.yaml, scenarios: [{name: x, can: [[rosa, user.view, user:bram, {}, {rule: document.view/client}]]}]}`,
	`{office: office.yaml, scenarios: [{name: x, tables: [{actions: [user.view, document.view], resources: [user:bram], can: none}]}]}`,
}
