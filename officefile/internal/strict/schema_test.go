package strict_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// A shape is written once, however often it is used; what is short stands on a line.
func TestAShapeIsWrittenAsASchema(t *testing.T) {
	text, err := treeShape.Schema().About("All of it.").JSON("tree.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://raw.githubusercontent.com/mandaat/mandaat/main/officefile/schema/tree.schema.json",
  "title": "Tree",
  "description": "All of it.",
  "type": "object",
  "properties": {
    "words": {
      "description": "what it says",
      "type": "array",
      "items": {"$ref": "#/$defs/word"},
      "errorMessage": "expected a list"
    },
    "leaves": {
      "description": "what hangs on it",
      "type": "array",
      "items": {"$ref": "#/$defs/leaf"},
      "errorMessage": "expected a list"
    }
  },
  "additionalProperties": false,
  "$defs": {
    "word": {
      "type": "string",
      "pattern": "^[a-z]*$",
      "errorMessage": "expected a word; quote what could be a number, true, false or null"
    },
    "leaf": {
      "title": "Leaf",
      "type": "object",
      "properties": {
        "word": {"$ref": "#/$defs/word", "description": "what it says"},
        "on": {"description": "whether it is on", "type": "boolean", "errorMessage": "expected true or false"}
      },
      "required": ["word"],
      "additionalProperties": false
    }
  }
}
`
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(string(text), "\n")); diff != "" {
		t.Errorf("the schema (-expected +found):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"words", "leaves"}, treeShape.Names()); diff != "" {
		t.Errorf("the names of its keys (-expected +found):\n%s", diff)
	}
}

func TestTwoDefinitionsOfOneNameAreAnError(t *testing.T) {
	two := strict.AnyOf(word, strict.TextLike("another", "x").Called("word"))
	if text, err := two.JSON("two"); err == nil || text != nil {
		t.Errorf("found %s, expected an error", text)
	}
	if _, err := strict.AnyOf(word, word.About("twice")).JSON("one"); err != nil {
		t.Errorf("found %v where one definition is used twice", err)
	}
}

// What cannot be seen, or is special to web pages, stands in a schema so that it can be
// read and compared.
func TestASchemaIsASCII(t *testing.T) {
	text, err := strict.TextLike("é\u00a0😀 <&>", "").JSON("x")
	if err != nil || !strings.Contains(string(text), `\u00e9\u00a0\ud83d\ude00 <&>`) {
		t.Errorf("found %s, %v", text, err)
	}
}

// A number that only some readers of YAML take for one is refused as a text, by all.
func TestANumberBeyondAllTypesIsNoText(t *testing.T) {
	for text, wrong := range map[string]bool{
		"1e400": true, "-1e999": true, "0xffffffffffffffffff": true, "0o7777777777777777777777777": true, strings.Repeat("9", 400): true,
		"'1e400'": false, "!!str 1e400": false, "1e400x": false, "e400": false, "--": false, "1-2": false,
	} {
		d := strict.Load([]byte(text), ample)
		strict.TextOf[string](d, d.Root())
		if found := d.Count() == 1; found != wrong {
			t.Errorf("%s: found %v, expected it refused: %v", text, complaints(d), wrong)
		}
	}
}
