package review

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// survey is an office laid out so that every rule and every mend finds what it asks
// for at once, however large the office is.
type survey struct {
	office    offices.Office
	day       users.Date
	docs      []documents.Document
	companies []companies.Company // sorted by id, as all that follows
	members   []*member
	systems   []*systemSeen

	companyAt map[companies.ID]int
	memberOf  map[users.ID]*member
	systemOf  map[companies.SystemID]*systemSeen

	supers       []*member // active Super users, who stays longest first
	authorised   places    // companies that an active Authoriser reaches
	administered places    // the same of an Authorisation administrator
	workflow     places    // companies that use the authorisation workflow
	agreement    places    // companies with a payment agreement

	waiting map[turnAt][]*documents.Document // what fit authorisers have in turn
	takers  map[int][]*member                // fit authorisers of a company; filled as asked
	helpers helpers

	found [ruleCount][]Finding
}

// member is a user of the office as the rules look at them.
type member struct {
	users.User
	mailbox   string
	effective roles.Set
	active    bool
	reach     places
	links     []linkSeen
	duties    []*systemSeen // those they synchronise
	turns     int           // documents that wait for them and that they can authorise
}

// The rights that the rules put together. They come from the effective roles.

func (m *member) books() bool       { return m.effective.Books() }
func (m *member) delivers() bool    { return m.effective.Delivers() }
func (m *member) approves() bool    { return m.effective.Has(roles.Authoriser) }
func (m *member) administers() bool { return m.effective.Has(roles.AuthorisationAdministrator) }
func (m *member) isSuper() bool     { return m.effective.Has(roles.SuperUser) }
func (m *member) hasEnd() bool      { return !m.EndDate.IsZero() }

// doesAll says whether S4 is met in whatever company the member reaches.
func (m *member) doesAll() bool {
	return m.delivers() && m.books() && m.ChangeBankDetails && m.approves()
}

// clientSide goes by the stored roles, as rank does.
func (m *member) clientSide() bool { return m.Roles.ClientSide() }

// ofOffice says whether the member is certainly not a client's: an SME Accountant is
// at a client's, and of the other roles it cannot be told.
func (m *member) ofOffice() bool { return m.isSuper() || m.effective.Has(roles.Accountant) }

// rank is a number that is lower the higher they rank.
func (m *member) rank() int {
	if highest := m.Roles.Highest(); highest.Known() {
		return int(highest)
	}
	return int(roles.RestrictedClientUser) + 1
}

func (m *member) linkTo(y *systemSeen) *linkSeen {
	for i := range m.links {
		if m.links[i].system == y {
			return &m.links[i]
		}
	}
	return nil
}

// linkSeen is a link with its ends found.
type linkSeen struct {
	system   *systemSeen
	account  *accountSeen
	verified bool
}

// systemSeen is an accounting system with what hangs on it.
type systemSeen struct {
	sync.System
	duty      *member // the synchronisation user
	companies places
	accounts  map[sync.UserID]*accountSeen
	byAddress map[string][]*accountSeen
	free      []*accountSeen    // those that are, the lowest rank first
	best      *plan             // for the duty; worked out when asked
	serving   [2][]*accountSeen // that can carry the duty, of who does not book and who does; the best first
}

// accountSeen is a user of an accounting system.
type accountSeen struct {
	sync.User
	reach   places
	free    bool      // anybody can be linked to it, and nobody is
	serves  bool      // may change master data and reaches every company of the system
	holders []*member // who is linked to it
}

// held says how much it matters that others are linked to the account: not at all,
// little where they are inactive, or much.
func (a *accountSeen) held() int {
	if slices.ContainsFunc(a.holders, func(m *member) bool { return m.active }) {
		return 2
	}
	return min(len(a.holders), 1)
}

// turnAt is a turn on documents of a company.
type turnAt struct {
	user    *member
	company int
}

func surveyed(o offices.Office, docs []documents.Document, at time.Time) *survey {
	docs = slices.Clone(docs) // in what order they are given must make no difference
	slices.SortStableFunc(docs, func(a, b documents.Document) int { return cmp.Compare(a.ID(), b.ID()) })
	s := &survey{office: o, day: o.Day(at), docs: docs, takers: map[int][]*member{}}
	s.companies = slices.Collect(o.Companies())
	s.companyAt = make(map[companies.ID]int, len(s.companies))
	s.workflow, s.agreement = placesFor(len(s.companies)), placesFor(len(s.companies))
	for i, c := range s.companies {
		s.companyAt[c.ID] = i
		if c.AuthorisationWorkflow {
			s.workflow.add(i)
		}
		if c.PaymentAgreement {
			s.agreement.add(i)
		}
	}
	s.seeSystems()
	s.seeMembers()
	s.seeAccounts()
	s.seeTurns()
	s.helpers = s.findHelpers()
	return s
}

func (s *survey) seeSystems() {
	s.systemOf = make(map[companies.SystemID]*systemSeen)
	for sys := range s.office.Systems() {
		y := &systemSeen{
			System: sys, companies: placesFor(len(s.companies)),
			accounts: make(map[sync.UserID]*accountSeen, len(sys.Users)), byAddress: make(map[string][]*accountSeen, len(sys.Users)),
		}
		for id := range s.office.CompaniesOf(sys.ID) {
			y.companies.add(s.companyAt[id])
		}
		for _, u := range sys.Users {
			a := &accountSeen{User: u, reach: y.companies}
			if !u.Reach.All() {
				a.reach = s.placesOf(u.Reach.Some())
			}
			a.serves = u.CanChangeMasterData && y.companies.within(a.reach)
			y.accounts[u.ID] = a
			y.byAddress[mailbox(u.Email)] = append(y.byAddress[mailbox(u.Email)], a)
		}
		s.systems, s.systemOf[sys.ID] = append(s.systems, y), y
	}
}

// mailbox is an address as the post sees it: without regard to case.
func mailbox(address string) string { return strings.ToLower(address) }

func (s *survey) placesOf(access users.Access) places {
	p := placesFor(len(s.companies))
	for id := range access.All() {
		p.add(s.companyAt[id])
	}
	return p
}

func (s *survey) seeMembers() {
	s.memberOf = make(map[users.ID]*member)
	s.authorised, s.administered = placesFor(len(s.companies)), placesFor(len(s.companies))
	last := new(member)
	for u := range s.office.Users() {
		m := &member{
			User: u, mailbox: mailbox(u.Email), reach: last.reach,
			effective: u.Roles.Effective(), active: u.ActiveOn(s.day),
		}
		if last.reach == nil || !u.Access.Equal(last.Access) { // many share one access
			m.reach = s.placesOf(u.Access)
		}
		last = m
		s.members, s.memberOf[u.ID] = append(s.members, m), m
		s.seeMember(m)
	}
	for _, y := range s.systems {
		if y.duty = s.memberOf[y.SynchronisationUser]; y.duty != nil {
			y.duty.duties = append(y.duty.duties, y)
		}
	}
	slices.SortStableFunc(s.supers, func(a, b *member) int { return compareEnds(b.EndDate, a.EndDate) })
}

// seeMember notes what others depend on.
func (s *survey) seeMember(m *member) {
	for l := range s.office.Links(m.ID) {
		y := s.systemOf[l.System]
		a := y.accounts[l.AccountingUser]
		m.links = append(m.links, linkSeen{y, a, l.Verified})
		a.holders = append(a.holders, m)
	}
	if !m.active {
		return
	}
	if m.isSuper() {
		s.supers = append(s.supers, m)
	}
	if m.approves() {
		s.authorised.addAll(m.reach)
	}
	if m.administers() {
		s.administered.addAll(m.reach)
	}
}

// compareEnds orders end dates by how long they let somebody stay; no end date is
// the longest.
func compareEnds(a, b users.Date) int {
	switch {
	case a == b:
		return 0
	case b.IsZero(), !a.IsZero() && a.Before(b):
		return -1
	}
	return 1
}

// seeAccounts sorts out whom the accounts of each system can be offered to. The
// lowest rank gives away the least.
func (s *survey) seeAccounts() {
	for _, y := range s.systems {
		var own *linkSeen
		if y.duty != nil {
			own = y.duty.linkTo(y)
		}
		for _, u := range y.Users {
			a := y.accounts[u.ID]
			a.free = own != nil && a.MayBeLinked(true) && a.AtOrBelow(own.account.User) && len(a.holders) == 0
			if a.free {
				y.free = append(y.free, a)
			}
			for i, books := range []bool{false, true} {
				if a.serves && a.MayBeLinked(books) {
					y.serving[i] = append(y.serving[i], a)
				}
			}
		}
		for _, list := range [][]*accountSeen{y.free, y.serving[0], y.serving[1]} {
			slices.SortStableFunc(list, func(a, b *accountSeen) int {
				return cmp.Or(cmp.Compare(a.held(), b.held()), cmp.Compare(b.Rank, a.Rank))
			})
		}
	}
}

func (s *survey) seeTurns() {
	s.waiting = make(map[turnAt][]*documents.Document)
	for i := range s.docs {
		d := &s.docs[i]
		m, at := s.turnOn(d)
		if m != nil && s.fits(m, at) {
			s.waiting[turnAt{m, at}] = append(s.waiting[turnAt{m, at}], d)
			m.turns++
		}
	}
}

// turnOn is whose turn it is on a document, and the place of its company; nobody
// and -1 where the office does not know them.
func (s *survey) turnOn(d *documents.Document) (*member, int) {
	at, known := s.companyAt[d.Company()]
	if !known {
		at = -1
	}
	return s.memberOf[d.Route().InTurn()], at
}

// fits says whether a member could authorise a document of a company.
func (s *survey) fits(m *member, company int) bool {
	return m.active && m.approves() && m.reach.has(company)
}

// note adds a finding of a rule.
func (s *survey) note(rule int, f Finding) {
	f.Rule = findingRules[rule]
	s.found[rule] = append(s.found[rule], f)
}

// all is what was found, in order.
func (s *survey) all() []Finding {
	for _, list := range s.found {
		slices.SortStableFunc(list, inOrder)
	}
	return slices.Concat(s.found[:]...)
}

func inOrder(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.Company, b.Company), slices.Compare(a.Users, b.Users),
		cmp.Compare(a.System, b.System), cmp.Compare(a.Document, b.Document))
}
