package admin_test

import (
	"slices"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// plotHole is what a command does without asking; nothing where it is another
// command.
type plotHole func(admin.Command) admin.Change

// planted is a hole, and the goals that must be seen to be reached through it.
type planted struct {
	what  string
	team  int
	tries []string // the commands that are tried; the hole is in the first
	hole  plotHole
	goals []string
}

// through is a hole in one kind of command.
func through[C admin.Command](makes func(C) admin.Change) plotHole {
	return func(c admin.Command) admin.Change {
		if of, ok := c.(C); ok {
			return makes(of)
		}
		return nil
	}
}

func plantedHoles() []planted {
	return slices.Concat(plantedInUsers(), plantedInAccounts(), plantedInOffices())
}

func plantedInUsers() []planted {
	grant := through(func(c admin.GrantRole) admin.Change {
		return admin.RolesChanged{User: c.User, Granted: roles.SetOf(c.Role)}
	})
	return []planted{
		{"any role", 0, []string{"user.grant_role"}, grant, []string{goalSuperUser, goalSuperOnly, goalUnasked, goalRule}},
		{"any role", 2, []string{"user.grant_role"}, grant, []string{goalRank}},
		{"any role, by one who has left", 3, []string{"user.grant_role"}, grant, []string{goalInactive}},
		{"archive right", 0, []string{"user.change_archive_right"}, through(func(c admin.ChangeArchiveRight) admin.Change {
			return admin.ArchiveRightChanged(c)
		}), []string{goalArchive}},
		{"bank right", 0, []string{"user.change_bank_right"}, through(func(c admin.ChangeBankRight) admin.Change {
			return admin.BankRightChanged(c)
		}), []string{goalBank}},
		{"later companies", 1, []string{"user.change_later_companies"}, through(func(c admin.ChangeLaterCompanies) admin.Change {
			return admin.LaterCompaniesChanged(c)
		}), []string{goalLater}},
		{"any company", 0, []string{"user.change_company_access"}, through(func(c admin.ChangeCompanyAccess) admin.Change {
			return admin.AccessChanged{User: c.User, Given: c.Companies}
		}), []string{goalReach, goalFlow}},
		{"any company taken", 0, []string{"user.change_company_access"}, through(func(c admin.ChangeCompanyAccess) admin.Change {
			return admin.AccessChanged{User: c.User, Taken: c.Companies}
		}), []string{goalUnseated, goalSuperGone}},
		{"any end date", 0, []string{"user.change_end_date"}, through(func(c admin.ChangeEndDate) admin.Change {
			return admin.EndDateChanged(c)
		}), []string{goalSuperGone, goalDay, goalUnseated}},
		{"anybody deleted", 0, []string{"user.delete"}, through(func(c admin.DeleteUser) admin.Change {
			return admin.UserDeleted{User: c.User, Username: string(c.User)}
		}), []string{goalDeleted, goalSuperGone}},
	}
}

func plantedInAccounts() []planted {
	return []planted{
		{"anybody's address", 0, []string{"user.change_email"}, through(func(c admin.ChangeEmail) admin.Change {
			return admin.EmailChanged{User: c.User, Email: c.Email}
		}), []string{goalTakeover, goalSuperGone}},
		{"a link to another address", 2, []string{"user.send_password_link"}, through(func(c admin.SendPasswordLink) admin.Change {
			return admin.PasswordLinkSent{User: c.User, Address: "plot@plot.example", Sent: plotMoment, Minutes: 30}
		}), []string{goalTakeover, goalSuperGone}},
		{"anybody's link used", 0, []string{"user.change_password"}, through(func(c admin.ChangePassword) admin.Change {
			return admin.PasswordLinkUsed{User: c.User}
		}), []string{goalTakeover}},
		{"anybody's password", 0, []string{"user.change_password"}, through(func(c admin.ChangePassword) admin.Change {
			return admin.PasswordChanged{User: c.User}
		}), []string{goalTakeover}},
		{"anybody's username", 0, []string{"user.change_details"}, through(func(c admin.ChangeDetails) admin.Change {
			return admin.UsernameChanged{User: c.User, Username: "renamed"}
		}), []string{goalTakeover}},
		{"any link", 0, []string{"user.link_accounting_user", "user.enter_accounting_password"}, through(func(c admin.LinkAccountingUser) admin.Change {
			return admin.Linked(c)
		}), []string{goalLink, goalSuperGone}},
		{"anybody's link verified", 0, []string{"user.enter_accounting_password"}, through(func(c admin.EnterAccountingPassword) admin.Change {
			return admin.LinkVerified(c)
		}), []string{goalOtherLink}},
		{"any link taken away", 0, []string{"user.unlink_accounting_user"}, through(func(c admin.UnlinkAccountingUser) admin.Change {
			return admin.Unlinked(c)
		}), []string{goalUnseated}},
		{"the duty", 0, []string{"connection.manage"}, through(func(c admin.ChooseSynchronisationUser) admin.Change {
			return admin.SynchronisationUserChosen{System: c.System, SynchronisationUser: c.SynchronisationUser}
		}), []string{goalDuty, goalUnseated}},
	}
}

func plantedInOffices() []planted {
	own := []string{goalOffice}
	return []planted{
		{"the office", 0, []string{"office.change_settings"}, through(func(admin.ChangeOffice) admin.Change {
			return admin.OfficeChanged{OfficeName: "Ours", PasswordLinkMinutes: 1440}
		}), own},
		{"payment agreements", 0, []string{"company.change_payment_agreement"}, through(func(c admin.ChangePaymentAgreement) admin.Change {
			return admin.PaymentAgreementChanged{Company: c.Company, PaymentAgreement: c.PaymentAgreement}
		}), own},
		{"synchronisation", 0, []string{"company.control_sync"}, through(func(c admin.SwitchSynchronisation) admin.Change {
			return admin.SynchronisationSwitched(c)
		}), own},
		{"any company deleted", 0, []string{"company.delete"}, through(func(c admin.DeleteCompany) admin.Change {
			return admin.CompanyDeleted{Company: c.Company}
		}), own},
		{"any system deleted", 0, []string{"accounting_system.delete"}, through(func(c admin.DeleteSystem) admin.Change {
			return admin.SystemDeleted{System: c.System}
		}), []string{goalOffice, goalUnseated}},
		{"a system", 0, []string{"accounting_system.create"}, through(func(c admin.CreateSystem) admin.Change {
			return admin.SystemCreated(c)
		}), own},
		{"a user of a system", 0, []string{"accounting_system.fetch_users"}, through(func(c admin.FetchUsers) admin.Change {
			return admin.AccountFetched{System: c.System, Account: c.Accounts.Slice()[0]}
		}), own},
		{"any workflow", 0, []string{"company.change_authorisation_workflow"}, through(func(c admin.ChangeWorkflow) admin.Change {
			return admin.WorkflowChanged(c)
		}), []string{goalFarSettings}},
		{"any setting", 2, []string{"company.change_settings"}, through(func(c admin.ChangeSettings) admin.Change {
			return admin.SettingChanged{Company: c.Company, Code: "currency", Value: "USD"}
		}), []string{goalFarSettings, goalMandatory}},
	}
}

// unasked is admin.Apply with a hole in it.
func unasked(hole plotHole) plotApply {
	return func(s admin.State, actor users.ID, at time.Time, c admin.Command) (admin.State, []admin.Event, error) {
		change := hole(c)
		if change == nil {
			return admin.Apply(s, actor, at, c)
		}
		trail := changes.Trail{At: at, By: actor, Command: c.Name(), Rule: "user.grant_role/super-user", Policy: policy.Hash()}
		e := admin.Event{Version: s.Office().Version() + 1, Trail: trail, Change: change}
		next, err := admin.Replay(s, e)
		return next, []admin.Event{e}, err
	}
}

func TestTheSearchSeesEveryGoalThatAPlantedHoleOpens(t *testing.T) {
	seen := make(map[string]bool)
	for _, p := range plantedHoles() {
		t.Run(p.what, func(t *testing.T) {
			s := plantedSearch(t, p.team, p.tries)
			s.apply = unasked(p.hole)
			s.run()
			for _, goal := range p.goals {
				seen[goal] = true
				if _, found := s.found[goal]; !found {
					t.Errorf("they did not reach %s; only %v", goal, s.found)
				}
			}
		})
	}
	for _, goal := range plotEveryGoal() {
		if !seen[goal] && goal != goalTrail && goal != goalReplay {
			t.Errorf("no hole leads to %s", goal)
		}
	}
}

// plantedSearch is a search of two steps, of some commands, each carried out.
func plantedSearch(t *testing.T, team int, tries []string) *plotSearch {
	lens := plotLenses()[0]
	lens.days, lens.full, lens.states = 0, 1<<30, 1000
	of := plotTeams()[team]
	s := plotting(of, lens, of.open(t))
	s.commands = slices.DeleteFunc(s.commands, func(c plotCommand) bool { return !slices.Contains(tries, c.Name()) })
	return s
}

func TestTheSearchSeesEventsThatTellSomethingElse(t *testing.T) {
	for goal, wrong := range map[string]func([]admin.Event) []admin.Event{
		goalTrail:  func(events []admin.Event) []admin.Event { events[0].By = plotSuper; return events },
		goalReplay: func([]admin.Event) []admin.Event { return nil },
	} {
		s := plantedSearch(t, 0, []string{"user.grant_role"})
		s.apply = func(from admin.State, actor users.ID, at time.Time, c admin.Command) (admin.State, []admin.Event, error) {
			next, events, err := admin.Apply(from, actor, at, c)
			if err == nil && len(events) > 0 {
				events = wrong(events)
			}
			return next, events, err
		}
		s.run()
		if _, found := s.found[goal]; !found {
			t.Errorf("not seen: %s; only %v", goal, s.found)
		}
	}
}

func TestEveryActionOfSuperUsersAloneIsAskedWhereASuperUserMay(t *testing.T) {
	team := plotTeams()[0]
	start := team.open(t)
	g := plotGoalsOf(team, start)
	if len(g.superOnly) != 12 {
		t.Errorf("%d actions are for Super users alone: %v", len(g.superOnly), g.superOnly)
	}
	subject := start.Snapshot().Subject(plotSuper, plotMoment)
	for _, a := range g.superOnly {
		if _, may := g.superOnlyOn(plotPlace{State: start}, &subject, a); !may {
			t.Errorf("%s: not asked of anything that a Super user may do it to", a)
		}
	}
}
