// Package documents holds what a rule may look at of a document, and how a
// document moves: delivered, tagged, perhaps authorised, booked, archived.
//
// The movements here are unguarded: they keep a document valid and ask nobody
// whether it may be moved.
package documents

import (
	"strconv"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// ID names a document. IDs are compared byte for byte. The empty ID names none.
type ID string

// ParseID takes an id as it stands, or returns a *problems.Problem: 1 to 128
// bytes of valid UTF-8 without control characters.
func ParseID(s string) (ID, error) { return ident.Check[ID](s) }

// Stage is how far a document has come. The zero Stage is that nobody told.
type Stage uint8

// The stages, in order.
const (
	Tagging       Stage = iota + 1 // delivered, ready for tagging
	Authorisation                  // past its authorisers, one by one
	Booking                        // ready to be booked
	Archived                       // booked
)

var stages = []string{"", "tagging", "authorisation", "booking", "archived"}

// Stages lists them, in order.
func Stages() []Stage { return []Stage{Tagging, Authorisation, Booking, Archived} }

// ParseStage reads "tagging", "authorisation", "booking" or "archived".
func ParseStage(code string) (Stage, error) { return enum.Parse[Stage](stages, code) }

// String is the stage's code.
func (s Stage) String() string { return enum.Print("Stage", stages, s) }

// MarshalText writes the code; the zero Stage is an error.
func (s Stage) MarshalText() ([]byte, error) { return enum.Marshal("Stage", stages, s) }

// UnmarshalText reads a code as ParseStage does.
func (s *Stage) UnmarshalText(text []byte) error {
	parsed, err := ParseStage(string(text))
	if err == nil {
		*s = parsed
	}
	return err
}

// Assigned says whether a route has ever existed for a document. It stays
// EverAssigned after the route was withdrawn or finished. Source: SETTINGS
// ("toegewezen geweest"). The zero Assigned is that nobody told.
type Assigned uint8

// What can be known of it.
const (
	NeverAssigned Assigned = iota + 1
	EverAssigned
)

// String is "never assigned", "ever assigned" or "not told".
func (a Assigned) String() string {
	return [...]string{"not told", "never assigned", "ever assigned"}[min(a, EverAssigned)]
}

// or is what is known of two documents together: ever assigned when one was, and
// never only when both are known to be.
func (a Assigned) or(b Assigned) Assigned {
	if a == EverAssigned || b == EverAssigned {
		return EverAssigned
	}
	return min(a, b)
}

// Parts is a document as its keeper tells it. What is left zero was not told,
// except that no Route is none.
type Parts struct {
	ID          ID
	Company     companies.ID
	DeliveredBy users.ID // a user, a deleted user, or anyone
	Stage       Stage
	Route       Route
	Assigned    Assigned // a route implies EverAssigned
}

// Document is one document: valid, and immutable. The zero Document tells
// nothing, and so opens nothing. Documents belong to whoever embeds the library;
// an office does not hold them.
type Document struct {
	id          ID
	company     companies.ID
	deliveredBy users.ID
	route       *routed // nil where it has none
	companyHash ident.Hash
	stage       Stage
	assigned    Assigned
}

// routed is a route with who is in turn, which every check asks for. Few documents have
// one, and the others fit 64 bytes without.
type routed struct {
	Route
	turn users.ID
}

func documentOf(p Parts) Document {
	d := Document{p.ID, p.Company, p.DeliveredBy, nil, ident.HashOf(p.Company), p.Stage, p.Assigned}
	if !p.Route.IsZero() {
		d.route = &routed{p.Route, p.Route.InTurn()}
	}
	return d
}

// New is the document of the given parts. All but Route must be told, where a
// route stands for Assigned. Its errors are all its problems, joined.
func New(p Parts) (Document, error) {
	var list problems.List
	if p.ID == "" {
		list.Add("id", "nothing", ident.Expected)
	}
	if p.Company == "" {
		list.Add("company", "nothing", "the company's id")
	}
	if p.DeliveredBy == "" {
		list.Add("delivered_by", "nothing", "the id of who delivered it")
	}
	if p.Stage == 0 {
		list.Add("stage", "nothing", enum.Expected(stages))
	}
	if p.Assigned == 0 && p.Route.IsZero() {
		list.Add("ever_assigned", "nothing", "whether it was ever assigned, or a route")
	}
	doc, err := Told(p)
	list.AddAt("", err)
	if err := list.Err(); err != nil {
		return Document{}, err
	}
	return doc, nil
}

// Told is a document told in part: what was not told is unknown and helps
// nobody. What was told must not contradict itself; its errors are all the
// contradictions, joined.
func Told(p Parts) (Document, error) {
	var list problems.List
	for _, id := range [...]struct{ path, id string }{
		{"id", string(p.ID)}, {"company", string(p.Company)}, {"delivered_by", string(p.DeliveredBy)},
	} {
		if id.id != "" && !ident.OK(id.id) {
			list.Add(id.path, problems.Quote(id.id), ident.Expected)
		}
	}
	p.Route.check(&list)
	checkStage(&list, p)
	if p.Assigned > EverAssigned {
		list.Add("ever_assigned", strconv.Itoa(int(p.Assigned)), "never assigned, ever assigned, or nothing told")
	}
	if !p.Route.IsZero() {
		if p.Assigned == NeverAssigned {
			list.Add("ever_assigned", "false", "true: the document has a route")
		}
		p.Assigned = EverAssigned
	}
	if err := list.Err(); err != nil {
		return Document{}, err
	}
	return documentOf(p), nil
}

// checkStage holds the stage against the route: tagging and booking have no
// pending one, authorisation has one, archived may.
func checkStage(list *problems.List, p Parts) {
	switch {
	case p.Stage > Archived:
		list.Add("stage", p.Stage.String(), enum.Expected(stages))
	case p.Stage == Authorisation && !p.Route.IsPending():
		list.Add("stage", "authorisation without a pending route",
			"an authoriser in turn, or the stage tagging, booking or archived")
	case (p.Stage == Tagging || p.Stage == Booking) && p.Route.IsPending():
		list.Add("stage", p.Stage.String()+" with a pending route",
			"authorisation or archived, or a route in which nobody is in turn")
	}
}

// Parts is what is told of the document.
func (d *Document) Parts() Parts {
	return Parts{d.id, d.company, d.deliveredBy, d.stage, d.Route(), d.assigned}
}

// ID is the document's id.
func (d *Document) ID() ID { return d.id }

// Company is the company it belongs to; empty where not told.
func (d *Document) Company() companies.ID { return d.company }

// CompanyHash is what a snapshot finds the company by. It means nothing to other programs,
// nor for the zero Document.
func (d *Document) CompanyHash() ident.Hash { return d.companyHash }

// DeliveredBy is who delivered it; empty where not told.
func (d *Document) DeliveredBy() users.ID { return d.deliveredBy }

// Stage is how far it has come; zero where not told.
func (d *Document) Stage() Stage { return d.stage }

// Route is its authorisation route; the zero Route where it has none.
func (d *Document) Route() Route {
	if d.route == nil {
		return Route{}
	}
	return d.route.Route
}

// InTurn is the authoriser in turn; empty where no route is pending.
func (d *Document) InTurn() users.ID {
	if d.route == nil {
		return ""
	}
	return d.route.turn
}

// Assigned says whether it ever had a route; zero where not told.
func (d *Document) Assigned() Assigned { return d.assigned }
