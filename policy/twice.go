package policy

import "hash/maphash"

// fewNamed is up to where comparing each with each is quicker than a table.
const fewNamed = 16

var namedSeed = maphash.MakeSeed()

// twice says whether one of n ids is there twice, or there are more than MaxNamed. It
// takes time in proportion to n, since whoever asks chooses the ids, and allocates
// nothing.
func twice[T ~string](n int, id func(int) T) bool {
	if n > MaxNamed {
		return true
	}
	if n <= fewNamed {
		for i := range n {
			for j := range i {
				if id(i) == id(j) {
					return true
				}
			}
		}
		return false
	}
	var table [2048]uint16 // a place and one, by hash; never more than half full
	for i := range n {
		one := id(i)
		at := maphash.String(namedSeed, string(one)) % uint64(len(table))
		for ; table[at] != 0; at = (at + 1) % uint64(len(table)) {
			if id(int(table[at])-1) == one {
				return true
			}
		}
		table[at] = uint16(i + 1) // at most MaxNamed
	}
	return false
}
