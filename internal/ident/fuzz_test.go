package ident_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
)

// FuzzCheck holds that an identifier is what the documentation says, taken as it
// stands, and that every identifier could be a name.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"garage", "", " ", "a\nb", "a\x7f", "a\u0085", "\xff", "a\xed\xa0\x80", "\ufeffa", "caf\u00e9",
		strings.Repeat("a", ident.MaxBytes), strings.Repeat("a", ident.MaxBytes+1), strings.Repeat("\u20ac", 43),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := text != "" && len(text) <= 128 && utf8.ValidString(text) && strings.IndexFunc(text, unicode.IsControl) < 0
		got, err := ident.Check[id](text)
		if (err == nil) != want || want && string(got) != text || !want && got != "" {
			t.Fatalf("%q was read as %q, %v", text, got, err)
		}
		if err != nil && !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("%q was refused with %v", text, err)
		}
		if want && !ident.Text(text) {
			t.Fatalf("%q can be an identifier, but not a name", text)
		}
	})
}
