package review

import (
	"cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// DocumentKind is what there is to know of a document for somebody who asks, but
// its company: two documents of one kind in one company are answered alike, and of
// two kinds never by necessity. There are 18; what a document is told to be beyond
// its kind decides nothing. The zero DocumentKind is no document.
type DocumentKind struct {
	Stage documents.Stage
	// Own says that who asks delivered it; somebody else did otherwise.
	Own bool
	// Assigned says whether it was ever assigned: at the stages booking and
	// archived, where that makes a difference, unless a route is pending.
	Assigned documents.Assigned
	// Turn is whose turn it is.
	Turn Turn
}

// Turn is whose turn it is on a document. The zero Turn is that no route is pending.
type Turn uint8

// The turns.
const (
	TurnNobodys  Turn = iota // no route is pending
	TurnTheirs               // who asks is the authoriser in turn
	TurnAnothers             // somebody else is
)

var turnCodes = []string{"", "self", "other"}

// String is "self" or "other", and empty where nobody is in turn.
func (t Turn) String() string { return turnCodes[min(t, TurnAnothers)] }

// documentKinds is all kinds, in the order in which they are told.
var documentKinds = func() (list []DocumentKind) {
	for _, k := range []DocumentKind{
		{Stage: documents.Tagging},
		{Stage: documents.Authorisation, Turn: TurnTheirs},
		{Stage: documents.Authorisation, Turn: TurnAnothers},
		{Stage: documents.Booking, Assigned: documents.NeverAssigned},
		{Stage: documents.Booking, Assigned: documents.EverAssigned},
		{Stage: documents.Archived, Assigned: documents.NeverAssigned},
		{Stage: documents.Archived, Assigned: documents.EverAssigned},
		{Stage: documents.Archived, Turn: TurnTheirs},
		{Stage: documents.Archived, Turn: TurnAnothers},
	} {
		own := k
		own.Own = true
		list = append(list, own, k)
	}
	return list
}()

func (k DocumentKind) compare(other DocumentKind) int {
	return cmp.Or(
		cmp.Compare(k.Stage, other.Stage), cmp.Compare(k.Turn, other.Turn), cmp.Compare(k.Assigned, other.Assigned),
		compareFlags(other.Own, k.Own),
	)
}

// KindsOf is the kinds that a document may be of for a user who asks: they may do
// something with it when they may with each. It is one kind, but where the stage was
// not told. Then a document in a pending route is as one in authorisation; one that
// was never assigned is of every kind that it could be of; and any other is of none,
// and opens nothing. What else was not told is taken as it helps least, as the
// policy does.
func KindsOf(d *documents.Document, asker users.ID) []DocumentKind {
	k := DocumentKind{Stage: d.Stage(), Own: d.DeliveredBy() == asker, Turn: turnOf(d, asker)}
	switch {
	case k.Stage == 0 && k.Turn != TurnNobodys:
		k.Stage = documents.Authorisation
	case k.Stage == 0 && d.Assigned() == documents.NeverAssigned:
		return []DocumentKind{k.neverAt(documents.Tagging), k.neverAt(documents.Booking), k.neverAt(documents.Archived)}
	case k.Stage == 0:
		return nil
	}
	if k.Turn == TurnNobodys && k.Stage != documents.Tagging {
		k.Assigned = assignedOr(d.Assigned(), documents.EverAssigned)
	}
	return []DocumentKind{k}
}

// neverAt is the kind at a stage of what was never assigned.
func (k DocumentKind) neverAt(stage documents.Stage) DocumentKind {
	if k.Stage = stage; stage != documents.Tagging {
		k.Assigned = documents.NeverAssigned
	}
	return k
}

func assignedOr(a, untold documents.Assigned) documents.Assigned {
	if a == 0 {
		return untold
	}
	return a
}

func turnOf(d *documents.Document, asker users.ID) Turn {
	switch d.Route().InTurn() {
	case "":
		return TurnNobodys
	case asker:
		return TurnTheirs
	}
	return TurnAnothers
}

// example is a document of the kind, in a company, for a user who asks.
func (k DocumentKind) example(id documents.ID, asker users.ID, company companies.ID) *documents.Document {
	other := users.ID("somebody else")
	if asker == other {
		other = "somebody"
	}
	p := documents.Parts{ID: id, Company: company, DeliveredBy: other, Stage: k.Stage, Assigned: k.Assigned}
	if k.Own {
		p.DeliveredBy = asker
	}
	switch k.Turn {
	case TurnTheirs:
		p.Route = documents.RoutePast(asker)
	case TurnAnothers:
		p.Route = documents.RoutePast(other)
	case TurnNobodys:
		p.Assigned = assignedOr(p.Assigned, documents.NeverAssigned)
	}
	d, _ := documents.Told(p) // each kind is one that documents can be of
	return &d
}
