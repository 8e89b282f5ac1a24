package policy

import "github.com/mandaat/mandaat/roles"

// target is what holds of a user with some stored roles, as somebody who asks sees them.
type target struct {
	seen         Facts // whoever asks
	sharing      Facts // where the two share a company
	byAccountant Facts // for an Accountant
	bySME        Facts // for an SME Accountant who shares a company
}

var targets = func() (of [1 << 8]target) {
	for set := range of {
		of[set] = targetWith(roles.Set(set))
	}
	return of
}()

// targetWith says who may manage whom: an Accountant anyone but a Super user; an SME
// Accountant a client-side user without a role in authorisation.
func targetWith(stored roles.Set) target {
	authoriser := stored.Has(roles.Authoriser)
	belowAdministrator := roles.AuthorisationAdministrator.Above(stored.Highest())
	authorises := stored.HasAny(roles.SetOf(roles.Authoriser, roles.AuthorisationAdministrator))
	return target{
		seen: when(stored.ClientSide(), TargetClientSide) | when(authoriser, TargetAuthoriser) |
			when(roles.SMEAccountant.Above(stored.Highest()), TargetBelowSME),
		sharing:      SharesCompany | when(authoriser || belowAdministrator, SeenByAdministrator),
		byAccountant: when(!stored.Has(roles.SuperUser), Manageable),
		bySME:        when(stored.ClientSide() && !authorises, Manageable),
	}
}

// targetFacts is what holds of a user asked about, as the subject sees them.
func (s *Subject) targetFacts(at int32) Facts {
	t := s.snap.userOf(at)
	as := &targets[t.stored]
	f := as.seen
	if at == s.place {
		f |= Self
	} else {
		f |= Another
	}
	if !t.used {
		f |= NotYetUsed
	}
	if s.facts()&(IsSMEAccountant|IsAdministrator) != 0 && s.reach().shares(t.reach()) {
		f |= as.sharing
	}
	switch {
	case s.facts().Has(IsAccountant):
		f |= as.byAccountant
	case s.facts().Has(IsSMEAccountant) && f.Has(SharesCompany):
		f |= as.bySME
	}
	return f
}

// onResource is the facts of a resource of each type, for who asks.
var onResource = [...]Facts{
	Document: CompanyAccess | Linked | LinkVerified | kindFacts,
	Company:  CompanyAccess,
	User: Self | Another | NotYetUsed | SharesCompany | TargetClientSide | TargetAuthoriser | TargetBelowSME |
		SeenByAdministrator | Manageable,
	Office: 0,
}

// ofAsker is the facts of who asks.
const ofAsker = Active | roleFacts | ArchiveRight | BankRight | LaterCompaniesRight

// plainly decides on an action that is decided on who asks and the resource alone, a
// company or a user that is there.
func (s *Subject) plainly(a Action, at int32) Decision {
	have := s.facts()
	if a.On() == User {
		have |= s.targetFacts(at)
	} else if s.reach().has(at) {
		have |= CompanyAccess
	}
	answer := table[a].decide(have, 0)
	answer.warnings = s.warnings
	return answer
}
