package policy

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/persistent"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Snapshot is an office compiled for asking. It is immutable and safe for any
// number of goroutines; what happens to the office afterwards does not change
// it. The zero Snapshot denies everything.
type Snapshot struct {
	code         string
	zone         *time.Location
	version      uint64
	policy       string
	userAt       places[users.ID]
	companyAt    places[companies.ID]
	systemAt     places[companies.SystemID]
	users        persistent.List[user]    // the zero user where one was deleted
	companies    persistent.List[company] // in no system where a company was deleted
	systems      persistent.List[*system] // nil where a system was deleted
	disconnected flags                    // the systems whose connection is
	supers       []superUser              // those who stay longest come first
	root         *lineage                 // of what was compiled
	line         *lineage                 // of what followed
	moved        bool                     // since then, a company is in another system than it was
}

// user is what the facts need of a user. Companies and systems are places in the
// snapshot's lists.
type user struct {
	words  [][4]uint32 // of the companies in reach
	ties   *ties
	end    users.Date
	table  bool // whether words is a table; see reach
	stored roles.Set
	rights rights
}

// rights is what a user has beside roles.
type rights uint8

const (
	archive rights = 1 << iota // these three as the facts of them stand, side by side
	bank
	later
	used
)

// facts is what the user's effective roles and rights establish, whatever the moment.
func (u *user) facts() Facts {
	return factsOfRoles[u.stored] | Facts(u.rights&(archive|bank|later))*ArchiveRight
}

// factsOfRoles is what each set of roles establishes.
var factsOfRoles = func() (of [1 << 8]Facts) {
	for set := range of {
		for role := range roles.Set(set).Effective().All() {
			of[set] |= roleFact[role]
		}
	}
	return of
}()

func (u *user) reach() reach         { return reach{u.words, u.table} }
func (u *user) used() bool           { return u.rights&used != 0 }
func (u *user) effective() roles.Set { return u.stored.Effective() }

// validRoles is the sets of roles that are valid (R1 to R3).
var validRoles = func() (of [1 << 8]bool) {
	for set := range of {
		of[set] = roles.Set(set).Valid()
	}
	return of
}()

type company struct {
	system           int32
	paymentAgreement bool
}

type system struct {
	id        companies.SystemID
	syncUser  int32
	companies []int32
	accounts  persistent.Map[sync.UserID, *account]
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
}

// Compile makes the snapshot of an office.
func Compile(o offices.Office) *Snapshot {
	s := &Snapshot{code: o.Code(), zone: o.TimeZone(), version: o.Version(), policy: Hash()}
	s.addCompanies(o)
	s.addUsers(o)
	s.addSystems(o)
	s.begin()
	return s
}

func (s *Snapshot) addCompanies(o offices.Office) {
	ids := make([]companies.ID, 0, o.CompanyCount())
	for c := range o.Companies() {
		ids = append(ids, c.ID)
	}
	s.companyAt = placesOf(ids)
}

func (s *Snapshot) addUsers(o offices.Office) {
	ids, list := make([]users.ID, 0, o.UserCount()), make([]user, 0, o.UserCount())
	everything := s.reachOf(o.Everything())
	for u := range o.Users() {
		reach := everything
		if u.Access.Len() < int(s.companyAt.n) {
			reach = s.reachOf(u.Access)
		}
		if u.Roles.Has(roles.SuperUser) {
			s.supers = append(s.supers, superUser{place(len(list)), u.EndDate})
		}
		ids, list = append(ids, u.ID), append(list, userFrom(u, reach))
	}
	sortSupers(s.supers)
	s.userAt, s.users = placesOf(ids), persistent.ListOf(list)
}

// userFrom is a user without links and duties.
func userFrom(u users.User, reach reach) user {
	made := user{words: reach.words, table: reach.table, end: u.EndDate, stored: u.Roles}
	for i, has := range [...]bool{u.Archive == users.AllDocuments, u.ChangeBankDetails, u.LaterCompanies, u.Used} {
		if has {
			made.rights |= 1 << i
		}
	}
	return made
}

// manyCompanies is from where a user's companies are so near to each other, among all,
// that looking for the next from the last beats a hash.
const manyCompanies = 64

func (s *Snapshot) reachOf(a users.Access) reach {
	if a.Len() == 0 {
		return reach{}
	}
	list := make([]uint32, 0, a.Len())
	near := 0
	for id := range a.All() {
		var at int32
		if a.Len() > manyCompanies {
			at, near = s.companyAt.findFrom(near, id)
		} else {
			at = s.companyAt.find(id)
		}
		if at != noPlace {
			list = append(list, uint32(at)) //nolint:gosec // places are not negative
		}
	}
	return newReach(list, int(s.companyAt.n))
}

func sortSupers(list []superUser) {
	slices.SortFunc(list, func(a, b superUser) int {
		switch {
		case endsBefore(b.end, a.end):
			return -1
		case endsBefore(a.end, b.end):
			return 1
		}
		return cmp.Compare(a.user, b.user)
	})
}

// endsBefore compares end dates, of which none is the last.
func endsBefore(a, b users.Date) bool {
	return !a.IsZero() && (b.IsZero() || a.Before(b))
}

func (s *Snapshot) addSystems(o offices.Office) {
	var ids []companies.SystemID
	var list []*system
	for sys := range o.Systems() {
		in := place(len(list))
		ids = append(ids, sys.ID)
		made := &system{id: sys.ID, syncUser: s.user(sys.SynchronisationUser), accounts: s.accountsOf(sys)}
		s.disconnected = s.disconnected.with(in, sys.Connection == sync.Disconnected)
		list = append(list, made)
		own := s.tiesOf(made.syncUser)
		own.duties = append(own.duties, in)
	}
	s.systemAt = placesOf(ids)
	all := make([]company, 0, o.CompanyCount())
	for c := range o.Companies() {
		in := s.systemAt.find(c.System)
		list[in].companies = append(list[in].companies, place(len(all)))
		all = append(all, company{in, c.PaymentAgreement})
	}
	s.systems, s.companies = persistent.ListOf(list), persistent.ListOf(all)
	for l := range o.AllLinks() {
		own := s.tiesOf(s.user(l.User))
		own.add(s.linkOf(l))
	}
}

// tiesOf is a user's ties, to be added to while the office is compiled.
func (s *Snapshot) tiesOf(at int32) *ties {
	u := s.userOf(at)
	if u.ties == nil {
		u.ties = new(ties)
	}
	return u.ties
}

func (s *Snapshot) accountsOf(sys sync.System) persistent.Map[sync.UserID, *account] {
	keys, accounts := make([]sync.UserID, len(sys.Users)), make([]*account, len(sys.Users))
	for i, u := range sys.Users {
		keys[i], accounts[i] = u.ID, &account{u, s.reachOf(u.Reach.Some())}
	}
	return persistent.Collect(keys, accounts)
}

func (s *Snapshot) linkOf(l sync.Link) link {
	in := s.systemAt.find(l.System)
	a := s.systemOf(in).account(l.AccountingUser)
	return link{a, a.reach, in, l.Verified, a.Reach.All()}
}

// flags is a bit for each place. It is never changed.
type flags []uint64

func (f flags) has(at int32) bool { return int(at/64) < len(f) && f[at/64]>>(at%64)&1 != 0 }

// with is the flags in which that of a place is as given.
func (f flags) with(at int32, set bool) flags {
	if f.has(at) == set {
		return f
	}
	next := make(flags, max(len(f), int(at/64)+1))
	copy(next, f)
	next[at/64] ^= 1 << (at % 64)
	return next
}

func (s *Snapshot) user(id users.ID) int32             { return s.userAt.find(id) }
func (s *Snapshot) company(id companies.ID) int32      { return s.companyAt.find(id) }
func (s *Snapshot) system(id companies.SystemID) int32 { return s.systemAt.find(id) }

func (s *Snapshot) userOf(at int32) *user       { return s.users.At(int(at)) }
func (s *Snapshot) companyOf(at int32) *company { return s.companies.At(int(at)) }
func (s *Snapshot) systemOf(at int32) *system   { return *s.systems.At(int(at)) }
func (s *Snapshot) day(second int64) users.Date { return users.DateOf(time.Unix(second, 0), s.zone) }

// active says whether a user is active at a moment. Few users have an end date,
// so few moments need to be placed on the office's calendar.
func (s *Snapshot) active(u *user, m moment) bool {
	if !m.readable || u.end.IsZero() {
		return m.readable
	}
	if m.day.IsZero() {
		m.day = s.day(m.second)
	}
	return m.day.Before(u.end)
}

func (sys *system) account(id sync.UserID) *account {
	a, _ := sys.accounts.Get(id)
	return a
}

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

// OfficeCode is the code of the office, by which it is asked about; empty for the zero
// Snapshot.
func (s *Snapshot) OfficeCode() string { return s.code }

// Version is the version of the office, which goes with its decisions into a log.
func (s *Snapshot) Version() uint64 { return s.version }

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

// reaches says whether the account reaches a company in the accounting system.
func (a *account) reaches(company int32) bool { return a.Reach.All() || a.reach.has(company) }
