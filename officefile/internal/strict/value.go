package strict

import (
	"encoding/json"

	"go.yaml.in/yaml/v4"
)

// ValueOf reads any value: a mapping as a map[string]any, a list as a []any, a number
// as a json.Number, and the rest as a string, a bool or nil. A date is the string it
// was written as.
func ValueOf(d *Document, n *yaml.Node) any {
	n = Follow(n)
	switch n.Kind {
	case yaml.MappingNode:
		return mapOf(d, n)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, element := range n.Content {
			list = append(list, ValueOf(d, element))
		}
		return list
	default:
		return scalarOf(d, n)
	}
}

func scalarOf(d *Document, n *yaml.Node) any {
	switch tag := n.ShortTag(); {
	case tag == "!!null":
		return nil
	case tag == "!!bool":
		return FlagOf(d, n)
	case tag == "!!int", tag == "!!float", vast(n):
		return json.Number(n.Value)
	}
	return n.Value
}

func mapOf(d *Document, n *yaml.Node) map[string]any {
	m := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := TextOf[string](d, n.Content[i])
		if _, twice := m[key]; !twice { // as in a Shape, the first counts
			m[key] = ValueOf(d, n.Content[i+1])
		}
	}
	return m
}
