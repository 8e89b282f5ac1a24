package authzen_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/problems"
)

const good = `{"subject":{"type":"user","id":"carla"},"action":{"name":"document.tag"},"resource":{"type":"document","id":"inv-1"}}`

func TestARequestInAnswerOut(t *testing.T) {
	s := source(t)
	for _, c := range []struct{ request, want string }{
		{good, `{"decision":true,"context":{"reason":"A Client user manages what is ready for tagging.","rules":["document.tag/client"],"source":"ROLES, SETTINGS","warnings":[],"policy":"` + s.Snapshot.Policy() + `"}}`},
		{
			`{"subject":{"type":"user","id":"ada"},"action":{"name":"document.reject","properties":{"comment":"wrong amount"}},"resource":{"type":"document","id":"inv-3"},"context":{"time":"2026-11-22T09:00:00Z"}}`,
			`{"decision":false,"context":{"code":"role_missing","reason":"document.reject is for Authoriser; ada is Authorisation administrator.","rules":["document.reject/in-turn"],"source":"ROLES, SETTINGS","warnings":[],"policy":"` + s.Snapshot.Policy() + `"}}`,
		},
		{`7`, `{"decision":false,"context":{"error":{"status":400,"message":"found a number, expected an object with subject, action and resource"}}}`},
	} {
		a, _ := s.Answer([]byte(c.request), now)
		got, err := a.JSON()
		if err != nil || string(got) != c.want {
			t.Errorf("%s:\n got %s, %v\nwant %s", c.request, got, err, c.want)
		}
	}
}

func TestUnknownMembersAreIgnored(t *testing.T) {
	s := source(t)
	for _, request := range []string{
		strings.Replace(good, `{"subject"`, `{"Subject":7,"options":{"x":[1]},"subject"`, 1),
		strings.Replace(good, `"id":"carla"`, `"id":"carla","ID":"rosa","properties":{"department":"sales"}`, 1),
		strings.Replace(good, `"name":"document.tag"`, `"name":"document.tag","properties":null`, 1),
		"  \t" + good + " \r",
		strings.ReplaceAll(good, "a", `\u0061`),
	} {
		if a, err := s.Answer([]byte(request), now); err != nil || !a.Decision {
			t.Errorf("%s: %+v, %v", request, a, err)
		}
	}
}

func TestWhatIsNoRequest(t *testing.T) {
	s := source(t)
	for name, c := range map[string]struct{ input, want string }{
		"nothing":                    {"", "one JSON value"},
		"white space":                {"  ", "one JSON value"},
		"text":                       {"hello", "one JSON value"},
		"a list":                     {"[" + good + "]", "an object with subject"},
		"null":                       {"null", "found null"},
		"half a request":             {good[:40], "one JSON value"},
		"two requests":               {good + good, "one JSON value"},
		"trailing data":              {good + " x", "one JSON value"},
		"a comment":                  {good + " // x", "one JSON value"},
		"a byte order mark":          {"\ufeff" + good, "one JSON value"},
		"a key twice":                {strings.Replace(good, `{"subject"`, `{"subject":{},"subject"`, 1), `the key "subject" twice`},
		"a key twice, spelt apart":   {strings.Replace(good, `"id":"carla"`, `"id":"carla","\u0069d":"rosa"`, 1), `the key "id" twice`},
		"a key twice, deep down":     {strings.Replace(good, `"id":"inv-1"`, `"id":"inv-1","properties":{"x":[{"y":1,"y":1}]}`, 1), `the key "y" twice`},
		"a key twice, ignored":       {strings.Replace(good, `{"subject"`, `{"z":1,"z":1,"subject"`, 1), `the key "z" twice`},
		"bytes that are not UTF-8":   {strings.Replace(good, "carla", "c\xffrla", 1), "UTF-8"},
		"half a surrogate pair":      {strings.Replace(good, "carla", `c\ud83drla`, 1), "surrogate"},
		"the wrong half":             {strings.Replace(good, "carla", `c\ude00\ud83drla`, 1), "surrogate"},
		"half a pair at the end":     {strings.Replace(good, "carla", `\ud83d`, 1), "surrogate"},
		"half a pair before another": {strings.Replace(good, "carla", `\ud83d\u0041`, 1), "surrogate"},
		"no subject":                 {`{"action":{"name":"x"},"resource":{"type":"x","id":"x"}}`, "subject: found nothing"},
		"no action name":             {`{"subject":{"type":"x","id":"x"},"action":{},"resource":{"type":"x","id":"x"}}`, "action.name: found nothing"},
		"an id that is a number":     {strings.Replace(good, `"carla"`, "7", 1), "subject.id: found a number, expected a string"},
		"a subject that is a string": {strings.Replace(good, `{"type":"user","id":"carla"}`, `"carla"`, 1), `subject: found "carla", expected an object`},
		"properties that are a list": {strings.Replace(good, `"id":"inv-1"`, `"id":"inv-1","properties":[]`, 1), "resource.properties: found a list"},
		"a context that is true":     {strings.Replace(good, `{"subject"`, `{"context":true,"subject"`, 1), "context: found true"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := s.Answer([]byte(c.input), now)
			if !errors.Is(err, problems.ErrInvalid) || !strings.Contains(fmt.Sprint(err), c.want) {
				t.Errorf("got %v, want it to contain %q", err, c.want)
			}
			if a.Decision || a.Context.Error == nil || a.Context.Error.Message != err.Error() {
				t.Errorf("the answer is %+v", a)
			}
		})
	}
}

func TestWholeSurrogatePairsAreRead(t *testing.T) {
	s := source(t)
	if a, err := s.Answer([]byte(carrying(`"\ud83d\ude00 \\ud83d"`)), now); err != nil || !a.Decision {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestAllProblemsOfARequestAreTold(t *testing.T) {
	_, err := authzen.Parse([]byte(`{"subject":7,"action":{},"resource":{"type":[],"properties":1},"context":[]}`))
	if got := len(problems.All(err)); got != 6 {
		t.Errorf("%d problems told, want 6: %v", got, err)
	}
}

// A request that is allowed is damaged at random: whatever comes of it, a yes is
// only ever given to what still means the same.
func TestDamagedRequestsAreNotAllowed(t *testing.T) {
	s := source(t)
	allowed := make([]string, len(allowedQuestions))
	for i, question := range allowedQuestions {
		allowed[i] = printed(ask(t, question))
	}
	rapid.Check(t, func(t *rapid.T) {
		request := rapid.SampledFrom(allowed).Draw(t, "request")
		damaged := []byte(request)
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			at := rapid.IntRange(0, len(damaged)-1).Draw(t, "at")
			damaged[at] = rapid.Byte().Draw(t, "byte")
		}
		a, err := s.Answer(damaged, now)
		if err != nil || !a.Decision {
			return
		}
		// It is allowed: then all it asks is allowed by the policy too.
		again, err := authzen.Parse(damaged)
		if err != nil || !s.Snapshot.Check(s.Request(again, now)).Allowed() {
			t.Fatalf("%s is allowed", damaged)
		}
	})
}

func printed(r authzen.Request) string {
	text, err := json.Marshal(map[string]any{
		"subject":  map[string]any{"type": r.Subject.Type, "id": r.Subject.ID},
		"action":   map[string]any{"name": r.Action.Name, "properties": r.Action.Properties},
		"resource": map[string]any{"type": r.Resource.Type, "id": r.Resource.ID},
	})
	if err != nil {
		panic(err)
	}
	return string(text)
}
