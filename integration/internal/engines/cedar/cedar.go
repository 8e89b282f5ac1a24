// Package cedar decides with cedar-go, by policies written in Cedar's language.
//
// It is set up for speed, within what cedar-go exports. Entities are made once, the
// requests and the documents they are about before they are asked. The policies are
// given to each check by an iterator of the action asked for, as the guide "When
// possible, populate the policy scope" means indexes to be used: those of other
// actions are never looked at. What all rules of an action need is written once,
// what fails soonest first. Lists are asked with the batch package, which evaluates
// what does not hang on the document once.
package cedar

import (
	"context"
	_ "embed" // for the policies
	"errors"
	"fmt"
	"iter"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/batch"

	"github.com/mandaat/mandaat/integration/internal/load"
)

//go:embed policies.cedar
var source []byte

// Engine is cedar-go with the policies and the users. With PerCall, the entity of a
// document is made for each check, as a service does that has the document in a
// form of its own.
type Engine struct {
	PerCall  bool
	policies map[string]policies // by action
	users    []types.Entity      // by number
}

// policies is those of one action.
type policies []policy

type policy struct {
	id     cedar.PolicyID
	policy *cedar.Policy
}

// All goes through the policies.
func (p policies) All() iter.Seq2[cedar.PolicyID, *cedar.Policy] {
	return func(yield func(cedar.PolicyID, *cedar.Policy) bool) {
		for i := range p {
			if !yield(p[i].id, p[i].policy) {
				return
			}
		}
	}
}

// Load parses the policies and makes an entity of each user.
func (e *Engine) Load(w *load.Workload) error {
	list, err := cedar.NewPolicyListFromBytes("policies.cedar", source)
	if err != nil {
		return err
	}
	e.policies = make(map[string]policies)
	for i, p := range list {
		scope, ok := (*ast.Policy)(p.AST()).Action.(ast.ScopeTypeEq)
		if !ok {
			return errors.New("a policy is not of one action")
		}
		action := string(scope.Entity.ID)
		e.policies[action] = append(e.policies[action], policy{cedar.PolicyID(fmt.Sprintf("policy%d", i)), p})
	}
	e.users = usersOf(&w.Office)
	return nil
}

// pair is the two entities that a question is about. It is where the check finds
// them, without looking them up among all that there are.
type pair struct{ principal, resource *types.Entity }

// Get finds one of the two.
func (p *pair) Get(uid types.EntityUID) (types.Entity, bool) {
	switch uid {
	case p.resource.UID:
		return *p.resource, true
	case p.principal.UID:
		return *p.principal, true
	}
	return types.Entity{}, false
}

type question struct {
	pair
	policies cedar.PolicyIterator
	request  cedar.Request
}

// What an action is asked with.
var contexts = map[bool]types.Record{
	true:  types.NewRecord(types.RecordMap{"fit": types.True}),
	false: types.NewRecord(types.RecordMap{"fit": types.False}),
}

// Prepare makes the documents' entities and the requests.
func (e *Engine) Prepare(w *load.Workload, qs []load.Question) (func(i int) bool, error) {
	docs := documentsOf(w, min(load.Asked, len(w.Documents)))
	asked := make([]question, len(qs))
	for i, q := range qs {
		both := pair{principal: &e.users[q.User]}
		if q.Action == load.UserView {
			both.resource = &e.users[q.Target]
		} else {
			both.resource = &docs[q.Document]
		}
		asked[i] = question{both, e.policies[q.Action], cedar.Request{
			Principal: both.principal.UID, Action: actionID(q.Action),
			Resource: both.resource.UID, Context: contexts[q.Fit],
		}}
	}
	if e.PerCall {
		return perCall(w, qs, asked), nil
	}
	return func(i int) bool { return asked[i].allowed(&asked[i].pair) }, nil
}

func (q *question) allowed(among types.EntityGetter) bool {
	decision, _ := cedar.Authorize(q.policies, among, q.request)
	return decision == cedar.Allow
}

func perCall(w *load.Workload, qs []load.Question, asked []question) func(i int) bool {
	return func(i int) bool {
		both := asked[i].pair
		if at := qs[i].Document; at >= 0 {
			both.resource = new(documentOf(w, at))
		}
		return asked[i].allowed(&both)
	}
}

// listed is who lists, and the document that the batch has come to: it takes them
// in their order.
type listed struct {
	pair
	docs []types.Entity
}

func (l *listed) next() {
	l.docs = l.docs[1:]
	if len(l.docs) > 0 {
		l.resource = &l.docs[0]
	}
}

// List asks of all documents in one batch; with PerCall, of each by itself.
func (e *Engine) List(w *load.Workload, n int) (func(user int) int, error) {
	if e.PerCall {
		return e.listPerCall(w, n), nil
	}
	docs := documentsOf(w, n)
	values := make([]types.Value, n)
	for i := range docs {
		values[i] = docs[i].UID
	}
	return func(user int) (count int) {
		l := listed{pair{&e.users[user], &docs[0]}, docs}
		err := batch.Authorize(context.Background(), e.policies[load.View], &l, batch.Request{
			Principal: l.principal.UID, Action: actionID(load.View),
			Resource: batch.Variable("document"), Context: contexts[true],
			Variables: batch.Variables{"document": values},
		}, func(r batch.Result) error {
			if r.Decision == types.Allow {
				count++
			}
			l.next()
			return nil
		})
		if err != nil {
			return -1
		}
		return count
	}, nil
}

func (e *Engine) listPerCall(w *load.Workload, n int) func(user int) int {
	return func(user int) (count int) {
		q := question{policies: e.policies[load.View], request: cedar.Request{
			Principal: e.users[user].UID, Action: actionID(load.View), Context: contexts[true],
		}}
		for i := range n {
			doc := documentOf(w, i)
			q.request.Resource = doc.UID
			if q.allowed(&pair{&e.users[user], &doc}) {
				count++
			}
		}
		return count
	}
}

// Close has nothing to free.
func (e *Engine) Close() error { return nil }
