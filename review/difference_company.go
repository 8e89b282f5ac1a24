package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// This file finds what somebody may do with companies and with their documents.

// answers is the actions that somebody may do, and with what; sorted by action. It
// is never changed.
type answers []actionAnswer

type actionAnswer struct {
	action policy.Action
	with   setID // never empty
}

func (a answers) of(action policy.Action) setID {
	for _, one := range a {
		if one.action == action {
			return one.with
		}
	}
	return 0
}

// answersWithout is the answers that are not among others.
func (b *rightBook) answersWithout(list, others answers) (left answers) {
	for _, one := range list {
		if with := b.without(one.with, others.of(one.action)); with != 0 {
			left = append(left, actionAnswer{one.action, with})
		}
	}
	return left
}

// onCompanies notes what changes of the companies and their documents. Where
// neither the user nor the company changed, nothing did.
func (r *rightChange) onCompanies() {
	changed := r.changedAsBooker(r.user)
	for _, place := range r.companiesOf(r.user) {
		if changed || r.stirred.has(int(place)) {
			r.onCompany(int(place))
		}
	}
}

// companiesOf is the companies in which a user may be able to do something.
func (c *comparison) companiesOf(u int) []int32 {
	all := newBitset(len(c.companies))
	for _, side := range c.sides {
		all.addAll(side.reach[u])
		if side.askers[u].asks && len(c.answersIn(side.askers[u], c.users[u], side.askers[u].own, "")) > 0 {
			return everyPlace(len(c.companies))
		}
	}
	return all.places()
}

func everyPlace(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// changedAsBooker says whether anything changed of a user that decides what they may
// do in a company that did not.
func (c *comparison) changedAsBooker(u int) bool {
	one, other := c.sides[0].askers[u], c.sides[1].askers[u]
	return one.asks != other.asks || one.own != other.own || c.moved[u] ||
		!sameLinks(c.sides[0].office, c.sides[1].office, c.users[u])
}

func sameLinks(one, other offices.Office, id users.ID) bool {
	links := slices.Collect(one.Links(id))
	if !slices.Equal(links, slices.Collect(other.Links(id))) {
		return false
	}
	for _, l := range links {
		a, _ := one.AccountingUser(l.System, l.AccountingUser)
		b, _ := other.AccountingUser(l.System, l.AccountingUser)
		if !a.Equal(b) {
			return false
		}
	}
	return true
}

// findStirred finds the companies that are not the same in both offices, as far as
// that decides anything.
func (c *comparison) findStirred() {
	one, other := c.sides[0], c.sides[1]
	c.stirred = newBitset(len(c.companies))
	for at := range c.companies {
		if one.known.has(at) != other.known.has(at) || one.system[at] != other.system[at] || one.fit[at] != other.fit[at] {
			c.stirred.add(at)
		}
	}
}

// onCompany notes what changes in one company.
func (r *rightChange) onCompany(place int) {
	before, after := r.inCompany(r.sides[0], place), r.inCompany(r.sides[1], place)
	fitBefore, fitAfter := r.sides[0].fit[place], r.sides[1].fit[place]
	if slices.Equal(before, after) && fitBefore == fitAfter {
		return
	}
	r.note(place, namingNobody(before), namingNobody(after))
	for a := range assignments {
		r.assigning(a, place, before.of(a), after.of(a), fitBefore, fitAfter)
	}
}

// namingNobody is the answers about actions that name no authoriser.
func namingNobody(list answers) answers {
	return slices.DeleteFunc(slices.Clone(list), func(one actionAnswer) bool { return namesAuthorisers(one.action) })
}

// assignments goes through the actions that name authorisers.
func assignments(yield func(policy.Action) bool) {
	for a := range policy.AllActions() {
		if namesAuthorisers(a) && !yield(a) {
			return
		}
	}
}

func namesAuthorisers(a policy.Action) bool {
	needed, _ := a.Takes()
	return needed&policy.PropertyAuthorisers != 0
}

// note notes what changes on one place.
func (r *rightChange) note(place int, before, after answers) {
	r.lose.noteAll(place, r.answersWithout(before, after))
	r.gain.noteAll(place, r.answersWithout(after, before))
}

// assigning notes what changes of an assignment in a company: of which kinds of
// documents, to whom.
func (r *rightChange) assigning(a policy.Action, place int, before, after, fitBefore, fitAfter setID) {
	noteProduct(r.lose, a, place, before, after, fitBefore, fitAfter)
	noteProduct(r.gain, a, place, after, before, fitAfter, fitBefore)
}

// noteProduct notes each of who with each of with, without each of other who with
// each of other with.
func noteProduct(l *rightLedger, a policy.Action, place int, with, otherWith, who, otherWho setID) {
	fresh := l.without(who, otherWho)
	if fresh != 0 {
		l.note(a, place, fresh, with)
	}
	if rest := l.without(who, fresh); rest != 0 {
		l.note(a, place, rest, l.without(with, otherWith))
	}
}

// inCompany is what a user may do in a company, if whom they assign is fit.
func (r *rightChange) inCompany(side *officeSide, place int) answers {
	a := side.askers[r.user]
	if !a.asks || !side.known.has(place) {
		return nil
	}
	facts := a.own
	if side.reach[r.user].has(place) {
		facts |= policy.CompanyAccess
		if a.could(policy.DocumentBook, 0) {
			facts |= a.linkIn(r.users[r.user], r.companies[place])
		}
	}
	return r.answersIn(a, r.users[r.user], facts, r.companies[place])
}

// linkIn is what holds of the link with which somebody would book in a company.
func (a asker) linkIn(id users.ID, company companies.ID) policy.Facts {
	toBook := DocumentKind{Stage: documents.Booking}.example("a document", id, company)
	words, code := a.Facts(policy.DocumentBook, policy.OfDocument(toBook), nil)
	if code != 0 {
		return 0
	}
	return words[0] & (policy.Linked | policy.LinkVerified)
}

// answersIn is what somebody of these facts may do in a company. They are all that
// a company gives; what a document gives is its kind.
func (c *comparison) answersIn(a asker, id users.ID, facts policy.Facts, company companies.ID) answers {
	known, ok := c.memo.inCompany[facts]
	if ok {
		return known
	}
	for action := range policy.AllActions() {
		switch {
		case action.On() == policy.Company && action.Opens(facts) != 0:
			known = append(known, actionAnswer{action, c.memo.plainly})
		case action.On() == policy.Document && facts.Has(policy.CompanyAccess):
			if with := c.kindsFor(a, id, action, company); with != 0 {
				known = append(known, actionAnswer{action, with})
			}
		}
	}
	c.memo.inCompany[facts] = known
	return known
}

// kindsFor is the kinds of documents of a company to which somebody may do
// something, were it well asked.
func (c *comparison) kindsFor(a asker, id users.ID, action policy.Action, company companies.ID) setID {
	var list []Choice
	for _, kind := range documentKinds {
		d, _ := a.Could(action, policy.OfDocument(kind.example("a document", id, company)), nil)
		if d.Allowed() {
			list = append(list, Choice{Document: kind})
		}
	}
	return c.chosen(list...)
}
