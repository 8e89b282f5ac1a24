package policy

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// mixed is an office of n users and a tenth as many companies. Most users are of
// clients and reach one to eight companies; one in a hundred is of the office and
// reaches a thousand to five thousand; one in five thousand reaches all.
func mixed(n int) offices.Parts {
	random := rand.New(rand.NewPCG(uint64(n), 7)) //nolint:gosec // the same each time
	p := offices.Parts{Code: "mixed", Name: "Mixed", TimeZone: amsterdam}
	ids := make([]companies.ID, max(10, n/10))
	for i := range ids {
		ids[i] = companies.ID(fmt.Sprintf("company-%06d", i))
		p.Companies = append(p.Companies, companies.Company{ID: ids[i], Name: "Company", System: "exact"})
	}
	everything := users.AccessTo(ids...)
	drawn := func(size int) users.Access {
		some := make([]companies.ID, min(size, len(ids)))
		for i := range some {
			some[i] = ids[random.IntN(len(ids))]
		}
		return users.AccessTo(some...)
	}
	outside := []roles.Role{roles.ClientUser, roles.ClientUser, roles.RestrictedClientUser, roles.Authoriser}
	inside := []roles.Role{roles.Accountant, roles.SMEAccountant, roles.SMEAccountant, roles.AuthorisationAdministrator}
	var accounts []sync.User
	for i := range n {
		id := users.ID(fmt.Sprintf("user-%07d", i))
		u := users.User{ID: id, Username: string(id), Email: string(id) + "@example.com", Used: true}
		switch {
		case i%5000 == 0:
			u.Roles, u.Access = roles.SetOf(roles.SuperUser), everything
		case i%100 == 1:
			u.Roles, u.Access = roles.SetOf(inside[i/100%len(inside)], roles.ClientUser), drawn(1000+random.IntN(4000))
			account := sync.UserID(string(id) + "@exact")
			accounts = append(accounts, account1(account, 2, true, true, sync.ReachAll))
			p.Links = append(p.Links, sync.Link{User: id, System: "exact", AccountingUser: account, Verified: true})
		default:
			u.Roles, u.Access = roles.SetOf(outside[i%len(outside)]), drawn(1+random.IntN(8))
		}
		p.Users = append(p.Users, u)
	}
	p.Systems = []sync.System{{
		ID: "exact", Name: "Exact", Connection: sync.LoginSuccess, SynchronisationUser: "user-0000000", Users: accounts,
	}}
	return p
}

// plainUser is a user as a program would hold it that keeps structs and maps.
type plainUser struct {
	ID            string
	Roles         map[string]bool
	Companies     map[string]bool
	Archive, Bank bool
	Later, Used   bool
	EndDate       time.Time
	Links         map[string]plainLink
}

type plainLink struct {
	Account       string
	Verified, All bool
}

func plainUsers(p offices.Parts) map[string]*plainUser {
	all := make(map[string]*plainUser, len(p.Users))
	for _, u := range p.Users {
		own := &plainUser{ID: string(u.ID), Used: u.Used, Roles: map[string]bool{}, Companies: map[string]bool{}}
		for r := range u.Roles.All() {
			own.Roles[r.String()] = true
		}
		for c := range u.Access.All() {
			own.Companies[string(c)] = true
		}
		all[own.ID] = own
	}
	for _, l := range p.Links {
		all[string(l.User)].Links = map[string]plainLink{string(l.System): {string(l.AccountingUser), l.Verified, true}}
	}
	return all
}

// live is what is alive in memory.
func live() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc) //nolint:gosec // less than a whole memory
}

// weighed is a snapshot of a mixed office, what it accounts for, and what it takes
// that the office it was compiled from is not there for.
func weighed(t testing.TB, n int) (s *Snapshot, measured int, took time.Duration) {
	t.Helper()
	before := live()
	o, err := offices.New(mixed(n))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	s = Compile(o)
	took = time.Since(began)
	o = offices.Office{}
	_ = o
	return s, live() - before, took
}

func TestASnapshotTakesTheMemoryItAccountsFor(t *testing.T) {
	s, measured, _ := weighed(t, 30_000)
	accountsFor(t, s, measured)
}

// The same of one that followed: of every box of users, one changed.
func TestWhatFollowedTakesTheMemoryItAccountsFor(t *testing.T) {
	const users = 30_000
	before := live()
	s := followedThrough(t, users)
	accountsFor(t, s, live()-before)
}

func accountsFor(t *testing.T, s *Snapshot, measured int) {
	t.Helper()
	told := s.Memory()
	if told.Total()*10 < measured*9 || told.Total()*10 > measured*11 {
		t.Errorf("it accounts for %+v, %d bytes in all; %d are alive", told, told.Total(), measured)
	}
	runtime.KeepAlive(s)
}

func followedThrough(t *testing.T, n int) *Snapshot {
	t.Helper()
	o, err := offices.New(mixed(n))
	if err != nil {
		t.Fatal(err)
	}
	s := Compile(o)
	for i := 0; i < n; i += 64 {
		next, err := changed(o, users.ID(fmt.Sprintf("user-%07d", i)), func(u *users.User) { u.Roles = roles.SetOf(roles.Authoriser) })
		if err != nil {
			t.Fatal(err)
		}
		s, o = s.Follow(o, next), next
	}
	return s
}

// BenchmarkMillion prints what a snapshot of a million users and a hundred thousand
// companies takes, by its own account and as measured, and what plain structs and maps
// take. It needs some 12 GB.
func BenchmarkMillion(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("users=%d", n), func(b *testing.B) {
			for b.Loop() {
				s, measured, took := weighed(b, n)
				told := s.Memory()
				per := func(bytes int) float64 { return float64(bytes) / float64(n) }
				b.ReportMetric(per(told.Total()), "told-B/user")
				b.ReportMetric(per(measured), "B/user")
				b.ReportMetric(per(told.Users), "users-B/user")
				b.ReportMetric(per(told.Access), "access-B/user")
				b.ReportMetric(per(told.Ties+told.Companies+told.Systems), "rest-B/user")
				b.ReportMetric(float64(took.Nanoseconds())/float64(n), "compile-ns/user")
				runtime.KeepAlive(s)
				s = nil
				_ = s
				before := live()
				plain := plainUsers(mixed(n))
				b.ReportMetric(per(live()-before), "plain-B/user")
				runtime.KeepAlive(plain)
			}
		})
	}
}

// BenchmarkCurve prints what one answer costs as an office grows: of a document, a
// company and a user, for one user of a few companies. The office's size should not
// matter; what shows is the memory that more of it is spread over.
func BenchmarkCurve(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		o, err := offices.New(mixed(n))
		if err != nil {
			b.Fatal(err)
		}
		s := Compile(o)
		given := 0
		for u := range o.Users() {
			if u.Access.Len() < o.CompanyCount() {
				given += u.Access.Len()
			}
		}
		u, _ := o.User("user-0000004")
		subject := s.Subject(u.ID, now)
		own := slices.Collect(u.Access.All())
		doc := must(documents.New(documents.Parts{
			ID: "doc", Company: own[0], DeliveredBy: u.ID, Stage: documents.Tagging, Assigned: documents.NeverAssigned,
		}))
		for _, q := range []struct {
			action Action
			on     Resource
		}{
			{DocumentView, OfDocument(doc)}, {CompanyView, OfCompany(own[0])}, {UserView, OfUser("user-0000008")},
		} {
			placed := s.Place(q.on)
			b.Run(fmt.Sprintf("users=%d/%s/placed", n, q.action), func(b *testing.B) {
				for b.Loop() {
					sink = subject.May(q.action, placed)
				}
			})
			b.Run(fmt.Sprintf("users=%d/%s/ids", n, q.action), func(b *testing.B) {
				r := Request{Subject: u.ID, Action: q.action, Resource: q.on, At: now}
				for b.Loop() {
					sink = s.Check(r)
				}
			})
		}
		after, err := changed(o, "user-0000004", func(u *users.User) { u.Roles = roles.SetOf(roles.Authoriser) })
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("users=%d/follow", n), func(b *testing.B) {
			for b.Loop() {
				sinkSnapshot = s.Follow(o, after)
			}
		})
		b.Run(fmt.Sprintf("users=%d/compile", n), func(b *testing.B) {
			began := time.Now()
			rounds := 0
			for b.Loop() {
				sinkSnapshot = Compile(o)
				rounds++
			}
			took := float64(time.Since(began).Nanoseconds()) / float64(rounds)
			b.ReportMetric(took/float64(n), "ns/user")
			b.ReportMetric(took/float64(n+given), "ns/user-or-access") // one access is one company of one user
		})
	}
}
