package admin

import (
	"math"
	"strconv"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/words"
)

// Event is one thing that happened to an office. Events are plain values that
// compare with ==. The zero Event is not valid.
type Event struct {
	// Version is the version of the office after it. Each event is one more.
	Version uint64
	changes.Trail
	// Change is what changed.
	Change Change
}

// Change is what an event changed: one of the types of this package, all of them
// plain values that compare with ==.
type Change interface {
	// Name is what the change goes by: "roles_changed".
	Name() string
	// Said says what changed, in a sentence.
	Said() words.Said
	// apply makes the change, whoever may make it.
	apply(o offices.Office) (offices.Office, error)
}

// The longest that JSON may be: of a command, which somebody sends, and of an event,
// which names whomever it concerns.
const (
	MaxBytes      = 32 << 20
	MaxEventBytes = 1 << 30
)

var eventText = fields.TextOf("an event", MaxEventBytes, func(c *fields.Coder, e *Event) {
	fields.Need(c, "version", &e.Version, fields.Whole[uint64](1, math.MaxInt64))
	e.Trail.Fields(c) //nolint:staticcheck // the trail's own fields, not all of the event's
	changed.Through(c, &e.Change)
})

// MarshalJSON writes the event on one line. The keys come in a fixed order, so that
// equal events are equal texts. An event that is not valid is an error.
func (e Event) MarshalJSON() ([]byte, error) { return eventText.Write(e) }

// UnmarshalJSON reads what MarshalJSON writes, strictly: an unknown key, a key
// twice or a value that cannot be are *problems.Problem, all of them together.
func (e *Event) UnmarshalJSON(data []byte) error {
	read, err := eventText.Read(data)
	if err == nil {
		*e = read
	}
	return err
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }
