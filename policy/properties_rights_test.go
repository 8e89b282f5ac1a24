package policy

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// leftWithoutAccess is every rule that can still allow somebody something who
// reaches no company at all, or can allow it at all to who never did.
var leftWithoutAccess = strings.Fields(`
	company.view/super-user
	company.delete/super-user
	company.change_settings/super-user
	company.change_mandatory_settings/super-user
	company.control_sync/super-user
	company.create/super-user
	company.create/booker
	office.view_settings/super-user
	office.change_settings/super-user
	accounting_system.create/super-user
	accounting_system.delete/super-user
	accounting_system.fetch_users/super-user
	connection.view/super-user
	connection.manage/super-user
	connection.reconnect/duty
	user.create/super-user
	user.create/accountant
	user.create/sme
	user.import/super-user
	user.import/accountant
	user.view/self
	user.view/super-user
	user.view/accountant
	user.delete/super-user
	user.change_details/self
	user.change_details/super-user
	user.change_details/manager
	user.change_end_date/super-user
	user.change_end_date/accountant
	user.change_company_access/super-user
	user.change_company_access/manager
	user.change_bill_to/super-user
	user.change_bill_to/manager
	user.change_later_companies/super-user
	user.change_later_companies/accountant
	user.grant_role/super-user
	user.grant_role/accountant
	user.revoke_role/super-user
	user.revoke_role/accountant
	user.change_roles/super-user
	user.change_roles/accountant
	user.change_bank_right/super-user
	user.change_archive_right/super-user
	user.send_password_link/self
	user.send_password_link/super-user
	user.send_password_link/manager
	user.change_password/self
	user.change_email/self
	user.change_email/super-user
	user.change_email/manager
	user.link_accounting_user/super-user
	user.link_accounting_user/accountant
	user.unlink_accounting_user/super-user
	user.unlink_accounting_user/accountant
	user.enter_accounting_password/self
	user.enter_accounting_password/super-user
`)

// Who reaches no company has exactly that left, and nothing that access kept
// from them: but for a Super user on duty, whose own access can be changed again
// once there is none of the system's companies to be kept from.
func TestWhoLosesAllAccessKeepsWhatTheRulesLeave(t *testing.T) {
	var n tally
	met := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		id := pick(t, "subject", p.Users).ID
		before := compiled(t, p)
		after := compiled(t, with(p, id, func(u *users.User) { u.Access = users.Access{} }))
		for range 10 {
			c := drawAbout(t, p)
			for r := range c.everything(id) {
				d := after.Check(r)
				if !n.note(d.Allowed()) {
					continue
				}
				met[d.Rule().String()] = true
				own := r.Action == UserChangeCompanyAccess && r.Resource.ID == string(id)
				if was := before.Check(r); !was.Allowed() && (!own || was.Code() != SynchronisationDuty) {
					t.Fatalf("%s: %s while there was access, now %s", r.describe(), was.Code(), d.Rule())
				}
			}
		}
	})
	n.report(t, "were allowed without access", 2000)
	for _, rule := range slices.Sorted(maps.Keys(met)) {
		if !slices.Contains(leftWithoutAccess, rule) {
			t.Errorf("%s is left to who has no access", rule)
		}
	}
}

// Each rule that is said to be left does allow something to who has no access:
// in the scenarios, asked by whom they are about and by an Accountant.
func TestWhatIsLeftWithoutAccessIsLeft(t *testing.T) {
	met := map[string]bool{}
	for _, sc := range scenarios() {
		given := orNothing(sc.given)
		for _, id := range []users.ID{sc.who, "bram"} {
			sc.who = id
			sc.given = func(w *world) {
				given(w)
				if i := slices.IndexFunc(w.Users, func(u users.User) bool { return u.ID == id }); i >= 0 {
					w.Users[i].Access = users.Access{}
				}
			}
			s, access := sc.snapshot(t), sc.with.Companies
			for _, sc.with.Companies = range []Optional[users.Access]{access, Given(users.Access{}), Given(users.AccessTo("bakery"))} {
				met[s.Check(sc.request()).Rule().String()] = true
			}
		}
	}
	for _, rule := range leftWithoutAccess {
		if !met[rule] {
			t.Errorf("%s allows nobody anything without access", rule)
		}
	}
}

func orNothing(c change) change {
	if c == nil {
		return func(*world) {}
	}
	return c
}

// Who is inactive, or not of the office, is denied everything: for that reason,
// or for one that comes before it.
func TestWhoIsInactiveOrUnknownMayNothing(t *testing.T) {
	for code, without := range map[Code]func(offices.Parts, users.ID) offices.Parts{InactiveUser: ended, UnknownUser: gone} {
		t.Run(code.String(), func(t *testing.T) {
			var n tally
			rapid.Check(t, func(t *rapid.T) {
				p := drawOffice(t)
				id := pick(t, "subject", p.Users).ID
				before, after := compiled(t, p), compiled(t, without(p, id))
				for range 3 {
					c := drawStrangeAbout(t, p)
					for r := range c.everything(id) {
						n.note(before.Check(r).Allowed())
						if d := after.Check(r); d.Allowed() || d.Code() > code {
							t.Fatalf("%s: %s, %s", r.describe(), d.Rule(), d.Code())
						}
					}
				}
			})
			n.report(t, "were allowed before", 500)
		})
	}
}

// ended is the office in which a user left on its first day.
func ended(p offices.Parts, id users.ID) offices.Parts {
	return with(p, id, func(u *users.User) { u.EndDate = date("2026-11-21") })
}

// gone is the office without a user: deleted, and followed in every duty by
// somebody new.
func gone(p offices.Parts, id users.ID) offices.Parts {
	p.Users = slices.DeleteFunc(slices.Clone(p.Users), func(u users.User) bool { return u.ID == id })
	p.Links = slices.DeleteFunc(slices.Clone(p.Links), func(l sync.Link) bool { return l.User == id })
	p.Systems = slices.Clone(p.Systems)
	for i := range p.Systems {
		if p.Systems[i].SynchronisationUser == id {
			p.Systems[i].SynchronisationUser = "successor"
		}
	}
	p.Users = append(p.Users, users.User{ID: "successor", Username: "successor", Email: "successor@devries.example"})
	p.Deleted = append(slices.Clone(p.Deleted), users.Deleted{ID: id, Username: string(id)})
	return p
}

// The archive right adds the archived documents of the companies in reach, and
// changes no other answer.
func TestTheArchiveRightOnlyAddsTheArchiveInReach(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		id := pick(t, "subject", p.Users).ID
		byRole := compiled(t, with(p, id, func(u *users.User) { u.Archive = users.ByRole }))
		everything := compiled(t, with(p, id, func(u *users.User) { u.Archive = users.AllDocuments }))
		for range 10 {
			c := drawAbout(t, p)
			inReach := (&world{p}).user(id).Access.Has(c.told.Company)
			for r := range c.everything(id) {
				without, now := byRole.Check(r), everything.Check(r)
				added := now.Allowed() && !without.Allowed()
				n.note(added)
				switch {
				case r.Action != DocumentView && now != without:
					t.Fatalf("%s: %+v, with the archive right %+v", r.describe(), without, now)
				case without.Allowed() && !now.Allowed():
					t.Fatalf("%s: with the archive right %s", r.describe(), now.Code())
				case added && (!inReach || c.told.Stage.String() != "archived" || now.Rule().String() != "document.view/archive-right"):
					t.Fatalf("%s: %+v added by %s", r.describe(), c.told, now.Rule())
				}
			}
		}
	})
	n.report(t, "were opened by the archive right", 5)
}

// What an action does not take is ignored: whatever else is given along, and in
// whatever shape, the answer is the same.
func TestWhatAnActionDoesNotTakeIsIgnored(t *testing.T) {
	var n tally
	rapid.Check(t, func(t *rapid.T) {
		p := drawOffice(t)
		s := compiled(t, p)
		for range 3 {
			c := drawAbout(t, p)
			for r := range c.everything(anybody(p)...) {
				d := s.Check(r)
				n.note(d.Allowed())
				bare := r
				bare.With = taken(r)
				if got := s.Check(bare); got != d {
					t.Fatalf("%s: %+v, and %+v with what it takes alone", r.describe(), d, got)
				}
			}
		}
	})
	n.report(t, "were allowed", 1000)
}

// taken is what a request gives of what its action takes.
func taken(r Request) *With {
	needed, optional := r.Action.Takes()
	w := With{}
	for p := range (needed | optional).Each() {
		switch p {
		case PropertyAuthorisers:
			w.Authorisers = r.With.Authorisers
		case PropertyComment:
			w.Comment = r.With.Comment
		case PropertyWith:
			w.Documents = r.With.Documents
		case PropertyRole:
			w.Role = r.With.Role
		case PropertyRoles:
			w.Roles = r.With.Roles
		case PropertyCompanies:
			w.Companies = r.With.Companies
		case PropertySystem:
			w.System = r.With.System
		case PropertyUser:
			w.User = r.With.User
		case PropertyUsers:
			w.Users = r.With.Users
		case PropertyEndDate:
			w.EndDate = r.With.EndDate
		case PropertyOldPasswordVerified:
			w.OldPasswordVerified = r.With.OldPasswordVerified
		case PropertyBillTo:
			w.BillTo = r.With.BillTo
		case PropertyAccountingSystem:
			w.AccountingSystem = r.With.AccountingSystem
		case PropertySynchronisationUser:
			w.SynchronisationUser = r.With.SynchronisationUser
		case PropertyAccountingUser:
			w.AccountingUser = r.With.AccountingUser
		}
	}
	return &w
}
