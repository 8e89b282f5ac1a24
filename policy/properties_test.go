package policy

import (
	"fmt"
	"slices"
	gosync "sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// tally counts what a property was held against, so that none holds for want of
// cases.
type tally struct{ asked, met int }

func (n *tally) note(met bool) bool {
	n.asked++
	if met {
		n.met++
	}
	return met
}

func (n *tally) report(t *testing.T, met string, least int) {
	t.Helper()
	t.Logf("%d questions, %d %s", n.asked, n.met, met)
	if n.met < least {
		t.Errorf("only %d of %d questions %s: the property says too little", n.met, n.asked, met)
	}
}

// describe is the question, for a failure to show.
func (r Request) describe() string {
	return fmt.Sprintf("%s asks %s on %s with %+v at %s", r.Subject, r.Action, r.Resource, *r.With, r.At.Format(time.RFC3339))
}

func TestOrderAndRepetitionChangeNoAnswer(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		c := drawAbout(t, p)
		s, shuffled := compiled(t, p), compiled(t, shuffledOffice(t, p))
		again := c
		again.with = shuffledWith(t, c.with)
		for r := range c.everything(anybody(p)...) {
			other := r
			other.With = &again.with
			d := s.Check(r)
			n.note(d.Allowed())
			if got := shuffled.Check(other); got != d {
				t.Fatalf("%s: %+v, and in another order %+v", r.describe(), d, got)
			}
		}
	})
	n.report(t, "were allowed", 1000)
}

// shuffledOffice is the same office, told in another order and with repetitions
// wherever a set is told.
func shuffledOffice(t *rapid.T, p offices.Parts) offices.Parts {
	p.Systems = shuffled(t, "systems", p.Systems)
	for i := range p.Systems {
		p.Systems[i].Users = shuffled(t, "accounts", p.Systems[i].Users)
		for j, u := range p.Systems[i].Users {
			if !u.Reach.All() {
				p.Systems[i].Users[j].Reach = sync.ReachSome(repeated(u.Reach.Some()))
			}
		}
	}
	p.Companies, p.Links = shuffled(t, "companies", p.Companies), shuffled(t, "links", p.Links)
	p.Users = shuffled(t, "users", p.Users)
	for i, u := range p.Users {
		p.Users[i].Access, p.Users[i].Roles = repeated(u.Access), repeatedRoles(u.Roles)
	}
	return p
}

func shuffledWith(t *rapid.T, w With) With {
	if list, ok := w.Companies.Get(); ok {
		w.Companies = Given(repeated(list))
	}
	if set, ok := w.Roles.Get(); ok {
		w.Roles = Given(repeatedRoles(set))
	}
	w.Authorisers, w.Users = shuffled(t, "authorisers", w.Authorisers), shuffled(t, "imported", w.Users)
	w.Documents = shuffled(t, "merged", w.Documents)
	return w
}

func shuffled[T any](t *rapid.T, label string, list []T) []T {
	if len(list) == 0 {
		return list // nil is not empty
	}
	return rapid.Permutation(slices.Clone(list)).Draw(t, label)
}

func repeated(a users.Access) users.Access {
	ids := slices.Collect(a.All())
	backward := slices.Clone(ids)
	slices.Reverse(backward)
	return users.AccessTo(slices.Concat(backward, ids)...)
}

func repeatedRoles(s roles.Set) roles.Set {
	list := slices.Collect(s.All())
	backward := slices.Clone(list)
	slices.Reverse(backward)
	return roles.SetOf(slices.Concat(backward, list, backward)...)
}

// However a question is put, the answer is the same.
func TestEveryWayOfAskingAnswersTheSame(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		c := drawStrangeAbout(t, p)
		s, second := compiled(t, p), compiled(t, p)
		for r := range c.everything(anybody(p)...) {
			d := s.Check(r)
			n.note(d.Allowed())
			if e := s.Explain(r); e.Decision != d {
				t.Fatalf("%s: checked %+v, explained %+v", r.describe(), d, e.Decision)
			}
			subject := s.Subject(r.Subject, r.At)
			if got := subject.Check(r.Action, r.Resource, r.With); got != d {
				t.Fatalf("%s: by ids %+v, by handle %+v", r.describe(), d, got)
			}
			if got := second.Check(r); got != d {
				t.Fatalf("%s: %+v, and compiled again %+v", r.describe(), d, got)
			}
		}
	})
	n.report(t, "were allowed", 1000)
}

// A denial has a code and an allowance a rule of its action, never both.
func TestEveryAnswerIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		c := drawStrangeAbout(t, p)
		s := compiled(t, p)
		for r := range c.everything(anybody(p)...) {
			d := s.Check(r)
			if d.Allowed() == (d.Code() != 0) || d.Allowed() != slices.Contains(d.Rule().Rule().Actions, r.Action) {
				t.Fatalf("%s: rule %s, code %s", r.describe(), d.Rule(), d.Code())
			}
		}
	})
}

func TestNobodyAndNothingAreDenied(t *testing.T) {
	var none Subject
	s := usual().compile(t)
	for a := range AllActions() {
		r := Request{Subject: "rosa", Action: a, Resource: OfUser("rosa"), At: now}
		for _, empty := range []*Snapshot{{}, Compile(offices.Office{})} {
			if d := empty.Check(r); d != denied(UnknownUser) {
				t.Errorf("%s in no office: %+v", a, d)
			}
			if e := empty.Explain(r); e.Decision != denied(UnknownUser) || e.Reason == "" {
				t.Errorf("%s in no office: %+v", a, e)
			}
		}
		if d := none.Check(a, r.Resource, nil); d != denied(UnknownUser) {
			t.Errorf("%s by nobody: %+v", a, d)
		}
		if d := s.Check(Request{Subject: "rosa", Action: a}); d.Allowed() || d.Code() != UnknownResource {
			t.Errorf("%s of nothing: %+v", a, d)
		}
	}
	if d := s.Check(Request{}); d != denied(UnknownUser) {
		t.Errorf("nothing asked by nobody: %+v", d)
	}
	if (Decision{}).Allowed() {
		t.Error("the zero Decision allows")
	}
}

func TestManyWhoAskAtOnceGetTheAnswersOfOne(t *testing.T) {
	s := usual().compile(t)
	list := scenarios()
	want := make([]Decision, len(list))
	for i := range list {
		want[i] = s.Check(list[i].request())
	}
	var group gosync.WaitGroup
	for g := range 32 {
		group.Go(func() {
			for i := range list {
				at := (i + g*17) % len(list)
				r := list[at].request()
				if got := s.Check(r); got != want[at] {
					t.Errorf("%s: alone %+v, among others %+v", list[at].name, want[at], got)
				}
				if got := s.Explain(r).Decision; got != want[at] {
					t.Errorf("%s: alone %+v, explained among others %+v", list[at].name, want[at], got)
				}
			}
		})
	}
	group.Wait()
}

// A question that is several at once is never answered more widely than each of
// them alone.
func TestAMergerIsNeverWiderThanItsParts(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		s := compiled(t, p)
		for range 10 {
			c := drawAbout(t, p)
			for _, id := range anybody(p) {
				if n.note(s.Check(c.ask(id, DocumentMerge)).Allowed()) {
					splitsEach(t, s, &c, id)
				}
			}
		}
	})
	n.report(t, "were allowed", 5)
}

func splitsEach(t *rapid.T, s *Snapshot, c *about, id users.ID) {
	for _, d := range append(slices.Clone(c.with.Documents), c.document.Document) {
		if split := s.Check(Request{id, DocumentSplit, OfDocument(d), nil, c.at}); !split.Allowed() {
			t.Fatalf("%s merges, but may not split %s: %s", id, d.ID(), split.Code())
		}
	}
}

func TestAChangeOfRolesIsNeverWiderThanItsParts(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		s := compiled(t, p)
		for range 10 {
			c := drawAbout(t, p)
			target := (&world{p}).user(users.ID(c.user.ID))
			for _, id := range anybody(p) {
				if n.note(s.Check(c.ask(id, UserChangeRoles)).Allowed()) {
					changesEach(t, s, &c, id, target.Roles)
				}
			}
		}
	})
	n.report(t, "were allowed", 50)
}

// changesEach leaves out what the set would be after one change alone.
func changesEach(t *rapid.T, s *Snapshot, c *about, id users.ID, stored roles.Set) {
	asked, _ := c.with.Roles.Get()
	for role := range (asked ^ stored).All() {
		single := Request{id, UserRevokeRole, c.user, &With{Role: role}, c.at}
		if asked.Has(role) {
			single.Action = UserGrantRole
		}
		if d := s.Check(single); !d.Allowed() && d.Code() != RoleSetInvalid && d.Code() != LastSuperUser {
			t.Fatalf("%s changes %s into %s, but not by %s: %s", id, stored, asked, single.describe(), d.Code())
		}
	}
}

// Of every change of every set into another, by each role that manages users:
// the rules open it exactly where they open each grant and revocation in it.
func TestAChangeOfRolesIsItsParts(t *testing.T) {
	w := usual()
	holding("dirk", roles.SMEAccountant, roles.AuthorisationAdministrator)(w)
	opened, asked := 0, 0
	for stored := range roles.Set(128) {
		w.user("carla").Roles = stored
		s := w.compile(t)
		for _, id := range []users.ID{"rosa", "bram", "sam", "ada", "dirk"} {
			opens := func(a Action, with With) bool {
				d := s.Check(Request{id, a, OfUser("carla"), &with, now})
				return d.Allowed() || d.Code() == RoleSetInvalid || d.Code() == LastSuperUser
			}
			for left := range roles.Set(128) {
				want := true
				for r := range (left &^ stored).All() {
					want = want && opens(UserGrantRole, role(r))
				}
				for r := range (stored &^ left).All() {
					want = want && opens(UserRevokeRole, role(r))
				}
				asked++
				if got := opens(UserChangeRoles, With{Roles: Given(left)}); got != want && left != stored {
					t.Fatalf("%s changes %q into %q: %t, but by its parts %t", id, stored, left, got, want)
				} else if got {
					opened++
				}
			}
		}
	}
	t.Logf("%d changes, %d of them opened", asked, opened)
}

// Telling less of a document never helps: not of the one asked about, and not of
// those it is merged with.
func TestTellingLessNeverHelps(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		c := drawAbout(t, p)
		s := compiled(t, p)
		for _, less := range tellingLess(&c) {
			for _, id := range anybody(p) {
				for a := DocumentView; a <= DocumentChangeBankDetails; a++ {
					r := less.ask(id, a)
					if n.note(s.Check(r).Allowed()) && !s.Check(c.ask(id, a)).Allowed() {
						t.Fatalf("%s with %+v, but not with %+v", r.describe(), less.told, c.told)
					}
				}
			}
		}
	})
	n.report(t, "were allowed on less", 200)
}

// tellingLess is the same questions with one part of one document left out.
func tellingLess(c *about) []about {
	var list []about
	for _, omit := range []func(*documents.Parts){
		func(p *documents.Parts) { p.ID = "" },
		func(p *documents.Parts) { p.Company = "" },
		func(p *documents.Parts) { p.DeliveredBy = "" },
		func(p *documents.Parts) { p.Stage = 0 },
		func(p *documents.Parts) { p.Assigned = 0 },
		func(p *documents.Parts) { p.Route = documents.Route{} },
		func(p *documents.Parts) { *p = documents.Parts{ID: p.ID, Company: p.Company} },
	} {
		less := *c
		omit(&less.told)
		if d, err := documents.Told(less.told); err == nil {
			less.document = OfDocument(&d)
			list = append(list, less)
		}
		for i, d := range c.with.Documents {
			if d == nil {
				continue
			}
			less, parts := *c, d.Parts()
			omit(&parts)
			if d, err := documents.Told(parts); err == nil {
				less.with.Documents = slices.Clone(c.with.Documents)
				less.with.Documents[i] = &d
				list = append(list, less)
			}
		}
	}
	return list
}
