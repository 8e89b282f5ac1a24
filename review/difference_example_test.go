package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// diffBooker is an office in which bob books the bakery and the garage, and may do
// nothing else that anybody notices.
func diffBooker(tb testing.TB) offices.Parts {
	tb.Helper()
	return offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: diffZone(tb, "Europe/Amsterdam"),
		Systems: []sync.System{
			{ID: "books", Name: "Books", SynchronisationUser: "anna", Users: []sync.User{
				{ID: "clerk", Name: "Clerk", Email: "a@example.com", Rank: 1, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll},
			}},
			{ID: "ledger", Name: "Ledger", SynchronisationUser: "anna"},
		},
		Companies: []companies.Company{{ID: "bakery", Name: "Bakery", System: "books"}, {ID: "garage", Name: "Garage", System: "books"}},
		Users: []users.User{
			{ID: "anna", Username: "anna", Email: "a@example.com", Used: true, EndDate: diffDay("2026-12-01")},
			{ID: "bob", Username: "bob", Email: "b@example.com", Roles: roles.SetOf(roles.SMEAccountant), Access: users.AccessTo("bakery", "garage"), Used: true},
		},
		Links: []sync.Link{{User: "bob", System: "books", AccountingUser: "clerk", Verified: true}},
	}
}

// Changes of what is neither the user's own nor the company's, and of what makes no
// difference although it changed.
func TestWhatOneChangeMakesOfAnOffice(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(p *offices.Parts)
		want   []string
	}{
		{"nothing", func(*offices.Parts) {}, nil},
		{"a name", func(p *offices.Parts) { p.Users[1].Name = "Bob" }, nil},
		{"the bank right of somebody whom nobody manages", func(p *offices.Parts) { p.Users[0].ChangeBankDetails = true }, nil},
		{"the account is no longer for the garage", func(p *offices.Parts) {
			p.Systems[0].Users[0].Reach = sync.ReachSome(users.AccessTo("bakery"))
		}, []string{"- bob document.book garage, 4 rights"}},
		{"the account is of another rank", func(p *offices.Parts) { p.Systems[0].Users[0].Rank = 7 }, nil},
		{"the link is no longer verified", func(p *offices.Parts) { p.Links[0].Verified = false }, []string{"- bob document.book bakery garage, 8 rights"}},
		{"the garage moves to another system", func(p *offices.Parts) { p.Companies[1].System = "ledger" }, []string{"- bob document.book garage, 4 rights"}},
		{"a connection is lost", func(p *offices.Parts) { p.Systems[0].Connection = sync.LoginSuccess }, nil},
		{"the bank right", func(p *offices.Parts) { p.Users[1].ChangeBankDetails = true }, []string{"+ bob document.change_bank_details bakery garage, 8 rights"}},
		{"the right to later companies", func(p *offices.Parts) { p.Users[1].LaterCompanies = true }, nil},
		{"the same time under another name", func(p *offices.Parts) { p.TimeZone = diffZone(t, "Europe/Brussels") }, nil},
		{"another time", func(p *offices.Parts) { p.TimeZone = diffZone(t, "America/New_York") }, []string{"anna ends on 2026-12-01 in another time zone."}},
		{"an end date", func(p *offices.Parts) { p.Users[1].EndDate = diffDay("2030-01-01") }, []string{"The end date of bob was none and is 2030-01-01."}},
		{"an end date on the last day that can be asked about", func(p *offices.Parts) { p.Users[1].EndDate = diffDay("9999-12-31") }, []string{"The end date of bob was none and is 9999-12-31."}},
	} {
		p := diffBooker(t)
		c.change(&p)
		got := diffLines(Compare(diffOpened(t, diffBooker(t)), diffOpened(t, p), diffNow))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func diffOpened(t *testing.T, p offices.Parts) admin.State {
	t.Helper()
	o, err := offices.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return admin.Open(o)
}

// diffLines is a difference, a line for each group of rights about companies.
func diffLines(d Difference) (lines []string) {
	for mark, set := range []Rights{d.Gained, d.Lost} {
		for _, g := range set.Groups() {
			text := fmt.Sprint("+-"[mark:mark+1], " ", g.Users[0], " ", g.Actions[0])
			for _, id := range g.Companies {
				text += " " + string(id)
			}
			lines = append(lines, fmt.Sprintf("%s, %d rights", text, len(slices.Collect(g.All()))))
		}
	}
	for _, e := range d.Ends {
		lines = append(lines, (Teller{}).End(e))
	}
	return lines
}

// A day that begins when nothing can be asked any more is never.
func TestAnEndBeyondAllMomentsIsNone(t *testing.T) {
	p := diffBooker(t)
	p.TimeZone = diffZone(t, "America/New_York")
	before := diffOpened(t, p)
	p.Users[1].EndDate = diffDay("9999-12-31")
	if d := Compare(before, diffOpened(t, p), diffNow); !d.IsEmpty() {
		t.Errorf("there is a difference: %q", diffLines(d))
	}
}

// What differs hangs on the moment: until the day before an end date nobody misses
// who ends, and on the day itself their rights are gone.
func TestADifferenceIsAtAMoment(t *testing.T) {
	p := diffBooker(t)
	p.Users[1].EndDate = diffDay("2026-12-01")
	before, after := diffOpened(t, diffBooker(t)), diffOpened(t, p)
	for day, want := range map[string]string{"2026-11-30": "The end date of bob was none", "2026-12-01": "- bob document"} {
		at := time.Unix(beginning(diffDay(day), p.TimeZone), 0)
		if got := strings.Join(diffLines(Compare(before, after, at)), "\n"); !strings.HasPrefix(got, want) {
			t.Errorf("on %s: %s", day, got)
		}
	}
}
