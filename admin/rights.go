package admin

import (
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// GrantRole grants a user one role. Source: ROLES.
type GrantRole struct {
	User users.ID
	Role roles.Role
}

// Name is "user.grant_role".
func (GrantRole) Name() string { return policy.UserGrantRole.String() }

func (c *GrantRole) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "role", &c.Role, role)
}

func (c GrantRole) do(d *draft) {
	if by, ok := d.ask(policy.UserGrantRole, policy.OfUser(c.User), &policy.With{Role: c.Role}); ok {
		d.setRoles(by, c.User, d.user(c.User).Roles.With(c.Role))
	}
}

// RevokeRole takes one role away from a user. Source: ROLES.
type RevokeRole struct {
	User users.ID
	Role roles.Role
}

// Name is "user.revoke_role".
func (RevokeRole) Name() string { return policy.UserRevokeRole.String() }

func (c *RevokeRole) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "role", &c.Role, role)
}

func (c RevokeRole) do(d *draft) {
	if by, ok := d.ask(policy.UserRevokeRole, policy.OfUser(c.User), &policy.With{Role: c.Role}); ok {
		d.setRoles(by, c.User, d.user(c.User).Roles.Without(c.Role))
	}
}

// ChangeRoles gives a user another set of roles: each one added is a grant, each
// one left out a revocation. Source: ROLES.
type ChangeRoles struct {
	User  users.ID
	Roles roles.Set
}

// Name is "user.change_roles".
func (ChangeRoles) Name() string { return policy.UserChangeRoles.String() }

func (c *ChangeRoles) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "roles", &c.Roles, roleSet)
}

func (c ChangeRoles) do(d *draft) {
	if by, ok := d.ask(policy.UserChangeRoles, policy.OfUser(c.User), &policy.With{Roles: policy.Given(c.Roles)}); ok {
		d.setRoles(by, c.User, c.Roles)
	}
}

func (d *draft) setRoles(by right, id users.ID, set roles.Set) {
	if before := d.user(id).Roles; before != set {
		d.emit(by, RolesChanged{id, set &^ before, before &^ set})
	}
}

// user is a user that the policy has already found.
func (d *draft) user(id users.ID) users.User {
	u, _ := d.pending.User(id)
	return u
}

// ChangeCompanyAccess gives a user access to these companies, and to no others.
// Source: SETTINGS.
type ChangeCompanyAccess struct {
	User      users.ID
	Companies changes.List[companies.ID]
}

// Name is "user.change_company_access".
func (ChangeCompanyAccess) Name() string { return policy.UserChangeCompanyAccess.String() }

func (c *ChangeCompanyAccess) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "companies", &c.Companies, companyIDs)
}

func (c ChangeCompanyAccess) do(d *draft) { d.setAccess(c.User, accessTo(c.Companies)) }

func (d *draft) setAccess(id users.ID, access users.Access) {
	by, ok := d.ask(policy.UserChangeCompanyAccess, policy.OfUser(id), &policy.With{Companies: policy.Given(access)})
	if !ok {
		return
	}
	before := d.user(id).Access
	if !before.Equal(access) {
		d.emit(by, AccessChanged{id, beyond(access, before), beyond(before, access)})
	}
}

// beyond is the companies that one access has and another has not.
func beyond(access, other users.Access) changes.List[companies.ID] {
	var list []companies.ID
	for id := range access.Beyond(other) {
		list = append(list, id)
	}
	return changes.ListOf(list...)
}

// ChangeLaterCompanies gives a user the right to reach companies that are created
// later, or takes it away. Source: SETTINGS.
type ChangeLaterCompanies struct {
	User           users.ID
	LaterCompanies bool
}

// Name is "user.change_later_companies".
func (ChangeLaterCompanies) Name() string { return policy.UserChangeLaterCompanies.String() }

func (c *ChangeLaterCompanies) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "later_companies", &c.LaterCompanies, fields.Flag())
}

func (c ChangeLaterCompanies) do(d *draft) {
	by, ok := d.ask(policy.UserChangeLaterCompanies, policy.OfUser(c.User), nil)
	if ok && d.user(c.User).LaterCompanies != c.LaterCompanies {
		d.emit(by, LaterCompaniesChanged(c))
	}
}

// ChangeArchiveRight gives a user another archive right. Source: SETTINGS.
type ChangeArchiveRight struct {
	User    users.ID
	Archive users.ArchiveRight
}

// Name is "user.change_archive_right".
func (ChangeArchiveRight) Name() string { return policy.UserChangeArchiveRight.String() }

func (c *ChangeArchiveRight) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "archive", &c.Archive, archive)
}

func (c ChangeArchiveRight) do(d *draft) {
	by, ok := d.ask(policy.UserChangeArchiveRight, policy.OfUser(c.User), nil)
	if ok && d.user(c.User).Archive != c.Archive {
		d.emit(by, ArchiveRightChanged(c))
	}
}

// ChangeBankRight allows a user to change bank details while booking, or refuses
// it. Source: TIPS, SETTINGS.
type ChangeBankRight struct {
	User              users.ID
	ChangeBankDetails bool
}

// Name is "user.change_bank_right".
func (ChangeBankRight) Name() string { return policy.UserChangeBankRight.String() }

func (c *ChangeBankRight) fields(f *fields.Coder) {
	fields.Need(f, "user", &c.User, userID)
	fields.Need(f, "change_bank_details", &c.ChangeBankDetails, fields.Flag())
}

func (c ChangeBankRight) do(d *draft) {
	by, ok := d.ask(policy.UserChangeBankRight, policy.OfUser(c.User), nil)
	if ok && d.user(c.User).ChangeBankDetails != c.ChangeBankDetails {
		d.emit(by, BankRightChanged(c))
	}
}

// Bulk does one or more of four things to two users or more: grant them roles, give
// them access to companies, give them the right to later companies, allow or refuse
// them the bank right. Nothing else is done in bulk. Where one change is refused
// for one user, none happens. Source: SETTINGS.
type Bulk struct {
	Users              changes.List[users.ID]
	GrantRoles         roles.Set
	GiveCompanies      changes.List[companies.ID]
	GiveLaterCompanies bool
	ChangeBankDetails  policy.Optional[bool]
}

// Name is "user.bulk".
func (Bulk) Name() string { return "user.bulk" }

func (c *Bulk) fields(f *fields.Coder) {
	fields.Need(f, "users", &c.Users, userIDs)
	fields.OmitZero(f, "grant_roles", &c.GrantRoles, roleSet)
	fields.OmitZero(f, "give_companies", &c.GiveCompanies, companyIDs)
	fields.OmitZero(f, "give_later_companies", &c.GiveLaterCompanies, fields.Flag())
	fields.OmitZero(f, "change_bank_details", &c.ChangeBankDetails, changes.Maybe(fields.Flag()))
	seen := make(map[users.ID]bool)
	i := 0
	for id := range c.Users.All() {
		if seen[id] {
			f.Note(problems.At("users", i), problems.Quote(string(id)), "each user once")
		}
		seen[id] = true
		i++
	}
	if len(seen) < 2 {
		f.Note("users", number(uint64(len(seen))), "two users or more")
	}
	rest := *c
	rest.Users = changes.List[users.ID]{} // comparing them would go as deep as they are many
	if rest == (Bulk{}) {
		f.Note("", "nothing to do", "one or more of grant_roles, give_companies, give_later_companies, change_bank_details")
	}
}

func (c Bulk) do(d *draft) {
	given := accessTo(c.GiveCompanies)
	for id := range c.Users.All() {
		if given.Len() > 0 {
			d.setAccess(id, d.user(id).Access.Changed(given, users.Access{}))
		}
		if c.GrantRoles != 0 {
			ChangeRoles{id, d.user(id).Roles | c.GrantRoles}.do(d)
		}
		if c.GiveLaterCompanies {
			ChangeLaterCompanies{id, true}.do(d)
		}
		if may, given := c.ChangeBankDetails.Get(); given {
			ChangeBankRight{id, may}.do(d)
		}
	}
}
