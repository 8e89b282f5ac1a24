package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// text writes the report for people: a paragraph for each finding, file by file, and
// at the end what they come to. Errors are told on standard error.
func (r auditReport) text(w io.Writer) error {
	t := textReport{r.language, w, nil}
	for _, file := range r.files {
		for _, f := range file.findings {
			t.finding(file, f)
		}
		for _, a := range file.unmet {
			t.entry(place(file.name, a.Line), a.unmet())
		}
		for _, a := range file.expired {
			t.entry(place(file.name, a.Line), a.expired())
		}
	}
	t.put(r.summary() + "\n")
	return t.err
}

func place(file string, line int) string { return fmt.Sprintf("%s:%d:", file, line) }

// unmet says of an acknowledgement that it meets nothing.
func (a auditedAcknowledgement) unmet() words.Said {
	return words.Say("The acknowledgement of {what} meets no finding.", a.what())
}

// expired says of an acknowledgement that it is one no more.
func (a auditedAcknowledgement) expired() words.Said {
	return words.Say("The acknowledgement of {what} held until {day} and changes nothing any more.",
		a.what(), plainBlank("day", a.Until.String()))
}

// what an acknowledgement is of: "S1 (bram, bakery)".
func (a auditedAcknowledgement) what() words.Blank {
	named := []string{string(a.User)}
	for _, id := range a.Users {
		named = append(named, string(id))
	}
	named = slices.DeleteFunc(append(named, string(a.Company)), func(id string) bool { return id == "" })
	text := a.Finding
	if len(named) > 0 {
		text += " (" + strings.Join(named, ", ") + ")"
	}
	return plainBlank("what", text)
}

// textReport is a report as far as it is written, and what went wrong with that.
type textReport struct {
	language words.Language
	w        io.Writer
	err      error
}

func (t *textReport) put(text string) {
	if t.err == nil {
		_, t.err = io.WriteString(t.w, text)
	}
}

// finding begins with the place, the level and the rule, which are the same in
// every language for whatever looks for them.
func (t *textReport) finding(of auditedFile, f auditedFinding) {
	at, _ := f.places(of.where)
	t.wrap(fmt.Sprintf("%s %s %s:", place(of.name, at.Line), f.Level, f.ID), f.said.Message(t.language), "    ")
	if a := f.Acknowledged; a != nil {
		t.line(words.Say("accepted"), words.Say("until {day}: {reason}",
			plainBlank("day", a.Until.String()), plainBlank("reason", a.Reason)))
	}
	var label words.Said = words.Say("mend")
	for _, change := range f.said.mends(t.language) {
		t.line(label, words.Plain(change.said))
		label = words.Plain("")
	}
	t.line(words.Say("source"), words.Plain(f.Source))
	t.put("\n")
}

func (t *textReport) entry(at string, said words.Said) {
	t.wrap(at, said.In(t.language), "    ")
	t.put("\n")
}

// line is something about a finding, under a label.
func (t *textReport) line(label, said words.Said) {
	t.wrap(fmt.Sprintf("  %-8s", label.In(t.language)), said.In(t.language), "           ")
}

// oneBlank is what a report for people has for any blank.
var oneBlank = strings.NewReplacer("\n", " ", "\t", " ")

// wrap writes a text after what goes before it, on as many lines as it takes. The
// lines break at blanks; every line but the first is indented.
func (t *textReport) wrap(before, text, indent string) {
	var b strings.Builder
	b.WriteString(before)
	width, first := columns(before), true
	for word := range strings.SplitSeq(oneBlank.Replace(text), " ") {
		long := 1 + columns(word)
		if !first && width+long > sheetWidth {
			b.WriteString("\n" + indent[1:])
			width = len(indent) - 1
		}
		b.WriteString(" " + word)
		width, first = width+long, false
	}
	t.put(b.String() + "\n")
}

// summary counts each finding once, and the files that could not be read.
func (r auditReport) summary() string {
	var counts struct{ errors, warnings, advice, acknowledged, unread int }
	for _, file := range r.files {
		counts.unread += min(len(file.errors), 1)
		for _, f := range file.findings {
			switch {
			case f.Acknowledged != nil:
				counts.acknowledged++
			case f.Level == roles.Error:
				counts.errors++
			case f.Level == roles.Warning:
				counts.warnings++
			default:
				counts.advice++
			}
		}
	}
	number := func(name string, n int) words.Blank { return plainBlank(name, strconv.Itoa(n)) }
	return words.Say("errors: {errors}, warnings: {warnings}, advice: {advice}, acknowledged: {acknowledged}, unreadable files: {unread}",
		number("errors", counts.errors), number("warnings", counts.warnings), number("advice", counts.advice),
		number("acknowledged", counts.acknowledged), number("unread", counts.unread)).In(r.language)
}
