package policy

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Whoever and whatever an office of this file can ever have; "tom" was deleted.
var (
	everUsers     = someUsers[:8]
	everCompanies = someCompanies[:4]
	everSystems   = someSystems[:3]
	everAccounts  = someAccounts[:4]
)

func companiesIn(o offices.Office) []companies.ID { return slices.Collect(o.Everything().All()) }

func usersIn(o offices.Office) (list []users.ID) {
	for u := range o.Users() {
		list = append(list, u.ID)
	}
	return list
}

// officeChanges are changes of every kind. One that cannot be made is an error.
var officeChanges = []func(t *rapid.T, o offices.Office) (offices.Office, error){
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithUser(drawUser(t, pick(t, "user", everUsers), companiesIn(o)))
	},
	changesSomebody, changesSomebody, changesSomebody,
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithoutUser(pick(t, "user deleted", everUsers))
	},
	createsCompany, createsCompany,
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithoutCompany(pick(t, "company deleted", everCompanies))
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		s := drawState(t)
		s.Users = drawAccounts(t, companiesIn(o))
		return o.WithSystem(s)
	},
	func(t *rapid.T, o offices.Office) (offices.Office, error) { return o.WithSystemState(drawState(t)) },
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		reach := sync.ReachAll
		if rapid.Bool().Draw(t, "account reaches some") {
			reach = sync.ReachSome(users.AccessTo(some(t, "account reach", companiesIn(o))...))
		}
		return o.WithAccountingUser(pick(t, "system", everSystems), account1(pick(t, "account", everAccounts),
			rapid.IntRange(1, 4).Draw(t, "rank"), rapid.Bool().Draw(t, "books"), rapid.Bool().Draw(t, "master data"), reach))
	},
	removesSystem, removesSystem,
	links, links,
	func(t *rapid.T, o offices.Office) (offices.Office, error) {
		return o.WithoutLink(pick(t, "user", everUsers), pick(t, "system", everSystems))
	},
	changesNoAnswer,
}

// changesSomebody changes one thing of a user who is there.
func changesSomebody(t *rapid.T, o offices.Office) (offices.Office, error) {
	known := companiesIn(o)
	u, _ := o.User(pick(t, "somebody", append(usersIn(o), "tom")))
	drawn := drawUser(t, u.ID, known)
	switch rapid.IntRange(0, 5).Draw(t, "what changes") {
	case 0:
		u.Roles = drawn.Roles
	case 1:
		u.EndDate = drawn.EndDate
	case 2:
		u.Access = drawn.Access
	case 3:
		if len(known) > 0 {
			u.Access = u.Access.With(pick(t, "given", known))
		}
	case 4:
		if len(known) > 0 {
			u.Access = u.Access.Without(pick(t, "taken", known))
		}
	default:
		u.Used, u.LaterCompanies, u.Archive, u.ChangeBankDetails = drawn.Used, drawn.LaterCompanies, drawn.Archive, drawn.ChangeBankDetails
	}
	return o.WithUser(u)
}

// createsCompany creates one or changes it, and may give some users access at once.
func createsCompany(t *rapid.T, o offices.Office) (offices.Office, error) {
	id := pick(t, "company", everCompanies)
	after, err := o.WithCompany(companies.Company{
		ID: id, Name: string(id), System: pick(t, "system", everSystems), PaymentAgreement: rapid.Bool().Draw(t, "agreement"),
	})
	for _, reaches := range some(t, "who reach it", usersIn(o)) {
		if err == nil {
			u, _ := after.User(reaches)
			u.Access = u.Access.With(id)
			after, err = after.WithUser(u)
		}
	}
	return after, err
}

func drawState(t *rapid.T) sync.System {
	id := pick(t, "system", everSystems)
	return sync.System{
		ID: id, Name: string(id), Connection: sync.Connection(rapid.IntRange(0, 1).Draw(t, "connection")), //nolint:gosec // 0 or 1
		SynchronisationUser: pick(t, "synchronisation user", everUsers),
	}
}

// removesSystem moves the companies of an accounting system elsewhere before it
// takes the system away.
func removesSystem(t *rapid.T, o offices.Office) (offices.Office, error) {
	id, to := pick(t, "system deleted", everSystems), pick(t, "moved to", everSystems)
	for moved := range o.CompaniesOf(id) {
		c, _ := o.Company(moved)
		c.System = to
		after, err := o.WithCompany(c)
		if err != nil {
			return offices.Office{}, err
		}
		o = after
	}
	return o.WithoutSystem(id)
}

func links(t *rapid.T, o offices.Office) (offices.Office, error) {
	return o.WithLink(sync.Link{
		User: pick(t, "user", everUsers), System: pick(t, "system", everSystems),
		AccountingUser: pick(t, "account", everAccounts), Verified: rapid.Bool().Draw(t, "verified"),
	})
}

// changesNoAnswer changes what no snapshot holds.
func changesNoAnswer(t *rapid.T, o offices.Office) (offices.Office, error) {
	u, _ := o.User(pick(t, "somebody", append(usersIn(o), "tom")))
	switch rapid.IntRange(0, 3).Draw(t, "what changes") {
	case 0:
		u.Name = pick(t, "name", []string{"", "Anna", "Bob"})
		return o.WithUser(u)
	case 1:
		return o.WithPasswordLink(users.SendPasswordLink(u, now, time.Hour))
	case 2:
		return o.WithoutPasswordLink(u.ID), nil
	}
	return o.WithName("Renamed")
}

// asked is an office that has everything the questions can be about: whatever any
// office of this file ever had, and has or has not now.
func asked(o offices.Office) offices.Parts {
	p := offices.Parts{Code: o.Code()}
	for _, id := range everUsers {
		u, _ := o.User(id)
		p.Users = append(p.Users, users.User{ID: id, Roles: u.Roles})
	}
	for _, id := range everCompanies {
		p.Companies = append(p.Companies, companies.Company{ID: id})
	}
	for _, id := range everSystems {
		p.Systems = append(p.Systems, sync.System{ID: id})
	}
	return p
}
