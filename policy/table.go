package policy

import (
	"iter"
	"slices"

	"github.com/mandaat/mandaat/internal/enum"
)

// RuleID names a rule for an action: "document.tag/client". The zero RuleID is
// none.
type RuleID uint8

// row is a rule as the check reads it: what it needs in all, and the part of
// that which says who it is for.
type row struct {
	id         RuleID
	who, needs Facts
}

// rowsOf is what the check reads of an action. role is set where the action's
// rules are for roles, so that somebody can lack them; spoken is every fact that its
// guards and rules speak of.
type rowsOf struct {
	always Facts
	role   Facts
	spoken Facts
	plain  bool // nothing counts but who asks and the resource
	rows   []row
}

// table is the rules by action, and ruleIDs and ruleOf the rows by id. They are
// laid out once, from the page, and never change.
var table, ruleIDs, ruleOf = layOut(rules[:])

func layOut(page []Rule) (byAction [actionsEnd]rowsOf, ids []string, of []*Rule) {
	ids, of = []string{""}, []*Rule{nil}
	for a := range AllActions() {
		of0 := &byAction[a]
		of0.always = a.Always()
		of0.spoken = of0.always
		for i := range page {
			rule := &page[i]
			if !slices.Contains(rule.Actions, a) {
				continue
			}
			of0.rows = append(of0.rows, row{RuleID(len(ids)), rule.For, rule.For | rule.When}) //nolint:gosec // fewer than 256, tested
			of0.spoken |= rule.For | rule.When
			of0.role |= rule.For & roleFacts
			ids, of = append(ids, a.String()+"/"+rule.Slug), append(of, rule)
		}
		needed, optional := a.Takes()
		of0.plain = needed|optional == 0 && (ofAsker | onResource[a.On()]).Has(of0.spoken)
	}
	return byAction, ids, of
}

// AllRules goes through the rules by id, in the order of the actions.
func AllRules() iter.Seq[RuleID] {
	return func(yield func(RuleID) bool) {
		for i := range ruleIDs[1:] {
			if !yield(RuleID(i + 1)) {
				return
			}
		}
	}
}

// ParseRuleID reads a rule's id, spelt exactly: "document.tag/client".
func ParseRuleID(text string) (RuleID, error) { return enum.Parse[RuleID](ruleIDs, text) }

// String is the rule's id; the zero RuleID prints as nothing.
func (r RuleID) String() string {
	if r == 0 {
		return ""
	}
	return enum.Print("RuleID", ruleIDs, r)
}

// Rule is the row of the policy that the id names; the zero Rule for none.
func (r RuleID) Rule() Rule {
	if r == 0 || int(r) >= len(ruleOf) {
		return Rule{}
	}
	return *ruleOf[r]
}

// MarshalText writes the id; the zero RuleID is an error.
func (r RuleID) MarshalText() ([]byte, error) { return enum.Marshal("RuleID", ruleIDs, r) }

// UnmarshalText reads an id as ParseRuleID does.
func (r *RuleID) UnmarshalText(text []byte) error {
	parsed, err := ParseRuleID(string(text))
	if err == nil {
		*r = parsed
	}
	return err
}
