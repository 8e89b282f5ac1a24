package roles_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/roles"
)

// membership is a set of roles in the plainest form there is.
type membership map[roles.Role]bool

func memberOf(list []roles.Role) membership {
	m := make(membership)
	for _, r := range list {
		m[r] = true
	}
	return m
}

// ranked is the members, the highest rank first.
func (m membership) ranked() []roles.Role {
	return slices.DeleteFunc(roles.All(), func(r roles.Role) bool { return !m[r] })
}

func (m membership) books() bool    { return m[roles.Accountant] || m[roles.SMEAccountant] }
func (m membership) delivers() bool { return m[roles.ClientUser] || m[roles.RestrictedClientUser] }

// everySet runs a check on each of the 128 sets of roles.
func everySet(t *testing.T, check func(t *testing.T, s roles.Set, has membership)) {
	t.Helper()
	seen := make(map[roles.Set]bool)
	for n := range 128 {
		var list []roles.Role
		for i, r := range roles.All() {
			if n>>i&1 == 1 {
				list = append(list, r)
			}
		}
		s := roles.SetOf(list...)
		seen[s] = true
		check(t, s, memberOf(list))
	}
	if len(seen) != 128 {
		t.Errorf("only %d of the 128 sets differ", len(seen))
	}
}

func TestASetHoldsExactlyTheRolesItWasMadeOf(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		for _, r := range roles.All() {
			if s.Has(r) != has[r] {
				t.Errorf("{%v}.Has(%v) = %v", s, r, s.Has(r))
			}
		}
		if diff := cmp.Diff(has.ranked(), slices.AppendSeq([]roles.Role{}, s.All())); diff != "" {
			t.Errorf("{%v}.All() (-want +got):\n%s", s, diff)
		}
		if s.Len() != len(has) {
			t.Errorf("{%v}.Len() = %d, want %d", s, s.Len(), len(has))
		}
	})
}

func TestASetPrintsItsCodesByRank(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		var codes []string
		for _, w := range words {
			if has[w.role] {
				codes = append(codes, w.code)
			}
		}
		if got, want := s.String(), strings.Join(codes, ", "); got != want {
			t.Errorf("prints %q, want %q", got, want)
		}
	})
}

func TestTheHighestRoleIsTheFirstByRank(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		var want roles.Role
		if len(has) > 0 {
			want = has.ranked()[0]
		}
		if got := s.Highest(); got != want {
			t.Errorf("{%v}.Highest() = %v, want %v", s, got, want)
		}
	})
}

func TestBookingAndClientRoles(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		if s.Books() != has.books() || s.Delivers() != has.delivers() {
			t.Errorf("{%v} books: %v, delivers: %v", s, s.Books(), s.Delivers())
		}
		only := true
		for r := range has {
			only = only && (r == roles.ClientUser || r == roles.RestrictedClientUser)
		}
		if got := s.ClientRolesOnly(); got != only {
			t.Errorf("{%v} holds only client roles: %v, want %v", s, got, only)
		}
	})
}

func TestAClientSideUserHoldsAClientRoleAndNoneOfTheSMEAccountantsRankOrAbove(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		senior := has[roles.SuperUser] || has[roles.Accountant] || has[roles.SMEAccountant]
		if got, want := s.ClientSide(), has.delivers() && !senior; got != want {
			t.Errorf("{%v} is client-side: %v, want %v", s, got, want)
		}
	})
}

func TestEffectiveLeavesOutTheLessLimitedRoleOfAnExcludingPair(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		ignored := make(membership)
		ignored[roles.ClientUser] = has[roles.RestrictedClientUser]
		ignored[roles.Accountant] = has[roles.SMEAccountant]
		want := slices.DeleteFunc(has.ranked(), func(r roles.Role) bool { return ignored[r] })
		got := s.Effective()
		if diff := cmp.Diff(want, slices.AppendSeq([]roles.Role{}, got.All())); diff != "" {
			t.Errorf("{%v}.Effective() (-want +got):\n%s", s, diff)
		}
		if got.Effective() != got {
			t.Errorf("{%v}: the effective roles of the effective roles are %v", s, got.Effective())
		}
	})
}

func TestSetsAddTakeAwayAndCompareLikeSets(t *testing.T) {
	everySet(t, func(t *testing.T, a roles.Set, hasA membership) {
		t.Helper()
		everySet(t, func(t *testing.T, b roles.Set, hasB membership) {
			t.Helper()
			shared := slices.ContainsFunc(hasA.ranked(), func(r roles.Role) bool { return hasB[r] })
			missing := slices.ContainsFunc(hasA.ranked(), func(r roles.Role) bool { return !hasB[r] })
			if a.HasAny(b) != shared || a.Within(b) != !missing {
				t.Errorf("{%v} and {%v}: share a role %v, within %v", a, b, a.HasAny(b), a.Within(b))
			}
		})
		for _, r := range roles.All() {
			checkOneRole(t, a, hasA, r)
		}
	})
}

func checkOneRole(t *testing.T, s roles.Set, has membership, r roles.Role) {
	t.Helper()
	with, without := s.With(r), s.Without(r)
	if !with.Has(r) || without.Has(r) || with.Without(r) != without || without.With(r) != with {
		t.Errorf("{%v}: with %v {%v}, without it {%v}", s, r, with, without)
	}
	if has[r] && with != s || !has[r] && without != s {
		t.Errorf("{%v}: %v was added or taken away twice", s, r)
	}
}

func TestOrderAndRepetitionOfRolesMeanNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.SampledFrom(roles.All()), 0, 12).Draw(t, "roles")
		shuffled := rapid.Permutation(append(list, list...)).Draw(t, "shuffled, each twice")
		if a, b := roles.SetOf(list...), roles.SetOf(shuffled...); a != b {
			t.Fatalf("{%v} is not {%v}", a, b)
		}
	})
}

func TestGoingThroughRolesCanStopEarly(t *testing.T) {
	var seen []roles.Role
	for r := range roles.SetOf(roles.All()...).All() {
		seen = append(seen, r)
		if r == roles.Accountant {
			break
		}
	}
	if diff := cmp.Diff([]roles.Role{roles.SuperUser, roles.Accountant}, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
