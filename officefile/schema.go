package officefile

import "github.com/mandaat/mandaat/officefile/internal/strict"

// Schema is what a file looks like, for the packages of this module. Others have
// it as JSON from package schema.
func Schema() strict.Schema {
	return fileShape.Schema().About("An office as mandaat reads it: its accounting systems, companies and users, and, for asking about them, documents and accepted findings.")
}

// InlineSchema is what an office looks like that stands in another text, for the
// packages of this module.
func InlineSchema() strict.Schema { return inlineShape.Schema().Called("inline_office") }
