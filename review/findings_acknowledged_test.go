package review

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// twoPersonOffice has Bram book and approve in two companies, and three people share
// an address.
func twoPersonOffice(t *testing.T) []Finding {
	t.Helper()
	s := soundOffice()
	s.booker("bram", roles.Authoriser)
	for _, id := range []users.ID{"anna", "carla", "rick"} {
		s.user(id, roles.ClientUser).Email = "info@bakery.example"
	}
	return s.found(t)
}

func accepts(rule string, user users.ID, company companies.ID, until string) Acknowledgement {
	return Acknowledgement{Finding: rule, User: user, Company: company, Reason: "two-person office", Until: findingsDay(until)}
}

func shared(until string, list ...users.ID) Acknowledgement {
	return Acknowledgement{Finding: "O11", Users: list, Reason: "one mailbox", Until: findingsDay(until)}
}

func TestAcknowledging(t *testing.T) {
	const day = "2026-11-22"
	noReason, noDay := accepts("S1", "bram", "bakery", day), accepts("S1", "bram", "bakery", day)
	noReason.Reason, noDay.Until = " \n", users.Date{}
	for what, c := range map[string]struct {
		list  []Acknowledgement
		until string // of what is acknowledged; empty where nothing is
		unmet int
	}{
		"through its last day":               {list: []Acknowledgement{accepts("S1", "bram", "bakery", day)}, until: day},
		"long":                               {list: []Acknowledgement{accepts("S1", "bram", "bakery", "2031-01-01")}, until: "2031-01-01"},
		"expired the day before":             {list: []Acknowledgement{accepts("S1", "bram", "bakery", "2026-11-21")}},
		"another rule":                       {list: []Acknowledgement{accepts("S3", "bram", "bakery", day)}, unmet: 1},
		"another user":                       {list: []Acknowledgement{accepts("S1", "anna", "bakery", day)}, unmet: 1},
		"another company":                    {list: []Acknowledgement{accepts("S1", "bram", "florist", day)}, unmet: 1},
		"no company, though it is about one": {list: []Acknowledgement{accepts("S1", "bram", "", day)}, unmet: 1},
		"a set that is not there":            {list: []Acknowledgement{shared(day, "anna", "carla")}, unmet: 1},
		"a set that has grown":               {list: []Acknowledgement{shared(day, "anna", "carla", "rick", "tim")}, unmet: 1},
		"the set, in another order":          {list: []Acknowledgement{shared(day, "rick", "anna", "carla", "anna")}, until: day},
		"expired, and unmet all the same":    {list: []Acknowledgement{accepts("S1", "zed", "bakery", "2020-01-01")}, unmet: 1},
		"the zero one":                       {list: []Acknowledgement{{}}, unmet: 1},
		"without a reason":                   {list: []Acknowledgement{noReason}},
		"until no day":                       {list: []Acknowledgement{noDay}},
		"of several the longest": {list: []Acknowledgement{
			accepts("S1", "bram", "bakery", day), accepts("S1", "bram", "bakery", "2027-01-01"),
			accepts("S1", "bram", "bakery", "2020-01-01"), accepts("S1", "bram", "bakery", "2026-12-01"),
		}, until: "2027-01-01"},
	} {
		t.Run(what, func(t *testing.T) {
			findings := twoPersonOffice(t)
			unmet := Acknowledge(findings, c.list, findingsDay(day))
			if len(unmet) != c.unmet {
				t.Errorf("%d unmet, want %d: %v", len(unmet), c.unmet, unmet)
			}
			if got := acknowledgedUntil(findings); got != c.until {
				t.Errorf("acknowledged until %q, want %q", got, c.until)
			}
			if len(findings) != len(twoPersonOffice(t)) {
				t.Error("a finding was dropped")
			}
		})
	}
}

// acknowledgedUntil is the day of the one finding that is acknowledged.
func acknowledgedUntil(findings []Finding) (until string) {
	for i := range findings {
		if a := findings[i].Acknowledged; a != nil {
			until += a.Until.String()
		}
	}
	return until
}

func TestAnAcknowledgementIsTheFindingsOwn(t *testing.T) {
	findings := twoPersonOffice(t)
	list := []Acknowledgement{shared("2027-01-01", "anna", "carla", "rick")}
	Acknowledge(findings, list, findingsDay("2026-11-22"))
	list[0].Reason, list[0].Users[0] = "changed", "changed"
	i := slices.IndexFunc(findings, func(f Finding) bool { return f.Acknowledged != nil })
	if i < 0 || findings[i].Acknowledged.Reason != "one mailbox" || findings[i].Acknowledged.Users[0] != "anna" {
		t.Error("it changed with the list")
	}
	if Acknowledge(findings, nil, findingsDay("2026-11-22")); findings[i].Acknowledged != nil {
		t.Error("it was not forgotten")
	}
	if Acknowledge(findings, list, users.Date{}); findings[i].Acknowledged != nil {
		t.Error("it counts on no day")
	}
}

// An acknowledgement names no system and no document: it meets them all.
func TestAnAcknowledgementMeetsEverySystemAndDocument(t *testing.T) {
	s := soundOffice()
	s.user("anna", roles.ClientUser)
	s.waits("anna")
	second := s.docs[0]
	second.ID, second.Assigned = "inv-2", documents.EverAssigned
	s.docs = append(s.docs, second)
	findings := s.found(t)
	unmet := Acknowledge(findings, []Acknowledgement{accepts("O18", "anna", "bakery", "2027-01-01")}, findingsDay("2026-11-22"))
	met := 0
	for i := range findings {
		met += count(findings[i].Acknowledged != nil)
	}
	if met != 2 || unmet != nil {
		t.Errorf("%d were met, unmet: %v", met, unmet)
	}
}

// There is one Super user at a time whom O2 can be about, so it need not say who.
func TestAnAcknowledgementOfO2MayLeaveOutTheUser(t *testing.T) {
	for _, user := range []users.ID{"rosa", "", "pieter"} {
		s := soundOffice()
		ended("pieter")(s)
		findings := s.found(t)
		Acknowledge(findings, []Acknowledgement{accepts("O2", user, "", "2027-01-01")}, findingsDay("2026-11-22"))
		if got := acknowledgedUntil(findings); (got != "") != (user != "pieter") {
			t.Errorf("accepted for %q: %q", user, got)
		}
	}
}

// The same said plainly: every acknowledgement held against every finding.
func TestAcknowledgingAgreesWithAskingEachOfEach(t *testing.T) {
	met, missed, expired := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		findings := findingsDraw(t).found(t)
		var list []Acknowledgement
		for range rapid.IntRange(0, 12).Draw(t, "acknowledgements") {
			list = append(list, drawAcknowledgement(t, findings))
		}
		day := findingsDay("2026-11-22")
		want, wantUnmet := plainlyAcknowledged(findings, list)
		unmet := Acknowledge(findings, list, day)
		if diff := gocmp.Diff(wantUnmet, unmet, gocmp.AllowUnexported(users.Date{})); diff != "" {
			t.Fatalf("unmet (-want +got):\n%s", diff)
		}
		for i := range findings {
			got := ""
			if a := findings[i].Acknowledged; a != nil {
				got = a.Until.String()
			}
			if got != want[i] {
				t.Fatalf("%v is acknowledged until %q, want %q", plainly(&findings[i]), got, want[i])
			}
			met += count(got != "")
		}
		missed += len(unmet)
		expired += count(slices.ContainsFunc(list, func(a Acknowledgement) bool { return a.Until.Before(day) }))
	})
	t.Logf("%d met, %d unmet, %d with one that expired", met, missed, expired)
	if met < 50 || missed < 20 || expired < 20 {
		t.Error("too few of a kind")
	}
}

func drawAcknowledgement(t *rapid.T, findings []Finding) Acknowledgement {
	a := Acknowledgement{Finding: "S1", User: "zed", Reason: "known"}
	if len(findings) > 0 {
		f := findingsPick(t, "of", findings...)
		a.Finding, a.User, a.Users, a.Company = f.ID, f.User, slices.Clone(f.Users), f.Company
	}
	a.Until = findingsPick(t, "until", findingsDay("2026-11-21"), findingsDay("2026-11-22"), findingsDay("2026-11-23"), findingsDay("2030-01-01"))
	switch rapid.IntRange(0, 7).Draw(t, "otherwise") {
	case 0:
		a.User = findingsPick[users.ID](t, "user", "anna", "bob", "")
	case 1:
		a.Company = findingsPick[companies.ID](t, "company", "bakery", "")
	case 2:
		a.Finding = findingsPick(t, "rule", "S1", "O1", "X9")
	case 3:
		slices.Reverse(a.Users)
	case 4:
		a.Users = append(a.Users, "anna")
	}
	return a
}

// plainlyAcknowledged is the last day of each finding's acknowledgement, and what is
// unmet, by asking each of each.
func plainlyAcknowledged(findings []Finding, list []Acknowledgement) (until []string, unmet []Acknowledgement) {
	until = make([]string, len(findings))
	for _, a := range list {
		met := false
		for i := range findings {
			f := &findings[i]
			sameUser := f.User == a.User || f.ID == "O2" && a.User == ""
			if f.ID != a.Finding || !sameUser || f.Company != a.Company || !sameSet(f.Users, a.Users) {
				continue
			}
			met = true
			if day := a.Until.String(); day >= "2026-11-22" && day > until[i] {
				until[i] = day
			}
		}
		if !met {
			unmet = append(unmet, a)
		}
	}
	return until, unmet
}

func sameSet(a, b []users.ID) bool {
	in := func(list []users.ID) func(users.ID) bool {
		return func(id users.ID) bool { return !slices.Contains(list, id) }
	}
	return !slices.ContainsFunc(a, in(b)) && !slices.ContainsFunc(b, in(a))
}
