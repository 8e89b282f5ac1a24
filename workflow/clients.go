package workflow

import (
	"strconv"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// What the client roles do.

// Upload delivers a document to a company, ready for tagging. Source: ADD, ROLES.
type Upload struct {
	Document documents.ID // free to choose, and no other document's, now or ever
	Company  companies.ID
}

// Name is "document.upload".
func (Upload) Name() string { return policy.DocumentUpload.String() }

func (c *Upload) fields(f *fields.Coder) {
	fields.Need(f, "document", &c.Document, documentID)
	fields.Need(f, "company", &c.Company, companyID)
}

func (c Upload) do(m *move) {
	m.expectNoDocument()
	m.expectOthers()
	if m.allowed(policy.DocumentUpload, policy.OfCompany(c.Company), nil) {
		d, err := documents.Deliver(c.Document, c.Company, m.actor)
		m.became(outcome{added: []documents.Document{d}}, err)
	}
}

// Split makes documents of a document's pages, one for each id: at least two, each
// once. One of them may keep the document's own id. Source: ROLES, SETTINGS.
type Split struct {
	Document documents.ID
	Into     changes.List[documents.ID] // free to choose, as in Upload
}

// Name is "document.split".
func (Split) Name() string { return policy.DocumentSplit.String() }

func (c *Split) fields(f *fields.Coder) {
	fields.Need(f, "document", &c.Document, documentID)
	fields.Need(f, "into", &c.Into, documentIDs)
	eachOnce(f, "into", c.Into)
	if n := c.Into.Len(); n < 2 {
		f.Note("into", strconv.Itoa(n)+" documents", "two documents or more")
	}
}

func (c Split) do(m *move) {
	m.expectDocument(c.Document)
	m.expectOthers()
	if m.allowed(policy.DocumentSplit, policy.OfDocument(&m.doc), nil) {
		parts, err := m.doc.Split(c.Into.Slice()...)
		m.became(splitInto(c.Document, parts), err)
	}
}

// splitInto is what becomes of a document of which these are the parts.
func splitInto(id documents.ID, parts []documents.Document) outcome {
	o := outcome{gone: []documents.ID{id}}
	for i := range parts {
		if parts[i].ID() == id {
			o.gone, o.changed = nil, parts[i:i+1]
			continue
		}
		o.added = append(o.added, parts[i])
	}
	return o
}

// Merge makes one document of several of one company and one deliverer, under the
// id of the document it is about; the others go. Source: SETTINGS, DERIVED.
type Merge struct {
	Document documents.ID
	With     changes.List[documents.ID] // at least one, each once
}

// Name is "document.merge".
func (Merge) Name() string { return policy.DocumentMerge.String() }

func (c *Merge) fields(f *fields.Coder) {
	fields.Need(f, "document", &c.Document, documentID)
	fields.Need(f, "with", &c.With, documentIDs)
	eachOnce(f, "with", c.With, c.Document)
	if c.With.Len() == 0 {
		f.Note("with", "0 documents", "one document or more")
	}
}

func (c Merge) do(m *move) {
	m.expectDocument(c.Document)
	m.expectOthers(c.With.Slice()...)
	with := policy.With{Documents: make([]*documents.Document, len(m.others))}
	for i := range m.others {
		with.Documents[i] = &m.others[i]
	}
	if m.allowed(policy.DocumentMerge, policy.OfDocument(&m.doc), &with) {
		whole, err := m.doc.Merge(m.others...)
		m.became(outcome{changed: []documents.Document{whole}, gone: c.With.Slice()}, err)
	}
}

// Tag passes a document on to be booked, without authorisers. Source: ROLES,
// SETTINGS.
type Tag struct{ Document documents.ID }

// Name is "document.tag".
func (Tag) Name() string { return policy.DocumentTag.String() }

func (c *Tag) fields(f *fields.Coder) { fields.Need(f, "document", &c.Document, documentID) }

func (c Tag) do(m *move) { m.change(c.Document, policy.DocumentTag, nil, m.doc.Tag) }

// Assign sends a document past authorisers, in order. Source: ROLES, SETTINGS.
type Assign struct {
	Document    documents.ID
	Authorisers changes.List[users.ID]
}

// Name is "document.assign".
func (Assign) Name() string { return policy.DocumentAssign.String() }

func (c *Assign) fields(f *fields.Coder) {
	fields.Need(f, "document", &c.Document, documentID)
	fields.Need(f, "authorisers", &c.Authorisers, userIDs)
}

func (c Assign) do(m *move) {
	with := policy.With{Authorisers: named(c.Authorisers)}
	m.change(c.Document, policy.DocumentAssign, &with, func() (documents.Document, error) {
		return m.doc.Assign(with.Authorisers...)
	})
}

// named is the authorisers as the policy is asked: an empty list was given too.
func named(list changes.List[users.ID]) []users.ID { return append([]users.ID{}, list.Slice()...) }

// eachOnce notes every element that an earlier one, or one of these, already is.
func eachOnce(f *fields.Coder, key string, list changes.List[documents.ID], besides ...documents.ID) {
	seen := make(map[documents.ID]bool)
	for _, id := range besides {
		seen[id] = true
	}
	i := 0
	for id := range list.All() {
		if seen[id] {
			f.Note(problems.At(key, i), problems.Quote(string(id)), "each document once")
		}
		seen[id] = true
		i++
	}
}
