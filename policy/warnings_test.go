package policy

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Every answer carries exactly the warnings that it should.
func TestEveryAnswerCarriesItsWarnings(t *testing.T) {
	var n tally
	met := Warnings(0)
	for range 5 { // 100 each, or chance may leave out a warning
		rapid.Check(t, func(t *rapid.T) {
			p := drawOffice(t)
			s := compiled(t, p)
			for range 10 {
				c := drawStrangeAbout(t, p)
				for r := range c.everything(anybody(p)...) {
					d := s.Check(r)
					want := warningsOf(p, r, d.Allowed())
					n.note(d.Warnings() != 0)
					met |= d.Warnings()
					if d.Warnings() != want {
						t.Fatalf("%s: allowed %t, got %s, want %s", r.describe(), d.Allowed(), d.Warnings().Codes(), want.Codes())
					}
				}
			}
		})
	}
	n.report(t, "carried warnings", 1000)
	for _, w := range []Warnings{StoredRolesInvalid, ConnectionDisconnected, SelfApproval, SelfBooking} {
		if !met.Has(w) {
			t.Errorf("no answer carried %s", w.Codes())
		}
	}
}

// warningsOf works the warnings out from the office's parts alone.
func warningsOf(p offices.Parts, r Request, allowed bool) Warnings {
	i := slices.IndexFunc(p.Users, func(u users.User) bool { return u.ID == r.Subject })
	if i < 0 {
		return 0
	}
	w := when2(!p.Users[i].Roles.Valid(), StoredRolesInvalid)
	if !allowed {
		return w
	}
	switch r.Action {
	case DocumentApprove:
		w |= when2(r.Resource.Document.DeliveredBy() == r.Subject, SelfApproval)
	case DocumentBook:
		w |= when2(r.Resource.Document.DeliveredBy() == r.Subject, SelfBooking) | broken(p, systemOf(p, r))
	case DocumentChangeBankDetails:
		w |= broken(p, systemOf(p, r))
	case CompanyCreate:
		w |= broken(p, r.With.AccountingSystem)
	}
	return w
}

func when2(ok bool, w Warnings) Warnings {
	if ok {
		return w
	}
	return 0
}

func systemOf(p offices.Parts, r Request) companies.SystemID {
	i := slices.IndexFunc(p.Companies, func(c companies.Company) bool { return c.ID == r.Resource.Document.Company() })
	return p.Companies[i].System
}

func broken(p offices.Parts, id companies.SystemID) Warnings {
	return when2(slices.ContainsFunc(p.Systems, func(s sync.System) bool {
		return s.ID == id && s.Connection == sync.Disconnected
	}), ConnectionDisconnected)
}

// A few of them, to read.
func TestWarnings(t *testing.T) {
	broke, fine := disconnected("exact"), func(*world) {}
	booking := func(id users.ID) Resource { return doc(documents.Booking, by(id)) }
	for _, c := range []struct {
		name  string
		given change
		who   users.ID
		do    Action
		on    Resource
		with  With
		want  []string
	}{
		{"nothing to warn of", fine, "bram", DocumentBook, toBook, With{}, nil},
		{"booking in a disconnected system", broke, "bram", DocumentBook, toBook, With{}, []string{"connection_disconnected"}},
		{"booking what one delivered", fine, "bram", DocumentBook, booking("bram"), With{}, []string{"self_booking"}},
		{"both", broke, "bram", DocumentBook, booking("bram"), With{}, []string{"connection_disconnected", "self_booking"}},
		{"an IBAN in a disconnected system", all(broke, bankRight("bram")), "bram", DocumentChangeBankDetails, booking("bram"), With{}, []string{"connection_disconnected"}},
		{"not booking there", all(broke, unverified("bram", "exact")), "bram", DocumentBook, booking("bram"), With{}, nil},
		{"viewing what is booked there", broke, "bram", DocumentView, booking("bram"), With{}, nil},
		{"a company in a disconnected system", broke, "bram", CompanyCreate, office, With{AccountingSystem: "exact"}, []string{"connection_disconnected"}},
		{"a company in no system yet", broke, "bram", CompanyCreate, office, With{}, nil},
		{"approving what one delivered", fine, "bob", DocumentApprove, doc(documents.Authorisation, by("bob"), route("bob")), With{}, []string{"self_approval"}},
		{"rejecting what one delivered", fine, "bob", DocumentReject, doc(documents.Authorisation, by("bob"), route("bob")), With{Comment: "no"}, nil},
		{"both client roles, allowed (R1)", holding("carla", roles.ClientUser, roles.RestrictedClientUser), "carla", DocumentUpload, OfCompany("bakery"), With{}, []string{"role_set_invalid"}},
		{"both client roles, denied (R1)", holding("carla", roles.ClientUser, roles.RestrictedClientUser), "carla", DocumentTag, tagging, With{}, []string{"role_set_invalid"}},
		{"both booking roles, allowed (R2)", holding("bram", roles.Accountant, roles.SMEAccountant), "bram", DocumentBook, toBook, With{}, []string{"role_set_invalid"}},
		{"both booking roles, denied (R2)", holding("bram", roles.Accountant, roles.SMEAccountant), "bram", UserImport, office, With{}, []string{"role_set_invalid"}},
		{"no role, allowed (R3)", holding("carla"), "carla", CompanyView, OfCompany("bakery"), With{}, []string{"role_set_invalid"}},
		{"no role, denied (R3)", holding("carla"), "carla", DocumentUpload, OfCompany("bakery"), With{}, []string{"role_set_invalid"}},
		{"no role, and what cannot be asked", holding("carla"), "carla", 0, OfCompany("bakery"), With{}, []string{"role_set_invalid"}},
		{"another's roles", holding("carla"), "rosa", UserView, OfUser("carla"), With{}, nil},
	} {
		w := usual()
		c.given(w)
		got := w.compile(t).Check(Request{c.who, c.do, c.on, &c.with, now}).Warnings().Codes()
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
