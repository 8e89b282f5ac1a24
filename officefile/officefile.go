package officefile

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/review"
)

// What a file may ask for. A file beyond a limit is refused.
const (
	// MaxBytes is the size of a file: 64 MiB.
	MaxBytes = 64 << 20
	// MaxNesting is how deep lists and mappings may stand within each other, with
	// aliases followed.
	MaxNesting = 32
	// MaxAliases is how many times a file may use an alias.
	MaxAliases = 1_000
	// MaxAliasedNodes is how many values, lists, mappings and keys aliases may add
	// to those that are written out.
	MaxAliasedNodes = 5_000_000
)

// File is an office file that was read. The zero File has nobody and nothing in
// it.
type File struct {
	// Office is the office the file describes.
	Office offices.Office
	// Documents are the documents the file describes, in its order.
	Documents []documents.Document
	// Acknowledged are the findings the office has accepted, in the file's order.
	Acknowledged []Acknowledgement
	// Where is where all of it stood in the text that was read.
	Where Places

	places map[documents.ID]int // in Documents
}

// Document finds a document of the file by its id. It is not a copy: whoever
// moves it puts the moved one back in Documents or somewhere else.
func (f *File) Document(id documents.ID) (*documents.Document, bool) {
	i, ok := f.places[id]
	if !ok {
		return nil, false
	}
	return &f.Documents[i], true
}

// Acknowledgement is that the office knows of a finding and accepts it for a
// while. It changes nothing but what a report of findings counts. User and Users
// may be deleted by now.
type Acknowledgement = review.Acknowledgement

// Error is one thing that is wrong with an office file.
type Error struct {
	// File is the name the file was read under.
	File string
	// Line and Column are where to look. Both count from 1, columns in
	// characters, and both lie inside the file.
	Line, Column int
	// Message says what was found there and what was expected.
	Message string
}

// Error reads `office.yaml:12:9: found "acountant", expected one of ...`.
func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Unwrap makes errors.Is(err, problems.ErrInvalid) true.
func (*Error) Unwrap() error { return problems.ErrInvalid }

// Errors takes an error of Parse or Read apart into what is wrong with the file,
// in the file's order. It is empty for an error that is not about the file's
// content, such as one of a disk.
func Errors(err error) []*Error {
	if one, ok := err.(*Error); ok { //nolint:errorlint // the walk below unwraps
		return []*Error{one}
	}
	var all []*Error
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			all = append(all, Errors(e)...)
		}
	}
	return all
}

// Read reads the whole of r as the office file called name, which messages begin
// with. Its errors are those of Parse, and those of r.
func Read(name string, r io.Reader) (*File, error) {
	data, err := ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmp.Or(name, "office file"), err)
	}
	return Parse(name, data)
}

// ReadAll reads r as far as a file may go, and one byte more, for which Parse refuses
// it.
func ReadAll(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, MaxBytes+1)) }

// Parse reads data as the office file called name. It reads all of the file or
// nothing: what is wrong with it is told in one error that joins an *Error for
// each thing, sorted by line and column, and then there is no File.
func Parse(name string, data []byte) (*File, error) {
	d := Load(data)
	file := read(d)
	if err := ErrorsOf(name, d); err != nil {
		return nil, err
	}
	return file, nil
}

// Load reads YAML under the limits of a file, for the packages of this module.
func Load(data []byte) *strict.Document {
	return strict.Load(data, strict.Limits{
		Bytes: MaxBytes, Nesting: MaxNesting, Aliases: MaxAliases, AliasedNodes: MaxAliasedNodes,
	})
}

// Inline reads an office that stands in another text as the value n, where it may
// leave out the version. It is for the packages of this module: what is wrong is
// complained of in d, and then there is no File.
func Inline(d *strict.Document, n *yaml.Node) *File {
	before := d.Count()
	r := &reader{Document: d.Within(n), content: inlineShape.Read(d, n)}
	file := r.file()
	if d.Count() > before {
		return nil
	}
	return file
}

// ErrorsOf is what is wrong with a document, as errors of the file called name; nil
// where nothing is. It is for the packages of this module.
func ErrorsOf(name string, d *strict.Document) error {
	var all []error
	for _, c := range d.Complaints() {
		all = append(all, &Error{File: name, Line: c.Line, Column: c.Column, Message: c.Message})
	}
	return errors.Join(all...)
}
