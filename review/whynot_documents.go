package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// goal is where a document is to come.
type goal uint8

const (
	toTagging goal = iota + 1
	toBooking
	toArchive
	toRoute // a pending route
	toTurn  // a route on which somebody named is in turn
)

// stageGoal is the goal of each fact about a stage.
var stageGoal = map[policy.Facts]goal{
	policy.StageTagging: toTagging, policy.StageBooking: toBooking, policy.StageArchived: toArchive,
	policy.OpenToClients: toTagging,
}

var goalStage = map[goal]documents.Stage{
	toTagging: documents.Tagging, toBooking: documents.Booking, toArchive: documents.Archived,
}

// reached says whether a document is there.
func (g goal) reached(d *documents.Document, turn users.ID) bool {
	switch g {
	case toRoute:
		return d.Route().IsPending()
	case toTurn:
		return d.Route().InTurn() == turn
	default:
		return d.Stage() == goalStage[g]
	}
}

// somebodyElse stands for an authoriser of whom it is only told that it is not who
// asks.
const somebodyElse users.ID = "somebody else"

// moves is what a document can become in one move, whoever makes it; assignee is
// who is assigned where somebody is.
func moves(d *documents.Document, assignee users.ID) (list []documents.Document) {
	add := func(next documents.Document, err error) {
		if err == nil {
			list = append(list, next)
		}
	}
	add(d.Tag())
	add(d.Assign(assignee))
	add(d.StartRoute(assignee))
	add(d.Approve(d.Route().InTurn()))
	add(d.Reassign(assignee))
	add(d.Withdraw())
	add(d.Return())
	add(d.Book())
	return list
}

// nearestAt is what the fewest moves make of a document that is to come somewhere;
// false where none do, or where its stage was not told.
func nearestAt(d *documents.Document, g goal, turn users.ID) (*documents.Document, bool) {
	if d == nil || d.Stage() == 0 {
		return nil, false
	}
	assignee := turn
	if g != toTurn {
		assignee = somebodyElse
	}
	return walk(d, func(d *documents.Document) bool { return g.reached(d, turn) },
		func(d *documents.Document) []documents.Document { return moves(d, assignee) })
}

// walk goes from a document along moves, the nearest first, to one that is there.
func walk(d *documents.Document, there func(*documents.Document) bool, next func(*documents.Document) []documents.Document) (*documents.Document, bool) {
	seen := map[string]bool{placeOf(d): true}
	for queue := []*documents.Document{d}; len(queue) > 0; queue = queue[1:] {
		if there(queue[0]) {
			return queue[0], true
		}
		for _, moved := range next(queue[0]) {
			if at := placeOf(&moved); !seen[at] {
				seen[at] = true
				queue = append(queue, &moved)
			}
		}
	}
	return nil, false
}

// placeOf is alike for documents that can move alike.
func placeOf(d *documents.Document) string {
	var b strings.Builder
	fmt.Fprint(&b, d.Stage(), d.Assigned())
	for _, s := range d.Route().Steps() {
		fmt.Fprintf(&b, " %q %s", s.Authoriser, s.Outcome)
	}
	return b.String()
}

// await puts the documents where the atoms have them come; false where they cannot.
func (a *asked) await(set []atom) bool {
	for _, at := range set {
		if at.goal == 0 || at.kind == awaitsRoute && turnAwaited(set, at.doc) {
			continue
		}
		d, ok := nearestAt(a.docs[at.doc], at.goal, at.user)
		if !ok {
			return false
		}
		a.replace(at.doc, d)
	}
	return true
}

func turnAwaited(set []atom, doc int) bool {
	return slices.ContainsFunc(set, func(a atom) bool { return a.kind == awaitsTurn && a.doc == doc })
}

// replace has another document in the place of one of those asked about.
func (a *asked) replace(at int, d *documents.Document) {
	a.docs = slices.Clone(a.docs)
	a.docs[at] = d
}

// tell tells what the atoms tell of documents; false where that contradicts what is
// told already.
func (a *asked) tell(set []atom) bool {
	for _, t := range set {
		if t.kind != tellsPart {
			continue
		}
		d, ok := told(a.docs[t.doc], t.part)
		if !ok {
			return false
		}
		a.replace(t.doc, d)
	}
	return true
}

// told is a document of which one part more is told.
func told(d *documents.Document, part string) (*documents.Document, bool) {
	p := d.Parts()
	switch name, value := partOf(part); name {
	case "company":
		p.Company = companies.ID(value)
	case "delivered_by":
		p.DeliveredBy = users.ID(value)
	case "ever_assigned":
		p.Assigned = documents.NeverAssigned
	default:
		p.Stage, _ = documents.ParseStage(value)
	}
	made, err := documents.Told(p)
	return &made, err == nil
}

func partOf(part string) (name, value string) {
	name, value, _ = strings.Cut(part, "=")
	return name, value
}

// documentWays is the ways to a fact about a document.
func (a *asked) documentWays(fact policy.Facts, doc int) (ways []way) {
	d := a.docs[doc]
	tell := func(part string) { ways = append(ways, way{{kind: tellsPart, doc: doc, part: part}}) }
	switch fact {
	case policy.StageTagging, policy.StageBooking, policy.StageArchived, policy.OpenToClients:
		if d.Stage() == 0 {
			tell("stage=" + goalStage[stageGoal[fact]].String())
		} else {
			ways = append(ways, way{{kind: awaitsStage, doc: doc, goal: stageGoal[fact]}})
		}
		if fact == policy.OpenToClients && d.Assigned() == 0 {
			tell("ever_assigned=false")
		}
	case policy.RoutePending:
		ways = append(ways, way{awaitedRoute(doc)})
	case policy.InTurn:
		ways = append(ways, way{awaitedRoute(doc), {kind: awaitsTurn, doc: doc, goal: toTurn, user: a.request.Subject}})
	case policy.DeliveredBySubject:
		if d.DeliveredBy() == "" {
			tell("delivered_by=" + string(a.request.Subject))
		}
	}
	return slices.DeleteFunc(ways, func(w way) bool {
		trial := *a
		return !trial.tell(w) || !trial.await(w)
	})
}

// awaitedRoute is part of awaiting a turn too: whoever is in turn is so on a route
// that is pending.
func awaitedRoute(doc int) atom { return atom{kind: awaitsRoute, doc: doc, goal: toRoute} }
