package officefile_test

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"pgregory.net/rapid"
)

// rough writes a file as roughly as YAML allows: with comments and blank lines
// everywhere, any indentation, blocks and flows in each other, and all kinds of
// quotes, keys, anchors and line ends.
type rough struct {
	*rapid.T
	strings.Builder
	notes   int
	calm    bool              // nothing but what has to be
	anchors map[string]string // of each text that has one
	room    int               // the columns in which a comment may stand, behind a block of text
	drawn   map[string]int    // how often each form was written
}

const anywhere = 1 << 10

func roughly(t *rapid.T, file any) *rough {
	w := &rough{T: t, anchors: map[string]string{}, room: anywhere, drawn: map[string]int{}}
	w.calm = w.one("calm", 8)
	if w.one("directive", 8) {
		w.WriteString("%YAML 1.1" + w.behind() + "\n")
		w.above(0)
		w.WriteString("---" + w.behind() + "\n")
	} else if w.one("mark", 6) {
		w.above(0)
		w.WriteString("---" + w.behind() + "\n")
	}
	if m, ok := file.(mapping); ok && len(m) > 0 && !w.one("root in brackets", 6) {
		w.mapping(m, w.pick("first column", 0, 0, 0, 2), false)
	} else {
		w.above(0)
		w.flow(file, 0)
		w.WriteString(w.behind() + "\n")
	}
	w.above(0)
	if w.one("end", 8) {
		w.WriteString("..." + w.behind() + "\n")
		w.above(0)
	}
	return w
}

// text is what was written, with one end of line or another.
func (w *rough) text() []byte {
	text := w.String()
	if w.one("no last line end", 4) && w.room == anywhere {
		text = strings.TrimSuffix(text, "\n")
	}
	if w.one("byte order mark", 8) {
		text = "\ufeff" + text
	}
	eol := rapid.SampledFrom([]string{"\n", "\n", "\r\n", "\r"}).Draw(w.T, "eol")
	return []byte(strings.ReplaceAll(text, "\n", eol))
}

// one draws true once in so many times.
func (w *rough) one(what string, in int) bool {
	if w.calm || rapid.IntRange(0, in-1).Draw(w.T, what) > 0 {
		return false
	}
	w.drawn[what]++
	return true
}

func (w *rough) pick(what string, of ...int) int {
	if w.calm {
		return of[0]
	}
	return rapid.SampledFrom(of).Draw(w.T, what)
}

// note is a comment, each another.
func (w *rough) note() string {
	w.notes++
	return fmt.Sprintf("#%snote %d: it's, [x] {y: \"z\"} # &a *b", rapid.SampledFrom([]string{" ", "", "  ", "!"}).Draw(w.T, "after #"), w.notes)
}

// behind is what may stand behind something on its line.
func (w *rough) behind() string {
	if w.one("comment behind", 6) {
		return rapid.SampledFrom([]string{" ", "  ", "\t", "      "}).Draw(w.T, "before #") + w.note()
	}
	return rapid.SampledFrom([]string{"", "", "", "  "}).Draw(w.T, "blanks")
}

// above writes blank lines and comments, those of a column mostly in it.
func (w *rough) above(column int) {
	for w.one("line between", 4) {
		if either(w.T, "a comment") {
			at := min(w.room-1, w.pick("column of a comment", column, column, column+2, column+4, max(0, column-2), 0, 9))
			w.WriteString(spaces(at) + w.note())
		}
		w.WriteString("\n")
	}
}

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }

// mapping writes a block of keys in a column. The first may be on a line that has
// begun.
func (w *rough) mapping(m mapping, column int, begun bool) {
	for i, e := range rapid.Permutation(m).Draw(w.T, "keys") {
		if i > 0 || !begun {
			w.above(column)
			w.WriteString(spaces(column))
		}
		w.room = anywhere
		if w.one("explicit key", 12) {
			w.WriteString("? " + w.keyed(e.key) + w.behind() + "\n")
			w.above(column)
			w.WriteString(spaces(column) + ":")
		} else {
			w.WriteString(w.keyed(e.key) + rapid.SampledFrom([]string{"", "", " "}).Draw(w.T, "before :") + ":")
		}
		w.below(e.value, column, column)
	}
}

// list writes a block of elements in a column.
func (w *rough) list(l list, column int, begun bool) {
	for i, e := range l {
		if i > 0 || !begun {
			w.above(column)
			w.WriteString(spaces(column))
		}
		w.room = anywhere
		w.WriteString("-")
		inner := column + w.pick("gap", 2, 2, 3, 5)
		switch v := e.(type) {
		case mapping:
			if len(v) > 0 && !w.one("below the dash", 4) && either(w.T, "keys behind the dash") {
				w.WriteString(spaces(inner - column - 1))
				w.mapping(v, inner, true)
				continue
			}
		case list:
			if len(v) > 0 && w.one("dashes in a row", 2) {
				w.WriteString(spaces(inner - column - 1))
				w.list(v, inner, true)
				continue
			}
		}
		w.below(e, column, column+1)
	}
}

// below writes a value behind a key or a dash in a column. A list may begin in least.
func (w *rough) below(v any, column, least int) {
	properties := ""
	inner := column + w.pick("indent", 2, 1, 3, 4)
	switch v := v.(type) {
	case mapping:
		if len(v) == 0 || !either(w.T, "in a block") {
			break
		}
		if w.one("tag of a mapping", 20) {
			properties = " !!map"
		}
		w.WriteString(properties + w.behind() + "\n")
		w.mapping(v, inner, false)
		return
	case list:
		if len(v) == 0 || !either(w.T, "in a block") {
			break
		}
		if w.one("list in the column of its key", 3) {
			inner = least
		}
		if w.one("tag of a list", 20) {
			properties = " !!seq"
		}
		w.WriteString(properties + w.behind() + "\n")
		w.list(v, inner, false)
		return
	case string:
		if w.textBlock(v, inner) {
			return
		}
	}
	if w.one("on the next line", 8) {
		w.WriteString(w.behind() + "\n")
		w.above(inner)
		w.WriteString(spaces(inner))
	} else {
		w.WriteString(rapid.SampledFrom([]string{" ", " ", "   "}).Draw(w.T, "before the value"))
	}
	w.flow(v, inner)
	w.WriteString(w.behind() + "\n")
}

// textBlock writes a text below its key, where it can.
func (w *rough) textBlock(s string, column int) bool {
	if !printed(s) || s != strings.TrimSpace(s) || s == "" || !w.one("block of text", 6) {
		return false
	}
	w.WriteString(" " + rapid.SampledFrom([]string{"|-", ">-"}).Draw(w.T, "sign") + w.behind() + "\n" + spaces(column) + s + "\n")
	if w.one("blank line below a block of text", 3) {
		w.WriteString("\n")
	}
	w.room = column
	return true
}

func printed(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// flow writes a value on one line, or on several that are further in than a column.
func (w *rough) flow(v any, column int) {
	switch v := v.(type) {
	case mapping:
		w.brackets("{", "}", column, len(v), rapid.Permutation(v).Draw(w.T, "keys"), nil)
	case list:
		w.brackets("[", "]", column, len(v), nil, v)
	case string:
		w.WriteString(w.anchored(v, column))
	default:
		_, _ = fmt.Fprint(w, v)
	}
}

func (w *rough) brackets(opening, closing string, column, size int, m mapping, l list) {
	w.WriteString(opening)
	for i := range size {
		w.space(column)
		if m != nil {
			w.WriteString(w.keyed(m[i].key) + ":" + rapid.SampledFrom([]string{" ", "  "}).Draw(w.T, "behind :"))
			w.flow(m[i].value, column)
		} else {
			w.flow(l[i], column)
		}
		if w.space(column); i < size-1 || w.one("comma at the end", 5) {
			w.WriteString(",")
			if !w.one("table", 6) {
				continue
			}
			w.WriteString("    ")
		}
	}
	w.space(column)
	w.WriteString(closing)
}

// space writes what may stand between the signs of a flow.
func (w *rough) space(column int) {
	if !w.one("break in brackets", 12) {
		w.WriteString(rapid.SampledFrom([]string{"", "", " "}).Draw(w.T, "in brackets"))
		return
	}
	w.WriteString(w.behind() + "\n")
	w.above(column)
	w.WriteString(spaces(column + w.pick("further", 1, 2, 5)))
}

var (
	wordPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_@.]*$`)
	truth       = regexp.MustCompile(`^(?i:true|false|null|y|n|yes|no|on|off)$`)
)

// keyed is a key: plain, or in quotes of some kind.
func (w *rough) keyed(key any) string {
	s := fmt.Sprint(key)
	if ownKey.MatchString(s) && !w.one("quoted key", 8) {
		return s
	}
	return w.quoted(s)
}

// anchored is a text, or an alias of one that was written before.
func (w *rough) anchored(s string, column int) string {
	name, known := w.anchors[s]
	switch {
	case known && w.one("alias", 3):
		return "*" + name + " "
	case !known && w.one("anchor", 10):
		w.anchors[s] = fmt.Sprint("a", len(w.anchors))
		return "&" + w.anchors[s] + " " + w.spelt(s, column)
	}
	return w.spelt(s, column)
}

func (w *rough) spelt(s string, column int) string {
	tag := ""
	if w.one("tag of a text", 20) {
		tag = "!!str "
	}
	if wordPattern.MatchString(s) && (tag != "" || !truth.MatchString(s)) && !w.one("needless quotes", 3) {
		return tag + s
	}
	q := w.quoted(s)
	if i := strings.Index(q, " "); i > 1 && i < len(q)-2 && q[i-1] != ' ' && q[i-1] != '\\' && q[i+1] != ' ' && w.one("break in quotes", 2) {
		q = q[:i] + "\n" + spaces(column+1) + q[i+1:]
	}
	return tag + q
}

func (w *rough) quoted(s string) string { return (&writer{T: w.T}).quoted(s) }
