package policy_test

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// ofUsers answers what is asked about a user.
func (q *question) ofUsers(a policy.Action) (always []need, ways []way) {
	superUserAlone := []way{forThose(q.isSuperUser())}
	switch a {
	case policy.UserView:
		return nil, q.viewUser()
	case policy.UserDelete:
		gone := []need{q.superUsersRemain(nil), {!q.isOnDuty(), "synchronisation_duty"}}
		return gone, superUserAlone
	case policy.UserChangeDetails, policy.UserSendPasswordLink:
		return nil, append(q.whoeverManages(), forThose(q.isOneself()))
	case policy.UserChangeEndDate:
		return q.changeEndDate()
	case policy.UserChangeCompanyAccess:
		return q.changeCompanyAccess()
	case policy.UserChangeBillTo:
		return q.changeBillTo(), q.whoeverManages()
	case policy.UserChangeLaterCompanies:
		right := need{q.asker.LaterCompanies, "right_missing"}
		return nil, []way{
			forThose(q.isSuperUser()),
			forThose(q.isAccountant(), right, q.manageableForAccountant(), q.notOneself()),
		}
	case policy.UserGrantRole, policy.UserRevokeRole, policy.UserChangeRoles:
		return q.ofRoles(a)
	case policy.UserChangePassword:
		return q.changePassword()
	case policy.UserChangeEmail:
		return q.changeEmail()
	case policy.UserLinkAccountingUser:
		return q.linkAccountingUser(), q.superUserOrAccountant()
	case policy.UserUnlinkAccountingUser:
		return q.unlinkAccountingUser(), q.superUserOrAccountant()
	case policy.UserEnterAccountingPassword:
		return q.enterAccountingPassword(), append(superUserAlone, forThose(q.isOneself()))
	default:
		// The bank right and the archive right.
		return nil, superUserAlone
	}
}

// Everybody sees themselves, a Super user and an Accountant everybody. An SME
// Accountant sees the clients they share a company with, and, being authoriser,
// the other authorisers there. An administrator sees there whoever ranks below,
// and every authoriser.
func (q *question) viewUser() []way {
	fellowAuthoriser := q.target.Roles.Has(roles.Authoriser) &&
		roles.SMEAccountant.Above(q.target.Roles.Highest()) && q.sharesCompany()
	return []way{
		forThose(q.isOneself()),
		forThose(q.isSuperUser()),
		forThose(q.isAccountant()),
		forThose(q.isSMEAccountant(), need{q.isClientSide() && q.sharesCompany(), "not_manageable"}),
		forThose(q.isSMEAccountant() && q.isAuthoriser(), need{fellowAuthoriser, "not_manageable"}),
		forThose(q.isAdministrator(), q.visibleToAdministrator()),
	}
}

func (q *question) visibleToAdministrator() need {
	below := roles.AuthorisationAdministrator.Above(q.target.Roles.Highest())
	seen := (below || q.target.Roles.Has(roles.Authoriser)) && q.sharesCompany()
	return need{seen, "not_manageable"}
}

// whoeverManages is a Super user, and an Accountant or SME Accountant whose
// target is manageable.
func (q *question) whoeverManages() []way {
	return []way{
		forThose(q.isSuperUser()),
		forThose(q.isAccountant(), q.manageableForAccountant()),
		forThose(q.isSMEAccountant(), q.manageableForSMEAccountant()),
	}
}

func (q *question) superUserOrAccountant() []way {
	return []way{
		forThose(q.isSuperUser()),
		forThose(q.isAccountant(), q.manageableForAccountant()),
	}
}

func (q *question) manageableForAccountant() need {
	return need{!q.target.Roles.Has(roles.SuperUser), "not_manageable"}
}

func (q *question) manageableForSMEAccountant() need {
	manageable := q.isClientSide() && q.sharesCompany() && !q.target.Roles.Has(roles.Authoriser) &&
		!q.target.Roles.Has(roles.AuthorisationAdministrator)
	return need{manageable, "not_manageable"}
}

// isClientSide says whether the target has a client role, and none of the SME
// Accountant's rank or above.
func (q *question) isClientSide() bool {
	holdsClientRole := false
	for r := range q.target.Roles.All() {
		if !roles.SMEAccountant.Above(r) {
			return false
		}
		if isClientRole(r) {
			holdsClientRole = true
		}
	}
	return holdsClientRole
}

func (q *question) isOneself() bool     { return q.asker.ID == q.target.ID }
func (q *question) notOneself() need    { return need{!q.isOneself(), "beyond_reach"} }
func (q *question) sharesCompany() bool { return q.asker.Access.Shares(q.target.Access) }

// isOnDuty says whether the target is some accounting system's synchronisation user.
func (q *question) isOnDuty() bool {
	for system := range q.office.Systems() {
		if system.SynchronisationUser == q.target.ID {
			return true
		}
	}
	return false
}

// superUsersRemain says whether no day, from today on, loses its last active
// Super user when the target becomes another, or, with nil, nobody.
func (q *question) superUsersRemain(becomes *users.User) need {
	var before, after []users.User
	days := []users.Date{q.day}
	for u := range q.office.Users() {
		if u.Roles.Has(roles.SuperUser) {
			before = append(before, u)
		}
		if u.ID == q.target.ID {
			if becomes == nil {
				continue
			}
			u = *becomes
		}
		if u.Roles.Has(roles.SuperUser) {
			after = append(after, u)
			// The first day without them is the day they end.
			days = append(days, u.EndDate)
		}
	}
	for _, day := range days {
		ahead := !day.Before(q.day)
		if ahead && someActive(before, day) && !someActive(after, day) {
			return need{false, "last_super_user"}
		}
	}
	return need{true, ""}
}

func someActive(list []users.User, day users.Date) bool {
	for _, u := range list {
		if u.ActiveOn(day) {
			return true
		}
	}
	return false
}

// An SME Accountant ends only those whose companies they all reach. Nobody but a
// Super user ends themselves, and a synchronisation user is not ended at all.
func (q *question) changeEndDate() (always []need, ways []way) {
	end, given := q.with.EndDate.Get()
	ended := q.target
	ended.EndDate = end
	always = []need{
		q.mustBeGiven(policy.PropertyEndDate, given),
		q.superUsersRemain(&ended),
		{end.IsZero() || !q.isOnDuty(), "synchronisation_duty"},
	}
	return always, []way{
		forThose(q.isSuperUser()),
		forThose(q.isAccountant(), q.manageableForAccountant(), q.notOneself()),
		forThose(q.isSMEAccountant(), q.manageableForSMEAccountant(), q.withinReach(q.target.Access), q.notOneself()),
	}
}

// Nobody but a Super user changes their own access, or gives or takes a company
// they cannot reach. A synchronisation user is not kept from a company of the
// system.
func (q *question) changeCompanyAccess() (always []need, ways []way) {
	access, given := q.with.Companies.Get()
	var changed []companies.ID
	kept := true
	for c := range q.office.Companies() {
		now, then := q.target.Access.Has(c.ID), access.Has(c.ID)
		if now != then {
			changed = append(changed, c.ID)
		}
		system, _ := q.office.System(c.System)
		if now && !then && system.SynchronisationUser == q.target.ID {
			kept = false
		}
	}
	always = []need{
		q.mustBeGiven(policy.PropertyCompanies, given),
		{q.everyCompanyExists(access), "bad_property"},
		{kept, "synchronisation_duty"},
	}
	within := q.withinReach(users.AccessTo(changed...))
	return always, []way{
		forThose(q.isSuperUser()),
		forThose(q.isAccountant(), q.manageableForAccountant(), within, q.notOneself()),
		forThose(q.isSMEAccountant(), q.manageableForSMEAccountant(), within, q.notOneself()),
	}
}

// Who is billed is the office, or a company with a payment agreement.
func (q *question) changeBillTo() []need {
	given := q.mustBeGiven(policy.PropertyBillTo, q.with.BillTo.Chosen())
	id, isCompany := q.with.BillTo.Company()
	if !isCompany {
		return []need{given}
	}
	company, found := q.office.Company(id)
	return []need{given, {found && company.PaymentAgreement, "bad_property"}}
}

// Changing a password is for oneself alone, with the old one.
func (q *question) changePassword() (always []need, ways []way) {
	oldOne, given := q.with.OldPasswordVerified.Get()
	always = []need{q.mustBeGiven(policy.PropertyOldPasswordVerified, given)}
	return always, []way{
		forThose(true, need{q.isOneself(), "not_self"}, need{oldOne, "old_password_needed"}),
	}
}

// One changes one's own address with the old password, whoever one is. Another's
// address is mended by whoever manages them, until they have been used.
func (q *question) changeEmail() (always []need, ways []way) {
	if q.isOneself() {
		oldOne, given := q.with.OldPasswordVerified.Get()
		always = []need{q.mustBeGiven(policy.PropertyOldPasswordVerified, given)}
		return always, []way{forThose(true, need{oldOne, "old_password_needed"})}
	}
	ways = q.whoeverManages()
	for i := range ways {
		ways[i].needs = append(ways[i].needs, need{!q.target.Used, "not_self"})
	}
	return nil, ways
}

// A link needs the rights to book and to change master data there, at or below
// the rank of the synchronisation user's own. That one's own link serves the
// duty: it needs the right to book only for somebody who books, and must reach
// every company of the system.
func (q *question) linkAccountingUser() []need {
	always := []need{
		q.mustBeGiven(policy.PropertySystem, q.with.System != ""),
		q.mustBeGiven(policy.PropertyUser, q.with.User != ""),
		{q.systemExists(q.with.System), "bad_property"},
	}
	system, _ := q.office.System(q.with.System)
	account, found := accountOf(system, q.with.User)
	fit := found && q.mayBeLinked(system, account)
	return append(always, need{fit, "accounting_user_unfit"})
}

func (q *question) mayBeLinked(system sync.System, account sync.User) bool {
	if system.SynchronisationUser != q.target.ID {
		return account.CanBook && account.CanChangeMasterData && q.atOrBelowSynchronisation(system, account)
	}
	if _, linked := q.linkOf(q.target.ID, system); linked && !q.atOrBelowSynchronisation(system, account) {
		return false
	}
	if q.target.Roles.Books() && !account.CanBook {
		return false
	}
	return q.couldSynchronise(system, account)
}

// There must be a link to take away, and a synchronisation user keeps theirs.
func (q *question) unlinkAccountingUser() []need {
	system, found := q.office.System(q.with.System)
	_, linked := q.linkOf(q.target.ID, system)
	return []need{
		q.mustBeGiven(policy.PropertySystem, q.with.System != ""),
		{found, "bad_property"},
		{linked, "not_linked"},
		{system.SynchronisationUser != q.target.ID, "synchronisation_duty"},
	}
}

// A password is entered for a link: the one to the system named, or any.
func (q *question) enterAccountingPassword() []need {
	linked := false
	for link := range q.office.Links(q.target.ID) {
		if q.with.System == "" || link.System == q.with.System {
			linked = true
		}
	}
	return []need{
		{q.with.System == "" || q.systemExists(q.with.System), "bad_property"},
		{linked, "not_linked"},
	}
}
