package admin_test

import (
	"slices"
	"testing"
	"time"

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

func TestRulesOfLinks(t *testing.T)          { tell(t, linkExamples) }
func TestRulesOfImportingUsers(t *testing.T) { tell(t, importExamples) }

func morning() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }

func linking(id users.ID, to sync.UserID) admin.LinkAccountingUser {
	return admin.LinkAccountingUser{User: id, System: "exact", AccountingUser: to}
}

// Fetching accounting-system users, and linking to them.
var linkExamples = []example{
	{"Fetching takes over the accounting system's users, and leaves out who ranks above the synchronisation user", "SETTINGS", []step{
		does("rosa", fetching(milas, newOne, rosas, brams, chiefs, higher), admin.AccountsFetched{
			System: "exact", Accounts: changes.ListOf(brams, milas, newOne, rosas), LeftOut: changes.ListOf[sync.UserID]("boss@exact", "chief@exact"),
		}),
		then("the chief's account is not among them", func(o offices.Office) bool {
			_, ok := o.AccountingUser("exact", "chief@exact")
			return !ok
		}),
		cannot("rosa", linking("bram", "chief@exact"), "accounting_user_unfit"),
		does("rosa", fetching(newOne, rosas, brams, milas)),
		does("rosa", linking("mila", "new@exact"), linked("mila", "exact", "new@exact")),
	}},
	{"Who is linked to an account stays linked, though it has climbed above", "SETTINGS", []step{
		does("rosa", fetching(rosas, milas, account("bram@exact", 1, mayBook, mayChange, "bakery", "garage")),
			fetched(account("bram@exact", 1, mayBook, mayChange, "bakery", "garage"), milas, rosas)),
		linkIs("bram", "exact", "bram@exact", true),
	}},
	{"Links to accounts that the accounting system no longer has are cut", "SETTINGS", []step{
		does("rosa", fetching(rosas, brams), admin.Unlinked{User: "mila", System: "exact"}, fetched(brams, rosas)),
		mayNot("mila", policy.DocumentBook, invoice(documents.Booking), "not_linked"),
	}},
	{"Fetching is refused where the synchronisation user's account would be gone", "SYNC", []step{
		cannot("rosa", fetching(brams, milas), "synchronisation_duty"),
	}},
	{"Fetching is refused where the synchronisation user's account would lose its rights", "SYNC", []step{
		cannot("rosa", fetching(account("rosa@exact", 2, mayBook, !mayChange), brams, milas), "synchronisation_duty"),
		cannot("rosa", fetching(account("rosa@exact", 2, mayBook, mayChange, "bakery"), brams, milas), "synchronisation_duty"),
		does("rosa", fetching(account("rosa@exact", 2, !mayBook, mayChange, "bakery", "garage"), brams, milas),
			fetched(brams, milas, account("rosa@exact", 2, !mayBook, mayChange, "bakery", "garage"))),
	}},
	{"Once another synchronises, the account of the one before may go", "SYNC", []step{
		does("rosa", choosing("exact", "bram"), chosen("exact", "bram")),
		does("rosa", fetching(brams, milas), admin.Unlinked{User: "rosa", System: "exact"}, fetched(brams, milas)),
	}},
	{"Where the synchronisation user has no link there is no rank to leave out above, and still nobody is linked", "SETTINGS", []step{
		withoutLink("rosa", "exact"),
		does("rosa", fetching(brams, chiefs, milas), fetched(brams, chiefs, milas)),
		cannot("rosa", linking("mila", "bram@exact"), "accounting_user_unfit"),
	}},
	{"Each account is fetched once, with companies that the office has", "SETTINGS", []step{
		senseless("rosa", fetching(rosas, rosas), "accounts[1].id"),
		senseless("rosa", fetching(rosas, brams, milas, account("new@exact", 3, mayBook, mayChange, "forge")), "accounts[3].companies"),
	}},

	{"Super users link, and Accountants those whom they may manage", "SETTINGS", []step{
		answers(linking("mila", "bram@exact"), "yes: rosa, sam, bram", "role_missing: the others"),
		answers(linking("sam", "bram@exact"), "yes: rosa, sam", "not_manageable: bram", "role_missing: the others"),
		answers(admin.UnlinkAccountingUser{User: "mila", System: "exact"}, "yes: rosa, sam, bram", "role_missing: the others"),
	}},
	{"A new link in the place of the old is still to be verified", "SETTINGS, SYNC", []step{
		may("mila", policy.DocumentBook, invoice(documents.Booking)),
		does("bram", linking("mila", "bram@exact"), linked("mila", "exact", "bram@exact")),
		linkIs("mila", "exact", "bram@exact", false),
		mayNot("mila", policy.DocumentBook, invoice(documents.Booking), "link_not_verified"),
		does("mila", admin.EnterAccountingPassword{User: "mila", System: "exact"}, admin.LinkVerified{User: "mila", System: "exact"}),
		may("mila", policy.DocumentBook, invoice(documents.Booking)),
		does("bram", linking("mila", "bram@exact"), linked("mila", "exact", "bram@exact")),
		linkIs("mila", "exact", "bram@exact", false),
	}},
	{"The synchronisation user's own new link disconnects until it is verified", "SYNC", []step{
		does("sam", linking("rosa", "reader@exact"), linked("rosa", "exact", "reader@exact"), connection("exact", sync.Disconnected)),
		does("sam", admin.EnterAccountingPassword{User: "rosa", System: "exact"},
			admin.LinkVerified{User: "rosa", System: "exact"}, connection("exact", sync.LoginSuccess)),
	}},
	{"The synchronisation user's own new link serves the whole system, and does not climb by itself", "SYNC, SETTINGS", []step{
		cannot("sam", linking("rosa", "typist@exact"), "accounting_user_unfit"),
		cannot("sam", linking("rosa", "bram@exact.nl"), "accounting_user_unfit"),
		cannot("sam", linking("rosa", "mila@exact"), "accounting_user_unfit"),
		cannot("sam", linking("rosa", "chief@exact"), "accounting_user_unfit"),
	}},
	{"A link takes the rights to book and to change master data there", "SETTINGS", []step{
		cannot("rosa", linking("mila", "reader@exact"), "accounting_user_unfit"),
		cannot("rosa", linking("mila", "typist@exact"), "accounting_user_unfit"),
		cannot("rosa", linking("carla", "reader@exact"), "accounting_user_unfit"),
		cannot("rosa", admin.LinkAccountingUser{User: "mila", System: "afas", AccountingUser: "x"}, "bad_property"),
	}},
	{"Where the synchronisation user has no link, nobody else can be linked or imported", "SETTINGS", []step{
		withoutLink("rosa", "exact"),
		cannot("sam", linking("mila", "bram@exact"), "accounting_user_unfit"),
		cannot("sam", importing(roles.ClientUser, "bram@exact"), "accounting_user_unfit"),
		does("sam", linking("rosa", "chief@exact"), linked("rosa", "exact", "chief@exact"), connection("exact", sync.Disconnected)),
		does("sam", linking("mila", "bram@exact"), linked("mila", "exact", "bram@exact")),
	}},
	{"A user has a link to each accounting system, and may share one account", "SETTINGS", []step{
		does("rosa", admin.LinkAccountingUser{User: "mila", System: "twinfield", AccountingUser: "temp@twinfield"}, linked("mila", "twinfield", "temp@twinfield")),
		does("rosa", linking("mila", "bram@exact"), linked("mila", "exact", "bram@exact")),
		linkIs("bram", "exact", "bram@exact", true),
		linkIs("mila", "twinfield", "temp@twinfield", false),
	}},
	{"Who is unlinked books no longer; who has no link is not unlinked", "SETTINGS", []step{
		does("bram", admin.UnlinkAccountingUser{User: "mila", System: "exact"}, admin.Unlinked{User: "mila", System: "exact"}),
		mayNot("mila", policy.DocumentBook, invoice(documents.Booking), "not_linked"),
		cannot("bram", admin.UnlinkAccountingUser{User: "mila", System: "exact"}, "not_linked"),
	}},
	{"The accounting password is entered by the user, or a Super user, and noted once", "SETTINGS", []step{
		does("rosa", linking("mila", "mila@exact"), linked("mila", "exact", "mila@exact")),
		answers(admin.EnterAccountingPassword{User: "mila", System: "exact"}, "yes: mila, rosa, sam", "role_missing: the others"),
		does("mila", admin.EnterAccountingPassword{User: "mila", System: "exact"}, admin.LinkVerified{User: "mila", System: "exact"}),
		does("rosa", admin.EnterAccountingPassword{User: "mila", System: "exact"}),
		cannot("carla", admin.EnterAccountingPassword{User: "carla", System: "exact"}, "not_linked"),
	}},
	{"What is synchronised is suppliers, customers, VAT codes, ledger accounts and other master data", "SYNC", []step{
		then("there are five kinds", func(offices.Office) bool {
			return slices.Equal([]string{
				sync.Suppliers.String(), sync.Customers.String(), sync.VATCodes.String(),
				sync.LedgerAccounts.String(), sync.OtherMasterData.String(),
			},
				[]string{"suppliers", "customers", "vat_codes", "ledger_accounts", "other"})
		}),
	}},
}

// importing takes these accounts to the bakery, with one role for all. Their ids
// here are "a", "b" and so on.
func importing(r roles.Role, accounts ...sync.UserID) admin.ImportUsers {
	return importingTo(r, companyList("bakery"), accounts...)
}

func importingTo(r roles.Role, to changes.List[companies.ID], accounts ...sync.UserID) admin.ImportUsers {
	var people []admin.Imported
	for i, a := range accounts {
		id := string(rune('a' + i))
		people = append(people, admin.Imported{AccountingUser: a, User: users.ID(id), Username: id + ".imported"})
	}
	return admin.ImportUsers{System: "exact", Roles: roles.SetOf(r), Companies: to, People: changes.ListOf(people...)}
}

func takenOver(id users.ID, a admin.Account, r roles.Role) admin.UserCreated {
	return admin.UserCreated{
		User: id, Username: string(id) + ".imported", Email: a.Email, FullName: a.Name, Roles: roles.SetOf(r), Companies: companyList("bakery"),
	}
}

// Importing users from an accounting system.
var importExamples = []example{
	{"Super users and Accountants import users; nobody else does", "SETTINGS", []step{
		answers(importing(roles.ClientUser, "bram@exact"), "yes: rosa, sam, bram", "role_missing: the others"),
	}},
	{"Names and addresses come from the accounting system; who gets to book is linked at once", "SETTINGS", []step{
		does("bram", importing(roles.SMEAccountant, "bram@exact", "mila@exact"),
			takenOver("a", brams, roles.SMEAccountant), linked("a", "exact", "bram@exact"),
			takenOver("b", milas, roles.SMEAccountant), linked("b", "exact", "mila@exact")),
		linkIs("a", "exact", "bram@exact", false),
		reaches("a", "bakery"),
		reaches("b", "bakery"),
		mayNot("a", policy.DocumentBook, invoice(documents.Booking), "link_not_verified"),
	}},
	{"Who does not get to book is not linked", "SETTINGS", []step{
		does("bram", importing(roles.ClientUser, "reader@exact"),
			takenOver("a", account("reader@exact", 4, !mayBook, mayChange), roles.ClientUser)),
		then("a has no link", func(o offices.Office) bool {
			_, linked := o.Link("a", "exact")
			return !linked
		}),
	}},
	{"Who is imported may get a password link at once, to the address of the accounting system", "SETTINGS, ADD", []step{
		does("bram", admin.ImportUsers{
			System: "exact", Roles: roles.SetOf(roles.ClientUser), Companies: companyList("bakery"),
			People: changes.ListOf(admin.Imported{AccountingUser: "typist@exact", User: "a", Username: "a.imported", SendPasswordLink: true}),
		}, takenOver("a", account("typist@exact", 4, mayBook, !mayChange), roles.ClientUser), linkSentTo("a", "typist@exact.example", "09:00", 30)),
	}},
	{"Nobody is imported above the synchronisation user's rank, or whom the system does not know", "SETTINGS", []step{
		cannot("rosa", importing(roles.ClientUser, "bram@exact", "chief@exact"), "accounting_user_unfit"),
		cannot("rosa", importing(roles.ClientUser, "nobody@exact"), "accounting_user_unfit"),
		cannot("rosa", importing(roles.Accountant, "bram@exact", "typist@exact"), "accounting_user_unfit"),
	}},
	{"The ceilings hold for importing too", "DERIVED", []step{
		cannot("bram", importing(roles.SuperUser, "mila@exact"), "beyond_reach"),
		cannot("bram", importingTo(roles.ClientUser, companyList("florist"), "mila@exact"), "beyond_reach"),
		does("bram", importing(roles.Accountant, "mila@exact"), takenOver("a", milas, roles.Accountant), linked("a", "exact", "mila@exact")),
	}},
	{"Each account is imported once at a time, under a name that nobody has", "SETTINGS", []step{
		senseless("rosa", importing(roles.ClientUser), "people"),
		senseless("rosa", importing(roles.ClientUser, "mila@exact", "mila@exact"), "people[1].accounting_user"),
		does("rosa", importing(roles.ClientUser, "mila@exact"), takenOver("a", milas, roles.ClientUser)),
		senseless("rosa", importing(roles.ClientUser, "bram@exact"), "people[0].user", "people[0].username"),
	}},
}
