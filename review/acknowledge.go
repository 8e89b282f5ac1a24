package review

import (
	"slices"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// Acknowledgement is that an office knows of a finding and accepts it for a while.
// It is reported all the same, and does not count. The zero Acknowledgement
// acknowledges nothing.
type Acknowledgement struct {
	// Finding is the id of the rule.
	Finding string
	// User, Users and Company are those that the finding names. The order of Users,
	// and who is in it twice, mean nothing.
	User    users.ID
	Users   []users.ID
	Company companies.ID
	// Reason is why it is accepted. One without a reason counts as expired.
	Reason string
	// Until is the last day on which it is accepted; on no day is none.
	Until users.Date
}

// Acknowledge notes with each finding the acknowledgement that meets it on a day, and
// returns those that meet none, in their order. An acknowledgement meets every finding
// of its rule about the same user, set of users and company, in whatever system or
// document; of O2 it may leave out the user. One that has expired meets its finding
// and changes nothing. Of several, the one that lasts longest counts, and of those
// alike the first. What was noted with a finding before is forgotten.
func Acknowledge(findings []Finding, list []Acknowledgement, day users.Date) (unmet []Acknowledgement) {
	best := make(map[meeting]*Acknowledgement)
	for i := range list {
		key := list[i].meets()
		if a, known := best[key]; list[i].on(day) && (!known || a.Until.Before(list[i].Until)) {
			best[key] = list[i].copied()
		}
	}
	met := make(map[meeting]bool)
	for i := range findings {
		f := &findings[i]
		f.Acknowledged = nil
		for _, key := range meetingsOf(f) {
			met[key] = true
			if a := best[key]; f.Acknowledged == nil || a != nil && f.Acknowledged.Until.Before(a.Until) {
				f.Acknowledged = a
			}
		}
	}
	for _, a := range list {
		if !met[a.meets()] {
			unmet = append(unmet, a)
		}
	}
	return unmet
}

// on says whether the acknowledgement counts on a day.
func (a *Acknowledgement) on(day users.Date) bool {
	return !day.IsZero() && !a.Until.Before(day) && !documents.Blank(a.Reason)
}

func (a *Acknowledgement) copied() *Acknowledgement {
	own := *a
	own.Users = slices.Clone(a.Users)
	return &own
}

// meeting is what an acknowledgement and a finding have in common.
type meeting struct {
	rule    string
	user    users.ID
	company companies.ID
	users   string
}

func (a *Acknowledgement) meets() meeting {
	return meeting{a.Finding, a.User, a.Company, setOf(a.Users)}
}

// meetingsOf is what an acknowledgement of the finding may name. O2 is about the
// office, and there is one Super user at a time whom it can be about.
func meetingsOf(f *Finding) []meeting {
	named := meeting{f.ID, f.User, f.Company, setOf(f.Users)}
	if f.ID == findingRules[o2].ID {
		return []meeting{named, {rule: f.ID}}
	}
	return []meeting{named}
}

// setOf is a set of users as one text: no id has a control character.
func setOf(list []users.ID) string {
	if len(list) == 0 {
		return ""
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(list)))
	var b strings.Builder
	for _, id := range sorted {
		b.WriteString(string(id))
		b.WriteByte(0)
	}
	return b.String()
}
