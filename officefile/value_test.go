package officefile_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile"
)

func TestAValueIsReadAsYAML(t *testing.T) {
	for text, want := range map[string]any{
		"":                     "",
		" ":                    " ",
		"wrong amount":         "wrong amount",
		"'007'":                "007",
		"007":                  json.Number("007"),
		"1.5":                  json.Number("1.5"),
		"true":                 true,
		"yes":                  "yes",
		"null":                 nil,
		"~":                    nil,
		"2027-01-31":           "2027-01-31",
		"[anna, bob]":          []any{"anna", "bob"},
		"[]":                   []any{},
		"[[7], {a: null}]":     []any{[]any{json.Number("7")}, map[string]any{"a": nil}},
		"- anna\n- bob":        []any{"anna", "bob"},
		`{"a": "b", "c": []}`:  map[string]any{"a": "b", "c": []any{}},
		"[&x anna, *x]":        []any{"anna", "anna"},
		"!!str 7":              "7",
		"\"\\ud83d\\ude00\"":   "😀",
		"'it''s'":              "it's",
		"a colon : of no kind": map[string]any{"a colon": "of no kind"},
	} {
		got, err := officefile.ParseValue("value", text)
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("%q reads as %#v, %v; want %#v", text, got, err, want)
		}
	}
}

func TestWhatIsNoValueIsRefusedWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		"{a: 1, a: 2}":      "value:1:8: ",
		"[a":                "value:1:",
		"a: [1, *x]":        "value:1:8: ",
		"--- a\n--- b":      "value:2:",
		"!secret x":         "value:1:1: ",
		"\xff":              "value:1:1: ",
		"{1: 2}":            "value:1:2: ",
		"\"\\ud83d\"":       "value:1:",
		"&a [*a]":           "value:1:",
		"{[a]: b}":          "value:1:2: ",
		"# nothing but air": "value:1:1: ",
	} {
		got, err := officefile.ParseValue("value", text)
		if err == nil || got != nil || len(officefile.Errors(err)) == 0 || err.Error()[:len(want)] != want {
			t.Errorf("%q reads as %#v, %v; want an error at %s", text, got, err, want)
		}
	}
}
