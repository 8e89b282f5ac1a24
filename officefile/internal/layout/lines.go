package layout

import (
	"bytes"
	"unicode/utf8"
)

// long is how many characters of a line move the comments of others no more.
const long = 40

// line is a line of the text, and the comments at its end.
type line struct {
	text  string
	notes []string // the first behind it, the others below that
}

func (p *printer) line(text string, behind []*comment) {
	l := line{text: text}
	for _, c := range behind {
		l.notes = append(l.notes, c.lines...)
	}
	p.lines, p.held = append(p.lines, l), false
}

// text is all lines. The comments behind lines up to the next blank one stand in one
// column.
func (p *printer) text() []byte {
	var b bytes.Buffer
	for i := 0; i < len(p.lines); {
		end, column := p.paragraph(i)
		for ; i < end; i++ {
			p.lines[i].print(&b, column)
		}
	}
	return b.Bytes()
}

// paragraph is where the lines end from i on that no blank line parts, and the column
// of the comments behind those that are not long.
func (p *printer) paragraph(i int) (end, column int) {
	for end = i; end < len(p.lines); end++ {
		l := p.lines[end]
		if l.text == "" && len(l.notes) == 0 {
			return end + 1, column
		}
		if width := l.width(); len(l.notes) > 0 && width <= long {
			column = max(column, width+2)
		}
	}
	return end, column
}

func (l line) width() int { return utf8.RuneCountInString(l.text) }

func (l line) print(b *bytes.Buffer, column int) {
	width := l.width()
	if width > long {
		column = width + 2
	}
	b.WriteString(l.text)
	if len(l.notes) == 0 {
		b.WriteByte('\n')
	}
	for _, note := range l.notes {
		b.WriteString(spaces(column-width) + note + "\n")
		width = 0
	}
}
