package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// changedOffice is a copy of the example office after a command.
func changedOffice(t *testing.T, command ...string) string {
	t.Helper()
	office, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "office.yaml")
	if err := os.WriteFile(name, office, 0o600); err != nil {
		t.Fatal(err)
	}
	if len(command) > 0 {
		if got := runWith("", append([]string{"do", "-f", name, "--as", "rosa"}, command...)...); got.code != exitYes {
			t.Fatalf("mandaat do %v: %s%s", command, got.out, got.errors)
		}
	}
	return name
}

func TestDiffTellsWhatDiffersInItsExitCode(t *testing.T) {
	granted := changedOffice(t, "user.grant_role", "user=carla", "role=authoriser")
	renamed := changedOffice(t, "office.change_settings", "name=Renamed")
	for _, c := range []struct {
		args string
		code int
		says []string
	}{
		{devries + " " + devries, exitYes, []string{"same\n"}},
		{devries + " " + renamed, exitYes, []string{"same\n"}},
		{devries + " " + granted, exitNo, []string{"differs\n\nbram, fatima, gerrit and joris\n  + document.assign\n", "      to carla\n"}},
		{granted + " " + devries, exitNo, []string{"  - document.view, document.approve, document.reject\n"}},
		{devries + " --as rosa --do user.grant_role user=carla role=authoriser", exitNo, []string{"  + document.view, document.approve, document.reject\n"}},
		{devries + " --as rosa --do user.change_details user=carla spenser=true", exitYes, []string{"same\n"}},
		{devries + " --do connection.record_disconnection system=exact", exitYes, []string{"same\n"}},
		{devries + " --as rosa --do user.change_end_date user=dirk end_date=2031-01-31", exitNo, []string{"The end date of dirk was none and is 2031-01-31.\n"}},
		{devries + " " + granted + " --user els", exitNo, []string{"differs\n\nels\n", "document.reassign"}},
		{devries + " " + granted + " --user omar", exitYes, []string{"same\n"}},
		{devries + " " + granted + " --user dirk --lang nl", exitNo, []string{"documenten klaar om te taggen, zelf aangeleverd\n"}},
		{devries + " " + changedOffice(t, "user.delete", "user=gerrit"), exitNo, []string{"gerrit\n  - document.upload"}},
		{devries + " " + changedOffice(t, "user.delete", "user=gerrit") + " --at 2032-01-01T00:00:00Z --user gerrit", exitYes, []string{"same\n"}},
	} {
		got := runWith("", append([]string{"diff"}, strings.Fields(c.args)...)...)
		if got.code != c.code || got.errors != "" {
			t.Errorf("mandaat diff %s: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
		for _, says := range c.says {
			if !strings.Contains(got.out, says) {
				t.Errorf("mandaat diff %s does not say %q:\n%s", c.args, says, got.out)
			}
		}
	}
}

func TestDiffSaysWhyItCannotBeFoundOut(t *testing.T) {
	for args, says := range map[string]string{
		devries:                                          "found 1 files, expected two, or one and a command with --do",
		devries + " " + devries + " x":                   "found 3 files, expected two",
		"- -":                                            "found - twice, expected standard input once",
		"- --do -":                                       "found - twice, expected standard input once",
		devries + " " + devries + " --as rosa":           "--as: expected a command too, with --do",
		devries + " nowhere.yaml":                        "cannot read the office file",
		"nowhere.yaml " + devries:                        "cannot read the office file",
		devries + " " + devries + " --at noon":           "--at: ",
		devries + " " + devries + " --lang de":           "--lang: ",
		devries + " " + devries + " --user zed":          `--user: found "zed", expected a user of one of the offices`,
		devries + " --as rosa --do user.fly":             "user.fly",
		devries + " --as rosa --do user.delete user=zed": "zed",
		devries + " --as carla --do user.grant_role user=carla role=authoriser":     "refused\non       user:carla\n",
		devries + " --as rosa --do user.delete user=rosa --lang nl":                 "synchronisation_duty",
		devries + " --as zed --do user.grant_role user=carla role=authoriser":       "unknown_user",
		devries + " --as rosa --do user.grant_role role=authoriser role=authoriser": "found role twice",
	} {
		got := runWith("", append([]string{"diff"}, strings.Fields(args)...)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, says) {
			t.Errorf("mandaat diff %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

func TestDiffReadsStandardInput(t *testing.T) {
	office, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	if got := runWith(string(office), "diff", "-", devries); got.code != exitYes || got.out != "same\n" {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.errors)
	}
	command := `{"command":"user.grant_role","user":"carla","role":"authoriser"}`
	if got := runWith(command, "diff", devries, "--as", "rosa", "--do", "-"); got.code != exitNo || !strings.Contains(got.out, "carla\n  + document.view") {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.errors)
	}
}

// expanded counts the rights of what --json printed.
func (g groupLine) expanded() (n int) {
	on := max(len(g.Companies), len(g.Connections))
	if g.Office != "" {
		on = 1
	}
	for _, user := range g.Users {
		here := on
		for _, t := range g.Targets {
			if t != user {
				here++
			}
		}
		if g.Self {
			here++
		}
		n += here * len(g.Actions) * max(1, len(g.Who)) * max(1, len(g.With))
	}
	return n
}

func TestDiffPrintsAllRightsAsJSON(t *testing.T) {
	program := program{}
	before, err := program.state(devries)
	if err != nil {
		t.Fatal(err)
	}
	after, _, err := admin.Apply(before, "rosa", now(), admin.ChangeRoles{User: "omar", Roles: roles.SetOf(roles.SuperUser, roles.ClientUser)})
	if err != nil {
		t.Fatal(err)
	}
	want := review.Compare(before, after, now())
	got := runWith("", "diff", devries, "--as", "rosa", "--do", "user.change_roles", "user=omar", "roles=[super_user, client_user]", "--json")
	var line diffLine
	if err := json.Unmarshal([]byte(got.out), &line); err != nil || got.code != exitNo {
		t.Fatalf("exit %d: %v\n%s", got.code, err, got.out)
	}
	gained, lost := 0, 0
	for _, g := range line.Gained {
		gained += g.expanded()
	}
	for _, g := range line.Lost {
		lost += g.expanded()
	}
	if gained != want.Gained.Len() || lost != want.Lost.Len() || gained < 1000 {
		t.Errorf("%d rights are gained and %d lost, want %d and %d", gained, lost, want.Gained.Len(), want.Lost.Len())
	}
	for _, says := range []string{
		`"users":["omar"],"actions":["company.view"],"companies":["bakery","dentist","florist","garage"]`,
		`"with":[{},{"from":"0001-01-01"}]`, `"ends":[],"access":[]}`,
	} {
		if !strings.Contains(got.out, says) {
			t.Errorf("it does not say %s:\n%.3000s", says, got.out)
		}
	}
	if same := runWith("", "diff", devries, devries, "--json"); same.code != exitYes || same.out != `{"gained":[],"lost":[],"ends":[],"access":[]}`+"\n" {
		t.Errorf("exit %d: %s", same.code, same.out)
	}
}

// Whatever is told of the example office fits 80 columns, in either language, but
// for nothing: its names are short.
func TestRightsFitTheirColumns(t *testing.T) {
	program := program{}
	s, err := program.state(devries)
	if err != nil {
		t.Fatal(err)
	}
	var who []users.ID
	for u := range s.Office().Users() {
		who = append(who, u.ID)
	}
	lines := 0
	for _, lang := range []string{"en", "nl"} {
		var texts []string
		for _, id := range who {
			texts = append(texts, runWith("", "what", string(id), "-f", devries, "--lang", lang).out)
			texts = append(texts, runWith("", "diff", devries, "--as", "rosa", "--do", "user.change_end_date", "user="+string(id), "end_date=2030-01-01", "--lang", lang).out)
		}
		for line := range strings.Lines(strings.Join(slices.Compact(texts), "")) {
			lines++
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%d columns: %s", n, line)
			}
		}
	}
	if lines < 1000 {
		t.Errorf("only %d lines", lines)
	}
}
