package casbin

import (
	"slices"

	"github.com/mandaat/mandaat/integration/internal/load"
)

// user is who asks, or who is asked about.
type user struct {
	id                                                                    string
	active, archive, bank                                                 bool
	super, accountant, sme, administrator, authoriser, client, restricted bool
	companies, bookable                                                   map[string]bool
}

func (u *user) books() bool  { return u.accountant || u.sme }
func (u *user) senior() bool { return u.books() || u.super }

// document is a document.
type document struct {
	company, stage, deliveredBy, inTurn string
	everAssigned                        bool
}

// object is what is asked about.
type object interface {
	// is says whether an attribute holds of the object for who asks.
	is(attribute string, by *user) bool
	// at says whether who asks is active and, of a document, reaches its company.
	at(by *user) bool
}

// is and at are the functions that matchers call.
func is(args ...any) (any, error) {
	u, _ := args[0].(*user)
	o, _ := args[1].(object)
	who, _ := args[2].(string)
	what, _ := args[3].(string)
	return u.has(who) && o.is(what, u), nil
}

func at(args ...any) (any, error) {
	u, _ := args[0].(*user)
	o, _ := args[1].(object)
	return o.at(u), nil
}

// has says whether an attribute holds of who asks.
func (u *user) has(attribute string) bool {
	switch attribute {
	case "client":
		return u.client
	case "restricted":
		return u.restricted
	case "booker":
		return u.books()
	case "bank":
		return u.bank && u.books()
	case "archive":
		return u.archive
	case "authoriser":
		return u.authoriser
	case "administrator":
		return u.administrator
	case "sme":
		return u.sme
	case "sme_authoriser":
		return u.sme && u.authoriser
	case "overseer":
		return u.super || u.accountant
	}
	return attribute == "anyone"
}

func (d *document) at(by *user) bool { return by.active && by.companies[d.company] }

func (d *document) is(attribute string, by *user) bool {
	switch attribute {
	case "open":
		return d.open()
	case "own_open":
		return d.deliveredBy == by.id && d.open()
	case "own_tagging":
		return d.deliveredBy == by.id && d.stage == load.Tagging
	case "booked":
		return d.stage == load.Booking || d.stage == load.Archived
	case "bookable":
		return d.stage == load.Booking && by.bookable[d.company]
	case "in_turn":
		return d.inTurn == by.id
	case "pending":
		return d.inTurn != ""
	}
	return d.stage == attribute
}

func (d *document) open() bool { return d.stage == load.Tagging || !d.everAssigned }

func (u *user) at(by *user) bool { return by.active }

func (u *user) is(attribute string, by *user) bool {
	switch attribute {
	case "self":
		return u.id == by.id
	case "anyone":
		return true
	case "client_side":
		return (u.client || u.restricted) && !u.senior() && share(u, by)
	case "junior":
		return (u.authoriser || !u.senior() && !u.administrator) && share(u, by)
	case "authoriser_below_sme":
		return u.authoriser && !u.senior() && share(u, by)
	}
	return false
}

// share says whether two users reach a company both.
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

// usersOf makes the users. Those who reach all share one set.
func usersOf(o *load.Office) []user {
	every := make([]int, len(o.Companies))
	for i := range every {
		every[i] = i
	}
	all := setOf(o, every)
	list := make([]user, len(o.Users))
	for i := range o.Users {
		list[i] = userOf(o, &o.Users[i])
		list[i].companies = all
		if len(o.Users[i].Companies) < len(o.Companies) {
			list[i].companies = setOf(o, o.Users[i].Companies)
		}
	}
	return list
}

func userOf(o *load.Office, u *load.User) user {
	has := func(role string) bool { return slices.Contains(u.Roles, role) }
	return user{
		id: u.ID, active: u.Active, archive: u.Archive, bank: u.Bank,
		super: has("super_user"), accountant: has("accountant"), sme: has("sme_accountant"),
		administrator: has("authorisation_administrator"), authoriser: has("authoriser"),
		client: has("client_user"), restricted: has("restricted_client_user"),
		bookable: setOf(o, bookable(o, u)),
	}
}

func setOf(o *load.Office, companies []int) map[string]bool {
	set := make(map[string]bool, len(companies))
	for _, c := range companies {
		set[o.Companies[c].ID] = true
	}
	return set
}

// bookable is the companies that the user reaches, and a verified link too.
func bookable(o *load.Office, u *load.User) (list []int) {
	for _, l := range u.Links {
		if !l.Verified {
			continue
		}
		for _, c := range u.Companies {
			_, reached := slices.BinarySearch(l.Reach, c)
			if o.Companies[c].System == l.System && (l.Reach == nil || reached) {
				list = append(list, c)
			}
		}
	}
	return list
}

func documentsOf(w *load.Workload, n int) []document {
	docs := make([]document, n)
	for i := range docs {
		d := &w.Documents[i]
		docs[i] = document{
			company: w.Office.Companies[d.Company].ID, stage: d.Stage,
			deliveredBy: w.Office.Users[d.DeliveredBy].ID, everAssigned: d.EverAssigned,
		}
		if d.InTurn >= 0 {
			docs[i].inTurn = w.Office.Users[d.InTurn].ID
		}
	}
	return docs
}
