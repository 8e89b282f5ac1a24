package enum_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/internal/enum"
	"github.com/mandaat/mandaat/problems"
)

type colour uint8

var (
	withoutZero = []string{"", "red", "green"}
	withZero    = []string{"red", "green"}
)

func TestAListPrintsItsCodesAndNumbersWhatIsOutsideIt(t *testing.T) {
	for _, c := range []struct {
		codes []string
		value colour
		want  string
	}{
		{withoutZero, 0, "Colour(0)"},
		{withoutZero, 1, "red"},
		{withoutZero, 2, "green"},
		{withoutZero, 3, "Colour(3)"},
		{withoutZero, 255, "Colour(255)"},
		{withZero, 0, "red"},
		{withZero, 2, "Colour(2)"},
	} {
		if got := enum.Print("Colour", c.codes, c.value); got != c.want {
			t.Errorf("Print(%q, %d) = %q, want %q", c.codes, c.value, got, c.want)
		}
	}
}

func TestOnlyAListedValueMarshals(t *testing.T) {
	for value := range colour(255) {
		text, err := enum.Marshal("Colour", withoutZero, value)
		listed := value == 1 || value == 2
		if (err == nil) != listed || (listed && string(text) != withoutZero[value]) {
			t.Errorf("Marshal(%d) = %q, %v", value, text, err)
		}
	}
}

func TestMarshallingAnUnlistedValueSaysWhatWouldDo(t *testing.T) {
	_, err := enum.Marshal("Colour", withoutZero, colour(7))
	want := []*problems.Problem{{Found: "Colour(7)", Expected: "one of red, green"}}
	if diff := cmp.Diff(want, problems.All(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseReadsACodeExactlyAsSpelt(t *testing.T) {
	for text, want := range map[string]colour{"red": 1, "green": 2} {
		if got, err := enum.Parse[colour](withoutZero, text); got != want || err != nil {
			t.Errorf("Parse(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "Red", "RED", " red", "red ", "re", "redd", "Colour(1)", "1"} {
		got, err := enum.Parse[colour](withoutZero, text)
		if got != 0 || !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("Parse(%q) = %d, %v; want a refusal", text, got, err)
		}
	}
}

func TestParseSaysWhatItFoundAndWhatItExpected(t *testing.T) {
	_, err := enum.Parse[colour](withoutZero, "Red")
	want := []*problems.Problem{{Found: `"Red"`, Expected: "one of red, green"}}
	if diff := cmp.Diff(want, problems.All(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASingleCodeIsExpectedByItself(t *testing.T) {
	if got := enum.Expected([]string{"", "red"}); got != "red" {
		t.Errorf("Expected = %q, want red", got)
	}
}
