package workflow

import (
	"strconv"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/problems"
)

// Event is one thing that happened to documents. Events are plain values that
// compare with ==. The zero Event is not valid.
type Event struct {
	changes.Trail
	// New is the documents that there were not before.
	New changes.List[Record]
	// Changed is the documents that there were before, as they are now.
	Changed changes.List[Record]
	// Gone is the documents that are no more: split, or merged into another.
	Gone changes.List[documents.ID]
}

// MaxBytes is the longest that the JSON of an event may be.
const MaxBytes = 64 << 20

// What the routes of an event may come to together. An event within these limits is
// shorter than MaxBytes, so that whatever is written can be read.
const (
	maxSteps    = 100_000
	maxComments = 4 << 20 // bytes
)

var eventText = fields.TextOf("an event", MaxBytes, func(c *fields.Coder, e *Event) {
	e.Trail.Fields(c) //nolint:staticcheck // the trail's own fields, not all of the event's
	fields.OmitZero(c, "new", &e.New, records)
	fields.OmitZero(c, "changed", &e.Changed, records)
	fields.OmitZero(c, "gone", &e.Gone, documentIDs)
	e.check(c)
})

// check notes what the fields cannot know of each other.
func (e *Event) check(c *fields.Coder) {
	if e.By == "" {
		c.Note("by", "nothing", "who did it")
	}
	if e.Rule == "" {
		c.Note("rule", "nothing", "the rule that allowed it")
	}
	if e.New.Len()+e.Changed.Len() == 0 {
		c.Note("", "no documents", "documents that are new or changed")
	}
	e.checkIDs(c)
	e.checkRoutes(c)
}

// checkIDs notes the documents that are there twice.
func (e *Event) checkIDs(c *fields.Coder) {
	seen := make(map[documents.ID]bool)
	once := func(key string, i int, id documents.ID) {
		if seen[id] {
			c.Note(problems.At(key, i), problems.Quote(string(id)), "each document once")
		}
		seen[id] = true
	}
	for i, r := range e.New.Slice() {
		once("new", i, r.ID)
	}
	for i, r := range e.Changed.Slice() {
		once("changed", i, r.ID)
	}
	for i, id := range e.Gone.Slice() {
		once("gone", i, id)
	}
}

// checkRoutes notes routes that come to too much.
func (e *Event) checkRoutes(c *fields.Coder) {
	steps, comments := 0, 0
	for _, list := range [...]changes.List[Record]{e.New, e.Changed} {
		for r := range list.All() {
			for step := range r.Route.All() {
				steps++
				comments += len(step.Comment)
			}
		}
	}
	if steps > maxSteps {
		c.Note("", strconv.Itoa(steps)+" authorisers", "at most "+strconv.Itoa(maxSteps)+" in all routes together")
	}
	if comments > maxComments {
		c.Note("", strconv.Itoa(comments)+" bytes of comments", "at most "+strconv.Itoa(maxComments)+" in all routes together")
	}
}

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
