package policy

import "slices"

// A question about a document that was told in full comes down to few words of facts:
// nine facts of who asks, seven of the document, access, and for booking two of a link.
// The evaluator decides all of them once, when the program starts, and a check looks its
// word up. What does not come down to that is decided then and there.

// kind is the facts of a document and of the subject's part in it, in the order of
// their bits from StageTagging on, and whether the subject has access to its company.
type kind uint8

const (
	kindFacts     = StageTagging | StageBooking | StageArchived | DeliveredBySubject | OpenToClients | RoutePending | InTurn
	kindDelivered = kind(DeliveredBySubject / StageTagging)
	kindInTurn    = kind(InTurn / StageTagging)
	kindAccess    = kindInTurn << 1
	accessBit     = 7
)

var _ [1]struct{} = [kindAccess >> accessBit]struct{}{} // or the bit is another

// accessOf is the access of a kind: of whoever reaches the company, 1, or does not, 0.
func accessOf(reached uint64) kind { return kind(reached << accessBit) } //nolint:gosec // 1 or 0

// facts is what holds of a document of the kind.
func (k kind) facts() Facts {
	return Facts(k)*StageTagging&kindFacts | when(k&kindAccess != 0, CompanyAccess)
}

// asker is what counts of who asks about a document: whether they are active, and eight
// facts side by side from IsAdministrator on.
type asker uint16

const (
	askers     = 1 << 9
	askerFacts = IsAdministrator | IsAuthoriser | IsClientUser | IsRestrictedClientUser | BookingRole | ClientRole |
		ArchiveRight | BankRight
)

// facts is what holds of the asker.
func (n asker) facts() Facts { return Facts(n)<<4&askerFacts | Facts(n)&Active }

// askerOf is the facts of who asks, as a number.
func askerOf(own uint16) asker { return asker(own>>4&^1|own&1) % askers }

// byKind is an action decided for one asker with one bond, for each kind of document: with
// the warnings that go with an allowance.
type byKind [1 << 8]Decision

// answers is an action decided for one asker.
type answers struct {
	by   [wholeBond + 1]byKind
	open [1 << 8]uint8 // by kind: 1 where it is allowed to who has access and a whole bond
}

// decisions is an action decided for every question that comes down to this.
type decisions struct {
	by     [askers]*answers // those that say the same are the same
	action Action
	plain  bool // it takes no properties
	links  bool // a link counts; where it does not, it is taken as a whole one
}

// of is the decisions for an asker with a bond.
func (d *decisions) of(by asker, b bond) *byKind { return &d.by[by%askers].by[b&wholeBond] }

// bond is what a link is worth for a company, as a number; 0 where there is none.
type bond uint8

const (
	reachBond bond = 1 << iota // the account reaches the company
	proofBond                  // the password was found right
	wholeBond = reachBond | proofBond
)

// facts is what holds of a link.
func (b bond) facts() Facts {
	return when(b&reachBond != 0, Linked) | when(b&proofBond != 0, LinkVerified)
}

// bond is what the link is worth for a company.
func (l *link) bond(company int32) bond {
	return bond(one(l.reaches(company)))*reachBond | bond(one(l.verified))*proofBond
}

// decided is the actions on documents by action; nil for the others.
var decided = func() (of [1 << 8]*decisions) {
	for a := range AllActions() {
		t := &table[a]
		known := Active | CompanyAccess | Linked | LinkVerified | askerFacts | kindFacts | t.supplied()
		if a.On() == Document && known.Has(t.spoken) {
			of[a] = decideAll(a)
		}
	}
	return of
}()

// supplied is the facts about properties that are taken as well supplied, on documents.
func (t *rowsOf) supplied() Facts { return t.spoken & (AuthorisersFit | MergeFit) }

// links says whether a link counts.
func (t *rowsOf) links() bool { return t.spoken&(Linked|LinkVerified) != 0 }

func decideAll(a Action) *decisions {
	t := &table[a]
	d := &decisions{action: a, plain: a.plain(), links: t.links()}
	byFacts := make(map[Facts]*answers)
	var made []*answers
	for by := range asker(askers) {
		have := by.facts() & (t.spoken | t.role)
		if have&Active == 0 {
			have = 0 // what else they are does not count
		}
		if byFacts[have] == nil {
			next := decideFor(a, have)
			at := slices.IndexFunc(made, func(other *answers) bool { return *other == *next })
			if at < 0 {
				at, made = len(made), append(made, next)
			}
			byFacts[have] = made[at]
		}
		d.by[by] = byFacts[have]
	}
	return d
}

// decideFor decides an action for what holds of an asker.
func decideFor(a Action, have Facts) *answers {
	t, made := &table[a], new(answers)
	for b := range wholeBond + 1 {
		if b > 0 && !t.links() {
			made.by[b] = made.by[0]
			continue
		}
		for k := range made.by[b] {
			all := have | b.facts() | t.supplied() | kind(k).facts()
			made.by[b][k] = despiteDelivery(a, t.decide(all, 0), all)
		}
	}
	for k := range made.open {
		made.open[k] = one(made.by[wholeBond][kind(k)|kindAccess].Allowed())
	}
	return made
}

// despiteDelivery adds the warning that goes with an allowance to who delivered the
// document.
func despiteDelivery(a Action, d Decision, have Facts) Decision {
	if d.Allowed() && have.Has(DeliveredBySubject) {
		switch a {
		case DocumentApprove:
			d.warnings |= SelfApproval
		case DocumentBook:
			d.warnings |= SelfBooking
		}
	}
	return d
}
