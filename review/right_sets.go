package review

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// This file holds sets of rights so that they take little room: a Super user of a
// large office has tens of millions.

// bitset is a set of places in a list.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bitset) add(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) remove(i int)   { b[i/64] &^= 1 << (i % 64) }

// addAll adds what is in other.
func (b bitset) addAll(other bitset) {
	for i, w := range other {
		b[i] |= w
	}
}

// first is the first place of a set that is not empty.
func (b bitset) first() int {
	i := slices.IndexFunc(b, func(w uint64) bool { return w != 0 })
	return i*64 + bits.TrailingZeros64(b[i])
}

// minus is what is in b and not in other.
func (b bitset) minus(other bitset) bitset {
	left := slices.Clone(b)
	for i, w := range other {
		left[i] &^= w
	}
	return left
}

// both is what is in b and in other.
func (b bitset) both(other bitset) bitset {
	left := slices.Clone(b)
	for i, w := range other {
		left[i] &= w
	}
	return left
}

// meets says whether the two have something in common.
func (b bitset) meets(other bitset) bool {
	for i, w := range other {
		if b[i]&w != 0 {
			return true
		}
	}
	return false
}

// within says whether all of b is in other.
func (b bitset) within(other bitset) bool {
	for i, w := range b {
		if w&^other[i] != 0 {
			return false
		}
	}
	return true
}

func (b bitset) isEmpty() bool { return !slices.ContainsFunc(b, func(w uint64) bool { return w != 0 }) }

func (b bitset) len() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// places is what is in the set, in order.
func (b bitset) places() []int32 {
	list := make([]int32, 0, b.len())
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			list = append(list, int32(i*64+bits.TrailingZeros64(w))) //nolint:gosec // an office has fewer than 2^31 of anything
		}
	}
	return list
}

// key is equal for equal sets of places in one list.
func (b bitset) key() string {
	text := make([]byte, 0, 8*len(b))
	for _, w := range b {
		text = binary.LittleEndian.AppendUint64(text, w)
	}
	return string(text)
}

// setID names a set that a rightBook keeps. The zero setID is the empty set.
type setID int32

// rightBook keeps every set that rights are made of, each once, and what the
// numbers in them stand for. A set is a sorted list of numbers: of users, or of
// choices. Companies and users that an action is on are bitsets.
type rightBook struct {
	offices     []string
	users       []users.ID
	companies   []companies.ID
	connections []companies.SystemID

	choices  []Choice
	choiceAt map[Choice]int32
	sets     [][]int32
	setAt    map[string]setID
	ons      []bitset
	onAt     map[string]int32
	sorted   map[setID][]Choice // the choices of the sets that rights have
	less     map[[2]setID]setID
	more     map[[2]setID]setID
}

func newRightBook() *rightBook {
	return &rightBook{
		choiceAt: map[Choice]int32{}, sets: [][]int32{nil}, setAt: map[string]setID{"": 0},
		onAt: map[string]int32{}, sorted: map[setID][]Choice{}, less: map[[2]setID]setID{}, more: map[[2]setID]setID{},
	}
}

func (b *rightBook) choice(c Choice) int32 {
	at, ok := b.choiceAt[c]
	if !ok {
		at = int32(len(b.choices)) //nolint:gosec // there are fewer than 2^31 choices
		b.choices, b.choiceAt[c] = append(b.choices, c), at
	}
	return at
}

// chosen is the set of some choices.
func (b *rightBook) chosen(list ...Choice) setID {
	numbers := make([]int32, len(list))
	for i, c := range list {
		numbers[i] = b.choice(c)
	}
	return b.set(numbers)
}

// set keeps a set of numbers, in whatever order they come.
func (b *rightBook) set(numbers []int32) setID {
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	text := make([]byte, 0, 4*len(numbers))
	for _, n := range numbers {
		text = binary.LittleEndian.AppendUint32(text, uint32(n)) //nolint:gosec // numbers are not negative
	}
	at, ok := b.setAt[string(text)]
	if !ok {
		at = setID(len(b.sets)) //nolint:gosec // there are fewer than 2^31 sets
		b.sets, b.setAt[string(text)] = append(b.sets, numbers), at
	}
	return at
}

// contains says whether a choice is in a set.
func (b *rightBook) contains(set setID, c Choice) bool {
	_, found := slices.BinarySearch(b.sets[set], b.choice(c))
	return found
}

// joined is what is in either set.
func (b *rightBook) joined(one, other setID) setID {
	all, ok := b.more[[2]setID{one, other}]
	if !ok {
		all = b.set(slices.Concat(b.sets[one], b.sets[other]))
		b.more[[2]setID{one, other}] = all
	}
	return all
}

// without is the one set without what is in the other.
func (b *rightBook) without(one, other setID) setID {
	if one == 0 || other == 0 || one == other {
		if one == other {
			return 0
		}
		return one
	}
	left, ok := b.less[[2]setID{one, other}]
	if !ok {
		left = b.set(slices.DeleteFunc(slices.Clone(b.sets[one]), func(n int32) bool {
			_, found := slices.BinarySearch(b.sets[other], n)
			return found
		}))
		b.less[[2]setID{one, other}] = left
	}
	return left
}

// on keeps what an action is on.
func (b *rightBook) on(set bitset) int32 {
	key := set.key()
	at, ok := b.onAt[key]
	if !ok {
		at = int32(len(b.ons)) //nolint:gosec // there are fewer than 2^31 sets
		b.ons, b.onAt[key] = append(b.ons, set), at
	}
	return at
}

// rightPiece is rights of one user: the action on each of on, naming each of who,
// with each of with. A who of 0 is that the action names nobody.
type rightPiece struct {
	action    policy.Action
	on        int32
	who, with setID
}
