// Package plain decides as a good Go developer would write it by hand: structs
// for users and documents, maps by id, and a function for each rule. It keeps to
// string ids, gives no reasons and shares nothing with the library.
package plain

import "github.com/mandaat/mandaat/integration/internal/load"

type user struct {
	id            string
	active        bool
	roles         map[string]bool
	companies     map[string]bool
	archive, bank bool
	links         map[string]*link // by system
}

type link struct {
	verified  bool
	all       bool
	companies map[string]bool // where not all
}

type company struct{ id, system string }

type document struct {
	id, company, deliveredBy string
	stage                    string
	inTurn                   string // empty: no route is pending
	everAssigned             bool
}

// Engine is the hand-written check.
type Engine struct {
	users     map[string]*user
	companies map[string]*company
}

// Load makes the maps.
func (e *Engine) Load(w *load.Workload) error {
	o := &w.Office
	e.companies = make(map[string]*company, len(o.Companies))
	for _, c := range o.Companies {
		e.companies[c.ID] = &company{c.ID, o.Systems[c.System].ID}
	}
	all := e.idsOf(o, everything(o))
	e.users = make(map[string]*user, len(o.Users))
	for i := range o.Users {
		u := &o.Users[i]
		reach := all
		if len(u.Companies) < len(o.Companies) {
			reach = e.idsOf(o, u.Companies)
		}
		e.users[u.ID] = e.userOf(o, u, reach)
	}
	return nil
}

func everything(o *load.Office) []int {
	list := make([]int, len(o.Companies))
	for i := range list {
		list[i] = i
	}
	return list
}

func (e *Engine) userOf(o *load.Office, u *load.User, reach map[string]bool) *user {
	made := &user{
		id: u.ID, active: u.Active, companies: reach, archive: u.Archive, bank: u.Bank,
		roles: make(map[string]bool, len(u.Roles)), links: make(map[string]*link, len(u.Links)),
	}
	for _, r := range u.Roles {
		made.roles[r] = true
	}
	for _, l := range u.Links {
		made.links[o.Systems[l.System].ID] = &link{l.Verified, l.Reach == nil, e.idsOf(o, l.Reach)}
	}
	return made
}

func (e *Engine) idsOf(o *load.Office, companies []int) map[string]bool {
	ids := make(map[string]bool, len(companies))
	for _, c := range companies {
		ids[o.Companies[c].ID] = true
	}
	return ids
}

// question is a question as a service asks it: by ids, with the document at hand.
type question struct {
	user, action string
	document     *document
	other        *document // of a merger
	target       string
	comment      string
	named        []string
}

// Prepare makes the documents and the questions about them.
func (e *Engine) Prepare(w *load.Workload, qs []load.Question) (func(i int) bool, error) {
	docs := documentsOf(w, min(load.Asked, len(w.Documents)))
	asked := make([]question, len(qs))
	for i := range qs {
		asked[i] = questionOf(w, docs, &qs[i])
	}
	return func(i int) bool { return e.check(&asked[i]) }, nil
}

func questionOf(w *load.Workload, docs []document, q *load.Question) question {
	asked := question{user: w.Office.Users[q.User].ID, action: q.Action}
	if q.Target >= 0 {
		asked.target = w.Office.Users[q.Target].ID
	}
	if q.Document >= 0 {
		asked.document = &docs[q.Document]
	}
	if q.Other >= 0 {
		asked.other = &docs[q.Other]
	}
	if q.Action == load.Reject && q.Fit {
		asked.comment = "not ours"
	}
	for _, u := range q.Named {
		asked.named = append(asked.named, w.Office.Users[u].ID)
	}
	return asked
}

func documentsOf(w *load.Workload, n int) []document {
	docs := make([]document, n)
	for i := range docs {
		d := &w.Documents[i]
		docs[i] = document{
			d.ID, w.Office.Companies[d.Company].ID, w.Office.Users[d.DeliveredBy].ID, d.Stage, "", d.EverAssigned,
		}
		if d.InTurn >= 0 {
			docs[i].inTurn = w.Office.Users[d.InTurn].ID
		}
	}
	return docs
}

// List goes through the documents and checks each.
func (e *Engine) List(w *load.Workload, n int) (func(user int) int, error) {
	docs := documentsOf(w, n)
	return func(at int) (count int) {
		u := e.users[w.Office.Users[at].ID]
		if u == nil || !u.active {
			return 0
		}
		for i := range docs {
			if u.companies[docs[i].company] && mayView(u, &docs[i]) {
				count++
			}
		}
		return count
	}, nil
}

// Close has nothing to free.
func (e *Engine) Close() error { return nil }
