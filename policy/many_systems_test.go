package policy

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// What a user's links come to stands in one number for the first nine accounting systems;
// for the first sixty-four there is a bit each for whether there is one, and beyond those
// a link is looked for. Booking hangs on the link to the company's own system in each of them,
// however it is asked.
func TestBookingHangsOnTheLinkInEachOfManySystems(t *testing.T) {
	const many = 70
	links := []struct {
		reach    sync.Reach
		verified bool
		want     Code // 0 where booking is allowed
	}{
		{sync.ReachAll, true, 0},
		{sync.ReachAll, false, LinkNotVerified},
		{sync.ReachSome(users.AccessTo()), true, NotLinked},
	}
	const without = 3 // what comes after the links: no link
	p := offices.Parts{Code: "many", Name: "Many", TimeZone: amsterdam}
	var docs []*documents.Document
	var everything []companies.ID
	for i := range many {
		system, company := companies.SystemID(fmt.Sprintf("system%02d", i)), companies.ID(fmt.Sprintf("company%02d", i))
		s := sync.System{ID: system, Name: "System", Connection: sync.LoginSuccess, SynchronisationUser: "user0"}
		for kind, link := range links {
			s.Users = append(s.Users, account1(sync.UserID(fmt.Sprintf("%d@many", kind)), 2, true, true, link.reach))
		}
		p.Systems = append(p.Systems, s)
		everything = append(everything, company)
		p.Companies = append(p.Companies, companies.Company{ID: company, Name: "Company", System: system})
		docs = append(docs, must(documents.New(documents.Parts{
			ID: "d", Company: company, DeliveredBy: "user0", Stage: documents.Booking, Assigned: documents.NeverAssigned,
		})))
	}
	// Each user has another kind of link to each system.
	kindOf := func(user, system int) int { return (user + system) % (without + 1) }
	for user := range without + 1 {
		id := users.ID(fmt.Sprintf("user%d", user))
		p.Users = append(p.Users, users.User{
			ID: id, Username: string(id), Email: "user@many.example", Roles: roles.SetOf(roles.Accountant), Access: users.AccessTo(everything...),
		})
		for i := range p.Systems {
			if kind := kindOf(user, i); kind != without {
				p.Links = append(p.Links, sync.Link{
					User: id, System: p.Systems[i].ID, AccountingUser: sync.UserID(fmt.Sprintf("%d@many", kind)), Verified: links[kind].verified,
				})
			}
		}
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	s := Compile(o)
	for user := range p.Users {
		who := s.Subject(p.Users[user].ID, now)
		for i := range docs {
			want := NotLinked
			if kind := kindOf(user, i); kind != without {
				want = links[kind].want
			}
			on := OfDocument(docs[i])
			placed := s.Place(on)
			could, _ := who.Could(DocumentBook, on, nil)
			q := ask(&who, DocumentBook, on, nil, false)
			for way, got := range map[string]Code{
				"by ids":           s.Check(Request{Subject: p.Users[user].ID, Action: DocumentBook, Resource: on, At: now}).Code(),
				"of the subject":   who.Check(DocumentBook, on, nil).Code(),
				"placed":           who.May(DocumentBook, placed).Code(),
				"could":            could.Code(),
				"by the evaluator": q.judge().Code(),
			} {
				if got != want {
					t.Errorf("%s in %s, %s: %q, want %q", p.Users[user].ID, p.Systems[i].ID, way, got, want)
				}
			}
			for way, list := range map[string][]int{
				"among others": slices.Collect(who.Among(DocumentBook, []Placed{placed})),
				"in a group":   slices.Collect(who.AmongGroup(DocumentBook, GroupOf([]Placed{placed}), 0)),
			} {
				if (len(list) == 1) != (want == 0) {
					t.Errorf("%s in %s, %s: %v, want %q", p.Users[user].ID, p.Systems[i].ID, way, list, want)
				}
			}
		}
	}
}
