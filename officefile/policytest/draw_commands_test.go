package policytest_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/officefile/policytest"
	"github.com/mandaat/mandaat/problems"
)

// kept is what no command brings about.
var kept = []policytest.Finding{{ID: "R1"}, {ID: "R2"}, {ID: "R3"}, {ID: "O1"}, {ID: "O3"}, {ID: "O12"}, {ID: "O14"}}

// Every command is accepted and refused often enough, of an office that is sound and
// changes as it goes, and of any office. No command makes a sound office worse.
func TestEveryCommandIsAcceptedAndRefused(t *testing.T) {
	sound, every, codes := tally{}, tally{}, tally{}
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.SoundOffices().Draw(t, "office")
		for range 60 {
			c := policytest.Commands(office).Draw(t, "command")
			office.State = apply(t, office, c, sound, codes)
		}
		office.NoFindings(t, kept...)
		for range 5 {
			office = policytest.Offices().Draw(t, "another office")
			for range 10 {
				apply(t, office, policytest.Commands(office).Draw(t, "command on another"), every, codes)
			}
		}
	})
	for _, name := range admin.CommandNames() {
		sound.least(t, 20, name+" accepted")
		sound.least(t, 20, name+" refused")
		every.least(t, 1, name+" accepted")
		every.least(t, 1, name+" refused")
	}
	for _, code := range []string{changes.CodeOfficeChanged, changes.CodeLinkInvalid, changes.CodeUsernameFixed, changes.CodeSoftwareOnly} {
		codes.least(t, 3, code)
	}
	t.Logf("of offices that are sound\n%sof any office\n%srefused\n%s", sound, every, codes)
}

func apply(t *rapid.T, o policytest.Office, c policytest.Attempt, counted, codes tally) admin.State {
	t.Helper()
	if _, err := admin.WriteCommand(c.Command); err != nil {
		t.Fatalf("%s is not well formed: %v", c, err)
	}
	after, _, err := admin.Apply(o.State, c.By, o.At, c.Command)
	if err == nil {
		counted.add("%s accepted", c.Command.Name())
		return after
	}
	counted.add("%s refused", c.Command.Name())
	for _, refusal := range changes.Refusals(err) {
		codes[refusal.Code]++
	}
	if len(changes.Refusals(err)) == 0 && strings.Contains(err.Error(), problems.ErrInvalid.Error()) {
		codes["invalid"]++
	}
	return o.State
}

func TestCommandsOfNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		office := policytest.Offices().Draw(t, "office")
		c := policytest.Commands(office, "user.delete", "company.delete").Draw(t, "command")
		if name := c.Command.Name(); name != "user.delete" && name != "company.delete" {
			t.Fatalf("drew a %s", name)
		}
	})
	defer func() {
		if recover() == nil {
			t.Error("a command that there is not was drawn")
		}
	}()
	policytest.Commands(policytest.Office{}, "user.promote")
}
