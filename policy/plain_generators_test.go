package policy_test

import (
	"time"
	_ "time/tzdata" // the zones, wherever the tests run

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The offices drawn here are so small that everybody keeps meeting everybody: a
// question about strangers is soon denied, and says little.
var (
	plainPeople    = []users.ID{"anna", "bob", "carla", "dora"}
	plainCompanies = []companies.ID{"bakery", "florist", "garage"}
	plainSystems   = []companies.SystemID{"books", "ledger"}
	plainAccounts  = []sync.UserID{"clerk", "head", "temp"}
)

// oneIn is true once in so many times.
func oneIn(t *rapid.T, times int, label string) bool {
	return rapid.IntRange(1, times).Draw(t, label) == times
}

func oneOf[T any](t *rapid.T, label string, list ...T) T {
	return rapid.SampledFrom(list).Draw(t, label)
}

// plainOffice draws an office, which may be as unsound as the library accepts.
func plainOffice(t *rapid.T) offices.Office {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	p := offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: zone,
		Deleted: []users.Deleted{{ID: "tom", Username: "tom"}},
	}
	for _, id := range plainCompanies {
		p.Companies = append(p.Companies, companies.Company{
			ID: id, Name: string(id), System: oneOf(t, "system", plainSystems...),
			AuthorisationWorkflow: rapid.Bool().Draw(t, "workflow"), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
		})
	}
	for _, id := range plainSystems {
		p.Systems = append(p.Systems, plainSystem(t, id))
	}
	for _, id := range plainPeople {
		p.Users = append(p.Users, plainUser(t, id))
		for _, system := range plainSystems {
			if !oneIn(t, 3, "unlinked") {
				p.Links = append(p.Links, sync.Link{
					User: id, System: system, AccountingUser: oneOf(t, "account", plainAccounts...),
					Verified: rapid.Bool().Draw(t, "verified"),
				})
			}
		}
	}
	office, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return office
}

func plainSystem(t *rapid.T, id companies.SystemID) sync.System {
	s := sync.System{
		ID: id, Name: string(id), SynchronisationUser: oneOf(t, "on duty", plainPeople...),
		Connection: oneOf(t, "connection", sync.LoginSuccess, sync.Disconnected),
	}
	for _, id := range plainAccounts {
		u := sync.User{
			ID: id, Name: string(id), Email: "account@example.com", Rank: rapid.IntRange(1, 3).Draw(t, "rank"),
			CanBook: !oneIn(t, 4, "cannot book"), CanChangeMasterData: !oneIn(t, 4, "cannot change master data"),
			Reach: sync.ReachAll,
		}
		if rapid.Bool().Draw(t, "reaches some") {
			u.Reach = sync.ReachSome(plainAccess(t))
		}
		s.Users = append(s.Users, u)
	}
	return s
}

func plainUser(t *rapid.T, id users.ID) users.User {
	u := users.User{
		ID: id, Username: string(id), Email: "shared@example.com", Roles: plainRoles(t), Access: plainAccess(t),
		LaterCompanies: rapid.Bool().Draw(t, "later"), ChangeBankDetails: rapid.Bool().Draw(t, "bank right"),
		BillTo: oneOf(t, "bill to", users.BillTo{}, users.BillToOffice, users.BillToCompany("bakery")),
		Used:   rapid.Bool().Draw(t, "used"), Spenser: rapid.Bool().Draw(t, "spenser"),
	}
	if oneIn(t, 4, "ends") {
		u.EndDate = plainDate(t)
	}
	if oneIn(t, 3, "archive") {
		u.Archive = users.AllDocuments
	}
	return u
}

// plainRoles is one of the sets that offices use, or any set at all.
func plainRoles(t *rapid.T) (set roles.Set) {
	if rapid.Bool().Draw(t, "a usual set") {
		return oneOf(
			t, "roles",
			roles.SetOf(roles.SuperUser),
			roles.SetOf(roles.Accountant, roles.ClientUser),
			roles.SetOf(roles.SMEAccountant, roles.ClientUser),
			roles.SetOf(roles.Accountant, roles.AuthorisationAdministrator),
			roles.SetOf(roles.AuthorisationAdministrator),
			roles.SetOf(roles.Authoriser),
			roles.SetOf(roles.ClientUser),
			roles.SetOf(roles.RestrictedClientUser),
			roles.SetOf(roles.RestrictedClientUser, roles.Authoriser),
		)
	}
	for range rapid.IntRange(0, 4).Draw(t, "how many") {
		set = set.With(oneOf(t, "role", roles.All()...))
	}
	return set
}

func plainAccess(t *rapid.T) (access users.Access) {
	for _, id := range plainCompanies {
		if !oneIn(t, 5, "kept out") {
			access = access.With(id)
		}
	}
	return access
}

// plainDate is a day around the moments of asking; some of them are past.
func plainDate(t *rapid.T) users.Date {
	day := rapid.IntRange(21, 25).Draw(t, "day")
	return users.DateOf(time.Date(2026, 11, day, 12, 0, 0, 0, time.UTC), time.UTC)
}

// plainMoment is now and then no moment at all, or one on which no day falls.
func plainMoment(t *rapid.T) time.Time {
	morning := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	if !oneIn(t, 8, "odd moment") {
		return morning
	}
	// Half past eleven in Greenwich is the next day in Amsterdam.
	return oneOf(t, "moment", time.Time{}, morning.Add(14*time.Hour+30*time.Minute), morning.AddDate(8000, 0, 0))
}

// plainDocument draws a document, half of the time one that somebody delivered
// or is in turn for, and told in part now and then.
func plainDocument(t *rapid.T, id documents.ID, who users.ID) *documents.Document {
	p := documents.Parts{
		ID: id, Company: oneOf(t, "its company", plainCompanies...), DeliveredBy: oneOf(t, "deliverer", plainPeople...),
		Stage:    oneOf(t, "stage", documents.Tagging, documents.Tagging, documents.Authorisation, documents.Booking, documents.Archived),
		Assigned: oneOf(t, "assigned", documents.NeverAssigned, documents.EverAssigned),
	}
	if rapid.Bool().Draw(t, "their own") {
		p.DeliveredBy = who
	}
	if p.Stage == documents.Authorisation || oneIn(t, 3, "route") {
		p.Route = plainRoute(t, who)
		p.Assigned = documents.EverAssigned
	}
	if oneIn(t, 6, "odd document") {
		switch oneOf(t, "oddity", "company", "stranger", "deliverer", "gone", "stage", "assigned", "id") {
		case "company":
			p.Company = ""
		case "stranger":
			p.Company = "unheard of"
		case "deliverer":
			p.DeliveredBy = ""
		case "gone":
			p.DeliveredBy = "tom"
		case "stage":
			p.Stage = 0
		case "assigned":
			p.Assigned = 0
		case "id":
			p.ID = ""
		}
	}
	d, err := documents.Told(p)
	if err != nil {
		// A stage that its route contradicts: the archive takes any.
		p.Stage = documents.Archived
		if d, err = documents.Told(p); err != nil {
			t.Fatal(err)
		}
	}
	return &d
}

func plainRoute(t *rapid.T, who users.ID) documents.Route {
	if rapid.Bool().Draw(t, "in turn") {
		return documents.RoutePast(who)
	}
	var steps []documents.Step
	for range rapid.IntRange(1, 3).Draw(t, "steps") {
		steps = append(steps, documents.Step{
			Authoriser: oneOf(t, "authoriser", plainPeople...),
			Outcome:    oneOf(t, "outcome", documents.Pending, documents.Pending, documents.Approved, documents.Rejected),
		})
	}
	return documents.RouteOf(steps...)
}

// plainRequest draws a question, most often one that can be asked.
func plainRequest(t *rapid.T, office offices.Office) policy.Request {
	r := policy.Request{
		Subject: oneOf(t, "subject", plainPeople...),
		Action:  policy.Action(rapid.IntRange(1, int(policy.UserEnterAccountingPassword)).Draw(t, "action")), //nolint:gosec // 48 actions
		At:      plainMoment(t),
	}
	who, kind := r.Subject, kindOf(r.Action)
	if oneIn(t, 20, "odd question") {
		switch oneOf(t, "oddity", "subject", "action", "type", "nothing") {
		case "subject":
			r.Subject = oneOf(t, "nobody", users.ID(""), "tom", "ANNA")
		case "action":
			r.Action = oneOf(t, "no action", 0, policy.UserEnterAccountingPassword+1, 255)
		case "type":
			kind = oneOf(t, "kind", policy.Document, policy.Company, policy.User, policy.Connection, policy.Office)
		case "nothing":
			kind = 0
		}
	}
	r.Resource = plainResource(t, kind, office, who)
	if !oneIn(t, 12, "no properties") {
		r.With = plainWith(t, r.Resource, who)
	}
	return r
}

func plainResource(t *rapid.T, kind policy.ResourceType, office offices.Office, who users.ID) policy.Resource {
	odd := oneIn(t, 25, "odd resource")
	switch {
	case kind == policy.Document && odd:
		return policy.Resource{Type: policy.Document, ID: "inv-1"}
	case kind == policy.Document:
		return policy.OfDocument(plainDocument(t, "inv-1", who))
	case kind == 0:
		return policy.Resource{}
	case odd:
		return policy.Resource{Type: kind, ID: oneOf(t, "no resource", "", "tom", "anna", "bakery", "devries")}
	case kind == policy.Company:
		return policy.OfCompany(oneOf(t, "company", plainCompanies...))
	case kind == policy.User:
		return policy.OfUser(oneOf(t, "target", plainPeople...))
	case kind == policy.Connection:
		return policy.OfConnection(oneOf(t, "system", plainSystems...))
	default:
		return policy.OfOffice(office.Code())
	}
}

// plainWith draws every property, whether the action takes it or not.
func plainWith(t *rapid.T, asked policy.Resource, who users.ID) *policy.With {
	w := &policy.With{
		Comment: oneOf(t, "comment", "wrong amount", "wrong amount", " \t", ""),
		Role:    oneOf(t, "role", roles.All()...), System: oneOf(t, "system", plainSystems...),
		User: oneOf(t, "account", plainAccounts...), SynchronisationUser: oneOf(t, "chosen", plainPeople...),
		BillTo:              oneOf(t, "payer", users.BillToOffice, users.BillToCompany("bakery"), users.BillToCompany("garage")),
		Roles:               policy.Given(plainRoles(t)),
		Companies:           policy.Given(plainAccess(t)),
		OldPasswordVerified: policy.Given(!oneIn(t, 3, "old password")),
		EndDate:             policy.Given(plainDate(t)),
		Authorisers:         plainNamed(t),
		Documents:           plainMerged(t, asked.Document, who),
	}
	if user := asked.ID; asked.Type == policy.User && rapid.Bool().Draw(t, "small change") {
		w.Roles = policy.Given(plainRoles(t).With(roles.ClientUser))
		w.SynchronisationUser = users.ID(user)
	}
	if rapid.Bool().Draw(t, "takes it away") {
		w.EndDate = policy.Given(users.Date{})
	}
	if rapid.Bool().Draw(t, "links with the choice") {
		w.AccountingUser = oneOf(t, "to link", plainAccounts...)
	}
	if rapid.Bool().Draw(t, "created where") {
		w.AccountingSystem = oneOf(t, "system", plainSystems...)
	}
	if rapid.Bool().Draw(t, "imports") {
		w.Users = rapid.SliceOfN(rapid.SampledFrom(plainAccounts), 0, 2).Draw(t, "imported")
	}
	if oneIn(t, 4, "odd property") {
		makeOdd(t, w)
	}
	return w
}

func plainNamed(t *rapid.T) []users.ID {
	if rapid.Bool().Draw(t, "one authoriser") {
		return []users.ID{oneOf(t, "authoriser", plainPeople...)}
	}
	return rapid.SliceOfN(rapid.SampledFrom(plainPeople), 1, 2).Draw(t, "authorisers")
}

// plainMerged is documents that are mostly as the one they are merged with.
func plainMerged(t *rapid.T, with *documents.Document, who users.ID) (list []*documents.Document) {
	for range rapid.IntRange(1, 2).Draw(t, "merged") {
		d := plainDocument(t, oneOf(t, "document", documents.ID("inv-2"), "inv-3"), who)
		if with != nil && !oneIn(t, 4, "as it comes") {
			p := with.Parts()
			p.ID = d.ID()
			if oneIn(t, 4, "another's") {
				p.DeliveredBy = oneOf(t, "deliverer", plainPeople...)
			}
			if told, err := documents.Told(p); err == nil {
				d = &told
			}
		}
		list = append(list, d)
	}
	return list
}

// makeOdd leaves a property out, or makes it one that cannot be.
func makeOdd(t *rapid.T, w *policy.With) {
	for _, change := range plainOddities {
		if oneIn(t, len(plainOddities)/2, "odd one") {
			change(w)
		}
	}
	if oneIn(t, 4, "unreadable") {
		p := policy.Properties(1) << rapid.IntRange(0, 15).Draw(t, "which")
		if p > policy.PropertyAccountingUser {
			p = 0 // a part of the document
		}
		w.Unreadable = []policy.Unreadable{{Property: p, Problem: problems.Problem{Found: "1", Expected: "a word"}}}
	}
}

var plainOddities = []func(w *policy.With){
	func(w *policy.With) { w.Authorisers = nil },
	func(w *policy.With) { w.Authorisers = []users.ID{} },
	func(w *policy.With) { w.Authorisers = []users.ID{"tom"} },
	func(w *policy.With) { w.Authorisers = make([]users.ID, policy.MaxNamed+1) },
	func(w *policy.With) { w.Documents = nil },
	func(w *policy.With) { w.Documents = []*documents.Document{} },
	func(w *policy.With) { w.Documents = []*documents.Document{nil} },
	func(w *policy.With) { w.Documents = make([]*documents.Document, policy.MaxNamed+1) },
	func(w *policy.With) { w.Role = 0 },
	func(w *policy.With) { w.Role = roles.RestrictedClientUser + 1 },
	func(w *policy.With) { w.Roles = policy.Optional[roles.Set]{} },
	func(w *policy.With) { w.Roles = policy.Given(roles.Set(0)) },
	func(w *policy.With) { w.Roles = policy.Given(roles.Set(255)) },
	func(w *policy.With) { w.Roles = policy.Given(roles.SetOf(roles.ClientUser) + 128) },
	func(w *policy.With) { w.Companies = policy.Optional[users.Access]{} },
	func(w *policy.With) { w.Companies = policy.Given(users.AccessTo("bakery", "unheard of")) },
	func(w *policy.With) { w.System = "" },
	func(w *policy.With) { w.System = "unheard of" },
	func(w *policy.With) { w.User = "" },
	func(w *policy.With) { w.User = "unheard of" },
	func(w *policy.With) { w.Users = []sync.UserID{"unheard of"} },
	func(w *policy.With) { w.EndDate = policy.Optional[users.Date]{} },
	func(w *policy.With) { w.OldPasswordVerified = policy.Optional[bool]{} },
	func(w *policy.With) { w.BillTo = users.BillTo{} },
	func(w *policy.With) { w.BillTo = users.BillToCompany("unheard of") },
	func(w *policy.With) { w.AccountingSystem = "unheard of" },
	func(w *policy.With) { w.SynchronisationUser = "" },
	func(w *policy.With) { w.SynchronisationUser = "tom" },
	func(w *policy.With) { w.AccountingUser = "unheard of" },
}
