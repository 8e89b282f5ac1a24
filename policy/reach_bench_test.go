package policy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// candidate is one way to keep a set of companies.
type candidate struct {
	name string
	make func(sorted []uint32, total int) membership
}

// membership answers whether a company is in a set, and what the set weighs.
type membership interface {
	has(c uint32) bool
	bytes() int
}

type bySearch []uint32

func (s bySearch) has(c uint32) bool {
	_, found := slices.BinarySearch(s, c)
	return found
}
func (s bySearch) bytes() int { return 4 * len(s) }

type byScan []uint32

func (s byScan) has(c uint32) bool {
	return slices.Contains(s, c)
}
func (s byScan) bytes() int { return 4 * len(s) }

type byBits []uint64

func (s byBits) has(c uint32) bool {
	return int(c/64) < len(s) && s[c/64]&(1<<(c%64)) != 0
}
func (s byBits) bytes() int { return 8 * len(s) }

// byHash is a table of open addressing, at most half full.
type byHash struct {
	slots []uint32 // a company and one, or 0
	mask  uint32
	shift uint8
}

func newByHash(sorted []uint32) byHash {
	bits := uint8(2)
	for 1<<bits < 2*len(sorted) {
		bits++
	}
	h := byHash{make([]uint32, 1<<bits), 1<<bits - 1, 32 - bits}
	for _, c := range sorted {
		at := c * 2654435769 >> h.shift
		for h.slots[at] != 0 {
			at = (at + 1) & h.mask
		}
		h.slots[at] = c + 1
	}
	return h
}

func (s byHash) has(c uint32) bool {
	for at := c * 2654435769 >> s.shift; ; at = (at + 1) & s.mask {
		switch s.slots[at] {
		case c + 1:
			return true
		case 0:
			return false
		}
	}
}
func (s byHash) bytes() int { return 4 * len(s.slots) }

// byHalves is lists of the lower halves of the companies, one for each upper half.
type byHalves struct {
	uppers []uint16
	lists  [][]uint16
}

func newByHalves(sorted []uint32) (s byHalves) {
	for _, c := range sorted {
		if n := len(s.uppers); n == 0 || uint32(s.uppers[n-1]) != c>>16 {
			s.uppers, s.lists = append(s.uppers, half(c>>16)), append(s.lists, nil)
		}
		s.lists[len(s.lists)-1] = append(s.lists[len(s.lists)-1], half(c))
	}
	for i := range s.lists {
		s.lists[i] = slices.Clip(s.lists[i])
	}
	return s
}

func (s byHalves) has(c uint32) bool {
	for i, upper := range s.uppers {
		if uint32(upper) == c>>16 {
			_, found := slices.BinarySearch(s.lists[i], half(c))
			return found
		}
	}
	return false
}

func (s byHalves) bytes() int {
	n := 26 * len(s.uppers)
	for _, l := range s.lists {
		n += 2 * len(l)
	}
	return n
}

func half(c uint32) uint16 { return uint16(c & 0xFFFF) }

// byParts is a sorted list with where each stretch of companies begins in it.
type byParts struct {
	list   []uint32
	begins []uint16
	shift  uint8
}

func newByParts(sorted []uint32, total int) byParts {
	s := byParts{list: sorted}
	for total>>s.shift > len(sorted)/2 {
		s.shift++
	}
	s.begins = make([]uint16, total>>s.shift+2)
	for _, c := range sorted {
		s.begins[c>>s.shift+1]++
	}
	for i := range s.begins[1:] {
		s.begins[i+1] += s.begins[i]
	}
	return s
}

func (s byParts) has(c uint32) bool {
	part := int(c >> s.shift)
	if part+1 >= len(s.begins) {
		return false
	}
	for _, found := range s.list[s.begins[part]:s.begins[part+1]] {
		if found >= c {
			return found == c
		}
	}
	return false
}
func (s byParts) bytes() int { return 4*len(s.list) + 2*len(s.begins) }

// chosen is what a snapshot keeps.
type chosen struct{ reach }

func (s chosen) has(c uint32) bool { return s.reach.has(place(int(c))) }
func (s chosen) bytes() int        { return wordSize * len(s.words) }

var candidates = []candidate{
	{"chosen", func(l []uint32, total int) membership { return chosen{newReach(l, total)} }},
	{"search", func(l []uint32, _ int) membership { return bySearch(l) }},
	{"scan", func(l []uint32, _ int) membership { return byScan(l) }},
	{"hash", func(l []uint32, _ int) membership { return newByHash(l) }},
	{"halves", func(l []uint32, _ int) membership { return newByHalves(l) }},
	{"parts", func(l []uint32, total int) membership { return newByParts(l, total) }},
	{"bits", func(l []uint32, total int) membership { return byBits(dense(l, total)) }},
}

func dense(sorted []uint32, total int) []uint64 {
	words := make([]uint64, (total+63)/64)
	for _, c := range sorted {
		words[c/64] |= 1 << (c % 64)
	}
	return words
}

// BenchmarkReach prints what it costs to ask whether one of many users reaches one of a
// hundred thousand companies, and what each user's set weighs, by how many they reach:
// in the way that was chosen, and in those that were not.
func BenchmarkReach(b *testing.B) {
	const total = 100_000
	for _, n := range []int{3, 8, 16, 32, 100, 300, 1_000, 3_000, 10_000} {
		sets := make([][]uint32, max(4, min(2_000, 6_000_000/n/8)))
		random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
		for i := range sets {
			for len(sets[i]) < n {
				sets[i] = append(sets[i], random.Uint32N(total))
				if len(sets[i]) == n {
					slices.Sort(sets[i])
					sets[i] = slices.Compact(sets[i])
				}
			}
		}
		asked := make([]uint32, 1<<12)
		in := make([]int, len(asked))
		for i := range asked {
			in[i] = random.IntN(len(sets))
			asked[i] = random.Uint32N(total)
			if i%2 == 0 {
				asked[i] = sets[in[i]][random.IntN(n)]
			}
		}
		for _, c := range candidates {
			made := make([]membership, len(sets))
			weight := 0
			for i := range sets {
				made[i] = c.make(sets[i], total)
				weight += made[i].bytes()
			}
			b.Run(fmt.Sprintf("companies=%d/%s", n, c.name), func(b *testing.B) {
				hits := 0
				for i := 0; b.Loop(); i++ {
					at := i & (1<<12 - 1)
					if made[in[at]].has(asked[at]) {
						hits++
					}
				}
				b.ReportMetric(float64(weight)/float64(len(sets)), "bytes/set")
				_ = hits
			})
		}
	}
}
