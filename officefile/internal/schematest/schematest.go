// Package schematest asks a JSON Schema what an editor would ask it, so that tests
// can hold it against what reads the same text.
//
// A schema speaks of JSON. What YAML becomes on its way there is up to whoever asks;
// here it becomes what yaml-language-server makes of it, by the core schema of YAML
// 1.2: plain 007, 0x1f and 1e3 are numbers, plain yes, 1_000 and 2027-01-31 are
// texts, aliases and merge keys are followed, and of two documents in a file each is
// asked about by itself.
package schematest

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema is a schema that can be asked.
type Schema struct{ compiled *jsonschema.Schema }

// Of is the schema that text holds. One that is not valid by the meta-schema of its
// dialect is an error.
func Of(text []byte) (Schema, error) {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return Schema{}, err
	}
	const here = "schema.json"
	c := jsonschema.NewCompiler()
	if err := c.AddResource(here, value); err != nil {
		return Schema{}, err
	}
	compiled, err := c.Compile(here)
	return Schema{compiled}, err
}

// Accepts says whether a text is valid, with what the validator says where it is
// not. A text that cannot be read as YAML is asked no schema about, and an error.
func (s Schema) Accepts(text []byte) (ok bool, why string, err error) {
	value, err := Value(text)
	if err != nil {
		return false, "", err
	}
	invalid := s.compiled.Validate(value)
	if _, ok := errors.AsType[*jsonschema.ValidationError](invalid); ok {
		return false, invalid.Error(), nil
	}
	if invalid != nil {
		return false, "", fmt.Errorf("the validator gave up: %w", invalid)
	}
	return true, "", nil
}
