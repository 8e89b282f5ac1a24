package layout

import (
	"strings"
	"unicode/utf8"
)

// step is how much further in each level stands.
const step = 2

// printer writes lines.
type printer struct {
	lines []line
	held  bool // the last line ends a block of text that keeps the blank lines behind it
}

func (p *page) print() []byte {
	var out printer
	out.comments(p.head, 0)
	if p.open {
		out.line("---", nil)
	}
	v := p.root.value
	if properties := v.properties(); properties != "" && v.holds() {
		out.line(properties, nil)
	}
	if v.holds() {
		out.block(v, 0, "")
	} else {
		out.single(p.root)
	}
	out.comments(p.tail, 0)
	return out.text()
}

// single writes a text that is one value with no entries, or none at all.
func (p *printer) single(root *entry) {
	p.comments(root.above, 0)
	text, whole := root.value.oneLiner(0)
	if root.value.empty() && root.value.properties() == "" {
		p.comments(lifted(root.behind), 0)
		return
	}
	p.entry("", root, 0, text, whole)
}

// block writes the entries of a value, each on lines of its own. The first goes on
// where its line began.
func (p *printer) block(v *value, indent int, begun string) {
	rows := rowsOf(v, roomBehind(indent))
	for i, e := range v.entries {
		head := spaces(indent)
		if i == 0 && begun != "" {
			head = begun
		}
		if v.list() {
			p.element(head+"-", e, indent, rows[i])
		} else {
			p.field(head, e, indent)
		}
	}
	p.comments(v.below, indent)
}

// field writes a key with its value.
func (p *printer) field(head string, e *entry, indent int) {
	p.above(e, indent)
	head += e.key.asKey() + ":"
	text, whole := e.value.oneLiner(Width - utf8.RuneCountInString(head) - 1)
	p.entry(head, e, indent, text, whole)
}

// element writes an element of a list.
func (p *printer) element(head string, e *entry, indent int, r row) {
	p.above(e, indent)
	if !r.whole && e.value.holds() && e.value.properties() == "" {
		p.block(e.value, indent+step, head+" ")
		return
	}
	p.entry(head, e, indent, r.text, r.whole)
}

// entry writes the value of an entry, whose line has begun.
func (p *printer) entry(head string, e *entry, indent int, text string, whole bool) {
	head = joined(head, e.value.properties())
	switch {
	case whole:
		p.line(joined(head, text), e.behind)
	case e.value.holds():
		p.line(head, e.behind)
		p.block(e.value, indent+step, "")
	case e.value.lines != nil:
		p.textBlock(head, e, indent+step)
	default:
		p.folded(head, e, indent+step)
	}
}

// textBlock writes a block of text.
func (p *printer) textBlock(head string, e *entry, indent int) {
	header, lines := e.value.textBlock()
	p.line(joined(head, header), e.behind)
	for _, l := range lines {
		p.line(indented(l, indent), nil)
	}
	p.held = strings.HasSuffix(header, "+")
}

// folded writes a text that goes over several lines.
func (p *printer) folded(head string, e *entry, indent int) {
	lines := e.value.written()
	last := len(lines) - 1
	p.line(joined(head, lines[0]), nil)
	for _, l := range lines[1:last] {
		p.line(indented(l, indent), nil)
	}
	p.line(indented(lines[last], indent), e.behind)
}

// above writes what stands above an entry.
func (p *printer) above(e *entry, indent int) {
	p.comments(e.above, indent)
	if e.apart {
		p.gap()
	}
}

// comments writes comments on lines of their own.
func (p *printer) comments(of []*comment, indent int) {
	for _, c := range of {
		if c.apart {
			p.gap()
		}
		for _, text := range c.lines {
			p.line(spaces(indent)+text, nil)
		}
	}
}

// gap writes a blank line. Behind a block of text that keeps them it would be part of
// the text.
func (p *printer) gap() {
	if !p.held && len(p.lines) > 0 {
		p.line("", nil)
	}
}

// roomBehind is how many characters there are behind the dash of an element.
func roomBehind(indent int) int { return Width - indent - step }

func spaces(n int) string { return strings.Repeat(" ", n) }

func joined(head, text string) string {
	if head == "" || text == "" {
		return head + text
	}
	return head + " " + text
}

func indented(text string, indent int) string {
	if text == "" {
		return ""
	}
	return spaces(indent) + text
}
