package admin_test

import (
	"reflect"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// What nobody may reach, however many steps it takes.
const (
	goalSuperUser   = "the role Super user"
	goalRank        = "a role above the highest among the colluders"
	goalArchive     = "the archive right all"
	goalBank        = "the bank right"
	goalLater       = "the right to later companies, which no colluder had"
	goalReach       = "access to a company that no colluder reached"
	goalFlow        = "documents of a company that no colluder reached"
	goalSuperOnly   = "what only a Super user may do"
	goalDuty        = "the duty to synchronise"
	goalUnseated    = "a synchronisation user who no longer can do the duty"
	goalLink        = "a link above the synchronisation user's rank"
	goalTakeover    = "the account of somebody else who has been used"
	goalOtherLink   = "somebody else's link, verified"
	goalSuperGone   = "a Super user deleted, ended or changed"
	goalDay         = "a day without an active Super user"
	goalDeleted     = "a user deleted"
	goalOffice      = "what only a Super user sets of the office and its companies"
	goalFarSettings = "settings of a company that no colluder reached"
	goalMandatory   = "a mandatory setting, without an Accountant among the colluders"
	goalUnasked     = "something done although the policy denies it"
	goalInactive    = "something done by somebody who is not active"
	goalRule        = "something done by a rule that is not for whoever did it"
	goalTrail       = "events that do not tell who did what"
	goalReplay      = "events that make another office"
)

// plotEveryGoal is all of them.
func plotEveryGoal() []string {
	return []string{
		goalSuperUser, goalRank, goalArchive, goalBank, goalLater, goalReach,
		goalFlow, goalSuperOnly, goalDuty, goalUnseated, goalLink, goalTakeover,
		goalOtherLink, goalSuperGone, goalDay, goalDeleted, goalOffice, goalFarSettings,
		goalMandatory, goalUnasked, goalInactive, goalRule, goalTrail, goalReplay,
	}
}

// plotGoal is a goal that was reached.
type plotGoal struct{ name, detail string }

// plotGoals knows what there was to begin with, and so what is more.
type plotGoals struct {
	team       plotTeam
	start      offices.Office
	superUsers map[users.ID]bool
	rank       roles.Role     // the highest among the colluders
	reach      users.Access   // of all of them together
	far        []companies.ID // what none of them reaches
	later      bool
	caps       map[companies.SystemID]int // the rank of the synchronisation user there
	superOnly  []policy.Action
	papers     plotPapers
}

func plotGoalsOf(team plotTeam, start admin.State) plotGoals {
	g := plotGoals{
		team: team, start: start.Office(), superUsers: make(map[users.ID]bool), caps: make(map[companies.SystemID]int),
		superOnly: plotSuperOnly(),
	}
	for _, u := range team.colluders {
		if highest := u.Roles.Effective().Highest(); highest.Above(g.rank) {
			g.rank = highest
		}
		g.reach = g.reach.Changed(u.Access, users.Access{})
		g.later = g.later || u.LaterCompanies
	}
	for u := range g.start.Users() {
		g.superUsers[u.ID] = u.Roles.Has(roles.SuperUser)
	}
	for id := range g.start.Everything().Beyond(g.reach) {
		g.far = append(g.far, id)
	}
	g.papers = plotPapersOf(team, g.far)
	for s := range g.start.Systems() {
		l, _ := g.start.Link(s.SynchronisationUser, s.ID)
		account, _ := g.start.AccountingUser(s.ID, l.AccountingUser)
		g.caps[s.ID] = account.Rank
	}
	return g
}

// plotFound collects the goals that were reached.
type plotFound []plotGoal

func (f *plotFound) when(reached bool, name, detail string) {
	if reached {
		*f = append(*f, plotGoal{name, detail})
	}
}

// ofOffice is the goals that were reached in an office, by anybody who is in it.
func (g *plotGoals) ofOffice(p plotPlace) (found plotFound) {
	o := p.Office()
	for was := range g.start.Users() {
		_, there := o.User(was.ID)
		found.when(!there, goalDeleted, string(was.ID))
		found.when(!there && g.superUsers[was.ID], goalSuperGone, string(was.ID))
	}
	for u := range o.Users() {
		was, _ := g.start.User(u.ID)
		if g.superUsers[u.ID] {
			g.ofSuperUser(&found, o, was, u)
			continue
		}
		g.ofUser(&found, was, u)
		g.ofLinks(&found, o, u)
		g.mayDo(&found, p, was, u)
	}
	g.ofDays(&found, p)
	g.ofSystems(&found, o)
	g.ofCompanies(&found, o)
	return found
}

// ofUser compares what a user has with what the user had; somebody added had
// nothing.
func (g *plotGoals) ofUser(found *plotFound, was, u users.User) {
	id := string(u.ID)
	gained := u.Roles.Effective() &^ was.Roles.Effective()
	found.when(u.Roles.Has(roles.SuperUser), goalSuperUser, id)
	found.when(gained.Highest().Above(g.rank), goalRank, id+": "+gained.String())
	found.when(u.Archive != was.Archive, goalArchive, id)
	found.when(u.ChangeBankDetails && !was.ChangeBankDetails, goalBank, id)
	found.when(u.LaterCompanies && !was.LaterCompanies && !g.later, goalLater, id)
	for _, c := range g.far {
		found.when(u.Access.Has(c) && !was.Access.Has(c), goalReach, id+": "+string(c))
	}
	outside := was.Used && !g.team.controls(u.ID)
	found.when(outside && (u.Email != was.Email || u.Username != was.Username), goalTakeover, id+" is "+u.Email)
}

// ofLinks looks at whom a user is in the accounting systems, with a password that
// was entered.
func (g *plotGoals) ofLinks(found *plotFound, o offices.Office, u users.User) {
	for l := range o.Links(u.ID) {
		account, _ := o.AccountingUser(l.System, l.AccountingUser)
		was, _ := g.start.Link(u.ID, l.System)
		detail := string(u.ID) + " is " + string(l.AccountingUser)
		found.when(l.Verified && was != l && account.Rank < g.caps[l.System], goalLink, detail)
		found.when(l.Verified && was != l && !g.team.controls(u.ID), goalOtherLink, detail)
	}
	link, sent := o.PasswordLinkOf(u.ID)
	was, _ := g.start.User(u.ID)
	found.when(sent && was.Used && !g.team.controls(u.ID) && link.Address != was.Email, goalTakeover, string(u.ID)+" by "+link.Address)
}

// ofSuperUser holds a Super user, who does nothing, to how they were: but for
// companies that were created since.
func (g *plotGoals) ofSuperUser(found *plotFound, o offices.Office, was, u users.User) {
	_, sent := o.PasswordLinkOf(u.ID)
	links := slices.Equal(slices.Collect(o.Links(u.ID)), slices.Collect(g.start.Links(u.ID)))
	lost := slices.Collect(was.Access.Beyond(u.Access))
	more := slices.Collect(u.Access.Without(plotLater).Beyond(was.Access))
	u.Access, was.Access = users.Access{}, users.Access{}
	found.when(sent || !links || len(lost)+len(more) > 0 || !reflect.DeepEqual(u, was), goalSuperGone, string(u.ID))
}

// ofDays looks for a day without an active Super user, from that day on.
func (g *plotGoals) ofDays(found *plotFound, p plotPlace) {
	for _, days := range []int{0, 1, 2, 3, 999, 1000, 5000} {
		day, covered := plotDay(p.day+days), false
		for u := range p.Office().Users() {
			covered = covered || u.Roles.Effective().Has(roles.SuperUser) && g.superUsers[u.ID] && u.ActiveOn(day)
		}
		found.when(!covered, goalDay, day.String())
	}
}

// ofSystems looks at the accounting systems, and at who synchronises them.
func (g *plotGoals) ofSystems(found *plotFound, o offices.Office) {
	for was := range g.start.Systems() {
		s, there := o.System(was.ID)
		found.when(!there || s.Name != was.Name || !plotSameAccounts(was, s), goalOffice, string(was.ID))
		found.when(s.SynchronisationUser != was.SynchronisationUser, goalDuty, string(was.ID)+": "+string(s.SynchronisationUser))
		duty, _ := o.User(was.SynchronisationUser)
		link, linked := o.Link(duty.ID, was.ID)
		account, known := o.AccountingUser(was.ID, link.AccountingUser)
		fit := linked && known && account.CanChangeMasterData && duty.EndDate.IsZero()
		for id := range o.CompaniesOf(was.ID) {
			fit = fit && duty.Access.Has(id) && account.Reach.Has(id)
		}
		found.when(!fit || s.SynchronisationUser != was.SynchronisationUser, goalUnseated, string(was.ID)+": "+string(was.SynchronisationUser))
	}
	for s := range o.Systems() {
		_, before := g.start.SystemState(s.ID)
		found.when(!before, goalOffice, string(s.ID))
	}
}

// plotSameAccounts says whether a system has the users it had, but that some may
// reach the later company.
func plotSameAccounts(was, is sync.System) bool {
	return slices.EqualFunc(was.Users, is.Users, func(a, b sync.User) bool {
		if !b.Reach.All() {
			b.Reach = sync.ReachSome(b.Reach.Some().Without(plotLater))
		}
		return a.Equal(b)
	})
}

// ofCompanies looks at the office's own settings, and at those of its companies.
func (g *plotGoals) ofCompanies(found *plotFound, o offices.Office) {
	found.when(o.Name() != g.start.Name() || o.PasswordLinkLength() != g.start.PasswordLinkLength(), goalOffice, o.Name())
	for was := range g.start.Companies() {
		c, there := o.Company(was.ID)
		far := slices.Contains(g.far, was.ID)
		found.when(!there || c.PaymentAgreement != was.PaymentAgreement || c.SynchronisationOff != was.SynchronisationOff ||
			c.Name != was.Name || c.System != was.System, goalOffice, string(was.ID))
		found.when(far && c.AuthorisationWorkflow != was.AuthorisationWorkflow, goalFarSettings, string(was.ID))
		for s := range o.Settings(was.ID) {
			found.when(far, goalFarSettings, string(was.ID)+": "+s.Code)
			found.when(s.Code == "currency" && g.rank != roles.Accountant, goalMandatory, string(was.ID))
		}
	}
}
