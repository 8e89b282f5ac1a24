package review

import (
	"cmp"
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// This file finds which parts of a holding leave a record allowed. There are few
// sets of roles and rights, so each is tried; there can be thousands of companies,
// so of these only the clauses are found: lists of which one company or link must
// stay. That is exact, because holding more never denies what was allowed.

// piece is access to a company, or a link to a system.
type piece struct {
	company companies.ID       // empty for a link
	system  companies.SystemID // empty for a company
}

func piecesOf(h Holding) (list []piece) {
	for id := range h.Companies.All() {
		list = append(list, piece{company: id})
	}
	for _, id := range h.Links {
		list = append(list, piece{system: id})
	}
	return list
}

// trial is a user who is to be left with less, and the record that is to stay
// allowed.
type trial struct {
	state  admin.State
	user   users.User
	pieces []piece
	kept   Holding
	record []policy.Request
	fault  error // of the first supposition that cannot be
}

// suppose is an office after changes. None that only takes away can be impossible;
// were one, the fault is noted and nothing is allowed.
func (t *trial) suppose(s admin.State, list []Change) admin.State {
	after, err := supposing(s, list...)
	if err != nil {
		t.fault = cmp.Or(t.fault, err)
		return admin.Open(offices.Office{})
	}
	return after
}

// holding is the one of a grant and some pieces, by their places.
func (t *trial) holding(g Grant, places []int) Holding {
	h := Holding{Grant: g}
	var reached []companies.ID
	for _, i := range places {
		if p := t.pieces[i]; p.system != "" {
			h.Links = append(h.Links, p.system)
		} else {
			reached = append(reached, p.company)
		}
	}
	h.Companies = users.AccessTo(reached...)
	return h
}

// fitCase is a set of roles and rights with which the record stays allowed as long
// as some piece of each clause stays.
type fitCase struct {
	grant   Grant
	clauses []clause // each minimal, in order
}

// cases is every set of the user's effective roles and rights that can do. Roles
// that do not count are in none: without the one that keeps it from counting, such
// a role would give more than there was.
func (t *trial) cases() (list []fitCase) {
	held := grantOf(t.user)
	for g := range AllGrants() {
		if !g.Within(held) || !t.kept.Roles.Within(g.Roles) {
			continue
		}
		l := learner{t, t.suppose(t.state, t.regranted(g)), map[string]*policy.Snapshot{}}
		if clauses, ok := l.clauses(); ok {
			list = append(list, fitCase{g, clauses})
		}
	}
	return list
}

// regranted is the changes that leave the user with a grant.
func (t *trial) regranted(g Grant) (list []Change) {
	if g.Roles != t.user.Roles {
		list = append(list, changeRoles(t.user.ID, t.user.Roles, g.Roles))
	}
	for right := range (grantOf(t.user).Rights &^ g.Rights).Each() {
		list = append(list, takeRight(t.user.ID, right))
	}
	return list
}

// everNeeded is what is in some smallest holding. A piece is, when a clause of some
// case names it: clauses are minimal, so one can be met by that piece alone. A role
// or right is, when leaving it out of some case leaves no case or another one.
func (t *trial) everNeeded(cases []fitCase) Holding {
	var g Grant
	named := map[int]bool{}
	for _, c := range cases {
		for role := range c.grant.Roles.All() {
			if !sameCase(cases, c, Grant{c.grant.Roles.Without(role), c.grant.Rights}) {
				g.Roles = g.Roles.With(role)
			}
		}
		for right := range c.grant.Rights.Each() {
			if !sameCase(cases, c, Grant{c.grant.Roles, c.grant.Rights &^ right}) {
				g.Rights |= right
			}
		}
		for _, k := range c.clauses {
			for _, i := range k {
				named[i] = true
			}
		}
	}
	return t.holding(g, sortedKeys(named))
}

// sameCase says whether less than a case takes the same pieces.
func sameCase(cases []fitCase, c fitCase, less Grant) bool {
	return slices.ContainsFunc(cases, func(o fitCase) bool {
		return o.grant == less && slices.EqualFunc(o.clauses, c.clauses, slices.Equal[clause])
	})
}

// enough is the smallest holdings, as far as they are looked for.
func (t *trial) enough(cases []fitCase) (list []Holding, more bool) {
	for _, c := range cases {
		tried := 0
		for places := range hitting(c.clauses) {
			if tried++; tried > MaxEnough {
				more = true
				break
			}
			less := func(o fitCase) bool {
				return o.grant != c.grant && o.grant.Within(c.grant) && hitsAll(o.clauses, places)
			}
			if !slices.ContainsFunc(cases, less) {
				list = append(list, t.holding(c.grant, places))
			}
		}
	}
	slices.SortFunc(list, bySize)
	if len(list) > MaxEnough {
		return list[:MaxEnough], true
	}
	return list, more
}
