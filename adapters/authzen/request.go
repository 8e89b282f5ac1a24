// Package authzen speaks the shapes of the OpenID AuthZEN Authorization API 1.0:
// a request in JSON, answered by a policy.Snapshot.
//
// A request is read strictly: a key twice, trailing data or invalid UTF-8 make it
// no request at all. What it asks is read for what it means: whatever is unknown,
// missing or unreadable is denied with a code, and is never an error. Unknown
// members are ignored, as AuthZEN has it.
package authzen

import (
	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/problems"
)

// Limits on what is read as a request. Beyond them it is not a request.
const (
	MaxBytes = 1 << 20             // the longest a request may be
	MaxDepth = strictjson.MaxDepth // how deep objects and lists may nest
)

// Request is an AuthZEN access evaluation request. Values are as encoding/json
// reads them into an any: map[string]any, []any, string, bool, nil; and
// json.Number, which no property is.
type Request struct {
	Subject  Entity
	Action   Action
	Resource Entity
	Context  map[string]any
}

// Entity is a subject or a resource.
type Entity struct {
	Type, ID   string
	Properties map[string]any
}

// Action is what is asked for.
type Action struct {
	Name       string
	Properties map[string]any
}

// Parse reads a request. Its errors, each a *problems.Problem, are all that makes
// the input no request; what a request asks is not looked at.
func Parse(data []byte) (Request, error) {
	root, err := object(data, MaxBytes)
	if err != nil {
		return Request{}, err
	}
	return requestOf(root)
}

// object reads an object.
func object(data []byte, maxBytes int) (map[string]any, error) {
	v, err := strictjson.Parse(data, maxBytes)
	if err != nil {
		return nil, err
	}
	root, ok := v.(map[string]any)
	if !ok {
		return nil, &problems.Problem{Found: strictjson.Kind(v), Expected: "an object with subject, action and resource"}
	}
	return root, nil
}

func requestOf(root map[string]any) (Request, error) {
	var list problems.List
	r := reader{&list}
	request := Request{
		Subject: r.entity(root, "subject"), Action: r.action(root), Resource: r.entity(root, "resource"),
		Context: r.properties(root, "", "context"),
	}
	if err := list.Err(); err != nil {
		return Request{}, err
	}
	return request, nil
}

// reader takes members out of objects and notes what is not as it should be.
type reader struct{ *problems.List }

func (r reader) object(parent map[string]any, key string) map[string]any {
	v, ok := parent[key]
	o, isObject := v.(map[string]any)
	switch {
	case !ok:
		r.Add(key, "nothing", "an object")
	case !isObject:
		r.Add(key, strictjson.Kind(v), "an object")
	}
	return o
}

func (r reader) entity(root map[string]any, key string) Entity {
	o := r.object(root, key)
	return Entity{r.text(o, key, "type"), r.text(o, key, "id"), r.properties(o, key, "properties")}
}

// kind is an entity that is searched for: it has no id, and one that it has is ignored.
func (r reader) kind(root map[string]any, key string) Entity {
	o := r.object(root, key)
	return Entity{Type: r.text(o, key, "type"), Properties: r.properties(o, key, "properties")}
}

func (r reader) action(root map[string]any) Action {
	o := r.object(root, "action")
	return Action{r.text(o, "action", "name"), r.properties(o, "action", "properties")}
}

func (r reader) text(o map[string]any, path, key string) string {
	v, ok := o[key]
	s, isString := v.(string)
	switch {
	case o == nil: // noted already
	case !ok:
		r.Add(problems.Join(path, key), "nothing", "a string")
	case !isString:
		r.Add(problems.Join(path, key), strictjson.Kind(v), "a string")
	}
	return s
}

// properties may be absent or null, which is the same.
func (r reader) properties(o map[string]any, path, key string) map[string]any {
	v := o[key]
	p, isObject := v.(map[string]any)
	if v != nil && !isObject {
		r.Add(problems.Join(path, key), strictjson.Kind(v), "an object")
	}
	return p
}
