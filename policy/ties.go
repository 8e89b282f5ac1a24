package policy

import "math/bits"

// ties is what binds a user to accounting systems. Most users have none.
type ties struct {
	links   []link  // sorted by the places of their systems
	systems uint64  // which of the first 64 systems they are to
	duties  []int32 // the systems this user synchronises, sorted by their ids
}

var noTies ties

// bound is the user's ties, to be read.
func (u *user) bound() *ties {
	if u.ties == nil {
		return &noTies
	}
	return u.ties
}

// tied is the user's ties, to be added to while the user is compiled.
func (u *user) tied() *ties {
	if u.ties == nil {
		u.ties = new(ties)
	}
	return u.ties
}

// link gives a user links, which are sorted by the places of their systems, and lays out
// which companies are linked where that takes more than a brief.
func (s *Snapshot) link(u *user, links []link) {
	if len(links) == 0 {
		return
	}
	t := u.tied()
	t.links = links
	for i := range links {
		if links[i].system < 64 {
			t.systems |= 1 << links[i].system
		}
		u.brief = u.brief.with(links[i])
	}
	if u.brief&anyUnsure == 0 || len(u.words) == 0 {
		return
	}
	own := u.reach().marking()
	for i := range links {
		l := &links[i]
		l.reach.each(func(c int32) bool {
			if !l.all && own.has(c) && s.companyOf(c).system == l.system {
				own.mark(uint32(c)) //nolint:gosec // what is in a set is not negative
			}
			return true
		})
	}
	u.words, u.shift = own.words, own.shift
}

// synchronise adds a duty after all there are.
func (u *user) synchronise(system int32) {
	t := u.tied()
	t.duties = append(t.duties, system)
}

// link is a user's link to an accounting system.
type link struct {
	account       *account
	reach         reach // of the account
	system        int32
	verified, all bool // all: the account reaches every company of the system
}

// reaches says whether the account reaches a company in the accounting system.
func (l *link) reaches(company int32) bool { return l.all || l.reach.has(company) }

// bond is what a link to an accounting system is worth for a company of it.
func (t *ties) bond(system, company int32) bond {
	if l := t.linkTo(system); l != nil {
		return l.bond(company)
	}
	return 0
}

// linkTo is a link to a system, or nil; nobody's ties have none.
func (t *ties) linkTo(system int32) *link {
	switch {
	case t == nil || system < 0:
		return nil
	case system < 64:
		if t.systems>>system&1 == 0 {
			return nil
		}
		return &t.links[bits.OnesCount64(t.systems&(1<<system-1))]
	}
	for i := range t.links {
		if l := &t.links[i]; l.system == system {
			return l
		}
	}
	return nil
}

// brief is what a user's links to the first accounting systems come to: three bits for
// each system, from its hint on. The first two are a bond.
type brief uint32

const (
	reachAll = brief(reachBond) // there is a link, to an account that reaches every company
	proven   = brief(proofBond) // there is a verified link
	unsure   = brief(1 << 2)    // there is a link, and it depends on the company whether the account reaches it
)

// anyUnsure is that of all systems.
const anyUnsure = unsure * (1<<3 | 1<<6 | 1<<9 | 1<<12 | 1<<15 | 1<<18 | 1<<21 | 1<<24 | 1<<27)

// hint is where an accounting system is in a brief: 3, 6, and so on up to 27.
type hint uint8

// noHint is of systems that are in no brief.
const noHint hint = 0

func hintOf(system int32) hint {
	if system >= 0 && system < 9 {
		return hint(3*system + 3)
	}
	return noHint
}

// system is the place of the accounting system; noPlace where there is no hint.
func (h hint) system() int32 { return int32(h)/3 - 1 }

// with is the brief with a link to a system that it has none to yet.
func (b brief) with(l link) brief {
	of := hintOf(l.system)
	if of == noHint {
		return b
	}
	if l.verified {
		b |= proven << of
	}
	if l.all {
		return b | reachAll<<of
	}
	return b | unsure<<of
}

// unsure says whether the brief is, of a system.
func (b brief) unsure(of hint) bool { return b>>(of&31)&unsure != 0 }

// bond is what a link to a system is worth for a company of it; linked, 1 or 0, says
// where the brief is unsure whether the account reaches that.
func (b brief) bond(of hint, linked uint64) bond {
	b >>= of & 31
	return bond(b|b/unsure&brief(linked)) & wholeBond //nolint:gosec // 1 or 0
}
