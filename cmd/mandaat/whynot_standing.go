package main

import (
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/words"
)

// This file prints why something is allowed, and what would end that.

// standingJSON is why it is allowed, as --json has it.
type standingJSON struct {
	Rules   []groundJSON `json:"rules"`
	Endings []endingJSON `json:"endings"`
	Barred  []barredJSON `json:"barred"`
	Cut     bool         `json:"cut"`
}

// groundJSON is a rule that allows it, or a part of it.
type groundJSON struct {
	Rule   policy.RuleID `json:"rule"`
	Of     string        `json:"of,omitempty"`
	Source string        `json:"source"`
}

// endingJSON is a remedy with the code of the denial that it leads to.
type endingJSON struct {
	remedyJSON
	Code policy.Code `json:"code"`
}

// standingJSON is nil where it is denied.
func (r *whyNotReport) standingJSON() *standingJSON {
	if !r.Allowed() {
		return nil
	}
	out := &standingJSON{[]groundJSON{}, []endingJSON{}, r.barred(r.standing.Barred), r.standing.Cut}
	for _, g := range r.standing.Grounds {
		out.Rules = append(out.Rules, groundJSON{g.Rule, g.Of, g.Rule.Rule().Source})
	}
	for _, e := range r.standing.Endings {
		out.Endings = append(out.Endings, endingJSON{asJSON(e.Remedy), e.Code})
	}
	return out
}

// stands prints why it is allowed for people, and what would end that.
func (r *whyNotReport) stands(b *sheet) {
	b.write("", "")
	b.write("", words.Say("It is allowed by:").In(r.in))
	for _, g := range r.standing.Grounds {
		rule := g.Rule.Rule()
		b.write("- ", r.ground(g)+" ("+rule.Source+")")
		b.write("  ", words.Say(rule.Why).In(r.in))
	}
	b.write("", "")
	if len(r.standing.Endings) == 0 {
		b.write("", words.Say("No change would end it.").In(r.in))
	} else {
		b.write("", words.Say("Each of these would end it:").In(r.in))
	}
	var list []review.Remedy
	for _, e := range r.standing.Endings {
		list = append(list, e.Remedy)
	}
	r.remedies(b, list)
	r.forbidden(b, words.Say("These would end it and may not be, whoever makes them:"), r.standing.Barred)
	r.unsought(b, r.standing.Cut)
}

// ground is the id of a rule and, where the question has several parts, the part that
// it allows.
func (r *whyNotReport) ground(g review.Ground) string {
	if g.Of == "" {
		return g.Rule.String()
	}
	return words.Say("{rule}, for {part}",
		words.Blank{Name: "rule", With: words.Plain(g.Rule.String())},
		words.Blank{Name: "part", With: words.Plain(g.Of)}).In(r.in)
}
