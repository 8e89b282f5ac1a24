package policy

// Decision is the answer to a question. It is small and comparable. The zero
// Decision denies.
type Decision struct {
	rule     RuleID
	code     Code
	warnings Warnings
}

// Allowed says whether the answer is yes.
func (d Decision) Allowed() bool { return d.rule != 0 }

// Rule is the rule that allowed; zero on a denial.
func (d Decision) Rule() RuleID { return d.rule }

// Code says why not; zero on an allowance.
func (d Decision) Code() Code { return d.code }

// Warnings is what goes with the answer and changes nothing about it.
func (d Decision) Warnings() Warnings { return d.warnings }

// before says whether the decision on one part of a question counts before that on
// another: a denial does, and of two the one whose code is first.
func (d Decision) before(other Decision) bool {
	return !d.Allowed() && (other.Allowed() || d.code < other.code)
}

func denied(code Code) Decision { return Decision{code: code} }

// decide decides on an action by the rules as they are.
func decide(a Action, have, untold Facts) Decision { return table[a].decide(have, untold) }

// decide is the whole evaluator: an action is allowed when what it always needs
// is established and one of its rules is. untold is the facts that could not be
// established because a document was told only in part.
func (t *rowsOf) decide(have, untold Facts) Decision {
	if have.Has(t.always) {
		for i := range t.rows {
			if have.Has(t.rows[i].needs) {
				return Decision{rule: t.rows[i].id}
			}
		}
	}
	missing := t.missing(have)
	if missing&untold != 0 {
		return denied(MissingProperty)
	}
	return denied(missing.Code())
}

// missing is the facts for want of which a word is denied: those the action
// always needs and, unless one of its rules holds, those of the rules that are
// for whoever asks. Where no rule is, a role is missing; where none is for a
// role, what makes it somebody's.
func (t *rowsOf) missing(have Facts) Facts {
	always, ofRules := t.always&^have, Facts(0)
	somebodys := false
	for i := range t.rows {
		if have.Has(t.rows[i].needs) {
			return always
		}
		if have.Has(t.rows[i].who) {
			somebodys = true
			ofRules |= t.rows[i].needs &^ have
		}
	}
	switch {
	case somebodys:
		return always | ofRules
	case t.role != 0:
		return always | t.role
	}
	for i := range t.rows {
		ofRules |= t.rows[i].needs &^ have
	}
	return always | ofRules
}
