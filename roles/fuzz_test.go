package roles_test

import (
	"errors"
	"testing"

	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
)

func FuzzParse(f *testing.F) {
	for _, r := range roles.All() {
		f.Add(r.String())
	}
	for _, seed := range []string{"", "Role(0)", "Super_user", "super_user ", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := roles.Parse(text)
		checkReading(t, text, r.String(), r.Known(), err)
	})
}

func FuzzParseLevel(f *testing.F) {
	for _, seed := range []string{"error", "warning", "advice", "", "Level(0)", "Error", "error\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		level, err := roles.ParseLevel(text)
		checkReading(t, text, level.String(), level != 0, err)
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
