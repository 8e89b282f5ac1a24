package review

import (
	"slices"
	"strings"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
	"github.com/mandaat/mandaat/workflow"
)

// Change is one thing to be otherwise: of the office, by a command, or, where it is
// not the office that it takes, of a document or of the question. The zero Change
// is none.
type Change struct {
	command any // an admin.Command, a function that makes one, a workflow.Command, or nil
	effects []admin.Change
	text    string
	said    words.Said
}

// String is the change as programs compare it: the name of the action without its
// resource, the value, and whom or what it is for: "grant_role accountant to carla".
func (c Change) String() string { return c.text }

// In is the change as a sentence in a language, for somebody to carry out.
func (c Change) In(l words.Language) string {
	if c.said == nil {
		return ""
	}
	return c.said.In(l)
}

// Command is the command that makes the change; nil where it is none of the office,
// or only a person knows all of it.
func (c Change) Command() admin.Command {
	if late, ok := c.command.(func() admin.Command); ok {
		return late()
	}
	command, _ := c.command.(admin.Command)
	return command
}

// DocumentCommand is the command that makes the change of a document; nil where it is
// none.
func (c Change) DocumentCommand() workflow.Command {
	command, _ := c.command.(workflow.Command)
	return command
}

// unasked is the trail of what is supposed and never happened.
var unasked = changes.Trail{At: time.Unix(0, 0).UTC(), Command: "review", Policy: policy.Hash()}

// supposing is the office in which the changes were made, whoever may make them.
// Changes that are none of the office leave it as it is.
func supposing(s admin.State, list ...Change) (admin.State, error) {
	var events []admin.Event
	version := s.Office().Version()
	for _, c := range list {
		for _, effect := range c.effects {
			version++
			events = append(events, admin.Event{Version: version, Trail: unasked, Change: effect})
		}
	}
	return admin.Replay(s, events...)
}

// These make changes. None asks whether the change may be made.

func grantRole(user users.ID, role roles.Role) Change {
	return Change{
		admin.GrantRole{User: user, Role: role},
		[]admin.Change{admin.RolesChanged{User: user, Granted: roles.SetOf(role)}},
		"grant_role " + role.String() + " to " + string(user),
		words.Say("Grant {user} the role {role}.", plain("user", user), blank("role", role)),
	}
}

func revokeRole(user users.ID, role roles.Role) Change {
	return Change{
		admin.RevokeRole{User: user, Role: role},
		[]admin.Change{admin.RolesChanged{User: user, Revoked: roles.SetOf(role)}},
		"revoke_role " + role.String() + " from " + string(user),
		words.Say("Revoke the role {role} from {user}.", plain("user", user), blank("role", role)),
	}
}

// changeRoles is a change from one set of roles to another.
func changeRoles(user users.ID, from, to roles.Set) Change {
	return Change{
		admin.ChangeRoles{User: user, Roles: to},
		[]admin.Change{admin.RolesChanged{User: user, Granted: to &^ from, Revoked: from &^ to}},
		"change_roles [" + to.String() + "] for " + string(user),
		words.Say("Change the roles of {user} to {roles}.", plain("user", user), blank("roles", roleNames(to))),
	}
}

// changeAccess gives a user access to some companies and takes it from others,
// neither of which may be so already.
func changeAccess(o offices.Office, user users.ID, give, take []companies.ID) Change {
	u, _ := o.User(user)
	access := u.Access
	// The command names all that is left, which can be much; most ask for the text alone.
	command := func() admin.Command {
		left := access.Changed(users.AccessTo(give...), users.AccessTo(take...))
		return admin.ChangeCompanyAccess{User: user, Companies: changes.ListOf(slices.Collect(left.All())...)}
	}
	var signed strings.Builder
	for _, id := range give {
		signed.WriteString("+" + string(id) + " ")
	}
	for _, id := range take {
		signed.WriteString("-" + string(id) + " ")
	}
	return Change{
		command,
		[]admin.Change{admin.AccessChanged{User: user, Given: changes.ListOf(give...), Taken: changes.ListOf(take...)}},
		"change_company_access " + signed.String() + "for " + string(user), saidOfAccess(user, give, take),
	}
}

func saidOfAccess(user users.ID, give, take []companies.ID) words.Said {
	switch {
	case len(take) == 0:
		return words.Say("Give {user} access to {given}.", plain("user", user), blank("given", names(give)))
	case len(give) == 0:
		return words.Say("Take away the access of {user} to {taken}.", plain("user", user), blank("taken", names(take)))
	}
	return words.Say("Give {user} access to {given} and take away that to {taken}.",
		plain("user", user), blank("given", names(give)), blank("taken", names(take)))
}

// changeEndDate gives a user an end date; the zero Date takes it away.
func changeEndDate(user users.ID, day users.Date) Change {
	said := words.Say("Give {user} the end date {date}.", plain("user", user), blank("date", words.Plain(day.String())))
	if day.IsZero() {
		said = words.Say("Take away the end date of {user}.", plain("user", user))
	}
	return Change{
		admin.ChangeEndDate{User: user, EndDate: day},
		[]admin.Change{admin.EndDateChanged{User: user, EndDate: day}},
		"change_end_date " + day.String() + " for " + string(user), said,
	}
}

func changeArchiveRight(user users.ID, right users.ArchiveRight) Change {
	said := words.Say("Give {user} the archive right all.", plain("user", user))
	if right == users.ByRole {
		said = words.Say("Let the archive right of {user} be by role.", plain("user", user))
	}
	return Change{
		admin.ChangeArchiveRight{User: user, Archive: right},
		[]admin.Change{admin.ArchiveRightChanged{User: user, Archive: right}},
		"change_archive_right " + right.String() + " for " + string(user), said,
	}
}

func changeBankRight(user users.ID, has bool) Change {
	return Change{
		admin.ChangeBankRight{User: user, ChangeBankDetails: has},
		[]admin.Change{admin.BankRightChanged{User: user, ChangeBankDetails: has}},
		"change_bank_right " + yesNo(has) + " for " + string(user),
		either(has, words.Say("Give {user} the bank right.", plain("user", user)),
			words.Say("Take the bank right from {user}.", plain("user", user))),
	}
}

func changeLaterCompanies(user users.ID, has bool) Change {
	return Change{
		admin.ChangeLaterCompanies{User: user, LaterCompanies: has},
		[]admin.Change{admin.LaterCompaniesChanged{User: user, LaterCompanies: has}},
		"change_later_companies " + yesNo(has) + " for " + string(user),
		either(has, words.Say("Give {user} the right to later companies.", plain("user", user)),
			words.Say("Take the right to later companies from {user}.", plain("user", user))),
	}
}

func changeBillTo(user users.ID, to users.BillTo) Change {
	payer := words.Said(words.Say("the office"))
	if id, ok := to.Company(); ok {
		payer = words.Plain(id)
	}
	return Change{
		admin.ChangeBillTo{User: user, BillTo: to},
		[]admin.Change{admin.BillToChanged{User: user, BillTo: to}},
		"change_bill_to " + to.String() + " for " + string(user),
		words.Say("Have {payer} pay for {user}.", plain("user", user), blank("payer", payer)),
	}
}

func linkAccountingUser(user users.ID, system companies.SystemID, account sync.UserID) Change {
	return Change{
		admin.LinkAccountingUser{User: user, System: system, AccountingUser: account},
		[]admin.Change{admin.Linked{User: user, System: system, AccountingUser: account}},
		"link_accounting_user " + string(system) + " " + string(account) + " for " + string(user),
		words.Say("Link {user} to {account} in {system}.",
			plain("user", user), plain("account", account), plain("system", system)),
	}
}

func unlinkAccountingUser(user users.ID, system companies.SystemID) Change {
	return Change{
		admin.UnlinkAccountingUser{User: user, System: system},
		[]admin.Change{admin.Unlinked{User: user, System: system}},
		"unlink_accounting_user " + string(system) + " for " + string(user),
		words.Say("Take away the link of {user} to {system}.", plain("user", user), plain("system", system)),
	}
}

func enterAccountingPassword(user users.ID, system companies.SystemID) Change {
	return Change{
		admin.EnterAccountingPassword{User: user, System: system},
		[]admin.Change{admin.LinkVerified{User: user, System: system}},
		"enter_accounting_password " + string(system) + " for " + string(user),
		words.Say("Enter the password of {user} for {system}.", plain("user", user), plain("system", system)),
	}
}

// chooseSynchronisationUser gives a user the duty of a system, and links them to an
// account where one is named; an empty account keeps the link they have. Until that
// link is verified the connection is disconnected.
func chooseSynchronisationUser(o offices.Office, system companies.SystemID, user users.ID, account sync.UserID) Change {
	effects := []admin.Change{admin.SynchronisationUserChosen{System: system, SynchronisationUser: user}}
	if l, _ := o.Link(user, system); account != "" || !l.Verified {
		effects = append(effects, admin.ConnectionChanged{System: system, Connection: sync.Disconnected})
	}
	text := "manage " + string(user) + " for " + string(system)
	said := words.Say("Choose {user} as the synchronisation user of {system}.", plain("user", user), plain("system", system))
	if account != "" {
		effects = append(effects, admin.Linked{User: user, System: system, AccountingUser: account})
		text = "manage " + string(user) + " " + string(account) + " for " + string(system)
		said = words.Say("Choose {user} as the synchronisation user of {system}, linked to {account}.",
			plain("user", user), plain("account", account), plain("system", system))
	}
	return Change{
		admin.ChooseSynchronisationUser{System: system, SynchronisationUser: user, AccountingUser: account},
		effects, text, said,
	}
}

func reconnect(system companies.SystemID) Change {
	return Change{
		admin.Reconnect{System: system},
		[]admin.Change{admin.ConnectionChanged{System: system, Connection: sync.LoginSuccess}},
		"reconnect " + string(system),
		words.Say("Reconnect {system}.", plain("system", system)),
	}
}

func changeWorkflow(company companies.ID, uses bool) Change {
	return Change{
		admin.ChangeWorkflow{Company: company, AuthorisationWorkflow: uses},
		[]admin.Change{admin.WorkflowChanged{Company: company, AuthorisationWorkflow: uses}},
		"change_settings authorisation_workflow=" + yesNo(uses) + " for " + string(company),
		either(uses, words.Say("Have {company} use the authorisation workflow.", plain("company", company)),
			words.Say("Have {company} no longer use the authorisation workflow.", plain("company", company))),
	}
}

// changePaymentAgreement makes a payment agreement with a company; where it ends
// one, the office pays for the users the company paid for.
func changePaymentAgreement(o offices.Office, company companies.ID, made bool) Change {
	var paidFor []users.ID
	if !made {
		paidFor = slices.Collect(o.BilledTo(company))
	}
	return Change{
		admin.ChangePaymentAgreement{Company: company, PaymentAgreement: made},
		[]admin.Change{admin.PaymentAgreementChanged{Company: company, PaymentAgreement: made, BillTo: changes.ListOf(paidFor...)}},
		"change_settings payment_agreement=" + yesNo(made) + " for " + string(company),
		either(made, words.Say("Make a payment agreement with {company}.", plain("company", company)),
			words.Say("End the payment agreement with {company}.", plain("company", company))),
	}
}

// deleteCompany deletes a company, and what hangs on it.
func deleteCompany(o offices.Office, company companies.ID) Change {
	hanging := o.HangingOn(company)
	return Change{
		admin.DeleteCompany{Company: company},
		[]admin.Change{admin.CompanyDeleted{
			Company: company, Access: changes.ListOf(hanging.Access...), BillTo: changes.ListOf(hanging.BillTo...),
		}},
		"delete " + string(company),
		words.Say("Delete {company}.", plain("company", company)),
	}
}

// The changes that are none of the office.

// giveProperty gives what the question lacks, such as a value that would do; the
// empty example is that there is none to name.
func giveProperty(p policy.Properties, example string) Change {
	switch p {
	case policy.PropertyComment:
		return Change{text: "give comment", said: words.Say("Give a comment.")}
	case policy.PropertyOldPasswordVerified:
		return Change{text: "give old_password_verified", said: words.Say("Enter the old password.")}
	}
	said := words.Say("Give the property {property}.", plain("property", p.String()))
	if example != "" {
		said = words.Say("Give the property {property}, such as {example}.", plain("property", p.String()), plain("example", example))
	}
	return Change{text: "give " + p.String(), said: said}
}

// tellPart tells a part of a document that was not told: "stage=tagging".
func tellPart(d *documents.Document, part string) Change {
	return Change{
		text: "tell " + part + " of " + nameOf(d).In(words.English),
		said: words.Say("Tell {part} of {document}.", plain("part", part), blank("document", nameOf(d))),
	}
}

// awaitDocument is that a document comes somewhere; turn is whose turn it is to be.
func awaitDocument(d *documents.Document, to goal, turn users.ID) Change {
	name := nameOf(d)
	stage := goalStage[to].String()
	switch to {
	case toRoute:
		return Change{
			text: "await route of " + name.In(words.English),
			said: words.Say("Await that an authoriser is in turn on {document}.", blank("document", name)),
		}
	case toTurn:
		return Change{
			text: "await turn of " + string(turn) + " on " + name.In(words.English),
			said: words.Say("Await the turn of {user} on {document}.", plain("user", turn), blank("document", name)),
		}
	default:
		return Change{
			text: "await " + stage + " of " + name.In(words.English),
			said: words.Say("Await that {document} is at stage {stage}.", blank("document", name), plain("stage", stage)),
		}
	}
}

// nameOf is a document's id, where it has one.
func nameOf(d *documents.Document) words.Said {
	if d.ID() == "" {
		return words.Say("the document")
	}
	return words.Plain(d.ID())
}
