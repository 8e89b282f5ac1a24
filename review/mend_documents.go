package review

import (
	"slices"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
	"github.com/mandaat/mandaat/workflow"
)

func reassignDocument(id documents.ID, to users.ID) Change {
	return Change{
		workflow.Reassign{Document: id, Authorisers: changes.ListOf(to)},
		nil,
		"reassign " + string(to) + " for " + string(id),
		words.Say("Reassign {document} to {user}.", plain("document", id), plain("user", to)),
	}
}

func withdrawDocument(id documents.ID) Change {
	return Change{
		workflow.Withdraw{Document: id},
		nil,
		"withdraw " + string(id),
		words.Say("Withdraw {document} from authorisation.", plain("document", id)),
	}
}

// mendTurn (O18) has another take the turn: an active Authoriser who reaches the
// company, is not on the route and did not deliver the document; best with no other
// part in the document flow. Where there is none, the route is withdrawn. Nobody who
// left comes back, and nobody gets a role or a company for one document.
func (s *survey) mendTurn(d *documents.Document) []Change {
	_, company := s.turnOn(d)
	for _, m := range s.takersOf(company) {
		if m.ID != d.DeliveredBy() && !onRoute(d, m.ID) {
			return one(reassignDocument(d.ID(), m.ID))
		}
	}
	return one(withdrawDocument(d.ID()))
}

func onRoute(d *documents.Document, id users.ID) bool {
	return slices.ContainsFunc(d.Route().Steps(), func(step documents.Step) bool { return step.Authoriser == id })
}

// takersOf is who could authorise documents of a company, in order of preference.
func (s *survey) takersOf(company int) []*member {
	list, known := s.takers[company]
	if !known {
		for _, m := range s.helpers.takers {
			if m.reach.has(company) {
				list = append(list, m)
			}
		}
		s.takers[company] = list
	}
	return list
}

// mendTurnsOf has others take every turn that a member has and can carry out.
func (s *survey) mendTurnsOf(m *member) (mend []Change) {
	for i := range s.docs {
		if holder, company := s.turnOn(&s.docs[i]); holder == m && s.fits(m, company) {
			mend = append(mend, s.mendTurn(&s.docs[i])...)
		}
	}
	return mend
}
