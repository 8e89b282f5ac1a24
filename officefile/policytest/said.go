package policytest

import (
	"strings"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// reader is for whom failures are told: whoever works on the office's tests.
var reader = policy.Reader{Audience: policy.Staff}

// sheet is lines with a label each, as `mandaat can` prints an answer.
type sheet struct{ strings.Builder }

func (s *sheet) line(label, text string) {
	if text != "" {
		s.WriteString("\n    " + label + strings.Repeat(" ", max(1, 9-len(label))) + text)
	}
}

// answered is the answer to a question with all there is to say about it.
func (o Office) answered(q Question, expected string) *sheet {
	var s sheet
	e := o.Snapshot().ExplainTo(reader, q.Request)
	s.WriteString(q.String() + ": expected " + expected + ", got " + said(e.Decision))
	s.line("reason", e.Reason)
	s.line("rule", nearest(e))
	s.line("source", e.Source)
	for _, warning := range e.Warnings().In(reader.Language) {
		s.line("warning", warning)
	}
	return &s
}

// said is "yes", or "no" with its code.
func said(d policy.Decision) string {
	if d.Allowed() {
		return "yes"
	}
	return "no, " + d.Code().String()
}

// nearest is the rules that allowed, or came closest.
func nearest(e policy.Explanation) string {
	var list []string
	for _, n := range e.Near {
		list = append(list, n.Rule.String())
	}
	return strings.Join(list, ", ")
}

// remedy tells the smallest change that would make a denial a yes.
func (o Office) remedy(s *sheet, q Question) {
	answer := review.WhyNot(o.State, q.Request)
	switch {
	case len(answer.Remedies) > 0:
		smallest := answer.Remedies[0]
		s.line("remedy", sentences(smallest.Changes))
		s.line("", by(smallest.By))
	case len(answer.Barred) > 0:
		smallest := answer.Barred[0]
		s.line("remedy", "none: it would take this, which may not be.")
		s.line("", sentences(smallest.Changes))
		s.line("", smallest.Reason(reader.Language))
	default:
		s.line("remedy", "none: no change of the office would allow it.")
	}
}

func sentences(list []review.Change) string {
	var all []string
	for _, c := range list {
		all = append(all, c.In(reader.Language))
	}
	return strings.Join(all, " ")
}

func by(list []users.ID) string {
	if len(list) == 0 {
		return "Nobody may do all of this alone."
	}
	return "By " + together(list) + "."
}

// together is names as a sentence has them: "anna, bob and carla".
func together[T ~string](list []T) string {
	if len(list) == 0 {
		return "nobody"
	}
	var names []words.Said
	for _, name := range list {
		names = append(names, words.Plain(name))
	}
	return words.And(names...).In(reader.Language)
}
