package review

import (
	"maps"
	"slices"

	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// This file looks at the office as a whole: O1, O2, O11, O13, O14 and O17.

func (s *survey) lookAtOffice() {
	s.lookAtSupers()
	s.lookAtAddresses()
	s.lookAtWorkflow()
}

func (s *survey) lookAtSupers() {
	if len(s.supers) == 0 {
		s.note(o1, Finding{Mend: s.mendNoSuper(), message: words.Say("The office has no active Super user.")})
		return
	}
	if len(s.supers) == 1 {
		s.note(o2, Finding{User: s.supers[0].ID, Mend: s.mendOneSuper(), message: words.Say(
			"{user} is the only active Super user.", plain("user", s.supers[0].ID))})
	}
	if last := s.supers[0].EndDate; !last.IsZero() {
		s.note(o14, Finding{Mend: s.mendNoSuper(), message: words.Say(
			"From {day} on the office has no active Super user; until then there is {users}.",
			blank("day", words.Plain(last.String())), blank("users", someOf(s.lastSupers(last))))})
	}
}

// lastSupers is the Super users who stay until a day, sorted by id.
func (s *survey) lastSupers(end users.Date) []users.ID {
	return ids(slices.DeleteFunc(slices.Clone(s.supers), func(m *member) bool { return m.EndDate != end }))
}

func (s *survey) lookAtAddresses() {
	sharing := map[string][]*member{}
	for _, m := range s.members {
		if m.active {
			sharing[m.mailbox] = append(sharing[m.mailbox], m)
		}
	}
	maps.DeleteFunc(sharing, func(_ string, list []*member) bool { return len(list) < 2 })
	for _, list := range sharing {
		s.note(o11, Finding{Users: ids(list), Mend: mendSharedAddress(list), message: words.Say(
			"{users} share the address {address}.",
			blank("users", someOf(ids(list))), blank("address", words.Plain(list[0].Email)))})
	}
}

func (s *survey) lookAtWorkflow() {
	for c := range s.workflow.without(s.authorised) {
		id := s.companies[c].ID
		s.note(o13, Finding{Company: id, Mend: s.mendNoAuthoriser(c), message: words.Say(
			"{company} uses the authorisation workflow, and no active Authoriser reaches it.", plain("company", id))})
	}
	for c := range s.workflow.without(s.administered) {
		id := s.companies[c].ID
		s.note(o17, Finding{Company: id, Mend: s.mendNoAdministrator(c), message: words.Say(
			"{company} uses the authorisation workflow, and no active Authorisation administrator reaches it.", plain("company", id))})
	}
}
