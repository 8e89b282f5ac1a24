package decisionlog

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
)

// keeper takes from a question what decides. The question itself is not changed.
type keeper struct {
	room int      // bytes left for properties
	cut  []string // what could not be kept whole, by its path
}

// kept is what a line holds of a question, and the paths of what it does not hold
// whole.
func kept(r authzen.Request) (authzen.Request, []string) {
	k := keeper{room: maxKept}
	r = authzen.Request{
		Subject:  authzen.Entity{Type: k.text("subject.type", r.Subject.Type), ID: k.text("subject.id", r.Subject.ID)},
		Action:   authzen.Action{Name: k.text("action.name", r.Action.Name), Properties: k.taken(r.Action)},
		Resource: authzen.Entity{Type: k.text("resource.type", r.Resource.Type), ID: k.text("resource.id", r.Resource.ID), Properties: k.carried(r.Resource)},
	}
	return r, k.cut
}

// text is a text, or its beginning.
func (k *keeper) text(path, s string) string {
	if len(s) <= maxText && utf8.ValidString(s) {
		return s
	}
	k.cut = append(k.cut, path)
	return beginning(s)
}

// beginning is as much of a text as a line holds, as UTF-8.
func beginning(s string) string {
	if len(s) > maxText {
		return strings.ToValidUTF8(s[:maxText], "") + "…"
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// taken is the properties that an action takes.
func (k *keeper) taken(a authzen.Action) map[string]any {
	action, err := policy.ParseAction(a.Name)
	if err != nil || len(a.Properties) == 0 {
		return nil
	}
	needed, optional := action.Takes()
	var properties map[string]any
	for p := range (needed | optional).Each() {
		shape := plain
		if p == policy.PropertyComment {
			shape = comment
		}
		k.keep(&properties, "action", a.Properties, p.String(), shape)
	}
	return properties
}

// carried is the properties of a document that the asker carries.
func (k *keeper) carried(e authzen.Entity) map[string]any {
	if e.Type != policy.Document.String() || len(e.Properties) == 0 {
		return nil
	}
	var properties map[string]any
	for _, key := range [...]string{"company", "delivered_by", "stage", "route", "ever_assigned"} {
		shape := plain
		if key == "route" {
			shape = step
		}
		k.keep(&properties, "resource", e.Properties, key, shape)
	}
	return properties
}

// keep adds a property that was given to those that are kept.
func (k *keeper) keep(properties *map[string]any, of string, given map[string]any, key string, shape shaper) {
	v, ok := given[key]
	if !ok {
		return
	}
	if v, ok = k.shaped(v, shape); !ok {
		k.cut = append(k.cut, of+".properties."+key)
		return
	}
	if *properties == nil {
		*properties = make(map[string]any)
	}
	(*properties)[key] = v
}

// shaped is what is kept of a value: of a list each element, of anything else what the
// shaper keeps; not ok where that is not all that decides.
func (k *keeper) shaped(v any, shape shaper) (any, bool) {
	list, ok := v.([]any)
	if !ok {
		return shape(k, v)
	}
	if len(list) > k.room {
		return nil, false
	}
	short := make([]any, len(list))
	for i, e := range list {
		if short[i], ok = shape(k, e); !ok {
			return nil, false
		}
	}
	return short, true
}

// A shaper is what is kept of one value that is no list; not ok where that is not all
// that decides.
type shaper func(*keeper, any) (any, bool)

// plain keeps ids, codes, dates and truths. No property is a number or an object, nor
// a list in a list: of those only that much is kept, which says as well that the
// property could not be read.
func plain(k *keeper, v any) (any, bool) {
	switch v := v.(type) {
	case nil, bool:
		return v, k.takes(len("false"))
	case string:
		return v, len(v) <= maxText && utf8.ValidString(v) && k.takes(len(v))
	case []any:
		return []any{}, k.takes(0)
	case map[string]any:
		return map[string]any{}, k.takes(0)
	}
	return json.Number("0"), k.takes(0)
}

// comment keeps whether there is one.
func comment(k *keeper, v any) (any, bool) {
	if s, ok := v.(string); ok {
		v = standIn(s)
	}
	return plain(k, v)
}

func standIn(s string) string {
	switch {
	case s == "":
		return ""
	case documents.Blank(s):
		return blankComment
	}
	return someComment
}

// step keeps a step of a route, its comment only as being there.
func step(k *keeper, v any) (any, bool) {
	o, ok := v.(map[string]any)
	if !ok {
		return plain(k, v)
	}
	short := make(map[string]any, len(o))
	for _, key := range [...]string{"authoriser", "outcome", "comment"} {
		v, given := o[key]
		if !given {
			continue
		}
		shape := plain
		if key == "comment" {
			shape = comment
		}
		if short[key], ok = shape(k, v); !ok || !k.takes(len(key)) {
			return nil, false
		}
	}
	return short, k.takes(0)
}

// takes says whether there is room for a value of so many bytes and the signs that go
// with it, and takes that room.
func (k *keeper) takes(n int) bool {
	k.room -= n + len(`"":,`)
	return k.room >= 0
}
