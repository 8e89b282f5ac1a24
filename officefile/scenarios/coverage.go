package scenarios

import (
	"slices"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// Coverage is what of the policy scenarios decide, as far as their answers were as
// expected. The zero Coverage has nothing to cover.
type Coverage struct {
	// Rules is covered by what a rule allows.
	Rules Kind
	// Facts is covered by what is denied, and with that fact alone would be allowed.
	Facts Kind
	// Codes is covered by a denial of which a scenario says that code.
	Codes Kind
	// Actions is covered by somebody who can, and somebody who cannot.
	Actions Kind
	// Roles is covered by somebody who has it and can do something, and somebody who
	// has it and cannot.
	Roles Kind
}

// Kind is one kind of things to cover.
type Kind struct {
	All  int
	Left []Item // those that no scenario decides, in the policy's order
}

// Item is one thing to cover: what it is called, and what it is.
type Item struct {
	Name    string
	Meaning words.Said
}

// Covered is how many are covered.
func (k Kind) Covered() int { return k.All - len(k.Left) }

// Percent is how much of a hundred is covered; 100 where there is nothing to cover.
func (k Kind) Percent() float64 {
	if k.All == 0 {
		return 100
	}
	return 100 * float64(k.Covered()) / float64(k.All)
}

func (k Kind) with(covered bool, name string, meaning words.Said) Kind {
	k.All++
	if !covered {
		k.Left = append(k.Left, Item{name, meaning})
	}
	return k
}

// Covered is what results cover between them.
func Covered(results []Result) Coverage {
	var s sums
	for i := range results {
		for j := range results[i].answers {
			s.add(&results[i].answers[j])
		}
	}
	return s.coverage()
}

// sums is what answers cover.
type sums struct {
	rules                 map[policy.RuleID]bool
	codes                 map[policy.Code]bool
	allowed, denied       map[policy.Action]bool
	facts                 policy.Facts
	allowedTo, deniedFrom roles.Set
}

func (s *sums) add(a *answer) {
	if s.rules == nil {
		s.rules, s.codes = make(map[policy.RuleID]bool), make(map[policy.Code]bool)
		s.allowed, s.denied = make(map[policy.Action]bool), make(map[policy.Action]bool)
	}
	if a.allowed {
		for _, rule := range a.Rules() {
			s.rules[rule] = true
		}
		s.allowed[a.Action()] = true
		s.allowedTo |= a.roles
		return
	}
	s.facts |= a.Turning()
	if a.code != 0 {
		s.codes[a.code] = true
	}
	s.denied[a.Action()] = true
	s.deniedFrom |= a.roles
}

func (s *sums) coverage() (c Coverage) {
	for rule := range policy.AllRules() {
		c.Rules = c.Rules.with(s.rules[rule], rule.String(), words.Say(rule.Rule().Why))
	}
	for fact := range policy.AllFacts() {
		c.Facts = c.Facts.with(s.facts.Has(fact), fact.String(), words.Plain(fact.Meaning()))
	}
	for code := range policy.AllCodes() {
		c.Codes = c.Codes.with(s.codes[code], code.String(), code)
	}
	for action := range policy.AllActions() {
		c.Actions = c.Actions.with(s.allowed[action] && s.denied[action], action.String(), half(s.allowed[action], s.denied[action]))
	}
	for _, role := range roles.All() {
		can, cannot := s.allowedTo.Has(role), s.deniedFrom.Has(role)
		c.Roles = c.Roles.with(can && cannot, role.String(), half(can, cannot))
	}
	return c
}

// half is what of the two is missing.
func half(can, cannot bool) words.Said {
	switch {
	case can:
		return words.Say("nobody cannot")
	case cannot:
		return words.Say("nobody can")
	}
	return words.Say("nothing is asked")
}

// Noticed is the variants of the policy, each covered where results would notice it:
// where something that a scenario expects would not be so by that wrong policy.
// Commands that are given are carried out by the policy itself.
func Noticed(results []Result) (k Kind) {
	of := make(map[policy.Action][]*answer)
	for i := range results {
		for j := range results[i].answers {
			a := &results[i].answers[j]
			of[a.Action()] = append(of[a.Action()], a)
		}
	}
	for v := range policy.Variants() {
		noticed := slices.ContainsFunc(of[v.Action], func(a *answer) bool { return a.notices(v) })
		k = k.with(noticed, v.String(), words.Plain(v.Fact.Meaning()))
	}
	return k
}

// notices says whether the answer by a variant is not what a scenario expects.
func (a *answer) notices(v policy.Variant) bool {
	d := v.Decide(a.Grounds)
	switch {
	case d.Allowed() != a.allowed:
		return true
	case a.allowed:
		return len(a.rules) > 0 && !slices.Contains(a.rules, d.Rule())
	}
	return a.code != 0 && a.code != d.Code()
}
