package policytest

import (
	"iter"
	"slices"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/users"
)

// Users draws a user whom an office could have and has not, as Offices draws them:
// with any roles, rights and end date, and access to companies of that office. Their
// id and username are free; offices.Office.WithUser takes them.
func Users(o Office) *rapid.Generator[users.User] {
	return rapid.Custom(func(t *rapid.T) users.User {
		a := artist{t}
		free := slices.DeleteFunc(slices.Clone(newcomers), func(id users.ID) bool { return taken(o.Office(), id) })
		if len(free) == 0 {
			t.Skip("every newcomer has come")
		}
		return named(a.user(slices.Collect(companiesIn(o)), o.At, o.Office().TimeZone()), one(a, "newcomer", free...))
	})
}

// taken says whether an id, or the username that is the same, is or was somebody's.
func taken(o offices.Office, id users.ID) bool {
	_, live := o.User(id)
	_, deleted := o.DeletedUser(id)
	_, username := o.UsernameOf(string(id))
	return live || deleted || username
}

// What there is in an office, by id.

func idsOfUsers(o Office) (ids []users.ID) {
	for u := range o.Office().Users() {
		ids = append(ids, u.ID)
	}
	return ids
}

func companiesIn(o Office) iter.Seq[companies.ID] { return o.Office().Everything().All() }

func systemsIn(o Office) (ids []companies.SystemID) {
	for s := range o.Office().Systems() {
		ids = append(ids, s.ID)
	}
	return ids
}

// emptySystems is the accounting systems without companies.
func emptySystems(o Office) []companies.SystemID {
	return slices.DeleteFunc(systemsIn(o), func(id companies.SystemID) bool {
		return len(slices.Collect(o.Office().CompaniesOf(id))) > 0
	})
}
