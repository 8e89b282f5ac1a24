package policytest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile/policytest"
)

const suite = `
office:
  office: {code: o, name: Office, time_zone: Europe/Amsterdam}
  users:
    - {id: rosa, username: rosa, email: rosa@office.example, roles: [super_user], companies: all}
    - {id: theo, username: theo, email: theo@office.example, roles: [client_user], companies: all}
scenarios:
  - name: Rosa adds users
    can: [[rosa, user.delete, 'user:theo']]
  - name: Theo does not
    cannot: [[theo, user.delete, 'user:rosa']]
`

// written is a directory with files in it.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	directory := t.TempDir()
	for name, text := range files {
		file := filepath.Join(directory, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

func TestRunRunsTheScenariosOfADirectory(t *testing.T) {
	policytest.Run(t, written(t, map[string]string{"a.scenarios.yaml": suite, "b/c.scenarios.yaml": suite})+"/...")
}

// suiteVariable has the path that TestTheSuiteOf runs, in a process of its own.
const suiteVariable = "POLICYTEST_SUITE"

func TestTheSuiteOf(t *testing.T) {
	if path := os.Getenv(suiteVariable); path != "" {
		policytest.Run(t, path)
	}
}

// ran is what go test prints of a suite.
func ran(t *testing.T, path string) (out string, passed bool) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTheSuiteOf$", "-test.v") //nolint:gosec // this test itself
	c.Env = append(os.Environ(), suiteVariable+"="+path)
	text, err := c.CombinedOutput()
	return string(text), err == nil
}

func TestRunFailsAScenarioThatFails(t *testing.T) {
	bad := strings.Replace(suite, "    can: [[rosa,", "    cannot: [[rosa,", 1)
	bad = strings.Replace(bad, "    cannot: [[theo,", "    can: [[theo,", 1)
	good := suite + "  - name: Rosa sees Theo\n    can: [[rosa, user.view, 'user:theo']]\n"
	out, passed := ran(t, written(t, map[string]string{"bad.scenarios.yaml": bad, "good.scenarios.yaml": good}))
	if passed {
		t.Error("the suite passed")
	}
	for _, want := range []string{
		"--- PASS: TestTheSuiteOf/", "/Rosa_sees_Theo",
		"bad.scenarios.yaml/Rosa_adds_users", "bad.scenarios.yaml:9: rosa user.delete user:theo: found yes, expected no",
		"bad.scenarios.yaml:11: theo user.delete user:rosa: found no, expected yes", "code     role_missing",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	if n := strings.Count(out, "--- FAIL: "); n != 4 { // the test, the file, two scenarios
		t.Errorf("%d tests failed:\n%s", n, out)
	}
}

func TestRunFailsWhereNothingCanBeRun(t *testing.T) {
	for name, c := range map[string]struct{ path, says string }{
		"no directory":  {filepath.Join(t.TempDir(), "nowhere"), "no such file"},
		"no scenarios":  {t.TempDir(), "found no file named *.scenarios.yaml"},
		"unknown name":  {written(t, map[string]string{"a.scenarios.yaml": strings.Replace(suite, "[[theo,", "[[thea,", 1)}), `a.scenarios.yaml:11:15: found "thea", expected a user of this office, perhaps theo`},
		"nothing asked": {written(t, map[string]string{"a.scenarios.yaml": suite + "  - name: And so on\n"}), "found a scenario that expects nothing"},
	} {
		out, passed := ran(t, c.path)
		if passed || !strings.Contains(out, c.says) || strings.Contains(out, "Rosa_adds_users") {
			t.Errorf("%s: passed %t, and it prints\n%s\nnot %q", name, passed, out, c.says)
		}
	}
}
