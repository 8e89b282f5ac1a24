package strict

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// byteOrderMark may open a file; it is no character of it.
const byteOrderMark = "\ufeff"

// unreadable finds the first byte that is not UTF-8, or the first character that
// no text has. found is empty where there is none.
func unreadable(data []byte) (line, column int, found string) {
	for i := 0; i < len(data); {
		r, size := rune(data[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(data[i:])
		}
		if found = refused(r, size, data[i]); found != "" {
			at := cursorOf(data)
			at.advance(i)
			return at.line, at.column, found
		}
		i += size
	}
	return 0, 0, ""
}

func refused(r rune, size int, b byte) string {
	switch {
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf("the byte 0x%02x", b)
	case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == '\ufffe', r == '\uffff':
		return fmt.Sprintf("the character %U", r)
	case r == '\u0085', r == '\u2028', r == '\u2029': // a new line to some readers only
		return fmt.Sprintf("the character %U", r)
	default:
		return ""
	}
}

// tagDirective finds a line that declares a tag. Values have no tags, and the
// parser takes quadratic time over many declarations.
func tagDirective(data []byte) (line, column int, found bool) {
	word := []byte("%TAG")
	for i := bytes.Index(data, word); i >= 0; {
		at := cursorOf(data)
		if i <= at.offset || data[i-1] == '\n' || data[i-1] == '\r' {
			at.advance(i)
			return at.line, at.column, true
		}
		next := bytes.Index(data[i+1:], word)
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return 0, 0, false
}

// cursor walks through a text and knows its line and column, which count from 1;
// columns count characters.
type cursor struct {
	data         []byte
	offset       int
	line, column int
}

func cursorOf(data []byte) cursor {
	c := cursor{data: data, line: 1, column: 1}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		c.offset = len(byteOrderMark)
	}
	return c
}

// advance moves forward to a byte of the text. A carriage return, a line feed and
// the two together each end a line.
func (c *cursor) advance(to int) {
	for c.offset < to {
		b := c.data[c.offset]
		c.offset++
		switch {
		case b == '\n', b == '\r' && !bytes.HasPrefix(c.data[c.offset:], []byte{'\n'}):
			c.line, c.column = c.line+1, 1
		case b == '\r', b&0xC0 == 0x80: // the rest of a character or of a line's end
		default:
			c.column++
		}
	}
}

// JSON writes a character beyond U+FFFF as two escapes of six characters, which
// YAML does not know; YAML writes one of ten.
const (
	pairLength = len(`\ud83d\ude00`)
	pairSaves  = pairLength - len(`\U0001f600`)
)

// joinSurrogates rewrites such pairs of a JSON text for YAML, and tells, line by
// line, at which column of the rewritten text each stands. Any other text stays
// as it is.
func joinSurrogates(data []byte) ([]byte, map[int][]int) {
	if !bytes.Contains(data, []byte(`\ud`)) && !bytes.Contains(data, []byte(`\uD`)) ||
		!json.Valid(bytes.TrimPrefix(data, []byte(byteOrderMark))) {
		return data, nil
	}
	text, joined, at := make([]byte, 0, len(data)), make(map[int][]int), cursorOf(data)
	for i := 0; i < len(data); {
		r, ok := pair(data[i:])
		if !ok {
			step := 1 + bytes.Count(data[i:i+1], []byte(`\`)) // an escape and what it escapes
			text = append(text, data[i:i+step]...)
			i += step
			continue
		}
		at.advance(i)
		joined[at.line] = append(joined[at.line], at.column-pairSaves*len(joined[at.line]))
		text = fmt.Appendf(text, `\U%08x`, r)
		i += pairLength
	}
	return text, joined
}

// pair is the character that two escapes at the start of text stand for.
func pair(text []byte) (rune, bool) {
	high, ok := escape(text)
	if !ok || len(text) < pairLength {
		return 0, false
	}
	low, ok := escape(text[pairLength/2:])
	r := utf16.DecodeRune(high, low)
	return r, ok && r != utf8.RuneError
}

func escape(text []byte) (rune, bool) {
	if len(text) < pairLength/2 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	code, err := strconv.ParseUint(string(text[2:pairLength/2]), 16, 16)
	return rune(code), err == nil
}
