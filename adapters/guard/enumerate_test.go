package guard_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// never403 are the actions of which nobody is told no who may view what they are on:
// those that view, and one that whoever may view may do as well.
var never403 = []policy.Action{
	policy.DocumentView, policy.CompanyView, policy.ConnectionView, policy.UserView, policy.AccountingSystemFetchUsers,
}

// Every action is asked by somebody of every set of at most two roles, in reach of
// the bakery or not, about one of everything there is and is not, with properties and
// without. Every answer of every action is met, and all refusals of a status are
// the same to the letter.
func TestEveryActionByEveryRole(t *testing.T) {
	met, seen, byRole := map[policy.Action]map[int]bool{}, oneEach{}, map[roles.Role]map[int]bool{}
	for set := range roles.Set(1 << 7) {
		if set.Len() > 2 {
			continue
		}
		p := parts()
		for _, u := range []users.User{person("here", "bakery"), person("away", "garage")} {
			u.Roles, u.ChangeBankDetails, u.LaterCompanies = set, true, true
			p.Users = append(p.Users, u)
			link := p.Links[1]
			link.User = u.ID
			p.Links = append(p.Links, link)
		}
		s := compile(t, p)
		for a := range policy.AllActions() {
			for _, r := range questions(t, a) {
				status, whole := checkQuestion(t, p, s, r)
				seen.check(t, status, whole)
				note(met, a, status)
				for role := range set.Effective().All() {
					note(byRole, role, status)
				}
			}
		}
	}
	for a := range policy.AllActions() {
		want := []int{http.StatusOK, http.StatusForbidden, http.StatusNotFound}
		if slices.Contains(never403, a) {
			want = []int{http.StatusOK, http.StatusNotFound}
		}
		if got := slices.Sorted(maps.Keys(met[a])); !slices.Equal(got, want) {
			t.Errorf("%s: met %v, want %v", a, got, want)
		}
	}
	for _, role := range roles.All() {
		if len(byRole[role]) != 3 {
			t.Errorf("%s: met %v, want 200, 403 and 404", role, byRole[role])
		}
	}
}

func note[K comparable](met map[K]map[int]bool, of K, status int) {
	if met[of] == nil {
		met[of] = map[int]bool{}
	}
	met[of][status] = true
}

// questions are those of one action, by both and by a stranger.
func questions(t *testing.T, a policy.Action) []policy.Request {
	t.Helper()
	var list []policy.Request
	for _, who := range []users.ID{"here", "away", "wim", "pieter", "stranger"} {
		for _, about := range everything(t, a.On(), who) {
			for _, with := range []*policy.With{nil, properties(t)} {
				list = append(list, policy.Request{Subject: who, Action: a, Resource: about, With: with, At: now})
			}
		}
	}
	return list
}

// everything is what there is of a type, and what there is not.
func everything(t *testing.T, kind policy.ResourceType, who users.ID) []policy.Resource {
	t.Helper()
	list := []policy.Resource{{Type: kind}}
	switch kind {
	case policy.Document:
		for _, stage := range documents.Stages() {
			p := document(t, "inv-1", stage).Parts()
			for _, p.DeliveredBy = range []users.ID{"carla", who} {
				if stage == documents.Authorisation {
					p.Route = documents.RoutePast(who)
				}
				d, err := documents.New(p)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, policy.OfDocument(&d))
			}
		}
	case policy.Company:
		list = append(list, policy.OfCompany("bakery"), policy.OfCompany("garage"), policy.OfCompany("moon"))
	case policy.User:
		list = append(list, policy.OfUser("bram"), policy.OfUser("carla"), policy.OfUser(who))
	case policy.Connection:
		list = append(list, policy.OfConnection("exact"), policy.OfConnection("afas"), policy.OfConnection("nowhere"))
	case policy.Office:
		list = append(list, policy.OfOffice("devries"), policy.OfOffice(strings.ToUpper("devries")))
	}
	return list
}

func properties(t *testing.T) *policy.With {
	t.Helper()
	merged := document(t, "inv-2", documents.Tagging)
	return &policy.With{
		Authorisers: []users.ID{"anna"}, Comment: "wrong", Documents: []*documents.Document{merged}, Role: roles.Authoriser,
		Roles: policy.Given(roles.SetOf(roles.ClientUser, roles.Authoriser)), Companies: policy.Given(users.AccessTo("bakery")),
		System: "exact", User: "a@exact", EndDate: policy.Given(users.Date{}), OldPasswordVerified: policy.Given(true),
		BillTo: users.BillToOffice, SynchronisationUser: "rosa", AccountingUser: "a@exact",
	}
}
