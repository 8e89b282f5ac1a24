package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/decisionlog"
	"github.com/mandaat/mandaat/cmd/mandaat/internal/hot"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

type explainLogFlags struct {
	sourceFlags
	now, at, id string
	json        bool
}

func (p program) explainLog() *cobra.Command {
	var flags explainLogFlags
	c := &cobra.Command{
		Use:   "explain-log FILE -f OFFICE",
		Short: "Tell why a decision log says what it says, then and now",
		Long: `Reads the decision log of mandaat serve and asks each question again, on the
office file of the version that its line names: at the moment that it was decided
for, and now. OFFICE is the file as it was then; with --now FILE, "now" is asked on
the office as it is now.

A decision that is not the one in its line is told in capitals: somebody changed
the line, or other rules decided it. A line of another version of the office is
counted and not explained.

The exit code is 0 where all is as logged, 1 where something differs or could not
be asked again, and 2 where a line or a file could not be read.`,
		Example: `  mandaat explain-log decisions.jsonl -f office.yaml
  mandaat explain-log decisions.jsonl -f office-then.yaml --now office.yaml --id 7f3a
  tail -n 1 decisions.jsonl | mandaat explain-log - -f office.yaml --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			e, err := p.logExplainer(&flags, args[0])
			if err != nil {
				return err
			}
			return e.explainFile(args[0])
		},
	}
	flags.addForStaff(c)
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err) // the flag was just defined
	}
	c.Flags().StringVar(&flags.now, "now", "", "the office `file` as it is now (default that of -f)")
	c.Flags().StringVar(&flags.at, "at", "", "the moment that is now, such as 2026-11-22T09:00:00Z (default the clock's)")
	c.Flags().StringVar(&flags.id, "id", "", "explain only what was asked by the request of this `id`")
	c.Flags().BoolVar(&flags.json, "json", false, "print one line of JSON for each line that is explained")
	return c
}

// logExplainer explains the lines of a log, one after another.
type logExplainer struct {
	program
	then, now authzen.Source
	at, clock time.Time // the moment that is now, and what the clock says
	nowFile   string
	id        string
	json      bool
	tally     logTally
}

func (p program) logExplainer(f *explainLogFlags, log string) (*logExplainer, error) {
	e := &logExplainer{program: p, clock: p.now(), nowFile: f.office, id: f.id, json: f.json}
	if f.now != "" {
		e.nowFile = f.now
	}
	if log == "-" && (f.office == "-" || f.now == "-") || f.office == "-" && f.now == "-" {
		return nil, errors.New("found - twice, expected one of the log and the office on standard input")
	}
	reader, err := f.reader(p.locale)
	if err != nil {
		return nil, err
	}
	if e.at, err = momentOf(f.at, e.clock); err != nil {
		return nil, err
	}
	if e.then, err = p.versionOf(f.office, reader); err != nil {
		return nil, err
	}
	e.now = e.then
	if f.now != "" {
		e.now, err = p.versionOf(f.now, reader)
	}
	return e, err
}

// versionOf reads an office file into what answers for it, with its version.
func (p program) versionOf(name string, reader policy.Reader) (authzen.Source, error) {
	in, closeFile, err := p.open(name)
	if err != nil {
		return authzen.Source{}, fmt.Errorf("cannot read the office file: %w", err)
	}
	var source authzen.Source
	p.progress.during("reading "+name, func() {
		var data []byte
		if data, err = officefile.ReadAll(in); err != nil {
			return
		}
		source, err = answering(name, hot.ContentOf(data))
		source.Reader = reader
	})
	return source, errors.Join(err, closeFile())
}

// explainFile explains a whole log, and then says how much of it was as logged.
func (e *logExplainer) explainFile(name string) error {
	in, closeFile, err := e.open(name)
	if err != nil {
		return fmt.Errorf("cannot read the log: %w", err)
	}
	if err := errors.Join(e.explainAll(name, in), closeFile()); err != nil {
		return err
	}
	if e.id != "" && len(e.tally.status) == 0 {
		if _, err := fmt.Fprintf(e.problems, "%s: found no line of request %s\n", name, plainly(e.id)); err != nil {
			return err
		}
		return cmp.Or(e.tally.exit(), error(exit(exitNo)))
	}
	if !e.json {
		if _, err := io.WriteString(e.out, e.tally.text(e.language())); err != nil {
			return err
		}
	}
	return e.tally.exit()
}

// explainAll explains line after line. One that cannot be read is told, and does not
// end it.
func (e *logExplainer) explainAll(name string, in io.Reader) error {
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, err := readLine(lines, decisionlog.MaxLine)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		record, err := decisionlog.Read(line)
		if err != nil {
			e.tally.unreadable++
			for _, problem := range problemsOf(err) {
				if _, err := fmt.Fprintf(e.problems, "%s:%d: %s\n", name, n, problem); err != nil {
					return err
				}
			}
			continue
		}
		if record.Kind == decisionlog.Other || e.id != "" && record.RequestID != e.id {
			continue
		}
		if err := e.tell(e.explain(n, record)); err != nil {
			return err
		}
	}
}

// tell prints what came of a line, before the next is read.
func (e *logExplainer) tell(x explainedLine) error {
	e.tally.count(x)
	text := x.text(e.language())
	if e.json {
		var err error
		if text, err = x.json(); err != nil {
			return err
		}
	}
	_, err := io.WriteString(e.out, text)
	return err
}

func (e *logExplainer) language() words.Language { return e.then.Reader.Language }
