package admin_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

var updateGolden = flag.Bool("update", false, "write the golden files of testdata anew")

func lastDay(text string) users.Date {
	d, err := users.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

var goldenAccount = admin.Account{
	ID: "a2", Name: `Bob "de" Vries`, Email: "bob@there.example", Rank: 2, CanBook: true, Companies: listOf[companyID]("bakery", "garage"),
}

// goldenCommands is one of each command, and one on a condition.
var goldenCommands = []admin.Command{
	admin.CreateUsers{roles.SetOf(roles.ClientUser, roles.Authoriser), listOf[companyID]("garage"), listOf(
		admin.Person{User: "ivo", Username: "ivo@garage", Email: "ivo@garage.example"},
		admin.Person{"jan", "jan", "jan@garage.example", "Jan Émile", "nl", true},
	)},
	admin.ImportUsers{"books", roles.SetOf(roles.Accountant), changes.List[companies.ID]{}, listOf(
		admin.Imported{"a2", "ivo", "ivo", false}, admin.Imported{"a3", "jan", "jan", true},
	)},
	admin.ChangeDetails{"bob", policy.Given("Bob"), policy.Given(""), policy.Given(false), policy.Given("bob2")},
	admin.GrantRole{"bob", roles.Authoriser},
	admin.RevokeRole{"bob", roles.SuperUser},
	admin.ChangeRoles{"bob", roles.SetOf(roles.RestrictedClientUser, roles.SMEAccountant)},
	admin.ChangeCompanyAccess{"bob", listOf[companyID]("garage", "bakery")},
	admin.ChangeLaterCompanies{"bob", true},
	admin.ChangeArchiveRight{"bob", users.AllDocuments},
	admin.ChangeBankRight{"bob", false},
	admin.ChangeEndDate{"bob", lastDay("2027-01-31")},
	admin.ChangeEndDate{"bob", users.Date{}},
	admin.ChangeBillTo{"bob", users.BillToCompany("bakery")},
	admin.ChangeBillTo{"bob", users.BillToOffice},
	admin.Bulk{listOf[userID]("bob", "eva"), roles.SetOf(roles.Authoriser), listOf[companyID]("garage"), true, policy.Given(false)},
	admin.DeleteUser{"bob"},
	admin.SendPasswordLink{"bob"},
	admin.UsePasswordLink{"bob"},
	admin.ChangePassword{"bob", true},
	admin.ChangeEmail{"bob", "bob@example.com", policy.Given(true)},
	admin.MarkUsed{"bob"},
	admin.LinkAccountingUser{"bob", "books", "a2"},
	admin.UnlinkAccountingUser{"bob", "books"},
	admin.EnterAccountingPassword{"bob", "books"},
	admin.CreateCompany{"hotel", "Hotel <De Zon> & Zoon", "books", true},
	admin.DeleteCompany{"garage"},
	admin.ChangeSettings{"garage", listOf(admin.SettingValue{"colour", ""}, admin.SettingValue{"vat", "quarter"})},
	admin.ChangeWorkflow{"garage", false},
	admin.ChangePaymentAgreement{"garage", true},
	admin.SwitchSynchronisation{"garage", false},
	admin.ChangeOffice{policy.Given("Kantoor Jansen"), policy.Given(1440)},
	admin.CreateSystem{"minox", "Minox", "anna", anAccount},
	admin.DeleteSystem{"books"},
	admin.FetchUsers{"books", listOf(anAccount, goldenAccount)},
	admin.ChooseSynchronisationUser{System: "books", SynchronisationUser: "bob"},
	admin.ChooseSynchronisationUser{"books", "bob", "a2", policy.Given(goldenAccount)},
	admin.RecordDisconnection{"books"},
	admin.Reconnect{"books"},
	admin.If{41, admin.DeleteUser{"bob"}},
}

// goldenChanges is one of each change.
var goldenChanges = []admin.Change{
	admin.UserCreated{"ivo", "ivo", "ivo@garage.example", "Ivo", "nl", roles.SetOf(roles.ClientUser), listOf[companyID]("garage")},
	admin.DetailsChanged{"bob", "Bob", "", true},
	admin.UsernameChanged{"bob", "bob2"},
	admin.RolesChanged{"bob", roles.SetOf(roles.Accountant, roles.Authoriser), roles.SetOf(roles.ClientUser)},
	admin.AccessChanged{"bob", listOf[companyID]("bakery"), listOf[companyID]("garage", "hotel")},
	admin.LaterCompaniesChanged{"bob", true},
	admin.ArchiveRightChanged{"bob", users.ByRole},
	admin.BankRightChanged{"bob", false},
	admin.EndDateChanged{"bob", lastDay("2027-01-31")},
	admin.EndDateChanged{"bob", users.Date{}},
	admin.BillToChanged{"bob", users.BillToOffice},
	admin.EmailChanged{"bob", "bob@example.com"},
	admin.PasswordLinkSent{"bob", "bob@example.com", noon, 30},
	admin.PasswordLinkUsed{"bob"},
	admin.PasswordChanged{"bob"},
	admin.UserUsed{"bob"},
	admin.UserDeleted{"bob", "bob"},
	admin.Linked{"bob", "books", "a2"},
	admin.Unlinked{"bob", "books"},
	admin.LinkVerified{"bob", "books"},
	admin.CompanyCreated{"hotel", "Hotel", "books", true, listOf[userID]("anna", "bob"), "a1"},
	admin.CompanyDeleted{"garage", listOf[userID]("anna"), changes.List[users.ID]{}},
	admin.SettingChanged{"garage", "vat", "quarter"},
	admin.WorkflowChanged{"garage", true},
	admin.PaymentAgreementChanged{"garage", false, listOf[userID]("eva")},
	admin.SynchronisationSwitched{"garage", true},
	admin.OfficeChanged{"Kantoor Jansen", 30},
	admin.SystemCreated{"minox", "Minox", "anna", anAccount},
	admin.SystemDeleted{"books", listOf[userID]("anna", "bob")},
	admin.AccountsFetched{"books", listOf(anAccount, goldenAccount), listOf[accountID]("a9")},
	admin.AccountFetched{"books", goldenAccount},
	admin.SynchronisationUserChosen{"books", "bob"},
	admin.ConnectionChanged{"books", sync.LoginSuccess},
}

// goldenEvents is an event of each change, with every kind of trail among them.
func goldenEvents() (list []admin.Event) {
	for i, c := range goldenChanges {
		trail := changes.Trail{At: noon, Command: "user.change_details", Policy: "sha256:1234"}
		if i%2 == 0 {
			trail.By, trail.Rule = "anna", "user.change_details/super-user"
		}
		if i%3 == 0 {
			trail.At, trail.Warnings = noon.Add(500), listOf("role_set_invalid", "connection_disconnected")
		}
		list = append(list, admin.Event{Version: uint64(i) + 1, Trail: trail, Change: c})
	}
	return list
}

// An audit reads what was written years ago: neither what is written nor what is
// read may ever change. A new kind is a new line at the end.
func TestWhatIsWrittenStaysWhatItIs(t *testing.T) {
	var lines []any
	for _, c := range goldenCommands {
		lines = append(lines, c)
	}
	checkGolden(t, codecs(t)[0], "commands", lines)
	lines = nil
	for _, e := range goldenEvents() {
		lines = append(lines, e)
	}
	checkGolden(t, codecs(t)[1], "events", lines)
}

func checkGolden(t *testing.T, c codec, name string, values []any) {
	t.Helper()
	var got []byte
	for _, v := range values {
		text, err := c.write(v)
		if err != nil {
			t.Fatalf("%+v: %v", v, err)
		}
		got = append(append(got, text...), '\n')
	}
	path := filepath.Join("testdata", name+".golden")
	if *updateGolden {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("(-%s +written):\n%s", path, diff)
	}
	for i, line := range bytes.Split(bytes.TrimSuffix(want, []byte("\n")), []byte("\n")) {
		if v, err := c.read(line); err != nil || i >= len(values) || v != values[i] {
			t.Errorf("line %d of %s is read as %+v, %v", i+1, path, v, err)
		}
	}
}

func TestOneOfEachKindIsKept(t *testing.T) {
	var commands, kinds []string
	for _, c := range goldenCommands {
		commands = append(commands, c.Name())
	}
	for _, c := range goldenChanges {
		kinds = append(kinds, c.Name())
	}
	for i, kept := range [][]string{commands, kinds} {
		slices.Sort(kept)
		if diff := cmp.Diff(slices.Sorted(slices.Values(codecs(t)[i].names)), slices.Compact(kept)); diff != "" {
			t.Errorf("(-kinds +kept):\n%s", diff)
		}
	}
}
