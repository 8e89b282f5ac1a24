package admin_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// example is a sentence of the rules, told as a story of the office.
type example struct {
	rule   string // the sentence, in the office's words
	source string // the articles it comes from
	story  []step
}

// examples is all of them; each file adds its own.
func examples() []example {
	return slices.Concat(userExamples, passwordExamples, companyExamples, officeExamples, managingExamples, rightsExamples,
		bulkExamples, systemExamples, linkExamples, importExamples)
}

// step is something that happens in a story, or that is looked at.
type step func(*telling)

// telling is a story while it is told, from Monday 23 November 2026, nine in the
// morning in the office.
type telling struct {
	testing.TB
	state  admin.State
	now    time.Time
	last   []admin.Event // of the last command that was carried out
	asked  []heard
	events []admin.Event
}

// heard is a command that somebody gave, and what was said to it.
type heard struct {
	state    admin.State
	who      users.ID
	now      time.Time
	command  admin.Command
	refusals []*changes.Refusal
	err      error
}

func tell(t *testing.T, list []example) {
	t.Helper()
	for _, e := range list {
		t.Run(e.rule, func(t *testing.T) { e.told(t) })
	}
}

func (e example) told(t testing.TB) *telling {
	t.Helper()
	o, err := offices.New(deVries())
	if err != nil {
		t.Fatal(err)
	}
	d := &telling{TB: t, state: admin.Open(o)}
	at("09:00")(d)
	for _, step := range e.story {
		step(d)
	}
	return d
}

// at goes on to another time of the same day, or to another day and time, of the
// office: "09:30", "23:59:59", "2026-11-24 00:00".
func at(clock string) step {
	return func(d *telling) {
		if !strings.Contains(clock, " ") {
			clock = "2026-11-23 " + clock
		}
		for _, layout := range []string{"2006-01-02 15:04", time.DateTime} {
			if now, err := time.ParseInLocation(layout, clock, d.state.Office().TimeZone()); err == nil {
				d.now = now
				return
			}
		}
		d.Fatalf("no time: %s", clock)
	}
}

// does is that somebody gives a command and is allowed, and that exactly this
// comes of it, in order.
func does(who users.ID, c admin.Command, happened ...admin.Change) step {
	return func(d *telling) {
		d.Helper()
		before := d.state
		after, events, err := admin.Apply(before, who, d.now, c)
		d.asked = append(d.asked, heard{before, who, d.now, c, nil, err})
		if err != nil {
			d.Fatalf("%s may not do %s: %v", who, asText(c), err)
		}
		if made := changesOf(events); !slices.Equal(made, happened) {
			d.Fatalf("%s does %s:\ngot  %+v\nwant %+v", who, asText(c), made, happened)
		}
		d.checkTrail(who, c, events)
		replayed, err := admin.Replay(before, events...)
		if err != nil || !reflect.DeepEqual(replayed.Office().Parts(), after.Office().Parts()) {
			d.Errorf("%s does %s: the events make another office (%v)", who, asText(c), err)
		}
		d.state, d.last, d.events = after, events, append(d.events, events...)
	}
}

// plans is that somebody asks what would come of a command, without giving it.
func plans(who users.ID, c admin.Command, would ...admin.Change) step {
	return func(d *telling) {
		d.Helper()
		events, err := admin.Plan(d.state, who, d.now, c)
		if made := changesOf(events); err != nil || !slices.Equal(made, would) {
			d.Fatalf("%s plans %s:\ngot  %+v\nwant %+v (%v)", who, asText(c), made, would, err)
		}
	}
}

func changesOf(events []admin.Event) (made []admin.Change) {
	for _, e := range events {
		made = append(made, e.Change)
	}
	return made
}

// checkTrail checks what an audit asks: who, when, by what command and right.
func (d *telling) checkTrail(who users.ID, c admin.Command, events []admin.Event) {
	d.Helper()
	for i, e := range events {
		_, used := e.Change.(admin.UserUsed)
		_, chosen := e.Change.(admin.PasswordLinkUsed)
		nobodys := who == admin.Software || used || chosen // what no right of the policy is needed for
		switch {
		case e.Version != d.state.Office().Version()+uint64(i)+1:
			d.Errorf("%s: version %d", asText(c), e.Version)
		case e.By != who, e.Command != c.Name(), !e.At.Equal(d.now), e.Policy != policy.Hash(), (e.Rule == "") != nobodys:
			d.Errorf("%s: the trail is %+v", asText(c), e.Trail)
		}
	}
}

// warned is that what was done last came with these warnings.
func warned(codes ...string) step {
	return func(d *telling) {
		d.Helper()
		for _, e := range d.last {
			if got := e.Warnings.Slice(); !slices.Equal(got, codes) {
				d.Errorf("the warnings are %v, want %v", got, codes)
			}
		}
	}
}

// cannot is that somebody gives a command and is refused, for exactly these
// reasons, in order; and that nothing happened.
func cannot(who users.ID, c admin.Command, codes ...string) step {
	return func(d *telling) {
		d.Helper()
		if got := d.refused(who, c); !slices.Equal(got, codes) {
			d.Fatalf("%s does %s: got %q, want %q\n%v", who, asText(c), got, codes, d.asked[len(d.asked)-1].err)
		}
	}
}

// refused is the codes with which a command is refused; none where it is allowed.
func (d *telling) refused(who users.ID, c admin.Command) (codes []string) {
	d.Helper()
	after, events, err := admin.Apply(d.state, who, d.now, c)
	_, planned := admin.Plan(d.state, who, d.now, c)
	refusals := changes.Refusals(err)
	d.asked = append(d.asked, heard{d.state, who, d.now, c, refusals, err})
	for _, r := range refusals {
		codes = append(codes, r.Code)
	}
	switch {
	case fmt.Sprint(planned) != fmt.Sprint(err):
		d.Errorf("%s plans %s: %v, but does it: %v", who, asText(c), planned, err)
	case err != nil && (events != nil || !reflect.DeepEqual(after, d.state)):
		d.Errorf("%s does %s: refused, and yet something happened", who, asText(c))
	case len(codes) > 0 != errors.Is(err, changes.ErrRefused):
		d.Errorf("%s does %s: %v", who, asText(c), err)
	}
	return codes
}

// senseless is that a command cannot be meant, whoever gives it: it says what does
// not exist or cannot be, at these places.
func senseless(who users.ID, c admin.Command, places ...string) step {
	return func(d *telling) {
		d.Helper()
		d.refused(who, c)
		err := d.asked[len(d.asked)-1].err
		var got []string
		if errors.Is(err, problems.ErrInvalid) {
			for _, p := range problems.All(err) {
				got = append(got, p.Path)
			}
		}
		if !slices.Equal(got, places) {
			d.Fatalf("%s does %s: got %q, want %q\n%v", who, asText(c), got, places, err)
		}
	}
}

// answers gives a command to everybody in turn, without carrying it out:
//
//	"yes: rosa, sam", "not_manageable: mila", "role_missing: the others"
func answers(c admin.Command, lines ...string) step {
	return func(d *telling) {
		d.Helper()
		want, others := map[users.ID]string{}, ""
		for _, line := range lines {
			answer, names, _ := strings.Cut(line, ": ")
			for name := range strings.SplitSeq(names, ", ") {
				if _, ok := d.state.Office().User(users.ID(name)); !ok && name != "the others" {
					d.Fatalf("%s: nobody is called %s", asText(c), name)
				}
				want[users.ID(name)] = answer
			}
			others = want["the others"]
		}
		for u := range d.state.Office().Users() {
			got := "yes"
			if codes := d.refused(u.ID, c); len(codes) > 0 {
				got = strings.Join(codes, ", ")
			}
			answer, named := want[u.ID]
			if !named {
				answer = others
			}
			if got != answer {
				d.Errorf("%s does %s: got %q, want %q", u.ID, asText(c), got, answer)
			}
		}
	}
}

// may and mayNot is what the policy answers by then.
func may(who users.ID, a policy.Action, on policy.Resource) step {
	return mayWith(who, a, on, policy.With{}, "")
}

func mayNot(who users.ID, a policy.Action, on policy.Resource, code string) step {
	return mayWith(who, a, on, policy.With{}, code)
}

func mayWith(who users.ID, a policy.Action, on policy.Resource, w policy.With, code string) step {
	return func(d *telling) {
		d.Helper()
		s := d.state.Snapshot()
		request := policy.Request{Subject: who, Action: a, Resource: on, With: &w, At: d.now}
		decision := s.Check(request)
		if got := decision.Code().String(); decision.Allowed() != (code == "") || code != "" && got != code {
			d.Errorf("may %s do %s on %s: got %q, want %q\n%s", who, a, on, got, code, s.Explain(request).Reason)
		}
	}
}

// then looks at the office, and says what should hold of it.
func then(what string, holds func(o offices.Office) bool) step {
	return func(d *telling) {
		d.Helper()
		if !holds(d.state.Office()) {
			d.Errorf("it does not hold that %s", what)
		}
	}
}

// user looks at a user there is.
func user(id users.ID, what string, holds func(u users.User) bool) step {
	return then(string(id)+" "+what, func(o offices.Office) bool {
		u, ok := o.User(id)
		return ok && holds(u)
	})
}

// asText is a command as it would be written down.
func asText(c admin.Command) string {
	text, err := admin.WriteCommand(c)
	if err != nil {
		return fmt.Sprintf("%+v", c)
	}
	return string(text)
}
