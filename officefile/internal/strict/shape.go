package strict

import (
	"fmt"
	"slices"
	"strconv"
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
	name     string
	optional bool
	read     func(d *Document, n *yaml.Node, into *T)
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

// Names are its keys, in order.
func (s Shape[T]) Names() []string {
	names := make([]string, len(s.Keys))
	for i, key := range s.Keys {
		names[i] = key.name
	}
	return names
}

// With is a key whose value is read in a way of its own.
func With[T, V any](name string, field func(*T) *V, read func(*Document, *yaml.Node) V) Key[T] {
	return Key[T]{name: name, read: func(d *Document, n *yaml.Node, into *T) { *field(into) = read(d, n) }}
}

// Text is a key whose value is a text.
func Text[T any, S ~string](name string, field func(*T) *S) Key[T] {
	return With(name, field, TextOf[S])
}

// Flag is a key whose value is true or false.
func Flag[T any](name string, field func(*T) *bool) Key[T] { return With(name, field, FlagOf) }

// Code is a key whose value is a word of a closed list, which parse knows.
func Code[T, V any](name string, field func(*T) *V, parse func(string) (V, error)) Key[T] {
	return With(name, field, func(d *Document, n *yaml.Node) V { return CodeOf(d, n, parse) })
}

// List is a key whose value is a list, read element by element.
func List[T, V any](name string, field func(*T) *[]V, read func(*Document, *yaml.Node) V) Key[T] {
	return With(name, field, func(d *Document, n *yaml.Node) []V { return ListOf(d, n, "a list", read) })
}

// TextOf reads a text. Where the value is a number, a date or the like, it
// complains, and still gives it as it is spelt, so that what refers to it resolves.
func TextOf[S ~string](d *Document, n *yaml.Node) S {
	value := Follow(n)
	if value.Kind != yaml.ScalarNode {
		d.Fault(n, Describe(n), "a text")
		return ""
	}
	switch {
	case value.ShortTag() == "!!str":
	case value.ShortTag() == "!!null":
		d.Fault(n, Describe(n), "a text")
	default:
		d.Fault(n, Describe(n), "a text; quote it: "+problems.Quote(value.Value))
	}
	return S(value.Value)
}

var flags = map[string]bool{
	"true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false,
}

// FlagOf reads true or false.
func FlagOf(d *Document, n *yaml.Node) bool {
	value := Follow(n)
	flag, known := flags[value.Value]
	if value.Kind != yaml.ScalarNode || value.ShortTag() != "!!bool" || !known {
		d.Fault(n, Describe(n), "true or false")
		return false
	}
	return flag
}

// WholeOf reads a whole number in plain digits, from low to high.
func WholeOf(d *Document, n *yaml.Node, low, high int, expected string) int {
	value := Follow(n)
	number, err := strconv.Atoi(value.Value)
	plain := err == nil && strconv.Itoa(number) == value.Value // not 010, 0x10, 1_0
	if value.Kind != yaml.ScalarNode || value.ShortTag() != "!!int" || !plain || number < low || number > high {
		d.Fault(n, Describe(n), expected)
		return 0
	}
	return number
}

// CodeOf reads a word of a closed list. What parse says of another word is the
// complaint.
func CodeOf[V any](d *Document, n *yaml.Node, parse func(string) (V, error)) V {
	return parsed(d, n, parse, "!!str")
}

// DateOf reads a date, quoted or not.
func DateOf[V any](d *Document, n *yaml.Node, parse func(string) (V, error)) V {
	return parsed(d, n, parse, "!!str", "!!timestamp")
}

func parsed[V any](d *Document, n *yaml.Node, parse func(string) (V, error), tags ...string) (none V) {
	value := Follow(n)
	word, expected := parse(value.Value)
	if value.Kind == yaml.ScalarNode && expected == nil && slices.Contains(tags, value.ShortTag()) {
		return word
	}
	if expected == nil { // the right spelling, of another type
		_, expected = parse("")
	}
	for _, p := range problems.All(expected) {
		d.Fault(n, Describe(n), p.Expected)
	}
	return none
}

// ListOf reads a list, element by element.
func ListOf[V any](d *Document, n *yaml.Node, expected string, read func(*Document, *yaml.Node) V) []V {
	list := Follow(n)
	if list.Kind != yaml.SequenceNode {
		d.Fault(n, Describe(n), expected)
		return nil
	}
	values := make([]V, len(list.Content))
	for i, element := range list.Content {
		values[i] = read(d, element)
	}
	return values
}

// IsWord says whether a value is a certain text.
func IsWord(n *yaml.Node, word string) bool {
	value := Follow(n)
	return value.Kind == yaml.ScalarNode && value.ShortTag() == "!!str" && value.Value == word
}

// Exactly complains of a value that is not a certain number.
func Exactly(d *Document, n *yaml.Node, number int) {
	WholeOf(d, n, number, number, fmt.Sprintf("the number %d", number))
}
