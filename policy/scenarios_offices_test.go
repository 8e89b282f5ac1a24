package policy

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Companies, the office, accounting systems and their connections.
var officeScenarios = []scenario{
	{"A Super user views every company", "theo", CompanyView, OfCompany("bakery"), With{}, nil, "yes super-user"},
	{"Everybody views the companies in reach", "dirk", CompanyView, OfCompany("bakery"), With{}, nil, "yes access"},
	{"Nobody else views a company out of reach", "bram", CompanyView, OfCompany("florist"), With{}, nil, "no no_company_access"},

	{"A Super user creates companies", "rosa", CompanyCreate, OfOffice("devries"), With{}, nil, "yes super-user"},
	{"An Accountant creates companies", "bram", CompanyCreate, OfOffice("devries"), With{AccountingSystem: "exact"}, nil, "yes booker"},
	{"An SME Accountant creates companies", "sam", CompanyCreate, OfOffice("devries"), With{}, nil, "yes booker"},
	{"A Client user creates no company", "carla", CompanyCreate, OfOffice("devries"), With{}, nil, "no role_missing"},
	{"A company is created in an accounting system that exists", "bram", CompanyCreate, OfOffice("devries"), With{AccountingSystem: "afas"}, nil, "no bad_property"},

	{"A Super user deletes companies", "theo", CompanyDelete, OfCompany("bakery"), With{}, nil, "yes super-user"},
	{"An Accountant deletes no company", "bram", CompanyDelete, OfCompany("bakery"), With{}, nil, "no role_missing"},
	{"An SME Accountant deletes no company", "sam", CompanyDelete, OfCompany("bakery"), With{}, nil, "no role_missing"},

	{"A Super user changes a company's settings", "theo", CompanyChangeSettings, OfCompany("bakery"), With{}, nil, "yes super-user"},
	{"An SME Accountant changes the settings of a company in reach", "sam", CompanyChangeSettings, OfCompany("bakery"), With{}, nil, "yes booker"},
	{"An Accountant does not change those of a company out of reach", "bram", CompanyChangeSettings, OfCompany("florist"), With{}, nil, "no no_company_access"},
	{"An Authorisation administrator changes no settings", "ada", CompanyChangeSettings, OfCompany("bakery"), With{}, nil, "no role_missing"},

	{"A Super user changes mandatory settings", "theo", CompanyChangeMandatorySettings, OfCompany("bakery"), With{}, nil, "yes super-user"},
	{"An Accountant changes mandatory settings of a company in reach", "bram", CompanyChangeMandatorySettings, OfCompany("bakery"), With{}, nil, "yes accountant"},
	{"An Accountant does not change those of a company out of reach, mandatory ones neither", "bram", CompanyChangeMandatorySettings, OfCompany("florist"), With{}, nil, "no no_company_access"},
	{"An SME Accountant changes no mandatory settings", "sam", CompanyChangeMandatorySettings, OfCompany("bakery"), With{}, nil, "no role_missing"},
	{"Where both booking roles are stored, the SME Accountant leads", "bram", CompanyChangeMandatorySettings, OfCompany("bakery"), With{}, holding("bram", roles.Accountant, roles.SMEAccountant), "no role_missing"},

	{"A Super user controls synchronisation", "theo", CompanyControlSync, OfCompany("bakery"), With{}, nil, "yes super-user"},
	{"An Accountant does not control synchronisation", "bram", CompanyControlSync, OfCompany("bakery"), With{}, nil, "no role_missing"},
	{"A Super user views the office's settings", "rosa", OfficeViewSettings, OfOffice("devries"), With{}, nil, "yes super-user"},
	{"An Accountant does not view the office's settings", "bram", OfficeViewSettings, OfOffice("devries"), With{}, nil, "no role_missing"},
	{"A Super user changes the office's settings", "rosa", OfficeChangeSettings, OfOffice("devries"), With{}, nil, "yes super-user"},
	{"An Accountant does not change the office's settings", "bram", OfficeChangeSettings, OfOffice("devries"), With{}, nil, "no role_missing"},
}

var systemScenarios = []scenario{
	{"A Super user creates an accounting system", "rosa", AccountingSystemCreate, OfOffice("devries"), With{}, nil, "yes super-user"},
	{"An Accountant creates none", "bram", AccountingSystemCreate, OfOffice("devries"), With{}, nil, "no role_missing"},
	{"A Super user deletes an accounting system without companies", "theo", AccountingSystemDelete, OfConnection("snelstart"), With{}, nil, "yes super-user"},
	{"An accounting system with companies is not deleted", "rosa", AccountingSystemDelete, OfConnection("exact"), With{}, nil, "no synchronisation_duty"},
	{"An Accountant deletes no accounting system", "bram", AccountingSystemDelete, OfConnection("snelstart"), With{}, nil, "no role_missing"},
	{"A Super user fetches accounting-system users", "rosa", AccountingSystemFetchUsers, OfConnection("exact"), With{}, nil, "yes super-user"},
	{"An Accountant fetches none", "bram", AccountingSystemFetchUsers, OfConnection("exact"), With{}, nil, "no role_missing"},
	{"A Super user views a connection", "theo", ConnectionView, OfConnection("exact"), With{}, nil, "yes super-user"},
	{"An Accountant does not view a connection", "bram", ConnectionView, OfConnection("exact"), With{}, nil, "no role_missing"},

	{"The synchronisation user reconnects, whatever the role", "bram", ConnectionReconnect, OfConnection("exact"), With{}, duty("exact", "bram"), "yes duty"},
	{"A Super user does not reconnect for the synchronisation user", "theo", ConnectionReconnect, OfConnection("exact"), With{}, nil, "no not_self"},

	{"A Super user chooses another synchronisation user", "theo", ConnectionManage, OfConnection("exact"), choice("bram"), nil, "yes super-user"},
	{"An Accountant does not choose one", "bram", ConnectionManage, OfConnection("exact"), choice("rosa"), nil, "no role_missing"},
	{"Who is chosen must be given", "rosa", ConnectionManage, OfConnection("exact"), With{}, nil, "no missing_property"},
	{"Who is chosen must exist", "rosa", ConnectionManage, OfConnection("exact"), choice("tom"), nil, "no candidate_unfit"},
	{"Who is chosen must be active", "rosa", ConnectionManage, OfConnection("exact"), choice("bram"), ending("bram", "2026-11-22"), "no candidate_unfit"},
	{"Who is chosen has no end date ahead either", "rosa", ConnectionManage, OfConnection("exact"), choice("bram"), ending("bram", "2031-12-31"), "no candidate_unfit"},
	{"Who is chosen reaches every company of the system", "rosa", ConnectionManage, OfConnection("exact"), choice("bram"), reachesOnly("bram", "bakery", "florist"), "no candidate_unfit"},
	{"Who is chosen is linked", "rosa", ConnectionManage, OfConnection("exact"), choice("bram"), unlinked("bram", "exact"), "no candidate_unfit"},
	{"Who is chosen is linked to a user who may change master data", "rosa", ConnectionManage, OfConnection("exact"), choice("bram"), linked("bram", "exact", "typist@exact"), "no candidate_unfit"},
	{"Who is chosen is linked to a user who reaches every company there", "rosa", ConnectionManage, OfConnection("exact"), choice("bram"), linked("bram", "exact", "sam@exact"), "no candidate_unfit"},
	{"Who is chosen may be linked with the choice, above the rank of the one before", "rosa", ConnectionManage, OfConnection("exact"), choiceLinked("bram", "chief@exact"), unlinked("bram", "exact"), "yes super-user"},
	{"Who is chosen is not linked to an account without master data", "rosa", ConnectionManage, OfConnection("exact"), choiceLinked("bram", "typist@exact"), nil, "no accounting_user_unfit"},
	{"Who is chosen is not linked to an account that does not reach every company", "rosa", ConnectionManage, OfConnection("exact"), choiceLinked("bram", "sam@exact"), nil, "no accounting_user_unfit"},
	{"Who is chosen is not linked to an account that does not exist", "rosa", ConnectionManage, OfConnection("exact"), choiceLinked("bram", "nobody@exact"), nil, "no accounting_user_unfit"},
	{"Who is chosen and books is not linked to an account that cannot", "rosa", ConnectionManage, OfConnection("exact"), choiceLinked("bram", "reader@exact"), nil, "no accounting_user_unfit"},
	{"Who is chosen and does not book may be linked to an account that cannot", "rosa", ConnectionManage, OfConnection("exact"), choiceLinked("carla", "reader@exact"), reachesOnly("carla", "bakery", "garage"), "yes super-user"},

	{"A Super user links a user to an accounting-system user", "rosa", UserLinkAccountingUser, OfUser("bram"), link1("exact", "rosa@exact"), nil, "yes super-user"},
	{"An Accountant links whom they manage", "bram", UserLinkAccountingUser, OfUser("sam"), link1("exact", "bram@exact"), nil, "yes accountant"},
	{"An Accountant does not link a Super user", "bram", UserLinkAccountingUser, OfUser("theo"), link1("exact", "bram@exact"), nil, "no not_manageable"},
	{"An SME Accountant links nobody", "sam", UserLinkAccountingUser, OfUser("carla"), link1("exact", "sam@exact"), nil, "no role_missing"},
	{"Nobody is linked above the synchronisation user's rank", "rosa", UserLinkAccountingUser, OfUser("bram"), link1("exact", "chief@exact"), nil, "no accounting_user_unfit"},
	{"Nobody is linked to an account that cannot book", "rosa", UserLinkAccountingUser, OfUser("bram"), link1("exact", "reader@exact"), nil, "no accounting_user_unfit"},
	{"Who does not book is not linked to an account that cannot either", "rosa", UserLinkAccountingUser, OfUser("carla"), link1("exact", "reader@exact"), nil, "no accounting_user_unfit"},
	{"Nobody is linked to an account that cannot change master data", "rosa", UserLinkAccountingUser, OfUser("bram"), link1("exact", "typist@exact"), nil, "no accounting_user_unfit"},
	{"Nobody is linked to an account that does not exist", "rosa", UserLinkAccountingUser, OfUser("bram"), link1("exact", "nobody@exact"), nil, "no accounting_user_unfit"},
	{"Nobody is linked to a system that does not exist", "rosa", UserLinkAccountingUser, OfUser("bram"), link1("afas", "bram@exact"), nil, "no bad_property"},
	{"Where the synchronisation user has no link, nobody else is linked", "rosa", UserLinkAccountingUser, OfUser("bram"), link1("exact", "bram@exact"), unlinked("rosa", "exact"), "no accounting_user_unfit"},
	{"The synchronisation user without a link can be linked", "theo", UserLinkAccountingUser, OfUser("rosa"), link1("exact", "chief@exact"), unlinked("rosa", "exact"), "yes super-user"},
	{"The duty's own link needs no right to book where its user does not", "theo", UserLinkAccountingUser, OfUser("rosa"), link1("exact", "reader@exact"), nil, "yes super-user"},
	{"The duty's own link needs it where its user books", "theo", UserLinkAccountingUser, OfUser("rosa"), link1("exact", "reader@exact"), holding("rosa", roles.SuperUser, roles.Accountant), "no accounting_user_unfit"},
	{"The duty's own link reaches every company there", "theo", UserLinkAccountingUser, OfUser("rosa"), link1("exact", "sam@exact"), nil, "no accounting_user_unfit"},
	{"The duty's own link does not climb by itself", "theo", UserLinkAccountingUser, OfUser("rosa"), link1("exact", "chief@exact"), nil, "no accounting_user_unfit"},
	{"What to link to must be given", "rosa", UserLinkAccountingUser, OfUser("bram"), With{System: "exact"}, nil, "no missing_property"},

	{"A Super user unlinks", "rosa", UserUnlinkAccountingUser, OfUser("bram"), With{System: "exact"}, nil, "yes super-user"},
	{"An Accountant unlinks whom they manage", "bram", UserUnlinkAccountingUser, OfUser("sam"), With{System: "exact"}, nil, "yes accountant"},
	{"An Accountant does not unlink a Super user", "bram", UserUnlinkAccountingUser, OfUser("theo"), With{System: "twinfield"}, nil, "no not_manageable"},
	{"Who has no link cannot be unlinked", "rosa", UserUnlinkAccountingUser, OfUser("carla"), With{System: "exact"}, nil, "no not_linked"},
	{"The synchronisation user is not unlinked", "theo", UserUnlinkAccountingUser, OfUser("rosa"), With{System: "exact"}, nil, "no synchronisation_duty"},
	{"The synchronisation user of one system is unlinked from another", "rosa", UserUnlinkAccountingUser, OfUser("theo"), With{System: "exact"}, linked("theo", "exact", "bram@exact"), "yes super-user"},
	{"A Client user unlinks nobody", "carla", UserUnlinkAccountingUser, OfUser("sam"), With{System: "exact"}, nil, "no role_missing"},

	{"Everybody enters their own accounting password", "sam", UserEnterAccountingPassword, OfUser("sam"), With{System: "exact"}, nil, "yes self"},
	{"A Super user may enter it for them", "rosa", UserEnterAccountingPassword, OfUser("sam"), With{}, nil, "yes super-user"},
	{"An Accountant does not enter another's", "bram", UserEnterAccountingPassword, OfUser("sam"), With{}, nil, "no role_missing"},
	{"Without a link there is no password to enter", "rosa", UserEnterAccountingPassword, OfUser("carla"), With{}, nil, "no not_linked"},
	{"Without a link to that system there is none either", "sam", UserEnterAccountingPassword, OfUser("sam"), With{System: "twinfield"}, nil, "no not_linked"},
}

func choice(id users.ID) With { return With{SynchronisationUser: id} }

func choiceLinked(id users.ID, to sync.UserID) With {
	return With{SynchronisationUser: id, AccountingUser: to}
}

func link1(system companies.SystemID, to sync.UserID) With { return With{System: system, User: to} }

func duty(system companies.SystemID, id users.ID) change {
	return func(w *world) {
		for i := range w.Systems {
			if w.Systems[i].ID == system {
				w.Systems[i].SynchronisationUser = id
			}
		}
	}
}
