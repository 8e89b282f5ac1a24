package admin_test

import (
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// plotLens is what a search looks at: how many commands, and so how far it can come.
type plotLens struct {
	name     string
	commands func(plotTeam) []admin.Command
	days     int // that can pass
	full     int // how many offices have everything carried out
	depth    int // how many steps the usual search takes at most
	states   int // and how many offices it looks at
}

// plotLenses is one that tries every kind of command, not far; two that try half of
// them, further; and two of few values, that come to an end.
func plotLenses() []plotLens {
	return []plotLens{
		{"everything", plotEverything, 1, 1, 2, 400},
		{"rights", plotAllRights, 0, 0, 6, 600},
		{"accounts", plotAllAccounts, 2, 0, 6, 500},
		{"few", plotFew, 0, 0, 40, 10000},
		{"few links", plotFewLinks, 0, 0, 40, 10000},
	}
}

// plotAll is the values of the widest search.
func plotAll(team plotTeam) plotDomain {
	return plotDomain{
		targets: team.ids(),
		added:   []users.ID{plotFirst, plotSecond},
		roles:   roles.All(),
		sets: []roles.Set{
			roles.SetOf(roles.RestrictedClientUser), roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant, roles.ClientUser),
			roles.SetOf(roles.AuthorisationAdministrator, roles.Authoriser), roles.SetOf(roles.SuperUser), roles.SetOf(roles.SuperUser, roles.Accountant),
		},
		reaches:  [][]companies.ID{nil, {plotBakery}, {plotQuarry}, {plotBakery, plotMill, plotQuarry}},
		about:    []companies.ID{plotBakery, plotQuarry, plotLater},
		ends:     []users.Date{{}, plotDay(-1), plotDay(0), plotDay(1), plotDay(5000)},
		emails:   []string{"plot@plot.example"},
		systems:  []companies.SystemID{plotNorth, plotSouth, plotWest},
		accounts: plotEveryAccount(),
	}
}

func plotEveryAccount() map[companies.SystemID][]sync.UserID {
	return map[companies.SystemID][]sync.UserID{
		plotNorth: {"north-1", "north-2", "north-3", "north-4"}, plotSouth: {"south-1", "south-3"}, plotWest: {"west-1"},
	}
}

func plotEverything(team plotTeam) (list []admin.Command) {
	d := plotAll(team)
	for _, some := range [][]admin.Command{
		d.roleChanges(), d.rights(), d.superRights(), d.endDates(), d.details(), d.passwords(), d.links(),
		d.additions(), d.bulk(), d.companies(), d.office(),
	} {
		list = append(list, some...)
	}
	return list
}

// plotAllRights is who has which roles and companies.
func plotAllRights(team plotTeam) (list []admin.Command) {
	d := plotAll(team)
	d.added = d.added[:1]
	d.sets = []roles.Set{roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant, roles.Authoriser), roles.SetOf(roles.ClientUser), roles.SetOf(roles.SuperUser)}
	d.reaches = [][]companies.ID{nil, {plotBakery}, {plotBakery, plotQuarry}, {plotMill, plotLater}}
	d.systems = d.systems[1:2]
	for _, some := range [][]admin.Command{d.roleChanges(), d.rights(), d.additions(), d.creations()} {
		list = append(list, some...)
	}
	return list
}

// plotAllAccounts is who logs in as whom, here and in the accounting systems.
func plotAllAccounts(team plotTeam) (list []admin.Command) {
	d := plotAll(team)
	d.added = d.added[:1]
	d.sets = []roles.Set{roles.SetOf(roles.ClientUser), roles.SetOf(roles.Accountant)}
	d.reaches = [][]companies.ID{{plotBakery}}
	d.ends = []users.Date{{}, plotDay(0), plotDay(1)}
	d.systems = d.systems[:2]
	d.accounts = map[companies.SystemID][]sync.UserID{plotNorth: {"north-1", "north-3"}, plotSouth: {"south-1", "south-3"}}
	for _, some := range [][]admin.Command{d.passwords(), d.links(), d.endDates(), d.additions()} {
		list = append(list, some...)
	}
	for _, system := range d.systems {
		list = append(list, admin.RecordDisconnection{System: system}, admin.Reconnect{System: system})
	}
	return list
}

// plotFew is one user to add, two companies and, beside the role to try for, the
// highest of the team. It is about the first of them, the last and whoever is added.
func plotFew(team plotTeam) (list []admin.Command) {
	most, least := team.colluders[0], team.colluders[len(team.colluders)-1]
	d := plotDomain{
		targets: []users.ID{plotSuper, most.ID, least.ID, plotFirst}, added: []users.ID{plotFirst},
		roles:   []roles.Role{roles.SuperUser, most.Roles.Effective().Highest()},
		sets:    []roles.Set{least.Roles},
		reaches: [][]companies.ID{nil, {plotBakery}, {plotBakery, plotQuarry}},
	}
	for _, some := range [][]admin.Command{d.roleChanges(), d.rights(), d.additions()} {
		list = append(list, some...)
	}
	return list
}

// plotFewLinks links the same users, in either accounting system.
func plotFewLinks(team plotTeam) []admin.Command {
	d := plotDomain{
		targets:  []users.ID{plotSuper, team.colluders[0].ID, team.colluders[len(team.colluders)-1].ID},
		systems:  []companies.SystemID{plotNorth, plotSouth},
		accounts: map[companies.SystemID][]sync.UserID{plotNorth: {"north-1", "north-3"}, plotSouth: {"south-1", "south-3"}},
	}
	return append(d.links(), admin.RecordDisconnection{System: plotSouth}, admin.Reconnect{System: plotSouth})
}

// plotting is a search of a team through a lens.
func plotting(team plotTeam, lens plotLens, start admin.State) *plotSearch {
	s := &plotSearch{
		team: team, start: start, days: lens.days, depth: lens.depth, states: lens.states, full: lens.full, apply: admin.Apply,
	}
	for _, c := range lens.commands(team) {
		q, asks := plotAsks(c)
		s.commands = append(s.commands, plotCommand{c, q, asks})
	}
	return s
}
