package problems_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/problems"
)

func problem(path string) *problems.Problem {
	return &problems.Problem{Path: path, Found: `"garage"`, Expected: "a company of this office"}
}

func TestAProblemReadsAsOneSentence(t *testing.T) {
	for path, want := range map[string]string{
		"users[3].bill_to": `users[3].bill_to: found "garage", expected a company of this office`,
		"":                 `found "garage", expected a company of this office`,
	} {
		if got := problem(path).Error(); got != want {
			t.Errorf("path %q reads %q, want %q", path, got, want)
		}
	}
}

func TestEveryProblemIsInvalidInput(t *testing.T) {
	var list problems.List
	list.Add("id", `""`, "an id")
	list.AddAt("office", errors.New("the file ends early"))
	for name, err := range map[string]error{
		"a problem":           problem("id"),
		"a list of them":      list.Err(),
		"a wrapped problem":   fmt.Errorf("reading: %w", problem("id")),
		"a wrapped list":      fmt.Errorf("reading: %w", list.Err()),
		"a list below a path": problemsBelow("office", list.Err()),
	} {
		if !errors.Is(err, problems.ErrInvalid) {
			t.Errorf("%s is not ErrInvalid", name)
		}
	}
}

func problemsBelow(path string, err error) error {
	var list problems.List
	list.AddAt(path, err)
	return list.Err()
}

func TestAListWithoutProblemsIsNoError(t *testing.T) {
	var list problems.List
	list.AddAt("users[3]", nil)
	if err := list.Err(); err != nil {
		t.Errorf("an empty list is the error %v", err)
	}
	if all := problems.All(nil); len(all) != 0 {
		t.Errorf("no error has %d problems", len(all))
	}
}

func TestJoinPutsOnePathBehindTheOther(t *testing.T) {
	for _, c := range []struct{ path, below, want string }{
		{"users[3]", "id", "users[3].id"},
		{"users[3]", "", "users[3]"},
		{"", "id", "id"},
		{"", "", ""},
		{"users", "[3].id", "users[3].id"},
		{"", "[3].id", "[3].id"},
		{"office.users[0]", "companies[2]", "office.users[0].companies[2]"},
	} {
		if got := problems.Join(c.path, c.below); got != c.want {
			t.Errorf("Join(%q, %q) = %q, want %q", c.path, c.below, got, c.want)
		}
	}
}

func TestAtIsThePathOfOneElement(t *testing.T) {
	for i, want := range map[int]string{0: "users[0]", 3: "users[3]", 120: "users[120]"} {
		if got := problems.At("users", i); got != want {
			t.Errorf("At(users, %d) = %q, want %q", i, got, want)
		}
	}
}

// A tree of joined, wrapped and noted problems, with the leaves in order.
func drawTree(t *rapid.T, depth int, leaves *[]string) error {
	if depth == 0 || rapid.Bool().Draw(t, "leaf") {
		path := fmt.Sprintf("p[%d]", len(*leaves))
		*leaves = append(*leaves, path)
		return problem(path)
	}
	var below []error
	for range rapid.IntRange(1, 3).Draw(t, "children") {
		below = append(below, drawTree(t, depth-1, leaves))
	}
	if rapid.Bool().Draw(t, "wrapped") {
		return fmt.Errorf("while reading: %w", errors.Join(below...))
	}
	return errors.Join(below...)
}

func TestAllLosesNoProblemHoweverNested(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want, got []string
		err := drawTree(t, 4, &want)
		for _, p := range problems.All(err) {
			got = append(got, p.Path)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("problems of %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestAForeignErrorBecomesAProblemWithoutAPath(t *testing.T) {
	missing := &fs.PathError{Op: "open", Path: "office.yaml", Err: fs.ErrNotExist}
	want := []*problems.Problem{
		{Path: "id", Found: `"garage"`, Expected: "a company of this office"},
		{Found: "open office.yaml: file does not exist", Expected: "valid input"},
	}
	if diff := cmp.Diff(want, problems.All(errors.Join(problem("id"), missing))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAddAtPutsEveryProblemBelowThePath(t *testing.T) {
	var list problems.List
	list.Add("office.code", `""`, "an identifier")
	list.AddAt("users[3]", errors.Join(problem("bill_to"), problem("")))
	want := []*problems.Problem{
		{Path: "office.code", Found: `""`, Expected: "an identifier"},
		{Path: "users[3].bill_to", Found: `"garage"`, Expected: "a company of this office"},
		{Path: "users[3]", Found: `"garage"`, Expected: "a company of this office"},
	}
	if diff := cmp.Diff(want, problems.All(list.Err())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestQuoteShowsAShortValueWhole(t *testing.T) {
	for _, s := range []string{"", "garage", "tab\there", "caf\u00e9", "\xff", strings.Repeat("a", 60)} {
		if got, want := problems.Quote(s), strconv.Quote(s); got != want {
			t.Errorf("Quote(%q) = %s, want %s", s, got, want)
		}
	}
}

func TestQuoteCutsALongValueAndNamesItsLength(t *testing.T) {
	want := `"` + strings.Repeat("a", 60) + `"... (61 bytes)`
	if got := problems.Quote(strings.Repeat("a", 61)); got != want {
		t.Errorf("Quote of 61 bytes = %s, want %s", got, want)
	}
}

// shownBy takes apart what Quote wrote of a long value.
func shownBy(t rapid.TB, quoted string, length int) string {
	t.Helper()
	inner, cut := strings.CutSuffix(quoted, fmt.Sprintf("... (%d bytes)", length))
	if !cut {
		t.Fatalf("%s does not name %d bytes", quoted, length)
	}
	text, err := strconv.Unquote(inner)
	if err != nil {
		t.Fatalf("%s is not quoted: %v", inner, err)
	}
	return text
}

func TestQuoteNeverCutsInsideACharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(61, -1, -1).Draw(t, "value")
		text := shownBy(t, problems.Quote(s), len(s))
		if !strings.HasPrefix(s, text) || !utf8.ValidString(text) {
			t.Fatalf("%q is not the start of %q in whole characters", text, s)
		}
		if next, size := utf8.DecodeRuneInString(s[len(text):]); len(text) > 60 || len(text)+size <= 60 {
			t.Fatalf("shown are %d bytes, and the next character is %q", len(text), next)
		}
	})
}

func TestQuoteShowsTheStartOfAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOfN(rapid.Byte(), 61, 200).Draw(t, "bytes"))
		checkStart(t, s)
	})
	for b := range 256 { // a run of one byte, such as 80, that begins no character
		checkStart(t, strings.Repeat(string([]byte{byte(b)}), 61))
	}
}

func checkStart(t rapid.TB, s string) {
	t.Helper()
	text := shownBy(t, problems.Quote(s), len(s))
	if !strings.HasPrefix(s, text) || len(text) < 57 || len(text) > 60 {
		t.Fatalf("shown of %q are %d bytes: %q", s, len(text), text)
	}
}
