package policy_test

import (
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// ofDocuments answers what is asked about a document. Every rule here also needs
// access to the document's company.
func (q *question) ofDocuments(a policy.Action) (always []need, ways []way) {
	switch a {
	case policy.DocumentView:
		always, ways = nil, q.viewDocument()
	case policy.DocumentSplit, policy.DocumentTag:
		always, ways = nil, q.manageDeliveries()
	case policy.DocumentMerge:
		always, ways = q.mergeDocuments()
	case policy.DocumentAssign:
		always, ways = q.nameAuthorisers(), q.manageDeliveries()
	case policy.DocumentApprove:
		always, ways = nil, q.authorise()
	case policy.DocumentReject:
		comment := q.mustBeGiven(policy.PropertyComment, !documents.Blank(q.with.Comment))
		always, ways = []need{comment}, q.authorise()
	case policy.DocumentReassign:
		always, ways = q.nameAuthorisers(), q.intervene()
	case policy.DocumentWithdraw:
		always, ways = nil, q.intervene()
	case policy.DocumentReturn:
		always, ways = nil, []way{forThose(q.books(), q.atStage(documents.Booking))}
	case policy.DocumentBook:
		always, ways = nil, []way{forThose(q.books(), q.readyToBook()...)}
	case policy.DocumentChangeBankDetails:
		bankRight := need{q.asker.ChangeBankDetails, "right_missing"}
		always, ways = nil, []way{forThose(q.books(), append(q.readyToBook(), bankRight)...)}
	}
	return append(always, q.accessToItsCompany(), q.ofAnExistingCompany()), ways
}

// A client user sees what is ready for tagging or was never assigned, a
// restricted one no more of that than their own deliveries. The archive right
// opens the archive to anyone. An authoriser sees what they are in turn for, an
// administrator what is pending, a booker what they book and have booked.
func (q *question) viewDocument() []way {
	return []way{
		forThose(q.isClient(), q.openToClients()),
		forThose(q.isRestricted(), q.deliveredByAsker(), q.openToClients()),
		forThose(q.asker.Archive == users.AllDocuments, q.atStage(documents.Archived)),
		forThose(q.isAuthoriser(), q.inTurn()),
		forThose(q.isAdministrator(), q.routePending()),
		forThose(q.books(), q.bookingOrBooked()),
	}
}

// A client user manages the documents that are ready for tagging, a restricted
// one those of them they delivered themselves.
func (q *question) manageDeliveries() []way {
	return []way{
		forThose(q.isClient(), q.atStage(documents.Tagging)),
		forThose(q.isRestricted(), q.atStage(documents.Tagging), q.deliveredByAsker()),
	}
}

// An authoriser approves or rejects when in turn.
func (q *question) authorise() []way { return []way{forThose(q.isAuthoriser(), q.inTurn())} }

// An administrator gets a pending route back on track.
func (q *question) intervene() []way {
	return []way{forThose(q.isAdministrator(), q.routePending())}
}

// Booking needs a link to somebody in the company's accounting system who
// reaches the company there, and whose password was found right.
func (q *question) readyToBook() []need {
	company, _ := q.office.Company(q.document.Company())
	system, _ := q.office.System(company.System)
	link, linked := q.linkOf(q.asker.ID, system)
	reaches := false
	for _, u := range system.Users {
		if linked && u.ID == link.AccountingUser && u.Reach.Has(company.ID) {
			reaches = true
		}
	}
	return []need{
		q.atStage(documents.Booking),
		{linked && reaches, "not_linked"},
		{linked && link.Verified, "link_not_verified"},
	}
}

// linkOf is a user's link to an accounting system.
func (q *question) linkOf(id users.ID, system sync.System) (sync.Link, bool) {
	for link := range q.office.Links(id) {
		if link.System == system.ID {
			return link, true
		}
	}
	return sync.Link{}, false
}

// Merging takes what managing a delivery takes, on every document merged, and
// only documents of one company and one deliverer become one.
func (q *question) mergeDocuments() (always []need, ways []way) {
	named := q.with.Documents
	always = []need{q.mustBeGiven(policy.PropertyWith, named != nil)}
	ways = q.manageDeliveries()
	if named == nil {
		return always, ways
	}
	always = append(always, need{q.eachOnce(named), "bad_property"}, need{q.mayBecomeOne(named), "merge_unfit"})
	for _, d := range append([]*documents.Document{q.document}, named...) {
		if d == nil {
			continue
		}
		part := question{office: q.office, asker: q.asker, with: q.with, day: q.day, document: d}
		always = append(always, part.accessToItsCompany(), part.ofAnExistingCompany())
		for i, w := range part.manageDeliveries() {
			// Whose pages they are must be known, or they would go to somebody else.
			ways[i].needs = append(ways[i].needs, need{d.DeliveredBy() != "", part.notTold()})
			ways[i].needs = append(ways[i].needs, w.needs...)
		}
	}
	return always, ways
}

// eachOnce says whether the documents to merge with exist, are at least one and
// not too many, and are named once, the document itself not at all. Of one
// without an id that cannot be said.
func (q *question) eachOnce(named []*documents.Document) bool {
	if len(named) == 0 || len(named) > 1000 || q.document.ID() == "" {
		return false
	}
	seen := map[documents.ID]bool{q.document.ID(): true}
	for _, d := range named {
		if d == nil || d.ID() == "" || seen[d.ID()] {
			return false
		}
		seen[d.ID()] = true
	}
	return true
}

func (q *question) mayBecomeOne(named []*documents.Document) bool {
	company, deliverer := q.document.Company(), q.document.DeliveredBy()
	for _, d := range named {
		if d == nil || d.Company() != company || d.DeliveredBy() != deliverer {
			return false
		}
	}
	// What was not told fits nothing.
	return company != "" && deliverer != ""
}

// Assigning and reassigning name at least one authoriser, each once: active,
// with the role, and with access to the company.
func (q *question) nameAuthorisers() []need {
	named := q.with.Authorisers
	if named == nil {
		return []need{q.mustBeGiven(policy.PropertyAuthorisers, false)}
	}
	return []need{
		{len(named) <= 1000, "bad_property"},
		{len(named) > 0 && q.allCouldAuthorise(named), "authoriser_unfit"},
	}
}

func (q *question) allCouldAuthorise(named []users.ID) bool {
	seen := map[users.ID]bool{}
	for _, id := range named {
		u, known := q.office.User(id)
		if !known || seen[id] {
			return false
		}
		seen[id] = true
		if !u.ActiveOn(q.day) || !u.Roles.Effective().Has(roles.Authoriser) || !u.Access.Has(q.document.Company()) {
			return false
		}
	}
	return true
}

// What was not told of a document helps nobody: where it matters, it is missing,
// unless it was told in a way that cannot be read.

func (q *question) notTold() string {
	for _, u := range q.with.Unreadable {
		if u.Property == 0 {
			return "bad_property"
		}
	}
	return "missing_property"
}

func (q *question) accessToItsCompany() need {
	if q.document.Company() == "" {
		return need{false, q.notTold()}
	}
	return need{q.asker.Access.Has(q.document.Company()), "no_company_access"}
}

func (q *question) ofAnExistingCompany() need {
	_, found := q.office.Company(q.document.Company())
	return need{found || q.document.Company() == "", "bad_property"}
}

func (q *question) atStage(s documents.Stage) need {
	if q.document.Stage() == 0 {
		return need{false, q.notTold()}
	}
	return need{q.document.Stage() == s, "wrong_stage"}
}

func (q *question) bookingOrBooked() need {
	if q.atStage(documents.Booking).holds {
		return need{true, ""}
	}
	return q.atStage(documents.Archived)
}

func (q *question) deliveredByAsker() need {
	if q.document.DeliveredBy() == "" {
		return need{false, q.notTold()}
	}
	return need{q.document.DeliveredBy() == q.asker.ID, "not_delivered_by_subject"}
}

// openToClients is one condition: ready for tagging, or never assigned.
func (q *question) openToClients() need {
	if q.document.Stage() == documents.Tagging || q.document.Assigned() == documents.NeverAssigned {
		return need{true, ""}
	}
	if q.document.Stage() == 0 || q.document.Assigned() == 0 {
		return need{false, q.notTold()}
	}
	return need{false, "ever_assigned"}
}

func (q *question) routePending() need {
	return need{q.document.Route().IsPending(), "no_route_pending"}
}

func (q *question) inTurn() need {
	return need{q.document.Route().InTurn() == q.asker.ID, "not_in_turn"}
}
