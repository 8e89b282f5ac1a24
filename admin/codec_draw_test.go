package admin_test

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// maker makes values of commands and events: valid ones, or where it is told to,
// sometimes such as cannot be.
type maker struct {
	*rapid.T
	spoilt bool
}

var (
	validTexts = []string{
		"anna", "é", "a b", `"quoted" \ and /`, "<&>\u2028", "😀", "\u00ad", "office", "all", "null", "A", " ",
		strings.Repeat("x", 128), strings.Repeat("é", 64),
	}
	wrongTexts   = []string{"", "a\nb", "\x00", "\u007f", "\u0085", "\xff", "a\xc3", "\xed\xa0\x80", strings.Repeat("x", 129)}
	validMoments = []time.Time{
		noon, noon.Add(1), time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
		time.Date(2026, 10, 25, 1, 30, 0, 120_000_000, time.UTC),
	}
	wrongMoments = []time.Time{{}, time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}
	validDays    = []string{"2027-01-31", "2024-02-29", "0001-01-01", "9999-12-31"}
)

// one draws a valid value, or now and then one that cannot be.
func one[T any](m maker, label string, valid, wrong []T) T {
	if m.spoilt && oneIn(m.T, "spoilt "+label, 12) {
		return among(m.T, label, wrong)
	}
	return among(m.T, label, valid)
}

func ident[T ~string](m maker) T { return T(one(m, "id", validTexts, wrongTexts)) }

// text draws a name, of which more bytes are allowed.
func (m maker) text() string {
	return one(m, "text", append(validTexts, strings.Repeat("x", 1024)), append(wrongTexts[:8:8], strings.Repeat("x", 1025)))
}

// cleared draws a name or nothing.
func (m maker) cleared() string {
	if m.flag() {
		return ""
	}
	return one(m, "text", validTexts, wrongTexts[1:8])
}

func (m maker) address() string {
	return one(m, "address", []string{"a@b", "anna@example.com", "é@😀", "a@b@c"}, []string{"", "a@", "@b", "ab", "a b@c", "a@b\n", "\xff@b"})
}

func (m maker) flag() bool { return rapid.Bool().Draw(m.T, "flag") }

func (m maker) roles() roles.Set {
	wrong := []roles.Set{128, 255}
	return one(m, "roles", []roles.Set{0, 1, 64, 127, roles.Set(rapid.IntRange(0, 127).Draw(m.T, "any roles"))}, wrong) //nolint:gosec // seven bits
}

func (m maker) role() roles.Role { return one(m, "role", roles.All(), []roles.Role{0, 8, 255}) }

func (m maker) minutes() int { return one(m, "minutes", []int{1, 30, 1440}, []int{0, -1, 1441}) }

func (m maker) moment() time.Time { return one(m, "moment", validMoments, wrongMoments) }

func (m maker) day() (d users.Date) {
	if !m.flag() {
		d, _ = users.ParseDate(among(m.T, "day", validDays)) // the zero day is no end
	}
	return d
}

func (m maker) archive() users.ArchiveRight {
	return one(m, "archive", []users.ArchiveRight{users.ByRole, users.AllDocuments}, []users.ArchiveRight{2, 255})
}

func (m maker) connection() sync.Connection {
	return one(m, "connection", []sync.Connection{sync.Disconnected, sync.LoginSuccess}, []sync.Connection{2, 255})
}

func (m maker) billTo() users.BillTo {
	valid := []users.BillTo{users.BillToOffice, users.BillToCompany("garage"), users.BillToCompany("é 😀")}
	return one(m, "bill to", valid, []users.BillTo{{}, users.BillToCompany("office"), users.BillToCompany("a\nb")})
}

func (m maker) version() uint64 {
	return one(m, "version", []uint64{1, 2, 1<<63 - 1}, []uint64{1 << 63, 1<<64 - 1})
}

func (m maker) account() admin.Account {
	a := admin.Account{
		ID: ident[sync.UserID](m), Name: m.text(), Email: m.address(), Rank: one(m, "rank", []int{1, 7, 1<<31 - 1}, []int{0, -1, 1 << 31}),
		CanBook: m.flag(), CanChangeMasterData: m.flag(), Everywhere: m.flag(),
	}
	if !a.Everywhere || m.spoilt {
		a.Companies = several(m, 0, ident[companyID])
	}
	return a
}

// several makes a list of at least so many.
func several[T comparable](m maker, least int, of func(maker) T) changes.List[T] {
	list := make([]T, rapid.IntRange(least, 3).Draw(m.T, "so many"))
	for i := range list {
		list[i] = of(m)
	}
	return changes.ListOf(list...)
}

// once makes a list in which no key comes twice, unless it is to be spoilt.
func once[T, K comparable](m maker, least int, of func(maker) T, key func(T) K) changes.List[T] {
	seen := map[K]bool{}
	var list []T
	for len(list) < least || m.flag() {
		if v := of(m); m.spoilt || !seen[key(v)] {
			seen[key(v)] = true
			list = append(list, v)
		}
	}
	if m.spoilt && oneIn(m.T, "nothing in it", 8) {
		list = nil
	}
	return changes.ListOf(list...)
}

// perhaps gives a value, or does not.
func perhaps[T any](m maker, v T) (o policy.Optional[T]) {
	if m.flag() {
		o = policy.Given(v)
	}
	return o
}

func (m maker) trail() changes.Trail {
	tr := changes.Trail{At: m.moment(), Command: m.text(), Policy: m.text(), Warnings: several(m, 0, maker.text)}
	if m.flag() {
		tr.By, tr.Rule = ident[users.ID](m), m.text()
	}
	return tr
}

// event makes an event of a change.
func (m maker) event(c admin.Change) admin.Event {
	return admin.Event{Version: m.version(), Trail: m.trail(), Change: c}
}

// command makes a command of a name, sometimes on a condition.
func (m maker) command(name string) admin.Command {
	c := commandMakers[name](m)
	switch {
	case oneIn(m.T, "on a condition", 4):
		return admin.If{Version: one(m, "version", []uint64{0, 1, 1<<63 - 1}, []uint64{1 << 63}), Command: c}
	case m.spoilt && oneIn(m.T, "on two", 20):
		return admin.If{Command: admin.If{Command: c}}
	}
	return c
}
