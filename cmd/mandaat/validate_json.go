package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
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

// json writes the report as one line of JSON.
func (r auditReport) json(w io.Writer) error {
	all := auditJSON{slices.Collect(r.errors()), []findingJSON{}, []acknowledgementJSON{}, []acknowledgementJSON{}}
	if all.Errors == nil {
		all.Errors = []fileError{}
	}
	for _, file := range r.files {
		for _, a := range file.unmet {
			all.Unmet = append(all.Unmet, a.json(file.name))
		}
		for _, a := range file.expired {
			all.Expired = append(all.Expired, a.json(file.name))
		}
	}
	return writeAround(w, all, "findings", func(yield func(findingJSON) bool) {
		for _, file := range r.files {
			for _, f := range file.findings {
				if !yield(f.json(file, r.language)) {
					return
				}
			}
		}
	})
}

// writeAround writes a value as one line of JSON, and in it, under a key that has an
// empty list, one element after another: a long list never stands in memory as a
// whole. The key's name can be nowhere else: within a text its quotes are escaped.
func writeAround[V any](w io.Writer, value any, key string, elements iter.Seq[V]) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	before, after, _ := bytes.Cut(text, []byte(`"`+key+`":[]`))
	if _, err := fmt.Fprintf(w, `%s"%s":[`, before, key); err != nil {
		return err
	}
	var between []byte
	for e := range elements {
		text, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if _, err := w.Write(append(between, text...)); err != nil {
			return err
		}
		between = []byte(",")
	}
	_, err = fmt.Fprintf(w, "]%s\n", after)
	return err
}

func (f auditedFinding) json(of auditedFile, in words.Language) findingJSON {
	at, _ := f.places(of.where)
	line := findingJSON{
		ID: f.ID, Level: f.Level, User: f.User, Users: f.Users, Company: f.Company, System: f.System, Document: f.Document,
		Message: f.said.Message(in), Source: f.Source, Mend: f.mendText(), Acknowledged: f.Acknowledged != nil,
		File: of.name, Line: at.Line, Column: at.Column,
	}
	if a := f.Acknowledged; a != nil {
		line.Acknowledgement = &acceptedJSON{a.Reason, a.Until}
	}
	return line
}

// mendText is the changes that would mend a finding, as programs compare them.
func (f auditedFinding) mendText() string {
	var list []string
	for _, c := range f.said.mends(words.English) {
		list = append(list, c.text)
	}
	return strings.Join(list, "; ")
}

func (a auditedAcknowledgement) json(file string) acknowledgementJSON {
	return acknowledgementJSON{a.Finding, a.User, a.Users, a.Company, acceptedJSON{a.Reason, a.Until}, file, a.Line, a.Column}
}
