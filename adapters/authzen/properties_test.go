package authzen_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
)

func codeOf(a authzen.Answer) string {
	if a.Decision {
		return "yes"
	}
	return a.Context.Code.String()
}

func TestEachActionWithPropertiesIsAllowedOnce(t *testing.T) {
	s := source(t)
	asked := map[string]policy.Properties{}
	for _, question := range allowedQuestions {
		r := ask(t, question)
		if got := codeOf(s.Evaluate(r, now)); got != "yes" {
			t.Errorf("%s: %s", question, got)
		}
		for p := range policy.Properties(1<<15 - 1).Each() {
			if _, ok := r.Action.Properties[p.String()]; ok {
				asked[r.Action.Name] |= p
			}
		}
	}
	for a := range policy.AllActions() {
		if needed, optional := a.Takes(); needed|optional != asked[a.String()] {
			t.Errorf("%s takes %s, asked with %s", a, needed|optional, asked[a.String()])
		}
	}
}

// optionalAlone says that a request without the property is still allowed.
func optionalAlone(action, property string) bool {
	a, _ := policy.ParseAction(action)
	_, optional := a.Takes()
	for p := range optional.Each() {
		if p.String() == property {
			// For oneself the old password is needed after all, and so is the
			// system where accounting users are named.
			return action != "user.change_email" && (action != "user.import" || property != "system")
		}
	}
	return false
}

func without(r authzen.Request, property string) authzen.Request {
	r.Action.Properties = maps.Clone(r.Action.Properties)
	delete(r.Action.Properties, property)
	return r
}

func changed(r authzen.Request, property string, v any) authzen.Request {
	r = without(r, property)
	r.Action.Properties[property] = v
	return r
}

func TestWhatIsNotGivenIsMissing(t *testing.T) {
	s := source(t)
	for _, question := range allowedQuestions {
		r := ask(t, question)
		for property := range r.Action.Properties {
			want := "missing_property"
			if optionalAlone(r.Action.Name, property) {
				want = "yes"
			}
			if got := codeOf(s.Evaluate(without(r, property), now)); got != want {
				t.Errorf("%s without %s: got %s, want %s", question, property, got, want)
			}
		}
	}
}

// Every property of every action is given every value that it is not: nothing of
// it is ever a yes.
func TestWhatCannotBeReadIsABadProperty(t *testing.T) {
	s := source(t)
	junk := []any{
		nil, true, "", "no such thing", json.Number("7"),
		[]any{},
		[]any{"x", json.Number("7")},
		[]any{nil},
		map[string]any{},
		map[string]any{"x": "y"},
		[]any{[]any{}},
	}
	for _, question := range allowedQuestions {
		r := ask(t, question)
		for property, good := range r.Action.Properties {
			for _, v := range junk {
				want := wanted(property, good, v)
				if got := codeOf(s.Evaluate(changed(r, property, v), now)); !slices.Contains(want, got) {
					t.Errorf("%s with %s %v: got %s, want %v", question, property, v, got, want)
				}
			}
		}
	}
}

// wanted is what a junk value may be answered with: a value of another kind is
// always bad; one of the right kind names what does not exist.
func wanted(property string, good, v any) []string {
	_, list := good.([]any)
	_, text := good.(string)
	_, truth := good.(bool)
	switch v := v.(type) {
	case nil:
		if property == "end_date" {
			return []string{"yes"} // taken away
		}
	case bool:
		if truth {
			return []string{"yes"}
		}
	case string:
		if text && property == "comment" {
			return []string{map[bool]string{true: "missing_property", false: "yes"}[v == ""]}
		}
		if text && v != "" {
			return []string{"bad_property", "accounting_user_unfit", "candidate_unfit"}
		}
	case []any:
		if list && len(v) == 0 {
			return []string{"bad_property", "authoriser_unfit", "role_set_invalid", "yes"}
		}
	}
	return []string{"bad_property"}
}

func TestPropertiesOfOtherActionsAreIgnored(t *testing.T) {
	s := source(t)
	r := ask(t, `carla document.tag document:inv-1 {"role":7,"authorisers":null,"unheard_of":{}}`)
	if a := s.Evaluate(r, now); !a.Decision {
		t.Errorf("got %+v", a)
	}
}

func TestACarriedDocumentIsNotLookedUp(t *testing.T) {
	s := source(t)
	for _, c := range []struct{ question, carried, want string }{
		{"carla document.view document:inv-3", `{}`, "ever_assigned"},
		{"carla document.view document:inv-3", `{"company":"bakery","stage":"tagging"}`, "yes"},
		{"carla document.view document:new", `{"company":"bakery","stage":"tagging"}`, "yes"},
		{"carla document.view document:new", `{"company":"bakery","stage":"booking"}`, "missing_property"},
		{"carla document.view document:new", `{"company":"bakery","stage":"booking","ever_assigned":false}`, "yes"},
		{"carla document.view document:new", `{"stage":"tagging"}`, "missing_property"},
		{"dirk document.view document:new", `{"company":"bakery","stage":"tagging"}`, "missing_property"},
		{"dirk document.view document:new", `{"company":"bakery","stage":"tagging","delivered_by":"dirk"}`, "yes"},
		{"dirk document.view document:new", `{"company":"bakery","stage":"tagging","delivered_by":"anyone"}`, "not_delivered_by_subject"},
		{"anna document.approve document:new", `{"company":"bakery","stage":"authorisation","route":[{"authoriser":"anna","outcome":"pending"}]}`, "yes"},
		{"anna document.approve document:new", `{"company":"bakery","stage":"authorisation","route":[{"authoriser":"bob","outcome":"approved"},{"authoriser":"anna","outcome":"pending"}],"delivered_by":"x"}`, "yes"},
		{"anna document.approve document:new", `{"company":"bakery","stage":"booking","route":[{"authoriser":"anna","outcome":"pending"}]}`, "bad_property"},
		{"anna document.approve document:new", `{"company":"bakery","stage":"authorisation"}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"booking"}`, "yes"},
		{"bram document.book document:new", `{"company":"bakery","stage":"tagging"}`, "wrong_stage"},
		{"bram document.book document:new", `{"company":"forge","stage":"booking"}`, "bad_property"},
		{"bram document.book document:new", `{"company":7,"stage":"booking"}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"Booking"}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":null}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"booking","route":"none"}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"booking","route":[7]}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"booking","route":[{"authoriser":"","outcome":"approved"}]}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"booking","route":[{"authoriser":"anna","outcome":"maybe"}]}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"booking","ever_assigned":"no"}`, "bad_property"},
		{"bram document.book document:new", `{"company":"bakery","stage":"booking","ever_assigned":false,"route":[{"authoriser":"anna","outcome":"approved"}]}`, "bad_property"},
		{"bram document.book document:inv-4", `{"unheard_of":1}`, "yes"},
	} {
		r := ask(t, c.question)
		d := json.NewDecoder(strings.NewReader(c.carried))
		d.UseNumber()
		if err := d.Decode(&r.Resource.Properties); err != nil {
			t.Fatal(err)
		}
		if got := codeOf(s.Evaluate(r, now)); got != c.want {
			t.Errorf("%s carrying %s: got %s, want %s", c.question, c.carried, got, c.want)
		}
	}
}

func TestTheMomentIsTheContextsOrNow(t *testing.T) {
	s := source(t)
	for _, c := range []struct {
		context map[string]any
		want    string
	}{
		{nil, "yes"},
		{map[string]any{}, "yes"},
		{map[string]any{"time": "2026-11-22T10:00:00+01:00"}, "yes"},
		{map[string]any{"time": "2026-11-22"}, "bad_time"},
		{map[string]any{"time": "2026-11-22T9:00:00Z"}, "bad_time"},
		{map[string]any{"time": "2026-11-22T09:00:00,5Z"}, "bad_time"},
		{map[string]any{"time": "2026-11-22T09:00:00.123456789Z"}, "yes"},
		{map[string]any{"time": "2026-11-22T09:00:00+99:99"}, "bad_time"},
		{map[string]any{"time": "0001-01-01T00:00:00Z"}, "bad_time"},
		{map[string]any{"time": ""}, "bad_time"},
		{map[string]any{"time": nil}, "bad_time"},
		{map[string]any{"time": json.Number("1795338000")}, "bad_time"},
		{map[string]any{"Time": "rubbish"}, "yes"},
	} {
		r := ask(t, "carla document.tag document:inv-1")
		r.Context = c.context
		if got := codeOf(s.Evaluate(r, now)); got != c.want {
			t.Errorf("%v: got %s, want %s", c.context, got, c.want)
		}
	}
}

func TestWhatIsUnknownIsDenied(t *testing.T) {
	s := source(t)
	for _, c := range []struct {
		change func(*authzen.Request)
		want   string
	}{
		{func(r *authzen.Request) { r.Subject.ID = "mallory" }, "unknown_user"},
		{func(r *authzen.Request) { r.Subject.ID = "Carla" }, "unknown_user"},
		{func(r *authzen.Request) { r.Subject.ID = "" }, "unknown_user"},
		{func(r *authzen.Request) { r.Subject.Type = "robot" }, "unknown_user"},
		{func(r *authzen.Request) { r.Subject.Type = "User" }, "unknown_user"},
		{func(r *authzen.Request) { r.Action.Name = "document.fly" }, "unknown_action"},
		{func(r *authzen.Request) { r.Action.Name = "Document.tag" }, "unknown_action"},
		{func(r *authzen.Request) { r.Action.Name = "document.*" }, "unknown_action"},
		{func(r *authzen.Request) { r.Action.Name = "" }, "unknown_action"},
		{func(r *authzen.Request) { r.Resource.Type = "folder" }, "unknown_resource"},
		{func(r *authzen.Request) { r.Resource.Type = "company" }, "unknown_resource"},
		{func(r *authzen.Request) { r.Resource.ID = "inv-9" }, "unknown_resource"},
		{func(r *authzen.Request) { r.Resource.ID = "*" }, "unknown_resource"},
	} {
		r := ask(t, "carla document.tag document:inv-1")
		c.change(&r)
		a := s.Evaluate(r, now)
		if got := codeOf(a); got != c.want || a.Context.Reason == "" {
			t.Errorf("%+v: got %s (%s), want %s", r, got, a.Context.Reason, c.want)
		}
	}
	var nobody authzen.Source
	nobody.Snapshot = new(policy.Snapshot)
	if a := nobody.Evaluate(ask(t, "carla document.tag document:inv-1"), now); a.Decision {
		t.Error("an office with nobody in it allows")
	}
}
