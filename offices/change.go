package offices

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/internal/persistent"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The changes in this file are unguarded: they keep the office's structure valid
// and ask nobody whether they may be made. None changes the office it is called
// on, and the one it returns shares with it all that stayed the same. What would
// break the structure is an error that joins a *problems.Problem for each thing
// wrong, and then the office that is returned is the zero one.

// What a reference that does not resolve is told it should have been.
const (
	aUser    = "a user of this office"
	aCompany = "a company of this office"
	aSystem  = "an accounting system of this office"
)

// AtVersion is the office at another version.
func (o Office) AtVersion(version uint64) Office {
	o.version = version
	return o
}

// WithName is the office under another name.
func (o Office) WithName(name string) (Office, error) {
	if !ident.Text(name) {
		return Office{}, missing("name", name, ident.ExpectedText)
	}
	o.name = name
	return o, nil
}

// WithPasswordLinkLength is the office in which links sent from now on are valid
// for another while.
func (o Office) WithPasswordLinkLength(d time.Duration) (Office, error) {
	if err := users.CheckPasswordLinkLength(d); err != nil {
		return Office{}, err
	}
	o.link = d
	return o, nil
}

// WithUser is the office in which the user is as told: a new one, or one there was.
func (o Office) WithUser(u users.User) (Office, error) {
	before, known := o.users.Get(u.ID)
	if !known {
		before = new(users.User)
	}
	if err := o.checkUser(u, before); err != nil {
		return Office{}, err
	}
	o.users = o.users.With(u.ID, &u)
	if before.Username != u.Username || !known {
		o.usernames = o.usernames.Without(before.Username).With(u.Username, u.ID)
	}
	if before.LaterCompanies != u.LaterCompanies {
		o.later = in(o.later, u.ID, found{}, u.LaterCompanies)
	}
	if before.BillTo != u.BillTo {
		o.billed = billed(billed(o.billed, before.BillTo, u.ID, false), u.BillTo, u.ID, true)
	}
	return o, nil
}

func billed(m persistent.Map[string, users.ID], to users.BillTo, id users.ID, is bool) persistent.Map[string, users.ID] {
	if company, ok := to.Company(); ok {
		return in(m, pair(company, id), id, is)
	}
	return m
}

// in is the map with the key where it is to be in, and without it otherwise.
func in[K ~string, V any](m persistent.Map[K, V], key K, v V, is bool) persistent.Map[K, V] {
	if is {
		return m.With(key, v)
	}
	return m.Without(key)
}

// checkUser checks a user who was so before. Companies that the user reached
// already exist.
func (o Office) checkUser(u users.User, before *users.User) error {
	var list problems.List
	list.AddAt("", u.Check())
	if _, deleted := o.deleted.Get(u.ID); deleted {
		list.Add("id", problems.Quote(string(u.ID)), "an id that no deleted user had")
	}
	if owner, taken := o.usernames.Get(u.Username); taken && (owner != u.ID || before.ID == "") {
		list.Add("username", problems.Quote(u.Username), "a username that nobody has or had")
	}
	for id := range u.Access.Beyond(before.Access) {
		if _, ok := o.companies.Get(id); !ok {
			list.Add("companies", problems.Quote(string(id)), aCompany)
		}
	}
	if company, ok := u.BillTo.Company(); ok {
		if _, known := o.companies.Get(company); !known {
			list.Add("bill_to", problems.Quote(string(company)), "office, or "+aCompany)
		}
	}
	return list.Err()
}

// WithoutUser is the office after a user was deleted: the id and the username stay
// known, the links go. Source: SETTINGS.
func (o Office) WithoutUser(id users.ID) (Office, error) {
	u, ok := o.users.Get(id)
	if !ok {
		return Office{}, missing("user", string(id), aUser)
	}
	if duties := o.DutiesOf(id); len(duties) > 0 {
		return Office{}, missing("user", string(id), "a user who synchronises no accounting system")
	}
	for _, l := range o.linksOf(id) {
		o.linked = o.linked.Without(triple(l.System, l.AccountingUser, id))
	}
	o.links, o.passwordLinks = o.links.Without(id), o.passwordLinks.Without(id)
	o.later, o.billed = o.later.Without(id), billed(o.billed, u.BillTo, id, false)
	o.users = o.users.Without(id)
	o.deleted = o.deleted.With(id, users.Deleted{ID: id, Username: u.Username})
	return o, nil
}

// WithCompany is the office in which the company is as told: a new one, or one
// there was.
func (o Office) WithCompany(c companies.Company) (Office, error) {
	var list problems.List
	list.AddAt("", c.Check())
	if _, ok := o.systems.Get(c.System); !ok && ident.OK(string(c.System)) {
		list.Add("accounting_system", problems.Quote(string(c.System)), aSystem)
	}
	if err := list.Err(); err != nil {
		return Office{}, err
	}
	if before, ok := o.companies.Get(c.ID); ok {
		o.contained = o.contained.Without(pair(before.System, c.ID))
	}
	o.companies = o.companies.With(c.ID, &c)
	o.contained = o.contained.With(pair(c.System, c.ID), c.ID)
	return o, nil
}

// WithReach is the office in which users reach a company besides those they reached
// already. Users who share one access share one afterwards too.
func (o Office) WithReach(id companies.ID, by iter.Seq[users.ID]) (Office, error) {
	if _, ok := o.companies.Get(id); !ok {
		return Office{}, missing("company", string(id), aCompany)
	}
	with := shared(func(a users.Access) users.Access { return a.With(id) })
	for user := range by {
		before, ok := o.users.Get(user)
		if !ok {
			return Office{}, missing("user", string(user), aUser)
		}
		u := *before
		u.Access = with(u.Access)
		o.users = o.users.With(user, &u)
	}
	return o, nil
}

// shared is a change of access that is made once for those who share one, when they
// come after each other.
func shared(change func(users.Access) users.Access) func(users.Access) users.Access {
	var from, to users.Access
	return func(a users.Access) users.Access {
		if from.Len() == 0 || !a.Equal(from) {
			from, to = a, change(a)
		}
		return to
	}
}

// WithoutCompany is the office without a company and without what hung on it:
// users' access, and what was set. Where it paid, nobody chose who does from then
// on. It looks at every user.
func (o Office) WithoutCompany(id companies.ID) (Office, error) {
	next, _, err := o.DeletingCompany(id)
	return next, err
}

// DeletingCompany is WithoutCompany, and what hung on the company.
func (o Office) DeletingCompany(id companies.ID) (Office, Hanging, error) {
	company, ok := o.companies.Get(id)
	if !ok {
		return Office{}, Hanging{}, missing("company", string(id), aCompany)
	}
	hanging := o.HangingOn(id)
	without := shared(func(a users.Access) users.Access { return a.Without(id) })
	for _, user := range slices.Concat(hanging.Access, hanging.BillTo) {
		before, _ := o.users.Get(user)
		u := *before
		u.Access = without(u.Access)
		if pays, ok := u.BillTo.Company(); ok && pays == id {
			u.BillTo = users.BillTo{}
			o.billed = billed(o.billed, before.BillTo, user, false)
		}
		o.users = o.users.With(user, &u)
	}
	for s := range o.Settings(id) {
		o.settings = o.settings.Without(settingPlace(s))
	}
	o.systems = withoutReach(o.systems, id)
	o.companies = o.companies.Without(id)
	o.contained = o.contained.Without(pair(company.System, id))
	return o, hanging, nil
}

// withoutReach is the accounting systems after a company is gone from all that
// their users reach one by one.
func withoutReach(systems persistent.Map[companies.SystemID, *system], id companies.ID) persistent.Map[companies.SystemID, *system] {
	for s := range systems.Values() {
		changed := *s
		for u := range s.users.Values() {
			if some := u.Reach.Some(); some.Has(id) {
				left := *u
				left.Reach = sync.ReachSome(some.Without(id))
				changed.users = changed.users.With(u.ID, &left)
			}
		}
		if changed.users != s.users {
			systems = systems.With(s.ID, &changed)
		}
	}
	return systems
}

// WithSetting is the office in which something is set for a company. The empty
// value is that it is not set.
func (o Office) WithSetting(s companies.Setting) (Office, error) {
	var list problems.List
	if _, ok := o.companies.Get(s.Company); !ok {
		list.Add("company", problems.Quote(string(s.Company)), aCompany)
	}
	kind, ok := o.kinds.Get(s.Code)
	switch {
	case !ok:
		list.Add("code", problems.Quote(s.Code), "a setting of company_settings")
	case s.Value != "" && !kind.Takes(s.Value):
		list.Add("value", problems.Quote(s.Value), kind.Expected())
	}
	if err := list.Err(); err != nil {
		return Office{}, err
	}
	o.settings = in(o.settings, settingPlace(s), s, s.Value != "")
	return o, nil
}

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

// WithPasswordLink is the office in which a password link was sent; the one the
// user had goes.
func (o Office) WithPasswordLink(l users.PasswordLink) (Office, error) {
	var list problems.List
	list.AddAt("", l.Check())
	if _, ok := o.users.Get(l.User); !ok {
		list.Add("user", problems.Quote(string(l.User)), aUser)
	}
	if err := list.Err(); err != nil {
		return Office{}, err
	}
	o.passwordLinks = o.passwordLinks.With(l.User, l)
	return o, nil
}

// WithoutPasswordLink is the office in which a user has no password link to use.
func (o Office) WithoutPasswordLink(id users.ID) Office {
	o.passwordLinks = o.passwordLinks.Without(id)
	return o
}

func missing(path, found, expected string) error {
	return &problems.Problem{Path: path, Found: problems.Quote(found), Expected: expected}
}
