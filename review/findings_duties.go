package review

import (
	"slices"

	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/words"
)

// This file looks at accounting systems and at who synchronises them: O3 to O5, and
// O15. O3 and O4 do not ask whether the user is active: the duty is there all the same.

func (s *survey) lookAtDuties() {
	for _, y := range s.systems {
		if faults := s.dutyFaults(y); faults != nil {
			s.note(o3, s.unfit(y, faults))
		}
		if y.duty == nil || !y.duty.isSuper() {
			s.note(o4, s.notSuper(y))
		}
		if y.Connection == sync.Disconnected {
			s.note(o5, s.disconnected(y))
		}
		s.lookAtSharedAccounts(y)
	}
}

// dutyFaults is everything for which somebody cannot carry the duty they have.
func (s *survey) dutyFaults(y *systemSeen) (faults []words.Said) {
	m := y.duty
	if !m.active {
		faults = append(faults, s.inactive(m))
	}
	switch l := m.linkTo(y); {
	case l == nil:
		faults = append(faults, words.Say("has no link there"))
	case !l.account.CanChangeMasterData:
		faults = append(faults, words.Say("is linked to {account}, who may not change master data there", plain("account", l.account.ID)))
	case !l.account.serves:
		faults = append(faults, words.Say("is linked to {account}, who does not reach {companies} there",
			plain("account", l.account.ID), blank("companies", s.several(y.companies.without(l.account.reach)))))
	}
	if !y.companies.within(m.reach) {
		faults = append(faults, words.Say("has no access to {companies}",
			blank("companies", s.several(y.companies.without(m.reach)))))
	}
	return faults
}

func (*survey) inactive(m *member) words.Said {
	if !m.hasEnd() {
		return words.Say("is inactive")
	}
	return words.Say("is inactive since the end date, {end}", blank("end", words.Plain(m.EndDate.String())))
}

func (s *survey) unfit(y *systemSeen, faults []words.Said) Finding {
	f := Finding{User: y.duty.ID, System: y.ID, Mend: s.mendUnfit(y)}
	f.message = words.Say("{user}, the synchronisation user of {system}, {faults}.",
		plain("user", y.duty.ID), plain("system", y.ID), blank("faults", words.And(faults...)))
	if f.Mend == nil {
		f.message = sentences(f.message, s.nobodyFit(y))
	}
	return f
}

// nobodyFit says what must happen before anybody could have the duty of a system.
func (*survey) nobodyFit(y *systemSeen) words.Said {
	if len(y.serving[0]) == 0 {
		return words.Say("In {system}, a user must first be given the right to change master data and all companies, and be fetched.",
			plain("system", y.ID))
	}
	return words.Say("Somebody who is active must first be there to take over {system}.", plain("system", y.ID))
}

func (s *survey) notSuper(y *systemSeen) Finding {
	f := Finding{User: y.duty.ID, System: y.ID, Mend: s.mendNotSuper(y)}
	f.message = words.Say("{user}, the synchronisation user of {system}, is not a Super user, which is recommended.",
		plain("user", y.duty.ID), plain("system", y.ID))
	if f.Mend == nil {
		f.message = sentences(f.message, s.nobodyFit(y))
	}
	return f
}

func (s *survey) disconnected(y *systemSeen) Finding {
	f := Finding{System: y.ID, Mend: s.mendDisconnected(y)}
	f.message = words.Say("{system} is disconnected; its synchronisation user is {user}.",
		plain("system", y.ID), plain("user", y.duty.ID))
	if f.Mend == nil {
		f.message = sentences(f.message, s.nobodyFit(y))
	}
	return f
}

func (s *survey) lookAtSharedAccounts(y *systemSeen) {
	for _, u := range y.Users {
		sharing := activeOnly(y.accounts[u.ID].holders)
		if len(sharing) < 2 {
			continue
		}
		s.note(o15, Finding{Users: ids(sharing), System: y.ID, Mend: mendSharedAccount(y, sharing), message: words.Say(
			"{users} are linked to the same user {account} of {system}.",
			blank("users", someOf(ids(sharing))), plain("account", u.ID), plain("system", y.ID))})
	}
}

func activeOnly(list []*member) []*member {
	return slices.DeleteFunc(slices.Clone(list), func(m *member) bool { return !m.active })
}
