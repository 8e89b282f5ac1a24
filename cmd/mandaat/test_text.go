package main

import (
	"fmt"
	"strings"

	"github.com/mandaat/mandaat/officefile/scenarios"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
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
			b.write("pass  ", r.Name)
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
	b.write("FAIL  ", r.Name)
	for i := range r.Failures {
		f := &r.Failures[i]
		b.write("      ", fmt.Sprintf("%s:%d: %s", r.File, f.Line, f.Message(t.Language)))
		t.why(b, f)
		if remedy, ok := f.Smallest(); ok {
			t.smallest(b, &remedy)
		}
	}
	b.WriteString("\n")
}

// why prints why it was as it was.
func (t testPrinter) why(b *sheet, f *scenarios.Failure) {
	for _, refusal := range f.Refusals() {
		t.line(b, words.Say("reason"), refusal.Reason(t.Reader))
		t.line(b, words.Plain("code"), refusal.Code)
		t.line(b, words.Say("source"), refusal.Source)
	}
	e, ok := f.Explanation(t.Reader)
	if !ok {
		return
	}
	t.line(b, words.Say("reason"), e.Reason)
	t.line(b, words.Plain("code"), e.Code().String())
	for _, near := range e.Near {
		t.line(b, words.Say("rule"), near.Rule.String())
	}
	t.line(b, words.Say("source"), e.Source)
}

func (t testPrinter) line(b *sheet, label words.Said, text string) {
	if text != "" {
		b.write(fmt.Sprintf("        %-8s ", label.In(t.Language)), text)
	}
}

// smallest prints the smallest change after which it would be as expected.
func (t testPrinter) smallest(b *sheet, remedy *review.Remedy) {
	var said []string
	for _, c := range remedy.Changes {
		said = append(said, c.In(t.Language))
	}
	if len(remedy.By) > 0 {
		said = append(said, words.Say("By {users}.", words.Blank{Name: "users", With: some(remedy.By, anyOf)}).In(t.Language))
	}
	t.line(b, words.Say("to pass"), strings.Join(said, " "))
}
