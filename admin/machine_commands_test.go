package admin_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func listOf[T comparable](list ...T) changes.List[T] { return changes.ListOf(list...) }

// commandDraws draws a command of each name.
var commandDraws = map[string]func(s scene) drawn{
	"user.create": func(s scene) drawn {
		var list []admin.Person
		for range rapid.IntRange(1, 3).Draw(s.T, "people") {
			list = append(list, s.person())
		}
		return drawn{admin.CreateUsers{s.roleSet(), listOf(s.someCompanies()...), listOf(list...)}, s.manager()}
	},
	"user.import": func(s scene) drawn {
		system := s.system()
		var list []admin.Imported
		for range rapid.IntRange(1, 2).Draw(s.T, "people") {
			id := s.newUser()
			list = append(list, admin.Imported{s.linkable(system), id, string(id), oneIn(s.T, "send", 3)})
		}
		return drawn{admin.ImportUsers{system, s.roleSet(), listOf(s.someCompanies()...), listOf(list...)}, s.manager()}
	},
	"user.change_details": func(s scene) drawn {
		c := admin.ChangeDetails{User: s.user()}
		c.FullName = optional(s, among(s.T, "name", []string{"", "Jan"}))
		c.Language = optional(s, among(s.T, "language", []string{"", "nl"}))
		c.Spenser = optional(s, s.bool("spenser"))
		if c == (admin.ChangeDetails{User: c.User}) || oneIn(s.T, "username", 3) {
			c.Username = policy.Given(among(s.T, "username", []string{"new-a", "new-b", "anna", "tom", string(c.User)}))
		}
		return drawn{c, s.manager()}
	},
	"user.grant_role":  func(s scene) drawn { return drawn{admin.GrantRole{s.user(), s.role()}, s.manager()} },
	"user.revoke_role": func(s scene) drawn { return drawn{admin.RevokeRole{s.user(), s.role()}, ""} },
	"user.change_roles": func(s scene) drawn {
		return drawn{admin.ChangeRoles{s.user(), s.roleSet()}, s.manager()}
	},
	"user.change_company_access": func(s scene) drawn {
		id := s.user()
		list := s.someCompanies()
		if s.bool("more") {
			list = slices.AppendSeq(list, s.users[id].Access.All())
		}
		return drawn{admin.ChangeCompanyAccess{id, listOf(list...)}, s.manager()}
	},
	"user.change_later_companies": func(s scene) drawn {
		return drawn{admin.ChangeLaterCompanies{s.user(), s.bool("later companies")}, s.manager()}
	},
	"user.change_archive_right": func(s scene) drawn {
		return drawn{admin.ChangeArchiveRight{s.user(), among(s.T, "archive", []users.ArchiveRight{users.ByRole, users.AllDocuments})}, ""}
	},
	"user.change_bank_right": func(s scene) drawn {
		return drawn{admin.ChangeBankRight{s.user(), s.bool("bank right")}, ""}
	},
	"user.change_end_date": func(s scene) drawn { return drawn{admin.ChangeEndDate{s.user(), s.endDate()}, s.manager()} },
	"user.change_bill_to":  func(s scene) drawn { return drawn{admin.ChangeBillTo{s.user(), s.billTo()}, s.manager()} },
	"user.bulk":            drawBulk,
	"user.delete":          func(s scene) drawn { return drawn{admin.DeleteUser{s.user()}, ""} },
	"user.send_password_link": func(s scene) drawn {
		id := s.user()
		return drawn{admin.SendPasswordLink{id}, among(s.T, "by", []users.ID{id, ""})}
	},
	"user.use_password_link": func(s scene) drawn {
		id := s.suited(func(u users.User) bool { l, sent := s.sent[u.ID]; return sent && !s.at.After(l.Sent.Add(l.Length)) })
		return drawn{admin.UsePasswordLink{id}, id}
	},
	"user.change_password": func(s scene) drawn {
		id := s.user()
		return drawn{admin.ChangePassword{id, !oneIn(s.T, "wrong", 4)}, id}
	},
	"user.change_email": func(s scene) drawn {
		id := s.suited(func(u users.User) bool { return !u.Used || s.bool("used too") })
		address := among(s.T, "address", []string{"a@example.com", "b@example.com", s.users[id].Email, "anna@example.com"})
		if address == "" {
			address = "nobody@example.com"
		}
		return drawn{admin.ChangeEmail{id, address, optional(s, !oneIn(s.T, "wrong", 4))}, among(s.T, "by", []users.ID{id, ""})}
	},
	"user.mark_used": func(s scene) drawn { return drawn{admin.MarkUsed{s.user()}, "the software"} },
	"user.link_accounting_user": func(s scene) drawn {
		system := s.system()
		return drawn{admin.LinkAccountingUser{s.user(), system, s.linkable(system)}, s.manager()}
	},
	"user.unlink_accounting_user": func(s scene) drawn {
		at := s.linked()
		return drawn{admin.UnlinkAccountingUser{at.user, at.system}, s.manager()}
	},
	"user.enter_accounting_password": func(s scene) drawn {
		at := s.linked()
		return drawn{admin.EnterAccountingPassword{at.user, at.system}, among(s.T, "by", []users.ID{at.user, ""})}
	},
	"company.create": func(s scene) drawn {
		id := among(s.T, "new company", laterCompanies)
		return drawn{admin.CreateCompany{id, "Firma", s.system(), s.bool("workflow")}, s.manager()}
	},
	"company.delete": func(s scene) drawn { return drawn{admin.DeleteCompany{s.company()}, ""} },
	"company.change_settings": func(s scene) drawn {
		var list []admin.SettingValue
		for _, code := range partOf(s.T, "codes", []string{"colour", "note", "vat"}) {
			list = append(list, admin.SettingValue{code, among(s.T, "value", settingValues[code])})
		}
		if len(list) == 0 || s.strange() {
			list = append(list, admin.SettingValue{"vat-2", "high"})
		}
		return drawn{admin.ChangeSettings{s.company(), listOf(list...)}, s.manager()}
	},
	"company.change_authorisation_workflow": func(s scene) drawn {
		return drawn{admin.ChangeWorkflow{s.company(), s.bool("workflow")}, s.manager()}
	},
	"company.change_payment_agreement": func(s scene) drawn {
		return drawn{admin.ChangePaymentAgreement{s.company(), s.bool("agreement")}, ""}
	},
	"company.control_sync": func(s scene) drawn {
		return drawn{admin.SwitchSynchronisation{s.company(), s.bool("synchronisation")}, ""}
	},
	"office.change_settings": func(s scene) drawn {
		c := admin.ChangeOffice{OfficeName: optional(s, "De Vries")}
		if c.PasswordLinkMinutes = optional(s, among(s.T, "minutes", []int{1, 30, 1440})); c == (admin.ChangeOffice{}) {
			c.OfficeName = policy.Given("Jansen")
		}
		return drawn{c, ""}
	},
	"accounting_system.create": func(s scene) drawn {
		id := among(s.T, "new system", laterSystems)
		return drawn{admin.CreateSystem{id, "System", s.user(), s.told("a1", id)}, ""}
	},
	"accounting_system.delete": func(s scene) drawn {
		id := s.system()
		for _, other := range laterSystems { // of those that were drawn, all have companies mostly
			if _, there := s.systems[other]; there && s.bool("a later one") {
				id = other
			}
		}
		return drawn{admin.DeleteSystem{id}, ""}
	},
	"accounting_system.fetch_users": drawFetch,
	"connection.manage":             drawChoice,
	"connection.record_disconnection": func(s scene) drawn {
		return drawn{admin.RecordDisconnection{s.system()}, "the software"}
	},
	"connection.reconnect": func(s scene) drawn {
		id := s.system()
		return drawn{admin.Reconnect{id}, s.systems[id].duty}
	},
}

var settingValues = map[string][]string{
	"colour": {"blue", "red", "", "green"}, "note": {"", "as told"}, "vat": {"month", "quarter", "month", "quarter", "", "year"},
}

// linkable draws an account of a rank that may be linked, mostly.
func (s scene) linkable(id companies.SystemID) sync.UserID {
	own := s.links[plainLink{s.systems[id].duty, id}].account
	var list []sync.UserID
	for account, u := range sorted(s.systems[id].accounts) {
		if u.AtOrBelow(s.systems[id].accounts[own]) && u.MayBeLinked(true) {
			list = append(list, account)
		}
	}
	if len(list) == 0 || s.strange() {
		return s.account(id)
	}
	return among(s.T, "linkable", list)
}

func (s scene) person() admin.Person {
	id := s.newUser()
	p := admin.Person{
		User: id, Username: string(id), Email: among(s.T, "address", []string{"a@example.com", "b@example.com"}),
		SendPasswordLink: oneIn(s.T, "send", 3),
	}
	if s.bool("details") {
		p.FullName, p.Language = "Jan Jansen", "nl"
	}
	return p
}

// manager draws somebody who may manage others, or an administrator.
func (s scene) manager() users.ID {
	if s.bool("anna") {
		return ""
	}
	return s.suited(func(u users.User) bool { return u.Roles&soundManagers != 0 })
}

var soundManagers = soundRoles[0] | soundRoles[1] | soundRoles[4]

// linked draws a link there is.
func (s scene) linked() plainLink {
	var list []plainLink
	for _, system := range keysOf(s.systems) {
		for _, user := range s.linkedTo(system, "") {
			list = append(list, plainLink{user, system})
		}
	}
	if len(list) == 0 || s.strange() {
		return plainLink{s.user(), s.system()}
	}
	return among(s.T, "link", list)
}

func drawBulk(s scene) drawn {
	list := partOf(s.T, "bulk of", keysOf(s.users))
	for _, id := range []users.ID{"anna", "dirk", "zed"} {
		if len(list) < 2 && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	if s.strange() {
		list = append(list, "zed2")
	}
	c := admin.Bulk{Users: listOf(list...)}
	if s.bool("roles") {
		c.GrantRoles = among(s.T, "roles", soundRoles)
	}
	if s.bool("companies") {
		c.GiveCompanies = listOf(s.someCompanies()...)
	}
	c.GiveLaterCompanies = oneIn(s.T, "later companies", 3)
	c.ChangeBankDetails = optional(s, s.bool("bank right"))
	if c == (admin.Bulk{Users: c.Users}) {
		c.GiveLaterCompanies = true
	}
	return drawn{c, s.manager()}
}

// drawFetch draws what a system tells of its users: most of those it told of, and
// the synchronisation user's own account as it was, mostly.
func drawFetch(s scene) drawn {
	system := s.system()
	own := s.links[plainLink{s.systems[system].duty, system}].account
	var list []admin.Account
	for id, u := range sorted(s.systems[system].accounts) {
		switch {
		case oneIn(s.T, "told anew", 3), id == own && oneIn(s.T, "own told anew", 4):
			list = append(list, s.told(id, system))
		case id == own || !oneIn(s.T, "gone", 4):
			list = append(list, admin.Account{
				u.ID, u.Name, u.Email, u.Rank, u.CanBook, u.CanChangeMasterData, u.Reach.All(), listOf(slices.Collect(u.Reach.Some().All())...),
			})
		}
	}
	for _, id := range partOf(s.T, "new accounts", laterAccounts) {
		if _, known := s.systems[system].accounts[id]; !known {
			list = append(list, s.told(id, system))
		}
	}
	slices.Reverse(list)
	return drawn{admin.FetchUsers{system, listOf(list...)}, ""}
}

// drawChoice draws the choice of a synchronisation user, mostly of one who is fit.
func drawChoice(s scene) drawn {
	system := s.system()
	c := admin.ChooseSynchronisationUser{System: system, SynchronisationUser: s.suited(func(u users.User) bool {
		return u.EndDate.IsZero() && !slices.ContainsFunc(s.companiesOf(system), func(id companies.ID) bool { return !u.Access.Has(id) })
	})}
	switch rapid.IntRange(0, 3).Draw(s.T, "linked with it") {
	case 0:
	case 1:
		c.AccountingUser = s.account(system)
	case 2:
		c.AccountingUser = s.links[plainLink{s.systems[system].duty, system}].account
	case 3:
		c.AccountingUser = sync.UserID(fmt.Sprint("a", rapid.IntRange(1, 8).Draw(s.T, "account told")))
		c.Account = policy.Given(s.told(c.AccountingUser, system))
	}
	return drawn{c, ""}
}
