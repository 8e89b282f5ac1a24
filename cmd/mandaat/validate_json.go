package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// auditJSON is the report for programs.
type auditJSON struct {
	Errors   []fileError           `json:"errors"`
	Findings []findingJSON         `json:"findings"`
	Unmet    []acknowledgementJSON `json:"acknowledgements_unmet"`
	Expired  []acknowledgementJSON `json:"acknowledgements_expired"`
}

type findingJSON struct {
	ID              string             `json:"id"`
	Level           roles.Level        `json:"level"`
	User            users.ID           `json:"user,omitempty"`
	Users           []users.ID         `json:"users,omitempty"`
	Company         companies.ID       `json:"company,omitempty"`
	System          companies.SystemID `json:"system,omitempty"`
	Document        documents.ID       `json:"document,omitempty"`
	Message         string             `json:"message"`
	Source          string             `json:"source"`
	Mend            string             `json:"mend"`
	Acknowledged    bool               `json:"acknowledged"`
	Acknowledgement *acceptedJSON      `json:"acknowledgement,omitempty"`
	File            string             `json:"file"`
	Line            int                `json:"line"`
	Column          int                `json:"column"`
}

// acceptedJSON is why a finding is accepted, and through which day.
type acceptedJSON struct {
	Reason string     `json:"reason"`
	Until  users.Date `json:"until"`
}

type acknowledgementJSON struct {
	Finding string       `json:"finding"`
	User    users.ID     `json:"user,omitempty"`
	Users   []users.ID   `json:"users,omitempty"`
	Company companies.ID `json:"company,omitempty"`
	acceptedJSON
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// json is the report as one line of JSON.
func (r auditReport) json() ([]byte, error) {
	all := auditJSON{[]fileError{}, []findingJSON{}, []acknowledgementJSON{}, []acknowledgementJSON{}}
	for _, file := range r.files {
		all.Errors = append(all.Errors, file.errors...)
		for i := range file.findings {
			all.Findings = append(all.Findings, file.findings[i].json(file.name))
		}
		for _, a := range file.unmet {
			all.Unmet = append(all.Unmet, a.json(file.name))
		}
		for _, a := range file.expired {
			all.Expired = append(all.Expired, a.json(file.name))
		}
	}
	return oneLine(all)
}

// oneLine is a value as one line of JSON, in which < and the like stay as they are.
func oneLine(value any) ([]byte, error) {
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	err := to.Encode(value)
	return b.Bytes(), err
}

func (f *auditedFinding) json(file string) findingJSON {
	line := findingJSON{
		ID: f.ID, Level: f.Level, User: f.User, Users: f.Users, Company: f.Company, System: f.System, Document: f.Document,
		Message: f.Message, Source: f.Source, Mend: f.mendText(), Acknowledged: f.Acknowledged != nil,
		File: file, Line: f.At.Line, Column: f.At.Column,
	}
	if a := f.Acknowledged; a != nil {
		line.Acknowledgement = &acceptedJSON{a.Reason, a.Until}
	}
	return line
}

// mendText is the changes that would mend a finding, as programs compare them.
func (f *auditedFinding) mendText() string {
	list := make([]string, len(f.Mend))
	for i, c := range f.Mend {
		list[i] = c.text
	}
	return strings.Join(list, "; ")
}

func (a auditedAcknowledgement) json(file string) acknowledgementJSON {
	return acknowledgementJSON{a.Finding, a.User, a.Users, a.Company, acceptedJSON{a.Reason, a.Until}, file, a.Line, a.Column}
}

// mendSaid is the changes that would mend a finding, as people read them.
func (f *auditedFinding) mendSaid() string {
	list := make([]string, len(f.Mend))
	for i, c := range f.Mend {
		list[i] = c.said
	}
	return strings.Join(list, " ")
}
