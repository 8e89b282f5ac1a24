package workflow_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/workflow"
)

// Whatever is read is written the same ever after, and is a command that can be
// given: to an office in which nobody may do anything, it is refused.
func FuzzReadCommand(f *testing.F) {
	for _, c := range everyCommand {
		f.Add(must(workflow.WriteCommand(c)))
	}
	f.Add([]byte(`{"command":"document.split","document":"a","into":["a","a","\ud800"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := workflow.ReadCommand(data)
		if err != nil {
			if !errors.Is(err, problems.ErrInvalid) || c != nil {
				t.Fatalf("%v, %v", c, err)
			}
			return
		}
		text, err := workflow.WriteCommand(c)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := workflow.ReadCommand(text); err != nil || again != c {
			t.Fatalf("%s is read as %+v, %v", text, again, err)
		}
		if result, err := workflow.Do(new(policy.Snapshot), none, "dirk", now, c); err == nil {
			t.Fatalf("done in an office of nobody: %+v", result)
		}
	})
}

// Whatever is read is written the same ever after, and each document in it is one.
func FuzzReadEvent(f *testing.F) {
	for _, e := range happened(f) {
		f.Add(must(json.Marshal(e)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e workflow.Event
		if err := e.UnmarshalJSON(data); err != nil {
			if !errors.Is(err, problems.ErrInvalid) || e != (workflow.Event{}) {
				t.Fatalf("%v, %v", e, err)
			}
			return
		}
		text, err := e.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var again workflow.Event
		if err := again.UnmarshalJSON(text); err != nil || again != e {
			t.Fatalf("%s is read as %+v, %v", text, again, err)
		}
		if twice := must(again.MarshalJSON()); !bytes.Equal(twice, text) {
			t.Fatalf("%s, and then %s", text, twice)
		}
		for _, r := range append(e.New.Slice(), e.Changed.Slice()...) {
			if _, err := r.Document(); err != nil {
				t.Fatalf("%+v: %v", r, err)
			}
		}
	})
}
