package review

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The smallest choices that meet clauses are those that trying every choice finds,
// each once.
func TestHittingIsWhatTryingEveryChoiceFinds(t *testing.T) {
	choices := 0
	rapid.Check(t, func(t *rapid.T) {
		list := drawClauses(t)
		var want []string
		for bits := range 1 << 7 {
			if hitting128(list, bits) && !slices.ContainsFunc(bitsOf(bits), func(i int) bool { return hitting128(list, bits&^(1<<i)) }) {
				want = append(want, fmt.Sprint(bitsOf(bits)))
			}
		}
		var got []string
		for choice := range hitting(minimal(slices.Clone(list))) {
			got = append(got, fmt.Sprint(append([]int{}, choice...)))
		}
		slices.Sort(got)
		slices.Sort(want)
		if choices += len(got); !slices.Equal(got, want) {
			t.Fatalf("%v: %v, not %v", list, got, want)
		}
	})
	t.Logf("%d choices", choices)
	if choices < 50 {
		t.Error("too few")
	}
}

// What is learnt by asking is the clauses that are asked about.
func TestClausesAreLearntByAsking(t *testing.T) {
	all, asked, several := []int{0, 1, 2, 3, 4, 5, 6}, 0, 0
	try := func(t *rapid.T) {
		want := minimal(drawClauses(t))
		is := enoughWith(func(have []int) bool { asked++; return hitsAll(want, have) })
		stay := is.indispensable(all, all)
		var got []clause
		if !is(stay) {
			got = is.choices(stay, leaving(all, stay))
		}
		if several += len(got) / 2; !slices.EqualFunc(minimal(append(got, singles(stay)...)), want, slices.Equal[clause]) {
			t.Fatalf("%v and %v, not %v", stay, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			try(t)
		}
	})
	t.Logf("asked %d times; %d times for several clauses", asked, several)
	if several < 100 {
		t.Error("too few")
	}
}

func singles(places []int) (list []clause) {
	for _, i := range places {
		list = append(list, clause{i})
	}
	return list
}

func drawClauses(t *rapid.T) []clause {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) clause {
		c := clause(rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 4, rapid.ID[int]).Draw(t, "clause"))
		slices.Sort(c)
		return c
	}), 0, 5).Draw(t, "clauses")
}

func hitting128(list []clause, bits int) bool {
	return !slices.ContainsFunc(list, func(c clause) bool {
		return !slices.ContainsFunc(c, func(i int) bool { return bits&(1<<i) != 0 })
	})
}

func bitsOf(bits int) (list []int) {
	list = []int{}
	for i := range 7 {
		if bits&(1<<i) != 0 {
			list = append(list, i)
		}
	}
	return list
}

// needBig is an office of n companies, all of which xeno reaches, and as many
// clients, each of whom has access to a third of them.
func needBig(n int) offices.Office {
	p := leastOffice(0, 0).Parts()
	p.Companies, p.Users = nil, nil
	p.Links = []sync.Link{{User: "xeno", System: "exact", AccountingUser: "xeno@exact", Verified: true}}
	var all []companies.ID
	for i := range n {
		id := companies.ID(fmt.Sprintf("c%04d", i))
		all = append(all, id)
		p.Companies = append(p.Companies, companies.Company{ID: id, Name: "C", System: "exact"})
	}
	for i := range p.Systems {
		p.Systems[i].SynchronisationUser = "rosa"
		for j := range p.Systems[i].Users {
			p.Systems[i].Users[j].Reach = sync.ReachAll
		}
	}
	join := func(id string, reach []companies.ID, list ...roles.Role) {
		p.Users = append(p.Users, users.User{ID: users.ID(id), Username: id, Email: id + "@devries.example", Roles: roles.SetOf(list...), Access: users.AccessTo(reach...)})
	}
	join("rosa", nil, roles.SuperUser)
	join("xeno", all, roles.SMEAccountant, roles.ClientUser, roles.Authoriser)
	for i := range n {
		join(fmt.Sprintf("u%04d", i), all[i/3:i/3+n/3], roles.ClientUser)
	}
	o, err := offices.New(p)
	if err != nil {
		panic(err)
	}
	return o
}

// needBigRecord is requests about the first sixth of the companies and the last clients.
func needBigRecord(n, requests int) (record []policy.Request) {
	for i := range requests {
		d, err := documents.New(documents.Parts{
			ID: "inv", Company: companies.ID(fmt.Sprintf("c%04d", i%(n/6))), DeliveredBy: "rosa",
			Stage: documents.Booking, Assigned: documents.EverAssigned,
		})
		if err != nil {
			panic(err)
		}
		r := policy.Request{Subject: "xeno", Action: policy.DocumentBook, Resource: policy.OfDocument(&d), At: leastNow}
		if i%10 == 0 {
			r.Action, r.Resource = policy.UserView, policy.OfUser(users.ID(fmt.Sprintf("u%04d", n-1-i%(n/4))))
		}
		record = append(record, r)
	}
	return record
}

// needScale is how many companies the test of a large record takes; ten requests to
// each.
var needScale = flag.Int("need.companies", 90, "how many companies a large record is about")

func TestNeverNeededOfALargeRecord(t *testing.T) {
	n := *needScale
	s, record := admin.Open(needBig(n)), needBigRecord(n, 10*n)
	began := time.Now()
	got, err := NeverNeeded(s, "xeno", record, leastNow)
	if err != nil || got.Allowed != 10*n || got.Never.String() != "authoriser, client_user" || got.Never.Companies.Len() < n/3 {
		t.Fatalf("%d of %d allowed, never needed %s and %d companies, %v", got.Allowed, 10*n, got.Never.Grant, got.Never.Companies.Len(), err)
	}
	t.Logf("%d companies, %d requests: %s", n, 10*n, time.Since(began).Round(time.Millisecond))
}

// Of two companies that are shared with a client one would do, of two links to log
// in with one would, and a company with a document to be booked must stay.
func TestNeverNeededWhereOneOfTwoWouldDo(t *testing.T) {
	p := leastOffice(roles.SetOf(roles.SMEAccountant, roles.Authoriser), policy.BankRight).Parts()
	for i := range p.Users {
		if p.Users[i].ID == "t5-0" { // a client
			p.Users[i].Access = users.AccessTo("garage", "florist")
		}
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	d, err := documents.New(documents.Parts{ID: "inv", Company: "bakery", DeliveredBy: "carla", Stage: documents.Booking, Assigned: documents.NeverAssigned})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(a policy.Action, r policy.Resource) policy.Request {
		return policy.Request{Subject: "xeno", Action: a, Resource: r, At: leastNow}
	}
	login := ask(policy.UserEnterAccountingPassword, policy.OfUser("xeno"))
	view := ask(policy.UserView, policy.OfUser("t5-0"))
	book := ask(policy.DocumentBook, policy.OfDocument(&d))
	for _, c := range []struct {
		record       []policy.Request
		never, first string
		enough       int
	}{
		{nil, "[bank_right] [bakery dentist florist garage] [exact twinfield]", "[authoriser] [] []", 2},
		{[]policy.Request{login}, "[bank_right] [bakery dentist florist garage] []", "[authoriser] [] [exact]", 4},
		{[]policy.Request{login, view}, "[authoriser bank_right] [bakery dentist] []", "[sme_accountant] [florist] [exact]", 4},
		{[]policy.Request{login, view, book}, "[authoriser bank_right] [dentist] [twinfield]", "[sme_accountant] [bakery florist] [exact]", 2},
	} {
		got, err := NeverNeeded(admin.Open(o), "xeno", c.record, leastNow)
		if err != nil || got.Never.text() != c.never || len(got.Enough) != c.enough || got.Enough[0].text() != c.first {
			t.Errorf("%d requests: never %s, enough %s, %v", len(c.record), got.Never.text(), needText(got.Enough...), err)
		}
	}
	needsInvalid(t)
	if _, err := NeverNeeded(admin.Open(o), "nobody", nil, leastNow); err == nil {
		t.Error("nobody is somebody")
	}
}

// Where the roles as stored are not a valid set, and the record takes just that set,
// no part would be enough, and nothing is told.
func needsInvalid(t *testing.T) {
	t.Helper()
	set := roles.SetOf(roles.SuperUser, roles.Accountant, roles.SMEAccountant)
	s := admin.Open(leastOffice(set, 0))
	keep := policy.Request{
		Subject: "xeno", Action: policy.UserChangeRoles, Resource: policy.OfUser("xeno"), At: leastNow,
		With: &policy.With{Roles: policy.Given(set)},
	}
	got, err := NeverNeeded(s, "xeno", []policy.Request{keep}, leastNow)
	if err != nil || got.Allowed != 1 || got.Enough != nil || !got.Never.IsZero() || got.Change != nil {
		t.Errorf("%+v, %v", got, err)
	}
}
