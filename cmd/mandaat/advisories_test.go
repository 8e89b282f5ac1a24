package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/adapters/authzen"
)

// Each test here recalls what went wrong in another engine. The advisory is in
// its name; others that tell of the same stand in the comment.

// separators is an office whose ids are full of what separates names elsewhere:
// carl may tag a:b, and not b.
const separators = `version: 1
office: {code: office-1, name: n, time_zone: UTC}
accounting_systems: [{id: s, name: n, connection: disconnected, synchronisation_user: carl}]
companies:
  - {id: "c|d", name: n, accounting_system: s, authorisation_workflow: true, payment_agreement: true}
  - {id: "c", name: n, accounting_system: s, authorisation_workflow: true, payment_agreement: true}
users:
  - {id: carl, username: carl, email: a@b, roles: [client_user], companies: ["c|d"]}
  - {id: "carl,dora", username: "carl,dora", email: a@b, roles: [authoriser], companies: ["c|d"]}
  - {id: "x=y", username: "x=y", email: a@b, roles: [authoriser], companies: ["c|d"]}
documents:
  - {id: "a:b", company: "c|d", delivered_by: carl, stage: tagging}
  - {id: b, company: c, delivered_by: carl, stage: tagging}
  - {id: "document:b", company: "c", delivered_by: carl, stage: tagging}
`

// Keys of ids put behind each other collided. Here an argument is cut once, and
// where a list is given, only YAML cuts it. Also CVE-2026-33729, CVE-2026-41131,
// CVE-2026-34972 and CVE-2026-46668.
func TestCVE_2026_48096_SeparatorsInArgumentsArePartOfTheirIDs(t *testing.T) {
	name := filepath.Join(t.TempDir(), "office.yaml")
	if err := os.WriteFile(name, []byte(separators), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args  []string
		code  int
		first string
	}{
		{[]string{"carl", "document.tag", "document:a:b"}, exitYes, "yes"},
		{[]string{"carl", "document.tag", "document:b"}, exitNo, "no"},
		{[]string{"carl", "document.tag", "document:document:b"}, exitNo, "no"},
		{[]string{"carl", "document.tag", "document:a"}, exitNo, "no"},
		{[]string{"carl", "document.tag", "document:a:b:"}, exitNo, "no"},
		{[]string{"carl,dora", "document.tag", "document:a:b"}, exitNo, "no"},
		{[]string{"carl", "document.assign", "document:a:b", "--with", `authorisers=["carl,dora"]`}, exitYes, "yes"},
		{[]string{"carl", "document.assign", "document:a:b", "--with", `authorisers=["x=y"]`}, exitYes, "yes"},
		{[]string{"carl", "document.assign", "document:a:b", "--with", "authorisers=[carl,dora]"}, exitNo, "no"},
	} {
		got := runWith("", append(append([]string{"can"}, c.args...), "-f", name)...)
		if first, _, _ := strings.Cut(got.out, "\n"); got.code != c.code || first != c.first {
			t.Errorf("%q: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
	}
}

// A wildcard granted too much. Here an asterisk is a letter. Also CVE-2026-24851,
// CVE-2025-25196 and CVE-2022-39341.
func TestCVE_2025_64751_AnAsteriskIsALetterInAnArgument(t *testing.T) {
	for _, args := range [][]string{
		{"*", "document.view", "document:inv-1"},
		{"rosa", "*", "document:inv-1"},
		{"rosa", "document.*", "document:inv-1"},
		{"rosa", "office.view_settings", "office:*"},
		{"rosa", "office.view_settings", "*:devries"},
		{"rosa", "user.change_company_access", "user:carla", "--with", "companies=['*']"},
		{"rosa", "user.change_company_access", "user:carla", "--with", "companies=all"},
		{"carla", "document.assign", "document:inv-2", "--with", "authorisers=['*']"},
	} {
		got := runWith("", append(append([]string{"can"}, args...), "-f", devries)...)
		if got.code != exitNo || !strings.HasPrefix(got.out, "no\n") {
			t.Errorf("%q: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

// A name that was spelt otherwise missed the rule that denied it. Also
// CVE-2026-26205.
func TestCVE_2026_33186_AnArgumentHasOneSpelling(t *testing.T) {
	spelt := []string{"bram", "document.book", "document:inv-7"}
	if got := runWith("", append(append([]string{"can"}, spelt...), "-f", devries)...); got.code != exitYes {
		t.Fatalf("exit %d\n%s%s", got.code, got.out, got.errors)
	}
	for i := range spelt {
		for _, other := range []string{
			strings.ToUpper(spelt[i]), " " + spelt[i], spelt[i] + " ", spelt[i] + "\n", "/" + spelt[i], spelt[i] + "/", "./" + spelt[i],
			strings.Replace(spelt[i], "o", "%6f", 1) + "%00", spelt[i] + "\u200b",
		} {
			args := append([]string{"can", "-f", devries, "--"}, spelt...)
			args[4+i] = other
			if got := runWith("", args...); got.code != exitNo || !strings.HasPrefix(got.out, "no\n") {
				t.Errorf("%q: exit %d\n%s%s", args, got.code, got.out, got.errors)
			}
		}
	}
}

// A decoder fell over what had been tampered with, or read on without end. A line
// just as long as a request may be is answered; one byte more is not.
func TestGHSA_vhvq_fv9f_wh4q_LinesOfAnyLengthAreAnswered(t *testing.T) {
	line := func(size int) string { return bookIt + strings.Repeat(" ", size-len(bookIt)) }
	for in, want := range map[string]string{
		line(authzen.MaxBytes):                                       "+",
		line(authzen.MaxBytes) + "\n":                                "+",
		line(authzen.MaxBytes) + "\n" + bookIt:                       "++",
		line(authzen.MaxBytes + 1):                                   "!",
		line(authzen.MaxBytes+1) + "\n" + bookIt:                     "!+",
		line(3*authzen.MaxBytes) + bookIt + "\n" + bookIt:            "!+",
		line(authzen.MaxBytes-1) + "\r\n" + bookIt:                   "++",
		strings.Repeat("[", authzen.MaxBytes) + "\n" + bookIt + "\n": "!+",
	} {
		got := runWith(in, "evaluate", "-f", devries)
		if signs(t, got.out) != want || (got.code == exitYes) != !strings.Contains(want, "!") {
			t.Errorf("%d bytes: exit %d, answers %s, want %s", len(in), got.code, signs(t, got.out), want)
		}
	}
}
