package changes

import "github.com/mandaat/mandaat/internal/fields"

// Field is a field of a command's JSON.
type Field struct {
	Key      string
	Optional bool
	Expected string // what its value must be
}

// FieldsOf is what a command's description tells of its fields, in order.
func FieldsOf(described []fields.Field) []Field {
	var list []Field
	for _, f := range described {
		list = append(list, Field(f))
	}
	return list
}
