package admin_test

import (
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

type (
	userID    = users.ID
	companyID = companies.ID
	systemID  = companies.SystemID
	accountID = sync.UserID
)

func (m maker) person() admin.Person {
	p := admin.Person{User: ident[userID](m), Username: ident[string](m), Email: m.address(), SendPasswordLink: m.flag()}
	if m.flag() {
		p.FullName, p.Language = m.text(), m.text()
	}
	return p
}

func (m maker) imported() admin.Imported {
	return admin.Imported{ident[accountID](m), ident[userID](m), ident[string](m), m.flag()}
}

func (m maker) setting() admin.SettingValue { return admin.SettingValue{ident[string](m), m.cleared()} }

// commandMakers makes a command of each name.
var commandMakers = map[string]func(m maker) admin.Command{
	"user.create": func(m maker) admin.Command {
		return admin.CreateUsers{m.roles(), several(m, 0, ident[companyID]), once(m, 1, maker.person, func(p admin.Person) admin.Person { return p })}
	},
	"user.import": func(m maker) admin.Command {
		people := once(m, 1, maker.imported, func(p admin.Imported) accountID { return p.AccountingUser })
		return admin.ImportUsers{ident[systemID](m), m.roles(), several(m, 0, ident[companyID]), people}
	},
	"user.change_details": func(m maker) admin.Command {
		c := admin.ChangeDetails{ident[userID](m), perhaps(m, m.cleared()), perhaps(m, m.cleared()), perhaps(m, m.flag()), perhaps(m, ident[string](m))}
		if c == (admin.ChangeDetails{User: c.User}) && !m.spoilt {
			c.Spenser = policy.Given(false)
		}
		return c
	},
	"user.grant_role":   func(m maker) admin.Command { return admin.GrantRole{ident[userID](m), m.role()} },
	"user.revoke_role":  func(m maker) admin.Command { return admin.RevokeRole{ident[userID](m), m.role()} },
	"user.change_roles": func(m maker) admin.Command { return admin.ChangeRoles{ident[userID](m), m.roles()} },
	"user.change_company_access": func(m maker) admin.Command {
		return admin.ChangeCompanyAccess{ident[userID](m), several(m, 0, ident[companyID])}
	},
	"user.change_later_companies": func(m maker) admin.Command { return admin.ChangeLaterCompanies{ident[userID](m), m.flag()} },
	"user.change_archive_right":   func(m maker) admin.Command { return admin.ChangeArchiveRight{ident[userID](m), m.archive()} },
	"user.change_bank_right":      func(m maker) admin.Command { return admin.ChangeBankRight{ident[userID](m), m.flag()} },
	"user.change_end_date":        func(m maker) admin.Command { return admin.ChangeEndDate{ident[userID](m), m.day()} },
	"user.change_bill_to":         func(m maker) admin.Command { return admin.ChangeBillTo{ident[userID](m), m.billTo()} },
	"user.bulk": func(m maker) admin.Command {
		c := admin.Bulk{
			once(m, 2, ident[userID], func(id userID) userID { return id }), m.roles(), several(m, 0, ident[companyID]), m.flag(), perhaps(m, m.flag()),
		}
		if c == (admin.Bulk{Users: c.Users}) && !m.spoilt {
			c.GiveLaterCompanies = true
		}
		return c
	},
	"user.delete":             func(m maker) admin.Command { return admin.DeleteUser{ident[userID](m)} },
	"user.send_password_link": func(m maker) admin.Command { return admin.SendPasswordLink{ident[userID](m)} },
	"user.use_password_link":  func(m maker) admin.Command { return admin.UsePasswordLink{ident[userID](m)} },
	"user.change_password":    func(m maker) admin.Command { return admin.ChangePassword{ident[userID](m), m.flag()} },
	"user.change_email": func(m maker) admin.Command {
		return admin.ChangeEmail{ident[userID](m), m.address(), perhaps(m, m.flag())}
	},
	"user.mark_used": func(m maker) admin.Command { return admin.MarkUsed{ident[userID](m)} },
	"user.link_accounting_user": func(m maker) admin.Command {
		return admin.LinkAccountingUser{ident[userID](m), ident[systemID](m), ident[accountID](m)}
	},
	"user.unlink_accounting_user": func(m maker) admin.Command {
		return admin.UnlinkAccountingUser{ident[userID](m), ident[systemID](m)}
	},
	"user.enter_accounting_password": func(m maker) admin.Command {
		return admin.EnterAccountingPassword{ident[userID](m), ident[systemID](m)}
	},
	"company.create": func(m maker) admin.Command {
		return admin.CreateCompany{ident[companyID](m), m.text(), ident[systemID](m), m.flag()}
	},
	"company.delete": func(m maker) admin.Command { return admin.DeleteCompany{ident[companyID](m)} },
	"company.change_settings": func(m maker) admin.Command {
		return admin.ChangeSettings{ident[companyID](m), once(m, 1, maker.setting, func(s admin.SettingValue) string { return s.Code })}
	},
	"company.change_authorisation_workflow": func(m maker) admin.Command { return admin.ChangeWorkflow{ident[companyID](m), m.flag()} },
	"company.change_payment_agreement":      func(m maker) admin.Command { return admin.ChangePaymentAgreement{ident[companyID](m), m.flag()} },
	"company.control_sync":                  func(m maker) admin.Command { return admin.SwitchSynchronisation{ident[companyID](m), m.flag()} },
	"office.change_settings": func(m maker) admin.Command {
		c := admin.ChangeOffice{perhaps(m, m.text()), perhaps(m, m.minutes())}
		if c == (admin.ChangeOffice{}) && !m.spoilt {
			c.PasswordLinkMinutes = policy.Given(30)
		}
		return c
	},
	"accounting_system.create": func(m maker) admin.Command {
		return admin.CreateSystem{ident[systemID](m), m.text(), ident[userID](m), m.account()}
	},
	"accounting_system.delete": func(m maker) admin.Command { return admin.DeleteSystem{ident[systemID](m)} },
	"accounting_system.fetch_users": func(m maker) admin.Command {
		return admin.FetchUsers{ident[systemID](m), once(m, 0, maker.account, func(a admin.Account) accountID { return a.ID })}
	},
	"connection.manage": func(m maker) admin.Command {
		c := admin.ChooseSynchronisationUser{System: ident[systemID](m), SynchronisationUser: ident[userID](m)}
		if m.flag() {
			c.AccountingUser = ident[accountID](m)
		}
		if a := m.account(); m.flag() && (c.AccountingUser != "" || m.spoilt) {
			if !m.spoilt || m.flag() {
				a.ID = c.AccountingUser
			}
			c.Account = policy.Given(a)
		}
		return c
	},
	"connection.record_disconnection": func(m maker) admin.Command { return admin.RecordDisconnection{ident[systemID](m)} },
	"connection.reconnect":            func(m maker) admin.Command { return admin.Reconnect{ident[systemID](m)} },
}

// changeMakers makes a change of each kind.
var changeMakers = map[string]func(m maker) admin.Change{
	"user_created": func(m maker) admin.Change {
		p := m.person()
		return admin.UserCreated{p.User, p.Username, p.Email, p.FullName, p.Language, m.roles(), several(m, 0, ident[companyID])}
	},
	"details_changed": func(m maker) admin.Change {
		p := m.person()
		return admin.DetailsChanged{p.User, p.FullName, p.Language, m.flag()}
	},
	"username_changed": func(m maker) admin.Change { return admin.UsernameChanged{ident[userID](m), ident[string](m)} },
	"roles_changed":    func(m maker) admin.Change { return admin.RolesChanged{ident[userID](m), m.roles(), m.roles()} },
	"access_changed": func(m maker) admin.Change {
		return admin.AccessChanged{ident[userID](m), several(m, 0, ident[companyID]), several(m, 0, ident[companyID])}
	},
	"later_companies_changed": func(m maker) admin.Change { return admin.LaterCompaniesChanged{ident[userID](m), m.flag()} },
	"archive_right_changed":   func(m maker) admin.Change { return admin.ArchiveRightChanged{ident[userID](m), m.archive()} },
	"bank_right_changed":      func(m maker) admin.Change { return admin.BankRightChanged{ident[userID](m), m.flag()} },
	"end_date_changed":        func(m maker) admin.Change { return admin.EndDateChanged{ident[userID](m), m.day()} },
	"bill_to_changed":         func(m maker) admin.Change { return admin.BillToChanged{ident[userID](m), m.billTo()} },
	"email_changed":           func(m maker) admin.Change { return admin.EmailChanged{ident[userID](m), m.address()} },
	"password_link_sent": func(m maker) admin.Change {
		return admin.PasswordLinkSent{ident[userID](m), m.address(), m.moment(), m.minutes()}
	},
	"password_link_used": func(m maker) admin.Change { return admin.PasswordLinkUsed{ident[userID](m)} },
	"password_changed":   func(m maker) admin.Change { return admin.PasswordChanged{ident[userID](m)} },
	"user_used":          func(m maker) admin.Change { return admin.UserUsed{ident[userID](m)} },
	"user_deleted":       func(m maker) admin.Change { return admin.UserDeleted{ident[userID](m), ident[string](m)} },
	"linked": func(m maker) admin.Change {
		return admin.Linked{ident[userID](m), ident[systemID](m), ident[accountID](m)}
	},
	"unlinked":      func(m maker) admin.Change { return admin.Unlinked{ident[userID](m), ident[systemID](m)} },
	"link_verified": func(m maker) admin.Change { return admin.LinkVerified{ident[userID](m), ident[systemID](m)} },
	"company_created": func(m maker) admin.Change {
		e := admin.CompanyCreated{ident[companyID](m), m.text(), ident[systemID](m), m.flag(), several(m, 0, ident[userID]), ""}
		if m.flag() {
			e.AccountingUser = ident[accountID](m)
		}
		return e
	},
	"company_deleted": func(m maker) admin.Change {
		return admin.CompanyDeleted{ident[companyID](m), several(m, 0, ident[userID]), several(m, 0, ident[userID])}
	},
	"setting_changed": func(m maker) admin.Change {
		return admin.SettingChanged{ident[companyID](m), ident[string](m), m.cleared()}
	},
	"authorisation_workflow_changed": func(m maker) admin.Change { return admin.WorkflowChanged{ident[companyID](m), m.flag()} },
	"payment_agreement_changed": func(m maker) admin.Change {
		return admin.PaymentAgreementChanged{ident[companyID](m), m.flag(), several(m, 0, ident[userID])}
	},
	"synchronisation_switched": func(m maker) admin.Change { return admin.SynchronisationSwitched{ident[companyID](m), m.flag()} },
	"office_changed":           func(m maker) admin.Change { return admin.OfficeChanged{m.text(), m.minutes()} },
	"accounting_system_created": func(m maker) admin.Change {
		return admin.SystemCreated{ident[systemID](m), m.text(), ident[userID](m), m.account()}
	},
	"accounting_system_deleted": func(m maker) admin.Change {
		return admin.SystemDeleted{ident[systemID](m), several(m, 0, ident[userID])}
	},
	"accounting_users_fetched": func(m maker) admin.Change {
		return admin.AccountsFetched{ident[systemID](m), several(m, 0, maker.account), several(m, 0, ident[accountID])}
	},
	"accounting_user_fetched": func(m maker) admin.Change { return admin.AccountFetched{ident[systemID](m), m.account()} },
	"synchronisation_user_chosen": func(m maker) admin.Change {
		return admin.SynchronisationUserChosen{ident[systemID](m), ident[userID](m)}
	},
	"connection_changed": func(m maker) admin.Change { return admin.ConnectionChanged{ident[systemID](m), m.connection()} },
}
