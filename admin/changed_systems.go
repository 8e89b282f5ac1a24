package admin

import (
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// SystemCreated is that an accounting system was connected, disconnected until its
// synchronisation user's link is verified.
type SystemCreated struct {
	System              companies.SystemID
	SystemName          string
	SynchronisationUser users.ID
	Account             Account // the user of it that the synchronisation user is
}

// Name is "accounting_system_created".
func (SystemCreated) Name() string { return "accounting_system_created" }

func (e *SystemCreated) fields(c *fields.Coder) {
	fields.Need(c, "system", &e.System, systemID)
	fields.Need(c, "name", &e.SystemName, fields.Name[string]())
	fields.Need(c, "synchronisation_user", &e.SynchronisationUser, userID)
	fields.Need(c, "account", &e.Account, account)
}

func (e SystemCreated) apply(o offices.Office) (offices.Office, error) {
	if _, taken := o.SystemState(e.System); taken {
		return o, unknown("system", string(e.System), "an id that no accounting system of this office has")
	}
	next, err := o.WithSystem(sync.System{
		ID: e.System, Name: e.SystemName, SynchronisationUser: e.SynchronisationUser, Users: []sync.User{e.Account.user()},
	})
	return next, renamed(err, map[string]string{"users[0]": "account"})
}

// SystemDeleted is that an accounting system was disconnected for good, and whose
// links went with it.
type SystemDeleted struct {
	System companies.SystemID
	Linked changes.List[users.ID] // sorted
}

// Name is "accounting_system_deleted".
func (SystemDeleted) Name() string { return "accounting_system_deleted" }

func (e *SystemDeleted) fields(c *fields.Coder) {
	fields.Need(c, "system", &e.System, systemID)
	fields.Need(c, "linked", &e.Linked, manyUsers)
}

func (e SystemDeleted) apply(o offices.Office) (offices.Office, error) {
	return o.WithoutSystem(e.System)
}

// AccountsFetched is that the users of an accounting system were taken over anew:
// these are all of them now. LeftOut is those whose rank is above that of the
// synchronisation user.
type AccountsFetched struct {
	System   companies.SystemID
	Accounts changes.List[Account]
	LeftOut  changes.List[sync.UserID]
}

// Name is "accounting_users_fetched".
func (AccountsFetched) Name() string { return "accounting_users_fetched" }

func (e *AccountsFetched) fields(c *fields.Coder) {
	fields.Need(c, "system", &e.System, systemID)
	fields.Need(c, "accounts", &e.Accounts, manyAccounts)
	fields.OmitZero(c, "left_out", &e.LeftOut, manyAccountIDs)
}

func (e AccountsFetched) apply(o offices.Office) (offices.Office, error) {
	s, ok := o.SystemState(e.System)
	if !ok {
		return o, unknown("system", string(e.System), "an accounting system of this office")
	}
	for a := range e.Accounts.All() {
		s.Users = append(s.Users, a.user())
	}
	return o.WithSystem(s)
}

// AccountFetched is that one user of an accounting system was taken over, or
// taken over anew.
type AccountFetched struct {
	System  companies.SystemID
	Account Account
}

// Name is "accounting_user_fetched".
func (AccountFetched) Name() string { return "accounting_user_fetched" }

func (e *AccountFetched) fields(c *fields.Coder) {
	fields.Need(c, "system", &e.System, systemID)
	fields.Need(c, "account", &e.Account, account)
}

func (e AccountFetched) apply(o offices.Office) (offices.Office, error) {
	next, err := o.WithAccountingUser(e.System, e.Account.user())
	return next, renamed(err, map[string]string{"companies": "account.companies"})
}

// Linked is that a user was linked to a user of an accounting system, in the place
// of any link to it before. The password is still to be entered.
type Linked struct {
	User           users.ID
	System         companies.SystemID
	AccountingUser sync.UserID
}

// Name is "linked".
func (Linked) Name() string { return "linked" }

func (e *Linked) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "system", &e.System, systemID)
	fields.Need(c, "accounting_user", &e.AccountingUser, accountID)
}

func (e Linked) apply(o offices.Office) (offices.Office, error) {
	return o.WithLink(sync.Link{User: e.User, System: e.System, AccountingUser: e.AccountingUser})
}

// Unlinked is that a user's link to an accounting system was taken away.
type Unlinked struct {
	User   users.ID
	System companies.SystemID
}

// Name is "unlinked".
func (Unlinked) Name() string { return "unlinked" }

func (e *Unlinked) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "system", &e.System, systemID)
}

func (e Unlinked) apply(o offices.Office) (offices.Office, error) {
	return o.WithoutLink(e.User, e.System)
}

// LinkVerified is that the password of the accounting-system user that a user is
// linked to was entered and found right.
type LinkVerified struct {
	User   users.ID
	System companies.SystemID
}

// Name is "link_verified".
func (LinkVerified) Name() string { return "link_verified" }

func (e *LinkVerified) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "system", &e.System, systemID)
}

func (e LinkVerified) apply(o offices.Office) (offices.Office, error) {
	l, ok := o.Link(e.User, e.System)
	if !ok {
		return o, unknown("user", string(e.User), "a user with a link to the accounting system")
	}
	l.Verified = true
	return o.WithLink(l)
}

// SynchronisationUserChosen is that an accounting system got another
// synchronisation user.
type SynchronisationUserChosen struct {
	System              companies.SystemID
	SynchronisationUser users.ID
}

// Name is "synchronisation_user_chosen".
func (SynchronisationUserChosen) Name() string { return "synchronisation_user_chosen" }

func (e *SynchronisationUserChosen) fields(c *fields.Coder) {
	fields.Need(c, "system", &e.System, systemID)
	fields.Need(c, "synchronisation_user", &e.SynchronisationUser, userID)
}

func (e SynchronisationUserChosen) apply(o offices.Office) (offices.Office, error) {
	return changeSystem(o, e.System, func(s *sync.System) { s.SynchronisationUser = e.SynchronisationUser })
}

// ConnectionChanged is that the connection to an accounting system was lost, or
// restored.
type ConnectionChanged struct {
	System     companies.SystemID
	Connection sync.Connection
}

// Name is "connection_changed".
func (ConnectionChanged) Name() string { return "connection_changed" }

func (e *ConnectionChanged) fields(c *fields.Coder) {
	fields.Need(c, "system", &e.System, systemID)
	fields.Need(c, "connection", &e.Connection, connection)
}

func (e ConnectionChanged) apply(o offices.Office) (offices.Office, error) {
	return changeSystem(o, e.System, func(s *sync.System) { s.Connection = e.Connection })
}

// changeSystem changes an accounting system there is, but not its users.
func changeSystem(o offices.Office, id companies.SystemID, change func(s *sync.System)) (offices.Office, error) {
	s, ok := o.SystemState(id)
	if !ok {
		return o, unknown("system", string(id), "an accounting system of this office")
	}
	change(&s)
	return o.WithSystemState(s)
}

// changed is every kind of change.
var changed = fields.UnionOf("change",
	fields.Of[Change]((*UserCreated).fields),
	fields.Of[Change]((*DetailsChanged).fields),
	fields.Of[Change]((*UsernameChanged).fields),
	fields.Of[Change]((*RolesChanged).fields),
	fields.Of[Change]((*AccessChanged).fields),
	fields.Of[Change]((*LaterCompaniesChanged).fields),
	fields.Of[Change]((*ArchiveRightChanged).fields),
	fields.Of[Change]((*BankRightChanged).fields),
	fields.Of[Change]((*EndDateChanged).fields),
	fields.Of[Change]((*BillToChanged).fields),
	fields.Of[Change]((*EmailChanged).fields),
	fields.Of[Change]((*PasswordLinkSent).fields),
	fields.Of[Change]((*PasswordLinkUsed).fields),
	fields.Of[Change]((*PasswordChanged).fields),
	fields.Of[Change]((*UserUsed).fields),
	fields.Of[Change]((*UserDeleted).fields),
	fields.Of[Change]((*Linked).fields),
	fields.Of[Change]((*Unlinked).fields),
	fields.Of[Change]((*LinkVerified).fields),
	fields.Of[Change]((*CompanyCreated).fields),
	fields.Of[Change]((*CompanyDeleted).fields),
	fields.Of[Change]((*SettingChanged).fields),
	fields.Of[Change]((*WorkflowChanged).fields),
	fields.Of[Change]((*PaymentAgreementChanged).fields),
	fields.Of[Change]((*SynchronisationSwitched).fields),
	fields.Of[Change]((*OfficeChanged).fields),
	fields.Of[Change]((*SystemCreated).fields),
	fields.Of[Change]((*SystemDeleted).fields),
	fields.Of[Change]((*AccountsFetched).fields),
	fields.Of[Change]((*AccountFetched).fields),
	fields.Of[Change]((*SynchronisationUserChosen).fields),
	fields.Of[Change]((*ConnectionChanged).fields),
)
