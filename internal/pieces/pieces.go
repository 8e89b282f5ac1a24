// Package pieces gives memory to many small lists, several of which share a piece of it:
// so much less is asked of the allocator, and lists made one after another stand so. A
// piece stays as long as one of its lists does.
package pieces

// Of gives lists of T. The zero Of is ready; without one, each list has memory of its own.
type Of[T any] struct {
	free []T
	next int // the length of the next piece; 0 of the first
}

// Each piece is twice as long as the one before, from the first to the last of these.
const (
	first = 1 << 6
	last  = 1 << 10
)

// Small is the length of a list that shares a piece, at most.
const Small = 1 << 7

// Take is a list of n zero elements, with no room behind them; of none it is nil.
func (p *Of[T]) Take(n int) (list []T) {
	switch {
	case n == 0:
		return nil
	case p == nil || n > Small:
		return make([]T, n)
	case n > len(p.free):
		p.next = min(max(2*p.next, first, n), last)
		p.free = make([]T, p.next)
	}
	list, p.free = p.free[:n:n], p.free[n:]
	return list
}
