package officefile_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"testing"
	"unicode/utf8"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
)

var lineEnd = regexp.MustCompile("\r\n|\r|\n")

// FuzzParse holds that any bytes are either a file or a list of errors, each
// inside the text, and that the office of a file can be made again.
func FuzzParse(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(laughs(3)))
	f.Add([]byte(nested(40)))
	f.Add(largeOffice(3, 2))
	f.Add([]byte("{\"version\":\t1, \"office\": {\"code\": \"\\ud83d\\ude00\", \"name\": \"\\u00e9\\/\"}}"))
	for _, name := range malformed(f) {
		f.Add(content(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := officefile.Parse("f", data)
		if err == nil {
			if _, err := offices.New(file.Office.Parts()); err != nil {
				t.Fatalf("the office cannot be made again: %v", err)
			}
			return
		}
		if file != nil || !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("found %v and error %v, expected no file and an invalid input", file, err)
		}
		checkPlaces(t, data, officefile.Errors(err))
	})
}

func checkPlaces(t *testing.T, data []byte, all []*officefile.Error) {
	t.Helper()
	lines := lineEnd.Split(string(data), -1)
	last := &officefile.Error{}
	for _, e := range all {
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > utf8.RuneCountInString(lines[e.Line-1])+1 {
			t.Fatalf("found a place outside the text of %d lines: %v", len(lines), e)
		}
		if e.Line < last.Line || e.Line == last.Line && e.Column < last.Column {
			t.Fatalf("found %v behind %v, expected them sorted", e, last)
		}
		last = e
	}
	if len(all) == 0 {
		t.Fatal("found no error in the error")
	}
}

// FuzzParseValue holds that any text is a value of the kinds that are promised, or
// a list of errors, each inside the text.
func FuzzParseValue(f *testing.F) {
	for _, seed := range []string{
		"", "wrong amount", "'007'", "0x10", "true", "~", "2027-01-31", "[anna, bob]", `{"a": [{}]}`, "[&x anna, *x]", "&a [*a]",
		"\"\\ud83d\\ude00\"", "!!set {a}", "--- a\n--- b", "{a: 1, a: 2}", "\xff", ".nan", nested(40),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := officefile.ParseValue("f", text)
		if err == nil {
			checkValue(t, v)
			return
		}
		if v != nil || !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("found %v and error %v, expected no value and an invalid input", v, err)
		}
		checkPlaces(t, []byte(text), officefile.Errors(err))
	})
}

func checkValue(t *testing.T, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		for _, member := range v {
			checkValue(t, member)
		}
	case []any:
		for _, element := range v {
			checkValue(t, element)
		}
	case nil, string, bool, json.Number:
	default:
		t.Fatalf("found a %T, expected a text, a number, a truth value, null, a list or a mapping", v)
	}
}
