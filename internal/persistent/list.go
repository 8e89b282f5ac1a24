package persistent

import "slices"

// List is an immutable list. The zero List is empty. Finding an element takes three
// steps however long the list is. Setting or adding one copies the sixty-four around
// it, and where the others are: of a list of a million, some eight kilobytes.
type List[T any] struct {
	shelves []*shelf[T]
	n       int
}

const (
	boxWidth   = 64
	shelfWidth = 512
	shelfSize  = boxWidth * shelfWidth
)

type (
	box[T any]   [boxWidth]T
	shelf[T any] [shelfWidth]*box[T]
)

// Room is how much room there must be behind n elements for ListOf to take them as they
// stand.
func Room(n int) int { return -n & (boxWidth - 1) }

// ListOf is the list of the given elements, which become the list's own, with the Room
// behind them. Where that is not there, they are copied.
func ListOf[T any](elements []T) List[T] {
	l := List[T]{n: len(elements)}
	for shelved := range slices.Chunk(withRoom(elements), shelfSize) {
		s := new(shelf[T])
		for at := range len(shelved) / boxWidth {
			s[at] = (*box[T])(shelved[at*boxWidth:])
		}
		l.shelves = append(l.shelves, s)
	}
	return l
}

// withRoom is the elements and the room behind them.
func withRoom[T any](elements []T) []T {
	n := len(elements)
	return slices.Grow(elements, Room(n))[:n+Room(n)]
}

// Len counts the elements.
func (l *List[T]) Len() int { return l.n }

// At is the element at a place from 0. It panics beyond the end.
func (l *List[T]) At(i int) *T {
	if uint(i) >= uint(l.n) {
		panic("persistent: no such place in the list")
	}
	return &l.shelves[uint(i)/shelfSize][uint(i)/boxWidth%shelfWidth][uint(i)%boxWidth]
}

// With is the list in which the element at i is v; i may be the length of the
// list, which then is one longer.
func (l *List[T]) With(i int, v T) List[T] {
	if i < 0 || i > l.n {
		panic("persistent: no such place in the list")
	}
	next := List[T]{slices.Clone(l.shelves), max(l.n, i+1)}
	if i/shelfSize == len(next.shelves) {
		next.shelves = append(next.shelves, nil)
	}
	s := copied(next.shelves[i/shelfSize])
	b := copied(s[i/boxWidth%shelfWidth])
	b[i%boxWidth] = v
	s[i/boxWidth%shelfWidth] = b
	next.shelves[i/shelfSize] = s
	return next
}

// copied is a copy of what is there, or an empty one of what is not.
func copied[A any](a *A) *A {
	c := new(A)
	if a != nil {
		*c = *a
	}
	return c
}
