package users

import (
	"fmt"
	"time"

	"github.com/mandaat/mandaat/problems"
)

// Date is a calendar day as the office lives it, without a time of day or a
// zone. The zero Date is no day at all: an end date that was never set. Dates
// compare with == and order with Before.
type Date struct{ packed int32 } // year<<9 | month<<5 | day, so that later is larger

// DateOf is the day that t falls on in the office's time zone. A moment that was
// never set, or lies outside the years 1 to 9999, falls on no day.
func DateOf(t time.Time, zone *time.Location) Date {
	year, month, day := t.In(zone).Date()
	if t.IsZero() || year < 1 || year > 9999 {
		return Date{}
	}
	return pack(year, month, day)
}

func pack(year int, month time.Month, day int) Date {
	return Date{int32(year)<<9 | int32(month)<<5 | int32(day)} //nolint:gosec // years 1 to 9999 fit
}

// ParseDate reads "2027-01-31": an existing day of the years 1 to 9999. Anything
// else is a *problems.Problem.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, &problems.Problem{Found: problems.Quote(s), Expected: "a date such as 2027-01-31"}
	}
	return pack(t.Date()), nil
}

// IsZero says whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Before says whether d comes before other. No day comes before every day.
func (d Date) Before(other Date) bool { return d.packed < other.packed }

// String is the day as "2027-01-31", or "none".
func (d Date) String() string {
	if d.IsZero() {
		return "none"
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.packed>>9, d.packed>>5&0xF, d.packed&0x1F)
}

// MarshalText writes "2027-01-31", and nothing for no day.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}
