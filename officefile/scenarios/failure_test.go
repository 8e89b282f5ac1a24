package scenarios_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

// failures is what a scenario of one list of expectations tells, in a language.
func failures(t *testing.T, l words.Language, text string) (list []string) {
	t.Helper()
	to := policy.Reader{Audience: policy.Staff, Language: l}
	for _, r := range results(t, "  - {name: a, "+text+"}\n") {
		for i := range r.Failures {
			f := &r.Failures[i]
			list = append(list, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Message(l)))
			for _, d := range f.Details(to) {
				list = append(list, d.Label.In(l)+": "+d.Text)
			}
		}
	}
	return list
}

func TestAFailureSaysWhatWhyAndWhatWouldDo(t *testing.T) {
	for text, want := range map[string][]string{
		"can: [[anna, document.approve, document:inv-1]]": {
			"3:21 anna document.approve document:inv-1: found no, expected yes",
			"reason: document.approve is for the authoriser in turn; the turn is bob's.",
			"code: not_in_turn", "rule: document.approve/in-turn", "source: ROLES, SETTINGS",
			"to pass: Await the turn of anna on inv-1. By els or rosa.",
		},
		"cannot: [[anna, document.approve, document:inv-1, {}, {code: wrong_stage}]]": {
			"3:24 anna document.approve document:inv-1: found not_in_turn, expected wrong_stage",
			"reason: document.approve is for the authoriser in turn; the turn is bob's.",
			"code: not_in_turn", "rule: document.approve/in-turn", "source: ROLES, SETTINGS",
		},
		"can: [[bram, document.view, document:inv-9, {}, {rule: document.view/client}]]": nil,
		"can: [[bram, document.view, document:inv-9, {}, {rule: document.view/booker}]]": {
			"3:21 bram document.view document:inv-9: found document.view/client, expected document.view/booker",
			"reason: A Client user sees what is ready for tagging and what was never assigned.",
			"rule: document.view/client", "source: ROLES, SETTINGS",
		},
		"can: [[yasmin, document.book, document:inv-6, {}, {warnings: [self_booking]}]]": nil,
		"can: [[yasmin, document.book, document:inv-6, {}, {warnings: []}]]": {
			"3:21 yasmin document.book document:inv-6: found self_booking, expected no warning",
			"reason: Who books does so as the accounting-system user they are linked to and have logged in as.",
			"rule: document.book/booker", "source: ROLES, SETTINGS",
		},
		"cannot: [[anna, document.tag, document:inv-2]]": nil,
		"cannot: [[carla, document.tag, document:inv-2]]": {
			"3:24 carla document.tag document:inv-2: found yes, expected no",
			"reason: A Client user manages what is ready for tagging.",
			"rule: document.tag/client", "source: ROLES, SETTINGS",
			"to pass: Take away the access of carla to bakery. By bram, fatima, gerrit, joris, pieter or 1 more.",
		},
		"can: [[rosa, user.change_password, 'user:carla', {old_password_verified: true}]]": {
			"3:21 rosa user.change_password user:carla: found no, expected yes",
			"reason: user.change_password is for carla alone.", "code: not_self", "rule: user.change_password/self",
			"source: SETTINGS", "to pass: No change would allow it.",
		},
		"findings: [{id: S1, user: carla}]": {"3:26 no finding is {id: S1, user: carla}"},
		"findings: [{id: S1, user: sanne, acknowledged: false}]": {
			"3:26 no finding is {id: S1, user: sanne, acknowledged: false}",
		},
		"no_findings: [{id: S1}]":                          nil, // it is acknowledged
		"no_findings: [{level: error}, {company: bakery}]": nil,
		"no_findings: [{id: O5}]": {
			"3:29 found O5: twinfield is disconnected; its synchronisation user is pieter.", "to pass: Reconnect twinfield.",
		},
		"given: [[carla, user.delete, {user: bram}]], can: [[rosa, user.view, 'user:bram']]": {
			"3:23 carla user.delete: refused",
			"reason: user.delete is for Super user; carla is Client user.", "code: role_missing",
			"rule: user.delete/super-user", "source: ROLES, SETTINGS, TIPS",
		},
		"given: [[connection.record_disconnection, {system: twinfield}]], can: [[rosa, user.view, 'user:bram']]": nil,
		"given: [[rosa, connection.record_disconnection, {system: twinfield}]], can: [[rosa, user.view, 'user:bram']]": {
			"3:23 rosa connection.record_disconnection: refused",
			"reason: Only the software itself records this; no user does.", "code: software_only", "source: SYNC, SETTINGS",
		},
	} {
		if got := failures(t, words.English, text); !slices.Equal(got, want) {
			t.Errorf("%s tells\n%s\nwant\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestAFailureSaysSoInDutch(t *testing.T) {
	got := failures(t, words.Dutch, "can: [[anna, document.approve, document:inv-1]]")
	want := []string{"3:21 anna document.approve document:inv-1: gevonden no, verwacht yes", "code: not_in_turn"}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("no line %q in\n%s", line, strings.Join(got, "\n"))
		}
	}
}

// The smallest change is one: carried out by who may, what failed passes.
func TestTheSmallestChangeMakesItPass(t *testing.T) {
	carried := map[string]int{}
	users := []string{"rosa", "pieter", "bram", "fatima", "joris", "noor", "wim", "els", "anna", "carla", "dirk", "sanne", "tim", "lisa"}
	resources := map[policy.ResourceType][]string{
		policy.Document: {"inv-1", "inv-2", "inv-3", "inv-6", "inv-7", "inv-8", "inv-10", "inv-13"}, policy.Company: {"bakery", "garage"},
		policy.User: {"carla", "bram", "pieter"}, policy.Connection: {"exact", "twinfield"}, policy.Office: {"devries"},
	}
	rapid.Check(t, func(rt *rapid.T) {
		action := rapid.SampledFrom(slices.Collect(policy.AllActions())).Draw(rt, "action")
		who := rapid.SampledFrom(users).Draw(rt, "who")
		on := action.On().String() + ":" + rapid.SampledFrom(resources[action.On()]).Draw(rt, "on")
		can := rapid.SampledFrom([]string{"all", "none"}).Draw(rt, "can")
		table := fmt.Sprintf("tables: [{users: [%s], actions: [%s], resources: ['%s'], can: %s}]}\n", who, action, on, can)
		result := results(t, "  - {name: a, "+table)[0]
		if result.Passed() {
			return
		}
		remedy, ok := result.Failures[0].Smallest()
		if !ok || !remedy.ByOffice || len(remedy.By) == 0 {
			return
		}
		var given []string
		for _, change := range remedy.Changes {
			given = append(given, command(t, string(remedy.By[0]), change.Command()))
		}
		after := results(t, fmt.Sprintf("  - {name: a, given: [%s], %s", strings.Join(given, ", "), table))[0]
		if carried[can]++; !after.Passed() {
			rt.Fatalf("%s %s %s: after %v it still fails: %s", who, action, on, given, after.Failures[0].Message(words.English))
		}
	})
	t.Logf("smallest changes carried out: %v", carried)
	if carried["all"] < 10 || carried["none"] < 3 {
		t.Errorf("only so many smallest changes were carried out: %v", carried)
	}
}

// command is a command as a scenario gives it.
func command(t *testing.T, who string, c admin.Command) string {
	t.Helper()
	text, err := admin.WriteCommand(c)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	delete(fields, "command")
	if text, err = json.Marshal([]any{who, c.Name(), fields}); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRemediesMayBeExpected(t *testing.T) {
	for text, passes := range map[string]bool{
		"why_not: [[grant_role authoriser to carla]]":                                  false, // not enough
		"why_not: [[grant_role client_user to anna]]":                                  true,
		"why_not: [[grant_role client_user to anna], [grant_role accountant to anna]]": false,
		"why_not: []": false,
	} {
		r := results(t, "  - {name: a, cannot: [[anna, document.tag, document:inv-2, {}, {"+text+"}]]}\n")[0]
		if r.Passed() != passes {
			t.Errorf("%s: passed %t", text, r.Passed())
		}
	}
	none := results(t, "  - {name: a, cannot: [[rosa, user.change_password, 'user:carla', {old_password_verified: true}, {why_not: []}]]}\n")[0]
	if !none.Passed() {
		t.Errorf("nobody can change another's password, and yet: %s", none.Failures[0].Message(words.English))
	}
}

func TestTheZeroFailureSaysNothing(t *testing.T) {
	var f scenarios.Failure
	if _, ok := f.Smallest(); ok || f.Message(words.English) != "" || len(f.Details(policy.Reader{Audience: policy.Staff})) > 0 {
		t.Error("the zero Failure says something")
	}
}
