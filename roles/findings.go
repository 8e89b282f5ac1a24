package roles

import (
	"iter"

	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/words"
)

// Level says how heavy a finding weighs. The zero Level is no level.
type Level uint8

// The levels, the heaviest first.
const (
	Error   Level = iota + 1 // must not be; assigning it is refused
	Warning                  // probably a mistake or a risk
	Advice                   // works, but could serve the office better
)

var levels = []string{"", "error", "warning", "advice"}

// Levels lists them, the heaviest first.
func Levels() []Level { return []Level{Error, Warning, Advice} }

// ParseLevel reads "error", "warning" or "advice".
func ParseLevel(code string) (Level, error) { return enum.Parse[Level](levels, code) }

// String is the level's code.
func (l Level) String() string { return enum.Print("Level", levels, l) }

// MarshalText writes the code; the zero Level is an error.
func (l Level) MarshalText() ([]byte, error) { return enum.Marshal("Level", levels, l) }

// UnmarshalText reads a code as ParseLevel does.
func (l *Level) UnmarshalText(text []byte) error {
	parsed, err := ParseLevel(string(text))
	if err == nil {
		*l = parsed
	}
	return err
}

// Mend is the smallest change that clears a finding and causes no new error:
// either a role to grant or a role to revoke.
type Mend struct{ Grant, Revoke Role }

// Apply is the set after the change.
func (m Mend) Apply(s Set) Set { return s.With(m.Grant).Without(m.Revoke) }

// String reads "grant_role client_user" or "revoke_role accountant".
func (m Mend) String() string {
	if m.Grant.Known() {
		return "grant_role " + m.Grant.String()
	}
	return "revoke_role " + m.Revoke.String()
}

// Finding is what a rule about role sets says of one set.
type Finding struct {
	ID      string // the rule: "R1" to "R4"
	Level   Level
	Source  string // the articles it comes from, by short name
	Message string // one English sentence; In says it in others
	Mend    Mend
}

// In is the finding's message in a language.
func (f Finding) In(l words.Language) string { return words.Say(f.Message).In(l) }

// The rules about role sets that need nothing but the set, in order. R5 and R6
// need the office and are not of this package.
var rules = []struct {
	Finding
	holds func(Set) bool
}{
	{Finding{
		"R1", Error, "SETTINGS, ROLES, TIPS, ADD",
		"Client user and Restricted client user exclude each other; the restricted one leads.",
		Mend{Revoke: ClientUser},
	}, func(s Set) bool { return s&client == client }},
	{Finding{
		"R2", Error, "TIPS, ADD",
		"Accountant and SME Accountant conflict; the SME Accountant leads.",
		Mend{Revoke: Accountant},
	}, func(s Set) bool { return s&booking == booking }},
	{Finding{
		"R3", Error, "ROLES",
		"A user holds one or more roles; this set is empty.",
		Mend{Grant: RestrictedClientUser},
	}, func(s Set) bool { return s&every == 0 }},
	{Finding{
		"R4", Advice, "SETTINGS, ROLES",
		"Someone who books without a client role cannot deliver, split or tag.",
		Mend{Grant: ClientUser},
	}, func(s Set) bool { return s.Books() && !s.Delivers() }},
}

// Findings goes through what R1 to R4 say of the set, in that order.
func (s Set) Findings() iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		for _, r := range rules {
			if r.holds(s) && !yield(r.Finding) {
				return
			}
		}
	}
}

// Valid says whether the set may be assigned: no finding of level error (R1 to
// R3). It never allocates.
func (s Set) Valid() bool {
	return s&every != 0 && s&client != client && s&booking != booking
}
