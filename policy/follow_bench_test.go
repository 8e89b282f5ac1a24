package policy

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// benched is a change that BenchmarkFollow follows.
type benched struct {
	name   string
	change func(o offices.Office) (offices.Office, error)
}

// The users of a large office that changes are about: one of the many, of three
// companies; and one who has ten, or all but one.
const (
	oneOfMany = users.ID("user-0000003")
	ofTen     = users.ID("user-0000004")
	ofNearAll = users.ID("user-0000005")
	aSuper    = users.ID("user-0000007")
)

var benches = []benched{
	{"roles of one user", func(o offices.Office) (offices.Office, error) {
		return changed(o, oneOfMany, func(u *users.User) { u.Roles = roles.SetOf(roles.ClientUser) })
	}},
	{"a company more for a user of ten", func(o offices.Office) (offices.Office, error) {
		return changed(o, ofTen, func(u *users.User) { u.Access = u.Access.With("company-000050") })
	}},
	{"the last company for a user of the others", func(o offices.Office) (offices.Office, error) {
		return changed(o, ofNearAll, func(u *users.User) { u.Access = u.Access.With("company-000000") })
	}},
	{"end date of a Super user", func(o offices.Office) (offices.Office, error) {
		return changed(o, aSuper, func(u *users.User) { u.EndDate = date("2027-01-31") })
	}},
	{"a new user", func(o offices.Office) (offices.Office, error) {
		return o.WithUser(users.User{
			ID: "new", Username: "new", Email: "new@example.com", Roles: roles.SetOf(roles.ClientUser),
			Access: users.AccessTo("company-000001", "company-000002", "company-000003"),
		})
	}},
	{"a new company that ten users reach", func(o offices.Office) (offices.Office, error) {
		o, err := o.WithCompany(companies.Company{ID: "new", Name: "New", System: "exact"})
		for i := 0; i < 10 && err == nil; i++ {
			o, err = changed(o, users.ID(fmt.Sprintf("user-%07d", 10+i)), func(u *users.User) { u.Access = u.Access.With("new") })
		}
		return o, err
	}},
	{"state of a connection", func(o offices.Office) (offices.Office, error) {
		return o.WithSystemState(sync.System{ID: "exact", Name: "Exact", SynchronisationUser: "user-0000000"})
	}},
}

func changed(o offices.Office, id users.ID, change func(u *users.User)) (offices.Office, error) {
	u, _ := o.User(id)
	change(&u)
	return o.WithUser(u)
}

// benchOffice is a large office with the users that the changes are about.
func benchOffice(b *testing.B, n int) offices.Office {
	b.Helper()
	o, err := offices.New(large(n))
	if err != nil {
		b.Fatal(err)
	}
	everything := o.Everything()
	if o, err = changed(o, ofNearAll, func(u *users.User) { u.Access = everything.Without("company-000000") }); err != nil {
		b.Fatal(err)
	}
	ten := make([]companies.ID, 10)
	for i := range ten {
		ten[i] = companies.ID(fmt.Sprintf("company-%06d", i))
	}
	o, err = changed(o, ofTen, func(u *users.User) { u.Access = users.AccessTo(ten...) })
	if err != nil {
		b.Fatal(err)
	}
	return o
}

var sinkSnapshot *Snapshot

// BenchmarkFollow prints what it costs to follow one change, and beside it what it
// costs to compile, in offices of a thousand to a hundred thousand users. The
// largest has ten thousand companies. Making the change itself is not counted.
func BenchmarkFollow(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		before := benchOffice(b, n)
		s := Compile(before)
		for _, c := range benches {
			after, err := c.change(before)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("users=%d/%s", n, c.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					sinkSnapshot = s.Follow(before, after)
				}
			})
		}
		b.Run(fmt.Sprintf("users=%d/compile", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sinkSnapshot = Compile(before)
			}
		})
	}
}
