package admin

import (
	"cmp"
	"slices"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// CreateSystem connects an accounting system, with its synchronisation user and the
// user of it that they are there. It is disconnected until the password of that one
// was entered. Source: SYNC.
type CreateSystem struct {
	System              companies.SystemID
	SystemName          string
	SynchronisationUser users.ID
	Account             Account
}

// Name is "accounting_system.create".
func (CreateSystem) Name() string { return policy.AccountingSystemCreate.String() }

func (c *CreateSystem) fields(f *fields.Coder) {
	fields.Need(f, "system", &c.System, systemID)
	fields.Need(f, "name", &c.SystemName, fields.Name[string]())
	fields.Need(f, "synchronisation_user", &c.SynchronisationUser, userID)
	fields.Need(f, "account", &c.Account, account)
}

func (c CreateSystem) do(d *draft) {
	by, ok := d.ask(policy.AccountingSystemCreate, policy.OfOffice(d.pending.Code()), nil)
	if !ok {
		return
	}
	created := SystemCreated(c)
	// Whoever is to have the duty must be fit for it, as if chosen afterwards.
	if _, fit := d.supposing([]Change{created}, policy.ConnectionManage, policy.OfConnection(c.System), &policy.With{
		SynchronisationUser: c.SynchronisationUser, AccountingUser: c.Account.ID,
	}); fit {
		d.emit(by, created)
		d.emit(by, Linked{c.SynchronisationUser, c.System, c.Account.ID})
	}
}

// DeleteSystem disconnects an accounting system without companies for good. The
// links to it go, and so does the duty to synchronise it. Source: SYNC.
type DeleteSystem struct{ System companies.SystemID }

// Name is "accounting_system.delete".
func (DeleteSystem) Name() string { return policy.AccountingSystemDelete.String() }

func (c *DeleteSystem) fields(f *fields.Coder) { fields.Need(f, "system", &c.System, systemID) }

func (c DeleteSystem) do(d *draft) {
	if by, ok := d.ask(policy.AccountingSystemDelete, policy.OfConnection(c.System), nil); ok {
		d.emit(by, SystemDeleted{c.System, changes.ListOf(d.pending.LinkedIn(c.System)...)})
	}
}

// FetchUsers takes over the users of an accounting system, as that system tells of
// them. Those whose rank is above that of the synchronisation user are left out,
// unless somebody is linked to them; links to users it no longer has go. Source:
// SETTINGS, SYNC.
type FetchUsers struct {
	System   companies.SystemID
	Accounts changes.List[Account]
}

// Name is "accounting_system.fetch_users".
func (FetchUsers) Name() string { return policy.AccountingSystemFetchUsers.String() }

func (c *FetchUsers) fields(f *fields.Coder) {
	fields.Need(f, "system", &c.System, systemID)
	fields.Need(f, "accounts", &c.Accounts, accounts)
	seen := make(map[sync.UserID]bool)
	i := 0
	for a := range c.Accounts.All() {
		if seen[a.ID] {
			f.Note(problems.At("accounts", i)+".id", problems.Quote(string(a.ID)), "each accounting-system user once")
		}
		seen[a.ID] = true
		i++
	}
}

func (c FetchUsers) do(d *draft) {
	by, ok := d.ask(policy.AccountingSystemFetchUsers, policy.OfConnection(c.System), nil)
	if !ok {
		return
	}
	system, _ := d.pending.SystemState(c.System)
	own, linked := d.pending.Link(system.SynchronisationUser, c.System)
	var duty *Account
	fetched := make(map[sync.UserID]bool)
	for a := range c.Accounts.All() {
		fetched[a.ID] = true
		if linked && a.ID == own.AccountingUser {
			duty = &a
		}
	}
	if linked && (duty == nil || !d.serves(*duty, c.System)) {
		d.because(policy.OfConnection(c.System), policy.SynchronisationDuty.String(), "SYNC", words.Say(
			"{duty} synchronises {system} as {account}, which would not be there or not have the rights that takes: choose another synchronisation user first.",
			words.Blank{Name: "duty", With: words.Plain(system.SynchronisationUser)},
			words.Blank{Name: "system", With: words.Plain(c.System)},
			words.Blank{Name: "account", With: words.Plain(own.AccountingUser)}))
		return
	}
	for _, user := range d.pending.LinkedIn(c.System) {
		if l, _ := d.pending.Link(user, c.System); !fetched[l.AccountingUser] {
			d.emit(by, Unlinked{user, c.System})
		}
	}
	taken := c.taken(d, duty)
	if c.reachable(d, taken) && !c.sameAs(d, taken) {
		d.emit(by, taken)
	}
}

// reachable notes the accounts to be taken over who reach what is no company of this
// office, where the accounting system told of them.
func (c FetchUsers) reachable(d *draft, taken AccountsFetched) bool {
	in := make(map[sync.UserID]bool)
	for a := range taken.Accounts.All() {
		in[a.ID] = true
	}
	var list problems.List
	i := 0
	for a := range c.Accounts.All() {
		for id := range a.Companies.All() {
			if _, ok := d.pending.Company(id); !ok && in[a.ID] {
				list.Add(problems.At("accounts", i)+".companies", problems.Quote(string(id)), "a company of this office")
			}
		}
		i++
	}
	if err := list.Err(); err != nil {
		d.malformed("", err)
		return false
	}
	return true
}

// serves says whether the account can carry the synchronisation of a system: it may
// change master data and reaches every company of the system. Source: SYNC.
func (d *draft) serves(a Account, system companies.SystemID) bool {
	reach := a.user().Reach
	for id := range d.pending.CompaniesOf(system) {
		if !reach.Has(id) {
			return false
		}
	}
	return a.CanChangeMasterData
}

// taken is the accounts that are taken over, sorted by id, where duty is that of the
// synchronisation user.
func (c FetchUsers) taken(d *draft, duty *Account) AccountsFetched {
	var in []Account
	var out []sync.UserID
	for a := range c.Accounts.All() {
		linked := false
		for range d.pending.LinkedTo(c.System, a.ID) {
			linked = true
		}
		if linked || duty == nil || a.Rank >= duty.Rank {
			in = append(in, a)
		} else {
			out = append(out, a.ID)
		}
	}
	slices.SortFunc(in, func(a, b Account) int { return cmp.Compare(a.ID, b.ID) })
	slices.Sort(out)
	return AccountsFetched{c.System, changes.ListOf(in...), changes.ListOf(out...)}
}

// sameAs says whether the accounts are those the office has already.
func (FetchUsers) sameAs(d *draft, taken AccountsFetched) bool {
	next, err := taken.apply(d.pending)
	if err != nil {
		return false
	}
	diff := next.Since(d.pending).Systems
	return len(diff) == 0 || len(diff[0].Users) == 0
}

// LinkAccountingUser links a user to a user of an accounting system, in the place of
// any link to it before. The password is still to be entered. Source: SETTINGS.
type LinkAccountingUser struct {
	User           users.ID
	System         companies.SystemID
	AccountingUser sync.UserID
}

// Name is "user.link_accounting_user".
func (LinkAccountingUser) Name() string { return policy.UserLinkAccountingUser.String() }

func (c *LinkAccountingUser) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "system", &c.System, systemID)
	fields.Need(f, "accounting_user", &c.AccountingUser, accountID)
}

func (c LinkAccountingUser) do(d *draft) {
	by, ok := d.ask(policy.UserLinkAccountingUser, policy.OfUser(c.User), &policy.With{System: c.System, User: c.AccountingUser})
	if ok {
		d.link(by, Linked(c))
	}
}

// link makes a link that is to be verified, where it is not there so already. Where
// it is the synchronisation user's own, nobody can log in with it until then.
func (d *draft) link(by right, l Linked) {
	made := sync.Link{User: l.User, System: l.System, AccountingUser: l.AccountingUser}
	if before, _ := d.pending.Link(l.User, l.System); before != made {
		d.emit(by, l)
	}
	if s, _ := d.pending.SystemState(l.System); s.SynchronisationUser == l.User {
		d.connect(by, s, sync.Disconnected)
	}
}

func (d *draft) connect(by right, s sync.System, state sync.Connection) {
	if s.Connection != state {
		d.emit(by, ConnectionChanged{s.ID, state})
	}
}

// UnlinkAccountingUser takes away a user's link to an accounting system. Source:
// SETTINGS.
type UnlinkAccountingUser struct {
	User   users.ID
	System companies.SystemID
}

// Name is "user.unlink_accounting_user".
func (UnlinkAccountingUser) Name() string { return policy.UserUnlinkAccountingUser.String() }

func (c *UnlinkAccountingUser) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "system", &c.System, systemID)
}

func (c UnlinkAccountingUser) do(d *draft) {
	if by, ok := d.ask(policy.UserUnlinkAccountingUser, policy.OfUser(c.User), &policy.With{System: c.System}); ok {
		d.emit(by, Unlinked(c))
	}
}

// EnterAccountingPassword records that the password of the accounting-system user
// that a user is linked to was entered and found right. It is given once that was
// found: no password comes here. Source: SETTINGS.
type EnterAccountingPassword struct {
	User   users.ID
	System companies.SystemID
}

// Name is "user.enter_accounting_password".
func (EnterAccountingPassword) Name() string { return policy.UserEnterAccountingPassword.String() }

func (c *EnterAccountingPassword) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "system", &c.System, systemID)
}

func (c EnterAccountingPassword) do(d *draft) {
	if by, ok := d.ask(policy.UserEnterAccountingPassword, policy.OfUser(c.User), &policy.With{System: c.System}); ok {
		d.verify(by, c.User, c.System)
	}
}

// verify records a link as verified. Where it is the synchronisation user's own, the
// connection was waiting for it.
func (d *draft) verify(by right, user users.ID, system companies.SystemID) {
	if l, _ := d.pending.Link(user, system); l.Verified {
		return
	}
	d.emit(by, LinkVerified{user, system})
	if s, _ := d.pending.SystemState(system); s.SynchronisationUser == user {
		d.connect(by, s, sync.LoginSuccess)
	}
}

// ChooseSynchronisationUser gives the duty to synchronise an accounting system to
// another user, and links them to a user of it where one is named. The connection is
// disconnected until their link is verified. Source: SYNC.
type ChooseSynchronisationUser struct {
	System              companies.SystemID
	SynchronisationUser users.ID
	// AccountingUser is whom to link them to; empty keeps the link they have.
	AccountingUser sync.UserID
	// Account is that accounting-system user as the accounting system tells of them,
	// where the office does not have them yet: those of a higher rank than the
	// synchronisation user before are not fetched.
	Account policy.Optional[Account]
}

// Name is "connection.manage".
func (ChooseSynchronisationUser) Name() string { return policy.ConnectionManage.String() }

func (c *ChooseSynchronisationUser) fields(f *fields.Coder) {
	fields.Need(f, "system", &c.System, systemID)
	fields.Need(f, "synchronisation_user", &c.SynchronisationUser, userID)
	fields.OmitZero(f, "accounting_user", &c.AccountingUser, accountID)
	fields.OmitZero(f, "account", &c.Account, changes.Maybe(account))
	if a, given := c.Account.Get(); given && a.ID != c.AccountingUser {
		f.Note("account.id", problems.Quote(string(a.ID)), "the accounting_user, "+problems.Quote(string(c.AccountingUser)))
	}
}

func (c ChooseSynchronisationUser) do(d *draft) {
	var fetched []Change
	if a, given := c.Account.Get(); given {
		if before, known := d.pending.AccountingUser(c.System, a.ID); !known || !before.Equal(a.user()) {
			fetched = append(fetched, AccountFetched{c.System, a})
			if _, ok := d.ask(policy.AccountingSystemFetchUsers, policy.OfConnection(c.System), nil); !ok {
				return
			}
		}
	}
	by, ok := d.supposing(fetched, policy.ConnectionManage, policy.OfConnection(c.System), &policy.With{
		SynchronisationUser: c.SynchronisationUser, AccountingUser: c.AccountingUser,
	})
	if !ok {
		return
	}
	for _, change := range fetched {
		d.emit(by, change)
	}
	if s, _ := d.pending.SystemState(c.System); s.SynchronisationUser != c.SynchronisationUser {
		d.emit(by, SynchronisationUserChosen{c.System, c.SynchronisationUser})
	}
	l, linked := d.pending.Link(c.SynchronisationUser, c.System)
	switch {
	case c.AccountingUser != "" && (!linked || l.AccountingUser != c.AccountingUser):
		d.link(by, Linked{c.SynchronisationUser, c.System, c.AccountingUser})
	case !l.Verified:
		s, _ := d.pending.SystemState(c.System)
		d.connect(by, s, sync.Disconnected)
	}
}

// RecordDisconnection records that the connection to an accounting system was lost.
// The software gives it by itself. Source: SYNC.
type RecordDisconnection struct{ System companies.SystemID }

// Name is "connection.record_disconnection".
func (RecordDisconnection) Name() string { return "connection.record_disconnection" }

func (c *RecordDisconnection) fields(f *fields.Coder) { fields.Need(f, "system", &c.System, systemID) }

func (c RecordDisconnection) do(d *draft) {
	if s, ok := d.pending.SystemState(c.System); d.recorded(policy.OfConnection(c.System)) && (!ok || s.Connection != sync.Disconnected) {
		d.emit(right{}, ConnectionChanged{c.System, sync.Disconnected})
	}
}

// Reconnect restores the connection to an accounting system. Its synchronisation
// user gives it once their credentials were found right: none come here. Source:
// SYNC.
type Reconnect struct{ System companies.SystemID }

// Name is "connection.reconnect".
func (Reconnect) Name() string { return policy.ConnectionReconnect.String() }

func (c *Reconnect) fields(f *fields.Coder) { fields.Need(f, "system", &c.System, systemID) }

func (c Reconnect) do(d *draft) {
	by, ok := d.ask(policy.ConnectionReconnect, policy.OfConnection(c.System), nil)
	if !ok {
		return
	}
	if _, linked := d.pending.Link(d.actor, c.System); !linked {
		d.because(policy.OfConnection(c.System), policy.NotLinked.String(), "SYNC", words.Say(
			"{user} has no link to {system}: a Super user makes one by choosing them anew, with an accounting-system user.",
			words.Blank{Name: "user", With: words.Plain(d.actor)}, words.Blank{Name: "system", With: words.Plain(c.System)}))
		return
	}
	d.verify(by, d.actor, c.System)
	s, _ := d.pending.SystemState(c.System)
	d.connect(by, s, sync.LoginSuccess)
}
