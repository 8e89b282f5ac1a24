package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file supplies the properties that a question lacks, as well as they can be:
// with values such that, if any would do, one of these does.

// variants is the question with each supply of what was not given, and only the
// question as it is where nothing is lacking. Where one is allowed, it alone.
func (q *quest) variants() []variant {
	subject := q.start.Snapshot().Subject(q.request.Subject, q.request.At)
	_, missing := subject.Could(q.request.Action, q.request.Resource, q.request.With)
	bare := variant{with: *q.request.With}
	for p := range missing.Each() {
		bare.base = append(bare.base, atom{kind: givesProperty, property: p})
	}
	list := q.supplied(bare, missing)
	for _, v := range list {
		if a, ok := q.after(v, v.base); ok && a.allowed() {
			return []variant{v}
		}
	}
	return list
}

// supplied gives the properties one after another.
func (q *quest) supplied(v variant, missing policy.Properties) []variant {
	list := []variant{v}
	for p := range missing.Each() {
		var more []variant
		for _, v := range list {
			for _, fill := range q.values(p, &v.with) {
				next := v
				fill(&next.with)
				more = append(more, next)
			}
		}
		list = more
	}
	return list
}

// fill gives a property a value.
type fill func(*policy.With)

// values is the values that a property could be given, where others are given
// already. What is measured against the office as it will be is given later, by
// asked.give.
func (q *quest) values(p policy.Properties, w *policy.With) (list []fill) {
	switch p {
	case policy.PropertyAuthorisers:
		for _, id := range q.authorisers() {
			list = append(list, func(w *policy.With) { w.Authorisers = []users.ID{id} })
		}
	case policy.PropertyRole:
		for _, r := range roles.All() {
			list = append(list, func(w *policy.With) { w.Role = r })
		}
	case policy.PropertySystem:
		for s := range q.office.Systems() {
			list = append(list, func(w *policy.With) { w.System = s.ID })
		}
	case policy.PropertyUser:
		for _, id := range accountsOf(q.office, w.System) {
			list = append(list, func(w *policy.With) { w.User = id })
		}
	case policy.PropertySynchronisationUser:
		for _, id := range q.candidates() {
			list = append(list, func(w *policy.With) { w.SynchronisationUser = id })
		}
	default:
		list = append(list, func(w *policy.With) { supply(p, w) })
	}
	return list
}

// supply gives the properties that have one best value: the least there is to
// object to.
func supply(p policy.Properties, w *policy.With) {
	switch p {
	case policy.PropertyComment:
		w.Comment = "why"
	case policy.PropertyRoles:
		w.Roles = policy.Given(roles.SetOf(roles.RestrictedClientUser))
	case policy.PropertyCompanies:
		w.Companies = policy.Given(users.Access{})
	case policy.PropertyEndDate:
		w.EndDate = policy.Given(users.Date{})
	case policy.PropertyOldPasswordVerified:
		w.OldPasswordVerified = policy.Given(true)
	case policy.PropertyBillTo:
		w.BillTo = users.BillToOffice
	}
}

// authorisers is whom one could assign: somebody fit, or, where nobody is, those
// for whom the least is to change.
func (q *quest) authorisers() []users.ID {
	return nearest(q.office, func(u users.User) (lacks int) {
		if !u.Roles.Has(roles.Authoriser) {
			lacks++
		}
		if !u.Access.Has(q.docs[0].Company()) {
			lacks++
		}
		if !u.ActiveOn(q.office.Day(q.request.At)) {
			lacks++
		}
		return lacks
	})
}

// candidates is whom one could choose as synchronisation user: the same.
func (q *quest) candidates() []users.ID {
	system := companies.SystemID(q.request.Resource.ID)
	return nearest(q.office, func(u users.User) (lacks int) {
		l, _ := q.office.Link(u.ID, system)
		if !q.serves(q.office, system, l.AccountingUser) {
			lacks++
		}
		if !u.EndDate.IsZero() {
			lacks++
		}
		for id := range q.office.CompaniesOf(system) {
			if !u.Access.Has(id) {
				lacks++
			}
		}
		return lacks
	})
}

// nearest is one user who lacks nothing, or else those who lack the least.
func nearest(o offices.Office, lacks func(users.User) int) (list []users.ID) {
	fewest := -1
	for u := range o.Users() {
		n := lacks(u)
		if fewest < 0 || n < fewest {
			fewest, list = n, nil
		}
		if n == fewest && (n > 0 || list == nil) {
			list = append(list, u.ID)
		}
	}
	return list
}

// accountsOf is the users of an accounting system.
func accountsOf(o offices.Office, system companies.SystemID) (list []sync.UserID) {
	s, _ := o.System(system)
	for _, u := range s.Users {
		list = append(list, u.ID)
	}
	return slices.Clip(list)
}

// exampleOf is a value that a property was supplied with, where it is one to
// choose.
func exampleOf(p policy.Properties, w *policy.With) string {
	switch p {
	case policy.PropertyAuthorisers:
		return string(w.Authorisers[0])
	case policy.PropertyRole:
		return w.Role.String()
	case policy.PropertySystem:
		return string(w.System)
	case policy.PropertyUser:
		return string(w.User)
	case policy.PropertySynchronisationUser:
		return string(w.SynchronisationUser)
	}
	return ""
}
