package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/workflow"
)

// Two walks through an office, a step at a time. After each step a table says who
// may view the document and who may do what with it next. Its columns are:
//
//	rosa   Super user
//	bram   Accountant
//	sam    SME Accountant
//	ada    Authorisation administrator
//	anna   Authoriser, the first whom the document is assigned to
//	bob    Authoriser, the next
//	carla  Client user
//	dirk   Restricted client user; in the first walk, who delivered the document
//	erik   Restricted client user
//	vera   Restricted client user with the archive right all
//	gina   Client user of another company
//	tess   Client user who left: the end date is today
const columns = "rosa bram sam ada anna bob carla dirk erik vera gina tess"

// Its rows are viewing, and the commands that always go to the same people:
var rows = map[string][]string{
	"view":      {"document.view"},
	"manage":    {"document.split", "document.merge", "document.tag", "document.assign"},
	"authorise": {"document.approve", "document.reject"},
	"intervene": {"document.reassign", "document.withdraw"},
	"return":    {"document.return"},
	"book":      {"document.book"},
}

// walked is one step of a walk.
type walked struct {
	what    string
	who     users.ID         // empty for the accounting software
	does    workflow.Command // nil where the accounting software starts a route past bob
	stage   string           // where the document is then
	route   string           // anna+ has approved, anna- has rejected, anna is yet to speak
	ever    bool             // was it ever assigned?
	then    string           // the table
	becomes documents.ID     // the document to follow from here, where it is another one
}

var firstWalk = []walked{
	{
		what: "Dirk delivers an invoice", who: "dirk", does: workflow.Upload{Document: "inv-1", Company: "bakery"},
		stage: "tagging",
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes  yes    -    -    -    -
		manage      -    -   -   -    -   -   yes  yes    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Dirk assigns it to Anna and then Bob", who: "dirk",
		does:  workflow.Assign{Document: "inv-1", Authorisers: people("anna", "bob")},
		stage: "authorisation", route: "anna bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   - yes  yes   -     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -  yes   -     -    -    -    -    -    -
		intervene   -    -   - yes    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Anna rejects it: it is to be tagged anew, and Dirk sees it again", who: "anna",
		does:  workflow.Reject{Document: "inv-1", Comment: "The amount is wrong."},
		stage: "tagging", route: "anna- bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   -   -    -   -   yes  yes    -    -    -    -
		manage      -    -   -   -    -   -   yes  yes    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Carla assigns it to Anna and Bob again", who: "carla",
		does:  workflow.Assign{Document: "inv-1", Authorisers: people("anna", "bob")},
		stage: "authorisation", route: "anna bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   - yes  yes   -     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -  yes   -     -    -    -    -    -    -
		intervene   -    -   - yes    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Anna approves: Bob is in turn, and Anna has done her part", who: "anna", does: workflow.Approve{Document: "inv-1"},
		stage: "authorisation", route: "anna+ bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -    -   - yes    - yes     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    - yes     -    -    -    -    -    -
		intervene   -    -   - yes    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Bob approves: it is to be booked", who: "bob", does: workflow.Approve{Document: "inv-1"},
		stage: "booking", route: "anna+ bob+", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -     -    -    -    -    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -  yes yes   -    -   -     -    -    -    -    -    -
		book        -  yes yes   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Bram books it: it is in the archive, where Vera sees it", who: "bram", does: workflow.Book{Document: "inv-1"},
		stage: "archived", route: "anna+ bob+", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -     -    -    -  yes    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what:  "The accounting software has Bob authorise it after booking",
		stage: "archived", route: "bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes yes    - yes     -    -    -  yes    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    - yes     -    -    -    -    -    -
		intervene   -    -   - yes    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Bob approves: it stays in the archive", who: "bob", does: workflow.Approve{Document: "inv-1"},
		stage: "archived", route: "bob+", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -     -    -    -  yes    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what:  "The accounting software has Bob authorise it once more",
		stage: "archived", route: "bob", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes yes    - yes     -    -    -  yes    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    - yes     -    -    -    -    -    -
		intervene   -    -   - yes    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
	{
		what: "Ada withdraws it: it stays in the archive, and was ever assigned", who: "ada", does: workflow.Withdraw{Document: "inv-1"},
		stage: "archived", ever: true,
		then: `      rosa bram sam ada anna bob carla dirk erik vera gina tess
		view        -  yes yes   -    -   -     -    -    -  yes    -    -
		manage      -    -   -   -    -   -     -    -    -    -    -    -
		authorise   -    -   -   -    -   -     -    -    -    -    -    -
		intervene   -    -   -   -    -   -     -    -    -    -    -    -
		return      -    -   -   -    -   -     -    -    -    -    -    -
		book        -    -   -   -    -   -     -    -    -    -    -    -`,
	},
}

func TestAnInvoiceWalksFromDeliveryToTheArchive(t *testing.T) { walk(t, firstWalk) }

func TestAScanWalksInPartsAndBack(t *testing.T) { walk(t, secondWalk) }

// walker is a walk on its way.
type walker struct {
	*testing.T
	office *policy.Snapshot
	shelf  map[documents.ID]documents.Document // all documents
	doc    documents.Document                  // the one that is followed
	told   []workflow.Event
}

func walk(t *testing.T, steps []walked) {
	w := walker{T: t, office: compiled(t), shelf: map[documents.ID]documents.Document{}}
	for _, step := range steps {
		w.step(step)
		w.stands(step)
		w.table(step)
	}
}

// step takes one step: a command, or what the accounting software does by itself.
func (w *walker) step(step walked) {
	if step.does == nil {
		w.doc = must(w.doc.StartRoute("bob"))
		w.shelf[w.doc.ID()] = w.doc
		return
	}
	result, err := workflow.Do(w.office, w.doc, step.who, now, step.does, w.others(step.does)...)
	if err != nil {
		w.Fatalf("%s: %v", step.what, err)
	}
	for _, id := range result.Gone {
		delete(w.shelf, id)
	}
	for _, d := range result.Documents {
		w.shelf[d.ID()] = d
	}
	w.doc = result.Documents[0]
	if step.becomes != "" {
		w.doc = w.shelf[step.becomes]
	}
	w.told = append(w.told, result.Event)
}

// others is the documents that a merger names.
func (w *walker) others(c workflow.Command) (list []documents.Document) {
	if merge, ok := c.(workflow.Merge); ok {
		for id := range merge.With.All() {
			list = append(list, w.shelf[id])
		}
	}
	return list
}

// stands checks where the document stands after a step.
func (w *walker) stands(step walked) {
	w.Helper()
	if got := strings.Join(routeOf(w.doc), " "); got != step.route {
		w.Errorf("%s: the route is %q, want %q", step.what, got, step.route)
	}
	if got := w.doc.Stage().String(); got != step.stage {
		w.Errorf("%s: it is at %s, want %s", step.what, got, step.stage)
	}
	if got := w.doc.Assigned() == documents.EverAssigned; got != step.ever {
		w.Errorf("%s: ever assigned is %t, want %t", step.what, got, step.ever)
	}
}

// table checks who may view the document and do what next.
func (w *walker) table(step walked) {
	w.Helper()
	lines := strings.Split(step.then, "\n")
	people := strings.Fields(lines[0])
	if strings.Join(people, " ") != columns || len(lines) != 1+len(rows) {
		w.Fatalf("%s: the table is not one of these: %q", step.what, lines)
	}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		for _, action := range rows[cells[0]] {
			for i, who := range people {
				if got, want := w.may(users.ID(who), action), cells[i+1] == "yes"; got != want {
					w.Errorf("%s: %s %s: %t, want %t", step.what, who, action, got, want)
				}
			}
		}
	}
}

// may asks the policy, and sees that a command is planned exactly where the policy
// allows it.
func (w *walker) may(who users.ID, name string) bool {
	w.Helper()
	sibling := must(documents.Deliver("sibling", w.doc.Company(), w.doc.DeliveredBy()))
	with := &policy.With{
		Authorisers: []users.ID{"anna"}, Comment: "not ours", Documents: []*documents.Document{&sibling},
	}
	allowed := w.office.Check(policy.Request{
		Subject: who, Action: must(policy.ParseAction(name)), Resource: policy.OfDocument(&w.doc), With: with, At: now,
	}).Allowed()
	id := w.doc.ID()
	next := []workflow.Command{
		workflow.Split{Document: id, Into: ids("part-1", "part-2")},
		workflow.Tag{Document: id},
		workflow.Assign{Document: id, Authorisers: people("anna")},
		workflow.Approve{Document: id},
		workflow.Reject{Document: id, Comment: "not ours"},
		workflow.Reassign{Document: id, Authorisers: people("anna")},
		workflow.Withdraw{Document: id},
		workflow.Return{Document: id},
		workflow.Book{Document: id},
	}
	var others []documents.Document
	if name == "document.merge" {
		next, others = []workflow.Command{workflow.Merge{Document: id, With: ids("sibling")}}, []documents.Document{sibling}
	}
	if i := slices.IndexFunc(next, func(c workflow.Command) bool { return c.Name() == name }); i >= 0 {
		if _, err := workflow.Plan(w.office, w.doc, who, now, next[i], others...); (err == nil) != allowed {
			w.Errorf("%s %s: the policy says %t, and the plan %v", who, name, allowed, err)
		}
	}
	return allowed
}
