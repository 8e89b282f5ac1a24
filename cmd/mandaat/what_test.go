package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatTellsWhatSomebodyMayDo(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says []string
	}{
		{"carla", exitYes, []string{
			"document.upload, company.list_authorisers, company.view\n  on bakery\n", "  to anna and bob\n",
			"document.split, document.merge, document.tag\n  documents ready for tagging, whoever delivered them\n  of bakery\n",
		}},
		{"dirk", exitYes, []string{"documents ready for tagging, delivered by themselves\n"}},
		{"rosa", exitYes, []string{"on every user\n", "on all 5 companies\n"}},
		{"rosa --lang nl", exitYes, []string{"op elke gebruiker\n", "op alle 5 administraties\n"}},
		{"wim", exitNo, []string{"wim may do nothing.\n"}},
		{"wim --at 2024-01-01T00:00:00Z", exitYes, []string{"document.upload"}},
		{"gerrit --at 2032-01-01T00:00:00Z --lang nl", exitNo, []string{"gerrit mag niets doen.\n"}},
		{"carla document:inv-2", exitYes, []string{"yes  document.view\n", "yes  document.assign                   takes authorisers\n", "no   document.book                     role_missing\n"}},
		{"wim document:inv-2", exitNo, []string{"no   document.view                     inactive_user\n"}},
		{"carla user:carla --lang nl", exitYes, []string{"yes  user.view\n", "vraagt om old_password_verified\n", "no   user.delete "}},
		{"carla company:bakery", exitYes, []string{"yes  document.upload\n", "no   company.delete "}},
		{"pieter connection:twinfield", exitYes, []string{"yes  connection.reconnect\n", "takes synchronisation_user\n"}},
		{"rosa office:devries", exitYes, []string{"takes roles, companies\n", "yes  user.import\n"}},
	} {
		got := runWith("", append([]string{"what", "-f", devries}, strings.Fields(c.args)...)...)
		if got.code != c.code || got.errors != "" {
			t.Errorf("mandaat what %s: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
		for _, says := range c.says {
			if !strings.Contains(got.out, says) {
				t.Errorf("mandaat what %s does not say %q:\n%s", c.args, says, got.out)
			}
		}
	}
}

func TestWhatSaysWhyItCannotBeAsked(t *testing.T) {
	for args, says := range map[string]string{
		"zed":                      `USER: found "zed", expected a user of this office`,
		"zed document:inv-2":       `USER: found "zed", expected a user of this office`,
		"carla document:inv-999":   `RESOURCE: found "document:inv-999", expected a document that there is`,
		"carla company:moon":       `RESOURCE: found "company:moon", expected a company that there is`,
		"carla office:jansen":      `expected a office that there is`,
		"carla folder:1":           "RESOURCE: ",
		"carla inv-2":              `RESOURCE: found "inv-2", expected type:id, such as document:inv-1`,
		"carla --at noon":          "--at: ",
		"carla user:bob --at noon": "--at: ",
		"carla user:bob --lang de": "--lang: ",
		"carla user:bob office:de": "accepts between 1 and 2 arg(s)",
	} {
		got := runWith("", append([]string{"what", "-f", devries}, strings.Fields(args)...)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, says) {
			t.Errorf("mandaat what %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
	if got := runWith("", "what", "carla", "-f", "nowhere.yaml"); got.code != exitUnusable {
		t.Errorf("exit %d", got.code)
	}
	if got := runWith("", "what", "carla", "user:bob", "-f", "nowhere.yaml"); got.code != exitUnusable {
		t.Errorf("exit %d", got.code)
	}
}

func TestWhatPrintsJSON(t *testing.T) {
	got := runWith("", "what", "dirk", "-f", devries, "--json")
	var groups []groupLine
	if err := json.Unmarshal([]byte(got.out), &groups); err != nil || got.code != exitYes || len(groups) < 4 {
		t.Fatalf("exit %d: %v\n%s", got.code, err, got.out)
	}
	for _, says := range []string{
		`{"users":["dirk"],"actions":["document.upload","company.list_authorisers","company.view"],"companies":["bakery"]}`,
		`{"document":{"stage":"archived","delivered_by":"self","ever_assigned":false}}`,
		`"who":["anna","bob"]`, `"self":true`,
	} {
		if !strings.Contains(got.out, says) {
			t.Errorf("it does not say %s:\n%s", says, got.out)
		}
	}
	if got := runWith("", "what", "wim", "-f", devries, "--json"); got.code != exitNo || got.out != "[]\n" {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
	on := runWith("", "what", "carla", "document:inv-2", "-f", devries, "--json")
	var lines []whatLine
	if err := json.Unmarshal([]byte(on.out), &lines); err != nil || on.code != exitYes || len(lines) != 12 {
		t.Fatalf("exit %d: %v\n%s", on.code, err, on.out)
	}
	if !strings.Contains(on.out, `{"action":"document.assign","decision":true,"rule":"document.assign/client","takes":["authorisers"]}`) {
		t.Error(on.out)
	}
}
