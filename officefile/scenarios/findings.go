package scenarios

import (
	"slices"

	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/review"
)

// ofNobody is the findings that name no user, and ofCompany those that name a company.
var (
	ofNobody  = []string{"O1", "O5", "O13", "O14", "O17"}
	ofCompany = []string{"R5", "O12", "O13", "O17", "O18", "S1", "S2", "S3", "S4", "S5"}
)

// pattern finds what a finding is about. One that can never be would go unnoticed among
// those that are not expected.
func (r *reader) pattern(w *world, p *pattern) {
	p.line, p.column = r.Place(p.node)
	if p.user.node != nil {
		r.named(w, aUser, p.user.node, p.user.text)
	}
	if p.company.node != nil {
		r.named(w, aCompany, p.company.node, p.company.text)
	}
	rule, known := review.RuleOf(p.id)
	if !known { // open, or complained of already
		return
	}
	if p.level != 0 && p.level != rule.Level {
		r.Fault(valueOf(p.node, "level"), problems.Quote(p.level.String()), rule.Level.String()+", which is the level of "+p.id)
	}
	if p.user.node != nil && slices.Contains(ofNobody, p.id) {
		r.Fault(keyOf(p.node, "user"), "a user", "none: "+p.id+" is about nobody")
	}
	if p.company.node != nil && !slices.Contains(ofCompany, p.id) {
		r.Fault(keyOf(p.node, "company"), "a company", "none: "+p.id+" is about no company")
	}
}
