package policy

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// now is the moment the scenarios are asked at: Sunday 22 November 2026, ten in
// the morning in the office.
var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}()

// world is an office that a scenario changes before it asks.
type world struct{ offices.Parts }

// usual is the office of the scenarios. Everybody reaches the bakery but gina
// and theo. Rosa synchronises Exact, where her rank is 2, and Snelstart, which
// has no companies; theo synchronises Twinfield, which is disconnected.
func usual() *world {
	w := &world{offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: amsterdam,
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakkerij Jansen", System: "exact", AuthorisationWorkflow: true, PaymentAgreement: true},
			{ID: "garage", Name: "Garage Smit", System: "exact"},
			{ID: "florist", Name: "Bloemen Bos", System: "twinfield"},
		},
		Systems: []sync.System{
			{
				ID: "exact", Name: "Exact Online", Connection: sync.LoginSuccess, SynchronisationUser: "rosa",
				Users: []sync.User{
					account1("chief@exact", 1, true, true, sync.ReachAll),
					account1("rosa@exact", 2, true, true, sync.ReachAll),
					account1("bram@exact", 3, true, true, reaching("bakery", "garage")),
					account1("sam@exact", 3, true, true, reaching("bakery")),
					account1("reader@exact", 4, false, true, sync.ReachAll),
					account1("typist@exact", 4, true, false, sync.ReachAll),
				},
			},
			{
				ID: "twinfield", Name: "Twinfield", SynchronisationUser: "theo",
				Users: []sync.User{account1("theo@twinfield", 1, true, true, sync.ReachAll)},
			},
			{
				ID: "snelstart", Name: "SnelStart", Connection: sync.LoginSuccess, SynchronisationUser: "rosa",
				Users: []sync.User{account1("rosa@snelstart", 1, true, true, sync.ReachAll)},
			},
		},
		Links: []sync.Link{
			{User: "rosa", System: "exact", AccountingUser: "rosa@exact", Verified: true},
			{User: "rosa", System: "snelstart", AccountingUser: "rosa@snelstart", Verified: true},
			{User: "theo", System: "twinfield", AccountingUser: "theo@twinfield"},
			{User: "bram", System: "exact", AccountingUser: "bram@exact", Verified: true},
			{User: "sam", System: "exact", AccountingUser: "sam@exact", Verified: true},
		},
		Deleted: []users.Deleted{{ID: "tom", Username: "tom"}},
	}}
	everything := users.AccessTo("bakery", "garage", "florist")
	w.join("rosa", everything, roles.SuperUser)
	w.join("theo", users.AccessTo("florist"), roles.SuperUser)
	w.join("bram", users.AccessTo("bakery", "garage"), roles.Accountant)
	w.join("sam", users.AccessTo("bakery"), roles.SMEAccountant)
	w.join("ada", users.AccessTo("bakery"), roles.AuthorisationAdministrator)
	w.join("anna", users.AccessTo("bakery"), roles.Authoriser)
	w.join("bob", users.AccessTo("bakery"), roles.Authoriser)
	w.join("carla", users.AccessTo("bakery"), roles.ClientUser)
	w.join("dirk", users.AccessTo("bakery"), roles.RestrictedClientUser)
	w.join("gina", users.AccessTo("garage"), roles.ClientUser)
	w.join("nora", users.AccessTo("bakery"), roles.ClientUser)
	unused("nora")(w)
	return w
}

func account1(id sync.UserID, rank int, book, master bool, reach sync.Reach) sync.User {
	return sync.User{
		ID: id, Name: string(id), Email: string(id) + ".example", Rank: rank,
		CanBook: book, CanChangeMasterData: master, Reach: reach,
	}
}

func reaching(ids ...companies.ID) sync.Reach { return sync.ReachSome(users.AccessTo(ids...)) }

func (w *world) join(id users.ID, access users.Access, list ...roles.Role) {
	w.Users = append(w.Users, users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example",
		Roles: roles.SetOf(list...), Access: access, Used: true,
	})
}

func (w *world) user(id users.ID) *users.User {
	i := slices.IndexFunc(w.Users, func(u users.User) bool { return u.ID == id })
	return &w.Users[i]
}

func (w *world) link(id users.ID, system companies.SystemID) *sync.Link {
	i := slices.IndexFunc(w.Links, func(l sync.Link) bool { return l.User == id && l.System == system })
	return &w.Links[i]
}

func (w *world) compile(t testing.TB) *Snapshot {
	t.Helper()
	o, err := offices.New(w.Parts)
	if err != nil {
		t.Fatalf("the office of this scenario is not one: %v", err)
	}
	return Compile(o)
}

// change is something that differs from the usual office.
type change = func(*world)

func all(changes ...change) change {
	return func(w *world) {
		for _, c := range changes {
			c(w)
		}
	}
}

func set(id users.ID, f func(*users.User)) change { return func(w *world) { f(w.user(id)) } }

func holding(id users.ID, list ...roles.Role) change {
	return set(id, func(u *users.User) { u.Roles = roles.SetOf(list...) })
}

func reachesOnly(id users.ID, ids ...companies.ID) change {
	return set(id, func(u *users.User) { u.Access = users.AccessTo(ids...) })
}

func ending(id users.ID, day string) change {
	return set(id, func(u *users.User) { u.EndDate = date(day) })
}

func unused(id users.ID) change { return set(id, func(u *users.User) { u.Used = false }) }
func archivist(id users.ID) change {
	return set(id, func(u *users.User) { u.Archive = users.AllDocuments })
}

func bankRight(id users.ID) change {
	return set(id, func(u *users.User) { u.ChangeBankDetails = true })
}

func laterRight(id users.ID) change { return set(id, func(u *users.User) { u.LaterCompanies = true }) }

func unlinked(id users.ID, system companies.SystemID) change {
	return func(w *world) {
		w.Links = slices.DeleteFunc(w.Links, func(l sync.Link) bool { return l.User == id && l.System == system })
	}
}

func linked(id users.ID, system companies.SystemID, to sync.UserID) change {
	return func(w *world) {
		unlinked(id, system)(w)
		w.Links = append(w.Links, sync.Link{User: id, System: system, AccountingUser: to, Verified: true})
	}
}

func unverified(id users.ID, system companies.SystemID) change {
	return func(w *world) { w.link(id, system).Verified = false }
}

func disconnected(system companies.SystemID) change {
	return func(w *world) {
		i := slices.IndexFunc(w.Systems, func(s sync.System) bool { return s.ID == system })
		w.Systems[i].Connection = sync.Disconnected
	}
}

func date(s string) users.Date {
	d, err := users.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Documents of the bakery, delivered by carla unless told otherwise.
func doc(stage documents.Stage, more ...func(*documents.Parts)) Resource {
	p := documents.Parts{
		ID: "inv-1", Company: "bakery", DeliveredBy: "carla", Stage: stage, Assigned: documents.NeverAssigned,
	}
	for _, change := range more {
		change(&p)
	}
	return OfDocument(must(documents.Told(p)))
}

func must(d documents.Document, err error) *documents.Document {
	if err != nil {
		panic(err)
	}
	return &d
}

func by(id users.ID) func(*documents.Parts) {
	return func(p *documents.Parts) { p.DeliveredBy = id }
}

func of(id companies.ID) func(*documents.Parts) { return func(p *documents.Parts) { p.Company = id } }

func named(id documents.ID) func(*documents.Parts) { return func(p *documents.Parts) { p.ID = id } }

func assigned(p *documents.Parts) { p.Assigned = documents.EverAssigned }

// route reads "anna+ bob": anna approved, bob is pending; "-" is a rejection.
func route(steps string) func(*documents.Parts) {
	return func(p *documents.Parts) {
		p.Assigned = documents.EverAssigned
		var list []documents.Step
		for name := range strings.FieldsSeq(steps) {
			step := documents.Step{Authoriser: users.ID(strings.TrimRight(name, "+-"))}
			switch name[len(name)-1] {
			case '+':
				step.Outcome = documents.Approved
			case '-':
				step.Outcome, step.Comment = documents.Rejected, "not ours"
			}
			list = append(list, step)
		}
		p.Route = documents.RouteOf(list...)
	}
}

var (
	tagging    = doc(documents.Tagging)
	toBook     = doc(documents.Booking)
	archived   = doc(documents.Archived)
	authorised = doc(documents.Authorisation, route("anna+ bob")) // the turn is bob's
)

// scenario is one sentence of the rule book, asked.
type scenario struct {
	name  string // in the office's words
	who   users.ID
	do    Action
	on    Resource
	with  With
	given change // what differs from the usual office
	want  string // "yes" and the rule's slug; or "no" and the code
}

func (sc scenario) request() Request {
	return Request{Subject: sc.who, Action: sc.do, Resource: sc.on, With: &sc.with, At: now}
}

func (sc scenario) snapshot(t testing.TB) *Snapshot {
	t.Helper()
	w := usual()
	if sc.given != nil {
		sc.given(w)
	}
	return w.compile(t)
}

// scenarios are all of them; each file adds its own.
func scenarios() []scenario {
	return slices.Concat(documentScenarios, officeScenarios, userScenarios, systemScenarios, edgeScenarios, foundScenarios)
}

func answer(do Action, d Decision) string {
	if d.Allowed() {
		return "yes " + strings.TrimPrefix(d.Rule().String(), do.String()+"/")
	}
	return "no " + d.Code().String()
}

func TestScenarios(t *testing.T) {
	for _, sc := range scenarios() {
		t.Run(sc.name, func(t *testing.T) {
			s := sc.snapshot(t)
			if got := answer(sc.do, s.Check(sc.request())); got != sc.want {
				t.Errorf("%s asks %s on %s: got %q, want %q\n%s",
					sc.who, sc.do, sc.on, got, sc.want, s.Explain(sc.request()).Reason)
			}
		})
	}
}
