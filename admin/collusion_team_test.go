package admin_test

import (
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The collusion_ files let the users of a small office try everything they can
// think of together, to get more than anybody with the right to give it gave them.
// Whoever is a Super user only looks on, and so does a bystander: what is reached,
// the colluders reached.

// plotTeam is who colludes. An office of three companies is built around them.
type plotTeam struct {
	name      string
	colluders []users.User
	duty      users.ID // who of them synchronises south; nobody: the Super user does
}

// The users who do nothing.
const (
	plotSuper     users.ID = "super"     // a Super user for ever, who synchronises north
	plotDeputy    users.ID = "deputy"    // another one, who leaves one day
	plotBystander users.ID = "bystander" // a Client user of the bakery and the quarry
)

// The companies. No colluder reaches the quarry.
const (
	plotBakery companies.ID = "bakery" // in north
	plotQuarry companies.ID = "quarry" // in north
	plotMill   companies.ID = "mill"   // in south
	plotLater  companies.ID = "later"  // which there is not yet
)

const (
	plotNorth companies.SystemID = "north"
	plotSouth companies.SystemID = "south"
	plotWest  companies.SystemID = "west" // which no company is in
)

// The users who can be added.
const (
	plotFirst  users.ID = "first"
	plotSecond users.ID = "second"
)

// plotMoment is when it all happens; days are counted from there.
var plotMoment = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func plotDay(days int) users.Date { return users.DateOf(plotMoment.AddDate(0, 0, days), time.UTC) }

// plotUser is a used user who reaches the given companies.
func plotUser(id users.ID, of roles.Set, reaches ...companies.ID) users.User {
	return users.User{
		ID: id, Username: string(id), Email: string(id) + "@home.example", Roles: of, Access: users.AccessTo(reaches...), Used: true,
	}
}

func plotUnused(u users.User) users.User {
	u.Used = false
	return u
}

func plotWithLater(u users.User) users.User {
	u.LaterCompanies = true
	return u
}

func plotEnding(u users.User, on users.Date) users.User {
	u.EndDate = on
	return u
}

// plotTeams are the teams, each with what the others lack.
func plotTeams() []plotTeam {
	accountant, sme := roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant)
	administrator, authoriser := roles.SetOf(roles.AuthorisationAdministrator), roles.SetOf(roles.Authoriser)
	client, restricted := roles.SetOf(roles.ClientUser), roles.SetOf(roles.RestrictedClientUser)
	return []plotTeam{
		{"an Accountant with the right to later companies, an Authorisation administrator and a Client user", []users.User{
			plotWithLater(plotUser("accountant", accountant, plotBakery, plotMill)),
			plotUser("administrator", administrator, plotBakery),
			plotUser("client", client, plotMill),
		}, ""},
		{"two Accountants without that right, of whom one synchronises south, and somebody fresh", []users.User{
			plotUser("duty", accountant, plotBakery, plotMill),
			plotUser("accountant", accountant|authoriser, plotBakery, plotMill),
			plotUnused(plotUser("fresh", restricted)),
		}, "duty"},
		{"an SME Accountant, an Authorisation administrator and a Client user", []users.User{
			plotUser("sme", sme, plotBakery, plotMill),
			plotUser("administrator", administrator, plotBakery),
			plotUser("client", client, plotBakery),
		}, ""},
		{"an SME Accountant who authorises, somebody unused and somebody who has left", []users.User{
			plotWithLater(plotUser("sme", sme|authoriser, plotBakery)),
			plotUnused(plotUser("unused", client, plotBakery)),
			plotEnding(plotUser("gone", authoriser|client, plotBakery, plotMill), plotDay(-1)),
		}, ""},
		{"an Authorisation administrator who synchronises south, an Authoriser, a Client user and one who leaves tomorrow", []users.User{
			plotUser("administrator", administrator, plotBakery, plotMill),
			plotUser("authoriser", authoriser, plotBakery),
			plotUser("client", client, plotMill),
			plotEnding(plotUser("leaving", authoriser|restricted, plotBakery), plotDay(1)),
		}, "administrator"},
		{"an SME Accountant and somebody stored as both kinds of accountant", []users.User{
			plotUser("sme", sme|client, plotBakery),
			plotUser("both", accountant|sme|restricted, plotBakery),
			plotUser("restricted", client|restricted, plotBakery),
		}, ""},
	}
}

// open is the office of the team, as the plot begins.
func (team plotTeam) open(t testing.TB) admin.State {
	o, err := offices.New(team.parts())
	if err != nil {
		t.Fatal(err)
	}
	return admin.Open(o)
}

func (team plotTeam) parts() offices.Parts {
	south, link := plotSuper, sync.UserID("south-2")
	if team.duty != "" {
		south = team.duty
	}
	everyone := []users.User{
		plotUser(plotSuper, roles.SetOf(roles.SuperUser), plotBakery, plotMill, plotQuarry),
		plotEnding(plotUser(plotDeputy, roles.SetOf(roles.SuperUser)), plotDay(1000)),
		plotUser(plotBystander, roles.SetOf(roles.ClientUser), plotBakery, plotQuarry),
	}
	return offices.Parts{
		Code: "office", Name: "Office", TimeZone: time.UTC,
		Systems: []sync.System{
			{ID: plotNorth, Name: "North", Connection: sync.LoginSuccess, SynchronisationUser: plotSuper, Users: plotAccounts("north", sync.ReachAll)},
			{ID: plotWest, Name: "West", SynchronisationUser: plotSuper, Users: plotAccounts("west", sync.ReachAll)},
			{ID: plotSouth, Name: "South", Connection: sync.LoginSuccess, SynchronisationUser: south, Users: plotAccounts("south", sync.ReachSome(users.AccessTo(plotMill)))},
		},
		Companies: []companies.Company{
			{ID: plotBakery, Name: "Bakery", System: plotNorth, PaymentAgreement: true},
			{ID: plotMill, Name: "Mill", System: plotSouth},
			{ID: plotQuarry, Name: "Quarry", System: plotNorth, PaymentAgreement: true, AuthorisationWorkflow: true},
		},
		Users: append(everyone, team.colluders...),
		Links: []sync.Link{
			{User: plotSuper, System: plotNorth, AccountingUser: "north-2", Verified: true},
			{User: plotSuper, System: plotWest, AccountingUser: "west-2"},
			{User: south, System: plotSouth, AccountingUser: link, Verified: true},
		},
		SettingKinds: []companies.SettingKind{{Code: "colour"}, {Code: "currency", Mandatory: true, Values: []string{"EUR", "USD"}}},
	}
}

// plotAccounts are the users of an accounting system: one above the synchronisation
// user's own, that one, one below, and one below who cannot book.
func plotAccounts(system string, reach sync.Reach) (list []sync.User) {
	for rank, name := range []string{"-1", "-2", "-3", "-4"} {
		id := system + name
		list = append(list, sync.User{
			ID: sync.UserID(id), Name: id, Email: id + "@books.example", Rank: rank + 1,
			CanBook: rank < 3, CanChangeMasterData: true, Reach: reach,
		})
	}
	return list
}

// controls says whether the colluders act as a user: one of them, or one whom they
// added.
func (team plotTeam) controls(id users.ID) bool {
	for _, u := range team.colluders {
		if u.ID == id {
			return true
		}
	}
	return id == plotFirst || id == plotSecond
}

// ids are the users who can be acted on: everyone, and who can be added.
func (team plotTeam) ids() []users.ID {
	list := []users.ID{plotSuper, plotDeputy, plotBystander}
	for _, u := range team.colluders {
		list = append(list, u.ID)
	}
	return append(list, plotFirst, plotSecond)
}
