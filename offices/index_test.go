package offices_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// However an office became what it is, whatever is found in it is what a plain
// look at all of its parts finds.
func TestWhatIsFoundIsWhatLookingAtEverythingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, v := range history(t, anyChange) {
			usersAreFound(t, v)
			companiesAreFound(t, v)
			systemsAreFound(t, v)
			settingsAreFound(t, v)
		}
	})
}

// agrees fails where what was found is not what a plain look finds; no list is as
// good as an empty one.
func agrees[T any](t *rapid.T, what string, want, got []T) {
	t.Helper()
	if diff := cmp.Diff(append([]T{}, want...), append([]T{}, got...), same); diff != "" {
		t.Fatalf("%s (-looked for +found):\n%s", what, diff)
	}
}

// of is those of a list that are meant, each as something else.
func of[T, V any](list []T, meant func(T) bool, as func(T) V) (of []V) {
	for _, v := range list {
		if meant(v) {
			of = append(of, as(v))
		}
	}
	return of
}

func itself[T any](v T) T             { return v }
func idOfUser(u users.User) users.ID  { return u.ID }
func userOfLink(l sync.Link) users.ID { return l.User }
func one[V any](v V, ok bool) (found []V) {
	if ok {
		return []V{v}
	}
	return nil
}

func usersAreFound(t *rapid.T, v version) {
	o, p := v.office, v.parts
	for _, id := range userIDs {
		agrees(t, "User "+string(id), of(p.Users, userIs(id), itself), one(o.User(id)))
		agrees(t, "DeletedUser "+string(id), of(p.Deleted, func(d users.Deleted) bool { return d.ID == id }, itself), one(o.DeletedUser(id)))
		agrees(t, "PasswordLinkOf "+string(id), of(p.PasswordLinks, passwordLinkOf(id), itself), one(o.PasswordLinkOf(id)))
		agrees(t, "Links "+string(id), of(p.Links, linkOf(id), itself), slices.Collect(o.Links(id)))
		agrees(t, "DutiesOf "+string(id), of(p.Systems, func(s sync.System) bool { return s.SynchronisationUser == id },
			func(s sync.System) companies.SystemID { return s.ID }), o.DutiesOf(id))
		for _, system := range systemIDs {
			agrees(t, "Link "+string(id)+" "+string(system), of(p.Links, linkIs(id, system), itself), one(o.Link(id, system)))
		}
	}
	for _, name := range usernames {
		want := of(p.Users, func(u users.User) bool { return u.Username == name }, idOfUser)
		want = append(want, of(p.Deleted, func(d users.Deleted) bool { return d.Username == name }, func(d users.Deleted) users.ID { return d.ID })...)
		agrees(t, "UsernameOf "+name, want, one(o.UsernameOf(name)))
	}
	agrees(t, "LaterCompanyUsers", of(p.Users, func(u users.User) bool { return u.LaterCompanies }, idOfUser), slices.Collect(o.LaterCompanyUsers()))
}

func companiesAreFound(t *rapid.T, v version) {
	o, p := v.office, v.parts
	for _, id := range companyIDs {
		agrees(t, "Company "+string(id), of(p.Companies, companyIs(id), itself), one(o.Company(id)))
		agrees(t, "Settings "+string(id), of(p.Settings, settingOf(id), itself), slices.Collect(o.Settings(id)))
		access := of(p.Users, func(u users.User) bool { return u.Access.Has(id) }, idOfUser)
		billed := of(p.Users, func(u users.User) bool { return id != "" && u.BillTo == users.BillToCompany(id) }, idOfUser)
		agrees(t, "BilledTo "+string(id), billed, slices.Collect(o.BilledTo(id)))
		agrees(t, "HangingOn "+string(id), access, o.HangingOn(id).Access)
		agrees(t, "HangingOn "+string(id), billed, o.HangingOn(id).BillTo)
	}
}

func systemsAreFound(t *rapid.T, v version) {
	o, p := v.office, v.parts
	for _, id := range systemIDs {
		whole := of(p.Systems, systemIs(id), itself)
		agrees(t, "System "+string(id), whole, one(o.System(id)))
		agrees(t, "SystemState "+string(id), of(whole, systemIs(id), func(s sync.System) sync.System {
			s.Users = nil
			return s
		}), one(o.SystemState(id)))
		agrees(t, "CompaniesOf "+string(id), of(p.Companies, func(c companies.Company) bool { return c.System == id },
			func(c companies.Company) companies.ID { return c.ID }), slices.Collect(o.CompaniesOf(id)))
		agrees(t, "LinkedIn "+string(id), of(p.Links, func(l sync.Link) bool { return l.System == id }, userOfLink), o.LinkedIn(id))
		for _, account := range accountIDs {
			var there []sync.User
			for _, s := range whole {
				there = of(s.Users, accountIs(account), itself)
			}
			agrees(t, "AccountingUser "+string(id)+" "+string(account), there, one(o.AccountingUser(id, account)))
			agrees(t, "LinkedTo "+string(id)+" "+string(account), of(p.Links, func(l sync.Link) bool {
				return l.System == id && l.AccountingUser == account
			}, userOfLink), slices.Collect(o.LinkedTo(id, account)))
		}
	}
}

func settingsAreFound(t *rapid.T, v version) {
	agrees(t, "SettingKinds", v.parts.SettingKinds, slices.Collect(v.office.SettingKinds()))
	for _, code := range []string{"note", "rate", "zoo", ""} {
		agrees(t, "SettingKind "+code, of(v.parts.SettingKinds, func(k companies.SettingKind) bool { return k.Code == code }, itself),
			one(v.office.SettingKind(code)))
	}
}

func TestWhatChangedSinceIsWhatIsNotTheSameInTheParts(t *testing.T) {
	somethingChanged := 0
	rapid.Check(t, func(t *rapid.T) {
		list := history(t, anyChange)
		for _, from := range list {
			to := rapid.SampledFrom(list).Draw(t, "to")
			want, got := plainDifference(from.parts, to.parts), to.office.Since(from.office)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("(-in the parts +since):\n%s", diff)
			}
			if len(got.Users)+len(got.Companies)+len(got.Systems) > 0 {
				somethingChanged++
			}
		}
	})
	if somethingChanged < 50 {
		t.Errorf("something changed %d times: the property says too little", somethingChanged)
	}
}

// Since two offices that were made apart there is as much as between their parts.
func TestWhatIsNotTheSameInTwoOfficesMadeApart(t *testing.T) {
	p := small(t)
	if diff := cmp.Diff(offices.Difference{}, office(t, p).Since(office(t, small(t)))); diff != "" {
		t.Errorf("(-nothing +since):\n%s", diff)
	}
	p.Users[1].Name = "Bob"
	p.Companies[2].Name = "Tulpenhuis"
	p.Systems[0].Users[1].Rank = 3
	p.Systems[1].Connection = sync.LoginSuccess
	want := offices.Difference{
		Systems:   []offices.SystemDifference{{ID: "books"}, {ID: "ledger", Users: []sync.UserID{"l-bob"}}},
		Companies: []companies.ID{"florist"}, Users: []users.ID{"bob"},
	}
	if diff := cmp.Diff(want, office(t, p).Since(office(t, small(t)))); diff != "" {
		t.Errorf("(-want +since):\n%s", diff)
	}
}

// anyOf is a value of each type that a field of a user, or of an accounting system,
// can have: none of them what the small office has.
var anyOf = map[reflect.Type]any{
	reflect.TypeFor[string]():             "other@example.com",
	reflect.TypeFor[int]():                7,
	reflect.TypeFor[bool]():               true,
	reflect.TypeFor[roles.Set]():          roles.SetOf(roles.ClientUser),
	reflect.TypeFor[users.Access]():       users.AccessTo("florist"),
	reflect.TypeFor[users.Date]():         users.DateOf(someSending[0], time.UTC),
	reflect.TypeFor[users.ArchiveRight](): users.AllDocuments,
	reflect.TypeFor[users.BillTo]():       users.BillToOffice,
	reflect.TypeFor[users.ID]():           users.ID("ann"),
	reflect.TypeFor[sync.Connection]():    sync.LoginSuccess,
	reflect.TypeFor[sync.Reach]():         sync.ReachSome(users.AccessTo("florist")),
}

// otherwise goes through copies of a value, each with another field changed. It
// leaves out the id and lists.
func otherwise[T any](t *testing.T, v T, each func(field string, v T)) {
	t.Helper()
	for f := range reflect.TypeFor[T]().Fields() {
		other := v
		switch in := reflect.ValueOf(&other).Elem().FieldByIndex(f.Index); {
		case f.Name == "ID" || f.Type.Kind() == reflect.Slice:
			continue
		case anyOf[f.Type] == nil:
			t.Errorf("no value of the type of %s is known", f.Name)
		case f.Type.Kind() == reflect.Bool:
			in.SetBool(!in.Bool())
		default:
			in.Set(reflect.ValueOf(anyOf[f.Type]))
		}
		each(f.Name, other)
	}
}

// Whichever field it is that is not the same, it counts.
func TestAChangeOfAnyFieldIsAChange(t *testing.T) {
	o := office(t, small(t))
	bob, _ := o.User("bob")
	otherwise(t, bob, func(field string, u users.User) {
		after, err := o.WithUser(u)
		if got := after.Since(o); err != nil || !slices.Equal(got.Users, []users.ID{"bob"}) {
			t.Errorf("%s of a user: %v, %v", field, got, err)
		}
	})
	books, _ := o.SystemState("books")
	otherwise(t, books, func(field string, s sync.System) {
		after, err := o.WithSystemState(s)
		if got := after.Since(o); err != nil || len(got.Systems) != 1 || len(got.Systems[0].Users) != 0 {
			t.Errorf("%s of an accounting system: %v, %v", field, got, err)
		}
	})
	clerk, _ := o.AccountingUser("ledger", "l-bob")
	otherwise(t, clerk, func(field string, u sync.User) {
		after, err := o.WithAccountingUser("ledger", u)
		if got := after.Since(o); err != nil || len(got.Systems) != 1 || !slices.Equal(got.Systems[0].Users, []sync.UserID{"l-bob"}) {
			t.Errorf("%s of a user of an accounting system: %v, %v", field, got, err)
		}
	})
}

// plainDifference looks at everything in both.
func plainDifference(from, to offices.Parts) (d offices.Difference) {
	d.Users = different(from, to, allUsers, func(p offices.Parts, id users.ID) any {
		return []any{of(p.Users, userIs(id), itself), of(p.Links, linkOf(id), itself), of(p.PasswordLinks, passwordLinkOf(id), itself)}
	})
	d.Companies = different(from, to, allCompanies, func(p offices.Parts, id companies.ID) any {
		return []any{of(p.Companies, companyIs(id), itself), of(p.Settings, settingOf(id), itself)}
	})
	for _, id := range different(from, to, allSystems, func(p offices.Parts, id companies.SystemID) any {
		return of(p.Systems, systemIs(id), itself)
	}) {
		accounts := func(p offices.Parts) (list []sync.User) {
			for _, s := range of(p.Systems, systemIs(id), itself) {
				list = s.Users
			}
			return list
		}
		d.Systems = append(d.Systems, offices.SystemDifference{ID: id, Users: different(accounts(from), accounts(to), allAccounts,
			func(list []sync.User, id sync.UserID) any { return of(list, accountIs(id), itself) })})
	}
	return d
}

// different is the ids, of those in either, under which the two have something
// else, sorted.
func different[P any, K ~string](from, to P, ids func(P) []K, under func(P, K) any) (list []K) {
	all := map[K]bool{}
	for _, id := range slices.Concat(ids(from), ids(to)) {
		all[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if !cmp.Equal(under(from, id), under(to, id), same) {
			list = append(list, id)
		}
	}
	return list
}

func allUsers(p offices.Parts) []users.ID {
	return of(p.Users, func(users.User) bool { return true }, idOfUser)
}

func allCompanies(p offices.Parts) []companies.ID {
	return of(p.Companies, func(companies.Company) bool { return true }, func(c companies.Company) companies.ID { return c.ID })
}

func allSystems(p offices.Parts) []companies.SystemID {
	return of(p.Systems, func(sync.System) bool { return true }, func(s sync.System) companies.SystemID { return s.ID })
}

func allAccounts(list []sync.User) []sync.UserID {
	return of(list, func(sync.User) bool { return true }, func(u sync.User) sync.UserID { return u.ID })
}
