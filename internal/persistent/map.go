// Package persistent holds collections that never change: what changes one gives
// another that shares with it all that stayed the same. They are how an office of
// any size is changed at the cost of what was touched.
package persistent

import (
	"cmp"
	"iter"
)

// Map is an immutable map, sorted by key. The zero Map is empty. Finding and
// changing cost the logarithm of its length.
type Map[K cmp.Ordered, V any] struct {
	base    *base[K, V] // what it was collected from
	changed *node[K, V] // what is not as there, or no longer there
	n       int
}

// base is what was there at first, sorted by key.
type base[K cmp.Ordered, V any] struct {
	n     int
	at    func(i int) K
	value func(i int) V
}

// node is a node of an AVL tree: keys to the left are smaller, keys to the right
// larger, and the heights of the two sides differ by one at most.
type node[K cmp.Ordered, V any] struct {
	at          K
	value       V
	left, right *node[K, V]
	height      int8
	gone        bool // of a key that the base has; value then is the zero one
}

// Collect makes a map of n keys, each once, and their values: key gives them sorted, and both
// always the same. It takes no time, and no memory but what the two keep.
func Collect[K cmp.Ordered, V any](n int, key func(i int) K, value func(i int) V) Map[K, V] {
	return Map[K, V]{base: &base[K, V]{n, key, value}, n: n}
}

// first is the place of the first key, from one place on, that does not come before a key,
// and whether it is that.
func (b *base[K, V]) first(from int, key K) (at int, is bool) {
	if b == nil {
		return 0, false
	}
	to := b.n
	for from < to {
		middle := from + (to-from)/2
		switch c := cmp.Compare(b.at(middle), key); {
		case c == 0:
			return middle, true
		case c < 0:
			from = middle + 1
		default:
			to = middle
		}
	}
	return from, false
}

// Len counts the keys.
func (m Map[K, V]) Len() int { return m.n }

// Get finds the value of a key.
func (m Map[K, V]) Get(key K) (value V, ok bool) {
	for n := m.changed; n != nil; {
		switch c := cmp.Compare(key, n.at); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.value, !n.gone
		}
	}
	if at, is := m.base.first(0, key); is {
		return m.base.value(at), true
	}
	return value, false
}

// With is the map in which the key has the value.
func (m Map[K, V]) With(key K, value V) Map[K, V] {
	if _, ok := m.Get(key); !ok {
		m.n++
	}
	m.changed = m.changed.with(node[K, V]{at: key, value: value})
	return m
}

// Without is the map without the key.
func (m Map[K, V]) Without(key K) Map[K, V] {
	if _, ok := m.Get(key); !ok {
		return m
	}
	m.n--
	if _, is := m.base.first(0, key); is {
		m.changed = m.changed.with(node[K, V]{at: key, gone: true})
	} else {
		m.changed = m.changed.without(key)
	}
	return m
}

// All goes through the map, sorted by key.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		s := m.start(0, yield)
		s.end(m.changed.each(s.next))
	}
}

// Values goes through the values, sorted by key.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, v := range m.All() {
			if !yield(v) {
				return
			}
		}
	}
}

// From goes through the part of the map that begins at a key, sorted.
func (m Map[K, V]) From(key K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		at, _ := m.base.first(0, key)
		s := m.start(at, yield)
		s.end(m.changed.from(key, s.next))
	}
}

// merge goes through a base, and puts in between what changed.
type merge[K cmp.Ordered, V any] struct {
	base  *base[K, V]
	at    int // what comes next of the base
	yield func(K, V) bool
}

func (m Map[K, V]) start(at int, yield func(K, V) bool) merge[K, V] {
	return merge[K, V]{m.base, at, yield}
}

func (m *merge[K, V]) upTo(end int) bool {
	for ; m.at < end; m.at++ {
		if !m.yield(m.base.at(m.at), m.base.value(m.at)) {
			return false
		}
	}
	return true
}

// next takes what comes next of what changed.
func (m *merge[K, V]) next(n *node[K, V]) bool {
	to, is := m.base.first(m.at, n.at)
	if !m.upTo(to) {
		return false
	}
	if is {
		m.at++
	}
	return n.gone || m.yield(n.at, n.value)
}

// end goes on to the end of the base, unless it was told to stop.
func (m *merge[K, V]) end(goOn bool) {
	if goOn && m.base != nil {
		m.upTo(m.base.n)
	}
}

func (n *node[K, V]) each(yield func(*node[K, V]) bool) bool {
	return n == nil || n.left.each(yield) && yield(n) && n.right.each(yield)
}

func (n *node[K, V]) from(key K, yield func(*node[K, V]) bool) bool {
	switch {
	case n == nil:
		return true
	case cmp.Less(n.at, key):
		return n.right.from(key, yield)
	}
	return n.left.from(key, yield) && yield(n) && n.right.each(yield)
}

// with is the tree with a node, of which only the key and what goes with it count.
func (n *node[K, V]) with(entry node[K, V]) *node[K, V] {
	if n == nil {
		return entry.over(nil, nil)
	}
	switch c := cmp.Compare(entry.at, n.at); {
	case c < 0:
		return n.balanced(n.left.with(entry), n.right)
	case c > 0:
		return n.balanced(n.left, n.right.with(entry))
	}
	return entry.over(n.left, n.right)
}

// without is the tree without a key that it has.
func (n *node[K, V]) without(key K) *node[K, V] {
	switch c := cmp.Compare(key, n.at); {
	case c < 0:
		return n.balanced(n.left.without(key), n.right)
	case c > 0:
		return n.balanced(n.left, n.right.without(key))
	case n.left == nil:
		return n.right
	case n.right == nil:
		return n.left
	}
	next := n.right
	for next.left != nil {
		next = next.left
	}
	return next.balanced(n.left, n.right.without(next.at))
}

// over is the node with two other sides.
func (n *node[K, V]) over(left, right *node[K, V]) *node[K, V] {
	return &node[K, V]{n.at, n.value, left, right, 1 + max(left.tall(), right.tall()), n.gone}
}

func (n *node[K, V]) tall() int8 {
	if n == nil {
		return 0
	}
	return n.height
}

// balanced is over for two sides whose heights differ by two at most.
func (n *node[K, V]) balanced(left, right *node[K, V]) *node[K, V] {
	switch {
	case left.tall() > right.tall()+1:
		if left.left.tall() < left.right.tall() {
			left = left.turnedLeft()
		}
		return left.over(left.left, n.over(left.right, right))
	case right.tall() > left.tall()+1:
		if right.right.tall() < right.left.tall() {
			right = right.turnedRight()
		}
		return right.over(n.over(left, right.left), right.right)
	}
	return n.over(left, right)
}

func (n *node[K, V]) turnedLeft() *node[K, V] {
	return n.right.over(n.over(n.left, n.right.left), n.right.right)
}

func (n *node[K, V]) turnedRight() *node[K, V] {
	return n.left.over(n.left.left, n.over(n.left.right, n.right))
}
