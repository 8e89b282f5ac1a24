package review

import (
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file finds what somebody may do on the office itself.

// deciding is about which companies somebody may decide, where an action names some:
// none, those they reach, or all.
type deciding struct{ may, freely bool }

// decidingBy is how the facts of a question that names no company decide about one:
// all there is to a company is whether who asks reaches it.
func decidingBy(a policy.Action, word policy.Facts) deciding {
	return deciding{a.Opens(word) != 0, a.Opens(word&^policy.CompaniesWithinReach) != 0}
}

// of is the companies that somebody who decides so decides about.
func (d deciding) of(s *officeSide, user int) bitset {
	switch {
	case d.freely:
		return s.known
	case d.may:
		return s.reach[user]
	}
	return newBitset(len(s.system))
}

// theseCompanies is the choices of some companies.
func (c *comparison) theseCompanies(set bitset) setID {
	key := set.key()
	with, ok := c.memo.companies[key]
	if !ok {
		var list []Choice
		for _, at := range set.places() {
			list = append(list, Choice{Company: c.companies[at]})
		}
		with = c.chosen(list...)
		c.memo.companies[key] = with
	}
	return with
}

// onOffice notes what changes on the office. Two offices of different codes have
// nothing in common here.
func (r *rightChange) onOffice() {
	before, after := r.officeAnswers(r.sides[0]), r.officeAnswers(r.sides[1])
	if r.sides[0].code == r.sides[1].code {
		r.note(r.sides[0].code, before, after)
		return
	}
	r.lose.noteAll(r.sides[0].code, before)
	r.gain.noteAll(r.sides[1].code, after)
}

// officeQuestion is what decides what somebody may do on an office, but for the
// companies they reach.
type officeQuestion struct {
	side *officeSide
	own  policy.Facts
}

// officeAnswers is what somebody may do on an office, but for the companies of new
// users: about those they decide.
type officeAnswers struct {
	answers  answers
	creating deciding // policy.UserCreate
	adding   deciding // policy.UserImport
}

// officeAnswers is what the user may do on an office.
func (r *rightChange) officeAnswers(side *officeSide) (list answers) {
	a := side.askers[r.user]
	if !a.asks {
		return nil
	}
	question := officeQuestion{side, a.own}
	known, ok := r.memo.onOffice[question]
	if !ok {
		known = r.askedOnOffice(side, a)
		r.memo.onOffice[question] = known
	}
	for _, one := range known.answers {
		switch one.action {
		case policy.UserCreate:
			one.with = r.joined(one.with, r.theseCompanies(known.creating.of(side, r.user)))
		case policy.UserImport:
			one.with = r.joined(one.with, r.theseCompanies(known.adding.of(side, r.user)))
		}
		list = append(list, one)
	}
	return list
}

// askedOnOffice asks of one user what everybody with the same facts may do.
func (c *comparison) askedOnOffice(side *officeSide, a asker) (known officeAnswers) {
	office := policy.OfOffice(side.office.Code())
	for action := range policy.AllActions() {
		var list []Choice
		switch {
		case action.On() != policy.Office:
			continue
		case action == policy.UserCreate:
			list, known.creating = newRoles(a, action, office), decidingIn(a, action, office, leastNewUser)
		case action == policy.UserImport:
			list, known.adding = imports(side, a, office), decidingIn(a, action, office, &policy.With{})
		case action.Opens(a.own) != 0 && action == policy.CompanyCreate:
			list = withSystems(side)
		case action.Opens(a.own) != 0:
			list = []Choice{{}}
		}
		if len(list) > 0 {
			known.answers = append(known.answers, actionAnswer{action, c.chosen(list...)})
		}
	}
	return known
}

// leastNewUser is the new user whom everybody may create who may create any.
var leastNewUser = &policy.With{
	Roles: policy.Given(roles.SetOf(roles.ClientUser)), Companies: policy.Given(users.Access{}),
}

// decidingIn is about which companies somebody decides with an action.
func decidingIn(a asker, action policy.Action, on policy.Resource, with *policy.With) deciding {
	words, code := a.Facts(action, on, with)
	if code != 0 {
		return deciding{}
	}
	return decidingBy(action, words[0])
}

// newRoles is the roles that somebody may give to new users, each by itself.
func newRoles(a asker, action policy.Action, on policy.Resource) (list []Choice) {
	for _, role := range roles.All() {
		with := policy.With{Roles: policy.Given(roles.SetOf(role)), Companies: policy.Given(users.Access{})}
		if a.Check(action, on, &with).Allowed() {
			list = append(list, Choice{Role: role})
		}
	}
	return list
}

// withSystems is nothing, and each accounting system that there is.
func withSystems(side *officeSide) []Choice {
	list := []Choice{{}}
	for s := range side.office.Systems() {
		list = append(list, Choice{System: s.ID})
	}
	return list
}

// imports is whom somebody may import, and as what.
func imports(side *officeSide, a asker, on policy.Resource) []Choice {
	if !a.Check(policy.UserImport, on, nil).Allowed() {
		return nil
	}
	list := append(newRoles(a, policy.UserImport, on), withSystems(side)...)
	for s := range side.office.Systems() {
		for _, account := range s.Users {
			with := policy.With{System: s.ID, Users: []sync.UserID{account.ID}}
			if a.Check(policy.UserImport, on, &with).Allowed() {
				list = append(list, Choice{System: s.ID, Account: account.ID})
			}
			with.Roles = policy.Given(roles.SetOf(roles.SMEAccountant))
			if a.Check(policy.UserImport, on, &with).Allowed() {
				list = append(list, Choice{System: s.ID, Account: account.ID, Books: true})
			}
		}
	}
	return list
}
