package policy_test

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// ofCompanies answers what is asked about a company.
func (q *question) ofCompanies(a policy.Action) (always []need, ways []way) {
	access := need{q.asker.Access.Has(q.company.ID), "no_company_access"}
	switch a {
	case policy.DocumentUpload:
		// Those with a client role deliver; like all of the document flow, in
		// the companies they have access to.
		return []need{access}, []way{forThose(q.isClient() || q.isRestricted())}
	case policy.CompanyListAuthorisers:
		return []need{access}, []way{
			forThose(q.isClient() || q.isRestricted()),
			forThose(q.isAdministrator()),
		}
	case policy.CompanyView:
		// A Super user sees every company, others those they have access to.
		return nil, []way{
			forThose(q.isSuperUser()),
			forThose(true, access),
		}
	case policy.CompanyChangeSettings:
		return nil, []way{
			forThose(q.isSuperUser()),
			forThose(q.isAccountant(), access),
			forThose(q.isSMEAccountant(), access),
		}
	case policy.CompanyChangeMandatorySettings:
		return nil, []way{
			forThose(q.isSuperUser()),
			forThose(q.isAccountant(), access),
		}
	default:
		// Deleting a company and controlling its synchronisation.
		return nil, []way{forThose(q.isSuperUser())}
	}
}

// ofTheOffice answers what is asked about the office, and about what is to be
// created in it.
func (q *question) ofTheOffice(a policy.Action) (always []need, ways []way) {
	switch a {
	case policy.CompanyCreate:
		always = []need{{q.with.AccountingSystem == "" || q.systemExists(q.with.AccountingSystem), "bad_property"}}
		return always, []way{
			forThose(q.isSuperUser()),
			forThose(q.isAccountant()),
			forThose(q.isSMEAccountant()),
		}
	case policy.UserCreate:
		return q.createUser()
	case policy.UserImport:
		return q.importUsers()
	default:
		// The office's settings, and creating an accounting system.
		return nil, []way{forThose(q.isSuperUser())}
	}
}

// An Accountant creates anybody but a Super user, an SME Accountant those with
// only client roles; neither gives a company they cannot reach.
func (q *question) createUser() (always []need, ways []way) {
	set, setGiven := q.with.Roles.Get()
	access, accessGiven := q.with.Companies.Get()
	always = []need{
		q.mustBeGiven(policy.PropertyRoles, setGiven),
		q.mustBeGiven(policy.PropertyCompanies, accessGiven),
		{everyRoleExists(set), "bad_property"},
		{q.everyCompanyExists(access), "bad_property"},
		{set.Valid(), "role_set_invalid"},
	}
	return always, []way{
		forThose(q.isSuperUser()),
		forThose(q.isAccountant(), neverASuperUser(set), q.withinReach(access)),
		forThose(q.isSMEAccountant(), onlyClientRoles(set), q.withinReach(access)),
	}
}

// A Super user and an Accountant import. Whatever of it is not named yet is not
// judged yet.
func (q *question) importUsers() (always []need, ways []way) {
	set, setGiven := q.with.Roles.Get()
	access, _ := q.with.Companies.Get()
	system, systemFound := q.office.System(q.with.System)
	always = []need{
		{everyRoleExists(set), "bad_property"},
		{q.everyCompanyExists(access), "bad_property"},
		{q.with.System == "" || systemFound, "bad_property"},
		{!setGiven || set.Valid(), "role_set_invalid"},
	}
	if q.with.Users != nil {
		// Who they are, only the system can tell.
		always = append(always, q.mustBeGiven(policy.PropertySystem, q.with.System != ""))
	}
	for _, id := range q.with.Users {
		always = append(always, need{q.mayBeImported(system, id, set.Books()), "accounting_user_unfit"})
	}
	return always, []way{
		forThose(q.isSuperUser()),
		forThose(q.isAccountant(), neverASuperUser(set), q.withinReach(access)),
	}
}

// mayBeImported says whether an accounting-system user may become a user of the
// office: ranked at or below the synchronisation user's own, and, where they will
// book and so are linked at once, with the rights a link needs.
func (q *question) mayBeImported(system sync.System, id sync.UserID, willBook bool) bool {
	account, found := accountOf(system, id)
	if !found || !q.atOrBelowSynchronisation(system, account) {
		return false
	}
	return !willBook || (account.CanBook && account.CanChangeMasterData)
}

// atOrBelowSynchronisation says whether an accounting-system user ranks at or
// below the one that the synchronisation user is linked to. Nobody does where
// there is no such link.
func (q *question) atOrBelowSynchronisation(system sync.System, account sync.User) bool {
	link, linked := q.linkOf(system.SynchronisationUser, system)
	if !linked {
		return false
	}
	top, found := accountOf(system, link.AccountingUser)
	return found && account.Rank >= top.Rank
}

func accountOf(system sync.System, id sync.UserID) (sync.User, bool) {
	for _, u := range system.Users {
		if u.ID == id {
			return u, true
		}
	}
	return sync.User{}, false
}

// ofConnections answers what is asked about an accounting system and the
// connection to it.
func (q *question) ofConnections(a policy.Action) (always []need, ways []way) {
	switch a {
	case policy.AccountingSystemDelete:
		// Only when no company is left in it.
		empty := len(q.companiesOf(q.system)) == 0
		return []need{{empty, "synchronisation_duty"}}, []way{forThose(q.isSuperUser())}
	case policy.ConnectionManage:
		return q.chooseSynchronisationUser(), []way{forThose(q.isSuperUser())}
	case policy.ConnectionReconnect:
		// The synchronisation user alone, of whatever role.
		onDuty := need{q.system.SynchronisationUser == q.asker.ID, "not_self"}
		return nil, []way{forThose(true, onDuty)}
	default:
		// Fetching its users and viewing the connection.
		return nil, []way{forThose(q.isSuperUser())}
	}
}

// Whoever is chosen must be an active user without an end date who reaches every
// company of the system, and is linked there, or with the choice, to somebody who
// may change master data and reaches every company of it too.
func (q *question) chooseSynchronisationUser() []need {
	chosen := q.with.SynchronisationUser
	if chosen == "" {
		return []need{q.mustBeGiven(policy.PropertySynchronisationUser, false)}
	}
	candidate, known := q.office.User(chosen)
	fit := known && candidate.ActiveOn(q.day) && candidate.EndDate.IsZero()
	for _, id := range q.companiesOf(q.system) {
		if !candidate.Access.Has(id) {
			fit = false
		}
	}
	if q.with.AccountingUser == "" {
		link, linked := q.linkOf(chosen, q.system)
		account, _ := accountOf(q.system, link.AccountingUser)
		if !linked || !q.couldSynchronise(q.system, account) {
			fit = false
		}
		return []need{{fit, "candidate_unfit"}}
	}
	account, found := accountOf(q.system, q.with.AccountingUser)
	accountFit := found && q.couldSynchronise(q.system, account) && (account.CanBook || !candidate.Roles.Books())
	return []need{{fit, "candidate_unfit"}, {accountFit, "accounting_user_unfit"}}
}

// couldSynchronise says whether an accounting-system user has the rights that
// synchronisation takes there.
func (q *question) couldSynchronise(system sync.System, account sync.User) bool {
	for _, id := range q.companiesOf(system) {
		if !account.Reach.Has(id) {
			return false
		}
	}
	return account.CanChangeMasterData
}

func (q *question) companiesOf(system sync.System) (list []companies.ID) {
	for c := range q.office.Companies() {
		if c.System == system.ID {
			list = append(list, c.ID)
		}
	}
	return list
}

func (q *question) systemExists(id companies.SystemID) bool {
	_, found := q.office.System(id)
	return found
}

func (q *question) everyCompanyExists(access users.Access) bool {
	for id := range access.All() {
		if _, found := q.office.Company(id); !found {
			return false
		}
	}
	return true
}

func everyRoleExists(set roles.Set) bool { return set.Within(roles.SetOf(roles.All()...)) }

func neverASuperUser(set roles.Set) need { return need{!set.Has(roles.SuperUser), "beyond_reach"} }

func onlyClientRoles(set roles.Set) need {
	for r := range set.All() {
		if !isClientRole(r) {
			return need{false, "beyond_reach"}
		}
	}
	return need{true, ""}
}

func isClientRole(r roles.Role) bool {
	return r == roles.ClientUser || r == roles.RestrictedClientUser
}

// withinReach says whether whoever asks reaches every company they would give.
func (q *question) withinReach(access users.Access) need {
	for id := range access.All() {
		if !q.asker.Access.Has(id) {
			return need{false, "beyond_reach"}
		}
	}
	return need{true, ""}
}
