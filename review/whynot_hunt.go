package review

import (
	"slices"

	"github.com/mandaat/mandaat/policy"
)

// hunt is a search for remedies: the sets of atoms to look at, the smaller first.
type hunt struct {
	*quest
	variant  variant
	queue    [][]look // by how many atoms they have, from done on
	done     int
	seen     map[string]bool
	remedies []found
	barred   []found
	fixed    policy.Facts
}

// look is a set of atoms to look at on the way to one rule, or to any where that is
// zero: where a question has parts, each may be allowed by another rule.
type look struct {
	set  []atom // sorted
	rule policy.RuleID
}

// found is a set that would help.
type found struct {
	set     []atom
	variant variant
}

// run hunts for what would have one variant of the question allowed. What other
// variants found stays found.
func (h *hunt) run(v variant) {
	h.variant, h.seen, h.queue, h.done = v, make(map[string]bool), nil, 0
	rules := []policy.RuleID{0}
	if !h.toDeny && h.request.Action != policy.DocumentMerge && h.request.Action != policy.UserChangeRoles {
		rules = slices.Collect(h.request.Action.Rules())
	}
	for _, rule := range rules {
		h.add(look{rule: rule}, v.base)
	}
	for l, ok := h.first(); ok && h.left >= 0; l, ok = h.first() {
		h.look(l)
	}
}

// first takes a set of the fewest atoms from the queue.
func (h *hunt) first() (l look, ok bool) {
	for len(h.queue) > 0 {
		if smallest := h.queue[0]; len(smallest) > 0 {
			h.queue[0] = smallest[1:]
			return smallest[0], true
		}
		h.queue, h.done = h.queue[1:], h.done+1
	}
	return look{}, false
}

// add has a set looked at with more atoms, unless they cannot all be, it was
// before, or one of them is not considered.
func (h *hunt) add(l look, more way) {
	if h.toDeny && !h.considered(more) {
		return
	}
	l.set = slices.Concat(l.set, more)
	slices.SortFunc(l.set, compareAtoms)
	l.set = slices.Compact(l.set) // a way may hold what is there already
	key := h.key(l.set) + l.rule.String()
	if h.seen[key] || !together(l.set) {
		return
	}
	h.seen[key] = true
	at := len(l.set) - h.done
	for len(h.queue) <= at {
		h.queue = append(h.queue, nil)
	}
	h.queue[at] = append(h.queue[at], l)
}

// look asks the policy as things would be after a set of atoms, and goes on from
// there: with what would establish something that is missing, or make lawful what
// would help.
func (h *hunt) look(l look) {
	if outdone(h.remedies, l.set) {
		return
	}
	a, ok := h.after(h.variant, l.set)
	if !ok {
		return
	}
	for _, w := range h.next(&a, l) {
		h.add(l, w)
	}
}

// next is the ways to go on from a set, and notes what was found.
func (h *hunt) next(a *asked, l look) []way {
	words, code := a.facts()
	switch {
	case a.sought():
		return h.settle(l.set)
	case h.toDeny:
		return a.endings(words)
	case code != 0:
		return a.badWays()
	default:
		return h.missing(a, words, l.rule)
	}
}

// settle notes a set that has the answer sought, and is the ways to make it lawful
// where it is not.
func (h *hunt) settle(set []atom) []way {
	c := h.course(set)
	_, lawful := c.lawfulOrder()
	proper := !h.toDeny || h.proper(set)
	switch {
	case lawful && proper:
		h.remedies = append(h.remedies, found{set, h.variant})
	case proper:
		h.barred = append(h.barred, found{set, h.variant})
	}
	if lawful {
		return nil
	}
	return c.mends()
}

// badWays is the way to have a property be one that can be: a company that is to pay
// takes an agreement.
func (a *asked) badWays() []way {
	id, company := a.request.With.BillTo.Company()
	c, known := a.now().Company(id)
	if a.request.Action != policy.UserChangeBillTo || !company || !known || c.PaymentAgreement {
		return nil
	}
	return []way{{{kind: makesAgreement, company: id}}}
}

// missing is the ways to something that is missing: what the action always needs of
// who asks; then, in the first part that no rule opens, one thing for each rule;
// then the guards. Any remedy has one of them in it.
func (h *hunt) missing(a *asked, words []policy.Facts, rule policy.RuleID) []way {
	action := a.request.Action
	if f, part := firstMissing(action.Always()&(policy.Active|policy.CompanyAccess), words); f != 0 {
		return h.waysTo(a, f, part)
	}
	for part, have := range words {
		if action.Opens(have|action.Always()) == 0 {
			return h.rulesWays(a, rule, have, part)
		}
	}
	f, part := firstMissing(action.Always(), words)
	return h.waysTo(a, f, part)
}

func firstMissing(needs policy.Facts, words []policy.Facts) (policy.Facts, int) {
	for part, have := range words {
		for f := range (needs &^ have).Each() {
			return f, part
		}
	}
	return 0, 0
}

// rulesWays is the ways to the first thing that the rule misses, or that each rule
// does where it is to be any.
func (h *hunt) rulesWays(a *asked, rule policy.RuleID, have policy.Facts, part int) (ways []way) {
	for r := range a.request.Action.Rules() {
		if rule != 0 && rule != r {
			continue
		}
		row := r.Rule()
		if f, _ := firstMissing(row.For, []policy.Facts{have}); f != 0 {
			ways = append(ways, h.waysTo(a, f, part)...)
		} else if f, _ := firstMissing(row.When, []policy.Facts{have}); f != 0 {
			ways = append(ways, h.waysTo(a, f, part)...)
		}
	}
	return ways
}

// waysTo is the ways to a fact. Where there are none, nobody can change it.
func (h *hunt) waysTo(a *asked, f policy.Facts, part int) []way {
	ways := a.ways(f, part)
	if len(ways) == 0 {
		h.fixed |= f
	}
	return ways
}

// outdone says whether the atoms of one of the sets are all among these.
func outdone(list []found, set []atom) bool {
	return slices.ContainsFunc(list, func(f found) bool { return within(f.set, set) })
}

// within says whether one sorted set is in another.
func within(set, other []atom) bool {
	i := 0
	for _, a := range other {
		if i < len(set) && set[i] == a {
			i++
		}
	}
	return i == len(set)
}

// smallest is the sets of a list in which no other of it is.
func smallest(list []found) (smallest []found) {
	slices.SortStableFunc(list, func(a, b found) int { return len(a.set) - len(b.set) })
	for _, f := range list {
		if !outdone(smallest, f.set) {
			smallest = append(smallest, f)
		}
	}
	return smallest
}
