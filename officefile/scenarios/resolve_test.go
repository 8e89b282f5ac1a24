package scenarios_test

import (
	"strings"
	"testing"

	"github.com/mandaat/mandaat/officefile/scenarios"
)

// Users of an accounting system that is not named cannot be looked up: the answer says
// what is missing, and no name is at fault.
func TestAccountingUsersAreLookedUpWhereTheirSystemIsNamed(t *testing.T) {
	const question = "  - {name: a, cannot: [[bram, user.import, office:devries, {PROPERTIES}, {code: missing_property}]]}\n"
	for _, r := range results(t, strings.Replace(question, "PROPERTIES", "users: [nina@exact]", 1)) {
		if !r.Passed() {
			t.Errorf("without a system: %v", r.Failures)
		}
	}
	read := func(name string) ([]byte, error) {
		if name == "office.yaml" {
			return scenarios.ReadFile("../../examples/devries/office.yaml")
		}
		return []byte("office: office.yaml\nscenarios:\n" + strings.Replace(question, "PROPERTIES", "system: exact, users: [nine@exact]", 1)), nil
	}
	_, err := scenarios.Load(read, moment, "test.scenarios.yaml")
	if err == nil || !strings.Contains(err.Error(), "perhaps nina@exact") {
		t.Errorf("somebody the system does not know: %v", err)
	}
}

// What a refused command would have made may be named below it: the refusal is what
// the scenario fails for, and nothing else is carried out, asked or complained of.
func TestARefusedCommandIsTheOnlyFailure(t *testing.T) {
	const text = `
  - name: Carla does not create a company
    given:
      - [carla, company.create, {company: museum, name: Museum, system: exact}]
      - [rosa, user.change_company_access, {user: dirk, companies: [museum]}]
      - [dirk, document.upload, {document: ticket, company: museum}]
      - [rosa, user.delete, {user: dirk}]
    can:
      - [dirk, document.view, document:ticket]
      - [rosa, company.view, company:museum]
    cannot:
      - [dirk, document.tag, document:ticket, {}, {code: wrong_stage}]
    tables:
      - {users: [dirk], actions: [company.view], resources: [company:museum], can: {only: [dirk]}}
    findings:
      - {id: O13, company: museum}
    no_findings:
      - {user: dirk}
`
	for command, want := range map[string]int{
		"[carla, company.create": 1, // refused
		"[rosa, company.create":  4, // no view, no other code, no access, no finding
	} {
		for _, r := range results(t, strings.Replace(text, "[carla, company.create", command, 1)) {
			if len(r.Failures) != want {
				t.Errorf("after %s there are %d failures, want %d: %+v", command, len(r.Failures), want, r.Failures)
			}
			if c := scenarios.Covered([]scenarios.Result{r}); want == 1 && c.Actions.Covered()+c.Rules.Covered()+c.Facts.Covered() > 0 {
				t.Error("what was not asked covers something")
			}
		}
	}
}
