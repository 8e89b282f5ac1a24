package workflow_test

import (
	"slices"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// This file says a second time, from the articles alone and without the policy or
// the moves of package documents, who may do what and what becomes of a paper.

// desk is somebody who acts on papers, and the office they do it in.
type desk struct {
	office offices.Office
	who    users.User
	known  bool
	today  users.Date
}

func (d desk) active() bool { return d.known && d.who.ActiveOn(d.today) }

// is says whether somebody works in a role: of two that exclude each other, the
// more limited one.
func is(u users.User, r roles.Role) bool {
	switch {
	case r == roles.ClientUser && u.Roles.Has(roles.RestrictedClientUser):
		return false
	case r == roles.Accountant && u.Roles.Has(roles.SMEAccountant):
		return false
	}
	return u.Roles.Has(r)
}

func (d desk) is(r roles.Role) bool { return is(d.who, r) }

func (d desk) books() bool { return d.is(roles.Accountant) || d.is(roles.SMEAccountant) }

func (d desk) reaches(c companies.ID) bool {
	_, exists := d.office.Company(c)
	return exists && d.who.Access.Has(c)
}

// manages says whether somebody may split, merge, tag or assign a paper.
func (d desk) manages(p paper) bool {
	return p.Stage == documents.Tagging && d.reaches(p.Company) &&
		(d.is(roles.ClientUser) || d.is(roles.RestrictedClientUser) && p.By == d.who.ID)
}

func (d desk) authorises(p paper) bool {
	return d.is(roles.Authoriser) && d.reaches(p.Company) && p.turn() >= 0 && p.Steps[p.turn()].Authoriser == d.who.ID
}

func (d desk) intervenes(p paper) bool {
	return d.is(roles.AuthorisationAdministrator) && d.reaches(p.Company) && p.turn() >= 0
}

func (d desk) handlesBooking(p paper) bool {
	return d.books() && d.reaches(p.Company) && p.Stage == documents.Booking
}

// hasLogin says whether somebody could book for a company: as a user of its
// accounting system who reaches it there, and whose password was found right.
func (d desk) hasLogin(id companies.ID) bool {
	company, _ := d.office.Company(id)
	system, _ := d.office.System(company.System)
	for link := range d.office.Links(d.who.ID) {
		for _, u := range system.Users {
			if link.System == system.ID && link.AccountingUser == u.ID && link.Verified && u.Reach.Has(id) {
				return true
			}
		}
	}
	return false
}

// couldAuthorise says whether a paper may be put before these: at least one, each
// once, active, Authoriser, and with access.
func (d desk) couldAuthorise(list []users.ID, p paper) bool {
	for i, id := range list {
		u, known := d.office.User(id)
		if !known || !u.ActiveOn(d.today) || !is(u, roles.Authoriser) || !u.Access.Has(p.Company) || slices.Contains(list[:i], id) {
			return false
		}
	}
	return len(list) > 0
}

// may says whether a command is allowed, on a paper and, for a merger, on others.
func (d desk) may(c workflow.Command, p paper, others []paper) bool {
	if !d.active() {
		return false
	}
	switch c := c.(type) {
	case workflow.Upload:
		return (d.is(roles.ClientUser) || d.is(roles.RestrictedClientUser)) && d.reaches(c.Company)
	case workflow.Split, workflow.Tag:
		return d.manages(p)
	case workflow.Merge:
		return d.manages(p) && !slices.ContainsFunc(others, func(o paper) bool {
			return !d.manages(o) || o.Company != p.Company || o.By != p.By
		})
	case workflow.Assign:
		return d.manages(p) && d.couldAuthorise(c.Authorisers.Slice(), p)
	case workflow.Approve:
		return d.authorises(p)
	case workflow.Reject:
		return d.authorises(p) && strings.TrimSpace(c.Comment) != ""
	case workflow.Reassign:
		return d.intervenes(p) && d.couldAuthorise(c.Authorisers.Slice(), p)
	case workflow.Withdraw:
		return d.intervenes(p)
	case workflow.Return:
		return d.handlesBooking(p)
	case workflow.Book:
		return d.handlesBooking(p) && d.hasLogin(p.Company)
	}
	panic("no such command")
}

// warnings is what goes with a command that is allowed.
func (d desk) warnings(c workflow.Command, p paper) (list []string) {
	if d.who.Roles.Has(roles.ClientUser) && d.who.Roles.Has(roles.RestrictedClientUser) ||
		d.who.Roles.Has(roles.Accountant) && d.who.Roles.Has(roles.SMEAccountant) {
		list = append(list, "role_set_invalid")
	}
	_, books := c.(workflow.Book)
	company, _ := d.office.Company(p.Company)
	if system, _ := d.office.System(company.System); books && system.Connection.String() == "disconnected" {
		list = append(list, "connection_disconnected")
	}
	if _, approves := c.(workflow.Approve); approves && p.By == d.who.ID {
		list = append(list, "self_approval")
	}
	if books && p.By == d.who.ID {
		list = append(list, "self_booking")
	}
	return list
}

// turn is the place of whoever is in turn: the first pending one, while all before
// them approved; -1 where nobody is.
func (p paper) turn() int {
	for i, s := range p.Steps {
		if s.Outcome == documents.Rejected {
			return -1
		}
		if s.Outcome == documents.Pending {
			return i
		}
	}
	return -1
}

// fits says whether the stage goes with the route.
func (p paper) fits() bool {
	switch p.Stage {
	case documents.Tagging, documents.Booking:
		return p.turn() < 0
	case documents.Authorisation:
		return p.turn() >= 0
	case documents.Archived:
		return true
	}
	return false
}

func (p paper) copied() paper {
	p.Steps = append([]documents.Step{}, p.Steps...)
	return p
}

func stepsPast(list []users.ID) []documents.Step {
	steps := []documents.Step{}
	for _, id := range list {
		steps = append(steps, documents.Step{Authoriser: id})
	}
	return steps
}

// after is what a command that is allowed leaves: papers first changed and then new,
// and those that are gone.
func after(c workflow.Command, who users.ID, p paper, others []paper) (left []paper, gone []documents.ID) {
	p = p.copied()
	switch c := c.(type) {
	case workflow.Upload:
		p = paper{c.Document, c.Company, who, documents.Tagging, []documents.Step{}, false}
	case workflow.Split:
		return splitUp(c, p)
	case workflow.Merge:
		for _, o := range others {
			p.Ever = p.Ever || o.Ever
		}
		gone = c.With.Slice()
	case workflow.Tag:
		p.Stage = documents.Booking
	case workflow.Assign:
		p.Stage, p.Ever, p.Steps = documents.Authorisation, true, stepsPast(c.Authorisers.Slice())
	case workflow.Approve:
		p.Steps[p.turn()].Outcome = documents.Approved
		if p.Stage == documents.Authorisation && p.turn() < 0 {
			p.Stage = documents.Booking
		}
	case workflow.Reject:
		i := p.turn()
		p.Steps[i].Outcome, p.Steps[i].Comment = documents.Rejected, c.Comment
		p.backToTagging()
	case workflow.Reassign:
		p.takenOver(c.Authorisers.Slice())
	case workflow.Withdraw:
		p.Steps = []documents.Step{}
		p.backToTagging()
	case workflow.Return:
		p.Stage = documents.Tagging
	case workflow.Book:
		p.Stage = documents.Archived
	}
	return []paper{p}, gone
}

// backToTagging is where a paper goes when its route ends, unless it is archived.
func (p *paper) backToTagging() {
	if p.Stage == documents.Authorisation {
		p.Stage = documents.Tagging
	}
}

// takenOver puts others in the place of whoever is in turn. Who followed still does,
// once.
func (p *paper) takenOver(list []users.ID) {
	i := p.turn()
	steps := append(slices.Clone(p.Steps[:i]), stepsPast(list)...)
	for _, s := range p.Steps[i+1:] {
		if !slices.Contains(list, s.Authoriser) {
			steps = append(steps, s)
		}
	}
	p.Steps = steps
}

func splitUp(c workflow.Split, p paper) (left []paper, gone []documents.ID) {
	gone = []documents.ID{p.ID}
	for id := range c.Into.All() {
		part := p.copied()
		part.ID = id
		if id == p.ID {
			left, gone = append([]paper{part}, left...), nil
		} else {
			left = append(left, part)
		}
	}
	return left, gone
}
