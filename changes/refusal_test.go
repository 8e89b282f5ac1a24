package changes_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

var (
	noon  = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)
	staff = policy.Reader{Audience: policy.Staff}
)

func office(t testing.TB) *policy.Snapshot {
	t.Helper()
	o, err := offices.New(offices.Parts{Code: "jansen", Name: "Jansen", TimeZone: time.UTC, Users: []users.User{
		{ID: "anna", Username: "anna", Email: "anna@example.com", Roles: roles.SetOf(roles.SuperUser)},
		{ID: "eva", Username: "eva", Email: "eva@example.com", Roles: roles.SetOf(roles.ClientUser)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return policy.Compile(o)
}

func refusal(target string) *changes.Refusal {
	return changes.Because("a.command", "eva", policy.OfUser(users.ID(target)), "a_code", "DERIVED", words.Say("Nobody of this office asks."))
}

// wrapping draws an error that holds the refusals in order, however it wraps them,
// among others that are none.
func wrapping(t *rapid.T, list []*changes.Refusal) error {
	var joined []error
	for _, r := range list {
		if rapid.Bool().Draw(t, "another before") {
			joined = append(joined, &problems.Problem{Found: "a", Expected: "b"}, errors.New("another"))
		}
		joined = append(joined, r)
	}
	if n := len(joined); n > 1 && rapid.Bool().Draw(t, "joined twice") {
		i := rapid.IntRange(1, n-1).Draw(t, "at")
		joined = []error{errors.Join(joined[:i]...), fmt.Errorf("wrapped: %w", errors.Join(joined[i:]...))}
	}
	if len(joined) == 1 && rapid.Bool().Draw(t, "alone") {
		return joined[0]
	}
	return errors.Join(joined...)
}

func TestAnErrorIsTakenApartIntoItsRefusals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []*changes.Refusal
		for i := range rapid.IntRange(0, 4).Draw(t, "refusals") {
			list = append(list, refusal(fmt.Sprint("u", i)))
		}
		err := wrapping(t, list)
		got := changes.Refusals(err)
		if len(got) != len(list) || errors.Is(err, changes.ErrRefused) != (len(list) > 0) {
			t.Fatalf("%d of %d refusals of %v", len(got), len(list), err)
		}
		for i := range list {
			if got[i] != list[i] {
				t.Fatalf("refusal %d is %v, want %v", i, got[i], list[i])
			}
		}
	})
}

func TestNoErrorHoldsNoRefusal(t *testing.T) {
	for _, err := range []error{nil, errors.New("another"), changes.ErrRefused, &problems.Problem{}} {
		if got := changes.Refusals(err); got != nil {
			t.Errorf("%v holds %v", err, got)
		}
	}
}

func TestADenialIsARefusalWithAllThatThePolicySaysOfIt(t *testing.T) {
	s := office(t)
	r := policy.Request{Subject: "eva", Action: policy.UserDelete, Resource: policy.OfUser("anna"), At: noon}
	denied := changes.Denied("user.delete", s, r)
	want := s.Explain(r)
	if denied.Command != "user.delete" || denied.Actor != "eva" || denied.Action != policy.UserDelete || denied.Target != "user:anna" ||
		denied.Code != want.Code().String() || denied.Source != want.Source || len(denied.Rules) != len(want.Near) {
		t.Errorf("%+v, want of %+v", denied, want)
	}
	for _, to := range []policy.Reader{{}, staff, {Audience: policy.Asker}, {Audience: policy.Asker, Language: words.Dutch}} {
		if got, want := denied.Reason(to), s.ExplainTo(to, r).Reason; got != want || (to == policy.Reader{}) != (got == "") {
			t.Errorf("%+v is told %q, want %q", to, got, want)
		}
	}
	wantText := "user.delete on user:anna by eva refused: role_missing: " + want.Reason + " (user.delete/super-user, ROLES, SETTINGS, TIPS)"
	if diff := cmp.Diff(wantText, denied.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestACommandsOwnRefusalIsToldToWhoeverMayKnow(t *testing.T) {
	r := refusal("anna")
	if r.Reason(policy.Reader{}) != "" || r.Action != 0 || r.Rules != nil {
		t.Errorf("%+v tells nobody %q", r, r.Reason(policy.Reader{}))
	}
	english, dutch := r.Reason(staff), r.Reason(policy.Reader{Audience: policy.Asker, Language: words.Dutch})
	if english != "Nobody of this office asks." || dutch == "" || dutch == english {
		t.Errorf("%q, %q", english, dutch)
	}
	if want := "a.command on user:anna by eva refused: a_code: Nobody of this office asks. (DERIVED)"; r.Error() != want {
		t.Errorf("%s, want %s", r, want)
	}
	r.Actor, r.Source = "", ""
	if want := "a.command on user:anna by the software refused: a_code: Nobody of this office asks."; r.Error() != want {
		t.Errorf("%s, want %s", r, want)
	}
}

func TestTheZeroRefusalSaysNothingAndBreaksNothing(t *testing.T) {
	var r changes.Refusal
	if r.Reason(staff) != "" || !strings.Contains(r.Error(), "refused") || !errors.Is(&r, changes.ErrRefused) {
		t.Errorf("it says %q: %v", r.Reason(staff), &r)
	}
}

func TestATrailTellsByWhatRightInUTC(t *testing.T) {
	zone := time.FixedZone("", 3600)
	at := time.Now().In(zone) // with a monotonic reading, which no text has
	d := office(t).Check(policy.Request{Subject: "anna", Action: policy.UserDelete, Resource: policy.OfUser("eva"), At: noon})
	got := changes.TrailOf("user.delete", "anna", at, d)
	want := changes.Trail{At: at.Round(0).UTC(), By: "anna", Command: "user.delete", Rule: "user.delete/super-user", Policy: policy.Hash()}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if none := changes.TrailOf("user.mark_used", "", at, policy.Decision{}); none.Rule != "" || none.Warnings.Len() != 0 {
		t.Errorf("by no right: %+v", none)
	}
}
