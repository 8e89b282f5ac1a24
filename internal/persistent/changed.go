package persistent

import (
	"cmp"
	"iter"
)

// Changed goes through the keys, sorted, that only one of two maps has or that have
// another value in each. Of maps that come from one, what the two share is not gone
// through: it costs what was changed between them, and not how long they are.
func Changed[K cmp.Ordered, V comparable](before, after Map[K, V]) iter.Seq[K] {
	return func(yield func(K) bool) {
		if before.base != after.base {
			differing(before, after, yield)
			return
		}
		steps := 0
		w := walk[K, V]{before.changed.whole(), after.changed.whole(), &steps}
		w.changed(func(key K) bool {
			was, had := before.Get(key)
			is, has := after.Get(key)
			return had == has && was == is || yield(key)
		})
	}
}

// differing is Changed for maps that share nothing.
func differing[K cmp.Ordered, V comparable](before, after Map[K, V], yield func(K) bool) {
	next, stop := iter.Pull2(after.All())
	defer stop()
	key, is, more := next()
	for k, was := range before.All() {
		for ; more && key < k; key, is, more = next() {
			if !yield(key) {
				return
			}
		}
		same := more && key == k && was == is
		if more && key == k {
			key, is, more = next()
		}
		if !same && !yield(k) {
			return
		}
	}
	for ; more && yield(key); key, _, more = next() {
	}
}

// walk goes through what changed in two maps at once, in order: through the keys of which
// something else is said in either. Each side is a stack of what is
// still to be gone through: single nodes, and whole trees that were not opened yet.
type walk[K cmp.Ordered, V comparable] struct {
	a, b  []span[K, V]
	steps *int
}

type span[K cmp.Ordered, V any] struct {
	node   *node[K, V]
	opened bool // the node alone, without what is below it
}

func (n *node[K, V]) whole() []span[K, V] {
	if n == nil {
		return nil
	}
	return []span[K, V]{{node: n}}
}

func (w *walk[K, V]) changed(yield func(K) bool) {
	for more := true; more && len(w.a)+len(w.b) > 0; *w.steps++ {
		a, b := top(w.a), top(w.b)
		switch {
		case a == b:
			w.a, w.b = pop(w.a), pop(w.b)
		case a.taller(b):
			w.a = open(w.a)
		case b.taller(a):
			w.b = open(w.b)
		case !a.opened && a.node != nil:
			w.a, w.b = open(w.a), open(w.b)
		case b.node == nil || a.node != nil && a.node.at < b.node.at:
			w.a, more = pop(w.a), yield(a.node.at)
		case a.node == nil || a.node.at > b.node.at:
			w.b, more = pop(w.b), yield(b.node.at)
		default:
			w.a, w.b = pop(w.a), pop(w.b)
			more = a.node.value == b.node.value && a.node.gone == b.node.gone || yield(a.node.at)
		}
	}
}

// taller says whether s must be opened before other. A single node, or nothing, has
// nothing to open.
func (s span[K, V]) taller(other span[K, V]) bool {
	return s.node != nil && !s.opened && (other.node == nil || other.opened || s.node.height > other.node.height)
}

func top[K cmp.Ordered, V any](stack []span[K, V]) (s span[K, V]) {
	if len(stack) > 0 {
		s = stack[len(stack)-1]
	}
	return s
}

func pop[K cmp.Ordered, V any](stack []span[K, V]) []span[K, V] { return stack[:len(stack)-1] }

func open[K cmp.Ordered, V any](stack []span[K, V]) []span[K, V] {
	n := top(stack).node
	stack = pop(stack)
	if n.right != nil {
		stack = append(stack, span[K, V]{node: n.right})
	}
	stack = append(stack, span[K, V]{n, true})
	if n.left != nil {
		stack = append(stack, span[K, V]{node: n.left})
	}
	return stack
}
