package policy_test

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// The questions of the enumeration are asked on Sunday 22 November 2026, at ten in
// the morning in the office.
var (
	asking   = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	today    = day("2026-11-22")
	tomorrow = day("2026-11-23")
	later    = day("2031-12-31")
	always   = users.Date{}
)

var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}()

func day(s string) users.Date {
	d, err := users.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// cast is an office of which the dials are still to be set. Xeno asks; yara is
// whom xeno asks about, where the office is about one user; people are the users
// xeno asks about where it is about many.
type cast struct {
	xeno, yara, zoe users.User // zoe is a Super user who asks nothing
	people          []users.User
	links           []sync.Link
	onDuty          users.ID // who synchronises Exact
}

// dial is the settings of one thing. They are independent of other dials'.
type dial []func(*cast)

// somebody is a user like any other.
func somebody(id users.ID, access users.Access, held ...roles.Role) users.User {
	return users.User{
		ID: id, Username: string(id), Email: string(id) + "@devries.example",
		Roles: roles.SetOf(held...), Access: access, Used: true,
	}
}

var (
	none       = users.AccessTo()
	bakery     = users.AccessTo("bakery")
	garage     = users.AccessTo("garage")
	florist    = users.AccessTo("florist")
	inExact    = users.AccessTo("bakery", "garage")
	ofBoth     = users.AccessTo("bakery", "florist")
	everything = users.AccessTo("bakery", "garage", "florist")
)

// The bakery and the garage are kept in Exact, the florist in Twinfield, nothing
// in SnelStart.
var kept = []companies.Company{
	{ID: "bakery", Name: "Bakkerij Jansen", System: "exact", PaymentAgreement: true},
	{ID: "garage", Name: "Garage Smit", System: "exact"},
	{ID: "florist", Name: "Bloemen Bos", System: "twinfield"},
}

// The accounts of Exact. Rosa, who has the duty unless a dial says otherwise, is
// of rank 2.
var accountsOfExact = []sync.User{
	accountThere("chief@exact", 1, true, true, sync.ReachAll),
	accountThere("rosa@exact", 2, true, true, sync.ReachAll),
	accountThere("clerk@exact", 3, true, true, sync.ReachSome(bakery)),
	accountThere("other@exact", 3, true, true, sync.ReachSome(garage)),
	accountThere("reader@exact", 4, false, true, sync.ReachAll),
	accountThere("typist@exact", 4, true, false, sync.ReachAll),
}

func accountThere(id sync.UserID, rank int, book, master bool, reach sync.Reach) sync.User {
	return sync.User{
		ID: id, Name: string(id), Email: string(id) + ".example", Rank: rank,
		CanBook: book, CanChangeMasterData: master, Reach: reach,
	}
}

// staff is whom every office has besides. None of them is a Super user.
var staff = []users.User{
	somebody("rosa", everything, roles.Accountant),
	somebody("anna", bakery, roles.Authoriser),
	somebody("bob", bakery, roles.Authoriser),
	somebody("carla", bakery, roles.ClientUser),
	somebody("dirk", bakery, roles.RestrictedClientUser),
	somebody("gina", garage, roles.Authoriser),
	ended(somebody("hugo", bakery, roles.Authoriser), today),
}

func ended(u users.User, end users.Date) users.User {
	u.EndDate = end
	return u
}

func linkTo(id users.ID, system companies.SystemID, account sync.UserID, verified bool) sync.Link {
	return sync.Link{User: id, System: system, AccountingUser: account, Verified: verified}
}

// newCast is the office before any dial is set: xeno leaves tomorrow, zoe stays.
func newCast() cast {
	return cast{
		xeno: ended(somebody("xeno", bakery), tomorrow), yara: somebody("yara", bakery, roles.ClientUser),
		zoe: somebody("zoe", none, roles.SuperUser), onDuty: "rosa",
		links: []sync.Link{linkTo("rosa", "exact", "rosa@exact", true)},
	}
}

// settled is the office as the dials are set.
func (c *cast) settled() offices.Office {
	o, err := offices.New(offices.Parts{
		Code: "devries", Name: "De Vries", TimeZone: amsterdam, Companies: kept, Links: c.links,
		Users:   slices.Concat(staff, []users.User{c.xeno, c.yara, c.zoe}, c.people),
		Deleted: []users.Deleted{{ID: "tom", Username: "tom"}},
		Systems: []sync.System{
			{ID: "exact", Name: "Exact Online", SynchronisationUser: c.onDuty, Users: accountsOfExact},
			{ID: "twinfield", Name: "Twinfield", SynchronisationUser: "rosa", Users: []sync.User{
				accountThere("clerk@twinfield", 1, true, true, sync.ReachAll),
			}},
			{ID: "snelstart", Name: "SnelStart", SynchronisationUser: "rosa"},
		},
	})
	if err != nil {
		panic(err)
	}
	return o
}

// inquiry is questions, each asked in every office that the dials can make.
type inquiry struct {
	dials    []dial
	people   []users.User
	requests []policy.Request
}

// offices goes through the product of the dials.
func (in inquiry) offices() iter.Seq[offices.Office] {
	return func(yield func(offices.Office) bool) {
		c := newCast()
		c.people = in.people
		turn(in.dials, c, func(c *cast) bool { return yield(c.settled()) })
	}
}

// turn turns the first dial through its settings and, at each, the others.
func turn(dials []dial, c cast, yield func(*cast) bool) bool {
	if len(dials) == 0 {
		return yield(&c)
	}
	for _, set := range dials[0] {
		next := c
		set(&next)
		if !turn(dials[1:], next, yield) {
			return false
		}
	}
	return true
}

// holding is who asks, by the roles stored.
func holding(sets ...roles.Set) (d dial) {
	for _, set := range sets {
		d = append(d, func(c *cast) { c.xeno.Roles = set })
	}
	return d
}

var (
	// everyRoleSet is all the sets there are, valid or not.
	everyRoleSet = holding(everySet...)
	// clientRoles is the sets of client roles alone.
	clientRoles = holding(
		roles.SetOf(), roles.SetOf(roles.ClientUser), roles.SetOf(roles.RestrictedClientUser),
		roles.SetOf(roles.ClientUser, roles.RestrictedClientUser),
	)
	// kindsOfAsker is the sets that make a difference to who manages users or books,
	// for where much else is turned too: each of them is asked about everything.
	kindsOfAsker = append(managers(), holding(
		roles.SetOf(roles.Authoriser), roles.SetOf(roles.ClientUser), roles.SetOf(roles.RestrictedClientUser),
		roles.SetOf(roles.Accountant, roles.SMEAccountant),
	)...)
)

// managers is who asks, by the roles that manage users.
func managers() (d dial) {
	for _, booking := range []roles.Role{0, roles.Accountant, roles.SMEAccountant} {
		for _, super := range []roles.Role{0, roles.SuperUser} {
			for _, administrator := range []roles.Role{0, roles.AuthorisationAdministrator} {
				d = append(d, holding(roles.SetOf(booking, super, administrator))...)
			}
		}
	}
	return d
}

// activeOrNot is that who asks leaves tomorrow, or left today.
var activeOrNot = dial{
	func(c *cast) { c.xeno.EndDate = tomorrow },
	func(c *cast) { c.xeno.EndDate = today },
}

// stayingOrGone is that who asks stays for ever, or left today; stayingOrNot is
// that or leaves tomorrow.
var (
	stayingOrGone = dial{func(c *cast) { c.xeno.EndDate = always }, activeOrNot[1]}
	stayingOrNot  = append(stayingOrGone[:1:1], activeOrNot...)
)

// reaching is the companies that who asks reaches.
func reaching(each ...users.Access) (d dial) {
	for _, access := range each {
		d = append(d, func(c *cast) { c.xeno.Access = access })
	}
	return d
}

var (
	archiveRight = dial{
		func(c *cast) { c.xeno.Archive = users.ByRole },
		func(c *cast) { c.xeno.Archive = users.AllDocuments },
	}
	bankRight = dial{
		func(c *cast) { c.xeno.ChangeBankDetails = false },
		func(c *cast) { c.xeno.ChangeBankDetails = true },
	}
	laterRight = dial{
		func(c *cast) { c.xeno.LaterCompanies = false },
		func(c *cast) { c.xeno.LaterCompanies = true },
	}
)

// linked adds links to those there are; none is a setting too.
func linked(links ...sync.Link) func(*cast) {
	return func(c *cast) { c.links = slices.Concat(c.links, links) }
}

// bookingLinks is how who asks is linked: not, to another system, to an account
// that does not reach the bakery there, and to one that does; verified or not.
var bookingLinks = dial{
	linked(),
	linked(linkTo("xeno", "twinfield", "clerk@twinfield", true)),
	linked(linkTo("xeno", "exact", "other@exact", false)),
	linked(linkTo("xeno", "exact", "other@exact", true)),
	linked(linkTo("xeno", "exact", "clerk@exact", false)),
	linked(linkTo("xeno", "exact", "clerk@exact", true)),
	linked(linkTo("xeno", "exact", "rosa@exact", true)),
}

// duties is who synchronises Exact.
func duties(each ...users.ID) (d dial) {
	for _, id := range each {
		d = append(d, func(c *cast) { c.onDuty = id })
	}
	return d
}

// superUsers is how long zoe stays a Super user: for ever, or no longer than
// anybody.
var superUsers = dial{
	func(c *cast) { c.zoe.EndDate = always },
	func(c *cast) { c.zoe.EndDate = today },
}

// rolesOfTargets is the stored sets that make a difference to who may see or
// manage their holder, and sets that should not be stored.
var rolesOfTargets = []roles.Set{
	roles.SetOf(),
	roles.SetOf(roles.ClientUser),
	roles.SetOf(roles.ClientUser, roles.RestrictedClientUser),
	roles.SetOf(roles.RestrictedClientUser, roles.Authoriser),
	roles.SetOf(roles.ClientUser, roles.AuthorisationAdministrator),
	roles.SetOf(roles.Authoriser),
	roles.SetOf(roles.AuthorisationAdministrator),
	roles.SetOf(roles.SMEAccountant, roles.ClientUser),
	roles.SetOf(roles.Accountant, roles.SMEAccountant, roles.Authoriser),
	roles.SetOf(roles.SuperUser),
	roles.SetOf(roles.SuperUser, roles.ClientUser),
	roles.SetOf(roles.SuperUser, roles.Accountant, roles.Authoriser),
	roles.SetOf(roles.SuperUser, roles.ClientUser, roles.RestrictedClientUser),
	roles.SetOf(roles.SuperUser, roles.Authoriser, roles.ClientUser, roles.RestrictedClientUser),
	roles.SetOf(roles.SuperUser, roles.Accountant, roles.SMEAccountant, roles.Authoriser, roles.ClientUser),
}

// targets is yara, by the roles stored.
func targets(sets ...roles.Set) (d dial) {
	for _, set := range sets {
		d = append(d, func(c *cast) { c.yara.Roles = set })
	}
	return d
}

var kindsOfTarget, everyTarget = targets(rolesOfTargets...), targets(everySet...)

// targetsReach is the companies that yara reaches.
func targetsReach(each ...users.Access) (d dial) {
	for _, access := range each {
		d = append(d, func(c *cast) { c.yara.Access = access })
	}
	return d
}

// everybody is a user of each of the sets of roles in each of the reaches, who
// have all been used, or not.
func everybody(sets []roles.Set, used bool, reach ...users.Access) (list []users.User) {
	for _, set := range sets {
		for i, access := range reach {
			u := somebody(users.ID(fmt.Sprintf("%d-%d-%t", set, i, used)), access)
			u.Roles, u.Used = set, used
			list = append(list, u)
		}
	}
	return list
}

var everySet = func() (list []roles.Set) {
	for set := range roles.Set(128) {
		list = append(list, set)
	}
	return list
}()
