package policy

import (
	"time"

	"github.com/mandaat/mandaat/users"
)

// Subject is a user who asks, at a moment, found once for many questions. The
// zero Subject is nobody. It belongs to the snapshot that made it.
type Subject struct {
	snap *Snapshot // nil for nobody
	standing
	second int64 // the moment, since 1970
	place  int32
	inTime bool // the moment can be read
	quick  bool // it can, and nothing about the snapshot is odd: what is asked of it is looked up
	asker  asker
}

// nobody says that the subject is not a user of an office; no Subject is not, either.
func (s *Subject) nobody() bool { return s == nil || s.snap == nil }

// self is the user who asks; there must be one.
func (s *Subject) self() *user { return s.snap.userOf(s.place) }

// Subject finds who asks. Somebody unknown is denied everything.
func (s *Snapshot) Subject(id users.ID, at time.Time) (subject Subject) {
	if place := s.user(id); place != noPlace {
		subject.become(s, place, momentOf(at))
	}
	return subject
}

// moment is when something is asked.
type moment struct {
	second   int64      // since 1970
	readable bool       // it falls on a day that can be written; the zero Time does not
	day      users.Date // in the office; zero where it was not worked out
}

// The moments that fall on a day of the years 1 to 9999 wherever an office is, in
// seconds since 1970: a day is left out at either end.
const (
	firstMoment = -62135596800 + 86400
	lastMoment  = 253402300800 - 86400
)

func momentOf(at time.Time) moment {
	second := at.Unix()
	return moment{second: second, readable: second >= firstMoment && second < lastMoment}
}

// become makes the zero Subject the user at a place.
func (s *Subject) become(snap *Snapshot, place int32, m moment) {
	u := snap.userOf(place)
	s.snap, s.place, s.inTime, s.second = snap, place, m.readable, m.second
	s.standing = u.standing
	s.quick = s.inTime && !snap.odd
	if snap.active(&u.standing, m) {
		s.own |= uint16(Active)
	}
	s.asker = askerOf(s.own)
}

// Used says whether the user had logged in or acted in the office as compiled;
// false for nobody. Source: SETTINGS.
func (s *Subject) Used() bool { return s.used }
