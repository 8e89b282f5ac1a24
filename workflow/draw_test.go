package workflow_test

import (
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// Whoever may come by: users of the office, tom who was deleted, and a stranger.
var (
	everybody = []users.ID{"rosa", "bram", "sam", "ada", "anna", "bob", "carla", "dirk", "erik", "tom", "stranger"}
	places    = []companies.ID{"bakery", "bakery", "florist", "nowhere"}
)

// drawOffice draws an office like the usual one, in which some have other roles,
// another reach, an end date or no link.
func drawOffice(t *rapid.T) offices.Office {
	p := usual()
	for i := range p.Users {
		if rapid.IntRange(0, 3).Draw(t, "as usual") == 0 {
			drawUser(t, &p.Users[i])
		}
		p.Users[i].Used = rapid.Bool().Draw(t, "used")
	}
	if rapid.IntRange(0, 3).Draw(t, "links") == 0 {
		p.Links = slices.DeleteFunc(p.Links, func(sync.Link) bool { return rapid.Bool().Draw(t, "unlinked") })
		for i := range p.Links {
			p.Links[i].Verified = rapid.Bool().Draw(t, "verified")
		}
	}
	return must(offices.New(p))
}

func drawUser(t *rapid.T, u *users.User) {
	u.Roles = roles.SetOf(rapid.SliceOfN(rapid.SampledFrom(roles.All()), 1, 3).Draw(t, "roles")...)
	u.Access = users.AccessTo(rapid.SliceOfN(rapid.SampledFrom(places[:3]), 0, 3).Draw(t, "access")...)
	u.EndDate = rapid.SampledFrom([]users.Date{{}, {}, {}, date("2026-11-22"), date("2026-11-24")}).Draw(t, "end date")
}

// drawPaper draws a document at any stage, delivered by anybody: also by somebody
// who was deleted, or whom nobody knows.
func drawPaper(t *rapid.T, id documents.ID) paper {
	p := paper{
		ID:      id,
		Company: rapid.SampledFrom([]companies.ID{"bakery", "bakery", "bakery", "bakery", "florist", "nowhere"}).Draw(t, "company"),
		By:      rapid.SampledFrom([]users.ID{"dirk", "dirk", "dirk", "carla", "anna", "bram", "tom", "stranger"}).Draw(t, "deliverer"),
		Stage: rapid.SampledFrom([]documents.Stage{
			documents.Tagging, documents.Tagging, documents.Authorisation, documents.Authorisation, documents.Booking, documents.Archived,
		}).Draw(t, "stage"),
		Steps: []documents.Step{},
		Ever:  rapid.Bool().Draw(t, "ever assigned"),
	}
	routes := [][]documents.Step{{}, {approved("anna")}, {rejected("anna"), pending("bob")}, {rejected("bob")}, {approved("bob"), {Authoriser: "anna", Outcome: documents.Rejected}}}
	pendings := [][]documents.Step{{pending("anna")}, {approved("anna"), pending("bob")}, {pending("bob"), pending("anna")}, {pending("tom")}}
	switch p.Stage {
	case documents.Authorisation:
		routes = pendings
	case documents.Archived:
		routes = append(routes, pendings...)
	default:
	}
	p.Steps = slices.Clone(rapid.SampledFrom(routes).Draw(t, "route"))
	p.Ever = p.Ever || len(p.Steps) > 0
	return p
}

func (p paper) document() documents.Document {
	assigned := documents.NeverAssigned
	if p.Ever {
		assigned = documents.EverAssigned
	}
	return must(documents.New(documents.Parts{
		ID: p.ID, Company: p.Company, DeliveredBy: p.By, Stage: p.Stage, Route: documents.RouteOf(p.Steps...), Assigned: assigned,
	}))
}

// draw draws a command on a document that there is.
func (m *machine) draw(t *rapid.T) workflow.Command {
	return m.drawOne(t, rapid.SampledFrom(workflow.CommandNames()).Draw(t, "command"))
}

func (m *machine) drawOne(t *rapid.T, name string) workflow.Command {
	id := m.drawID(t, "document")
	authorisers := changes.ListOf(rapid.SliceOfN(rapid.SampledFrom([]users.ID{"anna", "bob", "carla", "anna", "bob", "tom"}), 0, 3).Draw(t, "authorisers")...)
	switch name {
	case "document.upload":
		return workflow.Upload{Document: m.chooseID(), Company: rapid.SampledFrom(places).Draw(t, "company")}
	case "document.split":
		into := []documents.ID{m.chooseID(), m.chooseID(), id, "doc-1", m.chooseID()}
		return workflow.Split{Document: id, Into: changes.ListOf(rapid.SliceOfN(rapid.SampledFrom(into), 1, 3).Draw(t, "into")...)}
	case "document.merge":
		with := make([]documents.ID, rapid.SampledFrom([]int{1, 1, 2, 1, 0}).Draw(t, "number"))
		for i := range with {
			with[i] = m.drawPart(t, id)
		}
		return workflow.Merge{Document: id, With: changes.ListOf(with...)}
	case "document.tag":
		return workflow.Tag{Document: id}
	case "document.assign":
		return workflow.Assign{Document: id, Authorisers: authorisers}
	case "document.approve":
		return workflow.Approve{Document: id}
	case "document.reject":
		return workflow.Reject{Document: id, Comment: rapid.SampledFrom([]string{"", " \n", "not ours", "twice"}).Draw(t, "comment")}
	case "document.reassign":
		return workflow.Reassign{Document: m.drawPending(t, id), Authorisers: authorisers}
	case "document.withdraw":
		return workflow.Withdraw{Document: id}
	case "document.return":
		return workflow.Return{Document: id}
	default:
		return workflow.Book{Document: id}
	}
}

func (m *machine) drawID(t *rapid.T, label string) documents.ID {
	known := slices.Sorted(maps.Keys(m.shelf))
	if len(known) == 0 {
		known = append(known, m.chooseID())
		m.keep(drawPaper(t, known[0]))
		m.first[known[0]], m.last[known[0]] = m.shelf[known[0]], m.shelf[known[0]]
	}
	return rapid.SampledFrom(known).Draw(t, label)
}

// drawPending draws a document that is with an authoriser, if there is any.
func (m *machine) drawPending(t *rapid.T, otherwise documents.ID) documents.ID {
	list := []documents.ID{otherwise}
	for _, id := range slices.Sorted(maps.Keys(m.model)) {
		if m.model[id].turn() >= 0 {
			list = append(list, id, id)
		}
	}
	return rapid.SampledFrom(list).Draw(t, "pending")
}

// drawPart draws what to merge a document with: more often than not one that fits.
func (m *machine) drawPart(t *rapid.T, id documents.ID) documents.ID {
	whole := m.model[id]
	var fitting []documents.ID
	for _, other := range slices.Sorted(maps.Keys(m.model)) {
		p := m.model[other]
		if other != id && p.Company == whole.Company && p.By == whole.By && p.Stage == whole.Stage {
			fitting = append(fitting, other)
		}
	}
	if len(fitting) == 0 || rapid.IntRange(0, 3).Draw(t, "any other") == 0 {
		return m.drawID(t, "with")
	}
	return rapid.SampledFrom(fitting).Draw(t, "with")
}

// documentOf is the document that a command names.
func documentOf(c workflow.Command) documents.ID {
	switch c := c.(type) {
	case workflow.Upload:
		return c.Document
	case workflow.Split:
		return c.Document
	case workflow.Merge:
		return c.Document
	case workflow.Tag:
		return c.Document
	case workflow.Assign:
		return c.Document
	case workflow.Approve:
		return c.Document
	case workflow.Reject:
		return c.Document
	case workflow.Reassign:
		return c.Document
	case workflow.Withdraw:
		return c.Document
	case workflow.Return:
		return c.Document
	case workflow.Book:
		return c.Document
	}
	panic("no such command")
}

// resourceOf and withOf are what the policy is asked for a command.
func resourceOf(c workflow.Command, d *documents.Document) policy.Resource {
	if upload, ok := c.(workflow.Upload); ok {
		return policy.OfCompany(upload.Company)
	}
	return policy.OfDocument(d)
}

func withOf(c workflow.Command, others []documents.Document) *policy.With {
	w := &policy.With{}
	switch c := c.(type) {
	case workflow.Merge:
		for id := range c.With.All() {
			i := slices.IndexFunc(others, func(d documents.Document) bool { return d.ID() == id })
			w.Documents = append(w.Documents, &others[i])
		}
	case workflow.Assign:
		w.Authorisers = append([]users.ID{}, c.Authorisers.Slice()...)
	case workflow.Reassign:
		w.Authorisers = append([]users.ID{}, c.Authorisers.Slice()...)
	case workflow.Reject:
		w.Comment = c.Comment
	}
	return w
}
