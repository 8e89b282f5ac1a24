package policy

import (
	"iter"
	"strings"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// ResourceType says what kind of thing is asked about. The zero ResourceType is
// none, and whatever is asked about it is denied.
type ResourceType uint8

// The types of resource.
const (
	Document ResourceType = iota + 1
	Company
	User
	Connection // to an accounting system, by that system's id
	Office     // by the office's code
)

var resourceTypes = []string{"", "document", "company", "user", "connection", "office"}

// ParseResourceType reads "document", "company", "user", "connection" or "office".
func ParseResourceType(code string) (ResourceType, error) {
	return enum.Parse[ResourceType](resourceTypes, code)
}

// String is the type's code.
func (t ResourceType) String() string { return enum.Print("ResourceType", resourceTypes, t) }

// In is what the type is called in a language.
func (t ResourceType) In(l words.Language) string { return words.Say(t.String()).In(l) }

// Resource is what is asked about. The zero Resource is nothing.
type Resource struct {
	Type ResourceType
	ID   string
	// Document is the document itself, which an office does not hold. A resource
	// of type Document without one is an unknown document.
	Document *documents.Document
}

// OfDocument asks about a document. It is read while the question is answered
// and not kept.
func OfDocument(d *documents.Document) Resource { return Resource{Type: Document, Document: d} }

// OfCompany asks about a company.
func OfCompany(id companies.ID) Resource { return Resource{Type: Company, ID: string(id)} }

// OfUser asks about a user, the target.
func OfUser(id users.ID) Resource { return Resource{Type: User, ID: string(id)} }

// OfConnection asks about the connection to an accounting system.
func OfConnection(id companies.SystemID) Resource { return Resource{Type: Connection, ID: string(id)} }

// OfOffice asks about the office, by its code.
func OfOffice(code string) Resource { return Resource{Type: Office, ID: code} }

// String is "type:id".
func (r Resource) String() string { return r.Type.String() + ":" + r.id() }

func (r Resource) id() string {
	if r.ID == "" && r.Document != nil {
		return string(r.Document.ID())
	}
	return r.ID
}

// Properties is a set of the properties that an action can be asked with.
type Properties uint16

// The properties, in the order they are asked for where several are missing.
const (
	PropertyAuthorisers Properties = 1 << iota
	PropertyComment
	PropertyWith
	PropertyRole
	PropertyRoles
	PropertyCompanies
	PropertySystem
	PropertyUser
	PropertyUsers
	PropertyEndDate
	PropertyOldPasswordVerified
	PropertyBillTo
	PropertyAccountingSystem
	PropertySynchronisationUser
	PropertyAccountingUser
)

var propertyNames = []string{
	"authorisers", "comment", "with", "role", "roles", "companies", "system", "user", "users", "end_date",
	"old_password_verified", "bill_to", "accounting_system", "synchronisation_user", "accounting_user",
}

// Each goes through the properties of the set, one at a time.
func (p Properties) Each() iter.Seq[Properties] {
	return func(yield func(Properties) bool) {
		for rest := p; rest != 0; rest &= rest - 1 {
			if !yield(rest & -rest) {
				return
			}
		}
	}
}

// String is the names of the properties: "role" or "roles, companies".
func (p Properties) String() string {
	var names []string
	for i, name := range propertyNames {
		if p&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// Optional is a value that may not have been given. The zero Optional was not.
type Optional[T any] struct {
	value T
	given bool
}

// Given is a value that was given.
func Given[T any](v T) Optional[T] { return Optional[T]{v, true} }

// Get is the value, and whether it was given.
func (o Optional[T]) Get() (T, bool) { return o.value, o.given }

// With is what an action is asked with: its properties. What an action does not
// take is ignored. A nil list, an empty id and a blank comment were not given; an
// empty list was. The zero With gives nothing.
type With struct {
	Authorisers         []users.ID             // in order, from the one in turn
	Comment             string                 // why it is rejected
	Documents           []*documents.Document  // property "with": what is merged with the resource
	Role                roles.Role             // to grant or to revoke
	Roles               Optional[roles.Set]    // the new set
	Companies           Optional[users.Access] // the new set
	System              companies.SystemID     // of a link, or to import from
	User                sync.UserID            // whom to link to
	Users               []sync.UserID          // whom to import
	EndDate             Optional[users.Date]   // the new one; the zero Date takes it away
	OldPasswordVerified Optional[bool]         // whether the old password was found right
	BillTo              users.BillTo           // who is to pay
	AccountingSystem    companies.SystemID     // of a company to create
	SynchronisationUser users.ID               // who is chosen
	AccountingUser      sync.UserID            // whom to link with the choice
	// Unreadable is what was given but could not be understood. Any of it denies.
	Unreadable []Unreadable
}

// Unreadable is a property that was given but could not be understood.
type Unreadable struct {
	// Property is which; 0 for a part of a document that the asker carries.
	Property Properties
	Problem  problems.Problem
}

// MaxNamed is how many authorisers one may assign, and how many documents one may
// merge, at a time; more is a bad property.
const MaxNamed = 1000

var noProperties With

func (w *With) given() Properties {
	var p Properties
	for i, given := range [...]bool{
		w.Authorisers != nil, !documents.Blank(w.Comment), w.Documents != nil, w.Role.Known(), w.Roles.given,
		w.Companies.given, w.System != "", w.User != "", w.Users != nil, w.EndDate.given,
		w.OldPasswordVerified.given, w.BillTo.Chosen(), w.AccountingSystem != "", w.SynchronisationUser != "",
		w.AccountingUser != "",
	} {
		if given {
			p |= 1 << i
		}
	}
	return p
}

// readable says whether all that was given could be understood.
func (w *With) readable() bool { return w == nil || len(w.Unreadable) == 0 }

func (w *With) unreadable() Properties {
	var p Properties
	for i := range w.Unreadable {
		p |= w.Unreadable[i].Property
	}
	return p
}

// Request is one question: may Subject do Action to Resource, at a moment?
type Request struct {
	Subject  users.ID
	Action   Action
	Resource Resource
	// With is the action's properties; nil gives none.
	With *With
	// At is the moment of asking. The zero Time denies.
	At time.Time
}
