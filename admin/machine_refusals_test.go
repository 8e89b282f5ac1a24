package admin_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// reasons is why a command was refused: what was asked, about whom, and the code.
func reasons(err error) (list []string) {
	for _, r := range changes.Refusals(err) {
		list = append(list, fmt.Sprint(r.Target, " ", r.Code))
	}
	slices.Sort(list)
	return list
}

func TestABulkChangeNamesEverybodyForWhomItIsRefusedAndWhy(t *testing.T) {
	before := fixed(t)
	after, events, err := admin.Apply(before, "bob", noon, admin.Bulk{
		Users: listOf[users.ID]("anna", "bob", "eva", "zed"), GrantRoles: roles.SetOf(roles.RestrictedClientUser),
		GiveCompanies: listOf[companyID]("bakery"), ChangeBankDetails: policy.Given(true),
	})
	want := []string{
		"user:anna not_manageable", "user:anna not_manageable", "user:anna role_missing",
		"user:bob beyond_reach", "user:bob beyond_reach", "user:bob role_missing",
		"user:eva beyond_reach", "user:eva role_missing", "user:eva role_set_invalid",
		"user:zed unknown_resource", "user:zed unknown_resource", "user:zed unknown_resource",
	}
	if diff := cmp.Diff(want, reasons(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if after != before || events != nil {
		t.Errorf("and yet %v happened", events)
	}
}

func TestACommandIsGivenAtAMomentThatFallsOnADay(t *testing.T) {
	before := fixed(t)
	for _, at := range []time.Time{
		{},
		time.Date(0, 6, 1, 0, 0, 0, 0, time.UTC),
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(9999, 12, 31, 23, 30, 0, 0, time.FixedZone("", -3600)),
	} {
		for _, c := range goldenCommands {
			after, events, err := admin.Apply(before, "anna", at, c)
			if after != before || events != nil || !errors.Is(err, problems.ErrInvalid) || !slices.Equal(paths(err), []string{"at"}) {
				t.Errorf("at %s %s gives %v, %v", at, shown(c), events, err)
			}
		}
	}
}

func TestAMomentIsTheSameInWhateverZoneItIsTold(t *testing.T) {
	for _, c := range goldenCommands {
		_, want, errUTC := admin.Apply(fixed(t), "anna", noon, c)
		_, got, err := admin.Apply(fixed(t), "anna", noon.In(time.FixedZone("", -12*3600)), c)
		if !slices.Equal(want, got) || fmt.Sprint(errUTC) != fmt.Sprint(err) {
			t.Errorf("%s gives %v, %v; elsewhere %v, %v", shown(c), want, errUTC, got, err)
		}
	}
}

func TestNothingIsAllowedInTheZeroState(t *testing.T) {
	var none admin.State
	for _, c := range goldenCommands {
		for _, by := range actors {
			after, events, err := admin.Apply(none, by, noon, c)
			if err == nil || after != none || events != nil {
				t.Errorf("%s gives %s: %v, %v", by, shown(c), events, err)
			}
			if planned, refused := admin.Plan(none, by, noon, c); planned != nil || fmt.Sprint(refused) != fmt.Sprint(err) {
				t.Errorf("%s plans %s: %v, %v", by, shown(c), planned, refused)
			}
		}
	}
}

// Whoever has not been used has been from their first command on; a refused one does
// not count.
func TestWhoeverActsHasBeenUsed(t *testing.T) {
	before := fixed(t)
	if after, _, err := admin.Apply(before, "bob", noon, admin.DeleteUser{User: "eva"}); err == nil || after != before {
		t.Fatalf("bob deletes eva: %v", err)
	}
	after, events, err := admin.Apply(before, "bob", noon, admin.ChangeDetails{User: "eva", Spenser: policy.Given(false)})
	if err != nil || len(events) != 1 || events[0].Change != admin.Change(admin.UserUsed{User: "bob"}) {
		t.Fatalf("bob changes nothing of eva: %v, %v", events, err)
	}
	if bob, _ := after.Office().User("bob"); !bob.Used {
		t.Error("bob has not been used")
	}
}

func TestManyMayGiveCommandsFromOneStateAtOnce(t *testing.T) {
	before := fixed(t)
	made := make(chan []admin.Event)
	for range 4 {
		go func() {
			var all []admin.Event
			for _, c := range goldenCommands {
				_, events, _ := admin.Apply(before, "anna", noon, c)
				all = append(all, events...)
			}
			made <- all
		}()
	}
	want := <-made
	for range 3 {
		if got := <-made; !slices.Equal(want, got) {
			t.Errorf("one made %v, another %v", want, got)
		}
	}
}
