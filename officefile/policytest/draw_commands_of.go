package policytest

import (
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// commandsOf draws a command of each name.
var commandsOf = map[string]func(commander) admin.Command{
	// Users.
	"user.create": func(c commander) admin.Command {
		return admin.CreateUsers{Roles: c.set(), Companies: c.companies(), People: changes.ListOf(c.persons()...)}
	},
	"user.import": func(c commander) admin.Command {
		system := c.system()
		ids := append([]users.ID{c.newcomer()}, newcomers[c.upTo(0, len(newcomers)-1, "another newcomer")])
		accounts := []sync.UserID{c.linkable(c.o, system), c.linkable(c.o, system)}
		var list []admin.Imported
		for i := range ids {
			if i == 0 || accounts[1] != accounts[0] && c.coin("two of them") {
				list = append(list, admin.Imported{AccountingUser: accounts[i], User: ids[i], Username: string(ids[i]), SendPasswordLink: c.oneIn(3, "send link")})
			}
		}
		return admin.ImportUsers{System: system, Roles: c.set(), Companies: c.companies(), People: changes.ListOf(list...)}
	},
	"user.change_details": func(c commander) admin.Command {
		d := admin.ChangeDetails{
			User: c.user(), FullName: optional(c, one(c.artist, "name", "Jan Jansen", "")),
			Language: optional(c, one(c.artist, "language", "nl", "")), Spenser: optional(c, c.coin("spenser")),
		}
		if d == (admin.ChangeDetails{User: d.User}) || c.oneIn(3, "username too") {
			d.Username = policy.Given(one(c.artist, "username", "new name", string(c.user()), string(gone[0])))
		}
		return d
	},
	"user.grant_role": func(c commander) admin.Command {
		u := c.found(c.user())
		return admin.GrantRole{User: u.ID, Role: c.role(policy.UserGrantRole, u.Roles)}
	},
	"user.revoke_role": func(c commander) admin.Command {
		u := c.found(c.user())
		return admin.RevokeRole{User: u.ID, Role: c.role(policy.UserRevokeRole, u.Roles)}
	},
	"user.change_roles": func(c commander) admin.Command {
		u := c.found(c.user())
		return admin.ChangeRoles{User: u.ID, Roles: c.newRoles(u.Roles)}
	},
	"user.change_company_access": func(c commander) admin.Command {
		u := c.found(c.user())
		return admin.ChangeCompanyAccess{User: u.ID, Companies: listOf(c.newAccess(c.o, u.Access))}
	},
	"user.change_later_companies": func(c commander) admin.Command {
		return admin.ChangeLaterCompanies{User: c.user(), LaterCompanies: c.coin("later companies")}
	},
	"user.change_archive_right": func(c commander) admin.Command {
		return admin.ChangeArchiveRight{User: c.user(), Archive: one(c.artist, "archive right", users.AllDocuments, users.ByRole)}
	},
	"user.change_bank_right": func(c commander) admin.Command {
		return admin.ChangeBankRight{User: c.user(), ChangeBankDetails: c.coin("bank right")}
	},
	"user.change_end_date": func(c commander) admin.Command {
		return admin.ChangeEndDate{User: c.user(), EndDate: c.endDate(c.o)}
	},
	"user.change_bill_to": func(c commander) admin.Command {
		return admin.ChangeBillTo{User: c.user(), BillTo: c.payer(c.o)}
	},
	"user.bulk":               bulk,
	"user.delete":             func(c commander) admin.Command { return admin.DeleteUser{User: c.user()} },
	"user.send_password_link": func(c commander) admin.Command { return admin.SendPasswordLink{User: c.user()} },
	"user.use_password_link": func(c commander) admin.Command {
		return admin.UsePasswordLink{User: c.suited(func(u users.User) bool {
			_, sent := c.o.Office().PasswordLinkOf(u.ID)
			return sent
		})}
	},
	"user.change_password": func(c commander) admin.Command {
		return admin.ChangePassword{User: c.user(), OldPasswordVerified: !c.oneIn(4, "wrong password")}
	},
	"user.change_email": func(c commander) admin.Command {
		return admin.ChangeEmail{
			User: c.suited(func(u users.User) bool { return !u.Used }), Email: one(c.artist, "address", "new@devries.example", "info@devries.example"),
			OldPasswordVerified: optional(c, !c.oneIn(4, "wrong password")),
		}
	},
	"user.mark_used": func(c commander) admin.Command { return admin.MarkUsed{User: c.user()} },
	"user.link_accounting_user": func(c commander) admin.Command {
		system := c.system()
		return admin.LinkAccountingUser{User: c.user(), System: system, AccountingUser: c.linkable(c.o, system)}
	},
	"user.unlink_accounting_user": func(c commander) admin.Command {
		user, system := c.link()
		return admin.UnlinkAccountingUser{User: user, System: system}
	},
	"user.enter_accounting_password": func(c commander) admin.Command {
		user, system := c.link()
		return admin.EnterAccountingPassword{User: user, System: system}
	},

	// Companies and the office.
	"company.create": func(c commander) admin.Command {
		id := one(c.artist, "new company", newFirms...)
		return admin.CreateCompany{Company: id, CompanyName: "The " + string(id), System: c.system(), AuthorisationWorkflow: c.coin("workflow")}
	},
	"company.delete":          func(c commander) admin.Command { return admin.DeleteCompany{Company: c.company()} },
	"company.change_settings": settings,
	"company.change_authorisation_workflow": func(c commander) admin.Command {
		return admin.ChangeWorkflow{Company: c.company(), AuthorisationWorkflow: c.coin("workflow")}
	},
	"company.change_payment_agreement": func(c commander) admin.Command {
		return admin.ChangePaymentAgreement{Company: c.company(), PaymentAgreement: c.coin("payment agreement")}
	},
	"company.control_sync": func(c commander) admin.Command {
		return admin.SwitchSynchronisation{Company: c.company(), Synchronisation: c.coin("synchronisation")}
	},
	"office.change_settings": func(c commander) admin.Command {
		d := admin.ChangeOffice{OfficeName: optional(c, "De Vries & Zn"), PasswordLinkMinutes: optional(c, one(c.artist, "minutes", 30, 1, 1440))}
		if d == (admin.ChangeOffice{}) {
			d.OfficeName = policy.Given("Jansen")
		}
		return d
	},

	// Accounting systems and their connections.
	"accounting_system.create": func(c commander) admin.Command {
		id := one(c.artist, "new accounting system", newSystems...)
		return admin.CreateSystem{System: id, SystemName: string(id) + " Online", SynchronisationUser: c.candidate(c.o, id), Account: c.told(newAccounts[0], id)}
	},
	"accounting_system.delete": func(c commander) admin.Command {
		if c.strange() {
			return admin.DeleteSystem{System: noSystem}
		}
		return admin.DeleteSystem{System: c.connection(c.o, policy.AccountingSystemDelete)}
	},
	"accounting_system.fetch_users": fetch,
	"connection.manage":             choose,
	"connection.record_disconnection": func(c commander) admin.Command {
		return admin.RecordDisconnection{System: c.system()}
	},
	"connection.reconnect": func(c commander) admin.Command { return admin.Reconnect{System: c.system()} },
}

// bulk draws one or more of the four things that are done to several users at once.
func bulk(c commander) admin.Command {
	list := partOf(c.artist, "users", idsOfUsers(c.o))
	for _, id := range append(idsOfUsers(c.o), noUser, gone[0]) {
		if len(list) < 2 && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	b := admin.Bulk{Users: changes.ListOf(list...), GiveLaterCompanies: c.oneIn(3, "later companies"), ChangeBankDetails: optional(c, c.coin("bank right"))}
	if c.oneIn(3, "roles") {
		b.GrantRoles = roles.SetOf(one(c.artist, "role", roles.All()...))
	}
	if c.coin("companies") {
		b.GiveCompanies = c.companies()
	}
	if b == (admin.Bulk{Users: b.Users}) {
		b.GiveLaterCompanies = true
	}
	return b
}

// settings draws values of what companies may set, mostly such as they take.
func settings(c commander) admin.Command {
	var list []admin.SettingValue
	for k := range c.o.Office().SettingKinds() {
		if c.coin("set " + k.Code) {
			list = append(list, admin.SettingValue{Code: k.Code, Value: among(c.artist, "value", "as told", k.Values)})
		}
	}
	if len(list) == 0 || c.strange() {
		list = append(list, admin.SettingValue{Code: "no_such", Value: "high"})
	}
	return admin.ChangeSettings{Company: c.company(), Settings: changes.ListOf(list...)}
}

// fetch draws what an accounting system tells of its users: most of those it told of,
// mostly as it told, and new ones.
func fetch(c commander) admin.Command {
	system := c.system()
	before, _ := c.o.Office().System(system)
	var list []admin.Account
	for _, u := range before.Users {
		switch {
		case c.oneIn(4, "told anew"):
			list = append(list, c.told(u.ID, system))
		case !c.oneIn(6, "no longer there"):
			list = append(list, admin.Account{
				ID: u.ID, Name: u.Name, Email: u.Email, Rank: u.Rank, CanBook: u.CanBook, CanChangeMasterData: u.CanChangeMasterData,
				Everywhere: u.Reach.All(), Companies: listOf(u.Reach.Some()),
			})
		}
	}
	for _, id := range partOf(c.artist, "new accounting users", newAccounts) {
		if !slices.ContainsFunc(before.Users, func(u sync.User) bool { return u.ID == id }) {
			list = append(list, c.told(id, system))
		}
	}
	return admin.FetchUsers{System: system, Accounts: changes.ListOf(list...)}
}

// choose draws the choice of a synchronisation user, with or without a link.
func choose(c commander) admin.Command {
	system := c.system()
	d := admin.ChooseSynchronisationUser{System: system, SynchronisationUser: c.candidate(c.o, system)}
	switch c.upTo(0, 2, "linked with the choice") {
	case 1:
		d.AccountingUser = c.anyAccount(c.o, system)
	case 2:
		d.AccountingUser = one(c.artist, "told account", newAccounts...)
		d.Account = policy.Given(c.told(d.AccountingUser, system))
	}
	return d
}
