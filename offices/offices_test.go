package offices_test

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func TestAnOfficeComesBackFromItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawParts(t)
		o := office(t, p)
		again := office(t, o.Parts())
		if diff := gocmp.Diff(o.Parts(), again.Parts(), same); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
		if diff := gocmp.Diff(sortedParts(p), o.Parts(), same); diff != "" {
			t.Fatalf("(-given +kept):\n%s", diff)
		}
	})
}

// sortedParts is what an office should tell of the parts it was made of.
func sortedParts(p offices.Parts) offices.Parts {
	p.Systems = by(p.Systems, func(s sync.System) string { return string(s.ID) })
	for i := range p.Systems {
		p.Systems[i].Users = by(p.Systems[i].Users, func(u sync.User) string { return string(u.ID) })
	}
	p.Companies = by(p.Companies, func(c companies.Company) string { return string(c.ID) })
	p.Users = by(p.Users, func(u users.User) string { return string(u.ID) })
	p.Links = by(p.Links, func(l sync.Link) string { return string(l.User) + "\x00" + string(l.System) })
	p.Deleted = by(p.Deleted, func(d users.Deleted) string { return string(d.ID) })
	return p
}

func by[T any](list []T, key func(T) string) []T {
	return slices.SortedFunc(slices.Values(list), func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

func TestTheOrderOfTheListsMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawParts(t)
		if diff := gocmp.Diff(office(t, p).Parts(), office(t, shuffled(t, p)).Parts(), same); diff != "" {
			t.Fatalf("(-in order +shuffled):\n%s", diff)
		}
	})
}

func TestEveryoneAndEverythingIsFoundByID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawParts(t)
		o := office(t, shuffled(t, p))
		for _, c := range p.Companies {
			found(t, c, c.ID, o.Company)
		}
		for _, u := range p.Users {
			found(t, u, u.ID, o.User)
			absent(t, u.ID, o.DeletedUser)
			want := slices.DeleteFunc(slices.Clone(p.Links), func(l sync.Link) bool { return l.User != u.ID })
			if diff := gocmp.Diff(append([]sync.Link{}, want...), slices.AppendSeq([]sync.Link{}, o.Links(u.ID))); diff != "" {
				t.Fatalf("links of %s (-want +got):\n%s", u.ID, diff)
			}
		}
		for _, d := range p.Deleted {
			found(t, d, d.ID, o.DeletedUser)
			absent(t, d.ID, o.User)
		}
		for _, s := range p.Systems {
			found(t, s, s.ID, o.System)
		}
	})
}

func TestEverythingIsEveryCompanyThereIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawParts(t)
		var want []companies.ID
		for _, c := range p.Companies {
			want = append(want, c.ID)
		}
		got := office(t, shuffled(t, p)).Everything()
		if diff := gocmp.Diff(users.AccessTo(want...), got, same); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
	if n := (offices.Office{}).Everything().Len(); n != 0 {
		t.Errorf("the zero office has %d companies", n)
	}
}

func found[K, V any](t *rapid.T, want V, id K, find func(K) (V, bool)) {
	got, ok := find(id)
	if diff := gocmp.Diff(want, got, same); !ok || diff != "" {
		t.Fatalf("%v was found: %v (-want +got):\n%s", id, ok, diff)
	}
}

func absent[K, V any](t rapid.TB, id K, find func(K) (V, bool)) {
	t.Helper()
	if got, ok := find(id); ok {
		t.Errorf("%v was found: %+v", id, got)
	}
}

func TestAnOfficeKnowsNobodyElse(t *testing.T) {
	o := office(t, small(t))
	for _, id := range []string{"", "zoo", "Anna", "anna ", "jansen"} {
		absent(t, users.ID(id), o.User)
		absent(t, users.ID(id), o.DeletedUser)
		absent(t, companies.ID(id), o.Company)
		absent(t, companies.SystemID(id), o.System)
		if count(o.Links(users.ID(id))) != 0 {
			t.Errorf("%q has a link", id)
		}
	}
}

func count[T any](seq iter.Seq[T]) (n int) {
	for range seq {
		n++
	}
	return n
}

func TestTheZeroOfficeHasNobodyAndNothing(t *testing.T) {
	var o offices.Office
	if n := count(o.Users()) + count(o.Companies()) + count(o.Systems()) + count(o.DeletedUsers()) + count(o.Links("anna")); n != 0 {
		t.Errorf("it has %d of something", n)
	}
	absent(t, users.ID(""), o.User)
	absent(t, users.ID("anna"), o.User)
	absent(t, companies.ID("garage"), o.Company)
	absent(t, companies.SystemID("ledger"), o.System)
	absent(t, users.ID("dirk"), o.DeletedUser)
	if o.Code() != "" || o.Name() != "" || o.PasswordLinkLength() != 0 || o.TimeZone() != time.UTC {
		t.Errorf("it is %q, %q, %v, %v", o.Code(), o.Name(), o.PasswordLinkLength(), o.TimeZone())
	}
	if diff := gocmp.Diff(offices.Parts{}, o.Parts(), same); diff != "" {
		t.Errorf("(-nothing +parts):\n%s", diff)
	}
}

func TestAnOfficeTellsWhatItIsCalledAndHowItIsSet(t *testing.T) {
	p := small(t)
	o := office(t, p)
	if o.Code() != "jansen" || o.Name() != "Kantoor Jansen" || o.TimeZone() != amsterdam(t) {
		t.Errorf("it is %q, %q, in %v", o.Code(), o.Name(), o.TimeZone())
	}
	if o.PasswordLinkLength() != 30*time.Minute {
		t.Errorf("a password link is valid for %v by default", o.PasswordLinkLength())
	}
	p.PasswordLink = 24 * time.Hour
	if got := office(t, p).PasswordLinkLength(); got != 24*time.Hour {
		t.Errorf("a password link is valid for %v, set to a day", got)
	}
}

func TestTheOfficesDayIsThatOfItsOwnZone(t *testing.T) {
	p := small(t)
	evening := time.Date(2026, 3, 28, 23, 0, 0, 0, time.UTC) // midnight in Amsterdam
	if got := office(t, p).Day(evening).String(); got != "2026-03-29" {
		t.Errorf("in Amsterdam it is %s", got)
	}
	if got := office(t, p).Day(evening.Add(-time.Second)).String(); got != "2026-03-28" {
		t.Errorf("a second before midnight it is %s", got)
	}
	p.TimeZone = time.UTC
	if got := office(t, p).Day(evening).String(); got != "2026-03-28" {
		t.Errorf("in UTC it is %s", got)
	}
	if got := (offices.Office{}).Day(evening).String(); got != "2026-03-28" {
		t.Errorf("in the zero office it is %s", got)
	}
}

func TestListsAreSortedByID(t *testing.T) {
	o := office(t, small(t))
	var got []string
	for s := range o.Systems() {
		got = append(got, string(s.ID))
		for _, u := range s.Users {
			got = append(got, string(u.ID))
		}
	}
	for c := range o.Companies() {
		got = append(got, string(c.ID))
	}
	for u := range o.Users() {
		got = append(got, string(u.ID))
	}
	for l := range o.Links("anna") {
		got = append(got, string(l.AccountingUser))
	}
	want := []string{
		"books", "b-anna", "ledger", "l-anna", "l-bob", "bakery", "florist", "garage",
		"ann", "anna", "bob", "carla", "b-anna", "l-anna",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGoingThroughAListCanStopEarly(t *testing.T) {
	o := office(t, small(t))
	for u := range o.Users() {
		if u.ID != "ann" {
			t.Errorf("went on to %s", u.ID)
		}
		break
	}
	for s := range o.Systems() {
		if s.ID != "books" {
			t.Errorf("went on to %s", s.ID)
		}
		break
	}
}

// Whoever writes into what went in, or into what an accessor hands out, writes
// into a copy.
func TestAnOfficeCannotBeChangedFromOutside(t *testing.T) {
	p := small(t)
	o := office(t, p)
	want := office(t, small(t)).Parts()
	scribble(p)
	scribble(o.Parts())
	system, _ := o.System("ledger")
	scribbleUsers(system.Users)
	for s := range o.Systems() {
		scribbleUsers(s.Users)
	}
	for _, list := range [][]sync.Link{slices.Collect(o.Links("anna")), o.Parts().Links} {
		clear(list)
	}
	if diff := gocmp.Diff(want, o.Parts(), same); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func scribble(p offices.Parts) {
	for _, s := range p.Systems {
		scribbleUsers(s.Users)
	}
	clear(p.Systems)
	clear(p.Companies)
	clear(p.Users)
	clear(p.Links)
	clear(p.Deleted)
}

func scribbleUsers(list []sync.User) {
	for i := range list {
		list[i] = sync.User{ID: "scribble", Rank: -1}
	}
}

// An office knows who it employs, who left, and what day it is where it stands.
func Example() {
	zone, _ := time.LoadLocation("Europe/Amsterdam")
	o, err := offices.New(offices.Parts{
		Code: "jansen", Name: "Kantoor Jansen", TimeZone: zone,
		Systems: []sync.System{{ID: "ledger", Name: "Ledger Online", SynchronisationUser: "anna"}},
		Companies: []companies.Company{
			{ID: "garage", Name: "Garage Jansen", System: "ledger"},
		},
		Users: []users.User{
			{ID: "bob", Username: "bob", Email: "bob@example.com", Access: users.AccessTo("garage")},
			{ID: "anna", Username: "anna", Email: "anna@example.com"},
		},
		Deleted: []users.Deleted{{ID: "dirk", Username: "dirk"}},
	})
	fmt.Println(err)
	for u := range o.Users() {
		fmt.Println(u.ID, "reaches the garage:", u.Access.Has("garage"))
	}
	left, _ := o.DeletedUser("dirk")
	fmt.Println(left.Username, "left")
	fmt.Println(o.Day(time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC)))
	// Output:
	// <nil>
	// anna reaches the garage: false
	// bob reaches the garage: true
	// dirk left
	// 2027-01-01
}
