// Package offices holds an office as one immutable value: its companies, users
// and accounting systems, with every id unique and every reference resolved.
//
// Whether an office's configuration is sound is another question, which
// findings answer; an unsound office still has answers.
package offices

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/persistent"
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
	// Version counts the changes that the office has seen.
	Version uint64

	Systems       []sync.System
	Companies     []companies.Company
	Users         []users.User
	Links         []sync.Link
	Deleted       []users.Deleted
	PasswordLinks []users.PasswordLink    // those not used yet, at most one for each user
	SettingKinds  []companies.SettingKind // what companies may set, by code
	Settings      []companies.Setting
}

// Office is an office whose structure is valid. It is immutable and safe for any
// number of goroutines. The zero Office has nobody and nothing in it.
//
// An office and all that became of it share what New was given, which stays in memory as
// long as one of them does; each change adds what it touched.
type Office struct {
	code, name string
	zone       *time.Location
	link       time.Duration
	version    uint64

	systems       persistent.Map[companies.SystemID, *system]
	companies     persistent.Map[companies.ID, *companies.Company]
	users         persistent.Map[users.ID, *users.User]
	deleted       persistent.Map[users.ID, users.Deleted]
	links         persistent.Map[users.ID, *links]
	passwordLinks persistent.Map[users.ID, users.PasswordLink]
	kinds         persistent.Map[string, *companies.SettingKind]
	settings      persistent.Map[string, companies.Setting] // by company and code

	// What is found by something else than its id; see index.go.
	usernames persistent.Map[string, users.ID] // deleted users' too
	later     persistent.Map[users.ID, found]
	billed    persistent.Map[string, users.ID]     // by company and user
	linked    persistent.Map[string, users.ID]     // by system, accounting user and user
	contained persistent.Map[string, companies.ID] // by system and company

	resolved *resolved // what New found; nil of an office that it did not make
}

// system is an accounting system with its users found by id.
type system struct {
	sync.System // without its users
	users       persistent.Map[sync.UserID, *sync.User]
}

// links is a user's links, sorted by system.
type links struct{ list []sync.Link }

type found = struct{}

// New is the office of the given parts, or all that is wrong with them, joined:
// each a *problems.Problem whose path is the office file's, except that links,
// password links and settings are lists of their own ("links[2].user").
func New(p Parts) (Office, error) {
	p = cloned(p)
	order := p.sorted()
	o := Office{
		code: p.Code, name: p.Name, zone: p.TimeZone, link: cmp.Or(p.PasswordLink, users.PasswordLinkMinutes), version: p.Version,
		companies:     byKey(order.companies, p.Companies, companyID, inPlace[companies.Company]),
		users:         byKey(order.users, p.Users, userID, inPlace[users.User]),
		systems:       systemsOf(order.systems, p.Systems),
		deleted:       byKey(order.deleted, p.Deleted, deletedID, itself[users.Deleted]),
		passwordLinks: byKey(order.passwordLinks, p.PasswordLinks, linkedUser, itself[users.PasswordLink]),
		kinds:         byKey(order.kinds, p.SettingKinds, kindCode, inPlace[companies.SettingKind]),
		links:         linksOf(order.links, p.Links),
	}
	c := checker{Parts: p, office: &o, order: order}
	if err := c.check(); err != nil {
		return Office{}, err
	}
	o.resolved = &resolved{o.companies, o.users, p.Users, order.users, c.places}
	return o.indexed(&p, order), nil
}

// cloned is the parts with lists of their own.
func cloned(p Parts) Parts {
	p.Companies, p.Users, p.Links = slices.Clone(p.Companies), slices.Clone(p.Users), slices.Clone(p.Links)
	p.Deleted, p.PasswordLinks, p.Settings = slices.Clone(p.Deleted), slices.Clone(p.PasswordLinks), slices.Clone(p.Settings)
	p.Systems, p.SettingKinds = slices.Clone(p.Systems), slices.Clone(p.SettingKinds)
	for i := range p.Systems {
		p.Systems[i].Users = slices.Clone(p.Systems[i].Users)
	}
	for i := range p.SettingKinds {
		p.SettingKinds[i].Values = slices.Clone(p.SettingKinds[i].Values)
	}
	return p
}

func companyID(c *companies.Company) companies.ID { return c.ID }
func userID(u *users.User) users.ID               { return u.ID }
func systemID(s *sync.System) companies.SystemID  { return s.ID }
func accountID(u *sync.User) sync.UserID          { return u.ID }
func deletedID(d *users.Deleted) users.ID         { return d.ID }
func linkedUser(l *users.PasswordLink) users.ID   { return l.User }
func kindCode(k *companies.SettingKind) string    { return k.Code }
func settingPlace(s *companies.Setting) string    { return pair(s.Company, s.Code) }
func itself[T any](v *T) T                        { return *v }
func inPlace[T any](v *T) *T                      { return v }

func systemsOf(by order, list []sync.System) persistent.Map[companies.SystemID, *system] {
	made := make([]system, len(list))
	for i := range list {
		made[i] = *systemOf(list[i])
	}
	return byKey(by, made, func(s *system) companies.SystemID { return s.ID }, inPlace[system])
}

// systemOf takes the list of the system's users over.
func systemOf(s sync.System) *system {
	made := &system{s, byKey(orderBy(s.Users, accountID), s.Users, accountID, inPlace[sync.User])}
	made.Users = nil
	return made
}

// linksOf lays links together by user.
func linksOf(by order, list []sync.Link) persistent.Map[users.ID, *links] {
	sorted := make([]sync.Link, len(list))
	for i := range sorted {
		sorted[i] = list[by.at(i)]
	}
	var of []links
	for from, to := 0, 0; from < len(sorted); from = to {
		for to < len(sorted) && sorted[to].User == sorted[from].User {
			to++
		}
		of = append(of, links{sorted[from:to:to]})
	}
	return byKey(asIs, of, func(l *links) users.ID { return l.list[0].User }, inPlace[links])
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

// PasswordLinkLength is how long a password link stays valid.
func (o Office) PasswordLinkLength() time.Duration { return o.link }

// Day is the office's day at a moment.
func (o Office) Day(at time.Time) users.Date { return users.DateOf(at, o.TimeZone()) }

// Version counts the changes that the office has seen. Each event adds one.
func (o Office) Version() uint64 { return o.version }

// Company finds a company by id.
func (o Office) Company(id companies.ID) (companies.Company, bool) { return at(o.companies, id) }

// User finds a user by id. A deleted user is not found.
func (o Office) User(id users.ID) (users.User, bool) { return at(o.users, id) }

func at[K cmp.Ordered, V any](m persistent.Map[K, *V], key K) (v V, ok bool) {
	p, ok := m.Get(key)
	if ok {
		v = *p
	}
	return v, ok
}

// DeletedUser finds what stays known of a deleted user.
func (o Office) DeletedUser(id users.ID) (users.Deleted, bool) { return o.deleted.Get(id) }

// UsernameOf finds who has a username, or had it before they were deleted.
func (o Office) UsernameOf(username string) (users.ID, bool) { return o.usernames.Get(username) }

// System finds an accounting system by id, with all its users. Where it has many,
// SystemState and AccountingUser cost less.
func (o Office) System(id companies.SystemID) (sync.System, bool) {
	s, ok := o.systems.Get(id)
	if !ok {
		return sync.System{}, false
	}
	return s.whole(), true
}

func (s *system) whole() sync.System {
	whole := s.System
	whole.Users = make([]sync.User, 0, s.users.Len())
	for u := range s.users.Values() {
		whole.Users = append(whole.Users, *u)
	}
	if len(whole.Users) == 0 {
		whole.Users = nil
	}
	return whole
}

// SystemState is an accounting system without its users.
func (o Office) SystemState(id companies.SystemID) (sync.System, bool) {
	s, ok := o.systems.Get(id)
	if !ok {
		return sync.System{}, false
	}
	return s.System, true
}

// AccountingUser finds a user of an accounting system.
func (o Office) AccountingUser(id companies.SystemID, user sync.UserID) (sync.User, bool) {
	if s, ok := o.systems.Get(id); ok {
		return at(s.users, user)
	}
	return sync.User{}, false
}

// Everything is access to every company there is now.
func (o Office) Everything() users.Access {
	ids := make([]companies.ID, 0, o.companies.Len())
	for id := range o.companies.All() {
		ids = append(ids, id)
	}
	return users.AccessTo(ids...)
}

// Companies goes through the companies, sorted by id.
func (o Office) Companies() iter.Seq[companies.Company] { return values(o.companies) }

// CompanyCount counts the companies.
func (o Office) CompanyCount() int { return o.companies.Len() }

// UserCount counts the users; deleted ones are not among them.
func (o Office) UserCount() int { return o.users.Len() }

// Users goes through the users, sorted by id; deleted ones are not among them.
func (o Office) Users() iter.Seq[users.User] { return values(o.users) }

func values[K cmp.Ordered, V any](m persistent.Map[K, *V]) iter.Seq[V] {
	return func(yield func(V) bool) {
		for v := range m.Values() {
			if !yield(*v) {
				return
			}
		}
	}
}

// DeletedUsers goes through the deleted users, sorted by id.
func (o Office) DeletedUsers() iter.Seq[users.Deleted] { return o.deleted.Values() }

// Systems goes through the accounting systems, sorted by id; the users of each
// are sorted by id too.
func (o Office) Systems() iter.Seq[sync.System] {
	return func(yield func(sync.System) bool) {
		for s := range o.systems.Values() {
			if !yield(s.whole()) {
				return
			}
		}
	}
}

// Links goes through a user's links, sorted by accounting system.
func (o Office) Links(id users.ID) iter.Seq[sync.Link] { return slices.Values(o.linksOf(id)) }

func (o Office) linksOf(id users.ID) []sync.Link {
	if l, ok := o.links.Get(id); ok {
		return l.list
	}
	return nil
}

// AllLinks goes through the links of all users, sorted by user and accounting system.
func (o Office) AllLinks() iter.Seq[sync.Link] {
	return func(yield func(sync.Link) bool) {
		for l := range o.links.Values() {
			for _, link := range l.list {
				if !yield(link) {
					return
				}
			}
		}
	}
}

// Link finds a user's link to an accounting system.
func (o Office) Link(id users.ID, system companies.SystemID) (sync.Link, bool) {
	for _, l := range o.linksOf(id) {
		if l.System == system {
			return l, true
		}
	}
	return sync.Link{}, false
}

// PasswordLinkOf is a user's password link that was sent and not used; whether it
// is still valid hangs on the moment.
func (o Office) PasswordLinkOf(id users.ID) (users.PasswordLink, bool) {
	return o.passwordLinks.Get(id)
}

func kindOf(k *companies.SettingKind) companies.SettingKind {
	made := *k
	made.Values = slices.Clone(k.Values)
	return made
}

// SettingKinds goes through what companies may set, sorted by code.
func (o Office) SettingKinds() iter.Seq[companies.SettingKind] {
	return func(yield func(companies.SettingKind) bool) {
		for k := range o.kinds.Values() {
			if !yield(kindOf(k)) {
				return
			}
		}
	}
}

// SettingKind finds what companies may set by its code.
func (o Office) SettingKind(code string) (companies.SettingKind, bool) {
	if k, ok := o.kinds.Get(code); ok {
		return kindOf(k), true
	}
	return companies.SettingKind{}, false
}

// Settings goes through what is set for a company, sorted by code.
func (o Office) Settings(id companies.ID) iter.Seq[companies.Setting] { return below(o.settings, id) }

// Parts takes the office apart, each list sorted by id: New(o.Parts()) equals o.
func (o Office) Parts() Parts {
	p := Parts{
		Code: o.code, Name: o.name, TimeZone: o.zone, PasswordLink: o.link, Version: o.version,
		Systems:       slices.Collect(o.Systems()),
		Companies:     slices.Collect(o.Companies()),
		Users:         slices.Collect(o.Users()),
		Deleted:       slices.Collect(o.DeletedUsers()),
		PasswordLinks: slices.Collect(o.passwordLinks.Values()),
		SettingKinds:  slices.Collect(o.SettingKinds()),
		Settings:      slices.Collect(o.settings.Values()),
		Links:         slices.Collect(o.AllLinks()),
	}
	return p
}
