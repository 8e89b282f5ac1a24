package review

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// everySingle goes through every single change of an office and its documents that a
// review knows, whoever may make it.
func everySingle(m mended) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for u := range m.Office().Users() {
			for _, each := range []iter.Seq[Change]{rolesOf(u), accessOf(m, u), settingsOf(m, u), linksOf(m, u)} {
				for c := range each {
					if !yield(c) {
						return
					}
				}
			}
		}
		for _, c := range wholeOffice(m) {
			if !yield(c) {
				return
			}
		}
	}
}

func rolesOf(u users.User) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for set := range roles.Set(128) {
			if set != u.Roles && set.Valid() && !yield(changeRoles(u.ID, u.Roles, set)) {
				return
			}
		}
	}
}

func accessOf(m mended, u users.User) iter.Seq[Change] {
	all := slices.Collect(m.Office().Everything().All())
	return func(yield func(Change) bool) {
		for mask := range 1 << len(all) {
			var give, take []companies.ID
			for i, id := range all {
				switch is := mask&(1<<i) != 0; {
				case is && !u.Access.Has(id):
					give = append(give, id)
				case !is && u.Access.Has(id):
					take = append(take, id)
				}
			}
			if len(give)+len(take) > 0 && !yield(changeAccess(m.Office(), u.ID, give, take)) {
				return
			}
		}
	}
}

func settingsOf(m mended, u users.User) iter.Seq[Change] {
	list := []Change{
		changeBankRight(u.ID, !u.ChangeBankDetails), changeLaterCompanies(u.ID, !u.LaterCompanies),
		changeArchiveRight(u.ID, users.AllDocuments-u.Archive), changeBillTo(u.ID, users.BillToOffice), ownAddress(u.ID),
		changeEndDate(u.ID, m.Office().Day(m.at)),
	}
	if u.ActiveOn(m.Office().Day(m.at)) { // nobody who left comes back
		list = append(list, changeEndDate(u.ID, users.Date{}), changeEndDate(u.ID, findingsDay("2040-01-01")))
	}
	return slices.Values(list)
}

func linksOf(m mended, u users.User) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for s := range m.Office().Systems() {
			l, isLinked := m.Office().Link(u.ID, s.ID)
			list := []Change{chooseSynchronisationUser(m.Office(), s.ID, u.ID, "")}
			if isLinked {
				list = append(list, unlinkAccountingUser(u.ID, s.ID), enterAccountingPassword(u.ID, s.ID))
			}
			if isLinked && s.SynchronisationUser == u.ID && u.ActiveOn(m.Office().Day(m.at)) {
				list = append(list, reconnect(s.ID))
			}
			for _, a := range s.Users {
				list = append(list, chooseSynchronisationUser(m.Office(), s.ID, u.ID, a.ID))
				if a.ID != l.AccountingUser {
					list = append(list, linkAccountingUser(u.ID, s.ID, a.ID))
				}
			}
			for _, c := range list {
				if !yield(c) {
					return
				}
			}
		}
	}
}

func wholeOffice(m mended) (list []Change) {
	for c := range m.Office().Companies() {
		list = append(list, changeWorkflow(c.ID, !c.AuthorisationWorkflow), changePaymentAgreement(m.Office(), c.ID, !c.PaymentAgreement))
	}
	for i := range m.docs {
		d := &m.docs[i]
		if !d.Route().IsPending() {
			continue
		}
		list = append(list, withdrawDocument(d.ID()))
		for u := range m.Office().Users() {
			if d.Route().InTurn() != u.ID {
				list = append(list, reassignDocument(d.ID(), u.ID))
			}
		}
	}
	return list
}

// Where a mend takes several changes, none of all single ones would have done. But
// where one would only silence the finding the mend does what the setting is for, as
// its order says: a booker is linked (O6), a Super user has the duty (O4), nobody
// gets a company at random (O16).
func TestNoSingleChangeDoesWhatAMendOfSeveralDoes(t *testing.T) {
	several, looked, silenced := map[string]int{}, 0, map[string]int{}
	check := func(t *rapid.T) {
		c := findingsDraw(t)
		start := mended{c.state(t), c.documents(t), c.at}
		before := start.findings()
		long := slices.DeleteFunc(slices.Clone(before), func(f Finding) bool { return len(f.Mend) < 2 })
		if _, found := start.actor(); !found || len(long) == 0 {
			return // who may do what takes somebody who may do it
		}
		for _, f := range long {
			several[f.ID]++
		}
		for single := range everySingle(start) {
			looked++
			for _, f := range doesAsWell(t, start, long, before, single) {
				if silenced[f.ID]++; !slices.Contains([]string{"O4", "O6", "O16"}, f.ID) {
					t.Fatalf("%q would do for %s", single, findingsTexts([]Finding{f}))
				}
			}
		}
	}
	enough := func() bool { return looked >= 2000 && several["O3"]+several["O5"]+several["O6"] >= 10 }
	for runs := 0; runs == 0 || runs < 10 && !enough(); runs++ {
		rapid.Check(t, check)
	}
	t.Logf("%d single changes tried; mends of several: %v; single ones that would silence: %v", looked, several, silenced)
	if !enough() {
		t.Error("too little was looked at")
	}
}

// doesAsWell is the findings that a single change clears without a new error, where
// somebody may make it.
func doesAsWell(t *rapid.T, start mended, list, before []Finding, c Change) (cleared []Finding) {
	after, err := start.supposed(c)
	if err != nil {
		t.Fatalf("%q cannot be supposed: %v", c, err)
	}
	found := after.findings()
	if newErrors(before, found) != nil {
		return nil
	}
	cleared = slices.DeleteFunc(slices.Clone(list), func(f Finding) bool { return left(&f, found) })
	if len(cleared) > 0 {
		if _, err := start.carriedOut(c); err != nil && !errors.Is(err, errNobody) {
			return nil
		}
	}
	return cleared
}

// A mend is one change for these, whatever the office.
func TestMostMendsAreOneChange(t *testing.T) {
	may := []string{"O3", "O4", "O5", "O6", "O11", "O15", "O16", "S6"}
	longest := map[string]int{}
	check := func(t *rapid.T) {
		for _, f := range findingsDraw(t).found(t) {
			longest[f.ID] = max(longest[f.ID], len(f.Mend))
			if len(f.Mend) > 1 && !slices.Contains(may, f.ID) {
				t.Fatalf("several changes: %s", findingsTexts([]Finding{f}))
			}
		}
	}
	for range 10 {
		rapid.Check(t, check)
	}
	t.Logf("the longest of each: %v", longest)
}

// Ben synchronises two systems, reaches nothing, and may be given nothing. Pieter takes
// over both where he reaches their companies; to give him access for the one and then
// for the other would take the first away again.
func TestNobodysAccessChangesTwiceInAMend(t *testing.T) {
	for reached, want := range map[string][]string{
		"bakery garage": {"manage pieter for exact", "manage pieter for twinfield", "change_end_date 2026-11-22 for ben"},
		"bakery":        nil, "": nil,
	} {
		c := twoSystems()
		for id := range strings.FieldsSeq(reached) {
			c.parts.Users[1].Access = c.parts.Users[1].Access.With(companies.ID(id))
		}
		var got []string
		for _, change := range ofRule("O16", c.found(t))[0].Mend {
			got = append(got, change.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("where Pieter reaches %q: %q, want %q", reached, got, want)
		}
	}
}

func twoSystems() *findingsCase {
	c := &findingsCase{at: findingsToday, parts: offices.Parts{Code: "devries", Name: "De Vries", TimeZone: findingsZone}}
	c.parts.Users = []users.User{
		{
			ID: "ben", Username: "ben", Email: "ben@devries.example", ChangeBankDetails: true,
			Roles: roles.SetOf(roles.Accountant, roles.ClientUser, roles.Authoriser),
		},
		{ID: "pieter", Username: "pieter", Email: "pieter@devries.example", Roles: roles.SetOf(roles.SuperUser)},
	}
	for system, company := range map[companies.SystemID]companies.ID{"exact": "bakery", "twinfield": "garage"} {
		c.parts.Companies = append(c.parts.Companies, companies.Company{ID: company, Name: string(company), System: system})
		c.parts.Systems = append(c.parts.Systems, sync.System{ID: system, Name: string(system), SynchronisationUser: "ben", Users: []sync.User{{
			ID: "office", Name: "Office", Email: "office@devries.example", Rank: 1, CanChangeMasterData: true, Reach: sync.ReachAll,
		}}})
		c.parts.Links = append(c.parts.Links, sync.Link{User: "pieter", System: system, AccountingUser: "office", Verified: true})
	}
	return c
}

// What no mend ever does, however well it would clear its finding.
func TestNoMendIsUnsafe(t *testing.T) {
	looked := 0
	check := func(t *rapid.T) {
		c := findingsDraw(t)
		m := mended{c.state(t), c.documents(t), c.at}
		for _, f := range m.findings() {
			for _, change := range f.Mend {
				looked++
				if why := unsafe(m, change.String()); why != "" {
					t.Fatalf("%s: %s", why, findingsTexts([]Finding{f}))
				}
			}
		}
	}
	for range 10 {
		rapid.Check(t, check)
	}
	t.Logf("%d changes", looked)
	if looked < 5000 {
		t.Errorf("only %d changes", looked)
	}
}

func unsafe(m mended, change string) string {
	today := m.Office().Day(m.at)
	for u := range m.Office().Users() {
		id := string(u.ID)
		switch {
		case change == "change_end_date none for "+id && !u.ActiveOn(today):
			return "somebody who left comes back"
		case change == "grant_role super_user to "+id && (!u.Roles.Effective().Has(roles.Accountant) || !u.ActiveOn(today)):
			return "somebody becomes Super user who is no active Accountant"
		case strings.HasPrefix(change, "change_bank_right true"), strings.HasPrefix(change, "change_archive_right all"),
			strings.HasPrefix(change, "change_later_companies true"), strings.HasPrefix(change, "change_settings payment_agreement=true"):
			return "a right is given"
		}
	}
	return ""
}
