package policy

import (
	"slices"
	"strings"
)

// Explanation is a decision with what there is to say about it, for the office's
// own staff.
type Explanation struct {
	Decision
	// Reason is one or two English sentences.
	Reason string
	// Near is the rule that allowed; or, on a denial, the rules that are for
	// whoever asks (all of the action's where none is) and what each missed. It is
	// empty where the question could not be asked at all.
	Near []Near
	// Guard is what the action needs whichever rule opens it, and was missed.
	Guard Facts
	// Source is the articles that the answer comes from, by short name; empty
	// where the question could not be asked at all.
	Source string
	// Policy names the rule table that decided, as Snapshot.Policy does.
	Policy string
}

// Near is a rule and the facts it missed; none missed on an allowance.
type Near struct {
	Rule   RuleID
	Missed Facts
}

// Explain answers one question as Check does, and says why.
func (s *Snapshot) Explain(r Request) Explanation {
	subject := s.Subject(r.Subject, r.At)
	q := question{Subject: &subject, action: r.Action, resource: r.Resource, with: r.With}
	v := q.judge()
	e := Explanation{Decision: v.Decision, Policy: s.policy}
	switch {
	case v.Allowed():
		rule := v.rule.Rule()
		e.Near, e.Source, e.Reason = []Near{{Rule: v.rule}}, rule.Source, rule.Why
	case !v.asked:
		e.Reason = q.faultReason(s, r, v.code)
	default:
		e.Near, e.Guard = near(q.action, v.have)
		e.Source = sources(v.code, e)
		e.Reason = q.reason(v, e)
	}
	return e
}

// near is the rules that are for whoever asks, or all of the action's where none
// is, and what was missed.
func near(a Action, have Facts) (rules []Near, guard Facts) {
	t := &table[a]
	for _, only := range [...]bool{true, false} {
		for _, row := range t.rows {
			if !only || have.Has(row.who) {
				rules = append(rules, Near{row.id, row.needs &^ have})
			}
		}
		if rules != nil {
			break
		}
	}
	return rules, t.always &^ have
}

// sources is where the missed facts that gave the code come from: the articles
// of the facts for a guard, of the rules otherwise.
func sources(code Code, e Explanation) string {
	var list []string
	add := func(source string) {
		for _, s := range strings.Split(source, ", ") {
			if !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	for f := range e.Guard.Each() {
		if f.Code() == code {
			add(f.info().source)
		}
	}
	if list == nil {
		for _, n := range e.Near {
			add(n.Rule.Rule().Source)
		}
	}
	return strings.Join(list, ", ")
}
