package review

import (
	"iter"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Extent says how far somebody with one role and no right can do an action. The zero
// Extent is not at all.
type Extent uint8

// The extents.
const (
	Never       Extent = iota // in no situation
	Conditional               // where more holds than the action always needs
	Full                      // wherever what the action always needs holds
)

var extents = []string{"never", "conditional", "full"}

// String is the extent's code.
func (e Extent) String() string { return enum.Print("Extent", extents, e) }

// MarshalText writes the code.
func (e Extent) MarshalText() ([]byte, error) { return enum.Marshal("Extent", extents, e) }

// UnmarshalText reads a code, spelt exactly.
func (e *Extent) UnmarshalText(text []byte) error {
	parsed, err := enum.Parse[Extent](extents, string(text))
	if err == nil {
		*e = parsed
	}
	return err
}

// MatrixLine is what each role can do of one action.
type MatrixLine struct {
	Action policy.Action
	// Extents is one for each role, in the order of roles.All.
	Extents []Extent
	// Rights is those that open the action in some situation by themselves, whatever
	// the role; mostly none.
	Rights policy.Facts
}

// Of is the extent of a role; Never for what is none.
func (l MatrixLine) Of(r roles.Role) Extent {
	if !r.Known() {
		return Never
	}
	return l.Extents[r-1]
}

// Matrix goes through the actions, with what each role can do of them.
func Matrix() iter.Seq[MatrixLine] {
	return func(yield func(MatrixLine) bool) {
		for a := range policy.AllActions() {
			if !yield(lineOf(a)) {
				return
			}
		}
	}
}

func lineOf(a policy.Action) MatrixLine {
	l := MatrixLine{Action: a, Extents: make([]Extent, len(roles.All()))}
	for rule := range a.Rules() {
		takes := needsOf(rule)
		if takes&ownedFacts != 0 && everyRight.Has(takes&ownedFacts) {
			l.Rights |= takes & ownedFacts
			continue
		}
		for i, role := range roles.All() {
			l.Extents[i] = max(l.Extents[i], extentOf(takes, Grant{Roles: roles.SetOf(role)}))
		}
	}
	return l
}

// extentOf is how far a rule that takes some facts goes for a grant of one role.
func extentOf(takes policy.Facts, g Grant) Extent {
	switch rest := takes &^ g.Facts(); {
	case rest == 0:
		return Full
	case everyRight.Has(rest & ownedFacts):
		return Conditional
	}
	return Never
}

// UserLine is what one user may do.
type UserLine struct {
	User users.ID
	May  []policy.Action // in the order of policy.AllActions
}

// MatrixOn goes through the users of an office, by their ids, with the actions each
// may do on a resource at a moment. The properties that actions take are taken as
// well supplied.
func MatrixOn(s admin.State, r policy.Resource, at time.Time) iter.Seq[UserLine] {
	return func(yield func(UserLine) bool) {
		for u := range s.Office().Users() {
			subject := s.Snapshot().Subject(u.ID, at)
			l := UserLine{User: u.ID}
			for a := range ActionsOn(r.Type) {
				if d, _ := subject.Could(a, r, nil); d.Allowed() {
					l.May = append(l.May, a)
				}
			}
			if !yield(l) {
				return
			}
		}
	}
}

// ActionsOn goes through the actions that are asked on a type of resource.
func ActionsOn(t policy.ResourceType) iter.Seq[policy.Action] {
	return func(yield func(policy.Action) bool) {
		for a := range policy.AllActions() {
			if a.On() == t && !yield(a) {
				return
			}
		}
	}
}
