package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// sheetWidth is how many columns anything for people takes at most.
const sheetWidth = 80

// sheet is text of at most sheetWidth columns. What is too long continues on the
// next line; an id that is longer than a line is broken, and all of it is there.
type sheet struct{ strings.Builder }

// columns is how many columns a terminal gives to a text.
func columns(text string) (n int) {
	for _, r := range text {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// write writes words, one blank between them: the first line behind a label, the
// others below its first word.
func (s *sheet) write(label, text string) {
	s.indented(label, strings.Repeat(" ", columns(label)), text)
}

// indented writes words, one blank between them: the first line behind a label, the
// others behind an indent.
func (s *sheet) indented(label, indent, text string) {
	line := label
	for word := range strings.FieldsSeq(text) {
		if line != label && line != indent {
			if columns(line)+1+columns(word) <= sheetWidth {
				line += " " + word
				continue
			}
			s.WriteString(line + "\n")
			line = indent
		}
		line = s.broken(line, word, indent)
	}
	s.WriteString(strings.TrimRight(line, " ") + "\n")
}

// broken writes as many lines of a word as are full, and returns the last.
func (s *sheet) broken(line, word, indent string) string {
	for _, r := range word {
		if columns(line+string(r)) > sheetWidth {
			s.WriteString(line + "\n")
			line = indent
		}
		line += string(r)
	}
	return line
}

// row writes a name and what stands behind it, from a column on; on the line below
// where the name does not leave room.
func (s *sheet) row(name string, at int, rest string) {
	if columns(name) < at {
		s.write(name+strings.Repeat(" ", at-columns(name)), rest)
		return
	}
	s.WriteString(s.broken("", name, "") + "\n")
	s.write(strings.Repeat(" ", at), rest)
}

// widest is the column behind the widest of some names, at most a limit.
func widest(names []string, limit int) int {
	at := 0
	for _, name := range names {
		if n := columns(name) + 2; n <= limit {
			at = max(at, n)
		}
	}
	return max(at, 2)
}
