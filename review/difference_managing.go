package review

import (
	"slices"

	"github.com/mandaat/mandaat/policy"
)

// This file finds what somebody may do with users: with those who are treated alike
// at once, and with themself apart.

// onTargets notes what changes of what the user may do with users.
func (r *rightChange) onTargets() {
	if r.manages() {
		r.findSharing()
		for i := range r.kinds {
			r.onKind(&r.kinds[i])
		}
	}
	self := newBitset(len(r.users))
	self.add(r.user)
	r.onAlike(&r.kinds[r.kindAt[r.user]], self)
}

// manages says whether the user could do something with somebody else in either
// office.
func (r *rightChange) manages() bool {
	for action := range policy.AllActions() {
		if action.On() == policy.User &&
			(r.sides[0].askers[r.user].could(action, policy.Self) || r.sides[1].askers[r.user].could(action, policy.Self)) {
			return true
		}
	}
	return false
}

// isCalm says whether nothing changed of the user that decides whom they manage, nor
// anything that everybody may be given.
func (r *rightChange) isCalm() bool {
	one, other := r.sides[0].askers[r.user], r.sides[1].askers[r.user]
	return one.asks == other.asks && one.own == other.own && !r.moved[r.user] && r.sameCompanies
}

// still says whether nothing changed between the user and users of a kind.
func (r *rightChange) still(k *targetKind) bool {
	return r.calm && k.facts[0] == k.facts[1] && !k.apart
}

// onKind notes what changes of what the user may do with others of a kind.
func (r *rightChange) onKind(k *targetKind) {
	if r.still(k) {
		return
	}
	others := slices.Clone(k.users)
	others.remove(r.user)
	for _, set := range r.bySharing(k, others) {
		if !set.isEmpty() {
			r.onAlike(k, set)
		}
	}
}

// findSharing finds with whom the user shares a company in each of the offices,
// where that may make a difference.
func (r *rightChange) findSharing() {
	for i, side := range r.sides {
		if side.askers[r.user].mindsSharing() {
			r.sharing[i] = side.sharing(r.user)
		}
	}
}

// bySharing divides users of a kind by whether they share a company with the user,
// in each of the offices. Where nobody's access changed it is the same in both.
func (r *rightChange) bySharing(k *targetKind, others bitset) []bitset {
	sets := []bitset{others}
	for i, sharing := range r.sharing {
		if sharing == nil || i == 1 && r.sharing[0] != nil && !k.apart && !r.moved[r.user] {
			continue
		}
		var divided []bitset
		for _, set := range sets {
			divided = append(divided, set.both(sharing), set.minus(sharing))
		}
		sets = divided
	}
	return sets
}

// mindsSharing says whether the facts about a user can hang on sharing a company
// with them: policy.SharesCompany is established for nobody else.
func (a asker) mindsSharing() bool {
	return a.own&(policy.IsSMEAccountant|policy.IsAdministrator) != 0
}

// sharing is the users who share a company with a user.
func (s *officeSide) sharing(user int) bitset {
	set := newBitset(len(s.askers))
	for _, at := range s.reach[user].places() {
		set.addAll(s.members[at])
	}
	return set
}

// onAlike notes what changes of what the user may do with users of one kind, whom
// they share a company with, or none of whom they do.
func (r *rightChange) onAlike(k *targetKind, set bitset) {
	t := set.first()
	before, after := r.managingOf(r.sides[0], k.facts[0], t), r.managingOf(r.sides[1], k.facts[1], t)
	changed := r.changedManaging(before, after)
	r.lose.noteSet(set, changed[0])
	r.gain.noteSet(set, changed[1])
	r.onAccess(k, set, before, after)
	r.onEnds(k, set, before, after)
}

// changedManaging is what goes and what comes.
func (r *rightChange) changedManaging(before, after *management) [2]answers {
	if before == after {
		return [2]answers{}
	}
	key := [2]*management{before, after}
	changed, ok := r.memo.changed[key]
	if !ok {
		changed = [2]answers{r.answersWithout(before.answers, after.answers), r.answersWithout(after.answers, before.answers)}
		r.memo.changed[key] = changed
	}
	return changed
}

// onAccess notes what changes of the access of users: about which companies the user
// decides, and which they can only leave as they are.
func (r *rightChange) onAccess(k *targetKind, set bitset, before, after *management) {
	was, is := r.decides(r.sides[0], k.facts[0], before), r.decides(r.sides[1], k.facts[1], after)
	if with := r.without(was, is); with != 0 {
		r.lose.places(policy.UserChangeCompanyAccess, 0, with).addAll(set)
	}
	if with := r.without(is, was); with != 0 {
		r.gain.places(policy.UserChangeCompanyAccess, 0, with).addAll(set)
	}
	if !k.apart {
		return
	}
	for _, t := range set.places() {
		if before.access.may {
			r.keeps(int(t), was)
		}
		if after.access.may {
			r.keeps(int(t), is)
		}
	}
}

// decides is the companies about which the user decides for a target, and that they
// may leave the access as it is.
func (r *rightChange) decides(side *officeSide, t *targetFacts, m *management) setID {
	if !m.access.may {
		return 0
	}
	return r.joined(r.memo.plainly, r.without(r.theseCompanies(m.access.of(side, r.user)), t.duty))
}

// keeps notes the companies that differ of a user's access, and about which somebody
// who manages that access does not decide.
func (c *comparison) keeps(t int, decided setID) {
	differ := c.sides[0].reach[t].minus(c.sides[1].reach[t])
	differ.addAll(c.sides[1].reach[t].minus(c.sides[0].reach[t]))
	if c.kept[t] == nil {
		c.kept[t] = newBitset(len(c.companies))
	}
	for _, at := range differ.places() {
		if !c.contains(decided, Choice{Company: c.companies[at]}) {
			c.kept[t].add(int(at))
		}
	}
}

// onEnds notes what changes of the end dates that the user may give. It may hang on
// whether they reach every company of who is to end, which is looked at one by one.
func (r *rightChange) onEnds(k *targetKind, set bitset, before, after *management) {
	switch {
	case before.ends == after.ends && (!before.endsByReach() || r.still(k)):
	case before.endsByReach() || after.endsByReach():
		for _, t := range set.places() {
			one := newBitset(len(r.users))
			one.add(int(t))
			r.onEnd(k, one, before.ends[r.reaches(r.sides[0], int(t))], after.ends[r.reaches(r.sides[1], int(t))])
		}
	default:
		r.onEnd(k, set, before.ends[0], after.ends[0])
	}
}

func (r *rightChange) onEnd(k *targetKind, set bitset, was, is endAnswer) {
	for _, change := range [...]struct {
		*rightLedger
		days []Choice
	}{{r.lose, was.without(is, k.spans)}, {r.gain, is.without(was, k.spans)}} {
		if len(change.days) > 0 {
			change.places(policy.UserChangeEndDate, 0, r.chosen(change.days...)).addAll(set)
		}
	}
}

// reaches is 1 where the user reaches every company of a target.
func (r *rightChange) reaches(side *officeSide, t int) int {
	if side.reach[t].within(side.reach[r.user]) {
		return 1
	}
	return 0
}

// management is what somebody may do with a user. What they may do with the access is
// apart, since it hangs on whom they share companies with.
type management struct {
	answers answers
	access  deciding
	ends    [2]endAnswer // where they do not reach every company of the user, and where they do
}

// endAnswer is the end dates that somebody may give: none, or one of each span.
type endAnswer struct {
	none bool
	in   [3]bool
}

func (m *management) endsByReach() bool { return m.ends[0] != m.ends[1] }

// without is the end dates that are not among others, as few spans as can be.
func (e endAnswer) without(others endAnswer, s spans) (list []Choice) {
	if e.none && !others.none {
		list = append(list, Choice{})
	}
	open := false
	for i, from := range s {
		switch has := e.in[i] && !others.in[i]; {
		case from.IsZero():
		case has && !open:
			list, open = append(list, Choice{From: from}), true
		case !has && open:
			list[len(list)-1].Before, open = from, false
		}
	}
	return list
}
