package review

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// This file makes offices in which xeno, who holds one grant, meets whatever there
// is to meet, so that grants can be tried by asking instead of by reading rows.

var leastNow = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// leastTargets is the roles of the users that xeno may meet.
var leastTargets = []roles.Set{
	roles.SetOf(roles.SuperUser), roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant),
	roles.SetOf(roles.AuthorisationAdministrator), roles.SetOf(roles.Authoriser), roles.SetOf(roles.ClientUser),
	roles.SetOf(roles.ClientUser, roles.Authoriser), roles.SetOf(roles.ClientUser, roles.AuthorisationAdministrator),
	roles.SetOf(roles.SMEAccountant, roles.Authoriser), roles.SetOf(roles.SuperUser, roles.Authoriser),
	roles.SetOf(roles.ClientUser, roles.RestrictedClientUser),
}

// leastReaches is what they reach, of what xeno reaches and does not.
var leastReaches = []users.Access{users.AccessTo("bakery"), users.AccessTo("bakery", "shop"), users.AccessTo("shop"), {}}

func leastAccount(id sync.UserID, reach sync.Reach) sync.User {
	return sync.User{ID: id, Name: string(id), Email: string(id) + ".example", Rank: 1, CanBook: true, CanChangeMasterData: true, Reach: reach}
}

// leastOffice is an office where xeno has stored roles and rights. Of its companies
// xeno books in the bakery; may not reach the garage in the accounting system, nor
// log in to the florist's; has no link to the dentist's; and has no access to the
// shop. Xeno has the duty of AFAS, which has no companies.
func leastOffice(stored roles.Set, rights policy.Facts) offices.Office {
	p := offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: time.UTC,
		Companies: []companies.Company{
			{ID: "bakery", Name: "B", System: "exact", PaymentAgreement: true},
			{ID: "garage", Name: "G", System: "exact"},
			{ID: "florist", Name: "F", System: "twinfield"},
			{ID: "dentist", Name: "D", System: "snelstart"},
			{ID: "shop", Name: "S", System: "exact"},
		},
		Links: []sync.Link{
			{User: "xeno", System: "exact", AccountingUser: "xeno@exact", Verified: true},
			{User: "xeno", System: "twinfield", AccountingUser: "any@twinfield"},
			{User: "rosa", System: "exact", AccountingUser: "any@exact", Verified: true},
		},
	}
	for i, id := range []companies.SystemID{"exact", "twinfield", "snelstart", "afas"} {
		system := sync.System{ID: id, Name: string(id), SynchronisationUser: "rosa", Users: []sync.User{leastAccount(sync.UserID("any@"+id), sync.ReachAll)}}
		if id == "exact" {
			system.Users = append(system.Users, leastAccount("xeno@exact", sync.ReachSome(users.AccessTo("bakery", "shop"))), leastAccount("free@exact", sync.ReachAll))
		}
		if i == 3 {
			system.SynchronisationUser = "xeno"
		}
		p.Systems = append(p.Systems, system)
	}
	join := func(id string, set roles.Set, access users.Access, used bool) {
		p.Users = append(p.Users, users.User{ID: users.ID(id), Username: id, Email: id + "@devries.example", Roles: set, Access: access, Used: used})
	}
	for i, set := range leastTargets {
		for j, access := range leastReaches {
			id := fmt.Sprintf("t%d-%d", i, j)
			join(id, set, access, true)
			p.Links = append(p.Links, sync.Link{User: users.ID(id), System: "exact", AccountingUser: "free@exact"})
		}
		join(fmt.Sprintf("t%d-unused", i), set, leastReaches[0], false)
	}
	join("rosa", roles.SetOf(roles.SuperUser), users.AccessTo("bakery", "garage", "florist", "dentist", "shop"), true)
	join("anna", roles.SetOf(roles.Authoriser), users.AccessTo("bakery", "garage", "florist", "dentist", "shop"), true)
	join("xeno", stored, users.AccessTo("bakery", "garage", "florist", "dentist"), true)
	x := &p.Users[len(p.Users)-1]
	x.ChangeBankDetails, x.LaterCompanies = rights.Has(policy.BankRight), rights.Has(policy.LaterCompaniesRight)
	if rights.Has(policy.ArchiveRight) {
		x.Archive = users.AllDocuments
	}
	o, err := offices.New(p)
	if err != nil {
		panic(err)
	}
	return o
}

// leastDocuments is every document that can be, as far as a rule could tell; those
// of which the stage is not told too.
var leastDocuments = func() (list []*documents.Document) {
	for _, company := range []companies.ID{"bakery", "garage", "florist", "dentist", "shop"} {
		for _, by := range []users.ID{"xeno", "carla"} {
			for _, stage := range []documents.Stage{0, documents.Tagging, documents.Authorisation, documents.Booking, documents.Archived} {
				for _, ever := range []documents.Assigned{documents.NeverAssigned, documents.EverAssigned} {
					for _, route := range []documents.Route{{}, documents.RoutePast("xeno"), documents.RoutePast("anna", "xeno")} {
						d, err := documents.Told(documents.Parts{ID: "inv-1", Company: company, DeliveredBy: by, Stage: stage, Route: route, Assigned: ever})
						if err == nil {
							list = append(list, &d)
						}
					}
				}
			}
		}
	}
	return list
}()

// leastQuestions is everything that xeno could ask of an action in that office,
// about themselves or not.
func leastQuestions(o offices.Office, a policy.Action, self bool) (list []policy.Request) {
	if self && a.On() != policy.User {
		return nil
	}
	add := func(r policy.Resource, with policy.With) {
		list = append(list, policy.Request{Subject: "xeno", Action: a, Resource: r, With: &with, At: leastNow})
	}
	switch a.On() {
	case policy.Document:
		links := a == policy.DocumentBook || a == policy.DocumentChangeBankDetails
		for _, d := range leastDocuments {
			if !links && d.Company() != "bakery" && d.Company() != "shop" {
				continue // these differ by their links alone
			}
			other, _ := documents.Told(documents.Parts{ID: "inv-2", Company: d.Company(), DeliveredBy: d.DeliveredBy(), Stage: d.Stage(), Route: d.Route(), Assigned: d.Assigned()})
			add(policy.OfDocument(d), policy.With{Authorisers: []users.ID{"anna"}, Comment: "wrong", Documents: []*documents.Document{&other}})
		}
	case policy.Company:
		for c := range o.Companies() {
			add(policy.OfCompany(c.ID), policy.With{})
		}
	case policy.Connection:
		for s := range o.Systems() {
			add(policy.OfConnection(s.ID), policy.With{SynchronisationUser: "rosa", AccountingUser: "any@" + sync.UserID(s.ID)})
		}
	case policy.User:
		for u := range o.Users() {
			if self != (u.ID == "xeno") {
				continue
			}
			for _, with := range leastChanges(a, u) {
				add(policy.OfUser(u.ID), with)
			}
		}
	case policy.Office:
		for _, with := range leastChanges(a, users.User{}) {
			add(policy.OfOffice("devries"), with)
		}
	}
	return list
}

// leastChanges is what could be asked of a user, or of one to be.
func leastChanges(a policy.Action, u users.User) []policy.With {
	base := policy.With{
		OldPasswordVerified: policy.Given(true), BillTo: users.BillToOffice, System: "exact", User: "free@exact",
		EndDate: policy.Given(users.Date{}), Companies: policy.Given(u.Access),
	}
	list := []policy.With{base}
	vary := func(change func(*policy.With)) {
		with := base
		change(&with)
		list = append(list, with)
	}
	switch a {
	case policy.UserChangePassword, policy.UserChangeEmail:
		vary(func(w *policy.With) { w.OldPasswordVerified = policy.Given(false) })
	case policy.UserEnterAccountingPassword:
		vary(func(w *policy.With) { w.System = "" })
	case policy.UserChangeCompanyAccess, policy.UserCreate, policy.UserImport:
		list = nil
		for _, access := range []users.Access{users.AccessTo("bakery"), users.AccessTo("bakery", "shop"), u.Access} {
			for _, set := range []roles.Set{roles.SetOf(roles.SuperUser), roles.SetOf(roles.Accountant), roles.SetOf(roles.SMEAccountant), roles.SetOf(roles.ClientUser), roles.SetOf(roles.Authoriser)} {
				vary(func(w *policy.With) { w.Companies, w.Roles = policy.Given(access), policy.Given(set) })
				if a == policy.UserChangeCompanyAccess {
					break
				}
			}
		}
	case policy.UserGrantRole, policy.UserRevokeRole, policy.UserChangeRoles:
		list = nil
		for _, role := range []roles.Role{roles.SuperUser, roles.Accountant, roles.SMEAccountant, roles.Authoriser, roles.ClientUser} {
			vary(func(w *policy.With) { w.Role, w.Roles = role, policy.Given(u.Roles.With(role)) })
			if a == policy.UserChangeRoles {
				vary(func(w *policy.With) { w.Roles = policy.Given(u.Roles.Without(role)) })
			}
		}
	}
	return list
}

// leastMet is what came of every question: for each stored grant and action, the
// words of facts that were met, and whether they were allowed.
type leastMet struct {
	usual map[policy.Action][]policy.Request // not about xeno
	met   map[Grant]map[policy.Action]map[policy.Facts]bool
	asked int
}

// leastMeets asks everything for all 128 sets of roles, the 71 that are valid with
// all rights and without each: by asking the policy, not by its rows. The parts of a
// question, where it has several, are alike.
func leastMeets(t testing.TB) leastMet {
	t.Helper()
	m := leastMet{met: map[Grant]map[policy.Action]map[policy.Facts]bool{}, usual: map[policy.Action][]policy.Request{}}
	for a := range policy.AllActions() {
		m.usual[a] = leastQuestions(leastOffice(0, 0), a, false)
	}
	for set := range roles.Set(128) {
		for rights := range subsetsOf(everyRight) {
			if set.Valid() || rights == everyRight {
				m.ask(t, leastOffice(set, rights), Grant{set, rights})
			}
		}
	}
	return m
}

func (m *leastMet) ask(t testing.TB, o offices.Office, g Grant) {
	t.Helper()
	s := policy.Compile(o)
	xeno := s.Subject("xeno", leastNow)
	m.met[g] = map[policy.Action]map[policy.Facts]bool{}
	for a := range policy.AllActions() {
		met := map[policy.Facts]bool{}
		for _, q := range slices.Concat(m.usual[a], leastQuestions(o, a, true)) {
			words, code := xeno.Facts(a, q.Resource, q.With)
			if code != 0 {
				t.Fatalf("%s on %s with %+v cannot be asked: %s", a, q.Resource, q.With, code)
			}
			m.asked++
			allowed := s.Check(q).Allowed()
			if before, known := met[words[0]]; known && before != allowed || words[0] != words[len(words)-1] {
				t.Fatalf("%s: both allowed and not on %s", a, words)
			}
			met[words[0]] = allowed
		}
		m.met[g][a] = met
	}
}
