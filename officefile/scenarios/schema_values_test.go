package scenarios

import (
	"reflect"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/workflow"
)

// Whatever a command or an action takes, editors are told what it is.
func TestEveryFieldAndPropertyHasASchema(t *testing.T) {
	none, used := reflect.ValueOf(strict.Schema{}), map[string]bool{}
	var see func(name string, fields []changes.Field)
	see = func(name string, fields []changes.Field) {
		for _, f := range fields {
			if reflect.DeepEqual(fieldValue(f), none.Interface()) {
				t.Errorf("%s: found no schema for %s, which is %s", name, f.Key, f.Expected)
			}
			used[f.Expected] = true
			if list := listed.FindStringSubmatch(f.Expected); list != nil {
				used[list[2]] = true
			}
			see(name, f.Fields)
		}
	}
	for _, name := range slices.Concat(admin.CommandNames(), workflow.CommandNames()) {
		see(name, slices.Concat(admin.CommandFields(name), workflow.CommandFields(name)))
	}
	for expected := range kinds {
		if !used[expected] {
			t.Errorf("no field is %s", expected)
		}
	}
	for p := range everyProperty().Each() {
		if reflect.DeepEqual(propertyValue(p), none.Interface()) {
			t.Errorf("found no schema for the property %s", p)
		}
	}
	if n := len(slices.Collect(policy.AllActions())); n != 48 {
		t.Errorf("found %d actions, expected 48", n)
	}
}
