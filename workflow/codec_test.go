package workflow_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with a file.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestEveryCommandIsWrittenAsEver(t *testing.T) {
	var text bytes.Buffer
	var names []string
	for _, c := range everyCommand {
		line := must(workflow.WriteCommand(c))
		text.Write(append(line, '\n'))
		names = append(names, c.Name())
		if read, err := workflow.ReadCommand(line); err != nil || read != c {
			t.Errorf("%s is read as %+v, %v", line, read, err)
		}
	}
	golden(t, "testdata/commands.golden", text.Bytes())
	if diff := cmp.Diff(workflow.CommandNames(), names); diff != "" {
		t.Errorf("not one of each (-want +got):\n%s", diff)
	}
}

// happened is the event of each command, carried out.
func happened(t testing.TB) (events []workflow.Event) {
	t.Helper()
	authorised := invoice(documents.Authorisation, past(approved("bob"), pending("anna")))
	toBook := invoice(documents.Booking, by("bram"), of("florist"), past(approved("bob")))
	refused := invoice(documents.Tagging, past(rejected("anna"), pending("bob")))
	for i, d := range []documents.Document{
		none, invoice(documents.Tagging), invoice(documents.Tagging), invoice(documents.Tagging), refused,
		invoice(documents.Authorisation, by("anna"), past(approved("bob"), pending("anna"))),
		authorised, authorised, authorised, toBook, toBook,
	} {
		var others []documents.Document
		if everyCommand[i].Name() == "document.merge" {
			others = []documents.Document{invoice(documents.Tagging, named("inv-2"), past(rejected("anna")))}
		}
		who := map[string]users.ID{
			"document.approve": "anna", "document.reject": "anna", "document.reassign": "ada",
			"document.withdraw": "ada", "document.return": "bram", "document.book": "bram",
		}[everyCommand[i].Name()]
		if who == "" {
			who = "dirk"
		}
		result, err := workflow.Do(compiled(t), d, who, now, everyCommand[i], others...)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, result.Event)
	}
	return events
}

func TestTheEventOfEveryCommandIsWrittenAsEver(t *testing.T) {
	var text bytes.Buffer
	for _, e := range happened(t) {
		line := must(json.Marshal(e))
		text.Write(append(line, '\n'))
		var read workflow.Event
		if err := json.Unmarshal(line, &read); err != nil || read != e {
			t.Errorf("%s is read as %+v, %v", line, read, err)
		}
	}
	stable := bytes.ReplaceAll(text.Bytes(), []byte(policy.Hash()), []byte("sha256:of-the-rules"))
	golden(t, "testdata/events.golden", stable)
}

func TestEveryFieldOfACommandIsDescribed(t *testing.T) {
	for _, c := range everyCommand {
		var members map[string]any
		if err := json.Unmarshal(must(workflow.WriteCommand(c)), &members); err != nil {
			t.Fatal(err)
		}
		for _, f := range workflow.CommandFields(c.Name()) {
			if _, there := members[f.Key]; !there || f.Optional || f.Expected == "" {
				t.Errorf("%s: %+v", c.Name(), f)
			}
			delete(members, f.Key)
		}
		if delete(members, "command"); len(members) > 0 {
			t.Errorf("%s has fields that are not described: %v", c.Name(), members)
		}
	}
	if got := workflow.CommandFields("document.view"); got != nil {
		t.Errorf("what is no command has the fields %v", got)
	}
}

// What is wrong with a command, all of it at once, and to the letter.
func TestMalformedCommandsAreRefused(t *testing.T) {
	long := strings.Repeat("x", 129)
	for text, want := range map[string][]string{
		``:   {`found "", expected one JSON value`},
		`{}`: {`command: found nothing, expected one of document.upload, document.split, document.merge, document.tag, document.assign, document.approve, document.reject, document.reassign, document.withdraw, document.return, document.book`},
		`{"command":"document.tag","document":""}`: {
			`document: found "", expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
		},
		`{"command":"document.tag","document":"inv-1","document":"inv-1"}`: {`found the key "document" twice, expected each key once`},
		`{"command":"document.tag","document":"inv-1","comment":"x"}`: {
			`found the key "comment", expected one of command, document`,
		},
		`{"command":"document.tag"} x`: {`found "{\"command\":\"document.tag\"} x", expected one JSON value`},
		`{"command":"document.upload","document":7}`: {
			`document: found a number, expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
			`company: found nothing, expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
		},
		`{"command":"document.split","document":"` + long + `","into":["a","a"]}`: {
			`document: found "` + long[:60] + `"... (129 bytes), expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
			`into[1]: found "a", expected each document once`,
		},
		`{"command":"document.split","document":"inv-1","into":["a"]}`: {`into: found 1 documents, expected two documents or more`},
		`{"command":"document.split","document":"inv-1","into":"a"}`: {
			`into: found "a", expected a list of at most 1000, each an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
			`into: found 0 documents, expected two documents or more`,
		},
		`{"command":"document.merge","document":"inv-1","with":[]}`:                {`with: found 0 documents, expected one document or more`},
		`{"command":"document.merge","document":"inv-1","with":["b","inv-1","b"]}`: {`with[1]: found "inv-1", expected each document once`, `with[2]: found "b", expected each document once`},
		`{"command":"document.assign","document":"inv-1","authorisers":["anna",null]}`: {
			`authorisers[1]: found null, expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`,
		},
		`{"command":"document.reject","document":"inv-1"}`: {`comment: found nothing, expected a text of at most 10000 bytes`},
		`{"command":"document.view","document":"inv-1"}`:   {`command: found "document.view", expected one of document.upload, document.split, document.merge, document.tag, document.assign, document.approve, document.reject, document.reassign, document.withdraw, document.return, document.book`},
	} {
		c, err := workflow.ReadCommand([]byte(text))
		if diff := cmp.Diff(want, wrong(err)); diff != "" || c != nil || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%s gives %v, and is wrong so (-want +got):\n%s", text, c, diff)
		}
	}
}

func TestWhatNoCommandMayBeIsNotWritten(t *testing.T) {
	for name, c := range map[string]workflow.Command{
		"nothing": nil, "a pointer": &workflow.Tag{Document: "inv-1"}, "one dressed up": struct{ workflow.Tag }{},
		"no document": workflow.Book{}, "an id with a bell": workflow.Tag{Document: "\a"},
		"a long comment": workflow.Reject{Document: "inv-1", Comment: strings.Repeat("x", 10_001)},
		"no UTF-8":       workflow.Reject{Document: "inv-1", Comment: "\xff"},
		"too many":       workflow.Split{Document: "inv-1", Into: many[documents.ID](1001)},
		"too many named": workflow.Assign{Document: "inv-1", Authorisers: many[users.ID](1001)},
	} {
		if text, err := workflow.WriteCommand(c); !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%s is written as %s, %v", name, text, err)
		}
	}
}

// many is a list of so many ids, each once and as long as ids may be.
func many[T ~string](n int) changes.List[T] {
	list := make([]T, n)
	for i := range list {
		list[i] = T(strings.Repeat("\\", 124) + string(rune('a'+i/676%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i%26)) + "x")
	}
	return changes.ListOf(list...)
}

// The longest that is not malformed can be read again.
func TestTheLongestCommandsAreRead(t *testing.T) {
	for _, c := range []workflow.Command{
		workflow.Split{Document: "inv-1", Into: many[documents.ID](1000)},
		workflow.Merge{Document: "inv-1", With: many[documents.ID](1000)},
		workflow.Assign{Document: "inv-1", Authorisers: many[users.ID](1000)},
		workflow.Reject{Document: "inv-1", Comment: strings.Repeat("\a", 10_000)},
	} {
		if read, err := workflow.ReadCommand(must(workflow.WriteCommand(c))); err != nil || read != c {
			t.Errorf("%s: %v", c.Name(), err)
		}
	}
}

func TestCommandsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{shelf: map[documents.ID]documents.Document{"doc-1": none}}
		c := m.draw(t)
		text, err := workflow.WriteCommand(c)
		if m.malformed(c) {
			if !errors.Is(err, problems.ErrInvalid) {
				t.Fatalf("%+v is written as %s, %v", c, text, err)
			}
			return
		}
		if read, err := workflow.ReadCommand(text); err != nil || read != c {
			t.Fatalf("%s is read as %+v, %v", text, read, err)
		}
	})
}

// Each row spoils a good event in one way.
func TestMalformedEventsAreRefused(t *testing.T) {
	good := string(must(json.Marshal(happened(t)[4]))) // assigned again after a rejection
	for _, row := range []struct{ old, with, want string }{
		{`"at":"2026-11-22T09:00:00Z"`, `"at":"2026-11-22"`, `at: found "2026-11-22", expected a moment such as 2026-11-22T09:00:00Z`},
		{`"by":"dirk",`, ``, `by: found nothing, expected who did it`},
		{`"rule":"document.assign/restricted",`, ``, `rule: found nothing, expected the rule that allowed it`},
		{`"command":"document.assign",`, ``, `command: found nothing, expected a text of 1 to 1024 bytes of valid UTF-8 without control characters`},
		{`"stage":"authorisation"`, `"stage":"authorization"`, `changed[0].stage: found "authorization", expected one of tagging, authorisation, booking, archived`},
		{`"stage":"authorisation"`, `"stage":"booking"`, `changed[0].stage: found booking with a pending route, expected authorisation or archived, or a route in which nobody is in turn`},
		{`"ever_assigned":true`, `"ever_assigned":false`, `changed[0].ever_assigned: found false, expected true: the document has a route`},
		{`"ever_assigned":true`, `"ever_assigned":null`, `changed[0].ever_assigned: found null, expected true or false`},
		{`"delivered_by":"dirk",`, ``, `changed[0].delivered_by: found nothing, expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters`},
		{`"outcome":"pending"}]`, `"outcome":"pending","comment":"x"}]`, `changed[0].route[1].comment: found "x", expected a comment only where the outcome is rejected`},
		{`"outcome":"pending"}]`, `"outcome":"perhaps"}]`, `changed[0].route[1].outcome: found "perhaps", expected one of pending, approved, rejected`},
		{`"changed":[`, `"gone":["inv-1"],"changed":[`, `gone[0]: found "inv-1", expected each document once`},
		{`"changed":[`, `"new":[],"undone":[`, `found the key "undone", expected one of at, by, command, rule, policy, warnings, new, changed, gone`},
	} {
		text := strings.Replace(good, row.old, row.with, 1)
		if text == good {
			t.Fatalf("%s is not in %s", row.old, good)
		}
		var e workflow.Event
		err := json.Unmarshal([]byte(text), &e)
		if !slices.Contains(wrong(err), row.want) || e != (workflow.Event{}) {
			t.Errorf("with %s: %q, want %q", row.with, wrong(err), row.want)
		}
	}
}

func TestAnEventThatIsNotValidIsNotWritten(t *testing.T) {
	good := happened(t)[0]
	record := slices.Collect(good.New.All())[0]
	for name, spoil := range map[string]func(e *workflow.Event){
		"the zero Event":            func(e *workflow.Event) { *e = workflow.Event{} },
		"of no documents":           func(e *workflow.Event) { e.New = changes.List[workflow.Record]{} },
		"of a document twice":       func(e *workflow.Event) { e.Changed = e.New },
		"of a document and gone":    func(e *workflow.Event) { e.Gone = ids(record.ID) },
		"of a document in part":     func(e *workflow.Event) { e.New = changes.ListOf(workflow.Record{ID: "inv-1"}) },
		"of an unknown stage":       func(e *workflow.Event) { r := record; r.Stage = 9; e.New = changes.ListOf(r) },
		"never or ever assigned":    func(e *workflow.Event) { r := record; r.Assigned = 9; e.New = changes.ListOf(r) },
		"of too many authorisers":   func(e *workflow.Event) { e.Changed = changes.ListOf(routes(101, 1000, 0)...) },
		"of too long comments":      func(e *workflow.Event) { e.Changed = changes.ListOf(routes(42, 10, 10_000)...) },
		"of too long a route alone": func(e *workflow.Event) { e.Changed = changes.ListOf(routes(1, 100_001, 0)...) },
	} {
		e := good
		spoil(&e)
		if text, err := e.MarshalJSON(); !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%s: written as %.200s, %v", name, text, err)
		}
	}
}

// routes is so many documents in the archive, with so many rejections and comments
// so long.
func routes(n, steps, comment int) (list []workflow.Record) {
	route := make([]documents.Step, steps)
	for i := range route {
		route[i] = documents.Step{Authoriser: users.ID(strings.Repeat("\\", 128)), Outcome: documents.Rejected, Comment: strings.Repeat("\a", comment)}
	}
	for id := range many[documents.ID](n).All() {
		list = append(list, workflow.Record{
			ID: id, Company: "bakery", DeliveredBy: "dirk", Stage: documents.Archived,
			Route: changes.ListOf(route...), Assigned: documents.EverAssigned,
		})
	}
	return list
}

// An event that comes to all its limits at once is still short enough to be read.
func TestTheLongestEventIsShortEnough(t *testing.T) {
	e := happened(t)[0]
	e.Changed = changes.ListOf(routes(1000, 100, 41)...)
	if text, err := e.MarshalJSON(); err != nil || len(text) > workflow.MaxBytes {
		t.Errorf("%d bytes, %v", len(text), err)
	}
}

// Equal records are equal documents, and the other way round.
func TestARecordIsTheDocument(t *testing.T) {
	for _, e := range happened(t) {
		for _, r := range append(e.New.Slice(), e.Changed.Slice()...) {
			d, err := r.Document()
			if err != nil || d.ID() != r.ID || !slices.Equal(d.Route().Steps(), r.Route.Slice()) {
				t.Errorf("%+v is %+v, %v", r, paperOf(d), err)
			}
		}
	}
	if _, err := (workflow.Record{}).Document(); !errors.Is(err, problems.ErrInvalid) {
		t.Errorf("the zero Record is a document: %v", err)
	}
}
