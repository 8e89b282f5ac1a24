package admin_test

import (
	"slices"
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

// deVries is the office of the examples, on Monday 23 November 2026.
//
//	rosa   Super user, reaches every company, synchronises Exact
//	sam    Super user until 31 March 2027, reaches the florist
//	bram   Accountant, reaches the bakery and the garage
//	mila   SME Accountant, reaches the bakery
//	tess   Authorisation administrator, reaches the bakery and the florist,
//	       synchronises Twinfield
//	anna   Authoriser, reaches the bakery
//	bob    Authoriser, reaches the bakery, which pays for him
//	carla  Client user, reaches the bakery
//	kees   Restricted client user, reaches the bakery
//	nina   Client user, reaches the bakery; new, and never logged in
//	gina   Client user, reaches the garage
//
// The bakery and the garage are in Exact, the florist is in Twinfield. The bakery
// uses the authorisation workflow and has a payment agreement.
func deVries() offices.Parts {
	return offices.Parts{
		Code: "devries-4711", Name: "De Vries Accountants", TimeZone: zoneOf("Europe/Amsterdam"), Version: 100,
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakkerij Jansen", System: "exact", AuthorisationWorkflow: true, PaymentAgreement: true},
			{ID: "garage", Name: "Garage Smit", System: "exact"},
			{ID: "florist", Name: "Bloemen Bos", System: "twinfield"},
		},
		Users: []users.User{
			working("rosa", "rosa.devries", everyCompany, roles.SuperUser),
			until("2027-03-31", working("sam", "sam.devries", only("florist"), roles.SuperUser)),
			working("bram", "bram.smit", only("bakery", "garage"), roles.Accountant),
			working("mila", "mila.bos", only("bakery"), roles.SMEAccountant),
			working("tess", "tess.kok", only("bakery", "florist"), roles.AuthorisationAdministrator),
			working("anna", "anna.mulder", only("bakery"), roles.Authoriser),
			paidBy("bakery", working("bob", "bob.visser", only("bakery"), roles.Authoriser)),
			working("carla", "carla.jansen", only("bakery"), roles.ClientUser),
			working("kees", "kees.jansen", only("bakery"), roles.RestrictedClientUser),
			neverUsed(working("nina", "nina.peters", only("bakery"), roles.ClientUser)),
			working("gina", "gina.smit", only("garage"), roles.ClientUser),
		},
		Systems: []sync.System{
			{ID: "exact", Name: "Exact Online", Connection: sync.LoginSuccess, SynchronisationUser: "rosa", Users: []sync.User{
				inSystem("chief@exact", 1, mayBook, mayChange, sync.ReachAll),
				inSystem("rosa@exact", 2, mayBook, mayChange, sync.ReachAll),
				inSystem("bram@exact", 3, mayBook, mayChange, sync.ReachSome(only("bakery", "garage"))),
				inSystem("mila@exact", 3, mayBook, mayChange, sync.ReachSome(only("bakery"))),
				inSystem("reader@exact", 4, !mayBook, mayChange, sync.ReachAll),
				inSystem("typist@exact", 4, mayBook, !mayChange, sync.ReachAll),
			}},
			{ID: "twinfield", Name: "Twinfield", Connection: sync.LoginSuccess, SynchronisationUser: "tess", Users: []sync.User{
				inSystem("tess@twinfield", 1, !mayBook, mayChange, sync.ReachAll),
				inSystem("temp@twinfield", 2, mayBook, mayChange, sync.ReachAll),
			}},
		},
		Links: []sync.Link{
			{User: "rosa", System: "exact", AccountingUser: "rosa@exact", Verified: true},
			{User: "bram", System: "exact", AccountingUser: "bram@exact", Verified: true},
			{User: "mila", System: "exact", AccountingUser: "mila@exact", Verified: true},
			{User: "tess", System: "twinfield", AccountingUser: "tess@twinfield", Verified: true},
		},
		Deleted: []users.Deleted{{ID: "tom", Username: "tom.degroot"}},
		SettingKinds: []companies.SettingKind{
			{Code: "invoice_note"},
			{Code: "vat_period", Mandatory: true, Values: []string{"month", "quarter"}},
		},
		Settings: []companies.Setting{{Company: "bakery", Code: "vat_period", Value: "quarter"}},
	}
}

const (
	mayBook   = true
	mayChange = true
)

var (
	everyCompany = only("bakery", "garage", "florist")
	theOffice    = policy.OfOffice("devries-4711")
)

func only(ids ...companies.ID) users.Access { return users.AccessTo(ids...) }

func working(id users.ID, username string, access users.Access, list ...roles.Role) users.User {
	return users.User{
		ID: id, Username: username, Email: string(id) + "@post.example", Roles: roles.SetOf(list...), Access: access, Used: true,
	}
}

func until(day string, u users.User) users.User {
	u.EndDate = dateOf(day)
	return u
}

func paidBy(id companies.ID, u users.User) users.User {
	u.BillTo = users.BillToCompany(id)
	return u
}

func neverUsed(u users.User) users.User {
	u.Used = false
	return u
}

func inSystem(id sync.UserID, rank int, book, change bool, reach sync.Reach) sync.User {
	return sync.User{
		ID: id, Name: "Mx " + string(id), Email: string(id) + ".example", Rank: rank, CanBook: book, CanChangeMasterData: change, Reach: reach,
	}
}

func zoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func dateOf(day string) users.Date {
	d, err := users.ParseDate(day)
	if err != nil {
		panic(err)
	}
	return d
}

// What differs from the usual office.

// with is a step that changes the office behind the back of every rule: what
// somebody else stored, or what came before the library.
func with(change func(p *offices.Parts)) step {
	return func(d *telling) {
		d.Helper()
		p := d.state.Office().Parts()
		change(&p)
		o, err := offices.New(p)
		if err != nil {
			d.Fatalf("the office of this example is not one: %v", err)
		}
		d.state = admin.Open(o)
	}
}

func withUser(id users.ID, change func(u *users.User)) step {
	return with(func(p *offices.Parts) {
		change(&p.Users[slices.IndexFunc(p.Users, func(u users.User) bool { return u.ID == id })])
	})
}

func ending(id users.ID, day string) step {
	return withUser(id, func(u *users.User) { u.EndDate = dateOf(day) })
}

func holding(id users.ID, list ...roles.Role) step {
	return withUser(id, func(u *users.User) { u.Roles = roles.SetOf(list...) })
}

func withoutLink(id users.ID, system companies.SystemID) step {
	return with(func(p *offices.Parts) {
		p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return l.User == id && l.System == system })
	})
}

// What commands are made of.

func companyList(ids ...companies.ID) changes.List[companies.ID] { return changes.ListOf(ids...) }
func userList(ids ...users.ID) changes.List[users.ID]            { return changes.ListOf(ids...) }

// hiring adds one person to the bakery.
func hiring(id users.ID, username string, list ...roles.Role) admin.CreateUsers {
	return hiringFor(companyList("bakery"), id, username, list...)
}

func hiringFor(ids changes.List[companies.ID], id users.ID, username string, list ...roles.Role) admin.CreateUsers {
	return admin.CreateUsers{
		Roles: roles.SetOf(list...), Companies: ids,
		People: changes.ListOf(admin.Person{User: id, Username: username, Email: string(id) + "@post.example"}),
	}
}

// karelHired is that karel was added to the bakery.
func karelHired(username string, list ...roles.Role) admin.UserCreated {
	return admin.UserCreated{
		User: "karel", Username: username, Email: "karel@post.example", Roles: roles.SetOf(list...), Companies: companyList("bakery"),
	}
}

// account is an accounting-system user as the accounting system tells of one.
func account(id sync.UserID, rank int, book, change bool, ids ...companies.ID) admin.Account {
	return admin.Account{
		ID: id, Name: "Mx " + string(id), Email: string(id) + ".example", Rank: rank, CanBook: book, CanChangeMasterData: change,
		Everywhere: len(ids) == 0, Companies: companyList(ids...),
	}
}

// invoice is a document of the bakery that kees delivered.
func invoice(stage documents.Stage, changes ...func(*documents.Parts)) policy.Resource {
	p := documents.Parts{ID: "invoice-1", Company: "bakery", DeliveredBy: "kees", Stage: stage, Assigned: documents.NeverAssigned}
	for _, change := range changes {
		change(&p)
	}
	d, err := documents.New(p)
	if err != nil {
		panic(err)
	}
	return policy.OfDocument(&d)
}

func ofCompany(id companies.ID) func(*documents.Parts) {
	return func(p *documents.Parts) { p.Company = id }
}
