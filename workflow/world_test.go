package workflow_test

import (
	"slices"
	"testing"
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// now is Sunday 22 November 2026, ten in the morning in the office.
var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}()

// usual is the office of the examples. The bakery and the garage are kept in Exact,
// the florist in Twinfield, which is disconnected.
func usual() offices.Parts {
	p := offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: amsterdam,
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakkerij Jansen", System: "exact", AuthorisationWorkflow: true},
			{ID: "garage", Name: "Garage Smit", System: "exact"},
			{ID: "florist", Name: "Bloemen Bos", System: "twinfield"},
		},
		Systems: []sync.System{
			{
				ID: "exact", Name: "Exact Online", Connection: sync.LoginSuccess, SynchronisationUser: "rosa",
				Users: []sync.User{account("rosa@exact", sync.ReachAll), account("bram@exact", sync.ReachAll), account("sam@exact", reaching("bakery"))},
			},
			{
				ID: "twinfield", Name: "Twinfield", Connection: sync.Disconnected, SynchronisationUser: "rosa",
				Users: []sync.User{account("rosa@twinfield", sync.ReachAll), account("bram@twinfield", sync.ReachAll)},
			},
		},
		Links: []sync.Link{
			{User: "rosa", System: "exact", AccountingUser: "rosa@exact", Verified: true},
			{User: "rosa", System: "twinfield", AccountingUser: "rosa@twinfield"},
			{User: "bram", System: "exact", AccountingUser: "bram@exact", Verified: true},
			{User: "bram", System: "twinfield", AccountingUser: "bram@twinfield", Verified: true},
			{User: "sam", System: "exact", AccountingUser: "sam@exact", Verified: true},
		},
		Deleted: []users.Deleted{{ID: "tom", Username: "tom"}},
	}
	join := func(id users.ID, role roles.Role, access ...companies.ID) {
		p.Users = append(p.Users, users.User{
			ID: id, Username: string(id), Email: string(id) + "@devries.example",
			Roles: roles.SetOf(role), Access: users.AccessTo(access...), Used: true,
		})
	}
	join("rosa", roles.SuperUser, "bakery", "garage", "florist")
	join("bram", roles.Accountant, "bakery", "florist")
	join("sam", roles.SMEAccountant, "bakery")
	join("ada", roles.AuthorisationAdministrator, "bakery")
	join("anna", roles.Authoriser, "bakery")
	join("bob", roles.Authoriser, "bakery")
	join("carla", roles.ClientUser, "bakery")
	join("dirk", roles.RestrictedClientUser, "bakery")
	join("erik", roles.RestrictedClientUser, "bakery")
	join("vera", roles.RestrictedClientUser, "bakery")
	join("gina", roles.ClientUser, "garage")
	join("tess", roles.ClientUser, "bakery")
	set("vera", func(u *users.User) { u.Archive = users.AllDocuments })(&p)
	set("tess", func(u *users.User) { u.EndDate = date("2026-11-22") })(&p)
	return p
}

func account(id sync.UserID, reach sync.Reach) sync.User {
	return sync.User{
		ID: id, Name: string(id), Email: string(id) + ".example", Rank: 1,
		CanBook: true, CanChangeMasterData: true, Reach: reach,
	}
}

func reaching(ids ...companies.ID) sync.Reach { return sync.ReachSome(users.AccessTo(ids...)) }

// change is something that differs from the usual office.
type change = func(*offices.Parts)

func set(id users.ID, f func(*users.User)) change {
	return func(p *offices.Parts) {
		f(&p.Users[slices.IndexFunc(p.Users, func(u users.User) bool { return u.ID == id })])
	}
}

func holding(id users.ID, list ...roles.Role) change {
	return set(id, func(u *users.User) { u.Roles = roles.SetOf(list...) })
}

func reachesOnly(id users.ID, ids ...companies.ID) change {
	return set(id, func(u *users.User) { u.Access = users.AccessTo(ids...) })
}

func ending(id users.ID, day string) change {
	return set(id, func(u *users.User) { u.EndDate = date(day) })
}

func unlinked(id users.ID) change {
	return func(p *offices.Parts) {
		p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return l.User == id })
	}
}

func unverified(id users.ID) change {
	return func(p *offices.Parts) {
		for i := range p.Links {
			p.Links[i].Verified = p.Links[i].Verified && p.Links[i].User != id
		}
	}
}

func all(list ...change) change {
	return func(p *offices.Parts) {
		for _, c := range list {
			c(p)
		}
	}
}

func date(s string) users.Date {
	d, err := users.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func compiled(t testing.TB, with ...change) *policy.Snapshot {
	t.Helper()
	p := usual()
	all(with...)(&p)
	return policy.Compile(must(offices.New(p)))
}

// must is a value that a test makes itself, and so can be made.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// invoice is a document of the bakery, delivered by dirk unless told otherwise.
func invoice(stage documents.Stage, more ...func(*documents.Parts)) documents.Document {
	p := documents.Parts{
		ID: "inv-1", Company: "bakery", DeliveredBy: "dirk", Stage: stage, Assigned: documents.NeverAssigned,
	}
	for _, m := range more {
		m(&p)
	}
	return must(documents.New(p))
}

func named(id documents.ID) func(*documents.Parts) { return func(p *documents.Parts) { p.ID = id } }
func by(id users.ID) func(*documents.Parts)        { return func(p *documents.Parts) { p.DeliveredBy = id } }

func of(id companies.ID) func(*documents.Parts) { return func(p *documents.Parts) { p.Company = id } }

func past(steps ...documents.Step) func(*documents.Parts) {
	return func(p *documents.Parts) { p.Route, p.Assigned = documents.RouteOf(steps...), documents.EverAssigned }
}

func pending(id users.ID) documents.Step { return documents.Step{Authoriser: id} }

func approved(id users.ID) documents.Step {
	return documents.Step{Authoriser: id, Outcome: documents.Approved}
}

func rejected(id users.ID) documents.Step {
	return documents.Step{Authoriser: id, Outcome: documents.Rejected, Comment: "not ours"}
}

func ids(list ...documents.ID) changes.List[documents.ID] { return changes.ListOf(list...) }
func people(list ...users.ID) changes.List[users.ID]      { return changes.ListOf(list...) }

// none is the document that an Upload is about.
var none documents.Document

// paper is a document in the plainest form there is, to compare.
type paper struct {
	ID      documents.ID
	Company companies.ID
	By      users.ID
	Stage   documents.Stage
	Steps   []documents.Step
	Ever    bool
}

func paperOf(d documents.Document) paper {
	return paper{
		d.ID(), d.Company(), d.DeliveredBy(), d.Stage(), append([]documents.Step{}, d.Route().Steps()...),
		d.Assigned() == documents.EverAssigned,
	}
}

func papersOf(list ...documents.Document) []paper {
	papers := []paper{}
	for _, d := range list {
		papers = append(papers, paperOf(d))
	}
	return papers
}

// wrong is what an error says is wrong, a line each.
func wrong(err error) (lines []string) {
	for _, p := range problems.All(err) {
		lines = append(lines, p.Error())
	}
	return lines
}

// everyCommand is one of each.
var everyCommand = []workflow.Command{
	workflow.Upload{Document: "inv-1", Company: "bakery"},
	workflow.Split{Document: "inv-1", Into: ids("inv-1a", "inv-1b")},
	workflow.Merge{Document: "inv-1", With: ids("inv-2")},
	workflow.Tag{Document: "inv-1"},
	workflow.Assign{Document: "inv-1", Authorisers: people("anna", "bob")},
	workflow.Approve{Document: "inv-1"},
	workflow.Reject{Document: "inv-1", Comment: "Not ours:\nsee the \"address\"."},
	workflow.Reassign{Document: "inv-1", Authorisers: people("bob")},
	workflow.Withdraw{Document: "inv-1"},
	workflow.Return{Document: "inv-1"},
	workflow.Book{Document: "inv-1"},
}
