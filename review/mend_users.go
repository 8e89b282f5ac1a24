package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
)

// bookingRoles and clientRoles are the two that each exclude each other.
var (
	bookingRoles = roles.SetOf(roles.Accountant, roles.SMEAccountant)
	clientRoles  = roles.SetOf(roles.ClientUser, roles.RestrictedClientUser)
)

// mendNoClientRole (R4) grants the client role that package roles names; but where
// that would complete S4, the booking role goes, since the other way takes two.
func mendNoClientRole(m *member, said roles.Mend) []Change {
	to := said.Apply(m.Roles)
	if m.ChangeBankDetails && m.approves() && m.Access.Len() > 0 {
		to = m.Roles &^ bookingRoles
	}
	return one(changedRoles(m, to))
}

// mendBookingLink (O6) enters the password where there is a link. Else it links to a
// user of the system who is free and reaches there what the booker reaches here,
// and enters the password. Else the booking role goes, where another role is left;
// else access to the system's companies, after somebody else took over the duty where
// the booker has it.
func (s *survey) mendBookingLink(m *member, y *systemSeen) []Change {
	if m.linkTo(y) != nil {
		return one(entered(m, y))
	}
	if a := freeAccount(m, y); a != nil {
		return []Change{linked(m, y, a), entered(m, y)}
	}
	if rest := m.Roles &^ bookingRoles; rest != 0 {
		return one(changedRoles(m, rest))
	}
	take := changeAccess(s.office, m.ID, nil, s.companiesAt(m.reach.and(y.companies)))
	if y.duty != m {
		return one(take)
	}
	if p := s.bestPlan(y, s.members, func(p plan) bool { return p.who != m }); p.who != nil {
		return append(s.carriedOut(p, y), take)
	}
	return nil
}

// freeAccount is a user of a system to whom a booker can be linked and nobody else is,
// who reaches there whatever the booker reaches here: the one with the booker's own
// address, or the lowest in rank, then the first by id.
func freeAccount(m *member, y *systemSeen) *accountSeen {
	if y.duty == m {
		if a := dutyAccount(m, y); a != nil && a.held() == 0 {
			return a
		}
		return nil
	}
	fit := func(a *accountSeen) bool { return covers(a, m, y) }
	for _, a := range y.byAddress[m.mailbox] {
		if a.free && fit(a) {
			return a
		}
	}
	if i := slices.IndexFunc(y.free, fit); i >= 0 {
		return y.free[i]
	}
	return nil
}

// covers says whether an account reaches whatever a member reaches of its system.
func covers(a *accountSeen, m *member, y *systemSeen) bool {
	for i, word := range m.reach {
		if word&y.companies[i]&^a.reach[i] != 0 {
			return false
		}
	}
	return true
}

// mendWithoutCompanies (O16) gives access where it is clear to what: to the companies
// that the user synchronises, or to the only one there is. Else the user ends today,
// after others took over what they synchronise.
func (s *survey) mendWithoutCompanies(m *member) []Change {
	var theirs []companies.ID
	for _, y := range m.duties {
		theirs = append(theirs, s.companiesAt(y.companies.and(y.companies))...)
	}
	if len(theirs) == 0 && len(s.companies) == 1 {
		theirs = append(theirs, s.companies[0].ID)
	}
	if len(theirs) > 0 && !m.doesAll() {
		slices.Sort(theirs)
		return one(changeAccess(s.office, m.ID, theirs, nil))
	}
	if over, ok := s.handedOver(m); ok {
		return append(over, changeEndDate(m.ID, s.day))
	}
	return nil
}

// S3 and S4 end with the bank right, which is the least to lose; nobody needs it.
func mendBankRight(_ *survey, m *member) companyMend {
	mend := one(changeBankRight(m.ID, false))
	return func(int) []Change { return mend }
}

func mendBooksAndApproves(s *survey, m *member) companyMend { return s.mendJoint(m, bookingRoles) }
func mendTagsAndApproves(s *survey, m *member) companyMend  { return s.mendJoint(m, clientRoles) }

func mendAdministersAndApproves(s *survey, m *member) companyMend {
	return s.mendJoint(m, roles.SetOf(roles.AuthorisationAdministrator))
}

// mendJoint (S1, S2, S5) takes away access to the one company, where the user has
// others, does not synchronise it and no document of it waits for them. Else the role
// Authoriser goes, where no document waits; else the other role of the two.
func (s *survey) mendJoint(m *member, other roles.Set) companyMend {
	revoke := one(changedRoles(m, m.Roles.Without(roles.Authoriser)))
	if m.turns > 0 {
		revoke = one(changedRoles(m, m.Roles&^other))
	}
	return func(company int) []Change {
		if m.Access.Len() == 1 || m.keeps(company) || len(s.waiting[turnAt{m, company}]) > 0 {
			return revoke
		}
		return one(changeAccess(s.office, m.ID, nil, []companies.ID{s.companies[company].ID}))
	}
}

// keeps says whether a member synchronises a company.
func (m *member) keeps(company int) bool {
	return slices.ContainsFunc(m.duties, func(y *systemSeen) bool { return y.companies.has(company) })
}

// mendSuperInFlow (S6) takes away the roles of the document flow. Where documents wait
// for the user, being Super user goes instead, if another one stays as long; else the
// documents go to others first.
func (s *survey) mendSuperInFlow(m *member) []Change {
	out := one(changedRoles(m, m.Roles&^inFlow))
	if m.turns == 0 {
		return out
	}
	if s.superStaysWithout(m) {
		return one(changedRoles(m, m.Roles.Without(roles.SuperUser)))
	}
	return append(s.mendTurnsOf(m), out...)
}

// superStaysWithout says whether no day would lose its last Super user with this one.
func (s *survey) superStaysWithout(m *member) bool {
	return s.supers[0] != m || len(s.supers) > 1 && s.supers[1].EndDate == m.EndDate
}

// mendSharedAccount (O15) unlinks all but one. The synchronisation user keeps the link,
// else who books, has its address, has entered its password, ranks highest, or has
// the first id.
func mendSharedAccount(y *systemSeen, sharing []*member) (mend []Change) {
	account := sharing[0].linkTo(y).account
	order := preferred(slices.Clone(sharing),
		func(m *member) bool { return y.duty != m },
		func(m *member) bool { return !m.books() },
		func(m *member) bool { return m.mailbox != mailbox(account.Email) },
		func(m *member) bool { return !m.linkTo(y).verified })
	for _, id := range ids(order[1:]) {
		mend = append(mend, unlinkAccountingUser(id, y.ID))
	}
	return mend
}

// mendSharedAddress (O11) has all but one give an address of their own, which they
// alone know. Who has been used keeps it, since others can no longer mend theirs;
// then the highest in rank, then the first by id.
func mendSharedAddress(sharing []*member) (mend []Change) {
	order := preferred(slices.Clone(sharing), func(m *member) bool { return !m.Used })
	for _, id := range ids(order[1:]) {
		mend = append(mend, ownAddress(id))
	}
	return mend
}
