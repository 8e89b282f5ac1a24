package users

import (
	"time"

	"github.com/mandaat/mandaat/problems"
)

// How long a password link stays valid.
const (
	PasswordLinkMinutes      = 30 * time.Minute // TIPS, the newest wording: the default
	PasswordLinkOlder        = 24 * time.Hour   // ADD, the older wording: still a setting
	shortestPasswordLink     = time.Minute
	expectedPasswordLinkSpan = "a whole number of minutes from 1 to 1440"
)

// CheckPasswordLinkLength says whether an office may have its links valid for
// d: whole minutes, at least one, at most the older wording's day.
func CheckPasswordLinkLength(d time.Duration) error {
	if d < shortestPasswordLink || d > PasswordLinkOlder || d%time.Minute != 0 {
		return &problems.Problem{Found: d.String(), Expected: expectedPasswordLinkSpan}
	}
	return nil
}

// PasswordLink is that a link to choose a password was sent. It goes to the
// registered address and carries neither office code nor username. The zero
// PasswordLink was never sent and is never valid. Source: TIPS, ADD.
type PasswordLink struct {
	User    ID
	Address string        // the address as it was registered when the link was sent
	Sent    time.Time     // the moment of sending
	Length  time.Duration // how long it is valid from then
}

// SendPasswordLink is a new link for a user, to their registered address.
func SendPasswordLink(u User, at time.Time, length time.Duration) PasswordLink {
	return PasswordLink{User: u.ID, Address: u.Email, Sent: at, Length: length}
}

// ValidAt says whether the link can be used at a moment: from its sending up to
// but not including the end of its length. At exactly 30 minutes, a link of 30
// minutes has expired.
func (l PasswordLink) ValidAt(at time.Time) bool {
	return !l.Sent.IsZero() && !at.Before(l.Sent) && at.Sub(l.Sent) < l.Length
}

// Renew is the link that replaces this one at its user's own request: of the same
// length, valid from the moment of asking, to the address registered by then. For
// anyone but the link's own user it is the zero PasswordLink.
func (l PasswordLink) Renew(u User, at time.Time) PasswordLink {
	if u.ID != l.User {
		return PasswordLink{}
	}
	return SendPasswordLink(u, at, l.Length)
}

// Check returns every problem of the link's own fields, joined, or nil.
func (l PasswordLink) Check() error {
	var list problems.List
	if !Address(l.Address) {
		list.Add("address", problems.Quote(l.Address), ExpectedAddress)
	}
	if year := l.Sent.Year(); l.Sent.IsZero() || year < 1 || year > 9999 {
		list.Add("sent", l.Sent.String(), "a moment of the years 1 to 9999")
	}
	list.AddAt("minutes", CheckPasswordLinkLength(l.Length))
	return list.Err()
}
