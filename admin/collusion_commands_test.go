package admin_test

import (
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// plotDomain is the values that the arguments of commands take.
type plotDomain struct {
	targets  []users.ID // whom commands are about
	added    []users.ID // who can be added
	roles    []roles.Role
	sets     []roles.Set
	reaches  [][]companies.ID
	about    []companies.ID // which companies commands are about
	ends     []users.Date
	emails   []string
	systems  []companies.SystemID
	accounts map[companies.SystemID][]sync.UserID
}

// each makes commands about every user there is to act on.
func (d plotDomain) each(of func(id users.ID) []admin.Command) (list []admin.Command) {
	for _, id := range d.targets {
		list = append(list, of(id)...)
	}
	return list
}

// roleChanges grants, revokes and changes roles.
func (d plotDomain) roleChanges() []admin.Command {
	return d.each(func(id users.ID) (list []admin.Command) {
		for _, r := range d.roles {
			list = append(list, admin.GrantRole{User: id, Role: r}, admin.RevokeRole{User: id, Role: r})
		}
		for _, set := range d.sets {
			list = append(list, admin.ChangeRoles{User: id, Roles: set})
		}
		return list
	})
}

// rights gives access and the right to later companies, and takes them.
func (d plotDomain) rights() []admin.Command {
	return d.each(func(id users.ID) (list []admin.Command) {
		for _, reach := range d.reaches {
			list = append(list, admin.ChangeCompanyAccess{User: id, Companies: changes.ListOf(reach...)})
		}
		return append(list, admin.ChangeLaterCompanies{User: id, LaterCompanies: true}, admin.ChangeLaterCompanies{User: id})
	})
}

// superRights gives what only a Super user may give, and deletes.
func (d plotDomain) superRights() []admin.Command {
	return d.each(func(id users.ID) []admin.Command {
		return []admin.Command{
			admin.ChangeArchiveRight{User: id, Archive: users.AllDocuments},
			admin.ChangeArchiveRight{User: id},
			admin.ChangeBankRight{User: id, ChangeBankDetails: true},
			admin.ChangeBankRight{User: id},
			admin.DeleteUser{User: id},
		}
	})
}

// endDates sets end dates.
func (d plotDomain) endDates() []admin.Command {
	return d.each(func(id users.ID) (list []admin.Command) {
		for _, end := range d.ends {
			list = append(list, admin.ChangeEndDate{User: id, EndDate: end})
		}
		return list
	})
}

// details changes what says nothing about rights.
func (d plotDomain) details() []admin.Command {
	return d.each(func(id users.ID) []admin.Command {
		return []admin.Command{
			admin.ChangeDetails{User: id, Spenser: policy.Given(true)},
			admin.ChangeDetails{User: id, Username: policy.Given("renamed")},
			admin.ChangeBillTo{User: id, BillTo: users.BillToOffice},
			admin.ChangeBillTo{User: id, BillTo: users.BillToCompany(plotQuarry)},
		}
	})
}

// passwords goes after others' passwords and addresses.
func (d plotDomain) passwords() []admin.Command {
	return d.each(func(id users.ID) []admin.Command {
		list := []admin.Command{
			admin.SendPasswordLink{User: id},
			admin.UsePasswordLink{User: id},
			admin.MarkUsed{User: id},
			admin.ChangePassword{User: id, OldPasswordVerified: true},
			admin.ChangePassword{User: id},
		}
		for _, to := range d.emails {
			list = append(list, admin.ChangeEmail{User: id, Email: to},
				admin.ChangeEmail{User: id, Email: to, OldPasswordVerified: policy.Given(true)})
		}
		return list
	})
}

// links has users linked to accounting-system users, unlinked, and passwords entered.
func (d plotDomain) links() []admin.Command {
	return d.each(func(id users.ID) (list []admin.Command) {
		for _, system := range d.systems {
			for _, account := range d.accounts[system] {
				list = append(list, admin.LinkAccountingUser{User: id, System: system, AccountingUser: account})
			}
			list = append(list, admin.UnlinkAccountingUser{User: id, System: system},
				admin.EnterAccountingPassword{User: id, System: system})
		}
		return list
	})
}

// additions adds users, by hand and from an accounting system.
func (d plotDomain) additions() (list []admin.Command) {
	for _, id := range d.added {
		for _, set := range d.sets {
			for _, reach := range d.reaches {
				list = append(list, d.addition(set, reach, id), d.importOf(set, reach, id))
			}
		}
	}
	if len(d.added) > 1 {
		list = append(list, d.addition(d.sets[0], d.reaches[0], d.added...))
	}
	return list
}

func (d plotDomain) addition(set roles.Set, reach []companies.ID, ids ...users.ID) admin.Command {
	var people []admin.Person
	for _, id := range ids {
		people = append(people, admin.Person{
			User: id, Username: string(id), Email: string(id) + "@plot.example", SendPasswordLink: true,
		})
	}
	return admin.CreateUsers{Roles: set, Companies: changes.ListOf(reach...), People: changes.ListOf(people...)}
}

// importOf imports the accounting-system user who ranks highest for the second
// user, and one of a lower rank for the first.
func (d plotDomain) importOf(set roles.Set, reach []companies.ID, id users.ID) admin.Command {
	account := sync.UserID("north-3")
	if id == plotSecond {
		account = "north-1"
	}
	return admin.ImportUsers{
		System: plotNorth, Roles: set, Companies: changes.ListOf(reach...),
		People: changes.ListOf(admin.Imported{AccountingUser: account, User: id, Username: string(id)}),
	}
}

// bulk does to each user and the one after what can be done in bulk.
func (d plotDomain) bulk() (list []admin.Command) {
	for i, id := range d.targets[1:] {
		two := changes.ListOf(d.targets[i], id)
		for _, r := range d.roles {
			list = append(list, admin.Bulk{Users: two, GrantRoles: roles.SetOf(r)})
		}
		for _, c := range d.about {
			list = append(list, admin.Bulk{Users: two, GiveCompanies: changes.ListOf(c)})
		}
		list = append(list,
			admin.Bulk{Users: two, GiveLaterCompanies: true},
			admin.Bulk{Users: two, ChangeBankDetails: policy.Given(true)},
			admin.Bulk{Users: two, GrantRoles: roles.SetOf(roles.Authoriser), GiveCompanies: changes.ListOf(plotQuarry), GiveLaterCompanies: true})
	}
	return list
}

// companies creates a company, and changes those there are.
func (d plotDomain) companies() (list []admin.Command) {
	list = append(list, d.creations()...)
	for _, c := range d.about {
		list = append(list, admin.DeleteCompany{Company: c}, admin.SwitchSynchronisation{Company: c},
			admin.ChangeWorkflow{Company: c, AuthorisationWorkflow: true}, admin.ChangeWorkflow{Company: c},
			admin.ChangePaymentAgreement{Company: c, PaymentAgreement: true}, admin.ChangePaymentAgreement{Company: c},
			plotSets(c, admin.SettingValue{Code: "colour", Value: "red"}),
			plotSets(c, admin.SettingValue{Code: "currency", Value: "USD"}),
			plotSets(c, admin.SettingValue{Code: "colour"}, admin.SettingValue{Code: "currency", Value: "EUR"}))
	}
	return list
}

func plotSets(c companies.ID, values ...admin.SettingValue) admin.Command {
	return admin.ChangeSettings{Company: c, Settings: changes.ListOf(values...)}
}

// creations creates the later company, in either accounting system.
func (d plotDomain) creations() (list []admin.Command) {
	for _, system := range d.systems {
		list = append(list, admin.CreateCompany{Company: plotLater, CompanyName: "Later", System: system})
	}
	return list
}

// office changes the office itself and its connections.
func (d plotDomain) office() []admin.Command {
	own := admin.Account{ID: "own-1", Name: "Own", Email: "own@plot.example", Rank: 1, CanBook: true, CanChangeMasterData: true, Everywhere: true}
	list := []admin.Command{
		admin.ChangeOffice{OfficeName: policy.Given("Ours")}, admin.ChangeOffice{PasswordLinkMinutes: policy.Given(1440)},
	}
	for _, system := range d.systems {
		list = append(list, admin.DeleteSystem{System: system}, admin.RecordDisconnection{System: system},
			admin.Reconnect{System: system}, admin.FetchUsers{System: system, Accounts: changes.ListOf(own)})
	}
	return append(list, d.each(func(id users.ID) []admin.Command {
		list := []admin.Command{admin.CreateSystem{System: "own", SystemName: "Own", SynchronisationUser: id, Account: own}}
		for _, system := range d.systems {
			list = append(list, admin.ChooseSynchronisationUser{System: system, SynchronisationUser: id},
				admin.ChooseSynchronisationUser{System: system, SynchronisationUser: id, AccountingUser: d.accounts[system][0]},
				admin.ChooseSynchronisationUser{System: system, SynchronisationUser: id, AccountingUser: own.ID, Account: policy.Given(own)})
		}
		return list
	})...)
}
