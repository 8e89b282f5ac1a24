package review

import (
	"iter"
	"slices"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Difference is what users may do in one office and not in another, at a moment
// and from then on. It is complete: what is not in it is decided alike in both, by
// every question, at that moment and later. It is empty if and only if no decision
// differs. The zero Difference is empty.
type Difference struct {
	// Gained is what is allowed in the office after and not in the one before, Lost
	// what was allowed before and is not after.
	Gained, Lost Rights
	// Ends is the users who stop being active at another moment: those who are active
	// in both offices now, and those who are in one only and have an end date there;
	// sorted by user.
	Ends []EndDifference
	// Access is the users whose access differs and whom somebody manages without
	// deciding about all of it: they can only leave it as it is; sorted by user.
	Access []AccessDifference
}

// EndDifference is how long a user stays active in either office.
type EndDifference struct {
	User          users.ID
	Before, After End
}

// End is how long somebody stays active. The zero End is that they are not.
type End struct {
	Active bool
	Date   users.Date // the first day on which they are not; zero for never
}

// AccessDifference is the companies that a user reaches only after, and those that
// they reached only before; both sorted.
type AccessDifference struct {
	User         users.ID
	Given, Taken []companies.ID
}

// IsEmpty says whether no decision differs.
func (d Difference) IsEmpty() bool {
	return d.Gained.Len() == 0 && d.Lost.Len() == 0 && len(d.Ends) == 0 && len(d.Access) == 0
}

// Compare finds the difference between two offices, at a moment. Where users are
// named it is only of what those may do, and of when they end. It costs what the
// offices hold; what they have in common is found once.
func Compare(before, after admin.State, at time.Time, of ...users.ID) Difference {
	c := newComparison(before, after, at)
	var d Difference
	d.Gained, d.Lost = c.compare(c.askersOf(of))
	d.Ends, d.Access = c.ends(c.askersOf(of)), c.access()
	return d
}

// RightsOf is everything that a user may do in an office at a moment: what they
// would gain, had there been nothing before. It is empty for somebody unknown or
// inactive. Of a target's companies it has those to decide about; the rest of the
// target's access is to be left as it is.
func RightsOf(s admin.State, user users.ID, at time.Time) Rights {
	c := newComparison(admin.State{}, s, at)
	rights, _ := c.compare(c.askersOf([]users.ID{user}))
	return rights
}

// compare is what these users gain and lose.
func (c *comparison) compare(askers iter.Seq[int]) (gained, lost Rights) {
	lost = Rights{book: c.rightBook, there: c.population(c.sides[0])}
	gained = Rights{book: c.rightBook, there: c.population(c.sides[1])}
	for u := range askers {
		gain, lose := newRightLedger(c.rightBook), newRightLedger(c.rightBook)
		change := rightChange{comparison: c, user: u, gain: gain, lose: lose}
		change.calm = change.isCalm()
		change.onOffice()
		change.onConnections()
		change.onCompanies()
		change.onTargets()
		gained, lost = gained.and(u, gain.pieces()), lost.and(u, lose.pieces())
	}
	return gained, lost
}

func (c *comparison) population(s *officeSide) *population {
	there := &population{companies: atPlaces(c.companies, s.known.places())}
	for _, id := range c.users {
		if _, ok := s.office.User(id); ok {
			there.users = append(there.users, id)
		}
	}
	return there
}

// rightChange is what one user gains and loses, as far as it was found.
type rightChange struct {
	*comparison
	user       int
	gain, lose *rightLedger
	calm       bool      // nothing changed of the user as one who manages others
	sharing    [2]bitset // the users they share a company with; nil where it makes no difference
}

// askersOf is the places of some users who can ask in either office; of everybody
// where nobody is named.
func (c *comparison) askersOf(some []users.ID) iter.Seq[int] {
	return func(yield func(int) bool) {
		for u, id := range c.users {
			asks := c.sides[0].askers[u].asks || c.sides[1].askers[u].asks
			if asks && (len(some) == 0 || slices.Contains(some, id)) && !yield(u) {
				return
			}
		}
	}
}

// ends is the users whose last day is another. Within one office, of what is
// allowed only that goes as days pass which a user who becomes inactive asked, or
// an assignment to them; so two offices that decide alike now do so later too, but
// for these.
func (c *comparison) ends(of iter.Seq[int]) (list []EndDifference) {
	for u := range of {
		id := c.users[u]
		before, after := c.sides[0].endOf(u, id), c.sides[1].endOf(u, id)
		if c.sides[0].endsAt(id, before) != c.sides[1].endsAt(id, after) {
			list = append(list, EndDifference{id, before, after})
		}
	}
	return list
}

func (s *officeSide) endOf(place int, id users.ID) End {
	if !s.askers[place].own.Has(policy.Active) {
		return End{}
	}
	u, _ := s.office.User(id)
	return End{true, u.EndDate}
}

// endsAt is the moment at which an end comes, in seconds since 1970; zero for never.
// Beyond the moments at which the policy can be asked, none comes.
func (s *officeSide) endsAt(id users.ID, e End) int64 {
	if e.Date.IsZero() {
		return 0
	}
	at := beginning(e.Date, s.office.TimeZone())
	r := policy.Request{Subject: id, Action: policy.UserView, Resource: policy.OfUser(id), At: time.Unix(at, 0)}
	if s.snapshot.Check(r).Code() == policy.BadTime {
		return 0
	}
	return at
}

// beginning is the first second of a day in a time zone, or of the first day after
// it where the zone leaves it out. Days are everywhere within 15 hours of Greenwich.
func beginning(day users.Date, zone *time.Location) int64 {
	noon, _ := time.Parse(time.DateOnly, day.String())
	low, high := noon.Add(-36*time.Hour).Unix(), noon.Add(36*time.Hour).Unix()
	for low < high {
		middle := low + (high-low)/2
		if users.DateOf(time.Unix(middle, 0), zone).Before(day) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// access is the users whose access differs where it matters, as rightChange.onTargets
// found.
func (c *comparison) access() (list []AccessDifference) {
	for t, matters := range c.kept {
		if matters == nil || matters.isEmpty() {
			continue
		}
		before, after := c.sides[0].reach[t], c.sides[1].reach[t]
		list = append(list, AccessDifference{
			c.users[t], c.namesOf(after.minus(before).both(matters)), c.namesOf(before.minus(after).both(matters)),
		})
	}
	return list
}

func (c *comparison) namesOf(set bitset) (list []companies.ID) {
	for _, at := range set.places() {
		list = append(list, c.companies[at])
	}
	return list
}
