package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSchemaPrintsTheSchemaOfAKindOfFile(t *testing.T) {
	for of, title := range map[string]string{"office": "Office file", "scenarios": "Scenario file"} {
		got := runWith("", "schema", of)
		var s struct {
			Dialect string `json:"$schema"`
			Title   string `json:"title"`
		}
		if err := json.Unmarshal([]byte(got.out), &s); err != nil || got.code != exitYes || got.errors != "" {
			t.Errorf("mandaat schema %s: exit %d, %v\n%s", of, got.code, err, got.errors)
		}
		if s.Dialect != "https://json-schema.org/draft/2020-12/schema" || s.Title != title {
			t.Errorf("mandaat schema %s: found the schema of %q in %s", of, s.Title, s.Dialect)
		}
	}
}

func TestSchemaSaysWhatItIsFor(t *testing.T) {
	for args, says := range map[string]string{
		"schema":                  "accepts 1 arg(s)",
		"schema office scenarios": "accepts 1 arg(s)",
		"schema Office":           `found "Office", expected office or scenarios`,
	} {
		got := runWith("", strings.Fields(args)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, says) {
			t.Errorf("mandaat %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}
