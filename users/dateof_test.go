package users_test

import (
	"testing"
	"time"

	"github.com/mandaat/mandaat/users"
)

func TestAMomentThatIsNoneFallsOnNoDay(t *testing.T) {
	for _, at := range []time.Time{
		{},
		time.Date(0, 12, 31, 12, 0, 0, 0, time.UTC),
		time.Date(10000, 1, 1, 12, 0, 0, 0, time.UTC),
		time.Date(-5000, 1, 1, 12, 0, 0, 0, time.UTC),
	} {
		if got := users.DateOf(at, time.UTC); !got.IsZero() {
			t.Errorf("%v falls on %v", at, got)
		}
	}
	leaver := users.User{EndDate: users.DateOf(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), time.UTC)}
	if leaver.ActiveOn(users.DateOf(time.Time{}, time.UTC)) {
		t.Error("a forgotten clock makes somebody who left active")
	}
}
