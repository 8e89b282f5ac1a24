package load

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// The roles, by their codes.
const (
	superUser     = "super_user"
	accountant    = "accountant"
	smeAccountant = "sme_accountant"
	administrator = "authorisation_administrator"
	authoriser    = "authoriser"
	client        = "client_user"
	restricted    = "restricted_client_user"
)

// share is how many in a hundred users hold a set of roles.
type share struct {
	percent int
	roles   []string
}

// Who works at the clients of an office, and at the office itself.
var (
	clients = []share{
		{55, []string{client}},
		{18, []string{restricted}},
		{8, []string{authoriser}},
		{10, []string{authoriser, client}},
		{4, []string{authoriser, restricted}},
		{3, []string{administrator, client}},
		{2, []string{administrator, authoriser}},
	}
	office = []share{
		{20, []string{accountant}},
		{12, []string{accountant, administrator}},
		{8, []string{accountant, client}},
		{20, []string{smeAccountant}},
		{12, []string{smeAccountant, client}},
		{8, []string{smeAccountant, authoriser, client}},
		{10, []string{administrator}},
		{5, []string{superUser}},
		{5, []string{superUser, administrator}},
	}
)

// first is who works at the office whatever the seed; the first two reach all.
var first = [][]string{{superUser, administrator}, {accountant}, {administrator}, {smeAccountant}}

// drawing is a workload in the making.
type drawing struct {
	*rand.Rand
	w          Workload
	everything []int   // every company, shared
	reachers   [][]int // of each company, those who reach it but not all
	everywhere []int   // those who reach all
	staff      []int
	byStage    map[string][]int // of the documents asked about
	mates      map[mate][]int   // likewise
}

// mate is what documents that may be merged have in common.
type mate struct {
	company, deliverer int
	stage              string
}

// New draws a workload. The same seed and sizes give the same workload. It takes
// at least 200 users, 10 companies and 100 documents to have some of everything.
func New(seed uint64, users, companies, documents, questions int) Workload {
	d := &drawing{
		Rand:     rand.New(rand.NewPCG(seed, seed^0x6d616e64616174)), //nolint:gosec // drawn again from its seed, on purpose
		reachers: make([][]int, companies),
		byStage:  make(map[string][]int),
		mates:    make(map[mate][]int),
	}
	d.office(users, companies)
	d.documents(documents)
	d.questions(questions)
	return d.w
}

func (d *drawing) office(users, companies int) {
	for _, name := range []string{"exact", "twinfield", "afas", "snelstart"} {
		d.w.Office.Systems = append(d.w.Office.Systems, System{name})
	}
	for i := range companies {
		d.w.Office.Companies = append(d.w.Office.Companies, Company{fmt.Sprintf("company-%06d", i), d.IntN(4)})
		d.everything = append(d.everything, i)
	}
	for i := range users {
		d.user(i)
	}
}

// user draws a user: one in fifty is of the office itself, the others are its
// clients'. The first is a Super user.
func (d *drawing) user(i int) {
	u := User{ID: fmt.Sprintf("user-%07d", i), Active: !d.chance(5)}
	if i%50 == 0 {
		d.ofTheOffice(&u, i)
	} else {
		d.ofAClient(&u)
	}
	if len(u.Companies) == len(d.everything) {
		d.everywhere = append(d.everywhere, i)
	} else {
		for _, c := range u.Companies {
			d.reachers[c] = append(d.reachers[c], i)
		}
	}
	d.w.Office.Users = append(d.w.Office.Users, u)
}

// ofAClient draws somebody of one to eight companies.
func (d *drawing) ofAClient(u *User) {
	u.Roles = d.roles(clients)
	u.Companies = d.some(1 + d.IntN(8))
	u.Archive = d.chance(15)
	u.Bank = d.chance(1) // does nothing without a booking role
}

// ofTheOffice draws somebody of many companies, or of all.
func (d *drawing) ofTheOffice(u *User, i int) {
	d.staff = append(d.staff, i)
	u.Roles = d.roles(office)
	u.Companies = d.everything
	if !d.chance(25) {
		u.Companies = d.some(min(20+d.IntN(180), len(d.everything)/2))
	}
	if i/50 < len(first) {
		d.first(u, i/50)
	}
	u.Archive, u.Bank = d.chance(30), d.chance(60)
	for s := range d.w.Office.Systems {
		if d.chance(75) {
			u.Links = append(u.Links, d.link(s, u.Companies))
		}
	}
}

func (d *drawing) first(u *User, i int) {
	u.Roles, u.Active = first[i], true
	if i < 2 {
		u.Companies = d.everything
	} else {
		u.Companies = d.some(min(150, len(d.everything)/3))
	}
}

// link draws a link that reaches all, or most of what the user reaches.
func (d *drawing) link(system int, of []int) Link {
	l := Link{System: system, Verified: d.chance(85)}
	if d.chance(60) {
		return l
	}
	l.Reach = []int{}
	for _, c := range of {
		if d.w.Office.Companies[c].System == system && d.chance(80) {
			l.Reach = append(l.Reach, c)
		}
	}
	return l
}

// some draws companies, sorted.
func (d *drawing) some(n int) []int {
	if n >= len(d.everything) {
		return d.everything
	}
	seen := make(map[int]bool, n)
	for len(seen) < n {
		seen[d.IntN(len(d.everything))] = true
	}
	list := make([]int, 0, n)
	for c := range seen {
		list = append(list, c)
	}
	slices.Sort(list)
	return list
}

// roles draws a set of roles by its share.
func (d *drawing) roles(of []share) []string {
	left := d.IntN(100)
	for _, s := range of {
		if left -= s.percent; left < 0 {
			return s.roles
		}
	}
	return nil
}

func (d *drawing) chance(percent int) bool { return d.IntN(100) < percent }

// oneOf draws from a list; -1 from an empty one.
func (d *drawing) oneOf(list []int) int {
	if len(list) == 0 {
		return -1
	}
	return list[d.IntN(len(list))]
}
