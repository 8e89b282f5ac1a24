package policy

import (
	"slices"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

func TestWhoIsToldOfADisconnectedSystem(t *testing.T) {
	tell := func(system companies.SystemID) Notice { return Notice{System: system} }
	reconnect := func(system companies.SystemID) Notice { return Notice{System: system, Reconnect: true} }
	for _, c := range []struct {
		name  string
		who   users.ID
		given change
		want  []Notice
	}{
		{"The synchronisation user is told to reconnect", "theo", nil, []Notice{reconnect("twinfield")}},
		{"Whose systems are connected is told nothing", "bram", nil, nil},
		{"Who books in the disconnected system is told so", "bram", disconnected("exact"), []Notice{tell("exact")}},
		{"An SME Accountant who books in it is told so", "sam", disconnected("exact"), []Notice{tell("exact")}},
		{"Who reaches none of its companies is not told", "bram", nil, nil},
		{"Who reaches two such systems is told of both", "bram", all(disconnected("exact"), reachesOnly("bram", "bakery", "florist")), []Notice{tell("exact"), tell("twinfield")}},
		{"Who does not book is not told", "carla", disconnected("exact"), nil},
		{"A synchronisation user who books is told once, to reconnect", "bram", all(disconnected("exact"), duty("exact", "bram")), []Notice{reconnect("exact")}},
		{"A system without companies still has a synchronisation user", "rosa", disconnected("snelstart"), []Notice{reconnect("snelstart")}},
		{"Who left is told nothing", "theo", ending("theo", "2026-11-22"), nil},
		{"Somebody unknown is told nothing", "mallory", nil, nil},
		{"A booking role ignored under R2 still books as the other", "bram", all(disconnected("exact"), holding("bram", roles.Accountant, roles.SMEAccountant)), []Notice{tell("exact")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			subject := scenario{given: c.given}.snapshot(t).Subject(c.who, now)
			if got := slices.Collect(subject.Notices()); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	for range new(Subject).Notices() {
		t.Error("nobody is told something")
	}
}
