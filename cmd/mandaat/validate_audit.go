package main

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

// auditor is where findings come from.
type auditor struct {
	rules func() iter.Seq[review.Rule]
	// look finds what there is to object to in a file at a moment, and the
	// acknowledgements of the file that meet nothing, in its order.
	look func(*officefile.File, time.Time) ([]auditedFinding, []review.Acknowledgement)
}

// reviewed is what package review finds.
var reviewed = auditor{review.Rules, lookedAt}

func lookedAt(file *officefile.File, at time.Time) ([]auditedFinding, []review.Acknowledgement) {
	found := review.Findings(admin.Open(file.Office), file.Documents, at)
	unmet := review.Acknowledge(found, file.Acknowledged, file.Office.Day(at))
	all := make([]auditedFinding, len(found))
	for i := range found {
		all[i] = auditedFinding{&found[i], inReview{&found[i]}}
	}
	return all, unmet
}

// auditReport is what was found in every file.
type auditReport struct {
	files    []auditedFile
	by       auditor
	language words.Language
	failOn   roles.Level
}

// auditedFile is what was found in one file: errors, or all the rest.
type auditedFile struct {
	name           string
	errors         []fileError
	where          officefile.Places
	findings       []auditedFinding
	unmet, expired []auditedAcknowledgement
}

// auditedFinding is a finding, and how it is said. An office can have a million:
// they are put into words one at a time, when they are written.
type auditedFinding struct {
	*review.Finding
	said interface {
		Message(words.Language) string
		mends(words.Language) []auditedChange
	}
}

// auditedChange is a change as programs compare it, and as people read it.
type auditedChange struct{ text, said string }

// inReview is a finding in the words of package review.
type inReview struct{ *review.Finding }

func (f inReview) mends(in words.Language) []auditedChange {
	list := make([]auditedChange, len(f.Mend))
	for i, c := range f.Mend {
		list[i] = auditedChange{c.String(), c.In(in)}
	}
	return list
}

// auditedPlace is where an entry stands, and what it is of.
type auditedPlace struct {
	name string
	officefile.Place
}

// auditedAcknowledgement is an acknowledgement of a file that changes nothing.
type auditedAcknowledgement struct {
	review.Acknowledgement
	officefile.Place
}

// fileError is why a file could not be read: what is wrong on a line of it, or,
// where there is no line, with all of it.
type fileError struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// String reads `office.yaml:12:9: found ..., expected ...`.
func (e fileError) String() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// audit reads a file and looks at what it says.
func (p program) audit(name string, v validation, by auditor) auditedFile {
	a := auditedFile{name: name}
	var file *officefile.File
	p.progress.during("reading "+name, func() { file, a.errors = p.officeFile(name) })
	if file == nil {
		return a
	}
	p.progress.during("reviewing "+name, func() {
		var unmet []review.Acknowledgement
		a.where = file.Where
		a.findings, unmet = by.look(file, v.at)
		a.acknowledgements(file, unmet, v.at)
	})
	return a
}

// officeFile reads a file, or says all that is wrong with it.
func (p program) officeFile(name string) (*officefile.File, []fileError) {
	in, closeFile, err := p.open(name)
	if err != nil {
		return nil, []fileError{unreadable(name, err)}
	}
	file, err := officefile.Read(name, in)
	if failed := closeFile(); err == nil && failed != nil {
		err = failed
	}
	if err == nil {
		return file, nil
	}
	var all []fileError
	for _, e := range officefile.Errors(err) {
		all = append(all, fileError{name, e.Line, e.Column, e.Message})
	}
	if all == nil {
		all = []fileError{unreadable(name, err)}
	}
	return nil, all
}

// unreadable is an error of the system rather than of what the file says. The name
// of the file goes before it anyhow.
func unreadable(name string, err error) fileError {
	if of, ok := errors.AsType[*fs.PathError](err); ok {
		err = of.Err
	} else if cause := errors.Unwrap(err); cause != nil {
		err = cause
	}
	return fileError{File: name, Message: "cannot be read: " + err.Error()}
}

// places is where the entries stand that a finding is about: the first that it names
// is where to look, or the office where it names none.
func (f auditedFinding) places(where officefile.Places) (at officefile.Place, also []auditedPlace) {
	var named []auditedPlace
	note := func(name string, at officefile.Place) {
		if at != (officefile.Place{}) {
			named = append(named, auditedPlace{name, at})
		}
	}
	note(string(f.User), where.User(f.User))
	for _, id := range f.Users {
		note(string(id), where.User(id))
	}
	note(string(f.Company), where.Company(f.Company))
	note(string(f.System), where.System(f.System))
	note(string(f.Document), where.Document(f.Document))
	if len(named) == 0 {
		return where.Office(), nil
	}
	return named[0].Place, named[1:]
}

// acknowledgements notes those that change nothing: they meet no finding, or meet
// one and have expired.
func (a *auditedFile) acknowledgements(file *officefile.File, unmet []review.Acknowledgement, at time.Time) {
	today := file.Office.Day(at)
	for i, ack := range file.Acknowledged {
		placed := auditedAcknowledgement{ack, file.Where.Acknowledgement(i)}
		switch {
		case len(unmet) > 0 && sameAcknowledgement(ack, unmet[0]):
			a.unmet, unmet = append(a.unmet, placed), unmet[1:]
		case ack.Until.Before(today):
			a.expired = append(a.expired, placed)
		}
	}
}

func sameAcknowledgement(a, b review.Acknowledgement) bool {
	return a.Finding == b.Finding && a.User == b.User && slices.Equal(a.Users, b.Users) &&
		a.Company == b.Company && a.Reason == b.Reason && a.Until == b.Until
}

// errors goes through the errors of all files.
func (r auditReport) errors() iter.Seq[fileError] {
	return func(yield func(fileError) bool) {
		for _, f := range r.files {
			for _, e := range f.errors {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// code is the exit code of the run.
func (r auditReport) code() int {
	code := exitYes
	for _, file := range r.files {
		if len(file.errors) > 0 {
			return exitUnusable
		}
		for _, f := range file.findings {
			if f.Acknowledged == nil && f.Level <= r.failOn {
				code = exitNo
			}
		}
	}
	return code
}
