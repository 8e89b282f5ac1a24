package companies_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/problems"
)

const anID = "an identifier: 1 to 128 bytes of valid UTF-8 without control characters"

func TestACompanyIDIsTakenAsItStandsOrRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		id   string
		want bool
	}{
		{"a plain id", "garage", true},
		{"128 bytes", strings.Repeat("a", 128), true},
		{"129 bytes", strings.Repeat("a", 129), false},
		{"empty", "", false},
		{"a control character", "gar\x07age", false},
		{"a new line behind it", "garage\n", false},
		{"invalid UTF-8", "garage\xff", false},
		{"spaces around it stay", " garage ", true},
		{"capitals stay", "GaRaGe", true},
		{"a composed letter stays composed", "caf\u00e9", true},
		{"a combining accent stays apart", "cafe\u0301", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkTaken(t, c.id, c.want, companies.ParseID)
			checkTaken(t, c.id, c.want, companies.ParseSystemID)
		})
	}
}

func checkTaken[T ~string](t *testing.T, id string, want bool, parse func(string) (T, error)) {
	t.Helper()
	got, err := parse(id)
	switch {
	case want && (err != nil || string(got) != id):
		t.Errorf("%q was taken as %q, %v", id, got, err)
	case !want && (got != "" || !errors.Is(err, problems.ErrInvalid)):
		t.Errorf("%q was not refused: %q, %v", id, got, err)
	}
}

func garage() companies.Company {
	return companies.Company{ID: "garage", Name: "Garage Jansen", System: "ledger"}
}

func TestACompanyIsCheckedFieldByField(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*companies.Company)
		want   []*problems.Problem
	}{
		{"a whole company", func(*companies.Company) {}, nil},
		{"settings are free", func(c *companies.Company) { c.AuthorisationWorkflow, c.PaymentAgreement = true, true }, nil},
		{
			"no id", func(c *companies.Company) { c.ID = "" },
			[]*problems.Problem{{Path: "id", Found: `""`, Expected: anID}},
		},
		{
			"the office's own word", func(c *companies.Company) { c.ID = "office" },
			[]*problems.Problem{{Path: "id", Found: `"office"`, Expected: "another id: this word stands for the office itself"}},
		},
		{"that word in capitals is another id", func(c *companies.Company) { c.ID = "Office" }, nil},
		{
			"no name", func(c *companies.Company) { c.Name = "" },
			[]*problems.Problem{{Path: "name", Found: `""`, Expected: "a text of 1 to 1024 bytes of valid UTF-8 without control characters"}},
		},
		{
			"a name of two lines", func(c *companies.Company) { c.Name = "a\nb" },
			[]*problems.Problem{{Path: "name", Found: `"a\nb"`, Expected: "a text of 1 to 1024 bytes of valid UTF-8 without control characters"}},
		},
		{
			"no accounting system", func(c *companies.Company) { c.System = "" },
			[]*problems.Problem{{Path: "accounting_system", Found: `""`, Expected: anID}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			company := garage()
			c.change(&company)
			if diff := cmp.Diff(c.want, problems.All(company.Check())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheZeroCompanyIsToldEverythingItLacks(t *testing.T) {
	var paths []string
	for _, p := range problems.All(companies.Company{}.Check()) {
		paths = append(paths, p.Path)
	}
	if diff := cmp.Diff([]string{"id", "name", "accounting_system"}, paths); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{"garage", "", "a\nb", "\xff", strings.Repeat("a", 128), strings.Repeat("a", 129), "caf\u00e9"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkParsed(t, text, companies.ParseID)
		checkParsed(t, text, companies.ParseSystemID)
	})
}

func checkParsed[T ~string](t *testing.T, text string, parse func(string) (T, error)) {
	t.Helper()
	id, err := parse(text)
	if err != nil {
		if id != "" || !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("%q gave %q, %v", text, id, err)
		}
		return
	}
	if again, err := parse(string(id)); string(id) != text || again != id || err != nil {
		t.Fatalf("%q became %q, then %q, %v", text, id, again, err)
	}
}

// A company is checked before it enters an office; every mistake is named.
func ExampleCompany_Check() {
	company := companies.Company{ID: companies.Office, Name: "Garage Jansen"}
	fmt.Println(company.Check())
	// Output:
	// id: found "office", expected another id: this word stands for the office itself
	// accounting_system: found "", expected an identifier: 1 to 128 bytes of valid UTF-8 without control characters
}
