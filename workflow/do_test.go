package workflow_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
	"github.com/mandaat/mandaat/workflow"
)

// What is wrong with what was given comes back all together, whoever asks, and
// nothing happens.
func TestWhatIsGivenWithACommandMustFitIt(t *testing.T) {
	partly := must(documents.Told(documents.Parts{ID: "inv-1", Company: "bakery", Stage: documents.Tagging}))
	never := must(documents.Told(documents.Parts{Assigned: documents.NeverAssigned}))
	const inv1, inv2 = `"inv-1"`, `"inv-2"`
	for name, row := range map[string]struct {
		about  documents.Document
		does   workflow.Command
		others []documents.Document
		want   []string
	}{
		"another document": {second, tag, nil, []string{`document: found ` + inv2 + `, expected the document that the command names, ` + inv1}},
		"no document":      {none, tag, nil, []string{`document: found a document without an id, expected the document that the command names, ` + inv1}},
		"a document delivered already": {
			tagging, upload("bakery"), nil, []string{`document: found ` + inv1 + `, expected no document: it is only now delivered`},
		},
		"hardly a document": {
			never, upload("bakery"), nil, []string{`document: found a document without an id, expected no document: it is only now delivered`},
		},
		"a document told in part": {partly, tag, nil, []string{
			`document.delivered_by: found "", expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
			`document.ever_assigned: found nothing, expected true or false`,
		}},
		"a merger without the other": {tagging, merge, nil, []string{`with[0]: found ` + inv2 + `, expected a document that is given too`}},
		"a merger with the other twice": {
			tagging, merge, []documents.Document{second, second}, []string{`others[1]: found ` + inv2 + `, expected a document that the command names, given once`},
		},
		"a merger with itself instead": {tagging, merge, with(tagging), []string{
			`others[0]: found ` + inv1 + `, expected a document that the command names, given once`,
			`with[0]: found ` + inv2 + `, expected a document that is given too`,
		}},
		"a merger with one told in part": {tagging, workflow.Merge{Document: "inv-1", With: ids("inv-2")}, []documents.Document{
			must(documents.Told(documents.Parts{ID: "inv-2", Company: "bakery", DeliveredBy: "dirk", Assigned: documents.NeverAssigned})),
		}, []string{`others[0].stage: found Stage(0), expected one of tagging, authorisation, booking, archived`}},
		"another document with a tagging": {tagging, tag, with(second), []string{
			`others[0]: found ` + inv2 + `, expected a document that the command names, given once`,
		}},
		"another document with a delivery": {none, upload("bakery"), with(second), []string{
			`others[0]: found ` + inv2 + `, expected a document that the command names, given once`,
		}},
		"another document with a split": {tagging, split, with(second), []string{
			`others[0]: found ` + inv2 + `, expected a document that the command names, given once`,
		}},
		"a malformed command": {second, workflow.Split{Into: ids("a", "a")}, nil, []string{
			`document: found "", expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
			`into[1]: found "a", expected each document once`,
		}},
		"no command": {none, nil, nil, []string{`command: found nothing, expected ` + oneOfTheCommands}},
	} {
		for _, who := range []users.ID{"carla", "nobody"} {
			result, err := workflow.Do(compiled(t), row.about, who, now, row.does, row.others...)
			if diff := cmp.Diff(row.want, wrong(err)); diff != "" || !errors.Is(err, problems.ErrInvalid) {
				t.Errorf("%s by %s (-want +got):\n%s", name, who, diff)
			}
			if result.Documents != nil || result.Gone != nil || result.FirstUse || result.Event != (workflow.Event{}) {
				t.Errorf("%s by %s: %+v", name, who, result)
			}
		}
	}
}

var oneOfTheCommands = "one of " + strings.Join(workflow.CommandNames(), ", ")

func TestAMomentIsNeeded(t *testing.T) {
	s := compiled(t)
	_, err := workflow.Do(s, second, "carla", time.Time{}, tag)
	if got := wrong(err); len(got) != 2 || !strings.HasPrefix(got[0], "at: ") || !strings.HasPrefix(got[1], "document: ") {
		t.Errorf("without a moment, about another document: %q", got)
	}
	// The first day of the year 1 is no day everywhere on earth, which the policy knows.
	_, err = workflow.Do(s, tagging, "carla", time.Date(1, 1, 1, 5, 0, 0, 0, time.UTC), tag)
	if got := told(workflow.Result{}, err); got != "no bad_time" {
		t.Errorf("on the first day: %q", got)
	}
}

// A moment is held in UTC, and without what a clock adds to it.
func TestTheTrailSaysWhoWhenAndByWhatRight(t *testing.T) {
	s := compiled(t)
	result, err := workflow.Do(s, toBook, "bram", now.In(amsterdam), book)
	want := changes.Trail{
		At: now, By: "bram", Command: "document.book", Rule: "document.book/booker", Policy: policy.Hash(),
	}
	if err != nil || result.Event.Trail != want {
		t.Errorf("%+v, %v, want %+v", result.Event.Trail, err, want)
	}
	if plan, err := workflow.Plan(s, toBook, "bram", now, book); err != nil || plan != result.Event {
		t.Errorf("planned is %+v, %v", plan, err)
	}
	if _, err := workflow.Plan(s, toBook, "carla", now, book); !errors.Is(err, changes.ErrRefused) {
		t.Errorf("planned by carla: %v", err)
	}
}

func TestWhoActsForTheFirstTimeIsTold(t *testing.T) {
	unused := set("carla", func(u *users.User) { u.Used = false })
	for _, row := range []struct {
		does workflow.Command
		want bool
		with []change
	}{
		{tag, false, nil},
		{tag, true, []change{unused}},
		{book, false, []change{unused}}, // which is refused
	} {
		if result, _ := workflow.Do(compiled(t, row.with...), tagging, "carla", now, row.does); result.FirstUse != row.want {
			t.Errorf("%s: %t, want %t", row.does.Name(), result.FirstUse, row.want)
		}
	}
}

func TestNobodyWasEverUsed(t *testing.T) {
	for _, who := range []users.ID{"", "tom", "stranger"} {
		if subject := compiled(t).Subject(who, now); subject.Used() {
			t.Errorf("%q was used", who)
		}
	}
}

func TestARefusalSaysWhyToWhoeverReadsIt(t *testing.T) {
	_, err := workflow.Do(compiled(t), authorised, "anna", now, approve)
	refusals := changes.Refusals(err)
	if len(refusals) != 1 {
		t.Fatal(err)
	}
	r := refusals[0]
	if r.Target != "document:inv-1" || r.Action != policy.DocumentApprove || !slices.Equal(rulesOf(r), []string{"document.approve/in-turn"}) {
		t.Errorf("%+v", r)
	}
	for to, want := range map[policy.Reader]string{
		{Audience: policy.Staff}:                        "document.approve is for the authoriser in turn; the turn is bob's.",
		{Audience: policy.Asker, Language: words.Dutch}: "document.approve is voor de autorisator die aan de beurt is.",
		{}: "",
	} {
		if got := r.Reason(to); got != want {
			t.Errorf("to %v: %q", to, got)
		}
	}
}

func rulesOf(r *changes.Refusal) (list []string) {
	for _, rule := range r.Rules {
		list = append(list, rule.String())
	}
	return list
}

// A split may keep the document's id for one of the parts, wherever it is named.
func TestASplitMayKeepTheID(t *testing.T) {
	result, err := workflow.Do(compiled(t), invoice(documents.Tagging, past(rejected("anna"))), "carla", now,
		workflow.Split{Document: "inv-1", Into: ids("inv-2", "inv-1", "inv-3")})
	if err != nil || result.Gone != nil {
		t.Fatalf("%+v, %v", result, err)
	}
	var got []documents.ID
	for _, d := range result.Documents {
		if d.Assigned() != documents.EverAssigned || d.DeliveredBy() != "dirk" {
			t.Errorf("%+v", paperOf(d))
		}
		got = append(got, d.ID())
	}
	if diff := cmp.Diff([]documents.ID{"inv-1", "inv-2", "inv-3"}, got); diff != "" {
		t.Errorf("the parts, those that there were first (-want +got):\n%s", diff)
	}
	if result.Event.Changed.Len() != 1 || result.Event.New.Len() != 2 {
		t.Errorf("%+v", result.Event)
	}
}

// What the documents given hold can be more than an event may.
func TestAMoveThatNoEventCouldHoldIsNotMade(t *testing.T) {
	steps := make([]documents.Step, 1000)
	for i := range steps {
		steps[i] = approved("anna")
	}
	_, err := workflow.Do(compiled(t), invoice(documents.Tagging, past(steps...)), "carla", now,
		workflow.Split{Document: "inv-1", Into: many[documents.ID](101)})
	if diff := cmp.Diff([]string{`event: found 101000 authorisers, expected at most 100000 in all routes together`}, wrong(err)); diff != "" {
		t.Errorf("split in 101 (-want +got):\n%s", diff)
	}
	_, err = workflow.Do(compiled(t), invoice(documents.Tagging, past(documents.Step{
		Authoriser: "anna", Outcome: documents.Rejected, Comment: strings.Repeat("x", 10_001),
	})), "carla", now, tag)
	if got := wrong(err); len(got) != 1 || !strings.HasPrefix(got[0], "document.route[0].comment: ") {
		t.Errorf("a long comment from elsewhere: %q", got)
	}
}

func TestReplayRefusesWhatCannotHaveHappened(t *testing.T) {
	events := happened(t)
	uploaded, split, merged, tagged, bookedAtFlorist := events[0], events[1], events[2], events[3], events[10]
	shelf := func(list ...documents.Document) map[documents.ID]documents.Document {
		m := map[documents.ID]documents.Document{}
		for _, d := range list {
			m[d.ID()] = d
		}
		return m
	}
	ever := invoice(documents.Tagging, past(rejected("anna")))
	for name, row := range map[string]struct {
		before map[documents.ID]documents.Document
		events []workflow.Event
		want   []string
	}{
		"delivered twice":     {nil, []workflow.Event{uploaded, uploaded}, []string{`events[1].new[0].id: found "inv-1", expected an id that no document has`}},
		"split into another":  {shelf(tagging, invoice(documents.Booking, named("inv-1b"))), []workflow.Event{split}, []string{`events[0].new[1].id: found "inv-1b", expected an id that no document has`}},
		"split when gone":     {shelf(), []workflow.Event{split}, []string{`events[0].gone[0]: found "inv-1", expected a document that there was`}},
		"merged with none":    {shelf(ever), []workflow.Event{merged}, []string{`events[0].gone[0]: found "inv-2", expected a document that there was`}},
		"tagged before there": {nil, []workflow.Event{tagged}, []string{`events[0].changed[0].id: found "inv-1", expected a document that there was`}},
		"tagged twice":        {nil, []workflow.Event{tagged, tagged}, []string{`events[0].changed[0].id: found "inv-1", expected a document that there was`}},
		"of another company and deliverer": {shelf(tagging), []workflow.Event{bookedAtFlorist}, []string{
			`events[0].changed[0].company: found "florist", expected its company, "bakery"`,
			`events[0].changed[0].delivered_by: found "bram", expected who delivered it, "dirk"`,
		}},
		"never assigned any more": {shelf(ever), []workflow.Event{tagged}, []string{`events[0].changed[0].ever_assigned: found false, expected true, as before`}},
		"not an event": {shelf(tagging), []workflow.Event{tagged, {}}, []string{
			`events[1].at: found 0001-01-01 00:00:00 +0000 UTC, expected a moment such as 2026-11-22T09:00:00Z`,
			`events[1].command: found "", expected a text of 1 to 1024 bytes of valid UTF-8 without control characters`,
			`events[1].policy: found "", expected a text of 1 to 1024 bytes of valid UTF-8 without control characters`,
			`events[1].by: found nothing, expected who did it`,
			`events[1].rule: found nothing, expected the rule that allowed it`,
			`events[1]: found no documents, expected documents that are new or changed`,
		}},
		"under another id": {map[documents.ID]documents.Document{"inv-9": tagging}, nil, []string{
			`documents: found "inv-1", expected the document "inv-9"`,
		}},
	} {
		count := len(row.before)
		got, err := workflow.Replay(row.before, row.events...)
		if diff := cmp.Diff(row.want, wrong(err)); diff != "" || got != nil || len(row.before) != count {
			t.Errorf("%s gives %v (-want +got):\n%s", name, got, diff)
		}
	}
}

func TestReplayOfNothingIsWhatThereWas(t *testing.T) {
	got, err := workflow.Replay(nil)
	if err != nil || got == nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	before := map[documents.ID]documents.Document{"inv-1": tagging}
	after, err := workflow.Replay(before, happened(t)[1])
	if err != nil || len(after) != 2 || len(before) != 1 {
		t.Errorf("%v of %v, %v", after, before, err)
	}
}

// A moment that no clock tells is still no panic.
func TestStrangeMoments(t *testing.T) {
	for _, at := range []time.Time{time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0), time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if _, err := workflow.Do(compiled(t), tagging, "carla", at, tag); err == nil {
			t.Errorf("done at %v", at)
		}
	}
}

func TestAMoveThatWasAllowedAndCannotBeMadeIsAFaultOfTheLibrary(t *testing.T) {
	_, cause := toBook.Tag()
	result, err := workflow.Impossible(cause)
	if !errors.Is(err, documents.ErrMove) || errors.Is(err, changes.ErrRefused) || errors.Is(err, problems.ErrInvalid) {
		t.Errorf("%v", err)
	}
	if result.Documents != nil || result.Event != (workflow.Event{}) {
		t.Errorf("half applied: %+v", result)
	}
}
