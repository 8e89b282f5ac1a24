package policy

import (
	"slices"

	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// This file establishes facts. Each function returns the facts it could
// establish; forgetting one denies.

// when is f where ok holds, and nothing otherwise.
func when(ok bool, f Facts) Facts {
	if ok {
		return f
	}
	return 0
}

// roleFact is the fact that each role gives.
var roleFact = [...]Facts{
	roles.SuperUser:                  IsSuperUser,
	roles.Accountant:                 IsAccountant | BookingRole,
	roles.SMEAccountant:              IsSMEAccountant | BookingRole,
	roles.AuthorisationAdministrator: IsAdministrator,
	roles.Authoriser:                 IsAuthoriser,
	roles.ClientUser:                 IsClientUser | ClientRole,
	roles.RestrictedClientUser:       IsRestrictedClientUser | ClientRole,
}

// OwnFacts is what a user's effective roles and rights establish, whatever the
// moment and whatever is asked: the facts of who asks that a role or a right gives.
func OwnFacts(u users.User) Facts { return ownFacts(&u) }

func ownFacts(u *users.User) Facts {
	return when(u.Archive == users.AllDocuments, ArchiveRight) | when(u.ChangeBankDetails, BankRight) |
		when(u.LaterCompanies, LaterCompaniesRight) | rolesGive[u.Roles]
}

// rolesGive is what each set of roles gives.
var rolesGive = func() (of [1 << 8]Facts) {
	for set := range of {
		for role := range roles.Set(set).Effective().All() {
			of[set] |= roleFact[role]
		}
	}
	return of
}()

const _ = uint16(ofAsker) // a user keeps these facts so; or it does not compile

// wholeFacts is what holds of the question as a whole, whichever part of it is
// looked at: of who asks, of the resource, and of the office as it would be left.
func (q *question) wholeFacts() Facts {
	f := q.facts()
	switch q.resource.Type {
	case Company:
		return f | when(q.reach().has(q.company), CompanyAccess)
	case Document:
		return f | q.documentChange()
	case Connection:
		return f | when(q.snap.systemOf(q.system).syncUser == q.place, OnDuty) | q.connectionChange()
	case User:
		return f | q.targetFacts(q.target) | q.userChange()
	case Office:
		return f | q.newUsers()
	}
	return f
}

// parts is how many questions the question is.
func (q *question) parts() int {
	switch q.action {
	case DocumentMerge:
		return 1 + len(q.with.Documents)
	case UserChangeRoles:
		return max(1, q.changedRoles().Len())
	}
	return 1
}

// partFacts is what holds of one part of the question.
func (q *question) partFacts(i int) Facts {
	switch q.action {
	case DocumentMerge:
		if i > 0 {
			return q.factsOn(q.see(q.with.Documents[i-1]))
		}
	case UserGrantRole:
		return q.roleChange(q.with.Role, true)
	case UserRevokeRole:
		return q.roleChange(q.with.Role, false)
	case UserChangeRoles:
		return q.rolesChange(i)
	}
	if q.resource.Type == Document {
		return q.factsOn(q.seen)
	}
	return 0
}

// untoldOf is the facts of one part of the question that could not be established,
// because something about a document was not told.
func (q *question) untoldOf(part int) Facts {
	switch {
	case q.resource.Type != Document:
		return 0
	case part > 0 && q.action == DocumentMerge:
		return q.untold(q.see(q.with.Documents[part-1]).told)
	}
	return q.untold(q.seen.told)
}

// documentChange is what holds of what is to be done with the document.
func (q *question) documentChange() Facts {
	switch q.action {
	case DocumentAssign, DocumentReassign:
		return when(q.authorisersFit(q.with.Authorisers, q.company), AuthorisersFit)
	case DocumentMerge:
		return when(q.resource.mergesWith(q.with.Documents), MergeFit)
	case DocumentBook, DocumentChangeBankDetails:
		return q.bookingLink(q.company)
	}
	return 0
}

// authorisersFit says whether everyone named could authorise: at least one, each
// once, an active Authoriser with access to the company.
func (s *Subject) authorisersFit(list []users.ID, company int32) bool {
	for _, id := range list {
		if !s.authoriserFit(s.snap.user(id), company) {
			return false
		}
	}
	return len(list) > 0 && !twice(len(list), func(i int) users.ID { return list[i] })
}

// activeNow says whether a user is active at the moment of asking.
func (s *Subject) activeNow(u *user) bool {
	return s.snap.active(&u.standing, moment{second: s.second, readable: s.inTime})
}

func (s *Subject) authoriserFit(at, company int32) bool {
	if at == noPlace {
		return false
	}
	u := s.snap.userOf(at)
	return u.facts().Has(IsAuthoriser) && u.reach().has(company) && s.activeNow(u)
}

// bookingLink is the link with which who asks would book in the company's
// accounting system.
func (s *Subject) bookingLink(company int32) Facts {
	if company < 0 {
		return 0
	}
	bound, _ := s.bond(company, noHint)
	return bound.facts()
}

// connectionChange is what holds of what is to be done with a connection.
func (q *question) connectionChange() Facts {
	sys := q.snap.systemOf(q.system)
	switch q.action {
	case AccountingSystemDelete:
		return when(len(sys.companies) == 0, DutyKept)
	case ConnectionManage:
		at := q.snap.user(q.with.SynchronisationUser)
		return when(q.candidateFit(sys, at), CandidateFit) |
			when(q.with.AccountingUser == "" || q.candidateAccountFit(sys, at), AccountingUserFit)
	}
	return 0
}

// candidateFit says whether a user could have the duty of a system: known,
// active and without an end date, reaching every company of the system, and
// linked with the rights it takes, or to be linked with the choice.
func (q *question) candidateFit(sys *system, at int32) bool {
	if at == noPlace {
		return false
	}
	u := q.snap.userOf(at)
	if !u.end.IsZero() || !q.activeNow(u) {
		return false
	}
	for _, c := range sys.companies {
		if !u.reach().has(c) {
			return false
		}
	}
	l := u.ties.linkTo(q.system)
	return q.with.AccountingUser != "" || l != nil && l.account.serves(sys)
}

// candidateAccountFit says whether the account named with the choice can carry
// the duty. Its rank is not capped by the one before.
func (q *question) candidateAccountFit(sys *system, at int32) bool {
	a := sys.account(q.with.AccountingUser)
	return a != nil && at != noPlace && a.serves(sys) && a.MayBeLinked(q.snap.userOf(at).effective().Books())
}

// userChange is what holds of what is to be done with the user asked about.
func (q *question) userChange() Facts {
	t := q.snap.userOf(q.target)
	switch q.action {
	case UserDelete:
		return when(q.superUserRemains(false, users.Date{}), SuperUserRemains) | when(len(t.bound().duties) == 0, DutyKept)
	case UserChangeEndDate:
		end := q.with.EndDate.value
		return when(t.reach().within(q.reach()), TargetWithinReach) |
			when(q.superUserRemains(true, end), SuperUserRemains) |
			when(end.IsZero() || len(t.bound().duties) == 0, DutyKept)
	case UserChangeCompanyAccess:
		return q.accessChange(t)
	case UserGrantRole:
		return q.leavesRoles(t, t.stored.With(q.with.Role))
	case UserRevokeRole:
		return q.leavesRoles(t, t.stored.Without(q.with.Role))
	case UserChangeRoles:
		return q.leavesRoles(t, q.with.Roles.value)
	case UserChangePassword, UserChangeEmail:
		return when(q.with.OldPasswordVerified.value, OldPasswordVerified)
	case UserLinkAccountingUser:
		return when(q.linkFit(t), AccountingUserFit)
	case UserUnlinkAccountingUser:
		return when(t.ties.linkTo(q.system) != nil, TargetLinked) | when(!slices.Contains(t.bound().duties, q.system), DutyKept)
	case UserEnterAccountingPassword:
		return when(q.hasLinkAskedFor(t), TargetLinked)
	}
	return 0
}

// hasLinkAskedFor is any link where no system was named.
func (q *question) hasLinkAskedFor(t *user) bool {
	if q.with.System == "" {
		return len(t.bound().links) > 0
	}
	return t.ties.linkTo(q.system) != nil
}

// accessChange compares the companies asked for with those there are.
func (q *question) accessChange(t *user) Facts {
	asked := q.with.Companies.value
	within := true
	for id := range asked.All() {
		c := q.snap.company(id)
		within = within && (t.reach().has(c) || q.reach().has(c))
	}
	kept := true
	t.reach().each(func(c int32) bool {
		if !asked.Has(q.snap.companies.id(c)) {
			within = within && q.reach().has(c)
			kept = kept && !slices.Contains(t.bound().duties, q.snap.companyOf(c).system)
		}
		return true
	})
	return when(within, CompaniesWithinReach) | when(kept, DutyKept)
}

// leavesRoles judges a change of roles by the set it leaves.
func (q *question) leavesRoles(t *user, left roles.Set) Facts {
	return when(left == t.stored || left.Valid(), RoleSetValid) |
		when(q.superUserRemains(left.Has(roles.SuperUser), t.end), SuperUserRemains)
}

// superUserRemains says whether no day from today on that has an active Super
// user would lose its last, were the target to stay one (or not) up to end.
// Super users are active from today up to their end dates, so the one who stays
// longest covers every day that is covered at all.
func (q *question) superUserRemains(stays bool, end users.Date) bool {
	if !q.snap.userOf(q.target).stored.Has(roles.SuperUser) {
		return true
	}
	longest := q.snap.supers[0]
	if !longest.end.IsZero() && !q.snap.day(q.second).Before(longest.end) {
		return true // no day has one
	}
	covers := func(e users.Date) bool { return !endsBefore(e, longest.end) }
	return longest.user != q.target || stays && covers(end) ||
		len(q.snap.supers) > 1 && covers(q.snap.supers[1].end)
}

// linkFit says whether the target may be linked to the account named: of a rank
// at or below the synchronisation user's own, and with the rights a link needs.
// Where the synchronisation user has no link, nobody else can be linked.
func (q *question) linkFit(t *user) bool {
	if q.system == noPlace {
		return false
	}
	sys := q.snap.systemOf(q.system)
	a := sys.account(q.with.User)
	onDuty := slices.Contains(t.bound().duties, q.system)
	switch {
	case a == nil:
		return false
	case onDuty && q.snap.userOf(sys.syncUser).ties.linkTo(q.system) == nil:
		return a.serves(sys) && a.MayBeLinked(t.effective().Books())
	case !q.underCap(sys, a):
		return false
	case onDuty:
		return a.serves(sys) && a.MayBeLinked(t.effective().Books())
	}
	return a.MayBeLinked(true)
}

// underCap says whether an account's rank is at or below that of the
// synchronisation user's link.
func (q *question) underCap(sys *system, a *account) bool {
	if sys.syncUser == noPlace {
		return false
	}
	own := q.snap.userOf(sys.syncUser).ties.linkTo(q.system)
	return own != nil && a.AtOrBelow(own.account.User)
}
