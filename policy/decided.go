package policy

import "cmp"

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
)

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

// byKind is an action decided for one asker, for each kind of document.
type byKind struct {
	answers [1 << 8]Decision // with the warnings that go with an allowance
	open    [1 << 8]uint8    // 1 where it is allowed to who has access
}

// decisions is an action decided for every question that comes down to this.
type decisions struct {
	by     [lacksBoth + 1][askers]*byKind // by what the link lacks; those that say the same are the same
	action Action
	plain  bool // it takes no properties
	links  bool // a link counts; where it does not, it is taken as one that lacks nothing
}

// of is the decisions for an asker, and a link that lacks something.
func (d *decisions) of(l lack, by asker) *byKind { return d.by[l&lacksBoth][by%askers] }

// What a link can lack, as a number. Without a link, both are lacking.
type lack uint8

const (
	lacksReach lack = 1 << iota // the account does not reach the company
	lacksProof                  // the password was not found right
	lacksBoth  = lacksReach | lacksProof
)

// lack is what the link lacks for a company.
func (l *link) lack(company int32) (n lack) {
	if !l.reaches(company) {
		n |= lacksReach
	}
	if !l.verified {
		n |= lacksProof
	}
	return n
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

func decideAll(a Action) *decisions {
	t := &table[a]
	d := &decisions{action: a, plain: a.plain(), links: t.spoken&(Linked|LinkVerified) != 0}
	byFacts, byAnswers := make(map[Facts]*byKind), make(map[byKind]*byKind)
	for lacking := range lacksBoth + 1 {
		link := when(lacking&lacksReach == 0, Linked) | when(lacking&lacksProof == 0, LinkVerified)
		for by := range asker(askers) {
			have := (link | by.facts()) & (t.spoken | t.role)
			if have&Active == 0 {
				have = 0 // what else they are does not count
			}
			if byFacts[have] == nil {
				made := decideFor(a, have)
				byFacts[have] = cmp.Or(byAnswers[*made], made)
				byAnswers[*made] = byFacts[have]
			}
			d.by[lacking][by] = byFacts[have]
		}
	}
	return d
}

// decideFor decides an action for what holds of an asker and a link.
func decideFor(a Action, have Facts) *byKind {
	made := new(byKind)
	for k := range made.answers {
		all := have | table[a].supplied() | kind(k).facts()
		made.answers[k] = despiteDelivery(a, table[a].decide(all, 0), all)
	}
	for k := range made.open {
		made.open[k] = one(made.answers[kind(k)|kindAccess].Allowed())
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
