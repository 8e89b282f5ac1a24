package layout

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/officefile/internal/strict"
)

// scanner goes through a text once. Between the tokens that the tree tells of there
// are white space and comments alone.
type scanner struct {
	*strict.Document
	data []byte
	at   int
	line int  // where the line begins that at is on
	used bool // something stands on that line before at
	lost bool // the text is not what the tree tells

	apart    bool     // a blank line was there since the last token or comment
	owner    *entry   // whose a comment is that stands behind what was last read
	chain    *comment // the last comment behind something, while only such follow as stand below it
	below    int      // its column
	waiting  []waiter
	closed   []*value // the blocks that ended before at, the innermost first
	brackets int      // how many are open
	anchors  bool
}

// waiter is a comment on a line of its own, of which it shows only at the next token
// what it is about.
type waiter struct {
	*comment
	column    int
	continues *comment // the one in whose column it stands
}

var mark = []byte("\ufeff")

func scan(d *strict.Document) (*page, error) {
	s := &scanner{Document: d, data: d.Data()}
	for s.at < 2*len(mark) && bytes.HasPrefix(s.data[s.at:], mark) {
		s.at += len(mark)
	}
	s.line = s.at
	p := &page{root: &entry{}}
	s.head(p)
	s.root(p, d.Root())
	s.end(p)
	p.anchors = s.anchors
	if s.lost {
		return nil, fmt.Errorf("%w (line %d)", ErrOtherwise, bytes.Count(s.data[:s.at], []byte("\n"))+1)
	}
	return p, nil
}

// head reads up to the mark that opens the document, where there is one.
func (s *scanner) head(p *page) {
	s.owner = p.root
	for s.gap(); s.next() == '%' && s.at == s.line; s.gap() {
		p.head = append(append(p.head, s.claimed()...), &comment{lines: []string{s.directive()}})
	}
	if s.at == s.line && bytes.HasPrefix(s.data[s.at:], []byte("---")) && s.blankAt(s.at+3) {
		p.head, p.open = append(p.head, s.claimed()...), true
		s.take(3)
	}
}

// directive reads a line that tells the YAML reader something.
func (s *scanner) directive() string {
	line := s.data[s.at:strict.LineEnd(s.data, s.at)]
	for i, b := range line {
		if b == '#' && s.blankAt(s.at+i-1) {
			line = line[:i]
			break
		}
	}
	s.take(len(line))
	return strings.TrimRight(string(line), " \t")
}

func (s *scanner) root(p *page, n *yaml.Node) {
	if n.Kind == yaml.ScalarNode || n.Kind == yaml.AliasNode || n.Style&yaml.FlowStyle != 0 {
		s.gap()
		p.root.above = s.claimed()
	}
	p.root.value = s.value(n, p.root)
}

// end reads what is behind the last value.
func (s *scanner) end(p *page) {
	for s.gap(); bytes.HasPrefix(s.data[s.at:], []byte("...")); s.gap() {
		s.take(3)
	}
	s.lost = s.lost || s.at < len(s.data)
	last := &entry{}
	s.claim(last, -1)
	if v := p.root.value; v.holds() {
		v.below = append(v.below, last.above...)
	} else {
		p.tail = last.above
	}
}

// next is the byte at which the scanner is, and 0 at the end.
func (s *scanner) next() byte {
	if s.at < len(s.data) {
		return s.data[s.at]
	}
	return 0
}

// blankAt says whether a byte is white space, or the end.
func (s *scanner) blankAt(i int) bool {
	return i >= len(s.data) || strings.IndexByte(" \t\r\n", s.data[i]) >= 0
}

// column is how many characters stand before at on its line.
func (s *scanner) column() int { return utf8.RuneCount(s.data[s.line:s.at]) }

// take reads a token of so many bytes.
func (s *scanner) take(size int) {
	to := min(s.at+size, len(s.data))
	if i := bytes.LastIndexAny(s.data[s.at:to], "\r\n"); i >= 0 {
		s.line = s.at + i + 1
	}
	s.at, s.used, s.apart, s.chain = to, true, false, nil
}

// want reads a token of one byte, which must be there.
func (s *scanner) want(b byte) {
	s.lost = s.lost || s.next() != b
	s.take(1)
}

// gap reads white space and comments.
func (s *scanner) gap() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t':
			s.at++
		case '\r', '\n':
			s.apart = s.apart || !s.used
			s.at = strict.NextLine(s.data, s.at)
			s.line, s.used = s.at, false
		case '#':
			s.comment()
		default:
			return
		}
	}
}

func (s *scanner) comment() {
	end, column := strict.LineEnd(s.data, s.at), s.column()
	c := &comment{lines: []string{strings.TrimRight(string(s.data[s.at:end]), " \t")}}
	switch {
	case s.used:
		s.owner.behind = append(s.owner.behind, c)
		s.chain, s.below = c, column
	case s.chain != nil && s.below == column && !s.apart:
		s.waiting = append(s.waiting, waiter{c, column, s.chain})
	default:
		c.apart, s.chain = s.apart, nil
		s.waiting = append(s.waiting, waiter{c, column, nil})
	}
	s.at, s.used, s.apart = end, true, false
}

// claim gives the comments that wait to the entry that begins at a column, or to
// blocks that ended before it.
func (s *scanner) claim(e *entry, column int) {
	for _, w := range s.waiting {
		block := s.blockAt(w.column, column)
		switch {
		case w.continues != nil && w.column > column:
			w.continues.lines = append(w.continues.lines, w.lines...)
		case block != nil:
			block.below = append(block.below, w.comment)
		default:
			s.closed = nil
			e.above = append(e.above, w.comment)
		}
	}
	s.waiting, s.closed = nil, nil
	e.apart = s.apart
}

// blockAt is the block that a comment stands in which is further in than what
// follows it, or nil.
func (s *scanner) blockAt(column, next int) *value {
	for ; column > next && len(s.closed) > 0; s.closed = s.closed[1:] {
		if s.closed[0].column <= column {
			return s.closed[0]
		}
	}
	return nil
}

// claimed is the comments that wait, where they are about nothing else than what
// follows.
func (s *scanner) claimed() []*comment {
	var e entry
	s.claim(&e, s.column())
	return e.above
}
