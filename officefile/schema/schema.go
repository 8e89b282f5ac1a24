// Package schema holds the JSON Schemas (draft 2020-12) of the files that this module
// reads, for editors and for programs that write such files.
//
// They are made from the very tables that the files are read by. A file that is read
// is valid by its schema. A file that is refused is not, but for what a schema cannot
// say, which docs/editors.md lists.
package schema

import (
	"bytes"
	_ "embed" // the schemas
)

//go:generate go run gen.go

var (
	//go:embed office.schema.json
	office []byte
	//go:embed scenarios.schema.json
	scenarios []byte
)

// Office is the schema of an office file.
func Office() []byte { return bytes.Clone(office) }

// Scenarios is the schema of a scenario file.
func Scenarios() []byte { return bytes.Clone(scenarios) }
