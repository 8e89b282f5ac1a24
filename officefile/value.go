package officefile

import (
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v4"

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
	d := load([]byte(text))
	var v any
	if d.Root() != nil {
		v = valueOf(d, d.Root())
	}
	if err := errorsOf(name, d); err != nil {
		return nil, err
	}
	return v, nil
}

func valueOf(d *strict.Document, n *yaml.Node) any {
	n = strict.Follow(n)
	switch n.Kind {
	case yaml.MappingNode:
		return mapOf(d, n)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, element := range n.Content {
			list = append(list, valueOf(d, element))
		}
		return list
	default:
		return scalarOf(d, n)
	}
}

func scalarOf(d *strict.Document, n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strict.FlagOf(d, n)
	case "!!int", "!!float":
		return json.Number(n.Value)
	}
	return n.Value
}

func mapOf(d *strict.Document, n *yaml.Node) map[string]any {
	m := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		m[strict.TextOf[string](d, n.Content[i])] = valueOf(d, n.Content[i+1])
	}
	return m
}
