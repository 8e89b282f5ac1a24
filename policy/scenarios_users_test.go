package policy

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func role(r roles.Role) With           { return With{Role: r} }
func newRoles(list ...roles.Role) With { return With{Roles: Given(roles.SetOf(list...))} }
func access(ids ...companies.ID) With  { return With{Companies: Given(users.AccessTo(ids...))} }
func ends(day string) With             { return With{EndDate: Given(date(day))} }

func person(ids []companies.ID, list ...roles.Role) With {
	return With{Roles: Given(roles.SetOf(list...)), Companies: Given(users.AccessTo(ids...))}
}

func importing(system companies.SystemID, ids []sync.UserID, list ...roles.Role) With {
	return With{System: system, Users: ids, Roles: Given(roles.SetOf(list...))}
}

var (
	noEnd      = With{EndDate: Given(users.Date{})}
	oldChecked = With{OldPasswordVerified: Given(true)}
	oldWrong   = With{OldPasswordVerified: Given(false)}
	bakery     = []companies.ID{"bakery"}
	office     = OfOffice("devries")
)

// Users managing users.
var userScenarios = []scenario{
	{"Everybody sees themselves", "dirk", UserView, OfUser("dirk"), With{}, nil, "yes self"},
	{"A Super user sees everybody", "theo", UserView, OfUser("carla"), With{}, nil, "yes super-user"},
	{"An Accountant sees everybody", "bram", UserView, OfUser("theo"), With{}, nil, "yes accountant"},
	{"An SME Accountant sees the client users of a shared company", "sam", UserView, OfUser("carla"), With{}, nil, "yes sme-clients"},
	{"An SME Accountant sees no client users of other companies", "sam", UserView, OfUser("gina"), With{}, nil, "no not_manageable"},
	{"An SME Accountant sees nobody of the office", "sam", UserView, OfUser("bram"), With{}, nil, "no not_manageable"},
	{"An SME Accountant does not see a colleague who is a Client user too", "sam", UserView, OfUser("bram"), With{}, holding("bram", roles.Accountant, roles.ClientUser), "no not_manageable"},
	{"An SME Accountant sees no authorisers", "sam", UserView, OfUser("anna"), With{}, nil, "no not_manageable"},
	{"An SME Accountant who authorises sees the other authorisers", "sam", UserView, OfUser("anna"), With{}, holding("sam", roles.SMEAccountant, roles.Authoriser), "yes sme-authorisers"},
	{"An SME Accountant who authorises sees those of shared companies only", "sam", UserView, OfUser("anna"), With{}, all(holding("sam", roles.SMEAccountant, roles.Authoriser), reachesOnly("anna", "garage")), "no not_manageable"},
	{"An SME Accountant who authorises sees none ranked as high", "sam", UserView, OfUser("anna"), With{}, all(holding("sam", roles.SMEAccountant, roles.Authoriser), holding("anna", roles.Accountant, roles.Authoriser)), "no not_manageable"},
	{"An SME Accountant who authorises sees no fellow who does", "sam", UserView, OfUser("bram"), With{}, all(holding("sam", roles.SMEAccountant, roles.Authoriser), holding("bram", roles.SMEAccountant, roles.Authoriser)), "no not_manageable"},
	{"An SME Accountant who authorises still sees nobody else", "sam", UserView, OfUser("ada"), With{}, holding("sam", roles.SMEAccountant, roles.Authoriser), "no not_manageable"},
	{"An Authorisation administrator sees users ranked below", "ada", UserView, OfUser("carla"), With{}, nil, "yes administrator"},
	{"An Authorisation administrator sees users without a role", "ada", UserView, OfUser("carla"), With{}, holding("carla"), "yes administrator"},
	{"An Authorisation administrator sees every authoriser", "ada", UserView, OfUser("bram"), With{}, holding("bram", roles.Accountant, roles.Authoriser), "yes administrator"},
	{"An Authorisation administrator sees no others ranked above", "ada", UserView, OfUser("bram"), With{}, nil, "no not_manageable"},
	{"An Authorisation administrator does not see a fellow", "ada", UserView, OfUser("nora"), With{}, holding("nora", roles.AuthorisationAdministrator), "no not_manageable"},
	{"An Authorisation administrator sees nobody of other companies", "ada", UserView, OfUser("gina"), With{}, nil, "no not_manageable"},
	{"A Client user sees nobody else", "carla", UserView, OfUser("dirk"), With{}, nil, "no role_missing"},

	{"A Super user creates anybody", "rosa", UserCreate, office, person([]companies.ID{"florist"}, roles.SuperUser), nil, "yes super-user"},
	{"An Accountant creates an Accountant", "bram", UserCreate, office, person(bakery, roles.Accountant, roles.ClientUser), nil, "yes accountant"},
	{"An Accountant creates no Super user", "bram", UserCreate, office, person(bakery, roles.SuperUser), nil, "no beyond_reach"},
	{"An Accountant gives a new user no company out of reach", "bram", UserCreate, office, person([]companies.ID{"bakery", "florist"}, roles.ClientUser), nil, "no beyond_reach"},
	{"An SME Accountant creates client users", "sam", UserCreate, office, person(bakery, roles.RestrictedClientUser), nil, "yes sme"},
	{"An SME Accountant creates no authorisers", "sam", UserCreate, office, person(bakery, roles.ClientUser, roles.Authoriser), nil, "no beyond_reach"},
	{"An SME Accountant gives a new user no company out of reach", "sam", UserCreate, office, person([]companies.ID{"garage"}, roles.ClientUser), nil, "no beyond_reach"},
	{"An Authorisation administrator creates nobody", "ada", UserCreate, office, person(bakery, roles.ClientUser), nil, "no role_missing"},
	{"Nobody is created with roles that exclude each other", "rosa", UserCreate, office, person(bakery, roles.ClientUser, roles.RestrictedClientUser), nil, "no role_set_invalid"},
	{"Nobody is created without a role", "rosa", UserCreate, office, person(bakery), nil, "no role_set_invalid"},
	{"A new user's companies must be given", "rosa", UserCreate, office, newRoles(roles.ClientUser), nil, "no missing_property"},
	{"A new user's companies must exist", "rosa", UserCreate, office, person([]companies.ID{"forge"}, roles.ClientUser), nil, "no bad_property"},

	{"A Super user imports users", "rosa", UserImport, office, importing("exact", []sync.UserID{"bram@exact", "sam@exact"}, roles.Accountant), nil, "yes super-user"},
	{"An Accountant imports users", "bram", UserImport, office, With{}, nil, "yes accountant"},
	{"An SME Accountant imports nobody", "sam", UserImport, office, With{}, nil, "no role_missing"},
	{"An Accountant imports no Super user", "bram", UserImport, office, newRoles(roles.SuperUser), nil, "no beyond_reach"},
	{"An Accountant imports nobody into a company out of reach", "bram", UserImport, office, access("florist"), nil, "no beyond_reach"},
	{"Nobody is imported with roles that conflict", "rosa", UserImport, office, newRoles(roles.Accountant, roles.SMEAccountant), nil, "no role_set_invalid"},
	{"Nobody is imported above the synchronisation user's rank", "rosa", UserImport, office, importing("exact", []sync.UserID{"chief@exact"}, roles.ClientUser), nil, "no accounting_user_unfit"},
	{"Nobody is imported to book whose account cannot", "rosa", UserImport, office, importing("exact", []sync.UserID{"bram@exact", "reader@exact"}, roles.Accountant), nil, "no accounting_user_unfit"},
	{"Somebody may be imported to deliver whose account cannot book", "rosa", UserImport, office, importing("exact", []sync.UserID{"reader@exact"}, roles.ClientUser), nil, "yes super-user"},
	{"Nobody is imported whom the accounting system does not know", "rosa", UserImport, office, importing("exact", []sync.UserID{"nobody@exact"}, roles.ClientUser), nil, "no accounting_user_unfit"},
	{"Where the synchronisation user has no link, nobody is imported", "theo", UserImport, office, importing("exact", []sync.UserID{"bram@exact"}, roles.ClientUser), unlinked("rosa", "exact"), "no accounting_user_unfit"},
	{"Users are imported from an accounting system that exists", "rosa", UserImport, office, importing("afas", nil, roles.ClientUser), nil, "no bad_property"},
	{"Where users are named, so is their system", "rosa", UserImport, office, With{Users: []sync.UserID{"bram@exact"}}, nil, "no missing_property"},

	{"A Super user deletes users", "theo", UserDelete, OfUser("bram"), With{}, nil, "yes super-user"},
	{"An Accountant deletes nobody", "bram", UserDelete, OfUser("carla"), With{}, nil, "no role_missing"},
	{"A Super user may go while another stays", "rosa", UserDelete, OfUser("theo"), With{}, duty("twinfield", "rosa"), "yes super-user"},
	{"The last Super user is not deleted", "theo", UserDelete, OfUser("theo"), With{}, all(holding("rosa", roles.ClientUser), duty("twinfield", "rosa")), "no last_super_user"},
	{"The last Super user who stays is not deleted", "theo", UserDelete, OfUser("theo"), With{}, all(ending("rosa", "2031-12-31"), duty("twinfield", "rosa")), "no last_super_user"},
	{"A synchronisation user is not deleted", "theo", UserDelete, OfUser("rosa"), With{}, nil, "no synchronisation_duty"},

	{"Everybody changes their own details", "dirk", UserChangeDetails, OfUser("dirk"), With{}, nil, "yes self"},
	{"A Super user changes anybody's details", "rosa", UserChangeDetails, OfUser("theo"), With{}, nil, "yes super-user"},
	{"An Accountant changes the details of whom they manage", "bram", UserChangeDetails, OfUser("anna"), With{}, nil, "yes manager"},
	{"An Accountant does not manage a Super user", "bram", UserChangeDetails, OfUser("rosa"), With{}, nil, "no not_manageable"},
	{"An SME Accountant changes the details of client users", "sam", UserChangeDetails, OfUser("dirk"), With{}, nil, "yes manager"},
	{"An SME Accountant does not manage a client user who authorises", "sam", UserChangeDetails, OfUser("carla"), With{}, holding("carla", roles.ClientUser, roles.Authoriser), "no not_manageable"},
	{"An SME Accountant does not manage a client user who administers authorisation", "sam", UserChangeDetails, OfUser("carla"), With{}, holding("carla", roles.ClientUser, roles.AuthorisationAdministrator), "no not_manageable"},
	{"An SME Accountant does not manage client users of other companies", "sam", UserChangeDetails, OfUser("gina"), With{}, nil, "no not_manageable"},
	{"A Client user manages nobody", "carla", UserChangeDetails, OfUser("dirk"), With{}, nil, "no role_missing"},

	{"A Super user sets an end date", "rosa", UserChangeEndDate, OfUser("bram"), ends("2026-12-31"), nil, "yes super-user"},
	{"An Accountant sets the end date of whom they manage", "bram", UserChangeEndDate, OfUser("ada"), ends("2026-12-31"), nil, "yes accountant"},
	{"An Accountant does not set that of a Super user", "bram", UserChangeEndDate, OfUser("theo"), ends("2026-12-31"), nil, "no not_manageable"},
	{"An Accountant does not set their own", "bram", UserChangeEndDate, OfUser("bram"), noEnd, nil, "no beyond_reach"},
	{"An SME Accountant sets the end date of a client user", "sam", UserChangeEndDate, OfUser("carla"), ends("2026-12-31"), nil, "yes sme"},
	{"An SME Accountant does not, where the user works out of their reach too", "sam", UserChangeEndDate, OfUser("carla"), ends("2026-12-31"), reachesOnly("carla", "bakery", "garage"), "no beyond_reach"},
	{"An SME Accountant does not set that of a colleague", "sam", UserChangeEndDate, OfUser("bram"), ends("2026-12-31"), nil, "no not_manageable"},
	{"An Authoriser sets nobody's end date", "bob", UserChangeEndDate, OfUser("anna"), noEnd, nil, "no role_missing"},
	{"The last Super user is not end-dated", "theo", UserChangeEndDate, OfUser("theo"), ends("2040-01-01"), all(holding("rosa", roles.ClientUser), duty("twinfield", "rosa")), "no last_super_user"},
	{"A Super user's end date may not leave a day ahead without one", "theo", UserChangeEndDate, OfUser("theo"), ends("2031-12-30"), all(ending("theo", "2031-12-31"), ending("rosa", "2028-01-01"), duty("twinfield", "rosa")), "no last_super_user"},
	{"A Super user's end date may move to a later day", "theo", UserChangeEndDate, OfUser("theo"), ends("2032-01-01"), all(ending("theo", "2031-12-31"), ending("rosa", "2028-01-01"), duty("twinfield", "rosa")), "yes super-user"},
	{"A synchronisation user is not end-dated, however far ahead", "rosa", UserChangeEndDate, OfUser("theo"), ends("2099-12-31"), nil, "no synchronisation_duty"},
	{"A synchronisation user's end date may be taken away", "rosa", UserChangeEndDate, OfUser("theo"), noEnd, ending("theo", "2031-12-31"), "yes super-user"},
	{"The end date must be given", "rosa", UserChangeEndDate, OfUser("bram"), With{}, nil, "no missing_property"},

	{"A Super user changes access", "rosa", UserChangeCompanyAccess, OfUser("carla"), access("florist"), nil, "yes super-user"},
	{"An Accountant changes access to companies in reach", "bram", UserChangeCompanyAccess, OfUser("carla"), access("garage"), nil, "yes manager"},
	{"An Accountant gives no access to a company out of reach", "bram", UserChangeCompanyAccess, OfUser("carla"), access("bakery", "florist"), nil, "no beyond_reach"},
	{"An Accountant takes no access to a company out of reach", "bram", UserChangeCompanyAccess, OfUser("carla"), access("bakery"), reachesOnly("carla", "bakery", "florist"), "no beyond_reach"},
	{"An Accountant may leave access to a company out of reach as it is", "bram", UserChangeCompanyAccess, OfUser("carla"), access("garage", "florist"), reachesOnly("carla", "bakery", "florist"), "yes manager"},
	{"An Accountant does not change their own access", "bram", UserChangeCompanyAccess, OfUser("bram"), access("bakery"), nil, "no beyond_reach"},
	{"An SME Accountant changes the access of client users", "sam", UserChangeCompanyAccess, OfUser("carla"), access(), nil, "yes manager"},
	{"An SME Accountant does not change that of a colleague", "sam", UserChangeCompanyAccess, OfUser("bram"), access("bakery"), nil, "no not_manageable"},
	{"An Authorisation administrator changes nobody's access", "ada", UserChangeCompanyAccess, OfUser("carla"), access(), nil, "no role_missing"},
	{"A synchronisation user is not kept from a company of the system", "rosa", UserChangeCompanyAccess, OfUser("theo"), access("bakery"), nil, "no synchronisation_duty"},
	{"A synchronisation user may be kept from a company of another system", "theo", UserChangeCompanyAccess, OfUser("rosa"), access("bakery", "garage"), nil, "yes super-user"},
	{"Access is to companies that exist", "rosa", UserChangeCompanyAccess, OfUser("carla"), access("forge"), nil, "no bad_property"},
	{"The companies must be given", "rosa", UserChangeCompanyAccess, OfUser("carla"), With{}, nil, "no missing_property"},

	{"A Super user chooses who pays", "rosa", UserChangeBillTo, OfUser("anna"), With{BillTo: users.BillToCompany("bakery")}, nil, "yes super-user"},
	{"An Accountant chooses who pays", "bram", UserChangeBillTo, OfUser("anna"), With{BillTo: users.BillToOffice}, nil, "yes manager"},
	{"A company without a payment agreement does not pay", "rosa", UserChangeBillTo, OfUser("anna"), With{BillTo: users.BillToCompany("garage")}, nil, "no bad_property"},
	{"A company that does not exist does not pay", "rosa", UserChangeBillTo, OfUser("anna"), With{BillTo: users.BillToCompany("forge")}, nil, "no bad_property"},
	{"Nobody chooses who pays for whom they do not manage", "bram", UserChangeBillTo, OfUser("rosa"), With{BillTo: users.BillToOffice}, nil, "no not_manageable"},
	{"An Authoriser does not choose who pays", "anna", UserChangeBillTo, OfUser("anna"), With{BillTo: users.BillToOffice}, nil, "no role_missing"},
	{"Who pays must be given", "rosa", UserChangeBillTo, OfUser("anna"), With{}, nil, "no missing_property"},

	{"A Super user gives the right to later companies", "rosa", UserChangeLaterCompanies, OfUser("bram"), With{}, nil, "yes super-user"},
	{"An Accountant who has the right passes it on", "bram", UserChangeLaterCompanies, OfUser("carla"), With{}, laterRight("bram"), "yes accountant"},
	{"An Accountant without the right does not", "bram", UserChangeLaterCompanies, OfUser("carla"), With{}, nil, "no right_missing"},
	{"An Accountant does not change it for themselves", "bram", UserChangeLaterCompanies, OfUser("bram"), With{}, laterRight("bram"), "no beyond_reach"},
	{"An Accountant does not change it for a Super user", "bram", UserChangeLaterCompanies, OfUser("theo"), With{}, laterRight("bram"), "no not_manageable"},
	{"An SME Accountant does not pass it on", "sam", UserChangeLaterCompanies, OfUser("carla"), With{}, laterRight("sam"), "no role_missing"},

	{"A Super user grants any role", "rosa", UserGrantRole, OfUser("bram"), role(roles.SuperUser), nil, "yes super-user"},
	{"A Super user grants a role to themselves", "rosa", UserGrantRole, OfUser("rosa"), role(roles.AuthorisationAdministrator), nil, "yes super-user"},
	{"An Accountant grants roles", "bram", UserGrantRole, OfUser("carla"), role(roles.Accountant), nil, "yes accountant"},
	{"An Accountant does not grant Super user", "bram", UserGrantRole, OfUser("carla"), role(roles.SuperUser), nil, "no beyond_reach"},
	{"An Accountant grants nothing to themselves", "bram", UserGrantRole, OfUser("bram"), role(roles.ClientUser), nil, "no beyond_reach"},
	{"An Accountant grants nothing to a Super user", "bram", UserGrantRole, OfUser("rosa"), role(roles.ClientUser), nil, "no not_manageable"},
	{"An SME Accountant grants client roles", "sam", UserGrantRole, OfUser("carla"), role(roles.ClientUser), nil, "yes sme"},
	{"An SME Accountant grants no others", "sam", UserGrantRole, OfUser("carla"), role(roles.Authoriser), nil, "no beyond_reach"},
	{"An SME Accountant grants nothing to a colleague", "sam", UserGrantRole, OfUser("bram"), role(roles.ClientUser), nil, "no not_manageable"},
	{"An Authorisation administrator makes a user an authoriser", "ada", UserGrantRole, OfUser("carla"), role(roles.Authoriser), nil, "yes administrator"},
	{"An Authorisation administrator may grant it to who has it", "ada", UserGrantRole, OfUser("bram"), role(roles.Authoriser), holding("bram", roles.Accountant, roles.Authoriser), "yes administrator"},
	{"An Authorisation administrator grants nothing else", "ada", UserGrantRole, OfUser("carla"), role(roles.RestrictedClientUser), nil, "no beyond_reach"},
	{"An Authorisation administrator grants it to nobody they do not see", "ada", UserGrantRole, OfUser("gina"), role(roles.Authoriser), nil, "no not_manageable"},
	{"An Authorisation administrator does not make themselves an authoriser", "ada", UserGrantRole, OfUser("ada"), role(roles.Authoriser), holding("ada", roles.AuthorisationAdministrator, roles.Authoriser), "no beyond_reach"},
	{"A Client user grants nothing", "carla", UserGrantRole, OfUser("dirk"), role(roles.ClientUser), nil, "no role_missing"},
	{"A role that excludes another is not granted", "rosa", UserGrantRole, OfUser("carla"), role(roles.RestrictedClientUser), nil, "no role_set_invalid"},
	{"Granting what is there already is allowed, even in an invalid set", "rosa", UserGrantRole, OfUser("carla"), role(roles.ClientUser), holding("carla", roles.ClientUser, roles.RestrictedClientUser), "yes super-user"},
	{"A grant that leaves the set invalid is refused, whatever it was before", "rosa", UserGrantRole, OfUser("carla"), role(roles.Authoriser), holding("carla", roles.ClientUser, roles.RestrictedClientUser), "no role_set_invalid"},
	{"The role must be given", "rosa", UserGrantRole, OfUser("carla"), With{}, nil, "no missing_property"},

	{"A Super user revokes any role", "rosa", UserRevokeRole, OfUser("theo"), role(roles.SuperUser), holding("theo", roles.SuperUser, roles.ClientUser), "yes super-user"},
	{"An Accountant revokes roles", "bram", UserRevokeRole, OfUser("carla"), role(roles.Authoriser), holding("carla", roles.ClientUser, roles.Authoriser), "yes accountant"},
	{"An Accountant revokes nothing from themselves", "bram", UserRevokeRole, OfUser("bram"), role(roles.ClientUser), holding("bram", roles.Accountant, roles.ClientUser), "no beyond_reach"},
	{"An SME Accountant revokes client roles", "sam", UserRevokeRole, OfUser("carla"), role(roles.RestrictedClientUser), holding("carla", roles.ClientUser, roles.RestrictedClientUser), "yes sme"},
	{"An SME Accountant revokes no others", "sam", UserRevokeRole, OfUser("carla"), role(roles.Authoriser), nil, "no beyond_reach"},
	{"An Authorisation administrator revokes nothing", "ada", UserRevokeRole, OfUser("anna"), role(roles.Authoriser), nil, "no role_missing"},
	{"The only role is not revoked", "rosa", UserRevokeRole, OfUser("carla"), role(roles.ClientUser), nil, "no role_set_invalid"},
	{"The last Super user is not demoted", "rosa", UserRevokeRole, OfUser("rosa"), role(roles.SuperUser), all(holding("rosa", roles.SuperUser, roles.ClientUser), holding("theo", roles.ClientUser)), "no last_super_user"},
	{"Of three Super users one is demoted while another stays for ever", "bram", UserRevokeRole, OfUser("bram"), role(roles.SuperUser), all(holding("bram", roles.SuperUser, roles.ClientUser), ending("rosa", "2027-01-01")), "yes super-user"},
	{"The role to revoke must be given", "rosa", UserRevokeRole, OfUser("carla"), With{}, nil, "no missing_property"},

	{"A Super user changes roles", "rosa", UserChangeRoles, OfUser("bram"), newRoles(roles.SuperUser), nil, "yes super-user"},
	{"An Accountant changes roles", "bram", UserChangeRoles, OfUser("carla"), newRoles(roles.RestrictedClientUser, roles.Authoriser), nil, "yes accountant"},
	{"An Accountant does not slip in Super user", "bram", UserChangeRoles, OfUser("carla"), newRoles(roles.ClientUser, roles.SuperUser), nil, "no beyond_reach"},
	{"An SME Accountant swaps client roles", "sam", UserChangeRoles, OfUser("carla"), newRoles(roles.RestrictedClientUser), nil, "yes sme"},
	{"An SME Accountant does not slip in another role", "sam", UserChangeRoles, OfUser("carla"), newRoles(roles.ClientUser, roles.Authoriser), nil, "no beyond_reach"},
	{"An Authorisation administrator adds Authoriser", "ada", UserChangeRoles, OfUser("carla"), newRoles(roles.ClientUser, roles.Authoriser), nil, "yes administrator"},
	{"An Authorisation administrator asks to change nothing of an authoriser", "ada", UserChangeRoles, OfUser("bram"), newRoles(roles.Accountant, roles.Authoriser), holding("bram", roles.Accountant, roles.Authoriser), "yes administrator"},
	{"An Authorisation administrator takes nothing away with it", "ada", UserChangeRoles, OfUser("carla"), newRoles(roles.Authoriser), nil, "no beyond_reach"},
	{"An SME Accountant who administers may do both at once", "sam", UserChangeRoles, OfUser("carla"), newRoles(roles.RestrictedClientUser, roles.Authoriser), holding("sam", roles.SMEAccountant, roles.AuthorisationAdministrator), "yes administrator"},
	{"A new set is valid", "rosa", UserChangeRoles, OfUser("carla"), newRoles(roles.Accountant, roles.SMEAccountant), nil, "no role_set_invalid"},
	{"A new set is not empty", "rosa", UserChangeRoles, OfUser("carla"), newRoles(), nil, "no role_set_invalid"},
	{"What a Super user may not do is no matter of reach, whatever their other roles", "rosa", UserChangeRoles, OfUser("carla"), newRoles(), holding("rosa", roles.SuperUser, roles.AuthorisationAdministrator), "no role_set_invalid"},
	{"A change that changes nothing is not refused", "rosa", UserChangeRoles, OfUser("carla"), newRoles(), holding("carla"), "yes super-user"},
	{"A change does not demote the last Super user", "rosa", UserChangeRoles, OfUser("rosa"), newRoles(roles.ClientUser), holding("theo", roles.ClientUser), "no last_super_user"},
	{"Where every Super user has left already, there is no last one to keep", "ada", UserChangeRoles, OfUser("rosa"), newRoles(roles.SuperUser, roles.Authoriser), all(holding("rosa", roles.SuperUser, roles.Authoriser), ending("rosa", "2026-01-01"), ending("theo", "2026-01-01")), "yes administrator"},
	{"A Client user changes no roles", "carla", UserChangeRoles, OfUser("carla"), newRoles(roles.ClientUser), nil, "no role_missing"},
	{"An Accountant changes no roles of a Super user", "bram", UserChangeRoles, OfUser("rosa"), newRoles(roles.SuperUser), nil, "no not_manageable"},
	{"The new set must be given", "rosa", UserChangeRoles, OfUser("carla"), With{}, nil, "no missing_property"},

	{"A Super user gives the bank right", "rosa", UserChangeBankRight, OfUser("bram"), With{}, nil, "yes super-user"},
	{"An Accountant does not give the bank right", "bram", UserChangeBankRight, OfUser("sam"), With{}, nil, "no role_missing"},
	{"A Super user gives the archive right", "rosa", UserChangeArchiveRight, OfUser("carla"), With{}, nil, "yes super-user"},
	{"An Accountant does not give the archive right", "bram", UserChangeArchiveRight, OfUser("carla"), With{}, nil, "no role_missing"},

	{"Everybody asks for a password link alone", "dirk", UserSendPasswordLink, OfUser("dirk"), With{}, nil, "yes self"},
	{"A Super user sends one", "rosa", UserSendPasswordLink, OfUser("theo"), With{}, nil, "yes super-user"},
	{"An SME Accountant sends one to whom they manage", "sam", UserSendPasswordLink, OfUser("carla"), With{}, nil, "yes manager"},
	{"An Accountant sends none to a Super user", "bram", UserSendPasswordLink, OfUser("rosa"), With{}, nil, "no not_manageable"},
	{"A Client user sends none to others", "carla", UserSendPasswordLink, OfUser("dirk"), With{}, nil, "no role_missing"},

	{"One changes one's own password with the old one", "carla", UserChangePassword, OfUser("carla"), oldChecked, nil, "yes self"},
	{"One does not change one's password without the old one", "carla", UserChangePassword, OfUser("carla"), oldWrong, nil, "no old_password_needed"},
	{"Nobody changes another's password", "rosa", UserChangePassword, OfUser("carla"), oldChecked, nil, "no not_self"},
	{"Whether the old password was right must be given", "carla", UserChangePassword, OfUser("carla"), With{}, nil, "no missing_property"},

	{"One changes one's own address with the old password", "carla", UserChangeEmail, OfUser("carla"), oldChecked, nil, "yes self"},
	{"One does not change one's address without it", "carla", UserChangeEmail, OfUser("carla"), oldWrong, nil, "no old_password_needed"},
	{"A Super user needs it for their own address too", "rosa", UserChangeEmail, OfUser("rosa"), oldWrong, unused("rosa"), "no old_password_needed"},
	{"An Accountant needs it for their own address too", "bram", UserChangeEmail, OfUser("bram"), oldWrong, unused("bram"), "no old_password_needed"},
	{"For oneself it must be given", "rosa", UserChangeEmail, OfUser("rosa"), With{}, unused("rosa"), "no missing_property"},
	{"A Super user mends a mistyped address before first use", "rosa", UserChangeEmail, OfUser("nora"), With{}, nil, "yes super-user"},
	{"An SME Accountant mends it for whom they manage", "sam", UserChangeEmail, OfUser("nora"), With{}, nil, "yes manager"},
	{"After first use nobody else changes an address", "rosa", UserChangeEmail, OfUser("carla"), With{}, nil, "no not_self"},
	{"After first use an Accountant does not mend an address either", "bram", UserChangeEmail, OfUser("carla"), With{}, nil, "no not_self"},
	{"Nobody changes the address of whom they do not manage", "bram", UserChangeEmail, OfUser("rosa"), With{}, unused("rosa"), "no not_manageable"},
	{"A Client user changes nobody's address", "carla", UserChangeEmail, OfUser("nora"), With{}, nil, "no role_missing"},
}

// What cannot be asked, and who cannot ask.
var edgeScenarios = []scenario{
	{"Somebody unknown may do nothing", "mallory", UserView, OfUser("mallory"), With{}, nil, "no unknown_user"},
	{"A deleted user may do nothing", "tom", DocumentUpload, OfCompany("bakery"), With{}, nil, "no unknown_user"},
	{"Nobody may do what is not in the vocabulary", "rosa", 0, OfUser("carla"), With{}, nil, "no unknown_action"},
	{"Nobody may do anything to who is unknown", "rosa", UserDelete, OfUser("mallory"), With{}, nil, "no unknown_resource"},
	{"Nobody may do anything to a deleted user", "rosa", UserView, OfUser("tom"), With{}, nil, "no unknown_resource"},
	{"A company that does not exist is not viewed", "rosa", CompanyView, OfCompany("forge"), With{}, nil, "no unknown_resource"},
	{"A document that is not known is not viewed", "carla", DocumentView, Resource{Type: Document, ID: "inv-9"}, With{}, nil, "no unknown_resource"},
	{"A connection to a system that does not exist is not viewed", "rosa", ConnectionView, OfConnection("afas"), With{}, nil, "no unknown_resource"},
	{"Another office's settings are not viewed", "rosa", OfficeViewSettings, OfOffice("jansen"), With{}, nil, "no unknown_resource"},
	{"An action is asked on its own type of resource", "rosa", CompanyView, OfUser("carla"), With{}, nil, "no unknown_resource"},
	{"An inactive Super user does nothing", "theo", OfficeViewSettings, office, With{}, ending("theo", "2026-11-22"), "no inactive_user"},
	{"An inactive user does not even see themselves", "carla", UserView, OfUser("carla"), With{}, ending("carla", "2020-01-01"), "no inactive_user"},
	{"A user without a role has the rights of any user", "carla", CompanyView, OfCompany("bakery"), With{}, holding("carla"), "yes access"},
	{"A user without a role has no more", "carla", DocumentUpload, OfCompany("bakery"), With{}, holding("carla"), "no role_missing"},
}
