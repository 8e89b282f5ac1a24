package opa

import (
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// many answers a list of questions in one query.
const many = `package office

answers := [answer | some question in input.questions; answer := allow with input as question]
`

// Files is what an OPA server is started with: the policy, with `allow` for a question
// and `answers` for a list of them, and the office as data.
func Files(o *load.Office) (map[string][]byte, error) {
	d := dataOf(o)
	data, err := jsonOf(ast.NewObject(
		item("users", ast.NewTerm(d.users)), item("active", ast.NewTerm(d.active)), item("companies", ast.NewTerm(d.companies)),
	))
	return map[string][]byte{"policy.rego": []byte(policy), "many.rego": []byte(many), "data.json": data}, err
}

// Input is a question as the policy takes it, in JSON.
func Input(w *load.Workload, q *load.Question) ([]byte, error) { return jsonOf(inputOf(w, q)) }

func jsonOf(v ast.Value) ([]byte, error) {
	plain, err := ast.JSON(v)
	if err != nil {
		return nil, fmt.Errorf("writing for the server: %w", err)
	}
	return json.Marshal(plain)
}
