// Package layout prints a YAML text in one layout, with every comment it has. It
// knows nothing of offices: a Shape tells it in which order a mapping has its keys,
// and what is written on one line.
//
// Format works in four steps:
//
//  1. A scanner goes through the text along the tree that the YAML reader made of
//     it, and notes for each entry of a list or a mapping the comments above, behind
//     and below it, and where blank lines were.
//  2. Tidying moves comments to where they will be found again, and puts keys in
//     order.
//  3. A printer writes lines.
//  4. The text is read again and must have the same values, anchors and comments, and
//     printing it again must give the same text. Otherwise there is an error and no
//     text.
package layout

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// Width is how many characters a line may have for a list or a mapping to stand on
// it as a whole.
const Width = 200

// Joined is how many characters a line may have for a list or a mapping to stand on it
// that was on several, and is of a kind that is written on one.
const Joined = 100

// ErrOtherwise is that a text would not say the same any more.
var ErrOtherwise = errors.New("it cannot be laid out: the new text would not say the same")

// Format is the text of a document that has a root, laid out. It is read again with
// load. The error is ErrOtherwise.
func Format(d *strict.Document, shape *Shape, load func([]byte) *strict.Document) ([]byte, error) {
	text, notes, err := printed(d, shape)
	if err != nil {
		return nil, err
	}
	again := load(text)
	if again.Root() == nil || !Same(d.Root(), again.Root()) {
		return nil, fmt.Errorf("%w (values)", ErrOtherwise)
	}
	twice, found, err := printed(again, shape)
	switch {
	case err != nil:
		return nil, err
	case !slices.Equal(notes, found):
		return nil, fmt.Errorf("%w (comments)", ErrOtherwise)
	case !bytes.Equal(twice, text):
		return nil, fmt.Errorf("%w (another time)", ErrOtherwise)
	}
	return text, nil
}

// printed is a text laid out, and the comments it had, sorted.
func printed(d *strict.Document, shape *Shape) (text []byte, notes []string, err error) {
	p, err := scan(d)
	if err != nil {
		return nil, nil, err
	}
	notes = p.notes()
	p.tidy(shape)
	return p.print(), notes, nil
}
