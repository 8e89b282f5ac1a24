package layout

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// tidy moves comments to where they are found again, and puts keys in order.
func (p *page) tidy(shape *Shape) {
	t := tidier{anchors: p.anchors}
	root := p.root
	t.value(root.value, shape, 0)
	root.settle(0)
	if root.value.holds() {
		root.value.noted = true
		first := root.value.entries[0]
		first.above = slices.Concat(root.above, lifted(root.behind), first.above)
		root.above, root.behind = nil, nil
		root.value.opens()
		t.order(root.value, shape.keys())
	}
}

type tidier struct{ anchors bool }

// value tidies what is in a value whose entries would be indented by so much as a
// block, from the inside out. Its own entries are put in order only when it shows
// which comments stay with the first.
func (t tidier) value(v *value, shape *Shape, indent int) {
	v.oneLine = shape != nil && shape.OneLine
	for _, e := range v.entries {
		of := shape.each()
		if e.key != nil {
			of = shape.of(e.key.node.Value)
		}
		t.value(e.value, of, indent+step)
		e.raise()
		t.order(e.value, of.keys())
		e.raise()
		e.settle(indent)
	}
	v.note()
	v.opens()
}

// opens drops the blank line before the first entry.
func (v *value) opens() {
	if v.holds() {
		v.entries[0].part(false)
	}
}

// settle leaves one comment behind an entry, and puts the others above it.
func (e *entry) settle(indent int) {
	last := len(e.behind) - 1
	if last >= 0 && !e.room(indent, e.behind[last]) {
		last++
	}
	if last > 0 {
		e.lift(lifted(e.behind[:last]))
		e.behind = e.behind[last:]
	}
}

// room says whether there is room for a comment behind an entry: behind a dash only if
// the whole element stands there, and behind the sign of a block of text for one line.
func (e *entry) room(indent int, c *comment) bool {
	if e.key == nil && e.value.holds() {
		_, whole := e.value.cells(roomBehind(indent))
		return whole
	}
	return e.value.lines == nil || len(c.lines) == 1
}

// raise puts what stands above the first entry of a list's element above the
// element: behind its dash there is no room.
func (e *entry) raise() {
	if e.key != nil || !e.value.holds() {
		return
	}
	if first := e.value.entries[0]; len(first.above) > 0 {
		e.lift(append(lifted(e.behind), first.above...))
		e.behind, first.above, first.apart = nil, nil, false
	}
	e.value.note()
}

// note looks again whether there is a comment in a value.
func (v *value) note() {
	v.noted = len(v.below) > 0
	for _, e := range v.entries {
		v.noted = v.noted || e.value.noted || len(e.above)+len(e.behind) > 0
	}
}

// lift puts comments directly above an entry.
func (e *entry) lift(notes []*comment) {
	if len(notes) > 0 {
		notes[0].apart = notes[0].apart || e.apart
		e.above, e.apart = append(e.above, notes...), false
	}
}

// lifted is comments that stood behind something as those on lines of their own.
func lifted(notes []*comment) (all []*comment) {
	for _, c := range notes {
		for _, line := range c.lines {
			all = append(all, &comment{lines: []string{line}})
		}
	}
	return all
}

// order puts the keys of a mapping in order. Keys that are not known keep their
// place. Nothing moves where that could tear apart what belongs together.
func (t tidier) order(v *value, keys []string) {
	if !v.mapping() || len(keys) == 0 {
		return
	}
	var places []int
	for i, e := range v.entries {
		if rank(e, keys) >= 0 {
			places = append(places, i)
		}
	}
	sorted := slices.Clone(places)
	slices.SortStableFunc(sorted, func(a, b int) int { return rank(v.entries[a], keys) - rank(v.entries[b], keys) })
	if slices.Equal(places, sorted) {
		return
	}
	from := make([]int, len(v.entries)) // which entry comes to each place
	for i := range from {
		from[i] = i
	}
	for i, place := range places {
		from[place] = sorted[i]
	}
	if header, free := v.loose(from); free && (!t.anchors || !v.tangled()) {
		v.reorder(from, header)
	}
}

func rank(e *entry, keys []string) int {
	if e.key.node.ShortTag() != "!!str" {
		return -1
	}
	return slices.Index(keys, e.key.node.Value)
}

// loose says whether entries can come to other places without a comment losing what
// it is about: one that stands apart, and one above several keys that do not stay
// together, are about more than one key. What heads the mapping, with a blank line
// below it, stays there; header is how many comments that is.
func (v *value) loose(from []int) (header int, free bool) {
	if len(v.below) > 0 && !v.below[0].apart {
		return 0, false
	}
	to := make([]int, len(from))
	for place, i := range from {
		to[i] = place
	}
	header = v.entries[0].heading()
	for i, e := range v.entries {
		above := e.above
		if i == 0 {
			above = above[header:]
		} else if e.heading() > 0 {
			return 0, false
		}
		if len(above) > 0 && !v.together(i, to) {
			return 0, false
		}
	}
	return header, true
}

// heading is how many of the comments above an entry a blank line parts from it.
func (e *entry) heading() int {
	if e.apart && len(e.above) > 0 {
		return len(e.above)
	}
	for i, c := range slices.Backward(e.above) {
		if c.apart {
			return i
		}
	}
	return 0
}

// together says whether the entries that a comment above one may be about stay
// together: those that follow it without a blank line or another comment. One above a
// section is about that alone.
func (v *value) together(i int, to []int) bool {
	if v.entries[i].value.section() {
		return true
	}
	for next := i + 1; next < len(v.entries); next++ {
		e := v.entries[next]
		if e.apart || len(e.above) > 0 {
			return true
		}
		if to[next] != to[i]+next-i {
			return false
		}
	}
	return true
}

// section says whether a value is a mapping, or a list of others.
func (v *value) section() bool {
	if v.mapping() || !v.holds() {
		return v.holds()
	}
	return slices.ContainsFunc(v.entries, func(e *entry) bool { return e.value.holds() })
}

// reorder moves entries, with the blank lines above them; there is none above the
// first.
func (v *value) reorder(from []int, header int) {
	first := v.entries[0]
	above, parted := first.above[:header], header > 0 && (first.apart || header < len(first.above))
	first.above = first.above[header:]
	entries := make([]*entry, len(from))
	for place, i := range from {
		entries[place] = v.entries[i]
	}
	v.entries = entries
	if entries[0] != first {
		first.part(entries[0].parted())
	}
	entries[0].part(parted)
	entries[0].above = slices.Concat(above, entries[0].above)
}

// parted says whether a blank line is above an entry with its comments.
func (e *entry) parted() bool {
	if len(e.above) > 0 {
		return e.above[0].apart
	}
	return e.apart
}

// part puts a blank line above an entry with its comments, or takes it away.
func (e *entry) part(apart bool) {
	if len(e.above) > 0 {
		e.above[0].apart = apart
	} else {
		e.apart = apart
	}
}

// tangled says whether an anchor is in one entry, and in another its alias, or one of
// the same name: then the order of entries counts.
func (v *value) tangled() bool {
	used, set := map[string]int{}, map[string]bool{}
	for _, e := range v.entries {
		names := map[string]bool{}
		mentioned(e.key.node, names, set)
		mentioned(e.value.node, names, set)
		for name := range names {
			used[name]++
		}
	}
	for name, count := range used {
		if count > 1 && set[name] {
			return true
		}
	}
	return false
}

// mentioned notes the names of the anchors and aliases in a value, and of the anchors.
func mentioned(n *yaml.Node, names, set map[string]bool) {
	switch {
	case n.Kind == yaml.AliasNode:
		names[n.Value] = true
		return
	case n.Anchor != "":
		names[n.Anchor], set[n.Anchor] = true, true
	}
	for _, child := range n.Content {
		mentioned(child, names, set)
	}
}
