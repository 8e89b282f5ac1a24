package admin_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// paths is where an error says that something is wrong, in order.
func paths(err error) (list []string) {
	for _, p := range problems.All(err) {
		list = append(list, p.Path)
	}
	return list
}

// Nothing that goes by a command's name without being one is a command, and none of
// it makes the library fall over.
func TestWhatIsNoCommandIsRefused(t *testing.T) {
	var nobody *admin.DeleteUser
	var never *admin.If
	for name, c := range map[string]admin.Command{
		"nothing":                 nil,
		"a pointer":               &admin.DeleteUser{User: "bob"},
		"a pointer to nothing":    nobody,
		"a condition of nothing":  admin.If{Version: 1},
		"a condition twice":       admin.If{Version: 1, Command: admin.If{Version: 1, Command: admin.DeleteUser{User: "bob"}}},
		"an empty one within":     admin.If{Version: 1, Command: admin.If{}},
		"a pointer within":        admin.If{Version: 1, Command: &admin.DeleteUser{User: "bob"}},
		"a condition by pointer":  &admin.If{Version: 1, Command: admin.DeleteUser{User: "bob"}},
		"an empty one by pointer": &admin.If{},
		"no condition at all":     never,
		"another type":            struct{ admin.DeleteUser }{admin.DeleteUser{User: "bob"}},
	} {
		t.Run(name, func(t *testing.T) {
			if text, err := admin.WriteCommand(c); !errors.Is(err, problems.ErrInvalid) {
				t.Errorf("written as %s, %v", text, err)
			}
			before := fixed(t)
			if after, events, err := admin.Apply(before, "anna", noon, c); !errors.Is(err, problems.ErrInvalid) || after != before || events != nil {
				t.Errorf("carried out: %v, %v", events, err)
			}
		})
	}
}

// The word office stands for the office itself, and no company is called so: a
// command that names one would be read as another command.
func TestNoCompanyThatIsCalledOfficePays(t *testing.T) {
	c := admin.ChangeBillTo{User: "bob", BillTo: users.BillToCompany(companies.Office)}
	if text, err := admin.WriteCommand(c); !errors.Is(err, problems.ErrInvalid) {
		t.Errorf("written as %s, %v", text, err)
	}
}

func TestEachThingThatComesTwiceIsNamedWhereItStands(t *testing.T) {
	bob, eva := users.ID("bob"), users.ID("eva")
	for want, c := range map[[2]string]admin.Command{
		{"users[2]", "users[3]"}:                                   admin.Bulk{Users: listOf(bob, eva, bob, eva), GiveLaterCompanies: true},
		{"settings[1].code", "settings[2].code"}:                   admin.ChangeSettings{Company: "garage", Settings: listOf(admin.SettingValue{Code: "vat", Value: "a"}, admin.SettingValue{Code: "vat", Value: "b"}, admin.SettingValue{Code: "vat", Value: "c"})},
		{"accounts[1].id", "accounts[2].id"}:                       admin.FetchUsers{System: "books", Accounts: listOf(anAccount, anAccount, anAccount)},
		{"people[1].accounting_user", "people[2].accounting_user"}: admin.ImportUsers{System: "books", People: listOf(imported("x"), imported("y"), imported("z"))},
	} {
		_, err := admin.WriteCommand(c)
		if diff := cmp.Diff(want[:], paths(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Name(), diff)
		}
	}
}

func imported(id users.ID) admin.Imported {
	return admin.Imported{AccountingUser: "a1", User: id, Username: string(id)}
}

// What the accounting system tells is named as it told it, and not as it would be
// kept.
func TestACompanyThatIsNotThereIsNamedWhereTheAccountsWereTold(t *testing.T) {
	strange, own := anAccount, anAccount
	strange.ID, strange.Everywhere, strange.Companies = "z9", false, listOf[companies.ID]("moon")
	_, _, err := admin.Apply(fixed(t), "anna", noon, admin.FetchUsers{System: "books", Accounts: listOf(strange, own)})
	if diff := cmp.Diff([]string{"accounts[0].companies"}, paths(err)); diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestAnIdAndAUsernameThatWereDeletedAreBothNamed(t *testing.T) {
	_, _, err := admin.Apply(fixed(t), "anna", noon, admin.CreateUsers{
		Roles: roles.SetOf(roles.Accountant), People: listOf(
			admin.Person{User: "tom", Username: "tom", Email: "tom@example.com"},
			admin.Person{User: "bob", Username: "bob", Email: "tom@example.com"},
		),
	})
	want := []string{"people[0].user", "people[0].username", "people[1].user", "people[1].username"}
	if diff := cmp.Diff(want, paths(err)); diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// To choose a synchronisation user as the accounting system already tells of them
// changes nothing, in whatever order it names the companies.
func TestAnAccountThatIsToldInAnotherOrderIsTheSame(t *testing.T) {
	p := fixedParts()
	reach := sync.ReachSome(users.AccessTo("bakery", "garage"))
	p.Systems[0].Users[0].Reach = reach
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	a := anAccount
	a.Everywhere, a.Companies = false, listOf[companies.ID]("garage", "bakery", "garage")
	_, events, err := admin.Apply(admin.Open(o), "anna", noon, admin.ChooseSynchronisationUser{
		System: "books", SynchronisationUser: "anna", AccountingUser: "a1", Account: given(a),
	})
	if err != nil || len(events) > 0 {
		t.Errorf("it made %v, %v", events, err)
	}
}
