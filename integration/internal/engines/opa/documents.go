package opa

import (
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// group is documents by id that one thing opens.
type group = map[string]ast.Object

// documentsOf keeps the first documents by company and by what opens them.
func documentsOf(w *load.Workload, n int) ast.Object {
	made := make([]companyDocuments, len(w.Office.Companies))
	for i := range w.Documents[:n] {
		d := &w.Documents[i]
		made[d.Company].add(w, d)
	}
	documents := ast.NewObject()
	for i, c := range w.Office.Companies {
		documents.Insert(ast.StringTerm(c.ID), ast.NewTerm(made[i].object()))
	}
	return documents
}

// companyDocuments is the documents of one company.
type companyDocuments struct{ groups, openOf, inTurn group }

func (c *companyDocuments) add(w *load.Workload, d *load.Document) {
	if c.groups == nil {
		*c = companyDocuments{group{}, group{}, group{}}
	}
	id := ast.StringTerm(d.ID)
	if isOpen(d) {
		put(c.groups, "open", id)
		put(c.openOf, w.Office.Users[d.DeliveredBy].ID, id)
	}
	if d.Stage == load.Booking || d.Stage == load.Archived {
		put(c.groups, d.Stage, id)
	}
	if d.InTurn >= 0 {
		put(c.groups, "pending", id)
		put(c.inTurn, w.Office.Users[d.InTurn].ID, id)
	}
}

func put(in group, key string, id *ast.Term) {
	if in[key] == nil {
		in[key] = ast.NewObject()
	}
	in[key].Insert(id, yes)
}

func (c *companyDocuments) object() ast.Object {
	made := objectOf(c.groups)
	made.Insert(ast.InternedTerm("open_of"), ast.NewTerm(objectOf(c.openOf)))
	made.Insert(ast.InternedTerm("in_turn"), ast.NewTerm(objectOf(c.inTurn)))
	return made
}

func objectOf(g group) ast.Object {
	made := ast.NewObject()
	for key, ids := range g {
		made.Insert(ast.StringTerm(key), ast.NewTerm(ids))
	}
	return made
}

// number is the value of a query for a number; 0 where it has none.
func (q *query) number(input ast.Value) int {
	number, ok := q.ask(input).(json.Number)
	if !ok {
		return 0
	}
	n, err := number.Int64()
	if err != nil {
		return 0
	}
	return int(n)
}
