package workflow

import (
	"strconv"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

// Record is a document as an event holds it: told in full, and a plain value that
// compares with ==. The zero Record is not valid.
type Record struct {
	ID          documents.ID
	Company     companies.ID
	DeliveredBy users.ID
	Stage       documents.Stage
	Route       changes.List[documents.Step] // empty where there is none
	Assigned    documents.Assigned
}

// Document is the document itself. Its errors are all its problems, joined.
func (r Record) Document() (documents.Document, error) {
	return documents.New(documents.Parts{
		ID: r.ID, Company: r.Company, DeliveredBy: r.DeliveredBy, Stage: r.Stage,
		Route: documents.RouteOf(r.Route.Slice()...), Assigned: r.Assigned,
	})
}

// recordOf is a document as an event holds it. What was not told is zero, as it is
// in the zero Record.
func recordOf(d *documents.Document) Record {
	p := d.Parts()
	return Record{p.ID, p.Company, p.DeliveredBy, p.Stage, changes.ListOf(p.Route.Steps()...), p.Assigned}
}

func recordsOf(list []documents.Document) changes.List[Record] {
	held := make([]Record, len(list))
	for i := range list {
		held[i] = recordOf(&list[i])
	}
	return changes.ListOf(held...)
}

// How the values of commands and events are written.
var (
	documentID  = fields.ID[documents.ID]()
	companyID   = fields.ID[companies.ID]()
	userID      = fields.ID[users.ID]()
	documentIDs = changes.AtMost(policy.MaxNamed, documentID)
	userIDs     = changes.AtMost(policy.MaxNamed, userID)
	stage       = fields.Code("a stage such as tagging", documents.ParseStage)
	answer      = fields.Code("pending, approved or rejected", documents.ParseOutcome)
	step        = fields.Object("an authoriser and what they said", stepFields)
	record      = fields.Object("a document", recordFields)
	records     = changes.Listed(record)
)

func stepFields(c *fields.Coder, s *documents.Step) {
	fields.Need(c, "authoriser", &s.Authoriser, userID)
	fields.Need(c, "outcome", &s.Outcome, answer)
	fields.OmitZero(c, "comment", &s.Comment, fields.Prose())
}

func recordFields(c *fields.Coder, r *Record) {
	fields.Need(c, "id", &r.ID, documentID)
	fields.Need(c, "company", &r.Company, companyID)
	fields.Need(c, "delivered_by", &r.DeliveredBy, userID)
	fields.Need(c, "stage", &r.Stage, stage)
	fields.OmitZero(c, "route", &r.Route, changes.Listed(step))
	fields.Need(c, "ever_assigned", &r.Assigned, everAssigned)
	if c.Err() != nil {
		return // which says more of each field than the document would
	}
	_, err := r.Document()
	for _, p := range problems.All(err) {
		c.Note(p.Path, p.Found, p.Expected)
	}
}

// everAssigned is whether a document ever had a route, as true or false.
var everAssigned = fields.Kind[documents.Assigned]{
	Expected: fields.Flag().Expected,
	Read: func(in any) (documents.Assigned, error) {
		ever, err := fields.Flag().Read(in)
		if ever {
			return documents.EverAssigned, err
		}
		return documents.NeverAssigned, err
	},
	Append: func(dst []byte, a documents.Assigned) []byte {
		return strconv.AppendBool(dst, a == documents.EverAssigned)
	},
	Check: func(a documents.Assigned) error {
		if a != documents.NeverAssigned && a != documents.EverAssigned {
			return &problems.Problem{Found: "nothing", Expected: fields.Flag().Expected}
		}
		return nil
	},
}
