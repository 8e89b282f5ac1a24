package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhyNotIsWhatTheContractSays(t *testing.T) {
	for _, c := range []struct{ ask, want string }{
		{
			"carla company.change_settings company:bakery",
			`[{"changes":["grant_role sme_accountant to carla"],"by":["bram","fatima","gerrit","joris","noor","pieter","rosa"],"by_office":true},` +
				`{"changes":["grant_role accountant to carla"],"by":["bram","fatima","gerrit","joris","noor","pieter","rosa"],"by_office":true},` +
				`{"changes":["grant_role super_user to carla"],"by":["pieter","rosa"],"by_office":true}]`,
		},
		{
			"bob document.reject document:inv-1",
			`[{"changes":["give comment"],"by":["bob"],"by_office":false}]`,
		},
		{
			"anna document.approve document:inv-1",
			`[{"changes":["await turn of anna on inv-1"],"by":["els","rosa"],"by_office":false}]`,
		},
		{
			"joris document.book document:inv-7",
			`[{"changes":["enter_accounting_password exact for joris"],"by":["joris","pieter","rosa"],"by_office":true}]`,
		},
		{
			"wim document.view document:inv-7",
			`[{"changes":["change_end_date none for wim"],"by":["bram","fatima","gerrit","joris","noor","pieter","rosa"],"by_office":true}]`,
		},
		{
			"carla document.view document:inv-9 --at 2026-11-22T09:00:00Z",
			`[]`,
		},
		{
			"carla document.assign document:inv-2 --with authorisers=[hendrik]",
			`[{"changes":["change_company_access +bakery for hendrik"],"by":["bram","fatima","gerrit","joris","pieter","rosa"],"by_office":true}]`,
		},
		{
			"dirk document.tag document:inv-2",
			`[{"changes":["change_roles [client_user] for dirk"],"by":["bram","fatima","gerrit","joris","noor","pieter","rosa"],"by_office":true}]`,
		},
		{
			"rosa user.change_bill_to user:anna --with bill_to=bakery",
			`[{"changes":["change_settings payment_agreement=true for bakery"],"by":["pieter","rosa"],"by_office":true}]`,
		},
		{
			"bram user.change_password user:carla",
			`[]`,
		},
	} {
		got := runWith("", append(strings.Fields("why-not "+c.ask), "--json", "-f", devries)...)
		var line struct {
			Decision bool
			Remedies json.RawMessage
		}
		if err := json.Unmarshal([]byte(got.out), &line); err != nil || strings.Count(got.out, "\n") != 1 || got.errors != "" {
			t.Errorf("%s: %v\n%s%s", c.ask, err, got.out, got.errors)
		}
		if diff := cmp.Diff(c.want, string(line.Remedies)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.ask, diff)
		}
		if want := map[bool]int{true: exitYes, false: exitNo}[c.want != "[]"]; got.code != want {
			t.Errorf("%s: exit %d, want %d", c.ask, got.code, want)
		}
	}
}

func TestWhyNotSaysWhatIsAllowedAlreadyAndWhatCannotBeAsked(t *testing.T) {
	for _, c := range []struct {
		args, says string
		code       int
	}{
		{"rosa office.view_settings office:devries", "It is allowed already", exitNo},
		{"bram user.change_password user:carla", "only for the user concerned", exitNo},
		{"rosa user.change_email user:carla", "No change would allow it.", exitNo},
		{"nobody document.view document:inv-1", "There is no user \"nobody\" in this office.", exitNo},
		{"rosa document.fly document:inv-1", "There is no action", exitNo},
		{"rosa document.view document:inv-999", "No change would allow it.", exitNo},
		{"carla document.merge document:inv-2 --with with=[inv-3]", "cannot be one", exitNo},
		{"carla document.book document:inv-7", "These would help and may not be", exitYes},
		{"tim document.view document:inv-10", "Nobody may do all of this alone. Not all of it is a change of the office.", exitYes},
		{"bob document.reject document:inv-1", "By bob. This is no change of the office.", exitYes},
		{"pieter user.delete user:rosa", "Or the same with rosa@exact in the place of fatima@exact.", exitYes},
		{"carla document.book document:inv-7 --lang nl", "Geef carla de rol Accountant.", exitYes},
	} {
		got := runWith("", append(strings.Fields("why-not "+c.args), "-f", devries)...)
		if flat := strings.Join(strings.Fields(got.out), " "); got.code != c.code || !strings.Contains(flat, c.says) || got.errors != "" {
			t.Errorf("mandaat why-not %s: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
		for line := range strings.Lines(got.out) {
			if len([]rune(strings.TrimSuffix(line, "\n"))) > 80 {
				t.Errorf("mandaat why-not %s: a line is longer than 80: %q", c.args, line)
			}
		}
	}
	for _, args := range []string{
		"carla document.book inv-7", "carla document.book document:inv-7 --with comment=x", "carla document.book document:inv-7 --at soon",
		"carla document.book document:inv-7 --lang fr", "carla document.book", "carla document.book document:inv-7 --audience nobody",
	} {
		if got := runWith("", append(strings.Fields("why-not "+args), "-f", devries)...); got.code != exitUnusable || got.out != "" || got.errors == "" {
			t.Errorf("mandaat why-not %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
	if got := runWith("", "why-not", "carla", "document.book", "document:inv-7", "-f", "nowhere.yaml"); got.code != exitUnusable {
		t.Errorf("without a file: exit %d\n%s", got.code, got.errors)
	}
}

func TestWhyNotReadsAnOfficeFromStandardInput(t *testing.T) {
	office, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	ask := []string{"why-not", "tim", "user.view", "user:omar", "--json", "-f"}
	file, piped := runWith("", append(ask, devries)...), runWith(string(office), append(ask, "-")...)
	if file != piped || file.code != exitYes || len(file.out) < 1000 {
		t.Errorf("exit %d and %d\n%s%s", file.code, piped.code, file.out, piped.errors)
	}
}
