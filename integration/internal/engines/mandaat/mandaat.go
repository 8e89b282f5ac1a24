// Package mandaat is the library itself, asked in the ways that it offers: by ids, or by
// subjects and documents found once; listed company by company, or in one scan.
package mandaat

import (
	"maps"
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/integration/internal/load"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Engine is the library. With ByIDs, each question finds who asks and the company anew.
// With Scan, a list goes through every document, and not only through those of the
// companies in reach.
type Engine struct {
	ByIDs, Scan bool
	snap        *policy.Snapshot
}

// now is when every question is asked.
var now = time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC)

// Load makes the office and compiles it.
func (e *Engine) Load(w *load.Workload) error {
	o, err := offices.New(partsOf(&w.Office))
	if err != nil {
		return err
	}
	e.snap = policy.Compile(o)
	return nil
}

// Prepare makes the documents and the requests about them and, unless questions are
// asked by ids, finds who asks.
func (e *Engine) Prepare(w *load.Workload, qs []load.Question) (func(i int) bool, error) {
	docs, err := documentsOf(w, min(load.Asked, len(w.Documents)))
	if err != nil {
		return nil, err
	}
	requests := make([]policy.Request, len(qs))
	for i := range qs {
		if requests[i], err = requestOf(w, docs, &qs[i]); err != nil {
			return nil, err
		}
	}
	if e.ByIDs {
		return func(i int) bool { return e.snap.Check(requests[i]).Allowed() }, nil
	}
	return e.byHandle(requests), nil
}

// handled is a question of which all is found.
type handled struct {
	on      policy.Placed
	subject *policy.Subject
}

// byHandle asks about what was placed. An action that takes something with it, which is the
// library's to judge, is asked in full.
func (e *Engine) byHandle(requests []policy.Request) func(i int) bool {
	subjects := make(map[users.ID]*policy.Subject)
	asked := make([]handled, len(requests))
	actions := make(map[policy.Action]bool)
	for i := range requests {
		r := &requests[i]
		if subjects[r.Subject] == nil {
			subjects[r.Subject] = new(e.snap.Subject(r.Subject, now))
		}
		asked[i] = handled{e.snap.Place(r.Resource), subjects[r.Subject]}
		actions[r.Action] = true
	}
	if len(actions) == 1 && takesNothing(requests[0].Action) {
		action := requests[0].Action
		return func(i int) bool { return asked[i].subject.May(action, asked[i].on).Allowed() }
	}
	return func(i int) bool {
		q, r := &asked[i], &requests[i]
		if takesNothing(r.Action) {
			return q.subject.May(r.Action, q.on).Allowed()
		}
		return q.subject.Check(r.Action, r.Resource, r.With).Allowed()
	}
}

func takesNothing(a policy.Action) bool {
	needed, optional := a.Takes()
	return needed|optional == 0
}

func requestOf(w *load.Workload, docs []documents.Document, q *load.Question) (policy.Request, error) {
	action, err := policy.ParseAction(q.Action)
	if err != nil {
		return policy.Request{}, err
	}
	r := policy.Request{Subject: userID(w, q.User), Action: action, At: now}
	if q.Action == load.UserView {
		r.Resource = policy.OfUser(userID(w, q.Target))
		return r, nil
	}
	r.Resource = policy.OfDocument(&docs[q.Document])
	switch q.Action {
	case load.Assign, load.Reassign:
		r.With = new(policy.With)
		for _, u := range q.Named {
			r.With.Authorisers = append(r.With.Authorisers, userID(w, u))
		}
	case load.Merge:
		r.With = &policy.With{Documents: []*documents.Document{&docs[q.Other]}}
	case load.Reject:
		if q.Fit {
			r.With = &policy.With{Comment: "not ours"}
		}
	}
	return r, nil
}

// List goes through the documents of the companies in reach, or through all.
func (e *Engine) List(w *load.Workload, n int) (func(user int) int, error) {
	docs, err := documentsOf(w, n)
	if err != nil {
		return nil, err
	}
	all := make([]policy.Placed, n)
	byCompany := make(map[companies.ID][]policy.Placed)
	for i := range docs {
		all[i] = e.snap.Place(policy.OfDocument(&docs[i]))
		byCompany[docs[i].Company()] = append(byCompany[docs[i].Company()], all[i])
	}
	if e.Scan {
		return func(user int) int { return e.scan(userID(w, user), all) }, nil
	}
	groups := make(map[companies.ID]*policy.Group, len(byCompany))
	for _, company := range slices.Sorted(maps.Keys(byCompany)) {
		groups[company] = policy.GroupOf(byCompany[company])
	}
	return func(user int) int { return e.inGroups(userID(w, user), groups) }, nil
}

func (e *Engine) scan(user users.ID, all []policy.Placed) (count int) {
	subject := e.snap.Subject(user, now)
	for range subject.Among(policy.DocumentView, all) {
		count++
	}
	return count
}

func (e *Engine) inGroups(user users.ID, groups map[companies.ID]*policy.Group) (count int) {
	subject := e.snap.Subject(user, now)
	for company := range subject.Companies(policy.DocumentView, "") {
		for range subject.AmongGroup(policy.DocumentView, groups[company], 0) {
			count++
		}
	}
	return count
}

// Close has nothing to free.
func (e *Engine) Close() error { return nil }

func userID(w *load.Workload, at int) users.ID { return users.ID(w.Office.Users[at].ID) }
