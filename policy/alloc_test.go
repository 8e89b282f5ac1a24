package policy

import (
	"fmt"
	"testing"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

var sink Decision

// Every scenario is asked: every action, allowed and denied, and every way of
// being denied. TestEveryActionRuleFactAndCodeDecidesAScenario sees to that.
func TestCheckAllocatesNothing(t *testing.T) {
	for _, sc := range scenarios() {
		s, request := sc.snapshot(t), sc.request()
		if n := testing.AllocsPerRun(20, func() { sink = s.Check(request) }); n != 0 {
			t.Errorf("%s: Check allocates %v times", sc.name, n)
		}
		subject := s.Subject(request.Subject, request.At)
		n := testing.AllocsPerRun(20, func() { sink = subject.Check(request.Action, request.Resource, request.With) })
		if n != 0 {
			t.Errorf("%s: Subject.Check allocates %v times", sc.name, n)
		}
	}
}

// large is an office of so many users, ten a company, who reach three companies
// each. One user in a hundred reaches them all, one in twenty has an end date.
func large(n int) offices.Parts {
	zone := amsterdam
	p := offices.Parts{Code: "large", Name: "Large", TimeZone: zone}
	total := max(3, n/10)
	ids := make([]companies.ID, total)
	for i := range ids {
		ids[i] = companies.ID(fmt.Sprintf("company-%06d", i))
		p.Companies = append(p.Companies, companies.Company{ID: ids[i], Name: "Company", System: "exact"})
	}
	everything := users.AccessTo(ids...)
	accounts := make([]sync.User, 0, n/2)
	all := roles.All()
	for i := range n {
		id := users.ID(fmt.Sprintf("user-%07d", i))
		u := users.User{
			ID: id, Username: string(id), Email: string(id) + "@example.com", Used: true,
			Roles:  roles.SetOf(all[i%len(all)]),
			Access: users.AccessTo(ids[i%total], ids[(i+7)%total], ids[(i+91)%total]),
		}
		if i%100 == 0 {
			u.Access = everything
		}
		if i%20 == 1 {
			u.EndDate = date("2031-12-31")
		}
		if u.Roles.Books() {
			account := sync.UserID(string(id) + "@exact")
			accounts = append(accounts, account1(account, 2, true, true, sync.ReachAll))
			p.Links = append(p.Links, sync.Link{User: id, System: "exact", AccountingUser: account, Verified: true})
		}
		p.Users = append(p.Users, u)
	}
	p.Systems = []sync.System{{
		ID: "exact", Name: "Exact", Connection: sync.LoginSuccess, SynchronisationUser: "user-0000000", Users: accounts,
	}}
	return p
}

func compileLarge(b *testing.B, n int) *Snapshot {
	b.Helper()
	o, err := offices.New(large(n))
	if err != nil {
		b.Fatal(err)
	}
	return Compile(o)
}

// BenchmarkCheck prints what one check costs, by ids and by handle, in an office
// of a thousand and of a hundred thousand users. Each round asks another user.
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		s := compileLarge(b, n)
		requests := largeRequests(n)
		b.Run(fmt.Sprintf("ids/users=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				sink = s.Check(requests[i%len(requests)])
			}
		})
		subjects := make([]Subject, len(requests))
		for i, r := range requests {
			subjects[i] = s.Subject(r.Subject, r.At)
		}
		b.Run(fmt.Sprintf("handle/users=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				r := &requests[i%len(requests)]
				sink = subjects[i%len(subjects)].Check(r.Action, r.Resource, r.With)
			}
		})
	}
}

func largeRequests(n int) []Request {
	actions := []Action{DocumentView, DocumentBook, DocumentTag, DocumentApprove}
	requests := make([]Request, 1024)
	for i := range requests {
		u := (i * 7919) % n
		d := must(documents.New(documents.Parts{
			ID: documents.ID(fmt.Sprintf("doc-%d", i)), Company: companies.ID(fmt.Sprintf("company-%06d", u%max(3, n/10))),
			DeliveredBy: users.ID(fmt.Sprintf("user-%07d", (u+i)%n)), Stage: documents.Stage(1 + 2*(i%2)),
			Assigned: documents.NeverAssigned,
		}))
		requests[i] = Request{
			Subject: users.ID(fmt.Sprintf("user-%07d", u)), Action: actions[i%len(actions)], Resource: OfDocument(d), At: now,
		}
	}
	return requests
}

// BenchmarkCompile prints what compiling an office costs, a user.
func BenchmarkCompile(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		o, err := offices.New(large(n))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("users=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			start := time.Now()
			rounds := 0
			for b.Loop() {
				Compile(o)
				rounds++
			}
			b.ReportMetric(float64(time.Since(start).Nanoseconds())/float64(rounds*n), "ns/user")
		})
	}
}
