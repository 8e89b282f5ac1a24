package policytest

import (
	"math/bits"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Names are few, so that whoever is drawn keeps meeting whatever is drawn. Offices
// take them from the front, so that a failure in a small one reads well; the last
// ones are such as programs stumble over.
var (
	people      = []users.ID{"anna", "bob", "carla", "dirk", "eva", "finn", "gina", "o'hara"}
	newcomers   = []users.ID{"ivo", "jan", "kim", "lea", "mia", "nico", "olga", "piet", "ravi", "søren"}
	gone        = []users.ID{"tom", "una"}
	firms       = []companies.ID{"bakery", "garage", "florist", "forge", "köln & zn"}
	newFirms    = []companies.ID{"hotel", "inn", "joiner", "kiosk", "l'école"}
	systems     = []companies.SystemID{"exact", "twinfield", "afas"}
	newSystems  = []companies.SystemID{"minox", "yuki", "reeleezee"}
	accounts    = []sync.UserID{"head", "clerk", "temp", "robot@there"}
	newAccounts = []sync.UserID{"fresh", "late", "other@there"}
	papers      = []documents.ID{"inv-1", "inv-2", "inv-3", "inv-4"}
	newPapers   = []documents.ID{"inv-5", "inv-6", "inv-7", "inv/8?"}
)

// Nobody has these names, and nothing.
const (
	noUser    users.ID           = "nobody"
	noCompany companies.ID       = "nowhere"
	noSystem  companies.SystemID = "no-system"
	noAccount sync.UserID        = "no-account"
)

// usualRoles is sets that offices give, each of them valid. Most users are clients.
var usualRoles = []roles.Set{
	roles.SetOf(roles.ClientUser),
	roles.SetOf(roles.ClientUser),
	roles.SetOf(roles.Accountant),
	roles.SetOf(roles.SuperUser),
	roles.SetOf(roles.Authoriser),
	roles.SetOf(roles.Authoriser),
	roles.SetOf(roles.SMEAccountant),
	roles.SetOf(roles.RestrictedClientUser),
	roles.SetOf(roles.RestrictedClientUser),
	roles.SetOf(roles.AuthorisationAdministrator),
	roles.SetOf(roles.Accountant, roles.ClientUser),
	roles.SetOf(roles.SMEAccountant, roles.ClientUser),
	roles.SetOf(roles.SMEAccountant, roles.Authoriser),
	roles.SetOf(roles.SMEAccountant, roles.Authoriser),
	roles.SetOf(roles.SuperUser, roles.AuthorisationAdministrator),
	roles.SetOf(roles.RestrictedClientUser, roles.Authoriser),
	roles.SetOf(roles.Accountant, roles.AuthorisationAdministrator),
}

// artist draws, for an office at a moment.
type artist struct{ *rapid.T }

var coin = rapid.Bool()

// coin draws true half of the time.
func (a artist) coin(label string) bool { return coin.Draw(a.T, label) }

// oneIn draws true about once in n times; what is rare is not what failures shrink to.
func (a artist) oneIn(n int, label string) bool {
	return rapid.IntRange(1, n).Draw(a.T, label) == n
}

// upTo draws a number, the small ones a little more often.
func (a artist) upTo(least, most int, label string) int {
	return rapid.IntRange(least, most).Draw(a.T, label)
}

// evenly draws a place in a long list, each about as often as any other, which rapid's
// own numbers are not.
func (a artist) evenly(n int, label string) (i int) {
	tosses := bits.Len(uint(n)) + 3
	for range tosses {
		i <<= 1
		if a.coin(label) {
			i++
		}
	}
	return i * n >> tosses
}

// among draws one of a list, or what stands for none where it is empty.
func among[T any](a artist, label string, none T, from []T) T {
	if len(from) == 0 {
		return none
	}
	return rapid.SampledFrom(from).Draw(a.T, label)
}

// one draws one of those that are given.
func one[T any](a artist, label string, from ...T) T { return rapid.SampledFrom(from).Draw(a.T, label) }

// many draws a list of so many, of which failures shrink one by one.
func many[T any](a artist, label string, least, most int, each func(a artist) T) []T {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) T { return each(artist{t}) }), least, most).Draw(a.T, label)
}

// partOf draws a part of a list, in its order.
func partOf[T any](a artist, label string, from []T) (part []T) {
	for _, v := range from {
		if a.coin(label) {
			part = append(part, v)
		}
	}
	return part
}

// roles draws any set of roles: mostly one that offices give, sometimes none, and
// sometimes one that should not be stored.
func (a artist) roles(label string) roles.Set {
	switch a.upTo(0, 7, label+" how") {
	case 4, 5:
		return roles.SetOf(one(a, label, roles.All()...), one(a, label, roles.All()...), one(a, label, roles.All()...))
	case 6:
		return 0
	case 7:
		return roles.SetOf(partOf(a, label, roles.All())...)
	}
	return usualRoles[a.evenly(len(usualRoles), label)]
}

// day draws a day around the office's day at a moment, and sometimes one far ahead.
func (a artist) day(at time.Time, z *time.Location, label string) users.Date {
	return users.DateOf(at.In(z).AddDate(0, 0, one(a, label, 30, 0, 1, 2, -1, -30, 1800)), z)
}

// access draws access to some companies, or to every one of them. It draws the same
// however many there are, so that one can be left out of an office without changing
// the rest of it.
func (a artist) access(of []companies.ID, label string) users.Access {
	some := a.coin(label + " to some")
	part := partOf(a, label, firms)
	return users.AccessTo(slices.DeleteFunc(slices.Clone(of), func(id companies.ID) bool {
		i := slices.Index(firms, id)
		return some && !slices.Contains(part, firms[max(i, 0)])
	})...)
}
