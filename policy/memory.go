package policy

import "slices"

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
	m.Users = ids(w, &s.userAt) + w.boxes(s.users.Len(), userSize)
	m.Companies = ids(w, &s.companyAt) + w.boxes(s.companies.Len(), companySize)
	m.Systems = ids(w, &s.systemAt)
	for _, u := range s.users.All() {
		m.Access += w.reach(u.reach())
		if u.ties != nil {
			m.Ties += w.bytes(tiesSize) + w.bytes(linkSize*cap(u.ties.links)) + w.bytes(4*cap(u.ties.duties))
		}
	}
	for _, sys := range s.systems.All() {
		if *sys != nil {
			m.Systems += w.system(*sys)
		}
	}
	return m
}

// What things take, in bytes; a test holds these to what they are.
const (
	userSize    = 40
	companySize = 8
	idSize      = 16
	tiesSize    = 64
	linkSize    = 48
	systemSize  = 64
	accountSize = 128
	fourSize    = 16
)

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

// boxes is what a list takes: boxes of 64, each with a word of the runtime's own, and
// where they are.
func (w weigher) boxes(n, size int) int { return (n + 63) / 64 * (w.bytes(64*size+8) + 8) }

// ids is what the ids take, and finding them.
func ids[K ~string](w weigher, p *places[K]) int {
	n := w.bytes(8*len(p.slots)) + w.bytes(idSize*cap(p.compiled))
	for at := range p.n {
		n += w.bytes(len(p.id(at)))
	}
	return n
}

func (w weigher) reach(r reach) int {
	if len(r.words) == 0 || w.met[&r.words[0]] {
		return 0
	}
	w.met[&r.words[0]] = true
	return w.bytes(fourSize * cap(r.words))
}

func (w weigher) system(sys *system) int {
	const node = 64 // of a tree: a key, a value, two sides and a height
	n := w.bytes(systemSize) + w.bytes(4*cap(sys.companies))
	for _, a := range sys.accounts.All() {
		n += node + w.bytes(accountSize) + w.reach(a.reach) + a.Reach.Some().Len()*idSize
		for _, text := range [...]string{string(a.ID), a.Name, a.Email} {
			n += w.bytes(len(text))
		}
	}
	return n
}
