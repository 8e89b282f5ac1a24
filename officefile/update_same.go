package officefile

import (
	"iter"
	"reflect"
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// sameOffice says whether two offices are made of the same. Zones are the same
// where their names are, and moments where they are one moment.
func sameOffice(a, b offices.Office) bool {
	return a.Code() == b.Code() && a.Name() == b.Name() && a.Version() == b.Version() &&
		a.TimeZone().String() == b.TimeZone().String() && a.PasswordLinkLength() == b.PasswordLinkLength() &&
		each(a.Companies(), b.Companies(), func(x, y companies.Company) bool { return x == y }) &&
		each(a.DeletedUsers(), b.DeletedUsers(), func(x, y users.Deleted) bool { return x == y }) &&
		each(a.SettingKinds(), b.SettingKinds(), sameKind) &&
		each(a.Systems(), b.Systems(), sameSystem) &&
		sameSettings(a, b) && sameUsers(a, b)
}

// each says whether two sequences are as long, and each of one is the same as each
// of the other.
func each[V any](a, b iter.Seq[V], same func(a, b V) bool) bool {
	next, stop := iter.Pull(b)
	defer stop()
	for x := range a {
		if y, ok := next(); !ok || !same(x, y) {
			return false
		}
	}
	_, more := next()
	return !more
}

func sameKind(a, b companies.SettingKind) bool {
	return a.Code == b.Code && a.Mandatory == b.Mandatory && slices.Equal(a.Values, b.Values)
}

func sameSystem(a, b sync.System) bool {
	was, is := a.Users, b.Users
	a.Users, b.Users = nil, nil
	return reflect.DeepEqual(a, b) && slices.EqualFunc(was, is, sync.User.Equal)
}

func sameSettings(a, b offices.Office) bool {
	for c := range a.Companies() {
		if !each(a.Settings(c.ID), b.Settings(c.ID), func(x, y companies.Setting) bool { return x == y }) {
			return false
		}
	}
	return true
}

// sameUsers compares users with their links. Many may share one access, so that
// the last that was the same is not gone through again.
func sameUsers(a, b offices.Office) bool {
	var was, is users.Access
	return each(a.Users(), b.Users(), func(x, y users.User) bool {
		shared := x.Access.Equal(was) && y.Access.Equal(is)
		if !shared && !x.Access.Equal(y.Access) {
			return false
		}
		if x.Access.Len() > was.Len() {
			was, is = x.Access, y.Access
		}
		x.Access, y.Access = users.Access{}, users.Access{}
		return reflect.DeepEqual(x, y) && samePasswordLink(a, b, x.ID) &&
			each(a.Links(x.ID), b.Links(x.ID), func(x, y sync.Link) bool { return x == y })
	})
}

func samePasswordLink(a, b offices.Office, id users.ID) bool {
	x, one := a.PasswordLinkOf(id)
	y, other := b.PasswordLinkOf(id)
	same := x.Sent.Equal(y.Sent)
	x.Sent, y.Sent = time.Time{}, time.Time{}
	return one == other && same && x == y
}
