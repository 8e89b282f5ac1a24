package strict

import (
	"cmp"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Complaint is one thing that is wrong, and where to look: line and column count
// from 1, columns in characters, and both lie inside the text.
type Complaint struct {
	Line, Column int
	Message      string
}

// Document is a loaded text and all that was found wrong with it so far.
//
// A value gets one complaint, the first: what follows from a value already known
// to be wrong would only hide it.
type Document struct {
	*text
	root  *yaml.Node
	index map[*yaml.Node]map[string][]*yaml.Node // see lookup
}

// text is what a Document shares with those Within it.
type text struct {
	data       []byte
	joined     map[int][]int // see joinSurrogates
	complaints []Complaint
	faulted    map[*yaml.Node]bool
	absent     map[absence]bool
	marks      []cursor // see Offset
}

// Within is the value as a document of its own: paths begin there. What is wrong
// with it is wrong with the document it stands in, too.
func (d *Document) Within(n *yaml.Node) *Document { return &Document{text: d.text, root: n} }

// absence is a key that a mapping should have had.
type absence struct {
	mapping *yaml.Node
	key     string
}

// Root is the document's one value, or nil where it could not be read.
func (d *Document) Root() *yaml.Node { return d.root }

// Fault complains of a value, unless something was wrong with it already.
func (d *Document) Fault(n *yaml.Node, found, expected string) {
	if d.faulted[n] {
		return
	}
	if d.faulted == nil {
		d.faulted = make(map[*yaml.Node]bool)
	}
	d.faulted[n] = true
	d.complain(n.Line, n.Column, found, expected)
}

// lack notes a required key that a mapping does not have.
func (d *Document) lack(n *yaml.Node, key string) {
	if d.absent == nil {
		d.absent = make(map[absence]bool)
	}
	d.absent[absence{Follow(n), key}] = true
}

func (d *Document) complain(line, column int, found, expected string) {
	d.complaints = append(d.complaints, Complaint{line, column, "found " + found + ", expected " + expected})
}

// Count is how many complaints there are so far.
func (d *Document) Count() int { return len(d.complaints) }

// Complaints is everything that was wrong, sorted by place, each once.
func (d *Document) Complaints() []Complaint {
	if len(d.complaints) == 0 {
		return nil
	}
	end := cursorOf(d.data)
	end.advance(len(d.data))
	all := make([]Complaint, len(d.complaints))
	for i, c := range d.complaints {
		all[i] = within(d.asWritten(c), end)
	}
	slices.SortFunc(all, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(all)
}

// asWritten moves a complaint from the text that was parsed to the text as written.
func (d *Document) asWritten(c Complaint) Complaint {
	before, _ := slices.BinarySearch(d.joined[c.Line], c.Column)
	c.Column += pairSaves * before
	return c
}

// Place is the line and the column at which a value or a key begins in the text as
// written: that of its anchor or its tag, where it has one.
func (d *Document) Place(n *yaml.Node) (line, column int) {
	at := d.asWritten(Complaint{Line: n.Line, Column: n.Column})
	return at.Line, at.Column
}

// within keeps a complaint inside the text: the parser counts one line too many
// where the last has no end.
func within(c Complaint, end cursor) Complaint {
	if c.Line > end.line {
		c.Line, c.Column = end.line, end.column
	}
	return c
}
