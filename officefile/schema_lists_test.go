package officefile_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The lists from which editors complete are all that can be read.
func TestTheListsOfTheDomainAreWhole(t *testing.T) {
	schemaListIsWhole(t, documents.Stages(), documents.ParseStage)
	schemaListIsWhole(t, documents.Outcomes(), documents.ParseOutcome)
	schemaListIsWhole(t, sync.Connections(), sync.ParseConnection)
	schemaListIsWhole(t, users.ArchiveRights(), users.ParseArchiveRight)
	schemaListIsWhole(t, roles.All(), roles.Parse)
	schemaListIsWhole(t, roles.Levels(), roles.ParseLevel)
}

func schemaListIsWhole[V interface {
	~uint8
	fmt.Stringer
}](t *testing.T, list []V, parse func(string) (V, error)) {
	t.Helper()
	for code := range 256 {
		v := V(code)
		_, err := parse(v.String())
		if known := err == nil; known != slices.Contains(list, v) {
			t.Errorf("%T: %s can be read: %v; the list has %v", v, v, known, list)
		}
	}
	if len(list) != len(slices.Compact(slices.Sorted(slices.Values(list)))) {
		t.Errorf("%v has something twice", list)
	}
}
