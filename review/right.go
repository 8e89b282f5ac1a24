package review

import (
	"cmp"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Right is one thing that a user may do: an action, what it is asked on, told
// without listing documents, and what it is asked with. Rights compare with == and
// order with Compare. Whatever somebody may do at a moment follows from their
// rights; docs/differences.md says how, action by action. The zero Right is none.
type Right struct {
	User   users.ID
	Action policy.Action
	// One of these says what the action is asked on, as Action.On tells. For a
	// document it is its company; its kind is With.Document.
	Office     string // its code
	Company    companies.ID
	Connection companies.SystemID
	Target     users.ID
	// Who is whom the action names: the authoriser of an assignment, or the
	// synchronisation user that is chosen. Empty where it names nobody.
	Who users.ID
	// With is what it is asked with, or the kind of document.
	With Choice
}

// Choice is what an action is asked with, or of which kind of document. It is as
// large as it has to be: where an action takes several things, each has its own
// right, and who has all of them may do them together. The zero Choice is the
// action asked with nothing, or with what says "none".
type Choice struct {
	// Document is the kind of document, of every action on documents.
	Document DocumentKind
	// Role is the role to grant or to revoke, or that a new user would get.
	Role roles.Role
	// Roles is the new set of a change of roles. The empty set is that of nobody.
	Roles roles.Set
	// Company is a company to decide about: whether the target reaches it, whether
	// a new user does, or that it pays. Empty, it is the access the target has as it
	// stands, or that the office pays.
	Company companies.ID
	// System is the accounting system of a link, an import or a new company.
	System companies.SystemID
	// Account is the accounting-system user to link or to import.
	Account sync.UserID
	// Books is that whoever is imported as Account gets a booking role.
	Books bool
	// From and Before are the end dates that may be given: from the one on, and
	// before the other where there is one. Both are zero for no end date.
	From, Before users.Date
}

// Compare orders rights: by user, action, what it is on, and what it is asked with.
func (r Right) Compare(other Right) int {
	return cmp.Or(
		cmp.Compare(r.User, other.User), cmp.Compare(r.Action, other.Action), cmp.Compare(r.Office, other.Office),
		cmp.Compare(r.Company, other.Company), cmp.Compare(r.Connection, other.Connection),
		cmp.Compare(r.Target, other.Target), cmp.Compare(r.Who, other.Who), r.With.compare(other.With),
	)
}

func (c Choice) compare(other Choice) int {
	return cmp.Or(
		c.Document.compare(other.Document), cmp.Compare(c.Role, other.Role), cmp.Compare(c.Roles, other.Roles),
		cmp.Compare(c.Company, other.Company), cmp.Compare(c.System, other.System), cmp.Compare(c.Account, other.Account),
		compareFlags(c.Books, other.Books), compareDates(c.From, other.From), compareDates(c.Before, other.Before),
	)
}

func compareFlags(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareDates(a, b users.Date) int { return compareFlags(b.Before(a), a.Before(b)) }

// Request is a question to which the right is a yes: in an office in which somebody
// has it, at that moment, policy.Snapshot.Check allows it.
func (r Right) Request(o offices.Office, at time.Time) policy.Request {
	return policy.Request{Subject: r.User, Action: r.Action, Resource: r.resource(), With: r.properties(o), At: at}
}

func (r Right) resource() policy.Resource {
	switch r.Action.On() {
	case policy.Document:
		return policy.OfDocument(r.With.Document.example("a document", r.User, r.Company))
	case policy.Company:
		return policy.OfCompany(r.Company)
	case policy.User:
		return policy.OfUser(r.Target)
	case policy.Connection:
		return policy.OfConnection(r.Connection)
	default:
		return policy.OfOffice(r.Office)
	}
}

// properties is what the question is asked with.
func (r Right) properties(o offices.Office) *policy.With {
	switch r.Action.On() {
	case policy.Document:
		return r.ofDocument()
	case policy.User:
		return r.ofUser(o)
	case policy.Connection:
		return &policy.With{SynchronisationUser: r.Who, AccountingUser: r.With.Account}
	case policy.Office:
		return r.ofOffice()
	default:
		return &policy.With{}
	}
}

func (r Right) ofDocument() *policy.With {
	w := &policy.With{Comment: "a comment"}
	if r.Who != "" {
		w.Authorisers = []users.ID{r.Who}
	}
	if r.Action == policy.DocumentMerge {
		w.Documents = []*documents.Document{r.With.Document.example("another document", r.User, r.Company)}
	}
	return w
}

func (r Right) ofUser(o offices.Office) *policy.With {
	w := &policy.With{
		Role: r.With.Role, System: r.With.System, User: r.With.Account, EndDate: policy.Given(r.With.From), OldPasswordVerified: policy.Given(true),
		BillTo: users.BillToCompany(r.With.Company),
	}
	switch r.Action {
	case policy.UserChangeRoles:
		w.Roles = policy.Given(r.With.Roles)
	case policy.UserChangeCompanyAccess:
		w.Companies = policy.Given(r.otherwise(o))
	}
	return w
}

// otherwise is the access of the target, but for the company that the right is to
// decide about.
func (r Right) otherwise(o offices.Office) users.Access {
	t, _ := o.User(r.Target)
	switch id := r.With.Company; {
	case id == "":
		return t.Access
	case t.Access.Has(id):
		return t.Access.Without(id)
	default:
		return t.Access.With(id)
	}
}

// ofOffice is the properties of the question on the office. A new user in a
// company is a Client user there, which whoever may create users may create.
func (r Right) ofOffice() *policy.With {
	w := &policy.With{AccountingSystem: r.With.System, System: r.With.System}
	set := roles.SetOf(r.With.Role)
	if r.With.Books {
		set = roles.SetOf(roles.SMEAccountant)
	}
	if r.Action == policy.UserCreate && set == 0 {
		set = roles.SetOf(roles.ClientUser)
	}
	if set != 0 {
		w.Roles = policy.Given(set)
	}
	if r.With.Company != "" || r.Action == policy.UserCreate {
		w.Companies = policy.Given(accessToOne(r.With.Company))
	}
	if r.With.Account != "" {
		w.Users = []sync.UserID{r.With.Account}
	}
	return w
}

func accessToOne(id companies.ID) users.Access {
	if id == "" {
		return users.Access{}
	}
	return users.AccessTo(id)
}
