package fields_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/problems"
)

// box is a value of one field, so that a kind is tested as it is used.
type box[T comparable] struct{ V T }

func textOf[T comparable](k fields.Kind[T]) fields.Text[box[T]] {
	return fields.TextOf("a box", 1<<26, func(c *fields.Coder, b *box[T]) { fields.Need(c, "v", &b.V, k) })
}

// holds checks that a value is written so, and read from that as it was.
func holds[T comparable](t rapid.TB, k fields.Kind[T], v T, want string) {
	t.Helper()
	text, err := textOf(k).Write(box[T]{v})
	if got := strings.TrimSuffix(strings.TrimPrefix(string(text), `{"v":`), "}"); err != nil || got != want {
		t.Errorf("%v is written %s, %v; want %s", v, got, err, want)
		return
	}
	if again, err := textOf(k).Read(text); err != nil || again != (box[T]{v}) {
		t.Errorf("%v is written %s and read as %v, %v", v, text, again, err)
	}
}

// refuses checks that a value is neither right nor written.
func refuses[T comparable](t rapid.TB, k fields.Kind[T], v T) {
	t.Helper()
	text, err := textOf(k).Write(box[T]{v})
	if text != nil || !errors.Is(err, problems.ErrInvalid) || !strings.HasPrefix(problems.All(err)[0].Path, "v") {
		t.Errorf("%v is written %s, %v", v, text, err)
	}
	if err := textOf(k).Check(box[T]{v}); !errors.Is(err, problems.ErrInvalid) {
		t.Errorf("%v is right: %v", v, err)
	}
}

// unread checks that texts are not read as a value, and are told what they should be.
func unread[T comparable](t rapid.TB, k fields.Kind[T], texts ...string) {
	t.Helper()
	for _, text := range texts {
		v, err := textOf(k).Read([]byte(`{"v":` + text + `}`))
		if v != (box[T]{}) || !errors.Is(err, problems.ErrInvalid) || !strings.HasPrefix(err.Error(), "v") {
			t.Errorf("%.60s is read as %v, %v", text, v, err)
		}
	}
}

func quoted(s string) string { return `"` + s + `"` }

// mostDigits is how many a list of the tests may have.
const mostDigits = 1000

func TestAnIdentifierHas1To128Bytes(t *testing.T) {
	k := fields.ID[string]()
	for _, s := range []string{"a", strings.Repeat("x", 128), strings.Repeat("é", 64), "a b"} {
		holds(t, k, s, quoted(s))
	}
	for _, s := range []string{"", strings.Repeat("x", 129), strings.Repeat("é", 64) + "x", "a\nb", "\x7f", "\xff"} {
		refuses(t, k, s)
	}
	unread(t, k, `""`, quoted(strings.Repeat("x", 129)), `"\n"`, `null`, `1`, `true`, `[]`, `{}`)
}

func TestANameHas1To1024Bytes(t *testing.T) {
	k := fields.Name[string]()
	for _, s := range []string{"a", strings.Repeat("x", 1024)} {
		holds(t, k, s, quoted(s))
	}
	for _, s := range []string{"", strings.Repeat("x", 1025), "a\tb"} {
		refuses(t, k, s)
	}
	unread(t, k, `""`, quoted(strings.Repeat("x", 1025)), `null`)
}

func TestWhatMayBeClearedMayBeEmpty(t *testing.T) {
	k := fields.Cleared()
	for _, s := range []string{"", "a", strings.Repeat("x", 1024)} {
		holds(t, k, s, quoted(s))
	}
	for _, s := range []string{"\n", strings.Repeat("x", 1025), "\xff"} {
		refuses(t, k, s)
	}
	unread(t, k, `null`, `0`)
}

func TestProseMayHaveLinesUpToItsLimit(t *testing.T) {
	k := fields.Prose()
	holds(t, k, "", `""`)
	holds(t, k, "two\nlines\x00\x7f", `"two\u000alines\u0000\u007f"`)
	holds(t, k, strings.Repeat("x", fields.MaxProse), quoted(strings.Repeat("x", fields.MaxProse)))
	refuses(t, k, strings.Repeat("x", fields.MaxProse+1))
	refuses(t, k, "\xff")
}

func TestALinePassesItsTest(t *testing.T) {
	k := fields.Line("a word of three", func(s string) bool { return len(s) == 3 })
	holds(t, k, "abc", `"abc"`)
	refuses(t, k, "ab")
	unread(t, k, `"abcd"`)
}

func TestAFlagIsTrueOrFalse(t *testing.T) {
	holds(t, fields.Flag(), true, "true")
	holds(t, fields.Flag(), false, "false")
	unread(t, fields.Flag(), `null`, `0`, `1`, `"true"`, `[]`)
}

func TestAWholeNumberLiesWithinItsLimits(t *testing.T) {
	k := fields.Whole[int](1, 1440)
	for _, n := range []int{1, 1440} {
		holds(t, k, n, fmt.Sprint(n))
	}
	for _, n := range []int{0, -1, 1441, math.MaxInt, math.MinInt} {
		refuses(t, k, n)
		unread(t, k, fmt.Sprint(n))
	}
	unread(t, k, `1.0`, `1e1`, `"1"`, `99999999999999999999`, `null`, `true`)
	large := fields.Whole[uint64](0, math.MaxInt64)
	holds(t, large, 0, "0")
	holds(t, large, math.MaxInt64, "9223372036854775807")
	refuses(t, large, math.MaxInt64+1)
	refuses(t, large, math.MaxUint64)
	unread(t, large, "9223372036854775808", "-1")
}

// colour is a closed list.
type colour uint8

var colours = []string{"red", "blue"}

func (c colour) String() string {
	if int(c) < len(colours) {
		return colours[c]
	}
	return "no colour"
}

func (c colour) MarshalText() ([]byte, error) {
	if int(c) < len(colours) {
		return []byte(colours[c]), nil
	}
	return nil, &problems.Problem{Found: "another", Expected: "red or blue"}
}

func colourOf(s string) (colour, error) {
	if i := slices.Index(colours, s); i >= 0 {
		return colour(i), nil //nolint:gosec // 0 or 1
	}
	return 0, &problems.Problem{Found: s, Expected: "red or blue"}
}

func TestACodeIsOneOfItsList(t *testing.T) {
	k := fields.Code("red or blue", colourOf)
	holds(t, k, 1, `"blue"`)
	refuses(t, k, 2)
	unread(t, k, `"Blue"`, `"green"`, `""`, `1`, `null`)
}

func TestAMomentIsReadAndWrittenInUTC(t *testing.T) {
	k := fields.Moment()
	holds(t, k, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), `"2026-11-22T09:00:00Z"`)
	holds(t, k, time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), `"0001-01-01T00:00:00.000000001Z"`)
	holds(t, k, time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC), `"9999-12-31T23:59:59.999999999Z"`)
	refuses(t, k, time.Time{})
	refuses(t, k, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))
	refuses(t, k, time.Date(9999, 12, 31, 23, 30, 0, 0, time.FixedZone("", -3600)))
	unread(t, k, `"2026-11-22"`, `"2026-11-22T09:00:00"`, `"2026-11-22T09:00Z"`, `"2026-11-22 09:00:00Z"`, `"2026-11-22t09:00:00z"`,
		`"2026-11-22T9:00:00Z"`, `"2026-11-22T09:00:00,5Z"`, `"2026-11-22T24:00:00Z"`, `"2026-02-29T09:00:00Z"`, `"2026-11-22T09:00:60Z"`,
		`"9999-12-31T23:30:00-01:00"`, `"0001-01-01T00:30:00+01:00"`, `"0001-01-01T00:00:00Z"`, `""`, `null`, `1`)
	read, err := textOf(k).Read([]byte(`{"v":"2026-11-22T10:00:00.50+01:00"}`))
	if want := (box[time.Time]{time.Date(2026, 11, 22, 9, 0, 0, 5e8, time.UTC)}); err != nil || read != want {
		t.Errorf("read as %v, %v", read, err)
	}
}

func TestNullIsTheZeroValueWhereItMayBe(t *testing.T) {
	k := fields.OrNull(fields.Whole[int](1, 9))
	holds(t, k, 0, "null")
	holds(t, k, 9, "9")
	refuses(t, k, 10)
	unread(t, k, "0", "10", `""`)
}

// digits is a list of small numbers that compares.
type digits string

func digitsOf(list ...int) digits {
	var b strings.Builder
	for _, n := range list {
		b.WriteByte(byte(n)) //nolint:gosec // small
	}
	return digits(b.String())
}

func (d digits) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < len(d) && yield(int(d[i])); i++ {
		}
	}
}

func TestAListHasItsLimitAndSaysWhereItIsWrong(t *testing.T) {
	k := fields.Listed(fields.Whole[int](1, 9), mostDigits, digitsOf, digits.all)
	holds(t, k, digitsOf(), "[]")
	holds(t, k, digitsOf(1, 2, 1), "[1,2,1]")
	refuses(t, k, digitsOf(1, 10))
	unread(t, k, "[0]", "1", "null", `{}`, `"1"`, "[null]", "[[]]")
	_, err := textOf(k).Read([]byte(`{"v":[1,0,2,"a"]}`))
	if diff := cmp.Diff([]string{"v[1]", "v[3]"}, pathsOf(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	full := slices.Repeat([]int{1}, mostDigits)
	text := "[" + strings.Repeat("1,", mostDigits-1) + "1]"
	holds(t, k, digitsOf(full...), text)
	refuses(t, k, digitsOf(append(full, 1)...))
	unread(t, k, "[1,"+text[1:])
}

// A list that is too long is refused for that alone: to make it, and to say of each
// element what is wrong with it, would cost whoever reads it more than the sender.
func TestAListThatIsTooLongIsNotLookedInto(t *testing.T) {
	k := fields.Listed(fields.Whole[int](1, 9), mostDigits, digitsOf, digits.all)
	for _, element := range []string{"1", "null"} {
		text := `{"v":[` + strings.Repeat(element+",", mostDigits) + element + `]}`
		looked := 0
		counting := k
		counting.Check = func(l digits) error { looked++; return k.Check(l) }
		_, err := textOf(counting).Read([]byte(text))
		if looked > 0 || len(problems.All(err)) != 1 || !strings.HasPrefix(err.Error(), "v: found 1001 elements, expected a list of at most 1000") {
			t.Errorf("looked into %d times, %d problems: %.200v", looked, len(problems.All(err)), err)
		}
	}
}

func pathsOf(err error) (list []string) {
	for _, p := range problems.All(err) {
		list = append(list, p.Path)
	}
	return list
}

func TestATextIsWrittenAsEverybodyReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ToValidUTF8(rapid.String().Draw(t, "text"), "")
		var again string
		if err := json.Unmarshal(fields.String(nil, s), &again); err != nil || again != s {
			t.Fatalf("%q is written %s and read as %q, %v", s, fields.String(nil, s), again, err)
		}
	})
}
