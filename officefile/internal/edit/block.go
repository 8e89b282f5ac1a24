package edit

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// deeper is how much further in a list stands than its key.
const deeper = "  "

// short is how many keys a mapping of a new list has on one line.
const short = 3

// blockElements takes elements out of a block list and puts others behind the last.
func (e *Editor) blockElements(of items, s slot, added List) {
	for i, gone := range of.gone {
		if gone {
			start := of.start(i)
			e.put(e.above(start), e.below(e.lineEnd(of.end(i)), e.indent(start)), "")
		}
	}
	last := len(of.gone) - 1
	switch dash := of.start(last); {
	case len(added) > 0:
		end := e.below(e.lineEnd(of.end(last)), e.indent(dash))
		e.put(end, end, e.entries(added, e.styleOf(of.node.Content[last], dash)))
	case of.lastKept() >= 0:
	case s.key == nil:
		e.fail()
	default:
		i := e.behind(s)
		e.put(i, i, " []")
	}
}

// style is how the elements of a block list are written.
type style struct {
	indent, gap string // before the dash, and behind it
	block       bool   // a key to a line
}

// styleOf is how an element is written whose dash is at a byte.
func (e *Editor) styleOf(n *yaml.Node, dash int) style {
	s := style{strings.Repeat(" ", e.indent(dash)), " ", n.Kind == yaml.MappingNode && !flow(n)}
	if n.Kind == yaml.AliasNode {
		return s
	}
	if i := e.Offset(n); s.block && e.lineStart(i) == e.lineStart(dash) {
		s.gap = strings.Repeat(" ", max(1, i-dash-1))
	}
	return s
}

// entries are elements of a block list, each on lines of its own.
func (e *Editor) entries(list List, s style) string {
	var b strings.Builder
	for _, v := range list {
		b.WriteString(e.eol + s.indent + "-" + s.gap)
		m, isMapping := v.(Mapping)
		if !isMapping || !s.block {
			b.WriteString(e.flow(v))
			continue
		}
		indent := s.indent + " " + s.gap
		for i, f := range m.written() {
			if i > 0 {
				b.WriteString(e.eol + indent)
			}
			b.WriteString(e.line(f, indent))
		}
	}
	return b.String()
}

// line is a key with its value, as a line of a block; a list of mappings takes a
// line for each below it.
func (e *Editor) line(f Field, indent string) string {
	list, _ := f.Value.(List)
	m, ok := first(list).(Mapping)
	if !ok {
		return e.field(f)
	}
	return e.text(f.Key) + ":" + e.entries(list, style{indent + deeper, " ", len(m.written()) > short})
}

// unfold writes the elements of a list that was empty, and a flow, as a block below
// its key.
func (e *Editor) unfold(s slot, added List) {
	start, end := e.start(s.node), e.end(s.node)
	for blank(e.data[start-1]) {
		start--
	}
	e.put(start, end, "")
	m, _ := first(added).(Mapping)
	indent := strings.Repeat(" ", e.indent(e.Offset(s.key)))
	line := e.lineEnd(end)
	e.put(line, line, e.entries(added, style{indent + deeper, " ", len(m.written()) > short}))
}

// dropFields takes keys out of a block mapping.
func (e *Editor) dropFields(of items) {
	if of.lastKept() < 0 && !e.opens(of.start(0)) {
		e.fail()
		return
	}
	leading := true // nothing before it stays
	for i, gone := range of.gone {
		leading = leading && gone
		switch {
		case !gone:
		case leading && !e.opens(of.start(0)):
			e.dropFirst(of, i)
		default:
			e.put(e.lineBefore(of.start(i)), e.lineEnd(of.end(i)), "")
		}
	}
}

// dropFirst takes a key out that stands behind a dash, or follows one that did. The
// next key takes its place, unless comments are between them.
func (e *Editor) dropFirst(of items, i int) {
	end := e.lineEnd(of.end(i))
	if next := of.start(i + 1); e.skipBlank(e.next(end)) == next {
		e.put(of.start(i), next, "")
		return
	}
	e.put(of.start(i), end, "")
}

// addFields puts keys behind the last of a mapping.
func (e *Editor) addFields(n *yaml.Node, added Mapping) {
	if len(added) == 0 {
		return
	}
	of := items{e, n, make([]bool, len(n.Content)/2)}
	if flow(n) {
		e.inFlow(of, e.eachField(added))
		return
	}
	deep := e.indent(of.start(0))
	end := e.below(e.lineEnd(of.end(len(of.gone)-1)), deep)
	for _, f := range added {
		indent := strings.Repeat(" ", deep)
		e.put(end, end, e.eol+indent+e.line(f, indent))
	}
}
