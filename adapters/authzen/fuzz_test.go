package authzen_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/problems"
)

// FuzzAnswer holds that any bytes are answered with one line of JSON, and that
// what is no request is denied.
func FuzzAnswer(f *testing.F) {
	s := source(f)
	for _, question := range allowedQuestions {
		f.Add([]byte(printed(ask(f, question))))
	}
	seedRequests(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		a, notRequest := s.Answer(data, now)
		if notRequest != nil && a.Decision {
			t.Fatal("no request, and allowed")
		}
		if again, err := s.Answer(data, now); !cmp.Equal(again, a) || (err == nil) != (notRequest == nil) {
			t.Fatalf("asked again, the answer is %+v, not %+v", again, a)
		}
		text, err := a.JSON()
		if err != nil || !json.Valid(text) || bytes.ContainsRune(text, '\n') {
			t.Fatalf("the answer is not one line of JSON: %s, %v", text, err)
		}
	})
}

// FuzzParse holds that a request that is read is all that the text says, and
// that the request as it is written down again reads the same.
func FuzzParse(f *testing.F) {
	seedRequests(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := authzen.Parse(data)
		if err != nil {
			if !cmp.Equal(r, authzen.Request{}) || !errors.Is(err, problems.ErrInvalid) {
				t.Fatalf("refused with %v, and read as %+v", err, r)
			}
			return
		}
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		var said map[string]any
		if err := d.Decode(&said); err != nil || !cmp.Equal(r, fromMap(said)) {
			t.Fatalf("read as %+v, but it says %+v, %v", r, said, err)
		}
		if again, err := authzen.Parse([]byte(whole(r))); err != nil || !cmp.Equal(again, r) {
			t.Fatalf("%+v was written and read as %+v, %v", r, again, err)
		}
	})
}

func seedRequests(f *testing.F) {
	f.Helper()
	f.Add([]byte(good))
	for _, name := range hostile(f) {
		f.Add(content(f, name))
	}
}

// fromMap is the request that a JSON object holds, which it is known to be.
func fromMap(said map[string]any) authzen.Request {
	object := func(in map[string]any, key string) map[string]any { o, _ := in[key].(map[string]any); return o }
	text := func(in map[string]any, key string) string { s, _ := in[key].(string); return s }
	entity := func(key string) authzen.Entity {
		o := object(said, key)
		return authzen.Entity{Type: text(o, "type"), ID: text(o, "id"), Properties: object(o, "properties")}
	}
	action := object(said, "action")
	return authzen.Request{
		Subject: entity("subject"), Resource: entity("resource"), Context: object(said, "context"),
		Action: authzen.Action{Name: text(action, "name"), Properties: object(action, "properties")},
	}
}

// whole writes all of a request.
func whole(r authzen.Request) string {
	entity := func(e authzen.Entity) map[string]any {
		return map[string]any{"type": e.Type, "id": e.ID, "properties": e.Properties}
	}
	text, err := json.Marshal(map[string]any{
		"subject": entity(r.Subject), "resource": entity(r.Resource), "context": r.Context,
		"action": map[string]any{"name": r.Action.Name, "properties": r.Action.Properties},
	})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// FuzzParseTime holds that a moment that is read is the one that is written, and
// is written as RFC 3339 has it.
func FuzzParseTime(f *testing.F) {
	for _, seed := range []string{
		"2026-11-22T09:00:00Z", "2026-11-22T10:00:00.5+01:00", "2026-11-22T09:00:00,5Z", "2026-11-22T9:00:00Z", "2026-11-22",
		"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999-23:59", "2016-12-31T23:59:60Z", "2026-11-22t09:00:00z", "noon", "", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := authzen.ParseTime(text)
		if err != nil {
			if !at.IsZero() || !errors.Is(err, problems.ErrInvalid) {
				t.Fatalf("%q was refused with %v, and is %s", text, err, at)
			}
			return
		}
		if len(text) < len("2006-01-02T15:04:05Z") || text[4] != '-' || text[10] != 'T' || text[13] != ':' {
			t.Fatalf("%q was read as %s", text, at)
		}
		if again, err := authzen.ParseTime(at.Format(time.RFC3339Nano)); err != nil || !again.Equal(at) {
			t.Fatalf("%q was read as %s, which is then read as %s, %v", text, at, again, err)
		}
	})
}
