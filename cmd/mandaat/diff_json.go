package main

import (
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// diffLine is a difference as --json prints it.
type diffLine struct {
	Gained []groupLine  `json:"gained"`
	Lost   []groupLine  `json:"lost"`
	Ends   []endLine    `json:"ends"`
	Access []accessLine `json:"access"`
}

// groupLine is rights: every combination of what its lists have.
type groupLine struct {
	Users       []users.ID           `json:"users"`
	Actions     []policy.Action      `json:"actions"`
	Office      string               `json:"office,omitempty"`
	Companies   []companies.ID       `json:"companies,omitempty"`
	Connections []companies.SystemID `json:"connections,omitempty"`
	Targets     []users.ID           `json:"targets,omitempty"`
	Self        bool                 `json:"self,omitempty"`
	Who         []users.ID           `json:"who,omitempty"`
	With        []choiceLine         `json:"with,omitempty"`
}

// choiceLine is what an action is asked with; empty where that is nothing.
type choiceLine struct {
	Document    *documentLine      `json:"document,omitempty"`
	Role        string             `json:"role,omitempty"`
	Roles       *[]string          `json:"roles,omitempty"`
	Company     companies.ID       `json:"company,omitempty"`
	System      companies.SystemID `json:"system,omitempty"`
	Account     sync.UserID        `json:"account,omitempty"`
	BookingRole bool               `json:"booking_role,omitempty"`
	From        string             `json:"from,omitempty"`
	Before      string             `json:"before,omitempty"`
}

// documentLine is a kind of document.
type documentLine struct {
	Stage       documents.Stage `json:"stage"`
	DeliveredBy string          `json:"delivered_by"` // self or other
	Assigned    *bool           `json:"ever_assigned,omitempty"`
	Turn        string          `json:"turn,omitempty"` // self or other
}

type endLine struct {
	User   users.ID `json:"user"`
	Before stayLine `json:"before"`
	After  stayLine `json:"after"`
}

type stayLine struct {
	Active  bool   `json:"active"`
	EndDate string `json:"end_date,omitempty"`
}

type accessLine struct {
	User  users.ID       `json:"user"`
	Given []companies.ID `json:"given"`
	Taken []companies.ID `json:"taken"`
}

func diffJSON(d review.Difference) (string, error) {
	line := diffLine{groupLines(d.Gained.Groups()), groupLines(d.Lost.Groups()), []endLine{}, []accessLine{}}
	for _, e := range d.Ends {
		line.Ends = append(line.Ends, endLine{e.User, stayOf(e.Before), stayOf(e.After)})
	}
	for _, a := range d.Access {
		line.Access = append(line.Access, accessLine{a.User, append([]companies.ID{}, a.Given...), append([]companies.ID{}, a.Taken...)})
	}
	return oneLine(line)
}

func stayOf(e review.End) stayLine {
	s := stayLine{Active: e.Active}
	if !e.Date.IsZero() {
		s.EndDate = e.Date.String()
	}
	return s
}

func groupLines(groups []review.Group) []groupLine {
	list := make([]groupLine, len(groups))
	for i, g := range groups {
		list[i] = groupLine{
			Users: g.Users, Actions: g.Actions, Office: g.Office, Companies: g.Companies, Connections: g.Connections,
			Targets: g.Targets, Self: g.Self, Who: g.Who,
		}
		if len(g.With) == 1 && g.With[0] == (review.Choice{}) && g.Actions[0] != policy.UserChangeRoles {
			continue // with nothing, as most are
		}
		for _, c := range g.With {
			list[i].With = append(list[i].With, choiceOf(g.Actions[0], c))
		}
	}
	return list
}

func choiceOf(a policy.Action, c review.Choice) choiceLine {
	line := choiceLine{Company: c.Company, System: c.System, Account: c.Account, BookingRole: c.Books}
	if c.Document.Stage != 0 {
		line.Document = documentOf(c.Document)
	}
	if c.Role.Known() {
		line.Role = c.Role.String()
	}
	if a == policy.UserChangeRoles {
		list := codesOf(c.Roles)
		line.Roles = &list
	}
	if !c.From.IsZero() {
		line.From = c.From.String()
	}
	if !c.Before.IsZero() {
		line.Before = c.Before.String()
	}
	return line
}

func codesOf(s roles.Set) []string {
	list := []string{}
	for r := range s.All() {
		list = append(list, r.String())
	}
	return list
}

func documentOf(k review.DocumentKind) *documentLine {
	d := &documentLine{Stage: k.Stage, DeliveredBy: "other", Turn: k.Turn.String()}
	if k.Own {
		d.DeliveredBy = "self"
	}
	if k.Assigned != 0 {
		ever := k.Assigned == documents.EverAssigned
		d.Assigned = &ever
	}
	return d
}
