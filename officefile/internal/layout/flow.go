package layout

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// oneLiner is a value on one line behind what the line begins with, where it is
// written so. A scalar that has one line has as much room as it needs.
func (v *value) oneLiner(room int) (text string, whole bool) {
	switch {
	case v.node.Kind == yaml.AliasNode:
		return "*" + v.node.Value, true
	case v.node.Kind == yaml.ScalarNode && v.lines != nil:
		return "", false
	case v.node.Kind == yaml.ScalarNode:
		lines := v.written()
		return lines[0], len(lines) == 1
	}
	cells, whole := v.cells(room)
	return v.bracketed(strings.Join(cells, ", ")), whole
}

// cells are the entries of a value that is written on one line: it was, or it always
// is, and there is no comment in it.
func (v *value) cells(room int) ([]string, bool) {
	switch {
	case v.noted:
		return nil, false
	case !v.holds() || v.node.Style&yaml.FlowStyle != 0:
		return v.all(room)
	case v.oneLine:
		return v.all(room - (Width - Joined))
	}
	return nil, false
}

// all are the entries of a value, if they fit.
func (v *value) all(room int) (cells []string, fit bool) {
	for _, e := range v.entries {
		cell, ok := e.cell(room)
		room -= utf8.RuneCountInString(cell) + len(", ")
		if !ok || room < 0 {
			return nil, false
		}
		cells = append(cells, cell)
	}
	return cells, true
}

// cell is an entry within brackets.
func (e *entry) cell(room int) (string, bool) {
	text, ok := e.value.inFlow(room)
	if e.key == nil || !ok {
		return text, ok && text != ""
	}
	key := e.key.asFlowKey()
	if e.value.empty() {
		return key, key != ""
	}
	return key + ": " + text, key != ""
}

// inFlow is a value within brackets. It is nothing where nothing stands there.
func (v *value) inFlow(room int) (text string, ok bool) {
	switch v.node.Kind {
	case yaml.AliasNode:
		return "*" + v.node.Value, true
	case yaml.ScalarNode:
		text, ok = v.inLine(true), v.lines == nil && (!v.empty() || v.properties() == "")
	default:
		var cells []string
		cells, ok = v.all(room)
		text = v.bracketed(strings.Join(cells, ", "))
	}
	return joined(v.properties(), text), ok
}

func (v *value) bracketed(text string) string {
	if v.list() {
		return "[" + text + "]"
	}
	return "{" + text + "}"
}
