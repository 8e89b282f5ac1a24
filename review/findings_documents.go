package review

import (
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/words"
)

// lookAtDocuments finds O18. Whoever the office does not know, or no longer, cannot
// authorise; nor can anybody a document whose company it does not know.
func (s *survey) lookAtDocuments() {
	for i := range s.docs {
		d := &s.docs[i]
		turn := d.Route().InTurn()
		if turn == "" {
			continue
		}
		if faults := s.turnFaults(d); faults != nil {
			s.note(o18, Finding{
				User: turn, Company: d.Company(), Document: d.ID(), Mend: s.mendTurn(d),
				message: words.Say("{document} of {company} waits for {user}, who {faults}.",
					plain("document", d.ID()), plain("company", d.Company()), plain("user", turn), blank("faults", words.And(faults...))),
			})
		}
	}
}

// turnFaults is everything for which the authoriser in turn cannot authorise.
func (s *survey) turnFaults(d *documents.Document) (faults []words.Said) {
	m, company := s.turnOn(d)
	if m == nil {
		return []words.Said{words.Say("is no user of this office")}
	}
	if !m.active {
		faults = append(faults, s.inactive(m))
	}
	if !m.approves() {
		faults = append(faults, words.Say("is not Authoriser"))
	}
	if !m.reach.has(company) {
		faults = append(faults, words.Say("has no access to {companies}", plain("companies", d.Company())))
	}
	return faults
}
