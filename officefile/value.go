package officefile

import (
	"strings"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// ParseValue reads one YAML value, such as a property given on a command line,
// under the limits of a file: a mapping becomes a map[string]any, a list a []any,
// a number a json.Number, and the rest a string, a bool or nil. A date is the
// string it was written as; no text at all is the empty string. Its errors are
// those of Parse, under the given name.
func ParseValue(name, text string) (any, error) {
	if strings.TrimSpace(text) == "" {
		return text, nil
	}
	d := Load([]byte(text))
	var v any
	if d.Root() != nil {
		v = strict.ValueOf(d, d.Root())
	}
	if err := ErrorsOf(name, d); err != nil {
		return nil, err
	}
	return v, nil
}
