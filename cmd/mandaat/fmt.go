package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/officefile"
)

type formatFlags struct{ write, check, diff bool }

func (p program) format() *cobra.Command {
	var flags formatFlags
	c := &cobra.Command{
		Use:   "fmt FILE...",
		Short: "Lay out office files and scenario files in one way",
		Long: `Prints office files and scenario files in the one layout that all have. Every
comment stays with what it is about, and what the files say does not change; a
text that is read back otherwise is never given. A file may refer to what is not
there, but has to be YAML. JSON stays JSON. - is standard input.

The exit code is 0; or 1 where --check or --diff found a file that is laid out in
another way; or 2 where a file could not be read or written. The others are
treated all the same.`,
		Example: `  mandaat fmt office.yaml
  mandaat fmt -w office.yaml testdata/*.scenarios.yaml
  mandaat fmt --check offices/*.yaml
  git show HEAD:office.yaml | mandaat fmt -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.formatFiles(flags, args) },
	}
	c.Flags().BoolVarP(&flags.write, "write", "w", false, "write the files anew instead of printing them")
	c.Flags().BoolVar(&flags.check, "check", false, "only list the files that are laid out in another way")
	c.Flags().BoolVarP(&flags.diff, "diff", "d", false, "only show what would change")
	c.MarkFlagsMutuallyExclusive("write", "check", "diff")
	return c
}

// formatFiles treats all files, and only then ends with its exit code.
func (p program) formatFiles(f formatFlags, names []string) error {
	code := exitYes
	for _, name := range onceEach(names) {
		differs, err := p.formatFile(f, name)
		if err != nil {
			// What cannot be told on stderr is still in the exit code.
			_, _ = fmt.Fprintln(p.problems, err)
			code = exitUnusable
		}
		if differs && (f.check || f.diff) {
			code = max(code, exitNo)
		}
	}
	if code != exitYes {
		return exit(code)
	}
	return nil
}

// formatFile treats one file, and says whether it was laid out in another way.
func (p program) formatFile(f formatFlags, name string) (differs bool, err error) {
	if f.write && name == "-" {
		return false, errors.New("-: found standard input, expected a file that can be written")
	}
	before, after, err := p.formatted(name)
	if err != nil {
		return false, err
	}
	switch differs = !bytes.Equal(before, after); {
	case !f.write && !f.check && !f.diff:
		_, err = p.out.Write(after)
	case !differs:
	case f.write:
		err = p.rewriteTidily(name, func(now []byte) ([]byte, error) { return officefile.Format(name, now) })
	case f.check:
		_, err = fmt.Fprintln(p.out, name)
	case f.diff:
		_, err = io.WriteString(p.out, unified(name, before, after))
	}
	return differs, err
}

// formatted is a file as it is, and as it is laid out.
func (p program) formatted(name string) (before, after []byte, err error) {
	in, closeFile, err := p.open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot read the file: %w", err)
	}
	p.progress.during("reading "+name, func() {
		if before, err = officefile.ReadAll(in); err == nil {
			after, err = officefile.Format(name, before)
		}
	})
	return before, after, errors.Join(err, closeFile())
}
