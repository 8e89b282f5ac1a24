package documents

import (
	"errors"
	"fmt"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/users"
)

// ErrMove is what every MoveError wraps: the document cannot move so, whoever
// asks.
var ErrMove = errors.New("the document cannot move so")

// MoveError says why a document cannot move.
type MoveError struct {
	Move     string // the move, by the name of its action's last word: "tag"
	Document ID
	Found    string // what stood in the way
	Expected string // what the move takes
}

// Error reads `tag "inv-1": found stage booking, expected stage tagging`.
func (e *MoveError) Error() string {
	return fmt.Sprintf("%s %q: found %s, expected %s", e.Move, e.Document, e.Found, e.Expected)
}

// Unwrap makes errors.Is(err, ErrMove) true.
func (*MoveError) Unwrap() error { return ErrMove }

// Deliver is a new document, ready for tagging. Source: ROLES.
func Deliver(id ID, company companies.ID, by users.ID) (Document, error) {
	return New(Parts{ID: id, Company: company, DeliveredBy: by, Stage: Tagging, Assigned: NeverAssigned})
}

// Tag passes a document on without authorisers: tagging to booking.
func (d *Document) Tag() (Document, error) {
	return d.from("tag", Tagging, func(p *Parts) { p.Stage = Booking })
}

// Assign sends a document past authorisers, in order, each named once and at
// least one: tagging to authorisation. Source: ROLES.
func (d *Document) Assign(authorisers ...users.ID) (Document, error) {
	if err := d.named("assign", authorisers); err != nil {
		return Document{}, err
	}
	return d.from("assign", Tagging, func(p *Parts) {
		p.Stage, p.Route, p.Assigned = Authorisation, RoutePast(authorisers...), EverAssigned
	})
}

// StartRoute runs a route on an archived document: authorisation after booking,
// which the accounting software starts. The document stays archived. It takes
// a document on which no route is pending.
func (d *Document) StartRoute(authorisers ...users.ID) (Document, error) {
	const move = "start_route"
	if err := d.named(move, authorisers); err != nil {
		return Document{}, err
	}
	if d.Route().IsPending() {
		return Document{}, d.refuse(move, "a pending route", "no pending route")
	}
	return d.from(move, Archived, func(p *Parts) {
		p.Route, p.Assigned = RoutePast(authorisers...), EverAssigned
	})
}

// Approve is the word of the authoriser in turn. The last approval sends the
// document to booking; an archived one stays archived. Source: ROLES, SETTINGS.
func (d *Document) Approve(by users.ID) (Document, error) {
	return d.inTurn("approve", by, func(p *Parts) {
		p.Route = p.Route.answer(Approved, "")
		if !p.Route.IsPending() && p.Stage == Authorisation {
			p.Stage = Booking
		}
	})
}

// Reject is the word of the authoriser in turn, with a comment. It ends the
// route: the document returns to tagging; an archived one stays archived.
// Source: SETTINGS.
func (d *Document) Reject(by users.ID, comment string) (Document, error) {
	if Blank(comment) {
		return Document{}, d.refuse("reject", "no comment", "a comment: every rejection needs one")
	}
	return d.inTurn("reject", by, func(p *Parts) {
		p.Route = p.Route.answer(Rejected, comment)
		p.Stage = p.Stage.routeBegan()
	})
}

// Reassign has others take over from the authoriser in turn, in order, each
// named once and at least one. Who was to follow still follows. Source: ROLES.
func (d *Document) Reassign(authorisers ...users.ID) (Document, error) {
	if err := d.named("reassign", authorisers); err != nil {
		return Document{}, err
	}
	return d.pending("reassign", func(p *Parts) { p.Route = p.Route.reassign(authorisers) })
}

// Withdraw ends the route and returns the document to where the route began:
// tagging, or the archive. It stays ever assigned. Source: ROLES; DERIVED.
func (d *Document) Withdraw() (Document, error) {
	return d.pending("withdraw", func(p *Parts) {
		p.Route = Route{}
		p.Stage = p.Stage.routeBegan()
	})
}

// Return sends a document back from booking to tagging. DERIVED.
func (d *Document) Return() (Document, error) {
	return d.from("return", Booking, func(p *Parts) { p.Stage = Tagging })
}

// Book archives a document: booking to archived. Source: ROLES.
func (d *Document) Book() (Document, error) {
	return d.from("book", Booking, func(p *Parts) { p.Stage = Archived })
}

// Split makes documents of a document's pages, one for each id, at least two
// and each once. They keep who delivered it and whether it was ever assigned.
func (d *Document) Split(ids ...ID) ([]Document, error) {
	if len(ids) < 2 || repeats(ids) {
		return nil, d.refuse("split", fmt.Sprintf("%d ids %q", len(ids), ids), "two or more ids, each once")
	}
	parts := make([]Document, 0, len(ids))
	for _, id := range ids {
		if !ident.OK(string(id)) {
			return nil, d.refuse("split", fmt.Sprintf("%q", id), ident.Expected)
		}
		part, err := d.from("split", Tagging, func(p *Parts) { p.ID = id })
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// Merge makes one document of two or more, under the first one's id. They are
// ready for tagging, and of one company and one deliverer, or a restricted user
// would gain or lose pages (DERIVED). The whole was ever assigned when a part was.
func (d *Document) Merge(others ...Document) (Document, error) {
	if len(others) == 0 {
		return Document{}, d.refuse("merge", "nothing to merge with", "at least one other document")
	}
	whole, err := d.from("merge", Tagging, func(*Parts) {})
	if err != nil {
		return Document{}, err
	}
	seen := []ID{d.id}
	for i := range others {
		other := &others[i]
		if _, err := other.from("merge", Tagging, func(*Parts) {}); err != nil {
			return Document{}, err
		}
		if slices.Contains(seen, other.id) {
			return Document{}, other.refuse("merge", "this document twice", "each document once")
		}
		if !d.MergesWith(other) {
			return Document{}, other.refuse("merge", "another company or deliverer",
				"documents of one company and one deliverer")
		}
		seen = append(seen, other.id)
		whole.assigned = whole.assigned.or(other.assigned)
	}
	return whole, nil
}

// MergesWith says whether two documents could be one: both of one company and
// of one deliverer, as far as told; what is not told fits nothing.
func (d *Document) MergesWith(other *Document) bool {
	return d.company != "" && d.company == other.company &&
		d.deliveredBy != "" && d.deliveredBy == other.deliveredBy
}

// routeBegan is where a document returns to when its route ends without an
// approval. A stage that was not told stays so: it may have been the archive.
func (s Stage) routeBegan() Stage {
	if s == Authorisation {
		return Tagging
	}
	return s
}

func (d *Document) from(move string, stage Stage, change func(*Parts)) (Document, error) {
	if d.stage != stage {
		return Document{}, d.refuse(move, "stage "+d.stage.String(), "stage "+stage.String())
	}
	return d.changed(change), nil
}

func (d *Document) pending(move string, change func(*Parts)) (Document, error) {
	if !d.Route().IsPending() {
		return Document{}, d.refuse(move, "no pending route", "a pending route")
	}
	return d.changed(change), nil
}

func (d *Document) inTurn(move string, by users.ID, change func(*Parts)) (Document, error) {
	if turn := d.InTurn(); turn == "" || turn != by {
		return Document{}, d.refuse(move, fmt.Sprintf("%q", by), fmt.Sprintf("the authoriser in turn, %q", turn))
	}
	return d.changed(change), nil
}

func (d *Document) changed(change func(*Parts)) Document {
	p := d.Parts()
	change(&p)
	return documentOf(p)
}

func (d *Document) named(move string, authorisers []users.ID) error {
	malformed := func(id users.ID) bool { return !ident.OK(string(id)) }
	if len(authorisers) == 0 || repeats(authorisers) || slices.ContainsFunc(authorisers, malformed) {
		return d.refuse(move, fmt.Sprintf("authorisers %q", authorisers), "at least one authoriser, each named once by an id")
	}
	return nil
}

func (d *Document) refuse(move, found, expected string) error {
	return &MoveError{Move: move, Document: d.id, Found: found, Expected: expected}
}

func repeats[T comparable](list []T) bool {
	for i, v := range list {
		if slices.Contains(list[:i], v) {
			return true
		}
	}
	return false
}
