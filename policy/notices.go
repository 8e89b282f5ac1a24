package policy

import (
	"cmp"
	"iter"
	"slices"

	"github.com/mandaat/mandaat/companies"
)

// Notice is what a user is told after logging in, about a connection that is
// disconnected. It is no decision: booking stays allowed. Source: SYNC.
type Notice struct {
	System companies.SystemID
	// Reconnect says that the user is the system's synchronisation user, who alone
	// can reconnect it. Otherwise the user books there and may meet errors.
	Reconnect bool
}

// Notices goes through what the subject is told after logging in, sorted by
// accounting system: one notice for each disconnected system that they
// synchronise, or whose companies they reach with a booking role. Who is inactive
// or unknown is told nothing.
func (s *Subject) Notices() iter.Seq[Notice] {
	return func(yield func(Notice) bool) {
		if !s.facts().Has(Active) {
			return
		}
		for _, n := range s.notices() {
			if !yield(n) {
				return
			}
		}
	}
}

func (s *Subject) notices() (list []Notice) {
	for at := range s.snap.systems.n() {
		sys := s.snap.systemOf(at)
		if sys == nil || !s.snap.disconnected.has(at) {
			continue
		}
		if reconnect := sys.syncUser == s.place; reconnect || s.booksIn(sys) {
			list = append(list, Notice{sys.id, reconnect})
		}
	}
	slices.SortFunc(list, func(a, b Notice) int { return cmp.Compare(a.System, b.System) })
	return list
}

func (s *Subject) booksIn(sys *system) bool {
	return s.facts().Has(BookingRole) && slices.ContainsFunc(sys.companies, s.reach().has)
}
