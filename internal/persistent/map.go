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
	root *node[K, V]
	n    int
}

// node is a node of an AVL tree: keys to the left are smaller, keys to the right
// larger, and the heights of the two sides differ by one at most.
type node[K cmp.Ordered, V any] struct {
	at          K
	value       V
	left, right *node[K, V]
	height      int8
}

// Collect makes a map of n keys, each once, and their values: entry gives them sorted by
// key, and is asked for each once.
func Collect[K cmp.Ordered, V any](n int, entry func(i int) (K, V)) Map[K, V] {
	return Map[K, V]{built(make([]node[K, V], n), 0, entry), n}
}

// built makes a tree of as many nodes as there are, for the entries from one on.
func built[K cmp.Ordered, V any](nodes []node[K, V], from int, entry func(i int) (K, V)) *node[K, V] {
	if len(nodes) == 0 {
		return nil
	}
	i := len(nodes) / 2
	made := &nodes[i]
	made.left, made.right = built(nodes[:i], from, entry), built(nodes[i+1:], from+i+1, entry)
	made.at, made.value = entry(from + i)
	made.height = 1 + max(made.left.tall(), made.right.tall())
	return made
}

// Len counts the keys.
func (m Map[K, V]) Len() int { return m.n }

// Get finds the value of a key.
func (m Map[K, V]) Get(key K) (value V, ok bool) {
	for n := m.root; n != nil; {
		switch c := cmp.Compare(key, n.at); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.value, true
		}
	}
	return value, false
}

// With is the map in which the key has the value.
func (m Map[K, V]) With(key K, value V) Map[K, V] {
	if _, ok := m.Get(key); !ok {
		m.n++
	}
	m.root = m.root.with(key, value)
	return m
}

// Without is the map without the key.
func (m Map[K, V]) Without(key K) Map[K, V] {
	if _, ok := m.Get(key); !ok {
		return m
	}
	return Map[K, V]{m.root.without(key), m.n - 1}
}

// All goes through the map, sorted by key.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.root.each(yield) }
}

// Values goes through the values, sorted by key.
func (m Map[K, V]) Values() iter.Seq[V] {
	return func(yield func(V) bool) {
		m.root.each(func(_ K, v V) bool { return yield(v) })
	}
}

// From goes through the part of the map that begins at a key, sorted.
func (m Map[K, V]) From(key K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.root.from(key, yield) }
}

func (n *node[K, V]) each(yield func(K, V) bool) bool {
	return n == nil || n.left.each(yield) && yield(n.at, n.value) && n.right.each(yield)
}

func (n *node[K, V]) from(key K, yield func(K, V) bool) bool {
	switch {
	case n == nil:
		return true
	case cmp.Less(n.at, key):
		return n.right.from(key, yield)
	}
	return n.left.from(key, yield) && yield(n.at, n.value) && n.right.each(yield)
}

func (n *node[K, V]) with(key K, value V) *node[K, V] {
	if n == nil {
		return made(key, value, nil, nil)
	}
	switch c := cmp.Compare(key, n.at); {
	case c < 0:
		return balanced(n.at, n.value, n.left.with(key, value), n.right)
	case c > 0:
		return balanced(n.at, n.value, n.left, n.right.with(key, value))
	}
	return made(key, value, n.left, n.right)
}

// without is the tree without a key that it has.
func (n *node[K, V]) without(key K) *node[K, V] {
	switch c := cmp.Compare(key, n.at); {
	case c < 0:
		return balanced(n.at, n.value, n.left.without(key), n.right)
	case c > 0:
		return balanced(n.at, n.value, n.left, n.right.without(key))
	case n.left == nil:
		return n.right
	case n.right == nil:
		return n.left
	}
	next := n.right
	for next.left != nil {
		next = next.left
	}
	return balanced(next.at, next.value, n.left, n.right.without(next.at))
}

func made[K cmp.Ordered, V any](key K, value V, left, right *node[K, V]) *node[K, V] {
	return &node[K, V]{key, value, left, right, 1 + max(left.tall(), right.tall())}
}

func (n *node[K, V]) tall() int8 {
	if n == nil {
		return 0
	}
	return n.height
}

// balanced makes a node of two sides whose heights differ by two at most.
func balanced[K cmp.Ordered, V any](key K, value V, left, right *node[K, V]) *node[K, V] {
	switch {
	case left.tall() > right.tall()+1:
		if left.left.tall() < left.right.tall() {
			left = left.turnedLeft()
		}
		return made(left.at, left.value, left.left, made(key, value, left.right, right))
	case right.tall() > left.tall()+1:
		if right.right.tall() < right.left.tall() {
			right = right.turnedRight()
		}
		return made(right.at, right.value, made(key, value, left, right.left), right.right)
	}
	return made(key, value, left, right)
}

func (n *node[K, V]) turnedLeft() *node[K, V] {
	r := n.right
	return made(r.at, r.value, made(n.at, n.value, n.left, r.left), r.right)
}

func (n *node[K, V]) turnedRight() *node[K, V] {
	l := n.left
	return made(l.at, l.value, l.left, made(n.at, n.value, l.right, n.right))
}
