// Package strictjson reads JSON that means one thing only: encoding/json lets the
// last of two equal keys win and mends what is not UTF-8, and then two readers of
// one text could see two different things.
package strictjson

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/mandaat/mandaat/problems"
)

// MaxDepth is how deep objects and lists may nest.
const MaxDepth = 32

// MaxValues is how many values a text may have in all, with those in objects and lists.
// Each takes many times the two bytes that it can be written in.
const MaxValues = 1 << 19

// Parse reads one JSON value strictly: at most maxBytes of valid UTF-8, no key
// twice in an object, no half of a surrogate pair, nothing behind the value.
// Objects become map[string]any, lists []any, numbers json.Number. Anything else
// is a *problems.Problem.
func Parse(data []byte, maxBytes int) (any, error) {
	switch {
	case len(data) > maxBytes:
		return nil, notJSON(fmt.Sprintf("%d bytes", len(data)), fmt.Sprintf("at most %d bytes", maxBytes))
	case !utf8.Valid(data):
		return nil, notJSON("bytes that are not UTF-8", "valid UTF-8")
	case !json.Valid(data):
		return nil, notJSON(problems.Quote(string(data)), "one JSON value")
	case loneSurrogate(data):
		return nil, notJSON("half of a surrogate pair", "whole characters")
	}
	r := reader{rest: data}
	return r.value(0)
}

func notJSON(found, expected string) error {
	return &problems.Problem{Found: found, Expected: expected}
}

// loneSurrogate looks for \uD800 to \uDFFF escapes that are not a pair. The
// decoder would replace each with U+FFFD, and two names would become one.
func loneSurrogate(valid []byte) bool {
	for i := 0; i+5 < len(valid); i++ {
		if valid[i] != '\\' {
			continue
		}
		if valid[i+1] != 'u' {
			i++ // the escaped character, which may be a backslash
			continue
		}
		first := escaped(valid[i:])
		i += 5
		if !utf16.IsSurrogate(first) {
			continue
		}
		if utf16.DecodeRune(first, escaped(valid[i+1:])) == utf8.RuneError {
			return true
		}
		i += 6
	}
	return false
}

// escaped is the code unit of an escape "\u12AB" at the start of s, or -1.
func escaped(s []byte) rune {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}

// Kind says what a value is, for an error.
func Kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return problems.Quote(v)
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	default:
		return "a number"
	}
}
