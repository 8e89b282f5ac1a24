package policy_test

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// ask is one question of xeno.
func ask(a policy.Action, on policy.Resource, with policy.With) policy.Request {
	return policy.Request{Subject: "xeno", Action: a, Resource: on, With: &with, At: asking}
}

// companyInquiries is the bakery and the florist, asked about by everybody.
func companyInquiries(a policy.Action) []inquiry {
	return []inquiry{{
		dials: []dial{everyRoleSet, activeOrNot, reaching(none, bakery, everything)},
		requests: []policy.Request{
			ask(a, policy.OfCompany("bakery"), policy.With{}), ask(a, policy.OfCompany("florist"), policy.With{}),
		},
	}}
}

// officeInquiries is the office, asked about by everybody.
func officeInquiries(a policy.Action) []inquiry {
	devries := policy.OfOffice("devries")
	who := []dial{everyRoleSet, activeOrNot, reaching(bakery)}
	switch a {
	case policy.UserCreate:
		return []inquiry{{dials: who, requests: newUsers(a, policy.With{}, false)}}
	case policy.UserImport:
		return []inquiry{{dials: who, requests: imports()}}
	}
	var requests []policy.Request
	for _, system := range []companies.SystemID{"", "exact"} { // which only company.create takes
		requests = append(requests, ask(a, devries, policy.With{AccountingSystem: system}))
	}
	return []inquiry{{dials: who, requests: requests}}
}

// newUsers is every set of roles, in reach and not.
func newUsers(a policy.Action, with policy.With, fewer bool) (list []policy.Request) {
	for _, set := range everySet {
		for _, access := range []users.Access{none, bakery, ofBoth} {
			if fewer && access.Len() == 0 {
				continue
			}
			with.Roles, with.Companies = policy.Given(set), policy.Given(access)
			list = append(list, ask(a, policy.OfOffice("devries"), with))
		}
	}
	return list
}

// imports is every set of roles, in reach and not, for accounts that can book,
// that cannot, that rank too high or do not exist; and what is left out.
func imports() (list []policy.Request) {
	for _, accounts := range [][]sync.UserID{{"clerk@exact", "other@exact"}, {"clerk@exact", "reader@exact"}, {"chief@exact"}} {
		list = append(list, newUsers(policy.UserImport, policy.With{System: "exact", Users: accounts}, true)...)
	}
	devries, set := policy.OfOffice("devries"), policy.Given(roles.SetOf(roles.Accountant))
	return append(
		list,
		ask(policy.UserImport, devries, policy.With{}),
		ask(policy.UserImport, devries, policy.With{Companies: policy.Given(ofBoth)}),
		ask(policy.UserImport, devries, policy.With{Roles: set}),
		ask(policy.UserImport, devries, policy.With{Roles: set, System: "exact", Users: []sync.UserID{"nobody@exact"}}),
		ask(policy.UserImport, devries, policy.With{Roles: set, System: "exact", Users: []sync.UserID{}}),
		ask(policy.UserImport, devries, policy.With{Roles: set, System: "twinfield", Users: []sync.UserID{"clerk@twinfield"}}),
	)
}

// connectionInquiries is every connection, asked about by everybody.
func connectionInquiries(a policy.Action) []inquiry {
	who := []dial{everyRoleSet, activeOrNot}
	switch a {
	case policy.ConnectionManage:
		who = append(who, reaching(none, inExact), dial{candidatesLinks})
		return []inquiry{{dials: who, people: candidates, requests: choices()}}
	case policy.ConnectionReconnect:
		who = append(who, duties("rosa", "xeno"))
	}
	var requests []policy.Request
	for _, system := range []companies.SystemID{"exact", "twinfield", "snelstart"} {
		requests = append(requests, ask(a, policy.OfConnection(system), policy.With{}))
	}
	return []inquiry{{dials: who, requests: requests}}
}

// candidates is who could synchronise Exact, or nearly.
var candidates = []users.User{
	somebody("linked", inExact, roles.Accountant),
	somebody("typist", inExact, roles.Accountant),
	somebody("half", inExact, roles.Accountant),
	somebody("books", inExact, roles.SMEAccountant),
	somebody("client", inExact, roles.ClientUser),
	somebody("lacks", bakery, roles.Accountant),
	ended(somebody("leaves", inExact, roles.Accountant), later),
	ended(somebody("left", inExact, roles.Accountant), today),
}

// candidatesLinks is how they are linked: rightly, without master data there,
// without every company there, or rightly but unfit themselves.
var candidatesLinks = linked(
	linkTo("linked", "exact", "reader@exact", false),
	linkTo("typist", "exact", "typist@exact", true),
	linkTo("half", "exact", "other@exact", true),
	linkTo("lacks", "exact", "clerk@exact", true),
	linkTo("leaves", "exact", "chief@exact", true),
	linkTo("left", "exact", "chief@exact", true),
)

// choices is everybody who could be chosen, and who could not, with every account
// or none.
func choices() (list []policy.Request) {
	chosen := []users.ID{"rosa", "xeno", "zoe", "tom", "mallory"}
	for _, u := range candidates {
		chosen = append(chosen, u.ID)
	}
	accounts := []sync.UserID{"", "nobody@exact"}
	for _, account := range accountsOfExact {
		accounts = append(accounts, account.ID)
	}
	for _, id := range chosen {
		for _, account := range accounts {
			with := policy.With{SynchronisationUser: id, AccountingUser: account}
			list = append(list, ask(policy.ConnectionManage, policy.OfConnection("exact"), with))
		}
	}
	return list
}
