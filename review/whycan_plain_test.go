package review

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file has every single change that may end something, written down plainly, and
// which of them together are told of for which question. It shares nothing with the
// search.

// canChanges is every single change of an office that may be part of what ends
// something.
func canChanges(p *offices.Parts) (list []plainChange) {
	for _, c := range plainChanges(p) {
		switch c.kind {
		case "role", "duty":
			list = append(list, c)
		case "access", "archive right", "bank right", "later companies", "agreement", "unlink":
			if c.beyond = false; !c.on {
				list = append(list, c)
			}
		case "end date":
			c.on, c.beyond = true, false // today, also where there is a later one
			list = append(list, c)
		}
	}
	return list
}

// canOffice is the nth office of a family like that of why-not, in which alice may do
// more: a denial has nothing to end.
func canOffice(n, round int) offices.Parts {
	p := bruteOffice(n, round)
	draw := rand.New(rand.NewPCG(uint64(n), uint64(round)+1000)) //nolint:gosec // the same each time
	mostly := func() bool { return draw.IntN(4) > 0 }
	alice, tess := plainUser(&p, "alice"), plainUser(&p, "tess")
	if mostly() {
		alice.EndDate, alice.Access = users.Date{}, alice.Access.With("bakery")
	}
	if mostly() {
		alice.ChangeBankDetails, alice.LaterCompanies, alice.Archive = true, true, users.AllDocuments
	}
	if mostly() {
		p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return l.User == "alice" })
		p.Links = append(p.Links, sync.Link{User: "alice", System: plainSystem, AccountingUser: "rosa@exact", Verified: true})
	}
	if draw.IntN(2) == 0 {
		tess.EndDate, tess.Access, tess.Roles = users.Date{}, users.AccessTo("bakery", "garage"), tess.Roles.With(roles.Authoriser)
	}
	if rosa := plainUser(&p, "rosa"); draw.IntN(2) == 0 {
		rosa.EndDate, rosa.Access = users.Date{}, users.AccessTo("bakery", "garage")
		p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return l.User == "rosa" })
		p.Links = append(p.Links, sync.Link{User: "rosa", System: plainSystem, AccountingUser: "chief@exact", Verified: true})
		p.Systems[0].SynchronisationUser = []users.ID{"alice", "rosa"}[draw.IntN(2)]
	}
	return p
}

// canEmpty is an office without its companies.
func canEmpty(p offices.Parts) offices.Parts {
	p = plainCopy(p)
	for i := range p.Users {
		p.Users[i].Access = users.Access{}
	}
	p.Companies, plainUser(&p, "alice").EndDate, plainUser(&p, "rosa").EndDate = nil, users.Date{}, users.Date{}
	p.Systems[0].Users = slices.DeleteFunc(slices.Clone(p.Systems[0].Users), func(a sync.User) bool { return !a.Reach.All() })
	p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return plainAccount(&p, l.AccountingUser) == nil })
	return p
}

// canTarget is the user asked about; empty where it is none.
func canTarget(r policy.Request) users.ID {
	if r.Resource.Type != policy.User {
		return ""
	}
	return users.ID(r.Resource.ID)
}

// canConsider says whether a change may be told of for a question.
func (b *brute) canConsider(q *plainQuestion, c plainChange) bool {
	r, target := q.request, canTarget(q.request)
	switch c.kind {
	case "duty":
		return r.Action != policy.ConnectionManage && b.concerns(q, []plainChange{c})
	case "archive right", "bank right", "later companies", "agreement":
		return true
	}
	named := append([]users.ID{"alice", target, r.With.SynchronisationUser}, r.With.Authorisers...)
	return slices.Contains(named, c.user) && (c.user != target || !b.canAsks(r, c))
}

// canAsks says whether a change of the user asked about is of what the question would
// change itself.
func (b *brute) canAsks(r policy.Request, c plainChange) bool {
	switch r.Action {
	case policy.UserGrantRole, policy.UserRevokeRole:
		return c.kind == "role" && c.role == r.With.Role
	case policy.UserChangeRoles:
		asked, _ := r.With.Roles.Get()
		return c.kind == "role" && asked.Has(c.role) != plainUser(&b.parts, c.user).Roles.Has(c.role)
	case policy.UserChangeCompanyAccess:
		return c.kind == "access"
	case policy.UserChangeEndDate:
		return c.kind == "end date"
	case policy.UserLinkAccountingUser, policy.UserUnlinkAccountingUser:
		return c.kind == "unlink"
	}
	return false
}

// canGives says whether a change gives what ends nothing by itself.
func canGives(r policy.Request, c plainChange) bool {
	switch c.kind {
	case "duty":
		return r.Action != policy.ConnectionReconnect
	case "role":
		return c.on && (c.user == "alice" || c.user != canTarget(r))
	}
	return false
}

// canTell says whether changes are told of together: what is given is a lower role in
// the place of a higher one, or a duty, and the others are enough for a denial.
func (b *brute) canTell(q *plainQuestion, r policy.Request, set []plainChange) bool {
	var taken, undutied []plainChange
	for _, c := range set {
		if !b.canConsider(q, c) {
			return false
		}
		if c.kind != "duty" || !canGives(r, c) {
			undutied = append(undutied, c)
		}
		if !canGives(r, c) {
			taken = append(taken, c)
			continue
		}
		higher := func(o plainChange) bool {
			return o.kind == "role" && !o.on && o.user == c.user && slices.Index(roles.All(), o.role) < slices.Index(roles.All(), c.role)
		}
		if c.kind == "role" && !slices.ContainsFunc(set, higher) {
			return false
		}
	}
	access := func(user users.ID) bool {
		return slices.ContainsFunc(set, func(c plainChange) bool { return c.kind == "access" && c.user == user })
	}
	if target := canTarget(r); target != "alice" && access("alice") && access(target) {
		return false
	}
	return b.canEnd(r, set, taken) && b.canEnd(r, set, undutied)
}

// canEnd says whether some of the changes that end something do so too.
func (b *brute) canEnd(r policy.Request, set, some []plainChange) bool {
	if len(some) == len(set) {
		return true
	}
	after, ok := b.after(some)
	return ok && !b.allows(after, r)
}

func (b *brute) allows(s *policy.Snapshot, r policy.Request) bool { return b.decision(s, r).Allowed() }

// decision asks the policy.
func (b *brute) decision(s *policy.Snapshot, r policy.Request) policy.Decision {
	if !b.asList {
		return s.Check(r)
	}
	subject := s.Subject(r.Subject, r.At)
	d, _ := subject.Could(r.Action, r.Resource, r.With)
	return d
}

// ends is the texts of every smallest set of changes that ends something and could be
// carried out, sorted; with what kinds of change they are.
func (b *brute) ends(q *plainQuestion, size int) (endings []string, kinds map[string]int) {
	var found [][]string
	kinds = map[string]int{}
	r := q.asked(q.docs)
	for n := range size + 1 {
		for i, s := range b.states {
			if len(s.set) != n || b.allows(s.after, r) || !b.canTell(q, r, s.set) {
				continue
			}
			var single []string
			for _, c := range s.set {
				single = append(single, c.what+c.text()+fmt.Sprint(c.role))
			}
			if slices.ContainsFunc(found, func(f []string) bool { return plainWithin(f, single) }) || !b.couldBe(i) {
				continue
			}
			found = append(found, single)
			endings = append(endings, strings.Join(plainText(&b.parts, s.set), " + "))
			for _, c := range s.set {
				kinds[canKind(c)]++
			}
		}
	}
	slices.Sort(endings)
	return endings, kinds
}

// canKind is what kind of change one is, to be counted.
func canKind(c plainChange) string {
	switch {
	case c.kind == "role" && c.on:
		return "role granted"
	case c.kind == "role":
		return "role revoked"
	}
	return c.kind
}

// canQuestions is the questions of why-not, and some that are allowed more often.
func canQuestions() []plainQuestion {
	list := plainQuestions()
	for _, q := range plainQuestions() {
		if _, given := q.request.With.OldPasswordVerified.Get(); given {
			w := *q.request.With
			w.OldPasswordVerified = policy.Given(true)
			q.request.With, q.name = &w, q.name+" right"
			list = append(list, q)
		}
		if set, given := q.request.With.Roles.Get(); given && q.request.Action == policy.UserChangeRoles && set.Len() == 2 {
			for _, set := range []roles.Set{roles.SetOf(roles.Authoriser), roles.SetOf(roles.SuperUser, roles.Accountant), roles.SetOf(roles.RestrictedClientUser)} {
				next := q
				next.request.With = &policy.With{Roles: policy.Given(set)}
				next.name += " " + set.String()
				list = append(list, next)
			}
		}
	}
	return list
}
