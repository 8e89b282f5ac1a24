package policytest

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// mend takes out of drawn parts what an access review would call an error, and what
// no command could have made.
func mend(p *offices.Parts) {
	for i := range p.Users {
		mendUser(p, &p.Users[i])
	}
	first := &p.Users[0] // the Super user who stays
	first.Roles, first.EndDate = roles.SetOf(roles.SuperUser), users.Date{}
	for i := range p.Systems {
		mendSystem(p, &p.Systems[i])
	}
}

func mendUser(p *offices.Parts, u *users.User) {
	if u.Roles = u.Roles.Effective(); u.Roles == 0 {
		u.Roles = roles.SetOf(roles.ClientUser)
	}
	if u.Roles.Books() && u.Roles.Delivers() && u.Roles.Has(roles.Authoriser) {
		u.ChangeBankDetails = false
	}
	if id, ok := u.BillTo.Company(); ok && !slices.ContainsFunc(p.Companies, func(c companies.Company) bool {
		return c.ID == id && c.PaymentAgreement
	}) {
		u.BillTo = users.BillToOffice
	}
}

// mendSystem makes the synchronisation user one who is fit, linked to the first user
// of the system, and leaves only such links to others as the rank of that one allows.
func mendSystem(p *offices.Parts, s *sync.System) {
	if len(s.Users) == 0 {
		s.Users = []sync.User{{ID: accounts[0], Name: "The head", Email: "head@there.example", Rank: 1}}
	}
	head := &s.Users[0]
	head.CanBook, head.CanChangeMasterData, head.Reach = true, true, sync.ReachAll
	duty := &p.Users[slices.IndexFunc(p.Users, func(u users.User) bool { return u.ID == s.SynchronisationUser })]
	duty.EndDate = users.Date{}
	for _, c := range p.Companies {
		if c.System == s.ID {
			duty.Access = duty.Access.With(c.ID)
		}
	}
	p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool {
		to := s.Users[max(0, slices.IndexFunc(s.Users, func(u sync.User) bool { return u.ID == l.AccountingUser }))]
		return l.System == s.ID && (l.User == duty.ID || !to.AtOrBelow(*head) || !to.MayBeLinked(true))
	})
	p.Links = append(p.Links, sync.Link{User: duty.ID, System: s.ID, AccountingUser: head.ID, Verified: s.Connection == sync.LoginSuccess})
}

// mendDocuments withdraws the documents that wait for somebody who cannot authorise.
func (o Office) mendDocuments() {
	for i := range o.Documents {
		d := &o.Documents[i]
		if !d.Route().IsPending() || slices.Contains(o.fitAuthorisers(d.Company()), d.Route().InTurn()) {
			continue
		}
		if withdrawn, err := d.Withdraw(); err == nil {
			*d = withdrawn
		}
	}
}

// fitAuthorisers is who could authorise a company's documents now.
func (o Office) fitAuthorisers(id companies.ID) (list []users.ID) {
	for u := range o.Office().Users() {
		if u.Roles.Effective().Has(roles.Authoriser) && u.Access.Has(id) && u.ActiveOn(o.Office().Day(o.At)) {
			list = append(list, u.ID)
		}
	}
	return list
}
