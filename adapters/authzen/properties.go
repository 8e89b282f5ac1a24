package authzen

import (
	"strconv"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/strictjson"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// with reads the properties that an action takes; the others are ignored. What
// cannot be read is noted in the result, and denies.
func (s Source) with(a policy.Action, given map[string]any) *policy.With {
	w := new(policy.With)
	needed, optional := a.Takes()
	for p := range (needed | optional).Each() {
		if v, ok := given[p.String()]; ok {
			if err := s.property(w, p, v); err != nil {
				unreadable(w, p, p.String(), err)
			}
		}
	}
	return w
}

func unreadable(w *policy.With, p policy.Properties, path string, err error) {
	for _, problem := range problems.All(err) {
		problem.Path = problems.Join(path, problem.Path)
		w.Unreadable = append(w.Unreadable, policy.Unreadable{Property: p, Problem: *problem})
	}
}

// property reads one property into w.
func (s Source) property(w *policy.With, p policy.Properties, v any) (err error) {
	switch p {
	case policy.PropertyAuthorisers:
		w.Authorisers, err = list(v, anyID[users.ID])
	case policy.PropertyComment:
		w.Comment, err = text(v)
	case policy.PropertyWith:
		w.Documents, err = list(v, s.document)
	case policy.PropertyRole:
		w.Role, err = role(v)
	case policy.PropertyRoles:
		var set []roles.Role
		set, err = list(v, role)
		w.Roles = policy.Given(roles.SetOf(set...))
	case policy.PropertyCompanies:
		var ids []companies.ID
		ids, err = list(v, anyID[companies.ID])
		w.Companies = policy.Given(users.AccessTo(ids...))
	case policy.PropertySystem:
		w.System, err = id[companies.SystemID](v)
	case policy.PropertyUser:
		w.User, err = id[sync.UserID](v)
	case policy.PropertyUsers:
		w.Users, err = list(v, anyID[sync.UserID])
	case policy.PropertyEndDate:
		var end users.Date
		end, err = endDate(v)
		w.EndDate = policy.Given(end)
	case policy.PropertyOldPasswordVerified:
		var verified bool
		verified, err = truth(v)
		w.OldPasswordVerified = policy.Given(verified)
	case policy.PropertyBillTo:
		w.BillTo, err = billTo(v)
	case policy.PropertyAccountingSystem:
		w.AccountingSystem, err = id[companies.SystemID](v)
	case policy.PropertySynchronisationUser:
		w.SynchronisationUser, err = id[users.ID](v)
	case policy.PropertyAccountingUser:
		w.AccountingUser, err = id[sync.UserID](v)
	}
	return err
}

func wrong(v any, expected string) error {
	return &problems.Problem{Found: strictjson.Kind(v), Expected: expected}
}

func text(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", wrong(v, "a string")
	}
	return s, nil
}

func truth(v any) (bool, error) {
	b, ok := v.(bool)
	if !ok {
		return false, wrong(v, "true or false")
	}
	return b, nil
}

// anyID takes an id as it stands; whether it names anything is not asked here.
func anyID[T ~string](v any) (T, error) {
	s, err := text(v)
	return T(s), err
}

// id takes an id that must be something: an empty one would read as not given.
func id[T ~string](v any) (T, error) {
	s, err := text(v)
	if err == nil && s == "" {
		err = wrong(v, "an id")
	}
	return T(s), err
}

func code[T any](v any, parse func(string) (T, error)) (T, error) {
	s, err := text(v)
	if err != nil {
		var none T
		return none, err
	}
	return parse(s)
}

// list reads each element; the problems of all of them together. It is never nil:
// an empty list was given.
func list[T any](v any, element func(any) (T, error)) ([]T, error) {
	elements, ok := v.([]any)
	if !ok {
		return nil, wrong(v, "a list")
	}
	read := make([]T, 0, len(elements))
	var bad problems.List
	for i, e := range elements {
		t, err := element(e)
		bad.AddAt("["+strconv.Itoa(i)+"]", err)
		read = append(read, t)
	}
	return read, bad.Err()
}

func role(v any) (roles.Role, error) { return code(v, roles.Parse) }

// endDate is a date, or null to take it away.
func endDate(v any) (users.Date, error) {
	if v == nil {
		return users.Date{}, nil
	}
	return code(v, users.ParseDate)
}

func billTo(v any) (users.BillTo, error) {
	company, err := id[companies.ID](v)
	switch {
	case err != nil:
		return users.BillTo{}, err
	case company == companies.Office:
		return users.BillToOffice, nil
	}
	return users.BillToCompany(company), nil
}

// document finds a document to merge with.
func (s Source) document(v any) (*documents.Document, error) {
	name, err := anyID[documents.ID](v)
	if err != nil {
		return nil, err
	}
	if d, ok := s.find(name); ok {
		return d, nil
	}
	return nil, wrong(v, "a document that is known here")
}

// carried is the properties of which any makes the request carry the document.
var carried = [...]string{"company", "delivered_by", "stage", "route", "ever_assigned"}

// thing is what is asked about. A document that the request carries is not looked up.
func (s Source) thing(e Entity) thing {
	kind, err := policy.ParseResourceType(e.Type)
	t := thing{Resource: policy.Resource{Type: kind, ID: e.ID}}
	if err != nil || kind != policy.Document {
		return t
	}
	if e.carries() {
		t.Document, t.unreadable = carriedDocument(e)
	} else if d, ok := s.find(documents.ID(e.ID)); ok {
		t.Document = d
	}
	return t
}

// carries says whether a document's entity carries the document.
func (e Entity) carries() bool {
	for _, key := range carried {
		if _, ok := e.Properties[key]; ok {
			return true
		}
	}
	return false
}

func carriedDocument(e Entity) (*documents.Document, []policy.Unreadable) {
	parts := documents.Parts{ID: documents.ID(e.ID)}
	var w policy.With
	for _, key := range carried {
		if v, ok := e.Properties[key]; ok {
			if err := part(&parts, key, v); err != nil {
				unreadable(&w, 0, key, err)
			}
		}
	}
	if len(w.Unreadable) > 0 {
		return new(documents.Document), w.Unreadable
	}
	d, err := documents.Told(parts)
	if err != nil {
		unreadable(&w, 0, "", err)
	}
	return &d, w.Unreadable
}

// part reads one part of a carried document.
func part(p *documents.Parts, key string, v any) (err error) {
	switch key {
	case "company":
		p.Company, err = id[companies.ID](v)
	case "delivered_by":
		p.DeliveredBy, err = id[users.ID](v)
	case "stage":
		p.Stage, err = code(v, documents.ParseStage)
	case "route":
		var steps []documents.Step
		steps, err = list(v, step)
		p.Route = documents.RouteOf(steps...)
	case "ever_assigned":
		var ever bool
		ever, err = truth(v)
		p.Assigned = documents.NeverAssigned
		if ever {
			p.Assigned = documents.EverAssigned
		}
	}
	return err
}

func step(v any) (s documents.Step, err error) {
	o, ok := v.(map[string]any)
	if !ok {
		return s, wrong(v, "an object with authoriser and outcome")
	}
	var bad problems.List
	for _, key := range [...]string{"authoriser", "outcome"} {
		if _, ok := o[key]; !ok {
			bad.Add(key, "nothing", "an object with authoriser and outcome")
		}
	}
	if err := bad.Err(); err != nil {
		return s, err
	}
	s.Authoriser, err = id[users.ID](o["authoriser"])
	bad.AddAt("authoriser", err)
	s.Outcome, err = code(o["outcome"], documents.ParseOutcome)
	bad.AddAt("outcome", err)
	if comment, ok := o["comment"]; ok {
		s.Comment, err = text(comment)
		bad.AddAt("comment", err)
	}
	return s, bad.Err()
}
