package policytest

import (
	"slices"
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Books is the accounting system of the offices that Build makes.
const Books companies.SystemID = "books"

// Builder makes an office for a test. Its Parts are the office so far but for its
// users, and may be changed as one likes.
type Builder struct {
	offices.Parts
	joined []*users.User
}

// Build begins an office whose code is "office" and whose days are Amsterdam's: a
// Super user, and companies without authorisation workflow or payment agreement. All
// are in one accounting system, Books, which is connected, and which the Super user
// synchronises.
func Build(superUser users.ID, firms ...companies.ID) *Builder {
	b := &Builder{Parts: offices.Parts{
		Code: "office", Name: "Office", TimeZone: zone("Europe/Amsterdam"),
		Systems: []sync.System{{ID: Books, Name: "Books", Connection: sync.LoginSuccess, SynchronisationUser: superUser}},
	}}
	for _, id := range firms {
		b.Companies = append(b.Companies, companies.Company{ID: id, Name: string(id), System: Books})
	}
	b.link(superUser, 1)
	b.Join(superUser, roles.SuperUser)
	return b
}

// Join adds a user with roles, or gives them to one who joined already. A user who
// joins reaches every company so far, has been used, and where they book is linked
// to a user of Books of their own whose password was entered. The user it returns
// may be changed until Open.
func (b *Builder) Join(id users.ID, list ...roles.Role) *users.User {
	u := b.user(id)
	if u == nil {
		u = &users.User{ID: id, Username: string(id), Email: string(id) + "@office.example", Access: b.everything(), Used: true}
		b.joined = append(b.joined, u)
	}
	u.Roles |= roles.SetOf(list...)
	if u.Roles.Books() {
		b.link(id, 2)
	}
	return u
}

func (b *Builder) user(id users.ID) *users.User {
	if i := slices.IndexFunc(b.joined, func(u *users.User) bool { return u.ID == id }); i >= 0 {
		return b.joined[i]
	}
	return nil
}

func (b *Builder) everything() users.Access {
	var ids []companies.ID
	for _, c := range b.Companies {
		ids = append(ids, c.ID)
	}
	return users.AccessTo(ids...)
}

// link gives a user an account in Books with every right, and a link to it, unless
// they have one.
func (b *Builder) link(id users.ID, rank int) {
	books := slices.IndexFunc(b.Systems, func(s sync.System) bool { return s.ID == Books })
	if books < 0 || slices.ContainsFunc(b.Links, func(l sync.Link) bool { return l.User == id && l.System == Books }) {
		return
	}
	account := sync.UserID(id) + "@books"
	b.Systems[books].Users = append(b.Systems[books].Users, sync.User{
		ID: account, Name: string(id), Email: string(id) + "@office.example", Rank: rank,
		CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
	})
	b.Links = append(b.Links, sync.Link{User: id, System: Books, AccountingUser: account, Verified: true})
}

// Open is the office as it was built, at a moment and with documents. What is not an
// office ends the test, with all that is wrong with it.
func (b *Builder) Open(t TB, at time.Time, docs ...documents.Document) Office {
	t.Helper()
	p := b.Parts
	for _, u := range b.joined {
		p.Users = append(slices.Clip(p.Users), *u)
	}
	o, err := offices.New(p)
	if err != nil {
		t.Fatalf("what was built is no office:\n%v", err)
	}
	return Open(o, at, docs...)
}
