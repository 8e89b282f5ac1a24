package review

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// Group is rights told together: each of Users may do each of Actions on each of
// what is listed, naming each of Who, with each of With. A list that does not apply
// is empty. No right of a set is in two of its groups.
type Group struct {
	Users   []users.ID
	Actions []policy.Action // all asked on the same type of resource
	// One of these says what the actions are asked on, as in Right.
	Office      string
	Companies   []companies.ID
	Connections []companies.SystemID
	// Targets is users. Whoever has the right is none of their own targets, even if
	// they are listed, but where Self says so.
	Targets []users.ID
	Self    bool
	Who     []users.ID
	With    []Choice

	there *population
}

// population is whoever and whatever is in an office, so that a list can be told by
// who is not on it.
type population struct {
	users     []users.ID
	companies []companies.ID
}

// inOffice is who and what there is; nobody where the group was made by hand.
func (g Group) inOffice() population {
	if g.there == nil {
		return population{}
	}
	return *g.there
}

// All goes through the rights of the group.
func (g Group) All() iter.Seq[Right] {
	return func(yield func(Right) bool) {
		for _, user := range g.Users {
			for _, action := range g.Actions {
				for r := range g.on(Right{User: user, Action: action}) {
					if !g.each(r, yield) {
						return
					}
				}
			}
		}
	}
}

// on goes through what an action of a user is on.
func (g Group) on(r Right) iter.Seq[Right] {
	return func(yield func(Right) bool) {
		switch r.Action.On() {
		case policy.Document, policy.Company:
			eachOf(g.Companies, func(id companies.ID) bool { r.Company = id; return yield(r) })
		case policy.Connection:
			eachOf(g.Connections, func(id companies.SystemID) bool { r.Connection = id; return yield(r) })
		case policy.User:
			eachOf(g.targets(r.User), func(id users.ID) bool { r.Target = id; return yield(r) })
		default:
			r.Office = g.Office
			yield(r)
		}
	}
}

func eachOf[T any](list []T, yield func(T) bool) {
	for _, v := range list {
		if !yield(v) {
			return
		}
	}
}

// targets is the targets of one of the users.
func (g Group) targets(user users.ID) []users.ID {
	list := slices.DeleteFunc(slices.Clone(g.Targets), func(id users.ID) bool { return id == user })
	if g.Self {
		list = append(list, user)
		slices.Sort(list)
	}
	return list
}

// each goes through whom the action names and what it is asked with.
func (g Group) each(r Right, yield func(Right) bool) bool {
	who := g.Who
	if len(who) == 0 {
		who = []users.ID{""}
	}
	for _, r.Who = range who {
		for _, r.With = range g.With {
			if !yield(r) {
				return false
			}
		}
	}
	return true
}

// Groups tells the rights together, as few times as may be: first what is the same
// for several users, with those; then, of each, actions that are alike. They are in
// order of their first user, and then of their actions.
func (r Rights) Groups() []Group {
	var groups []Group
	for _, together := range r.alike() {
		groups = append(groups, r.groupsOf(together)...)
	}
	return groups
}

// rightForm is a piece in a form that several users may have in common: self says
// apart that a user is their own target, and on has them or has not, as it pleases.
type rightForm struct {
	rightPiece
	self bool
}

// formsOf is the forms that a piece of a user's rights can take: without the user
// among the targets, and with them.
func (r Rights) formsOf(user int32, p rightPiece, others *onSets) [2]rightForm {
	if p.action.On() != policy.User {
		return [2]rightForm{{p, false}, {p, false}}
	}
	set := r.book.ons[p.on]
	self := set.has(int(user))
	without, with := p, p
	without.on, with.on = others.without(set, user), others.with(set, user)
	return [2]rightForm{{without, self}, {with, self}}
}

// onSets keeps sets of targets with a user more or fewer, each once.
type onSets struct {
	list []bitset
	at   map[string]int32
}

func (s *onSets) keep(set bitset) int32 {
	key := set.key()
	at, ok := s.at[key]
	if !ok {
		at = int32(len(s.list)) //nolint:gosec // there are fewer than 2^31 sets
		s.list, s.at[key] = append(s.list, set), at
	}
	return at
}

func (s *onSets) without(set bitset, user int32) int32 {
	set = slices.Clone(set)
	set.remove(int(user))
	return s.keep(set)
}

func (s *onSets) with(set bitset, user int32) int32 {
	set = slices.Clone(set)
	set.add(int(user))
	return s.keep(set)
}

// rightsAlike is users who have the same rights, in the same form.
type rightsAlike struct {
	users []int32
	forms []rightForm
	sets  *onSets
}

// alike divides the users by what they have. Each piece is told in the form that
// more users share.
func (r Rights) alike() (list []rightsAlike) {
	sets := &onSets{at: map[string]int32{}}
	shared, at := r.shared(sets), map[string]int{}
	for _, of := range r.list {
		forms, key := make([]rightForm, len(of.pieces)), []byte{}
		for i, p := range of.pieces {
			either := r.formsOf(of.user, p, sets)
			if forms[i] = either[0]; shared[either[1]] > shared[either[0]] {
				forms[i] = either[1]
			}
			key = forms[i].key(key)
		}
		place, ok := at[string(key)]
		if !ok {
			place = len(list)
			at[string(key)] = place
			list = append(list, rightsAlike{forms: forms, sets: sets})
		}
		list[place].users = append(list[place].users, of.user)
	}
	return list
}

// shared counts the users whose rights can take each form.
func (r Rights) shared(sets *onSets) map[rightForm]int {
	count := map[rightForm]int{}
	for _, of := range r.list {
		for _, p := range of.pieces {
			forms := r.formsOf(of.user, p, sets)
			count[forms[0]]++
			if forms[1] != forms[0] {
				count[forms[1]]++
			}
		}
	}
	return count
}

func (f rightForm) key(text []byte) []byte {
	for _, n := range [...]int32{int32(f.action), f.on, int32(f.who), int32(f.with)} {
		text = binary.LittleEndian.AppendUint32(text, uint32(n)) //nolint:gosec // none is negative
	}
	if f.self {
		return append(text, 1)
	}
	return append(text, 0)
}

// groupsOf tells the rights of some users, actions that are alike together.
func (r Rights) groupsOf(t rightsAlike) (groups []Group) {
	type like struct {
		rightForm
		on policy.ResourceType
	}
	at := map[like]int{}
	for _, f := range t.forms {
		l := like{f, f.action.On()}
		l.action = 0
		place, ok := at[l]
		if !ok {
			place = len(groups)
			at[l] = place
			groups = append(groups, r.group(t, f))
		}
		groups[place].Actions = append(groups[place].Actions, f.action)
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(a.Actions[0], b.Actions[0]) })
	return groups
}

// group is a group that has no actions yet.
func (r Rights) group(t rightsAlike, f rightForm) Group {
	g := Group{Users: atPlaces(r.book.users, t.users), Self: f.self, With: r.book.choicesOf(f.with), there: r.there}
	if f.who != 0 {
		g.Who = atPlaces(r.book.users, r.book.sets[f.who])
	}
	switch f.action.On() {
	case policy.Document, policy.Company:
		g.Companies = atPlaces(r.book.companies, r.book.ons[f.on].places())
	case policy.Connection:
		g.Connections = atPlaces(r.book.connections, r.book.ons[f.on].places())
	case policy.User:
		g.Targets = atPlaces(r.book.users, t.sets.list[f.on].places())
	default:
		g.Office = r.book.offices[r.book.ons[f.on].first()]
	}
	return g
}

// atPlaces is what is at some places of a list.
func atPlaces[T any](list []T, places []int32) []T {
	found := make([]T, len(places))
	for i, at := range places {
		found[i] = list[at]
	}
	return found
}
