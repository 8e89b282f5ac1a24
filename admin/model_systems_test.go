package admin_test

import (
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// accountThere is an accounting-system user as an office holds one.
func accountThere(a admin.Account) sync.User {
	u := sync.User{
		ID: a.ID, Name: a.Name, Email: a.Email, Rank: a.Rank, CanBook: a.CanBook, CanChangeMasterData: a.CanChangeMasterData,
		Reach: sync.ReachSome(users.AccessTo(a.Companies.Slice()...)),
	}
	if a.Everywhere {
		u.Reach = sync.ReachAll
	}
	return u
}

// createSystem connects a system whose synchronisation user is fit for the duty.
func (a *attempt) createSystem(c admin.CreateSystem) {
	if !a.mayOffice(policy.AccountingSystemCreate, nil) {
		return
	}
	if _, taken := a.systems[c.System]; !a.must(!taken) {
		return
	}
	a.systems[c.System] = plainSystem{
		name: c.SystemName, duty: c.SynchronisationUser,
		accounts: map[sync.UserID]sync.User{c.Account.ID: accountThere(c.Account)},
	}
	if a.may(policy.ConnectionManage, policy.OfConnection(c.System), &policy.With{
		SynchronisationUser: c.SynchronisationUser, AccountingUser: c.Account.ID,
	}) {
		a.links[plainLink{c.SynchronisationUser, c.System}] = plainAccount{c.Account.ID, false}
	}
}

func (a *attempt) deleteSystem(c admin.DeleteSystem) {
	if !a.may(policy.AccountingSystemDelete, policy.OfConnection(c.System), nil) {
		return
	}
	delete(a.systems, c.System)
	for at := range a.links {
		if at.system == c.System {
			delete(a.links, at)
		}
	}
}

// fetchUsers keeps the synchronisation user's own account fit for the duty.
func (a *attempt) fetchUsers(c admin.FetchUsers) {
	told := map[sync.UserID]admin.Account{}
	for account := range c.Accounts.All() {
		told[account.ID] = account
	}
	if !a.may(policy.AccountingSystemFetchUsers, policy.OfConnection(c.System), nil) {
		return
	}
	system := a.systems[c.System]
	own := a.links[plainLink{system.duty, c.System}].account
	duty, there := told[own]
	if !there || !a.synchronises(accountThere(duty), c.System) {
		a.refuse(policy.OfConnection(c.System), policy.SynchronisationDuty.String())
		return
	}
	for at, l := range a.links {
		if _, there := told[l.account]; at.system == c.System && !there {
			delete(a.links, at)
		}
	}
	clear(system.accounts)
	for id, account := range told {
		if account.Rank >= duty.Rank || len(a.linkedTo(c.System, id)) > 0 {
			system.accounts[id] = accountThere(account)
		}
	}
}

// synchronises says whether an account has the rights to synchronise a system.
func (a *attempt) synchronises(u sync.User, id companies.SystemID) bool {
	for _, company := range a.companiesOf(id) {
		if !u.Reach.Has(company) {
			return false
		}
	}
	return u.CanChangeMasterData
}

func (p plain) connect(id companies.SystemID, state sync.Connection) {
	p.changeSystem(id, func(s *plainSystem) { s.connection = state })
}

// link makes a link that is to be verified; the connection waits where it is the
// synchronisation user's own.
func (a *attempt) link(user users.ID, system companies.SystemID, account sync.UserID) {
	a.links[plainLink{user, system}] = plainAccount{account, false}
	if a.systems[system].duty == user {
		a.connect(system, sync.Disconnected)
	}
}

func (a *attempt) linkAccountingUser(c admin.LinkAccountingUser) {
	with := policy.With{System: c.System, User: c.AccountingUser}
	if a.may(policy.UserLinkAccountingUser, policy.OfUser(c.User), &with) {
		a.link(c.User, c.System, c.AccountingUser)
	}
}

func (a *attempt) unlinkAccountingUser(c admin.UnlinkAccountingUser) {
	if a.may(policy.UserUnlinkAccountingUser, policy.OfUser(c.User), &policy.With{System: c.System}) {
		delete(a.links, plainLink{c.User, c.System})
	}
}

func (a *attempt) enterAccountingPassword(c admin.EnterAccountingPassword) {
	if a.may(policy.UserEnterAccountingPassword, policy.OfUser(c.User), &policy.With{System: c.System}) {
		a.verify(c.User, c.System)
	}
}

// verify records that a link's password was found right, for which the connection
// waited where the link is the synchronisation user's own.
func (a *attempt) verify(user users.ID, system companies.SystemID) {
	at := plainLink{user, system}
	l := a.links[at]
	if l.verified {
		return
	}
	l.verified = true
	a.links[at] = l
	if a.systems[system].duty == user {
		a.connect(system, sync.LoginSuccess)
	}
}

func (a *attempt) chooseSynchronisationUser(c admin.ChooseSynchronisationUser) {
	if told, given := c.Account.Get(); given {
		there := accountThere(told)
		if s, known := a.systems[c.System]; !known || !s.accounts[told.ID].Equal(there) {
			// To tell of somebody is to fetch them.
			if !a.may(policy.AccountingSystemFetchUsers, policy.OfConnection(c.System), nil) {
				return
			}
			a.systems[c.System].accounts[told.ID] = there
		}
	}
	if !a.may(policy.ConnectionManage, policy.OfConnection(c.System), &policy.With{
		SynchronisationUser: c.SynchronisationUser, AccountingUser: c.AccountingUser,
	}) {
		return
	}
	a.changeSystem(c.System, func(s *plainSystem) { s.duty = c.SynchronisationUser })
	l := a.links[plainLink{c.SynchronisationUser, c.System}]
	if c.AccountingUser != "" && c.AccountingUser != l.account {
		a.link(c.SynchronisationUser, c.System, c.AccountingUser)
	} else if !l.verified {
		a.connect(c.System, sync.Disconnected)
	}
}

func (a *attempt) recordDisconnection(c admin.RecordDisconnection) {
	if !a.bySoftware(policy.OfConnection(c.System)) {
		return
	}
	if _, known := a.systems[c.System]; a.must(known) {
		a.connect(c.System, sync.Disconnected)
	}
}

// reconnect is the synchronisation user's own, whose credentials were right.
func (a *attempt) reconnect(c admin.Reconnect) {
	if a.may(policy.ConnectionReconnect, policy.OfConnection(c.System), nil) {
		a.verify(a.actor, c.System)
		a.connect(c.System, sync.LoginSuccess)
	}
}
