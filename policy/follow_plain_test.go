package policy

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// contents is all that a snapshot holds, by ids and not by places: two snapshots of
// one office hold the same, however each was made.
type contents struct {
	Code, Zone, Policy string
	Version            uint64
	Users              map[users.ID]contentsUser
	Companies          map[companies.ID]contentsCompany
	Systems            map[companies.SystemID]contentsSystem
	Supers             []contentsSuper // who stays longest first, then by id
}

type contentsUser struct {
	Stored, Effective roles.Set
	Facts             Facts
	End               string
	Used              bool
	Reach             []companies.ID
	Links             map[companies.SystemID]contentsLink
	Duties            []companies.SystemID // in their order
}

type contentsLink struct {
	Account  sync.UserID
	Own      bool // it is the very account that the system has now
	Verified bool
}

type contentsCompany struct {
	System           companies.SystemID
	PaymentAgreement bool
}

type contentsSystem struct {
	Disconnected bool
	SyncUser     users.ID
	Companies    []companies.ID
	Accounts     map[sync.UserID]contentsAccount
}

type contentsAccount struct {
	ID, Name, Email string
	Rank            int
	Book, Master    bool
	All             bool
	Some, Reach     []companies.ID
}

type contentsSuper struct {
	User users.ID
	End  string
}

func contentsOf(t rapid.TB, s *Snapshot) contents {
	t.Helper()
	l := contents{
		Code: s.code, Zone: s.zone.String(), Version: s.version, Policy: s.policy, Users: map[users.ID]contentsUser{},
		Companies: map[companies.ID]contentsCompany{}, Systems: map[companies.SystemID]contentsSystem{},
	}
	eachInPlace(t, &s.users, func(id users.ID, u *user) { l.Users[id] = s.contentsOfUser(t, u) })
	eachInPlace(t, &s.companies, func(id companies.ID, c *company) {
		l.Companies[id] = contentsCompany{s.systemOf(c.system).id, c.paymentAgreement}
	})
	eachInPlace(t, &s.systems, func(id companies.SystemID, sys **system) {
		l.Systems[id] = s.contentsOfSystem(t, *sys)
		if (*sys).id != id {
			t.Fatalf("%s stands where %s does", (*sys).id, id)
		}
	})
	l.Supers = s.contentsOfSupers(t)
	return l
}

// eachInPlace goes through what is there. It fails where an id is not found where it
// stands, and where there are other places than ids.
func eachInPlace[K ~string, V any](t rapid.TB, p *places[K, V], yield func(K, *V)) {
	t.Helper()
	for at := range p.n() {
		id := p.id(at)
		if !p.there(at) {
			continue
		}
		if found := p.find(id); found != at {
			t.Fatalf("%s stands at %d and is found at %d", id, at, found)
		}
		yield(id, p.at(at))
	}
	if len(p.compiled)+p.added.Len() != int(p.n()) {
		t.Fatalf("%d places, %d ids", p.n(), len(p.compiled)+p.added.Len())
	}
}

func (s *Snapshot) contentsOfUser(t rapid.TB, u *user) contentsUser {
	t.Helper()
	l := contentsUser{
		Stored: u.stored, Effective: u.effective(), Facts: u.facts(), End: u.end.String(), Used: u.used,
		Reach: s.named(t, u.reach()), Links: map[companies.SystemID]contentsLink{}, Duties: []companies.SystemID{},
	}
	for _, link := range u.bound().links {
		sys := s.systemOf(link.system)
		l.Links[sys.id] = contentsLink{link.account.ID, link.account == sys.account(link.account.ID), link.verified}
	}
	for c := place(0); u.brief&anyUnsure != 0 && !s.moved && c < s.companies.n(); c++ {
		system := s.companyOf(c).system
		if in, marked := lookedUp(t, u.reach(), c); u.brief.unsure(hintOf(system)) && (marked != 0) != (in && u.ties.linkTo(system).reaches(c)) {
			t.Fatalf("%s is marked as linked: %d; in reach: %v", s.companies.id(c), marked, in)
		}
	}
	for _, duty := range u.bound().duties {
		l.Duties = append(l.Duties, s.systemOf(duty).id)
	}
	return l
}

func (s *Snapshot) contentsOfSystem(t rapid.TB, sys *system) contentsSystem {
	t.Helper()
	l := contentsSystem{
		Disconnected: s.disconnected.has(s.system(sys.id)), SyncUser: s.users.id(sys.syncUser),
		Companies: s.inOrder(sys.companies), Accounts: map[sync.UserID]contentsAccount{},
	}
	for id, a := range sys.accounts.All() {
		l.Accounts[id] = contentsAccount{
			string(a.ID), a.Name, a.Email, a.Rank, a.CanBook, a.CanChangeMasterData, a.Reach.All(),
			slices.AppendSeq([]companies.ID{}, a.Reach.Some().All()), s.named(t, a.reach),
		}
	}
	return l
}

// contentsOfSupers sorts who stays equally long by id: among those, their places say
// nothing.
func (s *Snapshot) contentsOfSupers(t rapid.TB) []contentsSuper {
	t.Helper()
	sorted := slices.SortedStableFunc(slices.Values(s.supers), func(a, b superUser) int {
		switch {
		case endsBefore(b.end, a.end):
			return -1
		case endsBefore(a.end, b.end):
			return 1
		}
		return s.users.compare(a.user, b.user)
	})
	list := []contentsSuper{}
	for i, super := range sorted {
		list = append(list, contentsSuper{s.users.id(super.user), super.end.String()})
		if s.supers[i].end != super.end {
			t.Fatalf("of the Super users, %d stays up to %s, and by rights up to %s", i, s.supers[i].end, super.end)
		}
	}
	return list
}

// named is the companies of a set, sorted by id. One that is not there has none. It
// fails where going through the set finds others than asking for each.
func (s *Snapshot) named(t rapid.TB, r reach) []companies.ID {
	t.Helper()
	var each, has []int32
	r.each(func(at int32) bool {
		each = append(each, at)
		return true
	})
	for at := range s.companies.n() {
		if r.has(at) {
			has = append(has, at)
		}
	}
	slices.Sort(each)
	if !slices.Equal(each, has) || r.has(noPlace) {
		t.Fatalf("a set goes through %v, and has %v", each, has)
	}
	return s.inOrder(each)
}

func (s *Snapshot) inOrder(list []int32) []companies.ID {
	ids := []companies.ID{}
	for _, at := range list {
		ids = append(ids, s.companies.id(at))
	}
	slices.Sort(ids)
	return ids
}

// holdAlike fails where two snapshots of one office do not hold the same.
func holdAlike(t rapid.TB, want, got *Snapshot) {
	t.Helper()
	if diff := gocmp.Diff(contentsOf(t, want), contentsOf(t, got)); diff != "" {
		t.Fatalf("(-compiled +followed):\n%s", diff)
	}
}

// A stale bit, an account that a system no longer has and a Super user out of order
// are noticed.
func TestTheContentsShowWhatNoQuestionMightNotice(t *testing.T) {
	fresh := func() *Snapshot { return usual().compile(t) }
	holdAlike(t, fresh(), fresh())
	if bram := fresh(); bram.userOf(bram.user("bram")).brief&anyUnsure == 0 {
		t.Error("nobody is linked to some companies only")
	}
	for name, spoil := range map[string]func(s *Snapshot){
		"a bit more":          func(s *Snapshot) { s.userOf(s.user("gina")).words[0] |= 1 << 1 },
		"an account of old":   func(s *Snapshot) { s.userOf(s.user("bram")).ties.links[0].account = new(account) },
		"a duty fewer":        func(s *Snapshot) { s.userOf(s.user("rosa")).ties.duties = nil },
		"a company elsewhere": func(s *Snapshot) { s.systemOf(0).companies = append(s.systemOf(0).companies, 0) },
		"a Super user fewer":  func(s *Snapshot) { s.supers = s.supers[:1] },
	} {
		spoilt := fresh()
		spoil(spoilt)
		if gocmp.Equal(contentsOf(t, fresh()), contentsOf(t, spoilt)) {
			t.Errorf("%s is not noticed", name)
		}
	}
}
