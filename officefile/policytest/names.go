package policytest

import (
	"fmt"
	"slices"

	"github.com/mandaat/mandaat/companies"
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
	switch on := q.Action.On(); {
	case !q.Action.Known():
		add(policy.UnknownAction, "there is no action %d", q.Action)
		return list
	case on != q.Resource.Type:
		add(policy.UnknownResource, "%s is asked on a %s", q.Action, on)
	case !o.has(q.Resource):
		add(policy.UnknownResource, "there is no %s in this office", q.Resource)
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
	if _, ok := o.Office().AccountingUser(system, id); !ok {
		said := fmt.Sprintf("there is no accounting-system user %q in %q", id, system)
		list = append(list, stranger{said, policy.AccountingUserUnfit})
	}
	return list
}

// has says whether something asked about is there.
func (o Office) has(r policy.Resource) (ok bool) {
	switch r.Type {
	case policy.Document:
		return r.Document != nil
	case policy.Company:
		_, ok = o.Office().Company(companies.ID(r.ID))
	case policy.User:
		_, ok = o.Office().User(users.ID(r.ID))
	case policy.Connection:
		_, ok = o.Office().SystemState(companies.SystemID(r.ID))
	case policy.Office:
		ok = r.ID == o.Office().Code()
	}
	return ok
}

// mostNamed is how many users are named to whoever named another.
const mostNamed = 12

// nobody says that a user is not there, and in a small office who is.
func (o Office) nobody(id users.ID) string {
	if _, gone := o.Office().DeletedUser(id); gone {
		return fmt.Sprintf("the user %q of this office was deleted", id)
	}
	var names []users.ID
	for u := range o.Office().Users() {
		if names = append(names, u.ID); len(names) > mostNamed {
			return fmt.Sprintf("there is no user %q in this office", id)
		}
	}
	slices.Sort(names)
	return fmt.Sprintf("there is no user %q in this office, which has %s", id, together(names))
}
