package policy

import (
	"iter"
	"slices"
)

// Grounds is what one question is decided on, so that it can be decided again: by a
// Variant of the policy, or with a fact more. They hold whoever asks, about what, and
// when, and say none of it. The zero Grounds denies.
type Grounds struct {
	action Action
	parts  []ground // none where the question could not be asked
	fault  Code     // why it could not
}

// ground is what one part of a question is decided on.
type ground struct{ have, untold Facts }

// Grounds is what Check decides a question of the subject on.
func (s *Subject) Grounds(a Action, r Resource, with *With) Grounds {
	q := ask(s, a, r, with, false)
	return groundsOf(&q)
}

// CouldGrounds is what Could decides a question of the subject on.
func (s *Subject) CouldGrounds(a Action, r Resource, with *With) Grounds {
	q := ask(s, a, r, with, true)
	return groundsOf(&q)
}

func groundsOf(q *question) Grounds {
	if code := q.fault(); code != 0 {
		return Grounds{action: q.action, fault: q.faulty(code).code}
	}
	parts := make([]ground, q.parts())
	whole := q.established()
	for i := range parts {
		parts[i] = ground{whole | q.partFacts(i), q.untoldOf(i)}
	}
	return Grounds{action: q.action, parts: parts}
}

// Action is what was asked for; zero for one that is not in the vocabulary.
func (g Grounds) Action() Action { return g.action }

// Decision is the policy's, without its warnings.
func (g Grounds) Decision() Decision { return g.by(nil) }

// by decides by the rules of a variant, or by those there are.
func (g Grounds) by(t *rowsOf) Decision {
	if len(g.parts) == 0 {
		return denied(g.fault)
	}
	if t == nil {
		t = &table[g.action]
	}
	d := t.decide(g.parts[0].have, g.parts[0].untold)
	for _, part := range g.parts[1:] {
		if next := t.decide(part.have, part.untold); next.before(d) {
			d = next
		}
	}
	return d
}

// Rules is the rules that allow it, one for each part of the question and each but
// once; none where it is denied.
func (g Grounds) Rules() (allowed []RuleID) {
	if !g.Decision().Allowed() {
		return nil
	}
	for _, part := range g.parts {
		if rule := decide(g.action, part.have, part.untold).rule; !slices.Contains(allowed, rule) {
			allowed = append(allowed, rule)
		}
	}
	return allowed
}

// Turning is the facts of which a single one, were it established too, would turn
// the denial into an allowance; none where it is allowed, or could not be asked.
func (g Grounds) Turning() (turning Facts) {
	if len(g.parts) == 0 || g.Decision().Allowed() {
		return 0
	}
	for f := range (factsEnd - 1).Each() {
		if !slices.ContainsFunc(g.parts, func(p ground) bool { return !decide(g.action, p.have|f, p.untold).Allowed() }) {
			turning |= f
		}
	}
	return turning
}

// Variant is the policy with one thing taken out of it, and so a wrong policy: a
// rule, or one fact that a rule or an action needs. A suite of tests that no variant
// can pass says all that the policy says. The zero Variant is the policy itself.
type Variant struct {
	// Action is the one whose rules are other.
	Action Action
	// Rule is the rule that is out, or that does without Fact; zero where it is the
	// action that does.
	Rule RuleID
	// Fact is what is needed no more; zero where the whole rule is out.
	Fact Facts

	rules *rowsOf
}

// Variants goes through every variant, in the order of the actions and of the rules:
// first an action that does without one fact that it always needs, then for each rule
// that it is out, and that it does without one of its facts. A fact that comes with the
// others of its rule is left out: nobody could tell that variant from the policy.
func Variants() iter.Seq[Variant] {
	return func(yield func(Variant) bool) {
		for a := range AllActions() {
			for f := range table[a].always.Each() {
				if !yield(Variant{a, 0, f, table[a].doing(0, f)}) {
					return
				}
			}
			for i := range table[a].rows {
				if !variantsOf(a, &table[a].rows[i], yield) {
					return
				}
			}
		}
	}
}

func variantsOf(a Action, r *row, yield func(Variant) bool) bool {
	if !yield(Variant{a, r.id, 0, table[a].doing(r.id, 0)}) {
		return false
	}
	for f := range (r.needs &^ r.implied()).Each() {
		if !yield(Variant{a, r.id, f, table[a].doing(r.id, f)}) {
			return false
		}
	}
	return true
}

// implied is the facts of a rule that come with its others. An SME Accountant manages
// client-side users and is none, so whom they manage is somebody else.
func (r *row) implied() Facts {
	return when(r.needs.Has(IsSMEAccountant|Manageable), r.needs&Another)
}

// doing is the rules doing without a fact or a rule, as a Variant has them.
func (t *rowsOf) doing(without RuleID, f Facts) *rowsOf {
	other := rowsOf{always: t.always}
	if without == 0 {
		other.always &^= f
	}
	for _, r := range t.rows {
		switch {
		case r.id != without:
		case f == 0:
			continue
		default:
			r.who, r.needs = r.who&^f, r.needs&^f
		}
		other.role |= r.who & roleFacts
		other.rows = append(other.rows, r)
	}
	return &other
}

// String is what is taken out: "document.book/booker without link_verified",
// "document.view without active", "no document.view/client". It is empty for the
// zero Variant.
func (v Variant) String() string {
	switch {
	case v.Action == 0:
		return ""
	case v.Fact == 0:
		return "no " + v.Rule.String()
	case v.Rule == 0:
		return v.Action.String() + " without " + v.Fact.String()
	}
	return v.Rule.String() + " without " + v.Fact.String()
}

// Decide decides by the variant, without warnings. Only questions about its Action
// can come out differently.
func (v Variant) Decide(g Grounds) Decision {
	if g.action != v.Action {
		return g.Decision()
	}
	return g.by(v.rules)
}
