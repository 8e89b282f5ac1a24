package officefile

import (
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// What a reference that leads nowhere is told it should have been.
const (
	expectedCompany  = "a company of this office"
	expectedUser     = "a user of this office"
	expectedEverUser = "a user or a deleted user of this office"
)

// known is what documents and acknowledgements can refer to. It does without an
// office, which there is none of where something else in the file is wrong.
type known struct {
	companies map[companies.ID]bool
	users     map[users.ID]bool
	deleted   map[users.ID]bool
}

func knownIn(p offices.Parts) known {
	k := known{
		make(map[companies.ID]bool, len(p.Companies)),
		make(map[users.ID]bool, len(p.Users)),
		make(map[users.ID]bool, len(p.Deleted)),
	}
	for _, c := range p.Companies {
		k.companies[c.ID] = true
	}
	for i := range p.Users {
		k.users[p.Users[i].ID] = true
	}
	for _, u := range p.Deleted {
		k.deleted[u.ID] = true
	}
	return k
}

func (r *reader) everUser(id users.ID) bool { return r.known.users[id] || r.known.deleted[id] }

// allDocuments are the documents, complete only where nothing is wrong with any.
func (r *reader) allDocuments() []documents.Document {
	all := make([]documents.Document, 0, len(r.documents))
	first := make(map[documents.ID]int, len(r.documents))
	for i := range r.documents {
		at, entry := problems.At("documents", i), &r.documents[i]
		doc, err := documents.New(entry.domain())
		r.documentProblems(at, entry, err)
		r.documentReferences(at, entry)
		if j, twice := first[entry.ID]; twice {
			r.problem(at+".id", &problems.Problem{
				Found: problems.Quote(string(entry.ID)), Expected: "an id that " + problems.At("documents", j) + " does not have",
			})
		} else {
			first[entry.ID] = i
		}
		all = append(all, doc)
	}
	return all
}

// domain is the document's parts. One that is silent about a route has had none.
func (entry *document) domain() documents.Parts {
	p := entry.Parts
	p.Route = documents.RouteOf(entry.route.steps...)
	if p.Assigned == 0 && p.Route.IsZero() {
		p.Assigned = documents.NeverAssigned
	}
	return p
}

func (r *reader) documentProblems(at string, entry *document, err error) {
	for _, p := range problems.All(err) {
		aboutOutcomes := p.Path == "stage" || strings.HasSuffix(p.Path, ".comment")
		if aboutOutcomes && entry.route.unsound {
			continue
		}
		r.problem(problems.Join(at, p.Path), p)
	}
}

func (r *reader) documentReferences(at string, entry *document) {
	if !r.known.companies[entry.Company] {
		r.FaultAt(at+".company", problems.Quote(string(entry.Company)), expectedCompany)
	}
	if !r.everUser(entry.DeliveredBy) {
		r.FaultAt(at+".delivered_by", problems.Quote(string(entry.DeliveredBy)), expectedEverUser)
	}
	for i, step := range entry.route.steps {
		r.authoriser(problems.Join(at, problems.At("route", i)), step)
	}
}

// authoriser wants the authoriser of a step to exist. History may name a deleted
// user; a step that waits for somebody may not.
func (r *reader) authoriser(at string, step documents.Step) {
	found, expected := problems.Quote(string(step.Authoriser)), expectedUser
	switch {
	case r.known.users[step.Authoriser]:
		return
	case step.Outcome != documents.Pending:
		expected = expectedEverUser
		if r.known.deleted[step.Authoriser] {
			return
		}
	case r.known.deleted[step.Authoriser]:
		found += ", a deleted user"
		expected += ": the step is pending"
	}
	r.FaultAt(at+".authoriser", found, expected)
}
