package changes

import (
	"errors"
	"strings"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// ErrRefused is what every Refusal wraps: the command was understood, and may not
// be carried out.
var ErrRefused = errors.New("refused")

// Refusal says why a command was refused: by which rules, for whom, on what, and
// what it would take. A command may be refused for several reasons; errors.Join
// holds one Refusal for each.
type Refusal struct {
	// Command is the command's name.
	Command string
	// Actor is who gave it; empty for the software itself.
	Actor users.ID
	// Action is what was asked of the policy; zero where no rule of the policy, but
	// the command itself, refuses.
	Action policy.Action
	// Target is what it is about, as "user:bram".
	Target string
	// Code says why not, for a program to act on: a code of the policy or, where the
	// command itself refuses, one of this package.
	Code string
	// Rules is the rules that came closest.
	Rules []policy.RuleID
	// Source is the articles that the refusal comes from, by short name.
	Source string

	explain func(policy.Reader) string
}

// The codes with which a command itself refuses.
const (
	CodeOfficeChanged = "office_changed"        // the office is not at the version that was expected
	CodeLinkInvalid   = "password_link_invalid" // no password link, an expired one, or somebody else's
	CodeUsernameFixed = "username_fixed"        // the user has been used
	CodeSoftwareOnly  = "software_only"         // only the software itself records this
)

// Denied is the refusal that a denial of the policy is.
func Denied(command string, s *policy.Snapshot, r policy.Request) *Refusal {
	e := s.Explain(r)
	refusal := &Refusal{
		Command: command, Actor: r.Subject, Action: r.Action, Target: r.Resource.String(),
		Code: e.Code().String(), Source: e.Source,
		explain: func(to policy.Reader) string { return s.ExplainTo(to, r).Reason },
	}
	for _, n := range e.Near {
		refusal.Rules = append(refusal.Rules, n.Rule)
	}
	return refusal
}

// Because is the refusal of a command itself, for a reason that is told to the
// office's staff and to whoever asked.
func Because(command string, actor users.ID, target policy.Resource, code, source string, reason words.Said) *Refusal {
	return &Refusal{
		Command: command, Actor: actor, Target: target.String(), Code: code, Source: source,
		explain: func(to policy.Reader) string {
			if to.Audience == policy.Nobody {
				return ""
			}
			return reason.In(to.Language)
		},
	}
}

// Reason is one or two sentences on why not and what it would take, for a reader;
// empty for nobody.
func (r *Refusal) Reason(to policy.Reader) string {
	if r.explain == nil {
		return ""
	}
	return r.explain(to)
}

// Error names the command, the target, the actor, the code, the reason as the
// office's staff reads it in English, and the rules.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(r.Command + " on " + r.Target + " by ")
	if r.Actor == "" {
		b.WriteString("the software")
	} else {
		b.WriteString(string(r.Actor))
	}
	b.WriteString(" refused: " + r.Code + ": " + r.Reason(policy.Reader{Audience: policy.Staff}))
	var by []string
	for _, rule := range r.Rules {
		by = append(by, rule.String())
	}
	if r.Source != "" {
		by = append(by, r.Source)
	}
	if len(by) > 0 {
		b.WriteString(" (" + strings.Join(by, ", ") + ")")
	}
	return b.String()
}

// Unwrap makes errors.Is(err, ErrRefused) true.
func (*Refusal) Unwrap() error { return ErrRefused }

// Refusals takes an error apart into its refusals, in order.
func Refusals(err error) []*Refusal {
	if r, ok := err.(*Refusal); ok { //nolint:errorlint // what joins or wraps is taken apart below
		return []*Refusal{r}
	}
	var all []*Refusal
	switch e := err.(type) { //nolint:errorlint // the same
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			all = append(all, Refusals(one)...)
		}
	case interface{ Unwrap() error }:
		return Refusals(e.Unwrap())
	}
	return all
}
