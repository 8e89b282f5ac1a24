package offices

import (
	"encoding/binary"
	"iter"
	"math/bits"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/persistent"
	"github.com/mandaat/mandaat/internal/pieces"
	"github.com/mandaat/mandaat/users"
)

// This file finds the companies that users have access to, once for the check of an
// office and for whoever lays it out otherwise.

// finder finds companies by id, as their places when they are sorted.
type finder struct {
	ids []companies.ID // sorted

	// guess is a place and one for most ids, by the hash of how they end: offices often
	// count. What is found there is compared, and otherwise looked for.
	guess []uint32
	shift int // of such a hash, to where it is in guess

	// Of the largest access found whole so far, which many users may share.
	shared   users.Access
	sharedAt []uint32

	room pieces.Of[uint32] // for places
}

func finderOf(o *Office) finder {
	n := o.companies.Len()
	width := bits.Len(uint(8 * n)) // one in sixteen or fewer is not where it is guessed
	f := finder{ids: make([]companies.ID, 0, n), guess: make([]uint32, 1<<width), shift: 64 - width}
	for id := range o.companies.All() {
		f.ids = append(f.ids, id)
		f.guess[endOf(id)>>f.shift] = uint32(len(f.ids)) //nolint:gosec // an office has fewer than 2^31 of anything
	}
	return f
}

// endOf is a hash of the last eight bytes of an id.
func endOf(id companies.ID) (h uint64) {
	if n := len(id); n >= 8 {
		h = binary.LittleEndian.Uint64([]byte(id[n-8:]))
	} else {
		for i := range n {
			h = h<<8 | uint64(id[i])
		}
	}
	return h * 0x9E3779B97F4A7C15
}

func (f *finder) place(id companies.ID) (at int, is bool) {
	if at := int(f.guess[endOf(id)>>f.shift]) - 1; at >= 0 && f.ids[at] == id {
		return at, true
	}
	return f.next(0, id)
}

func (f *finder) has(id companies.ID) bool {
	_, is := f.place(id)
	return is
}

// places is where the companies of an access stand, and those of it that are not there.
func (f *finder) places(access users.Access) (of []uint32, missing []companies.ID) {
	if access.Equal(f.shared) {
		return f.sharedAt, nil
	}
	of, missing = f.find(access)
	if missing == nil && access.Len() > f.shared.Len() {
		f.shared, f.sharedAt = access, of
	}
	return of, missing
}

// From where looking for the next company from the last beats a guess: where there are too
// many for a processor's caches, and a user's are near to each other.
const (
	manyCompanies = 1 << 15
	manyReached   = 64
)

func (f *finder) find(access users.Access) (of []uint32, missing []companies.ID) {
	of = f.room.Take(access.Len())
	step := access.Len() > manyReached && len(f.ids) > manyCompanies
	n, at := 0, 0
	for i := range of { // and not over All, which takes longer here
		id := access.At(i)
		var is bool
		if step {
			at, is = f.next(at, id)
		} else {
			at, is = f.place(id)
		}
		if !is {
			missing = append(missing, id)
			continue
		}
		of[n] = uint32(at) //nolint:gosec // an office has fewer than 2^31 of anything
		n++
	}
	return of[:n:n], missing
}

// next is the place of the first company, from one place on, that does not come before an
// id, and whether it has that id. It looks nearby first.
func (f *finder) next(near int, id companies.ID) (at int, is bool) {
	from, to, step := near, near, 1
	for to < len(f.ids) && f.ids[to] < id {
		from, to = to+1, to+step
		step *= 2
	}
	for to = min(to, len(f.ids)); from < to; {
		if middle := (from + to) / 2; f.ids[middle] < id {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from, from < len(f.ids) && f.ids[from] == id
}

// resolved is what an office was made with: its users, and where the companies of each
// stand.
type resolved struct {
	companies persistent.Map[companies.ID, *companies.Company]
	users     persistent.Map[users.ID, *users.User]
	list      []users.User
	order     order
	places    [][]uint32 // as the list
}

// UsersWithAccess goes through the users as Users does, each with where the companies that
// they have access to stand among Companies: places from 0, sorted, which are only to be
// read. In an office as New made it, no company is looked for.
func (o Office) UsersWithAccess() iter.Seq2[users.User, []uint32] {
	return func(yield func(users.User, []uint32) bool) {
		if r := o.resolved; r != nil && r.users == o.users && r.companies == o.companies {
			for i := range r.list {
				if at := r.order.at(i); !yield(r.list[at], r.places[at]) {
					return
				}
			}
			return
		}
		f := finderOf(&o)
		for u := range o.users.Values() {
			if places, _ := f.places(u.Access); !yield(*u, places) {
				return
			}
		}
	}
}
