package edit

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// items are what a list or a mapping holds, and which of them go.
type items struct {
	*Editor
	node *yaml.Node
	gone []bool
}

func (of items) list() bool { return of.node.Kind == yaml.SequenceNode }

// start is where an item begins: at its dash, at its key, or at itself.
func (of items) start(i int) int {
	switch {
	case !of.list():
		return of.Offset(of.node.Content[2*i])
	case flow(of.node):
		return of.Offset(of.node.Content[i])
	case i == 0:
		return of.Editor.start(of.node)
	default:
		return of.skip(of.end(i - 1))
	}
}

// end is where an item ends.
func (of items) end(i int) int {
	if of.list() {
		return of.Editor.end(of.node.Content[i])
	}
	return of.Editor.end(of.node.Content[2*i+1])
}

// comma is where the comma behind an item of a flow stands, or -1.
func (of items) comma(i int) int {
	if at := of.skip(of.end(i)); of.at(at) == ',' {
		return at
	}
	return -1
}

// lastKept is the last item that stays, or -1.
func (of items) lastKept() int {
	for i, gone := range slices.Backward(of.gone) {
		if !gone {
			return i
		}
	}
	return -1
}

// inFlow takes items out of a flow and puts others behind the last.
func (e *Editor) inFlow(of items, added []string) {
	last := len(of.gone) - 1
	switch {
	case !slices.Contains(of.gone, true) && len(added) == 0:
	case last < 0:
		i := e.start(of.node) + 1
		e.put(i, i, strings.Join(added, ", "))
	case of.lastKept() < 0:
		e.put(of.start(0), of.end(last), strings.Join(added, ", "))
	case e.inLines(of):
		e.linesInFlow(of, added)
	default:
		e.lineInFlow(of, added)
	}
}

// inLines says whether each item of a flow has lines of its own.
func (e *Editor) inLines(of items) bool {
	for i := range of.gone {
		if !e.opens(of.start(i)) {
			return false
		}
	}
	last := len(of.gone) - 1
	closing := e.skip(of.end(last))
	if e.at(closing) == ',' {
		closing = e.skip(closing + 1)
	}
	return e.opens(closing)
}

// linesInFlow changes a flow of which each item has lines of its own. A comma
// behind the last stays where there was one.
func (e *Editor) linesInFlow(of items, added []string) {
	last, kept := len(of.gone)-1, of.lastKept()
	trailing := of.comma(last) >= 0
	for i, gone := range of.gone {
		switch {
		case gone:
			e.put(e.above(of.start(i)), e.lineEnd(of.end(i)), "")
		case i == last && len(added) > 0 && !trailing:
			e.put(of.end(i), of.end(i), ",")
		case i == kept && i < last && len(added) == 0 && !trailing:
			e.put(of.comma(i), of.comma(i)+1, "")
		}
	}
	if len(added) == 0 {
		return
	}
	line := e.eol + string(e.data[e.lineStart(of.start(last)):of.start(last)])
	text := line + strings.Join(added, ","+line)
	if trailing {
		text += ","
	}
	end := e.lineEnd(of.end(last))
	e.put(end, end, text)
}

// lineInFlow changes a flow that is on one line, or on some.
func (e *Editor) lineInFlow(of items, added []string) {
	last, kept := len(of.gone)-1, false
	for i, gone := range of.gone {
		switch {
		case !gone:
			kept = true
		case kept:
			e.cutFlow(of.end(i-1), of.start(i), of.start(i), of.end(i))
		default:
			e.cutFlow(of.end(i), of.start(i+1), of.start(i), of.end(i))
		}
	}
	if len(added) > 0 {
		end := of.end(last)
		e.put(end, end, ", "+strings.Join(added, ", "))
	}
}

// cutFlow takes an item out, with the gap beside it. Of a gap with a comment in it,
// only the comma goes.
func (e *Editor) cutFlow(from, to, start, end int) {
	if !bytes.ContainsRune(e.data[from:to], '#') {
		e.put(min(from, start), max(to, end), "")
		return
	}
	e.put(start, end, "")
	comma := e.skip(from)
	e.put(comma, comma+1, "")
}
