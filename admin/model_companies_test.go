package admin_test

import (
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// createCompany creates a company that its creator reaches, everybody with the
// right to later companies, and the synchronisation user, here and there.
func (a *attempt) createCompany(c admin.CreateCompany) {
	if !a.mayOffice(policy.CompanyCreate, &policy.With{AccountingSystem: c.System}) {
		return
	}
	if _, taken := a.companies[c.Company]; !a.must(!taken) {
		return
	}
	a.companies[c.Company] = companies.Company{
		ID: c.Company, Name: c.CompanyName, System: c.System, AuthorisationWorkflow: c.AuthorisationWorkflow,
	}
	system := a.systems[c.System]
	for id, u := range a.users {
		if u.LaterCompanies || id == a.actor || id == system.duty {
			a.change(id, func(u *users.User) { u.Access = u.Access.With(c.Company) })
		}
	}
	if l, linked := a.links[plainLink{system.duty, c.System}]; linked {
		a.changeReach(c.System, l.account, func(some users.Access) users.Access { return some.With(c.Company) })
	}
}

// changeReach changes the companies that an accounting-system user reaches one by
// one.
func (a *attempt) changeReach(system companies.SystemID, id sync.UserID, change func(users.Access) users.Access) {
	if u := a.systems[system].accounts[id]; !u.Reach.All() {
		u.Reach = sync.ReachSome(change(u.Reach.Some()))
		a.systems[system].accounts[id] = u
	}
}

// deleteCompany takes with it all that hung on the company.
func (a *attempt) deleteCompany(c admin.DeleteCompany) {
	if !a.may(policy.CompanyDelete, policy.OfCompany(c.Company), nil) {
		return
	}
	delete(a.companies, c.Company)
	without := func(some users.Access) users.Access { return some.Without(c.Company) }
	for id := range a.users {
		a.change(id, func(u *users.User) { u.Access = without(u.Access) })
	}
	a.billToOffice(c.Company)
	for at := range a.settings {
		if at.company == c.Company {
			delete(a.settings, at)
		}
	}
	for system, s := range a.systems {
		for id := range s.accounts {
			a.changeReach(system, id, without)
		}
	}
}

// billToOffice has the office pay for whom a company paid: nobody chose it to.
func (a *attempt) billToOffice(id companies.ID) {
	for user, u := range a.users {
		if u.BillTo == users.BillToCompany(id) {
			a.change(user, func(u *users.User) { u.BillTo = users.BillTo{} })
		}
	}
}

func (a *attempt) changeSettings(c admin.ChangeSettings) {
	for s := range c.Settings.All() {
		a.changeSetting(c.Company, s)
	}
}

func (a *attempt) changeSetting(id companies.ID, s admin.SettingValue) {
	i := slices.IndexFunc(plainKinds, func(k companies.SettingKind) bool { return k.Code == s.Code })
	action := policy.CompanyChangeMandatorySettings
	if i >= 0 && !plainKinds[i].Mandatory {
		action = policy.CompanyChangeSettings
	}
	switch at := (plainSetting{id, s.Code}); {
	case !a.may(action, policy.OfCompany(id), nil), !a.must(i >= 0):
	case s.Value == "":
		if a.must(!plainKinds[i].Mandatory) {
			delete(a.settings, at)
		}
	case a.must(len(plainKinds[i].Values) == 0 || slices.Contains(plainKinds[i].Values, s.Value)):
		a.settings[at] = s.Value
	}
}

func (a *attempt) changeWorkflow(c admin.ChangeWorkflow) {
	if a.may(policy.CompanyChangeSettings, policy.OfCompany(c.Company), nil) {
		a.changeCompany(c.Company, func(held *companies.Company) { held.AuthorisationWorkflow = c.AuthorisationWorkflow })
	}
}

func (a *attempt) changePaymentAgreement(c admin.ChangePaymentAgreement) {
	if !a.mayOffice(policy.OfficeChangeSettings, nil) {
		return
	}
	if _, known := a.companies[c.Company]; !a.must(known) {
		return
	}
	a.changeCompany(c.Company, func(held *companies.Company) { held.PaymentAgreement = c.PaymentAgreement })
	if !c.PaymentAgreement {
		a.billToOffice(c.Company)
	}
}

func (a *attempt) switchSynchronisation(c admin.SwitchSynchronisation) {
	if a.may(policy.CompanyControlSync, policy.OfCompany(c.Company), nil) {
		a.changeCompany(c.Company, func(held *companies.Company) { held.SynchronisationOff = !c.Synchronisation })
	}
}

func (a *attempt) changeOffice(c admin.ChangeOffice) {
	if !a.mayOffice(policy.OfficeChangeSettings, nil) {
		return
	}
	if name, given := c.OfficeName.Get(); given {
		a.name = name
	}
	if minutes, given := c.PasswordLinkMinutes.Get(); given {
		a.minutes = minutes
	}
}
