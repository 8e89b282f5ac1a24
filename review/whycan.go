package review

import (
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
)

// Standing is why something is allowed, and everything that would end that. The zero
// Standing denies: there is nothing to end.
type Standing struct {
	// Decision is the policy's own.
	policy.Decision
	// Grounds is every rule that allows it, and not the first alone: part by part and
	// in the order of the rules. Empty where it is denied.
	Grounds []Ground
	// Endings is every remedy after which it is denied: fewest changes first, then those
	// that would change the least else, then by their text; and those by which somebody
	// has an end date, as a last resort, after all others. Empty where it is denied.
	Endings []Ending
	// Barred is what would end it and may not be.
	Barred []Barred
	// Cut says that there is more than was looked for, see WhyCan.
	Cut bool
}

// Ground is a rule that allows what is asked, or a part of it. The zero Ground is
// none.
type Ground struct {
	Rule policy.RuleID
	// Of is the part: the id of a document of a merger, the code of a role that
	// changes with others. It is empty where the question has one part.
	Of string
}

// Ending is a remedy after which the answer is a denial. The zero Ending is none.
type Ending struct {
	Remedy
	// Code is that of the denial.
	Code policy.Code
}

// WhyCan finds the rules that allow something and every way to end that. It is the
// mirror image of WhyNot: an Ending is a smallest set of single changes after which the
// policy, asked again, denies it:
//
//   - of who asks, and of whom the question names: one role revoked, access to one
//     company taken, the end date today, the archive right back to by_role, the bank
//     right or the right to later companies taken, a link to an accounting-system user
//     taken away;
//   - of the user asked about: one role granted, which can put them out of reach;
//   - who synchronises an accounting system, where the question is who may reconnect
//     it;
//   - the payment agreement ended with the company that is to pay.
//
// What else is given only makes that lawful: a role that ranks below one that is
// revoked, for who would have none; and another synchronisation user, as WhyNot
// chooses them. What the question itself would change stays as it is, and so do the
// question and its documents: where those were otherwise, it would be another
// question. What an Ending gives is not told alone, even where it would do.
//
// Each setting changes once, none of the changes can be left out, and an Ending is lawful,
// as a remedy is. The search is exact in the same way: while the answer is yes it goes
// by every way to lose a fact that the action always needs, or that the first rule
// needs that opens a part; and nothing is found that does not hold when the policy is
// asked again.
//
// Where two users are to share no company, all that they share are taken from the one
// or from the other, and no mixtures are told. The limits of WhyNot on duties and on
// supposed offices hold here too, and have the Standing Cut.
func WhyCan(s admin.State, r policy.Request) Standing { return standing(s, r, false) }

// WhyCould is WhyCan of what somebody could do with properties that are well supplied,
// as policy.Subject.Could answers.
func WhyCould(s admin.State, r policy.Request) Standing { return standing(s, r, true) }

func standing(s admin.State, r policy.Request, supplied bool) Standing {
	q := newQuest(s, r)
	q.toDeny, q.asList = true, supplied
	standing := Standing{Decision: q.decision(s, r)}
	if !standing.Allowed() {
		return standing
	}
	standing.Grounds = q.grounds()
	h := hunt{quest: q}
	h.run(variant{with: *q.request.With})
	var list []ranked
	list, standing.Barred, standing.Cut = h.tell()
	for _, e := range list {
		standing.Endings = append(standing.Endings, Ending{e.Remedy, q.decision(e.after, r).Code()})
	}
	return standing
}

// grounds is every rule that holds, of each part.
func (q *quest) grounds() (list []Ground) {
	a, _ := q.after(variant{with: *q.request.With}, nil)
	words, _ := a.facts()
	for part, have := range words {
		for rule := range a.request.Action.Rules() {
			if have.Has(needsOf(rule)) {
				list = append(list, Ground{rule, a.partName(part, len(words))})
			}
		}
	}
	return list
}

// partName is what a part of a question that has several is called.
func (a *asked) partName(part, parts int) string {
	switch {
	case parts == 1:
		return ""
	case a.request.Action == policy.DocumentMerge:
		return string(a.docs[part].ID())
	}
	return a.roleAsked(part).String()
}
