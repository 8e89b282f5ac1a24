package strict

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ScalarEnd is where a scalar of a certain value ends that begins at a byte of the
// text, behind its anchor and its tag.
func (d *Document) ScalarEnd(i int, value string) int {
	switch {
	case i >= len(d.data):
		return len(d.data)
	case d.data[i] == '"':
		return d.quoteEnd(i, '\\')
	case d.data[i] == '\'':
		return d.quoteEnd(i, '\'')
	case d.data[i] == '|' || d.data[i] == '>':
		_, end := d.Block(i, value)
		return end
	}
	return d.plainEnd(i, value)
}

// quoteEnd is the end of a quoted text that opens at i. In single quotes, a quote
// is its own escape.
func (d *Document) quoteEnd(i int, escape byte) int {
	quote := d.data[i]
	for i++; i < len(d.data); i++ {
		switch {
		case d.data[i] == escape && (escape != quote || bytes.HasPrefix(d.data[i+1:], []byte{quote})):
			i++
		case d.data[i] == quote:
			return i + 1
		}
	}
	return len(d.data)
}

// plainEnd is the end of a text without quotes: the text holds the characters of
// its value in order, and may only break its lines otherwise.
func (d *Document) plainEnd(i int, value string) int {
	for _, r := range value {
		if unicode.IsSpace(r) && r < utf8.RuneSelf {
			continue
		}
		for i < len(d.data) && strings.IndexByte(" \t\r\n", d.data[i]) >= 0 {
			i++
		}
		i += utf8.RuneLen(r)
	}
	return min(i, len(d.data))
}

// Block takes a block of text of a certain value apart whose sign, | or >, is at a
// byte: its lines, without what they are indented by, and where the last of them
// ends. The blank lines behind it are part of it where it keeps them.
func (d *Document) Block(i int, value string) (lines []string, end int) {
	end = LineEnd(d.data, i)
	b := block{indent: -1, keeps: bytes.IndexByte(d.header(i), '+') >= 0}
	b.lead, b.blank = firstLead(value)
	b.spaces = b.blank && strings.Contains(value, " ")
	for next := NextLine(d.data, end); next < len(d.data); {
		stop := LineEnd(d.data, next)
		of, within := b.takes(string(d.data[next:stop]))
		if !within {
			break
		}
		if of {
			end = stop
		}
		next = NextLine(d.data, stop)
	}
	return b.cut(), end
}

// block is a block of text of which the lines are read one by one.
type block struct {
	keeps  bool // the blank lines at its end too
	blank  bool // its value has blank lines alone
	spaces bool // and spaces on them
	lead   int  // of the first line of its value that is not blank
	indent int  // how far its lines are indented; -1 until that shows
	lines  []string
	kept   int // how many of them are of it for sure
}

// takes reads a line: of is that the block goes up to its end, within that the block
// has not ended before it.
func (b *block) takes(line string) (of, within bool) {
	text := strings.TrimLeft(line, " ")
	in := len(line) - len(text)
	if b.indent < 0 && text != "" && !b.blank {
		b.indent = in - b.lead
	}
	if text != "" && (b.blank || in < b.indent) {
		return false, false
	}
	b.lines = append(b.lines, line)
	of = text != "" || b.keeps || b.spaces || b.indent >= 0 && in > b.indent
	if of {
		b.kept = len(b.lines)
	}
	return of, true
}

// cut is the lines without what they are indented by.
func (b *block) cut() []string {
	lines := b.lines[:b.kept]
	for i, line := range lines {
		lead := len(line) - len(strings.TrimLeft(line, " "))
		lines[i] = line[min(lead, max(0, b.indent)):]
	}
	return lines
}

// header is the sign at the start of a block of text, with what is said beside it.
func (d *Document) header(i int) []byte {
	line := d.data[i:LineEnd(d.data, i)]
	if end := bytes.IndexAny(line, " \t"); end >= 0 {
		return line[:end]
	}
	return line
}

// firstLead is how many spaces begin the first line that is not blank; blank says
// that there is none.
func firstLead(value string) (lead int, blank bool) {
	for line := range strings.Lines(value) {
		if text := strings.TrimLeft(line, " "); text != "" && text != "\n" {
			return len(line) - len(text), false
		}
	}
	return 0, true
}

// LineEnd is where the line ends that a byte is on, before what breaks it.
func LineEnd(data []byte, i int) int {
	for i < len(data) && data[i] != '\n' && data[i] != '\r' {
		i++
	}
	return i
}

// NextLine is where the line begins after one that ends at i.
func NextLine(data []byte, i int) int {
	if bytes.HasPrefix(data[i:], []byte("\r\n")) {
		return i + 2
	}
	return min(i+1, len(data))
}
