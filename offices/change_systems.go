package offices

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/persistent"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file has the unguarded changes of accounting systems and of links to them;
// change.go says what holds of all.

// WithSystem is the office in which an accounting system is as told, with all its
// users: a new one, or one there was. Users of it to whom somebody is linked must
// still be among them.
func (o Office) WithSystem(s sync.System) (Office, error) {
	var list problems.List
	list.AddAt("", s.Check())
	if _, ok := o.users.Get(s.SynchronisationUser); !ok {
		list.Add("synchronisation_user", problems.Quote(string(s.SynchronisationUser)), aUser)
	}
	for i, u := range s.Users {
		for id := range u.Reach.Some().All() {
			if _, ok := o.companies.Get(id); !ok {
				list.Add(problems.At("users", i)+".companies", problems.Quote(string(id)), aCompany)
			}
		}
	}
	s.Users = slices.Clone(s.Users)
	next := systemOf(s)
	if before, ok := o.systems.Get(s.ID); ok {
		next.users = before.taken(next.users)
	}
	for id := range below(o.linked, s.ID) {
		l, _ := o.Link(id, s.ID)
		if _, ok := next.users.Get(l.AccountingUser); !ok {
			list.Add("users", "no "+problems.Quote(string(l.AccountingUser)), "every user to whom somebody is linked")
		}
	}
	if err := list.Err(); err != nil {
		return Office{}, err
	}
	o.systems = o.systems.With(s.ID, next)
	return o, nil
}

// taken is the users of the system as they now are, sharing those that are as they
// were.
func (s *system) taken(now persistent.Map[sync.UserID, *sync.User]) persistent.Map[sync.UserID, *sync.User] {
	all := s.users
	for id := range s.users.All() {
		if _, ok := now.Get(id); !ok {
			all = all.Without(id)
		}
	}
	for id, u := range now.All() {
		if before, ok := s.users.Get(id); !ok || !before.Equal(*u) {
			all = all.With(id, u)
		}
	}
	return all
}

// WithSystemState is the office in which an accounting system is as told, but with
// the users it had.
func (o Office) WithSystemState(s sync.System) (Office, error) {
	before, ok := o.systems.Get(s.ID)
	if !ok {
		return Office{}, missing("system", string(s.ID), aSystem)
	}
	s.Users = nil
	var list problems.List
	list.AddAt("", s.Check())
	if _, ok := o.users.Get(s.SynchronisationUser); !ok {
		list.Add("synchronisation_user", problems.Quote(string(s.SynchronisationUser)), aUser)
	}
	if err := list.Err(); err != nil {
		return Office{}, err
	}
	o.systems = o.systems.With(s.ID, &system{s, before.users})
	return o, nil
}

// WithAccountingUser is the office in which a user of an accounting system is as
// told.
func (o Office) WithAccountingUser(id companies.SystemID, u sync.User) (Office, error) {
	before, ok := o.systems.Get(id)
	if !ok {
		return Office{}, missing("system", string(id), aSystem)
	}
	var list problems.List
	list.AddAt("", u.Check())
	for company := range u.Reach.Some().All() {
		if _, ok := o.companies.Get(company); !ok {
			list.Add("companies", problems.Quote(string(company)), aCompany)
		}
	}
	if err := list.Err(); err != nil {
		return Office{}, err
	}
	o.systems = o.systems.With(id, &system{before.System, before.users.With(u.ID, &u)})
	return o, nil
}

// WithoutSystem is the office without an accounting system that no company is in,
// and without the links to it.
func (o Office) WithoutSystem(id companies.SystemID) (Office, error) {
	if _, ok := o.systems.Get(id); !ok {
		return Office{}, missing("system", string(id), aSystem)
	}
	n := 0
	for range o.CompaniesOf(id) {
		n++
	}
	if n > 0 {
		return Office{}, &problems.Problem{Path: "system", Found: strconv.Itoa(n) + " companies", Expected: "an accounting system without companies"}
	}
	for _, user := range o.LinkedIn(id) {
		o = o.withoutLink(user, id)
	}
	o.systems = o.systems.Without(id)
	return o, nil
}

// WithLink is the office with a link; the one the user had to that system goes.
func (o Office) WithLink(l sync.Link) (Office, error) {
	var list problems.List
	if _, ok := o.users.Get(l.User); !ok {
		list.Add("user", problems.Quote(string(l.User)), aUser)
	}
	if _, ok := o.systems.Get(l.System); !ok {
		list.Add("system", problems.Quote(string(l.System)), aSystem)
	} else if _, ok := o.AccountingUser(l.System, l.AccountingUser); !ok {
		list.Add("accounting_user", problems.Quote(string(l.AccountingUser)),
			"a user of accounting system "+problems.Quote(string(l.System)))
	}
	if err := list.Err(); err != nil {
		return Office{}, err
	}
	o = o.withoutLink(l.User, l.System)
	own := append(slices.Clone(o.linksOf(l.User)), l)
	slices.SortFunc(own, func(a, b sync.Link) int { return cmp.Compare(a.System, b.System) })
	o.links = o.links.With(l.User, &links{own})
	o.linked = o.linked.With(triple(l.System, l.AccountingUser, l.User), l.User)
	return o, nil
}

// WithoutLink is the office without a user's link to a system.
func (o Office) WithoutLink(id users.ID, system companies.SystemID) (Office, error) {
	if _, ok := o.Link(id, system); !ok {
		return Office{}, missing("user", string(id), "a user with a link to accounting system "+problems.Quote(string(system)))
	}
	return o.withoutLink(id, system), nil
}

func (o Office) withoutLink(id users.ID, system companies.SystemID) Office {
	l, ok := o.Link(id, system)
	if !ok {
		return o
	}
	left := slices.DeleteFunc(slices.Clone(o.linksOf(id)), func(l sync.Link) bool { return l.System == system })
	o.links = o.links.Without(id)
	if len(left) > 0 {
		o.links = o.links.With(id, &links{left})
	}
	o.linked = o.linked.Without(triple(system, l.AccountingUser, id))
	return o
}
