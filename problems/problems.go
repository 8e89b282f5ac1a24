// Package problems says what is wrong with an input: where it is wrong, what
// was found there, and what was expected. All problems of one input are
// reported together, so that whoever mends it has to look only once.
package problems

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ErrInvalid is what every Problem wraps: the input could not be understood.
// It is never a denial; a denial is a decision, not an error.
var ErrInvalid = errors.New("invalid input")

// Problem is one thing that is wrong with an input.
type Problem struct {
	// Path leads to the value, in the words of the office file:
	// "users[3].bill_to". It is empty where the input is a single value.
	Path string
	// Found is what stood there, quoted and shortened for reading.
	Found string
	// Expected is what should have stood there.
	Expected string
}

// Error reads "users[3].bill_to: found "garage", expected a company of this office".
func (p *Problem) Error() string {
	text := fmt.Sprintf("found %s, expected %s", p.Found, p.Expected)
	if p.Path == "" {
		return text
	}
	return p.Path + ": " + text
}

// Unwrap makes errors.Is(err, ErrInvalid) true.
func (*Problem) Unwrap() error { return ErrInvalid }

// List gathers the problems of one input. The zero List holds none.
type List struct{ found []error }

// Add notes one problem.
func (l *List) Add(path, found, expected string) {
	l.found = append(l.found, &Problem{Path: path, Found: found, Expected: expected})
}

// AddAt notes every problem of err, each below path. A nil err adds nothing.
func (l *List) AddAt(path string, err error) {
	for _, p := range All(err) {
		l.Add(Join(path, p.Path), p.Found, p.Expected)
	}
}

// Err is nil where no problem was noted, and otherwise all of them joined.
func (l *List) Err() error {
	if l.found == nil {
		return nil
	}
	return errors.Join(l.found...)
}

// All takes an error apart into its problems, in the order they were noted. An
// error that is not a Problem becomes one without a path, so none is lost; what
// merely wraps problems adds nothing to them.
func All(err error) []*Problem {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Problem
		for _, e := range joined.Unwrap() {
			all = append(all, All(e)...)
		}
		return all
	}
	if p, ok := err.(*Problem); ok { //nolint:errorlint // what wraps it may wrap others too
		return []*Problem{p}
	}
	if _, ok := errors.AsType[*Problem](err); ok {
		return All(errors.Unwrap(err))
	}
	return []*Problem{{Found: err.Error(), Expected: "valid input"}}
}

// Join puts two paths behind each other: Join("users[3]", "id") is "users[3].id".
func Join(path, below string) string {
	switch {
	case path == "":
		return below
	case below == "" || strings.HasPrefix(below, "["):
		return path + below
	default:
		return path + "." + below
	}
}

// At is the path of one element of a list: At("users", 3) is "users[3]".
func At(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

const shown = 60 // bytes of a found value that are worth reading

// Quote prepares a found text for reading: quoted, control characters made
// visible, and a long one cut with its full length named.
func Quote(s string) string {
	if len(s) <= shown {
		return strconv.Quote(s)
	}
	cut := shown
	for cut > shown-utf8.UTFMax+1 && !utf8.RuneStart(s[cut]) { // never inside a character
		cut--
	}
	return fmt.Sprintf("%s... (%d bytes)", strconv.Quote(s[:cut]), len(s))
}
