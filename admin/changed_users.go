package admin

import (
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// UserCreated is that a user was added, or imported.
type UserCreated struct {
	User            users.ID
	Username, Email string
	FullName        string // empty where nobody filled it in
	Language        string // the same
	Roles           roles.Set
	Companies       changes.List[companies.ID]
}

// Name is "user_created".
func (UserCreated) Name() string { return "user_created" }

func (e *UserCreated) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "username", &e.Username, fields.ID[string]())
	fields.Need(c, "email", &e.Email, address)
	fields.OmitZero(c, "name", &e.FullName, fields.Name[string]())
	fields.OmitZero(c, "language", &e.Language, fields.Name[string]())
	fields.Need(c, "roles", &e.Roles, roleSet)
	fields.Need(c, "companies", &e.Companies, manyCompanies)
}

func (e UserCreated) apply(o offices.Office) (offices.Office, error) {
	var list problems.List
	_, live := o.User(e.User)
	_, gone := o.DeletedUser(e.User)
	if live || gone {
		list.Add("user", problems.Quote(string(e.User)), "an id that nobody has or had")
	}
	if _, taken := o.UsernameOf(e.Username); taken {
		list.Add("username", problems.Quote(e.Username), "a username that nobody has or had")
	}
	if err := list.Err(); err != nil {
		return o, err
	}
	return o.WithUser(users.User{
		ID: e.User, Username: e.Username, Email: e.Email, Name: e.FullName, Language: e.Language,
		Roles: e.Roles, Access: accessTo(e.Companies),
	})
}

// DetailsChanged is that a user's details are as they now stand here.
type DetailsChanged struct {
	User     users.ID
	FullName string // empty where there is none
	Language string // the same
	Spenser  bool
}

// Name is "details_changed".
func (DetailsChanged) Name() string { return "details_changed" }

func (e *DetailsChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.OmitZero(c, "name", &e.FullName, fields.Name[string]())
	fields.OmitZero(c, "language", &e.Language, fields.Name[string]())
	fields.OmitZero(c, "spenser", &e.Spenser, fields.Flag())
}

func (e DetailsChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.Name, u.Language, u.Spenser = e.FullName, e.Language, e.Spenser })
}

// UsernameChanged is that a user who was not used yet got another username.
type UsernameChanged struct {
	User     users.ID
	Username string
}

// Name is "username_changed".
func (UsernameChanged) Name() string { return "username_changed" }

func (e *UsernameChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "username", &e.Username, fields.ID[string]())
}

func (e UsernameChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.Username = e.Username })
}

// RolesChanged is that roles were granted to a user, revoked from them, or both.
type RolesChanged struct {
	User             users.ID
	Granted, Revoked roles.Set
}

// Name is "roles_changed".
func (RolesChanged) Name() string { return "roles_changed" }

func (e *RolesChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.OmitZero(c, "granted", &e.Granted, roleSet)
	fields.OmitZero(c, "revoked", &e.Revoked, roleSet)
}

func (e RolesChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.Roles = u.Roles&^e.Revoked | e.Granted })
}

// AccessChanged is that a user was given access to companies, that it was taken
// from them, or both.
type AccessChanged struct {
	User         users.ID
	Given, Taken changes.List[companies.ID]
}

// Name is "access_changed".
func (AccessChanged) Name() string { return "access_changed" }

func (e *AccessChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.OmitZero(c, "given", &e.Given, manyCompanies)
	fields.OmitZero(c, "taken", &e.Taken, manyCompanies)
}

func (e AccessChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) {
		u.Access = u.Access.Changed(accessTo(e.Given), accessTo(e.Taken))
	})
}

// LaterCompaniesChanged is that a user got the right to later companies, or lost it.
type LaterCompaniesChanged struct {
	User           users.ID
	LaterCompanies bool
}

// Name is "later_companies_changed".
func (LaterCompaniesChanged) Name() string { return "later_companies_changed" }

func (e *LaterCompaniesChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "later_companies", &e.LaterCompanies, fields.Flag())
}

func (e LaterCompaniesChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.LaterCompanies = e.LaterCompanies })
}

// ArchiveRightChanged is that a user got another archive right.
type ArchiveRightChanged struct {
	User    users.ID
	Archive users.ArchiveRight
}

// Name is "archive_right_changed".
func (ArchiveRightChanged) Name() string { return "archive_right_changed" }

func (e *ArchiveRightChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "archive", &e.Archive, archive)
}

func (e ArchiveRightChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.Archive = e.Archive })
}

// BankRightChanged is that a user got the bank right, or lost it.
type BankRightChanged struct {
	User              users.ID
	ChangeBankDetails bool
}

// Name is "bank_right_changed".
func (BankRightChanged) Name() string { return "bank_right_changed" }

func (e *BankRightChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "change_bank_details", &e.ChangeBankDetails, fields.Flag())
}

func (e BankRightChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.ChangeBankDetails = e.ChangeBankDetails })
}

// EndDateChanged is that a user got an end date, another one, or none.
type EndDateChanged struct {
	User    users.ID
	EndDate users.Date // zero: none
}

// Name is "end_date_changed".
func (EndDateChanged) Name() string { return "end_date_changed" }

func (e *EndDateChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "end_date", &e.EndDate, endDate)
}

func (e EndDateChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.EndDate = e.EndDate })
}

// BillToChanged is that somebody chose who pays for a user.
type BillToChanged struct {
	User   users.ID
	BillTo users.BillTo
}

// Name is "bill_to_changed".
func (BillToChanged) Name() string { return "bill_to_changed" }

func (e *BillToChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "bill_to", &e.BillTo, billTo)
}

func (e BillToChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.BillTo = e.BillTo })
}

// EmailChanged is that a user's address was changed. A password link that was sent
// to the old one can no longer be used.
type EmailChanged struct {
	User  users.ID
	Email string
}

// Name is "email_changed".
func (EmailChanged) Name() string { return "email_changed" }

func (e *EmailChanged) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "email", &e.Email, address)
}

func (e EmailChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o.WithoutPasswordLink(e.User), e.User, func(u *users.User) { u.Email = e.Email })
}

// PasswordLinkSent is that a link to choose a password was sent to a user, in the
// place of any before it.
type PasswordLinkSent struct {
	User    users.ID
	Address string
	Sent    time.Time
	Minutes int // how long it is valid
}

// Name is "password_link_sent".
func (PasswordLinkSent) Name() string { return "password_link_sent" }

func (e *PasswordLinkSent) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "address", &e.Address, address)
	fields.Need(c, "sent", &e.Sent, fields.Moment())
	fields.Need(c, "minutes", &e.Minutes, minutes)
}

func (e PasswordLinkSent) apply(o offices.Office) (offices.Office, error) {
	return o.WithPasswordLink(users.PasswordLink{
		User: e.User, Address: e.Address, Sent: e.Sent, Length: time.Duration(e.Minutes) * time.Minute,
	})
}

// PasswordLinkUsed is that a user chose a password with the link that was sent.
type PasswordLinkUsed struct{ User users.ID }

// Name is "password_link_used".
func (PasswordLinkUsed) Name() string { return "password_link_used" }

func (e *PasswordLinkUsed) fields(c *fields.Coder) { fields.Need(c, "user", &e.User, userID) }

func (e PasswordLinkUsed) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o.WithoutPasswordLink(e.User), e.User, func(*users.User) {})
}

// PasswordChanged is that a user changed their password, which no office holds. A
// password link that was sent before can no longer be used.
type PasswordChanged struct{ User users.ID }

// Name is "password_changed".
func (PasswordChanged) Name() string { return "password_changed" }

func (e *PasswordChanged) fields(c *fields.Coder) { fields.Need(c, "user", &e.User, userID) }

func (e PasswordChanged) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o.WithoutPasswordLink(e.User), e.User, func(*users.User) {})
}

// UserUsed is that a user logged in or acted for the first time.
type UserUsed struct{ User users.ID }

// Name is "user_used".
func (UserUsed) Name() string { return "user_used" }

func (e *UserUsed) fields(c *fields.Coder) { fields.Need(c, "user", &e.User, userID) }

func (e UserUsed) apply(o offices.Office) (offices.Office, error) {
	return changeUser(o, e.User, func(u *users.User) { u.Used = true })
}

// UserDeleted is that a user was deleted, with the links and the password link they
// had. The id and the username stay known.
type UserDeleted struct {
	User     users.ID
	Username string
}

// Name is "user_deleted".
func (UserDeleted) Name() string { return "user_deleted" }

func (e *UserDeleted) fields(c *fields.Coder) {
	fields.Need(c, "user", &e.User, userID)
	fields.Need(c, "username", &e.Username, fields.ID[string]())
}

func (e UserDeleted) apply(o offices.Office) (offices.Office, error) {
	return o.WithoutUser(e.User)
}

// changeUser changes a user there is.
func changeUser(o offices.Office, id users.ID, change func(u *users.User)) (offices.Office, error) {
	u, ok := o.User(id)
	if !ok {
		return o, unknown("user", string(id), "a user of this office")
	}
	change(&u)
	return o.WithUser(u)
}

func unknown(path, found, expected string) error {
	return &problems.Problem{Path: path, Found: problems.Quote(found), Expected: expected}
}
