package offices_test

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/users"
)

// Whatever an office has become, the places that go with its users are those of the
// companies they have access to, and no others.
func TestUsersComeWithWhereTheirCompaniesStand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, v := range history(t, anyChange) {
			withAccess(t, v.office)
		}
		withAccess(t, office(t, shuffled(t, drawParts(t))))
	})
}

func withAccess(t *rapid.T, o offices.Office) {
	t.Helper()
	all := slices.Collect(o.Companies())
	var got []users.User
	for u, places := range o.UsersWithAccess() {
		var ids []companies.ID
		for _, at := range places {
			ids = append(ids, all[at].ID)
		}
		if !slices.IsSorted(places) || !u.Access.Equal(users.AccessTo(ids...)) || len(ids) != u.Access.Len() {
			t.Fatalf("%s has access to %v, and comes with %v", u.ID, u.Access, ids)
		}
		got = append(got, u)
	}
	if diff := gocmp.Diff(slices.Collect(o.Users()), got, same); diff != "" {
		t.Fatalf("users (-alone +with access):\n%s", diff)
	}
	for u := range o.UsersWithAccess() {
		if u.ID != got[0].ID {
			t.Fatalf("first %s, and then %s", got[0].ID, u.ID)
		}
		break
	}
}
