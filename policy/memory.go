package policy

import (
	"slices"
	"unsafe"
)

// Memory is what a snapshot holds in memory, in bytes, told from what it is made of
// rather than measured: a few hundredths more or less than a garbage collector finds.
// Snapshots that follow from one another share nearly all of it.
type Memory struct {
	Users     int // their records, their ids and where each id is found
	Access    int // which companies each of them reaches; those who reach all share one set
	Ties      int // links to accounting systems, and duties
	Companies int // as Users
	Systems   int // accounting systems and their users
}

// Total is all of it.
func (m Memory) Total() int { return m.Users + m.Access + m.Ties + m.Companies + m.Systems }

// Memory accounts for what the snapshot holds. It goes through all of it.
func (s *Snapshot) Memory() (m Memory) {
	w := weigher{make(map[*[4]uint32]bool), make(map[int]int)}
	m.Users = ids(w, &s.userAt) + boxes[user](w, s.users.Len())
	m.Companies = ids(w, &s.companyAt) + boxes[company](w, s.companies.Len())
	m.Systems = ids(w, &s.systemAt)
	for _, u := range s.users.All() {
		m.Access += w.reach(u.reach())
		if u.ties != nil {
			m.Ties += slice[ties](w, 1) + slice[link](w, cap(u.ties.links)) + slice[int32](w, cap(u.ties.duties))
		}
	}
	for _, sys := range s.systems.All() {
		if *sys != nil {
			m.Systems += w.system(*sys)
		}
	}
	return m
}

// weigher knows which sets it has met, which many may share, and what the runtime
// takes for things of a size.
type weigher struct {
	met   map[*[4]uint32]bool
	takes map[int]int
}

func (w weigher) bytes(size int) int {
	takes, known := w.takes[size]
	if !known {
		takes = cap(slices.Grow([]byte(nil), size))
		w.takes[size] = takes
	}
	return takes
}

// slice is what a slice takes.
func slice[T any](w weigher, n int) int { return w.bytes(n * int(unsafe.Sizeof(*new(T)))) } //nolint:gosec // a size

// boxes is what a list takes: boxes of 64, each with a word of the runtime's own, and
// where they are.
func boxes[T any](w weigher, n int) int {
	return (n + 63) / 64 * (w.bytes(64*int(unsafe.Sizeof(*new(T)))+8) + 8) //nolint:gosec // a size
}

// ids is what the ids take, and finding them.
func ids[K ~string](w weigher, p *places[K]) int {
	n := slice[uint64](w, len(p.slots)) + slice[K](w, cap(p.compiled))
	for at := range p.n {
		n += w.bytes(len(p.id(at)))
	}
	return n
}

func (w weigher) reach(r reach) int {
	if len(r.words) == 0 || w.met[&r.words[0]] {
		return 0
	}
	if len(r.words) > fewWords { // smaller ones are not shared
		w.met[&r.words[0]] = true
	}
	return slice[[4]uint32](w, cap(r.words))
}

func (w weigher) system(sys *system) int {
	const node = 64 // of a tree: a key, a value, two sides and a height
	n := slice[system](w, 1) + slice[int32](w, cap(sys.companies))
	for _, a := range sys.accounts.All() {
		n += node + slice[account](w, 1) + w.reach(a.reach) + a.Reach.Some().Len()*16
		for _, text := range [...]string{string(a.ID), a.Name, a.Email} {
			n += w.bytes(len(text))
		}
	}
	return n
}
