package admin_test

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// run is a run of commands through an office and through the plain model of it.
type run struct {
	model  plain
	at     time.Time
	states []admin.State   // the first, and one after each command that was accepted
	parts  []offices.Parts // of each state, as it was when it came
	events []admin.Event
	after  []int // how many events each of the states is after
}

func start(t *rapid.T) *run {
	at := among(t, "start", drawnStarts)
	model := drawSound(t, at)
	o, err := offices.New(model.parts())
	if err != nil {
		t.Fatalf("a drawn office is none: %v", err)
	}
	return &run{model: model, at: at, states: []admin.State{admin.Open(o)}, parts: []offices.Parts{o.Parts()}, after: []int{0}}
}

func (r *run) state() admin.State { return r.states[len(r.states)-1] }

// step gives a drawn command, and holds what becomes of it against the model.
func (r *run) step(t *rapid.T, name string, counted counts) {
	r.at = r.drawLater(t)
	c, by := scene{r.model, t, r.at}.drawCommand(name)
	told := fmt.Sprintf("%s gives %+v at %s", by, shown(c), r.at.Format(time.RFC3339Nano))
	before := r.state()
	want := r.model.attempted(by, r.at, c)
	after, events, err := admin.Apply(before, by, r.at, c)
	checkPlan(t, told, before, by, r.at, c, events, err)
	if counted.note(name, err == nil); want.accepted() != (err == nil) {
		t.Fatalf("%s: accepted by the model: %v %v, error %v", told, want.accepted(), want.refused, err)
	}
	if err != nil {
		checkRefused(t, told, want, before, after, events, err)
		return
	}
	want.version = r.model.version + uint64(len(events))
	if diff := cmp.Diff(want.parts(), after.Office().Parts(), sameParts); diff != "" {
		t.Fatalf("%s: the office (-model +office):\n%s", told, diff)
	}
	checkNeeded(t, told, r.parts[len(r.parts)-1], after.Office().Parts(), events)
	checkEvents(t, told, want, r.model.version, c, events)
	r.model = want.plain
	r.states, r.events = append(r.states, after), append(r.events, events...)
	r.parts = append(r.parts, after.Office().Parts())
	r.after = append(r.after, len(r.events))
}

// shown is a command with what lists hold to be read.
func shown(c admin.Command) string {
	if text, err := admin.WriteCommand(c); err == nil {
		return string(text)
	}
	return fmt.Sprintf("%#v", c)
}

// Plan tells what Apply does.
func checkPlan(t *rapid.T, told string, s admin.State, by users.ID, at time.Time, c admin.Command, events []admin.Event, err error) {
	t.Helper()
	planned, refused := admin.Plan(s, by, at, c)
	if !slices.Equal(events, planned) || fmt.Sprint(err) != fmt.Sprint(refused) {
		t.Fatalf("%s: planned %v, %v; done %v, %v", told, planned, refused, events, err)
	}
}

func checkRefused(t *rapid.T, told string, want *attempt, before, after admin.State, events []admin.Event, err error) {
	t.Helper()
	if after != before || len(events) > 0 {
		t.Fatalf("%s: refused, and yet something changed", told)
	}
	var refused []string
	wrong := false
	for _, one := range leaves(err) {
		if refusal, ok := errors.AsType[*changes.Refusal](one); ok {
			checkRefusal(t, told, refusal)
			action := "-"
			if refusal.Action != 0 {
				action = refusal.Action.String()
			}
			refused = append(refused, action+" "+refusal.Target+" "+refusal.Code)
			continue
		}
		wrong = true
		checkProblem(t, told, one)
	}
	slices.Sort(refused)
	if diff := cmp.Diff(slices.Sorted(slices.Values(want.refused)), refused); diff != "" || wrong != want.wrong {
		t.Fatalf("%s: wrong in itself: %v, by the model %v; refusals (-model +got):\n%s", told, wrong, want.wrong, diff)
	}
}

// leaves takes an error apart into what it joins.
func leaves(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var list []error
	for _, one := range joined.Unwrap() {
		list = append(list, leaves(one)...)
	}
	return list
}

func checkRefusal(t *rapid.T, told string, r *changes.Refusal) {
	t.Helper()
	english := r.Reason(policy.Reader{Audience: policy.Staff})
	dutch := r.Reason(policy.Reader{Audience: policy.Asker, Language: words.Dutch})
	if !errors.Is(r, changes.ErrRefused) || r.Command == "" || r.Code == "" || r.Target == "" || english == "" || dutch == "" ||
		strings.ContainsAny(english+dutch, "{}") || !strings.Contains(r.Error(), r.Code) {
		t.Fatalf("%s: refused with %+v, for %q, %q", told, r, english, dutch)
	}
	if r.Reason(policy.Reader{}) != "" {
		t.Fatalf("%s: nobody is told %q", told, r.Reason(policy.Reader{}))
	}
}

func checkProblem(t *rapid.T, told string, err error) {
	t.Helper()
	var p *problems.Problem
	if !errors.As(err, &p) || !errors.Is(err, problems.ErrInvalid) || p.Found == "" || p.Expected == "" {
		t.Fatalf("%s: refused with %v", told, err)
	}
}

// counts is how often the commands of each name were accepted, and refused.
type counts map[string]*[2]int

func newCounts() counts {
	n := counts{}
	for _, name := range admin.CommandNames() {
		n[name] = new([2]int)
	}
	return n
}

func (n counts) note(name string, accepted bool) {
	if accepted {
		n[name][0]++
	} else {
		n[name][1]++
	}
}

// report says how much was tried, and fails where a command was never accepted or
// never refused. A run that was told to be shorter than usual proves less.
func (n counts) report(t *testing.T) {
	t.Helper()
	accepted, refused := 0, 0
	for name, of := range sorted(n) {
		t.Logf("%-40s %5d accepted %5d refused", name, of[0], of[1])
		accepted, refused = accepted+of[0], refused+of[1]
		if !shortRun() && (of[0] == 0 || of[1] == 0) {
			t.Errorf("%s: %d accepted, %d refused: the property says too little", name, of[0], of[1])
		}
	}
	t.Logf("%d steps: %d accepted, %d refused", accepted+refused, accepted, refused)
}

func shortRun() bool {
	checks := flag.Lookup("rapid.checks").Value.(flag.Getter).Get().(int) //nolint:errcheck,forcetypeassert // it is a number
	return checks < 100
}

// drawRun draws a run of commands. What is drawn from a list is mostly of its
// beginning, so that each step begins elsewhere.
func drawRun(t *rapid.T, counted counts, least int, then func(r *run, t *rapid.T)) *run {
	names := admin.CommandNames()
	r, had := start(t), 0
	for i := range rapid.IntRange(least, 2*least).Draw(t, "commands") {
		name := names[(11*i+rapid.IntRange(0, len(names)-1).Draw(t, "command"))%len(names)]
		if n := len(r.events); n > had && r.events[n-1].Change.Name() == "password_link_sent" && !oneIn(t, "not used at once", 3) {
			name = "user.use_password_link"
		}
		had = len(r.events)
		r.step(t, name, counted)
		then(r, t)
	}
	return r
}

func TestEveryCommandDoesWhatTheRulesSayOfIt(t *testing.T) {
	counted := newCounts()
	rapid.Check(t, func(t *rapid.T) {
		r := drawRun(t, counted, 30, func(r *run, t *rapid.T) {
			checkSound(t, r)
			checkSnapshot(t, r)
		})
		r.checkPast(t)
		r.checkReplayed(t, rapid.IntRange(0, len(r.states)-1).Draw(t, "from"), throughJSON(t, r.events))
	})
	counted.report(t)
}

func TestEveryCommandIsDrawn(t *testing.T) {
	want := slices.Sorted(slices.Values(admin.CommandNames()))
	if diff := cmp.Diff(want, keysOf(commandDraws)); diff != "" {
		t.Errorf("(-commands +drawn):\n%s", diff)
	}
}
