package policy

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
)

// fault finds what cannot be asked at all, in the order of the codes.
func (q *question) fault() Code {
	switch {
	case q.nobody():
		return UnknownUser
	case !q.action.Known():
		return UnknownAction
	case !q.found:
		return UnknownResource
	case !q.supplied && q.missing() != 0:
		return MissingProperty
	case !q.inTime:
		return BadTime
	case len(q.with.Unreadable) > 0 || q.bad() != 0:
		return BadProperty
	}
	return 0
}

// missing is the properties that are needed and were not given. One that was
// given but cannot be read is not missing.
func (q *question) missing() Properties {
	needed := actionTable[q.action].needed
	switch {
	case q.action == UserChangeEmail && q.target == q.place:
		needed |= PropertyOldPasswordVerified
	case q.action == UserImport && q.with.Users != nil:
		needed |= PropertySystem
	}
	if needed == 0 {
		return 0
	}
	return needed &^ (q.with.given() | q.with.unreadable())
}

// bad is the property, if any, that names what does not exist or cannot be. It
// finds the system that the properties name on the way. A document of an unknown
// company is bad too, without being a property of the action: carried.
func (q *question) bad() Properties {
	switch q.action {
	case UserLinkAccountingUser, UserUnlinkAccountingUser, UserEnterAccountingPassword, UserImport:
		q.system = q.snap.system(q.with.System)
		if q.with.System != "" && q.system == noPlace {
			return PropertySystem
		}
	case CompanyCreate:
		q.system = q.snap.system(q.with.AccountingSystem)
		if q.with.AccountingSystem != "" && q.system == noPlace {
			return PropertyAccountingSystem
		}
	case UserChangeBillTo:
		if id, ok := q.with.BillTo.Company(); ok && !q.billable(q.snap.company(id)) {
			return PropertyBillTo
		}
	}
	switch {
	case q.takes(PropertyRoles) && !q.with.Roles.value.Within(everyRole):
		return PropertyRoles
	case q.takes(PropertyCompanies) && !q.knownCompanies():
		return PropertyCompanies
	case q.takes(PropertyAuthorisers) && len(q.with.Authorisers) > MaxNamed:
		return PropertyAuthorisers
	case q.action == DocumentMerge && q.with.Documents != nil && !q.resource.mergeable(q.with.Documents):
		return PropertyWith
	case q.seen.company == strange || q.strangeOther() != "":
		return carried
	}
	return 0
}

// carried stands for a part of the document asked about, or to merge it with.
const carried Properties = 1 << 15

// strangeCompany is the company, of those the documents are told to be of, that
// does not exist; empty where all do.
func (q *question) strangeCompany() companies.ID {
	if q.seen.company == strange {
		return q.resource.Document.Company()
	}
	return q.strangeOther()
}

// strangeOther is the same of the documents to merge with.
func (q *question) strangeOther() companies.ID {
	if q.action != DocumentMerge {
		return ""
	}
	for _, d := range q.with.Documents {
		if q.snap.companyTold(d) == strange {
			return d.Company()
		}
	}
	return ""
}

func (q *question) takes(p Properties) bool {
	info := &actionTable[q.action]
	return (info.needed|info.optional)&p != 0
}

// everyRole is the roles there are; a set can be made to hold what is none of them.
var everyRole = roles.SetOf(roles.All()...)

func (q *question) billable(company int32) bool {
	return company != noPlace && q.snap.companyOf(company).paymentAgreement
}

func (q *question) knownCompanies() bool {
	for id := range q.with.Companies.value.All() {
		if q.snap.company(id) == noPlace {
			return false
		}
	}
	return true
}

// mergeable says whether the documents to merge with are at least one, each once
// and none the resource itself, which a document without an id could be.
func (r Resource) mergeable(list []*documents.Document) bool {
	own := documents.ID(r.id())
	if own == "" || len(list) == 0 || len(list) > MaxNamed {
		return false
	}
	for _, d := range list {
		if d == nil || d.ID() == "" || d.ID() == own || d.ID() == r.Document.ID() {
			return false
		}
	}
	return !twice(len(list), func(i int) documents.ID { return list[i].ID() })
}

// mergesWith says whether the resource and the others could be one document.
func (r Resource) mergesWith(list []*documents.Document) bool {
	return !slices.ContainsFunc(list, func(d *documents.Document) bool { return !r.Document.MergesWith(d) })
}
