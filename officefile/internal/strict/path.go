package strict

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/problems"
)

// FaultAt complains of the value that a path such as "users[3].bill_to" leads to;
// of the nearest one around it where it is absent; and of the element itself where
// found is an element of the list it leads to. It says nothing where a value on
// the way was wrong already, or a key on the way was missed already.
func (d *Document) FaultAt(path, found, expected string) {
	w := d.walk(path)
	if !w.known {
		d.Fault(d.element(w, found), found, expected)
	}
}

// At is the value that a path leads to; nil where it leads nowhere.
func (d *Document) At(path string) *yaml.Node {
	n := d.root
	for path != "" && n != nil {
		var step string
		step, path = cut(path)
		n = d.child(Follow(n), step)
	}
	return n
}

// LineOf is the line of the value that a path leads to, or of the nearest around it.
func (d *Document) LineOf(path string) int { return d.walk(path).place().Line }

// Key is a key of the whole text's mapping; nil where it is absent.
func (d *Document) Key(name string) *yaml.Node {
	root := Follow(d.root)
	for i := 0; i+1 < len(root.Content) && root.Kind == yaml.MappingNode; i += 2 {
		if k := root.Content[i]; k.Kind == yaml.ScalarNode && k.Value == name {
			return k
		}
	}
	return nil
}

// Elements is the elements of the list that a key of the whole text's mapping has;
// none where that is no list.
func (d *Document) Elements(name string) []*yaml.Node {
	list := d.child(Follow(d.root), name)
	if list == nil || Follow(list).Kind != yaml.SequenceNode {
		return nil
	}
	return Follow(list).Content
}

// walk is a way from the root along a path, as far as it goes.
type walk struct {
	node  *yaml.Node // where it ended, aliases followed
	alias *yaml.Node // the first alias on the way: where this use of the value stands
	known bool       // a complaint about something on the way was made already
}

// place is what a reader has to look at.
func (w walk) place() *yaml.Node {
	if w.alias != nil {
		return w.alias
	}
	return w.node
}

func (d *Document) walk(path string) walk {
	var w walk
	d.enter(&w, d.root)
	for path != "" {
		var step string
		step, path = cut(path)
		child := d.child(w.node, step)
		if child == nil {
			w.known = w.known || d.absent[absence{w.node, step}]
			return w
		}
		d.enter(&w, child)
	}
	return w
}

func (d *Document) enter(w *walk, n *yaml.Node) {
	if n.Kind == yaml.AliasNode && w.alias == nil {
		w.alias = n
	}
	w.node = Follow(n)
	w.known = w.known || d.faulted[n] || d.faulted[w.node]
}

// cut takes the first step off a path: "users[3].id" is "users" and "[3].id",
// "[3].id" is "[3]" and "id".
func cut(path string) (step, rest string) {
	if i := strings.IndexAny(path[1:], ".["); i >= 0 {
		step, rest = path[:i+1], path[i+1:]
		return step, strings.TrimPrefix(rest, ".")
	}
	return path, ""
}

func (d *Document) child(n *yaml.Node, step string) *yaml.Node {
	if digits, ok := strings.CutPrefix(step, "["); ok {
		i, err := strconv.Atoi(strings.TrimSuffix(digits, "]"))
		if err != nil || n.Kind != yaml.SequenceNode || i >= len(n.Content) {
			return nil
		}
		return n.Content[i]
	}
	if n.Kind != yaml.MappingNode {
		return nil
	}
	return d.value(n, step)
}

// value finds the value of a key. A mapping of a shape has few keys; only one
// full of keys that are wrong is worth an index.
func (d *Document) value(mapping *yaml.Node, key string) *yaml.Node {
	if len(mapping.Content) > 2*few {
		if found := d.lookup(mapping)[key]; len(found) > 0 {
			return found[0]
		}
		return nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if k := mapping.Content[i]; k.Kind == yaml.ScalarNode && k.Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// element is the element of a list that found names, each one but once, or else
// what the walk led to.
func (d *Document) element(w walk, found string) *yaml.Node {
	if w.alias != nil || w.node.Kind != yaml.SequenceNode {
		return w.place()
	}
	index := d.lookup(w.node)
	same := index[found]
	if len(same) == 0 {
		return w.node
	}
	index[found] = same[1:]
	return same[0]
}

// lookup indexes a mapping by key, or a list by what its elements are called in a
// complaint, and keeps the index: a list with many wrong elements is asked often.
func (d *Document) lookup(n *yaml.Node) map[string][]*yaml.Node {
	if known, ok := d.index[n]; ok {
		return known
	}
	if d.index == nil {
		d.index = make(map[*yaml.Node]map[string][]*yaml.Node)
	}
	index := make(map[string][]*yaml.Node)
	d.index[n] = index
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			index[key] = append(index[key], n.Content[i+1])
		}
		return index
	}
	for _, element := range n.Content {
		name := problems.Quote(Follow(element).Value)
		index[name] = append(index[name], element)
	}
	return index
}
