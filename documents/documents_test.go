package documents_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

const anID = "an identifier: 1 to 128 bytes of valid UTF-8 without control characters"

func invoice() documents.Parts {
	return documents.Parts{
		ID: "inv-1", Company: "garage", DeliveredBy: "carla",
		Stage: documents.Tagging, Assigned: documents.NeverAssigned,
	}
}

// What may be missing of a document, and what its keeper is told where it is.
var missing = []struct {
	name   string
	remove func(*documents.Parts)
	want   *problems.Problem
}{
	{"the id", func(p *documents.Parts) { p.ID = "" }, &problems.Problem{Path: "id", Found: "nothing", Expected: anID}},
	{
		"the company", func(p *documents.Parts) { p.Company = "" },
		&problems.Problem{Path: "company", Found: "nothing", Expected: "the company's id"},
	},
	{
		"who delivered it", func(p *documents.Parts) { p.DeliveredBy = "" },
		&problems.Problem{Path: "delivered_by", Found: "nothing", Expected: "the id of who delivered it"},
	},
	{
		"the stage", func(p *documents.Parts) { p.Stage = 0 },
		&problems.Problem{Path: "stage", Found: "nothing", Expected: "one of tagging, authorisation, booking, archived"},
	},
	{
		"whether it was ever assigned", func(p *documents.Parts) { p.Assigned = 0 },
		&problems.Problem{Path: "ever_assigned", Found: "nothing", Expected: "whether it was ever assigned, or a route"},
	},
}

// Every combination of missing parts: New names each, Told takes them all.
func TestAWholeDocumentLacksNothingAndOneToldInPartMay(t *testing.T) {
	for n := range 1 << len(missing) {
		p, names := invoice(), []string{}
		var want []*problems.Problem
		for i, m := range missing {
			if n>>i&1 == 1 {
				m.remove(&p)
				want, names = append(want, m.want), append(names, m.name)
			}
		}
		t.Run("without "+strings.Join(names, ", "), func(t *testing.T) {
			d, err := documents.New(p)
			if diff := cmp.Diff(want, problems.All(err)); diff != "" {
				t.Errorf("New (-want +got):\n%s", diff)
			}
			if err != nil {
				same(t, "a refused document", paperOf(documents.Document{}), d)
			}
			checkTold(t, p)
		})
	}
}

func checkTold(t *testing.T, p documents.Parts) {
	t.Helper()
	d, err := documents.Told(p)
	if err != nil {
		t.Errorf("Told: %v", err)
	}
	same(t, "told", paper{p.ID, p.Company, p.DeliveredBy, p.Stage, p.Assigned, []documents.Step{}}, d)
}

func TestARouteStandsForEverAssigned(t *testing.T) {
	p := invoice()
	p.Stage, p.Assigned, p.Route = documents.Authorisation, 0, documents.RoutePast("ann")
	d, err := documents.New(p)
	if err != nil || d.Assigned() != documents.EverAssigned {
		t.Errorf("it was %v, %v", d.Assigned(), err)
	}
}

func TestWhatIsToldOfADocumentMustNotContradictItself(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*documents.Parts)
		want   []*problems.Problem
	}{
		{
			"an id with a control character", func(p *documents.Parts) { p.ID = "a\n" },
			[]*problems.Problem{{Path: "id", Found: `"a\n"`, Expected: anID}},
		},
		{
			"a company of invalid UTF-8", func(p *documents.Parts) { p.Company = "\xff" },
			[]*problems.Problem{{Path: "company", Found: `"\xff"`, Expected: anID}},
		},
		{
			"a deliverer of 129 bytes", func(p *documents.Parts) { p.DeliveredBy = users.ID(strings.Repeat("a", 129)) },
			[]*problems.Problem{{Path: "delivered_by", Found: `"` + strings.Repeat("a", 60) + `"... (129 bytes)`, Expected: anID}},
		},
		{
			"a stage that does not exist", func(p *documents.Parts) { p.Stage = 5 },
			[]*problems.Problem{{Path: "stage", Found: "Stage(5)", Expected: "one of tagging, authorisation, booking, archived"}},
		},
		{
			"never assigned, with a route", func(p *documents.Parts) {
				p.Route = documents.RouteOf(documents.Step{Authoriser: "ann", Outcome: documents.Approved})
			},
			[]*problems.Problem{{Path: "ever_assigned", Found: "false", Expected: "true: the document has a route"}},
		},
		{
			"neither never nor ever assigned", func(p *documents.Parts) { p.Assigned = 3 },
			[]*problems.Problem{{Path: "ever_assigned", Found: "3", Expected: "never assigned, ever assigned, or nothing told"}},
		},
		{
			"tagging with a pending route", func(p *documents.Parts) { p.Assigned, p.Route = 0, documents.RoutePast("ann") },
			[]*problems.Problem{{Path: "stage", Found: "tagging with a pending route", Expected: "authorisation or archived, or a route in which nobody is in turn"}},
		},
		{
			"authorisation without a route", func(p *documents.Parts) { p.Stage = documents.Authorisation },
			[]*problems.Problem{{Path: "stage", Found: "authorisation without a pending route", Expected: "an authoriser in turn, or the stage tagging, booking or archived"}},
		},
		{"authorisers without an id, an outcome, a rejection", func(p *documents.Parts) {
			p.Stage, p.Assigned = documents.Archived, 0
			p.Route = documents.RouteOf(
				documents.Step{Outcome: documents.Approved},
				documents.Step{Authoriser: "ann", Outcome: 3},
				documents.Step{Authoriser: "ben", Outcome: documents.Approved, Comment: "fine"},
				documents.Step{Authoriser: "cor", Comment: "later"},
				documents.Step{Authoriser: "dirk", Outcome: documents.Rejected, Comment: "not ours"},
			)
		}, []*problems.Problem{
			{Path: "route[0].authoriser", Found: `""`, Expected: anID},
			{Path: "route[1].outcome", Found: "Outcome(3)", Expected: "one of pending, approved, rejected"},
			{Path: "route[2].comment", Found: `"fine"`, Expected: "a comment only where the outcome is rejected"},
			{Path: "route[3].comment", Found: `"later"`, Expected: "a comment only where the outcome is rejected"},
		}},
		{
			"several at once", func(p *documents.Parts) { p.ID, p.Stage, p.Company = "\x00", 9, "b\x7f" },
			[]*problems.Problem{
				{Path: "id", Found: `"\x00"`, Expected: anID},
				{Path: "company", Found: `"b\x7f"`, Expected: anID},
				{Path: "stage", Found: "Stage(9)", Expected: "one of tagging, authorisation, booking, archived"},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := invoice()
			c.change(&p)
			_, told := documents.Told(p)
			if diff := cmp.Diff(c.want, problems.All(told)); diff != "" {
				t.Errorf("Told (-want +got):\n%s", diff)
			}
			_, whole := documents.New(p)
			if diff := cmp.Diff(c.want, problems.All(whole)); diff != "" {
				t.Errorf("New (-want +got):\n%s", diff)
			}
		})
	}
}

// Every stage against every route of up to three authorisers.
func TestAStageGoesWithARouteOrContradictsIt(t *testing.T) {
	routes := []string{""}
	for from := 0; from < len(routes); from++ {
		if len(routes[from]) < 3 {
			routes = append(routes, routes[from]+"?", routes[from]+"+", routes[from]+"-")
		}
	}
	if len(routes) != 1+3+9+27 {
		t.Fatalf("there are %d routes", len(routes))
	}
	for _, marks := range routes {
		for stage := documents.Stage(0); stage <= documents.Archived; stage++ {
			checkStageAndRoute(t, stage, marks)
		}
	}
}

// checkStageAndRoute says it again: somebody is in turn when, past those who
// approved, the next has said nothing yet.
func checkStageAndRoute(t *testing.T, stage documents.Stage, marks string) {
	t.Helper()
	p := position{stage, ""}.paper()
	p.Assigned = documents.EverAssigned
	for i, mark := range marks {
		step := documents.Step{Authoriser: users.ID("abc"[i : i+1]), Outcome: outcomeOf[mark]}
		p.Steps = append(p.Steps, step)
	}
	pending := strings.HasPrefix(strings.TrimLeft(marks, "+"), "?")
	want := map[documents.Stage]bool{
		0: true, documents.Tagging: !pending, documents.Authorisation: pending, documents.Booking: !pending, documents.Archived: true,
	}[stage]
	d, err := documents.Told(p.parts())
	if (err == nil) != want {
		t.Errorf("%v with route %q: %v, want accepted: %v", stage, marks, err, want)
	}
	if want && d.Route().IsPending() != pending {
		t.Errorf("%v with route %q is pending: %v", stage, marks, d.Route().IsPending())
	}
	if all := problems.All(err); !want && (len(all) != 1 || all[0].Path != "stage") {
		t.Errorf("%v with route %q: %v", stage, marks, err)
	}
}

func TestTheZeroDocumentTellsNothing(t *testing.T) {
	var d documents.Document
	same(t, "the zero document", paper{Steps: []documents.Step{}}, d)
	if _, err := documents.Told(d.Parts()); err != nil {
		t.Errorf("nothing told contradicts itself: %v", err)
	}
	if got := len(problems.All(errorOf(documents.New(d.Parts())))); got != 5 {
		t.Errorf("%d problems are named", got)
	}
}

func errorOf(_ documents.Document, err error) error { return err }

func TestAssignedReadsAsWords(t *testing.T) {
	for a, want := range map[documents.Assigned]string{
		0: "not told", documents.NeverAssigned: "never assigned", documents.EverAssigned: "ever assigned",
	} {
		if a.String() != want {
			t.Errorf("%d reads %q, want %q", a, a, want)
		}
	}
}

func TestWholeDocumentsComeBackFromTheirParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPaper(t, "doc")
		d, err := documents.New(p.parts())
		whole := p.Company != "" && p.By != "" && p.Stage != 0 && p.Assigned != 0
		if (err == nil) != whole || err != nil && !errors.Is(err, problems.ErrInvalid) {
			t.Fatalf("%+v: %v, want accepted: %v", p, err, whole)
		}
		if whole {
			same(t, "new", p, d)
		}
	})
}

// A document holds what was said of it, never what anybody logs in with.
func TestNoDocumentHasAPlaceForASecret(t *testing.T) {
	var names []string
	for _, typ := range []reflect.Type{
		reflect.TypeFor[documents.Parts](), reflect.TypeFor[documents.Step](), reflect.TypeFor[documents.MoveError](),
	} {
		for f := range typ.Fields() {
			names = append(names, f.Name)
		}
	}
	want := []string{
		"ID", "Company", "DeliveredBy", "Stage", "Route", "Assigned",
		"Authoriser", "Outcome", "Comment", "Move", "Document", "Found", "Expected",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

// An invoice is delivered, assigned, approved by both and booked.
func Example() {
	d, err := documents.Deliver("invoice-7", "garage", "carla")
	show := func() { fmt.Printf("%v, in turn: %q, %v, %v\n", d.Stage(), d.Route().InTurn(), d.Assigned(), err) }
	show()
	d, err = d.Assign("ann", "ben")
	show()
	d, err = d.Approve("ann")
	show()
	d, err = d.Approve("ben")
	show()
	d, err = d.Book()
	show()
	_, err = d.Tag()
	fmt.Println(err)
	// Output:
	// tagging, in turn: "", never assigned, <nil>
	// authorisation, in turn: "ann", ever assigned, <nil>
	// authorisation, in turn: "ben", ever assigned, <nil>
	// booking, in turn: "", ever assigned, <nil>
	// archived, in turn: "", ever assigned, <nil>
	// tag "invoice-7": found stage archived, expected stage tagging
}
