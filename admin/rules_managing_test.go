package admin_test

import (
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func TestRulesOfManagingUsers(t *testing.T) { tell(t, managingExamples) }

func spenserOn(id users.ID) admin.ChangeDetails {
	return admin.ChangeDetails{User: id, Spenser: policy.Given(true)}
}

func endOf(id users.ID, day string) admin.ChangeEndDate {
	if day == "" {
		return admin.ChangeEndDate{User: id}
	}
	return admin.ChangeEndDate{User: id, EndDate: dateOf(day)}
}

func accessOf(id users.ID, ids ...companies.ID) admin.ChangeCompanyAccess {
	return admin.ChangeCompanyAccess{User: id, Companies: companyList(ids...)}
}

func reaching(id users.ID, ids ...companies.ID) step {
	return withUser(id, func(u *users.User) { u.Access = only(ids...) })
}

// Users who see, add, change and delete users.
var managingExamples = []example{
	{"Everybody sees themselves; a Super user and an Accountant see everybody", "ROLES, SETTINGS", []step{
		may("kees", policy.UserView, policy.OfUser("kees")),
		may("sam", policy.UserView, policy.OfUser("gina")),
		may("bram", policy.UserView, policy.OfUser("sam")),
		mayNot("carla", policy.UserView, policy.OfUser("kees"), "role_missing"),
	}},
	{"An SME Accountant sees the client users of the companies they share, as the office now is", "ROLES, SETTINGS", []step{
		may("mila", policy.UserView, policy.OfUser("carla")),
		mayNot("mila", policy.UserView, policy.OfUser("gina"), "not_manageable"),
		mayNot("mila", policy.UserView, policy.OfUser("anna"), "not_manageable"),
		does("rosa", accessOf("gina", "bakery", "garage"), admin.AccessChanged{User: "gina", Given: companyList("bakery")}),
		may("mila", policy.UserView, policy.OfUser("gina")),
		does("rosa", admin.GrantRole{User: "mila", Role: roles.Authoriser}, admin.RolesChanged{User: "mila", Granted: roles.SetOf(roles.Authoriser)}),
		may("mila", policy.UserView, policy.OfUser("anna")),
	}},
	{"An Authorisation administrator sees who ranks below, and every Authoriser, of the companies they share", "ROLES, DERIVED", []step{
		may("tess", policy.UserView, policy.OfUser("carla")),
		may("tess", policy.UserView, policy.OfUser("anna")),
		mayNot("tess", policy.UserView, policy.OfUser("bram"), "not_manageable"),
		mayNot("tess", policy.UserView, policy.OfUser("gina"), "not_manageable"),
		does("rosa", admin.GrantRole{User: "bram", Role: roles.Authoriser}, admin.RolesChanged{User: "bram", Granted: roles.SetOf(roles.Authoriser)}),
		may("tess", policy.UserView, policy.OfUser("bram")),
	}},

	{"Client users are added by Super users, Accountants and SME Accountants", "ROLES", []step{
		answers(hiring("karel", "karel.bos", roles.ClientUser), "yes: rosa, bram, mila, sam", "role_missing: the others"),
		does("mila", hiring("karel", "karel.bos", roles.ClientUser), karelHired("karel.bos", roles.ClientUser)),
		reaches("karel", "bakery"),
		may("karel", policy.DocumentUpload, policy.OfCompany("bakery")),
		user("karel", "has not been used", func(u users.User) bool { return !u.Used }),
	}},
	{"An Accountant adds whomever but a Super user, an SME Accountant client users only", "ROLES", []step{
		answers(hiring("karel", "karel.bos", roles.Accountant), "yes: rosa, sam, bram", "beyond_reach: mila", "role_missing: the others"),
		answers(hiring("karel", "karel.bos", roles.SuperUser), "yes: rosa, sam", "beyond_reach: bram, mila", "role_missing: the others"),
		answers(hiring("karel", "karel.bos", roles.ClientUser, roles.Authoriser), "yes: rosa, sam, bram", "beyond_reach: mila", "role_missing: the others"),
	}},
	{"Nobody but a Super user adds users to a company they do not reach", "ROLES, DERIVED", []step{
		answers(hiringFor(companyList("bakery", "garage"), "karel", "karel.bos", roles.ClientUser),
			"yes: rosa, sam, bram", "beyond_reach: mila", "role_missing: the others"),
		cannot("bram", hiringFor(companyList("florist"), "karel", "karel.bos", roles.ClientUser), "beyond_reach"),
		cannot("rosa", hiringFor(companyList("forge"), "karel", "karel.bos", roles.ClientUser), "bad_property"),
	}},
	{"Nobody is added with roles that exclude each other, or without any", "ROLES, TIPS, ADD", []step{
		cannot("rosa", hiring("karel", "karel.bos", roles.ClientUser, roles.RestrictedClientUser), "role_set_invalid"),
		cannot("rosa", hiring("karel", "karel.bos", roles.Accountant, roles.SMEAccountant), "role_set_invalid"),
		cannot("rosa", hiring("karel", "karel.bos"), "role_set_invalid"),
	}},
	{"Users who are added together get the same roles and companies", "ADD, SETTINGS", []step{
		does("bram", admin.CreateUsers{
			Roles: roles.SetOf(roles.ClientUser, roles.Authoriser), Companies: companyList("bakery", "garage"),
			People: changes.ListOf(
				admin.Person{User: "jan", Username: "jan.bos", Email: "jan@post.example", FullName: "Jan Bos", Language: "nl"},
				admin.Person{User: "piet", Username: "piet.bos", Email: "piet@post.example"}),
		}, admin.UserCreated{
			User: "jan", Username: "jan.bos", Email: "jan@post.example", FullName: "Jan Bos", Language: "nl",
			Roles: roles.SetOf(roles.ClientUser, roles.Authoriser), Companies: companyList("bakery", "garage"),
		}, admin.UserCreated{
			User: "piet", Username: "piet.bos", Email: "piet@post.example",
			Roles: roles.SetOf(roles.ClientUser, roles.Authoriser), Companies: companyList("bakery", "garage"),
		}),
		reaches("jan", "bakery", "garage"),
		reaches("piet", "bakery", "garage"),
	}},
	{"To add nobody is no command", "ADD", []step{
		senseless("rosa", admin.CreateUsers{Roles: roles.SetOf(roles.ClientUser)}, "people"),
	}},
	{"Only a Super user deletes users", "ROLES", []step{
		answers(admin.DeleteUser{User: "gina"}, "yes: rosa, sam", "role_missing: the others"),
	}},

	{"Details: one's own, a Super user everybody's, and those whom one may manage", "ROLES, SETTINGS", []step{
		answers(spenserOn("carla"), "yes: carla, rosa, sam, bram, mila", "role_missing: the others"),
		answers(spenserOn("gina"), "yes: gina, rosa, sam, bram", "not_manageable: mila", "role_missing: the others"),
		answers(spenserOn("mila"), "yes: mila, rosa, sam, bram", "role_missing: the others"),
		answers(spenserOn("sam"), "yes: sam, rosa", "not_manageable: bram, mila", "role_missing: the others"),
	}},
	{"An SME Accountant manages no client user who authorises or administers authorisation", "ROLES", []step{
		holding("carla", roles.ClientUser, roles.Authoriser),
		cannot("mila", spenserOn("carla"), "not_manageable"),
		holding("carla", roles.ClientUser, roles.AuthorisationAdministrator),
		cannot("mila", spenserOn("carla"), "not_manageable"),
		holding("carla", roles.ClientUser, roles.SMEAccountant),
		cannot("mila", spenserOn("carla"), "not_manageable"),
	}},
	{"To change nothing is no command", "SETTINGS", []step{
		senseless("rosa", admin.ChangeDetails{User: "carla"}, ""),
		senseless("rosa", admin.ChangeOffice{}, ""),
	}},
	{"End dates: a Super user, and who may manage the user", "SETTINGS", []step{
		answers(endOf("carla", "2027-01-01"), "yes: rosa, sam, bram, mila", "role_missing: the others"),
		answers(endOf("anna", "2027-01-01"), "yes: rosa, sam, bram", "not_manageable: mila", "role_missing: the others"),
		answers(endOf("sam", "2027-01-01"), "yes: rosa, sam", "not_manageable: bram, mila", "role_missing: the others"),
		does("mila", endOf("carla", "2027-01-01"), admin.EndDateChanged{User: "carla", EndDate: dateOf("2027-01-01")}),
		does("mila", endOf("carla", "2027-01-01")),
	}},
	{"An SME Accountant ends nobody who works out of their reach too", "DERIVED", []step{
		reaching("carla", "bakery", "garage"),
		answers(endOf("carla", "2027-01-01"), "yes: rosa, sam, bram", "beyond_reach: mila", "role_missing: the others"),
	}},
	{"Nobody but a Super user changes their own end date", "DERIVED", []step{
		cannot("bram", endOf("bram", "2027-01-01"), "beyond_reach"),
		does("sam", endOf("sam", ""), admin.EndDateChanged{User: "sam"}),
		holding("mila", roles.SMEAccountant, roles.ClientUser),
		cannot("mila", endOf("mila", ""), "not_manageable"),
	}},
	{"Access: a Super user, and who may manage the user, over companies in their own reach", "ROLES, SETTINGS, DERIVED", []step{
		answers(accessOf("carla"), "yes: rosa, sam, bram, mila", "role_missing: the others"),
		answers(accessOf("carla", "bakery", "garage"), "yes: rosa, sam, bram", "beyond_reach: mila", "role_missing: the others"),
		answers(accessOf("carla", "bakery", "florist"), "yes: rosa, sam", "beyond_reach: bram, mila", "role_missing: the others"),
		answers(accessOf("anna"), "yes: rosa, sam, bram", "not_manageable: mila", "role_missing: the others"),
	}},
	{"Access out of reach is not taken either, and may stay as it is", "DERIVED", []step{
		reaching("carla", "bakery", "florist"),
		cannot("bram", accessOf("carla", "bakery"), "beyond_reach"),
		does("bram", accessOf("carla", "garage", "florist"),
			admin.AccessChanged{User: "carla", Given: companyList("garage"), Taken: companyList("bakery")}),
		does("bram", accessOf("carla", "garage", "florist")),
	}},
	{"Nobody but a Super user changes their own access", "DERIVED", []step{
		cannot("bram", accessOf("bram", "bakery"), "beyond_reach"),
		does("sam", accessOf("sam", "bakery", "florist"), admin.AccessChanged{User: "sam", Given: companyList("bakery")}),
	}},
	{"Who pays is chosen by a Super user, and by who may manage the user", "ADD", []step{
		answers(admin.ChangeBillTo{User: "anna", BillTo: users.BillToOffice}, "yes: rosa, sam, bram", "not_manageable: mila", "role_missing: the others"),
		answers(admin.ChangeBillTo{User: "carla", BillTo: users.BillToOffice}, "yes: rosa, sam, bram, mila", "role_missing: the others"),
		senseless("rosa", admin.ChangeBillTo{User: "anna"}, "bill_to"),
	}},
	{"The right to later companies: a Super user, and an Accountant who has it", "SETTINGS", []step{
		answers(admin.ChangeLaterCompanies{User: "carla", LaterCompanies: true}, "yes: rosa, sam", "right_missing: bram", "role_missing: the others"),
		givesLater("rosa", "bram", true),
		givesLater("rosa", "mila", true),
		answers(admin.ChangeLaterCompanies{User: "carla", LaterCompanies: true}, "yes: rosa, sam, bram", "role_missing: the others"),
		cannot("bram", admin.ChangeLaterCompanies{User: "sam", LaterCompanies: true}, "not_manageable"),
		cannot("bram", admin.ChangeLaterCompanies{User: "bram"}, "beyond_reach"),
		givesLater("bram", "carla", true),
		does("bram", admin.ChangeLaterCompanies{User: "carla", LaterCompanies: true}),
		givesLater("sam", "sam", true),
	}},

	{"A synchronisation user is not deleted until another is chosen", "SYNC", []step{
		cannot("rosa", admin.DeleteUser{User: "tess"}, "synchronisation_duty"),
		does("rosa", choosingAs("twinfield", "rosa", "temp@twinfield"),
			chosen("twinfield", "rosa"), linked("rosa", "twinfield", "temp@twinfield"), connection("twinfield", sync.Disconnected)),
		does("rosa", admin.DeleteUser{User: "tess"}, admin.UserDeleted{User: "tess", Username: "tess.kok"}),
	}},
	{"A synchronisation user gets no end date, however far ahead; one there was may go", "SYNC", []step{
		cannot("rosa", endOf("tess", "2099-12-31"), "synchronisation_duty"),
		ending("tess", "2099-12-31"),
		does("rosa", endOf("tess", ""), admin.EndDateChanged{User: "tess"}),
	}},
	{"A synchronisation user keeps access to each company of the system, and not to others", "SYNC", []step{
		cannot("rosa", accessOf("tess", "bakery"), "synchronisation_duty"),
		does("rosa", accessOf("tess", "florist"), admin.AccessChanged{User: "tess", Taken: companyList("bakery")}),
	}},
	{"A synchronisation user is not unlinked from the system", "SYNC", []step{
		cannot("rosa", admin.UnlinkAccountingUser{User: "tess", System: "twinfield"}, "synchronisation_duty"),
	}},
	{"The duty is none of the roles: they may change under it", "SYNC", []step{
		does("sam", admin.ChangeRoles{User: "tess", Roles: roles.SetOf(roles.ClientUser)}, admin.RolesChanged{
			User: "tess", Granted: roles.SetOf(roles.ClientUser), Revoked: roles.SetOf(roles.AuthorisationAdministrator),
		}),
		may("tess", policy.ConnectionReconnect, policy.OfConnection("twinfield")),
	}},
}
