package users_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2027-01-31", "2024-02-29", "2026-02-29", "0000-01-01", "0001-01-01", "9999-12-31", "2027-13-01", "2027-01-31 ", "", "none"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := users.ParseDate(text)
		checkReading(t, text, d.String(), !d.IsZero(), err)
		checkDateText(t, text, err)
	})
}

// As text in a file, the empty text is no day; all else is as ParseDate says.
func checkDateText(t *testing.T, text string, parseErr error) {
	t.Helper()
	var d users.Date
	err := d.UnmarshalText([]byte(text))
	if (err == nil) != (parseErr == nil || text == "") {
		t.Fatalf("%q: parsed with %v, read with %v", text, parseErr, err)
	}
	if again, marshalErr := d.MarshalText(); err == nil && (string(again) != text || marshalErr != nil) {
		t.Fatalf("%q is written %q, %v", text, again, marshalErr)
	}
}

func FuzzParseArchiveRight(f *testing.F) {
	for _, seed := range []string{"by_role", "all", "", "All", "ArchiveRight(0)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		right, err := users.ParseArchiveRight(text)
		if err != nil && right != users.ByRole {
			t.Fatalf("%q was refused and gives %v", text, right)
		}
		checkReading(t, text, right.String(), err == nil, err)
	})
}

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{"bob", "", "b\nb", "\xff", strings.Repeat("a", 128), strings.Repeat("a", 129)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := users.ParseID(text)
		checkReading(t, text, string(id), id != "", err)
	})
}

// checkReading holds what was read against what it prints: the same text, or a
// refusal and nothing.
func checkReading(t *testing.T, text, printed string, known bool, err error) {
	t.Helper()
	if known != (err == nil) || known && printed != text {
		t.Fatalf("%q was read as %q, %v", text, printed, err)
	}
	if err != nil && !errors.Is(err, problems.ErrInvalid) {
		t.Fatalf("%q was refused with %v", text, err)
	}
}
