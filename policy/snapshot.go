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
	"github.com/mandaat/mandaat/internal/pieces"
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
	users        places[users.ID, user]
	companies    places[companies.ID, company] // in no system where a company was deleted
	systems      places[companies.SystemID, *system]
	disconnected flags       // the systems whose connection is
	supers       []superUser // those who stay longest come first
	root         *lineage    // of what was compiled
	line         *lineage    // of what followed
	moved        bool        // since then, a company is in another system than it was
	odd          bool        // moved so, or a company is gone, or a system was ever disconnected
}

// user is what the facts need of a user: with the id, one line of a processor's cache.
// Companies and systems are places in the snapshot's lists.
type user struct {
	standing
	ties *ties
}

// standing is a user but for the ties, which few questions need.
type standing struct {
	words    []uint64 // of the companies in reach; where the brief is unsure, those linked are marked
	end      users.Date
	own      uint16 // what holds of ofAsker; of a user, whatever the moment
	shift    uint8  // of words of bits; see reach
	brief    brief  // of the ties
	table    bool   // whether words is a table
	stored   roles.Set
	used     bool
	warnings Warnings // of who asks, whatever is asked
}

// facts is what the effective roles and rights establish and, of who asks, the moment.
func (u *standing) facts() Facts { return Facts(u.own) }

// reach is the companies in reach.
func (u *standing) reach() reach { return reach{u.words, u.table, u.shift} }

func (u *standing) effective() roles.Set { return u.stored.Effective() }

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
	list := make([]entry[companies.ID, company], 0, o.CompanyCount()+persistent.Room(o.CompanyCount()))
	for c := range o.Companies() {
		list = append(list, entry[companies.ID, company]{c.ID, company{noPlace, c.PaymentAgreement}})
	}
	s.companies = placesOf(list)
}

func (s *Snapshot) addUsers(o offices.Office) {
	n := o.UserCount()
	list := make([]entry[users.ID, user], n, n+persistent.Room(n))
	next := 0
	var room pieces.Of[uint64]
	var everything reach
	for u, places := range o.UsersWithAccess() {
		all := len(places) > 0 && len(places) == int(s.companies.n())
		reach := everything
		if !all || reach.words == nil {
			reach = reachIn(&room, places, int(s.companies.n()))
		}
		if all {
			everything = reach
		}
		if u.Roles.Has(roles.SuperUser) {
			s.supers = append(s.supers, superUser{place(next), u.EndDate})
		}
		list[next].id = u.ID
		list[next].is.become(&u, reach)
		next++
	}
	sortSupers(s.supers)
	s.users = placesOf(list)
}

// become makes the zero user one of the office, without links and duties.
func (u *user) become(of *users.User, reach reach) {
	u.words, u.table, u.shift = reach.words, reach.table, reach.shift
	u.end, u.stored, u.used = of.EndDate, of.Roles, of.Used
	u.own = uint16(ownFacts(of)) //nolint:gosec // facts of ofAsker fit, or it does not compile
	if !of.Roles.Valid() {
		u.warnings = StoredRolesInvalid
	}
}

func (s *Snapshot) reachOf(a users.Access) reach {
	var few [64]uint32
	list := few[:0]
	for id := range a.All() {
		if at := s.companies.find(id); at != noPlace {
			list = append(list, uint32(at)) //nolint:gosec // places are not negative
		}
	}
	return newReach(list, int(s.companies.n()))
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
	var list []entry[companies.SystemID, *system]
	for sys := range o.Systems() {
		in := place(len(list))
		made := &system{id: sys.ID, syncUser: s.user(sys.SynchronisationUser), accounts: s.accountsOf(sys)}
		s.disconnected = s.disconnected.with(in, sys.Connection == sync.Disconnected)
		list = append(list, entry[companies.SystemID, *system]{sys.ID, made})
		s.userOf(made.syncUser).synchronise(in)
	}
	s.systems = placesOf(list)
	at := place(0)
	for c := range o.Companies() {
		in := s.systems.find(c.System)
		sys := s.systemOf(in)
		sys.companies = append(sys.companies, at)
		s.companyOf(at).system = in
		at++
	}
	s.addLinks(o)
}

func (s *Snapshot) addLinks(o offices.Office) {
	var links []link
	var by []int32
	for l := range o.AllLinks() {
		links, by = append(links, s.linkOf(l)), append(by, s.user(l.User))
	}
	for from, to := 0, 0; from < len(links); from = to {
		for to < len(links) && by[to] == by[from] {
			to++
		}
		s.link(s.userOf(by[from]), links[from:to:to])
	}
}

func (s *Snapshot) accountsOf(sys sync.System) persistent.Map[sync.UserID, *account] {
	list := make([]account, len(sys.Users))
	for i, u := range sys.Users {
		list[i] = account{u, s.reachOf(u.Reach.Some())}
	}
	return persistent.Collect(len(list),
		func(i int) sync.UserID { return list[i].ID },
		func(i int) *account { return &list[i] })
}

func (s *Snapshot) linkOf(l sync.Link) link {
	in := s.systems.find(l.System)
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

func (s *Snapshot) user(id users.ID) int32             { return s.users.find(id) }
func (s *Snapshot) company(id companies.ID) int32      { return s.companies.find(id) }
func (s *Snapshot) system(id companies.SystemID) int32 { return s.systems.find(id) }

func (s *Snapshot) userOf(at int32) *user       { return s.users.at(at) }
func (s *Snapshot) companyOf(at int32) *company { return s.companies.at(at) }
func (s *Snapshot) systemOf(at int32) *system   { return *s.systems.at(at) }
func (s *Snapshot) day(second int64) users.Date { return users.DateOf(time.Unix(second, 0), s.zone) }

// active says whether a user is active at a moment. Few users have an end date,
// so few moments need to be placed on the office's calendar.
func (s *Snapshot) active(u *standing, m moment) bool {
	return m.readable && (u.end.IsZero() || s.before(m, u.end))
}

// before says whether a moment falls on a day before another.
func (s *Snapshot) before(m moment, end users.Date) bool {
	if m.day.IsZero() {
		m.day = s.day(m.second)
	}
	return m.day.Before(end)
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
