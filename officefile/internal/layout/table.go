package layout

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// row is an element of a list.
type row struct {
	text  string
	whole bool // it is all on one line
}

// rowsOf are the elements of a list. Those that follow each other and are alike are
// laid out as a table where somebody did so before.
func rowsOf(v *value, room int) []row {
	if !v.list() {
		return nil
	}
	rows := make([]row, len(v.entries))
	for i, e := range v.entries {
		rows[i].text, rows[i].whole = e.value.oneLiner(room)
	}
	for i := 0; i < len(rows); {
		end := tableEnd(v, rows, i)
		if values := valuesOf(v.entries[i:end]); rows[i].whole && slices.ContainsFunc(values, (*value).wide) {
			for j, text := range tableOf(values) {
				rows[i+j].text = text
			}
		}
		i = end
	}
	return rows
}

func valuesOf(entries []*entry) (all []*value) {
	for _, e := range entries {
		all = append(all, e.value)
	}
	return all
}

// tableEnd is where a table ends that begins with a row.
func tableEnd(v *value, rows []row, first int) int {
	end := first + 1
	for end < len(rows) && rows[end-1].whole && rows[end].whole && !v.entries[end].blank() &&
		v.entries[first].value.alike(v.entries[end].value) {
		end++
	}
	return end
}

// blank says whether a blank line is anywhere above an entry.
func (e *entry) blank() bool { return e.parted() || e.heading() > 0 }

// alike says whether two values are lists, or mappings with the same keys.
func (v *value) alike(other *value) bool {
	if v.node.Kind != other.node.Kind || !v.holds() || !other.holds() || v.properties() != "" || other.properties() != "" {
		return false
	}
	if v.list() {
		return true
	}
	return slices.EqualFunc(v.entries, other.entries, func(a, b *entry) bool { return a.key.node.Value == b.key.node.Value })
}

// wide says whether somebody wrote more than one blank behind a comma.
func (v *value) wide() bool {
	return v.spaced || slices.ContainsFunc(v.entries, func(e *entry) bool { return e.value.wide() })
}

// tableOf is values on a line each, with their entries below each other.
func tableOf(values []*value) []string {
	cells := make([][]string, len(values))
	for i, v := range values {
		cells[i], _ = v.all(math.MaxInt)
	}
	texts := make([]string, len(values))
	for column, more := 0, true; more; column++ {
		more = false
		tableWithin(values, cells, column)
		width := widest(cells, column)
		for i, row := range cells {
			if column >= len(row) {
				continue
			}
			texts[i] += row[column]
			if column+1 < len(row) {
				texts[i] += "," + spaces(width-utf8.RuneCountInString(row[column])+1)
				more = true
			}
		}
	}
	for i, v := range values {
		texts[i] = v.bracketed(texts[i])
	}
	return texts
}

// widest is how many characters the cells of a column have at most.
func widest(cells [][]string, column int) (width int) {
	for _, row := range cells {
		if column < len(row) {
			width = max(width, utf8.RuneCountInString(row[column]))
		}
	}
	return width
}

// tableWithin writes a column of which the cells are alike as a table of its own, where
// somebody did so before.
func tableWithin(values []*value, cells [][]string, column int) {
	var inner []*value
	var at []int
	for i, v := range values {
		if column < len(v.entries) {
			inner, at = append(inner, v.entries[column].value), append(at, i)
		}
	}
	unlike := func(v *value) bool { return !inner[0].alike(v) }
	if slices.ContainsFunc(inner, unlike) || !slices.ContainsFunc(inner, (*value).wide) {
		return
	}
	for i, text := range tableOf(inner) {
		cell := &cells[at[i]][column]
		*cell = strings.TrimSuffix(*cell, inner[i].bracketed(strings.Join(cellsOf(inner[i]), ", "))) + text
	}
}

// cellsOf are the entries of a value on one line.
func cellsOf(v *value) []string {
	cells, _ := v.all(math.MaxInt)
	return cells
}
