package policy

import (
	"cmp"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Follow is the snapshot of what became of an office: s must be the snapshot of
// before. It answers as Compile(after) would, shares with s whatever did not
// change, and costs what did. s still answers as it did. What was compiled stays in
// memory, also where it changed: at most as much again, until the office is compiled anew.
func (s *Snapshot) Follow(before, after offices.Office) *Snapshot {
	next := *s
	next.zone, next.version, next.code = after.TimeZone(), after.Version(), after.Code()
	f := follower{Snapshot: &next, before: before, after: after}
	diff := after.Since(before)
	for _, id := range diff.Users {
		if _, ok := after.User(id); ok {
			next.users, _ = next.users.with(id, user{})
		}
	}
	for _, id := range diff.Companies {
		f.placeCompany(id)
	}
	f.touched = diff.Users
	for _, changed := range diff.Systems {
		f.system(changed)
	}
	for _, id := range diff.Companies {
		f.company(id)
	}
	slices.Sort(f.touched)
	for _, id := range slices.Compact(f.touched) {
		f.user(id)
	}
	next.begin()
	return &next
}

// follower is a snapshot on its way from one office to the next.
type follower struct {
	*Snapshot
	before, after offices.Office
	touched       []users.ID // the users to compile anew
	shared        struct {   // the access that was compiled last, which many may share
		access users.Access
		reach  reach
		ok     bool
	}
}

// placeCompany gives a new company its place, before anything refers to it.
func (f *follower) placeCompany(id companies.ID) {
	if _, ok := f.after.Company(id); !ok {
		return
	}
	f.companies, _ = f.companies.with(id, company{system: noPlace})
}

// company puts a company in its place, and in the list of its accounting system.
func (f *follower) company(id companies.ID) {
	at := f.companies.ever(id)
	if at == noPlace {
		return
	}
	was, now := *f.companyOf(at), company{system: noPlace}
	if c, ok := f.after.Company(id); ok {
		now = company{f.systems.find(c.System), c.PaymentAgreement}
	} else {
		f.companies = f.companies.without(id)
	}
	f.companies = f.companies.set(at, now)
	if was.system == now.system {
		return
	}
	f.moved = f.moved || was.system != noPlace
	f.inSystem(was.system, func(list []int32) []int32 {
		return slices.DeleteFunc(list, func(c int32) bool { return c == at })
	})
	f.inSystem(now.system, func(list []int32) []int32 { return append(list, at) })
}

// inSystem changes the companies of an accounting system that is there.
func (f *follower) inSystem(at int32, change func([]int32) []int32) {
	if at == noPlace || f.systemOf(at) == nil {
		return
	}
	sys := *f.systemOf(at)
	sys.companies = change(slices.Clone(sys.companies))
	f.systems = f.systems.set(at, &sys)
}

// system puts an accounting system in its place. Whoever synchronises it, or did,
// and whoever is linked to a user of it that changed, is touched.
func (f *follower) system(changed offices.SystemDifference) {
	state, ok := f.after.SystemState(changed.ID)
	var at int32
	f.systems, at = f.systems.with(changed.ID, nil)
	var now *system
	if ok {
		now = &system{id: changed.ID, syncUser: f.users.find(state.SynchronisationUser)}
		f.touched = append(f.touched, state.SynchronisationUser)
	}
	if f.systemOf(at) != nil {
		was := f.systemOf(at)
		f.touched = append(f.touched, f.users.id(was.syncUser))
		if now != nil {
			now.companies, now.accounts = was.companies, was.accounts
		}
	}
	if now != nil {
		f.accounts(now, changed)
	} else {
		f.systems = f.systems.without(changed.ID)
	}
	f.systems = f.systems.set(at, now)
	f.disconnected = f.disconnected.with(at, ok && state.Connection == sync.Disconnected)
}

func (f *follower) accounts(sys *system, changed offices.SystemDifference) {
	for _, id := range changed.Users {
		u, ok := f.after.AccountingUser(changed.ID, id)
		if !ok {
			sys.accounts = sys.accounts.Without(id)
			continue
		}
		sys.accounts = sys.accounts.With(id, &account{u, f.reachOf(u.Reach.Some())})
		f.touched = slices.AppendSeq(f.touched, f.after.LinkedTo(changed.ID, id))
	}
}

// user compiles a user anew, or takes one away.
func (f *follower) user(id users.ID) {
	at := f.users.ever(id)
	if at == noPlace {
		return
	}
	f.supers = withoutSuper(f.supers, at)
	u, ok := f.after.User(id)
	if !ok {
		f.users = f.users.without(id)
		f.users = f.users.set(at, user{})
		return
	}
	var made user
	made.become(&u, f.reach(at, u))
	var links []link
	for l := range f.after.Links(id) {
		links = append(links, f.linkOf(l))
	}
	slices.SortFunc(links, func(a, b link) int { return cmp.Compare(a.system, b.system) })
	f.link(&made, links)
	for _, duty := range f.after.DutiesOf(id) {
		made.synchronise(f.systems.find(duty))
	}
	f.users = f.users.set(at, made)
	if u.Roles.Has(roles.SuperUser) {
		f.supers = append(f.supers, superUser{at, u.EndDate})
		sortSupers(f.supers)
	}
}

// withoutSuper is a copy of the list without a user.
func withoutSuper(list []superUser, at int32) []superUser {
	if !slices.ContainsFunc(list, func(u superUser) bool { return u.user == at }) {
		return slices.Clip(list)
	}
	return slices.DeleteFunc(slices.Clone(list), func(u superUser) bool { return u.user == at })
}

// reach is what a user reaches now, made of what the user reached before.
func (f *follower) reach(at int32, u users.User) reach {
	was, ok := f.before.User(u.ID)
	switch {
	case !ok:
		return f.reachOf(u.Access)
	case was.Access.Equal(u.Access):
		return f.userOf(at).reach()
	case f.shared.ok && f.shared.access.Equal(u.Access):
		return f.shared.reach
	}
	f.shared.access, f.shared.ok = u.Access, true
	f.shared.reach = f.userOf(at).reach().changed(
		f.placesOf(u.Access, was.Access), f.placesOf(was.Access, u.Access), int(f.companies.n()))
	return f.shared.reach
}

// placesOf is where the companies are that one access has and another has not.
func (f *follower) placesOf(access, other users.Access) (list []uint32) {
	for id := range access.Beyond(other) {
		list = append(list, uint32(f.companies.ever(id))) //nolint:gosec // what a user reaches or reached has a place
	}
	slices.SortFunc(list, cmp.Compare[uint32])
	return list
}
