package scenarios_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
)

var moment = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// loaded is scenarios about the example office.
func loaded(t testing.TB, text string) []*scenarios.Suite {
	t.Helper()
	read := func(name string) ([]byte, error) {
		if name == "office.yaml" {
			return os.ReadFile("../../examples/devries/office.yaml")
		}
		return []byte("office: office.yaml\nscenarios:\n" + text), nil
	}
	suites, err := scenarios.Load(read, moment, "test.scenarios.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return suites
}

func results(t testing.TB, text string) []scenarios.Result {
	t.Helper()
	return scenarios.Run(loaded(t, text), scenarios.Options{})
}

// left is what is not covered, by kind.
func left(k scenarios.Kind) (names []string) {
	for _, item := range k.Left {
		names = append(names, item.Name)
	}
	return names
}

func TestOnlyAnswersAsExpectedCover(t *testing.T) {
	const can = "  - {name: a, can: [[bram, document.book, document:inv-7]]}\n"
	const cannot = "  - {name: b, cannot: [[joris, document.book, document:inv-7, {}, {code: link_not_verified}]]}\n"
	for text, want := range map[string]struct{ rule, fact, code, action, role bool }{
		can:                                      {rule: true},
		strings.Replace(can, "bram", "carla", 1): {}, // fails
		cannot:                                   {fact: true, code: true},
		strings.Replace(cannot, "{code: link_not_verified}", "{}", 1): {fact: true},
		strings.Replace(cannot, "link_not_verified", "not_linked", 1): {}, // fails
		can + cannot: {rule: true, fact: true, code: true, action: true, role: true},
	} {
		c := scenarios.Covered(results(t, text))
		for _, part := range []struct {
			kind    scenarios.Kind
			name    string
			covered bool
		}{
			{c.Rules, "document.book/booker", want.rule},
			{c.Facts, "link_verified", want.fact},
			{c.Codes, "link_not_verified", want.code},
			{c.Actions, "document.book", want.action},
			{c.Roles, "accountant", want.role},
		} {
			if got := !slices.Contains(left(part.kind), part.name); got != part.covered {
				t.Errorf("%s: %s is covered: %t", text, part.name, got)
			}
			if part.kind.Covered()+len(part.kind.Left) != part.kind.All {
				t.Errorf("%s: %d of %d covered, and %d left", text, part.kind.Covered(), part.kind.All, len(part.kind.Left))
			}
		}
	}
}

func TestCoverageLooksAtAllThereIs(t *testing.T) {
	c := scenarios.Covered(nil)
	for name, pair := range map[string][2]int{
		"rules":   {c.Rules.All, len(slices.Collect(policy.AllRules()))},
		"facts":   {c.Facts.All, len(slices.Collect(policy.AllFacts()))},
		"codes":   {c.Codes.All, len(slices.Collect(policy.AllCodes()))},
		"actions": {c.Actions.All, len(slices.Collect(policy.AllActions()))},
		"roles":   {c.Roles.All, 7},
	} {
		if pair[0] != pair[1] || pair[0] == 0 {
			t.Errorf("%d %s to cover, of %d", pair[0], name, pair[1])
		}
	}
	if c.Rules.Covered() != 0 || c.Rules.Percent() != 0 || (scenarios.Kind{}).Percent() != 100 {
		t.Error("nothing asked, and something covered")
	}
}

func TestAWrongPolicyIsNoticedByWhatItWouldAnswer(t *testing.T) {
	for text, want := range map[string]string{
		"can: [[bram, document.book, document:inv-7]]":                                                 "no document.book/booker",
		"cannot: [[joris, document.book, document:inv-7]]":                                             "document.book/booker without link_verified",
		"cannot: [[carla, document.book, document:inv-7, {}, {code: role_missing}]]":                   "document.book/booker without booking_role",
		"cannot: [[carla, document.book, document:inv-7]]":                                             "",
		"can: [[bram, document.view, document:inv-2]]":                                                 "no document.view/client",
		"can: [[bram, document.view, document:inv-6, {}, {rule: document.view/client}]]":               "no document.view/client",
		"can: [[bram, document.view, document:inv-6]]":                                                 "",
		"tables: [{users: [joris], actions: [document.book], resources: [document:inv-7], can: none}]": "document.book/booker without link_verified",
	} {
		k := scenarios.Noticed(results(t, "  - {name: a, "+text+"}\n"))
		unnoticed := left(k)
		if k.All != len(slices.Collect(policy.Variants())) {
			t.Fatalf("%d variants, not all", k.All)
		}
		if want == "" && k.Covered() != 0 || want != "" && slices.Contains(unnoticed, want) {
			t.Errorf("%s: notices %d, %q not", text, k.Covered(), want)
		}
	}
}

// What is recorded passes, and notices what it can: a table says no codes.
func TestWhatIsRecordedPasses(t *testing.T) {
	data, err := os.ReadFile("../../examples/devries/office.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file, err := officefile.Parse("office.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	all := func(policy.Action) bool { return true }
	recorded := func(now time.Time, which func(policy.Action) bool) []scenarios.Result {
		text := scenarios.Record(file, "office.yaml", now, which)
		read := func(name string) ([]byte, error) {
			if name == "office.yaml" {
				return data, nil
			}
			return []byte(text), nil
		}
		suites, err := scenarios.Load(read, moment, "test.scenarios.yaml")
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		return scenarios.Run(suites, scenarios.Options{})
	}
	list := recorded(moment, all)
	for i := range list {
		if !list[i].Passed() {
			t.Errorf("%s fails: %s", list[i].Name, list[i].Failures[0].Message(0))
		}
	}
	if n := len(list); n != len(slices.Collect(policy.AllActions())) {
		t.Errorf("%d actions recorded", n)
	}
	if c := scenarios.Covered(list); c.Rules.Percent() < 80 || c.Actions.Percent() < 80 {
		t.Errorf("only %.0f%% of rules and %.0f%% of actions covered", c.Rules.Percent(), c.Actions.Percent())
	}
	one := recorded(moment.AddDate(10, 0, 0), func(a policy.Action) bool { return a == policy.DocumentBook })
	if len(one) != 1 || !one[0].Passed() || !one[0].At.Equal(moment.AddDate(10, 0, 0)) {
		t.Errorf("of one action, %d scenarios", len(one))
	}
}
