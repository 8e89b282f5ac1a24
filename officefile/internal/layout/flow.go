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
	if v.noted || v.holds() && v.node.Style&yaml.FlowStyle == 0 && !v.oneLine {
		return nil, false
	}
	return v.all(room)
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

// row is an element of a list.
type row struct {
	text  string
	whole bool // it is all on one line
	cells []string
}

// rowsOf are the elements of a list. Those that follow each other and are alike are
// laid out as a table where somebody did so before.
func rowsOf(v *value, room int) []row {
	if !v.list() {
		return nil
	}
	rows := make([]row, len(v.entries))
	for i, e := range v.entries {
		if r := &rows[i]; e.value.holds() {
			r.cells, r.whole = e.value.cells(room)
			r.text = e.value.bracketed(strings.Join(r.cells, ", "))
		} else {
			r.text, r.whole = e.value.oneLiner(room)
		}
	}
	for i := 0; i < len(rows); {
		end := tableEnd(v, rows, i)
		layTable(v, rows, i, end)
		i = end
	}
	return rows
}

// tableEnd is where a table ends that begins with a row.
func tableEnd(v *value, rows []row, first int) int {
	end := first + 1
	for end < len(rows) && rows[end-1].cells != nil && rows[end].cells != nil && !v.entries[end].blank() &&
		v.entries[first].value.alike(v.entries[end].value) {
		end++
	}
	return end
}

// blank says whether a blank line is anywhere above an entry.
func (e *entry) blank() bool { return e.parted() || e.heading() > 0 }

// alike says whether two values are lists, or mappings with the same keys.
func (v *value) alike(other *value) bool {
	if v.node.Kind != other.node.Kind || v.properties() != "" || other.properties() != "" {
		return false
	}
	if v.list() {
		return true
	}
	if len(v.entries) != len(other.entries) {
		return false
	}
	for i, e := range v.entries {
		if e.key.node.Value != other.entries[i].key.node.Value {
			return false
		}
	}
	return true
}

// layTable writes rows with their cells below each other, if some had more than one
// blank behind a comma.
func layTable(v *value, rows []row, from, to int) {
	var widths []int
	spaced := false
	for i := from; i < to; i++ {
		spaced = spaced || v.entries[i].value.spaced
		for j, cell := range rows[i].cells {
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], utf8.RuneCountInString(cell))
		}
	}
	for i := from; spaced && i < to; i++ {
		if cells := rows[i].cells; cells != nil {
			rows[i].text = v.entries[i].value.bracketed(padded(cells, widths))
		}
	}
}

// padded is cells of so many characters each, with commas between them.
func padded(cells []string, widths []int) string {
	var b strings.Builder
	for i, cell := range cells {
		b.WriteString(cell)
		if i < len(cells)-1 {
			b.WriteString("," + spaces(widths[i]-utf8.RuneCountInString(cell)+1))
		}
	}
	return b.String()
}
