package persistent

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The plain model of a Map is a Go map; of a List, a slice. Every version that was
// ever made is kept and must still be what it was.
func TestAMapIsAMapWhateverCameLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := drawMap(t)
		model := maps.Collect(now.All())
		var versions []Map[string, int]
		var models []map[string]int
		for range rapid.IntRange(0, 80).Draw(t, "steps") {
			versions, models = append(versions, now), append(models, maps.Clone(model))
			key := rapid.StringMatching(`[a-f]{1,2}`).Draw(t, "key")
			if rapid.Bool().Draw(t, "add") {
				v := rapid.Int().Draw(t, "value")
				now, model[key] = now.With(key, v), v
			} else {
				now = now.Without(key)
				delete(model, key)
			}
		}
		for i := range versions {
			same(t, versions[i], models[i])
		}
		same(t, now, model)
	})
}

// drawMap draws a map that was collected, or the zero one.
func drawMap(t *rapid.T) (zero Map[string, int]) {
	start := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-f]{1,2}`), 0, 40, rapid.ID).Draw(t, "start")
	if len(start) == 0 && rapid.Bool().Draw(t, "zero") {
		return zero
	}
	slices.Sort(start)
	return Collect(len(start), func(i int) string { return start[i] }, func(i int) int { return i })
}

func same(t *rapid.T, m Map[string, int], model map[string]int) {
	t.Helper()
	keys := slices.Sorted(maps.Keys(model))
	var got, values []string
	for k, v := range m.All() {
		got = append(got, k)
		if v != model[k] {
			t.Fatalf("%q is %d, want %d", k, v, model[k])
		}
		if found, ok := m.Get(k); !ok || found != v {
			t.Fatalf("%q is found as %d, %v", k, found, ok)
		}
	}
	if !slices.Equal(got, keys) || m.Len() != len(keys) {
		t.Fatalf("keys %v of length %d, want %v", got, m.Len(), keys)
	}
	n := 0
	for range m.Values() {
		n++
	}
	from := rapid.StringMatching(`[a-f]{1,2}`).Draw(t, "from")
	for k := range m.From(from) {
		values = append(values, k)
	}
	at, _ := slices.BinarySearch(keys, from)
	if n != len(keys) || !slices.Equal(values, keys[at:]) {
		t.Fatalf("%d values; from %q %v, want %v", n, from, values, keys[at:])
	}
	if _, ok := m.Get("absent"); ok {
		t.Fatal("it has what was never put in")
	}
	sound(t, m.changed)
}

// What two maps do not share is found, and only that, whichever of them is older.
func TestWhatChangedBetweenTwoMapsIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var versions []Map[string, int]
		for range rapid.IntRange(1, 2).Draw(t, "collected") {
			now := drawMap(t)
			versions = append(versions, now)
			for range rapid.IntRange(0, 40).Draw(t, "steps") {
				key := rapid.StringMatching(`[a-h]{1,2}`).Draw(t, "key")
				if rapid.IntRange(0, 2).Draw(t, "add") > 0 {
					now = now.With(key, rapid.IntRange(0, 3).Draw(t, "value"))
				} else {
					now = now.Without(key)
				}
				versions = append(versions, now)
			}
		}
		a := rapid.SampledFrom(versions).Draw(t, "one")
		b := rapid.SampledFrom(versions).Draw(t, "other")
		want := map[string]bool{}
		for _, m := range []Map[string, int]{a, b} {
			for k := range m.All() {
				v, inA := a.Get(k)
				w, inB := b.Get(k)
				if inA != inB || v != w {
					want[k] = true
				}
			}
		}
		got := slices.Collect(Changed(a, b))
		if !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
			t.Fatalf("changed: %v, want %v", got, slices.Sorted(maps.Keys(want)))
		}
		for k := range Changed(a, b) {
			if k != got[0] {
				t.Fatalf("it began with %q, and now with %q", got[0], k)
			}
			break
		}
	})
}

func itself(i int) int { return i }

func TestWhatChangedIsFoundWithoutGoingThroughTheRest(t *testing.T) {
	before := Collect(100_000, itself, itself)
	for i := range 1000 {
		before = before.With(3*i, -i)
	}
	after := before.With(50_000, -1).Without(7).With(100_000, 0)
	steps := 0
	w := walk[int, int]{before.changed.whole(), after.changed.whole(), &steps}
	var got []int
	w.changed(func(k int) bool { got = append(got, k); return true })
	if !slices.Equal(got, []int{7, 50_000, 100_000}) {
		t.Errorf("changed: %v", got)
	}
	if steps > 500 {
		t.Errorf("%d steps for three changes", steps)
	}
}

// sound says that no side of a node is more than one taller than the other.
func sound[K cmp.Ordered, V any](t *rapid.T, n *node[K, V]) {
	if n == nil {
		return
	}
	l, r := n.left.tall(), n.right.tall()
	if n.height != 1+max(l, r) || l > r+1 || r > l+1 {
		t.Fatalf("a node of height %d over heights %d and %d", n.height, l, r)
	}
	sound(t, n.left)
	sound(t, n.right)
}

func TestGoingThroughAMapStopsWhenAsked(t *testing.T) {
	m := Collect(7, itself, itself).With(2, 0).With(7, 0).Without(4).With(-1, 0)
	for stop := 1; stop <= 8; stop++ {
		n, values, from := 0, 0, 0
		for range m.All() {
			if n++; n == stop {
				break
			}
		}
		for range m.Values() {
			if values++; values == stop {
				break
			}
		}
		for range m.From(-1) {
			if from++; from == stop {
				break
			}
		}
		if n != stop || values != stop || from != stop {
			t.Errorf("stopped at %d, %d, %d, want %d", n, values, from, stop)
		}
	}
}

func TestAListIsAListWhateverCameLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var model []int
		for i := range rapid.SampledFrom([]int{0, 1, 63, 64, 65, 32767, 32768, 32769}).Draw(t, "length") {
			model = append(model, i)
		}
		now := ListOf(model)
		model = slices.Clone(model)
		type version struct {
			list  List[int]
			model []int
		}
		var versions []version
		for range rapid.IntRange(0, 70).Draw(t, "steps") {
			versions = append(versions, version{now, slices.Clone(model)})
			v := rapid.Int().Draw(t, "value")
			i := len(model)
			if i > 0 && rapid.Bool().Draw(t, "set") {
				i = rapid.IntRange(0, len(model)-1).Draw(t, "at")
				model[i] = v
			} else {
				model = append(model, v)
			}
			now = now.With(i, v)
		}
		versions = append(versions, version{now, model})
		for _, v := range versions {
			if v.list.Len() != len(v.model) {
				t.Fatalf("length %d, want %d", v.list.Len(), len(v.model))
			}
			for i := range v.model {
				if got := v.list.At(i); *got != v.model[i] {
					t.Fatalf("at %d is %d, want %d", i, *got, v.model[i])
				}
			}
		}
	})
}

func TestBeyondTheEndOfAListIsNothing(t *testing.T) {
	for _, length := range []int{0, 1, 64, 65} {
		l := ListOf(make([]string, length))
		for name, beyond := range map[string]func(){
			"before the start": func() { l.At(-1) },
			"at the end":       func() { l.At(length) },
			"set before":       func() { l.With(-1, "") },
			"set beyond":       func() { l.With(length+1, "") },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s of a list of %d did not panic", name, length)
					}
				}()
				beyond()
			}()
		}
	}
}
