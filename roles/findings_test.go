package roles_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/roles"
)

// When each rule speaks, said again from the articles' sentences.
var rulebook = []struct {
	id, sentence string
	level        roles.Level
	source       string
	speaks       func(has membership) bool
}{
	{
		"R1", "a Client user and a Restricted client user exclude each other", roles.Error, "SETTINGS, ROLES, TIPS, ADD",
		func(has membership) bool { return has[roles.ClientUser] && has[roles.RestrictedClientUser] },
	},
	{
		"R2", "an Accountant and an SME Accountant conflict", roles.Error, "TIPS, ADD",
		func(has membership) bool { return has[roles.Accountant] && has[roles.SMEAccountant] },
	},
	{
		"R3", "a user holds one or more roles", roles.Error, "ROLES",
		func(has membership) bool { return len(has) == 0 },
	},
	{
		"R4", "who books without a client role cannot deliver, split or tag", roles.Advice, "SETTINGS, ROLES",
		func(has membership) bool { return has.books() && !has.delivers() },
	},
}

func find(s roles.Set, id string) (roles.Finding, bool) {
	for f := range s.Findings() {
		if f.ID == id {
			return f, true
		}
	}
	return roles.Finding{}, false
}

func TestTheRulesSpeakExactlyWhenTheArticlesSay(t *testing.T) {
	for _, rule := range rulebook {
		t.Run(rule.id+" "+rule.sentence, func(t *testing.T) {
			everySet(t, func(t *testing.T, s roles.Set, has membership) {
				t.Helper()
				f, found := find(s, rule.id)
				if found != rule.speaks(has) {
					t.Errorf("{%v}: found %v", s, found)
				}
				if found && (f.Level != rule.level || f.Source != rule.source || f.Message == "") {
					t.Errorf("{%v}: found %+v", s, f)
				}
			})
		})
	}
}

func TestFindingsAreThoseOfTheRulesInOrder(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		var want, got []string
		for _, rule := range rulebook {
			if rule.speaks(has) {
				want = append(want, rule.id)
			}
		}
		for f := range s.Findings() {
			got = append(got, f.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("{%v} (-want +got):\n%s", s, diff)
		}
	})
}

func errorsOf(s roles.Set) (ids []string) {
	for f := range s.Findings() {
		if f.Level == roles.Error {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

func TestAMendClearsItsFindingByOneChangeAndCausesNoNewError(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, _ membership) {
		t.Helper()
		for f := range s.Findings() {
			checkMend(t, s, f)
		}
	})
}

func checkMend(t *testing.T, s roles.Set, f roles.Finding) {
	t.Helper()
	after := f.Mend.Apply(s)
	if f.Mend.Grant.Known() == f.Mend.Revoke.Known() || after == s {
		t.Errorf("{%v} %s: %+v is not one change", s, f.ID, f.Mend)
	}
	want := s.With(f.Mend.Grant)
	if f.Mend.Revoke.Known() {
		want = s.Without(f.Mend.Revoke)
	}
	if after != want {
		t.Errorf("{%v} %s: %v leads to {%v}", s, f.ID, f.Mend, after)
	}
	if _, still := find(after, f.ID); still {
		t.Errorf("{%v}: %v does not clear %s", s, f.Mend, f.ID)
	}
	for _, id := range errorsOf(after) {
		if !slices.Contains(errorsOf(s), id) {
			t.Errorf("{%v}: %v for %s causes %s", s, f.Mend, f.ID, id)
		}
	}
}

// Mending an excluding pair takes away the role that had no effect, so that
// nobody gains or loses a right by it.
func TestMendingAnExcludingPairChangesNoRight(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, _ membership) {
		t.Helper()
		for _, id := range []string{"R1", "R2"} {
			f, found := find(s, id)
			if found && f.Mend.Apply(s).Effective() != s.Effective() {
				t.Errorf("{%v}: %v changes the effective roles", s, f.Mend)
			}
		}
	})
}

func TestAMendReadsAsTheActionThatDoesIt(t *testing.T) {
	for want, s := range map[string]roles.Set{
		"revoke_role client_user":           roles.SetOf(roles.ClientUser, roles.RestrictedClientUser),
		"revoke_role accountant":            roles.SetOf(roles.Accountant, roles.SMEAccountant, roles.ClientUser),
		"grant_role restricted_client_user": roles.SetOf(),
		"grant_role client_user":            roles.SetOf(roles.SMEAccountant),
	} {
		for f := range s.Findings() {
			if got := f.Mend.String(); got != want {
				t.Errorf("{%v} %s: %q, want %q", s, f.ID, got, want)
			}
		}
	}
}

func TestASetIsValidWithoutAFindingOfLevelError(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, has membership) {
		t.Helper()
		want := true
		for _, rule := range rulebook {
			want = want && (rule.level != roles.Error || !rule.speaks(has))
		}
		if got := s.Valid(); got != want || want != (len(errorsOf(s)) == 0) {
			t.Errorf("{%v} is valid: %v, errors %v", s, got, errorsOf(s))
		}
	})
}

func TestASetOfNothingButAnUnknownRoleIsEmptyToTheRules(t *testing.T) {
	s := roles.Set(1 << 7) // no role has this bit; only a conversion can set it
	if s.Valid() {
		t.Error("it is valid")
	}
	if diff := cmp.Diff([]string{"R3"}, errorsOf(s)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := s.Highest(); got != 0 {
		t.Errorf("its highest role is %v", got)
	}
	if got := s.Len(); got != 0 {
		t.Errorf("it holds %d roles", got)
	}
}

func TestAskingWhetherASetIsValidAllocatesNothing(t *testing.T) {
	everySet(t, func(t *testing.T, s roles.Set, _ membership) {
		t.Helper()
		if n := testing.AllocsPerRun(1, func() { s.Valid() }); n != 0 {
			t.Errorf("{%v}: %v allocations", s, n)
		}
	})
}

func TestGoingThroughFindingsCanStopEarly(t *testing.T) {
	s := roles.SetOf(roles.Accountant, roles.SMEAccountant) // R2 and R4
	for f := range s.Findings() {
		if f.ID != "R2" {
			t.Errorf("went on to %s", f.ID)
		}
		break
	}
}
