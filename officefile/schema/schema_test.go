package schema_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/internal/schematest"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/officefile/schema"
)

func TestTheSchemasAreThoseOfTheShapes(t *testing.T) {
	for _, c := range []struct {
		name   string
		shape  strict.Schema
		stands []byte
	}{
		{"office.schema.json", officefile.Schema(), schema.Office()},
		{"scenarios.schema.json", scenarios.Schema(), schema.Scenarios()},
	} {
		made, err := c.shape.JSON(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(made, c.stands) {
			t.Errorf("%s is not what the shapes are: run go generate ./officefile/schema", c.name)
		}
		if _, err := schematest.Of(c.stands); err != nil { // by its meta-schema, too
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A schema that is none by the meta-schema of its dialect is told so.
func TestAWrongSchemaIsFound(t *testing.T) {
	wrong := bytes.Replace(schema.Office(), []byte(`"type": "object"`), []byte(`"type": "objekt"`), 1)
	if _, err := schematest.Of(wrong); err == nil {
		t.Error("found no fault with a type that JSON Schema does not know")
	}
}

// Every key says what it is about, and every mapping is closed.
func TestEveryKeyIsDescribed(t *testing.T) {
	keys := 0
	for _, s := range []strict.Schema{officefile.Schema(), scenarios.Schema()} {
		s.Each(func(at strict.Schema) {
			if len(at.Properties) > 0 && at.Type == "object" && at.Additional != false {
				t.Errorf("%s takes any key", at.Title)
			}
			for _, p := range at.Properties {
				keys++
				if at.Type == "object" && strings.TrimSpace(p.Schema.Description) == "" {
					t.Errorf("the key %s of %s is not described", p.Name, at.Title)
				}
			}
		})
	}
	if keys < 200 {
		t.Errorf("only %d keys were looked at", keys)
	}
}

// What is handed out can be written to without harm to the next.
func TestSchemasAreCopies(t *testing.T) {
	schema.Office()[0], schema.Scenarios()[0] = 'x', 'x'
	if schema.Office()[0] != '{' || schema.Scenarios()[0] != '{' {
		t.Error("a schema was changed through what was handed out")
	}
}
