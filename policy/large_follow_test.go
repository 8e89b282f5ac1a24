package policy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// An office that is large in every way: sets that are tables and sets that are bits,
// more than 64 accounting systems, companies and systems deleted and created anew.
func TestALargeOfficeThatFollowsIsAsCompiled(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test
		l := largeWorld(t, r)
		s := Compile(l)
		var older []placedIn
		for step := range 40 {
			after := largeChange(r, l)
			next := s.Follow(l, after)
			if r.IntN(4) > 0 || step == 0 { // or another branch
				l, s = after, next
			}
			if step%8 != 7 {
				on := largeResource(r)
				older = append(older, placedIn{after, on, next.Place(on)})
				continue
			}
			want := Compile(after)
			holdAlike(t, want, next)
			largeAlike(t, r, after, want, next, older)
		}
	}
}

// placedIn is what was placed, in a version of an office.
type placedIn struct {
	office offices.Office
	on     Resource
	placed Placed
}

const largeCompanies, largeSystems, largeUsers = 900, 75, 24

func companyN(n int) companies.ID { return companies.ID(fmt.Sprintf("c%d", n)) }

// anyCompany is one there may be, or one that may be created.
func anyCompany(r *rand.Rand) companies.ID {
	if r.IntN(2) == 0 {
		return companyN(largeCompanies + r.IntN(6))
	}
	return companyN(r.IntN(largeCompanies))
}

func systemN(n int) companies.SystemID { return companies.SystemID(fmt.Sprintf("s%d", n)) }
func userN(n int) users.ID             { return users.ID(fmt.Sprintf("u%d", n)) }

func largeAccess(r *rand.Rand, o []companies.ID) users.Access {
	n := []int{0, 1, 3, 12, 15, 40, 300, len(o)}[r.IntN(8)]
	var ids []companies.ID
	for _, i := range r.Perm(len(o))[:min(n, len(o))] {
		ids = append(ids, o[i])
	}
	return users.AccessTo(ids...)
}

func largeUser(r *rand.Rand, id users.ID, known []companies.ID) users.User {
	sets := []roles.Set{
		roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant, roles.Authoriser), roles.SetOf(roles.ClientUser),
		roles.SetOf(roles.RestrictedClientUser), roles.SetOf(roles.Accountant, roles.SMEAccountant, roles.ClientUser),
		roles.SetOf(roles.Authoriser, roles.AuthorisationAdministrator), 0,
	}
	u := users.User{
		ID: id, Username: string(id), Email: string(id) + "@x.example", Roles: sets[r.IntN(len(sets))],
		Access: largeAccess(r, known), Used: r.IntN(2) == 0, ChangeBankDetails: r.IntN(2) == 0,
	}
	if id == "u0" {
		u.Roles = roles.SetOf(roles.SuperUser, roles.Accountant)
	}
	if r.IntN(6) == 0 && id != "u0" {
		u.EndDate = date("2026-01-01")
	}
	return u
}

func largeWorld(t *testing.T, r *rand.Rand) offices.Office {
	t.Helper()
	p := offices.Parts{Code: "large", Name: "Large", TimeZone: amsterdam}
	for i := range largeSystems {
		p.Systems = append(p.Systems, sync.System{
			ID: systemN(i), Name: "S", SynchronisationUser: userN(r.IntN(3)), Connection: sync.Connection(r.IntN(2)), //nolint:gosec // 0 or 1
		})
	}
	var known []companies.ID
	for i := range largeCompanies {
		if r.IntN(10) > 0 {
			known = append(known, companyN(i))
			p.Companies = append(p.Companies, companies.Company{ID: companyN(i), Name: "C", System: systemN(r.IntN(largeSystems))})
		}
	}
	for i := range p.Systems {
		for _, a := range []sync.UserID{"all@x", "some@x"} {
			reach := sync.ReachAll
			if a == "some@x" {
				reach = sync.ReachSome(largeAccess(r, known))
			}
			p.Systems[i].Users = append(p.Systems[i].Users, account1(a, 1, true, true, reach))
		}
	}
	for i := range largeUsers {
		p.Users = append(p.Users, largeUser(r, userN(i), known))
		for _, sys := range r.Perm(largeSystems)[:r.IntN(largeSystems)] {
			p.Links = append(p.Links, sync.Link{
				User: userN(i), System: systemN(sys), AccountingUser: []sync.UserID{"all@x", "some@x"}[r.IntN(2)], Verified: r.IntN(3) > 0,
			})
		}
	}
	return ok(offices.New(p))
}

// largeChange is one change; what cannot be done is not.
func largeChange(r *rand.Rand, o offices.Office) offices.Office {
	var known []companies.ID
	for c := range o.Companies() {
		known = append(known, c.ID)
	}
	who, sys := userN(r.IntN(largeUsers+6)), systemN(r.IntN(largeSystems+5))
	var after offices.Office
	var err error
	switch r.IntN(8) {
	case 0:
		after, err = o.WithoutCompany(known[r.IntN(len(known))])
	case 1:
		after, err = o.WithCompany(companies.Company{ID: anyCompany(r), Name: "D", System: sys})
	case 2:
		after, err = o.WithUser(largeUser(r, who, known))
	case 3:
		after, err = o.WithoutUser(who)
	case 4:
		after, err = o.WithLink(sync.Link{User: who, System: sys, AccountingUser: "some@x", Verified: r.IntN(2) == 0})
	case 5:
		after, err = o.WithoutLink(who, sys)
	case 6:
		state := sync.System{ID: sys, Name: "T", SynchronisationUser: userN(r.IntN(3)), Connection: sync.Connection(r.IntN(2))} //nolint:gosec // 0 or 1
		after, err = o.WithSystemState(state)
		if err == nil {
			after, err = after.WithAccountingUser(sys, account1("some@x", 1, true, true, sync.ReachSome(largeAccess(r, known))))
		}
	case 7:
		u, there := o.User(who)
		if !there {
			return o
		}
		for range 1 + r.IntN(30) {
			if c := known[r.IntN(len(known))]; r.IntN(2) == 0 {
				u.Access = u.Access.With(c)
			} else {
				u.Access = u.Access.Without(c)
			}
		}
		after, err = o.WithUser(u)
	}
	if err != nil {
		return o
	}
	return after
}

func largeDocument(r *rand.Rand) Resource {
	p := documents.Parts{ID: "d", Company: anyCompany(r), DeliveredBy: userN(r.IntN(largeUsers + 6)), Assigned: documents.NeverAssigned}
	p.Stage = []documents.Stage{documents.Tagging, documents.Booking, documents.Archived}[r.IntN(3)]
	if r.IntN(3) == 0 {
		p.Stage = documents.Authorisation
		route(string(userN(r.IntN(largeUsers))))(&p)
	}
	return OfDocument(must(documents.Told(p)))
}

func largeResource(r *rand.Rand) Resource {
	switch r.IntN(4) {
	case 0:
		return OfCompany(anyCompany(r))
	case 1:
		return OfUser(userN(r.IntN(largeUsers + 6)))
	case 2:
		return OfConnection(systemN(r.IntN(largeSystems + 5)))
	}
	return largeDocument(r)
}

// largeAlike asks both snapshots of an office at random, in every way, and holds them
// against the evaluator.
func largeAlike(t *testing.T, r *rand.Rand, o offices.Office, want, got *Snapshot, older []placedIn) {
	t.Helper()
	for i := range largeUsers + 6 {
		a, b := want.Subject(userN(i), now), got.Subject(userN(i), now)
		for _, p := range older { // of this history or of another branch
			for action := range AllActions() {
				may := b.May(action, p.placed)
				could, _ := b.Could(action, p.on, nil)
				if may.Code() != UnknownResource && sameNames(p.office, o, p.on) && may != could || may.Allowed() && !could.Allowed() {
					t.Fatalf("%s, %s, %s: could %+v, placed in another version may %+v", userN(i), action, p.on, could, may)
				}
			}
		}
		for range 40 {
			on := largeResource(r)
			for action := range AllActions() {
				q := ask(&a, action, on, nil, true)
				plain := q.judge().Decision
				could, _ := a.Could(action, on, nil)
				follows, _ := b.Could(action, on, nil)
				for way, d := range map[string]Decision{
					"could": could, "followed": follows, "may": a.May(action, want.Place(on)), "followed, may": b.May(action, got.Place(on)),
				} {
					if d != plain {
						t.Fatalf("%s, %s, %s: %s %+v, by the evaluator %+v", userN(i), action, on, way, d, plain)
					}
				}
				c := ask(&a, action, on, nil, false)
				if d := b.Check(action, on, nil); d != c.judge().Decision {
					t.Fatalf("%s, %s, %s: check %+v, by the evaluator %+v", userN(i), action, on, d, c.judge().Decision)
				}
			}
		}
		for _, action := range []Action{DocumentView, DocumentBook, CompanyView, DocumentUpload} {
			after := anyCompany(r)
			if x, y := slices.Collect(a.Companies(action, after)), slices.Collect(b.Companies(action, after)); !slices.Equal(x, y) || !slices.IsSorted(x) {
				t.Fatalf("%s, %s after %s: %v, followed %v", userN(i), action, after, x, y)
			}
		}
		after := userN(r.IntN(largeUsers + 10))
		if x, y := slices.Collect(a.Users(UserView, after)), slices.Collect(b.Users(UserView, after)); !slices.Equal(x, y) {
			t.Fatalf("users: %v, followed %v", x, y)
		}
	}
}
