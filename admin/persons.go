package admin

import (
	"time"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// ChangeDetails changes a user's details, as far as they are given. An empty name
// or language takes it away. The username can be changed only until the user has
// been used, which whoever gives a command has been. Source: SETTINGS.
type ChangeDetails struct {
	User     users.ID
	FullName policy.Optional[string]
	Language policy.Optional[string]
	Spenser  policy.Optional[bool]
	Username policy.Optional[string]
}

// Name is "user.change_details".
func (ChangeDetails) Name() string { return policy.UserChangeDetails.String() }

func (c *ChangeDetails) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.OmitZero(f, "name", &c.FullName, changes.Maybe(fields.Cleared()))
	fields.OmitZero(f, "language", &c.Language, changes.Maybe(fields.Cleared()))
	fields.OmitZero(f, "spenser", &c.Spenser, changes.Maybe(fields.Flag()))
	fields.OmitZero(f, "username", &c.Username, changes.Maybe(fields.ID[string]()))
	if (ChangeDetails{User: c.User}) == *c {
		f.Note("", "nothing to change", "one or more of name, language, spenser, username")
	}
}

func (c ChangeDetails) do(d *draft) {
	by, ok := d.ask(policy.UserChangeDetails, policy.OfUser(c.User), nil)
	if !ok {
		return
	}
	u := d.user(c.User)
	if username, given := c.Username.Get(); given && username != u.Username {
		if u.Used || d.actor == c.User { // whoever asks for it acts, and so has been used
			d.because(policy.OfUser(c.User), changes.CodeUsernameFixed, "SETTINGS", words.Say(
				"{user} has been used, and a username is fixed from then on.",
				words.Blank{Name: "user", With: words.Plain(c.User)}))
			return
		}
		d.emit(by, UsernameChanged{c.User, username})
	}
	now := DetailsChanged{
		c.User, or(c.FullName, u.Name), or(c.Language, u.Language), or(c.Spenser, u.Spenser),
	}
	if now != (DetailsChanged{c.User, u.Name, u.Language, u.Spenser}) {
		d.emit(by, now)
	}
}

// or is what was given, or else what there was.
func or[T any](o policy.Optional[T], before T) T {
	if v, given := o.Get(); given {
		return v
	}
	return before
}

// ChangeEndDate gives a user an end date, on which they are inactive and from then
// on, or takes it away. Source: SETTINGS.
type ChangeEndDate struct {
	User    users.ID
	EndDate users.Date // zero: none
}

// Name is "user.change_end_date".
func (ChangeEndDate) Name() string { return policy.UserChangeEndDate.String() }

func (c *ChangeEndDate) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "end_date", &c.EndDate, endDate)
}

func (c ChangeEndDate) do(d *draft) {
	by, ok := d.ask(policy.UserChangeEndDate, policy.OfUser(c.User), &policy.With{EndDate: policy.Given(c.EndDate)})
	if ok && d.user(c.User).EndDate != c.EndDate {
		d.emit(by, EndDateChanged(c))
	}
}

// ChangeBillTo chooses who pays for a user's authoriser role. Source: ADD.
type ChangeBillTo struct {
	User   users.ID
	BillTo users.BillTo
}

// Name is "user.change_bill_to".
func (ChangeBillTo) Name() string { return policy.UserChangeBillTo.String() }

func (c *ChangeBillTo) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "bill_to", &c.BillTo, billTo)
}

func (c ChangeBillTo) do(d *draft) {
	by, ok := d.ask(policy.UserChangeBillTo, policy.OfUser(c.User), &policy.With{BillTo: c.BillTo})
	if ok && d.user(c.User).BillTo != c.BillTo {
		d.emit(by, BillToChanged(c))
	}
}

// DeleteUser deletes a user. The id and the username stay taken. Source: ROLES,
// SETTINGS.
type DeleteUser struct{ User users.ID }

// Name is "user.delete".
func (DeleteUser) Name() string { return policy.UserDelete.String() }

func (c *DeleteUser) fields(f *fields.Coder) { fields.Need(f, "user", &c.User, userID) }

func (c DeleteUser) do(d *draft) {
	if by, ok := d.ask(policy.UserDelete, policy.OfUser(c.User), nil); ok {
		d.emit(by, UserDeleted{c.User, d.user(c.User).Username})
	}
}

// SendPasswordLink sends a link to choose a password to a user's address, valid for
// as long as the office has it. One that was sent before can no longer be used.
// Source: TIPS, ADD.
type SendPasswordLink struct{ User users.ID }

// Name is "user.send_password_link".
func (SendPasswordLink) Name() string { return policy.UserSendPasswordLink.String() }

func (c *SendPasswordLink) fields(f *fields.Coder) { fields.Need(f, "user", &c.User, userID) }

func (c SendPasswordLink) do(d *draft) {
	if by, ok := d.ask(policy.UserSendPasswordLink, policy.OfUser(c.User), nil); ok {
		length := int(d.pending.PasswordLinkLength() / time.Minute)
		d.emit(by, PasswordLinkSent{c.User, d.user(c.User).Email, d.at, length})
	}
}

// UsePasswordLink is that a user chooses a password with the link that was sent to
// them. A link can be used once. Source: TIPS.
type UsePasswordLink struct{ User users.ID }

// Name is "user.use_password_link".
func (UsePasswordLink) Name() string { return "user.use_password_link" }

func (c *UsePasswordLink) fields(f *fields.Coder) { fields.Need(f, "user", &c.User, userID) }

func (c UsePasswordLink) do(d *draft) {
	u, ok := d.pending.User(c.User)
	link, sent := d.pending.PasswordLinkOf(c.User)
	refuse := func(code, source string, reason words.Said) { d.because(policy.OfUser(c.User), code, source, reason) }
	switch {
	case !ok:
		refuse(policy.UnknownUser.String(), "TIPS", words.Say("No user {subject} in this office.",
			words.Blank{Name: "subject", With: words.Plain(problems.Quote(string(c.User)))}))
	case d.actor != c.User:
		refuse(policy.NotSelf.String(), "TIPS", words.Say("A password link is for the user it was sent to, and nobody else."))
	case !u.ActiveOn(d.pending.Day(d.at)):
		refuse(policy.InactiveUser.String(), "SETTINGS", words.Say("{user} has been inactive since the end date, {end}.",
			words.Blank{Name: "user", With: words.Plain(c.User)}, words.Blank{Name: "end", With: words.Plain(u.EndDate.String())}))
	case !sent || !link.ValidAt(d.at):
		refuse(changes.CodeLinkInvalid, "TIPS", words.Say(
			"There is no password link of {user} that is still valid: ask for a new one, and use it in time.",
			words.Blank{Name: "user", With: words.Plain(c.User)}))
	default:
		d.emit(right{}, PasswordLinkUsed(c))
	}
}

// ChangePassword is that a user changes their own password, having entered the old
// one. Source: SETTINGS.
type ChangePassword struct {
	User users.ID
	// OldPasswordVerified says that the old password was entered and found right.
	OldPasswordVerified bool
}

// Name is "user.change_password".
func (ChangePassword) Name() string { return policy.UserChangePassword.String() }

func (c *ChangePassword) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "old_password_verified", &c.OldPasswordVerified, fields.Flag())
}

func (c ChangePassword) do(d *draft) {
	by, ok := d.ask(policy.UserChangePassword, policy.OfUser(c.User), &policy.With{OldPasswordVerified: policy.Given(c.OldPasswordVerified)})
	if ok {
		d.emit(by, PasswordChanged{c.User})
	}
}

// ChangeEmail changes a user's address: their own, having entered the old password,
// or that of somebody who has not been used yet. Source: SETTINGS.
type ChangeEmail struct {
	User  users.ID
	Email string
	// OldPasswordVerified says that the old password was entered and found right;
	// needed for one's own address.
	OldPasswordVerified policy.Optional[bool]
}

// Name is "user.change_email".
func (ChangeEmail) Name() string { return policy.UserChangeEmail.String() }

func (c *ChangeEmail) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "email", &c.Email, address)
	fields.OmitZero(f, "old_password_verified", &c.OldPasswordVerified, changes.Maybe(fields.Flag()))
}

func (c ChangeEmail) do(d *draft) {
	by, ok := d.ask(policy.UserChangeEmail, policy.OfUser(c.User), &policy.With{OldPasswordVerified: c.OldPasswordVerified})
	if ok && d.user(c.User).Email != c.Email {
		d.emit(by, EmailChanged{c.User, c.Email})
	}
}

// MarkUsed records that a user has logged in, or acted elsewhere. The software
// gives it by itself. Source: SETTINGS.
type MarkUsed struct{ User users.ID }

// Name is "user.mark_used".
func (MarkUsed) Name() string { return "user.mark_used" }

func (c *MarkUsed) fields(f *fields.Coder) { fields.Need(f, "user", &c.User, userID) }

func (c MarkUsed) do(d *draft) {
	if d.recorded(policy.OfUser(c.User)) && !d.user(c.User).Used {
		d.emit(right{}, UserUsed(c))
	}
}

// recorded refuses what only the software itself records.
func (d *draft) recorded(target policy.Resource) bool {
	if d.actor == Software {
		return true
	}
	d.because(target, changes.CodeSoftwareOnly, "SYNC, SETTINGS", words.Say("Only the software itself records this; no user does."))
	return false
}
