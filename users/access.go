package users

import (
	"iter"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/pieces"
)

// Access is the companies a user reaches. It is immutable, so many users can
// share one. The zero Access reaches none.
type Access struct{ ids []companies.ID } // sorted, each once

// AccessTo reaches the given companies; order and repetition mean nothing.
func AccessTo(ids ...companies.ID) Access { return accessIn(nil, ids) }

// Accesses makes many accesses at less cost than AccessTo: small ones share memory, which
// stays as long as one of them does. The zero Accesses is ready. It is for one goroutine.
type Accesses struct{ room pieces.Of[companies.ID] }

// To is AccessTo.
func (m *Accesses) To(ids ...companies.ID) Access { return accessIn(&m.room, ids) }

func accessIn(room *pieces.Of[companies.ID], ids []companies.ID) Access {
	sorted := room.Take(len(ids))
	copy(sorted, ids)
	for i := 1; i < len(sorted); i++ {
		if sorted[i-1] >= sorted[i] {
			slices.Sort(sorted)
			return Access{slices.Compact(sorted)}
		}
	}
	return Access{sorted}
}

// Has says whether the company is reached.
func (a Access) Has(id companies.ID) bool {
	_, found := slices.BinarySearch(a.ids, id)
	return found
}

// Equal says whether the two reach the same companies. It costs nothing where one
// is a copy of the other.
func (a Access) Equal(other Access) bool {
	return len(a.ids) == len(other.ids) &&
		(len(a.ids) == 0 || &a.ids[0] == &other.ids[0] || slices.Equal(a.ids, other.ids))
}

// Len counts the companies.
func (a Access) Len() int { return len(a.ids) }

// At is one of the companies, in their order by id, from 0; it panics beyond the last.
func (a Access) At(i int) companies.ID { return a.ids[i] }

// All goes through the companies, sorted by id.
func (a Access) All() iter.Seq[companies.ID] { return slices.Values(a.ids) }

// With is the access with one company more.
func (a Access) With(id companies.ID) Access {
	i, found := slices.BinarySearch(a.ids, id)
	if found {
		return a
	}
	return Access{slices.Concat(a.ids[:i], []companies.ID{id}, a.ids[i:])}
}

// Without is the access with one company fewer.
func (a Access) Without(id companies.ID) Access {
	i, found := slices.BinarySearch(a.ids, id)
	if !found {
		return a
	}
	return Access{slices.Concat(a.ids[:i], a.ids[i+1:])}
}

// Changed is the access with some companies more and some fewer; one that is both
// is given.
func (a Access) Changed(given, taken Access) Access {
	switch {
	case given.Len() == 0 && taken.Len() == 0:
		return a
	case given.Len() == 1 && taken.Len() == 0:
		return a.With(given.ids[0])
	case given.Len() == 0 && taken.Len() == 1:
		return a.Without(taken.ids[0])
	}
	return AccessTo(slices.AppendSeq(slices.Collect(a.Beyond(taken)), given.All())...)
}

// Shares says whether the two have a company in common.
func (a Access) Shares(other Access) bool {
	for i, j := 0, 0; i < len(a.ids) && j < len(other.ids); {
		switch {
		case a.ids[i] == other.ids[j]:
			return true
		case a.ids[i] < other.ids[j]:
			i++
		default:
			j++
		}
	}
	return false
}

// Beyond goes through the companies that a reaches and other does not, sorted.
func (a Access) Beyond(other Access) iter.Seq[companies.ID] {
	return func(yield func(companies.ID) bool) {
		if len(a.ids) == len(other.ids) && (len(a.ids) == 0 || &a.ids[0] == &other.ids[0]) {
			return
		}
		rest := other.ids
		for _, id := range a.ids {
			for len(rest) > 0 && rest[0] != id && rest[0] < id { // most are the same string, which is quick to see
				rest = rest[1:]
			}
			if (len(rest) == 0 || rest[0] != id) && !yield(id) {
				return
			}
		}
	}
}
