package workflow

import (
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// What authorisers, those who administer them and those who book do.

// Approve is the word of the authoriser in turn: the next one is in turn or, after
// the last, the document goes on to be booked. Source: ROLES, SETTINGS.
type Approve struct{ Document documents.ID }

// Name is "document.approve".
func (Approve) Name() string { return policy.DocumentApprove.String() }

func (c *Approve) fields(f *fields.Coder) { fields.Need(f, "document", &c.Document, documentID) }

func (c Approve) do(m *move) {
	m.change(c.Document, policy.DocumentApprove, nil, func() (documents.Document, error) {
		return m.doc.Approve(m.actor)
	})
}

// Reject is the word of the authoriser in turn, with a comment: the route ends and
// the document is to be tagged anew. Source: SETTINGS.
type Reject struct {
	Document documents.ID
	Comment  string // why, in words
}

// Name is "document.reject".
func (Reject) Name() string { return policy.DocumentReject.String() }

func (c *Reject) fields(f *fields.Coder) {
	fields.Need(f, "document", &c.Document, documentID)
	fields.Need(f, "comment", &c.Comment, fields.Prose())
}

func (c Reject) do(m *move) {
	m.change(c.Document, policy.DocumentReject, &policy.With{Comment: c.Comment}, func() (documents.Document, error) {
		return m.doc.Reject(m.actor, c.Comment)
	})
}

// Reassign has others take over from the authoriser in turn, in order. Whoever was
// to follow still follows. Source: ROLES.
type Reassign struct {
	Document    documents.ID
	Authorisers changes.List[users.ID]
}

// Name is "document.reassign".
func (Reassign) Name() string { return policy.DocumentReassign.String() }

func (c *Reassign) fields(f *fields.Coder) {
	fields.Need(f, "document", &c.Document, documentID)
	fields.Need(f, "authorisers", &c.Authorisers, userIDs)
}

func (c Reassign) do(m *move) {
	with := policy.With{Authorisers: named(c.Authorisers)}
	m.change(c.Document, policy.DocumentReassign, &with, func() (documents.Document, error) {
		return m.doc.Reassign(with.Authorisers...)
	})
}

// Withdraw ends the route that is pending: the document is to be tagged anew, or
// stays in the archive where the route ran there. Source: ROLES, DERIVED.
type Withdraw struct{ Document documents.ID }

// Name is "document.withdraw".
func (Withdraw) Name() string { return policy.DocumentWithdraw.String() }

func (c *Withdraw) fields(f *fields.Coder) { fields.Need(f, "document", &c.Document, documentID) }

func (c Withdraw) do(m *move) { m.change(c.Document, policy.DocumentWithdraw, nil, m.doc.Withdraw) }

// Return sends a document that is to be booked back to be tagged anew. DERIVED.
type Return struct{ Document documents.ID }

// Name is "document.return".
func (Return) Name() string { return policy.DocumentReturn.String() }

func (c *Return) fields(f *fields.Coder) { fields.Need(f, "document", &c.Document, documentID) }

func (c Return) do(m *move) { m.change(c.Document, policy.DocumentReturn, nil, m.doc.Return) }

// Book archives a document that is to be booked. Source: ROLES, SETTINGS.
type Book struct{ Document documents.ID }

// Name is "document.book".
func (Book) Name() string { return policy.DocumentBook.String() }

func (c *Book) fields(f *fields.Coder) { fields.Need(f, "document", &c.Document, documentID) }

func (c Book) do(m *move) { m.change(c.Document, policy.DocumentBook, nil, m.doc.Book) }
