package strict

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Reader reads a value, and says what it takes. A Shape is one.
type Reader[V any] interface {
	Read(d *Document, n *yaml.Node) V
	Schema() Schema
}

// As reads in a way of its own what a schema describes.
func As[V any](takes Schema, read func(*Document, *yaml.Node) V) Reader[V] {
	return reader[V]{takes, read}
}

type reader[V any] struct {
	takes Schema
	read  func(*Document, *yaml.Node) V
}

func (r reader[V]) Read(d *Document, n *yaml.Node) V { return r.read(d, n) }

// Schema is what it takes.
func (r reader[V]) Schema() Schema { return r.takes }

// With is a key whose value goes where field says. Editors show what it is about.
func With[T, V any](name, about string, field func(*T) *V, value Reader[V]) Key[T] {
	return Key[T]{
		name: name, about: about, takes: value.Schema,
		read: func(d *Document, n *yaml.Node, into *T) { *field(into) = value.Read(d, n) },
	}
}

// Text is a key whose value is a text.
func Text[T any, S ~string](name, about string, field func(*T) *S, takes Schema) Key[T] {
	return With(name, about, field, As(takes, TextOf[S]))
}

// Flag is a key whose value is true or false.
func Flag[T any](name, about string, field func(*T) *bool) Key[T] {
	return With(name, about, field, As(TrueOrFalse, FlagOf))
}

// Code is a key whose value is a word of a closed list, which parse knows.
func Code[T any, V fmt.Stringer](name, about string, field func(*T) *V, parse func(string) (V, error), all []V) Key[T] {
	return With(name, about, field, OneOf(parse, all))
}

// List is a key whose value is a list, read element by element.
func List[T, V any](name, about string, field func(*T) *[]V, element Reader[V]) Key[T] {
	return With(name, about, field, Elements("a list", element))
}

// Elements reads a list, element by element.
func Elements[V any](expected string, element Reader[V]) Reader[[]V] {
	return elements[V]{expected, element, element.Read}
}

type elements[V any] struct {
	expected string
	element  Reader[V]
	read     func(*Document, *yaml.Node) V // that of element
}

func (e elements[V]) Read(d *Document, n *yaml.Node) []V { return ListOf(d, n, e.expected, e.read) }

// Schema is what it takes.
func (e elements[V]) Schema() Schema { return ListLike(e.expected, e.element.Schema()) }

// EachOnce is a list in which nothing may stand twice. That is for whoever takes the
// list to see to; here it is only said.
func EachOnce[V any](element Reader[V]) Reader[[]V] {
	list := Elements("a list", element)
	takes := list.Schema()
	takes.UniqueItems = true
	return As(takes, list.Read)
}

// OneOf reads a word of a closed list, which parse knows.
func OneOf[V fmt.Stringer](parse func(string) (V, error), all []V) Reader[V] {
	return Coded(Codes(all), parse)
}

// Coded reads a word that parse knows.
func Coded[V any](takes Schema, parse func(string) (V, error)) Reader[V] {
	return As(takes, func(d *Document, n *yaml.Node) V { return CodeOf(d, n, parse) })
}

// Dated reads a date or a moment, quoted or not, that parse knows.
func Dated[V any](takes Schema, parse func(string) (V, error)) Reader[V] {
	return As(takes, func(d *Document, n *yaml.Node) V { return DateOf(d, n, parse) })
}

// Whole reads a whole number in plain digits, from low to high.
func Whole(low, high int, expected string) Reader[int] {
	return As(WholeLike(low, high, expected), func(d *Document, n *yaml.Node) int {
		return WholeOf(d, n, low, high, expected)
	})
}

// Exactly reads one certain number.
func Exactly(number int) Reader[struct{}] {
	return Then(Whole(number, number, fmt.Sprintf("the number %d", number)), func(int) struct{} { return struct{}{} })
}

// Then reads as another does, and makes something else of it.
func Then[V, W any](first Reader[V], and func(V) W) Reader[W] {
	return As(first.Schema(), func(d *Document, n *yaml.Node) W { return and(first.Read(d, n)) })
}
