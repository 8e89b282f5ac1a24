package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const requests = "../../examples/devries/requests.jsonl"

func TestTheLeastRoles(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"roles --can document.upload,document.book --cannot document.tag/client", exitYes, "1. SME Accountant and Restricted client user\n   also allows: company.list_authorisers, document.view,"},
		{"roles --can document.upload --can document.book --cannot document.tag/client", exitYes, "\n2. Accountant and Restricted client user\n"},
		{"roles --can document.approve", exitYes, "1. Authoriser\n   also allows: document.view, document.reject\n"},
		{"roles --can document.approve,document.reject,document.view/in-turn", exitYes, "1. Authoriser\n   also allows: nothing\n"},
		{"roles --can document.view+stage_archived --cannot document.book --lang nl", exitYes, " en het archiefrecht all\n   staat ook toe: "},
		{"roles --can document.approve --cannot document.book,document.view+in_turn", exitNo, "No roles and rights will do. These cannot be had together:\nwanted     document.approve\nexcluded   document.view+in_turn\n"},
		{"roles --cannot connection.reconnect", exitNo, "together:\nexcluded   connection.reconnect\n"},
		{"roles --cannot document.view+stage_booking", exitYes, "1. Authoriser\n"},
	} {
		got := runWith("", strings.Fields(c.args)...)
		if _, wide := tooWide(got.out); got.code != c.code || !strings.Contains(got.out, c.says) || got.errors != "" || wide != "" {
			t.Errorf("mandaat %s: exit %d, too wide is %q\n%s%s", c.args, got.code, wide, got.out, got.errors)
		}
	}
}

func TestTheLeastRolesInJSON(t *testing.T) {
	for args, says := range map[string]string{
		"--can document.approve": `{"can":["document.approve"],"cannot":[],"grants":[{"roles":["authoriser"],"rights":[],"else":["document.view/in-turn","document.reject/in-turn"]}]}`,
		"--can document.view+stage_archived,document.approve --cannot document.view+stage_booking": `"grants":[{"roles":["authoriser"],"rights":["archive_right"],"else":`,
		"--can document.approve --cannot document.approve,document.book":                           `"grants":[],"collision":{"can":["document.approve"],"cannot":["document.approve"]}}`,
	} {
		got := runWith("", strings.Fields("roles --json "+args)...)
		if !strings.Contains(got.out, says) || strings.Count(got.out, "\n") != 1 || !json.Valid([]byte(got.out)) {
			t.Errorf("%s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

func TestWhatWasNeverNeeded(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"bram", exitYes, "Of the requests of bram, 3 of 4 are allowed as the office is now; 12 are of\nothers.\nNever needed for them:\n- roles: Client user\n- companies: garage\nTo take that away:\n- Revoke the role Client user from bram.\n"},
		{"bram --lang nl", exitYes, "Daarvoor nooit nodig:\n- rollen: Klantgebruiker\n"},
		{"carla", exitNo, "2 of 4 are allowed as the office is now; 12 are of\nothers.\nEverything that carla holds could be needed for them.\n"},
		{"els", exitNo, "Of the requests of els, 0 of 0 are allowed as the office is now; 16 are of\nothers.\nSo the record does not tell what was needed.\n"},
		{"els --json", exitNo, `"never":{"roles":[],"rights":[],"companies":[],"links":[]},"changes":[],"enough":[],"more":false}`},
		{"bram --json", exitYes, `"never":{"roles":["client_user"],"rights":[],"companies":["garage"],"links":[]},"changes":["revoke_role client_user from bram","change_company_access -garage for bram"],"enough":[{"roles":["accountant"],"rights":[],"companies":["bakery","florist"],"links":["exact"]}],"more":false}`},
	} {
		got := runWith("", slices.Concat([]string{"roles"}, strings.Fields(c.args), []string{"--record", requests, "-f", devries})...)
		if _, wide := tooWide(got.out); got.code != c.code || !strings.Contains(got.out, c.says) || got.errors != "" || wide != "" && !strings.Contains(c.args, "json") {
			t.Errorf("mandaat roles %s: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
	}
}

// What is kept and what there is to choose is told too: pieter's duty, and either of
// his roles.
func TestWhatIsKeptAndWhatWouldDo(t *testing.T) {
	record := `{"subject":{"type":"user","id":"pieter"},"action":{"name":"user.view"},"resource":{"type":"user","id":"pieter"}}
{"subject":{"type":"user","id":"bram"},"action":{"name":"user.view"},"resource":{"type":"user","id":"bram"}}
{"subject":{"type":"group","id":"bram"},"action":{"name":"user.view"},"resource":{"type":"user","id":"bram"}}
`
	for user, says := range map[string]string{
		"pieter": "Everything that pieter holds could be needed for them.\nKept, since the office cannot do without:\n- companies: bookshop, dentist\n- links: twinfield\n",
		"bram":   "Of the requests of bram, 1 of 1 are allowed as the office is now; 2 are of\nothers.\nNever needed for them:\n- companies: bakery, florist, garage\n- links: exact\nTo take that away:\n- Take away the access of bram to bakery, florist and garage.\n- Take away the link of bram to exact.\nAny of these would have been enough:\n1. Accountant\n2. Client user\n",
	} {
		if got := runWith(record, "roles", user, "--record", "-", "-f", devries); !strings.HasSuffix(got.out, says) {
			t.Errorf("%s: exit %d\n%s%s", user, got.code, got.out, got.errors)
		}
	}
}

func TestWhatRolesCannotWorkOut(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.jsonl")
	if err := os.WriteFile(broken, []byte("{}\n"+bookIt+"\nnot a request\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	usage := "expected --can or --cannot, or a USER with --record and --file"
	for args, says := range map[string]string{
		"":                               usage,
		"bram":                           usage,
		"bram --can document.view":       usage,
		"--can document.view --record x": usage,
		"--can document.view --at x":     usage,
		"bram --record " + requests:      usage,
		"--can document.fly --cannot company.fly":        "--can: found \"document.fly\", expected an action such as document.view\n--cannot: found \"company.fly\"",
		"--can document.view,":                           `--can: found "", expected an action`,
		"--can document.view --lang de":                  "--lang: ",
		"a b":                                            "accepts at most 1 arg(s)",
		"bram --record - -f -":                           "expected the office or the record on standard input",
		"nobody --record " + requests + " -f " + devries: `USER: found "nobody", expected a user of the office`,
		"bram --record none -f " + devries:               "cannot read the record",
		"bram --record " + broken + " -f " + devries:     broken + ":1: ",
		"bram --record  " + broken + "  -f " + devries:   broken + ":3: ",
		"bram --at noon --record x -f " + devries:        "--at: ",
	} {
		got := runWith("", append([]string{"roles"}, strings.Fields(args)...)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, says) {
			t.Errorf("mandaat roles %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

func TestHelpOfTheRightsCommands(t *testing.T) {
	for _, command := range []string{"roles", "who", "matrix"} {
		got := runWith("", command, "--help")
		prose, _, _ := strings.Cut(got.out, "Flags:")
		if _, wide := tooWide(prose); got.code != exitYes || wide != "" || !strings.Contains(got.out, "Examples:\n  mandaat "+command) {
			t.Errorf("exit %d\n%s", got.code, got.out)
		}
	}
}
