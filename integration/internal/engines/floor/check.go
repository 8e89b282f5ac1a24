package floor

import "github.com/mandaat/mandaat/integration/internal/load"

// question is a question in numbers and masks.
type question struct {
	rows     []uint64
	facts    uint64 // of what it is asked with
	user     uint32
	document *document
	target   uint32
	books    bool
}

// Prepare turns questions into numbers and masks.
func (e *Engine) Prepare(w *load.Workload, qs []load.Question) (func(i int) bool, error) {
	if e.ByIDs {
		return e.prepareNamed(w, qs), nil
	}
	docs := documentsOf(w, min(load.Asked, len(w.Documents)))
	asked := make([]question, len(qs))
	for i, q := range qs {
		made := question{rows: rows[q.Action], user: number(q.User), facts: when(q.Fit, fit)}
		if q.Action == load.UserView {
			made.target = number(q.Target)
		} else {
			made.document = &docs[q.Document]
			made.books = q.Action == load.Book || q.Action == load.ChangeBankDetails
		}
		asked[i] = made
	}
	return func(i int) bool { return e.check(&asked[i]) }, nil
}

func documentsOf(w *load.Workload, n int) []document {
	docs := make([]document, n)
	for i := range docs {
		docs[i] = documentOf(&w.Documents[i])
	}
	return docs
}

func (e *Engine) check(q *question) bool {
	u := &e.users[q.user]
	f := u.facts | q.facts
	if q.document != nil {
		f |= e.onDocument(u, q.user, q.document)
		if q.books && e.has(u.books, q.document.company) {
			f |= bookable
		}
	} else {
		f |= e.onUser(u, q.user, q.target)
	}
	return holds(f, q.rows)
}

func holds(f uint64, rows []uint64) bool {
	for _, needs := range rows {
		if f&needs == needs {
			return true
		}
	}
	return false
}

func (e *Engine) onDocument(u *user, at uint32, d *document) uint64 {
	f := uint64(d.bits)
	if d.deliverer == at {
		f |= delivered
	}
	if d.turn == at {
		f |= inTurn
	}
	if e.has(u.reach, d.company) {
		f |= access
	}
	return f
}

func (e *Engine) onUser(u *user, at, target uint32) uint64 {
	t := &e.users[target]
	switch {
	case at == target:
		return t.seen | self
	case u.facts&(sme|administrator) != 0 && e.share(u, t):
		return t.seen | shares
	}
	return t.seen
}

// share tests the companies of the one who has fewer against the bits of the other.
func (e *Engine) share(a, b *user) bool {
	if len(a.list) > len(b.list) {
		a, b = b, a
	}
	for _, c := range a.list {
		if e.has(b.reach, c) {
			return true
		}
	}
	return false
}

// List goes through the documents.
func (e *Engine) List(w *load.Workload, n int) (func(user int) int, error) {
	docs := documentsOf(w, n)
	masks := rows[load.View]
	return func(user int) (count int) {
		at := number(user)
		u := &e.users[at]
		for i := range docs {
			if holds(u.facts|fit|e.onDocument(u, at, &docs[i]), masks) {
				count++
			}
		}
		return count
	}, nil
}

// Close has nothing to free.
func (e *Engine) Close() error { return nil }
