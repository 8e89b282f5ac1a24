package review

import (
	"iter"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Actor is somebody who may do what was asked about.
type Actor struct {
	User     users.ID
	Rule     policy.RuleID // by which they may
	Warnings policy.Warnings
	// Supplied is the properties that the action takes and that were not given: they
	// may with some, and these are taken as well supplied.
	Supplied policy.Properties
}

// Who goes through everybody in the office who may do an action on a resource at a
// moment, by their ids. A property that is not given is taken as well supplied. What
// cannot be asked of anybody nobody may; CannotAsk tells that apart.
func Who(s admin.State, a policy.Action, r policy.Resource, with *policy.With, at time.Time) iter.Seq[Actor] {
	return func(yield func(Actor) bool) {
		for u := range s.Office().Users() {
			subject := s.Snapshot().Subject(u.ID, at)
			d, supplied := subject.Could(a, r, with)
			if d.Allowed() && !yield(Actor{u.ID, d.Rule(), d.Warnings(), supplied}) {
				return
			}
		}
	}
}

// CannotAsk is why a question cannot be asked of anybody in the office: the action,
// the resource, the moment or a property is unknown or cannot be read. It is 0 where
// the question can be asked of somebody.
func CannotAsk(s admin.State, a policy.Action, r policy.Resource, with *policy.With, at time.Time) policy.Code {
	code := policy.Code(0)
	for u := range s.Office().Users() {
		subject := s.Snapshot().Subject(u.ID, at)
		d, _ := subject.Could(a, r, with)
		switch d.Code() {
		case policy.UnknownAction, policy.UnknownResource, policy.BadTime, policy.BadProperty:
			code = d.Code()
		default:
			return 0
		}
	}
	return code
}
