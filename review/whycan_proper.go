package review

import (
	"slices"

	"github.com/mandaat/mandaat/policy"
)

// This file holds which changes are considered where a denial is looked for. They take
// something away, of those whom the question is about; what they give is to keep that
// lawful.

// considered says whether atoms may be part of what ends something.
func (q *quest) considered(more way) bool {
	return !slices.ContainsFunc(more, func(a atom) bool { return !q.mayEnd(a) })
}

func (q *quest) mayEnd(a atom) bool {
	switch a.kind {
	case takesAccess, grantsRole, revokesRole, unlinksAccount, endsToday:
		return slices.Contains(q.named, a.user) && !q.asks(a)
	case choosesDuty:
		return q.request.Action != policy.ConnectionManage || q.request.Resource != policy.OfConnection(a.system)
	case takesArchive, takesBank, takesLater, endsAgreement:
		return true
	default:
		return false
	}
}

// asks says whether the question itself is to change what an atom changes.
func (q *quest) asks(a atom) bool {
	if q.request.Resource != policy.OfUser(a.user) {
		return false
	}
	w := q.request.With
	switch q.request.Action {
	case policy.UserGrantRole, policy.UserRevokeRole:
		return a.role != 0 && a.role == w.Role
	case policy.UserChangeRoles:
		u, _ := q.office.User(a.user)
		set, _ := w.Roles.Get()
		return (u.Roles ^ set).Has(a.role)
	case policy.UserChangeCompanyAccess:
		return a.kind == takesAccess
	case policy.UserChangeEndDate:
		return a.kind == endsToday
	case policy.UserLinkAccountingUser, policy.UserUnlinkAccountingUser:
		return a.kind == unlinksAccount && (w.System == "" || a.system == w.System)
	default:
		return false
	}
}

// proper says whether what a set that ends something gives only makes that lawful: each
// role ranks below one that it revokes of the same user, and without all of it the
// answer is a denial all the same. A duty comes only with what could not be without it,
// so none ends anything after the rest.
func (h *hunt) proper(set []atom) bool {
	raises := func(a atom) bool { return a.kind == grantsRole && h.gives(a) && !demotes(set, a) }
	if slices.ContainsFunc(set, raises) {
		return false
	}
	taken := slices.DeleteFunc(slices.Clone(set), h.gives)
	if len(taken) == len(set) {
		return true
	}
	a, ok := h.after(h.variant, taken)
	return ok && a.sought()
}

// gives says whether an atom gives something that is to end nothing: the user asked
// about may come out of reach by a role, and who reconnects by another's duty.
func (q *quest) gives(a atom) bool {
	switch a.kind {
	case grantsRole:
		return a.user == q.request.Subject || q.request.Resource != policy.OfUser(a.user)
	case choosesDuty:
		return q.request.Action != policy.ConnectionReconnect
	default:
		return false
	}
}

// demotes says whether a role is granted in the place of a higher one.
func demotes(set []atom, granted atom) bool {
	return slices.ContainsFunc(set, func(a atom) bool {
		return a.kind == revokesRole && a.user == granted.user && a.role.Above(granted.role)
	})
}

// endsSomebody says whether somebody has an end date by a set.
func endsSomebody(set []atom) bool {
	return slices.ContainsFunc(set, func(a atom) bool { return a.kind == endsToday })
}
