package admin_test

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
)

// plotPaper is a company and who delivered a document to it.
type plotPaper struct {
	company companies.ID
	by      users.ID
}

// plotPapers is a document of every kind that somebody may have delivered to a
// company.
type plotPapers map[plotPaper][]documents.Document

func plotPapersOf(team plotTeam, list []companies.ID) plotPapers {
	papers := make(plotPapers)
	for _, company := range list {
		for _, id := range team.ids() {
			papers[plotPaper{company, id}] = plotPapersBy(company, id)
		}
	}
	return papers
}

func plotPapersBy(company companies.ID, by users.ID) (list []documents.Document) {
	for _, p := range []documents.Parts{
		{Stage: documents.Tagging, Assigned: documents.NeverAssigned},
		{Stage: documents.Booking, Assigned: documents.EverAssigned},
		{Stage: documents.Archived, Assigned: documents.NeverAssigned},
	} {
		p.ID, p.Company, p.DeliveredBy = "paper", company, by
		d, err := documents.New(p)
		if err != nil {
			panic(err)
		}
		list = append(list, d)
	}
	return list
}

// plotFlow is what somebody may do with a document.
var plotFlow = []policy.Action{
	policy.DocumentView, policy.DocumentSplit, policy.DocumentTag, policy.DocumentReturn, policy.DocumentBook, policy.DocumentChangeBankDetails,
}

// mayDo asks the policy what a user may do now that they could not do before.
func (g *plotGoals) mayDo(found *plotFound, p plotPlace, was, u users.User) {
	subject := p.Snapshot().Subject(u.ID, p.at())
	for _, c := range g.far {
		if was.Access.Has(c) {
			continue
		}
		for _, a := range []policy.Action{
			policy.DocumentUpload, policy.CompanyListAuthorisers, policy.CompanyView,
			policy.CompanyChangeSettings, policy.CompanyChangeMandatorySettings,
		} {
			found.when(subject.Check(a, policy.OfCompany(c), nil).Allowed(), goalFlow, string(u.ID)+": "+a.String())
		}
		papers := g.papers[plotPaper{c, u.ID}]
		for i := range papers {
			for _, a := range plotFlow {
				found.when(subject.Check(a, policy.OfDocument(&papers[i]), nil).Allowed(), goalFlow, string(u.ID)+": "+a.String())
			}
		}
	}
	for _, a := range g.superOnly {
		if r, may := g.superOnlyOn(p, &subject, a); may {
			found.when(true, goalSuperOnly, string(u.ID)+": "+a.String()+" on "+r.String())
		}
	}
}

// superOnlyOn asks about everything that there is to do an action to.
func (g *plotGoals) superOnlyOn(p plotPlace, subject *policy.Subject, a policy.Action) (policy.Resource, bool) {
	switch a.On() {
	case policy.Office:
		r := policy.OfOffice("office")
		return r, subject.Check(a, r, nil).Allowed()
	case policy.Company:
		for c := range p.Office().Companies() {
			if r := policy.OfCompany(c.ID); subject.Check(a, r, nil).Allowed() {
				return r, true
			}
		}
	case policy.User:
		for u := range p.Office().Users() {
			if r := policy.OfUser(u.ID); subject.Check(a, r, nil).Allowed() {
				return r, true
			}
		}
	case policy.Connection:
		for id := range g.caps {
			s, _ := p.Office().SystemState(id)
			with := policy.With{SynchronisationUser: s.SynchronisationUser}
			if r := policy.OfConnection(id); subject.Check(a, r, &with).Allowed() {
				return r, true
			}
		}
	case policy.Document:
	}
	return policy.Resource{}, false
}
