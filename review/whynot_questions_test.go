package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// plainQuestion is a question with the documents it is about.
type plainQuestion struct {
	name    string
	request policy.Request
	docs    []documents.Parts
}

// plainDocuments is documents at every stage.
func plainDocuments() []documents.Parts {
	route := documents.RoutePast
	at := func(id documents.ID, by users.ID, stage documents.Stage, r documents.Route) documents.Parts {
		p := documents.Parts{ID: id, Company: "bakery", DeliveredBy: by, Stage: stage, Route: r, Assigned: documents.NeverAssigned}
		if !r.IsZero() {
			p.Assigned = documents.EverAssigned
		}
		return p
	}
	booked := at("booked-ever", "tess", documents.Booking, documents.Route{})
	booked.Assigned = documents.EverAssigned
	filed := at("filed-ever", "alice", documents.Archived, documents.Route{})
	filed.Assigned = documents.EverAssigned
	return []documents.Parts{
		at("tag-own", "alice", documents.Tagging, documents.Route{}),
		at("tag-other", "tess", documents.Tagging, documents.Route{}),
		at("auth-other", "alice", documents.Authorisation, route("tess", "alice")),
		at("auth-own", "tess", documents.Authorisation, route("alice")),
		at("booked", "alice", documents.Booking, documents.Route{}), booked,
		at("filed", "tess", documents.Archived, documents.Route{}), filed,
		at("filed-route", "tess", documents.Archived, route("tess")),
	}
}

// plainAwaited is what each document can still come to, and as what: nobody is in
// turn on a document that is to be awaited at another stage.
func plainAwaited(p documents.Parts, asker users.ID) map[string]documents.Parts {
	awaited := map[string]documents.Parts{}
	to := func(name string, stage documents.Stage, r documents.Route) {
		next := p
		next.Stage, next.Route = stage, r
		if !r.IsZero() || !p.Route.IsZero() {
			next.Assigned = documents.EverAssigned
		}
		awaited[name] = next
	}
	on := " of " + string(p.ID)
	if p.Stage != documents.Tagging && p.Stage != documents.Archived {
		to("await tagging"+on, documents.Tagging, documents.Route{})
	}
	if p.Stage != documents.Booking && p.Stage != documents.Archived {
		to("await booking"+on, documents.Booking, documents.Route{})
	}
	if p.Stage != documents.Archived {
		to("await archived"+on, documents.Archived, documents.Route{})
	}
	during := documents.Authorisation
	if p.Stage == documents.Archived {
		during = documents.Archived
	}
	if !p.Route.IsPending() {
		to("await route"+on, during, documents.RoutePast("somebody"))
	}
	if p.Route.InTurn() != asker {
		to("await turn of "+string(asker)+" on "+string(p.ID), during, documents.RoutePast(asker))
	}
	return awaited
}

// plainQuestions is every action on every resource, with many properties and with
// none.
func plainQuestions() (list []plainQuestion) {
	add := func(name string, a policy.Action, r policy.Resource, w policy.With, docs ...documents.Parts) {
		list = append(list, plainQuestion{
			a.String() + " " + name,
			policy.Request{Subject: "alice", Action: a, Resource: r, With: &w, At: plainNow},
			docs,
		})
	}
	for a := range policy.AllActions() {
		for _, w := range plainProperties(a) {
			switch a.On() {
			case policy.Document:
				for _, p := range plainDocuments() {
					add(string(p.ID)+w.name, a, policy.Resource{Type: policy.Document, ID: string(p.ID)}, w.With, append([]documents.Parts{p}, w.docs...)...)
				}
			case policy.Company:
				for _, id := range []companies.ID{"bakery", "garage"} {
					add(string(id)+w.name, a, policy.OfCompany(id), w.With)
				}
			case policy.User:
				for _, id := range []users.ID{"alice", "tess", "rosa"} {
					add(string(id)+w.name, a, policy.OfUser(id), w.With)
				}
			case policy.Connection:
				add("exact"+w.name, a, policy.OfConnection(plainSystem), w.With)
			case policy.Office:
				add("office"+w.name, a, policy.OfOffice("office"), w.With)
			}
		}
	}
	return list
}

// plainWith is properties under a name, with the documents among them.
type plainWith struct {
	name string
	policy.With
	docs []documents.Parts
}

// plainProperties is what an action is asked with.
func plainProperties(a policy.Action) []plainWith {
	set := func(list ...roles.Role) policy.Optional[roles.Set] { return policy.Given(roles.SetOf(list...)) }
	to := func(ids ...companies.ID) policy.Optional[users.Access] { return policy.Given(users.AccessTo(ids...)) }
	none := plainWith{}
	switch a {
	case policy.DocumentMerge:
		like := plainDocuments()
		like[0].ID, like[1].ID, like[4].ID = "other-own", "other", "other-booked"
		return []plainWith{none, {name: " with own", docs: like[:1]}, {name: " with other", docs: like[1:2]}, {name: " with booked", docs: like[4:5]}}
	case policy.DocumentAssign, policy.DocumentReassign:
		return []plainWith{
			none,
			{name: " tess", With: policy.With{Authorisers: []users.ID{"tess"}}},
			{name: " nobody", With: policy.With{Authorisers: []users.ID{"nobody"}}},
			{name: " alice, tess", With: policy.With{Authorisers: []users.ID{"alice", "tess"}}},
		}
	case policy.DocumentReject:
		return []plainWith{none, {name: " comment", With: policy.With{Comment: "wrong"}}}
	case policy.UserCreate, policy.UserImport:
		return []plainWith{
			none,
			{name: " client", With: policy.With{Roles: set(roles.ClientUser), Companies: to("bakery", "garage"), System: plainSystem}},
			{name: " accountant", With: policy.With{Roles: set(roles.Accountant), Companies: to("bakery"), System: plainSystem, Users: []sync.UserID{"chief@exact"}}},
			{name: " invalid", With: policy.With{Roles: set(), Companies: to()}},
		}
	case policy.UserGrantRole, policy.UserRevokeRole:
		return []plainWith{
			none,
			{name: " super", With: policy.With{Role: roles.SuperUser}},
			{name: " client", With: policy.With{Role: roles.ClientUser}},
			{name: " authoriser", With: policy.With{Role: roles.Authoriser}},
		}
	case policy.UserChangeRoles:
		return []plainWith{
			none,
			{name: " client", With: policy.With{Roles: set(roles.ClientUser)}},
			{name: " authoriser, client", With: policy.With{Roles: set(roles.Authoriser, roles.ClientUser)}},
		}
	case policy.UserChangeCompanyAccess:
		return []plainWith{none, {name: " garage", With: policy.With{Companies: to("garage")}}, {name: " both", With: policy.With{Companies: to("bakery", "garage")}}}
	case policy.UserChangeEndDate:
		return []plainWith{none, {name: " soon", With: policy.With{EndDate: policy.Given(plainDay(2026, 12, 1))}}}
	}
	return plainOthers(a)
}

func plainOthers(a policy.Action) []plainWith {
	none := plainWith{}
	switch a {
	case policy.UserChangeBillTo:
		return []plainWith{none, {name: " bakery", With: policy.With{BillTo: users.BillToCompany("bakery")}}}
	case policy.UserChangePassword, policy.UserChangeEmail:
		return []plainWith{none, {name: " wrong", With: policy.With{OldPasswordVerified: policy.Given(false)}}}
	case policy.UserLinkAccountingUser:
		return []plainWith{
			none,
			{name: " bakery@exact", With: policy.With{System: plainSystem, User: "bakery@exact"}},
			{name: " chief@exact", With: policy.With{System: plainSystem, User: "chief@exact"}},
			{name: " duty@exact", With: policy.With{System: plainSystem, User: "duty@exact"}},
		}
	case policy.UserUnlinkAccountingUser, policy.UserEnterAccountingPassword:
		return []plainWith{none, {name: " exact", With: policy.With{System: plainSystem}}}
	case policy.ConnectionManage:
		return []plainWith{
			none,
			{name: " tess", With: policy.With{SynchronisationUser: "tess"}},
			{name: " tess chief@exact", With: policy.With{SynchronisationUser: "tess", AccountingUser: "chief@exact"}},
			{name: " alice duty@exact", With: policy.With{SynchronisationUser: "alice", AccountingUser: "duty@exact"}},
		}
	}
	return []plainWith{none}
}

// asked is the question with its documents as told.
func (q *plainQuestion) asked(docs []documents.Parts) policy.Request {
	r := q.request
	if len(docs) == 0 {
		return r
	}
	var list []*documents.Document
	for _, p := range docs {
		d, err := documents.New(p)
		if err != nil {
			panic(err)
		}
		list = append(list, &d)
	}
	r.Resource.Document = list[0]
	w := *r.With
	if len(list) > 1 {
		w.Documents = list[1:]
	}
	r.With = &w
	return r
}

// plainValues is the question with every value of what it lacks, and what is lacking.
func plainValues(p *offices.Parts, r policy.Request, state *policy.Snapshot) (given []string, list []policy.Request) {
	subject := state.Subject(r.Subject, r.At)
	_, missing := subject.Could(r.Action, r.Resource, r.With)
	list = []policy.Request{r}
	for lacking := range missing.Each() {
		given = append(given, "give "+lacking.String())
		var more []policy.Request
		for _, r := range list {
			for _, w := range plainValuesOf(p, lacking, *r.With, r.Resource.Document) {
				r.With = &w
				more = append(more, r)
			}
		}
		list = more
	}
	return given, list
}

func plainValuesOf(o *offices.Parts, p policy.Properties, w policy.With, d *documents.Document) (list []policy.With) {
	add := func(set func(*policy.With)) {
		next := w
		set(&next)
		list = append(list, next)
	}
	both := []companies.ID{"bakery", "garage"}
	switch p {
	case policy.PropertyAuthorisers:
		for _, id := range plainNearest(o, func(u users.User) []bool {
			return []bool{u.Roles.Has(roles.Authoriser), u.Access.Has("bakery"), u.ActiveOn(plainDay(2026, 11, 22))}
		}) {
			add(func(w *policy.With) { w.Authorisers = []users.ID{id} })
		}
	case policy.PropertyComment:
		add(func(w *policy.With) { w.Comment = "no" })
	case policy.PropertyWith:
		parts := d.Parts()
		parts.ID = "another"
		other, _ := documents.Told(parts)
		add(func(w *policy.With) { w.Documents = []*documents.Document{&other} })
	case policy.PropertyRole:
		for _, r := range roles.All() {
			add(func(w *policy.With) { w.Role = r })
		}
	case policy.PropertyRoles:
		for s := range roles.SetOf(roles.All()...) + 1 {
			add(func(w *policy.With) { w.Roles = policy.Given(s) })
		}
	case policy.PropertyCompanies:
		for _, some := range [][]companies.ID{nil, both[:1], both[1:], both} {
			add(func(w *policy.With) { w.Companies = policy.Given(users.AccessTo(some...)) })
		}
	case policy.PropertySystem:
		add(func(w *policy.With) { w.System = plainSystem })
	case policy.PropertyUser:
		for _, id := range []sync.UserID{"chief@exact", "rosa@exact", "bakery@exact", "duty@exact", "reader@exact"} {
			add(func(w *policy.With) { w.User = id })
		}
	case policy.PropertyEndDate:
		add(func(w *policy.With) { w.EndDate = policy.Given(users.Date{}) })
		add(func(w *policy.With) { w.EndDate = policy.Given(plainDay(2026, 12, 1)) })
	case policy.PropertyOldPasswordVerified:
		add(func(w *policy.With) { w.OldPasswordVerified = policy.Given(true) })
	case policy.PropertyBillTo:
		add(func(w *policy.With) { w.BillTo = users.BillToOffice })
	case policy.PropertySynchronisationUser:
		for _, id := range plainNearest(o, func(u users.User) []bool {
			l := plainLink(o, u.ID)
			has := []bool{l != nil && plainServes(o, plainAccount(o, l.AccountingUser)), u.EndDate.IsZero()}
			for _, c := range o.Companies {
				has = append(has, u.Access.Has(c.ID))
			}
			return has
		}) {
			add(func(w *policy.With) { w.SynchronisationUser = id })
		}
	}
	return slices.Clip(list)
}

// plainNearest is the users who lack the fewest things.
func plainNearest(p *offices.Parts, has func(users.User) []bool) (list []users.ID) {
	for lacking := 0; list == nil; lacking++ {
		for _, u := range p.Users {
			if len(slices.DeleteFunc(has(u), func(b bool) bool { return b })) == lacking {
				list = append(list, u.ID)
			}
		}
	}
	return list
}
