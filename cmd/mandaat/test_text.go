package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

// testPrinter prints results of scenarios to a reader.
type testPrinter struct {
	policy.Reader
	verbose bool
}

// text is results for people: what failed, what is not covered, and how many passed.
func (t testPrinter) text(done *tested) (string, error) {
	var b sheet
	for i := range done.results {
		r := &done.results[i]
		switch {
		case !r.Passed():
			t.failed(&b, r)
		case t.verbose:
			b.write("pass  ", printable(r.Name))
		}
	}
	t.covered(&b, done)
	b.write("", fmt.Sprintf("%d passed, %d failed", len(done.results)-done.failed, done.failed))
	return b.String(), nil
}

// part is one kind of things to cover, and what it is called.
type part struct {
	name string
	said words.Sentence
	scenarios.Kind
}

// parts is what was to be covered, as far as it was asked for.
func (t *tested) parts() (list []part) {
	if c := t.coverage; c != nil {
		list = append(list,
			part{"rules", words.Say("rules"), c.Rules}, part{"facts", words.Say("facts"), c.Facts},
			part{"codes", words.Say("codes"), c.Codes}, part{"actions", words.Say("actions"), c.Actions},
			part{"roles", words.Say("roles"), c.Roles})
	}
	if t.mutants != nil {
		list = append(list, part{"wrong_policies", words.Say("wrong policies noticed"), *t.mutants})
	}
	return list
}

// covered prints how much is covered, and below it what is not.
func (t testPrinter) covered(b *sheet, done *tested) {
	for _, part := range done.parts() {
		line := fmt.Sprintf("%d / %d  %.1f%%", part.Covered(), part.All, part.Percent())
		if part.Percent() < done.under {
			line += "  " + words.Say("below {least}%",
				words.Blank{Name: "least", With: words.Plain(fmt.Sprint(done.under))}).In(t.Language)
		}
		b.row(part.said.In(t.Language), 24, line)
		for _, item := range part.Left {
			b.write("  - ", item.Name)
			if meaning := item.Meaning.In(t.Language); meaning != "" {
				b.write("    ", meaning)
			}
		}
	}
}

// failed prints a scenario that failed, with each failure below it.
func (t testPrinter) failed(b *sheet, r *scenarios.Result) {
	b.write("FAIL  ", printable(r.Name))
	for i := range r.Failures {
		f := &r.Failures[i]
		b.write("      ", printable(fmt.Sprintf("%s:%d: %s", r.File, f.Line, f.Message(t.Language))))
		for _, detail := range f.Details(t.Reader) {
			b.write(fmt.Sprintf("        %-8s ", detail.Label.In(t.Language)), printable(detail.Text))
		}
	}
	b.WriteString("\n")
}

// printable is a text with nothing in it that a terminal or a reader of lines or of XML
// takes for something else: what a file is called, or a property holds, may be anything.
func printable(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd"): // no UTF-8
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case unicode.IsControl(r), unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control), r == '\ufffe', r == '\uffff':
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
