package offices

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/persistent"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file keeps what is found by something else than its own id, so that no
// change has to look at every user.

// between separates the ids of a key that is made of several. No id holds it.
const between = "\x00"

func pair[A, B ~string](a A, b B) string { return string(a) + between + string(b) }

func triple[A, B, C ~string](a A, b B, c C) string {
	return string(a) + between + string(b) + between + string(c)
}

// below goes through the values whose key begins with an id, sorted by what
// follows.
func below[K ~string, V any](m persistent.Map[string, V], id K) iter.Seq[V] {
	return func(yield func(V) bool) {
		start := string(id) + between
		for key, v := range m.From(start) {
			if !strings.HasPrefix(key, start) || !yield(v) {
				return
			}
		}
	}
}

// username is that of a user or, from after the last, of a deleted one.
func (p *Parts) username(place int) string {
	if place < len(p.Users) {
		return p.Users[place].Username
	}
	return p.Deleted[place-len(p.Users)].Username
}

func (p *Parts) userID(place int) users.ID {
	if place < len(p.Users) {
		return p.Users[place].ID
	}
	return p.Deleted[place-len(p.Users)].ID
}

// keyed is something under a key made of several ids.
type keyed[V any] struct {
	key   string
	value V
}

// byPair takes a list over in which each key stands once.
func byPair[V any](list []keyed[V]) persistent.Map[string, V] {
	byKeys := func(a, b keyed[V]) int { return strings.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(list, byKeys) {
		slices.SortFunc(list, byKeys)
	}
	return byKey(asIs, list, func(k *keyed[V]) string { return k.key }, func(k *keyed[V]) V { return k.value })
}

// indexed is the office with everything in it found by what else it is found by.
func (o Office) indexed(p *Parts, order orders) Office {
	var billed []keyed[users.ID]
	var later []users.ID
	for i := range p.Users {
		u := &p.Users[order.users.at(i)]
		if company, ok := u.BillTo.Company(); ok {
			billed = append(billed, keyed[users.ID]{pair(company, u.ID), u.ID})
		}
		if u.LaterCompanies {
			later = append(later, u.ID)
		}
	}
	linked := make([]keyed[users.ID], len(p.Links))
	for i, l := range p.Links {
		linked[i] = keyed[users.ID]{triple(l.System, l.AccountingUser, l.User), l.User}
	}
	contained := make([]keyed[companies.ID], len(p.Companies))
	for i := range p.Companies {
		c := &p.Companies[i]
		contained[i] = keyed[companies.ID]{pair(c.System, c.ID), c.ID}
	}
	settings := make([]keyed[companies.Setting], len(p.Settings))
	for i, s := range p.Settings {
		settings[i] = keyed[companies.Setting]{settingPlace(&s), s}
	}
	named := &Parts{Users: p.Users, Deleted: p.Deleted}
	o.usernames = persistent.Collect(len(p.Users)+len(p.Deleted),
		func(i int) string { return named.username(order.usernames.at(i)) },
		func(i int) users.ID { return named.userID(order.usernames.at(i)) })
	o.later = byKey(asIs, later, itself[users.ID], func(*users.ID) found { return found{} })
	o.billed, o.linked, o.contained, o.settings = byPair(billed), byPair(linked), byPair(contained), byPair(settings)
	return o
}

// LaterCompanyUsers goes through the users who have the right to later companies,
// sorted by id.
func (o Office) LaterCompanyUsers() iter.Seq[users.ID] {
	return func(yield func(users.ID) bool) {
		for id := range o.later.All() {
			if !yield(id) {
				return
			}
		}
	}
}

// BilledTo goes through the users for whom a company pays, sorted by id.
func (o Office) BilledTo(id companies.ID) iter.Seq[users.ID] { return below(o.billed, id) }

// CompaniesOf goes through the companies of an accounting system, sorted by id.
func (o Office) CompaniesOf(id companies.SystemID) iter.Seq[companies.ID] {
	return below(o.contained, id)
}

// LinkedTo goes through the users linked to a user of an accounting system, sorted
// by id.
func (o Office) LinkedTo(id companies.SystemID, user sync.UserID) iter.Seq[users.ID] {
	return below(o.linked, pair(id, user))
}

// LinkedIn is the users linked to an accounting system, sorted by id.
func (o Office) LinkedIn(id companies.SystemID) []users.ID {
	if _, ok := o.systems.Get(id); !ok {
		return nil // not even where the id is the start of a longer key
	}
	return slices.Sorted(below(o.linked, id))
}

// DutiesOf is the accounting systems that a user synchronises, sorted by id.
func (o Office) DutiesOf(id users.ID) (duties []companies.SystemID) {
	for s := range o.systems.Values() {
		if s.SynchronisationUser == id {
			duties = append(duties, s.ID)
		}
	}
	return duties
}

// Hanging is what hangs on a company and goes with it: who has access to it, and
// whose bill it pays, both sorted by id.
type Hanging struct{ Access, BillTo []users.ID }

// HangingOn names what hangs on a company, to be told before it is deleted. It
// looks at every user.
func (o Office) HangingOn(id companies.ID) (h Hanging) {
	for u := range o.users.Values() {
		if u.Access.Has(id) {
			h.Access = append(h.Access, u.ID)
		}
	}
	h.BillTo = slices.Collect(o.BilledTo(id))
	return h
}

// Difference is what is not the same in two offices, by id, each list sorted. A
// user counts as changed where a link or the password link of theirs did, and an
// accounting system where one of its users did.
type Difference struct {
	Systems   []SystemDifference // sorted by id
	Companies []companies.ID
	Users     []users.ID
}

// SystemDifference is that an accounting system is not the same in two offices, and
// which of its users are not.
type SystemDifference struct {
	ID    companies.SystemID
	Users []sync.UserID
}

// Since finds what changed between an office and what became of it. It costs what
// was changed, not how large the office is. What was changed and changed back is
// the same.
func (o Office) Since(before Office) (d Difference) {
	for id := range persistent.Changed(before.systems, o.systems) {
		accounts := slices.Collect(changed(before.accountsOf(id), o.accountsOf(id), sameAccount))
		was, _ := before.systems.Get(id)
		now, _ := o.systems.Get(id)
		if len(accounts) > 0 || was == nil || now == nil || !sameState(was, now) {
			d.Systems = append(d.Systems, SystemDifference{id, accounts})
		}
	}
	d.Companies = slices.Collect(changed(before.companies, o.companies, sameCompany))
	d.Users = slices.AppendSeq(d.Users, changed(before.users, o.users, sameUser))
	d.Users = slices.AppendSeq(d.Users, changed(before.links, o.links, sameLinks))
	d.Users = slices.AppendSeq(d.Users, persistent.Changed(before.passwordLinks, o.passwordLinks))
	d.Users = unique(d.Users)
	for key := range persistent.Changed(before.settings, o.settings) {
		id, _, _ := strings.Cut(key, between)
		d.Companies = append(d.Companies, companies.ID(id))
	}
	d.Companies = unique(d.Companies)
	return d
}

// changed goes through the keys that only one of two maps has, or under which they
// say something else. The same may have been put in anew.
func changed[K cmp.Ordered, V any](before, after persistent.Map[K, *V], same func(a, b *V) bool) iter.Seq[K] {
	return func(yield func(K) bool) {
		for key := range persistent.Changed(before, after) {
			was, _ := before.Get(key)
			now, _ := after.Get(key)
			if (was == nil || now == nil || !same(was, now)) && !yield(key) {
				return
			}
		}
	}
}

func sameCompany(a, b *companies.Company) bool { return *a == *b }
func sameAccount(a, b *sync.User) bool         { return a.Equal(*b) }
func sameLinks(a, b *links) bool               { return slices.Equal(a.list, b.list) }

func sameState(a, b *system) bool {
	return a.Name == b.Name && a.Connection == b.Connection && a.SynchronisationUser == b.SynchronisationUser
}

func sameUser(a, b *users.User) bool {
	return a.Username == b.Username && a.Email == b.Email && a.Name == b.Name && a.Language == b.Language &&
		a.Roles == b.Roles && a.Access.Equal(b.Access) && a.LaterCompanies == b.LaterCompanies && a.EndDate == b.EndDate &&
		a.Archive == b.Archive && a.ChangeBankDetails == b.ChangeBankDetails && a.BillTo == b.BillTo &&
		a.Spenser == b.Spenser && a.Used == b.Used
}

func (o Office) accountsOf(id companies.SystemID) (none persistent.Map[sync.UserID, *sync.User]) {
	if s, ok := o.systems.Get(id); ok {
		return s.users
	}
	return none
}

func unique[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}
