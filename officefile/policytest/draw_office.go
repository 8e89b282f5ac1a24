package policytest

import (
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Offices draws any office that there can be, sound or not, at a moment and with
// documents of it: one to eight users with every set of roles, also such as should
// not be stored; up to five companies in up to three accounting systems, with users
// of these, links and synchronisation users, fit or not; end dates around the moment,
// rights, who pays, settings and what may be set, password links, and users who were
// deleted. Moments are also a second before and the very start of a day of the
// office, and days on which its clocks change. Failures shrink to an office of one
// user and one company on a quiet morning.
func Offices() *rapid.Generator[Office] {
	return rapid.Custom(func(t *rapid.T) Office { return drawn(t, false) })
}

// SoundOffices draws offices in which review.Findings finds no error at their moment,
// and in which every link and every choice of who pays is one that could be made. It
// is where to begin with commands: these leave an office as sound as it was. For the
// rest it draws what Offices does.
func SoundOffices() *rapid.Generator[Office] {
	return rapid.Custom(func(t *rapid.T) Office { return drawn(t, true) })
}

func drawn(t *rapid.T, sound bool) Office {
	a := artist{t}
	p := offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: zone(one(a, "time zone", "Europe/Amsterdam", "UTC", "America/Curacao")),
		PasswordLink: one(a, "password link", 30*time.Minute, time.Minute, 24*time.Hour),
		Version:      uint64(a.upTo(0, 3, "version")), //nolint:gosec // 0 to 3
		SettingKinds: kinds[:a.upTo(0, len(kinds), "kinds of settings")],
	}
	at := a.moment(p.TimeZone)
	a.systems(&p)
	a.firms(&p)
	a.people(&p, at)
	a.accounts(&p)
	if sound {
		mend(&p)
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatalf("policytest drew parts that are no office: %v", err)
	}
	drawn := Office{State: admin.Open(o), At: at}
	drawn.Documents = a.documents(drawn)
	if sound {
		drawn.mendDocuments()
	}
	return drawn
}

// moment draws a moment: mostly a morning, else where days meet in the office.
func (a artist) moment(z *time.Location) time.Time {
	midnight := time.Date(2026, 11, 22, 0, 0, 0, 0, z)
	return one(a, "moment",
		time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		midnight, midnight.Add(-1),
		time.Date(2026, 3, 28, 22, 30, 0, 0, time.UTC),  // Amsterdam's day of 23 hours begins in half an hour
		time.Date(2026, 10, 24, 22, 15, 0, 0, time.UTC), // its day of 25 has begun
	).UTC()
}

// kinds is what companies may set.
var kinds = []companies.SettingKind{
	{Code: "vat_period", Mandatory: true, Values: []string{"month", "quarter"}},
	{Code: "colour", Values: []string{"blue", "red"}},
	{Code: "note"},
}

// systems draws the accounting systems, still without users.
func (a artist) systems(p *offices.Parts) {
	if a.oneIn(50, "no accounting system") {
		return
	}
	p.Systems = many(a, "accounting systems", 1, len(systems), func(a artist) sync.System {
		return sync.System{Connection: one(a, "connection", sync.LoginSuccess, sync.Disconnected)}
	})
	for i := range p.Systems {
		p.Systems[i].ID, p.Systems[i].Name = systems[i], string(systems[i])+" Online"
	}
}

// firms draws the companies, and what is set for them.
func (a artist) firms(p *offices.Parts) {
	if len(p.Systems) == 0 || a.oneIn(50, "no company") {
		return
	}
	type firm struct {
		companies.Company
		set []companies.Setting
	}
	for i, f := range many(a, "companies", 1, len(firms), func(a artist) firm {
		f := firm{Company: companies.Company{
			System: one(a, "accounting system", p.Systems...).ID, AuthorisationWorkflow: a.coin("workflow"),
			PaymentAgreement: a.coin("payment agreement"), SynchronisationOff: a.oneIn(4, "synchronisation off"),
		}}
		for _, k := range p.SettingKinds {
			if k.Mandatory || a.coin("set") {
				f.set = append(f.set, companies.Setting{Code: k.Code, Value: among(a, "value", "as told: 'yes'", k.Values)})
			}
		}
		return f
	}) {
		f.ID, f.Name = firms[i], "The "+string(firms[i])
		p.Companies = append(p.Companies, f.Company)
		for _, s := range f.set {
			s.Company = f.ID
			p.Settings = append(p.Settings, s)
		}
	}
}

func idsOfCompanies(p *offices.Parts) (ids []companies.ID) {
	for _, c := range p.Companies {
		ids = append(ids, c.ID)
	}
	return ids
}

// people draws the users, those who were sent a password link, and those deleted.
func (a artist) people(p *offices.Parts, at time.Time) {
	type person struct {
		users.User
		sent bool
		ago  time.Duration
	}
	all := idsOfCompanies(p)
	for i, u := range many(a, "users", 1, len(people), func(a artist) person {
		return person{
			a.user(all, at, p.TimeZone), a.oneIn(4, "sent a password link"),
			one(a, "sent ago", time.Second, 0, p.PasswordLink, p.PasswordLink-1),
		}
	}) {
		u.User = named(u.User, people[i])
		p.Users = append(p.Users, u.User)
		if u.sent {
			link := users.SendPasswordLink(u.User, at.Add(-u.ago), p.PasswordLink)
			p.PasswordLinks = append(p.PasswordLinks, link)
		}
	}
	for _, id := range gone[:a.upTo(0, len(gone), "deleted users")] {
		p.Deleted = append(p.Deleted, users.Deleted{ID: id, Username: string(id)})
	}
}

// named is a user with an id, and with an address of their own unless they share one.
func named(u users.User, id users.ID) users.User {
	u.ID, u.Username = id, string(id)
	if u.Email == "" {
		u.Email = string(id) + "@devries.example"
	}
	return u
}

// user draws a user who reaches some of the companies, still without a name.
func (a artist) user(all []companies.ID, at time.Time, z *time.Location) users.User {
	u := users.User{
		Roles: a.roles("roles"), Access: a.access(all, "access"), Used: !a.oneIn(3, "not used"),
		LaterCompanies: a.oneIn(3, "later companies"), ChangeBankDetails: a.oneIn(2, "bank right"), Spenser: a.oneIn(3, "spenser"),
	}
	if end := a.day(at, z, "end date"); a.oneIn(4, "ends") {
		u.EndDate = end
	}
	if a.oneIn(3, "archive right") {
		u.Archive = users.AllDocuments
	}
	if a.oneIn(3, "details") {
		u.Name, u.Language = "Alex de Vries", one(a, "language", "nl", "en", "")
	}
	if a.oneIn(8, "shared address") {
		u.Email = "info@devries.example"
	}
	payers := []users.BillTo{{}, users.BillToOffice}
	for _, id := range all {
		payers = append(payers, users.BillToCompany(id))
	}
	u.BillTo = one(a, "who pays", payers...)
	return u
}

// accounts draws the users of the accounting systems, who synchronises each, and who
// is linked there.
func (a artist) accounts(p *offices.Parts) {
	all := idsOfCompanies(p)
	for i := range p.Systems {
		s := &p.Systems[i]
		s.SynchronisationUser = one(a, "synchronisation user", p.Users...).ID
		if a.oneIn(8, "no accounting users") {
			continue
		}
		s.Users = many(a, "accounting users", 1, len(accounts), func(a artist) sync.User { return a.account("", s.ID, all) })
		for j := range s.Users {
			s.Users[j].ID, s.Users[j].Name = accounts[j], "The "+string(accounts[j])
		}
		for _, u := range p.Users {
			to := one(a, "linked to", s.Users...).ID
			if verified := !a.oneIn(4, "not verified"); !a.oneIn(3, "no link") {
				p.Links = append(p.Links, sync.Link{User: u.ID, System: s.ID, AccountingUser: to, Verified: verified})
			}
		}
	}
}

// account draws a user of an accounting system, mostly one who may be linked.
func (a artist) account(id sync.UserID, in companies.SystemID, all []companies.ID) sync.User {
	u := sync.User{
		ID: id, Name: "The " + string(id), Email: string(in) + "@there.example", Rank: a.upTo(1, 4, "rank"),
		CanBook: !a.oneIn(5, "cannot book"), CanChangeMasterData: !a.oneIn(5, "cannot change master data"), Reach: sync.ReachAll,
	}
	if some := a.access(all, "reach"); a.oneIn(3, "reaches some") {
		u.Reach = sync.ReachSome(some)
	}
	return u
}
