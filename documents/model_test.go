package documents_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/users"
)

// paper is a document in the plainest form there is: what the moves are held
// against. Its fields are open and its route is a slice.
type paper struct {
	ID       documents.ID
	Company  companies.ID
	By       users.ID
	Stage    documents.Stage
	Assigned documents.Assigned
	Steps    []documents.Step
}

func paperOf(d documents.Document) paper {
	return paper{d.ID(), d.Company(), d.DeliveredBy(), d.Stage(), d.Assigned(), append([]documents.Step{}, d.Route().Steps()...)}
}

func (p paper) parts() documents.Parts {
	return documents.Parts{
		ID: p.ID, Company: p.Company, DeliveredBy: p.By, Stage: p.Stage,
		Route: documents.RouteOf(p.Steps...), Assigned: p.Assigned,
	}
}

// inTurn is the place of the first pending authoriser, if every earlier one has
// approved, and otherwise -1.
func (p paper) inTurn() int {
	first := slices.IndexFunc(p.Steps, func(s documents.Step) bool { return s.Outcome == documents.Pending })
	earlier := p.Steps[:max(first, 0)]
	if slices.ContainsFunc(earlier, func(s documents.Step) bool { return s.Outcome != documents.Approved }) {
		return -1
	}
	return first
}

func (p paper) pending() bool { return p.inTurn() >= 0 }

func (p paper) authoriserInTurn() users.ID {
	if i := p.inTurn(); i >= 0 {
		return p.Steps[i].Authoriser
	}
	return ""
}

// fits says whether the stage goes with the route: tagging and booking without
// a pending route, authorisation with one, archived with or without.
func (p paper) fits() bool {
	switch p.Stage {
	case documents.Tagging, documents.Booking:
		return !p.pending()
	case documents.Authorisation:
		return p.pending()
	default:
		return true
	}
}

func (p paper) copied() paper {
	p.Steps = append([]documents.Step{}, p.Steps...)
	return p
}

// withRoute is the paper sent past authorisers.
func (p paper) withRoute(stage documents.Stage, authorisers []users.ID) *paper {
	p.Stage, p.Assigned, p.Steps = stage, documents.EverAssigned, pending(authorisers)
	return &p
}

func pending(authorisers []users.ID) []documents.Step {
	steps := []documents.Step{}
	for _, id := range authorisers {
		steps = append(steps, documents.Step{Authoriser: id})
	}
	return steps
}

// named says whether authorisers are named as they must be: at least one, each
// once, each by an id.
func named(authorisers []users.ID) bool { return len(authorisers) > 0 && ids(authorisers) }

func ids[T ~string](list []T) bool {
	seen := make(map[T]bool)
	for _, id := range list {
		if id == "" || seen[id] || strings.ContainsFunc(string(id), unicode.IsControl) {
			return false
		}
		seen[id] = true
	}
	return true
}

// beforeRoute is where a paper returns to when its route ends without approval.
func (p paper) beforeRoute() documents.Stage {
	if p.Stage == documents.Authorisation {
		return documents.Tagging
	}
	return p.Stage
}

// Draws.

var (
	authoriserNames = rapid.SampledFrom([]users.ID{"ann", "ben", "cor", "dirk", "ann", "ben", "cor", "", "a\n"})
	partNames       = rapid.SampledFrom([]documents.ID{"doc", "page-1", "page-2", "page-3", "", "p\x00"})
	comments        = rapid.SampledFrom([]string{"", " ", "\t\n", "wrong amount", "not ours", " x "})
	stages          = []documents.Stage{documents.Tagging, documents.Authorisation, documents.Booking, documents.Archived}
)

// drawPaper draws any document that does not contradict itself, told in full or
// in part.
func drawPaper(t *rapid.T, id documents.ID) paper {
	p := paper{
		ID:       id,
		Company:  rapid.SampledFrom([]companies.ID{"garage", "garage", "bakery", ""}).Draw(t, "company"),
		By:       rapid.SampledFrom([]users.ID{"carla", "carla", "chris", ""}).Draw(t, "deliverer"),
		Assigned: rapid.SampledFrom([]documents.Assigned{0, documents.NeverAssigned, documents.EverAssigned}).Draw(t, "assigned"),
		Steps:    append([]documents.Step{}, rapid.SliceOfN(steps(), 0, 3).Draw(t, "route")...),
	}
	if len(p.Steps) > 0 {
		p.Assigned = documents.EverAssigned
	}
	fitting := slices.DeleteFunc(append(slices.Clone(stages), 0), func(s documents.Stage) bool {
		p.Stage = s
		return !p.fits()
	})
	p.Stage = rapid.SampledFrom(fitting).Draw(t, "stage")
	return p
}

func steps() *rapid.Generator[documents.Step] {
	return rapid.Custom(func(t *rapid.T) documents.Step {
		s := documents.Step{
			Authoriser: rapid.SampledFrom([]users.ID{"ann", "ben", "cor"}).Draw(t, "authoriser"),
			Outcome:    rapid.SampledFrom([]documents.Outcome{documents.Pending, documents.Approved, documents.Rejected}).Draw(t, "outcome"),
		}
		if s.Outcome == documents.Rejected {
			s.Comment = rapid.SampledFrom([]string{"", "wrong amount"}).Draw(t, "comment")
		}
		return s
	})
}

func told(t rapid.TB, p paper) documents.Document {
	t.Helper()
	d, err := documents.Told(p.parts())
	if err != nil {
		t.Fatalf("%+v: %v", p, err)
	}
	return d
}

func same(t rapid.TB, what string, want paper, got documents.Document) {
	t.Helper()
	if diff := cmp.Diff(want, paperOf(got)); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// What goes in comes out again, which also keeps the model honest.
func TestADocumentTellsWhatItWasTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPaper(t, "doc")
		d := told(t, p)
		same(t, "told", p, d)
		again, err := documents.Told(d.Parts())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "told again", p, again)
		if got := d.Route().InTurn(); got != p.authoriserInTurn() || d.Route().IsPending() != p.pending() {
			t.Fatalf("in turn is %q of %+v", got, p.Steps)
		}
		if d.Route().IsZero() != (len(p.Steps) == 0) {
			t.Fatalf("%+v is no route: %v", p.Steps, d.Route().IsZero())
		}
	})
}
