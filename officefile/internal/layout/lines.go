package layout

import (
	"bytes"
	"unicode/utf8"
)

// long is how many characters of a line move the comments of others no more.
const long = 60

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

// text is all lines. The comments behind lines that follow each other stand in one
// column.
func (p *printer) text() []byte {
	var b bytes.Buffer
	for i := 0; i < len(p.lines); {
		if len(p.lines[i].notes) == 0 {
			b.WriteString(p.lines[i].text + "\n")
			i++
			continue
		}
		end, column := p.run(i)
		for ; i < end; i++ {
			p.lines[i].print(&b, column)
		}
	}
	return b.Bytes()
}

// run is where the lines end from i on that have comments, and the column of those
// behind the ones that are not long.
func (p *printer) run(i int) (end, column int) {
	for end = i; end < len(p.lines) && len(p.lines[end].notes) > 0; end++ {
		if width := p.lines[end].width(); width <= long {
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
	for _, note := range l.notes {
		b.WriteString(spaces(column-width) + note + "\n")
		width = 0
	}
}
