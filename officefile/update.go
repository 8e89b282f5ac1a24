package officefile

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/mandaat/mandaat/officefile/internal/edit"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
)

// errOtherwise is that a changed text does not say what it was to say.
var errOtherwise = errors.New("the file cannot be changed in place: the changed text would read as another office")

// Update is the text of an office file in which after is what the office became.
// Everything that did not change keeps its layout and its comments, and documents
// and acknowledgements stay as they are. Where nothing changed, it is data itself.
//
// A comment that trails on a line goes with what the line says. With an entry of a
// list go the comment lines directly above it that are indented as it is, and those
// directly below that are indented deeper.
//
// The errors are those of Parse; one that joins an *Error for each document and
// acknowledgement that refers to what is gone; and one where the text, read again,
// would not be after. With an error there is no text.
func Update(name string, data []byte, after offices.Office) ([]byte, error) {
	d := Load(data)
	if d.Root() == nil {
		return nil, ErrorsOf(name, d)
	}
	r := readerOf(d)
	before := r.file()
	if err := ErrorsOf(name, d); err != nil {
		return nil, err
	}
	if sameOffice(before.Office, after) {
		return data, nil
	}
	if err := r.leftBehind(name, after); err != nil {
		return nil, err
	}
	text, err := (&updater{reader: r, edit: edit.New(d), before: before.Office, after: after}).text()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := confirm(name, text, before, after); err != nil {
		return nil, err
	}
	return text, nil
}

// leftBehind is an error about documents and acknowledgements that refer to what
// is gone: they would make the file one that cannot be read.
func (r *reader) leftBehind(name string, after offices.Office) error {
	r.known = knownIn(after.Parts())
	for i := range r.documents {
		r.documentReferences(problems.At("documents", i), &r.documents[i])
	}
	r.acknowledgements()
	if err := ErrorsOf(name, r.Document); err != nil {
		return fmt.Errorf("what stays in the file refers to what is gone: %w", err)
	}
	return nil
}

// confirm reads a changed text again, to see that it says what it was to say.
func confirm(name string, text []byte, before *File, after offices.Office) error {
	again, err := Parse(name, text)
	if err != nil {
		return fmt.Errorf("the changed file could not be read: %w", err)
	}
	same := sameOffice(again.Office, after) &&
		reflect.DeepEqual(again.Documents, before.Documents) && reflect.DeepEqual(again.Acknowledged, before.Acknowledged)
	if !same {
		return fmt.Errorf("%s: %w", name, errOtherwise)
	}
	return nil
}
