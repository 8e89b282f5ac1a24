package documents

import (
	"slices"
	"strings"

	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// Outcome is what an authoriser has said so far. The zero Outcome is Pending.
type Outcome uint8

// The outcomes.
const (
	Pending  Outcome = iota // nothing yet
	Approved                // agreed
	Rejected                // refused, which ends the route
)

var outcomes = []string{"pending", "approved", "rejected"}

// Outcomes lists them.
func Outcomes() []Outcome { return []Outcome{Pending, Approved, Rejected} }

// ParseOutcome reads "pending", "approved" or "rejected".
func ParseOutcome(code string) (Outcome, error) { return enum.Parse[Outcome](outcomes, code) }

// String is the outcome's code.
func (o Outcome) String() string { return enum.Print("Outcome", outcomes, o) }

// MarshalText writes the code.
func (o Outcome) MarshalText() ([]byte, error) { return enum.Marshal("Outcome", outcomes, o) }

// UnmarshalText reads a code as ParseOutcome does.
func (o *Outcome) UnmarshalText(text []byte) error {
	parsed, err := ParseOutcome(string(text))
	if err == nil {
		*o = parsed
	}
	return err
}

// Step is one authoriser of a route and what they said.
type Step struct {
	Authoriser users.ID
	Outcome    Outcome
	// Comment is why it was rejected. A rejection made here always has one; one
	// that was recorded elsewhere may have lost it.
	Comment string
}

// Route is an ordered list of authorisers. It is immutable; the zero Route is
// that there is none.
type Route struct{ steps []Step }

// RouteOf is the route of the given steps.
func RouteOf(steps ...Step) Route { return Route{slices.Clone(steps)} }

// RoutePast is the route past the given authorisers, each still pending.
func RoutePast(authorisers ...users.ID) Route {
	steps := make([]Step, len(authorisers))
	for i, id := range authorisers {
		steps[i].Authoriser = id
	}
	return Route{steps}
}

// Steps is a copy of the steps, in order.
func (r Route) Steps() []Step { return slices.Clone(r.steps) }

// IsZero says whether there is no route.
func (r Route) IsZero() bool { return len(r.steps) == 0 }

// InTurn is the authoriser in turn: the first pending one, and only while every
// earlier one has approved. It is empty where no route is pending. Source: ROLES.
func (r Route) InTurn() users.ID {
	if i := r.turn(); i >= 0 {
		return r.steps[i].Authoriser
	}
	return ""
}

// IsPending says whether some authoriser is in turn.
func (r Route) IsPending() bool { return r.turn() >= 0 }

func (r Route) turn() int {
	for i := range r.steps {
		switch r.steps[i].Outcome {
		case Approved:
			continue
		case Pending:
			return i
		default:
			return -1
		}
	}
	return -1
}

// check notes what is wrong with the steps themselves.
func (r Route) check(list *problems.List) {
	for i, step := range r.steps {
		at := problems.At("route", i)
		if !ident.OK(string(step.Authoriser)) {
			list.Add(at+".authoriser", problems.Quote(string(step.Authoriser)), ident.Expected)
		}
		if step.Outcome > Rejected {
			list.Add(at+".outcome", step.Outcome.String(), enum.Expected(outcomes))
		}
		if step.Comment != "" && step.Outcome != Rejected {
			list.Add(at+".comment", problems.Quote(step.Comment), "a comment only where the outcome is rejected")
		}
	}
}

// answer is the route after the authoriser in turn has spoken.
func (r Route) answer(outcome Outcome, comment string) Route {
	steps := slices.Clone(r.steps)
	i := r.turn()
	steps[i].Outcome, steps[i].Comment = outcome, comment
	return Route{steps}
}

// reassign is the route in which others take the turn of the one who has it. Who
// was to follow still follows, unless they were named to take over.
func (r Route) reassign(authorisers []users.ID) Route {
	turn := r.turn()
	after := slices.DeleteFunc(slices.Clone(r.steps[turn+1:]), func(s Step) bool {
		return slices.Contains(authorisers, s.Authoriser)
	})
	return Route{slices.Concat(r.steps[:turn], RoutePast(authorisers...).steps, after)}
}

// Blank says whether a comment says nothing: it is absent, or white space.
func Blank(comment string) bool { return strings.TrimSpace(comment) == "" }
