// Package words says things in the language of whoever reads them: English, and
// the Dutch of the articles that the rules come from.
//
// The English sentence stands in the code, where it is read; the catalogue
// (dutch.go) has the Dutch for each. A sentence has blanks with names, "{user}",
// which are filled by name, so that another language can have them in another
// order.
package words

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/internal/enum"
)

// Language is one that the library speaks. The zero Language is English.
type Language uint8

// The languages.
const (
	English Language = iota
	Dutch
)

var languages = []string{"en", "nl"}

// ParseLanguage reads "en" or "nl".
func ParseLanguage(code string) (Language, error) { return enum.Parse[Language](languages, code) }

// String is the language's code.
func (l Language) String() string { return enum.Print("Language", languages, l) }

// OfLocale is the language of a locale as the environment names it, such as
// "nl_NL.UTF-8"; English where it is any other.
func OfLocale(locale string) Language {
	language, _, _ := strings.Cut(locale, ".")
	language, _, _ = strings.Cut(language, "_")
	if language == Dutch.String() {
		return Dutch
	}
	return English
}

// Said is something that can be said in each language.
type Said interface{ In(l Language) string }

// Plain is said the same in every language: an id, a code, a date.
type Plain string

// In is the text itself.
func (p Plain) In(Language) string { return string(p) }

// Blank fills one blank of a sentence.
type Blank struct {
	Name string
	With Said
}

// Sentence is an English sentence with its blanks filled. The zero Sentence says
// nothing.
type Sentence struct {
	english string
	blanks  []Blank
}

// Say is a sentence: its English, which is also what the catalogue knows it by,
// and what fills its blanks.
func Say(english string, blanks ...Blank) Sentence { return Sentence{english, blanks} }

// In is the sentence in a language. One that the catalogue does not know is said
// in English, rather than not at all.
func (s Sentence) In(l Language) string {
	text := s.english
	if l == Dutch {
		if translated, ok := dutch[text]; ok {
			text = translated
		}
	}
	var b strings.Builder
	for {
		before, rest, opens := strings.Cut(text, "{")
		name, after, closes := strings.Cut(rest, "}")
		if !opens || !closes {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(before)
		if i := slices.IndexFunc(s.blanks, func(b Blank) bool { return b.Name == name }); i >= 0 {
			b.WriteString(s.blanks[i].With.In(l))
			text = after
		} else { // no blank of the sentence
			b.WriteByte('{')
			text = rest
		}
	}
}

// Or is a choice: "a, b or c".
func Or(list ...Said) Said { return joined{list, Say(" or ")} }

// And is a list: "a, b and c".
func And(list ...Said) Said { return joined{list, Say(" and ")} }

// Few is the first names of a list of so many, joined by Or or And with how many more
// there are: "a, b and 3 more".
func Few[T ~string](first []T, of int, join func(...Said) Said) Said {
	said := make([]Said, len(first), len(first)+1)
	for i, name := range first {
		said[i] = Plain(name)
	}
	if more := of - len(first); more > 0 {
		said = append(said, Say("{count} more", Blank{"count", Plain(strconv.Itoa(more))}))
	}
	return join(said...)
}

type joined struct {
	list []Said
	last Sentence
}

// In is the list in a language.
func (j joined) In(l Language) string {
	var b strings.Builder
	for i, s := range j.list {
		switch {
		case i > 0 && i == len(j.list)-1:
			b.WriteString(j.last.In(l))
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(s.In(l))
	}
	return b.String()
}

// Catalogue is what is said in a language for each English sentence; empty for
// English itself. The map is the caller's own.
func Catalogue(l Language) map[string]string {
	if l != Dutch {
		return nil
	}
	return maps.Clone(dutch)
}

// Blanks is the names of a sentence's blanks, in order, each once.
func Blanks(sentence string) []string {
	var names []string
	for {
		_, after, ok := strings.Cut(sentence, "{")
		name, rest, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return names
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		sentence = rest
	}
}

// Expected is what a problem expected, said: the text, or the choice that "one
// of" begins.
func Expected(text string) Said {
	if codes, ok := strings.CutPrefix(text, "one of "); ok {
		return Say("one of {codes}", Blank{"codes", Plain(codes)})
	}
	return Say(text)
}

// Clause is a sentence without its full stop, to stand within another.
func Clause(english string) Said { return clause{Say(english)} }

type clause struct{ Sentence }

// In is the sentence in a language, without its full stop.
func (c clause) In(l Language) string { return strings.TrimSuffix(c.Sentence.In(l), ".") }
