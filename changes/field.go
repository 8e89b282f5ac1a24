package changes

import "github.com/mandaat/mandaat/internal/fields"

// Field is a field of a command's JSON.
type Field struct {
	Key      string
	Optional bool
	Expected string // what its value must be
	// Fields is those of its value, or of each element of it; nil where that has none.
	Fields []Field
}

// FieldsOf is what a command's description tells of its fields, in order.
func FieldsOf(described []fields.Field) []Field {
	var list []Field
	for _, f := range described {
		field := Field{Key: f.Key, Optional: f.Optional, Expected: f.Expected}
		if f.Fields != nil {
			field.Fields = FieldsOf(f.Fields())
		}
		list = append(list, field)
	}
	return list
}
