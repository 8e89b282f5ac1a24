package edit

import (
	"bytes"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

var byteOrderMark = []byte("\ufeff")

// lineEnding is what ends the first line of a text, and so all lines that are added.
func lineEnding(data []byte) string {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0 || data[i] == '\n':
		return "\n"
	case bytes.HasPrefix(data[i:], []byte("\r\n")):
		return "\r\n"
	default:
		return "\r"
	}
}

// at is the byte at an offset, and 0 at the end.
func (e *Editor) at(i int) byte {
	if i < len(e.data) {
		return e.data[i]
	}
	return 0
}

func breaks(b byte) bool { return b == '\n' || b == '\r' }
func blank(b byte) bool  { return b == ' ' || b == '\t' }

// lineStart is where the line begins that a byte is on.
func (e *Editor) lineStart(i int) int {
	for i > 0 && !breaks(e.data[i-1]) {
		i--
	}
	return max(i, e.origin)
}

// lineEnd is where the line ends that a byte is on, before what breaks it.
func (e *Editor) lineEnd(i int) int { return strict.LineEnd(e.data, i) }

// next is where the line begins after one that ends at i.
func (e *Editor) next(i int) int { return strict.NextLine(e.data, i) }

// lineBefore is where the line ends before the one that a byte is on; the first has
// its own start before it.
func (e *Editor) lineBefore(i int) int {
	start := e.lineStart(i)
	if start > 1 && e.data[start-1] == '\n' && e.data[start-2] == '\r' {
		return start - 2
	}
	return max(start-1, e.origin)
}

// indent is how far into its line a byte is.
func (e *Editor) indent(i int) int { return i - e.lineStart(i) }

// opens says whether nothing stands before a byte on its line.
func (e *Editor) opens(i int) bool {
	for i > e.origin && blank(e.data[i-1]) {
		i--
	}
	return i == e.origin || breaks(e.data[i-1])
}

// skip is the first byte from i on that is neither white space nor comment.
func (e *Editor) skip(i int) int {
	for i < len(e.data) {
		switch {
		case e.data[i] == '#':
			i = e.lineEnd(i)
		case blank(e.data[i]) || breaks(e.data[i]):
			i++
		default:
			return i
		}
	}
	return i
}

// start is where a value itself begins, behind its anchor and its tag.
func (e *Editor) start(n *yaml.Node) int {
	i := e.Offset(n)
	for e.at(i) == '&' || e.at(i) == '!' {
		i = e.skip(e.word(i))
	}
	return i
}

// word is the end of the characters from i on up to white space.
func (e *Editor) word(i int) int {
	for i < len(e.data) && !blank(e.data[i]) && !breaks(e.data[i]) {
		i++
	}
	return i
}

// end is where a value ends.
func (e *Editor) end(n *yaml.Node) int {
	switch n.Kind {
	case yaml.AliasNode:
		return e.Offset(n) + 1 + len(n.Value)
	case yaml.ScalarNode:
		return e.ScalarEnd(e.start(n), n.Value)
	default:
		return e.collectionEnd(n)
	}
}

func (e *Editor) collectionEnd(n *yaml.Node) int {
	i := e.start(n)
	opened := e.at(i) == '[' || e.at(i) == '{'
	if len(n.Content) > 0 {
		i = e.end(n.Content[len(n.Content)-1])
	} else {
		i++
	}
	if !opened || !flow(n) {
		return i
	}
	for i = e.skip(i); e.at(i) == ',' || e.at(i) == ':'; {
		i = e.skip(i + 1)
	}
	return min(i+1, len(e.data))
}

// above is where the line ends before the comment lines directly above a line that
// are indented as it is.
func (e *Editor) above(i int) int {
	deep, before := e.indent(i), e.lineBefore(i)
	for before > e.origin {
		start := e.lineStart(before)
		if text := e.skipBlank(start); e.at(text) != '#' || text-start != deep {
			break
		}
		before = e.lineBefore(before)
	}
	return before
}

// below is the end of the comment lines directly below a line that ends at i, and
// are indented deeper than so much.
func (e *Editor) below(i, deep int) int {
	for i < len(e.data) {
		start := e.next(i)
		if text := e.skipBlank(start); e.at(text) != '#' || text-start <= deep {
			break
		}
		i = e.lineEnd(start)
	}
	return i
}

func (e *Editor) skipBlank(i int) int {
	for blank(e.at(i)) {
		i++
	}
	return i
}

func flow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }
