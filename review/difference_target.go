package review

import (
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// This file gathers what holds of a user as somebody whom others manage.

// targetFacts is what holds of a user in an office whoever asks: two users of whom
// the same holds are treated alike by everybody else who shares a company with both,
// or with neither.
type targetFacts struct {
	stored  roles.Set
	used    bool
	deleted policy.Facts // of deleting them
	ends    endFacts
	// By who may at all: the accounts they may be linked to, the systems they may be
	// unlinked from, and those where they have a password to enter.
	links, unlinks, passwords setID
	duty                      setID // the companies that they may not lose
}

// endFacts is the facts of giving somebody an end date: none, or one in each span of
// days.
type endFacts struct {
	none policy.Facts
	in   [3]policy.Facts
}

// spans is where the spans of end dates begin that are answered alike: the first day
// there is, and the ends of a Super user in the two offices, who leaves no day without
// one by staying as long as that; zero where there are fewer.
type spans [3]users.Date

var firstDay, _ = users.ParseDate("0001-01-01")

// targetKind is users who are treated alike in both offices.
type targetKind struct {
	facts [2]*targetFacts // nil where they are unknown
	spans spans
	// apart says that their access is not the same in both offices, so that they may
	// share a company with somebody in one of them only.
	apart bool
	users bitset
}

// findKinds gathers the users who are treated alike.
func (c *comparison) findKinds() {
	c.facts = map[targetFacts]*targetFacts{}
	at := map[targetKindKey]int{}
	for u := range c.users {
		key := targetKindKey{spans: c.spansOf(u), apart: c.moved[u]}
		key.before, key.after = c.factsOf(c.sides[0], u, key.spans), c.factsOf(c.sides[1], u, key.spans)
		place, ok := at[key]
		if !ok {
			place = len(c.kinds)
			at[key] = place
			c.kinds = append(c.kinds, targetKind{[2]*targetFacts{key.before, key.after}, key.spans, key.apart, newBitset(len(c.users))})
		}
		c.kinds[place].users.add(u)
		c.kindAt = append(c.kindAt, int32(place)) //nolint:gosec // an office has fewer than 2^31 users
	}
}

type targetKindKey struct {
	before, after *targetFacts
	spans         spans
	apart         bool
}

func (c *comparison) spansOf(u int) (s spans) {
	list := []users.Date{firstDay}
	for _, side := range c.sides {
		if t, _ := side.office.User(c.users[u]); !t.EndDate.IsZero() && t.Roles.Has(roles.SuperUser) {
			list = append(list, t.EndDate)
		}
	}
	slices.SortFunc(list, compareDates)
	copy(s[:], slices.Compact(list))
	return s
}

// factsOf is what holds of a user in one office. The user is asked about by
// themself, which changes none of these facts.
func (c *comparison) factsOf(side *officeSide, u int, s spans) *targetFacts {
	a, id := side.askers[u], c.users[u]
	if !a.asks {
		return nil
	}
	t, _ := side.office.User(id)
	f := targetFacts{stored: t.Roles, used: t.Used, deleted: a.about(policy.UserDelete, id, nil)}
	f.ends.none = a.ending(id, users.Date{})
	for i, day := range s {
		if !day.IsZero() {
			f.ends.in[i] = a.ending(id, day)
		}
	}
	duties := side.office.DutiesOf(id)
	f.links = c.linksFor(side, u, len(duties) > 0)
	f.unlinks, f.passwords = c.linkedOf(side, u)
	f.duty = c.theseCompanies(side.kept(u, duties))
	known, ok := c.facts[f]
	if !ok {
		known = &f
		c.facts[f] = known
	}
	return known
}

// notOfAsker is the facts of a change of a user that hang on nothing of who asks.
const notOfAsker = policy.SuperUserRemains | policy.DutyKept | policy.TargetLinked | policy.AccountingUserFit

// about is what holds of a change of a user, whoever would make it.
func (a asker) about(action policy.Action, id users.ID, with *policy.With) policy.Facts {
	words, code := a.Facts(action, policy.OfUser(id), with)
	if code != 0 {
		return 0
	}
	return words[0] & notOfAsker
}

func (a asker) ending(id users.ID, day users.Date) policy.Facts {
	return a.about(policy.UserChangeEndDate, id, &policy.With{EndDate: policy.Given(day)})
}

// linksFor is the accounts that a user may be linked to: the same for all who
// synchronise nothing.
func (c *comparison) linksFor(side *officeSide, u int, onDuty bool) setID {
	if !onDuty && side.links != nil {
		return *side.links
	}
	var list []Choice
	for s := range side.office.Systems() {
		for _, account := range s.Users {
			with := policy.With{System: s.ID, User: account.ID}
			if side.askers[u].about(policy.UserLinkAccountingUser, c.users[u], &with).Has(policy.AccountingUserFit) {
				list = append(list, Choice{System: s.ID, Account: account.ID})
			}
		}
	}
	set := c.chosen(list...)
	if !onDuty {
		side.links = &set
	}
	return set
}

// linkedOf is the systems that a user may be unlinked from, and those where they
// have a password to enter; the zero Choice is in whichever there is.
func (c *comparison) linkedOf(side *officeSide, u int) (unlinks, passwords setID) {
	links := slices.Collect(side.office.Links(c.users[u]))
	if len(links) == 0 {
		return 0, 0
	}
	a, id := side.askers[u], c.users[u]
	var toLeave, toEnter []Choice
	if a.about(policy.UserEnterAccountingPassword, id, nil).Has(policy.TargetLinked) {
		toEnter = append(toEnter, Choice{})
	}
	for _, l := range links {
		with := policy.With{System: l.System}
		if a.about(policy.UserUnlinkAccountingUser, id, &with).Has(policy.TargetLinked | policy.DutyKept) {
			toLeave = append(toLeave, Choice{System: l.System})
		}
		if a.about(policy.UserEnterAccountingPassword, id, &with).Has(policy.TargetLinked) {
			toEnter = append(toEnter, Choice{System: l.System})
		}
	}
	return c.chosen(toLeave...), c.chosen(toEnter...)
}

// kept is the companies that a user reaches and synchronises.
func (s *officeSide) kept(u int, duties []companies.SystemID) bitset {
	set := newBitset(len(s.system))
	if len(duties) == 0 {
		return set
	}
	for _, at := range s.reach[u].places() {
		if slices.Contains(duties, s.system[at]) {
			set.add(int(at))
		}
	}
	return set
}
