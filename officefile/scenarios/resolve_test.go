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
