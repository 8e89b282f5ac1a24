package changes_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/changes"
)

// elements draws lists that are often alike.
func elements(t *rapid.T, label string) []string {
	return rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", ""}), 0, 4).Draw(t, label)
}

func TestListsAreTheSameWhereTheirElementsAre(t *testing.T) {
	same := 0
	rapid.Check(t, func(t *rapid.T) {
		one, other := elements(t, "one"), elements(t, "other")
		want := slices.Equal(one, other)
		if want {
			same++
		}
		a, b := changes.ListOf(one...), changes.ListOf(other...)
		if (a == b) != want || (b == a) != want || a != changes.ListOf(slices.Clone(one)...) {
			t.Fatalf("%q and %q: the same is %v", one, other, a == b)
		}
		kept := map[changes.List[string]]int{a: 1}
		if _, found := kept[b]; found != want {
			t.Fatalf("%q is found under %q: %v", other, one, found)
		}
	})
	if same == 0 {
		t.Error("no two lists were the same")
	}
}

// A list within a list is an element like any other.
func TestListsOfListsAreTheSameWhereTheirElementsAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, other := elements(t, "one"), elements(t, "other")
		nested := func(in []string) changes.List[changes.List[string]] {
			return changes.ListOf(changes.ListOf(in...), changes.List[string]{})
		}
		if (nested(one) == nested(other)) != slices.Equal(one, other) {
			t.Fatalf("%q and %q", one, other)
		}
	})
}

func TestAListHoldsWhatItWasMadeOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := elements(t, "elements")
		want := slices.Clone(given)
		l := changes.ListOf(given...)
		for i := range given {
			given[i] = "changed by the caller"
		}
		if diff := cmp.Diff(want, append([]string{}, l.Slice()...)); diff != "" || l.Len() != len(want) {
			t.Fatalf("%d elements (-want +got):\n%s", l.Len(), diff)
		}
		if diff := cmp.Diff(want, append([]string{}, slices.Collect(l.All())...)); diff != "" {
			t.Fatalf("gone through (-want +got):\n%s", diff)
		}
		if got := l.Slice(); len(got) > 0 {
			got[0] = "changed by the caller"
			if l != changes.ListOf(want...) {
				t.Fatal("whoever took the elements changed the list")
			}
		}
	})
}

func TestGoingThroughAListCanStopAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := elements(t, "elements")
		stop := rapid.IntRange(0, 5).Draw(t, "stop after")
		var seen []string
		for v := range changes.ListOf(given...).All() {
			if len(seen) == stop {
				break
			}
			seen = append(seen, v)
		}
		if diff := cmp.Diff(given[:min(stop, len(given))], append([]string{}, seen...)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestTheZeroListIsEmpty(t *testing.T) {
	var none changes.List[int]
	if none != changes.ListOf[int]() || none.Len() != 0 || none.Slice() != nil {
		t.Errorf("it holds %v", none.Slice())
	}
	for v := range none.All() {
		t.Errorf("it holds %d", v)
	}
}

// The longest list that a command may hold compares, and is a key, like any other:
// nothing runs out on the way.
func TestTheLongestListsCompare(t *testing.T) {
	const n = 100_000
	long := make([]int, n)
	for i := range long {
		long[i] = i
	}
	a, b := changes.ListOf(long...), changes.ListOf(long...)
	long[n-1]++
	c := changes.ListOf(long...)
	kept := map[changes.List[int]]bool{a: true}
	if a != b || a == c || !kept[b] || kept[c] || a == changes.ListOf(long[:n-1]...) || a.Len() != n {
		t.Error("they do not compare by their elements")
	}
}
