package admin

import (
	"errors"
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// Software is who records what no user does: that somebody logged in, that a
// connection was lost. No user has this id.
const Software users.ID = ""

// State is an office with the snapshot compiled of it, so that a command costs
// what it touches and not what the office holds. It is immutable and safe for any
// number of goroutines. The zero State is the zero Office, in which nothing is
// allowed.
type State struct {
	office   offices.Office
	snapshot *policy.Snapshot
}

// Open compiles an office to be changed.
func Open(o offices.Office) State { return State{o, policy.Compile(o)} }

// Office is the office itself.
func (s State) Office() offices.Office { return s.office }

// Snapshot is the office compiled for asking.
func (s State) Snapshot() *policy.Snapshot {
	if s.snapshot == nil {
		return new(policy.Snapshot)
	}
	return s.snapshot
}

// moved is the state of what became of the office.
func (s State) moved(o offices.Office) State {
	return State{o, s.Snapshot().Follow(s.office, o)}
}

// Apply carries out a command that an actor gives at a moment: it returns the
// office that becomes of it and what happened, in order. A command that changes
// nothing is carried out without an event, except that whoever acts has been used
// from then on.
//
// A command that is refused, or malformed, changes nothing: then the state that
// comes back is s, and the error joins every reason. Refusals wrap
// changes.ErrRefused, and what is wrong with the command itself wraps
// problems.ErrInvalid.
func Apply(s State, actor users.ID, at time.Time, c Command) (State, []Event, error) {
	d := begun(s, actor, at)
	if err := d.run(c); err != nil {
		return s, nil, err
	}
	d.compiled()
	return d.State, d.events, nil
}

// Plan tells what a command would change, or every reason for which it would be
// refused, and changes nothing.
func Plan(s State, actor users.ID, at time.Time, c Command) ([]Event, error) {
	d := begun(s, actor, at)
	if err := d.run(c); err != nil {
		return nil, err
	}
	return d.events, nil
}

// Replay is the office that events made of another. The first event must be the
// one that follows on the office's version, and each the one after. Whether the
// events were allowed is not asked again. What cannot have happened is a
// *problems.Problem, and then s comes back.
func Replay(s State, events ...Event) (State, error) {
	o := s.office
	for i, e := range events {
		at := problems.At("events", i)
		var list problems.List
		if err := eventText.Check(e); err != nil {
			list.AddAt(at, err)
			return s, list.Err()
		}
		if e.Version != o.Version()+1 {
			list.Add(at+".version", number(e.Version), "version "+number(o.Version()+1))
			return s, list.Err()
		}
		next, err := e.Change.apply(o)
		if err != nil {
			list.AddAt(at, err)
			return s, list.Err()
		}
		o = next.AtVersion(e.Version)
	}
	return s.moved(o), nil
}

// draft is an office while a command changes it. What is asked is asked of the
// office as the command has made it so far.
type draft struct {
	State   // the office last compiled
	pending offices.Office
	actor   users.ID
	at      time.Time
	command string
	events  []Event
	reasons []error
}

func begun(s State, actor users.ID, at time.Time) draft {
	return draft{State: s, pending: s.office, actor: actor, at: at.UTC().Round(0)}
}

// right is by what right something is changed: the answer that allowed it.
type right struct{ policy.Decision }

// run carries out a command on the draft, or returns every reason why not.
func (d *draft) run(c Command) error {
	if err := commandText.Check(wrapped(c)); err != nil {
		return err
	}
	if err := fields.Moment().Check(d.at); err != nil {
		var list problems.List
		list.AddAt("at", err)
		return list.Err()
	}
	d.command = c.Name()
	if conditional, ok := c.(If); ok {
		c = conditional.Command
		d.expect(conditional.Version)
	}
	if d.reasons == nil {
		c.do(d)
	}
	if d.reasons == nil {
		d.acted()
	}
	return errors.Join(d.reasons...)
}

// acted notes that whoever gave the command has been used. Source: SETTINGS.
func (d *draft) acted() {
	if u, ok := d.pending.User(d.actor); ok && !u.Used {
		d.emit(right{}, UserUsed{u.ID})
	}
}

// compiled is the snapshot of the office as the command has made it so far.
func (d *draft) compiled() *policy.Snapshot {
	if d.pending.Version() != d.office.Version() {
		d.State = d.moved(d.pending)
	}
	return d.Snapshot()
}

// ask asks the policy whether the actor may do something, and notes a denial.
func (d *draft) ask(a policy.Action, r policy.Resource, w *policy.With) (right, bool) {
	request := policy.Request{Subject: d.actor, Action: a, Resource: r, With: w, At: d.at}
	s := d.compiled()
	decision := s.Check(request)
	if !decision.Allowed() {
		d.reasons = append(d.reasons, changes.Denied(d.command, s, request))
		return right{}, false
	}
	return right{decision}, true
}

// supposing asks the policy of the office as changes would make it, without making
// them.
func (d *draft) supposing(list []Change, a policy.Action, r policy.Resource, w *policy.With) (right, bool) {
	trial := *d
	for _, c := range list {
		if !trial.emit(right{}, c) {
			d.reasons = trial.reasons
			return right{}, false
		}
	}
	by, ok := trial.ask(a, r, w)
	d.reasons = trial.reasons
	return by, ok
}

// emit changes the office, and notes what cannot be. It says whether it could.
func (d *draft) emit(by right, c Change) bool { return d.emitAt("", by, c) }

// emitAt is emit for what a part of the command asked for, at a path in it.
func (d *draft) emitAt(path string, by right, c Change) bool {
	next, err := c.apply(d.pending)
	if err != nil {
		d.malformed(path, err)
		return false
	}
	d.commit(by, c, next)
	return true
}

// commit notes a change that makes the office what next is.
func (d *draft) commit(by right, c Change, next offices.Office) {
	version := d.pending.Version() + 1
	d.pending = next.AtVersion(version)
	trail := changes.TrailOf(d.command, d.actor, d.at, by.Decision)
	d.events = append(d.events, Event{version, trail, c})
}

// malformed notes what is wrong with the command, at a path in it.
func (d *draft) malformed(path string, err error) {
	var list problems.List
	list.AddAt(path, err)
	d.reasons = append(d.reasons, list.Err())
}
