package documents_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
)

func TestInTurnIsTheFirstPendingWhileAllEarlierHaveApproved(t *testing.T) {
	for route, want := range map[string]users.ID{
		"": "", "ann?": "ann", "ann? ben?": "ann", "ann+ ben?": "ben", "ann+ ben+": "",
		"ann- ben?": "", "ann+ ben- cor?": "", "ann+ ben? cor-": "ben", "ann? ben+": "ann", "ann-": "",
	} {
		r := documents.RouteOf(position{documents.Archived, route}.paper().Steps...)
		if got := r.InTurn(); got != want || r.IsPending() != (want != "") {
			t.Errorf("%q: in turn is %q, pending %v; want %q", route, got, r.IsPending(), want)
		}
	}
}

func TestNobodyIsInTurnBehindAnOutcomeThatDoesNotExist(t *testing.T) {
	r := documents.RouteOf(documents.Step{Authoriser: "ann", Outcome: 7}, documents.Step{Authoriser: "ben"})
	if r.InTurn() != "" || r.IsPending() {
		t.Errorf("in turn is %q", r.InTurn())
	}
}

func TestARoutePastAuthorisersIsPendingFromTheFirst(t *testing.T) {
	want := []documents.Step{{Authoriser: "ann"}, {Authoriser: "ben"}}
	r := documents.RoutePast("ann", "ben")
	if diff := cmp.Diff(want, r.Steps()); diff != "" || r.InTurn() != "ann" || r.IsZero() {
		t.Errorf("in turn %q, (-want +got):\n%s", r.InTurn(), diff)
	}
	for _, none := range []documents.Route{{}, documents.RoutePast(), documents.RouteOf()} {
		if !none.IsZero() || none.IsPending() || len(none.Steps()) != 0 {
			t.Errorf("a route past nobody is %+v", none.Steps())
		}
	}
}

// Neither the slice a route was made of nor one it gives out leads back to it.
func TestARouteCannotBeChangedFromOutside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPaper(t, "doc")
		given := p.copied().Steps
		route := documents.RouteOf(given...)
		whole := p.parts()
		whole.Route = route
		d, err := documents.Told(whole)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range [][]documents.Step{given, route.Steps(), d.Route().Steps(), d.Parts().Route.Steps()} {
			for i := range list {
				list[i] = documents.Step{Authoriser: "scribble", Outcome: documents.Approved}
			}
		}
		same(t, "scribbled upon", p, d)
		if diff := cmp.Diff(p.Steps, append([]documents.Step{}, route.Steps()...)); diff != "" {
			t.Fatalf("the route (-want +got):\n%s", diff)
		}
	})
}

// Two routes made from one must not write into each other's steps.
func TestRoutesMadeFromOneRouteDoNotShareSteps(t *testing.T) {
	d := told(t, position{documents.Authorisation, "ann+ ben? cor?"}.paper())
	approved, _ := d.Approve("ben")
	rejected, _ := d.Reject("ben", "not ours")
	reassigned, _ := d.Reassign("dirk")
	again, _ := d.Reassign("eva")
	for want, got := range map[string]documents.Document{
		"authorisation ann+ ben? cor?": d, "authorisation ann+ ben+ cor?": approved, "tagging ann+ ben- cor?": rejected,
		"authorisation ann+ dirk? cor?": reassigned, "authorisation ann+ eva? cor?": again,
	} {
		if positionOf(got) != want {
			t.Errorf("%s, want %s", positionOf(got), want)
		}
	}
}

func TestStagesAndOutcomesAreReadAndPrinted(t *testing.T) {
	for stage, code := range map[documents.Stage]string{
		documents.Tagging: "tagging", documents.Authorisation: "authorisation",
		documents.Booking: "booking", documents.Archived: "archived",
	} {
		parsed, err := documents.ParseStage(code)
		if parsed != stage || err != nil || stage.String() != code {
			t.Errorf("%q is read as %v, %v", code, parsed, err)
		}
		var read documents.Stage
		checkJSON(t, stage, &read, code)
	}
	for outcome, code := range map[documents.Outcome]string{
		documents.Pending: "pending", documents.Approved: "approved", documents.Rejected: "rejected",
	} {
		parsed, err := documents.ParseOutcome(code)
		if parsed != outcome || err != nil || outcome.String() != code {
			t.Errorf("%q is read as %v, %v", code, parsed, err)
		}
		read := (outcome + 1) % 3 // another one
		checkJSON(t, outcome, &read, code)
	}
}

func checkJSON[T comparable](t *testing.T, value T, read *T, code string) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil || string(text) != `"`+code+`"` {
		t.Errorf("%v is written %s, %v", value, text, err)
	}
	if err := json.Unmarshal(text, read); *read != value || err != nil {
		t.Errorf("%s is read back as %v, %v", text, *read, err)
	}
}

func TestNoOtherStageOrOutcomeIsReadOrWritten(t *testing.T) {
	for _, text := range []string{"", "Tagging", "archive", "booking ", "ARCHIVED", "Pending", "approve", " rejected", "Stage(0)"} {
		stage, outcome := documents.Booking, documents.Approved
		if got, err := documents.ParseStage(text); got != 0 || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
		if got, err := documents.ParseOutcome(text); got != documents.Pending || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
		if err := stage.UnmarshalText([]byte(text)); err == nil || stage != documents.Booking {
			t.Errorf("%q is read as %v, %v", text, stage, err)
		}
		if err := outcome.UnmarshalText([]byte(text)); err == nil || outcome != documents.Approved {
			t.Errorf("%q is read as %v, %v", text, outcome, err)
		}
	}
	for _, unknown := range []interface{ MarshalText() ([]byte, error) }{
		documents.Stage(0), documents.Stage(5), documents.Outcome(3),
	} {
		if text, err := unknown.MarshalText(); err == nil || problems.All(err)[0].Found != fmt.Sprint(unknown) {
			t.Errorf("%v is written %q, %v", unknown, text, err)
		}
	}
}

func FuzzParseStage(f *testing.F) {
	for _, seed := range []string{"tagging", "authorisation", "booking", "archived", "", "Stage(0)", "Booking"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		stage, err := documents.ParseStage(text)
		checkReading(t, text, stage.String(), stage != 0, err)
	})
}

func FuzzParseOutcome(f *testing.F) {
	for _, seed := range []string{"pending", "approved", "rejected", "", "Outcome(3)", "Approved"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		outcome, err := documents.ParseOutcome(text)
		if err != nil && outcome != documents.Pending {
			t.Fatalf("%q was refused and gives %v", text, outcome)
		}
		checkReading(t, text, outcome.String(), err == nil, err)
	})
}

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{"inv-1", "", "a\nb", "\xff", strings.Repeat("a", 128), strings.Repeat("a", 129)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := documents.ParseID(text)
		checkReading(t, text, string(id), id != "", err)
	})
}

// checkReading holds what was read against what it prints: the same text, or a
// refusal and nothing.
func checkReading(t *testing.T, text, printed string, known bool, err error) {
	t.Helper()
	if known != (err == nil) || known && printed != text {
		t.Fatalf("%q was read as %q, %v", text, printed, err)
	}
	if err != nil && !errors.Is(err, problems.ErrInvalid) {
		t.Fatalf("%q was refused with %v", text, err)
	}
}
