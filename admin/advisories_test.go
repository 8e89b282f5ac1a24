package admin_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Faults of other engines; docs/testing.md has the list.

// What was nested in a bulk operation skipped its check: wherever in a thousand the
// one stands on whom it may not be done, nothing is done to anybody.
func TestCVE_2026_33343_EachOfABulkIsChecked(t *testing.T) {
	s := admin.Open(largeOffice(t, 2000))
	for _, place := range []int{0, 1, 499, 998, 999} {
		list := make([]users.ID, 1000)
		for i := range list {
			list[i] = users.ID(fmt.Sprint("user", 501+i))
		}
		list[place] = "user1" // a Super user, whom no Accountant manages
		c := admin.Bulk{Users: changes.ListOf(list...), GrantRoles: roles.SetOf(roles.Authoriser)}
		next, events, err := admin.Apply(s, "user100", time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), c)
		refusals := changes.Refusals(err)
		if len(refusals) != 1 || refusals[0].Target != "user:user1" || refusals[0].Code != policy.NotManageable.String() {
			t.Errorf("place %d: %v", place, err)
		}
		if next != s || events != nil {
			t.Errorf("place %d: something was done", place)
		}
	}
}

// Rights changed while they were looked at: of two who plan on the same office, one
// is told that it changed.
func TestGHSA_rmxp_8h9v_56cx_WhatWasPlannedOnAnOlderOfficeIsRefused(t *testing.T) {
	s := admin.Open(largeOffice(t, 1000))
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	seen := s.Office().Version()
	first, _, err := admin.Apply(s, "user1", at, admin.If{Version: seen, Command: admin.DeleteUser{User: "user501"}})
	if err != nil {
		t.Fatal(err)
	}
	second := admin.If{Version: seen, Command: admin.GrantRole{User: "user502", Role: roles.Authoriser}}
	next, events, err := admin.Apply(first, "user2", at, second)
	if !errors.Is(err, changes.ErrRefused) || changes.Refusals(err)[0].Code != changes.CodeOfficeChanged || next != first || events != nil {
		t.Errorf("it was not refused: %v", err)
	}
}
