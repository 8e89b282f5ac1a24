package officefile

import "github.com/mandaat/mandaat/officefile/internal/strict"

// Schema is what a file looks like, for the packages of this module. Others have
// it as JSON from package schema.
func Schema() strict.Schema {
	return fileShape.Schema().About("An office as mandaat reads it: its accounting systems, companies and users, and, for asking about them, documents and accepted findings.")
}
