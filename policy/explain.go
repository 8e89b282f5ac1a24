package policy

import (
	"slices"
	"strings"

	"github.com/mandaat/mandaat/words"
)

// Explanation is a decision with what there is to say about it to its reader.
type Explanation struct {
	Decision
	// Reason is one or two sentences in the reader's language; empty for nobody.
	Reason string
	// Near is the rule that allowed; or, on a denial, the rules that came closest
	// and what each missed: those that held, where only a guard denied; else those
	// that are for whoever asks; else all of the action's. It is empty where the
	// question could not be asked at all.
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

// Explain answers one question as Check does, and says why, in English, for the
// office's own staff.
func (s *Snapshot) Explain(r Request) Explanation {
	return s.ExplainTo(Reader{Audience: Staff}, r)
}

// ExplainTo answers one question as Check does, and says why to a reader. To
// nobody it gives the code alone.
func (s *Snapshot) ExplainTo(to Reader, r Request) Explanation { return s.explain(to, r, false) }

// ExplainCould answers one question as Subject.Could does, and says why to a reader.
func (s *Snapshot) ExplainCould(to Reader, r Request) Explanation { return s.explain(to, r, true) }

func (s *Snapshot) explain(to Reader, r Request, supplied bool) Explanation {
	subject := s.Subject(r.Subject, r.At)
	q := ask(&subject, r.Action, r.Resource, r.With, supplied)
	q.asker = r.Subject
	v := q.judge()
	e := Explanation{Decision: v.Decision, Policy: s.policy}
	if to.Audience == Nobody {
		e.warnings = 0
		return e
	}
	switch {
	case v.Allowed():
		rule := v.rule.Rule()
		e.Near, e.Source, e.Reason = []Near{{Rule: v.rule}}, rule.Source, words.Say(rule.Why).In(to.Language)
	case !v.asked:
		e.Reason = q.say(q.faultSaying(v.code), to, v, e)
	default:
		e.Near, e.Guard = near(q.action, v.have)
		e.Source = sources(v.code, e)
		e.Reason = q.say(q.denialSaying(v, e), to, v, e)
	}
	return e
}

// missed is all the facts that were missed.
func (e Explanation) missed() Facts {
	missed := e.Guard
	for _, n := range e.Near {
		missed |= n.Missed
	}
	return missed
}

// near is the rules closest to allowing, and what each missed: those that hold,
// where only a guard denied; else those that are for whoever asks; else all.
func near(a Action, have Facts) (rules []Near, guard Facts) {
	t := &table[a]
	for _, nearest := range [...]func(row) bool{
		func(r row) bool { return have.Has(r.needs) },
		func(r row) bool { return have.Has(r.who) },
		func(row) bool { return true },
	} {
		for _, r := range t.rows {
			if nearest(r) {
				rules = append(rules, Near{r.id, r.needs &^ have})
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
		for s := range strings.SplitSeq(source, ", ") {
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
