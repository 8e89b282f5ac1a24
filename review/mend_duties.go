package review

import (
	"slices"

	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// plan is how somebody active comes to have the duty of a system and to be fit for it:
// perhaps an end date goes, perhaps access is given, and they are chosen or linked.
// The zero plan is none.
type plan struct {
	who     *member
	lacks   bool         // a company of the system
	account *accountSeen // to be linked to; nil where the link they have will do
	chosen  bool         // takes choosing: the duty, or a link above the rank of the one before
}

// planFor is how a member could have the duty of a system; the zero plan where they
// could not, or only so that S4 came of it.
func (*survey) planFor(m *member, y *systemSeen) plan {
	p := plan{who: m, lacks: !y.companies.within(m.reach), chosen: m != y.duty}
	if !m.active || p.lacks && m.doesAll() {
		return plan{}
	}
	l := m.linkTo(y)
	if l != nil && l.account.serves {
		return p
	}
	if p.account = dutyAccount(m, y); p.account == nil {
		return plan{}
	}
	p.chosen = p.chosen || !withinOwn(m, y, p.account)
	return p
}

// dutyAccount is whom a member would be linked to for the duty: the account with their
// own address where nobody else has it, or else the best there is. Who has an end date
// is best linked to one that takes no choice.
func dutyAccount(m *member, y *systemSeen) *accountSeen {
	serving := y.serving[count(m.books())]
	fits := func(a *accountSeen) bool { return !m.hasEnd() || withinOwn(m, y, a) }
	for _, a := range y.byAddress[m.mailbox] {
		if a.held() == 0 && a.serves && a.MayBeLinked(m.books()) && fits(a) {
			return a
		}
	}
	if i := slices.IndexFunc(serving, fits); i >= 0 {
		return serving[i]
	}
	if len(serving) == 0 {
		return nil
	}
	return serving[0]
}

// withinOwn says whether an account ranks no higher than the one that the
// synchronisation user is linked to, where it is about them.
func withinOwn(m *member, y *systemSeen, a *accountSeen) bool {
	l := m.linkTo(y)
	return y.duty != m || l == nil || a.AtOrBelow(l.account.User)
}

// ends says whether an end date has to go: whoever is chosen has none.
func (p plan) ends() bool { return p.chosen && p.who.hasEnd() }

// size is how many changes it takes.
func (p plan) size() int {
	return count(p.ends()) + count(p.lacks) + count(p.chosen || p.account != nil)
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// weight orders plans, the first difference deciding: the fewest changes; an end date
// stays; whoever has the duty keeps it; somebody of the office itself; no account is
// shared; the link they have, best verified; Super users; the highest rank.
func (p plan) weight(y *systemSeen) [9]int {
	held, linking := 0, 0
	if p.account != nil {
		held, linking = p.account.held(), 2
	} else if l := p.who.linkTo(y); l != nil && !l.verified {
		linking = 1
	}
	return [9]int{
		p.size(), count(p.ends()), count(p.who != y.duty), count(!p.who.ofOffice()),
		count(held == 2), linking, held, count(!p.who.isSuper()), p.who.rank(),
	}
}

// bestPlan is the best plan for a system of those of some members that will do, and of
// those alike the one of the first id; the zero plan where there is none.
func (s *survey) bestPlan(y *systemSeen, of []*member, will func(plan) bool) (best plan) {
	var least [9]int
	for _, m := range of {
		p := s.planFor(m, y)
		if p.who == nil || !will(p) {
			continue
		}
		if weight := p.weight(y); best.who == nil || slices.Compare(weight[:], least[:]) < 0 {
			best, least = p, weight
		}
	}
	return best
}

// carriedOut is the changes of a plan, in order.
func (s *survey) carriedOut(p plan, y *systemSeen) (list []Change) {
	if p.who == nil {
		return nil
	}
	if p.ends() {
		list = append(list, changeEndDate(p.who.ID, users.Date{}))
	}
	if p.lacks {
		list = append(list, changeAccess(s.office, p.who.ID, s.companiesAt(y.companies.without(p.who.reach)), nil))
	}
	switch {
	case p.chosen && p.account != nil:
		list = append(list, chooseSynchronisationUser(s.office, y.ID, p.who.ID, p.account.ID))
	case p.chosen:
		list = append(list, chooseSynchronisationUser(s.office, y.ID, p.who.ID, ""))
	case p.account != nil:
		list = append(list, linked(p.who, y, p.account))
	}
	return list
}

// anybodysPlan is the best plan for a system, worked out once.
func (s *survey) anybodysPlan(y *systemSeen) plan {
	if y.best == nil {
		y.best = new(s.bestPlan(y, s.members, func(plan) bool { return true }))
	}
	return *y.best
}

// mendUnfit (O3) makes whoever has the duty fit for it, or chooses another, as weight
// says. Whoever is inactive is not made active again.
func (s *survey) mendUnfit(y *systemSeen) []Change { return s.carriedOut(s.anybodysPlan(y), y) }

// mendNotSuper (O4) chooses a Super user, after access where they lack it. Only where
// none could have the duty does whoever has it become Super user, if they are active
// and an Accountant of the office, and stay where they would be the only one.
func (s *survey) mendNotSuper(y *systemSeen) []Change {
	if p := s.bestPlan(y, s.supers, func(p plan) bool { return !p.ends() }); p.who != nil {
		return s.carriedOut(p, y)
	}
	if m := y.duty; m.active && m.ofOffice() && (len(s.supers) > 0 || !m.hasEnd()) {
		return one(changedRoles(y.duty, y.duty.Roles.With(roles.SuperUser)))
	}
	return nil
}

// mendDisconnected (O5) has the synchronisation user reconnect, after a link where they
// have none. Where they are inactive, or no account is there for them, another is
// chosen first, who reconnects.
func (s *survey) mendDisconnected(y *systemSeen) []Change {
	m := y.duty
	if m.active && m.linkTo(y) != nil {
		return one(reconnected(m, y))
	}
	own := plan{who: m, account: dutyAccount(m, y)}
	if m.active && own.account != nil {
		return append(s.carriedOut(own, y), reconnected(m, y))
	}
	p := s.anybodysPlan(y)
	if p.who == nil {
		return nil
	}
	return append(s.carriedOut(p, y), reconnected(p.who, y))
}

// handedOver has others take over whatever a member synchronises. Of several systems,
// only users who reach them already take over, so that nobody's access changes twice.
func (s *survey) handedOver(m *member) (list []Change, ok bool) {
	for _, y := range m.duties {
		p := s.bestPlan(y, s.members, func(p plan) bool {
			return p.who != m && (len(m.duties) == 1 || !p.lacks && !p.ends())
		})
		if p.who == nil {
			return nil, false
		}
		list = append(list, s.carriedOut(p, y)...)
	}
	return list, true
}
