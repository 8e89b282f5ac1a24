package offices

import (
	"iter"
	"slices"
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
		o.settings = o.settings.Without(settingPlace(&s))
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
	o.settings = in(o.settings, settingPlace(&s), s, s.Value != "")
	return o, nil
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
