// Package changes holds what every guarded change has in common, of an office and
// of a document: by what right it was made, how it is refused, and lists that
// compare, so that a command is a plain value.
package changes

import (
	"iter"
	"slices"
)

// List is an immutable list. Two lists with the same elements in the same order
// are ==, so that what holds one can be compared, and be a key; comparing goes one
// call deeper for each element, which the stack allows for millions. The zero List
// is empty.
type List[T comparable] struct{ first any } // nil, or a cell[T]

type cell[T comparable] struct {
	value T
	rest  List[T]
}

// ListOf is the list of the given elements, in order.
func ListOf[T comparable](elements ...T) (l List[T]) {
	for _, v := range slices.Backward(elements) {
		l = List[T]{cell[T]{v, l}}
	}
	return l
}

// All goes through the elements, in order.
func (l List[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for c, ok := l.first.(cell[T]); ok && yield(c.value); c, ok = c.rest.first.(cell[T]) {
		}
	}
}

// Len counts the elements.
func (l List[T]) Len() (n int) {
	for range l.All() {
		n++
	}
	return n
}

// Slice is the elements in a slice of the caller's own; nil where there are none.
func (l List[T]) Slice() (elements []T) {
	for v := range l.All() {
		elements = append(elements, v)
	}
	return elements
}
