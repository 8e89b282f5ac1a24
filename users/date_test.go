package users_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"
	_ "time/tzdata" // the zones, wherever the tests run

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

func day(t *testing.T, text string) users.Date {
	t.Helper()
	d, err := users.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// midnights goes by seconds, so that it reaches every day of the years 1 to 9999.
func midnights() *rapid.Generator[time.Time] {
	first := time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC) // the day before is no moment at midnight
	last := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	days := int((last.Unix() - first.Unix()) / 86400)
	return rapid.Map(rapid.IntRange(0, days), func(n int) time.Time { return first.AddDate(0, 0, n) })
}

func TestADateIsReadAsItIsPrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := midnights().Draw(t, "day")
		text := fmt.Sprintf("%04d-%02d-%02d", at.Year(), at.Month(), at.Day())
		d, err := users.ParseDate(text)
		if err != nil || d.IsZero() || d.String() != text || d != users.DateOf(at, time.UTC) {
			t.Fatalf("%s is read as %v, %v", text, d, err)
		}
	})
}

func TestOnlyAnExistingDaySpeltInFullIsADate(t *testing.T) {
	for text, want := range map[string]bool{
		"2027-01-31": true, "0001-01-01": true, "9999-12-31": true,
		"2024-02-29": true, "2000-02-29": true, // leap years
		"2026-02-29": false, "1900-02-29": false, "2100-02-29": false, // not leap years
		"2027-02-30": false, "2027-04-31": false, "2027-01-32": false,
		"2027-00-10": false, "2027-13-01": false, "2027-01-00": false, "0000-01-01": false,
		"": false, "none": false, "2027-01-31 ": false, " 2027-01-31": false, "2027-01-31\n": false,
		"2027-1-31": false, "2027-01-3": false, "27-01-31": false, "12027-01-31": false, "-001-01-01": false,
		"+027-01-31": false, "2027/01/31": false, "31-01-2027": false, "20270131": false,
		"2027-01-31T00:00:00Z": false, "２０２７-01-31": false,
	} {
		d, err := users.ParseDate(text)
		if (err == nil) != want || d.IsZero() == want {
			t.Errorf("%q is read as %v, %v; want a date: %v", text, d, err, want)
		}
		if err != nil && !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%q is refused with %v", text, err)
		}
	}
}

func TestARefusedDateSaysWhatWasExpected(t *testing.T) {
	_, err := users.ParseDate("31-01-2027")
	if want := `found "31-01-2027", expected a date such as 2027-01-31`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestDatesAreOrderedAsTimeIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := midnights().Draw(t, "a"), midnights().Draw(t, "b")
		if rapid.Bool().Draw(t, "next to each other") && a.Year() < 9999 {
			b = a.AddDate(0, 0, rapid.IntRange(-1, 1).Draw(t, "apart"))
		}
		if b.Year() < 1 {
			b = a
		}
		dayA, dayB := users.DateOf(a, time.UTC), users.DateOf(b, time.UTC)
		if dayA.Before(dayB) != a.Before(b) || (dayA == dayB) != a.Equal(b) {
			t.Fatalf("%v before %v: %v, equal: %v", dayA, dayB, dayA.Before(dayB), dayA == dayB)
		}
	})
}

func TestNoDayComesBeforeEveryDay(t *testing.T) {
	var none users.Date
	first := day(t, "0001-01-01")
	if !none.Before(first) || first.Before(none) || none.Before(users.Date{}) {
		t.Error("no day does not come before the first day")
	}
	if !none.IsZero() || none.String() != "none" || first.IsZero() {
		t.Errorf("no day prints %q", none)
	}
}

func TestADateIsWrittenAndNoDayIsWrittenAsNothing(t *testing.T) {
	for text, d := range map[string]users.Date{`"2027-01-31"`: day(t, "2027-01-31"), `""`: {}} {
		read := day(t, "2020-05-05")
		written, err := json.Marshal(d)
		if err != nil || string(written) != text {
			t.Errorf("%v is written %s, %v", d, written, err)
		}
		if err := json.Unmarshal(written, &read); read != d || err != nil {
			t.Errorf("%s is read back as %v, %v", written, read, err)
		}
	}
	kept := day(t, "2020-05-05")
	if err := kept.UnmarshalText([]byte("2027-13-01")); err == nil || kept != day(t, "2020-05-05") {
		t.Errorf("a wrong date gave %v, %v", kept, err)
	}
}

func TestADayBeginsAndEndsWithTheOfficesClock(t *testing.T) {
	for _, c := range []struct {
		name, zone, instant, want string
	}{
		{"the second before midnight in winter", "Europe/Amsterdam", "2026-01-31T22:59:59Z", "2026-01-31"},
		{"midnight in winter", "Europe/Amsterdam", "2026-01-31T23:00:00Z", "2026-02-01"},
		{"the second before midnight in summer", "Europe/Amsterdam", "2026-07-31T21:59:59Z", "2026-07-31"},
		{"midnight in summer", "Europe/Amsterdam", "2026-07-31T22:00:00Z", "2026-08-01"},
		{"the second before the day of 23 hours", "Europe/Amsterdam", "2026-03-28T22:59:59Z", "2026-03-28"},
		{"the day of 23 hours begins", "Europe/Amsterdam", "2026-03-28T23:00:00Z", "2026-03-29"},
		{"the second before the clock goes forward", "Europe/Amsterdam", "2026-03-29T00:59:59Z", "2026-03-29"},
		{"the clock goes forward", "Europe/Amsterdam", "2026-03-29T01:00:00Z", "2026-03-29"},
		{"the last second of the day of 23 hours", "Europe/Amsterdam", "2026-03-29T21:59:59Z", "2026-03-29"},
		{"the day after it", "Europe/Amsterdam", "2026-03-29T22:00:00Z", "2026-03-30"},
		{"the second before the day of 25 hours", "Europe/Amsterdam", "2026-10-24T21:59:59Z", "2026-10-24"},
		{"the day of 25 hours begins", "Europe/Amsterdam", "2026-10-24T22:00:00Z", "2026-10-25"},
		{"the hour that comes twice", "Europe/Amsterdam", "2026-10-25T01:30:00Z", "2026-10-25"},
		{"what would be midnight in summer", "Europe/Amsterdam", "2026-10-25T22:00:00Z", "2026-10-25"},
		{"the last second of the day of 25 hours", "Europe/Amsterdam", "2026-10-25T22:59:59Z", "2026-10-25"},
		{"the day after that", "Europe/Amsterdam", "2026-10-25T23:00:00Z", "2026-10-26"},
		{"new year in Amsterdam", "Europe/Amsterdam", "2026-12-31T23:00:00Z", "2027-01-01"},
		{"the same moment in London", "Europe/London", "2026-12-31T23:00:00Z", "2026-12-31"},
		{"the same moment on Curacao", "America/Curacao", "2026-12-31T23:00:00Z", "2026-12-31"},
		{"the same moment on Kiritimati", "Pacific/Kiritimati", "2026-12-31T23:00:00Z", "2027-01-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, c.instant)
			if err != nil {
				t.Fatal(err)
			}
			if got := users.DateOf(at, zone(t, c.zone)); got != day(t, c.want) {
				t.Errorf("%s in %s falls on %v, want %s", c.instant, c.zone, got, c.want)
			}
		})
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// The zone a moment is told in is of no account; only the office's is.
func TestADayDoesNotDependOnTheZoneAMomentIsToldIn(t *testing.T) {
	office := zone(t, "Europe/Amsterdam")
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "seconds"), 0)
		told := at.In(time.FixedZone("", rapid.IntRange(-14*3600, 14*3600).Draw(t, "zone")))
		if a, b := users.DateOf(at.UTC(), office), users.DateOf(told, office); a != b {
			t.Fatalf("%v falls on %v or %v", at, a, b)
		}
	})
}
