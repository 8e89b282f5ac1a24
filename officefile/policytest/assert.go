package policytest

import (
	"fmt"
	"slices"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
)

// Can asserts that somebody may do something, with the properties that are given: at
// most one With, none for an action that takes none. Where they may not, the failure
// names the smallest change after which they could.
func (o Office) Can(t TB, who users.ID, a policy.Action, r policy.Resource, with ...policy.With) {
	t.Helper()
	q := o.question(t, who, a, r, with)
	o.known(t, q, 0)
	if !o.Snapshot().Check(q.Request).Allowed() {
		s := o.answered(q, "yes")
		o.remedy(s, q)
		t.Errorf("%s", s)
	}
}

// Cannot asserts that somebody may not do something, and for which reason: a denial
// with another code fails too, since it would stay one for the wrong reason.
func (o Office) Cannot(t TB, who users.ID, a policy.Action, r policy.Resource, code policy.Code, with ...policy.With) {
	t.Helper()
	q := o.question(t, who, a, r, with)
	if code == 0 {
		t.Fatalf("%s: expected a no for no reason; say which code it is denied with", q)
	}
	o.known(t, q, code)
	if got := o.Snapshot().Check(q.Request); got.Allowed() || got.Code() != code {
		t.Errorf("%s", o.answered(q, "no, "+code.String()))
	}
}

// OnlyThese asserts that these users of the office may do something, and no other;
// with no user, that nobody may. A property that is not given is taken as well
// supplied, as review.Who does. What cannot be asked of anybody ends the test.
func (o Office) OnlyThese(t TB, these []users.ID, a policy.Action, r policy.Resource, with ...policy.With) {
	t.Helper()
	q := o.question(t, "", a, r, with)
	o.askable(t, q, these)
	var could []users.ID
	var wrong sheet
	for actor := range review.Who(o.State, a, r, q.With, o.At) {
		could = append(could, actor.User)
		if rule := actor.Rule.Rule(); !slices.Contains(these, actor.User) {
			wrong.line(string(actor.User), fmt.Sprintf("may, by %s: %s (%s)", actor.Rule, rule.Why, rule.Source))
		}
	}
	for _, id := range these {
		if !slices.Contains(could, id) {
			wrong.line(string(id), "may not: "+o.refused(q, id))
		}
	}
	if wrong.Len() > 0 {
		t.Errorf("%s: expected %s, got %s%s", q.asked(), onlyThese(these), together(could), wrong.String())
	}
}

func onlyThese(list []users.ID) string {
	if len(list) == 0 {
		return "nobody"
	}
	return together(list) + " and nobody else"
}

// refused says why somebody may not do what everybody was asked about.
func (o Office) refused(q Question, who users.ID) string {
	q.Subject = who
	subject := o.Snapshot().Subject(who, o.At)
	d, _ := subject.Could(q.Action, q.Resource, q.With)
	if e := o.Snapshot().ExplainTo(reader, q.Request); e.Code() == d.Code() { // and not a property that was left open
		return d.Code().String() + ": " + e.Reason
	}
	return d.Code().String() + ": " + d.Code().In(reader.Language)
}

// askable ends the test where nobody could be asked, or somebody is named who is not
// there.
func (o Office) askable(t TB, q Question, these []users.ID) {
	t.Helper()
	asked := users.ID("")
	for u := range o.Office().Users() {
		asked = u.ID
	}
	if asked == "" {
		t.Fatalf("%s: there is nobody in this office", q.asked())
	}
	for _, id := range these {
		if _, ok := o.Office().User(id); !ok {
			t.Fatalf("%s: %s", q.asked(), o.nobody(id))
		}
	}
	q.Subject = asked
	o.known(t, q, 0)
	if code := review.CannotAsk(o.State, q.Action, q.Resource, q.With, o.At); code != 0 {
		t.Fatalf("%s: %s: %s", q.asked(), code, code.In(reader.Language))
	}
}

// Decision is the answer to a question, for assertions of one's own: of a rule, or of
// warnings. A name that the office does not know ends the test.
func (o Office) Decision(t TB, who users.ID, a policy.Action, r policy.Resource, with ...policy.With) policy.Decision {
	t.Helper()
	q := o.question(t, who, a, r, with)
	o.known(t, q, 0)
	return o.Snapshot().Check(q.Request)
}

func (o Office) question(t TB, who users.ID, a policy.Action, r policy.Resource, with []policy.With) Question {
	t.Helper()
	q := Question{policy.Request{Subject: who, Action: a, Resource: r, At: o.At}}
	if len(with) > 1 {
		t.Fatalf("%s: found %d times properties, expected all of them in one", q, len(with))
	}
	if len(with) == 1 {
		q.With = &with[0]
	}
	return q
}
