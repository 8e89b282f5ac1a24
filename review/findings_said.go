package review

import (
	"iter"
	"slices"
	"strconv"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// A message names this many of a long list; the finding itself has them all.
const namedInMessage = 5

// someOf is the first few of a list of ids, and how many more there are.
func someOf[T ~string](list []T) words.Said {
	return firstOf(list[:min(len(list), namedInMessage)], len(list))
}

// several is someOf for companies at places.
func (s *survey) several(at iter.Seq[int]) words.Said {
	var list []companies.ID
	count := 0
	for c := range at {
		if count++; count <= namedInMessage {
			list = append(list, s.companies[c].ID)
		}
	}
	return firstOf(list, count)
}

// firstOf is the first of so many ids.
func firstOf[T ~string](list []T, of int) words.Said {
	if of == len(list) {
		return names(list)
	}
	var said []words.Said
	for _, id := range list {
		said = append(said, words.Plain(id))
	}
	more := words.Plain(strconv.Itoa(of - len(list)))
	return words.And(append(said, words.Say("{count} more", blank("count", more)))...)
}

func (s *survey) companiesAt(at iter.Seq[int]) (list []companies.ID) {
	for c := range at {
		list = append(list, s.companies[c].ID)
	}
	return list
}

// ids is the ids of members, sorted.
func ids(list []*member) []users.ID {
	all := make([]users.ID, len(list))
	for i, m := range list {
		all[i] = m.ID
	}
	slices.Sort(all)
	return all
}

// sentences is one sentence after the other.
func sentences(first, then words.Said) words.Said {
	return words.Say("{first} {then}", blank("first", first), blank("then", then))
}

// one is a mend of one change.
func one(c Change) []Change { return []Change{c} }
