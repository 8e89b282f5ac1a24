package pieces

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Lists are as long as they were asked for, hold nothing, and nothing that is put in one
// or behind it comes to be in another.
func TestEachListIsItsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p *Of[int]
		if rapid.Bool().Draw(t, "shared") {
			p = new(Of[int])
		}
		length := rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(Small-1, Small+1), rapid.IntRange(0, 2*Small))
		var lists [][]int
		for i := range rapid.IntRange(1, 60).Draw(t, "lists") {
			n := length.Draw(t, "length")
			list := p.Take(n)
			if !slices.Equal(list, make([]int, n)) {
				t.Fatalf("of %d there are %v", n, list)
			}
			for at := range list {
				list[at] = i + 1
			}
			_ = append(list, -1)
			lists = append(lists, list)
		}
		for i, list := range lists {
			for _, v := range list {
				if v != i+1 {
					t.Fatalf("list %d holds %d", i, v)
				}
			}
		}
	})
}

func TestSmallListsShareAPiece(t *testing.T) {
	if n := testing.AllocsPerRun(10, func() {
		var p Of[int]
		for range (64 + 128 + 256 + 512 + 1024 + 1024) / 8 {
			p.Take(8)
		}
	}); n != 6 {
		t.Errorf("%v allocations for six pieces of lists", n)
	}
}
