package admin_test

import (
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

func TestRulesOfRoles(t *testing.T) { tell(t, rightsExamples) }

func grant(id users.ID, r roles.Role) admin.GrantRole { return admin.GrantRole{User: id, Role: r} }

func revoke(id users.ID, r roles.Role) admin.RevokeRole { return admin.RevokeRole{User: id, Role: r} }

func rolesOf(id users.ID, list ...roles.Role) admin.ChangeRoles {
	return admin.ChangeRoles{User: id, Roles: roles.SetOf(list...)}
}

func granted(id users.ID, list ...roles.Role) admin.RolesChanged {
	return admin.RolesChanged{User: id, Granted: roles.SetOf(list...)}
}

func revoked(id users.ID, list ...roles.Role) admin.RolesChanged {
	return admin.RolesChanged{User: id, Revoked: roles.SetOf(list...)}
}

// Roles that are granted and revoked.
var rightsExamples = []example{
	{"A Super user grants any role, an Accountant any but Super user", "ROLES", []step{
		answers(grant("carla", roles.SuperUser), "yes: rosa, sam", "beyond_reach: bram, mila, tess", "role_missing: the others"),
		answers(grant("carla", roles.Accountant), "yes: rosa, sam, bram", "beyond_reach: mila, tess", "role_missing: the others"),
		does("rosa", grant("carla", roles.SuperUser), granted("carla", roles.SuperUser)),
		may("carla", policy.UserDelete, policy.OfUser("gina")),
		cannot("bram", grant("carla", roles.Authoriser), "not_manageable"),
	}},
	{"An SME Accountant grants client roles, to the client users of the companies they share", "ROLES", []step{
		holding("carla", roles.RestrictedClientUser, roles.AuthorisationAdministrator),
		cannot("mila", grant("carla", roles.ClientUser), "not_manageable"),
	}},
	{"An SME Accountant has a client user deliver for themselves only, and back", "ROLES", []step{
		does("mila", rolesOf("carla", roles.RestrictedClientUser), admin.RolesChanged{
			User: "carla", Granted: roles.SetOf(roles.RestrictedClientUser), Revoked: roles.SetOf(roles.ClientUser),
		}),
		mayNot("carla", policy.DocumentView, invoice(documents.Tagging), "not_delivered_by_subject"),
		does("mila", rolesOf("carla", roles.ClientUser), admin.RolesChanged{
			User: "carla", Granted: roles.SetOf(roles.ClientUser), Revoked: roles.SetOf(roles.RestrictedClientUser),
		}),
		cannot("mila", rolesOf("carla", roles.ClientUser, roles.Authoriser), "beyond_reach"),
		cannot("mila", rolesOf("gina", roles.RestrictedClientUser), "not_manageable"),
		cannot("mila", rolesOf("anna", roles.ClientUser, roles.Authoriser), "not_manageable"),
	}},
	{"An Authorisation administrator grants Authoriser to whom they see, and nothing else", "ROLES", []step{
		answers(grant("carla", roles.Authoriser), "yes: rosa, sam, bram, tess", "beyond_reach: mila", "role_missing: the others"),
		does("tess", grant("carla", roles.Authoriser), granted("carla", roles.Authoriser)),
		mayWith("kees", policy.DocumentAssign, invoice(documents.Tagging), policy.With{Authorisers: []users.ID{"carla"}}, ""),
		cannot("tess", revoke("carla", roles.Authoriser), "role_missing"),
		cannot("tess", rolesOf("carla", roles.ClientUser, roles.Authoriser, roles.AuthorisationAdministrator), "beyond_reach"),
		cannot("tess", grant("gina", roles.Authoriser), "not_manageable"),
		cannot("tess", grant("tess", roles.Authoriser), "not_manageable"),
	}},
	{"A change to another set grants each role that is added and revokes each that is left out", "ROLES", []step{
		does("bram", rolesOf("carla", roles.RestrictedClientUser, roles.Authoriser), admin.RolesChanged{
			User: "carla", Granted: roles.SetOf(roles.RestrictedClientUser, roles.Authoriser), Revoked: roles.SetOf(roles.ClientUser),
		}),
		cannot("bram", rolesOf("carla", roles.SuperUser), "beyond_reach"),
		cannot("tess", rolesOf("carla", roles.Authoriser), "beyond_reach"),
	}},
	{"Revoking: a Super user any role, an Accountant any of whom they manage, an SME Accountant client roles", "ROLES", []step{
		holding("carla", roles.ClientUser, roles.Authoriser),
		answers(revoke("carla", roles.Authoriser), "yes: rosa, sam, bram", "not_manageable: mila", "role_missing: the others"),
		does("bram", revoke("carla", roles.Authoriser), revoked("carla", roles.Authoriser)),
		mayWith("kees", policy.DocumentAssign, invoice(documents.Tagging), policy.With{Authorisers: []users.ID{"carla"}}, "authoriser_unfit"),
		holding("carla", roles.ClientUser, roles.RestrictedClientUser),
		does("mila", revoke("carla", roles.ClientUser), revoked("carla", roles.ClientUser)),
	}},
	{"Nobody but a Super user grants to or revokes from themselves", "DERIVED", []step{
		cannot("bram", grant("bram", roles.Authoriser), "beyond_reach"),
		cannot("bram", rolesOf("bram", roles.Accountant, roles.ClientUser), "beyond_reach"),
		holding("bram", roles.Accountant, roles.ClientUser),
		cannot("bram", revoke("bram", roles.ClientUser), "beyond_reach"),
		does("rosa", grant("rosa", roles.AuthorisationAdministrator), granted("rosa", roles.AuthorisationAdministrator)),
	}},
	{"Nobody grants a role above their own rank, and rank passes no rights on", "DERIVED, ROLES", []step{
		holding("mila", roles.SMEAccountant, roles.AuthorisationAdministrator),
		cannot("mila", grant("carla", roles.Accountant), "beyond_reach"),
		mayNot("rosa", policy.DocumentView, invoice(documents.Tagging), "role_missing"),
	}},
	{"A set that would be invalid is refused, whatever it was before", "SETTINGS, ROLES, TIPS, ADD", []step{
		cannot("rosa", grant("carla", roles.RestrictedClientUser), "role_set_invalid"),
		cannot("rosa", revoke("carla", roles.ClientUser), "role_set_invalid"),
		cannot("rosa", rolesOf("carla"), "role_set_invalid"),
		holding("carla", roles.ClientUser, roles.RestrictedClientUser),
		cannot("rosa", grant("carla", roles.Authoriser), "role_set_invalid"),
		does("rosa", revoke("carla", roles.RestrictedClientUser), revoked("carla", roles.RestrictedClientUser)),
	}},
	{"To change nothing is not refused, and nothing comes of it", "DERIVED", []step{
		holding("carla", roles.ClientUser, roles.RestrictedClientUser),
		does("rosa", grant("carla", roles.ClientUser)),
		does("rosa", rolesOf("carla", roles.ClientUser, roles.RestrictedClientUser)),
		does("rosa", revoke("kees", roles.Authoriser)),
		does("rosa", admin.ChangeArchiveRight{User: "kees"}),
		does("rosa", admin.ChangeBankRight{User: "kees"}),
		does("rosa", admin.ChangeBillTo{User: "bob", BillTo: users.BillToCompany("bakery")}),
	}},
	{"Who has acted for the first time is used, whatever came of it", "SETTINGS", []step{
		withUser("bram", func(u *users.User) { u.Used = false }),
		does("bram", grant("carla", roles.ClientUser), admin.UserUsed{User: "bram"}),
	}},
	{"The last Super user is not demoted, ended or deleted", "SETTINGS", []step{
		holding("sam", roles.ClientUser),
		holding("rosa", roles.SuperUser, roles.ClientUser),
		cannot("rosa", revoke("rosa", roles.SuperUser), "last_super_user"),
		cannot("rosa", rolesOf("rosa", roles.ClientUser), "last_super_user"),
		cannot("rosa", endOf("rosa", "2027-01-01"), "last_super_user"),
		cannot("rosa", admin.DeleteUser{User: "rosa"}, "last_super_user"),
		does("rosa", grant("sam", roles.SuperUser), granted("sam", roles.SuperUser)),
		cannot("rosa", revoke("rosa", roles.SuperUser), "last_super_user"),
		does("rosa", endOf("sam", ""), admin.EndDateChanged{User: "sam"}),
		does("sam", revoke("rosa", roles.SuperUser), revoked("rosa", roles.SuperUser)),
		mayNot("rosa", policy.UserDelete, policy.OfUser("carla"), "role_missing"),
	}},
}
