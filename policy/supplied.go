package policy

import (
	"iter"
	"slices"
)

// Rules goes through the rules that open the action, by id.
func (a Action) Rules() iter.Seq[RuleID] {
	return func(yield func(RuleID) bool) {
		if !a.Known() {
			return
		}
		for i := range table[a].rows {
			if !yield(table[a].rows[i].id) {
				return
			}
		}
	}
}

// Opens is the first rule that opens the action where these facts are established
// and no others; the zero RuleID where none does, or where the action always needs
// a fact that is not among them.
func (a Action) Opens(have Facts) RuleID {
	if !a.Known() {
		return 0
	}
	return decide(a, have, 0).rule
}

// Facts is the words of facts that a question is decided on, one for each part of
// it: each document of a merger, each role of a change, and one otherwise. It is
// allowed when the action opens to every one of them. Where the question cannot be
// asked at all there are none, and the Code says why.
func (s *Subject) Facts(a Action, r Resource, with *With) ([]Facts, Code) {
	q := ask(s, a, r, with, false)
	return wordsOf(&q)
}

// CouldFacts is the same for the question that Could answers.
func (s *Subject) CouldFacts(a Action, r Resource, with *With) ([]Facts, Code) {
	q := ask(s, a, r, with, true)
	return wordsOf(&q)
}

func wordsOf(q *question) ([]Facts, Code) {
	if code := q.fault(); code != 0 {
		return nil, code
	}
	words := make([]Facts, q.parts())
	whole := q.established()
	for i := range words {
		words[i] = whole | q.partFacts(i)
	}
	return words, 0
}

// Could answers as Check does, but takes each property that the action needs and
// that was not given as well supplied: as one that no rule or guard objects to. It
// is the question of a list, "what may Carla do", before she has chosen anything.
// The second result is the properties that were taken so; what they are called for
// is Action.Takes.
func (s *Subject) Could(a Action, r Resource, with *With) (Decision, Properties) {
	if with == nil && r.Type == Document && r.Document != nil && s != nil && s.inTime && a.On() == Document {
		return s.decideOn(a, s.see(r.Document)), actionTable[a].needed
	}
	q := ask(s, a, r, with, true)
	v := q.judge()
	if v.Code() == UnknownUser || v.Code() == UnknownAction || v.Code() == UnknownResource {
		return v.Decision, 0
	}
	return v.Decision, q.missing()
}

// suppliedFacts is what holds of the properties that are taken as well supplied.
func (q *question) suppliedFacts() (f Facts) {
	for p := range q.missing().Each() {
		switch p {
		case PropertyAuthorisers:
			f |= AuthorisersFit
		case PropertyWith:
			f |= MergeFit
		case PropertyRole, PropertyRoles:
			f |= RolesWithinRank | ClientRolesOnly | GrantsAuthoriser | RoleSetValid | SuperUserRemains
		case PropertyCompanies:
			f |= CompaniesWithinReach | DutyKept
		case PropertySystem:
			f |= AccountingUserFit | q.someLink()
		case PropertyUser:
			f |= AccountingUserFit
		case PropertyEndDate:
			f |= SuperUserRemains | DutyKept
		case PropertyOldPasswordVerified:
			f |= OldPasswordVerified
		case PropertySynchronisationUser:
			f |= CandidateFit | AccountingUserFit
		}
	}
	return f
}

// someLink is what holds of a link of the target that one may choose.
func (q *question) someLink() Facts {
	if q.target == noPlace {
		return 0
	}
	t := q.snap.userOf(q.target)
	own := t.bound()
	return when(len(own.links) > 0, TargetLinked) | when(slices.ContainsFunc(own.links, func(l link) bool {
		return !slices.Contains(own.duties, l.system)
	}), DutyKept)
}
