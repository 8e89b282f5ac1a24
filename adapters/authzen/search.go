package authzen

import (
	"iter"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// A search finds what asking one by one finds: for each thing there is, Subject.Could
// with the properties that were given. It goes on after an element, by value.

// found is the names of what a search finds, sorted, after one of them.
type found = iter.Seq[string]

func nothing(func(string) bool) {}

// searchSubject answers who may.
func (x *exchange) searchSubject() {
	x.search(searchSubjectPath, func(r reader, root map[string]any) Request {
		return Request{Subject: r.kind(root, "subject"), Action: r.action(root), Resource: r.entity(root, "resource")}
	}, (*judge).subjects)
}

// searchResource answers on what somebody may do something.
func (x *exchange) searchResource() {
	x.search(searchResourcePath, func(r reader, root map[string]any) Request {
		return Request{Subject: r.entity(root, "subject"), Action: r.action(root), Resource: r.kind(root, "resource")}
	}, (*judge).resources)
}

// searchAction answers what somebody may do to something.
func (x *exchange) searchAction() {
	x.search(searchActionPath, func(r reader, root map[string]any) Request {
		return Request{Subject: r.entity(root, "subject"), Resource: r.entity(root, "resource")}
	}, (*judge).actions)
}

// search answers a search of one kind.
func (x *exchange) search(
	path string, read func(reader, map[string]any) Request, find func(*judge, Request, string) (found, taker),
) {
	root, ok := x.body()
	if !ok {
		return
	}
	var list problems.List
	r := reader{&list}
	request := read(r, root)
	request.Context = r.properties(root, "", "context")
	p := r.page(root, path, request)
	if err := list.Err(); err != nil {
		x.bad(err)
		return
	}
	j, ok := x.ready()
	if !ok {
		return
	}
	names, takes := find(&j, request, p.after)
	l := listing{judge: &j, path: path, page: p, request: request, takes: takes}
	if !l.answer(names) || j.Searched == nil {
		return
	}
	j.Searched(x.r.Context(), Searched{
		RequestID: x.id, Endpoint: path, Request: request, At: j.moment(request), Results: l.n,
		Policy: j.Snapshot.Policy(), Version: j.Version,
	})
}

// asker is who asks; nobody where that is no user.
func (j *judge) asker(r Request) policy.Subject {
	if r.Subject.Type != policy.User.String() {
		return policy.Subject{}
	}
	return j.Snapshot.Subject(users.ID(r.Subject.ID), j.moment(r))
}

// subjects is the users who may do an action.
func (j *judge) subjects(r Request, after string) (found, taker) {
	a, t, at := j.act(r.Action), j.thing(r.Resource), j.moment(r)
	takes := takenBy(a.Action)
	if r.Subject.Type != policy.User.String() || a.On() != t.Type || t.unreadable != nil {
		return nothing, takes
	}
	all := names(j.Snapshot.Subjects(a.Action, j.Snapshot.Place(t.Resource), at, users.ID(after)))
	if a.bare(r) {
		return all, takes
	}
	return func(yield func(string) bool) {
		for id := range all {
			subject := j.Snapshot.Subject(users.ID(id), at)
			if could(&subject, a, t.Resource) && !yield(id) {
				return
			}
		}
	}, takes
}

// bare says that a request gives its action nothing.
func (a act) bare(r Request) bool { return len(r.Action.Properties) == 0 }

func could(s *policy.Subject, a act, r policy.Resource) bool {
	d, _ := s.Could(a.Action, r, a.with)
	return d.Allowed()
}

// resources is what somebody may do an action to.
func (j *judge) resources(r Request, after string) (found, taker) {
	a, subject := j.act(r.Action), j.asker(r)
	takes := takenBy(a.Action)
	kind, err := policy.ParseResourceType(r.Resource.Type)
	if err != nil || a.On() != kind {
		return nothing, takes
	}
	if kind == policy.Document {
		return j.documents(r, a, &subject, documents.ID(after)), takes
	}
	all := j.listed(kind, a.Action, &subject, after)
	if a.bare(r) && kind != policy.Office {
		return all, takes
	}
	return func(yield func(string) bool) {
		for id := range all {
			if could(&subject, a, policy.Resource{Type: kind, ID: id}) && !yield(id) {
				return
			}
		}
	}, takes
}

// listed is what of a type somebody may do an action to, with no properties given. The
// office itself is still to be asked about.
func (j *judge) listed(kind policy.ResourceType, a policy.Action, s *policy.Subject, after string) found {
	switch kind {
	case policy.Company:
		return names(s.Companies(a, companies.ID(after)))
	case policy.User:
		return names(s.Users(a, users.ID(after)))
	case policy.Connection:
		return names(s.Connections(a, companies.SystemID(after)))
	case policy.Office:
		if code := j.Snapshot.OfficeCode(); code > after {
			return func(yield func(string) bool) { yield(code) }
		}
	case policy.Document:
	}
	return nothing
}

// documents is the documents that somebody may do an action to. Properties of the
// resource are told of each of them, as in an evaluation.
func (j *judge) documents(r Request, a act, s *policy.Subject, after documents.ID) found {
	if j.AllDocuments == nil {
		return nothing
	}
	given, carries := a, r.Resource.carries()
	if a.bare(r) {
		given.with = nil // asked the quick way
	}
	return func(yield func(string) bool) {
		seen := 0
		for d := range j.AllDocuments(after) {
			if seen++; seen%often == 0 && j.gone() {
				return
			}
			if d == nil {
				continue
			}
			id := string(d.ID())
			on, with := policy.Resource{Type: policy.Document, ID: id, Document: d}, given
			if carries {
				t := j.thing(Entity{r.Resource.Type, id, r.Resource.Properties})
				on, with = t.Resource, act{a.Action, a.on(t)}
			}
			if could(s, with, on) && !yield(id) {
				return
			}
		}
	}
}

// often is how many things are looked at before asking whether anybody still waits.
const often = 1 << 8

// actions is what somebody may do to a resource, in the order of the vocabulary.
func (j *judge) actions(r Request, after string) (found, taker) {
	subject, t := j.asker(r), j.thing(r.Resource)
	last, _ := policy.ParseAction(after) // a page's token was looked at before
	if t.unreadable != nil {
		return nothing, nil
	}
	return func(yield func(string) bool) {
		for a := range subject.Actions(j.Snapshot.Place(t.Resource), last) {
			if !yield(a.String()) {
				return
			}
		}
	}, takenOn(&subject, t.Resource)
}

func names[T ~string](ids iter.Seq[T]) found {
	return func(yield func(string) bool) {
		for id := range ids {
			if !yield(string(id)) {
				return
			}
		}
	}
}
