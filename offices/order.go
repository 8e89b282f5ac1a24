package offices

import (
	"cmp"
	"slices"

	"github.com/mandaat/mandaat/internal/persistent"
	"github.com/mandaat/mandaat/sync"
)

// order is that of a list by what it is sorted by; those that are the same come as they
// stand.
type order struct {
	places []int32 // in that order; nil where the list stands so already
	twice  bool    // some are the same
}

// asIs is the order of a list that stands so already, each once.
var asIs order

func orderOf(n int, compare func(a, b int) int) (by order) {
	for i := 1; i < n; i++ {
		switch c := compare(i-1, i); {
		case c > 0:
			by.places = sortedPlaces(n, compare)
			by.twice = !eachOnce(by.places, compare)
			return by
		case c == 0:
			by.twice = true
		}
	}
	return by
}

func sortedPlaces(n int, compare func(a, b int) int) []int32 {
	places := make([]int32, n)
	for i := range places {
		places[i] = int32(i)
	}
	slices.SortStableFunc(places, func(a, b int32) int { return compare(int(a), int(b)) })
	return places
}

func eachOnce(places []int32, compare func(a, b int) int) bool {
	for i := 1; i < len(places); i++ {
		if compare(int(places[i-1]), int(places[i])) == 0 {
			return false
		}
	}
	return true
}

// orderBy is the order of a list by a key of each.
func orderBy[K cmp.Ordered, T any](list []T, key func(*T) K) order {
	return orderOf(len(list), func(a, b int) int { return cmp.Compare(key(&list[a]), key(&list[b])) })
}

// at is the place of what comes after i others.
func (by order) at(i int) int {
	if by.places == nil {
		return i
	}
	return int(by.places[i])
}

// again is something that is the same as what stands before it.
type again struct{ place, first int }

// again is what is the same as others before it, as it stands in a list of n.
func (by order) again(n int, same func(a, b int) bool) (list []again) {
	if !by.twice {
		return nil
	}
	first := 0
	for i := 1; i < n; i++ {
		if !same(by.at(first), by.at(i)) {
			first = i
			continue
		}
		list = append(list, again{by.at(i), by.at(first)})
	}
	slices.SortFunc(list, func(a, b again) int { return cmp.Compare(a.place, b.place) })
	return list
}

// byKey is a map of a list, which it takes over, by the key that each of it has, and no
// other has.
func byKey[K cmp.Ordered, T, V any](by order, list []T, key func(*T) K, value func(*T) V) persistent.Map[K, V] {
	return persistent.Collect(len(list),
		func(i int) K { return key(&list[by.at(i)]) },
		func(i int) V { return value(&list[by.at(i)]) })
}

// orders is the order of each list of an office's parts by what it is found by.
type orders struct {
	systems, companies, users, links, deleted, passwordLinks, kinds, settings order

	usernames order // of users and then deleted ones
}

func (p *Parts) sorted() orders {
	return orders{
		systems:       orderBy(p.Systems, systemID),
		companies:     orderBy(p.Companies, companyID),
		users:         orderBy(p.Users, userID),
		deleted:       orderBy(p.Deleted, deletedID),
		passwordLinks: orderBy(p.PasswordLinks, linkedUser),
		kinds:         orderBy(p.SettingKinds, kindCode),
		links:         orderOf(len(p.Links), func(a, b int) int { return compareLinks(&p.Links[a], &p.Links[b]) }),
		settings: orderOf(len(p.Settings), func(a, b int) int {
			x, y := &p.Settings[a], &p.Settings[b]
			return cmp.Or(cmp.Compare(x.Company, y.Company), cmp.Compare(x.Code, y.Code))
		}),
		usernames: orderOf(len(p.Users)+len(p.Deleted), func(a, b int) int {
			return cmp.Compare(p.username(a), p.username(b))
		}),
	}
}

func compareLinks(a, b *sync.Link) int {
	return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.System, b.System))
}
