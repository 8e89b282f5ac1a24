package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
)

// completed is what a shell is told of a line of which the last word is being typed:
// the choices without what is said beside them, and the directive.
func completed(t *testing.T, line string, args ...string) (choices []string, directive string) {
	t.Helper()
	var out, problems bytes.Buffer
	p := program{in: strings.NewReader("never read"), out: &out, problems: &problems, now: now, line: line, patience: time.Minute}
	if code := p.run(context.Background(), append([]string{cobra.ShellCompRequestCmd}, args...)); code != exitYes {
		t.Errorf("%q: exit %d", args, code)
	}
	if said := problems.String(); !strings.HasPrefix(said, "Completion ended with directive: ") || strings.Count(said, "\n") != 1 {
		t.Errorf("%q: found on standard error %q", args, said)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for _, l := range lines[:len(lines)-1] {
		text, _, _ := strings.Cut(l, "\t")
		choices = append(choices, text)
	}
	return choices, lines[len(lines)-1]
}

// The directives that a shell gets.
const (
	goesOn  = ":6" // no blank behind it, and no files
	ends    = ":4" // no files
	ofFiles = ":8" // files of these kinds
)

func TestCompletion(t *testing.T) {
	var actions []string
	for a := range policy.AllActions() {
		actions = append(actions, a.String())
	}
	for _, c := range []struct{ line, directive, want string }{
		{"can -f OFFICE ca", ends, "carla"},
		{"can -f OFFICE nobody", ends, ""},
		{"why-not -f OFFICE h", ends, "hendrik"},
		{"what -f OFFICE ro", ends, "rosa"},
		{"roles -f OFFICE ro", ends, "rosa"},
		{"can -f OFFICE bram ", ends, strings.Join(actions, " ")},
		{"who document.re", ends, "document.reject document.reassign document.return"},
		{"can bram document.book ", goesOn, "--file -f document:"},
		{"can -f OFFICE bram document.book ", goesOn, "document:"},
		{"can -f OFFICE bram company.create ", goesOn, "office:"},
		{"what -f OFFICE bram ", goesOn, "company: document: office: connection: user:"},
		{"can -f OFFICE bram document.book document:inv-1", ends, "document:inv-1 document:inv-12 document:inv-13 document:inv-10 document:inv-11 document:inv-14"},
		{"can -f OFFICE bram document.book company:", ends, ""},
		{"who -f OFFICE company.view company:b", ends, "company:bakery company:bookshop"},
		{"can -f OFFICE rosa office.view_settings office:", ends, "office:devries"},
		{"can -f OFFICE rosa connection.view connection:", ends, "connection:exact connection:twinfield"},
		{"can -f OFFICE rosa user.view user:k", ends, "user:kees"},
		{"what -f OFFICE bram user:k", ends, "user:kees"},
		{"can -f OFFICE bram document.book document:inv-1 ", ends, ""},
		{"matrix -f OFFICE --on company:g", ends, "company:garage"},
		{"matrix -f OFFICE ", ends, ""},

		{"can -f OFFICE a document.reject b --with ", goesOn, "comment="},
		{"can -f OFFICE a document.reject b --with comment=", ends, ""},
		{"can -f OFFICE a document.book b --with ", goesOn, ""},
		{"can -f OFFICE --with ", goesOn, ""},
		{"who -f OFFICE user.create office:devries --with roles=[client_user] --with ", goesOn, "companies="},
		{"can -f OFFICE a user.grant_role b --with role=s", ends, "role=super_user role=sme_accountant"},
		{"can -f OFFICE a document.assign b --with authorisers=b", goesOn, ""},
		{"can -f OFFICE a document.assign b --with authorisers=[b", goesOn, "authorisers=[bob authorisers=[bram"},
		{"can -f OFFICE a document.assign b --with authorisers=[anna,bob,b", goesOn, "authorisers=[anna,bob,bram"},
		{"can -f OFFICE a user.change_bill_to b --with bill_to=", ends, "bill_to=office bill_to=bakery bill_to=bookshop bill_to=dentist bill_to=florist bill_to=garage"},
		{"can -f OFFICE a user.link_accounting_user b --with user=n", ends, "user=nina@exact user=noor@twinfield"},
		{"can -f OFFICE a user.change_email b --with old_password_verified=", ends, "old_password_verified=true old_password_verified=false"},

		{"do -f OFFICE ", ends, strings.Join(admin.CommandNames(), " ")},
		{"do -f OFFICE user.grant_role ", goesOn, "user= role="},
		{"do -f OFFICE user.grant_role user=carla ", goesOn, "role="},
		{"do -f OFFICE user.grant_role user=car", ends, "user=carla"},
		{"do -f OFFICE user.change_company_access companies=[bakery,b", goesOn, "companies=[bakery,bookshop"},
		{"do -f OFFICE user.create people=", ends, ""},
		{"do -f OFFICE no.such ", goesOn, ""},
		{"do -f OFFICE --as ro", ends, "rosa"},
		{"diff OFFICE --do user.del", ends, "user.delete"},
		{"diff OFFICE --as ro", ends, "rosa"},

		{"can --lang ", ends, "en nl"},
		{"evaluate --audience ", ends, "staff asker nobody"},
		{"validate --format ", ends, "text json sarif"},
		{"validate --fail-on ", ends, "error warning advice"},
		{"matrix --format ", ends, "text markdown"},
		{"roles --can document.view,document.b", ends, "document.view,document.book"},
		{"can --at ", ends, ""},
		{"can -f ", ofFiles, "yaml yml json"},
		{"can --file=of", ofFiles, "yaml yml json"},
		{"validate ", ofFiles, "yaml yml json"},
		{"fmt -w ", ofFiles, "yaml yml json"},
		{"diff ", ofFiles, "yaml yml json"},
		{"completion ", ends, "bash zsh fish powershell"},
	} {
		args := strings.Split(strings.ReplaceAll(c.line, "OFFICE", devries), " ")
		found, directive := completed(t, "", args...)
		if want := strings.Fields(c.want); !slices.Equal(found, want) || directive != c.directive {
			t.Errorf("%s: found %q %s, expected %q %s", c.line, found, directive, want, c.directive)
		}
	}
}

// The office is found wherever on the line it is named.
func TestCompletionWithTheOfficeFurtherOn(t *testing.T) {
	dir := t.TempDir()
	office, err := os.ReadFile(devries)
	if err != nil {
		t.Fatal(err)
	}
	named := filepath.Join(dir, "our office.yaml")
	if err := os.WriteFile(named, office, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", dir)
	for _, rest := range []string{"-f '" + named + "'", `--file "` + named + `" --json`, "--file=" + strings.ReplaceAll(named, " ", `\ `), `-f~/our\ office.yaml`, `-f ~/'our office.yaml'`} {
		if found, _ := completed(t, "mandaat can ro document.view document:inv-1 "+rest, "can", "ro"); !slices.Equal(found, []string{"rosa"}) {
			t.Errorf("%s: found %q", rest, found)
		}
	}
	if found, _ := completed(t, "mandaat can ro -f no-such.yaml", "can", "-f", devries, "ro"); !slices.Equal(found, []string{"rosa"}) {
		t.Errorf("found %q, expected what stands before the word to count first", found)
	}
}

// An office that cannot be read completes to nothing, and nobody waits for it.
func TestCompletionWithoutAnOffice(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.yaml")
	if err := os.WriteFile(broken, []byte("version: 1\nversion: 2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{broken, dir, filepath.Join(dir, "none.yaml"), "-", "", os.DevNull, fifo(t, dir)} {
		for _, args := range [][]string{{"can", "-f", name, ""}, {"can", "a", "document.view", "-f", name, "document:"}, {"do", "-f", name, "user.delete", "user="}, {"diff", name, "--as", ""}} {
			began := time.Now()
			found, _ := completed(t, "", args...)
			if took := time.Since(began); len(found) > 0 || took > completionPatience/2 {
				t.Errorf("%q: found %q after %s", args, found, took)
			}
		}
	}
}

// Ids that YAML or a shell could misread are completed so that they are read as they
// are.
func TestCompletionOfOddIDs(t *testing.T) {
	name := filepath.Join(t.TempDir(), "office.yaml")
	text := strings.ReplaceAll(separators, "id: carl,", `id: "007",`)
	text = strings.ReplaceAll(strings.ReplaceAll(text, "delivered_by: carl", `delivered_by: "007"`), "synchronisation_user: carl", `synchronisation_user: "007"`)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want []string }{
		{[]string{"can", "-f", name, ""}, []string{"007", "carl,dora", "x=y"}},
		{[]string{"can", "-f", name, "007", "document.tag", "document:"}, []string{"document:a:b", "document:b", "document:document:b"}},
		{[]string{"can", "-f", name, "a", "document.assign", "b", "--with", "authorisers="}, []string{`authorisers=["007"`, `authorisers=["carl,dora"`, "authorisers=[x=y"}},
		{[]string{"do", "-f", name, "user.delete", "user="}, []string{`user="007"`, `user="carl,dora"`, "user=x=y"}},
	} {
		if found, _ := completed(t, "", c.args...); !slices.Equal(found, c.want) {
			t.Errorf("%q: found %q, expected %q", c.args, found, c.want)
		}
	}
}

// Tens of thousands of users take little more than reading their file does.
func TestCompletionInALargeOffice(t *testing.T) {
	const count = 20_000
	var b strings.Builder
	b.WriteString("version: 1\noffice: {code: large, name: n, time_zone: UTC}\nusers:\n")
	for i := range count {
		fmt.Fprintf(&b, "  - {id: user%d, username: user%d, email: u%d@x, roles: [client_user], companies: []}\n", i, i, i)
	}
	name := filepath.Join(t.TempDir(), "office.yaml")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	began := spent(t)
	if _, err := officefile.Parse(name, []byte(b.String())); err != nil {
		t.Fatal(err)
	}
	reading := spent(t) - began
	found, _ := completed(t, "", "can", "-f", name, "user1999")
	completing := spent(t) - began - reading
	t.Logf("%d users: %s to read, %s to complete", count, reading, completing)
	if len(found) != 11 || completing > 2*reading+time.Second/2 {
		t.Errorf("found %d choices in %s, expected 11 in little more than %s", len(found), completing, reading)
	}
}

// Every word that is offered for a flag of a closed list is one that the flag takes.
func TestOfferedWordsAreTaken(t *testing.T) {
	for _, c := range []struct{ flag, args string }{
		{"--lang", "can a document.view document:b -f " + devries},
		{"--audience", "can a document.view document:b -f " + devries},
		{"--fail-on", "validate " + devries},
		{"--format", "validate " + devries},
		{"--format", "matrix"},
		{"--format", "test ../../examples/devries"},
	} {
		args := strings.Fields(c.args)
		words, _ := completed(t, "", args[0], c.flag, "")
		for _, w := range words {
			if got := runWith("", append(args, c.flag, w)...); got.code == exitUnusable {
				t.Errorf("%s %s %s: %s", args[0], c.flag, w, got.errors)
			}
		}
		if got := runWith("", append(args, c.flag, "no-such")...); len(words) < 2 || got.code != exitUnusable {
			t.Errorf("%s %s: found %q, and no-such exits with %d", args[0], c.flag, words, got.code)
		}
	}
}

// Each flag whose value a person types by hand, and each command with arguments, is
// completed, or is known here to be nothing that could be.
func TestNothingIsLeftWithoutCompletion(t *testing.T) {
	free := []string{"evaluate", "init", "roles --record", "test --junit-file"} // files and directories
	looked := 0
	for _, c := range (program{}).root().Commands() {
		if c.Use != c.Name() && c.ValidArgsFunction == nil && len(c.ValidArgs) == 0 && !slices.Contains(free, c.Name()) && strings.Contains(c.Use, c.Name()+" ") {
			t.Errorf("%s: its arguments are not completed", c.Name())
		}
		for _, f := range flagNames(c) {
			looked++
			if _, known := c.GetFlagCompletionFunc(f); !known && !slices.Contains(free, c.Name()+" --"+f) {
				t.Errorf("%s --%s: its value is not completed", c.Name(), f)
			}
		}
	}
	if t.Logf("%d flags", looked); looked < 40 {
		t.Errorf("only %d flags were looked at", looked)
	}
}
