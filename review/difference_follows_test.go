package review

import (
	"maps"
	"slices"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// This file says, plainly, what follows from somebody's rights: how the decision of
// any question comes out of those of elementary ones.

// diffRights is rights and what goes with them to decide: which companies each user
// reaches and when each ends. An end date is a right for
// each day of diffDays by itself.
type diffRights struct {
	has    map[Right]bool
	access map[users.ID]users.Access
	ends   map[users.ID]int64 // in seconds since 1970; zero for never
}

// diffAsked is the rights of an office, each asked of it.
func diffAsked(s admin.State, at time.Time, all []Right) diffRights {
	r := diffRights{map[Right]bool{}, map[users.ID]users.Access{}, map[users.ID]int64{}}
	for _, right := range all {
		if s.Snapshot().Check(right.Request(s.Office(), at)).Allowed() {
			r.has[right] = true
		}
	}
	for u := range s.Office().Users() {
		r.access[u.ID], r.ends[u.ID] = u.Access, diffEnd(u.EndDate, s.Office().TimeZone())
	}
	return r
}

// then is the rights after a difference.
func (r diffRights) then(d Difference, zone *time.Location) diffRights {
	next := diffRights{map[Right]bool{}, map[users.ID]users.Access{}, map[users.ID]int64{}}
	for right := range r.has {
		next.has[right] = true
	}
	for right := range diffExpanded(d.Lost) {
		delete(next.has, right)
	}
	for right := range diffExpanded(d.Gained) {
		next.has[right] = true
	}
	maps.Copy(next.access, r.access)
	for _, a := range d.Access {
		next.access[a.User] = next.access[a.User].Changed(users.AccessTo(a.Given...), users.AccessTo(a.Taken...))
	}
	maps.Copy(next.ends, r.ends)
	for right := range d.Gained.All() {
		if right.Action == policy.UserView && right.User == right.Target {
			next.ends[right.User] = 0 // newly active, and for ever unless told
		}
	}
	for _, e := range d.Ends {
		next.ends[e.User] = diffEnd(e.After.Date, zone)
	}
	return next
}

// diffExpanded is rights, an end date for each day by itself.
func diffExpanded(r Rights) map[Right]bool {
	list := map[Right]bool{}
	for right := range r.All() {
		if right.With.From.IsZero() {
			list[right] = true
			continue
		}
		for _, day := range diffDays {
			if !day.Before(right.With.From) && (right.With.Before.IsZero() || day.Before(right.With.Before)) {
				one := right
				one.With.From, one.With.Before = day, users.Date{}
				list[one] = true
			}
		}
	}
	return list
}

// allows says whether a question is allowed at a moment not before that of the
// rights: whoever asks, or is to authorise, must stay until then.
func (r diffRights) allows(q policy.Request, at time.Time) bool {
	if !r.stays(q.Subject, at) || !r.follows(q) {
		return false
	}
	return !namesAuthorisers(q.Action) || !slices.ContainsFunc(q.With.Authorisers, func(id users.ID) bool { return !r.stays(id, at) })
}

func (r diffRights) stays(id users.ID, at time.Time) bool {
	return r.ends[id] == 0 || at.Unix() < r.ends[id]
}

func diffEnd(day users.Date, zone *time.Location) int64 {
	if day.IsZero() {
		return 0
	}
	return beginning(day, zone)
}

// follows says whether a question is allowed at the moment of the rights.
func (r diffRights) follows(q policy.Request) bool {
	right := Right{User: q.Subject, Action: q.Action}
	switch q.Action.On() {
	case policy.Document:
		return r.document(q, q.Resource.Document) && r.withDocument(q)
	case policy.Company:
		right.Company = companies.ID(q.Resource.ID)
		return r.has[right]
	case policy.Connection:
		right.Connection, right.Who, right.With.Account = companies.SystemID(q.Resource.ID), q.With.SynchronisationUser, q.With.AccountingUser
		return r.has[right]
	case policy.Office:
		right.Office = q.Resource.ID
		return r.office(right, q.With)
	case policy.User:
		right.Target = users.ID(q.Resource.ID)
		return r.target(right, q.With)
	}
	return false
}

// document: of each kind that the document may be of, and to each who is named.
func (r diffRights) document(q policy.Request, d *documents.Document) bool {
	kinds := KindsOf(d, q.Subject)
	for _, k := range kinds {
		right := Right{User: q.Subject, Action: q.Action, Company: d.Company(), With: Choice{Document: k}}
		if !namesAuthorisers(q.Action) && !r.has[right] {
			return false
		}
		if namesAuthorisers(q.Action) && !r.each(right, q.With.Authorisers) {
			return false
		}
	}
	return len(kinds) > 0
}

func (r diffRights) each(right Right, list []users.ID) bool {
	for i, id := range list {
		if right.Who = id; !r.has[right] || slices.Contains(list[:i], id) {
			return false
		}
	}
	return len(list) > 0
}

// withDocument is what the other documents of a merger, and a rejection, take.
func (r diffRights) withDocument(q policy.Request) bool {
	switch q.Action {
	case policy.DocumentReject:
		return q.With.Comment != ""
	case policy.DocumentMerge:
		for _, other := range q.With.Documents {
			if !q.Resource.Document.MergesWith(other) || !r.document(q, other) {
				return false
			}
		}
		return len(q.With.Documents) > 0
	}
	return true
}

// with is the right to the same with a choice.
func (r diffRights) with(right Right, c Choice) bool {
	right.With = c
	return r.has[right]
}

func (r diffRights) office(right Right, w *policy.With) bool {
	set, given := w.Roles.Get()
	ids, reach := w.Companies.Get()
	switch right.Action {
	case policy.CompanyCreate:
		return r.with(right, Choice{System: w.AccountingSystem})
	case policy.UserCreate:
		return given && reach && set.Valid() && r.newUser(right, set, ids)
	case policy.UserImport:
		return (!given || set.Valid()) && r.has[right] && r.newUser(right, set, ids) && r.imported(right, w, set.Books())
	}
	return r.has[right]
}

// newUser: each role, and each company.
func (r diffRights) newUser(right Right, set roles.Set, ids users.Access) bool {
	for role := range set.All() {
		if !r.with(right, Choice{Role: role}) {
			return false
		}
	}
	for id := range ids.All() {
		if !r.with(right, Choice{Company: id}) {
			return false
		}
	}
	return true
}

// imported: the accounting system, and each account.
func (r diffRights) imported(right Right, w *policy.With, books bool) bool {
	if w.System != "" && !r.with(right, Choice{System: w.System}) || w.Users != nil && w.System == "" {
		return false
	}
	for _, id := range w.Users {
		if !r.with(right, Choice{System: w.System, Account: id, Books: books}) {
			return false
		}
	}
	return true
}

func (r diffRights) target(right Right, w *policy.With) bool {
	switch right.Action {
	case policy.UserGrantRole, policy.UserRevokeRole:
		return w.Role.Known() && r.with(right, Choice{Role: w.Role})
	case policy.UserChangeRoles:
		set, given := w.Roles.Get()
		return given && r.with(right, Choice{Roles: set})
	case policy.UserChangeEndDate:
		day, given := w.EndDate.Get()
		return given && r.with(right, Choice{From: day})
	case policy.UserChangeCompanyAccess:
		set, given := w.Companies.Get()
		return given && r.has[right] && r.reaches(right, set)
	case policy.UserChangeBillTo:
		id, _ := w.BillTo.Company()
		return w.BillTo.Chosen() && r.with(right, Choice{Company: id})
	case policy.UserLinkAccountingUser:
		return w.System != "" && r.with(right, Choice{System: w.System, Account: w.User})
	case policy.UserUnlinkAccountingUser, policy.UserEnterAccountingPassword:
		return r.with(right, Choice{System: w.System})
	case policy.UserChangePassword:
		return r.verified(w) && r.has[right]
	case policy.UserChangeEmail:
		return (right.User != right.Target || r.verified(w)) && r.has[right]
	}
	return r.has[right]
}

func (diffRights) verified(w *policy.With) bool {
	verified, _ := w.OldPasswordVerified.Get()
	return verified
}

// reaches: a company that is there to be decided about may be in the new access or
// not; any other is as it is.
func (r diffRights) reaches(right Right, set users.Access) bool {
	for _, id := range diffPlaces {
		if !r.with(right, Choice{Company: id}) && set.Has(id) != r.access[right.Target].Has(id) {
			return false
		}
	}
	return true
}
