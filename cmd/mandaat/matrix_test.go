package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
)

func TestTheMatrixOfRoles(t *testing.T) {
	got := runWith("", "matrix")
	if _, wide := tooWide(got.out); got.code != exitYes || wide != "" {
		t.Errorf("exit %d, too wide is %q", got.code, wide)
	}
	for _, says := range []string{
		"SU Super user\n", "action                             SU AC SM AA AU CU RC\n",
		"document.upload                     .  .  .  .  .  X  X\n", "user.delete                         X  .  .  .  .  .  .\n",
		"o  under conditions besides\n", "Whatever the role, document.view opens in some situations to the archive right\nall.\n",
	} {
		if !strings.Contains(got.out, says) {
			t.Errorf("%q is not in\n%s", says, got.out)
		}
	}
	if dutch := runWith("", "matrix", "--lang", "nl"); !strings.Contains(dutch.out, "RC Beperkte Klantgebruiker\n") || !strings.Contains(dutch.out, ".  nooit\n") {
		t.Errorf("in Dutch\n%s", dutch.out)
	}
}

// The three forms say the same, of every action and role.
func TestTheMatrixOfRolesInEveryForm(t *testing.T) {
	var out struct {
		Actions []struct {
			Action policy.Action
			Roles  map[string]review.Extent
			Rights []string
		}
	}
	if err := json.Unmarshal([]byte(runWith("", "matrix", "--json").out), &out); err != nil {
		t.Fatal(err)
	}
	text, markdown := runWith("", "matrix").out, runWith("", "matrix", "--format", "markdown").out
	i := 0
	for l := range review.Matrix() {
		cells := ""
		for _, role := range roles.All() {
			if out.Actions[i].Action != l.Action || out.Actions[i].Roles[role.String()] != l.Of(role) {
				t.Errorf("%s for %s in JSON", l.Action, role)
			}
			cells += " " + [...]string{".", "o", "X"}[l.Of(role)]
		}
		row := l.Action.String() + strings.Repeat(" ", 35-len(l.Action.String())) + strings.ReplaceAll(cells, " ", "  ")[1:] + "\n"
		if !strings.Contains(text, row) {
			t.Errorf("no row %q", row)
		}
		row = "| " + strings.ReplaceAll(l.Action.String(), "_", `\_`) + strings.ReplaceAll(cells, " ", " | ") + " |\n"
		if !strings.Contains(markdown, row) {
			t.Errorf("no row %q", row)
		}
		i++
	}
	if i != len(out.Actions) || i < 48 {
		t.Errorf("%d actions", i)
	}
}

func TestTheMatrixOfUsers(t *testing.T) {
	got := runWith("", "matrix", "--on", "document:inv-7", "-f", devries)
	for _, says := range []string{
		"K  document.book\n", "user     A B C D E F G H I J K L\n",
		"anna     . . . . . . . . . . . .\n", "bram     y . . . . . . . . y y .\n", "y  may\n.  may not\n",
	} {
		if got.code != exitYes || !strings.Contains(got.out, says) {
			t.Errorf("exit %d, %q is not in\n%s%s", got.code, says, got.out, got.errors)
		}
	}
	if later := runWith("", "matrix", "--on", "document:inv-7", "--at", "2032-01-01T00:00:00Z", "-f", devries); !strings.Contains(later.out, "gerrit   . . . .") {
		t.Errorf("later\n%s", later.out)
	}
	inJSON := runWith("", "matrix", "--on", "document:inv-7", "--json", "-f", devries)
	if !strings.Contains(inJSON.out, `{"user":"anna","may":[]},{"user":"bob","may":[]},{"user":"bram","may":["document.view","document.return","document.book"]}`) {
		t.Error(inJSON.out)
	}
	markdown := runWith("", "matrix", "--on", "connection:exact", "--format", "markdown", "-f", devries)
	if !strings.HasPrefix(markdown.out, "| user | accounting_system.delete |") || !strings.Contains(markdown.out, "| rosa | . | y | y | y | y |\n") {
		t.Error(markdown.out)
	}
}

func TestWhatTheMatrixCannotShow(t *testing.T) {
	for args, says := range map[string]string{
		"matrix --format html":                      `--format: found "html", expected text or markdown`,
		"matrix --on document:inv-7":                "expected --on and --file together",
		"matrix -f " + devries:                      "expected --on and --file together",
		"matrix --at 2026-11-22T09:00:00Z":          "--at: found without --on",
		"matrix --on document:inv-99 -f " + devries: "unknown_resource: ",
		"matrix --on folder:1 -f " + devries:        `--on: found "folder", expected one of document`,
		"matrix --on inv-7 -f " + devries:           `--on: found "inv-7", expected type:id`,
		"matrix --on office:other -f " + devries:    "unknown_resource: ",
		"matrix --lang de":                          "--lang: ",
		"matrix x":                                  "unknown command",
		"matrix --on user:anna -f none.yaml":        "cannot read the office file",
	} {
		got := runWith("", strings.Fields(args)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, says) {
			t.Errorf("mandaat %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}
