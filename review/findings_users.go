package review

import (
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// This file looks at users one by one: R1 to R6, O6 to O10, O12, O16 and S1 to S6.
// R1 to R3 go by the stored roles and O10 by the stored rank, since it is what is
// stored that they object to; what gives rights goes by the effective roles.

func (s *survey) lookAtUsers() {
	unadministered := placesFor(len(s.companies))
	for c := range s.workflow.without(s.administered) {
		unadministered.add(c)
	}
	for _, m := range s.members {
		s.lookAtRoles(m)
		s.lookAtBilling(m)
		if !m.active {
			continue
		}
		s.lookAtAdministering(m, unadministered)
		s.lookAtBookingLinks(m)
		s.lookAtIdleLinks(m)
		s.lookAtRights(m)
		s.lookAtJoints(m)
	}
}

func (s *survey) lookAtRoles(m *member) {
	who := plain("user", m.ID)
	for f := range m.Roles.Findings() {
		found := Finding{User: m.ID, Mend: one(changedRoles(m, f.Mend.Apply(m.Roles)))}
		switch f.ID {
		case "R1":
			found.message = words.Say(
				"{user} is both Client user and Restricted client user, which exclude each other; the restricted role leads.", who)
			s.note(r1, found)
		case "R2":
			found.message = words.Say("{user} is both Accountant and SME Accountant, which conflict; the SME Accountant leads.", who)
			s.note(r2, found)
		case "R3":
			found.message = words.Say("{user} has no role, and a user holds one or more.", who)
			s.note(r3, found)
		case "R4":
			if m.active {
				found.Mend = mendNoClientRole(m, f.Mend)
				found.message = words.Say("{user} has a booking role without a client role, and so cannot deliver, split or tag.", who)
				s.note(r4, found)
			}
		}
	}
}

// lookAtAdministering finds R5. Whoever administers is not asked: what they reach is
// administered.
func (s *survey) lookAtAdministering(m *member, unadministered places) {
	ask := m.effective & roles.SetOf(roles.SuperUser, roles.Accountant)
	if ask == 0 || !m.reach.meets(unadministered) {
		return
	}
	mend := one(changedRoles(m, m.Roles.With(roles.AuthorisationAdministrator)))
	for c := range m.reach.and(unadministered) {
		s.note(r5, Finding{User: m.ID, Company: s.companies[c].ID, Mend: mend, message: words.Say(
			"{user} is {roles} and not Authorisation administrator, while {company} uses the authorisation workflow and nobody else administers it.",
			plain("user", m.ID), blank("roles", roleNames(ask)), plain("company", s.companies[c].ID))})
	}
}

func (s *survey) lookAtBilling(m *member) {
	if m.active && m.approves() && !m.BillTo.Chosen() && m.reach.meets(s.agreement) {
		s.note(r6, Finding{User: m.ID, Mend: one(changeBillTo(m.ID, users.BillToOffice)), message: words.Say(
			"{user} is Authoriser and nobody chose who pays, while there is a payment agreement with {companies}.",
			plain("user", m.ID), blank("companies", s.several(m.reach.and(s.agreement))))})
	}
	if id, ok := m.BillTo.Company(); ok && !s.agreement.has(s.companyAt[id]) {
		s.note(o12, Finding{User: m.ID, Company: id, Mend: one(changeBillTo(m.ID, users.BillToOffice)), message: words.Say(
			"{company} is to pay for {user}, and there is no payment agreement with it.",
			plain("company", id), plain("user", m.ID))})
	}
}

// lookAtBookingLinks finds O6, once a system. A link counts as soon as it is
// verified, whatever its accounting-system user reaches there.
func (s *survey) lookAtBookingLinks(m *member) {
	if !m.books() {
		return
	}
	for _, y := range s.systems {
		if l := m.linkTo(y); l != nil && l.verified || !m.reach.meets(y.companies) {
			continue
		}
		s.note(o6, s.unverified(m, y))
	}
}

func (s *survey) unverified(m *member, y *systemSeen) Finding {
	f := Finding{User: m.ID, System: y.ID, Mend: s.mendBookingLink(m, y)}
	who, where := plain("user", m.ID), plain("system", y.ID)
	f.message = words.Say("{user} has a booking role and companies in {system}, without a link to a user there.", who, where)
	if l := m.linkTo(y); l != nil {
		f.message = words.Say("{user} has a booking role and is linked to {account} of {system}, whose password has not been entered and found right.",
			who, plain("account", l.account.ID), where)
	}
	if f.Mend == nil {
		f.message = sentences(f.message, words.Say("A user of {system} must first be free with the rights that a link takes.", where))
	}
	return f
}

func (s *survey) lookAtIdleLinks(m *member) {
	if m.books() {
		return
	}
	for _, l := range m.links {
		if l.system.duty == m {
			continue
		}
		s.note(o7, Finding{User: m.ID, System: l.system.ID, Mend: one(unlinkAccountingUser(m.ID, l.system.ID)), message: words.Say(
			"{user} is linked to {account} of {system}, and has no booking role.",
			plain("user", m.ID), plain("account", l.account.ID), plain("system", l.system.ID))})
	}
}

func (s *survey) lookAtRights(m *member) {
	who := plain("user", m.ID)
	if m.ChangeBankDetails && !m.books() {
		s.note(o8, Finding{User: m.ID, Mend: one(changeBankRight(m.ID, false)), message: words.Say(
			"{user} has the bank right without a booking role, where it has no effect.", who)})
	}
	if m.Archive == users.AllDocuments && m.effective.Has(roles.RestrictedClientUser) {
		s.note(o9, Finding{User: m.ID, Mend: one(changeArchiveRight(m.ID, users.ByRole)), message: words.Say(
			"{user} is Restricted client user and has the archive right all.", who)})
	}
	if m.LaterCompanies && m.clientSide() {
		s.note(o10, Finding{User: m.ID, Mend: one(changeLaterCompanies(m.ID, false)), message: words.Say(
			"{user} is on the client's side and has the right to later companies.", who)})
	}
	if m.Access.Len() == 0 && !m.isSuper() {
		s.note(o16, s.withoutCompanies(m))
	}
}

func (s *survey) withoutCompanies(m *member) Finding {
	f := Finding{User: m.ID, Mend: s.mendWithoutCompanies(m)}
	f.message = words.Say("{user} has access to no company.", plain("user", m.ID))
	if f.Mend == nil {
		f.message = sentences(f.message, words.Say(
			"{user} is a synchronisation user, and nobody else could be yet.", plain("user", m.ID)))
	}
	return f
}

// joint is two duties that one user should not have in one company.
type joint struct {
	rule  int
	holds func(*member) bool
	mend  func(*survey, *member) companyMend
	said  func(user, company words.Blank) words.Said
}

// companyMend is a mend for each of the companies in which a user does too much.
type companyMend func(company int) []Change

var joints = []joint{
	{s1, func(m *member) bool { return m.books() && m.approves() }, mendBooksAndApproves, func(u, c words.Blank) words.Said {
		return words.Say("{user} books and approves in {company}.", u, c)
	}},
	{s2, func(m *member) bool { return m.delivers() && m.approves() }, mendTagsAndApproves, func(u, c words.Blank) words.Said {
		return words.Say("{user} tags or assigns, and approves, in {company}.", u, c)
	}},
	{s3, func(m *member) bool { return m.ChangeBankDetails && m.books() && m.approves() }, mendBankRight, func(u, c words.Blank) words.Said {
		return words.Say("{user} changes bank details and approves in {company}.", u, c)
	}},
	{s4, (*member).doesAll, mendBankRight, func(u, c words.Blank) words.Said {
		return words.Say("{user} delivers, books, changes bank details and approves in {company}.", u, c)
	}},
	{s5, func(m *member) bool { return m.administers() && m.approves() }, mendAdministersAndApproves, func(u, c words.Blank) words.Said {
		return words.Say("{user} administers authorisation and authorises in {company}.", u, c)
	}},
}

// inFlow is the roles of the document flow that are none of a Super user's.
var inFlow = roles.SetOf(roles.Accountant, roles.SMEAccountant, roles.Authoriser, roles.ClientUser, roles.RestrictedClientUser)

func (s *survey) lookAtJoints(m *member) {
	for _, j := range joints {
		if !j.holds(m) {
			continue
		}
		mend := j.mend(s, m)
		for c := range m.reach.and(m.reach) {
			s.note(j.rule, Finding{
				User: m.ID, Company: s.companies[c].ID, Mend: mend(c),
				message: j.said(plain("user", m.ID), plain("company", s.companies[c].ID)),
			})
		}
	}
	if flow := m.effective & inFlow; m.isSuper() && flow != 0 {
		s.note(s6, Finding{User: m.ID, Mend: s.mendSuperInFlow(m), message: words.Say(
			"{user} is Super user and in the document flow too, as {roles}.",
			plain("user", m.ID), blank("roles", roleNames(flow)))})
	}
}
