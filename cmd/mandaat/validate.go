package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/words"
)

type validateFlags struct{ format, failOn, at, lang string }

func (p program) validate() *cobra.Command { return p.validateBy(reviewed) }

// validateBy is the command with its findings from a review.
func (p program) validateBy(by auditor) *cobra.Command {
	var flags validateFlags
	c := &cobra.Command{
		Use:   "validate FILE...",
		Short: "Report what an access review would object to",
		Long: `Reads office files and reports, for each, every error of the file and every
finding: what an access review would object to, with the place in the file, the
source, and the smallest change that would mend it. A finding that the office
has acknowledged is reported as such and does not count. - is standard input; a
file that is named twice is looked at once.

The exit code is 0, or 1 where there are findings of the level of --fail-on or
above, or 2 where a file could not be read; the others are reported all the
same. Errors of files go to standard error, one a line; json and sarif have
them too.`,
		Example: `  mandaat validate office.yaml
  mandaat validate offices/*.yaml --fail-on warning
  mandaat validate office.yaml --format json | jq '.findings[] | select(.level == "error")'
  mandaat validate office.yaml --format sarif >mandaat.sarif
  mandaat validate office.yaml --at 2027-07-01T09:00:00Z --lang nl`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.validateFiles(flags, args, by) },
	}
	c.Flags().StringVar(&flags.format, "format", "text", "the `format` of the report: text, json or sarif")
	c.Flags().StringVar(&flags.failOn, "fail-on", roles.Error.String(),
		"the least `level` to exit in 1 for: error, warning or advice")
	c.Flags().StringVar(&flags.at, "at", "", "the moment to look at, such as 2026-11-22T09:00:00Z (default now)")
	c.Flags().StringVar(&flags.lang, "lang", "", "the language of the report, `en or nl` (default that of LANG)")
	return c
}

// validation is one run: at what moment to look, for whom and how to report.
type validation struct {
	at       time.Time
	language words.Language
	failOn   roles.Level
	write    func(auditReport, io.Writer) error
}

// reportFormats is the ways to report.
var reportFormats = map[string]func(auditReport, io.Writer) error{
	"text": auditReport.text, "json": auditReport.json, "sarif": auditReport.sarif,
}

// validation reads the flags.
func (f validateFlags) validation(p program) (v validation, err error) {
	if v.at, err = momentOf(f.at, p.now()); err != nil {
		return v, err
	}
	reader, err := (&sourceFlags{lang: f.lang, audience: policy.Staff.String()}).reader(p.locale)
	if err != nil {
		return v, err
	}
	v.language = reader.Language
	if v.failOn, err = roles.ParseLevel(f.failOn); err != nil {
		return v, fmt.Errorf("--fail-on: %w", err)
	}
	var known bool
	if v.write, known = reportFormats[f.format]; !known {
		return v, fmt.Errorf("--format: found %q, expected one of text, json, sarif", f.format)
	}
	return v, nil
}

// validateFiles reports on all files, and only then ends with its exit code.
func (p program) validateFiles(f validateFlags, names []string, by auditor) error {
	v, err := f.validation(p)
	if err != nil {
		return err
	}
	r := auditReport{by: by, language: v.language, failOn: v.failOn}
	for _, name := range onceEach(names) {
		r.files = append(r.files, p.audit(name, v, by))
	}
	for e := range r.errors() {
		// What cannot be told on stderr is still in the report, or in the exit code.
		_, _ = fmt.Fprintln(p.problems, e)
	}
	p.progress.during("writing the report", func() { err = v.report(r, p.out) })
	if err != nil {
		return fmt.Errorf("cannot write the report: %w", err)
	}
	if code := r.code(); code != exitYes {
		return exit(code)
	}
	return nil
}

func (v validation) report(r auditReport, to io.Writer) error {
	w := bufio.NewWriterSize(to, 1<<16)
	return errors.Join(v.write(r, w), w.Flush())
}

// onceEach is the files in order, each by the name that it was first given.
func onceEach(names []string) []string {
	seen := make(map[string]bool, len(names))
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		file := filepath.Clean(name)
		if name == "-" {
			file = "" // which no name is cleaned to
		}
		again := seen[file]
		seen[file] = true
		return again
	})
}
