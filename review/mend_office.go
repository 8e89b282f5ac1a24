package review

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// helpers is who could help out, in the order in which they are asked.
type helpers struct {
	toSuper         []*member // to become Super user
	authorisers     []*member // to reach another company
	toAuthoriser    []*member // to become Authoriser
	administrators  []*member // to reach another company
	toAdministrator []*member // to become Authorisation administrator
	takers          []*member // to take over a turn
}

func (s *survey) findHelpers() helpers {
	// Access to another company opens nothing by itself to who only authorises; anybody
	// else who is not of the office could be another client's.
	opens := func(m *member) bool { return !m.ofOffice() && (m.books() || m.delivers() || m.Archive != users.ByRole) }
	safe := func(m *member) bool { return !opens(m) && !m.doesAll() }
	stranger := func(m *member) bool { return !m.ofOffice() }
	return helpers{
		toSuper: preferred(s.activeWho(func(m *member) bool { return m.ofOffice() && !m.isSuper() }),
			(*member).hasEnd),
		authorisers: preferred(s.activeWho(func(m *member) bool { return m.approves() && safe(m) }),
			(*member).isSuper, (*member).books, (*member).delivers, (*member).administers, (*member).hasEnd),
		toAuthoriser: preferred(s.activeWho(func(m *member) bool { return !m.ChangeBankDetails || !m.books() || !m.delivers() }),
			(*member).isSuper, (*member).books, (*member).administers, (*member).hasEnd),
		administrators: preferred(s.activeWho(func(m *member) bool { return m.administers() && safe(m) }),
			stranger, (*member).approves, (*member).hasEnd),
		toAdministrator: preferred(s.activeWho((*member).ofOffice),
			(*member).approves, func(m *member) bool { return !m.isSuper() }, (*member).hasEnd),
		takers: preferred(s.activeWho((*member).approves),
			(*member).books, (*member).delivers, (*member).hasEnd),
	}
}

// mendNoSuper (O1, O14) makes an active Accountant without an end date Super user.
// Where there is none a Super user is added: nobody who left comes back.
func (s *survey) mendNoSuper() []Change {
	if s.day.IsZero() {
		return nil // on no day anybody is active
	}
	if mend := s.mendOneSuper(); len(s.helpers.toSuper) > 0 && !s.helpers.toSuper[0].hasEnd() {
		return mend
	}
	return one(s.anotherSuper())
}

// mendOneSuper (O2) does the same, an end date being no obstacle.
func (s *survey) mendOneSuper() []Change {
	if len(s.helpers.toSuper) == 0 {
		return one(s.anotherSuper())
	}
	m := s.helpers.toSuper[0]
	return one(changedRoles(m, m.Roles.With(roles.SuperUser)))
}

// mendNoAuthoriser (O13) gives access to an Authoriser to whom that opens no document
// that is not assigned to them, or who is of the office; best with no other part in
// the document flow. Else somebody who reaches the company becomes Authoriser. Where
// nobody can, the workflow goes, as nobody authorises.
func (s *survey) mendNoAuthoriser(company int) []Change {
	if len(s.helpers.authorisers) > 0 {
		return s.accessFor(s.helpers.authorisers[0], company)
	}
	if m := firstReaching(s.helpers.toAuthoriser, company); m != nil {
		return one(changedRoles(m, m.Roles.With(roles.Authoriser)))
	}
	return one(changeWorkflow(s.companies[company].ID, false))
}

// mendNoAdministrator (O17) makes a Super user or Accountant who reaches the company
// Authorisation administrator, as R5 asks; it gives them little that they do not
// have. Else an administrator gets access, best one of the office; else the workflow
// goes.
func (s *survey) mendNoAdministrator(company int) []Change {
	if m := firstReaching(s.helpers.toAdministrator, company); m != nil {
		return one(changedRoles(m, m.Roles.With(roles.AuthorisationAdministrator)))
	}
	if len(s.helpers.administrators) > 0 {
		return s.accessFor(s.helpers.administrators[0], company)
	}
	return one(changeWorkflow(s.companies[company].ID, false))
}

func (s *survey) accessFor(m *member, company int) []Change {
	return one(changeAccess(s.office, m.ID, []companies.ID{s.companies[company].ID}, nil))
}

func firstReaching(list []*member, company int) *member {
	for _, m := range list {
		if m.reach.has(company) {
			return m
		}
	}
	return nil
}
