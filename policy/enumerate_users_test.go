package policy_test

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// userInquiries is users of every kind, and themselves, asked about by everybody.
func userInquiries(a policy.Action) []inquiry {
	switch a {
	case policy.UserDelete:
		return withGuards(a, nil, policy.With{})
	case policy.UserChangeEndDate:
		return withGuards(a, targetsReach(bakery, ofBoth, florist), endDates()...)
	case policy.UserChangeCompanyAccess:
		return accessChanges()
	case policy.UserGrantRole:
		return singleRoles(a)
	case policy.UserRevokeRole:
		return append(singleRoles(a), withGuards(a, nil, everyRole()...)...)
	case policy.UserChangeRoles:
		return roleChanges()
	case policy.UserChangeEmail, policy.UserChangePassword:
		return passwordChanges(a)
	case policy.UserLinkAccountingUser:
		return links()
	case policy.UserUnlinkAccountingUser, policy.UserEnterAccountingPassword:
		return unlinks(a)
	}
	return everybodyOn(a, policy.With{BillTo: users.BillToOffice}) // which only user.change_bill_to takes
}

// many is a user of every set of roles in the bakery, and one in the florist;
// ofEveryKind of every set that makes a difference.
var (
	many        = everybody(everySet, true, bakery, florist)
	ofEveryKind = everybody(rolesOfTargets, true, bakery, florist)
	yaraAndXeno = []users.ID{"yara", "xeno"}
)

// everybodyOn is everybody of the bakery, asked about everybody of the bakery and
// the florist; and everybody, in the bakery or nowhere, asked about themselves.
func everybodyOn(a policy.Action, with ...policy.With) []inquiry {
	dials := []dial{everyRoleSet, activeOrNot}
	if policy.Mentioned(a).Has(policy.LaterCompaniesRight) {
		dials = append(dials, laterRight)
	}
	return []inquiry{
		{dials: dials, people: many, requests: about(a, idsOf(many), with...)},
		{dials: append(dials, reaching(bakery, none)), requests: about(a, yaraAndXeno, with...)},
	}
}

func idsOf(people []users.User) (ids []users.ID) {
	for _, u := range people {
		ids = append(ids, u.ID)
	}
	return ids
}

// withGuards is every kind of target and themselves, who may be the last Super
// user or not, and have the duty or not where that matters; for everybody, and for
// all who make a difference with everything else turned too.
func withGuards(a policy.Action, reach dial, with ...policy.With) []inquiry {
	requests := about(a, yaraAndXeno, with...)
	dials := []dial{kindsOfAsker, stayingOrNot, kindsOfTarget, superUsers}
	if policy.Mentioned(a).Has(policy.DutyKept) {
		dials = append(dials, duties("rosa", "yara", "xeno"))
	}
	if reach != nil {
		dials = append(dials, reach)
	}
	return []inquiry{
		{dials: dials, requests: requests},
		{dials: []dial{everyRoleSet, stayingOrNot, superUsers}, requests: requests},
	}
}

// about is each of the users asked about with each of the properties.
func about(a policy.Action, targets []users.ID, with ...policy.With) (list []policy.Request) {
	for _, id := range targets {
		for _, w := range with {
			list = append(list, ask(a, policy.OfUser(id), w))
		}
	}
	return list
}

// endDates is none, one that has come, one after which who leaves tomorrow has
// gone, and one far ahead.
func endDates() (with []policy.With) {
	for _, end := range []users.Date{always, today, tomorrow, later} {
		with = append(with, policy.With{EndDate: policy.Given(end)})
	}
	return with
}

// accessChanges is every set of companies, for who has the duty and who has not.
func accessChanges() []inquiry {
	var with []policy.With
	for _, access := range []users.Access{none, bakery, garage, florist, inExact, ofBoth, everything} {
		with = append(with, policy.With{Companies: policy.Given(access)})
	}
	dials := []dial{
		kindsOfAsker, activeOrNot, reaching(bakery, ofBoth), kindsOfTarget,
		targetsReach(bakery, florist, everything), duties("rosa", "yara", "xeno"),
	}
	return append(everybodyOn(policy.UserChangeCompanyAccess, with[1]), inquiry{
		dials: dials, requests: about(policy.UserChangeCompanyAccess, yaraAndXeno, with...),
	})
}

// singleRoles is every role granted or revoked: by everybody, of every kind of
// target; and by all who make a difference, of everybody.
func singleRoles(a policy.Action) []inquiry {
	return []inquiry{
		{dials: []dial{everyRoleSet, activeOrNot}, people: ofEveryKind, requests: about(a, idsOf(ofEveryKind), everyRole()...)},
		{
			dials:    []dial{kindsOfAsker, everyTarget},
			requests: about(a, []users.ID{"yara"}, everyRole()...),
		},
		{dials: themselves(), requests: about(a, []users.ID{"xeno"}, everyRole()...)},
	}
}

// themselves is everybody, who reach the bakery or nothing, and may be the last
// Super user or not.
func themselves() []dial {
	return []dial{everyRoleSet, stayingOrGone, superUsers, reaching(bakery, none)}
}

func everyRole() (with []policy.With) {
	for _, role := range roles.All() {
		with = append(with, policy.With{Role: role})
	}
	return with
}

// roleChanges is every new set of roles for every kind of target, in reach and
// not; and for who may be the last Super user.
func roleChanges() []inquiry {
	var every []policy.With
	for _, set := range everySet {
		every = append(every, policy.With{Roles: policy.Given(set)})
	}
	people := everybody(rolesOfTargets, true, bakery)
	return []inquiry{
		{
			dials: []dial{everyRoleSet}, people: people,
			requests: about(policy.UserChangeRoles, idsOf(people), every...),
		},
		{
			dials:    []dial{kindsOfAsker, activeOrNot, kindsOfTarget, superUsers, reaching(bakery, none)},
			requests: about(policy.UserChangeRoles, []users.ID{"yara"}, every...),
		},
		{dials: themselves(), requests: about(policy.UserChangeRoles, []users.ID{"xeno"}, every...)},
	}
}

// passwordChanges is with the old password, without, and with nothing said of it,
// of those who have been used and those who have not.
func passwordChanges(a policy.Action) []inquiry {
	with := []policy.With{
		{}, {OldPasswordVerified: policy.Given(true)}, {OldPasswordVerified: policy.Given(false)},
	}
	people := slices.Concat(everybody(everySet, true, bakery), everybody(everySet, false, bakery))
	used := dial{
		func(c *cast) { c.xeno.Used = true },
		func(c *cast) { c.xeno.Used = false },
	}
	who := []dial{everyRoleSet, activeOrNot}
	return []inquiry{
		{dials: who, people: people, requests: about(a, idsOf(people), with...)},
		{dials: append(who, used), requests: about(a, []users.ID{"xeno"}, with...)},
	}
}

// links is every account, for who has the duty, with a link already or without,
// and for who has not; by everybody, for everybody.
func links() []inquiry {
	var with []policy.With
	for _, account := range append(namesOf(accountsOfExact), "nobody@exact") {
		with = append(with, policy.With{System: "exact", User: account})
	}
	own := dial{
		linked(),
		linked(linkTo("yara", "exact", "clerk@exact", true), linkTo("xeno", "exact", "typist@exact", true)),
	}
	return append(everybodyOn(policy.UserLinkAccountingUser, with[0], with[2]), inquiry{
		dials:    []dial{kindsOfAsker, activeOrNot, kindsOfTarget, duties("rosa", "yara", "xeno"), own},
		requests: about(policy.UserLinkAccountingUser, yaraAndXeno, with...),
	})
}

func namesOf(accounts []sync.User) (ids []sync.UserID) {
	for _, account := range accounts {
		ids = append(ids, account.ID)
	}
	return ids
}

// unlinks is each system, of users who are linked to it, to another, or to none.
func unlinks(a policy.Action) []inquiry {
	own := dial{
		linked(),
		linked(linkTo("yara", "twinfield", "clerk@twinfield", true), linkTo("xeno", "twinfield", "clerk@twinfield", true)),
		linked(linkTo("yara", "exact", "clerk@exact", true), linkTo("xeno", "exact", "typist@exact", false)),
	}
	var with []policy.With
	for _, system := range []companies.SystemID{"", "exact", "twinfield"} {
		with = append(with, policy.With{System: system})
	}
	return append(everybodyOn(a, with[1]), inquiry{
		dials:    []dial{kindsOfAsker, activeOrNot, kindsOfTarget, duties("rosa", "yara", "xeno"), own},
		requests: about(a, yaraAndXeno, with...),
	})
}
