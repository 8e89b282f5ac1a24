package admin_test

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

func TestRulesOfUsersAndTheirSettings(t *testing.T) { tell(t, userExamples) }

// Short for what these examples do often.
var (
	ninaLogsIn   = does(admin.Software, admin.MarkUsed{User: "nina"}, admin.UserUsed{User: "nina"})
	renamesNina  = admin.ChangeDetails{User: "nina", Username: policy.Given("nina.bakker")}
	carlaLeaves  = does("rosa", admin.DeleteUser{User: "carla"}, admin.UserDeleted{User: "carla", Username: "carla.jansen"})
	oldPassword  = policy.Given(true)
	wrongOldOne  = policy.Given(false)
	endsTomorrow = dateOf("2026-11-24")
)

// Users and their settings.
var userExamples = []example{
	{"Nobody gets a username that a colleague has", "SETTINGS", []step{
		senseless("rosa", hiring("karel", "carla.jansen", roles.ClientUser), "people[0].username"),
		senseless("rosa", admin.ChangeDetails{User: "nina", Username: policy.Given("carla.jansen")}, "username"),
	}},
	{"A deleted user's username stays taken", "SETTINGS", []step{
		senseless("rosa", hiring("karel", "tom.degroot", roles.ClientUser), "people[0].username"),
		carlaLeaves,
		senseless("rosa", hiring("karel", "carla.jansen", roles.ClientUser), "people[0].username"),
	}},
	{"A deleted user's id stays taken", "SETTINGS", []step{
		carlaLeaves,
		senseless("rosa", hiring("carla", "carla.again", roles.ClientUser), "people[0].user"),
		senseless("rosa", hiring("kees", "kees.again", roles.ClientUser), "people[0].user"),
	}},
	{"Two who are added together do not get one username", "SETTINGS", []step{
		senseless("rosa", admin.CreateUsers{
			Roles: roles.SetOf(roles.ClientUser), Companies: companyList("bakery"),
			People: changes.ListOf(
				admin.Person{User: "jan", Username: "jansen", Email: "jan@post.example"},
				admin.Person{User: "piet", Username: "jansen", Email: "piet@post.example"}),
		}, "people[1].username"),
	}},
	{"Until somebody has logged in, whoever manages them may change the username", "SETTINGS", []step{
		does("mila", renamesNina, admin.UsernameChanged{User: "nina", Username: "nina.bakker"}),
		then("the username that she never used is free again", func(o offices.Office) bool {
			_, taken := o.UsernameOf("nina.peters")
			return !taken
		}),
		does("rosa", hiring("karel", "nina.peters", roles.ClientUser), karelHired("nina.peters", roles.ClientUser)),
	}},
	{"From the first login on a username is fixed", "SETTINGS", []step{
		ninaLogsIn,
		cannot("mila", renamesNina, "username_fixed"),
		cannot("rosa", renamesNina, "username_fixed"),
		user("nina", "is still called nina.peters", func(u users.User) bool { return u.Username == "nina.peters" }),
	}},
	{"Acting counts as being used, logged in or not", "SETTINGS", []step{
		does("nina", admin.ChangeDetails{User: "nina", Language: policy.Given("nl")},
			admin.DetailsChanged{User: "nina", Language: "nl"}, admin.UserUsed{User: "nina"}),
		cannot("rosa", renamesNina, "username_fixed"),
		cannot("rosa", admin.ChangeEmail{User: "nina", Email: "nina@new.example"}, "not_self"),
	}},
	{"That somebody logged in is recorded by the software, once, and by no user", "SETTINGS", []step{
		answers(admin.MarkUsed{User: "nina"}, "software_only: the others"),
		ninaLogsIn,
		does(admin.Software, admin.MarkUsed{User: "nina"}),
		senseless(admin.Software, admin.MarkUsed{User: "nobody"}, "user"),
	}},
	{"An address that two users share is no reason to refuse", "ADD", []step{
		does("rosa", admin.ChangeEmail{User: "nina", Email: "carla@post.example"},
			admin.EmailChanged{User: "nina", Email: "carla@post.example"}),
	}},

	{"A user is active until the day before the end date, and inactive from that day on", "SETTINGS", []step{
		does("rosa", admin.ChangeEndDate{User: "carla", EndDate: endsTomorrow},
			admin.EndDateChanged{User: "carla", EndDate: endsTomorrow}),
		at("23:59:59"),
		may("carla", policy.UserView, policy.OfUser("carla")),
		at("2026-11-24 00:00"),
		mayNot("carla", policy.UserView, policy.OfUser("carla"), "inactive_user"),
		at("2027-05-01 12:00"),
		mayNot("carla", policy.UserView, policy.OfUser("carla"), "inactive_user"),
	}},
	{"An end date may be today or past: the user is inactive at once", "SETTINGS", []step{
		does("rosa", admin.ChangeEndDate{User: "carla", EndDate: dateOf("2026-11-23")},
			admin.EndDateChanged{User: "carla", EndDate: dateOf("2026-11-23")}),
		mayNot("carla", policy.UserView, policy.OfUser("carla"), "inactive_user"),
	}},
	{"Without an end date any longer, a user is active again", "SETTINGS", []step{
		ending("carla", "2026-11-01"),
		does("rosa", admin.ChangeEndDate{User: "carla"}, admin.EndDateChanged{User: "carla"}),
		may("carla", policy.UserView, policy.OfUser("carla")),
	}},
	{"Who is inactive does nothing at all, not even for themselves", "SETTINGS", []step{
		ending("rosa", "2026-11-23"),
		cannot("rosa", admin.DeleteUser{User: "carla"}, "inactive_user"),
		cannot("rosa", admin.ChangeEndDate{User: "rosa"}, "inactive_user"),
		cannot("rosa", admin.SendPasswordLink{User: "rosa"}, "inactive_user"),
		cannot("rosa", admin.ChangePassword{User: "rosa", OldPasswordVerified: true}, "inactive_user"),
	}},
	{"Who is unknown, or was deleted, does nothing at all", "SETTINGS", []step{
		cannot("mallory", admin.ChangeDetails{User: "mallory", Spenser: policy.Given(true)}, "unknown_user"),
		cannot("tom", admin.SendPasswordLink{User: "carla"}, "unknown_user"),
	}},

	{"A new user's archive right goes by role, and only a Super user makes it the whole archive", "SETTINGS", []step{
		user("kees", "sees the archive by role", func(u users.User) bool { return u.Archive == users.ByRole }),
		mayNot("kees", policy.DocumentView, invoice(documents.Archived, deliveredBy("carla")), "not_delivered_by_subject"),
		answers(admin.ChangeArchiveRight{User: "kees", Archive: users.AllDocuments}, "yes: rosa, sam", "role_missing: the others"),
		does("rosa", admin.ChangeArchiveRight{User: "kees", Archive: users.AllDocuments},
			admin.ArchiveRightChanged{User: "kees", Archive: users.AllDocuments}),
		may("kees", policy.DocumentView, invoice(documents.Archived, deliveredBy("carla"))),
	}},
	{"The whole archive is that of the companies in reach, and nothing but the archive", "SETTINGS", []step{
		does("rosa", admin.ChangeArchiveRight{User: "kees", Archive: users.AllDocuments},
			admin.ArchiveRightChanged{User: "kees", Archive: users.AllDocuments}),
		mayNot("kees", policy.DocumentView, invoice(documents.Archived, deliveredBy("gina"), ofCompany("garage")), "no_company_access"),
		mayNot("kees", policy.DocumentView, invoice(documents.Tagging, deliveredBy("carla")), "wrong_stage"),
	}},
	{"The bank right is off at first, and only a Super user changes it", "TIPS, SETTINGS", []step{
		does("rosa", hiring("karel", "karel.bos", roles.Accountant), karelHired("karel.bos", roles.Accountant)),
		user("karel", "lacks the bank right", func(u users.User) bool { return !u.ChangeBankDetails }),
		answers(admin.ChangeBankRight{User: "karel", ChangeBankDetails: true}, "yes: rosa, sam", "role_missing: the others"),
	}},
	{"With the bank right who books may change an IBAN, and without it not", "TIPS, SETTINGS", []step{
		mayNot("mila", policy.DocumentChangeBankDetails, invoice(documents.Booking), "right_missing"),
		does("rosa", admin.ChangeBankRight{User: "mila", ChangeBankDetails: true},
			admin.BankRightChanged{User: "mila", ChangeBankDetails: true}),
		may("mila", policy.DocumentChangeBankDetails, invoice(documents.Booking)),
		does("sam", admin.ChangeBankRight{User: "mila"}, admin.BankRightChanged{User: "mila"}),
		mayNot("mila", policy.DocumentChangeBankDetails, invoice(documents.Booking), "right_missing"),
	}},
	{"The bank right does nothing for who does not book", "TIPS, SETTINGS", []step{
		does("rosa", admin.ChangeBankRight{User: "carla", ChangeBankDetails: true},
			admin.BankRightChanged{User: "carla", ChangeBankDetails: true}),
		mayNot("carla", policy.DocumentChangeBankDetails, invoice(documents.Booking), "role_missing"),
	}},
	{"That a Super user views every company is no access to it", "SETTINGS, ROLES", []step{
		may("sam", policy.CompanyView, policy.OfCompany("bakery")),
		does("rosa", admin.GrantRole{User: "sam", Role: roles.ClientUser},
			admin.RolesChanged{User: "sam", Granted: roles.SetOf(roles.ClientUser)}),
		mayNot("sam", policy.DocumentUpload, policy.OfCompany("bakery"), "no_company_access"),
		may("sam", policy.DocumentUpload, policy.OfCompany("florist")),
	}},
	{"Access is given and taken company by company", "SETTINGS", []step{
		mayNot("carla", policy.DocumentUpload, policy.OfCompany("garage"), "no_company_access"),
		does("rosa", admin.ChangeCompanyAccess{User: "carla", Companies: companyList("garage", "florist")},
			admin.AccessChanged{User: "carla", Given: companyList("florist", "garage"), Taken: companyList("bakery")}),
		may("carla", policy.DocumentUpload, policy.OfCompany("garage")),
		mayNot("carla", policy.DocumentUpload, policy.OfCompany("bakery"), "no_company_access"),
		senseless("rosa", admin.ChangeCompanyAccess{User: "carla", Companies: companyList("")}, "companies[0]"),
		cannot("rosa", admin.ChangeCompanyAccess{User: "carla", Companies: companyList("forge")}, "bad_property"),
	}},

	{"The office pays for an Authoriser unless somebody chose a company", "ADD", []step{
		user("anna", "is paid for by the office", func(u users.User) bool { return !u.BillTo.Chosen() && u.BillTo.String() == "office" }),
		does("rosa", admin.ChangeBillTo{User: "anna", BillTo: users.BillToOffice},
			admin.BillToChanged{User: "anna", BillTo: users.BillToOffice}),
		user("anna", "is paid for by choice", func(u users.User) bool { return u.BillTo == users.BillToOffice }),
	}},
	{"A company pays only where there is a payment agreement with it", "ADD", []step{
		does("bram", admin.ChangeBillTo{User: "anna", BillTo: users.BillToCompany("bakery")},
			admin.BillToChanged{User: "anna", BillTo: users.BillToCompany("bakery")}),
		cannot("bram", admin.ChangeBillTo{User: "anna", BillTo: users.BillToCompany("garage")}, "bad_property"),
		cannot("bram", admin.ChangeBillTo{User: "anna", BillTo: users.BillToCompany("forge")}, "bad_property"),
	}},
	{"Spenser is switched on and off", "SETTINGS", []step{
		user("carla", "has Spenser off", func(u users.User) bool { return !u.Spenser }),
		does("mila", admin.ChangeDetails{User: "carla", Spenser: policy.Given(true)}, admin.DetailsChanged{User: "carla", Spenser: true}),
		does("carla", admin.ChangeDetails{User: "carla", FullName: policy.Given("Carla Jansen")},
			admin.DetailsChanged{User: "carla", FullName: "Carla Jansen", Spenser: true}),
		does("carla", admin.ChangeDetails{User: "carla", Spenser: policy.Given(false)}, admin.DetailsChanged{User: "carla", FullName: "Carla Jansen"}),
		does("carla", admin.ChangeDetails{User: "carla", FullName: policy.Given("")}, admin.DetailsChanged{User: "carla"}),
		does("carla", admin.ChangeDetails{User: "carla", FullName: policy.Given("")}),
	}},

	{"History names who was deleted, and nothing new does", "DERIVED", []step{
		does("rosa", admin.DeleteUser{User: "anna"}, admin.UserDeleted{User: "anna", Username: "anna.mulder"}),
		then("anna's username is still known", func(o offices.Office) bool {
			d, ok := o.DeletedUser("anna")
			return ok && d.Username == "anna.mulder"
		}),
		mayNot("anna", policy.UserView, policy.OfUser("anna"), "unknown_user"),
		mayWith("carla", policy.DocumentAssign, invoice(documents.Tagging), policy.With{Authorisers: []users.ID{"anna"}}, "authoriser_unfit"),
		cannot("rosa", admin.GrantRole{User: "anna", Role: roles.ClientUser}, "unknown_resource"),
		cannot("rosa", admin.SendPasswordLink{User: "anna"}, "unknown_resource"),
		cannot("rosa", admin.ChooseSynchronisationUser{System: "exact", SynchronisationUser: "anna"}, "candidate_unfit"),
	}},
	{"What a deleted user had goes with them", "DERIVED", []step{
		does("rosa", admin.SendPasswordLink{User: "mila"}, linkSent("mila", "09:00", 30)),
		does("rosa", admin.ChangeLaterCompanies{User: "mila", LaterCompanies: true}, admin.LaterCompaniesChanged{User: "mila", LaterCompanies: true}),
		does("rosa", admin.DeleteUser{User: "mila"}, admin.UserDeleted{User: "mila", Username: "mila.bos"}),
		then("nothing of mila's is left to use", func(o offices.Office) bool {
			_, link := o.Link("mila", "exact")
			_, sent := o.PasswordLinkOf("mila")
			return !link && !sent
		}),
		does("rosa", admin.CreateCompany{Company: "forge", CompanyName: "Smederij", System: "exact"}, admin.CompanyCreated{
			Company: "forge", CompanyName: "Smederij", System: "exact", ReachedBy: userList("rosa"),
		}),
	}},
}

func deliveredBy(id users.ID) func(*documents.Parts) {
	return func(p *documents.Parts) { p.DeliveredBy = id }
}

func reaches(id users.ID, ids ...companies.ID) step {
	return user(id, fmt.Sprintf("reaches exactly %v", ids), func(u users.User) bool { return u.Access.Equal(only(ids...)) })
}
