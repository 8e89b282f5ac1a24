package policy

import (
	"iter"
	"slices"
	"strings"
	gosync "sync"
	"testing"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Each test here recalls what went wrong in another engine. The advisory is in
// its name; others that tell of the same stand in the comment.

// Answers were kept, or doubles dropped, under a key of ids put behind each
// other, and two questions had one key. Also CVE-2026-33729, CVE-2026-41131,
// CVE-2026-34972 and CVE-2026-46668.
func TestCVE_2026_48096_IDsThatLookLikeSeparatorsNeverMeet(t *testing.T) {
	for _, sep := range []string{"|", ":", "#", ",", "/", "@", "=", ";", " ", ".", "->", "\u2028"} {
		keepsApart(t, "a", "b", "a"+sep+"b", sep, sep+"a", "a"+sep, "b"+sep+"a", "a"+sep+sep+"b")
		gluesTo(t, users.ID("a"+sep+"b"), "c", "a", companies.ID("b"+sep+"c"))
	}
	w := usual()
	w.join("an\x00na", users.AccessTo("bakery"), roles.Authoriser)
	if _, err := offices.New(w.Parts); err == nil {
		t.Error("a zero byte is part of an id")
	}
	s := usual().compile(t)
	for _, who := range []users.ID{"rosa\x00", "\x00rosa", "ro\x00sa", "rosa\x00office.view_settings"} {
		if d := s.Check(Request{who, OfficeViewSettings, office, nil, now}); d.Code() != UnknownUser {
			t.Errorf("%q: %+v", who, d)
		}
	}
}

// gluesTo asks two questions that are one when user and company are put behind
// each other, of which only the first is allowed, in either order and again.
func gluesTo(t *testing.T, may users.ID, seen companies.ID, mayNot users.ID, unseen companies.ID) {
	t.Helper()
	w := withIDs([]string{string(may), string(seen), string(mayNot), string(unseen)})
	w.user(may).Access = users.AccessTo(seen)
	first := Request{may, CompanyView, OfCompany(seen), nil, now}
	second := Request{mayNot, CompanyView, OfCompany(unseen), nil, now}
	for _, order := range [][]Request{{first, second, first, second}, {second, first, second, first}} {
		s := w.compile(t)
		for _, r := range order {
			if d := s.Check(r); d.Allowed() != (r.Subject == may) {
				t.Errorf("%q views %q: %+v", r.Subject, r.Resource.ID, d)
			}
		}
	}
}

// The same again for ids of which several are named at once.
func TestCVE_2026_48096_NamesInAListNeverMeet(t *testing.T) {
	w := usual()
	w.join("anna,bob", users.AccessTo("bakery"), roles.Authoriser)
	s := w.compile(t)
	plain := usual().compile(t)
	for _, c := range []struct {
		snap *Snapshot
		with With
		want string
	}{
		{s, authorisers("anna,bob"), "yes client"},
		{s, authorisers("anna", "bob", "anna,bob"), "yes client"},
		{s, authorisers("anna,bob", "anna,bob"), "no authoriser_unfit"},
		{plain, authorisers("anna,bob"), "no authoriser_unfit"},
		{plain, authorisers("anna", "bob,anna"), "no authoriser_unfit"},
	} {
		if got := answer(DocumentAssign, c.snap.Check(Request{"carla", DocumentAssign, tagging, &c.with, now})); got != c.want {
			t.Errorf("assigned to %q: got %s, want %s", c.with.Authorisers, got, c.want)
		}
	}
	merged := mergedWith()
	for _, id := range []documents.ID{"inv-2,inv-1", "inv-1,inv-2", "inv-", ""} {
		merged.Documents = append(merged.Documents, doc(documents.Tagging, named(id)).Document)
	}
	if d := s.Check(Request{"carla", DocumentMerge, tagging, &merged, now}); d.Code() != BadProperty {
		t.Errorf("merged with one without an id: %+v", d)
	}
	merged.Documents = merged.Documents[:4]
	if d := s.Check(Request{"carla", DocumentMerge, tagging, &merged, now}); !d.Allowed() {
		t.Errorf("merged with those of ids that look alike: %+v", d)
	}
}

// Under concurrency a condition was skipped, and its rule allowed. Here many ask
// through one handle, of which half may and half may not, for the same action on
// the same document.
func TestCVE_2026_55866_ManyWhoAskAtOnceAreAnsweredAsOneAlone(t *testing.T) {
	s := usual().compile(t)
	carla, anna := s.Subject("carla", now), s.Subject("anna", now)
	fit, unfit := authorisers("anna", "bob"), authorisers("anna", "rosa")
	booked := mergedWith()
	booked.Documents = append(booked.Documents, doc(documents.Booking, assigned, named("booked")).Document)
	merged := mergedWith()
	questions := []struct {
		ask  func() Decision
		want bool
	}{
		{func() Decision { return carla.Check(DocumentAssign, tagging, &fit) }, true},
		{func() Decision { return carla.Check(DocumentAssign, tagging, &unfit) }, false},
		{func() Decision { return carla.Check(DocumentMerge, tagging, &merged) }, true},
		{func() Decision { return carla.Check(DocumentMerge, tagging, &booked) }, false},
		{func() Decision { return anna.Check(DocumentApprove, doc(documents.Authorisation, route("anna")), nil) }, true},
		{func() Decision { return anna.Check(DocumentApprove, authorised, nil) }, false},
	}
	var group gosync.WaitGroup
	for g := range 4 * len(questions) {
		q := questions[g%len(questions)]
		group.Go(func() {
			for range 500 {
				if d := q.ask(); d.Allowed() != q.want {
					t.Errorf("question %d among others: %+v", g%len(questions), d)
					return
				}
			}
		})
	}
	group.Wait()
}

// A wildcard granted too much. Here an asterisk is a letter. Also CVE-2026-24851,
// CVE-2025-25196 and CVE-2022-39341.
func TestCVE_2025_64751_AnAsteriskIsALetter(t *testing.T) {
	keepsApart(t, "*", "**", "a*", "a", "ab", ".*", "?", "%", "_", "[a-z]", "user:*", "all", "any", "everyone", "public")
	s := usual().compile(t)
	for _, star := range []string{"*", "**", ".*", "%", "all", "bak*", "public", "everyone"} {
		for a := range AllActions() {
			for _, who := range []users.ID{"rosa", users.ID(star)} {
				if d := s.Check(Request{who, a, Resource{Type: a.On(), ID: star}, nil, now}); d.Allowed() {
					t.Errorf("%q does %s on %q: %s", who, a, star, d.Rule())
				}
			}
		}
		if _, err := ParseAction("document." + star); err == nil {
			t.Errorf("document.%s is an action", star)
		}
		for a, with := range map[Action]With{
			DocumentAssign: authorisers(users.ID(star)), UserChangeCompanyAccess: access(companies.ID(star)),
			UserImport:       importing("exact", []sync.UserID{sync.UserID(star)}, roles.ClientUser),
			ConnectionManage: choice(users.ID(star)),
			UserChangeBillTo: {BillTo: users.BillToCompany(companies.ID(star))},
			UserCreate:       person([]companies.ID{companies.ID(star)}, roles.ClientUser),
			CompanyCreate:    {AccountingSystem: companies.SystemID(star)},
			DocumentReassign: authorisers(users.ID(star)),
		} {
			if d := s.Check(Request{"rosa", a, usually(a), &with, now}); d.Allowed() {
				t.Errorf("%s with %q: %s", a, star, d.Rule())
			}
		}
	}
}

// usually is a resource on which rosa may do the action, asked well.
func usually(a Action) Resource {
	switch a.On() {
	case Document:
		return authorised
	case Company:
		return OfCompany("bakery")
	case User:
		return OfUser("carla")
	case Connection:
		return OfConnection("exact")
	case Office:
		return office
	}
	return Resource{}
}

// A dot that was not escaped matched any letter.
func TestCVE_2026_39350_ADotIsADot(t *testing.T) {
	keepsApart(t, "a.b", "axb", "a/b", "a.b.c", "axbxc", "a..b", ".", "..", "a\\.b", "^a.b$", "a.b|x", "(a.b)")
	for _, text := range []string{"documentxapprove", "document/approve", "document..approve", "document\\.approve", "document.approve.", ".document.approve"} {
		if a, err := ParseAction(text); err == nil {
			t.Errorf("%q is %s", text, a)
		}
	}
	for _, text := range []string{"documentxapprove/in-turn", "document.approve/in.turn", "document.approve.in-turn"} {
		if r, err := ParseRuleID(text); err == nil {
			t.Errorf("%q is %s", text, r)
		}
	}
}

// Two layers disagreed on whether case counts. Here it always does; what a file
// may have beside each other is officefile's. Also CVE-2026-42273.
func TestCVE_2026_55170_CaseAndFormCount(t *testing.T) {
	keepsApart(t, "bakkerij", "Bakkerij", "BAKKERIJ", "caf\u00e9", "cafe\u0301", "stra\u00dfe", "strasse", "i", "I", "\u0130", "\u0131", "k", "\u212a")
}

// A fault while an answer was sought skipped the rule that denied. Here whatever
// was denied is denied too with a fault at any one lookup. Also
// GHSA-hm46-7j72-rpv9.
func TestCVE_2025_46342_AFaultAtAnyLookupAllowsNothing(t *testing.T) {
	faults := 0
	for _, sc := range scenarios() {
		s := sc.snapshot(t)
		for fault := range lookupsOf(s) {
			faults++
			if d := s.Check(sc.request()); d.Allowed() && strings.HasPrefix(sc.want, "no") {
				t.Errorf("%s: want %s, got %s where %s is not found", sc.name, sc.want, d.Rule(), fault)
			}
		}
	}
	t.Logf("%d faults", faults)
}

// lookupsOf lets each lookup of a snapshot fail in turn, and names what is then
// not found.
func lookupsOf(s *Snapshot) iter.Seq[string] {
	return func(yield func(string) bool) {
		whole := yieldWithout(&s.users, yield) && yieldWithout(&s.companies, yield) && yieldWithout(&s.systems, yield)
		for at := place(0); whole && at < s.systems.n(); at++ {
			sys := s.systemOf(at)
			all := sys.accounts
			for id := range all.All() {
				sys.accounts = all.Without(id)
				whole = whole && yield(string(id))
			}
			sys.accounts = all
		}
	}
}

// yieldWithout lets each id be lost in turn, and found again.
func yieldWithout[K ~string, V any](p *places[K, V], yield func(string) bool) bool {
	slots := p.slots
	defer func() { p.slots = slots }()
	for i, slot := range slots {
		if slot == 0 {
			continue
		}
		p.slots = slices.Clone(slots)
		p.slots[i] = slot ^ p.part // of no id
		if !yield(string(p.id(place(int(slot&^p.part)) - 1))) {
			return false
		}
	}
	return true
}

// The same for what comes with the question: a property of the action, or a part
// of the document, that could not be read denies by itself.
func TestCVE_2025_46342_WhatCannotBeReadAllowsNothing(t *testing.T) {
	asked := 0
	for _, sc := range scenarios() {
		if !strings.HasPrefix(sc.want, "yes") {
			continue
		}
		s := sc.snapshot(t)
		needed, optional := sc.do.Takes()
		parts := slices.Collect((needed | optional).Each())
		if sc.do.On() == Document {
			parts = append(parts, 0)
		}
		for _, p := range parts {
			with := sc.with
			with.Unreadable = append(slices.Clone(with.Unreadable), Unreadable{Property: p})
			asked++
			if d := s.Check(Request{sc.who, sc.do, sc.on, &with, now}); d.Code() != BadProperty {
				t.Errorf("%s, with what cannot be read of %q: %+v", sc.name, p, d)
			}
		}
	}
	t.Logf("%d questions", asked)
}
