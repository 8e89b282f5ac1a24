package admin_test

import (
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// add adds a user whose id and username nobody has or had.
func (a *attempt) add(u users.User) bool {
	_, live := a.users[u.ID]
	_, gone := a.deleted[u.ID]
	if !a.must(!live && !gone && a.free(u.Username)) {
		return false
	}
	a.users[u.ID] = u
	return true
}

// free says whether nobody has a username, or had it before they were deleted.
func (a *attempt) free(username string) bool {
	for _, u := range a.users {
		if u.Username == username {
			return false
		}
	}
	for _, had := range a.deleted {
		if had == username {
			return false
		}
	}
	return true
}

func (a *attempt) createUsers(c admin.CreateUsers) {
	access := users.AccessTo(c.Companies.Slice()...)
	if !a.mayOffice(policy.UserCreate, &policy.With{Roles: policy.Given(c.Roles), Companies: policy.Given(access)}) {
		return
	}
	for p := range c.People.All() {
		added := a.add(users.User{
			ID: p.User, Username: p.Username, Email: p.Email, Name: p.FullName, Language: p.Language, Roles: c.Roles, Access: access,
		})
		if added && p.SendPasswordLink {
			a.sendPasswordLink(p.User)
		}
	}
}

func (a *attempt) importUsers(c admin.ImportUsers) {
	var list []sync.UserID
	for p := range c.People.All() {
		list = append(list, p.AccountingUser)
	}
	access := users.AccessTo(c.Companies.Slice()...)
	if !a.mayOffice(policy.UserImport, &policy.With{
		System: c.System, Users: list, Roles: policy.Given(c.Roles), Companies: policy.Given(access),
	}) {
		return
	}
	for p := range c.People.All() {
		account := a.systems[c.System].accounts[p.AccountingUser]
		added := a.add(users.User{
			ID: p.User, Username: p.Username, Email: account.Email, Name: account.Name, Roles: c.Roles, Access: access,
		})
		if added && p.SendPasswordLink {
			a.sendPasswordLink(p.User)
		}
		if added && (c.Roles.Has(roles.Accountant) || c.Roles.Has(roles.SMEAccountant)) {
			a.links[plainLink{p.User, c.System}] = plainAccount{p.AccountingUser, false}
		}
	}
}

func (a *attempt) changeDetails(c admin.ChangeDetails) {
	if !a.may(policy.UserChangeDetails, policy.OfUser(c.User), nil) {
		return
	}
	username, given := c.Username.Get()
	given = given && username != a.users[c.User].Username
	switch {
	case given && (a.users[c.User].Used || a.actor == c.User): // whoever asks for it acts, and so has been used
		a.refuse(policy.OfUser(c.User), changes.CodeUsernameFixed)
		return
	case given && !a.must(a.free(username)):
		return
	}
	a.change(c.User, func(u *users.User) {
		if given {
			u.Username = username
		}
		if name, given := c.FullName.Get(); given {
			u.Name = name
		}
		if language, given := c.Language.Get(); given {
			u.Language = language
		}
		if spenser, given := c.Spenser.Get(); given {
			u.Spenser = spenser
		}
	})
}

func (a *attempt) grantRole(c admin.GrantRole) {
	if a.may(policy.UserGrantRole, policy.OfUser(c.User), &policy.With{Role: c.Role}) {
		a.change(c.User, func(u *users.User) { u.Roles = u.Roles.With(c.Role) })
	}
}

func (a *attempt) revokeRole(c admin.RevokeRole) {
	if a.may(policy.UserRevokeRole, policy.OfUser(c.User), &policy.With{Role: c.Role}) {
		a.change(c.User, func(u *users.User) { u.Roles = u.Roles.Without(c.Role) })
	}
}

func (a *attempt) changeRoles(c admin.ChangeRoles) {
	if a.may(policy.UserChangeRoles, policy.OfUser(c.User), &policy.With{Roles: policy.Given(c.Roles)}) {
		a.change(c.User, func(u *users.User) { u.Roles = c.Roles })
	}
}

func (a *attempt) changeAccess(id users.ID, access users.Access) {
	if a.may(policy.UserChangeCompanyAccess, policy.OfUser(id), &policy.With{Companies: policy.Given(access)}) {
		a.change(id, func(u *users.User) { u.Access = access })
	}
}

func (a *attempt) changeLaterCompanies(c admin.ChangeLaterCompanies) {
	if a.may(policy.UserChangeLaterCompanies, policy.OfUser(c.User), nil) {
		a.change(c.User, func(u *users.User) { u.LaterCompanies = c.LaterCompanies })
	}
}

func (a *attempt) changeArchiveRight(c admin.ChangeArchiveRight) {
	if a.may(policy.UserChangeArchiveRight, policy.OfUser(c.User), nil) {
		a.change(c.User, func(u *users.User) { u.Archive = c.Archive })
	}
}

func (a *attempt) changeBankRight(c admin.ChangeBankRight) {
	if a.may(policy.UserChangeBankRight, policy.OfUser(c.User), nil) {
		a.change(c.User, func(u *users.User) { u.ChangeBankDetails = c.ChangeBankDetails })
	}
}

func (a *attempt) changeEndDate(c admin.ChangeEndDate) {
	if a.may(policy.UserChangeEndDate, policy.OfUser(c.User), &policy.With{EndDate: policy.Given(c.EndDate)}) {
		a.change(c.User, func(u *users.User) { u.EndDate = c.EndDate })
	}
}

func (a *attempt) changeBillTo(c admin.ChangeBillTo) {
	if a.may(policy.UserChangeBillTo, policy.OfUser(c.User), &policy.With{BillTo: c.BillTo}) {
		a.change(c.User, func(u *users.User) { u.BillTo = c.BillTo })
	}
}

// bulk is each single change, for each user.
func (a *attempt) bulk(c admin.Bulk) {
	bank, bankGiven := c.ChangeBankDetails.Get()
	for id := range c.Users.All() {
		if c.GiveCompanies.Len() > 0 {
			access := a.users[id].Access
			for company := range c.GiveCompanies.All() {
				access = access.With(company)
			}
			a.changeAccess(id, access)
		}
		if c.GrantRoles != 0 {
			a.changeRoles(admin.ChangeRoles{User: id, Roles: a.users[id].Roles | c.GrantRoles})
		}
		if c.GiveLaterCompanies {
			a.changeLaterCompanies(admin.ChangeLaterCompanies{User: id, LaterCompanies: true})
		}
		if bankGiven {
			a.changeBankRight(admin.ChangeBankRight{User: id, ChangeBankDetails: bank})
		}
	}
}

func (a *attempt) deleteUser(c admin.DeleteUser) {
	if !a.may(policy.UserDelete, policy.OfUser(c.User), nil) {
		return
	}
	a.deleted[c.User] = a.users[c.User].Username
	delete(a.users, c.User)
	delete(a.sent, c.User)
	for at := range a.links {
		if at.user == c.User {
			delete(a.links, at)
		}
	}
}

func (a *attempt) sendPasswordLink(id users.ID) {
	if a.may(policy.UserSendPasswordLink, policy.OfUser(id), nil) {
		a.sent[id] = users.PasswordLink{
			User: id, Address: a.users[id].Email, Sent: a.at, Length: time.Duration(a.minutes) * time.Minute,
		}
	}
}

func (a *attempt) usePasswordLink(c admin.UsePasswordLink) {
	u, known := a.users[c.User]
	link, sent := a.sent[c.User]
	expired := a.at.Before(link.Sent) || !a.at.Before(link.Sent.Add(link.Length))
	switch on := policy.OfUser(c.User); {
	case !known:
		a.refuse(on, policy.UnknownUser.String())
	case a.actor != c.User:
		a.refuse(on, policy.NotSelf.String())
	case !u.ActiveOn(a.day()):
		a.refuse(on, policy.InactiveUser.String())
	case !sent || expired:
		a.refuse(on, changes.CodeLinkInvalid)
	default:
		delete(a.sent, c.User)
	}
}

func (a *attempt) changePassword(c admin.ChangePassword) {
	with := policy.With{OldPasswordVerified: policy.Given(c.OldPasswordVerified)}
	if a.may(policy.UserChangePassword, policy.OfUser(c.User), &with) {
		delete(a.sent, c.User)
	}
}

func (a *attempt) changeEmail(c admin.ChangeEmail) {
	with := policy.With{OldPasswordVerified: c.OldPasswordVerified}
	if !a.may(policy.UserChangeEmail, policy.OfUser(c.User), &with) || a.users[c.User].Email == c.Email {
		return
	}
	delete(a.sent, c.User)
	a.change(c.User, func(u *users.User) { u.Email = c.Email })
}

func (a *attempt) markUsed(c admin.MarkUsed) {
	if !a.bySoftware(policy.OfUser(c.User)) {
		return
	}
	if _, known := a.users[c.User]; a.must(known) {
		a.change(c.User, func(u *users.User) { u.Used = true })
	}
}
