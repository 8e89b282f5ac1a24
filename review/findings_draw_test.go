package review

import (
	"fmt"
	"time"
	_ "time/tzdata" // the office's zone, wherever the tests run

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// A case is an office at a moment, with its documents, in the parts it is made of.
type findingsCase struct {
	parts offices.Parts
	docs  []documents.Parts
	at    time.Time
}

var (
	findingsZone  = findingsMust(time.LoadLocation("Europe/Amsterdam"))
	findingsToday = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	// Late on the 22nd in Greenwich, and the 23rd in the office.
	findingsLate = time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)
)

func findingsMust[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func findingsDay(text string) users.Date { return findingsMust(users.ParseDate(text)) }

// findingsT is a test, drawn or not.
type findingsT interface {
	Helper()
	Fatalf(format string, args ...any)
}

// state opens the office of a case.
func (c *findingsCase) state(t findingsT) admin.State {
	t.Helper()
	o, err := offices.New(c.parts)
	if err != nil {
		t.Fatalf("the office of a case is none: %v", err)
	}
	return admin.Open(o)
}

func (c *findingsCase) documents(t findingsT) (list []documents.Document) {
	t.Helper()
	for _, p := range c.docs {
		d, err := documents.Told(p)
		if err != nil {
			t.Fatalf("a document of a case is none: %v", err)
		}
		list = append(list, d)
	}
	return list
}

// found is everything found in a case.
func (c *findingsCase) found(t findingsT) []Finding {
	t.Helper()
	return Findings(c.state(t), c.documents(t), c.at)
}

// findingsTexts is findings to be compared: what they are about, said and mended.
func findingsTexts(list []Finding) (texts []string) {
	for _, f := range list {
		texts = append(texts, fmt.Sprint(plainly(&f), f.Message(words.English), f.Mend))
	}
	return texts
}

func findingsPick[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// findingsOnce draws true about once in n times.
func findingsOnce(t *rapid.T, label string, n int) bool {
	return rapid.IntRange(1, n).Draw(t, label) == 1
}

func findingsSome[T any](t *rapid.T, label string, from []T) (list []T) {
	mask := rapid.IntRange(0, 1<<len(from)-1).Draw(t, label)
	for i, v := range from {
		if mask&(1<<i) != 0 {
			list = append(list, v)
		}
	}
	return list
}

// findingsDraw draws an office in which every rule is met now and then, and not met.
func findingsDraw(t *rapid.T) *findingsCase {
	c := &findingsCase{at: findingsPick(t, "moment", findingsToday, findingsLate)}
	c.parts = offices.Parts{Code: "devries", Name: "De Vries", TimeZone: findingsZone}
	people := []users.ID{"anna", "bob", "carla", "dirk", "eva"}[:rapid.IntRange(1, 5).Draw(t, "users")]
	reached := []companies.ID{"bakery", "florist", "garage"}[:rapid.IntRange(0, 3).Draw(t, "companies")]
	systems := []companies.SystemID{"exact", "twinfield"}[:rapid.IntRange(1, 2).Draw(t, "systems")]
	for _, id := range systems {
		c.parts.Systems = append(c.parts.Systems, sync.System{
			ID: id, Name: string(id), Connection: findingsPick(t, "connection", sync.LoginSuccess, sync.LoginSuccess, sync.Disconnected),
			SynchronisationUser: findingsPick(t, "synchronisation user", people...), Users: findingsDrawAccounts(t, reached),
		})
	}
	for _, id := range reached {
		c.parts.Companies = append(c.parts.Companies, companies.Company{
			ID: id, Name: string(id), System: findingsPick(t, "system", systems...),
			AuthorisationWorkflow: rapid.Bool().Draw(t, "workflow"), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
		})
	}
	for _, id := range people {
		c.parts.Users = append(c.parts.Users, findingsDrawUser(t, id, reached))
		for i := range c.parts.Systems {
			c.parts.Links = append(c.parts.Links, findingsDrawLink(t, id, &c.parts.Systems[i])...)
		}
	}
	if findingsOnce(t, "somebody left", 3) {
		c.parts.Deleted = []users.Deleted{{ID: "tom", Username: "tom"}}
	}
	if len(reached) > 0 {
		findingsDrawDocuments(t, c)
	}
	return c
}

func findingsDrawAccounts(t *rapid.T, reached []companies.ID) (list []sync.User) {
	for _, id := range []sync.UserID{"one@there", "two@there", "three@there"}[:rapid.IntRange(0, 3).Draw(t, "accounts")] {
		reach := sync.ReachAll
		if findingsOnce(t, "reaches some", 3) {
			reach = sync.ReachSome(users.AccessTo(findingsSome(t, "reach", reached)...))
		}
		list = append(list, sync.User{
			ID: id, Name: string(id), Email: findingsPick(t, "account address", "info@devries.example", "anna@devries.example", "Bob@devries.example"),
			Rank: rapid.IntRange(1, 3).Draw(t, "rank"), Reach: reach,
			CanBook: !findingsOnce(t, "cannot book", 4), CanChangeMasterData: !findingsOnce(t, "cannot change", 4),
		})
	}
	return list
}

func findingsDrawUser(t *rapid.T, id users.ID, reached []companies.ID) users.User {
	u := users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example", Roles: findingsDrawRoles(t),
		Access: users.AccessTo(findingsSome(t, "access", reached)...), LaterCompanies: findingsOnce(t, "later companies", 3),
		ChangeBankDetails: rapid.Bool().Draw(t, "bank right"), Used: rapid.Bool().Draw(t, "used"),
		EndDate: findingsPick(t, "end date", users.Date{}, users.Date{}, users.Date{}, users.Date{}, findingsDay("2026-11-22"),
			findingsDay("2026-11-23"), findingsDay("2026-11-24"), findingsDay("2031-12-31"), findingsDay("2020-01-01")),
	}
	switch rapid.IntRange(0, 9).Draw(t, "address") {
	case 0, 1:
		u.Email = "info@devries.example"
	case 2:
		u.Email = "INFO@devries.example"
	}
	if findingsOnce(t, "everything", 2) {
		u.Access = users.AccessTo(reached...)
	}
	if findingsOnce(t, "archive right", 3) {
		u.Archive = users.AllDocuments
	}
	switch n := rapid.IntRange(0, 1+len(reached)).Draw(t, "bill-to"); n {
	case 0:
	case 1:
		u.BillTo = users.BillToOffice
	default:
		u.BillTo = users.BillToCompany(reached[n-2])
	}
	return u
}

// findingsDrawRoles draws every set of roles, and those of one to three more often.
func findingsDrawRoles(t *rapid.T) roles.Set {
	if findingsOnce(t, "any roles", 4) {
		return roles.Set(rapid.IntRange(0, 127).Draw(t, "roles")) //nolint:gosec // seven bits
	}
	var set roles.Set
	for range rapid.IntRange(1, 3).Draw(t, "how many roles") {
		set = set.With(findingsPick(t, "role", roles.All()...))
	}
	return set
}

func findingsDrawLink(t *rapid.T, id users.ID, in *sync.System) []sync.Link {
	if len(in.Users) == 0 || findingsOnce(t, "no link", 2) {
		return nil
	}
	account := findingsPick(t, "account", in.Users...).ID
	return []sync.Link{{User: id, System: in.ID, AccountingUser: account, Verified: !findingsOnce(t, "not verified", 3)}}
}

func findingsDrawDocuments(t *rapid.T, c *findingsCase) {
	for _, id := range []documents.ID{"inv-1", "inv-2"}[:rapid.IntRange(0, 2).Draw(t, "documents")] {
		people := []users.ID{"tom"}
		for i := range c.parts.Users {
			people = append(people, c.parts.Users[i].ID)
		}
		steps := make([]documents.Step, rapid.IntRange(0, 3).Draw(t, "steps"))
		for i := range steps {
			steps[i].Authoriser = findingsPick(t, "authoriser", people...)
			if findingsOnce(t, "approved", 4) {
				steps[i].Outcome = documents.Approved
			}
		}
		d := documents.Parts{
			ID: id, Company: findingsPick(t, "company", c.parts.Companies...).ID, DeliveredBy: findingsPick(t, "deliverer", people...),
			Stage: documents.Archived, Route: documents.RouteOf(steps...), Assigned: documents.EverAssigned,
		}
		if d.Route.IsPending() && rapid.Bool().Draw(t, "not archived") {
			d.Stage = documents.Authorisation
		}
		c.docs = append(c.docs, d)
	}
}
