package plain

import (
	"slices"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// check answers a question. Whatever is unknown is denied.
func (e *Engine) check(q *question) bool {
	u := e.users[q.user]
	if u == nil || !u.active {
		return false
	}
	if q.action == load.UserView {
		t := e.users[q.target]
		return t != nil && maySee(u, t)
	}
	return q.document != nil && u.companies[q.document.company] && e.may(u, q)
}

// may answers what is asked about a document of a company that the user reaches.
func (e *Engine) may(u *user, q *question) bool {
	d := q.document
	switch q.action {
	case load.View:
		return mayView(u, d)
	case load.Split, load.Tag:
		return mayManage(u, d)
	case load.Merge:
		return mayManage(u, d) && q.other != nil && mayManage(u, q.other) && mayBecomeOne(d, q.other)
	case load.Assign:
		return mayManage(u, d) && e.areFit(q.named, d.company)
	case load.Approve:
		return isInTurn(u, d)
	case load.Reject:
		return isInTurn(u, d) && q.comment != ""
	case load.Reassign:
		return mayIntervene(u, d) && e.areFit(q.named, d.company)
	case load.Withdraw:
		return mayIntervene(u, d)
	case load.Return:
		return books(u) && d.stage == load.Booking
	case load.Book:
		return e.mayBook(u, d)
	case load.ChangeBankDetails:
		return u.bank && e.mayBook(u, d)
	}
	return false
}

func books(u *user) bool { return u.roles["accountant"] || u.roles["sme_accountant"] }

func mayView(u *user, d *document) bool {
	open := d.stage == load.Tagging || !d.everAssigned
	switch {
	case open && u.roles["client_user"]:
		return true
	case open && u.roles["restricted_client_user"] && d.deliveredBy == u.id:
		return true
	case d.stage == load.Archived && (u.archive || books(u)):
		return true
	case d.stage == load.Booking && books(u):
		return true
	}
	return isInTurn(u, d) || mayIntervene(u, d)
}

func mayManage(u *user, d *document) bool {
	return d.stage == load.Tagging &&
		(u.roles["client_user"] || u.roles["restricted_client_user"] && d.deliveredBy == u.id)
}

func mayBecomeOne(a, b *document) bool {
	return a.id != b.id && a.company == b.company && a.deliveredBy == b.deliveredBy
}

func isInTurn(u *user, d *document) bool { return d.inTurn == u.id && u.roles["authoriser"] }

func mayIntervene(u *user, d *document) bool {
	return d.inTurn != "" && u.roles["authorisation_administrator"]
}

// areFit says whether everyone named could authorise for a company: at least one,
// each once.
func (e *Engine) areFit(named []string, company string) bool {
	for i, id := range named {
		u := e.users[id]
		if u == nil || !u.active || !u.roles["authoriser"] || !u.companies[company] || slices.Contains(named[:i], id) {
			return false
		}
	}
	return len(named) > 0
}

// mayBook says whether the user books, and is linked to somebody in the company's
// accounting system who reaches the company there, with the password found right.
func (e *Engine) mayBook(u *user, d *document) bool {
	if d.stage != load.Booking || !books(u) {
		return false
	}
	c := e.companies[d.company]
	if c == nil {
		return false
	}
	l := u.links[c.system]
	return l != nil && l.verified && (l.all || l.companies[c.id])
}

// maySee says whether a user may see another.
func maySee(u, t *user) bool {
	switch {
	case u.id == t.id || u.roles["super_user"] || u.roles["accountant"]:
		return true
	case u.roles["sme_accountant"] && (isClientSide(t) || u.roles["authoriser"] && t.roles["authoriser"] && !isSenior(t)):
		return share(u, t)
	case u.roles["authorisation_administrator"] && (t.roles["authoriser"] || isBelowAdministrator(t)):
		return share(u, t)
	}
	return false
}

// isSenior says whether the user ranks as high as an SME Accountant, or higher.
func isSenior(u *user) bool { return u.roles["super_user"] || books(u) }

func isClientSide(u *user) bool {
	return (u.roles["client_user"] || u.roles["restricted_client_user"]) && !isSenior(u)
}

func isBelowAdministrator(u *user) bool {
	return !isSenior(u) && !u.roles["authorisation_administrator"]
}

// share says whether two users reach a company both, looking for those of the one
// who has fewer.
func share(a, b *user) bool {
	if len(a.companies) > len(b.companies) {
		a, b = b, a
	}
	for c := range a.companies {
		if b.companies[c] {
			return true
		}
	}
	return false
}
