package review

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// diffCrowd is an office of somebody who manages users by the companies they share,
// and of users who are alike but for their companies.
func diffCrowd(t *rapid.T) offices.Office {
	p := offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: diffNow.Location(),
		Systems: []sync.System{{ID: "books", Name: "Books", SynchronisationUser: "anna"}},
	}
	ids := []companies.ID{"bakery", "dentist", "florist", "garage"}
	for _, id := range ids {
		p.Companies = append(p.Companies, companies.Company{ID: id, Name: string(id), System: "books"})
	}
	manager := diffPick(
		t, roles.SetOf(roles.SMEAccountant), roles.SetOf(roles.SMEAccountant, roles.Authoriser),
		roles.SetOf(roles.AuthorisationAdministrator), roles.SetOf(roles.Accountant, roles.AuthorisationAdministrator),
	)
	others := diffPick(t, roles.SetOf(roles.ClientUser), roles.SetOf(roles.ClientUser), roles.SetOf(roles.Authoriser))
	for i, id := range []users.ID{"anna", "b1", "b2", "b3", "b4", "b5"} {
		set := others
		if i == 0 {
			set = manager
		}
		var reached []companies.ID
		for _, company := range ids {
			if diffOnce(t, 3) {
				reached = append(reached, company)
			}
		}
		p.Users = append(p.Users, users.User{ID: id, Username: string(id), Email: "a@example.com", Roles: set, Access: users.AccessTo(reached...)})
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// diffMoved is an office in which some users have other companies, or one another
// role.
func diffMoved(t *rapid.T, o offices.Office) offices.Office {
	fresh := diffCrowd(t)
	for u := range o.Users() {
		other, _ := fresh.User(u.ID)
		if diffOnce(t, 3) {
			u.Access = other.Access
		}
		if diffOnce(t, 8) {
			u.Roles = other.Roles
		}
		next, err := o.WithUser(u)
		if err != nil {
			t.Fatal(err)
		}
		o = next
	}
	return o
}

// diffManaging is the rights of somebody to manage the users of an office, each asked
// of it.
func diffManaging(s admin.State, who users.ID) map[Right]bool {
	has := map[Right]bool{}
	ask := func(r Right) {
		if s.Snapshot().Check(r.Request(s.Office(), diffNow)).Allowed() {
			has[r] = true
		}
	}
	for t := range s.Office().Users() {
		for _, a := range []policy.Action{policy.UserView, policy.UserChangeDetails, policy.UserChangeEndDate, policy.UserChangeCompanyAccess} {
			ask(Right{User: who, Action: a, Target: t.ID})
		}
		ask(Right{User: who, Action: policy.UserChangeEndDate, Target: t.ID, With: Choice{From: diffDays[1]}})
		for _, role := range roles.All() {
			ask(Right{User: who, Action: policy.UserGrantRole, Target: t.ID, With: Choice{Role: role}})
		}
		for c := range s.Office().Companies() {
			ask(Right{User: who, Action: policy.UserChangeCompanyAccess, Target: t.ID, With: Choice{Company: c.ID}})
		}
	}
	return has
}

// diffOfManaging is the rights of a set that diffManaging asks for.
func diffOfManaging(r Rights) map[Right]bool {
	list := map[Right]bool{}
	for right := range r.All() {
		switch right.Action {
		case policy.UserView, policy.UserChangeDetails, policy.UserChangeCompanyAccess, policy.UserGrantRole:
			list[right] = true
		case policy.UserChangeEndDate:
			if !right.With.From.IsZero() {
				right.With.From = diffDays[1]
			}
			list[right] = true
		}
	}
	return list
}

// Users who are alike are found together, until they share a company with who
// manages them in one office and not in the other, or reach one that the manager
// does not.
func TestUsersWhoAreAlikeAreToldApartByTheirCompanies(t *testing.T) {
	gained, lost, kept := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		o := diffCrowd(rt)
		before := admin.Open(o)
		was := diffManaging(before, "anna")
		for range 5 {
			after := admin.Open(diffMoved(rt, o))
			d, is := Compare(before, after, diffNow, "anna"), diffManaging(after, "anna")
			diffSame(rt, "gained", diffOfManaging(d.Gained), diffLess(is, was))
			diffSame(rt, "lost", diffOfManaging(d.Lost), diffLess(was, is))
			diffSame(rt, "held", diffOfManaging(RightsOf(after, "anna", diffNow)), is)
			gained, lost, kept = gained+len(diffLess(is, was)), lost+len(diffLess(was, is)), kept+len(d.Access)
		}
	})
	if t.Logf("%d rights gained, %d lost; %d times an access to be left as it is", gained, lost, kept); min(gained, lost) < 300 || kept < 10 {
		t.Error("those are few")
	}
}
