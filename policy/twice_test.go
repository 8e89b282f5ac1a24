package policy

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/users"
)

// Twice says what a map says, of few and of many.
func TestTwiceIsWhatAMapSays(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		list := make([]users.ID, rapid.OneOf(rapid.IntRange(0, 2*fewNamed), rapid.IntRange(0, MaxNamed)).Draw(t, "ids"))
		for i := range list {
			list[i] = users.ID(fmt.Sprintf("user-%d", i))
		}
		if len(list) > 1 && rapid.Bool().Draw(t, "one twice") {
			at, from := rapid.IntRange(1, len(list)-1).Draw(t, "at"), rapid.IntRange(0, len(list)-1).Draw(t, "from")
			list[at] = list[from]
		}
		seen := map[users.ID]bool{}
		for _, id := range list {
			seen[id] = true
		}
		want := len(seen) < len(list)
		if got := twice(len(list), func(i int) users.ID { return list[i] }); got != want {
			t.Fatalf("%d ids, %d of them different: twice is %t", len(list), len(seen), got)
		}
		n.note(want)
	})
	n.report(t, "have one twice", 10)
}

// BenchmarkNamed prints that a merger of many documents costs in proportion to them.
func BenchmarkNamed(b *testing.B) {
	for _, n := range []int{10, 100, MaxNamed} {
		list := make([]users.ID, n)
		for i := range list {
			list[i] = users.ID(fmt.Sprintf("user-%d", i))
		}
		b.Run(fmt.Sprintf("ids=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if twice(len(list), func(i int) users.ID { return list[i] }) {
					b.Fatal("found one twice")
				}
			}
		})
	}
}
