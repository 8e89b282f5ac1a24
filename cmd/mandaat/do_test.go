package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
)

// aCopy is a copy of the example office, to be changed, and what is in it.
func aCopy(t *testing.T) (name string, text []byte) {
	t.Helper()
	text, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	name = filepath.Join(t.TempDir(), "office.yaml")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return name, text
}

func content(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func do(name string, args ...string) result { return runWith("", append(args, "-f", name)...) }

func TestDoChangesTheFileAndSaysWhat(t *testing.T) {
	name, before := aCopy(t)
	got := do(name, "do", "user.change_roles", "user=carla", "roles=[client_user, authoriser]", "--as", "rosa")
	if want := "done\nchange   carla was granted Authoriser.\nversion  1\n"; got != (result{exitYes, want, ""}) {
		t.Fatalf("it says %+v", got)
	}
	var lines []string
	for line := range strings.Lines(string(content(t, name))) {
		if !strings.Contains(string(before), line) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	if want := []string{"version: 1", "roles: [client_user, authoriser]"}; !slices.Equal(lines, want) {
		t.Errorf("these lines are new: %q", lines)
	}
	file, err := officefile.Parse(name, content(t, name))
	if err != nil {
		t.Fatal(err)
	}
	if u, _ := file.Office.User("carla"); u.Roles.Len() != 2 || file.Office.Version() != 1 {
		t.Errorf("carla has %v at version %d", u.Roles, file.Office.Version())
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v", info.Mode(), err)
	}
}

// What leaves the file as it was, to the byte, and with nothing beside it but the
// lock.
func TestWhatIsNotDoneLeavesTheFileAlone(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"user.delete user=rosa --as rosa", exitNo, "code     synchronisation_duty"},
		{"user.delete user=carla --as bram", exitNo, "code     role_missing"},
		{"user.delete user=carla --as nobody", exitNo, "code     unknown_user"},
		{"user.delete user=nobody --as rosa", exitNo, "code     unknown_resource"},
		{"user.delete user=carla", exitNo, "code     unknown_user"},
		{"user.delete user=carla --as rosa --plan", exitYes, "planned\nchange   carla was deleted"},
		{"user.delete user=carla --as rosa --if-version 3", exitNo, "code     office_changed"},
		{"user.mark_used user=carla --as rosa", exitNo, "code     software_only"},
		{"user.grant_role user=carla role=client_user --as rosa", exitYes, "done\nchange   Nothing: it was so already.\nversion  0\n"},
		{"user.fly user=carla --as rosa", exitUnusable, `user.fly: command: found "user.fly", expected one of user.create, `},
		{"user.delete --as rosa", exitUnusable, "user.delete: user: found nothing, expected an identifier"},
		{"user.delete user=carla age=7 --as rosa", exitUnusable, `found the key "age", expected one of command, user, if_version`},
		{"user.delete user=carla user=bob --as rosa", exitUnusable, "user.delete: found user twice, expected each field once"},
		{"user.delete carla --as rosa", exitUnusable, `user.delete: found "carla", expected KEY=VALUE`},
		{"user.delete user=[carla --as rosa", exitUnusable, "user:1:"},
		{"user.delete user=7 --as rosa", exitUnusable, "user.delete: user: found a number, expected an identifier"},
		{"user.change_end_date user=carla end_date=soon --as rosa", exitUnusable, `user.change_end_date: end_date: found "soon", expected a date such as 2027-01-31`},
		{"user.delete user=carla --as rosa --at noon", exitUnusable, `--at: found "noon", expected a moment such as`},
		{"user.delete user=carla --as rosa --lang fr", exitUnusable, "--lang: "},
		{"company.create company=bakery name=Bakery system=exact --as rosa", exitUnusable, `company.create: company: found "bakery", expected an id that no company of this office has`},
		{"- user=carla --as rosa", exitUnusable, `found "user=carla", expected no fields beside a command on standard input`},
	} {
		t.Run(c.args, func(t *testing.T) {
			name, before := aCopy(t)
			got := do(name, append([]string{"do"}, strings.Fields(c.args)...)...)
			if got.code != c.code || !strings.Contains(got.out+got.errors, c.says) {
				t.Errorf("exit %d\n%s%s", got.code, got.out, got.errors)
			}
			if (got.code == exitUnusable) == (got.errors == "") || (got.code == exitUnusable) != (got.out == "") {
				t.Errorf("on stdout %q and on stderr %q", got.out, got.errors)
			}
			if !bytes.Equal(before, content(t, name)) {
				t.Error("the file is another")
			}
			onlyTheLockBeside(t, name)
		})
	}
}

func onlyTheLockBeside(t *testing.T, name string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "office.yaml" && e.Name() != "office.yaml.lock" {
			t.Errorf("%s lies beside the file", e.Name())
		}
	}
}

func TestACommandComesAsJSONToo(t *testing.T) {
	name, _ := aCopy(t)
	command, err := admin.WriteCommand(admin.If{Version: 0, Command: admin.DeleteUser{User: "carla"}})
	if err != nil {
		t.Fatal(err)
	}
	got := runWith(string(command), "do", "-", "--as", "rosa", "--json", "-f", name)
	var said struct {
		Done     bool
		Version  uint64
		Events   []admin.Event
		Refusals []struct{ Target, Code, Reason string }
	}
	if err := json.Unmarshal([]byte(got.out), &said); err != nil || got.code != exitYes {
		t.Fatalf("%+v: %v", got, err)
	}
	if !said.Done || said.Version != 1 || len(said.Events) != 1 || said.Events[0].Change != (admin.UserDeleted{User: "carla", Username: "carla"}) {
		t.Errorf("it says %s", got.out)
	}
	if got = runWith(string(command), "do", "-", "--as", "rosa", "--if-version", "1", "-f", name); got.code != exitUnusable {
		t.Errorf("two versions: %+v", got)
	}
	if got = runWith("{}{}", "do", "-", "--as", "rosa", "-f", name); got.code != exitUnusable {
		t.Errorf("two commands: %+v", got)
	}
}

func TestRefusalsAreSaidToTheirReader(t *testing.T) {
	name, _ := aCopy(t)
	args := []string{"do", "user.change_end_date", "user=pieter", "end_date=2027-01-31", "--as", "rosa"}
	for _, c := range []struct{ flags, says, not string }{
		{"--lang nl", "reden    pieter is de synchronisatiegebruiker van twinfield", "another"},
		{"--audience nobody", "code     synchronisation_duty", "twinfield"},
		{"--audience asker", "code     synchronisation_duty", "nobody"},
	} {
		got := do(name, append(args, strings.Fields(c.flags)...)...)
		if got.code != exitNo || !strings.Contains(got.out, c.says) || strings.Contains(got.out, c.not) {
			t.Errorf("%s: %+v", c.flags, got)
		}
	}
}

func TestManyChangeOneFileAtOnce(t *testing.T) {
	name, _ := aCopy(t)
	const n = 12
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			got := do(name, "do", "user.create", "roles=[client_user]", "companies=[bakery]",
				fmt.Sprintf("people=[{user: new%d, username: new%d, email: new@bakery.example}]", i, i), "--as", "rosa")
			if got.code != exitYes {
				t.Errorf("%d: %+v", i, got)
			}
		})
	}
	all.Wait()
	file, err := officefile.Parse(name, content(t, name))
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, ok := file.Office.UsernameOf(fmt.Sprint("new", i)); !ok {
			t.Errorf("new%d was lost", i)
		}
	}
	if file.Office.Version() != n {
		t.Errorf("%d changes make version %d", n, file.Office.Version())
	}
	onlyTheLockBeside(t, name)
}

func TestALockedFileIsWaitedForAndThenLeftAlone(t *testing.T) {
	name, before := aCopy(t)
	lock := flock.New(name + ".lock")
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	err := program{}.rewriteWithin(50*time.Millisecond, name, func([]byte) ([]byte, error) { return []byte("spoilt"), nil })
	if err == nil || !strings.Contains(err.Error(), "another process has been changing it") || !bytes.Equal(before, content(t, name)) {
		t.Errorf("while it was locked: %v", err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if got := do(name, "do", "user.delete", "user=carla", "--as", "rosa"); got.code != exitYes {
		t.Errorf("afterwards: %+v", got)
	}
}

func TestAFileThatSomebodyEditsMeanwhileIsNotReplaced(t *testing.T) {
	name, before := aCopy(t)
	edited := append(bytes.Clone(before), "# edited\n"...)
	err := program{}.rewriteWithin(time.Second, name, func([]byte) ([]byte, error) {
		return []byte("spoilt"), os.WriteFile(name, edited, 0o600)
	})
	if err == nil || !strings.Contains(err.Error(), "somebody else changed it meanwhile") || !bytes.Equal(edited, content(t, name)) {
		t.Errorf("it was replaced: %v", err)
	}
	onlyTheLockBeside(t, name)
}

func TestALinkToAFileStaysALink(t *testing.T) {
	name, _ := aCopy(t)
	link := filepath.Join(t.TempDir(), "link.yaml")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	if got := do(link, "do", "user.delete", "user=carla", "--as", "rosa"); got.code != exitYes {
		t.Fatalf("%+v", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no link: %v, %v", info, err)
	}
	if !strings.Contains(string(content(t, name)), "deleted_users") || strings.Contains(string(content(t, name)), "id: carla\n    username") {
		t.Error("the file it points to did not change")
	}
}

func TestStandardInputCanBePlannedForButNotChanged(t *testing.T) {
	_, text := aCopy(t)
	if got := runWith(string(text), "do", "user.delete", "user=carla", "--as", "rosa", "--plan", "-f", "-"); got.code != exitYes {
		t.Errorf("planned: %+v", got)
	}
	if got := runWith(string(text), "do", "user.delete", "user=carla", "--as", "rosa", "-f", "-"); got.code != exitUnusable {
		t.Errorf("done: %+v", got)
	}
	if got := do(filepath.Join(t.TempDir(), "none.yaml"), "do", "user.delete", "user=carla", "--as", "rosa"); got.code != exitUnusable {
		t.Errorf("no file: %+v", got)
	}
}
