package persistent

import "iter"

// List is an immutable list. The zero List is empty. Finding an element, setting
// one and adding one cost the same however long the list is, or nearly: a list of
// 64 times the length costs one step more.
type List[T any] struct {
	root  *branch[T]
	n     int
	depth uint8 // of the root: 0 is a leaf
}

const (
	bits  = 6
	width = 1 << bits
)

// branch is a node: a leaf has values, any other has branches.
type branch[T any] struct {
	below  *[width]*branch[T]
	values *[width]T
}

// ListOf is the list of the given elements.
func ListOf[T any](elements []T) List[T] {
	var level []*branch[T]
	for at := 0; at < len(elements); at += width {
		values := new([width]T)
		copy(values[:], elements[at:])
		level = append(level, &branch[T]{values: values})
	}
	l := List[T]{n: len(elements)}
	for len(level) > 1 {
		var above []*branch[T]
		for at := 0; at < len(level); at += width {
			below := new([width]*branch[T])
			copy(below[:], level[at:])
			above = append(above, &branch[T]{below: below})
		}
		level = above
		l.depth++
	}
	if len(level) == 1 {
		l.root = level[0]
	}
	return l
}

// Len counts the elements.
func (l *List[T]) Len() int { return l.n }

// At is the element at a place from 0. It panics beyond the end.
func (l *List[T]) At(i int) *T {
	if uint(i) >= uint(l.n) {
		panic("persistent: no such place in the list")
	}
	b := l.root
	for shift := int(l.depth) * bits; shift > 0; shift -= bits {
		b = b.below[i>>shift&(width-1)]
	}
	return &b.values[i&(width-1)]
}

// With is the list in which the element at i is v; i may be the length of the
// list, which then is one longer.
func (l *List[T]) With(i int, v T) List[T] {
	if i < 0 || i > l.n {
		panic("persistent: no such place in the list")
	}
	next := *l
	next.n = max(l.n, i+1)
	if l.root != nil && i>>((int(l.depth)+1)*bits) > 0 {
		next.root = &branch[T]{below: &[width]*branch[T]{l.root}}
		next.depth++
	}
	next.root = next.root.with(int(next.depth)*bits, i, v)
	return next
}

func (b *branch[T]) with(shift, i int, v T) *branch[T] {
	if shift == 0 {
		values := new([width]T)
		if b != nil {
			*values = *b.values
		}
		values[i&(width-1)] = v
		return &branch[T]{values: values}
	}
	below := new([width]*branch[T])
	if b != nil {
		*below = *b.below
	}
	at := i >> shift & (width - 1)
	below[at] = below[at].with(shift-bits, i, v)
	return &branch[T]{below: below}
}

// All goes through the elements and their places.
func (l *List[T]) All() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		for i := range l.n {
			if !yield(i, l.At(i)) {
				return
			}
		}
	}
}
