package layout

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// value reads a value that is that of an entry, or its key.
func (s *scanner) value(n *yaml.Node, owner *entry) *value {
	v := &value{node: n, flow: s.brackets > 0}
	s.owner = owner
	s.properties(n)
	switch {
	case n.Kind == yaml.AliasNode:
		s.inLine(owner)
		s.take(1 + len(n.Value))
	case n.Kind == yaml.ScalarNode:
		s.scalar(v, owner)
	case n.Style&yaml.FlowStyle != 0:
		s.inLine(owner)
		s.flow(v, owner)
	default:
		s.block(v)
	}
	return v
}

// properties reads an anchor and a tag, in any order.
func (s *scanner) properties(n *yaml.Node) {
	anchor := n.Kind != yaml.AliasNode && n.Anchor != ""
	tag := n.Style&yaml.TaggedStyle != 0
	for anchor || tag {
		s.gap()
		switch {
		case anchor && s.next() == '&':
			anchor, s.anchors = false, true
			s.take(1 + len(n.Anchor))
		case tag && s.next() == '!':
			tag = false
			s.take(s.tagSize())
		default:
			s.lost = true
			return
		}
	}
}

// tagSize is the size of the tag at which the scanner is.
func (s *scanner) tagSize() int {
	ends := " \t\r\n"
	if s.brackets > 0 {
		ends += ",]}"
	}
	if i := bytes.IndexAny(s.data[s.at:], ends); i >= 0 {
		return i
	}
	return len(s.data) - s.at
}

// inLine reads up to something that stands on the line of its entry, so that the
// comments before it do as well.
func (s *scanner) inLine(owner *entry) {
	s.gap()
	owner.behind = append(owner.behind, s.claimed()...)
}

// The styles of a text that is not plain.
const (
	quoted  = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle
	inBlock = yaml.LiteralStyle | yaml.FoldedStyle
)

func (s *scanner) scalar(v *value, owner *entry) {
	n := v.node
	switch {
	case n.Value == "" && n.Style&(quoted|inBlock) == 0:
		return
	case n.Style&inBlock != 0:
		s.textBlock(v, owner)
		return
	}
	s.inLine(owner)
	end := s.ScalarEnd(s.at, n.Value)
	v.text = string(s.data[s.at:end])
	s.take(end - s.at)
}

// textBlock reads a block of text. A comment may stand behind its sign. One of white
// space alone becomes a text in quotes.
func (s *scanner) textBlock(v *value, owner *entry) {
	s.inLine(owner)
	lines, end := s.Block(s.at, v.node.Value)
	if strings.Trim(v.node.Value, " \n") != "" {
		v.lines = lines
	}
	header := string(s.data[s.at:strict.LineEnd(s.data, s.at)])
	v.text = header[:1]
	if _, note, found := strings.Cut(header, "#"); found {
		owner.behind = append(owner.behind, &comment{lines: []string{"#" + strings.TrimRight(note, " \t")}})
	}
	s.take(end - s.at)
}

// block reads the entries of a list or a mapping that stand on lines of their own.
func (s *scanner) block(v *value) {
	for i := 0; i < len(v.node.Content) && !s.lost; i++ {
		s.gap()
		if i == 0 {
			v.column = s.column()
		}
		e := s.entry(v)
		if v.list() {
			s.want('-')
			e.value = s.value(v.node.Content[i], e)
			continue
		}
		s.key(e, v.node.Content[i])
		i++
		e.value = s.value(v.node.Content[i], e)
	}
	s.closed = append(s.closed, v)
}

// entry begins one more entry of a value, where the scanner is.
func (s *scanner) entry(v *value) *entry {
	e := &entry{}
	s.claim(e, s.column())
	v.entries = append(v.entries, e)
	s.owner = e
	return e
}

// key reads a key, and the signs around it.
func (s *scanner) key(e *entry, n *yaml.Node) {
	if s.next() == '?' && s.blankAt(s.at+1) {
		s.take(1)
		s.gap()
	}
	e.key = s.value(n, e)
	s.owner = e
	s.gap()
	if s.next() == ':' && (s.brackets > 0 || s.blankAt(s.at+1)) {
		s.take(1)
	}
}

// flow reads the entries of a list or a mapping that stand within brackets. A
// mapping of one key may have none of its own in a list.
func (s *scanner) flow(v *value, owner *entry) {
	own := v.list() || s.next() == '{'
	if own {
		s.take(1)
		s.brackets++
	}
	for i := 0; i < len(v.node.Content) && !s.lost; i++ {
		s.gap()
		e := s.entry(v)
		if v.mapping() {
			s.key(e, v.node.Content[i])
			i++
		}
		e.value = s.value(v.node.Content[i], e)
		s.owner = e
		if own {
			s.comma(v)
		}
	}
	if own {
		s.gap()
		s.closing(v, owner)
	}
	s.owner = owner
}

// comma reads the sign behind an entry. More than one blank behind it is a table
// that somebody laid out.
func (s *scanner) comma(v *value) {
	s.gap()
	if s.next() != ',' {
		return
	}
	s.take(1)
	line, from := s.line, s.at
	s.gap()
	v.spaced = v.spaced || s.line == line && s.at > from+1
}

// closing reads the bracket at the end.
func (s *scanner) closing(v *value, owner *entry) {
	left := s.claimed()
	if v.holds() {
		v.below = left
	} else {
		owner.behind = append(owner.behind, left...)
	}
	s.brackets--
	s.take(1)
}
