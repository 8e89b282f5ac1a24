package review

import (
	"strconv"

	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// This file holds the small words of sentences.

func blank(name string, with words.Said) words.Blank { return words.Blank{Name: name, With: with} }

func plain[T ~string](name string, text T) words.Blank { return blank(name, words.Plain(text)) }

// names is a list of ids; "none" where it is empty.
func names[T ~string](list []T) words.Said {
	if len(list) == 0 {
		return words.Say("none")
	}
	said := make([]words.Said, len(list))
	for i, id := range list {
		said[i] = words.Plain(id)
	}
	return words.And(said...)
}

func roleNames(s roles.Set) words.Said {
	var said []words.Said
	for r := range s.All() {
		said = append(said, r)
	}
	return words.And(said...)
}

// either is the one sentence or the other.
func either(is bool, yes, no words.Said) words.Said {
	if is {
		return yes
	}
	return no
}

// yesNo is a setting as the office file has it.
func yesNo(is bool) string { return strconv.FormatBool(is) }
