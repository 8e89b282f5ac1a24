package policy

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

// byKind is an action decided for one asker, for each kind of document, with the
// warnings that go with an allowance.
type byKind [1 << 8]Decision

// byAsker is an action decided for each asker; those who come to the same share.
type byAsker [askers]*byKind

// decisions is an action decided for every question that comes down to this.
type decisions struct {
	by     byAsker                 // with a link that lacks nothing
	linked *[lacksBoth + 1]byAsker // by what the link lacks; nil where a link does not count
	open   [askers]*[1 << 8]uint8  // by asker and kind: 1 where it is allowed to who has access
	action Action
	plain  bool // it takes no properties
}

// of is the decisions for a link that lacks something.
func (d *decisions) of(l lack) *byAsker {
	if d.linked == nil {
		return &d.by
	}
	return &d.linked[l&lacksBoth]
}

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
	d := &decisions{action: a, plain: a.plain(), by: decideFor(a, Linked|LinkVerified)}
	d.open = opened(&d.by)
	if table[a].spoken&(Linked|LinkVerified) != 0 {
		d.linked = &[...]byAsker{
			0: d.by, lacksReach: decideFor(a, LinkVerified), lacksProof: decideFor(a, Linked), lacksBoth: decideFor(a, 0),
		}
	}
	return d
}

func decideFor(a Action, link Facts) (by byAsker) {
	t := &table[a]
	same := make(map[Facts]*byKind)
	for n := range by {
		own := asker(n).facts() & (t.spoken | t.role)
		if own&Active == 0 {
			own = 0 // what else they are does not count
		}
		if same[own] == nil {
			same[own] = new(byKind)
			for k := range same[own] {
				have := t.supplied() | link | own | kind(k).facts()
				same[own][k] = despiteDelivery(a, t.decide(have, 0), have)
			}
		}
		by[n] = same[own]
	}
	return by
}

func opened(by *byAsker) (open [askers]*[1 << 8]uint8) {
	same := make(map[*byKind]*[1 << 8]uint8)
	for n, own := range by {
		if same[own] == nil {
			same[own] = new([1 << 8]uint8)
			for k := range own {
				if own[kind(k)|kindAccess].Allowed() {
					same[own][k] = 1
				}
			}
		}
		open[n] = same[own]
	}
	return open
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
