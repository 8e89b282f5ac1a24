// Package edit changes values inside a YAML text and leaves every other byte of it
// as it is. It knows nothing of offices: it is told what a value was and what it
// became, finds the bytes that say so, and replaces those.
//
//   - A key that is changed keeps its place, one that is new comes after the last
//     of its mapping, one that is gone takes its lines along, with the comment that
//     trails on them.
//   - An element of a list that is new comes last, written like the one before it.
//     One that is gone takes its lines along, the comment lines directly above it
//     that are indented as it is, and those directly below that are indented deeper.
//   - Where an alias no longer says what it should, the value is written out in its
//     place. Where what an anchor stands for changes or goes, its aliases that are
//     to say what they said are written out.
package edit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// errTangled is that two changes are about the same bytes.
var errTangled = errors.New("the text is laid out in a way that cannot be changed in place")

// Editor collects the changes of one text.
type Editor struct {
	*strict.Document
	data []byte
	json bool   // the text is JSON and stays so
	eol  string // what ends its lines
	// origin is where the text begins, behind what marks its order of bytes.
	origin int
	edits  []edit // those at one byte are made in this order

	missing Mapping                     // keys of the root, put behind all that changes in the others
	uses    map[*yaml.Node][]*yaml.Node // the aliases of each value that has any
	became  map[*yaml.Node]Value        // of those that changed; nil where they are gone
	wanted  map[*yaml.Node]Value        // what aliases are to say
	dropped map[*yaml.Node]bool         // aliases that are gone
	err     error
}

// edit is that a text takes the place of some bytes.
type edit struct {
	start, end int
	text       string
}

// New is an editor of a document that has a root.
func New(d *strict.Document) *Editor {
	e := &Editor{
		Document: d, data: d.Data(), eol: lineEnding(d.Data()),
		json: json.Valid(bytes.TrimPrefix(d.Data(), byteOrderMark)),
		uses: make(map[*yaml.Node][]*yaml.Node), became: make(map[*yaml.Node]Value),
		wanted: make(map[*yaml.Node]Value), dropped: make(map[*yaml.Node]bool),
	}
	if bytes.HasPrefix(e.data, byteOrderMark) {
		e.origin = len(byteOrderMark)
	}
	e.findUses(d.Root())
	return e
}

// Text is the text with all changes made.
func (e *Editor) Text() ([]byte, error) {
	e.addFields(e.Root(), e.missing)
	e.aliases()
	if e.err != nil {
		return nil, e.err
	}
	slices.SortStableFunc(e.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(min(1, a.end-a.start), min(1, b.end-b.start)))
	})
	text, at := make([]byte, 0, len(e.data)+len(e.data)/64), 0
	for _, c := range e.edits {
		if c.start < at || c.end < c.start {
			return nil, errTangled
		}
		text = append(append(text, e.data[at:c.start]...), c.text...)
		at = c.end
	}
	return append(text, e.data[at:]...), nil
}

func (e *Editor) put(start, end int, text string) {
	e.edits = append(e.edits, edit{start, end, text})
}

func (e *Editor) fail() { e.err = errTangled }
