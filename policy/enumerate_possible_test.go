package policy_test

import (
	"fmt"
	"slices"

	. "github.com/mandaat/mandaat/policy"
)

// constraint is why some combinations of facts cannot occur: where all of the
// facts hold, one of the others does. No others: the facts exclude each other. It
// binds an action that mentions all of them.
type constraint struct {
	facts  word
	others word
	why    string
	only   []Action // where it does not hold of every action
}

// constraints is which combinations of facts can occur, first of what anybody can
// ask, then of the documents, then of users.
var constraints = []constraint{
	{IsAccountant | IsSMEAccountant, 0, "R2: of the two, the SME Accountant leads", nil},
	{IsClientUser | IsRestrictedClientUser, 0, "R1: of the two, the Restricted client user leads", nil},

	{StageTagging, stageTold, "a stage is known where it was told", nil},
	{StageBooking, stageTold, "a stage is known where it was told", nil},
	{StageArchived, stageTold, "a stage is known where it was told", nil},
	{StageBooking | StageArchived, 0, "a document is at one stage", nil},
	{CompanyAccess, companyTold, "nobody has access to a company that was not told", onDocuments},
	{Linked, companyTold, "where the company was not told, neither was its accounting system", nil},
	{LinkVerified, companyTold, "where the company was not told, neither was its accounting system", nil},
	{AuthorisersFit, companyTold, "nobody can authorise for a company that was not told", nil},
	{MergeFit, companyTold, "documents that fit are known to be of one company", nil},
	{MergeFit, delivererTold, "documents that fit are known to be of one deliverer", nil},
	{DeliveredBySubject, delivererTold, "who delivered is known where it was told", nil},
	{InTurn, RoutePending, "who is in turn is so on a pending route", nil},
	{InTurn, assignedTold, "a route tells that the document was assigned", nil},
	{RoutePending, assignedTold, "a route tells that the document was assigned", nil},
	{RoutePending | StageBooking, 0, "what is to be booked has passed its authorisers", nil},
	{RoutePending | OpenToClients, 0, "what has a route was assigned, and is ready for tagging only without a pending one", nil},
	{OpenToClients, stageTold | assignedTold, "to be open, it is known to be ready for tagging or never assigned", nil},
	{OpenToClients | StageBooking, assignedTold, "to be open there, it is known to be never assigned", nil},
	{OpenToClients | StageArchived, assignedTold, "to be open there, it is known to be never assigned", nil},
	{stageTold, StageBooking | StageArchived | OpenToClients | RoutePending, "the other stages are tagging, which is open, and authorisation, which is pending", nil},

	{IsSuperUser, RolesWithinRank, "no role ranks above Super user", nil},
	{IsAccountant | ClientRolesOnly, RolesWithinRank, "the client roles rank below Accountant", nil},
	{IsSMEAccountant | ClientRolesOnly, RolesWithinRank, "the client roles rank below SME Accountant", nil},
	{IsAdministrator | ClientRolesOnly, RolesWithinRank, "the client roles rank below Authorisation administrator", nil},
	{IsAccountant | GrantsAuthoriser, RolesWithinRank, "Authoriser ranks below Accountant", nil},
	{IsSMEAccountant | GrantsAuthoriser, RolesWithinRank, "Authoriser ranks below SME Accountant", nil},
	{IsAdministrator | GrantsAuthoriser, RolesWithinRank, "Authoriser ranks below Authorisation administrator", nil},
	{ClientRolesOnly | GrantsAuthoriser, 0, "Authoriser is no client role", grants},
	{ClientRolesOnly | GrantsAuthoriser, RolesWithinRank, "both hold only where no role is changed", changes},
	{ClientRolesOnly | GrantsAuthoriser, RoleSetValid, "both hold only where no role is changed", changes},
	{ClientRolesOnly | GrantsAuthoriser, SuperUserRemains, "both hold only where no role is changed", changes},
	{ClientRolesOnly, SuperUserRemains, "to revoke a client role takes no Super user away", revocations},
	{RolesWithinRank, IsSuperUser | SuperUserRemains, "to take a Super user away is to revoke the highest role", revocations},
	{RolesWithinRank, IsSuperUser | IsAccountant | IsSMEAccountant | IsAdministrator | ClientRolesOnly | GrantsAuthoriser, "an Authoriser or client has no other roles within rank", grants},

	{SharesCompany, IsSMEAccountant | IsAdministrator, "it is established for those roles alone", nil},
	{SeenByAdministrator, IsSMEAccountant | IsAdministrator, "it is established for those roles alone", nil},
	{SeenByAdministrator, SharesCompany, "it takes a shared company", nil},
	{SharesCompany | TargetAuthoriser, SeenByAdministrator, "an Authoriser of a shared company is seen", nil},
	{SeenByAdministrator, TargetAuthoriser | TargetBelowSME, "who ranks below Authorisation administrator ranks below SME Accountant", nil},
	{TargetClientSide, TargetBelowSME, "who is client-side ranks below SME Accountant", nil},
	{Manageable, IsAccountant | IsSMEAccountant, "only an Accountant or SME Accountant manages", nil},
	{Manageable, BookingRole, "only an Accountant or SME Accountant manages", nil},
	{Manageable | IsSMEAccountant, SeenByAdministrator, "whom an SME Accountant manages has client roles alone, and shares a company", nil},
	{Manageable, SuperUserRemains, "no Super user is manageable, and only theirs could be the last", nil},

	{Self | Another, 0, "the user asked about is who asks or somebody else", nil},
	{0, Self | Another, "the user asked about is who asks or somebody else", nil},
	{Self | IsSuperUser | TargetBelowSME, 0, "who asks about themselves has their own rank", nil},
	{Self | IsAccountant | TargetBelowSME, 0, "who asks about themselves has their own rank", nil},
	{Self | IsSMEAccountant | TargetBelowSME, 0, "who asks about themselves has their own rank", nil},
	{Self, IsSuperUser | IsAccountant | IsSMEAccountant | TargetBelowSME, "who asks about themselves has their own rank", nil},
	{Self | IsAuthoriser, TargetAuthoriser, "who asks about themselves has their own roles", nil},
	{Self | TargetAuthoriser, IsAuthoriser, "who asks about themselves has their own roles", nil},
	{Self | SeenByAdministrator, IsAuthoriser, "nobody ranks below themselves", nil},
	{Self | IsSuperUser | Manageable, 0, "no Super user is manageable, by themselves neither", nil},
	{IsSuperUser | Manageable, Another, "no Super user is manageable, by themselves neither", nil},
	{Manageable, Another | IsAccountant, "only an Accountant may manage their own kind, and so themselves", nil},
	{IsAccountant, Another | IsSuperUser | Manageable, "an Accountant may manage their own kind, and so themselves", nil},
	{0, Another | TargetWithinReach, "everybody reaches their own companies", nil},
	{0, Another | IsSuperUser | SuperUserRemains, "who asks about themselves is a Super user or is not missed as one", nil},
	{0, Another | Active | SuperUserRemains, "who has left is not missed any more", nil},

	// What leaves a set invalid changes it, and somebody's set.
	{IsAccountant, Manageable | RolesWithinRank | RoleSetValid, "whom an Accountant does not manage is a Super user already", grants},
	{SeenByAdministrator | GrantsAuthoriser, Another | RoleSetValid, "who administers and sees themselves is an Authoriser already", grants},
	{SeenByAdministrator | GrantsAuthoriser, Another | ClientRolesOnly, "who administers and sees themselves is an Authoriser already", changes},
	{SeenByAdministrator | GrantsAuthoriser, SuperUserRemains, "who is seen and not yet an Authoriser ranks low", changes},
	{RolesWithinRank | GrantsAuthoriser, Another | IsSuperUser | IsAccountant | IsSMEAccountant | IsAdministrator | RoleSetValid, "whose highest role is Authoriser has it already", grants},
	{RolesWithinRank | GrantsAuthoriser, Another | IsSuperUser | IsAccountant | IsSMEAccountant | IsAdministrator | ClientRolesOnly, "whose highest role is Authoriser has it already", changes},
	{RolesWithinRank | IsAdministrator, Another | IsSuperUser | IsAccountant | ClientRolesOnly | GrantsAuthoriser | RoleSetValid, "the other roles within rank are their own already", grants},
	{IsSMEAccountant | SeenByAdministrator | GrantsAuthoriser, Manageable | RoleSetValid, "who is seen, no Authoriser yet, and has an invalid set, has both client roles and no others", nil},
	{IsAccountant | SeenByAdministrator | GrantsAuthoriser, Manageable | RoleSetValid, "who is seen and not yet an Authoriser ranks low, so an Accountant manages them", grants},
	{IsAccountant | SeenByAdministrator | GrantsAuthoriser, Manageable | ClientRolesOnly, "who is seen and not yet an Authoriser ranks low, so an Accountant manages them", changes},
	{Manageable, RolesWithinRank | RoleSetValid, "whom one manages has no roles above one's own to be revoked", revocations},
	{Manageable | IsSMEAccountant, ClientRolesOnly | RoleSetValid, "whom an SME Accountant manages has only client roles to be revoked", revocations},
	{0, Another | IsSMEAccountant | RolesWithinRank | RoleSetValid, "nobody has a role above their own highest, but a stored Accountant whom SME Accountant leads", revocations},
	{IsSuperUser | ClientRolesOnly, Another | IsSMEAccountant | RoleSetValid, "who is a Super user has a valid set without client roles, but for R2", revocations},
	{IsAccountant | ClientRolesOnly, Another | RoleSetValid, "who is an Accountant has a valid set without client roles", revocations},
}

var (
	grants      = []Action{UserGrantRole}
	revocations = []Action{UserRevokeRole}
	changes     = []Action{UserChangeRoles}
	onDocuments = slices.Collect(func(yield func(Action) bool) {
		for a := range AllActions() {
			if a.On() == Document && !yield(a) {
				return
			}
		}
	})
)

func (c constraint) allows(w word) bool { return !w.Has(c.facts) || w&c.others != 0 }

func (c constraint) String() string {
	return fmt.Sprintf("%s then one of %s (%x, %x, %s)", c.facts, c.others, uint64(c.facts>>60), uint64(c.others>>60), c.only)
}

// possible is every combination that the constraints let occur.
func possible(a Action) map[combination]bool {
	words := possibleWords(a)
	list := make(map[combination]bool, len(words))
	for _, first := range words {
		if a != DocumentMerge && (a != UserChangeRoles || aloneFits(first)) {
			list[combination{parts: 1, first: first}] = false
		}
	}
	if a == DocumentMerge || a == UserChangeRoles {
		for _, first := range words {
			for _, second := range words {
				if pairable(a, first, second) {
					list[combination{2, first, second}] = false
				}
			}
		}
	}
	return list
}

// aloneFits: the one change of a set that takes a Super user away is to revoke
// that role.
func aloneFits(w word) bool { return w.Has(SuperUserRemains) || takesSuperUser(w) }

func takesSuperUser(w word) bool {
	return w&(ClientRolesOnly|GrantsAuthoriser) == 0 && w.Has(RolesWithinRank) == w.Has(IsSuperUser)
}

// pairConstraint is why some combinations of two words cannot occur.
type pairConstraint struct {
	of    Action
	holds func(first, second word) bool
	why   string
}

func agree(on word) func(first, second word) bool {
	return func(first, second word) bool { return (first^second)&on == 0 }
}

func notBoth(facts word) func(first, second word) bool {
	return func(first, second word) bool { return !first.Has(facts) || !second.Has(facts) }
}

func neither(facts word) func(first, second word) bool {
	return func(first, second word) bool { return !first.Has(facts) && !second.Has(facts) }
}

var pairConstraints = []pairConstraint{
	{DocumentMerge, agree(^(CompanyAccess | DeliveredBySubject | StageTagging | everyPartTold)), "the rest is of who asks, and of both documents"},
	{DocumentMerge, func(first, second word) bool {
		return !first.Has(MergeFit) || agree(CompanyAccess|DeliveredBySubject)(first, second)
	}, "documents that fit are of one company and one deliverer"},

	{UserChangeRoles, func(first, second word) bool { return first <= second }, "the order of the changes means nothing"},
	{UserChangeRoles, agree(^(RolesWithinRank | ClientRolesOnly | GrantsAuthoriser)), "the rest is of who asks, and of the set that is left"},
	{UserChangeRoles, notBoth(GrantsAuthoriser), "to grant Authoriser is one change"},
	{UserChangeRoles, neither(ClientRolesOnly | GrantsAuthoriser), "both hold only where no role is changed"},
	{UserChangeRoles, func(first, second word) bool {
		return !first.Has(IsAccountant) || first.Has(RolesWithinRank) || second.Has(RolesWithinRank)
	}, "one role ranks above Accountant"},
	{UserChangeRoles, func(first, second word) bool {
		return first.Has(SuperUserRemains) || takesSuperUser(first) || takesSuperUser(second)
	}, "to take a Super user away is to revoke that role"},
	{UserChangeRoles, eitherWay(func(first, second word) bool {
		return !reachesAuthoriser(first) || !second.Has(ClientRolesOnly) || second.Has(RolesWithinRank)
	}), "who reaches another role reaches the client roles"},
	{UserChangeRoles, eitherWay(func(first, second word) bool {
		return first&managing != 0 || !reachesAuthoriser(first) || !second.Has(GrantsAuthoriser) && !reachesAuthoriser(second)
	}), "whose highest role is Authoriser reaches no other but the client roles"},
	{UserChangeRoles, func(first, second word) bool {
		above := first.Has(ClientRolesOnly) && !(first | second).Has(RolesWithinRank) && second.Has(ClientRolesOnly)
		return !above || first.Has(Another) || !first.Has(RoleSetValid)
	}, "who has no role at all would get both client roles"},
}

// managing is the roles that rank above Authoriser.
const managing = IsSuperUser | IsAccountant | IsSMEAccountant | IsAdministrator

// reachesAuthoriser: the role changed is within rank and no client role.
func reachesAuthoriser(w word) bool { return w.Has(RolesWithinRank) && !w.Has(ClientRolesOnly) }

func eitherWay(holds func(first, second word) bool) func(first, second word) bool {
	return func(first, second word) bool { return holds(first, second) && holds(second, first) }
}

func pairable(a Action, first, second word) bool {
	return !slices.ContainsFunc(pairConstraints, func(p pairConstraint) bool { return p.of == a && !p.holds(first, second) })
}

// possibleWords is every word that the constraints of an action let occur.
func possibleWords(a Action) (words []word) {
	binding := bindingOn(a)
	eachWord(mentioned(a), func(w word) {
		if !slices.ContainsFunc(binding, func(c constraint) bool { return !c.allows(w) }) {
			words = append(words, w)
		}
	})
	return words
}

// eachWord goes through the words of some facts.
func eachWord(facts word, visit func(word)) {
	for w := facts; ; w = (w - 1) & facts {
		visit(w)
		if w == 0 {
			return
		}
	}
}

func bindingOn(a Action) []constraint {
	all := mentioned(a)
	return slices.DeleteFunc(slices.Clone(constraints), func(c constraint) bool {
		return !all.Has(c.facts|c.others) || c.only != nil && !slices.Contains(c.only, a)
	})
}
