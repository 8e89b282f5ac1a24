package policy

import (
	"testing"
	"time"
)

// An end date begins when the day begins in the office, which is 23:00 UTC in
// November and 22:00 UTC in July.
func TestAnEndDateBeginsByTheOfficesClock(t *testing.T) {
	for day, midnight := range map[string]time.Time{
		"2026-11-22": time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC),
		"2026-07-01": time.Date(2026, 6, 30, 22, 0, 0, 0, time.UTC),
		"2026-03-30": time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC), // the clock went forward that day
	} {
		w := usual()
		ending("carla", day)(w)
		s := w.compile(t)
		for at, want := range map[time.Time]string{midnight.Add(-time.Second): "yes client", midnight: "no inactive_user"} {
			request := Request{Subject: "carla", Action: DocumentUpload, Resource: OfCompany("bakery"), At: at}
			if got := answer(DocumentUpload, s.Check(request)); got != want {
				t.Errorf("an end date of %s at %s: got %q, want %q", day, at, got, want)
			}
		}
	}
}
