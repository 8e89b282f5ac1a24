package edit

import (
	"go.yaml.in/yaml/v4"
)

// slot is a place for a value: behind a key, or in a list, where there is no key.
type slot struct {
	node, key *yaml.Node
	block     bool // the key has the rest of its line to itself
}

// behindKey is the slot of the key with an index in a mapping.
func behindKey(n *yaml.Node, i int) slot { return slot{n.Content[i+1], n.Content[i], !flow(n)} }

// Change is what becomes of an element of a list.
type Change struct {
	Index         int // in the list; of no meaning for a new one
	Before, After Value
}

// Field changes the value of a key of the root.
func (e *Editor) Field(key string, before, after Value) {
	root := e.Root()
	if i := find(root, key); i >= 0 {
		e.merge(behindKey(root, i), before, after)
	}
}

// Elements changes, adds and takes away elements of a list that is the value of a
// key of the root. The list is made where there is none.
func (e *Editor) Elements(key string, changes []Change) {
	root := e.Root()
	i := find(root, key)
	switch {
	case len(changes) == 0:
	case i < 0:
		e.missing = append(e.missing, Field{Key: key, Value: added(changes)})
	default:
		e.ofList(behindKey(root, i), changes)
	}
}

// ofList is Elements of a list that may be an alias of an empty one.
func (e *Editor) ofList(s slot, changes []Change) {
	n := s.node
	switch {
	case n.Kind == yaml.AliasNode && len(n.Alias.Content) > 0:
		e.fail()
	case n.Kind == yaml.AliasNode:
		e.wanted[n] = added(changes)
	default:
		if len(e.uses[n]) > 0 {
			e.became[n] = added(changes)
		}
		e.elements(s, changes)
	}
}

func added(changes []Change) (list List) {
	for _, c := range changes {
		if c.Before == nil {
			list = append(list, c.After)
		}
	}
	return list
}

// merge makes the value in a slot say something else.
func (e *Editor) merge(s slot, before, after Value) {
	if equal(before, after) {
		return
	}
	n := s.node
	if n.Kind == yaml.AliasNode {
		e.wanted[n] = after
		return
	}
	if len(e.uses[n]) > 0 {
		e.became[n] = after
	}
	list, isList := after.(List)
	mapping, isMapping := after.(Mapping)
	switch {
	case isList && n.Kind == yaml.SequenceNode:
		was, _ := before.(List)
		e.elements(s, differences(n, was, list))
	case isMapping && n.Kind == yaml.MappingNode:
		was, _ := before.(Mapping)
		e.fields(n, was, mapping)
	default:
		e.replace(s, after)
	}
}

// differences are the changes that make a list of another. An element is known by
// its name.
func differences(n *yaml.Node, before, after List) (changes []Change) {
	was, becomes := byName(before), byName(after)
	there := make(map[string]bool, len(n.Content))
	for i, element := range n.Content {
		name := nameOf(element, sample(before, after))
		there[name] = true
		if !equal(was[name], becomes[name]) {
			changes = append(changes, Change{i, was[name], becomes[name]})
		}
	}
	for _, v := range after {
		if !there[name(v)] {
			changes = append(changes, Change{After: v})
		}
	}
	return changes
}

func sample(before, after List) Value {
	for _, list := range []List{before, after} {
		if len(list) > 0 {
			return list[0]
		}
	}
	return nil
}

func byName(list List) map[string]Value {
	m := make(map[string]Value, len(list))
	for _, v := range list {
		m[name(v)] = v
	}
	return m
}

// elements makes changes to a list.
func (e *Editor) elements(s slot, changes []Change) {
	gone := make([]bool, len(s.node.Content))
	for _, c := range changes {
		switch {
		case c.Before == nil:
		case c.After == nil:
			gone[c.Index] = true
			e.drop(s.node.Content[c.Index])
		default:
			e.merge(slot{node: s.node.Content[c.Index]}, c.Before, c.After)
		}
	}
	e.rearrange(items{e, s.node, gone}, s, added(changes))
}

func (e *Editor) rearrange(of items, s slot, added List) {
	_, entries := first(added).(Mapping)
	switch {
	case !flow(of.node):
		e.blockElements(of, s, added)
	case len(of.gone) == 0 && entries && s.block:
		e.unfold(s, added)
	default:
		e.inFlow(of, e.eachInFlow(added))
	}
}

func first(list List) Value { return sample(list, nil) }

func (e *Editor) eachInFlow(list List) (texts []string) {
	for _, v := range list {
		texts = append(texts, e.flow(v))
	}
	return texts
}

// fields makes a mapping of another.
func (e *Editor) fields(n *yaml.Node, before, after Mapping) {
	gone, added := make([]bool, len(n.Content)/2), Mapping(nil)
	for _, f := range after {
		i, was := find(n, f.Key), before.value(f.Key)
		switch {
		case equal(was, f.Value):
		case i < 0 && f.Value != nil && !f.Default:
			added = append(added, f)
		case i >= 0 && f.Value != nil:
			e.merge(behindKey(n, i), was, f.Value)
		}
	}
	for _, f := range before {
		if i := find(n, f.Key); i >= 0 && f.Value != nil && after.value(f.Key) == nil {
			gone[i/2] = true
			e.drop(n.Content[i])
			e.drop(n.Content[i+1])
		}
	}
	if flow(n) {
		e.inFlow(items{e, n, gone}, e.eachField(added))
		return
	}
	e.dropFields(items{e, n, gone})
	e.addFields(n, added)
}

func (m Mapping) value(key string) Value {
	for _, f := range m {
		if f.Key == key {
			return f.Value
		}
	}
	return nil
}

func (e *Editor) eachField(m Mapping) (texts []string) {
	for _, f := range m {
		texts = append(texts, e.field(f))
	}
	return texts
}

// replace writes a value over another.
func (e *Editor) replace(s slot, v Value) {
	n, start := s.node, e.start(s.node)
	if n.Style&yaml.TaggedStyle != 0 { // the tag may not fit
		start = e.Offset(n)
		delete(e.became, n)
	}
	e.drop(n)
	if flow(n) || n.Kind == yaml.ScalarNode {
		e.put(start, e.end(n), e.scalar(n, v))
		return
	}
	if s.key == nil {
		e.fail()
		return
	}
	e.put(e.behind(s), e.behind(s), " "+e.scalar(n, v))
	first := items{e, n, nil}.start(0)
	e.put(e.lineBefore(first), e.lineEnd(e.end(n)), "")
}

// behind is where the value of a key can start on the key's own line: behind the
// colon, or the anchor that follows it.
func (e *Editor) behind(s slot) int {
	if i := e.Offset(s.node); e.at(i) == '&' {
		return e.word(i)
	}
	return e.skip(e.end(s.key)) + 1
}
