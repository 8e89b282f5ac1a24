package admin_test

import (
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func TestRulesOfCompanies(t *testing.T) { tell(t, companyExamples) }
func TestRulesOfTheOffice(t *testing.T) { tell(t, officeExamples) }

func creating(id companies.ID, system companies.SystemID) admin.CreateCompany {
	return admin.CreateCompany{Company: id, CompanyName: "Smederij", System: system}
}

func created(id companies.ID, system companies.SystemID, reachedBy ...users.ID) admin.CompanyCreated {
	return admin.CompanyCreated{Company: id, CompanyName: "Smederij", System: system, ReachedBy: userList(reachedBy...)}
}

func givesLater(who, to users.ID, on bool) step {
	return does(who, admin.ChangeLaterCompanies{User: to, LaterCompanies: on}, admin.LaterCompaniesChanged{User: to, LaterCompanies: on})
}

func setting(id companies.ID, code, value string) admin.ChangeSettings {
	return admin.ChangeSettings{Company: id, Settings: changes.ListOf(admin.SettingValue{Code: code, Value: value})}
}

func hasSetting(id companies.ID, code, value string) step {
	return then(string(id)+" has "+code+" set to "+value, func(o offices.Office) bool {
		for s := range o.Settings(id) {
			if s.Code == code {
				return s.Value == value
			}
		}
		return value == ""
	})
}

var bakeryGoes = admin.CompanyDeleted{
	Company: "bakery", BillTo: userList("bob"),
	Access: userList("anna", "bob", "bram", "carla", "kees", "mila", "nina", "rosa", "tess"),
}

// Companies, and what may be set for them.
var companyExamples = []example{
	{"Super users, Accountants and SME Accountants create companies", "ROLES", []step{
		answers(creating("forge", "exact"), "yes: rosa, sam, bram, mila", "role_missing: the others"),
	}},
	{"A new company is reached by who creates it and by who synchronises its accounting system", "SETTINGS, SYNC", []step{
		does("mila", creating("forge", "exact"), created("forge", "exact", "mila", "rosa")),
		reaches("mila", "bakery", "forge"),
		may("mila", policy.CompanyView, policy.OfCompany("forge")),
		mayNot("bram", policy.CompanyView, policy.OfCompany("forge"), "no_company_access"),
		does("sam", creating("bike", "twinfield"), created("bike", "twinfield", "sam", "tess")),
		reaches("tess", "bakery", "bike", "florist"),
		does("rosa", creating("mill", "exact"), created("mill", "exact", "rosa")),
	}},
	{"A new company is reached by everybody with the right to later companies", "SETTINGS", []step{
		givesLater("rosa", "bram", true),
		givesLater("rosa", "gina", true),
		does("mila", creating("forge", "exact"), created("forge", "exact", "bram", "gina", "mila", "rosa")),
		reaches("gina", "forge", "garage"),
		may("gina", policy.DocumentUpload, policy.OfCompany("forge")),
	}},
	{"The right to later companies opens none that is there already", "SETTINGS", []step{
		givesLater("rosa", "gina", true),
		reaches("gina", "garage"),
		mayNot("gina", policy.DocumentUpload, policy.OfCompany("bakery"), "no_company_access"),
	}},
	{"The right to later companies applies from when it is on, and no longer from when it is off", "SETTINGS", []step{
		does("rosa", creating("first", "exact"), created("first", "exact", "rosa")),
		givesLater("rosa", "gina", true),
		does("rosa", creating("second", "exact"), created("second", "exact", "gina", "rosa")),
		givesLater("rosa", "gina", false),
		does("rosa", creating("third", "exact"), created("third", "exact", "rosa")),
		reaches("gina", "garage", "second"),
	}},
	{"Where the synchronisation user's account reaches companies one by one, it reaches the new one too", "SYNC", []step{
		does("rosa", choosing("exact", "bram"), chosen("exact", "bram")),
		does("rosa", creating("forge", "exact"), admin.CompanyCreated{
			Company: "forge", CompanyName: "Smederij", System: "exact", ReachedBy: userList("bram", "rosa"), AccountingUser: "bram@exact",
		}),
		then("bram's account reaches the forge", func(o offices.Office) bool {
			a, _ := o.AccountingUser("exact", "bram@exact")
			return a.Reach.Has("forge")
		}),
		may("bram", policy.DocumentBook, invoice(documents.Booking, ofCompany("forge"))),
	}},
	{"A company is created in an accounting system that exists", "SETTINGS, SYNC", []step{
		cannot("rosa", creating("forge", "afas"), "bad_property"),
	}},
	{"A company is created in a disconnected accounting system with a warning", "SYNC", []step{
		does(admin.Software, admin.RecordDisconnection{System: "exact"}, connection("exact", sync.Disconnected)),
		does("mila", creating("forge", "exact"), created("forge", "exact", "mila", "rosa")),
		warned("connection_disconnected"),
	}},
	{"A company has an id of its own, and none is called office", "ADD", []step{
		senseless("rosa", creating("bakery", "exact"), "company"),
		senseless("rosa", creating("office", "exact"), "company"),
	}},
	{"Only a Super user deletes companies", "ROLES", []step{
		answers(admin.DeleteCompany{Company: "garage"}, "yes: rosa, sam", "role_missing: the others"),
	}},
	{"What hangs on a company is named before it goes, and goes with it; the office pays from then on", "ADD, DERIVED", []step{
		plans("rosa", admin.DeleteCompany{Company: "bakery"}, bakeryGoes),
		may("bram", policy.CompanyView, policy.OfCompany("bakery")),
		does("rosa", admin.DeleteCompany{Company: "bakery"}, bakeryGoes),
		reaches("bram", "garage"),
		reaches("bob"),
		user("bob", "is paid for by the office", func(u users.User) bool { return u.BillTo.String() == "office" }),
		then("nothing is set for the bakery, and no account reaches it", func(o offices.Office) bool {
			a, _ := o.AccountingUser("exact", "mila@exact")
			return len(o.Parts().Settings) == 0 && a.Reach.Some().Len() == 0
		}),
		mayNot("rosa", policy.CompanyView, policy.OfCompany("bakery"), "unknown_resource"),
		cannot("rosa", admin.ChangeBillTo{User: "bob", BillTo: users.BillToCompany("bakery")}, "bad_property"),
	}},

	{"Ordinary settings: a Super user, and who books with access to the company", "ROLES", []step{
		answers(setting("bakery", "invoice_note", "thanks"), "yes: rosa, sam, bram, mila", "role_missing: the others"),
		does("mila", setting("bakery", "invoice_note", "thanks"), admin.SettingChanged{Company: "bakery", Code: "invoice_note", Value: "thanks"}),
		hasSetting("bakery", "invoice_note", "thanks"),
		does("mila", setting("bakery", "invoice_note", "thanks")),
		does("mila", setting("bakery", "invoice_note", ""), admin.SettingChanged{Company: "bakery", Code: "invoice_note"}),
		hasSetting("bakery", "invoice_note", ""),
		cannot("bram", setting("florist", "invoice_note", "thanks"), "no_company_access"),
		does("sam", setting("garage", "invoice_note", "thanks"), admin.SettingChanged{Company: "garage", Code: "invoice_note", Value: "thanks"}),
	}},
	{"Mandatory settings: a Super user, and an Accountant with access; no SME Accountant", "ROLES", []step{
		answers(setting("bakery", "vat_period", "month"), "yes: rosa, sam, bram", "role_missing: the others"),
		does("bram", setting("bakery", "vat_period", "month"), admin.SettingChanged{Company: "bakery", Code: "vat_period", Value: "month"}),
		cannot("bram", setting("florist", "vat_period", "month"), "no_company_access"),
	}},
	{"What is mandatory is what the office declared so, and it is never cleared", "ROLES", []step{
		senseless("rosa", setting("bakery", "vat_period", ""), "settings[0].value"),
		senseless("rosa", setting("bakery", "vat_period", "yearly"), "settings[0].value"),
		senseless("rosa", setting("bakery", "colour", "red"), "settings[0].code"),
		cannot("mila", setting("bakery", "colour", "red"), "role_missing"),
	}},
	{"Of several settings all are changed, or none", "ROLES, DERIVED", []step{
		cannot("mila", admin.ChangeSettings{Company: "bakery", Settings: changes.ListOf(
			admin.SettingValue{Code: "invoice_note", Value: "thanks"}, admin.SettingValue{Code: "vat_period", Value: "month"},
		)}, "role_missing"),
		hasSetting("bakery", "invoice_note", ""),
		does("bram", admin.ChangeSettings{Company: "bakery", Settings: changes.ListOf(
			admin.SettingValue{Code: "invoice_note", Value: "thanks"}, admin.SettingValue{Code: "vat_period", Value: "month"},
		)}, admin.SettingChanged{Company: "bakery", Code: "invoice_note", Value: "thanks"},
			admin.SettingChanged{Company: "bakery", Code: "vat_period", Value: "month"}),
		senseless("rosa", admin.ChangeSettings{Company: "bakery", Settings: changes.ListOf(
			admin.SettingValue{Code: "invoice_note", Value: "a"}, admin.SettingValue{Code: "invoice_note", Value: "b"},
		)}, "settings[1].code"),
	}},
	{"The authorisation workflow is an ordinary setting", "ROLES", []step{
		answers(admin.ChangeWorkflow{Company: "bakery"}, "yes: rosa, sam, bram, mila", "role_missing: the others"),
		does("mila", admin.ChangeWorkflow{Company: "bakery"}, admin.WorkflowChanged{Company: "bakery"}),
		does("mila", admin.ChangeWorkflow{Company: "bakery"}),
		then("the bakery uses it no longer", func(o offices.Office) bool {
			c, _ := o.Company("bakery")
			return !c.AuthorisationWorkflow
		}),
		cannot("mila", admin.ChangeWorkflow{Company: "garage", AuthorisationWorkflow: true}, "no_company_access"),
		does("mila", admin.CreateCompany{Company: "forge", CompanyName: "Smederij", System: "exact", AuthorisationWorkflow: true},
			admin.CompanyCreated{Company: "forge", CompanyName: "Smederij", System: "exact", AuthorisationWorkflow: true, ReachedBy: userList("mila", "rosa")}),
	}},
	{"Without the workflow a document may be assigned all the same", "DERIVED", []step{
		does("mila", admin.ChangeWorkflow{Company: "bakery"}, admin.WorkflowChanged{Company: "bakery"}),
		mayWith("carla", policy.DocumentAssign, invoice(documents.Tagging), policy.With{Authorisers: []users.ID{"anna"}}, ""),
	}},
	{"Only a Super user switches the synchronisation of a company", "ROLES", []step{
		answers(admin.SwitchSynchronisation{Company: "bakery"}, "yes: rosa, sam", "role_missing: the others"),
		does("sam", admin.SwitchSynchronisation{Company: "bakery"}, admin.SynchronisationSwitched{Company: "bakery"}),
		does("sam", admin.SwitchSynchronisation{Company: "bakery"}),
		then("the bakery is not synchronised", func(o offices.Office) bool {
			c, _ := o.Company("bakery")
			return c.SynchronisationOff
		}),
		does("sam", admin.SwitchSynchronisation{Company: "bakery", Synchronisation: true},
			admin.SynchronisationSwitched{Company: "bakery", Synchronisation: true}),
	}},
}

// The office's own settings.
var officeExamples = []example{
	{"Only a Super user changes the office's settings", "ROLES", []step{
		answers(admin.ChangeOffice{OfficeName: policy.Given("De Vries & Co")}, "yes: rosa, sam", "role_missing: the others"),
		does("sam", admin.ChangeOffice{OfficeName: policy.Given("De Vries & Co")},
			admin.OfficeChanged{OfficeName: "De Vries & Co", PasswordLinkMinutes: 30}),
		does("sam", admin.ChangeOffice{OfficeName: policy.Given("De Vries & Co")}),
		mayNot("bram", policy.OfficeViewSettings, theOffice, "role_missing"),
	}},
	{"A payment agreement is a setting of the office, not of the company", "ROLES", []step{
		answers(admin.ChangePaymentAgreement{Company: "garage", PaymentAgreement: true}, "yes: rosa, sam", "role_missing: the others"),
		does("rosa", admin.ChangePaymentAgreement{Company: "garage", PaymentAgreement: true},
			admin.PaymentAgreementChanged{Company: "garage", PaymentAgreement: true}),
		does("bram", admin.ChangeBillTo{User: "anna", BillTo: users.BillToCompany("garage")},
			admin.BillToChanged{User: "anna", BillTo: users.BillToCompany("garage")}),
		senseless("rosa", admin.ChangePaymentAgreement{Company: "forge", PaymentAgreement: true}, "company"),
	}},
	{"Where an agreement ends, the office pays for whom the company paid for", "ADD", []step{
		does("rosa", admin.ChangePaymentAgreement{Company: "bakery"},
			admin.PaymentAgreementChanged{Company: "bakery", BillTo: userList("bob")}),
		user("bob", "is paid for by the office", func(u users.User) bool { return u.BillTo.String() == "office" }),
		does("rosa", admin.ChangePaymentAgreement{Company: "bakery"}),
		cannot("bram", admin.ChangeBillTo{User: "bob", BillTo: users.BillToCompany("bakery")}, "bad_property"),
		does("rosa", admin.ChangePaymentAgreement{Company: "bakery", PaymentAgreement: true},
			admin.PaymentAgreementChanged{Company: "bakery", PaymentAgreement: true}),
		user("bob", "stays paid for by the office", func(u users.User) bool { return u.BillTo.String() == "office" }),
	}},
	{"A company is created without a payment agreement", "ROLES, ADD", []step{
		does("mila", creating("forge", "exact"), created("forge", "exact", "mila", "rosa")),
		cannot("rosa", admin.ChangeBillTo{User: "anna", BillTo: users.BillToCompany("forge")}, "bad_property"),
	}},
	{"A change that was meant for an older version of the office is refused", "DERIVED", []step{
		does("rosa", admin.If{Version: 100, Command: admin.DeleteUser{User: "carla"}},
			admin.UserDeleted{User: "carla", Username: "carla.jansen"}),
		cannot("rosa", admin.If{Version: 100, Command: admin.DeleteUser{User: "kees"}}, "office_changed"),
		does("rosa", admin.If{Version: 101, Command: admin.DeleteUser{User: "kees"}},
			admin.UserDeleted{User: "kees", Username: "kees.jansen"}),
		cannot("bram", admin.If{Version: 102, Command: admin.DeleteUser{User: "anna"}}, "role_missing"),
	}},
	{"Where both booking roles are stored, the more limited one leads", "TIPS, ADD, DERIVED", []step{
		holding("bram", roles.Accountant, roles.SMEAccountant),
		cannot("bram", setting("bakery", "vat_period", "month"), "role_missing"),
		does("bram", setting("bakery", "invoice_note", "thanks"), admin.SettingChanged{Company: "bakery", Code: "invoice_note", Value: "thanks"}),
		warned("role_set_invalid"),
	}},
}
