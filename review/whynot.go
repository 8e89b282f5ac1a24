package review

import (
	"slices"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// Answer is whether something is allowed and, where it is not, everything that
// would allow it. The zero Answer denies and knows no remedy.
type Answer struct {
	// Decision is the policy's own.
	policy.Decision
	// Remedies is every remedy there is: fewest changes first, then those that
	// would allow the least else, then by their text. Empty where it is allowed.
	Remedies []Remedy
	// Barred is what would help and may not be.
	Barred []Barred
	// Fixed is, where there is no remedy, the missing facts that nobody can change:
	// that one is the user concerned, or delivered a document.
	Fixed policy.Facts
	// Cut says that there is more than was looked for, see WhyNot.
	Cut bool
}

// Remedy is changes that together would allow what was asked, and of which none
// can be left out. The zero Remedy is none.
type Remedy struct {
	// Changes stand in an order in which they can be made.
	Changes []Change
	// By is the users who may make every one of them now, one after another and
	// without anybody's help; sorted, and empty where it takes several. What the
	// question itself lacks is for who asks to give, and is left out of account
	// where something else is to change too.
	By []users.ID
	// ByOffice says that every change is one of the office.
	ByOffice bool
}

// Barred is changes that together would allow what was asked, and that no user
// may make, whatever their roles, since a rule that holds for everybody refuses
// one. The zero Barred is none.
type Barred struct {
	Changes []Change
	// Code is the rule's: role_set_invalid, last_super_user, synchronisation_duty,
	// candidate_unfit or accounting_user_unfit.
	Code policy.Code
}

// Reason says in a language why the changes may not be made.
func (b Barred) Reason(l words.Language) string { return b.Code.In(l) }

// WhyNot finds every remedy for a denial. A remedy is a smallest set of single
// changes after which the policy, asked again, allows it:
//
//   - of any user: one role granted or revoked, access to one company given or
//     taken, the end date taken away, the archive right, the bank right or the
//     right to later companies given, a link to an accounting-system user made,
//     the password of a link entered;
//   - who synchronises an accounting system: whoever is linked to a user of it who
//     can carry that duty, with that link; or who asks, whom the question names, a
//     Super user or the present one, linked to any such user;
//   - a payment agreement made with the company that is to pay, and companies
//     deleted for the sake of their accounting system;
//   - of a document: its stage, a pending route or one's turn awaited; what was not
//     told of it told;
//   - of the question: a property that was not given, as one that would do, and
//     the old password entered.
//
// Each setting changes once. Smallest is that none can be left out; to await one's
// turn is to await a pending route and more. And a remedy is lawful: in some order
// each change keeps the rules that hold whoever makes it. Smallest sets that would
// help and are not lawful are Barred, unless a remedy is among their changes, or
// more changes would make them one.
//
// The search is exact: it starts from nothing changed and goes only where a fact
// is missing, or a rule broken, by every way there is to mend that one. Nothing
// is found that does not hold when the policy is asked again; where somebody may
// make the changes, it is asked after admin.Apply made them in that user's name.
//
// Beyond three limits the Answer is Cut. Where a user is to reach more than six
// companies that another has and they have not, all are given to the one or taken
// from the other, and no mixtures of both are tried. Where somebody synchronises
// several systems, and there are more than 500 ways to have others do so, one user
// is chosen for all. And no more than 20,000 offices are supposed to find remedies,
// and as many to tell of them: what would take the most changes is then left out,
// and so is what is barred. What else each of several remedies of a size would allow
// is counted to the last right where the office and they are few; else by the actions
// that the changed users can do at all and the companies they reach.
func WhyNot(s admin.State, r policy.Request) Answer {
	answer := Answer{Decision: s.Snapshot().Check(r)}
	switch answer.Code() {
	case 0, policy.UnknownUser, policy.UnknownAction, policy.UnknownResource, policy.BadTime:
		return answer
	}
	q := newQuest(s, r)
	h := hunt{quest: q}
	for _, v := range q.variants() {
		h.run(v)
	}
	var list []ranked
	list, answer.Barred, answer.Cut = h.tell()
	for _, r := range list {
		answer.Remedies = append(answer.Remedies, r.Remedy)
	}
	if len(h.remedies) == 0 {
		answer.Fixed = fixed(h.fixed, s.Snapshot().Explain(r))
	}
	return answer
}

// tell is what the hunt found: the remedies in order, what is barred, and whether
// there is more.
func (h *hunt) tell() (list []ranked, barred []Barred, cut bool) {
	lawful, exhausted := smallest(h.remedies), h.left < 0
	h.left = mostSupposed
	list = h.remediesOf(lawful)
	if !exhausted {
		barred = h.barredOf(slices.DeleteFunc(smallest(h.barred), func(b found) bool {
			return slices.ContainsFunc(lawful, func(f found) bool { return within(f.set, b.set) || within(b.set, f.set) })
		}))
	}
	return list, barred, exhausted || h.mixed || h.left < 0
}

// fixed is what stands in the way where nothing helps: of what the nearest rules
// miss, that for which there is no way at all, or all of it where each of it could
// be had and all together could not.
func fixed(wayless policy.Facts, e policy.Explanation) policy.Facts {
	missed := e.Guard
	for _, n := range e.Near {
		missed |= n.Missed
	}
	switch {
	case missed == 0:
		return wayless
	case missed&wayless != 0:
		return missed & wayless
	}
	return missed
}
