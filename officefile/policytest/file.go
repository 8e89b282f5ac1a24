package policytest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
)

// File is the office and its documents as an office file, below a comment that says
// the moment: to keep an office that was drawn, and to ask about it on the command
// line. An office that no office file can hold is an error: one with ids that differ
// by case alone, or with documents that refer to what is not there.
func (o Office) File() ([]byte, error) {
	empty, err := offices.New(offices.Parts{Code: o.Office().Code(), Name: o.Office().Name(), TimeZone: o.Office().TimeZone()})
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("# At %s.\nversion: 1\noffice:\n  code: %s\n  name: %s\n  time_zone: %s\n", o.At.Format(time.RFC3339Nano),
		strconv.Quote(empty.Code()), strconv.Quote(empty.Name()), strconv.Quote(empty.TimeZone().String()))
	file, err := officefile.Update("", []byte(text), o.Office())
	if err != nil {
		return nil, err
	}
	if len(o.Documents) > 0 {
		file = append(file, "documents:\n"...)
	}
	for i := range o.Documents {
		file = append(file, documentLine(&o.Documents[i])...)
	}
	_, err = officefile.Parse("", file)
	return file, err
}

// documentLine is a document as an entry of the office file's list. Texts are quoted
// as JSON quotes them, which YAML reads.
func documentLine(d *documents.Document) string {
	p := d.Parts()
	line := fmt.Sprintf("  - {id: %q, company: %q, delivered_by: %q, stage: %s, ever_assigned: %t",
		p.ID, p.Company, p.DeliveredBy, p.Stage, p.Assigned == documents.EverAssigned)
	var steps []string
	for _, s := range p.Route.Steps() {
		step := fmt.Sprintf("authoriser: %q, outcome: %s", s.Authoriser, s.Outcome)
		if s.Comment != "" {
			step += fmt.Sprintf(", comment: %q", s.Comment)
		}
		steps = append(steps, "{"+step+"}")
	}
	if steps != nil {
		line += ", route: [" + strings.Join(steps, ", ") + "]"
	}
	return line + "}\n"
}

// GoString is the office as an office file, so that a property that fails prints what
// somebody can read. What no office file can hold is printed as parts.
func (o Office) GoString() string {
	file, err := o.File()
	if err != nil {
		return fmt.Sprintf("%+v at %s", o.Office().Parts(), o.At)
	}
	return "\n" + string(file)
}
