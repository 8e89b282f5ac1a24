package policy

// A question about a document that was told in full, from somebody active, comes down
// to few words of facts: eight facts of who asks, seven of the document, access, and
// for booking two of a link. The evaluator decides all of them once, when the program
// starts, and a check looks its word up. What does not come down to that is decided
// then and there.

// kind is the facts of a document, and of the subject's part in it, in the order of
// their bits from StageTagging on; and whether the subject has access, and a link.
type kind uint16

const (
	kindFacts     = StageTagging | StageBooking | StageArchived | DeliveredBySubject | OpenToClients | RoutePending | InTurn
	kindDelivered = kind(DeliveredBySubject / StageTagging)
	kindInTurn    = kind(InTurn / StageTagging)
	kindAccess    = kindInTurn << 1
	kindLinked    = kindInTurn << 2
	kindVerified  = kindInTurn << 3

	kindBits       = 8  // up to access
	linkedKindBits = 10 // with a link
)

// facts is what holds of a document of the kind.
func (k kind) facts() (f Facts) {
	return Facts(k)*StageTagging&kindFacts | when(k&kindAccess != 0, CompanyAccess) |
		when(k&kindLinked != 0, Linked) | when(k&kindVerified != 0, LinkVerified)
}

// askerFacts is what counts of somebody active who asks about a document: eight facts,
// side by side from IsAdministrator on.
const askerFacts = IsAdministrator | IsAuthoriser | IsClientUser | IsRestrictedClientUser | BookingRole | ClientRole |
	ArchiveRight | BankRight

// askerKind is those facts as a number.
func askerKind(f Facts) uint8 { return uint8(f & askerFacts / IsAdministrator) } //nolint:gosec // eight facts

// decisions is an action, decided on every word of facts.
type decisions struct {
	of      []Decision // by asker and kind
	asker   [256]uint8 // those who come to the same are one
	bits    uint8      // of a kind; 0 where the action is not decided so
	despite bool       // warnings may go with an allowance
}

var decided = func() (of [actionsEnd]decisions) {
	for a := range AllActions() {
		of[a] = decideAll(a)
	}
	return of
}()

func decideAll(a Action) (d decisions) {
	t := &table[a]
	supplied := t.spoken & (AuthorisersFit | MergeFit)
	known := Active | CompanyAccess | Linked | LinkVerified | askerFacts | kindFacts | supplied
	if a.On() != Document || !known.Has(t.spoken) {
		return d
	}
	d.bits, d.despite = kindBits, a == DocumentApprove
	if t.spoken&(Linked|LinkVerified) != 0 {
		d.bits, d.despite = linkedKindBits, true
	}
	same := make(map[Facts]uint8)
	for asker := range d.asker {
		own := Facts(asker) * IsAdministrator & (t.spoken | t.role)
		number, ok := same[own]
		if !ok {
			number = uint8(len(same)) //nolint:gosec // at most 256
			same[own] = number
			for k := range kind(1) << d.bits {
				d.of = append(d.of, t.decide(Active|supplied|own|k.facts(), 0))
			}
		}
		d.asker[asker] = number
	}
	return d
}

// by is the decisions for one who asks: by kind.
func (d *decisions) by(f Facts) []Decision {
	from := int(d.asker[askerKind(f)]) << d.bits
	return d.of[from : from+1<<d.bits]
}
