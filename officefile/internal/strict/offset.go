package strict

import (
	"math"
	"sort"

	"go.yaml.in/yaml/v4"
)

// markEvery is how many bytes are between two places that are remembered, so that
// no place is far from one.
const markEvery = 4096

// Data is the text as it was written.
func (d *Document) Data() []byte { return d.data }

// Offset is the byte of the text at which a value begins: that of its anchor or
// its tag, where it has one.
func (d *Document) Offset(n *yaml.Node) int {
	if d.marks == nil {
		d.mark()
	}
	line, column := d.Place(n)
	i := sort.Search(len(d.marks), func(i int) bool { return d.marks[i].beyond(line, column) })
	c := d.marks[max(0, i-1)]
	for c.offset < len(d.data) && !c.reached(line, column) {
		c.step(1)
	}
	return c.offset
}

// mark remembers places all over the text, each at the first byte of a character.
func (d *Document) mark() {
	for c := cursorOf(d.data); c.offset < len(d.data); c.step(markEvery) {
		d.marks = append(d.marks, c)
	}
	d.marks = append(d.marks, cursor{data: d.data, offset: len(d.data), line: math.MaxInt})
}

// step moves so many bytes forward, and on to the start of a character.
func (c *cursor) step(bytes int) {
	c.advance(min(c.offset+bytes, len(c.data)))
	for c.offset < len(c.data) && c.data[c.offset]&0xC0 == 0x80 {
		c.advance(c.offset + 1)
	}
}

func (c *cursor) beyond(line, column int) bool {
	return c.line > line || c.line == line && c.column > column
}

// reached says whether the cursor is at a place, or passed it.
func (c *cursor) reached(line, column int) bool {
	return c.line > line || c.line == line && c.column >= column
}
