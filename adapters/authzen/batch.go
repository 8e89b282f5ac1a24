package authzen

import (
	"fmt"
	"net/http"

	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/problems"
)

// semantic says which decision, if any, ends a batch.
type semantic uint8

const (
	executeAll semantic = iota
	denyOnFirstDeny
	permitOnFirstPermit
)

var semantics = map[string]semantic{
	"execute_all": executeAll, "deny_on_first_deny": denyOnFirstDeny, "permit_on_first_permit": permitOnFirstPermit,
}

func (s semantic) ends(decision bool) bool {
	return s == denyOnFirstDeny && !decision || s == permitOnFirstPermit && decision
}

// evaluations answers a batch, or one request where there is none.
func (x *exchange) evaluations() {
	root, ok := x.body()
	if !ok {
		return
	}
	list, err := itemsOf(root)
	switch most := x.most(); {
	case err != nil:
		x.bad(err)
		return
	case len(list) == 0:
		x.single(root)
		return
	case len(list) > most:
		x.refuse(http.StatusBadRequest, fmt.Sprintf("evaluations: found %d, expected at most %d", len(list), most))
		return
	}
	b, err := batchOf(root)
	if err != nil {
		x.bad(err)
		return
	}
	if j, ok := x.ready(); ok {
		j.all(b, list)
	}
}

func (x *exchange) most() int {
	if x.MaxBatch > 0 {
		return x.MaxBatch
	}
	return DefaultMaxBatch
}

// itemsOf is the evaluations. None, and null, is a single request.
func itemsOf(root map[string]any) ([]any, error) {
	v := root["evaluations"]
	list, isList := v.([]any)
	if v != nil && !isList {
		return nil, &problems.Problem{Path: "evaluations", Found: strictjson.Kind(v), Expected: "a list"}
	}
	return list, nil
}

// batch is what the evaluations of a request share.
type batch struct {
	semantic
	Request                        // the defaults
	subject, action, resource bool // whether there is such a default
}

// batchOf reads all of a batch but the evaluations: a default that is there must be whole.
func batchOf(root map[string]any) (b batch, err error) {
	var list problems.List
	r := reader{&list}
	if _, b.subject = root["subject"]; b.subject {
		b.Subject = r.entity(root, "subject")
	}
	if _, b.action = root["action"]; b.action {
		b.Action = r.action(root)
	}
	if _, b.resource = root["resource"]; b.resource {
		b.Resource = r.entity(root, "resource")
	}
	b.Context = r.properties(root, "", "context")
	options := r.properties(root, "", "options")
	if v, given := options["evaluations_semantic"]; given {
		name, _ := v.(string)
		var known bool
		if b.semantic, known = semantics[name]; !known {
			r.Add("options.evaluations_semantic", strictjson.Kind(v), "execute_all, deny_on_first_deny or permit_on_first_permit")
		}
	}
	return b, list.Err()
}

// all answers the evaluations, up to the one that ends them.
func (j *judge) all(b batch, list []any) {
	found := defaults{batch: &b, act: j.act(b.Action), thing: j.thing(b.Resource)}
	out := chunks{exchange: j.exchange, buf: []byte(`{"evaluations":[`)}
	for i, v := range list {
		if i > 0 {
			out.buf = append(out.buf, ',')
		}
		a := j.item(&found, v)
		out.buf = appendAnswer(out.buf, a)
		if b.ends(a.Decision) {
			break
		}
		if !out.flush(chunk) {
			return
		}
	}
	out.buf = append(out.buf, ']', '}')
	out.flush(0)
}

// defaults is what the evaluations share, with what is found of it.
type defaults struct {
	*batch
	act
	thing
}

// item answers one evaluation. What an evaluation leaves out is the default, as a whole;
// one that is no request is denied by itself.
func (j *judge) item(d *defaults, v any) Answer {
	o, ok := v.(map[string]any)
	if !ok {
		return Refused(&problems.Problem{Found: strictjson.Kind(v), Expected: "an object"})
	}
	r, own, err := d.fill(o)
	if err != nil {
		return Refused(err)
	}
	a, t := d.act, d.thing
	if own.action {
		a = j.act(r.Action)
	}
	if own.resource {
		t = j.thing(r.Resource)
	}
	return j.decide(r, a, t)
}

// fill is an evaluation with the defaults filled in, and what was its own.
func (d *defaults) fill(o map[string]any) (request Request, own batch, err error) {
	var list problems.List
	r := reader{&list}
	request = d.Request
	if _, own.subject = o["subject"]; own.subject || !d.subject {
		request.Subject = r.entity(o, "subject")
	}
	if _, own.action = o["action"]; own.action || !d.action {
		request.Action = r.action(o)
	}
	if _, own.resource = o["resource"]; own.resource || !d.resource {
		request.Resource = r.entity(o, "resource")
	}
	if _, given := o["context"]; given {
		request.Context = r.properties(o, "", "context")
	}
	return request, own, list.Err()
}
