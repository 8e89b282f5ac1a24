package review

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

var whyNotRounds = flag.Int("whynot.rounds", 0, "in how many offices for each set of roles why-not is compared; 0 is in a sixteenth of one")

// bruteOffice is the nth office of the family: alice, who asks, has each set of roles
// in turn; what else may be so or otherwise is drawn.
func bruteOffice(n, round int) offices.Parts {
	draw := rand.New(rand.NewPCG(uint64(n), uint64(round))) //nolint:gosec // the same each time
	one := func(of ...int) int { return of[draw.IntN(len(of))] }
	account := func(id sync.UserID, rank int, book, change bool, reach sync.Reach) sync.User {
		return sync.User{ID: id, Name: "Someone", Email: "someone@example.com", Rank: rank, CanBook: book, CanChangeMasterData: change, Reach: reach}
	}
	p := offices.Parts{
		Code: "office", Name: "Office", TimeZone: time.UTC,
		Companies: []companies.Company{{ID: "bakery", Name: "Bakery", System: plainSystem, PaymentAgreement: one(0, 1) == 1}, {ID: "garage", Name: "Garage", System: plainSystem}},
		Systems: []sync.System{{ID: plainSystem, Name: "Exact", SynchronisationUser: []users.ID{"rosa", "rosa", "tess", "alice"}[draw.IntN(4)], Users: []sync.User{
			account("chief@exact", 1, true, true, sync.ReachAll), account("rosa@exact", 2, true, true, sync.ReachAll),
			account("bakery@exact", 3, true, true, sync.ReachSome(users.AccessTo("bakery"))),
			account("duty@exact", 3, false, true, sync.ReachAll), account("reader@exact", 4, true, false, sync.ReachAll),
		}}},
	}
	for _, id := range []users.ID{"alice", "rosa", "tess"} {
		u := users.User{
			ID: id, Username: string(id), Email: "someone@example.com", Roles: roles.SetOf(roles.SuperUser), Used: one(0, 1) == 1,
			Access:  []users.Access{{}, users.AccessTo("bakery"), users.AccessTo("garage"), users.AccessTo("bakery", "garage")}[one(0, 1, 1, 2, 3, 3)],
			EndDate: []users.Date{{}, plainDay(2026, 11, 1), plainDay(2027, 1, 1)}[one(0, 0, 0, 0, 1, 2)],
			Archive: users.ArchiveRight(one(0, 0, 1)), ChangeBankDetails: one(0, 1) == 1, LaterCompanies: one(0, 1) == 1, //nolint:gosec // 0 or 1
		}
		switch id {
		case "alice":
			u.Roles = roles.Set(n) //nolint:gosec // below 128
		case "tess":
			u.Roles = plainTargets[draw.IntN(len(plainTargets))]
		}
		p.Users = append(p.Users, u)
		if linked := one(0, 1, 2, 3, 4); linked > 0 {
			p.Links = append(p.Links, sync.Link{
				User: id, System: plainSystem, AccountingUser: p.Systems[0].Users[linked-1].ID, Verified: one(0, 1) == 1,
			})
		}
	}
	return p
}

var plainTargets = []roles.Set{
	roles.SetOf(roles.ClientUser), roles.SetOf(roles.RestrictedClientUser), roles.SetOf(roles.Authoriser),
	roles.SetOf(roles.Authoriser, roles.ClientUser), roles.SetOf(roles.SuperUser), roles.SetOf(roles.Accountant),
	roles.SetOf(roles.SMEAccountant, roles.ClientUser), roles.SetOf(roles.AuthorisationAdministrator),
	roles.SetOf(roles.ClientUser, roles.RestrictedClientUser), 0,
}

// supposed is a set of changes of the office, and the office in which they were made.
type supposed struct {
	set   []plainChange
	after *policy.Snapshot
}

// brute is every office that at most so many changes make of one.
type brute struct {
	parts  offices.Parts
	states []supposed
	could  map[int]bool // of a state: whether its changes could be carried out
	asList bool         // whether what is not given is taken as well supplied
}

func newBrute(p offices.Parts, size int) *brute { return bruteOf(p, size, plainChanges(&p)) }

// bruteOf is the same of some single changes.
func bruteOf(p offices.Parts, size int, list []plainChange) *brute {
	b := &brute{parts: p, could: map[int]bool{}}
	var add func(set []plainChange, from int)
	add = func(set []plainChange, from int) {
		if after, ok := b.after(set); ok {
			b.states = append(b.states, supposed{slices.Clone(set), after})
		}
		for i := from; len(set) < size && i < len(list); i++ {
			if !slices.ContainsFunc(set, func(c plainChange) bool { return clash(c, list[i]) }) {
				add(append(set, list[i]), i+1)
			}
		}
	}
	add(nil, 0)
	return b
}

// clash says whether two changes cannot both be. To have a link and a duty change
// together makes sense only where the duty goes with the link there is; to delete a
// company, only beside what would let somebody delete its system.
func clash(a, b plainChange) bool {
	link := func(c plainChange) bool { return c.kind == "link" || c.kind == "unlink" }
	duty := func(c plainChange) bool { return c.kind == "duty" && c.account != "" }
	beside := func(c plainChange) bool { return c.kind == "delete" || c.kind == "role" || c.kind == "end date" }
	return a.what == b.what || a.user == b.user && (link(a) && duty(b) || link(b) && duty(a)) ||
		a.beyond && b.beyond || a.kind == "delete" && !beside(b) || b.kind == "delete" && !beside(a)
}

// after is the office after changes; a password is entered once there is a link.
func (b *brute) after(set []plainChange) (*policy.Snapshot, bool) {
	p := plainCopy(b.parts)
	for _, last := range []bool{false, true} {
		for _, c := range set {
			if (c.kind == "password") == last && !c.edit(&p) {
				return nil, false
			}
		}
	}
	o, err := offices.New(p)
	if err != nil {
		panic(err) // no change spoils an office
	}
	return policy.Compile(o), true
}

// couldBe is kept, as many questions ask it of one state.
func (b *brute) couldBe(i int) bool {
	could, known := b.could[i]
	if !known {
		could = couldBe(&b.parts, b.states[i].set)
		b.could[i] = could
	}
	return could
}

// helps is the texts of every smallest set of changes of at most a size that helps
// and could be carried out, sorted; with what kinds of change they are.
func (b *brute) helps(q *plainQuestion, size int) (remedies []string, kinds map[string]int) {
	var found [][]string // texts, of one change each
	kinds = map[string]int{}
	for n := range size + 2 { // to await a turn counts for two, see awaited
		for _, docs := range b.documents(q) {
			for i, s := range b.states {
				if len(docs.texts)+len(s.set) != n || len(docs.shown)+len(s.set) > size ||
					!docs.allowed(s.after) || !b.concerns(q, s.set) {
					continue
				}
				single := slices.Clone(docs.texts)
				for _, c := range s.set {
					single = append(single, c.what+c.text()+fmt.Sprint(c.role))
				}
				if slices.ContainsFunc(found, func(f []string) bool { return plainWithin(f, single) }) || !b.couldBe(i) {
					continue
				}
				found = append(found, single)
				shown := slices.Concat(plainText(&b.parts, s.set), docs.shown)
				slices.Sort(shown)
				remedies = append(remedies, strings.Join(shown, " + "))
				for _, c := range s.set {
					kinds[c.kind]++
				}
				for _, text := range docs.shown {
					kinds[strings.Join(strings.Fields(text)[:2], " ")]++
				}
			}
		}
	}
	slices.Sort(remedies)
	return remedies, kinds
}

// concerns says whether the changes are of those that are told of this question:
// companies are deleted for the sake of their system alone, and an account goes
// with the duty of those whom the question is about.
func (b *brute) concerns(q *plainQuestion, set []plainChange) bool {
	return !slices.ContainsFunc(set, func(c plainChange) bool {
		switch {
		case c.kind == "delete":
			return q.request.Action != policy.AccountingSystemDelete
		case c.kind != "duty" || c.account == "":
			return false
		}
		u := plainUser(&b.parts, c.user)
		about := c.user == "alice" || u.Roles.Has(roles.SuperUser) || c.user == b.parts.Systems[0].SynchronisationUser ||
			q.request.Resource == policy.OfUser(c.user) || q.request.With.SynchronisationUser == c.user ||
			slices.Contains(q.request.With.Authorisers, c.user)
		return !about
	})
}

func plainWithin(set, other []string) bool {
	return !slices.ContainsFunc(set, func(s string) bool { return !slices.Contains(other, s) })
}

// awaited is the question with its documents as they may come to be, and what it
// lacks given, with each value. To await a turn is to await a route too.
type awaited struct {
	parts        []documents.Parts
	texts, shown []string
	password     bool // entered after all
	requests     []policy.Request
}

func (d *awaited) allowed(s *policy.Snapshot) bool {
	return slices.ContainsFunc(d.requests, func(r policy.Request) bool { return s.Check(r).Allowed() })
}

// documents is the documents as they are, with each one elsewhere, and with two.
func (b *brute) documents(q *plainQuestion) (list []awaited) {
	list = []awaited{{parts: q.docs}}
	if right, given := q.request.With.OldPasswordVerified.Get(); given && !right {
		entered := []string{"give old_password_verified"}
		list = append(list, awaited{parts: q.docs, texts: entered, shown: entered, password: true})
	}
	for i, p := range q.docs {
		for _, before := range slices.Clip(list) {
			to := plainAwaited(p, "alice")
			for _, text := range slices.Sorted(maps.Keys(to)) {
				made := awaited{parts: slices.Clone(before.parts), texts: append(slices.Clone(before.texts), text), shown: append(slices.Clone(before.shown), text)}
				made.parts[i] = to[text]
				if strings.Contains(text, "turn") {
					made.texts = append(made.texts, "await route of "+string(p.ID))
				}
				list = append(list, made)
			}
		}
	}
	for i := range list {
		list[i].ask(b, q)
	}
	return list
}

func (d *awaited) ask(b *brute, q *plainQuestion) {
	r := q.asked(d.parts)
	if d.password {
		w := *r.With
		w.OldPasswordVerified = policy.Given(true)
		r.With = &w
	}
	given, list := plainValues(&b.parts, r, b.states[0].after)
	d.requests = list
	d.texts, d.shown = slices.Concat(d.texts, given), slices.Concat(d.shown, given)
}

// whyNotTexts is the remedies that are of at most so many changes.
func whyNotTexts(b *brute, remedies []Remedy, size int) (list []string) {
	for _, r := range remedies {
		n := 0
		var texts []string
		for _, c := range r.Changes {
			texts = append(texts, c.String())
			switch cmd := c.Command().(type) {
			case admin.ChangeRoles:
				n += (cmd.Roles ^ plainUser(&b.parts, cmd.User).Roles).Len()
			case admin.ChangeCompanyAccess:
				n += len(strings.Fields(c.String())) - 3
			default:
				n++
			}
		}
		if n <= size {
			slices.Sort(texts)
			list = append(list, strings.Join(texts, " + "))
		}
	}
	slices.Sort(list)
	return list
}
