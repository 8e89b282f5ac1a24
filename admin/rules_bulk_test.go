package admin_test

import (
	"slices"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

func TestRulesOfBulk(t *testing.T) { tell(t, bulkExamples) }

// Several users changed at once.
var bulkExamples = []example{
	{"Several users are granted roles at once", "SETTINGS", []step{
		does("bram", admin.Bulk{Users: userList("carla", "gina"), GrantRoles: roles.SetOf(roles.Authoriser)},
			granted("carla", roles.Authoriser), granted("gina", roles.Authoriser)),
	}},
	{"Several users are given companies at once, beside those they have", "SETTINGS", []step{
		does("bram", admin.Bulk{Users: userList("carla", "gina"), GiveCompanies: companyList("garage")},
			admin.AccessChanged{User: "carla", Given: companyList("garage")}),
		reaches("carla", "bakery", "garage"),
		reaches("gina", "garage"),
	}},
	{"Several users are given the right to later companies at once", "SETTINGS", []step{
		does("rosa", admin.Bulk{Users: userList("carla", "gina"), GiveLaterCompanies: true},
			admin.LaterCompaniesChanged{User: "carla", LaterCompanies: true}, admin.LaterCompaniesChanged{User: "gina", LaterCompanies: true}),
	}},
	{"Several users are allowed the bank right at once, or refused it", "SETTINGS", []step{
		does("rosa", admin.Bulk{Users: userList("bram", "mila"), ChangeBankDetails: policy.Given(true)},
			admin.BankRightChanged{User: "bram", ChangeBankDetails: true}, admin.BankRightChanged{User: "mila", ChangeBankDetails: true}),
		does("rosa", admin.Bulk{Users: userList("bram", "mila"), ChangeBankDetails: policy.Given(false)},
			admin.BankRightChanged{User: "bram"}, admin.BankRightChanged{User: "mila"}),
	}},
	{"All four may be done in one go", "SETTINGS", []step{
		does("rosa", admin.Bulk{
			Users: userList("kees", "gina"), GrantRoles: roles.SetOf(roles.Authoriser), GiveCompanies: companyList("florist"),
			GiveLaterCompanies: true, ChangeBankDetails: policy.Given(true),
		},
			admin.AccessChanged{User: "kees", Given: companyList("florist")}, granted("kees", roles.Authoriser),
			admin.LaterCompaniesChanged{User: "kees", LaterCompanies: true}, admin.BankRightChanged{User: "kees", ChangeBankDetails: true},
			admin.AccessChanged{User: "gina", Given: companyList("florist")}, granted("gina", roles.Authoriser),
			admin.LaterCompaniesChanged{User: "gina", LaterCompanies: true}, admin.BankRightChanged{User: "gina", ChangeBankDetails: true}),
	}},
	{"Several is two or more, each once, and something to do to them", "SETTINGS", []step{
		senseless("rosa", admin.Bulk{Users: userList("carla"), GiveLaterCompanies: true}, "users"),
		senseless("rosa", admin.Bulk{Users: userList("carla", "carla"), GiveLaterCompanies: true}, "users[1]", "users"),
		senseless("rosa", admin.Bulk{Users: userList("carla", "gina")}, ""),
	}},
	{"Each single change must be allowed: whoever may do it to one may do it to several", "SETTINGS", []step{
		answers(admin.Bulk{Users: userList("carla", "kees"), GrantRoles: roles.SetOf(roles.Authoriser)},
			"yes: rosa, sam, bram, tess", "beyond_reach, beyond_reach: mila", "role_missing, role_missing: the others"),
		answers(admin.Bulk{Users: userList("carla", "gina"), GrantRoles: roles.SetOf(roles.Authoriser)},
			"yes: rosa, sam, bram", "not_manageable: tess", "beyond_reach, not_manageable: mila", "role_missing, role_missing: the others"),
	}},
	{"If one change is not allowed none happens, and every reason is named", "SETTINGS", []step{
		cannot("bram", admin.Bulk{Users: userList("carla", "rosa", "gina"), GiveCompanies: companyList("florist"), GiveLaterCompanies: true},
			"beyond_reach", "right_missing", "not_manageable", "right_missing", "beyond_reach", "right_missing"),
		cannot("rosa", admin.Bulk{Users: userList("gina", "carla", "kees"), GrantRoles: roles.SetOf(roles.RestrictedClientUser)},
			"role_set_invalid", "role_set_invalid"),
		cannot("rosa", admin.Bulk{Users: userList("gina", "nobody", "tom"), GiveLaterCompanies: true}, "unknown_resource", "unknown_resource"),
		reaches("carla", "bakery"),
		user("gina", "has no right to later companies", func(u users.User) bool { return !u.LaterCompanies }),
	}},
	{"Nobody slips in a right of their own among others", "DERIVED", []step{
		givesLater("rosa", "bram", true),
		cannot("bram", admin.Bulk{Users: userList("carla", "bram"), GrantRoles: roles.SetOf(roles.Authoriser)}, "beyond_reach"),
		cannot("bram", admin.Bulk{Users: userList("carla", "bram"), GiveLaterCompanies: true}, "beyond_reach"),
	}},
	{"Only a Super user changes the bank right, of several either", "TIPS, SETTINGS", []step{
		answers(admin.Bulk{Users: userList("carla", "kees"), ChangeBankDetails: policy.Given(true)},
			"yes: rosa, sam", "role_missing, role_missing: the others"),
	}},
}

// Nothing but the four things is done in bulk. Source: SETTINGS.
func TestBulkIsFourThings(t *testing.T) {
	var keys []string
	for _, f := range admin.CommandFields("user.bulk") {
		keys = append(keys, f.Key)
	}
	want := []string{"users", "grant_roles", "give_companies", "give_later_companies", "change_bank_details"}
	if !slices.Equal(keys, want) {
		t.Errorf("in bulk one gives %v, want %v", keys, want)
	}
}
