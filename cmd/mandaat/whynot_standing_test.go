package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Of what is allowed the contract's members stay as they are, and beside them stands
// what allows it and what would end that.
func TestWhyNotTellsWhatWouldEndWhatIsAllowed(t *testing.T) {
	for _, c := range []struct{ ask, want string }{
		{
			"bram company.view company:bakery",
			`{"rules":[{"rule":"company.view/access","source":"ROLES, ADD"}],"endings":[` +
				`{"changes":["change_company_access -bakery for bram"],"by":["fatima","gerrit","joris","pieter","rosa"],"by_office":true,"code":"no_company_access"},` +
				`{"changes":["change_end_date 2026-11-22 for bram"],"by":["fatima","gerrit","joris","noor","pieter","rosa"],"by_office":true,"code":"inactive_user"}],` +
				`"barred":[],"cut":false}`,
		},
		{
			"rosa connection.reconnect connection:exact",
			`{"rules":[{"rule":"connection.reconnect/duty","source":"SYNC"}],"endings":[` +
				`{"changes":["manage fatima for exact"],"by":["pieter","rosa"],"by_office":true,"code":"not_self"}],"barred":[` +
				`{"changes":["change_end_date 2026-11-22 for rosa"],"code":"synchronisation_duty","reason":"An accounting system would be left without its synchronisation user."},` +
				`{"changes":["manage pieter fatima@exact for exact"],"code":"candidate_unfit","reason":"The one chosen cannot be the synchronisation user."},` +
				`{"changes":["manage pieter rosa@exact for exact"],"code":"candidate_unfit","reason":"The one chosen cannot be the synchronisation user."}],"cut":false}`,
		},
		{"anna document.approve document:inv-1", ``},
	} {
		got := runWith("", append(strings.Fields("why-not "+c.ask), "--json", "-f", devries)...)
		var line struct {
			Decision           bool
			Remedies, Standing json.RawMessage
		}
		if err := json.Unmarshal([]byte(got.out), &line); err != nil || strings.Count(got.out, "\n") != 1 || got.errors != "" {
			t.Errorf("%s: %v\n%s%s", c.ask, err, got.out, got.errors)
		}
		if diff := cmp.Diff(c.want, string(line.Standing)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.ask, diff)
		}
		if allowed := c.want != ""; line.Decision != allowed || allowed && (string(line.Remedies) != "[]" || got.code != exitNo) {
			t.Errorf("%s: exit %d, decision %v, remedies %s", c.ask, got.code, line.Decision, line.Remedies)
		}
	}
}

func TestWhyNotSaysWhatWouldEndWhatIsAllowed(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"rosa office.view_settings office:devries", "It is allowed already: there is nothing to change. It is allowed by: - office.view_settings/super-user (ROLES)"},
		{"bram user.view user:bram", "- user.view/self (SETTINGS, TIPS) Everyone sees"},
		{"bram user.view user:bram", "- user.view/accountant (ROLES) An Accountant sees all users."},
		{"carla document.tag document:inv-2", "Each of these would end it: 1. Take away the access of carla to bakery."},
		{"carla document.tag document:inv-2", "These would end it and may not be, whoever makes them: - Revoke the role Client user from carla."},
		{"carla document.tag document:inv-2 --lang nl", "Elk van deze zou daar een eind aan maken: 1. Neem"},
		{"rosa user.change_roles user:carla --with roles=[authoriser]", "- user.change_roles/super-user, for client_user (ROLES, SETTINGS, TIPS)"},
		{"rosa user.change_roles user:carla --with roles=[authoriser] --lang nl", "- user.change_roles/super-user, voor authoriser"},
	} {
		got := runWith("", append(strings.Fields("why-not "+c.args), "-f", devries)...)
		if flat := strings.Join(strings.Fields(got.out), " "); got.code != exitNo || !strings.Contains(flat, c.says) || got.errors != "" {
			t.Errorf("mandaat why-not %s: exit %d, without %q\n%s%s", c.args, got.code, c.says, got.out, got.errors)
		}
		for line := range strings.Lines(got.out) {
			if len([]rune(strings.TrimSuffix(line, "\n"))) > 80 {
				t.Errorf("mandaat why-not %s: a line is longer than 80: %q", c.args, line)
			}
		}
	}
}
