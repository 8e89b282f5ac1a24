package officefile_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/problems"
)

// FuzzFormat holds that any bytes are either no YAML, and refused with where that
// shows, or are laid out: then nothing is left to lay out, and an office reads as it
// did.
func FuzzFormat(f *testing.F) {
	f.Add([]byte(base))
	f.Add(largeOffice(3, 2))
	for _, pattern := range []string{"testdata/update/*.yaml", "testdata/format/*", "testdata/malformed/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			f.Add(content(f, name))
		}
	}
	for _, seed := range []string{
		"? a\n? b\n: c\n", ": v\n", "{: v}", "[a: b, ? c : d]", "a: &x\nb: *x\n", "a: |+\n  x\n\n\nb: >2-\n    y\n  # c\n", "--- >1\n x\n",
		"- - # c\n    a\n", "a: \"x\\\n  y\" # c\n    # d\n", "{a: 1, # c\n # d\n}", "a: [b,  c] # c\n", "%YAML 1.1\n---\n", "a: !!str\nb: ~",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := officefile.Format("f", data)
		if err != nil {
			all := officefile.Errors(err)
			if text != nil || !errors.Is(err, problems.ErrInvalid) || len(all) == 0 {
				t.Fatalf("found %q and %v, expected where it is no YAML\n%s", text, err, data)
			}
			checkPlaces(t, data, all)
			return
		}
		if again, err := officefile.Format("f", text); err != nil || !bytes.Equal(again, text) {
			t.Fatalf("another time %v\n%q\nbecame\n%q", err, text, again)
		}
		checkLaidOut(t, data, text)
	})
}

// checkLaidOut holds that a text reads as the office that it was read as, or is still
// no office.
func checkLaidOut(t *testing.T, before, after []byte) {
	t.Helper()
	was, wasNot := officefile.Parse("f", before)
	is, isNot := officefile.Parse("f", after)
	if len(officefile.Errors(wasNot)) != len(officefile.Errors(isNot)) {
		t.Fatalf("it was read with %v, and is with %v\n%s\nbecame\n%s", wasNot, isNot, before, after)
	}
	if wasNot != nil {
		return
	}
	if diff := cmp.Diff(was.Office.Parts(), is.Office.Parts(), byValue); diff != "" {
		t.Fatalf("office (-before +after):\n%s\n%s\nbecame\n%s", diff, before, after)
	}
	if !reflect.DeepEqual(was.Documents, is.Documents) || !reflect.DeepEqual(was.Acknowledged, is.Acknowledged) {
		t.Fatalf("documents or acknowledgements became others\n%s\nbecame\n%s", before, after)
	}
}
