package admin_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// scene is what a command is drawn for: an office and a moment.
type scene struct {
	plain
	*rapid.T
	at time.Time
}

// drawn is a command and who would most likely give it.
type drawn struct {
	command admin.Command
	by      users.ID
}

// drawCommand draws a command of a name, mostly one that could be, and by whom.
func (s scene) drawCommand(name string) (admin.Command, users.ID) {
	d := commandDraws[name](s)
	by := d.by
	switch {
	case d.by == "" && !oneIn(s.T, "by anybody", 3):
		by = "anna"
	case d.by == "" || oneIn(s.T, "by anybody", 4):
		by = s.user()
	}
	if oneIn(s.T, "by the software", 20) || by == "the software" {
		by = admin.Software
	}
	if oneIn(s.T, "only at a version", 12) {
		return admin.If{Version: s.version - min(s.version, uint64(rapid.IntRange(0, 1).Draw(s.T, "versions behind"))), Command: d.command}, by //nolint:gosec // 0 or 1
	}
	return d.command, by
}

// strange draws true where something is named that is not there.
func (s scene) strange() bool { return oneIn(s.T, "strange", 12) }

func (s scene) bool(label string) bool { return rapid.Bool().Draw(s.T, label) }

func (s scene) user() users.ID {
	if s.strange() {
		return among(s.T, "strange user", append([]users.ID{"zed"}, append(keysOf(s.deleted), laterUsers...)...))
	}
	return among(s.T, "user", keysOf(s.users))
}

// suited draws a user of whom something holds, where there is one.
func (s scene) suited(fits func(u users.User) bool) users.ID {
	var list []users.ID
	for id, u := range sorted(s.users) {
		if fits(u) {
			list = append(list, id)
		}
	}
	if len(list) == 0 || s.strange() {
		return s.user()
	}
	return among(s.T, "suited user", list)
}

func (s scene) company() companies.ID {
	if len(s.companies) == 0 || s.strange() {
		return "nowhere"
	}
	return among(s.T, "company", keysOf(s.companies))
}

func (s scene) someCompanies() []companies.ID {
	list := partOf(s.T, "companies", keysOf(s.companies))
	if s.strange() {
		list = append(list, "nowhere")
	}
	return list
}

func (s scene) system() companies.SystemID {
	if len(s.systems) == 0 || s.strange() {
		return "nowhere"
	}
	return among(s.T, "system", keysOf(s.systems))
}

func (s scene) account(id companies.SystemID) sync.UserID {
	if accounts := keysOf(s.systems[id].accounts); len(accounts) > 0 && !s.strange() {
		return among(s.T, "account", accounts)
	}
	return "nobody"
}

// newUser draws an id that is mostly still free.
func (s scene) newUser() users.ID {
	free := slices.DeleteFunc(slices.Clone(laterUsers), func(id users.ID) bool {
		_, live := s.users[id]
		_, gone := s.deleted[id]
		return live || gone
	})
	if len(free) == 0 || s.strange() {
		return among(s.T, "taken user", []users.ID{"anna", "tom", "ivo"})
	}
	return among(s.T, "new user", free)
}

func (s scene) roleSet() roles.Set {
	if s.strange() {
		return roles.Set(rapid.IntRange(0, 127).Draw(s.T, "any roles")) //nolint:gosec // seven bits
	}
	return among(s.T, "roles", soundRoles)
}

func (s scene) role() roles.Role { return among(s.T, "role", roles.All()) }

func (s scene) endDate() users.Date {
	if oneIn(s.T, "no end date", 3) {
		return users.Date{}
	}
	return drawDay(s.T, s.at)
}

func (s scene) billTo() users.BillTo {
	if oneIn(s.T, "any company pays", 3) {
		return users.BillToCompany(s.company())
	}
	if b := s.drawBillTo(s.T); b.Chosen() {
		return b
	}
	return users.BillToOffice
}

// told draws what an accounting system tells of one of its users.
func (s scene) told(id sync.UserID, system companies.SystemID) admin.Account {
	a := admin.Account{
		ID: id, Name: "Account " + string(id), Email: string(id) + "@there.example", Rank: rapid.IntRange(1, 4).Draw(s.T, "rank"),
		CanBook: !oneIn(s.T, "cannot book", 6), CanChangeMasterData: !oneIn(s.T, "no master data", 6), Everywhere: s.bool("everywhere"),
	}
	if !a.Everywhere {
		list := s.someCompanies()
		if !oneIn(s.T, "reaches not all there", 4) {
			list = append(list, s.companiesOf(system)...)
		}
		a.Companies = listOf(slices.Clip(list)...)
	}
	return a
}

// optional draws a value that may not be given.
func optional[T any](s scene, v T) (o policy.Optional[T]) {
	if s.bool("given") {
		return policy.Given(v)
	}
	return o
}

// drawLater draws a later moment of a run: now and then just when a password link
// ends.
func (r *run) drawLater(t *rapid.T) time.Time {
	if oneIn(t, "when a link ends", 8) {
		for _, l := range sorted(r.model.sent) {
			if end := l.Sent.Add(l.Length); !end.Before(r.at) {
				return end
			}
		}
	}
	return drawLater(t, r.at)
}

// drawLater draws a later moment: now and then the same, a minute before, at or
// after a password link ends, a midnight of the office, or days on.
func drawLater(t *rapid.T, at time.Time) time.Time {
	local := at.In(plainZone)
	midnight := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, plainZone)
	return among(t, "later", []time.Time{
		at, at, at, at, at, at, at, at, at, at, at.Add(time.Second), at.Add(29 * time.Minute), at.Add(30*time.Minute - 1), at.Add(30 * time.Minute),
		at.Add(31 * time.Minute), at.Add(time.Hour), midnight.Add(-1), midnight, midnight.Add(150 * time.Minute),
		midnight.AddDate(0, 0, 1),
	})
}
