package review

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// This file gathers what decides about each user of two offices. Two questions that
// have the same facts have the same answer, whoever asks and in whichever office; so
// each answer is asked of the policy once, by the first who has those facts, and
// kept by them.

// comparison is two offices side by side, with the places of whoever and whatever
// is in either.
type comparison struct {
	*rightBook
	sides [2]*officeSide // before and after
	memo  answerMemo

	stirred bitset       // the companies that are not the same
	moved   []bool       // by user, whose access differs
	kept    []bitset     // by user, companies that somebody can only leave as they are; nil where none differs
	kinds   []targetKind // the users as others manage them
	kindAt  []int32      // by user
	facts   map[targetFacts]*targetFacts
	// sameCompanies says that there are the same companies, and that bills may go to
	// the same.
	sameCompanies bool
}

// officeSide is one of the offices; its lists go by the places of the comparison.
type officeSide struct {
	office     offices.Office
	snapshot   *policy.Snapshot
	code       int // its place among the offices' codes
	askers     []asker
	reach      []bitset // the companies that each user reaches
	known      bitset   // the companies there are
	system     []companies.SystemID
	fit        []setID  // by company, the users whom one may assign
	members    []bitset // by company, the users who reach it
	payers     setID    // whom a bill may go to
	links      *setID   // the accounts to which users may be linked who synchronise nothing; nil while nobody asked
	candidates map[companies.SystemID][]setID
}

// asker is a user as one who asks.
type asker struct {
	policy.Subject
	asks bool         // known in this office
	own  policy.Facts // whatever is asked
}

// ownFacts is the facts that are of who asks, whatever they ask.
const ownFacts = policy.Active | policy.IsSuperUser | policy.IsAccountant | policy.IsSMEAccountant |
	policy.IsAdministrator | policy.IsAuthoriser | policy.IsClientUser | policy.IsRestrictedClientUser |
	policy.BookingRole | policy.ClientRole | policy.ArchiveRight | policy.BankRight | policy.LaterCompaniesRight

// could says whether an action is open to somebody if everything else, but what is
// left out, were as they would have it.
func (a asker) could(action policy.Action, leftOut policy.Facts) bool {
	return a.asks && action.Opens(a.own|^(ownFacts|leftOut)) != 0
}

const unknown int32 = -1

func newComparison(before, after admin.State, at time.Time) *comparison {
	c := &comparison{rightBook: newRightBook()}
	c.memo = newAnswerMemo(c.rightBook)
	one, other := before.Office(), after.Office()
	c.offices = eitherOf(slices.Values([]string{one.Code()}), slices.Values([]string{other.Code()}))
	c.users = eitherOf(idsOf(one.Users(), userIDOf), idsOf(other.Users(), userIDOf))
	c.companies = eitherOf(one.Everything().All(), other.Everything().All())
	c.connections = eitherOf(systemsOf(one), systemsOf(other))
	c.sides = [2]*officeSide{c.side(before, at), c.side(after, at)}
	c.kept, c.moved = make([]bitset, len(c.users)), make([]bool, len(c.users))
	for u := range c.users {
		c.moved[u] = !slices.Equal(c.sides[0].reach[u], c.sides[1].reach[u])
	}
	c.sameCompanies = c.sides[0].payers == c.sides[1].payers && slices.Equal(c.sides[0].known, c.sides[1].known)
	c.findStirred()
	c.findKinds()
	return c
}

// answerMemo keeps the answers that were asked, by the facts that decide them.
type answerMemo struct {
	plainly   setID // the set of nothing but the zero Choice
	companies map[string]setID
	inCompany map[policy.Facts]answers
	onOffice  map[officeQuestion]officeAnswers
	on        map[connectionQuestion]answers
	choosing  map[choosingQuestion][2][]product
	words     map[pairing]policy.Facts
	managing  map[managingQuestion]*management
	changed   map[[2]*management][2]answers
	roles     map[rolesQuestion]answers
}

func newAnswerMemo(b *rightBook) answerMemo {
	return answerMemo{
		plainly:   b.chosen(Choice{}),
		companies: map[string]setID{},
		inCompany: map[policy.Facts]answers{},
		onOffice:  map[officeQuestion]officeAnswers{},
		on:        map[connectionQuestion]answers{},
		choosing:  map[choosingQuestion][2][]product{},
		words:     map[pairing]policy.Facts{},
		managing:  map[managingQuestion]*management{},
		changed:   map[[2]*management][2]answers{},
		roles:     map[rolesQuestion]answers{},
	}
}

// eitherOf is the ids that are in either list, sorted.
func eitherOf[T cmp.Ordered](one, other iter.Seq[T]) []T {
	list := slices.AppendSeq(slices.Collect(one), other)
	slices.Sort(list)
	return slices.Compact(list)
}

func idsOf[T, K any](list iter.Seq[T], id func(T) K) iter.Seq[K] {
	return func(yield func(K) bool) {
		for v := range list {
			if !yield(id(v)) {
				return
			}
		}
	}
}

func userIDOf(u users.User) users.ID { return u.ID }

func systemsOf(o offices.Office) iter.Seq[companies.SystemID] {
	return func(yield func(companies.SystemID) bool) {
		for s := range o.Systems() {
			if !yield(s.ID) {
				return
			}
		}
	}
}

func placeIn[T cmp.Ordered](list []T, id T) int {
	at, _ := slices.BinarySearch(list, id)
	return at
}

// side gathers what there is to know of one office.
func (c *comparison) side(s admin.State, at time.Time) *officeSide {
	o := s.Office()
	side := &officeSide{
		office: o, snapshot: s.Snapshot(), code: placeIn(c.offices, o.Code()), askers: make([]asker, len(c.users)), reach: make([]bitset, len(c.users)),
		known: newBitset(len(c.companies)), system: make([]companies.SystemID, len(c.companies)),
		candidates: map[companies.SystemID][]setID{},
	}
	c.addCompanies(side)
	nobody := newBitset(len(c.companies))
	for u := range c.users {
		side.reach[u] = nobody
	}
	var last users.User
	for u := range o.Users() {
		place := placeIn(c.users, u.ID)
		if side.reach[place] = c.reachOf(u.Access); u.Access.Equal(last.Access) && last.ID != "" {
			side.reach[place] = side.reach[placeIn(c.users, last.ID)]
		}
		side.askers[place] = askerIn(s, u.ID, at)
		last = u
	}
	c.addMembers(side)
	return side
}

func askerIn(s admin.State, id users.ID, at time.Time) asker {
	a := asker{Subject: s.Snapshot().Subject(id, at)}
	words, code := a.Facts(policy.OfficeViewSettings, policy.OfOffice(s.Office().Code()), nil)
	if a.asks = code == 0; a.asks {
		a.own = words[0]
	}
	return a
}

func (c *comparison) addCompanies(side *officeSide) {
	payers := []Choice{{}}
	for company := range side.office.Companies() {
		place := placeIn(c.companies, company.ID)
		side.known.add(place)
		side.system[place] = company.System
		if company.PaymentAgreement {
			payers = append(payers, Choice{Company: company.ID})
		}
	}
	side.payers = c.chosen(payers...)
}

// reachOf is an access as places. What is left to look through gets shorter.
func (c *comparison) reachOf(a users.Access) bitset {
	set, passed := newBitset(len(c.companies)), 0
	for id := range a.All() {
		if c.companies[passed] != id {
			passed += placeIn(c.companies[passed:], id)
		}
		set.add(passed)
		passed++
	}
	return set
}

// addMembers finds who reaches each company, and whom one may assign there: the fact
// policy.AuthorisersFit is established for nobody else.
func (c *comparison) addMembers(side *officeSide) {
	fit := make([][]int32, len(c.companies))
	side.members = make([]bitset, len(c.companies))
	for at := range side.members {
		side.members[at] = newBitset(len(c.users))
	}
	for u := range c.users {
		for _, company := range side.reach[u].places() {
			side.members[company].add(u)
		}
		if !side.askers[u].own.Has(policy.Active | policy.IsAuthoriser) {
			continue
		}
		for _, company := range side.reach[u].places() {
			fit[company] = append(fit[company], int32(u))
		}
	}
	for _, list := range fit {
		side.fit = append(side.fit, c.set(list))
	}
}
