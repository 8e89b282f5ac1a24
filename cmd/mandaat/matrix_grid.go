package main

import (
	"fmt"
	"strings"

	"github.com/mandaat/mandaat/words"
)

// mark is a short sign, and what it stands for.
type mark struct {
	sign string
	said words.Said
}

// grid is a table of marks, with what there is to say about them below it.
type grid struct {
	in     words.Language
	corner words.Said
	heads  []mark
	rows   []gridRow
	marks  []mark
	notes  []words.Said
}

type gridRow struct {
	name  string
	group int // rows of one group stand together
	cells []string
}

// text is the grid in a format: text or markdown.
func (g grid) text(format string) string {
	if format == "markdown" {
		return g.markdown()
	}
	return g.plain()
}

// plain is the grid in at most sheetWidth columns. A name that leaves no room for
// the marks stands above them.
func (g grid) plain() string {
	var s sheet
	g.legend(&s, g.heads)
	s.WriteString("\n")
	names, signs := make([]string, len(g.rows)), make([]string, len(g.heads))
	for i, r := range g.rows {
		names[i] = r.name
	}
	wide := 1
	for i, h := range g.heads {
		signs[i] = h.sign
		wide = max(wide, len(h.sign))
	}
	cells := func(list []string) string {
		var b strings.Builder
		for _, cell := range list {
			fmt.Fprintf(&b, "%*s ", wide, cell)
		}
		return strings.TrimRight(b.String(), " ")
	}
	at := max(widest(names, sheetWidth-(wide+1)*len(g.heads)), columns(g.corner.In(g.in))+2)
	s.cells(g.corner.In(g.in), at, cells(signs))
	for i, r := range g.rows {
		if i > 0 && r.group != g.rows[i-1].group {
			s.WriteString("\n")
		}
		s.cells(r.name, at, cells(r.cells))
	}
	s.WriteString("\n")
	g.legend(&s, g.marks)
	for _, note := range g.notes {
		s.write("", note.In(g.in))
	}
	return s.String()
}

// cells writes a row as row does, but keeps the blanks between the cells.
func (s *sheet) cells(name string, at int, cells string) {
	if columns(name)+1 < at {
		s.WriteString(name + strings.Repeat(" ", at-columns(name)) + cells + "\n")
		return
	}
	s.WriteString(s.broken("", name, "") + "\n" + strings.Repeat(" ", at) + cells + "\n")
}

// legend writes what signs stand for, a line each.
func (g grid) legend(s *sheet, list []mark) {
	for _, m := range list {
		s.write(fmt.Sprintf("%-2s ", m.sign), m.said.In(g.in))
	}
}

// markdown is the grid as a table of Markdown, with the heads in full.
func (g grid) markdown() string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	heads, rule := []string{g.corner.In(g.in)}, []string{"---"}
	for _, h := range g.heads {
		heads, rule = append(heads, h.said.In(g.in)), append(rule, ":-:")
	}
	line(heads)
	line(rule)
	for _, r := range g.rows {
		line(append([]string{escaped.Replace(r.name)}, r.cells...))
	}
	b.WriteString("\n")
	for _, m := range g.marks {
		b.WriteString("- `" + m.sign + "`: " + m.said.In(g.in) + "\n")
	}
	for _, note := range g.notes {
		b.WriteString("\n" + note.In(g.in) + "\n")
	}
	return b.String()
}

// escaped is an id that no Markdown is read in.
var escaped = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", "&", "&amp;", "[", `\[`, "]", `\]`, "~", `\~`,
)
