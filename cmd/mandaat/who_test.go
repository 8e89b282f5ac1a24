package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWho(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"who document.book document:inv-7", exitYes, "bram    document.book/booker\nfatima  document.book/booker\ngerrit  document.book/booker\n"},
		{"who document.book document:inv-7 --at 2032-01-01T00:00:00Z", exitYes, "bram    document.book/booker\nfatima  document.book/booker\n"},
		{"who document.withdraw document:inv-2", exitNo, "Nobody may.\n"},
		{"who document.withdraw document:inv-2 --lang nl", exitNo, "Niemand mag het.\n"},
		{"who user.grant_role user:carla --with role=super_user", exitYes, "pieter  user.grant_role/super-user\nrosa    user.grant_role/super-user\n"},
		{"who document.assign document:inv-2", exitYes, "joris   document.assign/client\n\ndocument.assign takes authorisers: not given, and taken as well supplied.\n"},
		{"who user.change_email user:lisa", exitYes, "\nFor lisa, user.change_email takes old_password_verified: not given, and taken as\nwell supplied.\n"},
		{"who document.book document:inv-13", exitYes, "fatima  document.book/booker\n        connection_disconnected: The accounting system"},
	} {
		got := runWith("", append(strings.Fields(c.args), "-f", devries)...)
		if got.code != c.code || !strings.Contains(got.out, c.says) || got.errors != "" {
			t.Errorf("mandaat %s: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
	}
}

func TestWhoInJSON(t *testing.T) {
	got := runWith("", "who", "user.change_email", "user:lisa", "--json", "-f", devries)
	var out struct {
		Action, Resource string
		Users            []struct {
			User, Rule         string
			Warnings, Supplied []string
		}
	}
	if err := json.Unmarshal([]byte(got.out), &out); err != nil || strings.Count(got.out, "\n") != 1 || len(out.Users) != 9 {
		t.Fatalf("%s, %v", got.out, err)
	}
	lisa := out.Users[4]
	if lisa.User != "lisa" || lisa.Rule != "user.change_email/self" || !slices.Equal(lisa.Supplied, []string{"old_password_verified"}) || lisa.Warnings == nil {
		t.Errorf("%+v", lisa)
	}
	if nobody := runWith("", "who", "document.withdraw", "document:inv-2", "--json", "-f", devries); nobody.code != exitNo || nobody.out != `{"action":"document.withdraw","resource":"document:inv-2","users":[]}`+"\n" {
		t.Errorf("exit %d %s", nobody.code, nobody.out)
	}
}

func TestWhatWhoCannotBeAsked(t *testing.T) {
	for args, says := range map[string]string{
		"who document.fly document:inv-1":                              `unknown_action: There is no action "document.fly".`,
		"who document.view document:inv-99":                            "unknown_resource: ",
		"who document.view company:bakery":                             "unknown_resource: ",
		"who document.view inv-1":                                      "expected type:id",
		"who user.grant_role user:carla --with role=king":              "bad_property: ",
		"who document.view document:inv-1 --at noon":                   "--at: ",
		"who document.view document:inv-1 --lang de":                   "--lang: ",
		"who document.view":                                            "accepts 2 arg(s)",
		"who document.reject document:inv-1 --with comments=x":         "expected a property that document.reject takes: comment",
		"who document.view document:inv-1 --with comment=x":            "document.view takes none",
		"who user.change_end_date user:carla --with end_date=tomorrow": "bad_property: ",
	} {
		got := runWith("", append(strings.Fields(args), "-f", devries)...)
		if got.code != exitUnusable || got.out != "" || !strings.Contains(got.errors, says) {
			t.Errorf("mandaat %s: exit %d\n%s%s", args, got.code, got.out, got.errors)
		}
	}
}

// longIDs draws ids of all lengths and of letters of all widths.
var longIDs = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string {
	runes := []rune("aZ-_ |*語한e\u0301")
	size := rapid.SampledFrom([]int{4, 20, 70, 90, 127}).Draw(t, "bytes")
	id := "x"
	for {
		r := string(rapid.SampledFrom(runes).Draw(t, "letter"))
		if len(id)+len(r) > size {
			return id + "x"
		}
		id += r
	}
}), 1, 4, strings.ToLower)

// longOffice is an office file of users with such ids, who may do most.
func longOffice(t *testing.T, ids []string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`{version: 1, office: {code: o, name: O, time_zone: UTC}, accounting_systems: [{id: s, name: S, connection: disconnected, synchronisation_user: ` +
		quoted(ids[0]) + `, users: []}], companies: [{id: c, name: C, accounting_system: s, authorisation_workflow: false, payment_agreement: false}], users: [`)
	for i, id := range ids {
		fmt.Fprintf(&b, "{id: %s, username: u%d, email: u%d@o.example, roles: [super_user, accountant, client_user], companies: all},\n", quoted(id), i, i)
	}
	b.WriteString("]}\n")
	name := filepath.Join(t.TempDir(), "long.yaml")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Whatever the ids, no line is wider than a terminal, and every id is there.
func TestNoIDIsTooLong(t *testing.T) {
	lines, long := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		ids := longIDs.Draw(r, "ids")
		office := longOffice(t, ids)
		for _, args := range [][]string{
			{"who", "user.change_roles", "user:" + ids[0]},
			{"who", "company.create", "office:o", "--with", "accounting_system=s"},
			{"matrix", "--on", "user:" + ids[0]},
			{"matrix", "--on", "company:c", "--lang", "nl"},
		} {
			got := runWith("", append(args, "-f", office)...)
			if got.code != exitYes {
				r.Fatalf("exit %d\n%s%s", got.code, got.out, got.errors)
			}
			n, wide := tooWide(got.out)
			if lines += n; wide != "" {
				r.Fatalf("too wide: %s", wide)
			}
			for _, id := range ids {
				if long += min(1, columns(id)/sheetWidth); !strings.Contains(strings.ReplaceAll(got.out, "\n", ""), id) {
					r.Fatalf("%q is lost from\n%s", id, got.out)
				}
			}
		}
	})
	t.Logf("%d lines, %d times an id longer than one", lines, long)
	if lines < 2000 || long < 30 {
		t.Error("too few")
	}
}

// tooWide counts the lines, and returns one that is too wide: counted by hand, of
// letters of which those of East Asia are two columns wide and an accent none.
func tooWide(out string) (lines int, wide string) {
	for line := range strings.Lines(out) {
		lines++
		line = strings.TrimSuffix(line, "\n")
		n := utf8.RuneCountInString(line) + strings.Count(line, "語") + strings.Count(line, "한") - strings.Count(line, "\u0301")
		if n > 80 {
			wide = line
		}
	}
	return lines, wide
}
