package policytest

import (
	"fmt"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile/internal/strict"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// stranger is a name in a question that means nothing to the office, and the code of
// the denial that it leads to.
type stranger struct {
	said string
	code policy.Code
}

// known ends the test where a question names what the office does not know, or gives
// what its action does not take: it would be denied for that, or for something else
// that says nothing of whom was meant. A name may be unknown where the code is
// expected that it leads to.
func (o Office) known(t TB, q Question, expected policy.Code) {
	t.Helper()
	for _, s := range o.strangers(q) {
		if s.code == 0 || s.code != expected {
			t.Fatalf("%s: %s", q, s.said)
		}
	}
}

func (o Office) strangers(q Question) (list []stranger) {
	add := func(code policy.Code, format string, args ...any) {
		list = append(list, stranger{fmt.Sprintf(format, args...), code})
	}
	if _, ok := o.Office().User(q.Subject); !ok {
		add(policy.UnknownUser, "%s", o.nobody(q.Subject))
	}
	missing := o.missing(q.Resource)
	switch on := q.Action.On(); {
	case !q.Action.Known():
		add(policy.UnknownAction, "there is no action %d", q.Action)
		return list
	case on != q.Resource.Type:
		add(policy.UnknownResource, "%s is asked on a resource of type %s", q.Action, on)
	case missing != "":
		add(policy.UnknownResource, "%s", missing)
	}
	needed, optional := q.Action.Takes()
	for _, p := range given(q.With) {
		if (needed|optional)&p.which != p.which {
			add(0, "%s does not take the property %s", q.Action, p.which)
		}
	}
	return append(list, o.strangersNamed(q)...)
}

// strangersNamed is the users and the accounting-system users that properties name.
// An unknown company, role or accounting system is a bad property, whoever asks.
func (o Office) strangersNamed(q Question) (list []stranger) {
	if q.With == nil {
		return nil
	}
	for _, id := range q.With.Authorisers {
		list = o.addUser(list, id, policy.AuthoriserUnfit)
	}
	if id := q.With.SynchronisationUser; id != "" {
		list = o.addUser(list, id, policy.CandidateUnfit)
	}
	if id := q.With.User; id != "" {
		list = o.addAccount(list, q.With.System, id)
	}
	for _, id := range q.With.Users {
		list = o.addAccount(list, q.With.System, id)
	}
	if id := q.With.AccountingUser; id != "" {
		list = o.addAccount(list, companies.SystemID(q.Resource.ID), id)
	}
	return list
}

func (o Office) addUser(list []stranger, id users.ID, code policy.Code) []stranger {
	if _, ok := o.Office().User(id); !ok {
		list = append(list, stranger{o.nobody(id), code})
	}
	return list
}

func (o Office) addAccount(list []stranger, system companies.SystemID, id sync.UserID) []stranger {
	if _, ok := o.Office().AccountingUser(system, id); ok {
		return list
	}
	var there []sync.UserID
	s, _ := o.Office().System(system)
	for _, u := range s.Users {
		there = append(there, u.ID)
	}
	return append(list, stranger{unknown("user of accounting system "+string(system), id, there), policy.AccountingUserUnfit})
}

// missing says that what is asked about is not there; empty where it is.
func (o Office) missing(r policy.Resource) string {
	switch r.Type {
	case policy.Document:
		if r.Document == nil {
			return unknown("document", r.ID, o.papers())
		}
	case policy.Company:
		return o.noCompany(companies.ID(r.ID))
	case policy.User:
		if _, ok := o.Office().User(users.ID(r.ID)); !ok {
			return o.nobody(users.ID(r.ID))
		}
	case policy.Connection:
		if _, ok := o.Office().SystemState(companies.SystemID(r.ID)); !ok {
			return unknown("accounting system", companies.SystemID(r.ID), systemsIn(o))
		}
	case policy.Office:
		if r.ID != o.Office().Code() {
			return fmt.Sprintf("the office is %q, not %q", o.Office().Code(), r.ID)
		}
	}
	return ""
}

func (o Office) papers() (ids []string) {
	for i := range o.Documents {
		ids = append(ids, string(o.Documents[i].ID()))
	}
	return ids
}

// noCompany says that a company is not there; empty where it is.
func (o Office) noCompany(id companies.ID) string {
	if _, ok := o.Office().Company(id); ok {
		return ""
	}
	return unknown("company", id, slices.Collect(companiesIn(o)))
}

// nobody says that a user is not there.
func (o Office) nobody(id users.ID) string {
	if _, gone := o.Office().DeletedUser(id); gone {
		return fmt.Sprintf("the user %q of this office was deleted", id)
	}
	return unknown("user", id, idsOfUsers(o))
}

// unknown says that a name is none of those there are, and which was probably meant.
func unknown[T ~string](what string, name T, names []T) string {
	text := fmt.Sprintf("there is no %s %q in this office", what, name)
	var there []string
	for _, n := range names {
		there = append(there, string(n))
	}
	if near, ok := strict.Nearest(string(name), there); ok {
		text += ", perhaps " + near
	}
	return text
}
