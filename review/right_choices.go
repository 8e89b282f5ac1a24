package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/words"
)

// This file says in words what actions are asked with.

// with says what the actions are asked with; nothing where that is nothing.
func (t Teller) with(g Group) words.Said {
	switch a := g.Actions[0]; {
	case a.On() == policy.Document, len(g.With) == 1 && g.With[0] == Choice{} && !tellsNone(a):
		return nil
	case a == policy.UserChangeRoles:
		return toSets(g.With)
	case a == policy.UserChangeEndDate:
		return endDates(g.With)
	}
	return t.listChoices(g)
}

// tellsNone says whether it is worth telling that an action is asked with nothing.
func tellsNone(a policy.Action) bool {
	switch a {
	case policy.UserChangeRoles, policy.UserChangeEndDate:
		return true
	}
	return withNone(a) != nil
}

// listChoices says each sort of choice that there is.
func (t Teller) listChoices(g Group) words.Said {
	var said []words.Said
	if slices.Contains(g.With, Choice{}) {
		if none := withNone(g.Actions[0]); none != nil {
			said = append(said, none)
		}
	}
	var given roles.Set
	var where []companies.ID
	for _, c := range g.With {
		given = given.With(c.Role)
		if c.Company != "" {
			where = append(where, c.Company)
		}
	}
	if given != 0 {
		said = append(said, asRoles(g.Actions[0], theseRoles(given)))
	}
	if len(where) > 0 {
		said = append(said, aboutCompanies(g.Actions[0], t.companies(g, where)))
	}
	return saidTogether(append(said, t.inSystems(g.With)...))
}

func asRoles(a policy.Action, these words.Said) words.Said {
	if a.On() == policy.User {
		return these
	}
	return words.Say("as {roles}", blank("roles", these))
}

// withNone says what it is that an action is asked with nothing.
func withNone(a policy.Action) words.Said {
	switch a {
	case policy.UserChangeCompanyAccess:
		return words.Say("leaving the access as it is")
	case policy.UserChangeBillTo:
		return words.Say("to the office")
	case policy.ConnectionManage:
		return words.Say("with the link they have")
	case policy.CompanyCreate, policy.UserImport, policy.UserEnterAccountingPassword:
		return words.Say("naming no accounting system")
	}
	return nil
}

func aboutCompanies(a policy.Action, which words.Said) words.Said {
	with := blank("companies", which)
	switch a {
	case policy.UserChangeCompanyAccess:
		return words.Say("giving or taking {companies}", with)
	case policy.UserChangeBillTo:
		return words.Say("to {companies}", with)
	}
	return words.Say("access to {companies}", with)
}

// inSystems says accounting systems, and accounts in them.
func (t Teller) inSystems(list []Choice) (said []words.Said) {
	var systems []companies.SystemID
	for _, c := range list {
		if c.System != "" && c.Account == "" {
			systems = append(systems, c.System)
		}
	}
	if len(systems) > 0 {
		said = append(said, words.Say("in {systems}", blank("systems", listed(t, systems))))
	}
	for _, books := range [...]bool{false, true} {
		for i := 0; i < len(list); {
			accounts, system, next := accountsFrom(list, i, books)
			if i = next; len(accounts) > 0 {
				said = append(said, t.accounts(accounts, system, books))
			}
		}
	}
	return said
}

// accountsFrom is the accounts of the next accounting system in a sorted list, and
// where what follows begins.
func accountsFrom(list []Choice, from int, books bool) (accounts []sync.UserID, system companies.SystemID, next int) {
	for next = from; next < len(list) && list[next].System == list[from].System; next++ {
		if c := list[next]; c.Account != "" && c.Books == books {
			accounts = append(accounts, c.Account)
		}
	}
	return accounts, list[from].System, next
}

func (t Teller) accounts(ids []sync.UserID, system companies.SystemID, books bool) words.Said {
	accounts, of := blank("accounts", listed(t, ids)), plain("system", system)
	switch {
	case books:
		return words.Say("{accounts} of {system} with a booking role", accounts, of)
	case system == "":
		return words.Say("linked to {accounts}", accounts)
	}
	return words.Say("{accounts} of {system}", accounts, of)
}

// endDates says the end dates that may be given.
func endDates(list []Choice) words.Said {
	var said []words.Said
	for _, c := range list {
		from, before := plain("from", c.From.String()), plain("before", c.Before.String())
		switch {
		case c == Choice{}:
			said = append(said, words.Say("no end date"))
		case c.From == firstDay && c.Before.IsZero():
			said = append(said, words.Say("any end date"))
		case c.Before.IsZero():
			said = append(said, words.Say("an end date from {from} on", from))
		case c.From == firstDay:
			said = append(said, words.Say("an end date before {before}", before))
		default:
			said = append(said, words.Say("an end date from {from} on, before {before}", from, before))
		}
	}
	return words.Or(said...)
}

// toSets says sets of roles: every valid one that has some roles and no others than
// some, where that is what they are; and otherwise each.
func toSets(list []Choice) words.Said {
	least, most := roles.SetOf(roles.All()...), roles.Set(0)
	for _, c := range list {
		least, most = least&c.Roles, most|c.Roles
	}
	if len(list) < 3 || !allValidWithin(list, least, most) {
		said := make([]words.Said, len(list))
		for i, c := range list {
			said[i] = setName(c.Roles)
		}
		return words.Say("to {sets}", blank("sets", words.Or(said...)))
	}
	of := blank("roles", theseRoles(most))
	if least != 0 {
		return words.Say("to any valid set of {roles}, with {least}", of, blank("least", roleNames(least)))
	}
	return words.Say("to any valid set of {roles}", of)
}

// theseRoles is roles, or all, or nearly all of them.
func theseRoles(set roles.Set) words.Said {
	left := roles.SetOf(roles.All()...) &^ set
	switch left.Len() {
	case 0:
		return words.Say("any role")
	case 1, 2:
		return words.Say("any role but {roles}", blank("roles", roleNames(left)))
	}
	return roleNames(set)
}

func setName(s roles.Set) words.Said {
	if s == 0 {
		return words.Say("no role")
	}
	return words.Plain("[" + s.String() + "]")
}

// allValidWithin says whether a list is every valid set between two.
func allValidWithin(list []Choice, least, most roles.Set) bool {
	n := 0
	for set := range roles.Set(1) << len(roles.All()) {
		if set.Valid() && least.Within(set) && set.Within(most) {
			n++
		}
	}
	return n == len(list) && !slices.ContainsFunc(list, func(c Choice) bool { return !c.Roles.Valid() })
}

// saidTogether is things to say, one after another; nothing where there are none.
func saidTogether(said []words.Said) words.Said {
	if len(said) == 0 {
		return nil
	}
	return wordList(said)
}

// wordList is a list of what may have commas of its own.
type wordList []words.Said

// In is the list in a language.
func (list wordList) In(l words.Language) (text string) {
	for i, s := range list {
		if i > 0 {
			text += "; "
		}
		text += s.In(l)
	}
	return text
}
