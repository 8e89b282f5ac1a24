package policy

import (
	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/words"
)

// Audience is who will read an explanation. It decides how much is named, never
// what is decided. The zero Audience is Nobody.
type Audience uint8

// The audiences.
const (
	// Nobody reads it: there is a code and nothing else.
	Nobody Audience = iota
	// Asker is the user who asked. They are told what an action takes and what is
	// theirs, and not who else there is: whose turn it is, who delivered, whose
	// duty it is, to which company a document belongs.
	Asker
	// Staff is the office's own staff, who are told all of it.
	Staff
)

var audiences = []string{"nobody", "asker", "staff"}

// ParseAudience reads "nobody", "asker" or "staff".
func ParseAudience(code string) (Audience, error) { return enum.Parse[Audience](audiences, code) }

// String is the audience's code.
func (a Audience) String() string { return enum.Print("Audience", audiences, a) }

// Reader is for whom an explanation is, and in which language. The zero Reader is
// nobody.
type Reader struct {
	Audience Audience
	Language words.Language
}
