package policy

import (
	"iter"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Names are few, so that users, documents and companies meet often. The last of
// each list is nobody, or nothing, of any office.
var (
	someUsers     = []users.ID{"anna", "bob", "carla", "dirk", "eva", "finn", "gina", "hugo", "zed"}
	someCompanies = []companies.ID{"bakery", "garage", "florist", "forge", "moon"}
	someSystems   = []companies.SystemID{"exact", "twinfield", "afas", "nowhere"}
	someAccounts  = []sync.UserID{"a1@there", "a2@there", "a3@there", "a4@there", "nobody@there"}
	someDocuments = []documents.ID{"inv-1", "inv-2", "inv-3", "inv-4"}
	someEndDates  = []users.Date{{}, {}, {}, date("2026-11-21"), date("2026-11-22"), date("2026-11-23"), date("2031-12-31")}
	someMoments   = []time.Time{
		now,
		time.Date(2026, 11, 21, 22, 59, 59, 0, time.UTC), // the last second of the 21st in the office
		time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC),   // the first of the 22nd
		time.Date(2032, 1, 1, 12, 0, 0, 0, time.UTC),
	}
)

// pick draws one of a list.
func pick[T any](t *rapid.T, label string, from []T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// once draws true about once in n times.
func once(t *rapid.T, label string, n int) bool {
	return rapid.IntRange(1, n).Draw(t, label) == n
}

// some draws a part of a list, in its order.
func some[T any](t *rapid.T, label string, from []T) []T {
	mask := rapid.IntRange(0, 1<<len(from)-1).Draw(t, label)
	var list []T
	for i, v := range from {
		if mask&(1<<i) != 0 {
			list = append(list, v)
		}
	}
	return list
}

// drawRoles draws any set of roles: mostly one or two, sometimes none, sometimes
// one that should not be stored.
func drawRoles(t *rapid.T, label string) roles.Set {
	switch rapid.IntRange(0, 5).Draw(t, label+" how") {
	case 0:
		return roles.Set(rapid.IntRange(0, 127).Draw(t, label)) //nolint:gosec // seven bits
	case 1, 2:
		return roles.SetOf(pick(t, label, roles.All()), pick(t, label, roles.All()))
	}
	return roles.SetOf(pick(t, label, roles.All()))
}

// drawOffice draws an office that is one, sound or not.
func drawOffice(t *rapid.T) offices.Parts {
	p := offices.Parts{Code: "devries", Name: "De Vries", TimeZone: amsterdam}
	reached := someCompanies[:rapid.IntRange(1, 4).Draw(t, "companies")]
	people := someUsers[:rapid.IntRange(1, 8).Draw(t, "users")]
	systems := someSystems[:rapid.IntRange(1, 3).Draw(t, "systems")]
	for _, id := range systems {
		p.Systems = append(p.Systems, sync.System{
			ID: id, Name: string(id), Connection: sync.Connection(rapid.IntRange(0, 1).Draw(t, "connection")), //nolint:gosec // 0 or 1
			SynchronisationUser: pick(t, "synchronisation user", people), Users: drawAccounts(t, reached),
		})
	}
	for _, id := range reached {
		p.Companies = append(p.Companies, companies.Company{
			ID: id, Name: string(id), System: pick(t, "system", systems),
			AuthorisationWorkflow: rapid.Bool().Draw(t, "workflow"), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
		})
	}
	for _, id := range people {
		p.Users = append(p.Users, drawUser(t, id, reached))
		p.Links = append(p.Links, drawLinks(t, id, p.Systems)...)
	}
	if rapid.Bool().Draw(t, "deleted") {
		p.Deleted = []users.Deleted{{ID: "tom", Username: "tom"}}
	}
	return p
}

func drawAccounts(t *rapid.T, reached []companies.ID) []sync.User {
	var list []sync.User
	for _, id := range some(t, "accounts", someAccounts[:4]) {
		reach := sync.ReachAll
		if once(t, "account reaches some", 3) {
			reach = sync.ReachSome(users.AccessTo(some(t, "account reach", reached)...))
		}
		list = append(list, account1(id, rapid.IntRange(1, 4).Draw(t, "rank"),
			!once(t, "no booking there", 4), !once(t, "no master data there", 4), reach))
	}
	return list
}

func drawUser(t *rapid.T, id users.ID, reached []companies.ID) users.User {
	u := users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example", Roles: drawRoles(t, "roles"),
		Access: users.AccessTo(reached...), LaterCompanies: rapid.Bool().Draw(t, "later companies"),
		EndDate: pick(t, "end date", someEndDates), ChangeBankDetails: rapid.Bool().Draw(t, "bank right"),
		BillTo: drawBillTo(t, reached), Spenser: rapid.Bool().Draw(t, "spenser"), Used: rapid.Bool().Draw(t, "used"),
	}
	if rapid.Bool().Draw(t, "reaches some") {
		u.Access = users.AccessTo(some(t, "access", reached)...)
	}
	if once(t, "archive right", 3) {
		u.Archive = users.AllDocuments
	}
	return u
}

func drawBillTo(t *rapid.T, reached []companies.ID) users.BillTo {
	choices := []users.BillTo{{}, users.BillToOffice}
	for _, id := range reached {
		choices = append(choices, users.BillToCompany(id))
	}
	return pick(t, "bill-to", choices)
}

func drawLinks(t *rapid.T, id users.ID, systems []sync.System) []sync.Link {
	var list []sync.Link
	for _, s := range systems {
		if len(s.Users) > 0 && !once(t, "no link", 3) {
			list = append(list, sync.Link{
				User: id, System: s.ID, AccountingUser: pick(t, "account", s.Users).ID, Verified: !once(t, "not verified", 4),
			})
		}
	}
	return list
}

// drawTold draws what somebody tells of a document: every stage, route and
// assignment that go together, each part told or not.
func drawTold(t *rapid.T, p offices.Parts) documents.Parts {
	d := documents.Parts{
		ID: someDocuments[0], Company: pick(t, "company", p.Companies).ID,
		DeliveredBy: pick(t, "deliverer", p.Users).ID, Route: drawRoute(t, p),
	}
	switch {
	case d.Route.IsPending():
		d.Stage = pick(t, "stage", []documents.Stage{documents.Authorisation, documents.Authorisation, documents.Archived})
	default:
		d.Stage = pick(t, "stage", []documents.Stage{documents.Tagging, documents.Tagging, documents.Booking, documents.Archived})
	}
	d.Assigned = documents.EverAssigned
	if d.Route.IsZero() && rapid.Bool().Draw(t, "never assigned") {
		d.Assigned = documents.NeverAssigned
	}
	switch rapid.IntRange(0, 15).Draw(t, "untold or strange") {
	case 10:
		d.Company = ""
	case 11:
		d.DeliveredBy = ""
	case 12:
		d.Stage = 0
	case 13:
		d.Assigned = 0
	case 14:
		d.Company = "moon"
	case 15:
		d.DeliveredBy = "tom"
	}
	return d
}

func drawRoute(t *rapid.T, p offices.Parts) documents.Route {
	if rapid.Bool().Draw(t, "no route") {
		return documents.Route{}
	}
	steps := make([]documents.Step, rapid.IntRange(1, 3).Draw(t, "steps"))
	for i := range steps {
		steps[i].Authoriser = pick(t, "authoriser", p.Users).ID
		steps[i].Outcome = documents.Outcome(rapid.IntRange(0, 2).Draw(t, "outcome")) //nolint:gosec // 0 to 2
		if steps[i].Outcome == documents.Rejected {
			steps[i].Comment = "not ours"
		}
	}
	return documents.RouteOf(steps...)
}

func told(t *rapid.T, p documents.Parts) *documents.Document {
	d, err := documents.Told(p)
	if err != nil {
		t.Fatalf("a drawn document is none: %v", err)
	}
	return &d
}

// about is what questions are about: one of everything an action can be asked
// on, every property it can be asked with, and the moment.
type about struct {
	document, company, user, connection, office Resource
	told                                        documents.Parts // of the document
	with                                        With
	at                                          time.Time
}

// ask is the question whether a user may do an action to what it is asked on.
func (c *about) ask(who users.ID, a Action) Request {
	r := Request{Subject: who, Action: a, With: &c.with, At: c.at}
	switch a.On() {
	case Office:
		r.Resource = c.office
	case Document:
		r.Resource = c.document
	case Company:
		r.Resource = c.company
	case User:
		r.Resource = c.user
	case Connection:
		r.Resource = c.connection
	}
	return r
}

// everything is the question of every action, asked by each of some users.
func (c *about) everything(by ...users.ID) iter.Seq[Request] {
	return func(yield func(Request) bool) {
		for _, id := range by {
			for a := range AllActions() {
				if !yield(c.ask(id, a)) {
					return
				}
			}
		}
	}
}

func drawAbout(t *rapid.T, p offices.Parts) about {
	c := about{
		told: drawTold(t, p), company: OfCompany(pick(t, "company", p.Companies).ID),
		user: OfUser(pick(t, "target", p.Users).ID), connection: OfConnection(pick(t, "connection", p.Systems).ID),
		office: OfOffice(p.Code), at: pick(t, "moment", someMoments),
	}
	c.document = OfDocument(told(t, c.told))
	c.with = drawWith(t, p, &c)
	return c
}

// drawStrangeAbout draws questions that may be about what is not there, or
// asked on something else, or at no moment.
func drawStrangeAbout(t *rapid.T, p offices.Parts) about {
	c := drawAbout(t, p)
	kinds := []*Resource{&c.document, &c.company, &c.user, &c.connection, &c.office}
	odd := []Resource{
		{},
		{Type: Document, ID: "inv-1"},
		{Type: Office + 1, ID: "devries"},
		OfCompany("moon"), OfUser("zed"), OfUser("tom"), OfConnection("nowhere"), OfOffice("jansen"), c.user, c.document,
	}
	if once(t, "strange resource", 3) {
		*pick(t, "of kind", kinds) = pick(t, "resource", odd)
	}
	if once(t, "no moment", 8) {
		c.at = time.Time{}
	}
	if once(t, "unreadable", 8) {
		c.with.Unreadable = []Unreadable{{
			Property: Properties(1) << rapid.IntRange(0, 14).Draw(t, "property"),
			Problem:  problems.Problem{Path: "role", Found: `"king"`, Expected: "a role"},
		}}
	}
	return c
}

// drawWith draws every property, each given well, given badly or not at all.
func drawWith(t *rapid.T, p offices.Parts, c *about) With {
	people, system := someUsers[:len(p.Users)+1], someSystems[:len(p.Systems)+1]
	w := With{
		Authorisers: drawList(t, "authorisers", people),
		Comment:     pick(t, "comment", []string{"wrong", "not ours", " ", ""}),
		Documents:   drawMerged(t, p, c.told),
		Role:        roles.Role(rapid.IntRange(0, 8).Draw(t, "role")), //nolint:gosec // 0 to 8
		Users:       drawList(t, "import", someAccounts),
		BillTo:      drawBillTo(t, someCompanies[:len(p.Companies)+1]),
	}
	if !once(t, "no new roles", 5) {
		w.Roles = Given(drawNewRoles(t, p, c))
	}
	if !once(t, "no new companies", 5) {
		w.Companies = Given(users.AccessTo(some(t, "new companies", someCompanies[:len(p.Companies)])...))
	}
	if once(t, "an unknown company", 10) {
		w.Companies = Given(users.AccessTo("moon"))
	}
	if !once(t, "no new end date", 5) {
		w.EndDate = Given(pick(t, "new end date", someEndDates))
	}
	if !once(t, "old password not told", 5) {
		w.OldPasswordVerified = Given(!once(t, "old password wrong", 3))
	}
	optional := func(label string) bool { return rapid.Bool().Draw(t, label) }
	if !once(t, "no accounting system named", 5) {
		w.System, w.User = pick(t, "system named", system), pick(t, "account named", someAccounts)
	}
	if optional("in an accounting system") {
		w.AccountingSystem = pick(t, "of the new company", system)
	}
	if !once(t, "nobody chosen", 5) {
		w.SynchronisationUser = pick(t, "chosen", people)
	}
	if optional("linked with the choice") {
		w.AccountingUser = pick(t, "to", someAccounts)
	}
	return w
}

// drawNewRoles draws a new set: often what the target has, but for one role.
func drawNewRoles(t *rapid.T, p offices.Parts, c *about) roles.Set {
	i := slices.IndexFunc(p.Users, func(u users.User) bool { return string(u.ID) == c.user.ID })
	stored := p.Users[i].Roles
	switch rapid.IntRange(0, 3).Draw(t, "new roles how") {
	case 0:
		return stored
	case 1:
		return stored.With(pick(t, "role added", roles.All()))
	case 2:
		return stored.With(pick(t, "role added", roles.All())).Without(pick(t, "role taken", roles.All()))
	}
	return drawRoles(t, "new roles")
}

func drawList[T any](t *rapid.T, label string, from []T) []T {
	switch rapid.IntRange(0, 6).Draw(t, label+" how") {
	case 0:
		return nil
	case 1:
		return []T{}
	case 2:
		return []T{pick(t, label, from), pick(t, label, from)}
	}
	return []T{pick(t, label, from)}
}

// drawMerged draws what to merge a document with: mostly others like it.
func drawMerged(t *rapid.T, p offices.Parts, like documents.Parts) []*documents.Document {
	list := []*documents.Document{}
	for _, id := range some(t, "merged", someDocuments[1:]) {
		other := like
		if once(t, "unlike it", 4) {
			other = drawTold(t, p)
		}
		if other.ID = id; once(t, "the document itself", 20) {
			other.ID = like.ID
		}
		list = append(list, told(t, other))
	}
	if once(t, "a document that is none", 20) {
		list = append(list, nil)
	}
	if len(list) == 0 && rapid.Bool().Draw(t, "nothing to merge") {
		return nil
	}
	return list
}

// compiled is the snapshot of drawn parts.
func compiled(t *rapid.T, p offices.Parts) *Snapshot {
	t.Helper()
	o, err := offices.New(p)
	if err != nil {
		t.Fatalf("a drawn office is none: %v", err)
	}
	return Compile(o)
}

// anybody is everybody of the office, and somebody who is not.
func anybody(p offices.Parts) []users.ID { return someUsers[:len(p.Users)+1] }
