package policy

import "math/bits"

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
//
// What a denial is for want of: what the action always needs and, unless one of its
// rules holds, what the rules miss that are for whoever asks. Where no rule is, a role
// is missing; where none is for a role, what makes it somebody's.
func (t *rowsOf) decide(have, untold Facts) Decision {
	missing := t.always &^ have
	var ofMine, ofAny Facts
	for i := range t.rows {
		r := &t.rows[i]
		lacks := r.needs &^ have
		if lacks == 0 {
			if missing == 0 {
				return Decision{rule: r.id}
			}
			return deniedFor(missing, untold)
		}
		ofAny |= lacks
		if r.who&^have != 0 {
			lacks = 0
		}
		ofMine |= lacks
	}
	switch {
	case ofMine != 0:
		return deniedFor(missing|ofMine, untold)
	case t.role != 0:
		return deniedFor(missing|t.role, untold)
	}
	return deniedFor(missing|ofAny, untold)
}

// deniedFor is the denial for want of some facts.
func deniedFor(missing, untold Facts) Decision {
	if missing&untold != 0 {
		return denied(MissingProperty)
	}
	return denied(codeOf[bits.TrailingZeros64(uint64(missing))&63])
}

// codeOf is the code of each fact; of several that are missing, the first says why.
var codeOf = func() (of [64]Code) {
	for i := range factTable {
		of[i] = factTable[i].code
	}
	return of
}()
