package officefile_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// FuzzUpdate holds that of any file there is, for a change, either a text that
// reads back as the office changed, or an error and no text.
func FuzzUpdate(f *testing.F) {
	f.Add([]byte(base), uint(0))
	f.Add(largeOffice(3, 2), uint(1))
	examples, err := filepath.Glob("testdata/update/*.before.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for i, name := range examples {
		f.Add(content(f, name), uint(i))
	}
	f.Fuzz(func(t *testing.T, data []byte, choice uint) {
		file, err := officefile.Parse("f", data)
		if err != nil {
			return
		}
		after := fuzzed(file.Office, choice)
		text, err := officefile.Update("f", data, after)
		if err != nil {
			if text != nil {
				t.Fatalf("found %q and %v, expected an error or a text", text, err)
			}
			return
		}
		checkUpdated(t, data, text, after)
	})
}

func checkUpdated(t *testing.T, data, text []byte, after offices.Office) {
	t.Helper()
	if diff := cmp.Diff(after.Parts(), parse(t, string(text)).Office.Parts(), byValue); diff != "" {
		t.Fatalf("office (-expected +found):\n%s\n%s", diff, text)
	}
	if json.Valid(data) && !json.Valid(text) {
		t.Fatalf("JSON is no longer JSON: %s became %s", data, text)
	}
}

// fuzzed is an office after what can be changed of one user, one company and one
// accounting system.
func fuzzed(o offices.Office, choice uint) offices.Office {
	all, firms, systems := slices.Collect(o.Users()), slices.Collect(o.Companies()), slices.Collect(o.Systems())
	try := func(next offices.Office, err error) {
		if err == nil {
			o = next
		}
	}
	if len(all) > 0 {
		u := all[choice%uint(len(all))]
		u.Email, u.Roles, u.Name, u.Language = "fuzzed@x", roles.SetOf(roles.Authoriser), "", "nl"
		try(o.WithUser(u))
		try(o.WithoutUser(all[(choice+1)%uint(len(all))].ID))
	}
	if len(firms) > 0 {
		try(o.WithoutCompany(firms[choice%uint(len(firms))].ID))
	}
	if len(systems) > 0 {
		s := systems[choice%uint(len(systems))]
		s.Name = "fuzzed: name"
		s.Users = s.Users[:len(s.Users)/2]
		try(o.WithSystem(s))
		try(o.WithCompany(companies.Company{ID: "fuzzed", Name: "#", System: s.ID}))
	}
	try(o.WithUser(users.User{ID: "fuzzed", Username: "fuzzed", Email: "a@b"}))
	return o.AtVersion(o.Version() + 1)
}
