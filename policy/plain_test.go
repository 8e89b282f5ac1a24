package policy_test

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The plain_ files answer every question a second time, from the sentences of
// the articles alone: slowly, with ordinary ifs and loops, and without looking at
// how the library does it. What the two say differently, one of them has wrong.

// question is what was asked, and everything of the office it is about.
type question struct {
	office offices.Office
	asker  users.User
	with   policy.With
	day    users.Date // today, as the office lives it

	// Of these, the one that the action is about.
	document *documents.Document
	company  companies.Company
	target   users.User
	system   sync.System
}

// need is something that must hold, and the code of the denial where it does not.
type need struct {
	holds bool
	code  string
}

// way is one way of being allowed. It counts for a denial where it is for
// whoever asks, and what else it takes must hold.
type way struct {
	forAsker bool
	needs    []need
}

// forThose is a way for whoever fits the description, who need the rest too.
func forThose(forAsker bool, needs ...need) way { return way{forAsker, needs} }

// plainAnswer answers a request the way the articles' sentences do: "yes", or
// "no" and the code.
func plainAnswer(office offices.Office, r policy.Request) string {
	asker, known := office.User(r.Subject)
	if !known {
		return "no unknown_user"
	}
	if r.Action < policy.DocumentUpload || r.Action > policy.UserEnterAccountingPassword {
		return "no unknown_action"
	}
	q := question{office: office, asker: asker, day: office.Day(r.At)}
	if r.With != nil {
		q.with = *r.With
	}
	if !q.finds(r.Action, r.Resource) {
		return "no unknown_resource"
	}
	always, ways := q.sentences(r.Action)
	always = append(
		always,
		need{!q.day.IsZero(), "bad_time"},
		need{len(q.with.Unreadable) == 0, "bad_property"},
		need{asker.ActiveOn(q.day), "inactive_user"},
	)
	return firstReason(always, ways)
}

// firstReason is "yes" where some way is open and all that the action always
// needs holds. Otherwise it is the first code, in the order of codes, of what is
// missing: from what the action always needs, and, where no way is open, from
// the ways that are for whoever asks. Where none is, a role is missing.
func firstReason(always []need, ways []way) string {
	var missing []string
	for _, n := range always {
		if !n.holds {
			missing = append(missing, n.code)
		}
	}
	open, forAsker := false, false
	var inTheWay []string
	for _, w := range ways {
		if !w.forAsker {
			continue
		}
		forAsker = true
		all := true
		for _, n := range w.needs {
			if !n.holds {
				all = false
				inTheWay = append(inTheWay, n.code)
			}
		}
		if all {
			open = true
		}
	}
	if !forAsker {
		missing = append(missing, "role_missing")
	}
	if !open {
		missing = append(missing, inTheWay...)
	}
	for _, code := range plainCodes {
		if slices.Contains(missing, code) {
			return "no " + code
		}
	}
	return "yes"
}

// plainCodes is the codes in the order in which the first that applies is given.
var plainCodes = []string{
	"unknown_user", "unknown_action", "unknown_resource", "missing_property", "bad_time", "bad_property",
	"inactive_user", "no_company_access", "role_missing", "right_missing", "not_self",
	"not_manageable", "wrong_stage", "not_delivered_by_subject", "ever_assigned", "no_route_pending",
	"not_in_turn", "not_linked", "link_not_verified", "old_password_needed", "beyond_reach",
	"authoriser_unfit", "merge_unfit", "candidate_unfit", "accounting_user_unfit", "role_set_invalid",
	"last_super_user", "synchronisation_duty",
}

// finds looks up what the action is about. It is not found where it does not
// exist, and where the action is asked on another type of resource.
func (q *question) finds(a policy.Action, r policy.Resource) bool {
	if r.Type != kindOf(a) {
		return false
	}
	var found bool
	switch r.Type {
	case policy.Document:
		q.document, found = r.Document, r.Document != nil
	case policy.Company:
		q.company, found = q.office.Company(companies.ID(r.ID))
	case policy.User:
		q.target, found = q.office.User(users.ID(r.ID))
	case policy.Connection:
		q.system, found = q.office.System(companies.SystemID(r.ID))
	default:
		found = r.ID == q.office.Code()
	}
	return found
}

// kindOf is the type of resource that an action is asked on.
func kindOf(a policy.Action) policy.ResourceType {
	switch a {
	case policy.DocumentView, policy.DocumentSplit, policy.DocumentMerge, policy.DocumentTag, policy.DocumentAssign,
		policy.DocumentApprove, policy.DocumentReject, policy.DocumentReassign, policy.DocumentWithdraw,
		policy.DocumentReturn, policy.DocumentBook, policy.DocumentChangeBankDetails:
		return policy.Document
	case policy.DocumentUpload, policy.CompanyListAuthorisers, policy.CompanyView, policy.CompanyDelete,
		policy.CompanyChangeSettings, policy.CompanyChangeMandatorySettings, policy.CompanyControlSync:
		return policy.Company
	case policy.AccountingSystemDelete, policy.AccountingSystemFetchUsers, policy.ConnectionView,
		policy.ConnectionManage, policy.ConnectionReconnect:
		return policy.Connection
	case policy.CompanyCreate, policy.OfficeViewSettings, policy.OfficeChangeSettings, policy.AccountingSystemCreate,
		policy.UserCreate, policy.UserImport:
		return policy.Office
	default:
		return policy.User
	}
}

// sentences is what the articles say of an action: what it always needs, and
// the ways of being allowed it.
func (q *question) sentences(a policy.Action) (always []need, ways []way) {
	switch kindOf(a) {
	case policy.Document:
		return q.ofDocuments(a)
	case policy.Company:
		return q.ofCompanies(a)
	case policy.Connection:
		return q.ofConnections(a)
	case policy.Office:
		return q.ofTheOffice(a)
	default:
		return q.ofUsers(a)
	}
}

// The roles of whoever asks: those that count, of an invalid set.

func (q *question) has(r roles.Role) bool { return q.asker.Roles.Effective().Has(r) }

func (q *question) isSuperUser() bool     { return q.has(roles.SuperUser) }
func (q *question) isAccountant() bool    { return q.has(roles.Accountant) }
func (q *question) isSMEAccountant() bool { return q.has(roles.SMEAccountant) }
func (q *question) books() bool           { return q.isAccountant() || q.isSMEAccountant() }
func (q *question) isAdministrator() bool { return q.has(roles.AuthorisationAdministrator) }
func (q *question) isAuthoriser() bool    { return q.has(roles.Authoriser) }
func (q *question) isClient() bool        { return q.has(roles.ClientUser) }
func (q *question) isRestricted() bool    { return q.has(roles.RestrictedClientUser) }

// mustBeGiven asks for a property. One that could not be read was given, and
// denies for that.
func (q *question) mustBeGiven(p policy.Properties, given bool) need {
	for _, u := range q.with.Unreadable {
		if u.Property == p {
			given = true
		}
	}
	return need{given, "missing_property"}
}

// plainWarnings is the codes of the warnings that go with an answer, in order.
func plainWarnings(office offices.Office, r policy.Request, answer string) []string {
	list := []string{}
	asker, known := office.User(r.Subject)
	if known && !asker.Roles.Valid() {
		list = append(list, "role_set_invalid")
	}
	if answer != "yes" {
		return list
	}
	if bookedIn, ok := systemOfBooking(office, r); ok && bookedIn.Connection == sync.Disconnected {
		list = append(list, "connection_disconnected")
	}
	if r.Action == policy.DocumentApprove && r.Resource.Document.DeliveredBy() == asker.ID {
		list = append(list, "self_approval")
	}
	if r.Action == policy.DocumentBook && r.Resource.Document.DeliveredBy() == asker.ID {
		list = append(list, "self_booking")
	}
	return list
}

// systemOfBooking is the accounting system that an allowed action works in: that
// of the booking, or of the company to create.
func systemOfBooking(office offices.Office, r policy.Request) (sync.System, bool) {
	switch r.Action {
	case policy.DocumentBook, policy.DocumentChangeBankDetails:
		company, _ := office.Company(r.Resource.Document.Company())
		return office.System(company.System)
	case policy.CompanyCreate:
		if r.With != nil {
			return office.System(r.With.AccountingSystem)
		}
	}
	return sync.System{}, false
}
