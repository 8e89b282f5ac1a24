// Package ident holds what every identifier must be. Identifiers are compared
// byte for byte and never rewritten, so nothing here changes one.
package ident

import (
	"encoding/binary"
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mandaat/mandaat/problems"
)

// MaxBytes is the longest an identifier may be.
const MaxBytes = 128

// Expected is what a wrong identifier is told it should have been.
const Expected = "an identifier: 1 to 128 bytes of valid UTF-8 without control characters"

// OK says whether s can be an identifier.
func OK(s string) bool { return s != "" && len(s) <= MaxBytes && plain(s) }

// plain says whether s is valid UTF-8 without control characters. Most texts are ASCII,
// which is seen eight bytes at a time; the last eight overlap those before.
func plain(s string) bool {
	last := len(s) - 8
	if last < 0 {
		return plainText(s)
	}
	for at := 0; at < last; at += 8 {
		if !plainASCII(s[at : at+8]) {
			return plainText(s)
		}
	}
	return plainASCII(s[last:]) || plainText(s)
}

func plainText(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return utf8.ValidString(s[i:]) && strings.IndexFunc(s[i:], unicode.IsControl) < 0
		case c < ' ' || c == 0x7F:
			return false
		}
	}
	return true
}

// plainASCII says whether eight bytes are ASCII and no control characters: where none has
// its upper bit, no space can be taken from one below it, and of those that are left only
// the last gets that bit with one more.
func plainASCII(s string) bool {
	const each = 0x0101010101010101
	bytes := binary.LittleEndian.Uint64([]byte(s))
	return (bytes|(bytes-' '*each)|(bytes+each))&(0x80*each) == 0
}

// Check returns s as an identifier of type T, or a *problems.Problem.
func Check[T ~string](s string) (T, error) {
	if !OK(s) {
		return "", &problems.Problem{Found: problems.Quote(s), Expected: Expected}
	}
	return T(s), nil
}

// MaxText is the longest a name may be, in bytes.
const MaxText = 1024

// ExpectedText is what a wrong name is told it should have been.
const ExpectedText = "a text of 1 to 1024 bytes of valid UTF-8 without control characters"

// Text says whether s can be a name: something to read, on one line.
func Text(s string) bool {
	return s != "" && len(s) <= MaxText && plain(s)
}

// Hash is the hash of an identifier: the same as long as the program runs, and another in
// each program, so that nobody can choose identifiers that collide.
type Hash uint32

var seed = maphash.MakeSeed()

// HashOf is the hash of an identifier.
func HashOf[T ~string](id T) Hash { return Hash(maphash.String(seed, string(id)) >> 32) }
