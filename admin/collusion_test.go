package admin_test

import (
	"cmp"
	"flag"
	"slices"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
)

// The long run is one of more steps; docs/testing.md has what it came to.
var (
	plotDepth  = flag.Int("collusion.depth", 0, "how many steps the colluders take at most; 0 is the usual number of each search")
	plotStates = flag.Int("collusion.states", 0, "how many offices each search of colluders looks at, at most; 0 is the usual number")
)

func TestColludersNeverGetMoreThanAnybodyCouldGiveThem(t *testing.T) {
	carried, accepted, searches := make(map[string]bool), make(map[string]bool), 0
	for _, team := range plotTeams() {
		for _, lens := range plotLenses() {
			t.Run(team.name+"/"+lens.name, func(t *testing.T) {
				s := plotting(team, lens, team.open(t))
				s.states, s.depth = cmp.Or(*plotStates, s.states), cmp.Or(*plotDepth, s.depth)
				began := time.Now()
				s.run()
				searches++
				plotReport(t, s, time.Since(began))
				for goal, way := range s.found {
					t.Errorf("they reached %s: %s", goal, way)
				}
				for name := range s.carried {
					carried[name] = true
					accepted[name] = accepted[name] || s.accepted[name] > 0
				}
			})
		}
	}
	if searches == len(plotTeams())*len(plotLenses()) { // not where -run picks some
		checkTried(t, carried, accepted)
	}
}

// checkTried checks that every kind of command was tried, and that what is not a
// Super user's alone succeeded for somebody: a search in which nothing succeeds
// finds nothing.
func checkTried(t *testing.T, carried, accepted map[string]bool) {
	superOnly := []string{
		"accounting_system.create", "accounting_system.delete", "accounting_system.fetch_users", "company.change_payment_agreement",
		"company.control_sync", "company.delete", "connection.manage", "office.change_settings",
		"user.change_archive_right", "user.change_bank_right", "user.delete",
	}
	for _, name := range admin.CommandNames() {
		if !carried[name] {
			t.Errorf("no colluder tried %s", name)
		}
		if accepted[name] == slices.Contains(superOnly, name) {
			t.Errorf("%s: carried out for a colluder: %v", name, accepted[name])
		}
	}
}

func plotReport(t *testing.T, s *plotSearch, took time.Duration) {
	for _, u := range s.team.colluders {
		t.Logf("%s: %s; reaches %d, ends %s", u.ID, u.Roles, u.Access.Len(), u.EndDate)
	}
	end := "bounded by depth"
	switch {
	case s.fixpoint:
		end = "to the end: nothing new can be reached"
	case s.reached < s.depth:
		end = "bounded by the number of offices"
	}
	carried := 0
	for _, n := range s.carried {
		carried += n
	}
	t.Logf("%d commands; %d steps deep, %s; %d offices, %d transitions, %d refused, %d denied by the policy; %d sets of rights; %v",
		len(s.commands), s.reached, end, len(s.seen), s.transitions, carried-s.transitions, s.denied, len(s.rights), took.Round(time.Millisecond))
}
