// Package spell says how a text is spelt in YAML: without quotes where any reader
// takes it for what it is, and else in double quotes.
package spell

import (
	"fmt"
	"strings"
	"unicode"
)

// others are words that some reader of YAML takes for something else than a text.
var others = map[string]bool{
	"true": true, "false": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true, "null": true,
}

// Plain says whether any reader of YAML takes a text without quotes for what it is,
// wherever it stands: it is of letters and digits, starts with a letter or as a path
// does, and has no sign of YAML's in it.
func Plain(s string) bool {
	if path, ok := strings.CutPrefix(strings.TrimPrefix(s, "."), "./"); ok && strings.HasPrefix(s, ".") {
		return Plain(path)
	}
	if s == "" || others[strings.ToLower(s)] || strings.HasSuffix(s, " ") || strings.Contains(s, "  ") {
		return false
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
		case i == 0 || !unicode.IsDigit(r) && !strings.ContainsRune(" .-_@+/'()", r):
			return false
		}
	}
	return true
}

// Printable says whether every character of a text is shown as it is.
func Printable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// Quoted is a text in double quotes, in one line. JSON has no escape that YAML reads
// for a character beyond U+FFFF, and takes it as it is.
func Quoted(s string, json bool) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case unicode.IsPrint(r), json && r > 0xFFFF:
			b.WriteRune(r)
		default:
			b.WriteString(escape(r))
		}
	}
	b.WriteByte('"')
	return b.String()
}

func escape(r rune) string {
	if r <= 0xFFFF {
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
