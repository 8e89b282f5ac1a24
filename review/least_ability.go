package review

import (
	"strings"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
)

// Ability is something that somebody may be able to do, whoever they are: an
// action in some situation, in a given one, or by a given rule. The zero Ability is
// none; nobody has it.
type Ability struct {
	action    policy.Action
	rule      policy.RuleID // 0: by any
	situation policy.Facts  // given: Active is among them
}

// AbilityTo is an action, in whatever situation; none for an unknown action.
func AbilityTo(a policy.Action) Ability {
	if !a.Known() {
		return Ability{}
	}
	return Ability{action: a}
}

// AbilityBy is an action by one of its rules; none for the zero rule.
func AbilityBy(rule policy.RuleID) Ability { return Ability{action: actionOf[rule], rule: rule} }

// actionOf is the action that each rule opens.
var actionOf = func() map[policy.RuleID]policy.Action {
	of := map[policy.RuleID]policy.Action{}
	for a := range policy.AllActions() {
		for rule := range a.Rules() {
			of[rule] = a
		}
	}
	return of
}()

// factOf is the fact of each name.
var factOf = func() map[string]policy.Facts {
	of := map[string]policy.Facts{}
	for f := range policy.AllFacts() {
		of[f.String()] = f
	}
	return of
}()

// ParseAbility reads an action ("document.view"); an action and, each after a plus,
// the facts of the situation besides the roles and rights of who asks
// ("document.view+stage_archived"); or the id of a rule ("document.view/client").
// In a situation hold the facts that are named, what follows from them, and what
// the action always needs; no others. "+active" alone is that nothing else does.
// Anything else is a *problems.Problem.
func ParseAbility(text string) (Ability, error) {
	if strings.Contains(text, "/") {
		rule, err := policy.ParseRuleID(text)
		if err != nil {
			return Ability{}, &problems.Problem{Found: problems.Quote(text), Expected: "a rule such as document.view/client"}
		}
		return AbilityBy(rule), nil
	}
	name, facts, situated := strings.Cut(text, "+")
	action, err := policy.ParseAction(name)
	if err != nil || !situated {
		return AbilityTo(action), err
	}
	situation, err := parseSituation(action, facts)
	if err != nil {
		return Ability{}, err
	}
	return Ability{action: action, situation: situation | policy.Active}, nil
}

func parseSituation(a policy.Action, text string) (situation policy.Facts, err error) {
	for name := range strings.SplitSeq(text, "+") {
		fact := factOf[name]
		switch {
		case fact&ownedFacts != 0:
			return 0, &problems.Problem{Found: name, Expected: "a fact besides the roles and rights of who asks"}
		case fact&telling(a) == 0:
			return 0, &problems.Problem{Found: problems.Quote(name), Expected: "a fact that " + a.String() + " looks at: " + factList(telling(a))}
		case situation&fact != 0:
			return 0, &problems.Problem{Found: name + " twice", Expected: "each fact once"}
		}
		situation |= fact
	}
	if c := apartIn(a, closed(a, situation)); c != 0 {
		return 0, &problems.Problem{Found: c.String(), Expected: "facts that can hold together"}
	}
	return situation, nil
}

// factList is the names of facts as a list.
func factList(f policy.Facts) string { return strings.ReplaceAll(f.String(), "+", ", ") }

// String is the ability as ParseAbility reads it.
func (a Ability) String() string {
	switch {
	case a.rule != 0:
		return a.rule.String()
	case a.situation == policy.Active:
		return a.action.String() + "+" + a.situation.String()
	case a.situation != 0:
		return a.action.String() + "+" + (a.situation &^ policy.Active).String()
	}
	return a.action.String()
}

// MarshalText writes the ability; the zero Ability is an error.
func (a Ability) MarshalText() ([]byte, error) {
	if _, err := a.action.MarshalText(); err != nil {
		return nil, err
	}
	return []byte(a.String()), nil
}

// Action is the action; zero for the zero Ability.
func (a Ability) Action() policy.Action { return a.action }

// by says whether one of the action's rules gives the ability to whoever has the
// given facts of their own. In some situation it does where nothing but the
// situation is missing.
func (a Ability) by(rule policy.RuleID, own policy.Facts) bool {
	needs := needsOf(rule)
	switch {
	case actionOf[rule] != a.action, a.rule != 0 && a.rule != rule:
		return false
	case a.situation == 0:
		return own.Has(needs & ownedFacts)
	}
	return closed(a.action, own|a.situation|a.action.Always()).Has(needs)
}

// opens says whether the ability comes with the given facts of who asks.
func (a Ability) opens(own policy.Facts) bool {
	for rule := range a.action.Rules() {
		if a.by(rule, own) {
			return true
		}
	}
	return false
}

// needsOf is the facts that a rule needs.
func needsOf(rule policy.RuleID) policy.Facts {
	r := rule.Rule()
	return r.For | r.When
}
