package authzen

import (
	"time"

	"github.com/mandaat/mandaat/policy"
)

// judge answers the questions of one HTTP request.
type judge struct {
	*exchange
	Source
	now time.Time
}

// moment is when a request is asked.
func (j *judge) moment(r Request) time.Time {
	if j.AllowContextTime {
		return moment(r.Context, j.now)
	}
	return j.now
}

// evaluation answers one request.
func (x *exchange) evaluation() {
	if root, ok := x.body(); ok {
		x.single(root)
	}
}

func (x *exchange) single(root map[string]any) {
	r, err := requestOf(root)
	if err != nil {
		x.bad(err)
		return
	}
	if j, ok := x.ready(); ok {
		x.write(appendAnswer(nil, j.decide(r, j.act(r.Action), j.thing(r.Resource))))
	}
}

// decide answers a request, whose action and resource are found, and tells of it.
func (j *judge) decide(r Request, a act, t thing) Answer {
	at := j.moment(r)
	e := j.explain(question(r, a, t, at))
	if j.Decided != nil {
		j.Decided(j.r.Context(), Decided{
			RequestID: j.id, Request: r, At: at, Decision: e.Decision, Rules: rulesOf(e), Policy: e.Policy, Version: j.Version,
		})
	}
	return j.answer(r, e)
}

// explain says why, as far as somebody is told: the reader, and whoever is told of
// decisions.
func (j *judge) explain(q policy.Request) policy.Explanation {
	to := j.Reader
	if to.Audience == policy.Nobody {
		e := policy.Explanation{Decision: j.Snapshot.Check(q), Policy: j.Snapshot.Policy()}
		switch {
		case j.Decided == nil:
			return e
		case e.Allowed():
			e.Near = []policy.Near{{Rule: e.Rule()}}
			return e
		}
		to.Audience = policy.Staff
	}
	return j.Snapshot.ExplainTo(to, q)
}
