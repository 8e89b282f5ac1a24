package review

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file finds what somebody may do with the connections to accounting systems.

// connectionQuestion is what decides what somebody may do with a connection, but
// for whom they would choose.
type connectionQuestion struct {
	side   *officeSide
	system companies.SystemID
	own    policy.Facts
	onDuty bool
}

// onConnections notes what changes of each connection.
func (r *rightChange) onConnections() {
	for place, id := range r.connections {
		before, after := r.onConnection(r.sides[0], id), r.onConnection(r.sides[1], id)
		r.note(place, before, after)
		r.choosing(place)
	}
}

// onConnection is what the user may do with a connection, but choose who keeps it.
func (r *rightChange) onConnection(side *officeSide, id companies.SystemID) answers {
	a := side.askers[r.user]
	state, ok := side.office.SystemState(id)
	if !ok || !a.asks {
		return nil
	}
	question := connectionQuestion{side, id, a.own, state.SynchronisationUser == r.users[r.user]}
	known, ok := r.memo.on[question]
	if !ok {
		known = r.askedOn(a, id)
		r.memo.on[question] = known
	}
	return known
}

func (c *comparison) askedOn(a asker, id companies.SystemID) (list answers) {
	for action := range policy.AllActions() {
		if action.On() == policy.Connection && a.Check(action, policy.OfConnection(id), nil).Allowed() {
			list = append(list, actionAnswer{action, c.memo.plainly})
		}
	}
	return list
}

// choosing notes whom the user may choose to synchronise, with which account. That
// is the same for everybody who may choose at all.
func (r *rightChange) choosing(place int) {
	before, after := r.candidatesFor(r.sides[0], place), r.candidatesFor(r.sides[1], place)
	question := choosingQuestion{place, before != nil, after != nil}
	known, ok := r.memo.choosing[question]
	if !ok {
		known = [2][]product{r.products(before, after), r.products(after, before)}
		r.memo.choosing[question] = known
	}
	for i, ledger := range [...]*rightLedger{r.lose, r.gain} {
		for _, p := range known[i] {
			ledger.note(policy.ConnectionManage, place, p.who, p.with)
		}
	}
}

// choosingQuestion is in which of the offices somebody may choose who synchronises
// a system.
type choosingQuestion struct {
	place         int
	before, after bool
}

// product is each of who with each of with.
type product struct{ who, with setID }

// products is what is in a list, by user, and not in another.
func (b *rightBook) products(list, others []setID) (found []product) {
	who, order := map[setID][]int32{}, []setID{}
	for u, with := range list {
		if others != nil {
			with = b.without(with, others[u])
		}
		if _, ok := who[with]; !ok {
			order = append(order, with)
		}
		who[with] = append(who[with], int32(u))
	}
	for _, with := range order {
		if with != 0 {
			found = append(found, product{b.set(who[with]), with})
		}
	}
	return found
}

// candidatesFor is, for each user, the accounts with which who asks may choose them
// to synchronise a system: the zero Choice is the link they have. It is nil where who
// asks may choose nobody.
func (r *rightChange) candidatesFor(side *officeSide, place int) []setID {
	a, id := side.askers[r.user], r.connections[place]
	if _, ok := side.office.SystemState(id); !ok || !a.could(policy.ConnectionManage, policy.OnDuty) {
		return nil
	}
	known, ok := side.candidates[id]
	if !ok {
		known = r.candidates(side, a, id)
		side.candidates[id] = known
	}
	return known
}

// candidates is who could synchronise a system, and with which accounts: that has
// nothing to do with who asks.
func (c *comparison) candidates(side *officeSide, a asker, id companies.SystemID) []setID {
	list, accounts := make([]setID, len(c.users)), map[policy.Facts]setID{}
	for u, candidate := range c.users {
		if !side.askers[u].asks {
			continue
		}
		if a.choosing(id, candidate, "").Has(policy.CandidateFit | policy.AccountingUserFit) {
			list[u] = c.memo.plainly
		}
		if a.choosing(id, candidate, "any account").Has(policy.CandidateFit) {
			list[u] = c.joined(list[u], c.accountsFor(side, a, id, u, accounts))
		}
	}
	return list
}

// choosing is the facts of a choice. Whether the candidate will do with an account
// has nothing to do with which it is.
func (a asker) choosing(id companies.SystemID, candidate users.ID, account sync.UserID) policy.Facts {
	with := policy.With{SynchronisationUser: candidate, AccountingUser: account}
	words, code := a.Facts(policy.ConnectionManage, policy.OfConnection(id), &with)
	if code != 0 {
		return 0
	}
	return words[0]
}

// accountsFor is the accounts with which somebody may be chosen. Of the candidate it
// matters only whether they book.
func (c *comparison) accountsFor(side *officeSide, a asker, id companies.SystemID, u int, known map[policy.Facts]setID) setID {
	books := side.askers[u].own & policy.BookingRole
	set, ok := known[books]
	if !ok {
		var list []Choice
		system, _ := side.office.System(id)
		for _, account := range system.Users {
			if a.choosing(id, c.users[u], account.ID).Has(policy.AccountingUserFit) {
				list = append(list, Choice{Account: account.ID})
			}
		}
		set = c.chosen(list...)
		known[books] = set
	}
	return set
}
