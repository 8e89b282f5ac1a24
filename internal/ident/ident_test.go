package ident_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
)

type id string

func TestAnIdentifierIsPlainTextOfBoundedLength(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		want bool
	}{
		{"nothing", "", false},
		{"one letter", "a", true},
		{"128 bytes", strings.Repeat("a", 128), true},
		{"129 bytes", strings.Repeat("a", 129), false},
		{"64 letters of two bytes", strings.Repeat("é", 64), true},
		{"65 letters of two bytes", strings.Repeat("é", 65), false},
		{"a space", " ", true},
		{"punctuation", `a.b/c:d"e'f<g>`, true},
		{"a new line", "a\nb", false},
		{"a trailing new line", "a\n", false},
		{"a tab", "a\tb", false},
		{"a zero byte", "a\x00", false},
		{"a delete", "a\x7f", false},
		{"a C1 control character", "a\u0085", false},
		{"half a character", "a\xc3", false},
		{"a lone surrogate", "a\xed\xa0\x80", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ident.OK(c.text); got != c.want {
				t.Errorf("OK(%q) = %v, want %v", c.text, got, c.want)
			}
		})
	}
}

func TestATextMayBeLongerThanAnIdentifier(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		want bool
	}{
		{"nothing", "", false},
		{"1024 bytes", strings.Repeat("a", 1024), true},
		{"1025 bytes", strings.Repeat("a", 1025), false},
		{"two lines", "a\nb", false},
		{"invalid UTF-8", "a\xff", false},
		{"a sentence", "Garage Jansen B.V., Zwolle", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ident.Text(c.text); got != c.want {
				t.Errorf("Text of %d bytes = %v, want %v", len(c.text), got, c.want)
			}
		})
	}
}

// Characters of every kind, control characters among them, in few enough bytes
// to fall on either side of the limit.
func text() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringN(0, 140, -1),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 140), func(b []byte) string { return string(b) }),
	)
}

func TestAnIdentifierIsTakenAsItStandsOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text().Draw(t, "text")
		want := len(s) >= 1 && len(s) <= 128 && utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0
		got, err := ident.Check[id](s)
		if (err == nil) != want {
			t.Fatalf("Check(%q) = %v, want accepted: %v", s, err, want)
		}
		if want && string(got) != s {
			t.Fatalf("%q was rewritten to %q", s, got)
		}
		if !want && (got != "" || !errors.Is(err, problems.ErrInvalid)) {
			t.Fatalf("%q is refused with %q, %v", s, got, err)
		}
	})
}

func TestARefusedIdentifierSaysWhatWasExpected(t *testing.T) {
	_, err := ident.Check[id]("a\nb")
	want := `found "a\nb", expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Wherever a byte stands, among whatever others.
func TestEachByteCountsAtEachPlace(t *testing.T) {
	for _, around := range []string{"a", " ", "~"} {
		for at := range 20 {
			for b := range 256 {
				text := strings.Repeat(around, at) + string([]byte{byte(b)}) + strings.Repeat(around, 19-at)
				if want := b >= ' ' && b < 0x7f; ident.OK(text) != want {
					t.Errorf("OK(%q) is %v", text, !want)
				}
			}
		}
	}
}
