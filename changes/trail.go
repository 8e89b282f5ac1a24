package changes

import (
	"time"

	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Trail is what an audit asks of a change: when, by whom, by what command, and
// by what right. Rules and warnings are kept as text, so that a trail can still
// be read when they are no longer of this version. The zero Trail is not valid.
type Trail struct {
	// At is the moment of the change, in UTC.
	At time.Time
	// By is who made it; empty where the software recorded what happened by itself.
	By users.ID
	// Command is the name of the command.
	Command string
	// Rule is the rule that allowed it; empty where no rule of the policy did: where
	// the software recorded it, or it follows from acting at all.
	Rule string
	// Policy names the rule table that decided, as policy.Hash does.
	Policy string
	// Warnings is the codes of what went with the decision.
	Warnings List[string]
}

// TrailOf is the trail of a command that was allowed.
func TrailOf(command string, by users.ID, at time.Time, d policy.Decision) Trail {
	return Trail{
		At: at.UTC().Round(0), By: by, Command: command, Rule: d.Rule().String(), Policy: policy.Hash(),
		Warnings: ListOf(d.Warnings().Codes()...),
	}
}

// Fields goes through the fields of a trail.
func (t *Trail) Fields(c *fields.Coder) {
	fields.Need(c, "at", &t.At, fields.Moment())
	fields.OmitZero(c, "by", &t.By, fields.ID[users.ID]())
	fields.Need(c, "command", &t.Command, fields.Name[string]())
	fields.OmitZero(c, "rule", &t.Rule, fields.Name[string]())
	fields.Need(c, "policy", &t.Policy, fields.Name[string]())
	fields.OmitZero(c, "warnings", &t.Warnings, Named(fields.Name[string]()))
}

// What a list may have at most. A command is what somebody sends; an event names
// whomever it concerns, of an office of any size.
const (
	maxGiven = 100_000
	maxNamed = 10_000_000
)

// Listed is the kind of a list in a command.
func Listed[T comparable](k fields.Kind[T]) fields.Kind[List[T]] { return AtMost(maxGiven, k) }

// Named is the kind of a list in an event.
func Named[T comparable](k fields.Kind[T]) fields.Kind[List[T]] { return AtMost(maxNamed, k) }

// AtMost is the kind of a list of at most so many.
func AtMost[T comparable](most int, k fields.Kind[T]) fields.Kind[List[T]] {
	return fields.Listed(k, most, ListOf[T], List[T].All)
}
