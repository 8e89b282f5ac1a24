// Package casbin decides with Casbin, by rules over the attributes of who asks and
// of what is asked about.
//
// It is set up for speed. The guide "Performance Optimization" advises few rules
// that speak of attributes rather than many that name users. Each action has its own
// list of rules, chosen by an EnforceContext as the guide to the syntax of models
// shows, so that no check goes through the rules of others; Casbin keeps their
// matchers compiled. A rule names an attribute of who asks and one of what is asked
// about, which a function of the matcher finds, registered as the guide "Functions"
// says. Matchers are short and functions few, for each check searches the text of
// its matcher and copies the table of functions; with the rules spelt out in the
// matchers a view takes half as long again. Requests are made before they are asked.
//
// The cached enforcer is left out: it keeps decisions, not what they hang on.
package casbin

import (
	_ "embed" // for the model and the rules
	"log/slog"

	"github.com/casbin/casbin/v3"
	"github.com/casbin/casbin/v3/model"
	stringadapter "github.com/casbin/casbin/v3/persist/string-adapter"

	"github.com/mandaat/mandaat/integration/internal/load"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var policyText string

// lists is the list of rules of each action.
var lists = map[string]string{
	load.View: "", load.Split: "2", load.Tag: "2", load.Merge: "2", load.Assign: "2",
	load.Approve: "3", load.Reject: "3", load.Reassign: "4", load.Withdraw: "4", load.Return: "5",
	load.Book: "6", load.ChangeBankDetails: "7", load.UserView: "8",
}

// Engine is Casbin with the rules, and the users.
type Engine struct {
	enforcer *casbin.Enforcer
	users    []user // by number
}

// Load reads the model and makes the users.
func (e *Engine) Load(w *load.Workload) error {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return err
	}
	if e.enforcer, err = casbin.NewEnforcer(m, stringadapter.NewAdapter(policyText)); err != nil {
		return err
	}
	e.enforcer.AddFunction("is", is)
	e.enforcer.AddFunction("at", at)
	e.users = usersOf(&w.Office)
	return nil
}

// Prepare makes the documents and the requests about them.
func (e *Engine) Prepare(w *load.Workload, qs []load.Question) (func(i int) bool, error) {
	docs := documentsOf(w, min(load.Asked, len(w.Documents)))
	asked := make([][]any, len(qs))
	for i, q := range qs {
		var object object = &e.users[max(q.Target, 0)]
		if q.Document >= 0 {
			object = &docs[q.Document]
		}
		asked[i] = request(q.Action, &e.users[q.User], object, q.Fit)
	}
	return func(i int) bool { return e.enforce(asked[i]) }, nil
}

func request(action string, u *user, object object, fit bool) []any {
	list := lists[action]
	return []any{casbin.EnforceContext{RType: "r", PType: "p" + list, EType: "e", MType: "m" + list}, u, object, fit}
}

func (e *Engine) enforce(request []any) bool {
	ok, err := e.enforcer.Enforce(request...)
	if err != nil {
		slog.Error("casbin", "error", err)
	}
	return ok && err == nil
}

// List enforces for each document. Casbin has no list of its own for rules over
// attributes, and its batch does the same.
func (e *Engine) List(w *load.Workload, n int) (func(user int) int, error) {
	docs := documentsOf(w, n)
	return func(at int) (count int) {
		r := request(load.View, &e.users[at], nil, true)
		for i := range docs {
			r[2] = &docs[i]
			if e.enforce(r) {
				count++
			}
		}
		return count
	}, nil
}

// Close has nothing to free.
func (e *Engine) Close() error { return nil }
