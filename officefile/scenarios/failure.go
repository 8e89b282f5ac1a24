package scenarios

import (
	"slices"
	"strings"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Failure is one thing that was not as a scenario expects. The zero Failure says
// nothing.
type Failure struct {
	// Line and Column are where it stands in the file; both count from 1.
	Line, Column int

	said     words.Said
	state    admin.State
	request  policy.Request
	asked    bool // it is an answer that is otherwise
	answered bool // the answer
	could    bool // as Subject.Could answers
	turn     bool // yes should be no, or no yes
	refusals []*changes.Refusal
	mend     []review.Change
}

// Message is what was not as expected, as one or two sentences in a language.
func (f *Failure) Message(l words.Language) string {
	if f.said == nil {
		return ""
	}
	return f.said.In(l)
}

// Explanation is why the answer was as it was; false where no answer was at fault.
func (f *Failure) Explanation(to policy.Reader) (policy.Explanation, bool) {
	switch {
	case !f.asked:
		return policy.Explanation{}, false
	case f.could:
		return f.state.Snapshot().ExplainCould(to, f.request), true
	}
	return f.state.Snapshot().ExplainTo(to, f.request), true
}

// Refusals is why a command that is given was refused; empty where none was.
func (f *Failure) Refusals() []*changes.Refusal { return f.refusals }

// Smallest is the smallest change after which it would be as expected, in the order
// to make it, with who may make all of it now; false where there is none, or where
// the office should not change but the scenario.
func (f *Failure) Smallest() (review.Remedy, bool) {
	if len(f.mend) > 0 {
		return review.Remedy{Changes: f.mend, ByOffice: true}, true
	}
	switch {
	case !f.turn:
		return review.Remedy{}, false
	case f.answered:
		why := review.WhyCan
		if f.could {
			why = review.WhyCould
		}
		if endings := why(f.state, f.request).Endings; len(endings) > 0 {
			return endings[0].Remedy, true
		}
	default:
		if remedies := review.WhyNot(f.state, f.request).Remedies; len(remedies) > 0 {
			return remedies[0], true
		}
	}
	return review.Remedy{}, false
}

// Detail is a line about a failure: what it tells, and that.
type Detail struct {
	Label words.Said
	Text  string
}

// Details is why it was as it was, and the smallest change after which it would be as
// expected, to a reader.
func (f *Failure) Details(to policy.Reader) (list []Detail) {
	add := func(label words.Said, text string) {
		if text != "" {
			list = append(list, Detail{label, text})
		}
	}
	for _, refusal := range f.refusals {
		add(words.Say("reason"), refusal.Reason(to))
		add(words.Plain("code"), refusal.Code)
		for _, rule := range refusal.Rules {
			add(words.Say("rule"), rule.String())
		}
		add(words.Say("source"), refusal.Source)
	}
	if e, ok := f.Explanation(to); ok {
		add(words.Say("reason"), e.Reason)
		add(words.Plain("code"), e.Code().String())
		for _, near := range e.Near {
			add(words.Say("rule"), near.Rule.String())
		}
		add(words.Say("source"), e.Source)
	}
	remedy, ok := f.Smallest()
	switch {
	case ok:
		add(words.Say("to pass"), remedyIn(&remedy, to.Language))
	case f.turn && !f.answered:
		add(words.Say("to pass"), words.Say("No change would allow it.").In(to.Language))
	}
	return list
}

// remedyIn is a remedy as sentences: each change, and who may make all of them.
func remedyIn(r *review.Remedy, l words.Language) string {
	var said []string
	for _, c := range r.Changes {
		said = append(said, c.In(l))
	}
	if len(r.By) > 0 {
		who := words.Few(r.By[:min(shown, len(r.By))], len(r.By), words.Or)
		said = append(said, words.Say("By {users}.", words.Blank{Name: "users", With: who}).In(l))
	}
	return strings.Join(said, " ")
}

func plain[S ~string](name string, text S) words.Blank {
	return words.Blank{Name: name, With: words.Plain(text)}
}

// asked says before what was wrong what was asked.
func asked(user, action, resource string, wrong words.Said) words.Said {
	return words.Say("{user} {action} {resource}: {wrong}", plain("user", user), plain("action", action),
		plain("resource", resource), words.Blank{Name: "wrong", With: wrong})
}

func yes(allowed bool) words.Said {
	if allowed {
		return words.Plain("yes")
	}
	return words.Plain("no")
}

// otherwise is that something was found where another was expected.
func otherwise(found, expected words.Said) words.Said {
	return words.Say("found {found}, expected {expected}",
		words.Blank{Name: "found", With: found}, words.Blank{Name: "expected", With: expected})
}

// wrong is what of a decision is not as expected; nil where nothing is.
func (a *ask) wrong(s *Scenario, d policy.Decision) words.Said {
	said := a.otherwise(s, d)
	if said == nil {
		return nil
	}
	return asked(a.asked.Subject.ID, a.asked.Action.Name, a.asked.Resource.Type+":"+a.asked.Resource.ID, said)
}

func (a *ask) otherwise(s *Scenario, d policy.Decision) words.Said {
	e := &a.expected
	switch {
	case d.Allowed() != a.allowed:
		return otherwise(yes(d.Allowed()), yes(a.allowed))
	case e.code != 0 && e.code != d.Code():
		return otherwise(words.Plain(d.Code().String()), words.Plain(e.code.String()))
	case e.rule != 0 && e.rule != d.Rule():
		return otherwise(words.Plain(d.Rule().String()), words.Plain(e.rule.String()))
	case e.warnings != nil && *e.warnings != d.Warnings():
		return otherwise(warnings(d.Warnings()), warnings(*e.warnings))
	case e.rules == nil && e.reason == nil && e.source == nil && e.whyNot == nil:
		return nil
	}
	return a.explained(s)
}

func warnings(w policy.Warnings) words.Said {
	if w == 0 {
		return words.Say("no warning")
	}
	return words.Plain(strings.Join(w.Codes(), ", "))
}

// explained is what of an explanation, in English for the staff, is not as expected.
func (a *ask) explained(s *Scenario) words.Said {
	e := &a.expected
	source := s.source()
	source.Reader = policy.Reader{Audience: policy.Staff}
	got := source.Evaluate(a.asked, s.At).Context
	switch {
	case e.rules != nil && !sameRules(e.rules, got.Rules):
		return otherwise(ruleNames(got.Rules), ruleNames(e.rules))
	case e.reason != nil && *e.reason != got.Reason:
		return otherwise(words.Plain(got.Reason), words.Plain(*e.reason))
	case e.source != nil && *e.source != got.Source:
		return otherwise(words.Plain(got.Source), words.Plain(*e.source))
	case e.whyNot != nil:
		return a.remedied(s)
	}
	return nil
}

func sameRules(a, b []policy.RuleID) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

func ruleNames(list []policy.RuleID) words.Said {
	names := make([]string, len(list))
	for i, rule := range list {
		names[i] = rule.String()
	}
	if len(names) == 0 {
		return words.Say("no rule")
	}
	return words.Plain(strings.Join(names, ", "))
}

// remedied is what of the remedies is not as expected: there is none although one
// was, or some although none was.
func (a *ask) remedied(s *Scenario) words.Said {
	found := review.WhyNot(s.world.state, a.request).Remedies
	texts := make([]string, len(found))
	for i, remedy := range found {
		texts[i] = remedyText(remedy.Changes)
	}
	if len(a.expected.whyNot) == 0 && len(found) > 0 {
		return otherwise(words.Plain(someOf(texts)), words.Say("no remedy"))
	}
	for _, wanted := range a.expected.whyNot {
		if !slices.ContainsFunc(found, func(r review.Remedy) bool { return sameChanges(r.Changes, wanted) }) {
			return otherwise(words.Plain(someOf(texts)), words.Plain(wordsText(wanted)))
		}
	}
	return nil
}

// sameChanges compares changes whatever their order.
func sameChanges(list []review.Change, wanted []word) bool {
	if len(list) != len(wanted) {
		return false
	}
	var a, b []string
	for i := range list {
		a, b = append(a, list[i].String()), append(b, wanted[i].text)
	}
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func remedyText(list []review.Change) string {
	var texts []string
	for _, c := range list {
		texts = append(texts, c.String())
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

func wordsText(list []word) string {
	var texts []string
	for _, w := range list {
		texts = append(texts, w.text)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// shown is how many remedies a message has.
const shown = 5

func someOf(texts []string) string {
	if len(texts) == 0 {
		return "[]"
	}
	if len(texts) > shown {
		texts = append(slices.Clone(texts[:shown]), "...")
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// wrong is what of a decision is not as a table expects.
func (g *grid) wrong(id users.ID, d policy.Decision) words.Said {
	switch {
	case d.Allowed() != g.can[id]:
		return otherwise(yes(d.Allowed()), yes(g.can[id]))
	case !d.Allowed() && g.code != 0 && g.code != d.Code():
		return otherwise(words.Plain(d.Code().String()), words.Plain(g.code.String()))
	}
	return nil
}

// refusedCommand is that a command that is given was refused.
func refusedCommand(line, column int, g *given, list []*changes.Refusal) Failure {
	said := words.Say("{user} {command}: refused", plain("user", g.actor.text), plain("command", g.command.text))
	if g.actor.node == nil {
		said = words.Say("{command}: refused", plain("command", g.command.text))
	}
	return Failure{Line: line, Column: column, said: said, refusals: list}
}

// text is a pattern for people.
func (p pattern) text() string {
	parts := []string{}
	for _, part := range [...]struct{ key, value string }{
		{"id", p.id}, {"level", levelText(p)}, {"user", p.user.text}, {"company", p.company.text},
	} {
		if part.value != "" {
			parts = append(parts, part.key+": "+part.value)
		}
	}
	if p.acknowledged != nil {
		parts = append(parts, "acknowledged: "+map[bool]string{true: "true", false: "false"}[*p.acknowledged])
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func levelText(p pattern) string {
	if p.level == 0 {
		return ""
	}
	return p.level.String()
}

func (p pattern) missing() words.Said {
	return words.Say("no finding is {finding}", plain("finding", p.text()))
}

func (p pattern) unwanted(f review.Finding) words.Said {
	return words.Say("found {id}: {message}", plain("id", f.ID), words.Blank{Name: "message", With: message{f}})
}

// message is what a finding says.
type message struct{ review.Finding }

// In is the message in a language.
func (m message) In(l words.Language) string { return m.Message(l) }
