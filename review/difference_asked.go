package review

import (
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// This file asks the policy what somebody may do with a user.

// pairing is what the facts about a user hang on, of who asks and of the user.
type pairing struct {
	own          policy.Facts
	stored       roles.Set
	used         bool
	shares, self bool
}

// wordOf is the facts about a user, whatever is to be done with them.
func (r *rightChange) wordOf(side *officeSide, t *targetFacts, place int) policy.Facts {
	a := side.askers[r.user]
	p := pairing{a.own, t.stored, t.used, a.mindsSharing() && side.reach[r.user].meets(side.reach[place]), place == r.user}
	word, ok := r.memo.words[p]
	if !ok {
		words, _ := a.Facts(policy.UserView, policy.OfUser(r.users[place]), nil) // both are known
		word = words[0]
		r.memo.words[p] = word
	}
	return word
}

// managingQuestion is what decides what somebody may do with a user.
type managingQuestion struct {
	word   policy.Facts
	target *targetFacts
	payers setID
}

var managesNothing = new(management)

// managingOf is what the user may do with another, or with themself, in an office.
func (r *rightChange) managingOf(side *officeSide, t *targetFacts, place int) *management {
	if t == nil || !side.askers[r.user].asks {
		return managesNothing
	}
	question := managingQuestion{r.wordOf(side, t, place), t, side.payers}
	known, ok := r.memo.managing[question]
	if !ok {
		known = r.askedOfManaging(side, question, place)
		r.memo.managing[question] = known
	}
	return known
}

func (r *rightChange) askedOfManaging(side *officeSide, q managingQuestion, place int) *management {
	m := &management{answers: r.rolesOf(side, q, place)}
	for action := range policy.AllActions() {
		if with := r.askedPlainly(q, action); with != 0 {
			m.answers = append(m.answers, actionAnswer{action, with})
		}
	}
	m.access = decidingBy(policy.UserChangeCompanyAccess, q.word|policy.DutyKept|policy.CompaniesWithinReach)
	m.ends = [2]endAnswer{q.endings(0), q.endings(policy.TargetWithinReach)}
	return m
}

// askedPlainly is what somebody may do with a user where it hangs on nothing but who
// they are: with what it may be done is the same for all who may.
func (r *rightChange) askedPlainly(q managingQuestion, action policy.Action) setID {
	with, needs := r.memo.plainly, policy.OldPasswordVerified
	switch action {
	case policy.UserChangeCompanyAccess, policy.UserChangeEndDate, policy.UserGrantRole, policy.UserRevokeRole, policy.UserChangeRoles:
		return 0
	case policy.UserDelete:
		needs = q.target.deleted
	case policy.UserChangeBillTo:
		with = q.payers
	case policy.UserLinkAccountingUser:
		with, needs = q.target.links, policy.AccountingUserFit
	case policy.UserUnlinkAccountingUser:
		with, needs = q.target.unlinks, policy.TargetLinked|policy.DutyKept
	case policy.UserEnterAccountingPassword:
		with, needs = q.target.passwords, policy.TargetLinked
	}
	if action.On() != policy.User || action.Opens(q.word|needs) == 0 {
		return 0
	}
	return with
}

// endings is the end dates that may be given, with further facts of who asks.
func (q managingQuestion) endings(more policy.Facts) (e endAnswer) {
	opens := func(f policy.Facts) bool { return policy.UserChangeEndDate.Opens(q.word|f|more) != 0 }
	e.none = opens(q.target.ends.none)
	for i, f := range q.target.ends.in {
		e.in[i] = opens(f)
	}
	return e
}

// rolesQuestion is what decides which roles somebody may change of a user.
type rolesQuestion struct {
	word   policy.Facts
	stored roles.Set
	stays  bool // the user is not the last Super user
}

// ofRoles is the facts that decide about changes of roles: those that their rules
// mention, and the roles of who asks, which rank.
var ofRoles = func() policy.Facts {
	f := ownFacts &^ (policy.ArchiveRight | policy.BankRight | policy.LaterCompaniesRight)
	for _, action := range [...]policy.Action{policy.UserGrantRole, policy.UserRevokeRole, policy.UserChangeRoles} {
		f |= action.Always()
		for id := range action.Rules() {
			f |= id.Rule().For | id.Rule().When
		}
	}
	return f
}()

// rolesOf is the roles that somebody may grant to a user, or revoke, and the sets
// that they may change to.
func (r *rightChange) rolesOf(side *officeSide, q managingQuestion, place int) answers {
	question := rolesQuestion{q.word & ofRoles, q.target.stored, q.target.deleted.Has(policy.SuperUserRemains)}
	known, ok := r.memo.roles[question]
	if !ok {
		known = r.askedRoles(side.askers[r.user], r.users[place])
		r.memo.roles[question] = known
	}
	return append(answers{}, known...)
}

func (c *comparison) askedRoles(a asker, id users.ID) (list answers) {
	for _, action := range [...]policy.Action{policy.UserGrantRole, policy.UserRevokeRole, policy.UserChangeRoles} {
		var may []Choice
		for _, choice := range roleChoices(action) {
			with := policy.With{Role: choice.Role, Roles: policy.Given(choice.Roles)}
			if a.Check(action, policy.OfUser(id), &with).Allowed() {
				may = append(may, choice)
			}
		}
		if len(may) > 0 {
			list = append(list, actionAnswer{action, c.chosen(may...)})
		}
	}
	return list
}

// roleChoices is every role, or every set of them.
func roleChoices(a policy.Action) (list []Choice) {
	if a == policy.UserChangeRoles {
		for set := range roles.Set(1) << len(roles.All()) {
			list = append(list, Choice{Roles: set})
		}
		return list
	}
	for _, role := range roles.All() {
		list = append(list, Choice{Role: role})
	}
	return list
}
