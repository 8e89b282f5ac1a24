// Package offices holds an office as one immutable value: its companies, users
// and accounting systems, with every id unique and every reference resolved.
//
// Whether an office's configuration is sound is another question, which
// findings answer; an unsound office still has answers.
package offices

import (
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Parts is what an office is made of. The order of the lists means nothing.
type Parts struct {
	Code string // what the office is known by; its id
	Name string
	// TimeZone is where the office's days begin: an end date is a day of this
	// zone. It must be set.
	TimeZone *time.Location
	// PasswordLink is how long a password link stays valid: whole minutes, up to
	// a day. Zero is users.PasswordLinkMinutes.
	PasswordLink time.Duration
	Systems      []sync.System
	Companies    []companies.Company
	Users        []users.User
	Links        []sync.Link
	Deleted      []users.Deleted
}

// Office is an office whose structure is valid. It is immutable and safe for any
// number of goroutines. The zero Office has nobody and nothing in it.
type Office struct {
	code, name string
	zone       *time.Location
	link       time.Duration
	systems    map[companies.SystemID]sync.System
	companies  map[companies.ID]companies.Company
	users      map[users.ID]users.User
	deleted    map[users.ID]users.Deleted
	links      map[users.ID][]sync.Link // sorted by system
}

// New is the office of the given parts, or all that is wrong with them, joined:
// each a *problems.Problem whose path is the office file's, except that links
// are a list of their own ("links[2].user").
func New(p Parts) (Office, error) {
	if err := check(p); err != nil {
		return Office{}, err
	}
	o := Office{
		code: p.Code, name: p.Name, zone: p.TimeZone, link: p.PasswordLink,
		systems:   index(p.Systems, func(s sync.System) companies.SystemID { return s.ID }),
		companies: index(p.Companies, func(c companies.Company) companies.ID { return c.ID }),
		users:     index(p.Users, func(u users.User) users.ID { return u.ID }),
		deleted:   index(p.Deleted, func(d users.Deleted) users.ID { return d.ID }),
		links:     make(map[users.ID][]sync.Link),
	}
	if o.link == 0 {
		o.link = users.PasswordLinkMinutes
	}
	for id, system := range o.systems {
		system.Users = slices.SortedFunc(slices.Values(system.Users), byID)
		o.systems[id] = system
	}
	for _, link := range p.Links {
		o.links[link.User] = append(o.links[link.User], link)
	}
	for _, links := range o.links {
		slices.SortFunc(links, bySystem)
	}
	return o, nil
}

func index[K comparable, V any](list []V, id func(V) K) map[K]V {
	m := make(map[K]V, len(list))
	for _, v := range list {
		m[id(v)] = v
	}
	return m
}

// Code is what the office is known by.
func (o Office) Code() string { return o.code }

// Name is the office's name.
func (o Office) Name() string { return o.name }

// TimeZone is where the office's days begin; UTC for the zero Office.
func (o Office) TimeZone() *time.Location {
	if o.zone == nil {
		return time.UTC
	}
	return o.zone
}

// PasswordLink is how long a password link stays valid.
func (o Office) PasswordLink() time.Duration { return o.link }

// Day is the office's day at a moment.
func (o Office) Day(at time.Time) users.Date { return users.DateOf(at, o.TimeZone()) }

// Company finds a company by id.
func (o Office) Company(id companies.ID) (companies.Company, bool) {
	c, ok := o.companies[id]
	return c, ok
}

// User finds a user by id. A deleted user is not found.
func (o Office) User(id users.ID) (users.User, bool) {
	u, ok := o.users[id]
	return u, ok
}

// DeletedUser finds what stays known of a deleted user.
func (o Office) DeletedUser(id users.ID) (users.Deleted, bool) {
	d, ok := o.deleted[id]
	return d, ok
}

// System finds an accounting system by id.
func (o Office) System(id companies.SystemID) (sync.System, bool) {
	s, ok := o.systems[id]
	s.Users = slices.Clone(s.Users)
	return s, ok
}

// Everything is access to every company there is now.
func (o Office) Everything() users.Access {
	return users.AccessTo(slices.Collect(maps.Keys(o.companies))...)
}

// Companies goes through the companies, sorted by id.
func (o Office) Companies() iter.Seq[companies.Company] { return sorted(o.companies) }

// Users goes through the users, sorted by id; deleted ones are not among them.
func (o Office) Users() iter.Seq[users.User] { return sorted(o.users) }

// DeletedUsers goes through the deleted users, sorted by id.
func (o Office) DeletedUsers() iter.Seq[users.Deleted] { return sorted(o.deleted) }

// Systems goes through the accounting systems, sorted by id; the users of each
// are sorted by id too.
func (o Office) Systems() iter.Seq[sync.System] {
	return func(yield func(sync.System) bool) {
		for s := range sorted(o.systems) {
			s.Users = slices.Clone(s.Users)
			if !yield(s) {
				return
			}
		}
	}
}

// Links goes through a user's links, sorted by accounting system.
func (o Office) Links(id users.ID) iter.Seq[sync.Link] { return slices.Values(o.links[id]) }

// Hanging is what hangs on a company and goes with it: who has access to it, and
// whose bill it pays, both sorted by id.
type Hanging struct{ Access, BillTo []users.ID }

// HangingOn names what hangs on a company, to be told before it is deleted.
func (o Office) HangingOn(id companies.ID) (h Hanging) {
	for u := range o.Users() {
		if u.Access.Has(id) {
			h.Access = append(h.Access, u.ID)
		}
		if company, ok := u.BillTo.Company(); ok && company == id {
			h.BillTo = append(h.BillTo, u.ID)
		}
	}
	return h
}

// Parts takes the office apart, each list sorted by id: New(o.Parts()) equals o.
func (o Office) Parts() Parts {
	p := Parts{
		Code: o.code, Name: o.name, TimeZone: o.zone, PasswordLink: o.link,
		Systems:   slices.Collect(o.Systems()),
		Companies: slices.Collect(o.Companies()),
		Users:     slices.Collect(o.Users()),
		Deleted:   slices.Collect(o.DeletedUsers()),
	}
	for _, u := range p.Users {
		p.Links = append(p.Links, o.links[u.ID]...)
	}
	return p
}

func sorted[K ~string, V any](m map[K]V) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(m[k]) {
				return
			}
		}
	}
}
