package fields

import (
	"iter"
	"math"
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/mandaat/mandaat/internal/ident"
	"github.com/mandaat/mandaat/problems"
)

// ID is an identifier.
func ID[T ~string]() Kind[T] { return text[T](ident.Expected, ident.OK) }

// Name is a text of one line that is not empty.
func Name[T ~string]() Kind[T] { return text[T](ident.ExpectedText, ident.Text) }

// Cleared is a text of one line, or the empty text, which clears what there was.
func Cleared() Kind[string] {
	return text[string](ident.ExpectedText+", or an empty one", func(s string) bool { return s == "" || ident.Text(s) })
}

// MaxProse is the longest a comment may be, in bytes.
const MaxProse = 10_000

// Prose is a text of several lines.
func Prose() Kind[string] {
	return text[string]("a text of at most 10000 bytes", func(s string) bool { return len(s) <= MaxProse && utf8.ValidString(s) })
}

// Line is a text that must pass a test.
func Line(expected string, ok func(string) bool) Kind[string] { return text[string](expected, ok) }

func text[T ~string](expected string, ok func(string) bool) Kind[T] {
	return Kind[T]{
		Expected: expected,
		Read: func(in any) (T, error) {
			s, isText := in.(string)
			if !isText {
				return "", Wrong(in, expected)
			}
			return T(s), nil
		},
		Append: func(dst []byte, v T) []byte { return String(dst, string(v)) },
		Check: func(v T) error {
			if ok(string(v)) {
				return nil
			}
			return &problems.Problem{Found: problems.Quote(string(v)), Expected: expected}
		},
	}
}

// Flag is true or false.
func Flag() Kind[bool] {
	const expected = "true or false"
	return Kind[bool]{
		Expected: expected,
		Read: func(in any) (bool, error) {
			b, ok := in.(bool)
			if !ok {
				return false, Wrong(in, expected)
			}
			return b, nil
		},
		Append: strconv.AppendBool,
		Check:  func(bool) error { return nil },
	}
}

// Whole is a whole number between two others, both included.
func Whole[T ~int | ~int64 | ~uint64](least, most int64) Kind[T] {
	expected := "a whole number from " + strconv.FormatInt(least, 10)
	if most < math.MaxInt64 {
		expected += " to " + strconv.FormatInt(most, 10)
	}
	return Kind[T]{
		Expected: expected,
		Read: func(in any) (T, error) {
			n, err := whole(in, expected)
			if err == nil && (n < least || n > most) {
				err = &problems.Problem{Found: strconv.FormatInt(n, 10), Expected: expected}
			}
			return T(n), err
		},
		Append: func(dst []byte, v T) []byte { return strconv.AppendInt(dst, int64(v), 10) },
		Check: func(v T) error {
			if n := int64(v); n < least || n > most {
				return &problems.Problem{Found: strconv.FormatInt(n, 10), Expected: expected}
			}
			return nil
		},
	}
}

// code is a value of a closed list, such as a role.
type code interface {
	comparable
	String() string
	MarshalText() ([]byte, error)
}

// Code is a value that goes by its code.
func Code[T code](expected string, parse func(string) (T, error)) Kind[T] {
	return Kind[T]{
		Expected: expected,
		Read: func(in any) (v T, err error) {
			s, ok := in.(string)
			if !ok {
				return v, Wrong(in, expected)
			}
			return parse(s)
		},
		Append: func(dst []byte, v T) []byte { return String(dst, v.String()) },
		Check: func(v T) error {
			_, err := v.MarshalText()
			return err
		},
	}
}

// rfc3339 is the grammar that time.Parse is laxer than.
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)

const expectedMoment = "a moment such as 2026-11-22T09:00:00Z"

// ParseMoment reads a moment as RFC 3339 writes it. Anything else is a
// *problems.Problem.
func ParseMoment(s string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || !rfc3339.MatchString(s) {
		return time.Time{}, &problems.Problem{Found: problems.Quote(s), Expected: expectedMoment}
	}
	return at, nil
}

// Moment is a moment as RFC 3339 writes it. It is read, and written, in UTC.
func Moment() Kind[time.Time] {
	return Kind[time.Time]{
		Expected: expectedMoment,
		Read: func(in any) (time.Time, error) {
			s, ok := in.(string)
			if !ok {
				return time.Time{}, Wrong(in, expectedMoment)
			}
			at, err := ParseMoment(s)
			return at.UTC(), err
		},
		Append: func(dst []byte, v time.Time) []byte {
			return append(v.UTC().AppendFormat(append(dst, '"'), time.RFC3339Nano), '"')
		},
		Check: func(v time.Time) error {
			if year := v.UTC().Year(); v.IsZero() || year < 1 || year > 9999 {
				return &problems.Problem{Found: v.String(), Expected: expectedMoment}
			}
			return nil
		},
	}
}

// OrNull is a kind of which the zero value is written as null.
func OrNull[T comparable](k Kind[T]) Kind[T] {
	var zero T
	return Kind[T]{
		Expected: k.Expected + ", or null",
		Fields:   k.Fields,
		Read: func(in any) (T, error) {
			if in == nil {
				return zero, nil
			}
			return k.Read(in)
		},
		Append: func(dst []byte, v T) []byte {
			if v == zero {
				return append(dst, "null"...)
			}
			return k.Append(dst, v)
		},
		Check: func(v T) error {
			if v == zero {
				return nil
			}
			return k.Check(v)
		},
	}
}

// Listed is a list of values, as whatever type of list it is made of and gone
// through.
func Listed[T, L any](k Kind[T], most int, of func(...T) L, all func(L) iter.Seq[T]) Kind[L] {
	expected := "a list of at most " + strconv.Itoa(most) + ", each " + k.Expected
	return Kind[L]{
		Expected: expected,
		Fields:   k.Fields,
		Read: func(in any) (none L, err error) {
			elements, ok := in.([]any)
			if !ok {
				return none, Wrong(in, expected)
			}
			if len(elements) > most { // what it is made of is not looked at
				return none, tooLong(len(elements), expected)
			}
			var list problems.List
			values := make([]T, 0, len(elements))
			for i, e := range elements {
				v, err := k.Read(e)
				list.AddAt(problems.At("", i), err)
				values = append(values, v)
			}
			return of(values...), list.Err()
		},
		Append: func(dst []byte, l L) []byte {
			dst = append(dst, '[')
			for v := range all(l) {
				if dst[len(dst)-1] != '[' {
					dst = append(dst, ',')
				}
				dst = k.Append(dst, v)
			}
			return append(dst, ']')
		},
		Check: func(l L) error {
			var list problems.List
			n := 0
			for v := range all(l) {
				list.AddAt(problems.At("", n), k.Check(v))
				n++
			}
			if n > most {
				return tooLong(n, expected)
			}
			return list.Err()
		},
	}
}

func tooLong(n int, expected string) error {
	return &problems.Problem{Found: strconv.Itoa(n) + " elements", Expected: expected}
}
