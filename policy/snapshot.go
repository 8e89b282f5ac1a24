package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Snapshot is an office compiled for asking. It is immutable and safe for any
// number of goroutines; what happens to the office afterwards does not change
// it. The zero Snapshot denies everything.
type Snapshot struct {
	code      string
	zone      *time.Location
	policy    string
	userAt    map[users.ID]int32
	companyAt map[companies.ID]int32
	systemAt  map[companies.SystemID]int32
	users     []user
	companies []company
	systems   []system
	cover     [2]superUser // the two Super users who stay longest, the longest first
}

// user is what the facts need of a user. Companies and systems are places in the
// snapshot's lists.
type user struct {
	id                users.ID
	stored, effective roles.Set
	facts             Facts // of roles and rights, whatever the moment
	end               users.Date
	reach             reach
	used              bool
	links             []link
	duties            []int32 // the systems this user synchronises
}

// link is a user's link to an accounting system.
type link struct {
	system   int32
	account  *account
	verified bool
}

type company struct {
	id               companies.ID
	system           int32
	paymentAgreement bool
}

type system struct {
	id           companies.SystemID
	disconnected bool
	syncUser     int32
	companies    []int32
	accounts     map[sync.UserID]*account
}

// account is a user of an accounting system; reach is the company places.
type account struct {
	sync.User
	reach reach
}

// superUser is how long a Super user stays: up to the end date, or for ever.
type superUser struct {
	user int32
	end  users.Date
	ok   bool
}

// noPlace is the place of what is not there.
const noPlace int32 = -1

// Compile makes the snapshot of an office.
func Compile(o offices.Office) *Snapshot {
	s := &Snapshot{code: o.Code(), zone: o.TimeZone(), policy: Hash()}
	s.addCompanies(o)
	s.addUsers(o)
	s.addSystems(o)
	s.addLinks(o)
	return s
}

func (s *Snapshot) addCompanies(o offices.Office) {
	s.companyAt = make(map[companies.ID]int32)
	for c := range o.Companies() {
		s.companyAt[c.ID] = place(len(s.companies))
		s.companies = append(s.companies, company{id: c.ID, paymentAgreement: c.PaymentAgreement})
	}
}

func (s *Snapshot) addUsers(o offices.Office) {
	s.userAt = make(map[users.ID]int32)
	everything := s.reachOf(o.Everything())
	for u := range o.Users() {
		at := place(len(s.users))
		s.userAt[u.ID] = at
		reach := everything
		if u.Access.Len() < len(s.companies) {
			reach = s.reachOf(u.Access)
		}
		s.users = append(s.users, user{
			id: u.ID, stored: u.Roles, effective: u.Roles.Effective(), facts: ownFacts(u),
			end: u.EndDate, reach: reach, used: u.Used,
		})
		if u.Roles.Has(roles.SuperUser) {
			s.coverWith(superUser{at, u.EndDate, true})
		}
	}
}

func (s *Snapshot) reachOf(a users.Access) reach {
	places := make([]uint32, 0, a.Len())
	for id := range a.All() {
		if at, ok := s.companyAt[id]; ok {
			places = append(places, uint32(at)) //nolint:gosec // places are not negative
		}
	}
	return newReach(places, len(s.companies))
}

// coverWith keeps the two Super users who stay longest.
func (s *Snapshot) coverWith(u superUser) {
	switch {
	case !s.cover[0].ok || endsBefore(s.cover[0].end, u.end):
		s.cover[0], s.cover[1] = u, s.cover[0]
	case !s.cover[1].ok || endsBefore(s.cover[1].end, u.end):
		s.cover[1] = u
	}
}

// endsBefore compares end dates, of which none is the last.
func endsBefore(a, b users.Date) bool {
	return !a.IsZero() && (b.IsZero() || a.Before(b))
}

func (s *Snapshot) addSystems(o offices.Office) {
	s.systemAt = make(map[companies.SystemID]int32)
	for sys := range o.Systems() {
		at := place(len(s.systems))
		s.systemAt[sys.ID] = at
		compiled := system{
			id: sys.ID, disconnected: sys.Connection == sync.Disconnected,
			syncUser: s.user(sys.SynchronisationUser), accounts: make(map[sync.UserID]*account, len(sys.Users)),
		}
		for _, u := range sys.Users {
			compiled.accounts[u.ID] = &account{u, s.reachOf(u.Reach.Some())}
		}
		s.systems = append(s.systems, compiled)
		if compiled.syncUser != noPlace {
			u := &s.users[compiled.syncUser]
			u.duties = append(u.duties, at)
		}
	}
	for c := range o.Companies() {
		at, in := s.companyAt[c.ID], s.systemAt[c.System]
		s.companies[at].system = in
		s.systems[in].companies = append(s.systems[in].companies, at)
	}
}

func (s *Snapshot) addLinks(o offices.Office) {
	for i := range s.users {
		u := &s.users[i]
		for l := range o.Links(u.id) {
			in := s.systemAt[l.System]
			u.links = append(u.links, link{in, s.systems[in].accounts[l.AccountingUser], l.Verified})
		}
	}
}

func place(n int) int32 { return int32(n) } //nolint:gosec // an office has fewer than 2^31 of anything

func (s *Snapshot) user(id users.ID) int32             { return find(s.userAt, id) }
func (s *Snapshot) company(id companies.ID) int32      { return find(s.companyAt, id) }
func (s *Snapshot) system(id companies.SystemID) int32 { return find(s.systemAt, id) }
func (s *Snapshot) day(at time.Time) users.Date        { return users.DateOf(at, s.zone) }
func find[K comparable](places map[K]int32, id K) int32 {
	if at, ok := places[id]; ok {
		return at
	}
	return noPlace
}

// active says whether a user is active at a moment. Few users have an end date,
// so few moments need to be placed on the office's calendar.
func (s *Snapshot) active(u *user, at time.Time) bool {
	return readable(at) && (u.end.IsZero() || s.day(at).Before(u.end))
}

// linkTo is a user's link to a system, or nil.
func (u *user) linkTo(system int32) *link {
	for i := range u.links {
		if u.links[i].system == system {
			return &u.links[i]
		}
	}
	return nil
}

// reaches says whether the account reaches a company in the accounting system.
func (a *account) reaches(company int32) bool { return a.Reach.All() || a.reach.has(company) }

// serves says whether the account can carry the synchronisation of a system: it
// may change master data and reaches every company of the system. Source: SYNC.
func (a *account) serves(sys *system) bool {
	if !a.CanChangeMasterData {
		return false
	}
	for _, c := range sys.companies {
		if !a.reaches(c) {
			return false
		}
	}
	return true
}

// Policy names the rule table that decides: "sha256:" and the hash of what its
// rows and its actions need. It is empty for the zero Snapshot.
func (s *Snapshot) Policy() string { return s.policy }

// Hash names the rule table of this version of the library. Two versions with
// the same hash decide the same; words and sources do not count.
func Hash() string { return hashed }

// hashed is worked out once: the table never changes.
var hashed = hash()

func hash() string {
	sum := sha256.New()
	for a := range AllActions() {
		needed, optional := a.Takes()
		fmt.Fprintf(sum, "%s on %s always %s needs %s takes %s\n", a, a.On(), a.Always(), needed, optional)
		for _, row := range table[a].rows {
			fmt.Fprintf(sum, "\t%s for %s when %s\n", row.id, row.who, row.needs&^row.who)
		}
	}
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))
}
