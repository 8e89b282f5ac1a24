package floor

import (
	"slices"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// named is a question by ids: what it costs besides is to look up who asks and the
// company, or the user asked about, in maps, and to read the document as its keeper has
// it.
type named struct {
	rows         []uint64
	facts        uint64
	user, target string
	document     *namedDocument
	books        bool
}

// namedDocument is a document as its keeper has it: strings, a stage and a route.
type namedDocument struct {
	id, company, deliverer string
	stage                  uint8 // in the order of stages
	route                  []step
	everAssigned           bool
}

type step struct {
	authoriser string
	answered   bool
}

var stages = [...]string{load.Tagging, load.Authorisation, load.Booking, load.Archived}

// bits is what holds of the document, and who is in turn.
func (d *namedDocument) bits() (f uint64, turn string) {
	switch d.stage {
	case 0:
		f = tagging | openToClients
	case 2:
		f = booking
	case 3:
		f = archived
	}
	if !d.everAssigned {
		f |= openToClients
	}
	for i := range d.route {
		if !d.route[i].answered {
			return f | routePending, d.route[i].authoriser
		}
	}
	return f, ""
}

// nameAll makes the maps.
func (e *Engine) nameAll(o *load.Office) {
	e.userAt, e.companyAt = make(map[string]uint32, len(o.Users)), make(map[string]uint32, len(o.Companies))
	for i := range o.Users {
		e.userAt[o.Users[i].ID] = number(i)
	}
	for i := range o.Companies {
		e.companyAt[o.Companies[i].ID] = number(i)
	}
}

func (e *Engine) prepareNamed(w *load.Workload, qs []load.Question) func(i int) bool {
	docs := make([]namedDocument, min(load.Asked, len(w.Documents)))
	for i := range docs {
		d := &w.Documents[i]
		docs[i] = namedDocument{
			id: d.ID, company: w.Office.Companies[d.Company].ID, deliverer: w.Office.Users[d.DeliveredBy].ID,
			stage: uint8(slices.Index(stages[:], d.Stage)), everAssigned: d.EverAssigned, //nolint:gosec // one of four
		}
		if d.InTurn >= 0 {
			docs[i].route = []step{{authoriser: w.Office.Users[d.InTurn].ID}}
		}
	}
	asked := make([]named, len(qs))
	for i, q := range qs {
		asked[i] = named{rows: rows[q.Action], user: w.Office.Users[q.User].ID, facts: when(q.Fit, fit)}
		if q.Action == load.UserView {
			asked[i].target = w.Office.Users[q.Target].ID
		} else {
			asked[i].document = &docs[q.Document]
			asked[i].books = q.Action == load.Book || q.Action == load.ChangeBankDetails
		}
	}
	return func(i int) bool { return e.checkNamed(&asked[i]) }
}

func (e *Engine) checkNamed(q *named) bool {
	at, ok := e.userAt[q.user]
	if !ok {
		return false
	}
	u := &e.users[at]
	f := u.facts | q.facts
	if q.document == nil {
		target, ok := e.userAt[q.target]
		return ok && holds(f|e.onUser(u, at, target), q.rows)
	}
	d := q.document
	company, ok := e.companyAt[d.company]
	if !ok {
		return false
	}
	own, turn := d.bits()
	f |= own
	if d.deliverer == q.user {
		f |= delivered
	}
	if turn == q.user {
		f |= inTurn
	}
	if e.has(u.reach, company) {
		f |= access
	}
	if q.books && e.has(u.books, company) {
		f |= bookable
	}
	return holds(f, q.rows)
}
