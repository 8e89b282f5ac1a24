// Package opa decides by a Rego policy that is prepared once, over data in Open
// Policy Agent's store in memory.
//
// It keeps to what OPA's own pages advise: "Policy Performance" (objects by id
// where arrays would be searched, rules that the index can choose, one value so
// that evaluation ends early) and the documentation of package rego
// (PrepareForEval once, EvalParsedInput for input that need not be converted) and
// of package inmem (NewFromASTObject, so that what is read is not converted
// either).
package opa

import (
	"context"
	_ "embed" // the policy
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/mandaat/mandaat/integration/internal/load"
)

//go:embed policy.rego
var policy string

//go:embed list.rego
var list string

// Engine is OPA, asked in process.
type Engine struct {
	data  data
	allow *query
}

// Load puts the office in the store, and prepares the query.
func (e *Engine) Load(w *load.Workload) (err error) {
	e.data = dataOf(&w.Office)
	e.allow, err = prepare("data.office.allow", policy, ast.NewObject(
		item("users", ast.NewTerm(e.data.users)),
		item("active", ast.NewTerm(e.data.active)),
		item("companies", ast.NewTerm(e.data.companies)),
	))
	return err
}

// Prepare makes the input of each question.
func (e *Engine) Prepare(w *load.Workload, qs []load.Question) (func(i int) bool, error) {
	inputs := make([]ast.Value, len(qs))
	for i := range qs {
		inputs[i] = inputOf(w, &qs[i])
	}
	return func(i int) bool {
		allowed, ok := e.allow.ask(inputs[i]).(bool)
		return ok && allowed
	}, nil
}

// List puts the documents beside the users, by company and by what opens them.
func (e *Engine) List(w *load.Workload, n int) (func(user int) int, error) {
	visible, err := prepare("data.office.visible", list, ast.NewObject(
		item("active", ast.NewTerm(e.data.active)),
		item("documents", ast.NewTerm(documentsOf(w, n))),
	))
	if err != nil {
		return nil, err
	}
	return func(user int) int {
		return visible.number(ast.NewObject(text("user", w.Office.Users[user].ID)))
	}, nil
}

// Close has nothing to free.
func (e *Engine) Close() error { return nil }

// query is a query that is ready to be asked, within one reading of the store.
type query struct {
	rego.PreparedEvalQuery
	reading storage.Transaction
	never   topdown.Cancel // without it, each evaluation starts a goroutine that waits to cancel it
}

// prepare readies a query of the policy over data that nobody changes.
func prepare(asked, policy string, data ast.Object) (*query, error) {
	ctx := context.Background()
	store := inmem.NewFromASTObject(data)
	ready, err := rego.New(rego.Query(asked), rego.Module("office.rego", policy), rego.Store(store)).PrepareForEval(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing %s: %w", asked, err)
	}
	reading, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the store of %s: %w", asked, err)
	}
	return &query{ready, reading, topdown.NewCancel()}, nil
}

// ask is the value of the query; nil where it has none, or fails.
func (q *query) ask(input ast.Value) any {
	results, err := q.Eval(context.Background(), rego.EvalParsedInput(input),
		rego.EvalTransaction(q.reading), rego.EvalExternalCancel(q.never), rego.EvalMetrics(metrics.NoOp()))
	if err != nil || len(results) != 1 {
		return nil
	}
	return results[0].Expressions[0].Value
}
