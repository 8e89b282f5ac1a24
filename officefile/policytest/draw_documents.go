package policytest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// Documents draws a document of an office that its office file could hold: of a
// company there is, delivered by a user or a deleted user, at every stage, with the
// routes that go with it, and ever assigned or not. Who is in turn is mostly somebody
// who can authorise. Its id is one that no document of the office has. An office
// without companies has no documents: such a case is skipped.
func Documents(o Office) *rapid.Generator[documents.Document] {
	return rapid.Custom(func(t *rapid.T) documents.Document {
		a := artist{t}
		d, ok := a.document(o, one(a, "id", newPapers...), anyStage)
		if !ok {
			t.Skip("an office without companies, or without users, has no documents")
		}
		return d
	})
}

// documents draws some documents of an office.
func (a artist) documents(o Office) []documents.Document {
	if len(slices.Collect(companiesIn(o))) == 0 {
		return nil
	}
	parts := many(a, "documents", 0, len(papers), func(a artist) documents.Parts {
		d, _ := a.document(o, papers[0], anyStage)
		return d.Parts()
	})
	list := make([]documents.Document, len(parts))
	for i, p := range parts {
		p.ID = papers[i]
		list[i] = a.made(p)
	}
	return list
}

// made is a document of drawn parts.
func (a artist) made(p documents.Parts) documents.Document {
	d, err := documents.New(p)
	if err != nil {
		a.Fatalf("policytest drew parts that are no document: %v", err)
	}
	return d
}

// aim is the stage that a document is drawn at, or that a route is pending on it.
type aim uint8

const (
	anyStage aim = iota
	atTagging
	atBooking
	atRoute
)

// document draws a document; false where the office can have none.
func (a artist) document(o Office, id documents.ID, to aim) (documents.Document, bool) {
	company := among(a, "company", noCompany, slices.Collect(companiesIn(o)))
	if company == noCompany {
		return documents.Document{}, false
	}
	p := documents.Parts{ID: id, Company: company, DeliveredBy: a.deliverer(o)}
	if to == anyStage {
		to = one(a, "stage", atTagging, atBooking, atRoute, anyStage)
	}
	switch to {
	case atTagging:
		p.Stage, p.Route = documents.Tagging, a.route(o, company, false)
	case atBooking:
		p.Stage, p.Route = documents.Booking, a.route(o, company, false)
	case atRoute:
		p.Stage, p.Route = one(a, "while", documents.Authorisation, documents.Archived), a.route(o, company, true)
	case anyStage:
		p.Stage, p.Route = documents.Archived, a.route(o, company, false)
	}
	p.Assigned = documents.NeverAssigned
	if !p.Route.IsZero() || a.oneIn(3, "assigned before") {
		p.Assigned = documents.EverAssigned
	}
	return a.made(p), true
}

// deliverer draws somebody who delivered: a user who may, a user, a deleted user.
func (a artist) deliverer(o Office) users.ID {
	var clients, all []users.ID
	for u := range o.Office().Users() {
		if all = append(all, u.ID); u.Roles.Delivers() {
			clients = append(clients, u.ID)
		}
	}
	if len(clients) > 0 && a.coin("by a client") {
		return one(a, "delivered by", clients...)
	}
	for d := range o.Office().DeletedUsers() {
		all = append(all, d.ID)
	}
	return one(a, "delivered by", all...)
}

// route draws a route on which somebody is in turn, or nobody is: one that is
// finished, rejected or none.
func (a artist) route(o Office, company companies.ID, pending bool) documents.Route {
	var steps []documents.Step
	if !pending && a.coin("no route") {
		return documents.Route{}
	}
	for range a.upTo(0, 2, "approved before") {
		steps = append(steps, documents.Step{Authoriser: a.authoriser(o, company, true), Outcome: documents.Approved})
	}
	switch {
	case pending:
		for range a.upTo(1, 2, "still to come") {
			steps = append(steps, documents.Step{Authoriser: a.authoriser(o, company, false)})
		}
	case a.coin("rejected"):
		steps = append(steps, documents.Step{Authoriser: a.authoriser(o, company, true), Outcome: documents.Rejected, Comment: "not ours"})
	}
	return documents.RouteOf(steps...)
}

// authoriser draws somebody of a route, mostly one who can authorise; history may
// name a deleted user.
func (a artist) authoriser(o Office, company companies.ID, history bool) users.ID {
	if fit := o.fitAuthorisers(company); len(fit) > 0 && !a.oneIn(4, "unfit") {
		return one(a, "authoriser", fit...)
	}
	all := idsOfUsers(o)
	if history {
		for d := range o.Office().DeletedUsers() {
			all = append(all, d.ID)
		}
	}
	return one(a, "authoriser", all...)
}
