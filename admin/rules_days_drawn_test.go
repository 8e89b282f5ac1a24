package admin_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Whatever the end dates, the moment and the zone: a command is refused for the last
// Super user exactly where counting day by day, from the office's today until a day
// after the last end date, finds a day that had an active one and would have none.
func TestTheLastSuperUserIsFoundAsByCountingDays(t *testing.T) {
	counts := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		l := drawLeaders(t)
		after := maps.Clone(l.ends)
		target := rapid.SampledFrom(l.names).Draw(t, "target")
		var c admin.Command
		switch rapid.IntRange(0, 3).Draw(t, "command") {
		case 0:
			day := l.drawEnd(t, "new end")
			c, after[target] = endOf(target, day), day
		case 1:
			c = admin.DeleteUser{User: target}
			delete(after, target)
		case 2:
			c = revoke(target, roles.SuperUser)
			delete(after, target)
		default:
			c = rolesOf(target, roles.Authoriser)
			delete(after, target)
		}
		who := rapid.SampledFrom(l.names).Draw(t, "who")
		want := l.wanted(who, after)
		counts[want]++
		_, _, err := admin.Apply(leaders(t, l.zone, l.ends), who, l.now, c)
		if got := firstOf(codesOf(err)); got != want || got == "" && err != nil {
			t.Fatalf("%s in %s, %v: %s does %s: got %q, want %q (%v)", l.now, l.zone, l.ends, who, asText(c), got, want, err)
		}
	})
	for _, want := range []string{"", lastOne, "inactive_user"} {
		if counts[want] == 0 {
			t.Errorf("nothing that was drawn was answered with %q: %v", want, counts)
		}
	}
}

// drawnLeaders is Super users at a moment.
type drawnLeaders struct {
	zone  string
	now   time.Time
	today string
	names []users.ID
	ends  map[users.ID]string
}

func drawLeaders(t *rapid.T) *drawnLeaders {
	l := &drawnLeaders{ends: map[users.ID]string{}}
	l.zone = rapid.SampledFrom([]string{
		"Europe/Amsterdam", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "UTC",
	}).Draw(t, "zone")
	// Around nights on which some clocks change, to the second.
	night := rapid.SampledFrom([]string{
		"2027-03-28T00:00:00Z", "2026-10-25T00:00:00Z", "2026-11-24T00:00:00Z", "2011-12-30T10:00:00Z", "2010-11-07T03:00:00Z",
	}).Draw(t, "night")
	start, err := time.Parse(time.RFC3339, night)
	if err != nil {
		t.Fatal(err)
	}
	l.now = start.Add(time.Duration(rapid.IntRange(-26*3600, 26*3600).Draw(t, "seconds from it")) * time.Second)
	if rapid.Bool().Draw(t, "at midnight or just before") {
		year, month, day := l.now.In(zoneOf(l.zone)).Date()
		l.now = time.Date(year, month, day, 0, 0, -rapid.IntRange(0, 1).Draw(t, "before"), 0, zoneOf(l.zone))
	}
	l.today = l.now.In(zoneOf(l.zone)).Format(time.DateOnly)
	for i := range rapid.IntRange(2, 4).Draw(t, "Super users") {
		id := users.ID(fmt.Sprint("s", i))
		l.names = append(l.names, id)
		l.ends[id] = l.drawEnd(t, "end of "+string(id))
	}
	return l
}

// drawEnd is an end date around today; often none.
func (l *drawnLeaders) drawEnd(t *rapid.T, what string) string {
	days := rapid.IntRange(-2, 7).Draw(t, what)
	if days == 7 {
		return ""
	}
	return plainDay(l.today, days)
}

// wanted is the answer, by counting days. Days are written so that they sort.
func (l *drawnLeaders) wanted(who users.ID, after map[users.ID]string) string {
	if end := l.ends[who]; end != "" && end <= l.today {
		return "inactive_user"
	}
	last := l.today
	for _, ends := range []map[users.ID]string{l.ends, after} {
		last = max(last, slices.Max(append(slices.Collect(maps.Values(ends)), "")))
	}
	for day := l.today; day <= plainDay(last, 1); day = plainDay(day, 1) {
		if anyActive(l.ends, day) && !anyActive(after, day) {
			return lastOne
		}
	}
	return ""
}

func anyActive(ends map[users.ID]string, day string) bool {
	for _, end := range ends {
		if end == "" || day < end {
			return true
		}
	}
	return false
}
