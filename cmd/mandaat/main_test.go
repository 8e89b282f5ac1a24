package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// now is the moment the tests run at.
func now() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

type result struct {
	code        int
	out, errors string
}

func runWith(stdin string, args ...string) result {
	var out, problems bytes.Buffer
	p := program{in: strings.NewReader(stdin), out: &out, problems: &problems, now: now}
	code := p.run(context.Background(), args)
	return result{code, out.String(), problems.String()}
}

const devries = "../../examples/devries/office.yaml"

func TestCanAnswersOnItsFirstLineAndInItsExitCode(t *testing.T) {
	for _, c := range []struct {
		args  string
		code  int
		first string
		says  string
	}{
		{"can bram document.book document:inv-7", exitYes, "yes", "rule     document.book/booker"},
		{"can anna document.approve document:inv-1", exitNo, "no", "code     not_in_turn"},
		{"can bob document.approve document:inv-1", exitYes, "yes", "source   ROLES, SETTINGS"},
		{"can bob document.reject document:inv-1 --with comment=wrong", exitYes, "yes", "in-turn"},
		{"can bob document.reject document:inv-1", exitNo, "no", "missing_property"},
		{"can carla document.assign document:inv-2 --with authorisers=[anna,bob]", exitYes, "yes", "client"},
		{"can rosa user.change_end_date user:carla --with end_date=2031-01-31", exitYes, "yes", "super-user"},
		{"can rosa user.change_end_date user:carla --with end_date=null", exitYes, "yes", "super-user"},
		{"can rosa user.change_end_date user:carla --with end_date=soon", exitNo, "no", "bad_property"},
		{"can carla user.change_password user:carla --with old_password_verified=true", exitYes, "yes", "self"},
		{"can carla user.change_password user:carla --with old_password_verified=yes", exitNo, "no", "bad_property"},
		{"can nobody document.view document:inv-1", exitNo, "no", "unknown_user"},
		{"can rosa document.fly document:inv-1", exitNo, "no", "unknown_action"},
		{"can rosa document.view document:inv-999", exitNo, "no", "unknown_resource"},
		{"can rosa document.view folder:inv-1", exitNo, "no", "unknown_resource"},
		{"can wim document.view document:inv-7", exitNo, "no", "inactive_user"},
		{"can wim document.view document:inv-7 --at 2024-06-30T21:59:59Z", exitYes, "yes", "booker"},
		{"can wim document.view document:inv-7 --at 2024-06-30T22:00:00Z", exitNo, "no", "2024-07-01"},
		{"can noor document.book document:inv-13", exitYes, "yes", "warning  connection_disconnected"},
	} {
		got := runWith("", append(strings.Fields(c.args), "-f", devries)...)
		first, _, _ := strings.Cut(got.out, "\n")
		if got.code != c.code || first != c.first || !strings.Contains(got.out, c.says) || got.errors != "" {
			t.Errorf("mandaat %s: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
	}
}

func TestCanPrintsTheAnswerAsEvaluateDoes(t *testing.T) {
	asked := runWith("", "can", "anna", "document.approve", "document:inv-1", "--json", "-f", devries)
	evaluated := runWith(`{"subject":{"type":"user","id":"anna"},"action":{"name":"document.approve"},"resource":{"type":"document","id":"inv-1"}}`,
		"evaluate", "-f", devries)
	if asked.out != evaluated.out || asked.code != exitNo || evaluated.code != exitYes {
		t.Errorf("can says %d %s\nevaluate says %d %s", asked.code, asked.out, evaluated.code, evaluated.out)
	}
}

func TestWhatCouldNotBeAsked(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(bad, []byte("version: 2\noffice: 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, says string }{
		{"can bram document.book document:inv-7", `required flag(s) "file" not set`},
		{"can bram document.book document:inv-7 -f " + bad, bad + ":1:10: found the number 2, expected the number 1"},
		{"can bram document.book document:inv-7 -f no-such.yaml", "cannot read the office file"},
		{"can bram document.book inv-7 -f " + devries, `RESOURCE: found "inv-7", expected type:id`},
		{"can bram document.book -f " + devries, "accepts 3 arg(s), received 2"},
		{"can bram document.book document:inv-7 --at noon -f " + devries, `--at: found "noon", expected a moment`},
		{"can bram document.book document:inv-7 --with comment=x -f " + devries, "document.book takes none"},
		{"can bram document.reject document:inv-7 --with coment=x -f " + devries, `--with: found "coment", expected a property that document.reject takes: comment`},
		{"can bram document.reject document:inv-7 --with comment -f " + devries, `found "comment", expected KEY=VALUE`},
		{"can bram document.reject document:inv-7 --with comment=a --with comment=b -f " + devries, "found comment twice"},
		{"can bram document.assign document:inv-7 --with authorisers=[a -f " + devries, "--with authorisers:1:"},
		{"can bram document.assign document:inv-7 --with authorisers={\"a\":1,\"a\":2} -f " + devries, "--with authorisers:1:"},
		{"can bram document.book document:inv-7 --colour -f " + devries, "unknown flag: --colour"},
		{"evaluate -f -", "expected the office or the requests on standard input"},
		{"evaluate -f " + devries + " no-such.jsonl", "cannot read the requests"},
		{"evaluate -f " + devries + " a b", "accepts at most 1 arg(s)"},
		{"fly", `unknown command "fly"`},
	} {
		got := runWith("", strings.Fields(c.args)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, c.says) {
			t.Errorf("mandaat %s: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
	}
}

func TestTheOfficeFromStandardInput(t *testing.T) {
	text, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	got := runWith(string(text), "can", "-f", "-", "--", "bram", "document.book", "document:inv-7")
	if got.code != exitYes || !strings.HasPrefix(got.out, "yes\n") {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.errors)
	}
	bad := runWith("\x00", "can", "bram", "document.book", "document:inv-7", "-f", "-")
	if bad.code != exitUnusable || !strings.HasPrefix(bad.errors, "-:1:1: ") {
		t.Errorf("exit %d\n%s%s", bad.code, bad.out, bad.errors)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range []string{"--help", "can --help", "evaluate --help", ""} {
		got := runWith("", strings.Fields(args)...)
		if got.code != exitYes || !strings.Contains(got.out, "Usage:") {
			t.Errorf("mandaat %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
	if got := runWith("", "--version"); !strings.HasPrefix(got.out, "mandaat, policy sha256:") {
		t.Errorf("--version prints %q", got.out)
	}
}
