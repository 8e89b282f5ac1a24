package policytest

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// with draws the properties that an action takes, the optional ones half of the time.
func (a artist) with(o Office, q *Question) *policy.With {
	needed, optional := q.Action.Takes()
	if needed|optional == 0 {
		return nil
	}
	asked := needed
	for p := range optional.Each() {
		if a.coin("with " + p.String()) {
			asked |= p
		}
	}
	var w policy.With
	if asked&(policy.PropertyUser|policy.PropertyUsers|policy.PropertySystem) != 0 { // the one is of the other
		w.System = a.system(o, q)
	}
	for p := range asked.Each() {
		a.give(o, q, &w, p)
	}
	return &w
}

// give draws one property.
func (a artist) give(o Office, q *Question, w *policy.With, p policy.Properties) {
	target, _ := o.Office().User(users.ID(q.Resource.ID))
	switch p {
	case policy.PropertyAuthorisers:
		w.Authorisers = a.authorisers(o, q.Resource.Document)
	case policy.PropertyComment:
		w.Comment = one(a, "comment", "wrong amount", "not ours")
	case policy.PropertyWith:
		w.Documents = a.others(o, q.Resource.Document)
	case policy.PropertyRole:
		w.Role = a.role(q.Action, target.Roles)
	case policy.PropertyRoles:
		w.Roles = policy.Given(a.newRoles(target.Roles))
	case policy.PropertyCompanies:
		w.Companies = policy.Given(a.newAccess(o, target.Access))
	case policy.PropertyUser:
		w.User = a.linkable(o, w.System)
	case policy.PropertyUsers:
		w.Users = []sync.UserID{a.linkable(o, w.System)}
	case policy.PropertyEndDate:
		w.EndDate = policy.Given(a.endDate(o))
	case policy.PropertyOldPasswordVerified:
		w.OldPasswordVerified = policy.Given(!a.oneIn(3, "wrong password"))
	case policy.PropertyBillTo:
		w.BillTo = a.payer(o)
	case policy.PropertyAccountingSystem:
		w.AccountingSystem = among(a, "accounting system", noSystem, systemsIn(o))
	case policy.PropertySynchronisationUser:
		w.SynchronisationUser = a.candidate(o, companies.SystemID(q.Resource.ID))
	case policy.PropertyAccountingUser:
		w.AccountingUser = a.anyAccount(o, companies.SystemID(q.Resource.ID))
	}
}

// authorisers draws whom to assign a document to: mostly who can authorise.
func (a artist) authorisers(o Office, d *documents.Document) []users.ID {
	from := idsOfUsers(o)
	if d != nil && !a.oneIn(5, "unfit") {
		if fit := o.fitAuthorisers(d.Company()); len(fit) > 0 {
			from = fit
		}
	}
	list := []users.ID{among(a, "authoriser", noUser, from)}
	if second := among(a, "second authoriser", noUser, from); second != list[0] && a.coin("two of them") || a.oneIn(10, "twice") {
		list = append(list, second)
	}
	return list
}

// others draws what to merge a document with: mostly others like it.
func (a artist) others(o Office, d *documents.Document) (list []*documents.Document) {
	for _, id := range papers[:a.upTo(1, 2, "others")] {
		other, ok := a.document(o, id, atTagging)
		if d != nil && !a.oneIn(4, "unlike") {
			p := d.Parts()
			p.ID = id
			if like, err := documents.Told(p); err == nil {
				other, ok = like, true
			}
		}
		if ok {
			list = append(list, &other)
		}
	}
	return list
}

// role draws a role: one to grant that is not there yet or one to revoke that is, one
// that many may give, or any.
func (a artist) role(action policy.Action, stored roles.Set) roles.Role {
	switch a.upTo(0, 3, "role how") {
	case 0:
		fits := slices.DeleteFunc(roles.All(), func(r roles.Role) bool { return stored.Has(r) != (action == policy.UserRevokeRole) })
		if len(fits) > 0 {
			return fits[a.evenly(len(fits), "role")]
		}
	case 1, 2:
		return one(a, "role", roles.Authoriser, roles.ClientUser, roles.RestrictedClientUser)
	}
	return roles.All()[a.evenly(len(roles.All()), "role")]
}

// newRoles draws what a set of roles may become: one role more, one fewer, one client
// role in the place of the other, or any set.
func (a artist) newRoles(stored roles.Set) roles.Set {
	more, fewer := a.role(policy.UserGrantRole, stored), a.role(policy.UserRevokeRole, stored)
	other := stored ^ roles.SetOf(roles.ClientUser, roles.RestrictedClientUser)
	return one(a, "new roles", stored.With(more), stored.Without(fewer), other, a.roles("new roles"))
}

// newAccess draws what an access may become: one company more or fewer, or any.
func (a artist) newAccess(o Office, was users.Access) users.Access {
	all := slices.Collect(companiesIn(o))
	switch a.upTo(0, 2, "new companies how") {
	case 0:
		return was.With(among(a, "company more", noCompany, all))
	case 1:
		return was.Without(among(a, "company fewer", noCompany, all))
	}
	return a.access(all, "new companies")
}

func (a artist) endDate(o Office) users.Date {
	if a.oneIn(3, "takes it away") {
		return users.Date{}
	}
	return a.day(o.At, o.Office().TimeZone(), "new end date")
}

// payer draws who may pay, mostly.
func (a artist) payer(o Office) users.BillTo {
	payers := []users.BillTo{users.BillToOffice}
	for c := range o.Office().Companies() {
		if c.PaymentAgreement || a.oneIn(8, "without agreement") {
			payers = append(payers, users.BillToCompany(c.ID))
		}
	}
	return one(a, "who pays", payers...)
}

// system draws an accounting system: mostly one to which the user asked about has a
// link, where there is such a user.
func (a artist) system(o Office, q *Question) companies.SystemID {
	var linked []companies.SystemID
	for l := range o.Office().Links(users.ID(q.Resource.ID)) {
		linked = append(linked, l.System)
	}
	if len(linked) > 0 && a.coin("linked there") {
		return one(a, "accounting system", linked...)
	}
	return among(a, "accounting system", noSystem, systemsIn(o))
}

func (a artist) anyAccount(o Office, in companies.SystemID) sync.UserID {
	s, _ := o.Office().System(in)
	return among(a, "accounting user", sync.User{ID: noAccount}, s.Users).ID
}

// linkable draws a user of an accounting system who may be linked, mostly.
func (a artist) linkable(o Office, in companies.SystemID) sync.UserID {
	s, _ := o.Office().System(in)
	own, _ := o.Office().Link(s.SynchronisationUser, in)
	most, _ := o.Office().AccountingUser(in, own.AccountingUser)
	fit := slices.DeleteFunc(s.Users, func(u sync.User) bool { return !u.AtOrBelow(most) || !u.MayBeLinked(true) })
	if len(fit) == 0 || a.oneIn(4, "any accounting user") {
		return a.anyAccount(o, in)
	}
	return one(a, "accounting user", fit...).ID
}

// candidate draws who could synchronise an accounting system, mostly.
func (a artist) candidate(o Office, in companies.SystemID) users.ID {
	var fit []users.ID
	owned := users.AccessTo(slices.Collect(o.Office().CompaniesOf(in))...)
	for u := range o.Office().Users() {
		if u.EndDate.IsZero() && len(slices.Collect(owned.Beyond(u.Access))) == 0 {
			fit = append(fit, u.ID)
		}
	}
	if len(fit) == 0 || a.oneIn(4, "anybody") {
		fit = idsOfUsers(o)
	}
	return among(a, "synchronisation user", noUser, fit)
}
