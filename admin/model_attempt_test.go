package admin_test

import (
	"fmt"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// attempt is a plain office while a command is tried on it.
type attempt struct {
	plain
	actor users.ID
	at    time.Time
	// refused is every refusal: what was asked, about what, and the code. What the
	// command itself refuses asked nothing.
	refused []string
	wrong   bool            // the command names or makes what cannot be
	rules   map[string]bool // the rules that allowed something
}

// attempted is what becomes of a plain office when somebody gives a command.
func (p plain) attempted(actor users.ID, at time.Time, c admin.Command) *attempt {
	a := &attempt{plain: p.clone(), actor: actor, at: at, rules: map[string]bool{}}
	conditional, ok := c.(admin.If)
	if ok {
		c = conditional.Command
	}
	if !a.must(wellFormed(c)) {
		return a
	}
	if ok {
		if conditional.Version != p.version {
			a.refuse(policy.OfOffice(plainCode), changes.CodeOfficeChanged)
			return a
		}
	}
	a.do(c)
	if _, err := offices.New(a.parts()); err != nil && len(a.refused) == 0 {
		a.wrong = true
	}
	if _, known := a.users[actor]; known {
		a.change(actor, func(u *users.User) { u.Used = true }) // whoever acts has been used
	}
	return a
}

func (a *attempt) accepted() bool { return len(a.refused) == 0 && !a.wrong }

// may asks for one single permission, of the office as it is by now.
func (a *attempt) may(action policy.Action, on policy.Resource, with *policy.With) bool {
	o, err := offices.New(a.parts())
	if err != nil {
		a.wrong = true
		return false
	}
	d := policy.Compile(o).Check(policy.Request{Subject: a.actor, Action: action, Resource: on, With: with, At: a.at})
	if !d.Allowed() {
		a.refused = append(a.refused, fmt.Sprint(action, " ", on, " ", d.Code()))
		return false
	}
	a.rules[d.Rule().String()] = true
	return true
}

func (a *attempt) mayOffice(action policy.Action, with *policy.With) bool {
	return a.may(action, policy.OfOffice(plainCode), with)
}

// refuse notes that the command itself refuses.
func (a *attempt) refuse(on policy.Resource, code string) {
	a.refused = append(a.refused, fmt.Sprint("- ", on, " ", code))
}

// must notes that the command names or makes what cannot be.
func (a *attempt) must(ok bool) bool {
	a.wrong = a.wrong || !ok
	return ok
}

// bySoftware refuses what no user records.
func (a *attempt) bySoftware(on policy.Resource) bool {
	if a.actor == admin.Software {
		return true
	}
	a.refuse(on, changes.CodeSoftwareOnly)
	return false
}

func (a *attempt) day() users.Date { return users.DateOf(a.at, plainZone) }

// wellFormed says whether a command asks for something, and for each thing once.
func wellFormed(c admin.Command) bool {
	switch c := c.(type) {
	case admin.CreateUsers:
		return c.People.Len() > 0
	case admin.ImportUsers:
		return c.People.Len() > 0 && distinctBy(c.People, func(p admin.Imported) sync.UserID { return p.AccountingUser })
	case admin.ChangeDetails:
		return c != admin.ChangeDetails{User: c.User}
	case admin.Bulk:
		return c != admin.Bulk{Users: c.Users} && c.Users.Len() > 1 && distinctBy(c.Users, func(id users.ID) users.ID { return id })
	case admin.ChangeSettings:
		return c.Settings.Len() > 0 && distinctBy(c.Settings, func(s admin.SettingValue) string { return s.Code })
	case admin.ChangeOffice:
		return c != admin.ChangeOffice{}
	case admin.FetchUsers:
		return distinctBy(c.Accounts, func(a admin.Account) sync.UserID { return a.ID })
	}
	return true
}

// distinctBy says whether no two values have the same key.
func distinctBy[T, K comparable](list changes.List[T], key func(T) K) bool {
	seen := map[K]bool{}
	for v := range list.All() {
		seen[key(v)] = true
	}
	return len(seen) == list.Len()
}

func (a *attempt) do(c admin.Command) {
	switch c := c.(type) {
	case admin.CreateUsers:
		a.createUsers(c)
	case admin.ImportUsers:
		a.importUsers(c)
	case admin.ChangeDetails:
		a.changeDetails(c)
	case admin.GrantRole:
		a.grantRole(c)
	case admin.RevokeRole:
		a.revokeRole(c)
	case admin.ChangeRoles:
		a.changeRoles(c)
	case admin.ChangeCompanyAccess:
		a.changeAccess(c.User, users.AccessTo(c.Companies.Slice()...))
	case admin.ChangeLaterCompanies:
		a.changeLaterCompanies(c)
	case admin.ChangeArchiveRight:
		a.changeArchiveRight(c)
	case admin.ChangeBankRight:
		a.changeBankRight(c)
	case admin.ChangeEndDate:
		a.changeEndDate(c)
	case admin.ChangeBillTo:
		a.changeBillTo(c)
	case admin.Bulk:
		a.bulk(c)
	case admin.DeleteUser:
		a.deleteUser(c)
	case admin.SendPasswordLink:
		a.sendPasswordLink(c.User)
	case admin.UsePasswordLink:
		a.usePasswordLink(c)
	case admin.ChangePassword:
		a.changePassword(c)
	case admin.ChangeEmail:
		a.changeEmail(c)
	case admin.MarkUsed:
		a.markUsed(c)
	default:
		a.doOffice(c)
	}
}

func (a *attempt) doOffice(c admin.Command) {
	switch c := c.(type) {
	case admin.LinkAccountingUser:
		a.linkAccountingUser(c)
	case admin.UnlinkAccountingUser:
		a.unlinkAccountingUser(c)
	case admin.EnterAccountingPassword:
		a.enterAccountingPassword(c)
	case admin.CreateCompany:
		a.createCompany(c)
	case admin.DeleteCompany:
		a.deleteCompany(c)
	case admin.ChangeSettings:
		a.changeSettings(c)
	case admin.ChangeWorkflow:
		a.changeWorkflow(c)
	case admin.ChangePaymentAgreement:
		a.changePaymentAgreement(c)
	case admin.SwitchSynchronisation:
		a.switchSynchronisation(c)
	case admin.ChangeOffice:
		a.changeOffice(c)
	case admin.CreateSystem:
		a.createSystem(c)
	case admin.DeleteSystem:
		a.deleteSystem(c)
	case admin.FetchUsers:
		a.fetchUsers(c)
	case admin.ChooseSynchronisationUser:
		a.chooseSynchronisationUser(c)
	case admin.RecordDisconnection:
		a.recordDisconnection(c)
	case admin.Reconnect:
		a.reconnect(c)
	default:
		panic(fmt.Sprintf("the model does not know %T", c))
	}
}
