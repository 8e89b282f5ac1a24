package admin_test

import (
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// plotQuestion is what the policy is asked of a command first, with an office as
// it stands. Where the policy says no, the command must be refused.
type plotQuestion struct {
	action   policy.Action
	resource policy.Resource
	with     *policy.With
}

// plotAsks is the first question of a command; false where there is none that can
// be told from the command alone.
func plotAsks(c admin.Command) (plotQuestion, bool) {
	office := policy.OfOffice("office")
	switch c := c.(type) {
	case admin.CreateUsers:
		return plotQuestion{policy.UserCreate, office, &policy.With{
			Roles: policy.Given(c.Roles), Companies: policy.Given(users.AccessTo(c.Companies.Slice()...)),
		}}, true
	case admin.ImportUsers:
		return plotQuestion{policy.UserImport, office, &policy.With{
			System: c.System, Users: plotImported(c), Roles: policy.Given(c.Roles),
			Companies: policy.Given(users.AccessTo(c.Companies.Slice()...)),
		}}, true
	case admin.CreateCompany:
		return plotQuestion{policy.CompanyCreate, office, &policy.With{AccountingSystem: c.System}}, true
	case admin.ChangeOffice, admin.ChangePaymentAgreement:
		return plotQuestion{policy.OfficeChangeSettings, office, nil}, true
	case admin.CreateSystem:
		return plotQuestion{policy.AccountingSystemCreate, office, nil}, true
	}
	for _, asks := range []func(admin.Command) (plotQuestion, bool){plotAsksOfUser, plotAsksInBulk, plotAsksOfCompany} {
		if q, ok := asks(c); ok {
			return q, true
		}
	}
	return plotQuestion{}, false
}

func plotImported(c admin.ImportUsers) (ids []sync.UserID) {
	for p := range c.People.All() {
		ids = append(ids, p.AccountingUser)
	}
	return ids
}

func plotAsksOfUser(c admin.Command) (plotQuestion, bool) {
	of := func(id users.ID, a policy.Action, with policy.With) (plotQuestion, bool) {
		return plotQuestion{a, policy.OfUser(id), &with}, true
	}
	switch c := c.(type) {
	case admin.GrantRole:
		return of(c.User, policy.UserGrantRole, policy.With{Role: c.Role})
	case admin.RevokeRole:
		return of(c.User, policy.UserRevokeRole, policy.With{Role: c.Role})
	case admin.ChangeRoles:
		return of(c.User, policy.UserChangeRoles, policy.With{Roles: policy.Given(c.Roles)})
	case admin.ChangeCompanyAccess:
		return of(c.User, policy.UserChangeCompanyAccess, policy.With{Companies: policy.Given(users.AccessTo(c.Companies.Slice()...))})
	case admin.ChangeLaterCompanies:
		return of(c.User, policy.UserChangeLaterCompanies, policy.With{})
	case admin.ChangeArchiveRight:
		return of(c.User, policy.UserChangeArchiveRight, policy.With{})
	case admin.ChangeBankRight:
		return of(c.User, policy.UserChangeBankRight, policy.With{})
	case admin.DeleteUser:
		return of(c.User, policy.UserDelete, policy.With{})
	case admin.ChangeEndDate:
		return of(c.User, policy.UserChangeEndDate, policy.With{EndDate: policy.Given(c.EndDate)})
	case admin.ChangeDetails:
		return of(c.User, policy.UserChangeDetails, policy.With{})
	case admin.ChangeBillTo:
		return of(c.User, policy.UserChangeBillTo, policy.With{BillTo: c.BillTo})
	case admin.SendPasswordLink:
		return of(c.User, policy.UserSendPasswordLink, policy.With{})
	case admin.ChangePassword:
		return of(c.User, policy.UserChangePassword, policy.With{OldPasswordVerified: policy.Given(c.OldPasswordVerified)})
	case admin.ChangeEmail:
		return of(c.User, policy.UserChangeEmail, policy.With{OldPasswordVerified: c.OldPasswordVerified})
	case admin.LinkAccountingUser:
		return of(c.User, policy.UserLinkAccountingUser, policy.With{System: c.System, User: c.AccountingUser})
	case admin.UnlinkAccountingUser:
		return of(c.User, policy.UserUnlinkAccountingUser, policy.With{System: c.System})
	case admin.EnterAccountingPassword:
		return of(c.User, policy.UserEnterAccountingPassword, policy.With{System: c.System})
	}
	return plotQuestion{}, false
}

// plotAsksInBulk is what is asked first about the first user; what it is asked with
// hangs on the user otherwise.
func plotAsksInBulk(c admin.Command) (plotQuestion, bool) {
	bulk, ok := c.(admin.Bulk)
	if !ok || bulk.GiveCompanies.Len() > 0 || bulk.GrantRoles != 0 {
		return plotQuestion{}, false
	}
	first := policy.OfUser(bulk.Users.Slice()[0])
	if bulk.GiveLaterCompanies {
		return plotQuestion{policy.UserChangeLaterCompanies, first, nil}, true
	}
	return plotQuestion{policy.UserChangeBankRight, first, nil}, true
}

func plotAsksOfCompany(c admin.Command) (plotQuestion, bool) {
	of := func(a policy.Action, id companies.ID) (plotQuestion, bool) {
		return plotQuestion{a, policy.OfCompany(id), nil}, true
	}
	system := func(a policy.Action, id companies.SystemID) (plotQuestion, bool) {
		return plotQuestion{a, policy.OfConnection(id), nil}, true
	}
	switch c := c.(type) {
	case admin.DeleteCompany:
		return of(policy.CompanyDelete, c.Company)
	case admin.SwitchSynchronisation:
		return of(policy.CompanyControlSync, c.Company)
	case admin.ChangeWorkflow:
		return of(policy.CompanyChangeSettings, c.Company)
	case admin.ChangeSettings:
		for s := range c.Settings.All() {
			if s.Code == "currency" {
				return of(policy.CompanyChangeMandatorySettings, c.Company)
			}
		}
		return of(policy.CompanyChangeSettings, c.Company)
	case admin.DeleteSystem:
		return system(policy.AccountingSystemDelete, c.System)
	case admin.ChooseSynchronisationUser:
		if _, given := c.Account.Get(); given {
			return plotQuestion{}, false // it is asked of the office with that account
		}
		return plotQuestion{policy.ConnectionManage, policy.OfConnection(c.System), &policy.With{
			SynchronisationUser: c.SynchronisationUser, AccountingUser: c.AccountingUser,
		}}, true
	case admin.FetchUsers:
		return system(policy.AccountingSystemFetchUsers, c.System)
	case admin.Reconnect:
		return system(policy.ConnectionReconnect, c.System)
	}
	return plotQuestion{}, false
}

// plotSuperOnly is the actions that no rule opens to anybody but a Super user.
func plotSuperOnly() (list []policy.Action) {
	others := make(map[policy.Action]bool)
	for id := range policy.AllRules() {
		rule := id.Rule()
		for _, a := range rule.Actions {
			if !rule.For.Has(policy.IsSuperUser) {
				others[a] = true
			}
		}
	}
	for a := range policy.AllActions() {
		if !others[a] {
			list = append(list, a)
		}
	}
	return slices.Clip(list)
}
