package review

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// sample is a small office that nobody would object to: Rosa and Pieter are Super
// users, Rosa synchronises Exact, in which the bakery and the garage are. Examples
// change it.
type sample struct {
	people    map[users.ID]*users.User
	companies map[companies.ID]*companies.Company
	exact     sync.System
	accounts  map[sync.UserID]*sync.User
	links     map[users.ID]*sync.Link
	docs      []documents.Parts
}

func soundOffice() *sample {
	s := &sample{
		people:    map[users.ID]*users.User{},
		companies: map[companies.ID]*companies.Company{},
		exact:     sync.System{ID: "exact", Name: "Exact Online", Connection: sync.LoginSuccess, SynchronisationUser: "rosa"},
		accounts:  map[sync.UserID]*sync.User{},
		links:     map[users.ID]*sync.Link{},
	}
	for _, id := range []companies.ID{"bakery", "garage"} {
		s.companies[id] = &companies.Company{ID: id, Name: string(id), System: "exact"}
	}
	s.user("rosa", roles.SuperUser)
	s.user("pieter", roles.SuperUser)
	s.account("rosa@exact", 1)
	s.link("rosa", "rosa@exact")
	return s
}

// user adds somebody who reaches both companies.
func (s *sample) user(id users.ID, holds ...roles.Role) *users.User {
	s.people[id] = &users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example", Roles: roles.SetOf(holds...),
		Access: users.AccessTo("bakery", "garage"),
	}
	return s.people[id]
}

// booker adds somebody who books and delivers, with a verified link.
func (s *sample) booker(id users.ID, also ...roles.Role) *users.User {
	account := sync.UserID(id + "@exact")
	s.account(account, 3)
	s.link(id, account)
	return s.user(id, append(also, roles.Accountant, roles.ClientUser)...)
}

func (s *sample) account(id sync.UserID, rank int) *sync.User {
	s.accounts[id] = &sync.User{
		ID: id, Name: string(id), Email: string(id) + ".example", Rank: rank, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
	}
	return s.accounts[id]
}

func (s *sample) link(id users.ID, account sync.UserID) {
	s.links[id] = &sync.Link{User: id, System: "exact", AccountingUser: account, Verified: true}
}

// waits adds a document of the bakery that waits for somebody, and then for others.
func (s *sample) waits(authorisers ...users.ID) {
	s.docs = append(s.docs, documents.Parts{
		ID: "inv-1", Company: "bakery", DeliveredBy: "carla", Stage: documents.Authorisation,
		Route: documents.RoutePast(authorisers...), Assigned: documents.EverAssigned,
	})
}

func (s *sample) workflow()  { s.companies["bakery"].AuthorisationWorkflow = true }
func (s *sample) agreement() { s.companies["bakery"].PaymentAgreement = true }

func (s *sample) found(t *testing.T) []Finding {
	t.Helper()
	c := findingsCase{docs: s.docs, at: findingsToday, parts: offices.Parts{Code: "devries", Name: "De Vries", TimeZone: findingsZone}}
	for _, u := range s.people {
		c.parts.Users = append(c.parts.Users, *u)
	}
	for _, company := range s.companies {
		c.parts.Companies = append(c.parts.Companies, *company)
	}
	for _, a := range s.accounts {
		s.exact.Users = append(s.exact.Users, *a)
	}
	for _, l := range s.links {
		c.parts.Links = append(c.parts.Links, *l)
	}
	c.parts.Systems = []sync.System{s.exact}
	return c.found(t)
}

// example shows a rule: what is done to the sound office, what is said then, and what
// else, each done alone as well, makes it that nothing of the rule is found.
type example struct {
	rule, what string
	shows      func(*sample)
	says, zegt string // empty where they are not what the example is about
	mend       []string
	unless     map[string]func(*sample)
}

func TestTheSoundOfficeHasNothingToObjectTo(t *testing.T) {
	if list := soundOffice().found(t); len(list) > 0 {
		t.Errorf("found %v", findingsTexts(list))
	}
}

func TestEachRuleByExample(t *testing.T) {
	shown, flipped := map[string]bool{}, 0
	for _, e := range slices.Concat(userExamples, rightsExamples, dutyExamples, officeExamples) {
		t.Run(e.rule+" "+e.what, func(t *testing.T) {
			s := soundOffice()
			e.shows(s)
			e.checkShown(t, s)
			for what, flip := range e.unless {
				s := soundOffice()
				e.shows(s)
				flip(s)
				if list := ofRule(e.rule, s.found(t)); len(list) > 0 {
					t.Errorf("%s: it is found still: %v", what, findingsTexts(list))
				}
				flipped++
			}
		})
		shown[e.rule] = true
	}
	t.Logf("%d rules shown, %d conditions flipped", len(shown), flipped)
	if len(shown) != ruleCount || flipped < 3*ruleCount {
		t.Errorf("%d rules shown, %d conditions flipped", len(shown), flipped)
	}
}

func (e *example) checkShown(t *testing.T, s *sample) {
	t.Helper()
	list := ofRule(e.rule, s.found(t))
	if len(list) == 0 {
		t.Fatal("it is not found")
	}
	f := list[0]
	if e.says != "" && (f.Message(words.English) != e.says || f.Message(words.Dutch) != e.zegt) {
		t.Errorf("says\n%s\n%s\nwant\n%s\n%s", f.Message(words.English), f.Message(words.Dutch), e.says, e.zegt)
	}
	var mend []string
	for _, c := range f.Mend {
		mend = append(mend, c.String())
	}
	if diff := gocmp.Diff(e.mend, mend); diff != "" {
		t.Errorf("the mend (-want +got):\n%s", diff)
	}
}

func ofRule(id string, list []Finding) []Finding {
	return slices.DeleteFunc(list, func(f Finding) bool { return f.ID != id })
}

// These are what is done in examples.

func ended(id users.ID) func(*sample) {
	return func(s *sample) { s.people[id].EndDate = findingsDay("2026-11-22") }
}

func without(id users.ID, role roles.Role) func(*sample) {
	return func(s *sample) { s.people[id].Roles = s.people[id].Roles.Without(role) }
}

func with(id users.ID, role roles.Role) func(*sample) {
	return func(s *sample) { s.people[id].Roles = s.people[id].Roles.With(role) }
}

func reaching(id users.ID, list ...companies.ID) func(*sample) {
	return func(s *sample) { s.people[id].Access = users.AccessTo(list...) }
}

func all(list ...func(*sample)) func(*sample) {
	return func(s *sample) {
		for _, do := range list {
			do(s)
		}
	}
}
