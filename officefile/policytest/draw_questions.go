package policytest

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Questions draws questions about an office, its documents and others like them, each
// of the 48 actions as often as any other, with the properties that it takes and
// mostly such as make sense. Two of three are asked by somebody who may, where there
// is one, so that more than a third are allowed; every rule allows and every code
// denies now and then. Of ten, one is odd: nobody asks, something is missing, unknown
// or unreadable, or there is no moment.
func Questions(o Office) *rapid.Generator[Question] {
	return rapid.Custom(func(t *rapid.T) Question {
		a := artist{t}
		actions := slices.Collect(policy.AllActions())
		return a.question(o, actions[a.evenly(len(actions), "action")])
	})
}

func (a artist) question(o Office, action policy.Action) Question {
	q := Question{policy.Request{Action: action, Resource: a.resource(o, action), At: o.At}}
	q.With = a.with(o, &q)
	q.Subject = a.asker(o, q)
	if a.oneIn(10, "odd") {
		a.makeOdd(o, &q)
	}
	return q
}

// resource draws something that an action may be asked on.
func (a artist) resource(o Office, action policy.Action) policy.Resource {
	switch action.On() {
	case policy.Document:
		return a.paper(o, action)
	case policy.Company:
		return policy.OfCompany(among(a, "company", noCompany, slices.Collect(companiesIn(o))))
	case policy.Connection:
		return policy.OfConnection(a.connection(o, action))
	case policy.User:
		return policy.OfUser(a.target(o, action))
	default:
		return policy.OfOffice(o.Office().Code())
	}
}

// connection draws an accounting system: for one that is to go, mostly one that could.
func (a artist) connection(o Office, action policy.Action) companies.SystemID {
	if empty := emptySystems(o); action == policy.AccountingSystemDelete && len(empty) > 0 && !a.oneIn(3, "empty or not") {
		return one(a, "empty system", empty...)
	}
	return among(a, "accounting system", noSystem, systemsIn(o))
}

// paper draws a document of the office, or another that is where the action finds it.
func (a artist) paper(o Office, action policy.Action) policy.Resource {
	if len(o.Documents) > 0 && a.oneIn(4, "of the office") {
		return policy.OfDocument(&o.Documents[a.upTo(0, len(o.Documents)-1, "document")])
	}
	d, ok := a.document(o, one(a, "document", newPapers...), aims[action])
	if !ok { // of a company that is not there
		if d, ok = lostDocument(); !ok {
			return policy.Resource{Type: policy.Document, ID: string(newPapers[0])}
		}
	}
	return policy.OfDocument(&d)
}

func lostDocument() (documents.Document, bool) {
	d, err := documents.Deliver(newPapers[0], noCompany, noUser)
	return d, err == nil
}

// aims is where the actions find their documents, but for those that find any.
var aims = map[policy.Action]aim{
	policy.DocumentSplit: atTagging, policy.DocumentMerge: atTagging, policy.DocumentTag: atTagging, policy.DocumentAssign: atTagging,
	policy.DocumentApprove: atRoute, policy.DocumentReject: atRoute, policy.DocumentReassign: atRoute, policy.DocumentWithdraw: atRoute,
	policy.DocumentReturn: atBooking, policy.DocumentBook: atBooking, policy.DocumentChangeBankDetails: atBooking,
}

// target draws whom something is asked about: half of the time somebody of a lower
// rank, whom many may manage; for an action on links mostly somebody who has one.
func (a artist) target(o Office, action policy.Action) users.ID {
	suited := func(u users.User) bool { return roles.AuthorisationAdministrator.Above(u.Roles.Highest()) }
	switch {
	case action == policy.UserView && a.coin("an authoriser"):
		suited = func(u users.User) bool { return u.Roles.Highest() == roles.Authoriser && !u.Roles.Delivers() }
	case action == policy.UserUnlinkAccountingUser, action == policy.UserEnterAccountingPassword:
		suited = func(u users.User) bool { return len(slices.Collect(o.Office().Links(u.ID))) > 0 }
	}
	var list []users.ID
	for u := range o.Office().Users() {
		if suited(u) {
			list = append(list, u.ID)
		}
	}
	if len(list) > 0 && a.coin("suited") {
		return one(a, "suited user", list...)
	}
	return among(a, "user", noUser, idsOfUsers(o))
}

// asker draws who asks: mostly somebody who may, where there is one, by any of the
// rules by which somebody may; else somebody who may not, for any of the codes.
func (a artist) asker(o Office, q Question) users.ID {
	var yes, no []policy.Decision
	by := make(map[policy.Decision][]users.ID)
	for _, id := range idsOfUsers(o) {
		q.Subject = id
		d := o.Snapshot().Check(q.Request)
		if by[d] == nil && d.Allowed() {
			yes = append(yes, d)
		} else if by[d] == nil {
			no = append(no, d)
		}
		by[d] = append(by[d], id)
	}
	if a.oneIn(3, "may not") && len(no) > 0 {
		yes = no
	}
	if len(yes) == 0 {
		yes = no
	}
	return among(a, "who asks", noUser, by[among(a, "by right", policy.Decision{}, yes)])
}

// makeOdd spoils a question in one way.
func (a artist) makeOdd(o Office, q *Question) {
	switch a.upTo(0, 6, "how odd") {
	case 0:
		q.With = nil
	case 1:
		q.Subject = one(a, "nobody", noUser, "", "ANNA", gone[0])
	case 2:
		q.Action = one(a, "no action", policy.Action(0), 255)
	case 3:
		q.Resource = a.oddResource(o, q.Action)
	case 4:
		q.At = one(a, "no moment", time.Time{}, time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC))
	case 5:
		q.With = &policy.With{Unreadable: []policy.Unreadable{{
			Property: one(a, "property", policy.PropertyRole, policy.PropertyComment, policy.PropertyCompanies),
			Problem:  problems.Problem{Found: `"king"`, Expected: "something that can be read"},
		}}}
	case 6:
		q.Resource = a.toldInPart(q.Resource)
	}
}

func (a artist) oddResource(o Office, action policy.Action) policy.Resource {
	return one(a, "resource", policy.Resource{}, policy.OfCompany(noCompany), policy.OfUser(gone[0]), policy.OfConnection(noSystem),
		policy.OfOffice("jansen"), policy.Resource{Type: policy.Document, ID: "inv-9"}, policy.Resource{Type: action.On()},
		policy.OfUser(among(a, "user", noUser, idsOfUsers(o))), policy.OfCompany(companies.Office))
}

// toldInPart is the document of a resource, where it has one, of which part was not
// told.
func (a artist) toldInPart(r policy.Resource) policy.Resource {
	if r.Document == nil {
		return r
	}
	p := r.Document.Parts()
	switch a.upTo(0, 3, "not told") {
	case 0:
		p.Company = ""
	case 1:
		p.DeliveredBy = ""
	case 2:
		p.Stage = 0
	case 3:
		if p.Assigned = 0; p.Route.IsZero() {
			break
		}
		p.ID = ""
	}
	d, err := documents.Told(p)
	if err != nil {
		return r
	}
	return policy.OfDocument(&d)
}
