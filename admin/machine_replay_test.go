package admin_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

func anything(*run, *rapid.T) {}

// checkReplayed checks that from any office of a run the events that came since make
// the last one again.
func (r *run) checkReplayed(t *rapid.T, from int, events []admin.Event) {
	t.Helper()
	replayed, err := admin.Replay(r.states[from], events[r.after[from]:]...)
	if err != nil {
		t.Fatalf("events from state %d on: %v", from, err)
	}
	if diff := cmp.Diff(r.state().Office().Parts(), replayed.Office().Parts(), sameParts); diff != "" {
		t.Fatalf("the office (-commands +events):\n%s", diff)
	}
	asked := scene{r.model, t, r.at}.questions()
	for id := range sorted(r.model.users) {
		for a := range policy.AllActions() {
			q := asked.of(id, a)
			if want, got := r.state().Snapshot().Check(q), replayed.Snapshot().Check(q); want != got {
				t.Fatalf("%s asks %s on %s: after the commands %+v, after the events %+v", id, a, q.Resource, want, got)
			}
		}
	}
}

func throughJSON(t *rapid.T, events []admin.Event) (read []admin.Event) {
	t.Helper()
	for _, e := range events {
		text, err := json.Marshal(e)
		var again admin.Event
		if errRead := json.Unmarshal(text, &again); err != nil || errRead != nil || again != e {
			t.Fatalf("%+v is written %s, %v, and read as %+v, %v", e, text, err, again, errRead)
		}
		read = append(read, again)
	}
	return read
}

// A gap, a repetition and another order are each refused at the event at which
// they show, and nothing of it is done.
func TestEventsThatDoNotFollowOnEachOtherAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRun(t, newCounts(), 5, anything)
		if len(r.events) < 2 {
			return
		}
		events := slices.Clone(r.events)
		i := rapid.IntRange(0, len(events)-2).Draw(t, "at")
		at := i
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			events = slices.Delete(events, i, i+1)
		case 1:
			events = slices.Insert(events, i+1, events[i])
			at = i + 1
		case 2:
			events[i], events[i+1] = events[i+1], events[i]
		case 3:
			events[i].Version = 0
		}
		s, err := admin.Replay(r.states[0], events...)
		var p *problems.Problem
		if !errors.As(err, &p) || p.Path != problems.At("events", at)+".version" || s != r.states[0] {
			t.Fatalf("with event %d of %d wrong: %v", i, len(events), err)
		}
	})
}

func TestNoEventsLeaveTheOfficeAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := start(t)
		s, err := admin.Replay(r.states[0])
		if diff := cmp.Diff(r.parts[0], s.Office().Parts(), sameParts); diff != "" || err != nil {
			t.Fatalf("%v (-before +after):\n%s", err, diff)
		}
	})
}

// Events of one office say nothing of another: where they do follow on its version,
// what they are about must be there, and the office stays one.
func TestEventsOfAnotherOfficeLeaveAnOfficeOrAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, other := drawRun(t, newCounts(), 5, anything), start(t)
		o, err := offices.New(other.parts[0])
		if err != nil {
			t.Fatal(err)
		}
		before := admin.Open(o.AtVersion(r.states[0].Office().Version()))
		after, err := admin.Replay(before, r.events...)
		if err != nil && (!errors.Is(err, problems.ErrInvalid) || after != before) {
			t.Fatalf("refused with %v", err)
		}
		if _, err := offices.New(after.Office().Parts()); err != nil {
			t.Fatalf("what came of it is no office: %v", err)
		}
	})
}
