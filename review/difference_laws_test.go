package review

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// diffPlain is a difference as lists.
type diffPlain struct {
	Gained, Lost []Right
	Ends         []EndDifference
	Access       []AccessDifference
}

func diffPlainly(d Difference) diffPlain {
	return diffPlain{slices.Collect(d.Gained.All()), slices.Collect(d.Lost.All()), d.Ends, d.Access}
}

var diffOptions = cmp.Options{
	cmpopts.EquateEmpty(), cmp.AllowUnexported(Rights{}), cmp.Comparer(func(a, b users.Date) bool { return a == b }),
}

func diffMust(t *rapid.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, diffOptions); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func TestAnOfficeDoesNotDifferFromItself(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := diffDrawOffice(rt, t)
		diffMust(rt, "itself", diffPlain{}, diffPlainly(Compare(admin.Open(o), admin.Open(o), diffNow)))
		again, err := offices.New(o.Parts())
		if err != nil {
			rt.Fatal(err)
		}
		if d := Compare(admin.Open(o), admin.Open(again), diffNow); !d.IsEmpty() {
			rt.Fatalf("it differs from itself: %+v", diffPlainly(d))
		}
	})
}

func TestWhatIsGainedOneWayIsLostTheOther(t *testing.T) {
	differ := 0
	rapid.Check(t, func(rt *rapid.T) {
		before, after := diffDrawPair(rt, t)
		there, back := diffPlainly(Compare(before, after, diffNow)), diffPlainly(Compare(after, before, diffNow))
		there.Gained, there.Lost = there.Lost, there.Gained
		for i, e := range there.Ends {
			there.Ends[i].Before, there.Ends[i].After = e.After, e.Before
		}
		for i, a := range there.Access {
			there.Access[i].Given, there.Access[i].Taken = a.Taken, a.Given
		}
		diffMust(rt, "back", there, back)
		differ += len(back.Gained) + len(back.Lost)
	})
	if differ < 10_000 {
		t.Errorf("only %d rights differ", differ)
	}
}

// What somebody gains over two changes is what they gain by the one or the other and
// do not lose again.
func TestTwoDifferencesMakeOne(t *testing.T) {
	mixed := 0
	rapid.Check(t, func(rt *rapid.T) {
		first, second := diffDrawPair(rt, t)
		third := admin.Open(diffDrawChanged(rt, second.Office()))
		one, two, whole := Compare(first, second, diffNow), Compare(second, third, diffNow), Compare(first, third, diffNow)
		gained := diffUnion(diffLess(diffExpanded(one.Gained), diffExpanded(two.Lost)), diffLess(diffExpanded(two.Gained), diffExpanded(one.Lost)))
		lost := diffUnion(diffLess(diffExpanded(one.Lost), diffExpanded(two.Gained)), diffLess(diffExpanded(two.Lost), diffExpanded(one.Gained)))
		diffSame(rt, "gained", diffExpanded(whole.Gained), gained)
		diffSame(rt, "lost", diffExpanded(whole.Lost), lost)
		if !one.IsEmpty() && !two.IsEmpty() {
			mixed++
		}
	})
	if mixed < 5 {
		t.Errorf("only %d times both changed something", mixed)
	}
}

func diffUnion(one, other map[Right]bool) map[Right]bool {
	all := maps.Clone(one)
	maps.Copy(all, other)
	return all
}

func TestTheDifferenceDoesNotHangOnTheOrderOfThings(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		before, after := diffDrawPair(rt, t)
		want := Compare(before, after, diffNow)
		got := Compare(diffShuffled(rt, before), diffShuffled(rt, after), diffNow)
		diffMust(rt, "shuffled", diffPlainly(want), diffPlainly(got))
		if a, b := diffTexts(want), diffTexts(got); a != b {
			rt.Fatalf("it reads\n%s\nand shuffled\n%s", a, b)
		}
	})
}

// diffShuffled is an office made anew of its parts, in another order.
func diffShuffled(t *rapid.T, s admin.State) admin.State {
	p := s.Office().Parts()
	p.Users = rapid.Permutation(p.Users).Draw(t, "users")
	p.Companies = rapid.Permutation(p.Companies).Draw(t, "companies")
	p.Systems = rapid.Permutation(p.Systems).Draw(t, "systems")
	p.Links = rapid.Permutation(p.Links).Draw(t, "links")
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return admin.Open(o)
}

// What somebody may do is what they would gain from nothing, and it is in order.
func TestRightsAreWhatIsGainedFromNothing(t *testing.T) {
	rights := 0
	rapid.Check(t, func(rt *rapid.T) {
		s := admin.Open(diffDrawOffice(rt, t))
		var all []Right
		for u := range s.Office().Users() {
			all = slices.AppendSeq(all, RightsOf(s, u.ID, diffNow).All())
		}
		d := Compare(admin.State{}, s, diffNow)
		diffMust(rt, "all", slices.Collect(d.Gained.All()), all)
		if d.Lost.Len() > 0 || d.Gained.Len() != len(all) {
			rt.Fatalf("%d rights are lost, and %d gained, which are %d", d.Lost.Len(), d.Gained.Len(), len(all))
		}
		if len(diffExpanded(d.Gained)) < len(all) {
			rt.Fatal("a right is there twice")
		}
		for _, r := range all {
			if q := r.Request(s.Office(), diffNow); !s.Snapshot().Check(q).Allowed() {
				rt.Fatalf("%+v is no right", r)
			}
		}
		rights += len(all)
	})
	if t.Logf("%d rights", rights); rights < 10_000 {
		t.Error("those are few")
	}
}

// A difference of some users is what the whole one has of them.
func TestADifferenceOfSomeIsOfThemAlone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		before, after := diffDrawPair(rt, t)
		some := diffSome(rt, diffUsers)
		if len(some) == 0 {
			return
		}
		whole, part := diffPlainly(Compare(before, after, diffNow)), diffPlainly(Compare(before, after, diffNow, some...))
		not := func(id users.ID) bool { return !slices.Contains(some, id) }
		whole.Gained = slices.DeleteFunc(whole.Gained, func(r Right) bool { return not(r.User) })
		whole.Lost = slices.DeleteFunc(whole.Lost, func(r Right) bool { return not(r.User) })
		whole.Ends = slices.DeleteFunc(whole.Ends, func(e EndDifference) bool { return not(e.User) })
		for _, a := range part.Access {
			if !slices.ContainsFunc(whole.Access, func(w AccessDifference) bool { return w.User == a.User }) {
				rt.Fatalf("the access of %s differs for some and not for all", a.User)
			}
		}
		whole.Access, part.Access = nil, nil
		diffMust(rt, "of some", whole, part)
	})
}

func TestNobodyHasRightsWhereNothingCanBeAsked(t *testing.T) {
	s := admin.Open(diffExampleOffice(t))
	for name, r := range map[string]Rights{
		"stranger": RightsOf(s, "stranger", diffNow), "nobody": RightsOf(s, "", diffNow),
		"no moment": RightsOf(s, "anna", time.Time{}), "no office": RightsOf(admin.State{}, "anna", diffNow),
	} {
		if r.Len() != 0 || len(slices.Collect(r.All())) != 0 {
			t.Errorf("%s has %d rights", name, r.Len())
		}
	}
	if d := Compare(s, admin.State{}, time.Time{}); !d.IsEmpty() {
		t.Error("two offices differ at no moment")
	}
	if (Rights{}).Len() != 0 || !(Difference{}).IsEmpty() {
		t.Error("the zero difference is not empty")
	}
}

// diffExampleOffice is a small office in which everybody has something to do.
func diffExampleOffice(tb testing.TB) offices.Office {
	tb.Helper()
	o, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: diffZone(tb, "Europe/Amsterdam"),
		Systems: []sync.System{{ID: "books", Name: "Books", SynchronisationUser: "anna"}},
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakery", System: "books"}, {ID: "garage", Name: "Garage", System: "books", PaymentAgreement: true},
		},
		Users: []users.User{
			{ID: "anna", Username: "anna", Email: "a@example.com", Roles: 1, Used: true},
			{ID: "bob", Username: "bob", Email: "b@example.com", Roles: 1 << 1, Used: true, Access: users.AccessTo("bakery")},
			{ID: "carla", Username: "carla", Email: "c@example.com", Roles: 1 << 5, Used: true, Access: users.AccessTo("bakery", "garage")},
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

func TestADayBeginsWhereItIs(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2026-11-22", "2026-11-22T00:00:00Z"},
		{"Europe/Amsterdam", "2026-11-22", "2026-11-21T23:00:00Z"},
		{"Europe/Amsterdam", "2026-07-01", "2026-06-30T22:00:00Z"},
		{"America/New_York", "2026-11-22", "2026-11-22T05:00:00Z"},
		{"Pacific/Kiritimati", "2026-11-22", "2026-11-21T10:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // midnight was left out
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},      // so was the whole day
	} {
		got := time.Unix(beginning(diffDay(c.day), diffZone(t, c.zone)), 0).UTC().Format(time.RFC3339)
		if got != c.want {
			t.Errorf("%s begins in %s at %s, want %s", c.day, c.zone, got, c.want)
		}
	}
}
