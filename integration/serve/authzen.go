package main

import (
	"encoding/json"
	"fmt"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// The shapes of AuthZEN, as far as they are used here.
type (
	question struct {
		Subject  entity `json:"subject"`
		Action   asked  `json:"action"`
		Resource entity `json:"resource"`
	}
	entity struct {
		Type       string         `json:"type"`
		ID         string         `json:"id"`
		Properties map[string]any `json:"properties,omitempty"`
	}
	asked struct {
		Name       string         `json:"name"`
		Properties map[string]any `json:"properties,omitempty"`
	}
	answer struct {
		Decision bool `json:"decision"`
	}
	batchQuestion struct {
		Evaluations []question `json:"evaluations"`
	}
	batchAnswer struct {
		Evaluations []answer `json:"evaluations"`
	}
)

// questionOf is a question in full: the document comes along as properties.
func questionOf(w *load.Workload, q *load.Question) question {
	of := question{Subject: entity{Type: "user", ID: userID(w, q.User)}, Action: asked{Name: q.Action}}
	if q.Document < 0 {
		of.Resource = entity{Type: "user", ID: userID(w, q.Target)}
		return of
	}
	d := &w.Documents[q.Document]
	of.Resource = entity{Type: "document", ID: d.ID, Properties: documentOf(w, d)}
	switch q.Action {
	case load.Assign, load.Reassign:
		named := make([]string, len(q.Named))
		for i, u := range q.Named {
			named[i] = userID(w, u)
		}
		of.Action.Properties = map[string]any{"authorisers": named}
	case load.Merge:
		of.Action.Properties = map[string]any{"with": []string{w.Documents[q.Other].ID}}
	case load.Reject:
		if q.Fit {
			of.Action.Properties = map[string]any{"comment": "not ours"}
		}
	}
	return of
}

func userID(w *load.Workload, at int) string { return w.Office.Users[at].ID }

// documentOf is what a request or an office file says of a document.
func documentOf(w *load.Workload, d *load.Document) map[string]any {
	of := map[string]any{
		"company": w.Office.Companies[d.Company].ID, "delivered_by": userID(w, d.DeliveredBy),
		"stage": d.Stage, "ever_assigned": d.EverAssigned,
	}
	if d.InTurn >= 0 {
		of["route"] = []map[string]any{{"authoriser": userID(w, d.InTurn), "outcome": "pending"}}
	}
	return of
}

// authzen is the exams of a server that speaks AuthZEN.
func (b *bench) authzen(addr string) (single, batch exam, err error) {
	single = exam{asks: b.one(), read: readAnswer, yes: `"decision":true`}
	batch = exam{asks: chunks(b.every(), b.together), read: readAnswers, yes: `"decision":true`}
	requests, err := written(single.asks, func(asks []int) ([]byte, error) {
		body, err := json.Marshal(questionOf(&b.w, &b.w.Mixed[asks[0]]))
		return post(addr, "/access/v1/evaluation", body), err
	})
	if err != nil {
		return single, batch, err
	}
	single.dial = overHTTP(addr, requests)
	requests, err = written(batch.asks, func(asks []int) ([]byte, error) {
		var list batchQuestion
		for _, i := range asks {
			list.Evaluations = append(list.Evaluations, questionOf(&b.w, &b.w.Mixed[i]))
		}
		body, err := json.Marshal(list)
		return post(addr, "/access/v1/evaluations", body), err
	})
	batch.dial = overHTTP(addr, requests)
	return single, batch, err
}

// written writes a request for each list of questions.
func written(asks [][]int, write func(asks []int) ([]byte, error)) (requests [][]byte, err error) {
	requests = make([][]byte, len(asks))
	for i := range asks {
		if requests[i], err = write(asks[i]); err != nil {
			return nil, fmt.Errorf("writing a question: %w", err)
		}
	}
	return requests, nil
}

func readAnswer(_ int, body []byte) ([]bool, error) {
	var a answer
	err := json.Unmarshal(body, &a)
	return []bool{a.Decision}, err
}

func readAnswers(_ int, body []byte) (list []bool, err error) {
	var a batchAnswer
	err = json.Unmarshal(body, &a)
	for _, each := range a.Evaluations {
		list = append(list, each.Decision)
	}
	return list, err
}
