package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// roughOffice says what laidOutOffice says.
const (
	roughOffice   = "office:   {code: a,\n  name: 'Nine'  , time_zone: UTC}   # ours\r\nversion: 1\n\n\n\n# nobody yet\nusers: [ ]"
	laidOutOffice = "version: 1\noffice: {code: a, name: Nine, time_zone: UTC}  # ours\n\n# nobody yet\nusers: []\n"
)

func fmtFile(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "office.yaml")
	if err := os.WriteFile(name, []byte(content), 0o640); err != nil { //nolint:gosec // its mode is to be kept
		t.Fatal(err)
	}
	return name
}

func TestFmtPrints(t *testing.T) {
	name := fmtFile(t, roughOffice)
	if got := runWith("", "fmt", name); got != (result{exitYes, laidOutOffice, ""}) {
		t.Errorf("found %+v", got)
	}
	if got := runWith(roughOffice, "fmt", "-"); got != (result{exitYes, laidOutOffice, ""}) {
		t.Errorf("found %+v", got)
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != roughOffice {
		t.Errorf("the file became %q, %v", data, err)
	}
}

func TestFmtWrites(t *testing.T) {
	name := fmtFile(t, roughOffice)
	for range 2 {
		if got := runWith("", "fmt", "-w", name); got != (result{}) {
			t.Errorf("found %+v", got)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil || string(data) != laidOutOffice {
		t.Errorf("the file became %q, %v", data, err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("found %v and %v, expected the mode that it had", info.Mode(), err)
	}
	if left, err := os.ReadDir(filepath.Dir(name)); err != nil || len(left) != 1 {
		t.Errorf("found %v and %v, expected the file alone", left, err)
	}
}

// A lock that was there stays: others may go by it.
func TestFmtLeavesALockThatWasThere(t *testing.T) {
	name := fmtFile(t, roughOffice)
	if err := os.WriteFile(name+lockSuffix, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := runWith("", "fmt", "-w", name); got != (result{}) {
		t.Errorf("found %+v", got)
	}
	if _, err := os.Stat(name + lockSuffix); err != nil {
		t.Error(err)
	}
}

func TestFmtChecks(t *testing.T) {
	rough, tidy := fmtFile(t, roughOffice), fmtFile(t, laidOutOffice)
	for _, c := range []struct {
		args []string
		want result
	}{
		{[]string{"--check", tidy, tidy}, result{}},
		{[]string{"--check", tidy, rough, rough}, result{exitNo, rough + "\n", ""}},
		{[]string{"--diff", tidy}, result{}},
		{[]string{"-d", rough}, result{exitNo, "--- " + rough + "\n+++ " + rough + "\n" + `@@ -1,8 +1,5 @@
-office:   {code: a,
-  name: 'Nine'  , time_zone: UTC}   # ours` + "\r" + `
 version: 1
+office: {code: a, name: Nine, time_zone: UTC}  # ours
 
-
-
 # nobody yet
-users: [ ]
\ No newline at end of file
+users: []
`, ""}},
	} {
		if got := runWith("", append([]string{"fmt"}, c.args...)...); got != c.want {
			t.Errorf("fmt %q: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
	}
}

func TestFmtOfWhatCannotBeRead(t *testing.T) {
	rough, bad := fmtFile(t, roughOffice), fmtFile(t, "version: 1\nversion: 1\n")
	for _, c := range []struct {
		args []string
		out  string
		says string
	}{
		{[]string{bad}, "", bad + `:2:1: found the key "version" again, expected it once, as on line 1`},
		{[]string{"no-such.yaml"}, "", "cannot read the file: open no-such.yaml"},
		{[]string{"-w", "no-such.yaml", bad}, "", bad + ":2:1: "},
		{[]string{bad, rough}, laidOutOffice, bad + ":2:1: "},
		{[]string{"--check", bad, rough}, rough + "\n", bad + ":2:1: "},
		{[]string{"-w", "-"}, "", "found standard input, expected a file that can be written"},
		{[]string{"-w", "--check", rough}, "", "none of the others can be"},
		{nil, "", "requires at least 1 arg(s)"},
	} {
		got := runWith("", append([]string{"fmt"}, c.args...)...)
		if got.code != exitUnusable || got.out != c.out || !strings.Contains(got.errors, c.says) {
			t.Errorf("fmt %q: exit %d\n%s%s", c.args, got.code, got.out, got.errors)
		}
	}
	if data, err := os.ReadFile(bad); err != nil || string(data) != "version: 1\nversion: 1\n" {
		t.Errorf("the file became %q, %v", data, err)
	}
}

// A difference that is carried out on the text before gives the text after.
func TestADifferenceSaysWhatChanged(t *testing.T) {
	changes := 0
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a\n", "b\n", "c\n", "\n"}), 0, 30)
		last := rapid.SampledFrom([]string{"", "", "a"})
		before := strings.Join(lines.Draw(t, "before"), "") + last.Draw(t, "last before")
		after := strings.Join(lines.Draw(t, "after"), "") + last.Draw(t, "last after")
		if got := patched(t, before, unified("f", []byte(before), []byte(after))); got != after {
			t.Fatalf("found %q, expected %q\n%s", got, after, unified("f", []byte(before), []byte(after)))
		}
		if before != after {
			changes++
		}
	})
	if t.Logf("%d texts that differ", changes); changes < 50 {
		t.Errorf("only %d texts differed", changes)
	}
}

// A text that is all another is still told, if not in the shortest way.
func TestADifferenceOfMuch(t *testing.T) {
	before, after := strings.Repeat("a\n", mostSteps), strings.Repeat("b\n", mostSteps)
	want := fmt.Sprintf("--- f\n+++ f\n@@ -1,%d +1,%[1]d @@\n", mostSteps) + strings.Repeat("-a\n", mostSteps) + strings.Repeat("+b\n", mostSteps)
	if got := unified("f", []byte(before), []byte(after)); got != want {
		t.Errorf("found %d bytes, expected %d", len(got), len(want))
	}
}

// patched carries a difference out.
func patched(t *rapid.T, before, diff string) string {
	diff = strings.ReplaceAll(diff, "\n\\ No newline at end of file\n", "\x00")
	was, at := linesOf([]byte(before)), 0
	var b strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(diff, "--- f\n+++ f\n")) {
		if strings.HasPrefix(line, "@@") {
			at = untilHunk(t, line, was, at, &b)
			continue
		}
		for part := range strings.SplitAfterSeq(line, "\x00") {
			if part == "" {
				continue
			}
			text := strings.TrimSuffix(part[1:], "\x00")
			if part[0] != '+' {
				if at >= len(was) || was[at] != text {
					t.Fatalf("found %q at line %d of %q\n%s", text, at, was, diff)
				}
				at++
			}
			if part[0] != '-' {
				b.WriteString(text)
			}
		}
	}
	return b.String() + strings.Join(was[at:], "")
}

// untilHunk copies what is before a hunk.
func untilHunk(t *rapid.T, line string, was []string, at int, b *strings.Builder) int {
	var first, count int
	if _, err := fmt.Sscanf(line, "@@ -%d,%d", &first, &count); err != nil {
		t.Fatal(err)
	}
	if count == 0 { // behind that line
		first++
	}
	for ; at < first-1; at++ {
		b.WriteString(was[at])
	}
	return at
}

// What this repository has to show is laid out as fmt lays files out.
func TestWhatIsShownIsLaidOut(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../../examples/*/*.yaml", "../../testdata/*.yaml", "starter/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) < 2 {
			t.Fatalf("%s: found %q, %v, expected two files or more", pattern, found, err)
		}
		names = append(names, found...)
	}
	if got := runWith("", append([]string{"fmt", "--diff"}, names...)...); got != (result{}) {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.errors)
	}
}
