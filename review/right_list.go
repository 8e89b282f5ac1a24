package review

import (
	"cmp"
	"iter"
	"slices"

	"github.com/mandaat/mandaat/policy"
)

// Rights is a set of rights, kept so that it takes little room. It is immutable. The
// zero Rights is empty.
type Rights struct {
	book  *rightBook
	list  []userRights // sorted by user, none without pieces
	there *population  // of the office in which they are rights
}

// userRights is the rights of one user: pieces that have no right in common.
type userRights struct {
	user   int32
	pieces []rightPiece
}

// and is the rights and those of one user more, who comes after them.
func (r Rights) and(user int, pieces []rightPiece) Rights {
	if len(pieces) > 0 {
		r.list = append(r.list, userRights{int32(user), pieces}) //nolint:gosec // an office has fewer than 2^31 users
	}
	return r
}

// Len counts the rights.
func (r Rights) Len() (n int) {
	for _, of := range r.list {
		for _, p := range of.pieces {
			n += r.book.ons[p.on].len() * max(1, len(r.book.sets[p.who])) * len(r.book.sets[p.with])
		}
	}
	return n
}

// All goes through the rights, each once, in an order that hangs on nothing but
// what they are; sorted by user and action. There can be very many.
func (r Rights) All() iter.Seq[Right] {
	return func(yield func(Right) bool) {
		for _, of := range r.list {
			for _, p := range of.pieces {
				for right := range r.book.rights(p) {
					if right.User = r.book.users[of.user]; !yield(right) {
						return
					}
				}
			}
		}
	}
}

// rights goes through the rights of a piece, whoever has them.
func (b *rightBook) rights(p rightPiece) iter.Seq[Right] {
	return func(yield func(Right) bool) {
		for _, on := range b.ons[p.on].places() {
			for _, who := range b.whoever(p.who) {
				for _, choice := range b.choicesOf(p.with) {
					right := b.onPlace(p.action, on)
					if right.With = choice; who != unknown {
						right.Who = b.users[who]
					}
					if !yield(right) {
						return
					}
				}
			}
		}
	}
}

// whoever is the users that are named; unknown alone where nobody is.
func (b *rightBook) whoever(set setID) []int32 {
	if set == 0 {
		return []int32{unknown}
	}
	return b.sets[set]
}

// choicesOf is the choices of a set that is kept, in their own order.
func (b *rightBook) choicesOf(set setID) []Choice { return b.sorted[set] }

// sort keeps the choices of a set in their own order.
func (b *rightBook) sort(set setID) {
	if _, ok := b.sorted[set]; ok {
		return
	}
	list := make([]Choice, len(b.sets[set]))
	for i, n := range b.sets[set] {
		list[i] = b.choices[n]
	}
	slices.SortFunc(list, Choice.compare)
	b.sorted[set] = list
}

// onPlace is an action on what is at a place.
func (b *rightBook) onPlace(a policy.Action, place int32) Right {
	right := Right{Action: a}
	switch a.On() {
	case policy.Document, policy.Company:
		right.Company = b.companies[place]
	case policy.User:
		right.Target = b.users[place]
	case policy.Connection:
		right.Connection = b.connections[place]
	default:
		right.Office = b.offices[place]
	}
	return right
}

// comparePieces orders pieces by what they are.
func (b *rightBook) comparePieces(p, q rightPiece) int {
	if p == q {
		return 0
	}
	return cmp.Or(
		cmp.Compare(p.action, q.action), slices.Compare(b.ons[p.on].places(), b.ons[q.on].places()),
		slices.Compare(b.sets[p.who], b.sets[q.who]),
		slices.CompareFunc(b.choicesOf(p.with), b.choicesOf(q.with), Choice.compare),
	)
}

// rightLedger notes what one user gains, or loses, while it is found.
type rightLedger struct {
	*rightBook
	on map[rightPiece]bitset // by a piece that is not on anything yet
}

func newRightLedger(b *rightBook) *rightLedger {
	return &rightLedger{b, map[rightPiece]bitset{}}
}

// places is the set of what is noted of an action, who and with.
func (l *rightLedger) places(a policy.Action, who, with setID) bitset {
	key := rightPiece{a, 0, who, with}
	set, ok := l.on[key]
	if !ok {
		set = newBitset(l.size(a.On()))
		l.on[key] = set
	}
	return set
}

func (b *rightBook) size(on policy.ResourceType) int {
	switch on {
	case policy.Document, policy.Company:
		return len(b.companies)
	case policy.User:
		return len(b.users)
	case policy.Connection:
		return len(b.connections)
	default:
		return len(b.offices)
	}
}

// note notes an action on one place, with each choice of a set.
func (l *rightLedger) note(a policy.Action, place int, who, with setID) {
	if with != 0 {
		l.places(a, who, with).add(place)
	}
}

// noteAll notes several answers on one place.
func (l *rightLedger) noteAll(place int, list answers) {
	for _, one := range list {
		l.note(one.action, place, 0, one.with)
	}
}

// noteSet notes several answers on a set of places.
func (l *rightLedger) noteSet(set bitset, list answers) {
	for _, one := range list {
		l.places(one.action, 0, one.with).addAll(set)
	}
}

// pieces is what was noted, sorted.
func (l *rightLedger) pieces() []rightPiece {
	list := make([]rightPiece, 0, len(l.on))
	for key, set := range l.on {
		if !set.isEmpty() {
			key.on = l.rightBook.on(set)
			l.sort(key.with)
			list = append(list, key)
		}
	}
	slices.SortFunc(list, l.comparePieces)
	return list
}
