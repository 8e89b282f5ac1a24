package layout

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// page is a text taken apart.
type page struct {
	head []*comment // what stands before the mark that opens the document, directives too
	open bool       // that mark, ---, is there
	root *entry
	tail []*comment // below the last line, where that is no block

	anchors bool // some value has one
}

// entry is an element of a list, or a key of a mapping with its value.
type entry struct {
	above  []*comment // on lines of their own
	apart  bool       // a blank line is directly above it, below those comments
	key    *value     // nil in a list
	value  *value
	behind []*comment // at the end of its line
}

// comment is one comment. It has several lines where the others stand below the
// first, in its column, and the first stands behind something.
type comment struct {
	lines []string
	apart bool // a blank line is above it
}

// value is a list, a mapping, a scalar or an alias.
type value struct {
	node    *yaml.Node
	text    string   // of a scalar, as it was written; of a block, its header
	lines   []string // of a block of text
	flow    bool     // it stood within brackets
	entries []*entry
	below   []*comment // behind the last entry
	spaced  bool       // it had more than one blank behind a comma
	column  int        // where its entries began, if it was a block

	noted   bool // there is a comment in it
	oneLine bool // it is written on one line where it fits
}

func (v *value) list() bool    { return v.node.Kind == yaml.SequenceNode }
func (v *value) mapping() bool { return v.node.Kind == yaml.MappingNode }

// holds says whether there are entries in it.
func (v *value) holds() bool { return len(v.entries) > 0 }

// empty says whether nothing at all is written where it stands.
func (v *value) empty() bool {
	return v.node.Kind == yaml.ScalarNode && v.text == ""
}

// properties are its anchor and its tag.
func (v *value) properties() string {
	var all []string
	if v.node.Anchor != "" && v.node.Kind != yaml.AliasNode {
		all = append(all, "&"+v.node.Anchor)
	}
	if v.node.Style&yaml.TaggedStyle != 0 {
		all = append(all, v.node.ShortTag())
	}
	return strings.Join(all, " ")
}

// notes are all lines of all comments, sorted.
func (p *page) notes() (all []string) {
	add := func(of []*comment) {
		for _, c := range of {
			all = append(all, c.lines...)
		}
	}
	var each func(*entry)
	each = func(e *entry) {
		add(e.above)
		add(e.behind)
		for _, inner := range e.value.entries {
			each(inner)
		}
		add(e.value.below)
	}
	add(p.head)
	each(p.root)
	add(p.tail)
	slices.Sort(all)
	return all
}
