package policy

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// with is the same office with one user changed.
func with(p offices.Parts, id users.ID, f func(*users.User)) offices.Parts {
	p.Users = slices.Clone(p.Users)
	f((&world{p}).user(id))
	return p
}

func withRoles(p offices.Parts, id users.ID, set roles.Set) offices.Parts {
	return with(p, id, func(u *users.User) { u.Roles = set })
}

// neverLess asks every question of a user in two offices, and fails where the
// first allows what the second does not. An excuse names what may be lost.
func (n *tally) neverLess(t *rapid.T, c *about, id users.ID, before, after *Snapshot, excuse func(Request) bool) {
	t.Helper()
	for r := range c.everything(id) {
		if !n.note(before.Check(r).Allowed()) {
			continue
		}
		if d := after.Check(r); !d.Allowed() && !excuse(r) {
			t.Fatalf("%s: allowed by %s before, now %s", r.describe(), before.Check(r).Rule(), d.Code())
		}
	}
}

// A role added to a set of roles that stays valid takes no right away. There are
// two exceptions, both where who asks is also whom the change is about; see
// TestWhatAnotherRoleCosts.
func TestAnotherRoleTakesNoRightAway(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		id := pick(t, "subject", p.Users).ID
		set := pick(t, "valid set", validSets)
		before := compiled(t, withRoles(p, id, set))
		for range 3 {
			c := drawAbout(t, p)
			for _, added := range roles.All() {
				if !set.Has(added) && set.With(added).Valid() {
					after := compiled(t, withRoles(p, id, set.With(added)))
					n.neverLess(t, &c, id, before, after, func(r Request) bool { return costs(p, r, added) })
				}
			}
		}
	})
	n.report(t, "were allowed before", 2000)
}

var validSets = func() []roles.Set {
	var list []roles.Set
	for set := range roles.Set(128) {
		if set.Valid() {
			list = append(list, set)
		}
	}
	return list
}()

// excludes is the pairs that exclude each other (R1, R2).
var excludes = map[roles.Role]roles.Role{
	roles.ClientUser: roles.RestrictedClientUser, roles.RestrictedClientUser: roles.ClientUser,
	roles.Accountant: roles.SMEAccountant, roles.SMEAccountant: roles.Accountant,
}

// costs says whether a request is one that an added role may cost a user:
//
//  1. A Super user grants themselves a role. A change of roles is judged by the
//     set it leaves, so the role that excludes the added one is refused now.
//  2. A Super user has, or takes, the synchronisation of a system with an account
//     that cannot book there. The duty's own link takes the right to book once
//     its user books, so a booking role makes the account unfit.
func costs(p offices.Parts, r Request, added roles.Role) bool {
	switch r.Action {
	case UserGrantRole:
		return r.Resource.ID == string(r.Subject) && excludes[added] == r.With.Role
	case UserLinkAccountingUser:
		return r.Resource.ID == string(r.Subject) && roles.SetOf(added).Books() &&
			onDuty(p, r) && !canBook(p, string(r.With.System), r.With.User)
	case ConnectionManage:
		return r.With.SynchronisationUser == r.Subject && roles.SetOf(added).Books() &&
			!canBook(p, r.Resource.ID, r.With.AccountingUser)
	}
	return false
}

func onDuty(p offices.Parts, r Request) bool {
	return slices.ContainsFunc(p.Systems, func(s sync.System) bool {
		return s.ID == r.With.System && s.SynchronisationUser == r.Subject
	})
}

func canBook(p offices.Parts, system string, account sync.UserID) bool {
	return slices.ContainsFunc(p.Systems, func(s sync.System) bool {
		return string(s.ID) == system && slices.ContainsFunc(s.Users, func(u sync.User) bool { return u.ID == account && u.CanBook })
	})
}

// Each exception is there: it is allowed without the other role, and denied with
// it.
func TestWhatAnotherRoleCosts(t *testing.T) {
	for _, cost := range []struct {
		name  string
		added roles.Role
		ask   Action
		on    Resource
		with  With
		want  string
	}{
		{"the role that excludes it", roles.ClientUser, UserGrantRole, OfUser("rosa"), role(roles.RestrictedClientUser), "no role_set_invalid"},
		{"the other booking role", roles.Accountant, UserGrantRole, OfUser("rosa"), role(roles.SMEAccountant), "no role_set_invalid"},
		{"a link of the duty that cannot book", roles.Accountant, UserLinkAccountingUser, OfUser("rosa"), link1("exact", "reader@exact"), "no accounting_user_unfit"},
		{"a choice whose link cannot book", roles.SMEAccountant, ConnectionManage, OfConnection("exact"), choiceLinked("rosa", "reader@exact"), "no accounting_user_unfit"},
	} {
		w := usual()
		before, r := w.compile(t), Request{"rosa", cost.ask, cost.on, &cost.with, now}
		holding("rosa", roles.SuperUser, cost.added)(w)
		if got := answer(cost.ask, before.Check(r)); got != "yes super-user" {
			t.Errorf("%s, before: %s", cost.name, got)
		}
		if got := answer(cost.ask, w.compile(t).Check(r)); got != cost.want {
			t.Errorf("%s: got %s, want %s", cost.name, got, cost.want)
		}
		if !costs(w.Parts, r, cost.added) {
			t.Errorf("%s is not excused", cost.name)
		}
	}
}

// Of all roles added to all sets, stored validly or not, two take a fact away,
// and each only that of the less limited role: R1 and R2.
func TestOnlyTheMoreLimitedOfTwoRolesTakesRightsAway(t *testing.T) {
	pairs, takes := 0, 0
	for set := range roles.Set(128) {
		for _, added := range roles.All() {
			if set.Has(added) {
				continue
			}
			pairs++
			before, after := OwnFacts(users.User{Roles: set}), OwnFacts(users.User{Roles: set.With(added)})
			want := when(added == roles.RestrictedClientUser && set.Has(roles.ClientUser), IsClientUser) |
				when(added == roles.SMEAccountant && set.Has(roles.Accountant), IsAccountant)
			if got := before &^ after; got != want {
				t.Errorf("%s added to %s takes away %s, want %s", added, set, got, want)
			}
			if want != 0 {
				takes++
			}
		}
	}
	if pairs != 448 || takes != 64 {
		t.Errorf("%d roles added, %d of which took something: want 448 and 64", pairs, takes)
	}
}

func TestTheMoreLimitedOfTwoRolesTakesRightsAway(t *testing.T) {
	for _, lost := range []struct {
		name   string
		who    users.ID
		before roles.Role
		added  roles.Role
		ask    Action
		on     Resource
		want   string
	}{
		{"what others delivered", "carla", roles.ClientUser, roles.RestrictedClientUser, DocumentView, doc(documents.Tagging, by("dirk")), "no not_delivered_by_subject"},
		{"tagging what others delivered", "carla", roles.ClientUser, roles.RestrictedClientUser, DocumentTag, doc(documents.Tagging, by("dirk")), "no not_delivered_by_subject"},
		{"mandatory settings", "bram", roles.Accountant, roles.SMEAccountant, CompanyChangeMandatorySettings, OfCompany("bakery"), "no role_missing"},
		{"seeing everybody", "bram", roles.Accountant, roles.SMEAccountant, UserView, OfUser("theo"), "no not_manageable"},
		{"importing", "bram", roles.Accountant, roles.SMEAccountant, UserImport, office, "no role_missing"},
	} {
		w := usual()
		r := Request{Subject: lost.who, Action: lost.ask, Resource: lost.on, At: now}
		if d := w.compile(t).Check(r); !d.Allowed() {
			t.Errorf("%s, before: %s", lost.name, d.Code())
		}
		holding(lost.who, lost.before, lost.added)(w)
		if got := answer(lost.ask, w.compile(t).Check(r)); got != lost.want {
			t.Errorf("%s: got %s, want %s", lost.name, got, lost.want)
		}
	}
}

// Whatever a Restricted client user may do, a Client user in the same place may;
// whatever an SME Accountant may do, an Accountant may. Other roles beside them
// change nothing, but that a Super user may grant themselves the role they have:
// the other of the pair would exclude it.
func TestTheLessLimitedOfTwoRolesMayAllTheOtherMay(t *testing.T) {
	for less, more := range map[roles.Role]roles.Role{
		roles.RestrictedClientUser: roles.ClientUser, roles.SMEAccountant: roles.Accountant,
	} {
		t.Run(more.String(), func(t *testing.T) {
			var n tally
			rapid.Check(t, func(t *rapid.T) {
				p := drawOffice(t)
				id := pick(t, "subject", p.Users).ID
				others := roles.SetOf()
				if rapid.Bool().Draw(t, "other roles") {
					others = pick(t, "other roles", validSets).Without(less).Without(more)
				}
				limited := compiled(t, withRoles(p, id, others.With(less)))
				free := compiled(t, withRoles(p, id, others.With(more)))
				for range 5 {
					c := drawAbout(t, p)
					n.neverLess(t, &c, id, limited, free, func(r Request) bool {
						return r.Action == UserGrantRole && r.Resource.ID == string(id) && r.With.Role == less && others.Has(roles.SuperUser)
					})
				}
			})
			n.report(t, "were allowed", 1000)
		})
	}
}

// A Super user alone has no part in the document flow but what the archive right
// opens to anyone.
func TestASuperUserAloneHasNoPartInTheDocumentFlow(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		id := pick(t, "subject", p.Users).ID
		s := compiled(t, withRoles(p, id, roles.SetOf(roles.SuperUser)))
		for range 5 {
			c := drawAbout(t, p)
			for a := DocumentUpload; a <= DocumentChangeBankDetails; a++ {
				d := s.Check(c.ask(id, a))
				if n.note(d.Allowed()) && d.Rule().String() != "document.view/archive-right" {
					t.Fatalf("%s: %s", c.ask(id, a).describe(), d.Rule())
				}
			}
		}
	})
	n.report(t, "were allowed by the archive right", 1)
}
