package review

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Holding is what a user has to act with: roles and rights, access to companies,
// and links to accounting systems. The zero Holding is nothing.
type Holding struct {
	Grant
	Companies users.Access
	Links     []companies.SystemID // sorted
}

// holdingOf is what a user has, with roles as stored.
func holdingOf(o offices.Office, u users.User) Holding {
	h := Holding{Grant: Grant{u.Roles, grantOf(u).Rights}, Companies: u.Access}
	for l := range o.Links(u.ID) {
		h.Links = append(h.Links, l.System)
	}
	slices.Sort(h.Links)
	return h
}

// IsZero says whether the holding is nothing.
func (h Holding) IsZero() bool { return h.Size() == 0 }

// Size counts the roles, rights, companies and links.
func (h Holding) Size() int { return h.Len() + h.Companies.Len() + len(h.Links) }

// without is what is in the holding and not in another.
func (h Holding) without(other Holding) Holding {
	return Holding{
		Grant:     Grant{h.Roles &^ other.Roles, h.Rights &^ other.Rights},
		Companies: users.AccessTo(slices.Collect(h.Companies.Beyond(other.Companies))...),
		Links:     slices.DeleteFunc(slices.Clone(h.Links), func(id companies.SystemID) bool { return slices.Contains(other.Links, id) }),
	}
}

// Need is what a record of requests shows that a user needed of what they hold.
type Need struct {
	User users.ID
	// Asked is how many requests of the record are the user's, and Allowed how many
	// of those the office allows as it is now. Those are what is to stay allowed; the
	// others are denied anyway and show no need. Others is the requests of others.
	Asked, Allowed, Others int
	// Holds is what the user has, and Kept what of it the office cannot do without:
	// what the duty of a synchronisation user takes, and the role of the last Super
	// user.
	Holds, Kept Holding
	// Never is what no need was shown of: it is in none of the smallest holdings
	// that would have been enough.
	Never Holding
	// Enough is each smallest holding with which every request of the record stays
	// allowed, and of which nothing can be left out: those of fewest things first.
	// There can be more of them than anybody reads; More says that only the first
	// MaxEnough were looked for. Never does not depend on that. There is none where
	// the roles as stored are not a valid set and the record takes just that.
	Enough []Holding
	More   bool
	// Change takes away what is in Never; empty where nothing is.
	Change []Change
}

// MaxEnough is how many smallest holdings are looked for with one set of roles and
// rights, and how many are told in all.
const MaxEnough = 100

// NeverNeeded is what a record of requests shows that a user of the office never
// needed, and a change, made at a moment, could take away. Each request is asked
// again, at its own moment, of the office as it is. Only what the user asked for
// counts: not what others could do because the user holds something, such as assign
// a document to them. An unknown user is a *problems.Problem.
func NeverNeeded(s admin.State, user users.ID, record []policy.Request, at time.Time) (Need, error) {
	u, ok := s.Office().User(user)
	if !ok {
		return Need{}, &problems.Problem{Found: problems.Quote(string(user)), Expected: "a user of the office"}
	}
	n := Need{User: user, Holds: holdingOf(s.Office(), u)}
	t := trial{state: s, user: u, pieces: piecesOf(n.Holds), record: n.sort(s, record)}
	n.Kept = keptBy(s, u, at)
	t.kept = n.Kept
	cases := t.cases()
	if len(cases) > 0 {
		n.Never = n.Holds.without(t.everNeeded(cases))
	}
	n.Enough, n.More = t.enough(cases)
	n.Change = n.To(s.Office(), n.Holds.without(n.Never))
	return n, t.fault
}

// sort counts the requests, and returns those that are to stay allowed.
func (n *Need) sort(s admin.State, record []policy.Request) (allowed []policy.Request) {
	for _, r := range record {
		if r.Subject != n.User {
			n.Others++
			continue
		}
		n.Asked++
		if s.Snapshot().Check(r).Allowed() {
			n.Allowed++
			allowed = append(allowed, r)
		}
	}
	return allowed
}

// To is the changes that leave the user with a part of what they hold: one for the
// roles, one for each right, one for the companies, and one for each link.
func (n *Need) To(o offices.Office, less Holding) (list []Change) {
	gone := n.Holds.without(less)
	if gone.Roles.Len() == 1 {
		for role := range gone.Roles.All() {
			list = append(list, revokeRole(n.User, role))
		}
	} else if gone.Roles != 0 {
		list = append(list, changeRoles(n.User, n.Holds.Roles, less.Roles))
	}
	for right := range gone.Rights.Each() {
		list = append(list, takeRight(n.User, right))
	}
	if gone.Companies.Len() > 0 {
		list = append(list, changeAccess(o, n.User, nil, slices.Collect(gone.Companies.All())))
	}
	for _, system := range gone.Links {
		list = append(list, unlinkAccountingUser(n.User, system))
	}
	return list
}

func takeRight(user users.ID, right policy.Facts) Change {
	switch right {
	case policy.ArchiveRight:
		return changeArchiveRight(user, users.ByRole)
	case policy.BankRight:
		return changeBankRight(user, false)
	}
	return changeLaterCompanies(user, false)
}

// keptBy is what the guards of the policy keep a user from losing, at a moment.
func keptBy(s admin.State, u users.User, at time.Time) (h Holding) {
	self := s.Snapshot().Subject(u.ID, at)
	keeps := func(a policy.Action, with policy.With, guard policy.Facts) bool {
		words, code := self.Facts(a, policy.OfUser(u.ID), &with)
		return code == 0 && !words[0].Has(guard)
	}
	if keeps(policy.UserRevokeRole, policy.With{Role: roles.SuperUser}, policy.SuperUserRemains) {
		h.Roles = roles.SetOf(roles.SuperUser)
	}
	for id := range u.Access.All() {
		less := policy.With{Companies: policy.Given(u.Access.Without(id))}
		if keeps(policy.UserChangeCompanyAccess, less, policy.DutyKept) {
			h.Companies = h.Companies.With(id)
		}
	}
	for l := range s.Office().Links(u.ID) {
		if keeps(policy.UserUnlinkAccountingUser, policy.With{System: l.System}, policy.DutyKept) {
			h.Links = append(h.Links, l.System)
		}
	}
	return h
}

// bySize is the holdings of fewest things first, then by what they are.
func bySize(a, b Holding) int {
	return cmp.Or(cmp.Compare(a.Size(), b.Size()), strings.Compare(a.String(), b.String()),
		slices.Compare(slices.Collect(a.Companies.All()), slices.Collect(b.Companies.All())), slices.Compare(a.Links, b.Links))
}
