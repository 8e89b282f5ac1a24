// Package schema holds the JSON Schemas (draft 2020-12) of the files that this
// module reads, for editors and for programs that write such files.
//
// They are made from the very tables that the files are read by. A file that is
// read is always valid by its schema. A file that is refused is not, but for what
// a schema cannot say; docs/editors.md lists that.
package schema

import (
	"bytes"
	_ "embed" // the schemas
)

//go:generate go run gen.go

//go:embed office.schema.json
var office []byte

// Office is the schema of an office file.
func Office() []byte { return bytes.Clone(office) }
