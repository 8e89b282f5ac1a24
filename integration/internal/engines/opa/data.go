package opa

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// data is what the store holds: users and companies by id, and once more the
// users who are active.
type data struct{ users, active, companies ast.Object }

// maker makes the users, and shares among them what they have in common.
type maker struct {
	office *load.Office
	ids    []*ast.Term // of the companies
	all    *ast.Term   // every company
	of     []*ast.Term // of each system, its companies
}

var yes = ast.BooleanTerm(true)

func item(key string, value *ast.Term) [2]*ast.Term { return ast.Item(ast.InternedTerm(key), value) }

func text(key, value string) [2]*ast.Term { return item(key, ast.StringTerm(value)) }

func dataOf(o *load.Office) data {
	m := maker{office: o}
	made := data{
		ast.NewObjectWithCapacity(len(o.Users)), ast.NewObjectWithCapacity(len(o.Users)),
		ast.NewObjectWithCapacity(len(o.Companies)),
	}
	bySystem := make([][]int, len(o.Systems))
	for i, c := range o.Companies {
		m.ids = append(m.ids, ast.StringTerm(c.ID))
		bySystem[c.System] = append(bySystem[c.System], i)
		made.companies.Insert(m.ids[i], ast.ObjectTerm(text("system", o.Systems[c.System].ID)))
	}
	for _, companies := range bySystem {
		m.of = append(m.of, m.set(companies))
	}
	for i := range o.Users {
		id, user := ast.StringTerm(o.Users[i].ID), m.user(&o.Users[i])
		made.users.Insert(id, user)
		if o.Users[i].Active {
			made.active.Insert(id, user)
		}
	}
	return made
}

// user makes an object that has just what is true of the user.
func (m *maker) user(u *load.User) *ast.Term {
	made := ast.NewObject(item("companies", m.reach(u.Companies)), item("verified_links", m.links(u.Links)))
	for _, r := range u.Roles {
		made.Insert(ast.InternedTerm(r), yes)
	}
	for fact, holds := range factsOf(u) {
		if holds {
			made.Insert(ast.InternedTerm(fact), yes)
		}
	}
	return ast.NewTerm(made)
}

// factsOf is what the policy asks of a user besides the roles.
func factsOf(u *load.User) map[string]bool {
	is := func(roles ...string) bool {
		return slices.ContainsFunc(u.Roles, func(r string) bool { return slices.Contains(roles, r) })
	}
	senior := is("super_user", "accountant", "sme_accountant")
	return map[string]bool{
		"archive":                u.Archive,
		"bank":                   u.Bank,
		"booker":                 is("accountant", "sme_accountant"),
		"senior":                 senior,
		"client_side":            !senior && is("client_user", "restricted_client_user"),
		"seen_by_administrators": is("authoriser") || !senior && !is("authorisation_administrator"),
	}
}

// reach is the companies of a user; those who reach all share one object.
func (m *maker) reach(companies []int) *ast.Term {
	if len(companies) < len(m.ids) {
		return m.set(companies)
	}
	if m.all == nil {
		m.all = m.set(companies)
	}
	return m.all
}

// links is the verified ones: of each system, the companies reached there.
func (m *maker) links(links []load.Link) *ast.Term {
	made := ast.NewObject()
	for _, l := range links {
		switch system := ast.StringTerm(m.office.Systems[l.System].ID); {
		case !l.Verified:
		case l.Reach == nil:
			made.Insert(system, m.of[l.System])
		default:
			made.Insert(system, m.set(l.Reach))
		}
	}
	return ast.NewTerm(made)
}

func (m *maker) set(companies []int) *ast.Term {
	made := ast.NewObjectWithCapacity(len(companies))
	for _, c := range companies {
		made.Insert(m.ids[c], yes)
	}
	return ast.NewTerm(made)
}

// inputOf is a question with what the policy asks about its document.
func inputOf(w *load.Workload, q *load.Question) ast.Value {
	made := ast.NewObject(text("user", w.Office.Users[q.User].ID), text("action", q.Action), item("fit", ast.BooleanTerm(q.Fit)))
	if q.Target >= 0 {
		made.Insert(ast.InternedTerm("target"), ast.StringTerm(w.Office.Users[q.Target].ID))
	}
	if q.Document < 0 {
		return made
	}
	d := &w.Documents[q.Document]
	made.Insert(ast.InternedTerm("company"), ast.StringTerm(w.Office.Companies[d.Company].ID))
	made.Insert(ast.InternedTerm("stage"), ast.InternedTerm(d.Stage))
	made.Insert(ast.InternedTerm("open"), ast.BooleanTerm(isOpen(d)))
	made.Insert(ast.InternedTerm("delivered_by"), ast.StringTerm(w.Office.Users[d.DeliveredBy].ID))
	if d.InTurn >= 0 {
		made.Insert(ast.InternedTerm("in_turn"), ast.StringTerm(w.Office.Users[d.InTurn].ID))
	}
	return made
}

func isOpen(d *load.Document) bool { return d.Stage == load.Tagging || !d.EverAssigned }
