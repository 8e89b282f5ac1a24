package users_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/users"
)

// Few ids, so that they meet.
var someCompanies = rapid.SampledFrom([]companies.ID{"bakery", "butcher", "florist", "garage", "Garage", "garage "})

// reach is what access is, in the plainest form there is.
type reach map[companies.ID]bool

func reachOf(ids []companies.ID) reach {
	r := make(reach)
	for _, id := range ids {
		r[id] = true
	}
	return r
}

func checkReach(t *rapid.T, a users.Access, want reach) {
	ids := slices.AppendSeq([]companies.ID{}, a.All())
	if diff := cmp.Diff(slices.AppendSeq([]companies.ID{}, slices.Values(slices.Sorted(maps.Keys(want)))), ids); diff != "" {
		t.Fatalf("companies reached (-want +got):\n%s", diff)
	}
	if a.Len() != len(want) {
		t.Fatalf("%d companies are counted, want %d", a.Len(), len(want))
	}
	for _, id := range []companies.ID{"bakery", "butcher", "florist", "garage", "Garage", "garage ", "", "zoo"} {
		if a.Has(id) != want[id] {
			t.Fatalf("reaches %q: %v, want %v", id, a.Has(id), want[id])
		}
	}
}

func TestAccessReachesExactlyTheCompaniesItWasGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(someCompanies, 0, 8).Draw(t, "companies")
		a, want := users.AccessTo(ids...), reachOf(ids)
		checkReach(t, a, want)
		for i := range ids {
			ids[i] = "zoo" // the caller's slice is the caller's
		}
		checkReach(t, a, want)
	})
}

// Accesses that were made together are each what it would be alone, whatever else was made
// and whatever became of one of them.
func TestAccessesMadeTogetherAreEachTheirOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var together users.Accesses
		var made []users.Access
		var want []reach
		for range rapid.IntRange(1, 40).Draw(t, "accesses") {
			ids := rapid.SliceOfN(someCompanies, 0, 8).Draw(t, "companies")
			made, want = append(made, together.To(ids...)), append(want, reachOf(ids))
			changed := made[len(made)-1].With(someCompanies.Draw(t, "given")).Without(someCompanies.Draw(t, "taken"))
			_ = changed.With("zoo")
			for i := range ids {
				ids[i] = "zoo" // the caller's slice is the caller's
			}
		}
		for i, a := range made {
			checkReach(t, a, want[i])
			if !a.Equal(users.AccessTo(slices.Collect(a.All())...)) {
				t.Fatalf("%v is another alone", slices.Collect(a.All()))
			}
			for at := range a.Len() {
				if all := slices.Collect(a.All()); a.At(at) != all[at] {
					t.Fatalf("at %d of %v is %s", at, all, a.At(at))
				}
			}
		}
	})
}

// Every access there ever was keeps what it reached, however many were made
// from it since: each value is looked at again after each change.
func TestGivingAndTakingAccessLeavesTheOriginalUnchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := []users.Access{{}}
		models := []reach{{}}
		pick := func(t *rapid.T) int { return rapid.IntRange(0, len(history)-1).Draw(t, "from") }
		t.Repeat(map[string]func(*rapid.T){
			"with": func(t *rapid.T) {
				from, id := pick(t), someCompanies.Draw(t, "company")
				model := maps.Clone(models[from])
				model[id] = true
				history, models = append(history, history[from].With(id)), append(models, model)
			},
			"without": func(t *rapid.T) {
				from, id := pick(t), someCompanies.Draw(t, "company")
				model := maps.Clone(models[from])
				delete(model, id)
				history, models = append(history, history[from].Without(id)), append(models, model)
			},
			"": func(t *rapid.T) {
				for i := range history {
					checkReach(t, history[i], models[i])
				}
			},
		})
	})
}

func TestTwoUsersShareACompanyThatBothReach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.SliceOfN(someCompanies, 0, 4).Draw(t, "one")
		other := rapid.SliceOfN(someCompanies, 0, 4).Draw(t, "other")
		want := slices.ContainsFunc(one, func(id companies.ID) bool { return slices.Contains(other, id) })
		a, b := users.AccessTo(one...), users.AccessTo(other...)
		if a.Shares(b) != want || b.Shares(a) != want {
			t.Fatalf("share a company: %v and %v, want %v", a.Shares(b), b.Shares(a), want)
		}
	})
}

func TestTheZeroAccessReachesNoCompany(t *testing.T) {
	var none users.Access
	if none.Len() != 0 || none.Has("") || none.Has("garage") || none.Shares(users.AccessTo("garage")) || none.Shares(none) {
		t.Error("it reaches one")
	}
}

func TestGoingThroughAccessCanStopEarly(t *testing.T) {
	var seen []companies.ID
	for id := range users.AccessTo("garage", "bakery", "florist").All() {
		if seen = append(seen, id); len(seen) == 2 {
			break
		}
	}
	if diff := cmp.Diff([]companies.ID{"bakery", "florist"}, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Under the race detector this also proves that nothing is written behind the
// end of a list that two share: "garage" twice leaves room there.
func TestManyMayGiveAccessFromOneAccessAtOnce(t *testing.T) {
	shared := users.AccessTo("garage", "garage", "garage")
	made := make(chan users.Access)
	for _, id := range []companies.ID{"bakery", "florist"} {
		go func() { made <- shared.With(id) }()
	}
	one, other := <-made, <-made
	if one.Len() != 2 || other.Len() != 2 || one.Has("bakery") == other.Has("bakery") || shared.Len() != 1 {
		t.Errorf("they reach %d and %d companies", one.Len(), other.Len())
	}
}

func TestAccessIsEqualByItsCompanies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.SampledFrom([]companies.ID{"a", "b", "c"}), 0, 4)
		one, other := ids.Draw(t, "one"), ids.Draw(t, "other")
		a, b := users.AccessTo(one...), users.AccessTo(other...)
		want := slices.Equal(slices.Collect(a.All()), slices.Collect(b.All()))
		if a.Equal(b) != want || b.Equal(a) != want || !a.Equal(users.AccessTo(one...)) {
			t.Fatalf("%v and %v: equal is %v", one, other, a.Equal(b))
		}
	})
}
