package review

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones, wherever the tests run

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The offices that differences are found between are so small that everything there
// is can be asked of them, and so mixed up that everything happens.
var (
	diffUsers     = []users.ID{"anna", "bob", "carla", "dirk"}
	diffCompanies = []companies.ID{"bakery", "garage"}
	diffSystems   = []companies.SystemID{"books", "ledger"}
	diffAccounts  = []sync.UserID{"clerk", "head"}
	diffNow       = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	diffDays      = []users.Date{
		firstDay, diffDay("2026-11-22"), diffDay("2026-11-23"), diffDay("2026-11-24"), diffDay("2026-11-25"), diffDay("9999-12-31"),
	}
)

func diffDay(s string) users.Date {
	d, err := users.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func diffPick[T any](t *rapid.T, list ...T) T { return rapid.SampledFrom(list).Draw(t, "one") }

func diffSome[T any](t *rapid.T, list []T) (some []T) {
	for _, v := range list {
		if rapid.IntRange(0, 2).Draw(t, "in") > 0 {
			some = append(some, v)
		}
	}
	return some
}

func diffOnce(t *rapid.T, n int) bool { return rapid.IntRange(1, n).Draw(t, "once") == n }

func diffZone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

func diffDrawRoles(t *rapid.T) roles.Set {
	switch rapid.IntRange(0, 7).Draw(t, "roles") {
	case 0:
		return roles.Set(rapid.IntRange(0, 127).Draw(t, "any set")) //nolint:gosec // seven bits
	case 1, 2, 3:
		return roles.SetOf(diffPick(t, roles.All()...), diffPick(t, roles.All()...))
	case 4:
		return roles.SetOf(roles.SuperUser)
	case 6:
		return roles.SetOf(diffPick(t, roles.Accountant, roles.SMEAccountant), diffPick(t, roles.ClientUser, roles.RestrictedClientUser))
	case 5:
		return roles.SetOf(diffPick(t, roles.ClientUser, roles.RestrictedClientUser, roles.AuthorisationAdministrator), roles.Authoriser)
	}
	return roles.SetOf(diffPick(t, roles.All()...))
}

func diffDrawUser(t *rapid.T, id users.ID, reached []companies.ID) users.User {
	u := users.User{
		ID: id, Username: string(id), Email: string(id) + "@example.com", Roles: diffDrawRoles(t),
		Access: users.AccessTo(diffSome(t, reached)...), LaterCompanies: rapid.Bool().Draw(t, "later"),
		ChangeBankDetails: rapid.Bool().Draw(t, "bank"), Used: rapid.Bool().Draw(t, "used"), Spenser: rapid.Bool().Draw(t, "spenser"),
	}
	if diffOnce(t, 3) {
		u.EndDate = diffPick(t, diffDays[1:]...)
	}
	if diffOnce(t, 3) {
		u.Archive = users.AllDocuments
	}
	return u
}

// diffLikeAnother makes the last of some users like one before, but for the access,
// half of the time: then others treat the two alike.
func diffLikeAnother(t *rapid.T, list []users.User) {
	u := &list[len(list)-1]
	if len(list) == 1 || rapid.Bool().Draw(t, "like nobody") {
		return
	}
	other := diffPick(t, list[:len(list)-1]...)
	u.Roles, u.Used, u.EndDate = other.Roles, other.Used, other.EndDate
}

func diffDrawAccount(t *rapid.T, id sync.UserID, reached []companies.ID) sync.User {
	a := sync.User{
		ID: id, Name: string(id), Email: "account@example.com", Rank: rapid.IntRange(1, 3).Draw(t, "rank"),
		CanBook: !diffOnce(t, 4), CanChangeMasterData: !diffOnce(t, 4), Reach: sync.ReachAll,
	}
	if diffOnce(t, 3) {
		a.Reach = sync.ReachSome(users.AccessTo(diffSome(t, reached)...))
	}
	return a
}

func diffDrawSystem(t *rapid.T, id companies.SystemID, people []users.ID, reached []companies.ID) sync.System {
	s := sync.System{ID: id, Name: string(id), SynchronisationUser: diffPick(t, people...), Connection: sync.Connection(rapid.IntRange(0, 1).Draw(t, "connection"))} //nolint:gosec // 0 or 1
	for _, id := range diffSome(t, diffAccounts) {
		s.Users = append(s.Users, diffDrawAccount(t, id, reached))
	}
	return s
}

// diffDrawOffice draws an office that is one, sound or not.
func diffDrawOffice(t *rapid.T, tb testing.TB) offices.Office {
	p := offices.Parts{Code: diffPick(t, "devries", "devries", "devries", "devries", "jansen"), Name: "De Vries", TimeZone: diffZone(tb, "Europe/Amsterdam")}
	if diffOnce(t, 6) {
		p.TimeZone = diffZone(tb, diffPick(t, "Europe/Brussels", "America/New_York"))
	}
	people := diffUsers[:4-rapid.IntRange(0, 3).Draw(t, "users fewer")]
	systems := diffSystems[:rapid.IntRange(1, 2).Draw(t, "systems")]
	reached := diffSome(t, diffCompanies)
	for _, id := range reached {
		p.Companies = append(p.Companies, companies.Company{
			ID: id, Name: string(id), System: diffPick(t, systems...), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
		})
	}
	for _, id := range systems {
		p.Systems = append(p.Systems, diffDrawSystem(t, id, people, reached))
	}
	for _, id := range people {
		p.Users = append(p.Users, diffDrawUser(t, id, reached))
		diffLikeAnother(t, p.Users)
		for _, s := range p.Systems {
			if len(s.Users) > 0 && !diffOnce(t, 3) {
				p.Links = append(p.Links, sync.Link{User: id, System: s.ID, AccountingUser: diffPick(t, s.Users...).ID, Verified: !diffOnce(t, 4)})
			}
		}
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// diffChanges are changes of one thing of an office, each of which may change
// nothing, and may not be possible.
var diffChanges = []func(t *rapid.T, o offices.Office) (offices.Office, error){
	diffChangeUser, diffChangeUser, diffChangeUser, diffChangeUser, diffChangeUser,
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithUser(diffDrawUser(t, diffPick(t, diffUsers...), slices.Collect(o.Everything().All())))
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithoutUser(diffPick(t, diffUsers...))
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithCompany(companies.Company{
			ID: diffPick(t, diffCompanies...), Name: "Company", System: diffPick(t, diffSystems...), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
		})
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithoutCompany(diffPick(t, diffCompanies...))
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		s, _ := o.SystemState(diffPick(t, diffSystems...))
		s.SynchronisationUser = diffPick(t, diffUsers...)
		return o.WithSystemState(s)
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithAccountingUser(diffPick(t, diffSystems...), diffDrawAccount(t, diffPick(t, diffAccounts...), slices.Collect(o.Everything().All())))
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithoutSystem(diffPick(t, diffSystems...))
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithLink(sync.Link{
			User: diffPick(t, diffUsers...), System: diffPick(t, diffSystems...), AccountingUser: diffPick(t, diffAccounts...),
			Verified: rapid.Bool().Draw(t, "verified"),
		})
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithoutLink(diffPick(t, diffUsers...), diffPick(t, diffSystems...))
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		p := o.Parts()
		switch rapid.IntRange(0, 2).Draw(t, "of the office") {
		case 0:
			p.Name = "Renamed"
		case 1:
			p.TimeZone = time.FixedZone("elsewhere", 3600*rapid.IntRange(-11, 11).Draw(t, "hours"))
		default:
			p.Code = "jansen"
		}
		return offices.New(p)
	},
}

// diffChangeUser changes one thing of a user who is there.
func diffChangeUser(t *rapid.T, o offices.Office) (offices.Office, error) {
	u, _ := o.User(diffPick(t, diffUsers...))
	drawn := diffDrawUser(t, u.ID, slices.Collect(o.Everything().All()))
	switch rapid.IntRange(0, 8).Draw(t, "what") {
	case 0:
		u.Roles = drawn.Roles
	case 1:
		u.Access = drawn.Access
	case 2:
		u.EndDate = drawn.EndDate
	case 3:
		u.Archive = drawn.Archive
	case 4:
		u.ChangeBankDetails = drawn.ChangeBankDetails
	case 5:
		u.LaterCompanies = drawn.LaterCompanies
	case 6:
		u.Used = drawn.Used
	case 7:
		u.Spenser = !u.Spenser
	case 8:
		u.Roles ^= roles.SetOf(diffPick(t, roles.All()...))
	}
	return o.WithUser(u)
}

// diffDrawChanged draws what may become of an office by a few changes.
func diffDrawChanged(t *rapid.T, o offices.Office) offices.Office {
	for range rapid.IntRange(1, 4).Draw(t, "changes") {
		if next, err := diffPick(t, diffChanges...)(t, o); err == nil {
			o = next
		}
	}
	return o
}

// diffDrawReplayed draws what becomes of an office by the events of a few commands,
// whoever may give them; its snapshot follows.
func diffDrawReplayed(t *rapid.T, s admin.State) admin.State {
	for range rapid.IntRange(1, 4).Draw(t, "events") {
		o, user := s.Office(), diffPick(t, diffUsers...)
		u, _ := o.User(user)
		role, system := diffPick(t, roles.All()...), diffPick(t, diffSystems...)
		c := diffPick(
			t, grantRole(user, role), revokeRole(user, role), changeRoles(user, u.Roles, diffDrawRoles(t)),
			changeEndDate(user, diffPick(t, diffDays...)), changeArchiveRight(user, users.AllDocuments), changeBankRight(user, !u.ChangeBankDetails),
			changeLaterCompanies(user, !u.LaterCompanies), linkAccountingUser(user, system, diffPick(t, diffAccounts...)),
			unlinkAccountingUser(user, system), enterAccountingPassword(user, system), reconnect(system),
			chooseSynchronisationUser(o, system, user, ""), changePaymentAgreement(o, diffPick(t, diffCompanies...), rapid.Bool().Draw(t, "made")),
		)
		if next, err := supposing(s, c); err == nil {
			s = next
		}
	}
	return s
}

// diffDrawPair draws two offices: mostly one and what became of it, and otherwise two
// that were drawn each by itself.
func diffDrawPair(t *rapid.T, tb testing.TB) (before, after admin.State) {
	before = admin.Open(diffDrawOffice(t, tb))
	switch rapid.IntRange(0, 3).Draw(t, "pair") {
	case 0:
		return before, admin.Open(diffDrawOffice(t, tb))
	case 1:
		return before, diffDrawReplayed(t, before)
	}
	return before, admin.Open(diffDrawChanged(t, before.Office()))
}
