// Package strict reads YAML without guessing. It knows nothing of offices: it
// loads one text within limits, refuses what can be misread (repeated keys, tags,
// merge keys, values of another type than the key takes), and remembers for every
// complaint the line and column a reader has to look at.
//
// Load gives a Document; Shapes, tables of the keys a mapping has, read values
// out of it; Complaints is everything that was wrong, in the order of the text.
package strict

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/problems"
)

// Limits is how much a text may ask for.
type Limits struct {
	Bytes        int // of the text
	Nesting      int // of lists and mappings within each other, aliases followed
	Aliases      int // places where an alias is used
	AliasedNodes int // values, lists, mappings and keys that only aliases add
}

// Load reads one YAML document. What stands in the way of reading it at all is a
// complaint; the document then has no root.
func Load(data []byte, limits Limits) *Document {
	d := &Document{text: &text{data: data}}
	if len(data) > limits.Bytes {
		d.complain(1, 1, fmt.Sprintf("more than %d bytes", limits.Bytes), "a smaller file")
		return d
	}
	if line, column, found := unreadable(data); found != "" {
		d.complain(line, column, found, "text in UTF-8")
		return d
	}
	if line, column, declared := tagDirective(data); declared {
		d.complain(line, column, "a line that declares a tag", "values without tags")
		return d
	}
	text, joined := joinSurrogates(data)
	d.joined = joined
	if root := d.tree(text); root != nil && d.survey(root, limits) {
		d.root = root
	}
	return d
}

// tree parses the text, which must be one document and no more.
func (d *Document) tree(text []byte) *yaml.Node {
	next, err := loader(text)
	if err != nil {
		d.syntax(err)
		return nil
	}
	first, err := next()
	if errors.Is(err, io.EOF) {
		d.complain(1, 1, "an empty file", "a mapping")
		return nil
	}
	if err != nil {
		d.syntax(err)
		return nil
	}
	d.noSecond(next)
	return first.Content[0]
}

// noSecond complains of a second document, or of what stands in its place.
func (d *Document) noSecond(next func() (*yaml.Node, error)) {
	second, err := next()
	switch {
	case errors.Is(err, io.EOF):
	case err != nil:
		d.syntax(err)
	default:
		d.complain(second.Line, second.Column, "a second document", "one document in a file")
	}
}

func (d *Document) syntax(err error) {
	line, column, why := 1, 1, err.Error()
	if e, ok := errors.AsType[*yaml.LoadError](err); ok {
		line, column, why = max(1, e.Mark.Line), max(1, e.Mark.Column), e.Message
		if e.ContextMsg != "" {
			why = e.ContextMsg + ": " + why
		}
	}
	d.complain(line, column, "text that is not YAML ("+why+")", "YAML")
}

// errReader is what a fault inside the YAML library becomes: a file that it
// cannot read must not take its reader down.
var errReader = errors.New("the YAML reader gave up")

// loader gives one document after another, and io.EOF after the last.
func loader(text []byte) (next func() (*yaml.Node, error), err error) {
	from, err := yaml.NewLoader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	return func() (n *yaml.Node, err error) {
		defer func() {
			if fault := recover(); fault != nil {
				n, err = nil, fmt.Errorf("%w: %v", errReader, fault)
			}
		}()
		n = new(yaml.Node)
		return n, from.Load(n)
	}, nil
}

// Describe names a value the way a reader sees it: `the number 007`.
func Describe(n *yaml.Node) string {
	n = Follow(n)
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	default:
		return describeScalar(n)
	}
}

func describeScalar(n *yaml.Node) string {
	switch tag := n.ShortTag(); {
	case tag == "!!int", tag == "!!float", vast(n):
		return "the number " + shorten(n.Value)
	case tag == "!!bool":
		return "the boolean " + shorten(n.Value)
	case tag == "!!timestamp":
		return "the date " + shorten(n.Value)
	case tag == "!!merge":
		return "the merge sign <<"
	case tag == "!!null":
		return cmp.Or(shorten(n.Value), "nothing")
	default:
		return problems.Quote(n.Value)
	}
}

// shorten is problems.Quote without its quotes where nothing was cut or escaped.
func shorten(s string) string {
	if quoted := problems.Quote(s); quoted != `"`+s+`"` {
		return quoted
	}
	return s
}

// Follow is the value that an alias stands for, and any other value itself.
func Follow(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}
