package policy

import (
	"cmp"
	"math/bits"
	"slices"
)

// ties is what binds a user to accounting systems. Most users have none.
type ties struct {
	links   []link  // sorted by the places of their systems
	systems uint64  // which of the first 64 systems they are to
	sure    uint64  // of those, where the link is verified and reaches every company
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

// tie gives a new user ties to accounting systems, if any.
func (u *user) tie(links []link, duties []int32) {
	if len(links)+len(duties) == 0 {
		return
	}
	u.ties = &ties{duties: duties}
	slices.SortFunc(links, func(a, b link) int { return cmp.Compare(a.system, b.system) })
	for _, l := range links {
		u.ties.add(l)
	}
}

// add adds a link to a system after all there are.
func (t *ties) add(l link) {
	t.links = append(t.links, l)
	if l.system < 64 {
		t.systems |= 1 << l.system
		if l.all && l.verified {
			t.sure |= 1 << l.system
		}
	}
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

// surelyTo says that there is a verified link that reaches every company of a system; it
// may miss one.
func (t *ties) surelyTo(system int32) bool {
	return t != nil && system >= 0 && system < 64 && t.sure>>system&1 != 0
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
