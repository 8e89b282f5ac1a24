package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
)

// This file puts denials into words. It decides nothing: it is told the code and
// the facts that were missed, and looks up who and what they were about.

// faultReason says why a question could not be asked.
func (q *question) faultReason(r Request, code Code) string {
	switch code {
	case UnknownUser:
		return fmt.Sprintf("No user %s in this office.", problems.Quote(string(r.Subject)))
	case UnknownAction:
		return "There is no such action."
	case UnknownResource:
		if on := q.action.On(); on != q.resource.Type {
			return fmt.Sprintf("%s is asked on a resource of type %s.", q.action, on)
		}
		return fmt.Sprintf("No %s %s is known here.", q.resource.Type, problems.Quote(q.resource.id()))
	case MissingProperty:
		if missing := q.missing(); missing&(missing-1) != 0 {
			return fmt.Sprintf("%s needs the properties %s, which were not given.", q.action, missing)
		}
		return fmt.Sprintf("%s needs the property %s, which was not given.", q.action, q.missing())
	case BadTime:
		return "The moment of asking was not given, or cannot be read."
	default:
		return q.badReason()
	}
}

func (q *question) badReason() string {
	var list []string
	for i := range q.with.Unreadable {
		list = append(list, q.with.Unreadable[i].Problem.Error())
	}
	if bad := q.bad(); bad != 0 {
		list = append(list, q.badProperty(bad))
	}
	return "A property cannot be used: " + strings.Join(list, "; ") + "."
}

func (q *question) badProperty(p Properties) string {
	var found, expected string
	switch p {
	case PropertySystem:
		found, expected = string(q.with.System), "an accounting system of this office"
	case PropertyAccountingSystem:
		found, expected = string(q.with.AccountingSystem), "an accounting system of this office"
	case PropertyBillTo:
		found, expected = q.with.BillTo.String(), "office, or a company with a payment agreement"
	case PropertyCompanies:
		for id := range q.with.Companies.value.All() {
			if q.snap.company(id) == noPlace {
				found = string(id)
			}
		}
		expected = "companies of this office"
	case PropertyAuthorisers:
		return fmt.Sprintf("authorisers: found %d, expected at most %d", len(q.with.Authorisers), MaxNamed)
	case PropertyWith:
		return fmt.Sprintf("with: expected 1 to %d documents, each once and none the resource itself", MaxNamed)
	default:
		return fmt.Sprintf("company: found %s, expected a company of this office",
			problems.Quote(string(q.resource.Document.Company())))
	}
	return fmt.Sprintf("%s: found %s, expected %s", p, problems.Quote(found), expected)
}

// reason says why an action that could be asked was denied.
func (q *question) reason(v verdict, e Explanation) string {
	missed := e.Guard
	for _, n := range e.Near {
		missed |= n.Missed
	}
	switch v.code {
	case MissingProperty:
		return fmt.Sprintf("%s depends on what was not told of the document: %s.",
			q.action, strings.Join(untoldParts(q.document(v.part), missed), ", "))
	case RoleMissing:
		return fmt.Sprintf("%s is for %s; %s is %s.", q.action, audience(e.Near), q.user.id, roleNames(q.user.effective))
	}
	for f := range missed.Each() {
		if f.Code() == v.code {
			return q.factReason(v, f, missed)
		}
	}
	return "" // no code without a fact; tested
}

// factReason says why the lack of a fact denies.
func (q *question) factReason(v verdict, f, missed Facts) string {
	switch f {
	case Active:
		return fmt.Sprintf("%s has been inactive since the end date, %s.", q.user.id, q.user.end)
	case CompanyAccess:
		return fmt.Sprintf("%s has no access to company %s.", q.user.id, q.companyName(v.part))
	case BankRight:
		return fmt.Sprintf("%s takes the bank right, which %s does not have.", q.action, q.user.id)
	case LaterCompaniesRight:
		return fmt.Sprintf("%s takes the right to later companies, which %s does not have.", q.action, q.user.id)
	case ArchiveRight:
		return fmt.Sprintf("%s takes the archive right all, which %s does not have.", q.action, q.user.id)
	case StageTagging, StageBooking, StageArchived, DeliveredBySubject, OpenToClients, RoutePending, InTurn:
		return q.documentReason(v, f, missed)
	case Linked, TargetLinked, LinkVerified, OldPasswordVerified:
		return q.passwordReason(f)
	case AuthorisersFit, MergeFit, CandidateFit, AccountingUserFit:
		return q.namedReason(f)
	case RoleSetValid, SuperUserRemains, DutyKept:
		return q.leavesReason(f)
	}
	return q.targetReason(f)
}

func (q *question) documentReason(v verdict, f, missed Facts) string {
	d, id := q.document(v.part), q.documentName(v.part)
	switch f {
	case DeliveredBySubject:
		return fmt.Sprintf("%s was delivered by %s, not by %s.", id, d.DeliveredBy(), q.user.id)
	case OpenToClients:
		return fmt.Sprintf("%s was once assigned to an authoriser, and is not ready for tagging.", id)
	case RoutePending:
		return fmt.Sprintf("%s takes a pending authorisation; nobody is in turn on %s.", q.action, id)
	case InTurn:
		if turn := d.Route().InTurn(); turn != "" {
			return fmt.Sprintf("%s is for the authoriser in turn; the turn is %s's.", q.action, turn)
		}
		return fmt.Sprintf("%s is for the authoriser in turn; nobody is in turn on %s.", q.action, id)
	}
	var stages []string
	for _, s := range [...]struct {
		fact  Facts
		stage documents.Stage
	}{{StageTagging, documents.Tagging}, {StageBooking, documents.Booking}, {StageArchived, documents.Archived}} {
		if missed.Has(s.fact) {
			stages = append(stages, s.stage.String())
		}
	}
	return fmt.Sprintf("%s is for documents at stage %s; %s is at stage %s.",
		q.action, strings.Join(stages, " or "), id, d.Stage())
}

func (q *question) passwordReason(f Facts) string {
	switch f {
	case Linked:
		return fmt.Sprintf("%s has no link to a user of accounting system %s who reaches company %s there.",
			q.user.id, q.companySystem(), q.companyName(0))
	case LinkVerified:
		return fmt.Sprintf("The password of %s for accounting system %s has not been entered and found right.",
			q.user.id, q.companySystem())
	case OldPasswordVerified:
		return fmt.Sprintf("%s takes the old password, which was not found right.", q.action)
	}
	if q.system == noPlace {
		return fmt.Sprintf("%s has no link to any accounting system.", q.targetID())
	}
	return fmt.Sprintf("%s has no link to accounting system %s.", q.targetID(), q.snap.systems[q.system].id)
}

func (q *question) namedReason(f Facts) string {
	switch f {
	case AuthorisersFit:
		return fmt.Sprintf("A document is assigned to active Authorisers with access to company %s, each named once; %s.",
			q.companyName(0), q.unfitAuthorisers())
	case MergeFit:
		return "Only documents of one company and one deliverer are merged."
	case CandidateFit:
		return fmt.Sprintf("A synchronisation user is active without an end date, reaches every company of the system, and has a link "+
			"that may change master data and reaches all of them there; this does not hold for %s.", q.with.SynchronisationUser)
	}
	return q.accountReason()
}

// accountReason says what the accounting-system users named lack. The link that
// goes with a duty is not held to the rank of the one before.
func (q *question) accountReason() string {
	switch q.action {
	case ConnectionManage:
		return fmt.Sprintf("The link for a synchronisation user may change master data, reaches every company of the system and, "+
			"where its user books, may book; this does not hold for %s.", q.with.AccountingUser)
	case UserImport:
		return "Users are imported at or below the rank of the synchronisation user's own link, those who are to book with the rights " +
			"of a link; this does not hold for all who are named."
	}
	return fmt.Sprintf("A link is to an accounting-system user at or below the rank of the synchronisation user's own link, "+
		"with the rights that it takes there; this does not hold for %s.", q.with.User)
}

func (q *question) unfitAuthorisers() string {
	if len(q.with.Authorisers) == 0 {
		return "nobody was named"
	}
	var unfit []string
	for _, id := range q.with.Authorisers {
		if !q.authoriserFit(q.snap.user(id)) {
			unfit = append(unfit, string(id))
		}
	}
	if unfit == nil {
		return "somebody was named twice"
	}
	return "this does not hold for " + strings.Join(unfit, ", ")
}

func (q *question) leavesReason(f Facts) string {
	switch f {
	case RoleSetValid:
		return "The roles would not be a valid set: " + q.roleFault() + "."
	case SuperUserRemains:
		return fmt.Sprintf("At least one Super user stays active on every day; without %s, some day would lose its last one.", q.targetID())
	}
	if q.action == AccountingSystemDelete {
		return fmt.Sprintf("Accounting system %s is not deleted while a company is left in it.", q.resource.ID)
	}
	var duties []string
	for _, sys := range q.snap.users[q.target].duties {
		duties = append(duties, string(q.snap.systems[sys].id))
	}
	return fmt.Sprintf("%s is the synchronisation user of %s; another must be chosen first.",
		q.targetID(), strings.Join(duties, " and "))
}

// roleFault names the rules that the set asked for breaks.
func (q *question) roleFault() string {
	set := q.with.Roles.value
	switch q.action {
	case UserGrantRole:
		set = q.snap.users[q.target].stored.With(q.with.Role)
	case UserRevokeRole:
		set = q.snap.users[q.target].stored.Without(q.with.Role)
	}
	var broken []string
	for f := range set.Findings() {
		if f.Level == roles.Error {
			broken = append(broken, strings.TrimSuffix(f.Message, ".")+" ("+f.ID+")")
		}
	}
	return strings.Join(broken, "; ")
}

func (q *question) targetReason(f Facts) string {
	switch f {
	case Self:
		return fmt.Sprintf("%s is for %s alone.", q.action, q.targetID())
	case OnDuty:
		return fmt.Sprintf("%s is for the synchronisation user of %s alone, %s.",
			q.action, q.resource.ID, q.snap.users[q.snap.systems[q.system].syncUser].id)
	case NotYetUsed:
		return fmt.Sprintf("%s has logged in or acted, and since then nobody else changes the address.", q.targetID())
	case Another:
		return fmt.Sprintf("Nobody but a Super user may do %s on themselves.", q.action)
	case RolesWithinRank:
		return fmt.Sprintf("A role asked for ranks above the highest of %s, %s.", q.user.id, q.user.effective.Highest().Name())
	case ClientRolesOnly:
		return "An SME Accountant gives and takes client roles only."
	case GrantsAuthoriser:
		return "An Authorisation administrator grants the role Authoriser, and nothing else."
	case CompaniesWithinReach:
		return fmt.Sprintf("%s gives and takes access only to companies in their own reach.", q.user.id)
	case TargetWithinReach:
		return fmt.Sprintf("%s reaches companies that are not in the reach of %s.", q.targetID(), q.user.id)
	}
	return fmt.Sprintf("%s is not among the users on whom %s may do %s.", q.targetID(), q.user.id, q.action)
}

func (q *question) targetID() string { return string(q.snap.users[q.target].id) }

// document is the one a part of the question is about.
func (q *question) document(part int) *documents.Document {
	if part > 0 {
		return q.with.Documents[part-1]
	}
	return q.resource.Document
}

// documentName is the id of the document that a part of the question is about.
func (q *question) documentName(part int) string {
	id := q.resource.id()
	if part > 0 {
		id = string(q.with.Documents[part-1].ID())
	}
	if id == "" {
		return "the document"
	}
	return id
}

func (q *question) companyName(part int) string {
	if q.resource.Type == Document {
		return string(q.document(part).Company())
	}
	return q.resource.ID
}

func (q *question) companySystem() string {
	return string(q.snap.systems[q.snap.companies[q.company].system].id)
}

// untoldParts is the parts of a document that were not told and that what was
// missed hangs on.
func untoldParts(d *documents.Document, missed Facts) []string {
	var parts []string
	for _, p := range [...]struct {
		name   string
		untold bool
		facts  Facts
	}{
		{"company", d.Company() == "", onCompany},
		{"delivered_by", d.DeliveredBy() == "", onDeliverer},
		{"stage", d.Stage() == 0, onStage},
		{"ever_assigned", d.Assigned() == 0, onAssigned},
	} {
		if p.untold && missed&p.facts != 0 {
			parts = append(parts, p.name)
		}
	}
	return parts
}

// audience says who the rules are for: "Super user, Accountant or SME Accountant".
func audience(near []Near) string {
	var names []string
	for _, n := range near {
		for _, name := range forWhom(n.Rule.Rule().For) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

var whom = map[Facts][]string{
	IsSuperUser: {roles.SuperUser.Name()}, IsAccountant: {roles.Accountant.Name()}, IsSMEAccountant: {roles.SMEAccountant.Name()},
	IsAdministrator: {roles.AuthorisationAdministrator.Name()}, IsAuthoriser: {roles.Authoriser.Name()},
	IsClientUser: {roles.ClientUser.Name()}, IsRestrictedClientUser: {roles.RestrictedClientUser.Name()},
	BookingRole:  {roles.Accountant.Name(), roles.SMEAccountant.Name()},
	ClientRole:   {roles.ClientUser.Name(), roles.RestrictedClientUser.Name()},
	ArchiveRight: {"anyone with the archive right all"}, Self: {"the user concerned"}, OnDuty: {"the synchronisation user"},
}

// forWhom is who a rule is for, by the first thing that it asks of them.
func forWhom(who Facts) []string { return whom[who&-who] }

func roleNames(set roles.Set) string {
	var names []string
	for r := range set.All() {
		names = append(names, r.Name())
	}
	if names == nil {
		return "without a role"
	}
	return strings.Join(names, " and ")
}
