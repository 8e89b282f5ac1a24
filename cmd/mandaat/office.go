package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

// sourceFlags are those of every command that answers from an office file.
type sourceFlags struct{ office, lang, audience string }

func (f *sourceFlags) add(c *cobra.Command) {
	c.Flags().StringVarP(&f.office, "file", "f", "", "the office file; - is standard input")
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err) // the flag was just defined
	}
	c.Flags().StringVar(&f.lang, "lang", "", "the language of reasons, `en or nl` (default that of LANG)")
	c.Flags().StringVar(&f.audience, "audience", policy.Staff.String(),
		"who reads the reasons: `staff, asker or nobody`")
}

// reader is for whom answers are explained.
func (f *sourceFlags) reader(locale string) (r policy.Reader, err error) {
	if r.Audience, err = policy.ParseAudience(f.audience); err != nil {
		return r, fmt.Errorf("--audience: %w", err)
	}
	if f.lang == "" {
		r.Language = words.OfLocale(locale)
		return r, nil
	}
	if r.Language, err = words.ParseLanguage(f.lang); err != nil {
		return r, fmt.Errorf("--lang: %w", err)
	}
	return r, nil
}

// momentOf is the moment that --at gives; without it, now.
func momentOf(at string, now time.Time) (time.Time, error) {
	if at == "" {
		return now, nil
	}
	moment, err := authzen.ParseTime(at)
	if err != nil {
		return now, fmt.Errorf("--at: %w", err)
	}
	return moment, nil
}

// open opens a file by name; - is standard input. close is never nil.
func (p program) open(name string) (in io.Reader, closeFile func() error, err error) {
	if name == "-" {
		return p.in, func() error { return nil }, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, func() error { return nil }, err
	}
	return f, f.Close, nil
}

// office reads an office file and makes what is wanted of it. A terminal is told
// while that takes long.
func (p program) office(name string, use func(*officefile.File)) error {
	in, closeFile, err := p.open(name)
	if err != nil {
		return fmt.Errorf("cannot read the office file: %w", err)
	}
	p.progress.during("reading "+name, func() {
		var file *officefile.File
		if file, err = officefile.Read(name, in); err == nil {
			use(file)
		}
	})
	return errors.Join(err, closeFile())
}

// source reads the office file into what answers for it.
func (p program) source(f *sourceFlags) (source authzen.Source, err error) {
	if source.Reader, err = f.reader(p.locale); err != nil {
		return source, err
	}
	err = p.office(f.office, func(file *officefile.File) {
		source.Snapshot, source.Documents = policy.Compile(file.Office), file.Document
	})
	return source, err
}

// state reads an office file into an office that can change.
func (p program) state(name string) (s admin.State, err error) {
	err = p.office(name, func(file *officefile.File) { s = admin.Open(file.Office) })
	return s, err
}

// addForStaff adds the flags of a command that the office's staff reads.
func (f *sourceFlags) addForStaff(c *cobra.Command) {
	f.audience = policy.Staff.String()
	c.Flags().StringVarP(&f.office, "file", "f", "", "the office file; - is standard input")
	c.Flags().StringVar(&f.lang, "lang", "", "the language of sentences, `en or nl` (default that of LANG)")
}

// reviewedOffice is an office that is reviewed, and what finds the documents and the
// properties of a request about it.
type reviewedOffice struct {
	admin.State
	authzen.Source
}

// reviewed reads the office file to review it.
func (p program) reviewed(f *sourceFlags) (o reviewedOffice, err error) {
	if o.Reader, err = f.reader(p.locale); err != nil {
		return o, err
	}
	err = p.office(f.office, func(file *officefile.File) {
		o.State = admin.Open(file.Office)
		o.Source.Snapshot, o.Documents = o.State.Snapshot(), file.Document
	})
	return o, err
}
