package strict

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/mandaat/mandaat/problems"
)

// Shape is what a mapping must look like to be read as a T: the keys it has, and
// where the value of each goes. It has at most 64 keys.
type Shape[T any] struct {
	Name string // what the mapping is: "a user"
	Keys []Key[T]
}

// Key is one key of a Shape. It is required unless Optional was called.
type Key[T any] struct {
	name, about string
	optional    bool
	read        func(d *Document, n *yaml.Node, into *T)
	takes       func() Schema
}

// Optional is the key as one that may be absent.
func (k Key[T]) Optional() Key[T] {
	k.optional = true
	return k
}

// Read reads a mapping of this shape, complaining of keys that it does not know
// and of keys that are absent.
func (s Shape[T]) Read(d *Document, n *yaml.Node) (value T) {
	mapping := Follow(n)
	if mapping.Kind != yaml.MappingNode {
		d.Fault(n, Describe(n), s.Name+", which is a mapping")
		return value
	}
	var seen uint64
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key := mapping.Content[i]
		at := s.find(key)
		switch {
		case at < 0:
			d.Fault(key, "the unknown key "+problems.Quote(key.Value)+" in "+s.Name, s.meant(key.Value))
		case seen&(1<<at) == 0:
			seen |= 1 << at
			s.Keys[at].read(d, mapping.Content[i+1], &value)
		}
	}
	s.required(d, n, seen)
	return value
}

// required complains of keys that are absent, except where it said of another key that
// this one was probably meant.
func (s Shape[T]) required(d *Document, n *yaml.Node, seen uint64) {
	for i, key := range s.Keys {
		if key.optional || seen&(1<<i) != 0 {
			continue
		}
		d.lack(n, key.name)
		if !s.misspelt(Follow(n), key.name) {
			d.complain(n.Line, n.Column, s.Name+" without "+key.name, "the key "+key.name)
		}
	}
}

// misspelt says whether a mapping has a key that this one was probably meant by, or
// takes keys over from another.
func (s Shape[T]) misspelt(mapping *yaml.Node, name string) bool {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key := mapping.Content[i]
		if key.ShortTag() == "!!merge" || s.find(key) < 0 && s.meant(key.Value) == name {
			return true
		}
	}
	return false
}

// Has says whether a mapping of this shape can have a key.
func (s Shape[T]) Has(key string) bool {
	return slices.ContainsFunc(s.Keys, func(k Key[T]) bool { return k.name == key })
}

func (s Shape[T]) find(key *yaml.Node) int {
	if key.Kind != yaml.ScalarNode {
		return -1
	}
	for i := range s.Keys {
		if s.Keys[i].name == key.Value {
			return i
		}
	}
	return -1
}

// meant is the key that was probably meant, or all there are.
func (s Shape[T]) meant(word string) string {
	names := s.Names()
	if near, ok := Nearest(word, names); ok {
		return near
	}
	return "one of " + strings.Join(names, ", ")
}

// Names is the names of the keys, in their order.
func (s Shape[T]) Names() []string {
	names := make([]string, len(s.Keys))
	for i, key := range s.Keys {
		names[i] = key.name
	}
	return names
}
