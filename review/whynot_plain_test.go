package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file has every single change there is, written down plainly: what it does to
// the parts of an office, and by what rule of RULES.md it is refused to everybody.
// It shares nothing with the search but the texts of the contract.

// plainChange is one single change of an office.
type plainChange struct {
	kind    string // of change, to be counted
	user    users.ID
	role    roles.Role
	company companies.ID
	account sync.UserID
	on      bool   // granted, given, made
	what    string // alike for changes that cannot both be, and another for each setting
	beyond  bool   // no remedy is told to have it: that none needs it is tried
}

const plainSystem companies.SystemID = "exact"

// plainChanges is every single change of an office.
func plainChanges(p *offices.Parts) (list []plainChange) {
	for _, u := range p.Users {
		for _, r := range roles.All() {
			list = append(list, plainChange{kind: "role", user: u.ID, role: r, on: !u.Roles.Has(r), what: fmt.Sprint("role ", u.ID, r)})
		}
		for _, c := range p.Companies {
			list = append(list, plainChange{kind: "access", user: u.ID, company: c.ID, on: !u.Access.Has(c.ID), what: fmt.Sprint("access ", u.ID, c.ID)})
		}
		if u.EndDate.IsZero() {
			list = append(list, plainChange{kind: "end date", user: u.ID, on: true, what: fmt.Sprint("end ", u.ID), beyond: true})
		} else {
			list = append(list, plainChange{kind: "end date", user: u.ID, what: fmt.Sprint("end ", u.ID)})
		}
		list = append(list,
			plainChange{kind: "archive right", user: u.ID, on: u.Archive == users.ByRole, what: fmt.Sprint("archive ", u.ID), beyond: u.Archive != users.ByRole},
			plainChange{kind: "bank right", user: u.ID, on: !u.ChangeBankDetails, what: fmt.Sprint("bank ", u.ID), beyond: u.ChangeBankDetails},
			plainChange{kind: "later companies", user: u.ID, on: !u.LaterCompanies, what: fmt.Sprint("later ", u.ID), beyond: u.LaterCompanies},
		)
		list = append(list, plainLinks(p, u.ID)...)
	}
	for _, c := range p.Companies {
		list = append(list, plainChange{kind: "agreement", company: c.ID, on: !c.PaymentAgreement, what: fmt.Sprint("agreement ", c.ID), beyond: c.PaymentAgreement})
		list = append(list, plainChange{kind: "delete", company: c.ID, what: fmt.Sprint("delete ", c.ID)})
	}
	return list
}

// plainLinks is the changes of a user's link and duty.
func plainLinks(p *offices.Parts, user users.ID) (list []plainChange) {
	link := fmt.Sprint("link ", user)
	own := plainLink(p, user)
	if own != nil {
		list = append(list, plainChange{kind: "unlink", user: user, what: link, beyond: true})
		if !own.Verified {
			list = append(list, plainChange{kind: "password", user: user, what: fmt.Sprint("password ", user)})
		}
		if a := plainAccount(p, own.AccountingUser); plainServes(p, a) {
			list = append(list, plainChange{kind: "duty", user: user, what: "duty"})
		}
	} else {
		list = append(list, plainChange{kind: "password", user: user, what: fmt.Sprint("password ", user)})
	}
	for _, a := range p.Systems[0].Users {
		list = append(list, plainChange{kind: "link", user: user, account: a.ID, what: link})
		if plainServes(p, &a) && (own == nil || own.AccountingUser != a.ID) {
			list = append(list, plainChange{kind: "duty", user: user, account: a.ID, what: "duty"})
		}
	}
	if own != nil && own.Verified {
		list = append(list, plainChange{kind: "password", user: user, what: fmt.Sprint("password ", user)})
	}
	return list
}

func plainLink(p *offices.Parts, user users.ID) *sync.Link {
	for i := range p.Links {
		if p.Links[i].User == user {
			return &p.Links[i]
		}
	}
	return nil
}

func plainAccount(p *offices.Parts, id sync.UserID) *sync.User {
	for i := range p.Systems[0].Users {
		if p.Systems[0].Users[i].ID == id {
			return &p.Systems[0].Users[i]
		}
	}
	return nil
}

func plainUser(p *offices.Parts, id users.ID) *users.User {
	for i := range p.Users {
		if p.Users[i].ID == id {
			return &p.Users[i]
		}
	}
	return nil
}

// plainServes says whether an account can carry the duty.
func plainServes(p *offices.Parts, a *sync.User) bool {
	return a.CanChangeMasterData && !slices.ContainsFunc(p.Companies, func(c companies.Company) bool { return !a.Reach.Has(c.ID) })
}

// plainCopy is parts of which every list is a copy.
func plainCopy(p offices.Parts) offices.Parts {
	p.Users, p.Companies, p.Links = slices.Clone(p.Users), slices.Clone(p.Companies), slices.Clone(p.Links)
	p.Systems = slices.Clone(p.Systems)
	return p
}

// edit makes the change; false where there is nothing that it could change.
func (c plainChange) edit(p *offices.Parts) bool {
	u := plainUser(p, c.user)
	switch c.kind {
	case "role":
		if u.Roles = u.Roles.Without(c.role); c.on {
			u.Roles = u.Roles.With(c.role)
		}
	case "access":
		if u.Access = u.Access.Without(c.company); c.on {
			u.Access = u.Access.With(c.company)
		}
	case "end date":
		if u.EndDate = (users.Date{}); c.on {
			u.EndDate = plainDay(2026, 11, 1)
		}
	case "archive right":
		if u.Archive = users.ByRole; c.on {
			u.Archive = users.AllDocuments
		}
	case "bank right":
		u.ChangeBankDetails = c.on
	case "later companies":
		u.LaterCompanies = c.on
	case "agreement":
		plainCompany(p, c.company).PaymentAgreement = c.on
	case "delete":
		p.Companies = slices.DeleteFunc(p.Companies, func(o companies.Company) bool { return o.ID == c.company })
		for i := range p.Users {
			p.Users[i].Access = p.Users[i].Access.Without(c.company)
		}
		p.Systems[0].Users = slices.Clone(p.Systems[0].Users)
		for i, a := range p.Systems[0].Users {
			if !a.Reach.All() {
				p.Systems[0].Users[i].Reach = sync.ReachSome(a.Reach.Some().Without(c.company))
			}
		}
	default:
		return c.editLink(p)
	}
	return true
}

func (c plainChange) editLink(p *offices.Parts) bool {
	own := plainLink(p, c.user)
	if c.kind == "password" {
		if own == nil || own.Verified {
			return false
		}
		own.Verified = true
		return true
	}
	if c.kind == "duty" {
		p.Systems[0].SynchronisationUser = c.user
		if c.account == "" || own != nil && own.AccountingUser == c.account {
			return true
		}
	}
	p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return l.User == c.user })
	if c.kind != "unlink" {
		p.Links = append(p.Links, sync.Link{User: c.user, System: plainSystem, AccountingUser: c.account})
	}
	return true
}

func plainCompany(p *offices.Parts, id companies.ID) *companies.Company {
	return &p.Companies[slices.IndexFunc(p.Companies, func(c companies.Company) bool { return c.ID == id })]
}

func plainDay(year int, month time.Month, day int) users.Date {
	return users.DateOf(time.Date(year, month, day, 12, 0, 0, 0, time.UTC), time.UTC)
}

// plainNow is the moment of every question.
var plainNow = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// mayBe says whether somebody could carry out the changes, of one user's roles or
// access or otherwise one, which make one office another.
func mayBe(before, after *offices.Parts, group []plainChange) bool {
	c := group[0]
	u, now := plainUser(before, c.user), plainUser(after, c.user)
	switch c.kind {
	case "role":
		return now.Roles.Valid() && superUsersStay(before, after)
	case "access":
		on := before.Systems[0].SynchronisationUser == c.user
		return !on || !slices.ContainsFunc(group, func(c plainChange) bool { return !c.on })
	case "end date":
		return !c.on || before.Systems[0].SynchronisationUser != c.user && superUsersStay(before, after)
	case "unlink":
		return before.Systems[0].SynchronisationUser != c.user
	case "link":
		return linkMayBe(before, u, plainAccount(before, c.account))
	case "duty":
		return dutyMayBe(before, u, c.account)
	}
	return true
}

// superUsersStay says whether every day that had a Super user still has one.
func superUsersStay(before, after *offices.Parts) bool {
	for _, day := range []users.Date{plainDay(2026, 11, 22), plainDay(2027, 1, 1), plainDay(2028, 1, 1), plainDay(2099, 1, 1)} {
		has := func(p *offices.Parts) bool {
			return slices.ContainsFunc(p.Users, func(u users.User) bool { return u.Roles.Has(roles.SuperUser) && u.ActiveOn(day) })
		}
		if has(before) && !has(after) {
			return false
		}
	}
	return true
}

// linkMayBe: accounts at or below the synchronisation user's rank, with the rights
// to book and to change master data; the synchronisation user's own must serve.
func linkMayBe(p *offices.Parts, u *users.User, a *sync.User) bool {
	books := u.Roles.Has(roles.Accountant) || u.Roles.Has(roles.SMEAccountant)
	duty := p.Systems[0].SynchronisationUser
	own := plainLink(p, duty)
	if own == nil && duty != u.ID {
		return false
	}
	if own != nil && a.Rank < plainAccount(p, own.AccountingUser).Rank {
		return false
	}
	if duty == u.ID {
		return plainServes(p, a) && (a.CanBook || !books)
	}
	return a.CanBook && a.CanChangeMasterData
}

func dutyMayBe(p *offices.Parts, u *users.User, account sync.UserID) bool {
	if !u.EndDate.IsZero() || u.Access.Len() < len(p.Companies) {
		return false
	}
	if account == "" {
		own := plainLink(p, u.ID)
		return own != nil && plainServes(p, plainAccount(p, own.AccountingUser))
	}
	books := u.Roles.Has(roles.Accountant) || u.Roles.Has(roles.SMEAccountant)
	a := plainAccount(p, account)
	return plainServes(p, a) && (a.CanBook || !books)
}

// couldBe says whether changes can be carried out in some order, each user's roles
// at once and each user's access.
func couldBe(p *offices.Parts, set []plainChange) bool {
	if len(set) == 0 {
		return true
	}
	for i, first := range set {
		group := []plainChange{first}
		rest := append(slices.Clone(set[:i]), set[i+1:]...)
		if first.kind == "role" || first.kind == "access" {
			alike := func(c plainChange) bool { return c.kind == first.kind && c.user == first.user }
			group = slices.DeleteFunc(slices.Clone(set), func(c plainChange) bool { return !alike(c) })
			rest = slices.DeleteFunc(rest, alike)
		}
		after := plainCopy(*p)
		could := true
		for _, c := range group {
			could = could && c.edit(&after)
		}
		if could && mayBe(p, &after, group) && couldBe(&after, rest) {
			return true
		}
	}
	return false
}

// plainText is what the contract calls a set of changes of an office, sorted.
func plainText(p *offices.Parts, set []plainChange) (list []string) {
	for i, c := range set {
		alike := func(o plainChange) bool { return o.kind == c.kind && o.user == c.user }
		if (c.kind == "role" || c.kind == "access") && slices.ContainsFunc(set[:i], alike) {
			continue
		}
		group := slices.DeleteFunc(slices.Clone(set), func(o plainChange) bool { return !alike(o) })
		switch c.kind {
		case "role":
			list = append(list, rolesText(p, group)...)
		case "access":
			list = append(list, accessText(group))
		default:
			list = append(list, c.text())
		}
	}
	slices.Sort(list)
	return list
}

func rolesText(p *offices.Parts, group []plainChange) (list []string) {
	from := plainUser(p, group[0].user).Roles
	to := from
	for _, c := range group {
		to ^= roles.SetOf(c.role)
		if c.on {
			list = append(list, fmt.Sprintf("grant_role %s to %s", c.role, c.user))
		} else {
			list = append(list, fmt.Sprintf("revoke_role %s from %s", c.role, c.user))
		}
	}
	for _, first := range group { // of two or three, some order must pass through valid sets
		if len(group) == 1 || (from^roles.SetOf(first.role)).Valid() && (len(group) == 2 || slices.ContainsFunc(group, func(c plainChange) bool {
			return c.role != first.role && (from ^ roles.SetOf(first.role, c.role)).Valid()
		})) {
			return list
		}
	}
	return []string{fmt.Sprintf("change_roles [%s] for %s", to, group[0].user)}
}

func accessText(group []plainChange) string {
	var signed []string
	for _, sign := range []string{"+", "-"} {
		for _, c := range group {
			if c.on == (sign == "+") {
				signed = append(signed, sign+string(c.company))
			}
		}
	}
	return "change_company_access " + strings.Join(signed, " ") + " for " + string(group[0].user)
}

func (c plainChange) text() string {
	user := " for " + string(c.user)
	switch c.kind {
	case "end date":
		return "change_end_date " + map[bool]string{true: "2026-11-22", false: "none"}[c.on] + user
	case "archive right":
		return "change_archive_right " + map[bool]string{true: "all", false: "by_role"}[c.on] + user
	case "bank right":
		return fmt.Sprintf("change_bank_right %t%s", c.on, user)
	case "later companies":
		return fmt.Sprintf("change_later_companies %t%s", c.on, user)
	case "unlink":
		return "unlink_accounting_user exact" + user
	case "password":
		return "enter_accounting_password exact" + user
	case "link":
		return "link_accounting_user exact " + string(c.account) + user
	case "duty":
		return strings.Join(strings.Fields("manage "+string(c.user)+" "+string(c.account)+" for exact"), " ")
	case "agreement":
		return fmt.Sprintf("change_settings payment_agreement=%t for %s", c.on, c.company)
	case "delete":
		return "delete " + string(c.company)
	}
	return c.kind + user
}
