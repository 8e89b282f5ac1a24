package policy

import (
	"testing"
	"unsafe"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/users"
)

// The accounting goes by these sizes; Placed and Subject are handles, of which a
// program may keep millions.
func TestSizesAreWhatTheAccountingTakesThemFor(t *testing.T) {
	for name, c := range map[string]struct {
		size uintptr
		told int
	}{
		"a user":                         {unsafe.Sizeof(entry[users.ID, user]{}), userSize},
		"a company":                      {unsafe.Sizeof(entry[companies.ID, company]{}), companySize},
		"an accounting system by its id": {unsafe.Sizeof(entry[companies.SystemID, *system]{}), companySize},
		"an id":                          {unsafe.Sizeof(users.ID("")), idSize},
		"ties":                           {unsafe.Sizeof(ties{}), tiesSize},
		"a link":                         {unsafe.Sizeof(link{}), linkSize},
		"a system":                       {unsafe.Sizeof(system{}), systemSize},
		"a user of an accounting system": {unsafe.Sizeof(account{}), accountSize},
		"a Placed":                       {unsafe.Sizeof(Placed{}), 24},
		"a Subject":                      {unsafe.Sizeof(Subject{}), 64},
		"a Group":                        {unsafe.Sizeof(Group{}), 128},
		"what a list looks at of it":     {unsafe.Offsetof(Group{}.parts), 64},
	} {
		if int(c.size) != c.told {
			t.Errorf("%s takes %d bytes, and is taken for %d", name, c.size, c.told)
		}
	}
}
