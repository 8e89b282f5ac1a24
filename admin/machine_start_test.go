package admin_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// drawnUsers and the other names are what a drawn office has at most, in order, and
// then what may come new. Nobody is ever called "zed", and nothing "nowhere".
var (
	drawnUsers     = []users.ID{"anna", "bob", "carla", "dirk", "eva", "finn", "gina", "hugo"}
	laterUsers     = []users.ID{"ivo", "jan", "kim", "lea", "mia", "nico", "olga", "piet", "ravi", "sita", "ton", "una"}
	drawnCompanies = []companies.ID{"bakery", "butcher", "florist", "forge", "garage"}
	laterCompanies = []companies.ID{"hotel", "inn", "joiner", "kiosk", "bakery", companies.Office}
	drawnSystems   = []companies.SystemID{"books", "exact", "ledger"}
	laterSystems   = []companies.SystemID{"minox", "numbers", "books"}
	drawnAccounts  = []sync.UserID{"a1", "a2", "a3", "a4"}
	laterAccounts  = []sync.UserID{"a5", "a6", "a7"}
)

// soundRoles is sets that may be stored.
var soundRoles = []roles.Set{
	roles.SetOf(roles.Accountant),
	roles.SetOf(roles.SMEAccountant),
	roles.SetOf(roles.ClientUser),
	roles.SetOf(roles.RestrictedClientUser),
	roles.SetOf(roles.AuthorisationAdministrator),
	roles.SetOf(roles.Authoriser),
	roles.SetOf(roles.SuperUser, roles.Accountant),
	roles.SetOf(roles.SMEAccountant, roles.Authoriser),
	roles.SetOf(roles.Accountant, roles.AuthorisationAdministrator),
	roles.SetOf(roles.ClientUser, roles.Authoriser),
	roles.SetOf(roles.SMEAccountant, roles.ClientUser),
}

// drawnStarts is when a run begins: among others, just before the clock goes forward
// and just before it goes back.
var drawnStarts = []time.Time{
	time.Date(2026, 3, 28, 22, 30, 0, 0, time.UTC),  // half an hour before the day of 23 hours
	time.Date(2026, 10, 24, 21, 45, 0, 0, time.UTC), // a quarter before the day of 25
	time.Date(2026, 12, 31, 22, 59, 59, 999_999_999, time.UTC),
	time.Date(2026, 6, 15, 12, 0, 0, 1, time.UTC),
}

// among draws one of a list.
func among[T any](t *rapid.T, label string, from []T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

// oneIn draws true about once in n times.
func oneIn(t *rapid.T, label string, n int) bool { return rapid.IntRange(1, n).Draw(t, label) == n }

// partOf draws a part of a list, in its order.
func partOf[T any](t *rapid.T, label string, from []T) (list []T) {
	mask := rapid.IntRange(0, 1<<len(from)-1).Draw(t, label)
	for i, v := range from {
		if mask&(1<<i) != 0 {
			list = append(list, v)
		}
	}
	return list
}

// drawSound draws a small office in which nothing is wrong, as it stands at a
// moment.
func drawSound(t *rapid.T, at time.Time) plain {
	p := plain{
		name: "Kantoor Jansen", minutes: among(t, "minutes", []int{30, 30, 1, 1440}), version: uint64(rapid.IntRange(0, 3).Draw(t, "version")), //nolint:gosec // 0 to 3
		systems: map[companies.SystemID]plainSystem{}, companies: map[companies.ID]companies.Company{},
		users: map[users.ID]users.User{}, deleted: map[users.ID]string{"tom": "tom"}, links: map[plainLink]plainAccount{},
		sent: map[users.ID]users.PasswordLink{}, settings: map[plainSetting]string{},
	}
	systems := drawnSystems[:rapid.IntRange(2, 3).Draw(t, "systems")]
	for _, id := range drawnCompanies[:rapid.IntRange(3, 5).Draw(t, "companies")] {
		p.companies[id] = companies.Company{
			ID: id, Name: "Firma " + string(id), System: among(t, "system", systems),
			AuthorisationWorkflow: rapid.Bool().Draw(t, "workflow"), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
			SynchronisationOff: oneIn(t, "synchronisation off", 4),
		}
		p.settings[plainSetting{id, "vat"}] = among(t, "vat", plainKinds[2].Values)
	}
	for i, id := range drawnUsers[:rapid.IntRange(5, 8).Draw(t, "users")] {
		p.users[id] = p.drawUser(t, i, id, at)
	}
	for _, id := range systems {
		p.drawSystem(t, id)
	}
	for id, u := range sorted(p.users) {
		if oneIn(t, "sent a link", 2) {
			sent := at.Add(-time.Duration(rapid.IntRange(0, 31).Draw(t, "minutes ago")) * time.Minute)
			p.sent[id] = users.PasswordLink{User: id, Address: u.Email, Sent: sent, Length: time.Duration(p.minutes) * time.Minute}
		}
	}
	return p
}

func (p plain) drawUser(t *rapid.T, i int, id users.ID, at time.Time) users.User {
	all := keysOf(p.companies)
	u := users.User{
		ID: id, Username: string(id), Email: string(id) + "@example.com", Access: users.AccessTo(all...),
		LaterCompanies: oneIn(t, "later companies", 4), ChangeBankDetails: oneIn(t, "bank right", 4),
		BillTo: p.drawBillTo(t), Spenser: rapid.Bool().Draw(t, "spenser"), Used: rapid.Bool().Draw(t, "used"),
		Archive: among(t, "archive", []users.ArchiveRight{users.ByRole, users.AllDocuments}),
	}
	switch i {
	case 0:
		u.Roles = roles.SetOf(roles.SuperUser)
		return u
	case 1, 2, 3: // one of each who manages others
		u.Roles = []roles.Set{roles.SetOf(roles.SuperUser), soundRoles[0], soundRoles[1]}[i-1]
	default:
		u.Roles = among(t, "roles", soundRoles)
	}
	if rapid.Bool().Draw(t, "reaches some") {
		u.Access = users.AccessTo(partOf(t, "access", all)...)
	}
	if oneIn(t, "ends", 4) {
		u.EndDate = drawDay(t, at)
	}
	return u
}

// drawBillTo draws who pays, of whom may.
func (p plain) drawBillTo(t *rapid.T) users.BillTo {
	choices := []users.BillTo{{}, users.BillToOffice}
	for id, c := range sorted(p.companies) {
		if c.PaymentAgreement {
			choices = append(choices, users.BillToCompany(id))
		}
	}
	return among(t, "bill to", choices)
}

// drawDay draws a day around the office's day at a moment.
func drawDay(t *rapid.T, at time.Time) users.Date {
	return users.DateOf(at.AddDate(0, 0, rapid.IntRange(-1, 6).Draw(t, "days on")), plainZone)
}

// drawSystem draws an accounting system, and gives somebody the duty who is made
// fit for it.
func (p plain) drawSystem(t *rapid.T, id companies.SystemID) {
	owned := p.companiesOf(id)
	s := plainSystem{name: "System " + string(id), duty: among(t, "duty", keysOf(p.users)), accounts: map[sync.UserID]sync.User{}}
	p.change(s.duty, func(u *users.User) {
		u.EndDate = users.Date{}
		for _, company := range owned {
			u.Access = u.Access.With(company)
		}
	})
	for i, account := range drawnAccounts {
		u := sync.User{
			ID: account, Name: "Account " + string(account), Email: fmt.Sprint(account, "@", id, ".example"), Reach: sync.ReachAll,
			Rank: rapid.IntRange(1, 4).Draw(t, "rank"), CanBook: i == 0 || !oneIn(t, "cannot book", 4), CanChangeMasterData: i == 0 || !oneIn(t, "no master data", 4),
		}
		switch {
		case i == 0 && rapid.Bool().Draw(t, "reaches them one by one"):
			u.Reach = sync.ReachSome(users.AccessTo(owned...))
		case i > 0 && rapid.Bool().Draw(t, "reaches some there"):
			u.Reach = sync.ReachSome(users.AccessTo(partOf(t, "reach", keysOf(p.companies))...))
		}
		s.accounts[account] = u
	}
	p.systems[id] = s
	p.drawLinks(t, id)
}

func (p plain) drawLinks(t *rapid.T, id companies.SystemID) {
	s := p.systems[id]
	verified := rapid.Bool().Draw(t, "duty verified")
	p.links[plainLink{s.duty, id}] = plainAccount{"a1", verified}
	if verified && !oneIn(t, "disconnected", 3) {
		p.connect(id, sync.LoginSuccess)
	}
	for user := range sorted(p.users) {
		u := s.accounts[among(t, "account", drawnAccounts)]
		fit := u.Rank >= s.accounts["a1"].Rank && u.CanBook && u.CanChangeMasterData
		if fit && user != s.duty && oneIn(t, "linked", 2) {
			p.links[plainLink{user, id}] = plainAccount{u.ID, rapid.Bool().Draw(t, "verified")}
		}
	}
}
