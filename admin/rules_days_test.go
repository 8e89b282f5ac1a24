package admin_test

import (
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"pgregory.net/rapid"
)

// leaders is an office of Super users who are also Authorisers, each until an end
// date or, where that is empty, for ever.
func leaders(t rapid.TB, zone string, ends map[users.ID]string) admin.State {
	t.Helper()
	p := offices.Parts{Code: "devries-4711", Name: "De Vries Accountants", TimeZone: zoneOf(zone)}
	for id, end := range ends {
		u := working(id, string(id)+".devries", users.Access{}, roles.SuperUser, roles.Authoriser)
		if end != "" {
			u = until(end, u)
		}
		p.Users = append(p.Users, u)
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return admin.Open(o)
}

// dayExample is what becomes of a command on a day, where rosa and sam are the Super
// users and stay until these days.
type dayExample struct {
	rule      string
	now       string // by the clock of the office
	rosa, sam string // end dates; empty: none
	who       users.ID
	command   admin.Command
	code      string // empty: allowed
}

const lastOne = "last_super_user"

// At De Vries, on Monday 23 November 2026 unless told otherwise.
var dayExamples = []dayExample{
	{"Of two who stay for ever one may end today", "09:00", "", "", "rosa", endOf("sam", "2026-11-23"), ""},
	{"Of two who stay for ever one may end later", "09:00", "", "", "rosa", endOf("sam", "2030-01-01"), ""},
	{"Of two who stay for ever one may be deleted", "09:00", "", "", "rosa", admin.DeleteUser{User: "sam"}, ""},
	{"Of two who stay for ever one may delete themselves", "09:00", "", "", "rosa", admin.DeleteUser{User: "rosa"}, ""},
	{"Of two who stay for ever one may be demoted", "09:00", "", "", "rosa", revoke("sam", roles.SuperUser), ""},

	{"The only one who stays for ever is not ended today", "09:00", "", "2026-12-31", "sam", endOf("rosa", "2026-11-23"), lastOne},
	{"The only one who stays for ever is not ended tomorrow", "09:00", "", "2026-12-31", "sam", endOf("rosa", "2026-11-24"), lastOne},
	{"The only one who stays for ever is not ended the day the other ends", "09:00", "", "2026-12-31", "sam", endOf("rosa", "2026-12-31"), lastOne},
	{"The only one who stays for ever is not ended later either", "09:00", "", "2026-12-31", "sam", endOf("rosa", "2099-12-31"), lastOne},
	{"The only one who stays for ever is not deleted", "09:00", "", "2026-12-31", "sam", admin.DeleteUser{User: "rosa"}, lastOne},
	{"The only one who stays for ever is not demoted", "09:00", "", "2026-12-31", "sam", revoke("rosa", roles.SuperUser), lastOne},
	{"Whoever ends sooner may end sooner still", "09:00", "", "2026-12-31", "rosa", endOf("sam", "2026-11-23"), ""},
	{"Whoever ends sooner may be deleted", "09:00", "", "2026-12-31", "rosa", admin.DeleteUser{User: "sam"}, ""},
	{"Whoever ends sooner may stay after all", "09:00", "", "2026-12-31", "rosa", endOf("sam", ""), ""},
	{"Other roles of the only one may change", "09:00", "", "2026-12-31", "sam", revoke("rosa", roles.Authoriser), ""},

	{"Of two who end on successive days, the first may go", "09:00", "2026-12-01", "2026-12-02", "rosa", admin.DeleteUser{User: "rosa"}, ""},
	{"Of two who end on successive days, the first may be demoted", "09:00", "2026-12-01", "2026-12-02", "sam", revoke("rosa", roles.SuperUser), ""},
	{"Of two who end on successive days, the second has one day alone, and does not go", "09:00", "2026-12-01", "2026-12-02", "rosa", admin.DeleteUser{User: "sam"}, lastOne},
	{"Of two who end on successive days, the second does not end a day sooner", "09:00", "2026-12-01", "2026-12-02", "rosa", endOf("sam", "2026-12-01"), lastOne},
	{"Of two who end on one day, either may go", "09:00", "2026-12-02", "2026-12-02", "rosa", admin.DeleteUser{User: "sam"}, ""},

	{"A day ahead that has nobody may not come sooner", "09:00", "2026-12-01", "2026-11-28", "rosa", endOf("rosa", "2026-11-30"), lastOne},
	{"A day ahead that has nobody is made no worse by who ends before it", "09:00", "2026-12-01", "2026-11-28", "rosa", admin.DeleteUser{User: "sam"}, ""},
	{"A day ahead that has nobody is made better by staying longer", "09:00", "2026-12-01", "2026-11-28", "rosa", endOf("sam", "2026-12-05"), ""},
	{"An end date that was there already is no change", "09:00", "2026-12-01", "2026-11-28", "rosa", endOf("rosa", "2026-12-01"), ""},
	{"The end date of the last one may be moved on", "09:00", "2026-12-01", "2026-11-28", "rosa", endOf("rosa", "2026-12-02"), ""},
	{"The end date of the last one may be taken away", "09:00", "2026-12-01", "2026-11-28", "rosa", endOf("rosa", ""), ""},

	{"Who ends tomorrow counts today", "23:59:59", "2026-11-24", "2026-11-23", "rosa", admin.DeleteUser{User: "rosa"}, lastOne},
	{"Who ends tomorrow may be ended no sooner", "23:59:59", "2026-11-24", "2026-11-23", "rosa", endOf("rosa", "2026-11-23"), lastOne},
	{"Who ends tomorrow may leave today to another", "23:59:59", "2026-11-24", "2026-11-24", "rosa", admin.DeleteUser{User: "rosa"}, ""},
	{"Who has ended does nothing more, the only one neither", "2026-11-24 00:00", "2026-11-24", "2026-11-23", "rosa", endOf("rosa", ""), "inactive_user"},
	{"Who has ended does not count for the one who is left", "2026-11-24 00:00", "2026-11-24", "2026-11-25", "sam", admin.DeleteUser{User: "sam"}, lastOne},
	{"Who has ended may be deleted", "2026-11-24 00:00", "2026-11-24", "2026-11-25", "sam", admin.DeleteUser{User: "rosa"}, ""},
	{"Who has ended may come back, and then the other may go", "2026-11-24 00:00", "2026-11-24", "2026-11-25", "sam", endOf("rosa", ""), ""},
	{"Yesterday asks for nobody any more", "2026-11-24 00:00", "2026-11-30", "2026-11-30", "sam", endOf("rosa", "2026-11-23"), ""},
}

func TestRulesOfTheLastSuperUserByDay(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range dayExamples {
		if seen[e.rule] {
			t.Errorf("%q stands here twice", e.rule)
		}
		seen[e.rule] = true
		t.Run(e.rule, func(t *testing.T) {
			d := &telling{TB: t, state: leaders(t, "Europe/Amsterdam", map[users.ID]string{"rosa": e.rosa, "sam": e.sam})}
			at(e.now)(d)
			if codes := d.refused(e.who, e.command); e.code != firstOf(codes) {
				t.Errorf("%s does %s: got %v, want %q", e.who, asText(e.command), codes, e.code)
			}
		})
	}
}

func firstOf(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return codes[0]
}

// A day begins where the office is, wherever that is and whatever its clocks do
// that night: on the last second before the day, whoever ends on it still counts,
// and on its first second no longer.
func TestADayOfTheOfficeBeginsAtItsMidnight(t *testing.T) {
	for _, night := range []struct{ zone, before, first string }{
		{"Europe/Amsterdam", "2026-11-23T23:59:59+01:00", "2026-11-24T00:00:00+01:00"},
		{"Europe/Amsterdam", "2027-03-27T23:59:59+01:00", "2027-03-28T00:00:00+01:00"}, // the hour from two is skipped
		{"Europe/Amsterdam", "2027-03-28T23:59:59+02:00", "2027-03-29T00:00:00+02:00"},
		{"Europe/Amsterdam", "2026-10-24T23:59:59+02:00", "2026-10-25T00:00:00+02:00"}, // the hour from two comes twice
		{"Europe/Amsterdam", "2026-10-25T23:59:59+01:00", "2026-10-26T00:00:00+01:00"},
		{"Asia/Kathmandu", "2026-11-23T23:59:59+05:45", "2026-11-24T00:00:00+05:45"},
		{"Pacific/Apia", "2026-11-23T23:59:59+13:00", "2026-11-24T00:00:00+13:00"},
		{"Pacific/Apia", "2011-12-29T23:59:59-10:00", "2011-12-31T00:00:00+14:00"}, // there was no 30 December
		{"America/St_Johns", "2026-11-23T23:59:59-03:30", "2026-11-24T00:00:00-03:30"},
		{"America/St_Johns", "2027-03-13T23:59:59-03:30", "2027-03-14T00:00:00-03:30"},
		{"UTC", "2026-11-23T23:59:59Z", "2026-11-24T00:00:00Z"},
	} {
		t.Run(night.zone+" "+night.first, func(t *testing.T) {
			day, before := night.first[:10], night.before[:10]
			after := plainDay(day, 1)
			check := func(moment string, ends map[users.ID]string, who users.ID, c admin.Command, code string) {
				t.Helper()
				d := &telling{TB: t, state: leaders(t, night.zone, ends), now: clock(t, night.zone, moment)}
				if codes := d.refused(who, c); firstOf(codes) != code {
					t.Errorf("%s, %v: %s does %s: got %v, want %q", moment, ends, who, asText(c), codes, code)
				}
			}
			alone := map[users.ID]string{"rosa": day, "sam": before}
			check(night.before, alone, "rosa", admin.DeleteUser{User: "sam"}, "")
			check(night.before, alone, "rosa", admin.DeleteUser{User: "rosa"}, lastOne)
			check(night.before, alone, "rosa", endOf("rosa", before), lastOne)
			check(night.before, alone, "rosa", endOf("rosa", after), "")
			check(night.first, alone, "rosa", endOf("rosa", after), "inactive_user")

			both := map[users.ID]string{"rosa": day, "sam": after}
			check(night.before, both, "rosa", admin.DeleteUser{User: "rosa"}, "")
			check(night.before, both, "rosa", revoke("sam", roles.SuperUser), lastOne)
			check(night.before, both, "rosa", endOf("sam", day), lastOne)
			check(night.first, both, "rosa", endOf("sam", ""), "inactive_user")
			check(night.first, both, "sam", endOf("sam", day), lastOne)
			check(night.first, both, "sam", endOf("rosa", ""), "")
			check(night.first, both, "sam", admin.DeleteUser{User: "rosa"}, "")
		})
	}
}

// In the hour that is skipped and in the hour that comes twice, it is one day all
// along. And where the clocks of St. John's went back from one minute past midnight,
// as they did until 2011, it was the day before once more.
func TestTheDayIsWhatTheOfficesCalendarSays(t *testing.T) {
	for _, e := range []struct {
		zone, moment, end string
		active            bool
	}{
		{"Europe/Amsterdam", "2027-03-28T01:59:59+01:00", "2027-03-28", false},
		{"Europe/Amsterdam", "2027-03-28T01:59:59+01:00", "2027-03-29", true},
		{"Europe/Amsterdam", "2027-03-28T03:00:00+02:00", "2027-03-28", false},
		{"Europe/Amsterdam", "2027-03-28T03:00:00+02:00", "2027-03-29", true},
		{"Europe/Amsterdam", "2026-10-25T02:30:00+02:00", "2026-10-25", false},
		{"Europe/Amsterdam", "2026-10-25T02:30:00+02:00", "2026-10-26", true},
		{"Europe/Amsterdam", "2026-10-25T02:30:00+01:00", "2026-10-25", false},
		{"Europe/Amsterdam", "2026-10-25T02:30:00+01:00", "2026-10-26", true},
		{"Pacific/Apia", "2011-12-29T23:59:59-10:00", "2011-12-30", true},
		{"Pacific/Apia", "2011-12-31T00:00:00+14:00", "2011-12-31", false},
		{"America/St_Johns", "2010-11-07T00:00:59-02:30", "2010-11-07", false},
		{"America/St_Johns", "2010-11-06T23:01:00-03:30", "2010-11-07", true},
		{"America/St_Johns", "2010-11-07T00:00:00-03:30", "2010-11-07", false},
	} {
		now := clock(t, e.zone, e.moment)
		s := leaders(t, e.zone, map[users.ID]string{"rosa": e.end, "sam": ""})
		_, _, err := admin.Apply(s, "rosa", now, admin.SendPasswordLink{User: "sam"})
		if (err == nil) != e.active {
			t.Errorf("%s, %s: somebody until %s is active: %v; %v", e.zone, e.moment, e.end, e.active, err)
		}
		_, _, err = admin.Apply(s, "sam", now, endOf("sam", "2099-01-01"))
		if code := firstOf(codesOf(err)); code != lastOne {
			t.Errorf("%s, %s: the one who stays for ever may end: %v", e.zone, e.moment, err)
		}
		request := policy.Request{Subject: "sam", Action: policy.UserView, Resource: policy.OfUser("rosa"), At: now}
		if d := s.Snapshot().Check(request); !d.Allowed() {
			t.Errorf("%s, %s: sam does not see rosa: %s", e.zone, e.moment, d.Code())
		}
	}
}

// clock is a moment as the office's clock shows it.
func clock(t testing.TB, zone, moment string) time.Time {
	t.Helper()
	now, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		t.Fatal(err)
	}
	if shown := now.In(zoneOf(zone)).Format(time.RFC3339); shown != moment {
		t.Fatalf("no clock of %s shows %s: it is %s there", zone, moment, shown)
	}
	return now
}

// plainDay is the day so many days on, counted without the library.
func plainDay(day string, days int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return d.AddDate(0, 0, days).Format(time.DateOnly)
}
