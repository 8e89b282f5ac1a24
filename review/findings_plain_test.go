package review

import (
	"slices"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file says every rule a second time, as plainly as it can be said, over the
// parts an office is made of. It shares nothing with what it is held against.

// plainFinding is what tells one finding from another.
type plainFinding struct{ rule, user, users, company, system, document string }

type plainOffice struct {
	*findingsCase
	found []plainFinding
}

func plainFindings(c *findingsCase) []plainFinding {
	o := &plainOffice{findingsCase: c}
	for _, u := range c.parts.Users {
		o.aboutUser(u)
	}
	for _, s := range c.parts.Systems {
		o.aboutSystem(s)
	}
	for _, company := range c.parts.Companies {
		o.aboutCompany(company)
	}
	for _, d := range c.docs {
		o.aboutDocument(d)
	}
	o.aboutOffice()
	return o.found
}

func (o *plainOffice) say(f plainFinding) { o.found = append(o.found, f) }

// active compares the days as they are written.
func (o *plainOffice) active(u users.User) bool {
	return u.EndDate.IsZero() || u.EndDate.String() > o.at.In(o.parts.TimeZone).Format("2006-01-02")
}

// has says whether somebody has a role that counts: the more limited role of a pair
// that excludes each other leads.
func plainHas(u users.User, role roles.Role) bool {
	if role == roles.ClientUser && u.Roles.Has(roles.RestrictedClientUser) ||
		role == roles.Accountant && u.Roles.Has(roles.SMEAccountant) {
		return false
	}
	return u.Roles.Has(role)
}

func plainBooks(u users.User) bool {
	return plainHas(u, roles.Accountant) || plainHas(u, roles.SMEAccountant)
}

func plainClient(u users.User) bool {
	return plainHas(u, roles.ClientUser) || plainHas(u, roles.RestrictedClientUser)
}

// plainClientSide: a client role, and no role of the SME Accountant's rank or above.
func plainClientSide(u users.User) bool {
	return (u.Roles.Has(roles.ClientUser) || u.Roles.Has(roles.RestrictedClientUser)) &&
		!u.Roles.Has(roles.SuperUser) && !u.Roles.Has(roles.Accountant) && !u.Roles.Has(roles.SMEAccountant)
}

func (o *plainOffice) company(id companies.ID) companies.Company {
	return o.parts.Companies[slices.IndexFunc(o.parts.Companies, func(c companies.Company) bool { return c.ID == id })]
}

func (o *plainOffice) user(id users.ID) (users.User, bool) {
	for _, u := range o.parts.Users {
		if u.ID == id {
			return u, true
		}
	}
	return users.User{}, false
}

func (o *plainOffice) link(id users.ID, system companies.SystemID) (sync.Link, bool) {
	for _, l := range o.parts.Links {
		if l.User == id && l.System == system {
			return l, true
		}
	}
	return sync.Link{}, false
}

// anybody says whether an active user with a role reaches a company.
func (o *plainOffice) anybody(role roles.Role, company companies.ID) bool {
	return slices.ContainsFunc(o.parts.Users, func(u users.User) bool {
		return o.active(u) && plainHas(u, role) && u.Access.Has(company)
	})
}

func (o *plainOffice) aboutUser(u users.User) {
	is := func(role roles.Role) bool { return plainHas(u, role) }
	rule := func(id string, holds bool) {
		if holds {
			o.say(plainFinding{rule: id, user: string(u.ID)})
		}
	}
	rule("R1", u.Roles.Has(roles.ClientUser) && u.Roles.Has(roles.RestrictedClientUser))
	rule("R2", u.Roles.Has(roles.Accountant) && u.Roles.Has(roles.SMEAccountant))
	rule("R3", u.Roles == 0)
	if pays, ok := u.BillTo.Company(); ok && !o.company(pays).PaymentAgreement {
		o.say(plainFinding{rule: "O12", user: string(u.ID), company: string(pays)})
	}
	if !o.active(u) {
		return
	}
	agreement := false
	for id := range u.Access.All() {
		agreement = agreement || o.company(id).PaymentAgreement
		o.aboutUserIn(u, o.company(id))
	}
	rule("R4", plainBooks(u) && !plainClient(u))
	rule("R6", is(roles.Authoriser) && agreement && !u.BillTo.Chosen())
	rule("O8", u.ChangeBankDetails && !plainBooks(u))
	rule("O9", u.Archive == users.AllDocuments && is(roles.RestrictedClientUser))
	rule("O10", u.LaterCompanies && plainClientSide(u))
	rule("O16", u.Access.Len() == 0 && !is(roles.SuperUser))
	rule("S6", is(roles.SuperUser) && (plainBooks(u) || plainClient(u) || is(roles.Authoriser)))
	for _, s := range o.parts.Systems {
		o.aboutUserAndSystem(u, s)
	}
}

func (o *plainOffice) aboutUserIn(u users.User, c companies.Company) {
	rule := func(id string, holds bool) {
		if holds {
			o.say(plainFinding{rule: id, user: string(u.ID), company: string(c.ID)})
		}
	}
	approves, administers := plainHas(u, roles.Authoriser), plainHas(u, roles.AuthorisationAdministrator)
	rule("R5", (plainHas(u, roles.SuperUser) || plainHas(u, roles.Accountant)) && !administers &&
		c.AuthorisationWorkflow && !o.anybody(roles.AuthorisationAdministrator, c.ID))
	rule("S1", plainBooks(u) && approves)
	rule("S2", plainClient(u) && approves)
	rule("S3", plainBooks(u) && u.ChangeBankDetails && approves)
	rule("S4", plainClient(u) && plainBooks(u) && u.ChangeBankDetails && approves)
	rule("S5", administers && approves)
}

func (o *plainOffice) aboutUserAndSystem(u users.User, s sync.System) {
	l, linked := o.link(u.ID, s.ID)
	reaches := slices.ContainsFunc(o.parts.Companies, func(c companies.Company) bool {
		return c.System == s.ID && u.Access.Has(c.ID)
	})
	if plainBooks(u) && reaches && (!linked || !l.Verified) {
		o.say(plainFinding{rule: "O6", user: string(u.ID), system: string(s.ID)})
	}
	if linked && !plainBooks(u) && s.SynchronisationUser != u.ID {
		o.say(plainFinding{rule: "O7", user: string(u.ID), system: string(s.ID)})
	}
}

func (o *plainOffice) aboutSystem(s sync.System) {
	u, _ := o.user(s.SynchronisationUser)
	fit := o.active(u)
	l, linked := o.link(u.ID, s.ID)
	fit = fit && linked
	for _, c := range o.parts.Companies {
		if c.System == s.ID {
			fit = fit && u.Access.Has(c.ID)
		}
	}
	for _, a := range s.Users {
		if linked && a.ID == l.AccountingUser {
			fit = fit && a.CanChangeMasterData
			for _, c := range o.parts.Companies {
				fit = fit && (c.System != s.ID || a.Reach.Has(c.ID))
			}
		}
		o.aboutAccount(s, a)
	}
	if !fit {
		o.say(plainFinding{rule: "O3", user: string(u.ID), system: string(s.ID)})
	}
	if !u.Roles.Has(roles.SuperUser) {
		o.say(plainFinding{rule: "O4", user: string(u.ID), system: string(s.ID)})
	}
	if s.Connection != sync.LoginSuccess {
		o.say(plainFinding{rule: "O5", system: string(s.ID)})
	}
}

func (o *plainOffice) aboutAccount(s sync.System, a sync.User) {
	var sharing []string
	for _, u := range o.parts.Users {
		if l, ok := o.link(u.ID, s.ID); ok && l.AccountingUser == a.ID && o.active(u) {
			sharing = append(sharing, string(u.ID))
		}
	}
	if len(sharing) > 1 {
		o.say(plainFinding{rule: "O15", users: plainSet(sharing), system: string(s.ID)})
	}
}

func plainSet(list []string) string {
	slices.Sort(list)
	return strings.Join(list, " ")
}

func (o *plainOffice) aboutCompany(c companies.Company) {
	if c.AuthorisationWorkflow && !o.anybody(roles.Authoriser, c.ID) {
		o.say(plainFinding{rule: "O13", company: string(c.ID)})
	}
	if c.AuthorisationWorkflow && !o.anybody(roles.AuthorisationAdministrator, c.ID) {
		o.say(plainFinding{rule: "O17", company: string(c.ID)})
	}
}

func (o *plainOffice) aboutDocument(d documents.Parts) {
	for _, step := range d.Route.Steps() {
		if step.Outcome == documents.Approved {
			continue
		}
		u, known := o.user(step.Authoriser)
		if !known || !o.active(u) || !plainHas(u, roles.Authoriser) || !u.Access.Has(d.Company) {
			o.say(plainFinding{rule: "O18", user: string(step.Authoriser), company: string(d.Company), document: string(d.ID)})
		}
		return // whoever follows is not in turn
	}
}

func (o *plainOffice) aboutOffice() {
	var supers []users.User
	forEver := false
	sharing := map[string][]string{}
	for _, u := range o.parts.Users {
		if !o.active(u) {
			continue
		}
		if u.Roles.Has(roles.SuperUser) {
			supers = append(supers, u)
			forEver = forEver || u.EndDate.IsZero()
		}
		sharing[strings.ToLower(u.Email)] = append(sharing[strings.ToLower(u.Email)], string(u.ID))
	}
	switch {
	case len(supers) == 0:
		o.say(plainFinding{rule: "O1"})
	case len(supers) == 1:
		o.say(plainFinding{rule: "O2", user: string(supers[0].ID)})
	}
	if len(supers) > 0 && !forEver {
		o.say(plainFinding{rule: "O14"})
	}
	for _, list := range sharing {
		if len(list) > 1 {
			o.say(plainFinding{rule: "O11", users: plainSet(list)})
		}
	}
}
