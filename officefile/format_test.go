package officefile_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/problems"
)

// Beside each file of testdata/format stands what it is laid out as, which is laid
// out so already.
func TestFormatExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/format/*.before.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d files, %v, expected 10 or more", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".before.yaml"), func(t *testing.T) {
			text, err := officefile.Format(name, content(t, name))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, strings.Replace(name, ".before.", ".after.", 1), string(text))
			if again, err := officefile.Format(name, text); err != nil || !bytes.Equal(again, text) {
				t.Errorf("another time %v and\n%s", err, again)
			}
		})
	}
}

// What YAML refuses, or this format of any YAML, is told with its place.
func TestFormatOfWhatIsNoYAML(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "f:1:1: found an empty file",
		"a: [b\n":                     "f:2:1: found text that is not YAML",
		"a: 1\nb: 2\na: 3\n":          `f:3:1: found the key "a" again`,
		"a: !!set {b}\n":              "f:1:4: found the tag !!set",
		"a: 1\n---\nb: 2\n":           "f:2:1: found a second document",
		"a: &x 1\n<<: *x\n":           "f:2:1: found the merge key <<",
		"a: \xff\n":                   "f:1:4: found the byte 0xff",
		strings.Repeat("[", 40) + "]": "f:",
	} {
		found, err := officefile.Format("f", []byte(text))
		if found != nil || !errors.Is(err, problems.ErrInvalid) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: found %q and %v, expected %s", text, found, err, want)
		}
	}
}

// A file has a layout also where it refers to what is not there.
func TestFormatOfAnUnsoundOffice(t *testing.T) {
	laid := 0
	for _, name := range malformed(t) {
		text, err := officefile.Format("f", content(t, name))
		if err != nil {
			if all := officefile.Errors(err); len(all) == 0 || text != nil {
				t.Errorf("%s: found %q and %v", name, text, err)
			}
			continue
		}
		laid++
		if _, err := officefile.Parse("f", text); err == nil {
			t.Errorf("%s: it could not be read, and can now", name)
		}
	}
	if t.Logf("%d files laid out", laid); laid < 100 {
		t.Errorf("only %d files were laid out", laid)
	}
}
