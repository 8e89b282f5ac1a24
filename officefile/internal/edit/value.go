package edit

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile/internal/spell"
	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// Value is what a text says somewhere: a String, a Word, a Plain, a List or a
// Mapping. A nil Value is that it says nothing.
type Value any

type (
	// String is any text.
	String string
	// Word is a text that YAML needs no quotes for, such as a date.
	Word string
	// Plain is a number or a truth value, which never has quotes.
	Plain string
	// List is a list.
	List []Value
	// Mapping is a mapping. In a list, its first key tells one from another.
	Mapping []Field
)

// Field is a key with its value.
type Field struct {
	Key   string
	Value Value
	// Default is that an absent key says the same.
	Default bool
}

func equal(a, b Value) bool { return reflect.DeepEqual(a, b) }

// name is what tells a value in a list from the others.
func name(v Value) string {
	switch v := v.(type) {
	case Mapping:
		return name(v[0].Value)
	case String:
		return string(v)
	}
	return ""
}

// nameOf is the name of an element of a list of which v is one.
func nameOf(n *yaml.Node, v Value) string {
	n = strict.Follow(n)
	m, ok := v.(Mapping)
	if !ok {
		return n.Value
	}
	if i := find(n, m[0].Key); i >= 0 {
		return strict.Follow(n.Content[i+1]).Value
	}
	return ""
}

// find is the index of a key, or -1.
func find(n *yaml.Node, key string) int {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// valueOf is what a text says.
func valueOf(n *yaml.Node) Value {
	n = strict.Follow(n)
	switch {
	case n.Kind == yaml.SequenceNode:
		list := List{}
		for _, element := range n.Content {
			list = append(list, valueOf(element))
		}
		return list
	case n.Kind == yaml.MappingNode:
		m := Mapping{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m = append(m, Field{Key: n.Content[i].Value, Value: valueOf(n.Content[i+1])})
		}
		return m
	case n.ShortTag() == "!!str":
		return String(n.Value)
	default:
		return Word(n.Value)
	}
}

// flow is a value on one line.
func (e *Editor) flow(v Value) string {
	switch v := v.(type) {
	case String:
		return e.text(string(v))
	case Word:
		return e.unquoted(string(v))
	case Plain:
		return string(v)
	case List:
		parts := make([]string, len(v))
		for i, element := range v {
			parts[i] = e.flow(element)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case Mapping:
		var parts []string
		for _, f := range v.written() {
			parts = append(parts, e.field(f))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return ""
}

// written are the fields that have to be written.
func (m Mapping) written() (fields []Field) {
	for _, f := range m {
		if f.Value != nil && !f.Default {
			fields = append(fields, f)
		}
	}
	return fields
}

func (e *Editor) field(f Field) string { return e.text(f.Key) + ": " + e.flow(f.Value) }

func (e *Editor) unquoted(s string) string {
	if e.json {
		return spell.Quoted(s, e.json)
	}
	return s
}

// scalar is a value in the place of another, in quotes of the same kind.
func (e *Editor) scalar(before *yaml.Node, v Value) string {
	s, isString := v.(String)
	w, isWord := v.(Word)
	text := string(s) + string(w)
	switch {
	case !isString && !isWord || before.Kind != yaml.ScalarNode:
	case before.Style&yaml.DoubleQuotedStyle != 0:
		return spell.Quoted(text, e.json)
	case before.Style&yaml.SingleQuotedStyle != 0 && spell.Printable(text):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return e.flow(v)
}

// text is a text with quotes where it needs them.
func (e *Editor) text(s string) string {
	if !e.json && spell.Plain(s) {
		return s
	}
	return spell.Quoted(s, e.json)
}

// Flow is a value on one line of YAML.
func Flow(v Value) string { return new(Editor).flow(v) }
