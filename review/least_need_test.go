package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// needOffice draws a small office with xeno in it, who holds something of
// everything, and the others' roles, reach and end dates anyhow. In half of them
// xeno manages clients by the companies they share, of which there are several.
func needOffice(t *rapid.T) offices.Parts {
	p := leastOffice(0, 0).Parts()
	p.Users = nil
	everywhere := []companies.ID{"bakery", "garage", "florist", "shop"}
	for i := range p.Systems {
		p.Systems[i].SynchronisationUser = rapid.SampledFrom([]users.ID{"rosa", "rosa", "xeno"}).Draw(t, "duty")
	}
	shared := rapid.IntRange(0, 1).Draw(t, "shared")
	join := func(id users.ID, set roles.Set, reach []companies.ID) *users.User {
		p.Users = append(p.Users, users.User{
			ID: id, Username: string(id), Email: string(id) + "@devries.example", Roles: set,
			Access: users.AccessTo(rapid.SliceOfNDistinct(rapid.SampledFrom(reach), 2*shared, len(reach), rapid.ID[companies.ID]).Draw(t, "reach")...),
			Used:   rapid.Bool().Draw(t, "used"),
		})
		return &p.Users[len(p.Users)-1]
	}
	anySet := rapid.SliceOfN(rapid.SampledFrom(roles.All()), 0, 3)
	x := join("xeno", roles.SetOf(rapid.SliceOfN(rapid.SampledFrom(roles.All()), 1, 4).Draw(t, "roles")...), everywhere[:3])
	if shared == 1 {
		x.Roles = x.Roles.Without(roles.SuperUser).Without(roles.Accountant).With(roles.SMEAccountant)
	}
	x.ChangeBankDetails, x.LaterCompanies = rapid.Bool().Draw(t, "bank"), rapid.Bool().Draw(t, "later")
	x.Archive = rapid.SampledFrom([]users.ArchiveRight{users.ByRole, users.AllDocuments}).Draw(t, "archive")
	for i, role := range []roles.Role{roles.SuperUser, roles.Authoriser, roles.ClientUser, roles.ClientUser, roles.Authoriser} {
		u := join([]users.ID{"rosa", "anna", "carla", "dora", "otto"}[i], roles.SetOf(append(anySet.Draw(t, "more"), role)...), everywhere)
		u.EndDate = rapid.SampledFrom([]users.Date{{}, {}, users.DateOf(leastNow, time.UTC), users.DateOf(leastNow.AddDate(1, 0, 0), time.UTC)}).Draw(t, "end")
	}
	p.Links = []sync.Link{
		{User: "rosa", System: "exact", AccountingUser: "any@exact", Verified: true},
		{User: "carla", System: "exact", AccountingUser: "free@exact"},
	}
	for system, account := range map[companies.SystemID]sync.UserID{"exact": "xeno@exact", "twinfield": "any@twinfield"} {
		if rapid.Bool().Draw(t, "linked "+string(account)) {
			p.Links = append(p.Links, sync.Link{User: "xeno", System: system, AccountingUser: account, Verified: rapid.Bool().Draw(t, "verified")})
		}
	}
	return p
}

// needRecord draws requests, most of which are allowed, of any action that could be.
func needRecord(t *rapid.T, o offices.Office) (record []policy.Request) {
	s := policy.Compile(o)
	var lists, may, clients [][]policy.Request
	for a := range policy.AllActions() {
		others, own := leastQuestions(o, a, false), leastQuestions(o, a, true)
		lists = append(lists, slices.Concat(others, own))
		if some := needAllowed(s, lists[len(lists)-1]); some != nil {
			may = append(may, some)
		}
		if some := needAllowed(s, others); some != nil && a.On() == policy.User {
			clients = append(clients, some)
		}
	}
	for range rapid.IntRange(0, 5).Draw(t, "requests") {
		from := lists
		switch kind := rapid.IntRange(0, 9).Draw(t, "any"); {
		case kind > 6 && clients != nil:
			from = clients
		case kind > 0 && may != nil:
			from = may
		}
		list := from[rapid.IntRange(0, len(from)-1).Draw(t, "action")]
		r := list[rapid.IntRange(0, len(list)-1).Draw(t, "request")]
		if rapid.IntRange(0, 9).Draw(t, "by") == 0 {
			r.Subject = "carla"
		}
		record = append(record, r)
	}
	return record
}

func needAllowed(s *policy.Snapshot, list []policy.Request) (some []policy.Request) {
	for _, r := range list {
		if s.Check(r).Allowed() {
			some = append(some, r)
		}
	}
	return some
}

// needLeft is the office where xeno holds something else, made anew.
func needLeft(p offices.Parts, h Holding) (offices.Office, error) {
	p.Users, p.Links = slices.Clone(p.Users), slices.Clone(p.Links)
	x := &p.Users[slices.IndexFunc(p.Users, func(u users.User) bool { return u.ID == "xeno" })]
	x.Roles, x.Access, x.ChangeBankDetails, x.LaterCompanies = h.Roles, h.Companies, h.Rights.Has(policy.BankRight), h.Rights.Has(policy.LaterCompaniesRight)
	x.Archive = users.ByRole
	if h.Rights.Has(policy.ArchiveRight) {
		x.Archive = users.AllDocuments
	}
	p.Links = slices.DeleteFunc(p.Links, func(l sync.Link) bool { return l.User == "xeno" && !slices.Contains(h.Links, l.System) })
	return offices.New(p)
}

// needSubsets goes through every part of what xeno holds.
func needSubsets(h Holding) (list []Holding) {
	access := slices.Collect(h.Companies.All())
	for set := range roles.Set(128) {
		for rights := range subsetsOf(h.Rights) {
			for reach := range 1 << len(access) {
				for links := range 1 << len(h.Links) {
					if set&^h.Roles == 0 {
						list = append(list, Holding{Grant{set, rights}, users.AccessTo(picked(access, reach)...), picked(h.Links, links)})
					}
				}
			}
		}
	}
	return list
}

func picked[T any](list []T, bits int) (some []T) {
	for i := range list {
		if bits&(1<<i) != 0 {
			some = append(some, list[i])
		}
	}
	return some
}

// needMay says whether xeno could be left with a part of what they hold: a valid set
// of roles that does not make one count that did not, the duty still possible and a
// Super user on every day that has one.
func needMay(p offices.Parts, u users.User, h Holding) bool {
	if !h.Roles.Valid() || h.Roles&^u.Roles.Effective() != 0 {
		return false
	}
	for _, s := range p.Systems {
		linked := slices.ContainsFunc(p.Links, func(l sync.Link) bool { return l.User == "xeno" && l.System == s.ID })
		if s.SynchronisationUser == "xeno" && linked && !slices.Contains(h.Links, s.ID) {
			return false
		}
		for _, c := range p.Companies {
			if s.SynchronisationUser == "xeno" && c.System == s.ID && u.Access.Has(c.ID) && !h.Companies.Has(c.ID) {
				return false
			}
		}
	}
	return !u.Roles.Has(roles.SuperUser) || h.Roles.Has(roles.SuperUser) || slices.ContainsFunc(p.Users, func(o users.User) bool {
		return o.ID != "xeno" && o.Roles.Has(roles.SuperUser) && o.EndDate.IsZero()
	})
}

// needTally is what a test of needs has seen.
type needTally struct{ cases, subsets, allowed, choices, roles, pieces, kept, never int }

func TestNeverNeededIsWhatTryingEverythingFinds(t *testing.T) {
	var n needTally
	rapid.Check(t, func(t *rapid.T) {
		for range 2 {
			n.try(t)
		}
	})
	t.Logf("%+v", n)
	if n.subsets < 5000 || n.allowed < 100 || n.choices < 15 || n.roles < 10 || n.kept < 10 || n.never < 50 {
		t.Error("too few")
	}
}

func (n *needTally) try(t *rapid.T) {
	p := needOffice(t)
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := o.User("xeno")
	record := needRecord(t, o)
	got, err := NeverNeeded(admin.Open(o), "xeno", record, leastNow)
	if err != nil {
		t.Fatal(err)
	}
	stay := slices.DeleteFunc(slices.Clone(record), func(r policy.Request) bool {
		return r.Subject != "xeno" || !policy.Compile(o).Check(r).Allowed()
	})
	var want []Holding
	for _, h := range needSubsets(holdingOf(o, u)) {
		n.subsets++
		if needMay(p, u, h) && needAllows(t, p, h, stay) {
			want = append(want, h)
		}
	}
	want = needMinimal(want)
	if got.Allowed != len(stay) || needText(want...) != needText(got.Enough...) {
		t.Fatalf("%+v\nroles %s, %s: enough is\n%s\nbut by trying\n%s", record, u.Roles, got.Holds.text(), needText(got.Enough...), needText(want...))
	}
	n.note(got)
	needAgrees(t, o, got, want, record)
}

func (n *needTally) note(got Need) {
	n.cases++
	n.allowed += got.Allowed
	n.never += got.Never.Size()
	n.kept += min(1, got.Kept.Size())
	if len(got.Enough) > 1 {
		n.choices++
		if got.Enough[0].Grant != got.Enough[1].Grant {
			n.roles++
		}
		if !got.Enough[0].Companies.Equal(got.Enough[1].Companies) {
			n.pieces++
		}
	}
}

func needAllows(t *rapid.T, p offices.Parts, h Holding, stay []policy.Request) bool {
	o, err := needLeft(p, h)
	if err != nil {
		t.Fatal(err)
	}
	s := policy.Compile(o)
	return !slices.ContainsFunc(stay, func(r policy.Request) bool { return !s.Check(r).Allowed() })
}

func needMinimal(list []Holding) (least []Holding) {
	for _, h := range list {
		smaller := func(o Holding) bool { return o.text() != h.text() && o.without(h).IsZero() }
		if !slices.ContainsFunc(list, smaller) {
			least = append(least, h)
		}
	}
	return least
}

// needAgrees: never needed is what is in none of the smallest, the changes take away
// just that, and what was allowed stays so.
func needAgrees(t *rapid.T, o offices.Office, got Need, want []Holding, record []policy.Request) {
	used := Holding{}
	for _, h := range want {
		used.Roles, used.Rights = used.Roles|h.Roles, used.Rights|h.Rights
		used.Companies = used.Companies.Changed(h.Companies, users.Access{})
		used.Links = append(used.Links, h.Links...)
	}
	never := got.Holds.without(used)
	if want == nil {
		never = Holding{} // nothing valid would be enough, so nothing can be told
	}
	if never.text() != got.Never.text() {
		t.Fatalf("never needed is %s, but by trying %s", got.Never.text(), never.text())
	}
	if want == nil && got.Change != nil {
		t.Fatalf("%v, where nothing valid would be enough", got.Change)
	}
	for i, target := range append([]Holding{got.Holds.without(got.Never)}, got.Enough...) {
		list := got.Change
		if i > 0 {
			list = got.To(o, target)
		}
		after, err := supposing(admin.Open(o), list...)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := after.Office().User("xeno")
		if left := holdingOf(after.Office(), x); left.text() != target.text() {
			t.Fatalf("%v leave %s, not %s", list, left.text(), target.text())
		}
		for _, r := range record {
			if r.Subject == "xeno" && policy.Compile(o).Check(r).Allowed() && !after.Snapshot().Check(r).Allowed() {
				t.Fatalf("%v: no longer allowed: %+v", list, r)
			}
		}
	}
}

// text is a holding told apart from every other.
func (h Holding) text() string {
	return fmt.Sprint(h.Codes(), slices.Collect(h.Companies.All()), h.Links)
}

func needText(list ...Holding) string {
	var lines []string
	for _, h := range list {
		lines = append(lines, h.text())
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
