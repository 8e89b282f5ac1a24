package users_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

const anID = "an identifier: 1 to 128 bytes of valid UTF-8 without control characters"

func TestAUserIDIsTakenAsItStandsOrRefused(t *testing.T) {
	for id, want := range map[string]bool{
		"bob": true, " Bob ": true, strings.Repeat("a", 128): true,
		"": false, strings.Repeat("a", 129): false, "bob\n": false, "bob\xff": false,
	} {
		got, err := users.ParseID(id)
		if (err == nil) != want || want && string(got) != id || !want && got != "" {
			t.Errorf("%q is taken as %q, %v", id, got, err)
		}
	}
}

func TestAUserIsInactiveFromTheEndDateOn(t *testing.T) {
	for _, c := range []struct {
		name, end, on string
		want          bool
	}{
		{"no end date", "", "2026-03-02", true},
		{"the day before the end date", "2026-03-03", "2026-03-02", true},
		{"on the end date", "2026-03-02", "2026-03-02", false},
		{"the day after the end date", "2026-03-01", "2026-03-02", false},
		{"the last day of the month before", "2026-04-01", "2026-03-31", true},
		{"the last day of the year before", "2027-01-01", "2026-12-31", true},
		{"a year after the end date", "2026-12-31", "2027-01-01", false},
		{"on no day, without an end date", "", "", false},
		{"on no day, before an end date", "2026-03-02", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := bob()
			u.EndDate = dayOrNone(t, c.end)
			if got := u.ActiveOn(dayOrNone(t, c.on)); got != c.want {
				t.Errorf("active: %v, want %v", got, c.want)
			}
		})
	}
}

func dayOrNone(t *testing.T, text string) users.Date {
	t.Helper()
	if text == "" {
		return users.Date{}
	}
	return day(t, text)
}

// Whoever was inactive once stays so, as long as nobody changes the end date.
func TestAUserNeverBecomesActiveAgainByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) users.Date { return users.DateOf(midnights().Draw(t, name), sent.Location()) }
		u, one, other := bob(), draw("one day"), draw("another")
		if u.EndDate = draw("end date"); other.Before(one) {
			one, other = other, one
		}
		if !u.ActiveOn(one) && u.ActiveOn(other) {
			t.Fatalf("with end date %v inactive on %v, active on %v", u.EndDate, one, other)
		}
	})
}

func TestAUserIsCheckedFieldByField(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*users.User)
		want   []*problems.Problem
	}{
		{"a whole user", func(*users.User) {}, nil},
		{"unsound roles are a finding, not a mistake", func(u *users.User) { u.Roles = roles.SetOf() }, nil},
		{"the whole archive", func(u *users.User) { u.Archive = users.AllDocuments }, nil},
		{"no id", func(u *users.User) { u.ID = "" }, []*problems.Problem{{Path: "id", Found: `""`, Expected: anID}}},
		{"no username", func(u *users.User) { u.Username = "" }, []*problems.Problem{{Path: "username", Found: `""`, Expected: anID}}},
		{
			"a username of two lines", func(u *users.User) { u.Username = "bo\nb" },
			[]*problems.Problem{{Path: "username", Found: `"bo\nb"`, Expected: anID}},
		},
		{
			"no address", func(u *users.User) { u.Email = "" },
			[]*problems.Problem{{Path: "email", Found: `""`, Expected: "an address such as name@example.com"}},
		},
		{
			"an archive right that does not exist", func(u *users.User) { u.Archive = 2 },
			[]*problems.Problem{{Path: "archive", Found: "ArchiveRight(2)", Expected: "one of by_role, all"}},
		},
		{
			"everything wrong at once", func(u *users.User) { *u = users.User{Archive: 9} },
			[]*problems.Problem{
				{Path: "id", Found: `""`, Expected: anID},
				{Path: "username", Found: `""`, Expected: anID},
				{Path: "email", Found: `""`, Expected: "an address such as name@example.com"},
				{Path: "archive", Found: "ArchiveRight(9)", Expected: "one of by_role, all"},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := bob()
			c.change(&u)
			if diff := cmp.Diff(c.want, problems.All(u.Check())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnAddressHasSomethingOnEitherSideOfItsAtSign(t *testing.T) {
	for address, want := range map[string]bool{
		"a@b": true, "bob@example.com": true, "bob+books@example.com": true, `"b@b"@example.com`: true,
		"": false, "bob": false, "@": false, "@example.com": false, "bob@": false, "b@b@": false,
		"bob @example.com": false, " bob@example.com": false, "bob@example.com ": false,
		"bob@example.com\n": false, "bob@exam\tple.com": false, "bob@\xff": false,
		strings.Repeat("a", 1022) + "@b": true, strings.Repeat("a", 1023) + "@b": false,
	} {
		if got := users.Address(address); got != want {
			t.Errorf("%s is an address: %v, want %v", problems.Quote(address), got, want)
		}
	}
}

func TestADeletedUserKeepsAnIDAndAUsername(t *testing.T) {
	if err := (users.Deleted{ID: "bob", Username: "bob"}).Check(); err != nil {
		t.Error(err)
	}
	want := []*problems.Problem{
		{Path: "id", Found: `"\x00"`, Expected: anID},
		{Path: "username", Found: `""`, Expected: anID},
	}
	if diff := cmp.Diff(want, problems.All(users.Deleted{ID: "\x00"}.Check())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheArchiveRightIsReadAndPrinted(t *testing.T) {
	for right, code := range map[users.ArchiveRight]string{users.ByRole: "by_role", users.AllDocuments: "all"} {
		parsed, err := users.ParseArchiveRight(code)
		if parsed != right || err != nil || right.String() != code {
			t.Errorf("%q is read as %v, %v", code, parsed, err)
		}
		read := users.AllDocuments - right // the other one
		text, err := json.Marshal(right)
		if err != nil || string(text) != `"`+code+`"` {
			t.Errorf("%v is written %s, %v", right, text, err)
		}
		if err := json.Unmarshal(text, &read); read != right || err != nil {
			t.Errorf("%s is read back as %v, %v", text, read, err)
		}
	}
	if zero := (users.User{}).Archive; zero != users.ByRole {
		t.Errorf("a user has the archive right %v by default", zero)
	}
}

func TestNoOtherArchiveRightIsReadOrWritten(t *testing.T) {
	for _, text := range []string{"", "By_role", "ALL", "all ", "none", "by role", "ArchiveRight(1)"} {
		right := users.AllDocuments
		if got, err := users.ParseArchiveRight(text); got != users.ByRole || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
		if err := right.UnmarshalText([]byte(text)); err == nil || right != users.AllDocuments {
			t.Errorf("%q is read as %v, %v", text, right, err)
		}
	}
	unknown := users.ArchiveRight(2)
	if text, err := unknown.MarshalText(); err == nil || problems.All(err)[0].Found != unknown.String() {
		t.Errorf("%v is written %q, %v", unknown, text, err)
	}
}

func TestNobodyChoseTheOfficeOrACompanyPaysAreThreeChoices(t *testing.T) {
	for _, c := range []struct {
		name    string
		billTo  users.BillTo
		chosen  bool
		company string
		printed string
	}{
		{"nobody chose", users.BillTo{}, false, "", "office"},
		{"the office was chosen", users.BillToOffice, true, "", "office"},
		{"a company was chosen", users.BillToCompany("garage"), true, "garage", "garage"},
		{"the empty company is the office", users.BillToCompany(""), true, "", "office"},
	} {
		t.Run(c.name, func(t *testing.T) {
			company, ok := c.billTo.Company()
			if c.billTo.Chosen() != c.chosen || string(company) != c.company || ok != (c.company != "") {
				t.Errorf("chosen: %v, company %q, %v", c.billTo.Chosen(), company, ok)
			}
			if got := c.billTo.String(); got != c.printed {
				t.Errorf("prints %q, want %q", got, c.printed)
			}
		})
	}
	if (users.BillTo{}) == users.BillToOffice || users.BillToOffice == users.BillToCompany("garage") ||
		users.BillToCompany("garage") == users.BillToCompany("bakery") {
		t.Error("two of the choices are the same")
	}
}

func TestDetailsMayBeEmptyButNotMalformed(t *testing.T) {
	u := bob()
	u.Name, u.Language = "Bob Smit", "nl"
	if err := u.Check(); err != nil {
		t.Error(err)
	}
	u.Name, u.Language = "Bob\nSmit", "n\x00l"
	var paths []string
	for _, p := range problems.All(u.Check()) {
		paths = append(paths, p.Path)
	}
	if !slices.Equal(paths, []string{"name", "language"}) {
		t.Errorf("problems at %v", paths)
	}
}
