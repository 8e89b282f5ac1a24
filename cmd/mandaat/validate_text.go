package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// reportWidth is how many columns a report for people takes, unless a word is
// longer.
const reportWidth = 80

// text is the report for people: a paragraph for each finding, file by file, and
// at the end what they come to. Errors are told on standard error.
func (r auditReport) text() ([]byte, error) {
	t := textReport{language: r.language}
	for _, file := range r.files {
		for i := range file.findings {
			t.finding(file.name, &file.findings[i])
		}
		for _, a := range file.unmet {
			t.entry(place(file.name, a.Line), a.unmet())
		}
		for _, a := range file.expired {
			t.entry(place(file.name, a.Line), a.expired())
		}
	}
	t.WriteString(r.summary() + "\n")
	return []byte(t.String()), nil
}

func place(file string, line int) string { return fmt.Sprintf("%s:%d:", file, line) }

// unmet says of an acknowledgement that it meets nothing.
func (a auditedAcknowledgement) unmet() words.Said {
	return words.Say("The acknowledgement of {what} meets no finding.", a.what())
}

// expired says of an acknowledgement that it is one no more.
func (a auditedAcknowledgement) expired() words.Said {
	return words.Say("The acknowledgement of {what} held until {day}; the finding counts.",
		a.what(), plainBlank("day", a.Until.String()))
}

// what an acknowledgement is of: "S1 (bram, bakery)".
func (a auditedAcknowledgement) what() words.Blank {
	var named []string
	for _, id := range append(a.Users[:len(a.Users):len(a.Users)], a.User) {
		named = append(named, string(id))
	}
	text := a.Finding
	if list := strings.Join(append(named, string(a.Company)), ", "); list != "" {
		text += " (" + list + ")"
	}
	return plainBlank("what", text)
}

// textReport is a report as far as it is written.
type textReport struct {
	strings.Builder
	language words.Language
}

// finding begins with the place, the level and the rule, which are the same in
// every language for whatever looks for them.
func (t *textReport) finding(file string, f *auditedFinding) {
	t.wrap(fmt.Sprintf("%s %s %s:", place(file, f.At.Line), f.Level, f.ID), f.Message, "    ")
	if a := f.Acknowledged; a != nil {
		t.line(words.Say("accepted"), words.Say("until {day}: {reason}",
			plainBlank("day", a.Until.String()), plainBlank("reason", a.Reason)))
	}
	var label words.Said = words.Say("mend")
	for _, change := range f.Mend {
		t.line(label, words.Plain(change.said))
		label = words.Plain("")
	}
	t.line(words.Say("source"), words.Plain(f.Source))
	t.WriteString("\n")
}

func (t *textReport) entry(at string, said words.Said) {
	t.wrap(at, said.In(t.language), "    ")
	t.WriteString("\n")
}

// line is something about a finding, under a label.
func (t *textReport) line(label, said words.Said) {
	t.wrap(fmt.Sprintf("  %-8s", label.In(t.language)), said.In(t.language), strings.Repeat(" ", 11))
}

// wrap writes a text after what goes before it, on as many lines as it takes. The
// lines break at blanks; every line but the first is indented.
func (t *textReport) wrap(before, text, indent string) {
	t.WriteString(before)
	width := utf8.RuneCountInString(before)
	blanks := strings.NewReplacer("\n", " ", "\t", " ")
	for i, word := range strings.Split(blanks.Replace(text), " ") {
		long := 1 + utf8.RuneCountInString(word)
		if i > 0 && width+long > reportWidth {
			t.WriteString("\n" + indent[1:])
			width = len(indent) - 1
		}
		t.WriteString(" " + word)
		width += long
	}
	t.WriteString("\n")
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
