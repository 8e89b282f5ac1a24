package officefile

import (
	"maps"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile/internal/edit"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/users"
)

// updater finds what changed between an office as it was read and what it became.
type updater struct {
	*reader
	edit          *edit.Editor
	before, after offices.Office
	companies     int // how many there are after
}

func (u *updater) text() ([]byte, error) {
	for range u.after.Companies() {
		u.companies++
	}
	changed := u.after.Since(u.before)
	u.edit.Field("office", officeValue(u.before), officeValue(u.after))
	u.edit.Elements("accounting_systems", u.systemChanges(changed.Systems))
	u.edit.Elements("companies", u.companyChanges(changed.Companies))
	u.edit.Elements("users", u.userChanges(changed.Users))
	u.edit.Elements("deleted_users", u.deletedChanges())
	return u.edit.Text()
}

// places are where in a list of the file those stand that changed, sorted, and
// behind them those that are new.
func places[K ~string](n int, id func(i int) K, changed map[K]bool) (there []int, added []K) {
	left := maps.Clone(changed)
	for i := range n {
		if changed[id(i)] {
			there = append(there, i)
			delete(left, id(i))
		}
	}
	return there, slices.Sorted(maps.Keys(left))
}

// changes are those of a list of the file: of each that changed, what it was in
// the file and what it became.
func changes[K ~string](n int, id func(i int) K, changed map[K]bool, was func(K, int) edit.Value, is func(K, int) edit.Value) (all []edit.Change) {
	there, added := places(n, id, changed)
	for _, i := range there {
		all = append(all, edit.Change{Index: i, Before: was(id(i), i), After: is(id(i), i)})
	}
	for _, key := range added {
		if v := is(key, -1); v != nil {
			all = append(all, edit.Change{After: v})
		}
	}
	return all
}

func setOf[K ~string](ids []K) map[K]bool {
	set := make(map[K]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

func (u *updater) systemChanges(differ []offices.SystemDifference) []edit.Change {
	changed := make(map[companies.SystemID]bool, len(differ))
	for _, d := range differ {
		changed[d.ID] = true
	}
	in := func(o offices.Office) func(companies.SystemID, int) edit.Value {
		return func(id companies.SystemID, _ int) edit.Value {
			if s, ok := o.System(id); ok {
				return systemValue(s)
			}
			return nil
		}
	}
	id := func(i int) companies.SystemID { return u.systems[i].ID }
	return changes(len(u.systems), id, changed, in(u.before), in(u.after))
}

func (u *updater) companyChanges(changed []companies.ID) []edit.Change {
	in := func(o offices.Office) func(companies.ID, int) edit.Value {
		return func(id companies.ID, _ int) edit.Value {
			if c, ok := o.Company(id); ok {
				return companyValue(c, o)
			}
			return nil
		}
	}
	id := func(i int) companies.ID { return u.reader.companies[i].ID }
	return changes(len(u.reader.companies), id, setOf(changed), in(u.before), in(u.after))
}

// userChanges are also those of users of whom the file says that they reach all
// companies, and who did not change but do so no longer.
func (u *updater) userChanges(differ []users.ID) []edit.Change {
	changed := setOf(differ)
	for i := range u.users {
		id := u.users[i].ID
		if is, _ := u.after.User(id); u.users[i].companies.all && !u.reachesAll(is) {
			changed[id] = true
		}
	}
	was := func(id users.ID, i int) edit.Value {
		user, _ := u.before.User(id)
		return userValue(user, u.before, u.users[i].companies.all)
	}
	is := func(id users.ID, i int) edit.Value {
		user, ok := u.after.User(id)
		if !ok {
			return nil
		}
		return userValue(user, u.after, i >= 0 && u.users[i].companies.all && u.reachesAll(user))
	}
	return changes(len(u.users), func(i int) users.ID { return u.users[i].ID }, changed, was, is)
}

func (u *updater) reachesAll(user users.User) bool { return user.Access.Len() == u.companies }

func (u *updater) deletedChanges() []edit.Change {
	changed := make(map[users.ID]bool)
	for d := range u.after.DeletedUsers() {
		if was, _ := u.before.DeletedUser(d.ID); was != d {
			changed[d.ID] = true
		}
	}
	for d := range u.before.DeletedUsers() {
		if is, _ := u.after.DeletedUser(d.ID); is != d {
			changed[d.ID] = true
		}
	}
	in := func(o offices.Office) func(users.ID, int) edit.Value {
		return func(id users.ID, _ int) edit.Value {
			if d, ok := o.DeletedUser(id); ok {
				return deletedValue(d)
			}
			return nil
		}
	}
	return changes(len(u.deleted), func(i int) users.ID { return u.deleted[i].ID }, changed, in(u.before), in(u.after))
}
