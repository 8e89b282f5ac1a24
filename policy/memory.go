package policy

import (
	"slices"

	"github.com/mandaat/mandaat/internal/pieces"
)

// Memory is what a snapshot holds in memory, in bytes, told from what it is made of
// rather than measured: a few hundredths more or less than a garbage collector finds.
// Snapshots that follow from one another share nearly all of it. What was compiled stays,
// also where something else stands there since: so one that followed holds at most twice
// what one does that is compiled anew.
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
	w := weigher{make(map[*uint64]bool), make(map[*ties]bool), make(map[int]int)}
	m.Users = placesTake(w, &s.users, userSize)
	m.Companies = placesTake(w, &s.companies, companySize)
	m.Systems = placesTake(w, &s.systems, companySize)
	for at := range s.users.n() {
		w.user(&m, s.userOf(at))
	}
	for at := range s.users.compiled {
		w.user(&m, &s.users.compiled[at].is)
	}
	for at := range s.systems.n() {
		if sys := s.systemOf(at); sys != nil {
			m.Systems += w.system(sys)
		}
	}
	return m
}

// What things take, in bytes; a test holds these to what they are.
const (
	userSize    = 64 // with the id, as the next
	companySize = 24 // a system's is as large
	idSize      = 16
	tiesSize    = 56
	linkSize    = 48
	systemSize  = 72
	accountSize = 128
	wordSize    = 8
)

// weigher knows what it has met, which many may share, and what the runtime takes for
// things of a size.
type weigher struct {
	met   map[*uint64]bool
	tied  map[*ties]bool
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

// placesTake is what things by id take, and finding them: boxes of 64 and where they are.
// Those that were compiled stand one after another; each box since has a word of the
// runtime's own.
func placesTake[K ~string, V any](w weigher, p *places[K, V], size int) int {
	n := w.bytes(4*len(p.slots)) + w.bytes(size*cap(p.compiled))
	for at := range p.n() {
		n += w.bytes(len(p.id(at)))
		if at%64 != 0 {
			continue
		}
		n += 8
		if int(at) >= len(p.compiled) || p.at(at) != &p.compiled[at].is {
			n += w.bytes(64*size + 8)
		}
	}
	return n
}

// user adds what a user takes.
func (w weigher) user(m *Memory, u *user) {
	m.Access += w.reach(u.reach())
	if t := u.ties; t != nil && !w.tied[t] {
		w.tied[t] = true
		m.Ties += w.bytes(tiesSize) + w.bytes(linkSize*cap(t.links)) + w.bytes(4*cap(t.duties))
	}
}

func (w weigher) reach(r reach) int {
	if len(r.words) == 0 || w.met[&r.words[0]] {
		return 0
	}
	w.met[&r.words[0]] = true
	if len(r.words) <= pieces.Small {
		return wordSize * cap(r.words) // as part of a piece
	}
	return w.bytes(wordSize * cap(r.words))
}

func (w weigher) system(sys *system) int {
	n := w.bytes(systemSize) + w.bytes(4*cap(sys.companies))
	for _, a := range sys.accounts.All() {
		n += accountSize + w.reach(a.reach) + a.Reach.Some().Len()*idSize
		for _, text := range [...]string{string(a.ID), a.Name, a.Email} {
			n += w.bytes(len(text))
		}
	}
	return n
}
